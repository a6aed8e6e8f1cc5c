/* Files named on the command line, "-" being standard input. */
#ifndef KHABAR_COMMAND_INPUT_H
#define KHABAR_COMMAND_INPUT_H

#include "base/buffer.h"
#include "base/error.h"

#include <sys/types.h>

enum input_kind {
	INPUT_FILE,   /* a regular file only: nothing that could keep one waiting */
	INPUT_STREAM, /* pipes and devices too */
};

/*
 * A descriptor to read from, or -1 with EX_NOINPUT: missing, unreadable, a folder,
 * not a file.  The messages do not name the file.
 */
int input_open(const char *name, enum input_kind kind, struct error *error);

/* Closes what input_open() opened; standard input stays open. */
void input_close(int fd);

/*
 * Adds up to `most` bytes to *out: one read().  Returns how many, 0 at the end, -1
 * with EX_IOERR, EX_OSERR.
 */
ssize_t input_read(int fd, size_t most, struct buffer *out, struct error *error);

/* All of it.  -1 as above, or with EX_DATAERR over LIMIT_SOURCE (base/limit.h). */
int input_all(int fd, struct buffer *out, struct error *error);

/* How messages name it: "-" is standard input. */
const char *input_label(const char *name);

/* The part of a path behind its last '/'; empty for "-". */
struct str input_base_name(const char *name);

#endif
