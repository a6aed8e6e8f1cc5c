/*
 * The sub-commands: one table, one file each.  The table says what a command
 * takes; command_main() parses it, writes --help, runs the command and turns what
 * went wrong into a message and an exit status of sysexits.h.
 */
#ifndef KHABAR_COMMAND_COMMAND_H
#define KHABAR_COMMAND_COMMAND_H

#include "command/options.h"
#include "command/output.h"
#include "store/store.h"

/* Options that every command takes; NULL where not given. */
struct command_common {
	const char *db;    /* file of the store */
	const char *theme; /* name or path */
	const char *keys;  /* preset */
	const char *bidi;  /* mode of the row encoder */
	bool plain;        /* for a braille display or a screen reader */
	bool help, version;
};

/* What a command is run with. */
struct command_call {
	const struct command_common *common;
	const void *values;    /* of its own options: the struct its table points into */
	char *const *operands; /* as many as the table allows */
	size_t operand_count;
	struct output *out; /* standard output, flushed after the command */
};

struct command {
	const char *name;
	const char *operands;              /* for --help: "FILE...", "" */
	const char *summary;               /* one line of the list of commands */
	const char *help;                  /* more lines for its own --help, or "" */
	const struct option_spec *options; /* or NULL */
	size_t values_size;                /* of its struct of option values, 0: none */
	size_t least, most;                /* operands */
	/* 0, or -1 with *error filled; an empty message: it was already told. */
	int (*run)(const struct command_call *call, struct error *error);
};

extern const struct command command_read, command_add, command_remove, command_edit, command_feeds,
	command_fetch, command_import, command_export, command_list, command_show, command_render,
	command_parse, command_extract, command_terminal, command_undo, command_redo, command_doctor,
	command_backup, command_count, command_mark, command_tag, command_config,
	command_theme, command_digest, command_download;

/* The whole program.  Returns the exit status. */
int command_main(int argc, char **argv);

/* The store named by --db, else the usual place. */
struct store *command_open_store(
	const struct command_common *common, enum store_access access, struct error *error);

#endif
