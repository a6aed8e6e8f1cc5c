/* Options of a settings file, from tables: type, default and meaning of each. */
#ifndef KHABAR_CONFIG_OPTION_H
#define KHABAR_CONFIG_OPTION_H

#include "base/buffer.h"
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
	const char *meaning; /* told when a value is wrong; marked for gettext */
	const char *example; /* a value that is not the default */
};

#define CONFIG_WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define CONFIG_MEMBER(type, member) offsetof(type, member), sizeof((type *)0)->member

/* Sets the member in *values.  -1 with EX_USAGE. */
int config_option_set(
	const struct config_option *option, void *values, struct str value, struct error *error);

/* What it takes, in English: "text", "one of no, yes", "a number from 0 to 1000". */
void config_option_type(const struct config_option *option, struct buffer *out);

/* Its value in *values, as a file has it. */
void config_option_value(
	const struct config_option *option, const void *values, struct buffer *out);

#endif
