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

/* As statement_atomic_begin(), after the gap. */
int turn_begin(struct store *store, struct error *error);
/* As statement_atomic_end(): `result` decides; the gap begins. */
int turn_end(struct store *store, int result, struct error *error);
/* Within: it is time to come to an end. */
bool turn_is_over(const struct store *store);
/* Others write, too. */
bool turn_is_shared(const struct store *store);

/* What they are made of: waits for the rest of the gap. */
void turn_wait(struct store *store);
/* The lock was got: the time of the turn runs from now on. */
void turn_began(struct store *store);
/* The lock was given back: the gap begins. */
void turn_ended(struct store *store);

#endif
