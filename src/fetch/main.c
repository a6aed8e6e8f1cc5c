#include "fetch/main.h"

#include "base/array.h"
#include "base/buffer.h"
#include "config/paths.h"
#include "fetch/engine.h"
#include "fetch/full.h"
#include "fetch/hook.h"
#include "fetch/rules.h"
#include "fetch/setup.h"
#include "fetch/stop.h"
#include "net/net.h"
#include "store/search.h"
#include "fetch/wishes.h"

#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	PATIENCE_MS = 30000, /* for another program that writes to the store */
	KEEP_STEP_MS = 20,   /* the others wait no longer than that */
	KEEP_PAUSE_MS = 5,
	KEEP_MOST_MS = 2000, /* after a fetch; the next one goes on with it */
	CACHE_KIB = 8192,    /* of the store: a fetch writes more than it reads again */
};

/* ---- which feeds ------------------------------------------------------------ */

/* An id; 0 when it is none. */
static int64_t number_of(const char *text)
{
	int64_t id = 0;
	for (; *text >= '0' && *text <= '9' && id < INT64_MAX / 10 - 1; text++)
		id = id * 10 + (*text - '0');
	return *text ? 0 : id;
}

static int find(struct store *store, const char *name, int64_t *id, struct error *error)
{
	struct store_subscription feed;
	struct buffer shown = {0};
	*id = number_of(name);
	if (*id == 0 && store_feed_find(store, str_of(name), id, error))
		return -1;
	if (*id > 0) {
		if (store_subscription(store, *id, &feed, error))
			return -1;
		bool fetched = feed.visit.tried_at != STORE_NO_DATE ||
			       strncmp(feed.url, "http", 4) == 0 ||
			       strncmp(feed.url, "command:", 8) == 0;
		store_subscription_free(&feed);
		return fetched ? 0
			       : error_set(error, EX_USAGE,
					 "%.80s: these articles were imported: they are not "
					 "fetched",
					 name);
	}
	net_show_url(str_of(name), &shown);
	error_set(error, EX_NOINPUT, "%.200s: no such feed: see khabar feeds, or khabar add",
		shown.data ? shown.data : "");
	buffer_free(&shown);
	return -1;
}

static int find_all(
	struct store *store, char *const *names, size_t count, int64_t **ids, struct error *error)
{
	*ids = calloc(count, sizeof **ids);
	if (!*ids)
		return error_no_memory(error);
	for (size_t i = 0; i < count; i++) {
		if (find(store, names[i], &(*ids)[i], error))
			return -1;
	}
	return 0;
}

/* ---- fetch ------------------------------------------------------------------- */

static struct store *open_store(
	const struct fetch_options *options, const struct config *config, struct error *error)
{
	char *usual = options->db ? NULL : paths_store(error);
	if (!options->db && !usual)
		return NULL;
	struct store *store = store_open(options->db ? options->db : usual, STORE_CREATE, error);
	free(usual);
	if (!store)
		return NULL;
	store_set_patience(store, PATIENCE_MS);
	store_set_cache(store, CACHE_KIB);
	if (store_group_stories(store, strcmp(config->stories_group, "yes") == 0, error) == 0)
		return store;
	store_close(store);
	return NULL;
}

/*
 * Indexes what an earlier program left, an old store that was migrated among it, until all is
 * done or the program is to stop.  What fails is for the next time.
 */
static void index_pending(struct store *store, int stop)
{
	enum { STEP = 512 };
	struct pollfd stopping = {stop, POLLIN, 0};
	while (poll(&stopping, 1, 0) <= 0 && store_index(store, STEP, NULL) > 0)
		;
}

