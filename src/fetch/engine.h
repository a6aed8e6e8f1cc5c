/*
 * khabar-fetch fetch: many feeds at once, on one thread.
 *
 *   ids -> net (transfers), programs -> bodies -> workers (sandbox) -> results -> store -> events
 *
 * Each part takes only as much as the next one has room for, so memory is bounded whatever the
 * number of feeds.  Results are stored some at a time, in one transaction: a feed's articles and
 * its visit are all in it or not at all, and its event is written after that.  The program may be
 * killed at any moment.
 */
#ifndef KHABAR_FETCH_ENGINE_H
#define KHABAR_FETCH_ENGINE_H

#include "config/config.h"
#include "config/feeds.h"
#include "store/store.h"
#include "worker/worker.h"

enum {
	ENGINE_JOBS = 400,       /* feeds that are anywhere between ids and events */
	ENGINE_HELD = 2 << 20,   /* bytes of bodies that wait for a worker; then no more start */
	ENGINE_PARSED = 8 << 20, /* bytes of bodies that are with workers at once */
	ENGINE_BATCH = 32,       /* results stored in one transaction */
	ENGINE_BATCH_BYTES = 2 << 20, /* of their bodies */
	ENGINE_ANSWER = 16 << 20,     /* bytes that a worker may answer */
};

struct rules;

struct engine_options {
	struct store *store;
	struct worker_pool *pool;
	const struct config *config;
	const struct config_feeds *settings;
	struct rules *rules; /* for new articles, NULL: none */
	struct arrivals *arrivals; /* gets those that hook.new is to have; NULL: nowhere */
	const int64_t *ids;  /* of the feeds to fetch, in this order */
	size_t count;
	bool named; /* the user named these feeds: pauses that hosts asked for do not count */
	int output; /* descriptor for events */
	int stop;   /* becomes readable when all is to end; -1: none */
};

/*
 * Runs to the end.  *failed gets how many feeds failed.  -1 with *error when nothing can go on:
 * the store or the output failed (an empty message: nobody reads any more); EX_TEMPFAIL with an
 * empty message when it was told to stop.
 */
int engine_run(const struct engine_options *options, int64_t *failed, struct error *error);

#endif
