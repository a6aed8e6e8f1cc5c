/* The articles that screen tests read: written for them, in five languages. */
#ifndef KHABAR_TESTS_SCREEN_ARTICLES_H
#define KHABAR_TESTS_SCREEN_ARTICLES_H

#include "harness.h"
#include "oracle.h"

enum { ARTICLES = 5, MOST_PARAGRAPHS = 8 };

struct article {
	const char *language, *site, *section, *url;
	const char *published; /* RFC 3339 */
	enum oracle_direction direction;
	const char *title;
	/*
	 * NULL-terminated.  What khabar must isolate by itself stands between U+2066 and U+2069
	 * here, for the oracle; the page that is imported is without them.
	 */
	const char *paragraphs[MOST_PARAGRAPHS + 1];
};

/* Newest first, as they stand in the list. */
extern const struct article articles[ARTICLES];

/* The article as a web page, written to NAME in the home; its path. */
const char *article_write(struct home *home, const struct article *article, const char *name);

/* Writes and imports all of them. */
void articles_import(struct home *home);

#endif
