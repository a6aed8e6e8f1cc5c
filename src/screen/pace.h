/*
 * Pace: a held key never builds a backlog.  On a line that is slower than the keys, what was
 * painted waits on its way (in the kernel, ssh, a multiplexer), and no call tells how much.  So
 * when paintings follow each other quickly, the terminal is asked for its status (ECMA-48 DSR,
 * CSI 5 n) behind one of them, and until it answers (CSI 0 n) nothing more is painted: keys
 * are acted on at once, and the painting after the answer shows where they led.  At most one
 * painting is on its way then.  Pure: knows no descriptor and no clock; times are milliseconds.
 */
#ifndef KHABAR_SCREEN_PACE_H
#define KHABAR_SCREEN_PACE_H

#include <stdbool.h>
#include <string.h>

enum {
	PACE_QUICK = 150,  /* ms between paintings that are worth asking for */
	/* ms: then the terminal is taken to be deaf, and not asked again: before its first answer,
	 * and after, when it is known to answer and only the line is slow */
	PACE_LIMIT_FIRST = 3000,
	PACE_LIMIT = 30000,
};

#define PACE_QUESTION "\033[5n"

struct pace {
	bool may_ask; /* the terminal answers questions: it has answered one */
	bool answers; /* it has answered this one */
	bool due;     /* the answer is */
	bool caught;  /* it came since pace_take_caught() */
	bool painted; /* at least once */
	long long last, asked;
};

/* Something was painted; true when PACE_QUESTION is to be sent behind it. */
static inline bool pace_painted(struct pace *pace, long long now)
{
	bool quick = pace->painted && now - pace->last < PACE_QUICK;
	pace->painted = true;
	pace->last = now;
	if (!pace->may_ask || pace->due || !quick)
		return false;
	pace->due = true;
	pace->asked = now;
	return true;
}

/* A reply came; true when it was the one. */
static inline bool pace_take(struct pace *pace, const char *reply)
{
	if (strcmp(reply, "0n") != 0)
		return false;
	pace->answers = true;
	pace->caught |= pace->due;
	pace->due = false;
	return true;
}

/* Milliseconds that painting has to wait at most; 0: it need not. */
static inline long long pace_wait(struct pace *pace, long long now)
{
	long long limit = pace->answers ? PACE_LIMIT : PACE_LIMIT_FIRST;
	if (pace->due && now - pace->asked >= limit) {
		pace->due = pace->may_ask = false;
		pace->caught = true;
	}
	return pace->due ? limit - (now - pace->asked) : 0;
}

#endif
