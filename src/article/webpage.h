/* The article in an HTML page: article/extract.h and article/meta.h brought together. */
#ifndef KHABAR_ARTICLE_WEBPAGE_H
#define KHABAR_ARTICLE_WEBPAGE_H

#include "article/boilerplate.h"
#include "article/import.h"
#include "base/buffer.h"

struct webpage_options {
	const struct boilerplate *boilerplate;
	struct str url; /* where the page was found; may be empty */
	bool whole;     /* a paragraph that became the summary stays in the body */
};

/*
 * Fills all of *article but guid with what the page says, NULL where it says
 * nothing, and appends the plain text of the body to *text: blocks that stand for themselves
 * with a blank line between, items of a list and rows of a table a line each.
 * EX_DATAERR when there is no article in the page.
 */
int webpage_extract(struct str html, const struct webpage_options *options,
		struct import_article *article, struct buffer *text, struct error *error);

#endif