static int fetch(struct setup *setup, struct store *store, const struct fetch_options *options,
	char *const *feeds, size_t count, struct error *error)
{
	int64_t *ids = NULL, failed = 0;
	size_t found = count;
	int stop = stop_descriptor(error);
	if (stop < 0)
		return -1;
	int result = count > 0
			     ? find_all(store, feeds, count, &ids, error)
			     : store_subscription_ids(store, options->due ? STORE_DUE : STORE_EVERY,
				       (int64_t)time(NULL), &ids, &found, error);
	struct rules *rules =
		result == 0 ? rules_new(store, &setup->lists, (int64_t)time(NULL), error) : NULL;
	if (!rules)
		result = -1;
	struct arrivals arrivals = {0};
	const struct hook hook = {.command = str_of(setup->config.hook_new),
		.store = store,
		.describe = options->describe,
		.output = options->output,
		.stop = stop};
	bool hooked = hook.command.len > 0 && hook.describe;
	const struct engine_options engine = {
		.store = store,
		.arrivals = hooked ? &arrivals : NULL,
		.pool = setup->pool,
		.config = &setup->config,
		.settings = &setup->feeds,
		.rules = rules,
		.ids = ids,
		.count = found,
		.named = count > 0,
		.output = options->output,
		.stop = stop,
	};
	if (result == 0)
		result = engine_run(&engine, &failed, error);
	rules_free(rules);
	const struct full_options full = {setup, store, ids, found, options->output, stop};
	if (result == 0)
		result = full_of_feeds(&full, error);
	if (result == 0 && hooked)
		result = hook_run(&hook, &arrivals, error);
	arrivals_free(&arrivals);
	if (result == 0)
		index_pending(store, stop);
	free(ids);
	if (result == 0 && failed > 0)
		result = error_set(error, EX_UNAVAILABLE, "%s", "");
	return result;
}

/* What the reader's rules do not keep goes, in steps between which others have their turn. */
static int keep(struct store *store, const struct config *config, struct error *error)
{
	const struct store_keep rules = {config->keep_days, config->keep_count};
	const struct timespec pause = {0, KEEP_PAUSE_MS * 1000000L};
	int64_t place = 0;
	int more = 1;
	for (int spent = 0; more == 1 && spent < KEEP_MOST_MS;
		spent += KEEP_STEP_MS + KEEP_PAUSE_MS) {
		more = store_keep_step(
			store, &rules, (int64_t)time(NULL), KEEP_STEP_MS, &place, NULL, error);
		if (more == 1)
			nanosleep(&pause, NULL);
	}
	return more < 0 ? -1 : 0;
}

int fetch_main(
	const struct fetch_options *options, char *const *feeds, size_t count, struct error *error)
{
	struct setup setup;
	/* The workers come first: they are copies of what this program is now. */
	if (setup_make(&setup, options, error))
		return -1;
	struct store *store = open_store(options, &setup.config, error);
	int result = store ? wishes_apply(store, &setup.feeds, error) : -1;
	if (result == 0)
		result = fetch(&setup, store, options, feeds, count, error);
	struct error kept;
	bool fetched = result == 0 || (store && error->status == EX_UNAVAILABLE);
	if (fetched && keep(store, &setup.config, &kept) < 0) {
		*error = kept;
		result = -1;
	}
	store_close(store);
	setup_free(&setup);
	return result;
}

/* ---- full --------------------------------------------------------------------- */

static int fetch_full(struct setup *setup, struct store *store, const struct fetch_options *options,
	const int64_t *ids, size_t count, struct error *error)
{
	struct error last = {0};
	int64_t failed = 0;
	int stop = stop_descriptor(error);
	if (stop < 0)
		return -1;
	const struct full_options full = {setup, store, ids, count, options->output, stop};
	int result = full_of_articles(&full, &failed, &last, error);
	if (result < 0 || failed == 0)
		return result;
	if (count > 1)
		return error_set(error, EX_UNAVAILABLE, "%s", "");
	if (error)
		*error = last;
	return -1;
}

int full_main(
	const struct fetch_options *options, char *const *names, size_t count, struct error *error)
{
	struct setup setup;
	int64_t *ids = calloc(count + 1, sizeof *ids);
	if (!ids)
		return error_no_memory(error);
	for (size_t i = 0; i < count; i++) {
		ids[i] = number_of(names[i]);
		if (ids[i] > 0)
			continue;
		free(ids);
		return error_set(error, EX_USAGE, "%.80s: no article: give its number", names[i]);
	}
	int result = setup_make(&setup, options, error);
	if (result == 0) {
		struct store *store = open_store(options, &setup.config, error);
		result = store ? fetch_full(&setup, store, options, ids, count, error) : -1;
		store_close(store);
		setup_free(&setup);
	}
	free(ids);
	return result;
}
