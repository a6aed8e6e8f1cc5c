/* What a file to import is, told from its content. */
#ifndef KHABAR_SUBSCRIBE_KIND_H
#define KHABAR_SUBSCRIBE_KIND_H

#include "base/str.h"

enum file_kind {
	KIND_AUTO,
	KIND_PAGE, /* a web page or a text: an article */
	KIND_OPML,
	KIND_NEWSBOAT_URLS,
	KIND_NEWSRAFT_FEEDS,
	KIND_SFEED_RC,
	KIND_SFEED_TSV,
	KIND_NEWSBOAT_CONFIG,
	KIND_DATABASE, /* SQLite: newsboat's cache.db, newsraft's */
};

/* The names of the kinds, for --as; ends with NULL. */
extern const char *const kind_names[];

/*
 * Never KIND_AUTO.  Text is UTF-8 or ASCII, else it is a page.  A list of addresses is
 * newsboat's where nothing tells it from newsraft's: both read plain lines the same way.
 */
enum file_kind kind_of(struct str bytes);

#endif
