/*
 * Pace: a held key never builds a backlog.  On a line that is slower than the keys, what was
 * painted waits on its way (in the kernel, ssh, a multiplexer), and no call tells how much.  So
 * when paintings follow each other quickly, the terminal is asked for its status (ECMA-48 DSR,
 * CSI 5 n) behind one of them, and until it answers (CSI 0 n) nothing more is painted: keys
 * are acted on at once, and the painting after the answer shows where they led.  At most two
 * paintings are on their way then.  Nobody is waited for who never answered this question.
 * Pure: knows no descriptor and no clock; times are milliseconds.
 */
#ifndef KHABAR_SCREEN_PACE_H
#define KHABAR_SCREEN_PACE_H

#include <stdbool.h>
#include <string.h>

enum {
	PACE_QUICK = 150,   /* ms between paintings that are worth asking for */
	PACE_FIRST = 3000,  /* ms in which a first answer is to be reckoned with */
	PACE_LIMIT = 30000, /* ms: then a terminal that answered before has become deaf */
};

#define PACE_QUESTION "\033[5n"

struct pace {
	bool may_ask; /* the terminal answers questions: it has answered one */
	bool answers; /* it has answered this one */
	bool due;     /* the answer is */
	bool caught;  /* it came, and nobody was told yet */
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
	if (!pace->due || !pace->answers)
		return 0;
	if (now - pace->asked >= PACE_LIMIT) {
		pace->due = pace->may_ask = pace->answers = false;
		pace->caught = true;
	}
	return pace->due ? PACE_LIMIT - (now - pace->asked) : 0;
}

/* Whether an answer may still come. */
static inline bool pace_is_due(const struct pace *pace, long long now)
{
	return pace->due && now - pace->asked < (pace->answers ? PACE_LIMIT : PACE_FIRST);
}

#endif
