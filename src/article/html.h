/*
 * The tree of an HTML page as an array in document order, so that walking it
 * needs no recursion: the children, grandchildren ... of node i are the nodes
 * i + 1 to nodes[i].end - 1.
 */
#ifndef KHABAR_ARTICLE_HTML_H
#define KHABAR_ARTICLE_HTML_H

#include "base/error.h"
#include "base/str.h"

#include <gumbo.h>
#include <stdint.h>

struct html_node {
	const GumboNode *gumbo;
	GumboTag tag; /* GUMBO_TAG_LAST of a text */
	uint32_t parent; /* of the root: itself */
	uint32_t end;    /* behind the last node below it */
	uint32_t len;    /* bytes of a text */
};

struct html_tree {
	struct html_node *nodes;
	size_t count; /* the <html> element is node 0 */
	size_t cap;
	void *memory; /* of the parser, and the source it points into */
	char *source;
};

/*
 * Takes valid UTF-8; any other bytes are safe, too.  The depth of the tree is
 * bounded (article/tame.h), so is its memory: EX_DATAERR when a page wants more.
 */
int html_parse(struct str html, struct html_tree *tree, struct error *error);
void html_free(struct html_tree *tree); /* leaves {0} */

bool html_is_text(const struct html_node *node);
/* The characters of a text node, references resolved; empty for an element. */
struct str html_text(const struct html_node *node);
/* The value of an attribute; ptr is NULL where there is none. */
struct str html_attribute(const struct html_node *node, const char *name);
/* Whether one of the words of an attribute (class, rel, itemprop) is `word`, without case. */
bool html_has_word(const struct html_node *node, const char *attribute, struct str word);

/* An element that starts a line of its own (div, p, li, td ...). */
bool html_is_block(GumboTag tag);

#endif
