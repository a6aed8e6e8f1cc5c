/*
 * Articles as a book: EPUB 3.3 (W3C), one XHTML file an article, no files but text.  The same
 * articles give the same bytes.
 */
#ifndef KHABAR_ARTICLE_EPUB_H
#define KHABAR_ARTICLE_EPUB_H

#include "article/export.h"
#include "base/error.h"

struct epub;

/* NULL when out of memory.  epub_free() takes NULL, too. */
struct epub *epub_new(void);
void epub_free(struct epub *epub);

/* Adds an article: title and facts of source->head, then source->html.  Borrows nothing. */
int epub_add(struct epub *epub, const struct export_source *source, struct error *error);

/*
 * Appends the whole book to *out; nothing can be added afterwards.  An empty title: that of the
 * first article.  `modified`: seconds since 1970 of what is said to be its last change.  Pages
 * turn from the right when most articles run so.  EX_DATAERR without an article.
 */
int epub_finish(struct epub *epub, struct str title, int64_t modified, struct buffer *out,
	struct error *error);

/* One article. */
int epub_write(const struct export_source *source, int64_t modified, struct buffer *out,
	struct error *error);

#endif
