/*
 * What the commands print: standard output, gathered in big writes whose failure
 * is told (full disk, closed pipe), and messages on standard error.
 */
#ifndef KHABAR_COMMAND_OUTPUT_H
#define KHABAR_COMMAND_OUTPUT_H

#include "base/buffer.h"
#include "base/error.h"

struct output {
	int fd;
	struct buffer pending;    /* write here with buffer_*(), then call a function below */
	struct str before, after; /* written around what is pending, each time; literals */
};

/*
 * Makes sure that descriptors 0, 1 and 2 are taken, so that no file that is
 * opened later is written to in place of a closed standard output.
 */
void output_guard(void);

/* Writes what is pending when it has grown big.  -1 as output_flush(). */
int output_spill(struct output *out, struct error *error);

/*
 * Writes all that is pending.  -1 with EX_IOERR: the message is empty when the
 * reader of a pipe has gone, which nobody wants to be told; EX_OSERR: out of
 * memory.  Nothing is pending afterwards, so that a failure is told once.
 */
int output_flush(struct output *out, struct error *error);

/* Forgets what is pending and frees it. */
void output_free(struct output *out);

/*
 * Prints "khabar: message" on standard error, with "name: " before the message unless name
 * is NULL; nothing when the message is empty.
 */
void output_error(const char *name, const struct error *error);

/* Appends that line; command/spoken.h prints it where the language may be one from right to left.
 */
void output_error_line(struct buffer *out, const char *name, const struct error *error);

/*
 * Text from outside, made safe to print: valid UTF-8, and no control characters
 * but "\n" and tabs (C0, DEL, C1 become U+FFFD).
 */
void output_text(struct buffer *out, struct str text);

/*
 * The same for one field of a line: white space of all kinds becomes one space,
 * controls that would reorder its neighbours (embeddings, overrides, isolates) go.
 */
void output_field(struct buffer *out, struct str text);

#endif
