/*
 * The feeds an HTML page tells of (RSS Autodiscovery; HTML Standard, section
 * 4.6.7.1 "alternate"): <link> and <a> with rel="alternate" or "feed" and the
 * type of a feed.  Where there is none, addresses that look like those of feeds.
 */
#ifndef KHABAR_ARTICLE_DISCOVER_H
#define KHABAR_ARTICLE_DISCOVER_H

#include "base/buffer.h"
#include "base/error.h"

enum { DISCOVER_MOST = 100 }; /* feeds of one page; what is over is left out */

/* Owned NUL-terminated UTF-8. */
struct discovered {
	char *url;   /* absolute, http or https, without fragment; each only once */
	char *title; /* one line of plain text; "" */
	const char
		*type; /* static: "rss", "atom", "json", "rdf", or "" where only fetching tells */
};

/* Best first: feeds by the order of the page, guesses after them, comments' feeds last. */
struct discovery {
	struct discovered *items;
	size_t count, cap;
	char *title; /* of the page; "" */
};

/*
 * `bytes` of a page in any encoding; `content_type` and `base_url` (absolute) as it
 * was fetched, or empty.  No feed is no error.  EX_DATAERR: no text, or too complex.
 */
int discover_feeds(struct str bytes, struct str content_type, struct str base_url,
	struct discovery *discovery, struct error *error);
void discover_free(struct discovery *discovery); /* leaves {0} */

/* Appends {"title" of the page, "feeds": [{"url", "title", "type"}, ...]} and "\n". */
int discover_write(const struct discovery *discovery, struct buffer *out, struct error *error);

#endif
