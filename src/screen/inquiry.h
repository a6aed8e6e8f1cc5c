/*
 * The terminal being asked what it is, without ever waiting: what screen/probe.h asks is sent,
 * answers are taken as they come, and within a multiplexer the terminal around it is asked, too.
 * The owner reads the terminal, polls inquiry_fd() and keeps inquiry_patience().
 */
#ifndef KHABAR_SCREEN_INQUIRY_H
#define KHABAR_SCREEN_INQUIRY_H

#include "screen/probe.h"

#include <sys/types.h>

enum {
	INQUIRY_LIMIT = 2000,      /* ms until silence counts as the answer */
	INQUIRY_OUTER_LIMIT = 600, /* ms, the same for the terminal around a multiplexer */
	INQUIRY_LATEST = 10000,    /* ms until answers are not expected any more, though taken */
};

enum inquiry_stage {
	INQUIRY_NOT_ASKED,
	INQUIRY_ASKED,
	INQUIRY_ASKED_OUTER,
	INQUIRY_SETTLED, /* answers that come later still count */
};

struct inquiry {
	enum inquiry_stage stage;
	struct probe_answers own, outer;
	int output;              /* the terminal; borrowed */
	long long asked;         /* when, tty_now() */
	bool own_due, outer_due; /* a fence is still to come */
	bool deaf;               /* tmux passes nothing through: only tmux itself is asked */
	pid_t helper;            /* tmux telling what it knows, or 0 */
	int helper_out;          /* its standard output, or -1 */
	char told[PROBE_TEXT_MOST];
	size_t told_len;
};

/* Nothing asked; inquiry_close() is fine. */
void inquiry_init(struct inquiry *inquiry, int output);

/* Ends what still runs for it. */
void inquiry_close(struct inquiry *inquiry);

/* Puts the question; the first row of the screen is spoilt by it. */
void inquiry_start(struct inquiry *inquiry, long long now);

/*
 * The functions below return true when there is something new to conclude from `own` and
 * `outer`: both complete, or the time is up.
 */
bool inquiry_take(
	struct inquiry *inquiry, const struct input_item *item, const char *reply, long long now);
bool inquiry_tick(struct inquiry *inquiry, long long now);

/* The terminal around a multiplexer may be another one now (SIGWINCH, a while without keys);
 * nothing else is asked. */
void inquiry_again(struct inquiry *inquiry, long long now);

/* To be polled for reading, then inquiry_tick(); -1: nothing to poll. */
int inquiry_fd(const struct inquiry *inquiry);

/* Milliseconds until inquiry_tick() has something to do; -1: never. */
long long inquiry_patience(const struct inquiry *inquiry, long long now);

/* A reply may still come: bytes that look like the start of one deserve patience. */
bool inquiry_is_due(const struct inquiry *inquiry, long long now);

#endif
