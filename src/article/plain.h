/* The article in a plain text that copying or scraping a page leaves. */
#ifndef KHABAR_ARTICLE_PLAIN_H
#define KHABAR_ARTICLE_PLAIN_H

#include "article/boilerplate.h"
#include "article/import.h"
#include "base/buffer.h"

/*
 * Fills title, section, author, summary, html and published of *article, and
 * appends the plain text of the body to *text, a line a paragraph.  The title is
 * NULL where the text has none.  `direction` is that of the text as a whole.
 * EX_DATAERR when nothing but boilerplate is there.
 */
int plain_extract(struct str source, const struct boilerplate *boilerplate,
		enum text_direction direction, struct import_article *article,
		struct buffer *text, struct error *error);

/*
 * Whether the first of the paragraphs is a standfirst: a short sentence before
 * a longer text.  Lengths in code points.
 */
bool plain_is_standfirst(struct str first, size_t second_length, size_t count);

#endif
