/* Options of a settings file, from tables: type, default and meaning of each. */
#ifndef KHABAR_CONFIG_OPTION_H
#define KHABAR_CONFIG_OPTION_H

#include "base/error.h"
#include "base/str.h"

enum config_kind {
	CONFIG_TEXT,   /* char[]: any text that fits, of at least `least` bytes */
	CONFIG_CHOICE, /* char[]: one of the names in `choices` */
	CONFIG_NUMBER, /* int: least to most */
};

struct config_option {
	const char *name; /* "section.name", or "name" before the first section */
	enum config_kind kind;
	size_t offset, size; /* of the member in the struct of values, bytes */
	const char *initial;
	const char *const *choices; /* NULL at the end */
	long least, most;
	const char *meaning; /* told when a value is wrong */
};

#define CONFIG_WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define CONFIG_MEMBER(type, member) offsetof(type, member), sizeof((type *)0)->member

/* Sets the member in *values.  -1 with EX_USAGE. */
int config_option_set(
	const struct config_option *option, void *values, struct str value, struct error *error);

#endif
