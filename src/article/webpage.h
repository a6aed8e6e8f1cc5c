/* The article in an HTML page: article/extract.h and article/meta.h brought together. */
#ifndef KHABAR_ARTICLE_WEBPAGE_H
#define KHABAR_ARTICLE_WEBPAGE_H

#include "article/boilerplate.h"
#include "article/import.h"
#include "base/buffer.h"

/*
 * Fills all of *article but guid with what the page says, NULL where it says
 * nothing, and appends the plain text of the body to *text, a line a block.
 * With `whole`, html also holds a paragraph that became the summary.
 * EX_DATAERR when there is no article in the page.
 */
int webpage_extract(struct str html, const struct boilerplate *boilerplate, bool whole,
		struct import_article *article, struct buffer *text, struct error *error);

#endif
