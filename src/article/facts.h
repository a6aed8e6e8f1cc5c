/* What an HTML tree holds, node by node: the numbers that extraction judges by. */
#ifndef KHABAR_ARTICLE_FACTS_H
#define KHABAR_ARTICLE_FACTS_H

#include "article/html.h"

/* Of a node and all below it, what is skipped left out.  Lengths in code points, blanks not. */
struct facts {
	uint32_t text, linked; /* linked: the part inside of <a> */
	uint32_t commas;       /* and the like, of all scripts */
	uint32_t paragraphs, images, items, inputs, embeds, headings; /* headings: length of text */
	float own;   /* what the text right in this block is worth as prose */
	uint16_t runs; /* stretches of prose that make it up, parted by <br> or blocks */
	bool has_block; /* a block element below it */
};

/* Skips nothing: `skip` (a byte a node) is only read.  NULL: out of memory. */
struct facts *facts_new(const struct html_tree *tree, const unsigned char *skip);

float facts_link_density(const struct facts *facts);

/* What class and id say, as words that pages everywhere use. */
enum hint {
	HINT_UNLIKELY = 1, /* navigation, comments, adverts ... */
	HINT_MAYBE = 2,    /* ... unless it is also this */
	HINT_POSITIVE = 4,
	HINT_NEGATIVE = 8,
	HINT_SHARE = 16,
	HINT_STANDFIRST = 32,
	HINT_BYLINE = 64,
};

unsigned facts_hints(const struct html_node *node);

/* 25 for a positive, -25 for a negative hint in class, and the same for id. */
int facts_weight(const struct html_node *node);

/* The value of a property in the style attribute; ptr NULL: it is not set there. */
struct str facts_style(const struct html_node *node, struct str property);

/* Hidden by an attribute or an inline style. */
bool facts_hidden(const struct html_node *node);
/* aria-hidden: nothing for the ear, which says little of the eye. */
bool facts_aria_hidden(const struct html_node *node);

#endif
