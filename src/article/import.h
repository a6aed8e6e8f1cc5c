/*
 * A saved web page, whatever its shape, made into one article: HTML, or the
 * plain text that copying or scraping a page leaves.  Boilerplate goes (licence
 * nags, cookie and comment-form lines, share bars, "back to top"), in Arabic,
 * Persian, Urdu, Hebrew and English; body paragraphs stay whole and in order.
 */
#ifndef KHABAR_ARTICLE_IMPORT_H
#define KHABAR_ARTICLE_IMPORT_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/str.h"
#include "text/paragraph.h"

/* Owned NUL-terminated UTF-8 strings, "" where nothing was found. */
struct import_article {
	char *guid;  /* the URL, or where there is none "sha256:" and a hash of title and text */
	char *title; /* plain text; "headline | section" is split */
	char *section;
	char *author;
	char *site; /* name of the site */
	char *url;  /* canonical, absolute http(s); not that of the site's home page */
	char *summary;
	char *language; /* BCP 47; said by the page, else told from the letters */
	char *html;     /* body, sanitised, one element per paragraph, the summary not repeated */
	char *next;     /* the page where the article goes on (rel=next), absolute http(s) */
	enum text_direction direction; /* by the page, else by its text; never TEXT_AUTO */
	int64_t published;             /* Unix seconds; INT64_MIN when none is given */
};

/*
 * `content_type` may be empty (then the bytes tell), "text/html" or
 * "text/plain", with or without "; charset=".  `name` (a file name) is only used
 * where the page has no title.  Fails with EX_DATAERR: empty, over LIMIT_SOURCE (base/limit.h), not text,
 * no article in it; the message says which, without naming the file.
 */
int import_article(struct str bytes, struct str content_type, struct str name,
		struct import_article *article, struct error *error);
/*
 * The same for reading a page in place of its site: `url` (may be empty) is where it was
 * found, the standfirst stays in the body, and the title may be "".  Appends to *text what the
 * body says, a blank line between paragraphs, captions of pictures left out.
 */
int import_page(struct str bytes, struct str content_type, struct str url,
		struct import_article *article, struct buffer *text, struct error *error);
void import_article_free(struct import_article *article); /* leaves {0} */

#endif
