/*
 * One run of khabar-fetch whose whole output is wanted, for an event loop: nothing here
 * waits.  argv only, never a shell.
 */
#ifndef KHABAR_FETCH_RUN_H
#define KHABAR_FETCH_RUN_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>

enum { RUN_OUTPUT_MOST = 8 << 20 }; /* bytes of output; a program that writes more is ended */

struct fetch_run;

/*
 * Starts khabar-fetch with these arguments (without its name; NULL at the end), standard
 * input empty.  NULL with *error: EX_UNAVAILABLE (no khabar-fetch), EX_OSERR.
 */
struct fetch_run *fetch_run_start(const char *const *arguments, struct error *error);

/* Readable when fetch_run_step() has something to do; -1 once the program has ended. */
int fetch_run_fd(const struct fetch_run *run);

/* Takes what has come.  False while the program runs. */
bool fetch_run_step(struct fetch_run *run);

/*
 * Takes the next whole line, without "\n", out of what has come; *line is overwritten.  For output
 * that is read as it comes: it may then be of any length.  False when there is none.
 */
bool fetch_run_line(struct fetch_run *run, struct buffer *line);

/*
 * After the end: its standard output, good until fetch_run_free().  0, or -1 with *error:
 * its exit status, and the last line of its messages without the program's name.
 */
int fetch_run_result(const struct fetch_run *run, struct str *output, struct error *error);

/*
 * The same in one call, which waits: appends the output.  0, or -1 with *error as
 * fetch_run_result().
 */
int fetch_program_run(const char *const *arguments, struct buffer *output, struct error *error);

/* Ends the program if it still runs.  NULL is fine. */
void fetch_run_free(struct fetch_run *run);

#endif
