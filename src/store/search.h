/*
 * Full-text search.
 *
 * The index is the FTS5 table `search` (title, summary, body) over the words of text/tokens.h,
 * which keeps no text of its own.  Its rowids, article.text_id, are in the order of time:
 * minutes since 1970 times 16, and the first number from there that is free, so that the newest
 * hits are the last ones and need no sorting.  A row whose number no article has (its article is
 * gone) is no hit.
 *
 * What was added or changed is pending (text_id is NULL) until store_index() has seen it.  It is
 * called by itself once much is pending, and when a store is closed that has added something.
 *
 * The order "best first" is that of
 *
 *	relevance x (1 + 2^(-age / 180 days)) / 2
 *
 * with the age at the newest article, and relevance as BM25 has it (k1 1.2, b 0.75) but for
 * three things: what stands in the title counts ten times, in the summary three times; the
 * length is that of the whole article; how rare a word is is not counted any further than
 * 4,096 articles, nor for one that is being typed, since counting takes longer than searching.
 * It is used where there are up to SEARCH_MOST_RANKED hits and time to see them all; else the
 * newest come first (search_ordered()).
 *
 * What is more than words and phrases is read as a query (src/query/query.h): its hits come in
 * its own order, the newest first.  One that cannot be read, as it is while it is being typed, is
 * taken for words.
 */
#ifndef KHABAR_STORE_SEARCH_H
#define KHABAR_STORE_SEARCH_H

#include "base/buffer.h"
#include "store/store.h"

enum { SEARCH_MOST_RANKED = 2000 };

/* ---- the index ------------------------------------------------------------ */

/*
 * Indexes up to `most` of the newest pending articles, in a transaction of its own or as a part
 * of the one that was begun: one at least, and as many as a turn takes (store/turn.h).  Returns how
 * many it was, 0 when none is left; -1 with *error.
 */
int store_index(struct store *store, size_t most, struct error *error);

/* How many articles are pending, and how many there are. */
int store_index_state(
	struct store *store, int64_t *pending, int64_t *articles, struct error *error);

/* Empties the index: all is pending then.  For a damaged one, or one full of rows that are gone. */
int store_index_clear(struct store *store, struct error *error);

/* How many rows of the index belong to no article any more. */
int store_index_stale(struct store *store, int64_t *stale, struct error *error);

/* The text of an article's body as it is indexed, appended.  Failure shows in out->failed. */
void search_text(struct str html, struct buffer *out);

/* ---- searching ------------------------------------------------------------ */

enum search_order {
	SEARCH_BEST,
	SEARCH_NEWEST,
	SEARCH_OWN, /* that of the query; never asked for */
};

struct search_request {
	struct str text; /* words, all of which an article must have, "phrases", or a query */
	bool typing;     /* its last word may go on, from two letters on */
	enum search_order order;
};

struct search;

/* Looks at nothing yet.  NULL: out of memory. */
struct search *search_new(
	struct store *store, const struct search_request *request, struct error *error);
void search_free(struct search *search);

/* Why the text is no query, for a person; "": it is one, or words alone. */
const char *search_complaint(const struct search *search);

/* There is no word in it to look for. */
bool search_is_empty(const struct search *search);

/*
 * Looks on until `want` hits are known, there are no more, or `milliseconds` have passed
 * (0: no limit).  With SEARCH_BEST the first call decides: when it has seen all hits they are
 * in that order, else the newest come first from then on.  0, also when it was cut short;
 * -1 with *error.
 */
int search_run(struct search *search, size_t want, int milliseconds, struct error *error);

size_t search_count(const struct search *search); /* hits known so far */
bool search_is_complete(const struct search *search);
enum search_order search_ordered(const struct search *search);
int64_t search_id(const struct search *search, size_t at); /* of the article; at < count */

/*
 * Makes what goes on with this store in another thread end soon.  It may come from any thread as
 * long as the store is open.
 */
void search_interrupt(struct store *store);

struct search_span {
	size_t start, end; /* bytes, whole letters */
};

struct search_spans {
	struct search_span *items; /* in order, apart */
	size_t count, cap;
};

/* Where the words are in a text, for lighting them; -1: out of memory. */
int search_light(struct search *search, struct str text, struct search_spans *spans);
void search_spans_free(struct search_spans *spans); /* leaves {0} */

struct search_hit {
	struct store_headline headline;
	char *snippet; /* of summary and body, around the words; one line */
	struct search_spans title_spans, snippet_spans;
};

struct search_page {
	struct search_hit *items;
	size_t count;
};

/*
 * Up to `limit` of the known hits from the one at `from` on; those that are gone by now are left
 * out.  To be freed.
 */
int search_hits(struct search *search, size_t from, size_t limit, struct search_page *page,
	struct error *error);
void search_page_free(struct search_page *page); /* leaves {0} */

#endif
