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
	BOILERPLATE_END,  /* here the article is over: a comment form, "related news" */
	BOILERPLATE_BYLINE, /* names the author: "By ...", "بقلم: ..." */
	BOILERPLATE_DATELINE, /* "Published: ...", "تاريخ النشر: ..." */
};

/* The tables, ready to compare with.  NULL: out of memory. */
struct boilerplate *boilerplate_new(void);
void boilerplate_free(struct boilerplate *boilerplate); /* NULL is fine */

/* Long lines (over about 200 letters) are never boilerplate. */
enum boilerplate_kind boilerplate_of(const struct boilerplate *boilerplate, struct str line);

/* The line behind a word that names the author, colons and blanks trimmed; else empty. */
struct str boilerplate_author(struct str line);

#endif
