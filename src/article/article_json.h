/* An article that was taken from a page, as JSON: what `khabar extract` prints. */
#ifndef KHABAR_ARTICLE_ARTICLE_JSON_H
#define KHABAR_ARTICLE_ARTICLE_JSON_H

#include "article/import.h"
#include "base/buffer.h"

/*
 * Appends one object and "\n": title, byline, excerpt, site_name, language, dir, published
 * (RFC 3339, UTC), content_html, content_text (`text`); null where the page says nothing.
 * -1: out of memory.
 */
int article_json(const struct import_article *article, struct str text, struct buffer *out,
	struct error *error);

/* The same of a page that others may follow: with next_url, where the article goes on. */
int article_json_part(const struct import_article *article, struct str text, struct buffer *out,
	struct error *error);

#endif
