/*
 * Turns: work in the background holds the lock of the store for a while and then leaves a gap, so
 * that a reader who presses a key gets in.  While others write, too, turns are short; while nobody
 * does they are longer, since the index takes many articles at once with less work than a few.
 * For src/store/ alone.
 */
#ifndef KHABAR_STORE_TURN_H
#define KHABAR_STORE_TURN_H

#include "store/statement.h"

enum {
	TURN_MS = 15,
	TURN_ALONE_MS = 60,
	TURN_SHARED_MS = 2000, /* so long after others wrote */
	TURN_GAP_MS = 3,       /* who waits looks every millisecond or two: src/store/open.c */
};

/* Milliseconds of CLOCK_MONOTONIC. */
int64_t turn_clock(void);

/* As statement_atomic_begin() and _end(), with the gap kept. */
int turn_begin(struct store *store, struct error *error);
int turn_end(struct store *store, int result, struct error *error);
/* Within: it is time to come to an end. */
bool turn_is_over(const struct store *store);
/* Others write, too. */
bool turn_is_shared(const struct store *store);

/* What they are made of: the rest of the gap is waited for; the lock was got; was given back. */
void turn_wait(struct store *store);
void turn_began(struct store *store);
void turn_ended(struct store *store);

#endif
