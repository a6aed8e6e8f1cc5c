/*
 * Fetching beside the reader: khabar-fetch runs in the background, its events move a gauge,
 * and what it stored is seen without moving what is read.
 */
#ifndef KHABAR_UI_FETCHING_H
#define KHABAR_UI_FETCHING_H

#include "base/buffer.h"

#include <stdint.h>

struct ui;
struct fetching;

/* The places of screen_watch() that are used. */
enum {
	FETCHING_WATCH = 0,
	FETCHING_SEEK_WATCH = 1,
	SEARCHING_WATCH = 2,
	FETCHING_FULL_WATCH = 3,
	PICTURE_WATCH = 4,
	DOWNLOADING_WATCH = 5,
};

/* NULL when out of memory. */
struct fetching *fetching_new(struct ui *ui);
/* Ends what is under way; nothing is half stored. */
void fetching_free(struct fetching *fetching);

/*
 * Fetches these feeds, or all of them when count is 0, now or as soon as what is under way
 * has ended.  Failures are said on the status line.
 */
void fetching_request(struct fetching *fetching, const int64_t *ids, size_t count);

/* The descriptor of FETCHING_WATCH is ready: takes what has been told. */
void fetching_take(struct fetching *fetching);

/*
 * Fetches what is due, and notices what other processes did to the store; to be called when
 * `fetching_patience` milliseconds went by without an event.
 */
void fetching_tick(struct fetching *fetching);
int fetching_patience(const struct fetching *fetching);

/* "fetch 3/12" while something is under way, else nothing. */
void fetching_gauge(const struct fetching *fetching, struct buffer *out);

#endif
