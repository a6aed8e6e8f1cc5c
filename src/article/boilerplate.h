/*
 * What news pages print around articles, in Arabic, Persian, Urdu, Hebrew and
 * English: tables of whole lines, beginnings and parts of short lines.
 */
#ifndef KHABAR_ARTICLE_BOILERPLATE_H
#define KHABAR_ARTICLE_BOILERPLATE_H

#include "base/str.h"

enum boilerplate_kind {
	BOILERPLATE_NONE,
	BOILERPLATE_LINE, /* this line is no part of the article */
	BOILERPLATE_END,  /* here the article is over: a comment form */
	BOILERPLATE_MORE, /* a list of other articles follows: "related news" */
	BOILERPLATE_BYLINE, /* names the author: "By ...", "بقلم: ..." */
	BOILERPLATE_DATELINE, /* "Published: ...", "تاريخ النشر: ..." */
};

/* What a line is in its page. */
enum boilerplate_place {
	BOILERPLATE_IN_TEXT,    /* a line, a paragraph */
	BOILERPLATE_IN_HEADING, /* not boilerplate for one common word, or a long one's beginning */
	BOILERPLATE_IN_CELL,    /* of a table or list: data, whatever the words */
};

/* The tables, ready to compare with.  NULL: out of memory. */
struct boilerplate *boilerplate_new(void);
void boilerplate_free(struct boilerplate *boilerplate); /* NULL is fine */

/*
 * Precise rather than complete, since a lost sentence is worse than a line too many: a line
 * that ends a sentence, or is speech, is only boilerplate by a phrase that prose does not
 * have; one over about 200 letters never is.
 */
enum boilerplate_kind boilerplate_of(
		const struct boilerplate *boilerplate, struct str line, enum boilerplate_place place);

/* Whether a paragraph (its length in code points) is text of an article, and no teaser of one. */
bool boilerplate_goes_on(struct str paragraph, size_t length);

/* The line behind a word that names the author, colons and blanks trimmed; else empty. */
struct str boilerplate_author(struct str line);

#endif
