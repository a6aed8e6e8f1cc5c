/*
 * The full text of articles, out of their pages, into the store.
 *
 * The address of a page comes from a feed, so it is not the user's own: what is not of the
 * public Internet is fetched only where the feed is near, too, or has the same host and port.
 * A feed's own headers go to its host and to no other.
 */
#ifndef KHABAR_FETCH_FULL_H
#define KHABAR_FETCH_FULL_H

#include "fetch/setup.h"
#include "store/store.h"

enum {
	FULL_NEWEST = 100,        /* articles of a feed that are looked at */
	FULL_FEED = 20,           /* pages of a feed that are fetched in a run */
	FULL_RUN = 200,           /* pages in a run */
	FULL_FAILURES = 3,        /* then it is given up */
	FULL_AGAIN = 6 * 60 * 60, /* seconds after a failure */
};

struct full_options {
	const struct setup *setup;
	struct store *store;
	const int64_t *ids;
	size_t count;
	int output; /* descriptor for events */
	int stop;   /* becomes readable when all is to end; -1: none */
};

/*
 * Of these articles.  *failed gets how many failed, *last why the last one did.  -1 with *error
 * when nothing can go on: as engine_run().
 */
int full_of_articles(const struct full_options *options, int64_t *failed, struct error *last,
	struct error *error);

/*
 * Of the new articles of those of these feeds whose settings in the store have full-text = yes.  A page that
 * fails is no failure of the run: it is told, and tried again in a later one.
 */
int full_of_feeds(const struct full_options *options, struct error *error);

#endif
