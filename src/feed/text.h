/* Texts of feeds: is it HTML, what of it may be shown, and as plain text. */
#ifndef KHABAR_FEED_TEXT_H
#define KHABAR_FEED_TEXT_H

#include "base/buffer.h"
#include "base/error.h"
#include "text/paragraph.h"

/* How a text is to be read. */
enum feed_text_type {
	FEED_TEXT_GUESS, /* RSS does not say: HTML where it looks like it */
	FEED_TEXT_PLAIN,
	FEED_TEXT_HTML,  /* the characters are HTML source */
	FEED_TEXT_XHTML, /* the same, made from elements of the document: no need to guess */
};

/*
 * Whether a text of RSS, which says nothing about it, is HTML: it has an end tag or a void element
 * (<br>, <img>), and all its tags are HTML's; or it has a reference that HTML knows.
 */
bool feed_text_is_html(struct str text);

/*
 * Without "<![CDATA[" and "]]>" around it, which were escaped once too often, where the text is
 * not known to be plain.
 */
struct str feed_text_unwrap(struct str text, enum feed_text_type type);

/* The same as feed_text_is_html() for a long text, which may have tags that HTML has not. */
bool feed_text_is_html_body(struct str text);

/*
 * The one place where the body of an entry is sanitised (article/sanitize.h): appends a small,
 * well-formed subset of HTML with absolute addresses to *out, and where `plain` is not NULL
 * its text as one line to *plain.  `direction` and `language` are those of the entry.  What is
 * longer than FEED_BODY_MAX is cut there.  -1 with EX_OSERR, or EX_DATAERR for a page too complex.
 */
int feed_clean_html(struct str html, struct str base, enum text_direction direction,
	struct str language, struct buffer *out, struct buffer *plain, struct error *error);

/* The same for plain text: blank lines part its paragraphs. */
int feed_clean_text(
	struct str text, enum text_direction direction, struct buffer *out, struct error *error);

/* Appends the text of HTML as one line: tags gone, references resolved.  -1 as above. */
int feed_text_from_html(struct str html, struct buffer *plain, struct error *error);

/*
 * Appends a text as one line that may stand anywhere: white space collapsed and trimmed, no
 * controls, bidi controls balanced, at most `most` bytes.
 */
void feed_text_line(struct str text, size_t most, struct buffer *out);

/* The same with its "\n" and tabs kept, and CR as "\n". */
void feed_text_lines(struct str text, size_t most, struct buffer *out);

#endif
