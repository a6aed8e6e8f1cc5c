/* Whether two imports are one article, and how two articles of one address are told apart. */
#ifndef KHABAR_ARTICLE_IDENTITY_H
#define KHABAR_ARTICLE_IDENTITY_H

#include "article/import.h"

/*
 * Two texts of one address are one article when their titles say the same, or when a third of
 * the paragraphs of the shorter stand in the other too: headline or text may have been edited,
 * not both through and through.  html: sanitised.  1, 0, or -1 when out of memory.
 */
int identity_same(struct str title, struct str html, struct str other_title, struct str other_html);

/*
 * Pages of some sites all give one address.  Makes the article's guid one that its title has
 * part in, so that it does not take the place of another.  -1: out of memory.
 */
int identity_set_apart(struct import_article *article);

#endif
