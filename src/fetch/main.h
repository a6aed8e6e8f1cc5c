/* What khabar-fetch does with the network: fetch, full, discover, page (and fetch/picture.h). */
#ifndef KHABAR_FETCH_MAIN_H
#define KHABAR_FETCH_MAIN_H

#include "base/buffer.h"
#include "base/error.h"
#include "worker/worker.h"

#include <stdbool.h>
#include <stddef.h>

struct store;

struct fetch_options {
	const char *db;                  /* file of the store; NULL: the usual one */
	bool due;                        /* only feeds whose time has come */
	bool retry;                      /* of downloads: what failed, too */
	bool require_sandbox;            /* rather fail than parse without one */
	long jobs, per_host;             /* 0: as the settings say */
	const struct worker_task *tasks; /* of the workers; NULL: worker_tasks */
	const char *config;              /* file of settings; NULL: the usual one */
	int output;                      /* descriptor that is written to */
	/* One line of JSON about an article, for hook.new; NULL: it is not run. */
	int (*describe)(
		struct store *store, int64_t id, struct buffer *line, struct error *error);
	/* Told where there is no sandbox, once; NULL: nothing is told. */
	void (*warn)(const char *sentence);
};

/*
 * Fetches the feeds named by id or URL, all when count is 0, and writes events (fetch/event.h).
 * -1 with *error: EX_UNAVAILABLE with an empty message when feeds failed, each of which was
 * told; EX_NOINPUT when a feed that was named is not there; EX_TEMPFAIL with an empty message when
 * a signal stopped it; what the store or the settings say.
 */
int fetch_main(
	const struct fetch_options *options, char *const *feeds, size_t count, struct error *error);

/*
 * Writes {"feeds":[{"url","title","format"}...],"page":{"title","url"}} and a newline: the address
 * itself when it is a feed; else what the page links to; else what stands at well-known places of
 * the site.  No feed at all is no error: the list is empty then.  -1 with *error when the
 * address cannot be read.  `file:` URLs are read, too: they come from the command line.
 */
int discover_main(const struct fetch_options *options, const char *url, struct error *error);

/*
 * Fetches the full text of these articles (ids) from their pages, stores it, and writes an event
 * for each.  -1 with *error: what failed, when it was one article; EX_UNAVAILABLE with an empty
 * message when it were several, each of which was told; EX_TEMPFAIL with an empty message when a
 * signal stopped it.
 */
int full_main(
	const struct fetch_options *options, char *const *ids, size_t count, struct error *error);

/*
 * Fetches the page, and those that it goes on in, and writes what `khabar extract` prints for
 * them as one.
 */
int page_main(const struct fetch_options *options, const char *url, struct error *error);

#endif
