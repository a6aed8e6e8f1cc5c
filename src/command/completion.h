/* Completions for shells, written from the tables that also parse the command line. */
#ifndef KHABAR_COMMAND_COMPLETION_H
#define KHABAR_COMMAND_COMPLETION_H

#include "command/command.h"

/* The commands, and the options that all of them take. */
struct completion_tables {
	const struct command *const *commands;
	size_t count;
	const struct option_spec *common;
};

/* "bash", "zsh", "fish"; NULL at the end. */
extern const char *const completion_shells[];

/* Appends the script for one of the shells, by its place among completion_shells. */
void completion_write(int shell, const struct completion_tables *tables, struct buffer *out);

#endif
