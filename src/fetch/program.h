/*
 * Feeds that are the output of a program: words of khabar.conf, no shell.  The program has no
 * input, a process group of its own, and ends, with all that it started, when its time or its
 * room is over.
 */
#ifndef KHABAR_FETCH_PROGRAM_H
#define KHABAR_FETCH_PROGRAM_H

#include "base/buffer.h"
#include "base/error.h"
#include "fetch/words.h"

#include <poll.h>
#include <stdint.h>
#include <sys/types.h>

enum { PROGRAM_FDS = 2 /* descriptors to wait for */ };

struct program {
	pid_t pid;
	int output, errors; /* read ends of pipes, -1 when ended */
	int64_t deadline;   /* milliseconds of the monotonic clock */
	size_t most;        /* bytes of output */
	struct buffer body;
	char line[256]; /* first line of its messages */
	size_t line_length;
	bool line_ended;
	bool last; /* `line` becomes the last one */
};

struct program_options {
	struct str command; /* words: fetch/words.h */
	int seconds;        /* that it has */
	size_t most;        /* bytes of output */
	int input;          /* its standard input; -1: /dev/null */
	bool mute;          /* its output goes nowhere */
	bool last;          /* of its messages the last line is kept, else the first */
};

/* Starts it.  -1 with *error: EX_CONFIG, EX_UNAVAILABLE (there is no such program), EX_OSERR. */
int program_start(
	struct program *program, struct str command, int seconds, size_t most, struct error *error);

/* The same in all particulars. */
int program_start_with(
	struct program *program, const struct program_options *options, struct error *error);

/* What to wait for; returns how many. */
size_t program_fds(const struct program *program, struct pollfd fds[PROGRAM_FDS]);

/* Milliseconds until its time is over; 0: it is. */
int program_timeout(const struct program *program);

/*
 * Reads what there is, without waiting.  1 while it runs; 0 when it has ended well, and `body` is
 * its output; -1 with *error: it failed, took too long, wrote too much.
 */
int program_step(struct program *program, struct error *error);

/* Ends it if it runs and frees all; leaves it as before the start. */
void program_end(struct program *program);

#endif
