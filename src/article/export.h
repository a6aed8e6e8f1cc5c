/* An article as a file of its own: what is saved, piped and printed.  Text is in logical order. */
#ifndef KHABAR_ARTICLE_EXPORT_H
#define KHABAR_ARTICLE_EXPORT_H

#include "article/document.h"
#include "base/buffer.h"

enum export_format {
	EXPORT_TEXT,     /* a paragraph a line, blank lines between, the links at the end */
	EXPORT_MARKDOWN, /* CommonMark 0.30, with tables and ~~ of GitHub's */
	EXPORT_HTML,     /* a whole page of HTML5, UTF-8 */
};

struct export_source {
	const struct document *head, *body, *tail; /* head and tail may be NULL */
	struct str title, html, url, language;     /* of a page; html is sanitised */
	enum text_direction direction;
};

/* Appends it.  Out of memory: out->failed. */
void export_write(
	const struct export_source *source, enum export_format format, struct buffer *out);

/* By the end of a file's name (".md", ".html" ...); EXPORT_TEXT for all others. */
enum export_format export_format_of(struct str name);
/* Whether it ends as a book does, which article/epub.h writes. */
bool export_is_epub(struct str name);

#endif
