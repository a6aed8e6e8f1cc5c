/*
 * The built program, run as a user would: real arguments, real files, a home
 * folder of its own.  A run that takes over a minute is killed and fails.
 */
#ifndef KHABAR_TESTS_COMMAND_PROGRAM_H
#define KHABAR_TESTS_COMMAND_PROGRAM_H

#include "base/buffer.h"
#include "base/str.h"

#include <sys/types.h>

/* A folder that is HOME and current folder of the runs; removed at the end. */
int program_setup(void **state);
int program_teardown(void **state);

/* Writes a file in it; returns its name (as given). */
const char *program_file(const char *name, struct str bytes);

/* What a run left; freed by the next one. */
struct run {
	int status; /* of exit; 128 + the signal that killed it */
	struct str out, err;
};

/* Arguments end with NULL.  Standard input is /dev/null. */
struct run khabar(const char *argument, ...) __attribute__((sentinel));

/* The same with these bytes on standard input. */
struct run khabar_fed(struct str input, const char *argument, ...) __attribute__((sentinel));

/* The same with standard output at a file (closed when NULL). */
struct run khabar_into(const char *file, const char *argument, ...) __attribute__((sentinel));

/* Another program; the test is skipped when it is not installed. */
struct run other_fed(struct str input, const char *program, ...) __attribute__((sentinel));

/* On a new pty with this many columns as standard input and output; out holds what came. */
struct run khabar_on_terminal(int columns, const char *argument, ...) __attribute__((sentinel));

/* The same, with these bytes typed ahead. */
struct run khabar_answered(struct str typed, const char *argument, ...) __attribute__((sentinel));

/* A line for the shell, there; $KHABAR is the program. */
struct run shell_on_terminal(int columns, const char *line);

/* Fails the test, showing both streams, when the exit status is another one. */
void assert_run(struct run run, int status);
void assert_holds(struct str text, const char *part);
void assert_lacks(struct str text, const char *part);
/* One line, beginning with "khabar: " and of at least three parts. */
void assert_message(struct run run);

size_t count_lines(struct str text);

/* No C0 but "\n", no DEL, C1, bidi controls or joiners; valid UTF-8. */
void assert_no_controls(struct str text);

/* Cells of a line as the C library counts them (wcwidth in C.UTF-8). */
int columns_of(struct str line);

#endif
