/* Internal to the sanitiser: what its walk through a tree keeps in mind, and its elements. */
#ifndef KHABAR_ARTICLE_SANITIZE_WALK_H
#define KHABAR_ARTICLE_SANITIZE_WALK_H

#include "article/sanitize.h"
#include "article/sanitize_links.h"

enum role {
	TRANSPARENT, /* its content stays */
	GONE,        /* goes with its content */
	DIVISION,    /* starts and ends a block, has no element of its own */
	BLOCK,       /* p, headings, pre */
	WRAPPER,     /* holds blocks */
	BARE,        /* holds blocks; a first text needs no <p> */
	INLINE,
	BREAK,
	RULE,
	IMAGE,
	EMBED,
	SOURCE,
	QUOTATION,
};

struct rule {
	enum role role;
	const char *element; /* written for it */
};

/* An element that is open, and what closes it. */
struct level {
	uint32_t end;
	enum role role;
	bool link;    /* links do not nest */
	bool note;    /* nor do the parts of a ruby */
	bool inlined; /* writer_close() when it ends */
	bool pushed;  /* writer_pop() */
	bool implied; /* and once more: it stood in no list */
	enum text_direction direction;
	bool automatic;
	bool unturned;     /* code and drawings in letters stay as they are in any direction */
	bool layout;       /* a table that is no data */
	const char *block; /* h1 to h6, pre: what the text in divisions inside of it is in */
	const char *holder; /* the innermost wrapper that is written, or NULL */
	struct str lang;
};

struct walk {
	const struct html_tree *tree;
	const struct sanitize_options *options;
	struct writer *writer;
	struct level *levels;
	size_t count, cap;
	size_t links, notes; /* open */
	unsigned char *gone;   /* for each node: it leaves nothing */
	unsigned char *blocks; /* for each node: it has blocks inside */
	uint32_t *ink;         /* code points to be seen, of the nodes before each */
	struct link_targets targets;
	size_t source;         /* the last <source> of a <picture>; 0: none */
	size_t image_end;      /* behind the last image that waits for a script; 0: none */
	bool failed;
};

/* Code points to be seen below a node. */
uint32_t sanitize_ink(const struct walk *w, size_t at);

/* Starts the element of node `at`, of any role up to INLINE or QUOTATION; ends the innermost. */
void sanitize_open(struct walk *w, size_t at, const struct rule *rule);
void sanitize_close(struct walk *w);

/* ' name="value"', escaped; the same of an attribute of the node that holds anything. */
void sanitize_add_value(struct buffer *out, const char *name, struct str value);
void sanitize_add_words(const struct html_node *node, const char *name, struct buffer *out);

/* The names of an element that links lead to, for what comes next. */
void sanitize_name_next(const struct walk *w, const struct html_node *node);

#endif
