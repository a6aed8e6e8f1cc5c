/* Two trees of HTML beside each other. */
#ifndef KHABAR_TESTS_ARTICLE_TREES_H
#define KHABAR_TESTS_ARTICLE_TREES_H

#include "article/html.h"

/* Of two parsers: the same nodes, texts and attributes, of which the first of a name counts. */
bool trees_same(const struct html_tree *a, const struct html_tree *b);

/*
 * Whether html_parse_simple() either declines a source or makes the tree that the HTML Standard
 * asks for.  *taken: it did not decline.
 */
bool trees_simple_is_right(struct str html, bool *taken);

#endif
