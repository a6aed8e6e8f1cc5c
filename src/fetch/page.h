/*
 * Pages read, several at once: each is fetched, its article taken out in the sandbox, and where
 * it goes on to further pages (rel=next) of the same host, these are joined to it.
 */
#ifndef KHABAR_FETCH_PAGE_H
#define KHABAR_FETCH_PAGE_H

#include "fetch/setup.h"

#include <jansson.h>

enum {
	PAGES_BUSY = 16,      /* pages under way at once */
	PAGE_PARTS = 10,      /* of one article */
	PAGE_BYTES = 8 << 20, /* of its text and its HTML together; then no more parts are joined */
};

/* How it ended; valid during the call. */
struct page_end {
	/*
	 * What `khabar extract` prints and next_url (article/article_json.h), with the texts of all
	 * parts that could be read; next_url leads to what is missing.  NULL: nothing came, see `error`.
	 */
	const json_t *article;
	struct error error;
	bool passing; /* the failure tells nothing of the page: offline, or a pause was asked for */
};

typedef void page_done(void *user, const struct page_end *end);

struct page_request {
	const char *url;               /* copied */
	const struct config_feed *own; /* settings for it, or NULL; borrowed until `done` */
	bool file, found, near;        /* as in net/net.h */
	page_done *done;
	void *user;
};

struct pages;

/* The setup must outlive it.  NULL with *error. */
struct pages *pages_new(const struct setup *setup, struct error *error);
/* Drops what is under way without a call of `done`. */
void pages_free(struct pages *pages);

/* How many more may be started. */
size_t pages_room(const struct pages *pages);
size_t pages_busy(const struct pages *pages);

/*
 * Starts one; there must be room.  `done` is called by pages_step(), never from here, also where
 * the address cannot be fetched at all.  -1 when out of memory, without a call.
 */
int pages_start(struct pages *pages, const struct page_request *request, struct error *error);

/*
 * Waits a moment, carries on what can be carried on and calls `done` of what has ended.  1 when
 * `stop` (a descriptor, -1: none) can be read; -1 with *error when nothing can go on.
 */
int pages_step(struct pages *pages, int stop, struct error *error);

/* Host and port of an address, without a name and password before them; "" where it has none. */
struct str page_authority(struct str url);

/* The same without the port. */
struct str page_host(struct str url);

/* Whether two addresses have the same host and port. */
bool page_same_host(struct str a, struct str b);

#endif
