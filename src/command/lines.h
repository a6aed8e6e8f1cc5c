/*
 * The lines of a file of any encoding as UTF-8, one after the other, while it is
 * being read: memory is bounded, and a line is there as soon as it has arrived.
 *
 * The encoding is told from the first piece that is not plain ASCII
 * (base/charset.h).  UTF-16 and UTF-32 cannot be cut at a byte and are read whole.
 */
#ifndef KHABAR_COMMAND_LINES_H
#define KHABAR_COMMAND_LINES_H

#include "base/buffer.h"
#include "base/error.h"

/* A line over this many bytes is handed on in pieces, cut at a blank if there is one. */
enum { LINES_LONGEST = 1 << 20 };

struct lines {
	int fd;
	struct buffer raw;  /* read, not yet decoded; starts with the "\n" before it, if any */
	struct buffer text; /* decoded */
	struct str rest;    /* of text, to be handed out; ptr is NULL when there is none */
	bool begun, ended;  /* reading */
	bool whole;         /* all must be read before decoding */
	bool inside;        /* raw starts within a line that was cut, without a "\n" */
	char encoding[32];  /* "" while only ASCII was seen */
};

/* Starts as {.fd = ...}; the descriptor stays the caller's. */
void lines_free(struct lines *lines);

/*
 * The next line, without its end ("\n", "\r\n" or "\r"); valid until the next
 * call.  1, 0 at the end, -1 with *error: EX_IOERR, EX_OSERR, EX_DATAERR (no text).
 */
int lines_next(struct lines *lines, struct str *line, struct error *error);

/* Whether the next call would have to read: the time to flush what was made so far. */
bool lines_would_read(const struct lines *lines);

#endif
