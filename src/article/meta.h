/*
 * What an HTML page says about itself: JSON-LD (schema.org), OpenGraph, <meta>,
 * microdata, <time>, <title>.
 */
#ifndef KHABAR_ARTICLE_META_H
#define KHABAR_ARTICLE_META_H

#include "article/html.h"
#include "text/paragraph.h"

/* Owned strings, NULL where the page says nothing; text has its references resolved. */
struct meta {
	char *headline; /* of JSON-LD, else OpenGraph; may hold the site's name */
	char *heading;  /* the only (else first) <h1> */
	char *title;    /* <title> */
	char *section, *author, *site, *description, *language;
	char *url;      /* canonical, absolute */
	char *base;     /* to resolve addresses against; absolute or "" */
	char *body;     /* articleBody of JSON-LD, plain text, a line a paragraph */
	int64_t published; /* Unix seconds; INT64_MIN */
	enum text_direction direction; /* of <html> or <body> */
};

/* -1 only when out of memory. */
int meta_read(const struct html_tree *tree, struct meta *meta);
void meta_free(struct meta *meta);

/* The text below a node, white space collapsed; NULL when out of memory. */
char *meta_text_below(const struct html_tree *tree, size_t node);

/* Internal to the module: fills what is still NULL from a JSON-LD script. */
bool meta_read_json(struct meta *meta, struct str json);

/* Internal: sets *field (if it is still NULL) to the text of `html`; false: out of memory. */
bool meta_set(char **field, struct str html);
/* Internal: the same, but lines and blocks stay lines. */
bool meta_set_lines(char **field, struct str html);

#endif
