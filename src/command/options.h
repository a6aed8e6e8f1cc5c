/*
 * Options of the command line, from tables: what parses them also writes --help.
 *
 * Long options only, "--name value" and "--name=value", and one letter for those
 * that have one.  "--" ends them; "-" is an operand.  Operands may stand between.
 */
#ifndef KHABAR_COMMAND_OPTIONS_H
#define KHABAR_COMMAND_OPTIONS_H

#include "base/buffer.h"
#include "base/error.h"

/* The type of the value in the struct that option_spec.offset points into. */
enum option_kind {
	OPTION_SWITCH, /* bool: set to true */
	OPTION_TEXT,   /* const char *: points into argv; one of `words` unless that is NULL */
	OPTION_NUMBER, /* long: decimal, `least` to `most` */
	OPTION_WORD,   /* int: index of the word in `words` */
	OPTION_TEXTS,  /* struct option_texts: each time it is given adds one */
};

enum { OPTION_TEXTS_MOST = 32 };

struct option_texts {
	const char *items[OPTION_TEXTS_MOST]; /* point into argv */
	size_t count;
};

struct option_spec {
	const char *name; /* without "--"; NULL ends a table */
	char letter;      /* for "-x", or 0 */
	enum option_kind kind;
	const char *value;        /* its name in --help; NULL for a switch */
	size_t offset;            /* of the value in the struct of values */
	long least, most;         /* OPTION_NUMBER */
	const char *const *words; /* of OPTION_WORD, OPTION_TEXT; NULL-terminated */
	const char *help;
};

/* A table and where its values go: a struct of zeros, or of defaults. */
struct option_set {
	const struct option_spec *specs; /* may be NULL: no options */
	void *values;
};

/*
 * Reads argv[0..argc), sorts the operands to its front and returns how many there
 * are; -1 with EX_USAGE in *error.
 */
int options_parse(int argc, char **argv, const struct option_set *sets, size_t set_count,
	struct error *error);

/* How many arguments the option at argv[0] takes up in `specs`: 1 or 2; 0 when it is an operand. */
int options_span(const char *argument, const struct option_spec *specs);

/* The lines of --help for a table, each ended by "\n". */
void options_help(const struct option_spec *specs, struct buffer *out);

#endif
