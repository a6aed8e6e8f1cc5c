/*
 * The tree of a fragment that needs no tree builder: text and everyday elements, each closed in
 * order.  Most bodies of feeds are no more than that.
 */
#ifndef KHABAR_ARTICLE_HTML_SIMPLE_H
#define KHABAR_ARTICLE_HTML_SIMPLE_H

#include "article/html.h"

/*
 * False, with *tree {0}: there is anything that the HTML Standard's tree construction might treat
 * in another way than to nest it as written, or no memory.  Else the tree is, node by node, the
 * one html_parse_standard() makes.  It is one pass; nothing is read twice.
 */
bool html_parse_simple(struct str html, struct html_tree *tree);

/* By the HTML Standard, whatever it is: what html_parse() does where the above declines. */
int html_parse_standard(struct str html, struct html_tree *tree, struct error *error);

/* Appends an element's value, or a node of either kind; the values of an element come behind it. */
bool html_add_value(struct html_tree *tree, const char *name, struct str value);
bool html_add_node(struct html_tree *tree, GumboTag tag, uint32_t parent, struct str text);
/* Once all are there. */
void html_place_values(struct html_tree *tree);

#endif
