/*
 * Walking an HTML tree into a document: what document-html.c and its helpers share.  For
 * src/article/ alone.
 */
#ifndef KHABAR_ARTICLE_WALK_H
#define KHABAR_ARTICLE_WALK_H

#include "article/build.h"
#include "article/html.h"

enum meaning {
	INLINE, /* also what is not in the table */
	BLOCK,
	GONE, /* with all that is in it */
	LINE,
	WORD_BREAK,
	RULE,
	IMAGE,
	HEADING, /* h1 to h6, in the order of their tags */
	PRE,
	QUOTE,
	SOURCE, /* of a quotation */
	LIST,
	ITEM,
	TERM,
	DESCRIPTION,
	CAPTION,
	DETAILS, /* their <summary> */
	TABLE,
	GROUP, /* of rows */
	ROW,
	CELL,
	RAISED, /* <sup>, <sub> */
	RUBY,   /* its <rt> */
	ABBREVIATION,
	QUOTED, /* <q> */
};

struct element {
	enum meaning meaning;
	unsigned flags; /* of its span; 0: none */
};

/* An element whose end is still to come. */
struct open_element {
	size_t node, end; /* its index, and that behind its last one */
	enum meaning meaning;
	bool has_inline, raises;
	bool said;                /* what is in it need not be read */
	struct build_state outer; /* to be restored */
	enum marker marker;       /* of a list's items */
	long number, step;        /* of its next item */
	bool in_data;             /* of a table: whether its rows are a table's */
	struct str after;         /* text that ends it */
};

/* A place that links may lead to: an element's id. */
struct place {
	struct str id;
	uint32_t node;
};

struct walk {
	struct builder builder;
	struct html_tree tree;
	struct open_element *open; /* outer first */
	size_t depth, cap;
	struct place *places; /* sorted by id, the first of each */
	size_t place_count, place_cap;
	size_t *offsets;    /* of each place, once the walk has come there */
	const char *raised; /* NULL, or "sup" or "sub": text is written in such characters */
	uint64_t known[64]; /* hashes of abbreviations that were explained */
	size_t known_count;
};

/* dir="": false when it says nothing, or stands on the root. */
bool walk_direction(const struct html_node *node, enum text_direction *direction);

/* ---- walk_list.c ---- */

/* An integer attribute, kept in a sane range; false when there is none. */
bool walk_number(const struct html_node *node, const char *name, long *number);
/* One more, or the most that can be counted. */
uint8_t walk_deeper(uint8_t depth);
/* The innermost open element of a kind; NULL when there is none. */
struct open_element *walk_innermost(struct walk *w, enum meaning meaning);
void walk_open_list(struct walk *w, struct open_element *e);
void walk_open_item(struct walk *w, const struct html_node *node);

/* ---- walk_places.c ---- */

/* Collects all ids.  False when out of memory. */
bool walk_find_places(struct walk *w);
/* An element is met: its place is here. */
void walk_pass_place(struct walk *w, size_t node);
/* Whether there is such a place ("#id", percent-encoded or not); its number. */
bool walk_place_of(const struct walk *w, struct str href, size_t *place);

/* ---- walk_inline.c ---- */

/* Opens what an element of text means beside its flags, and says what ends it. */
void walk_open_text(struct walk *w, struct open_element *e);
/* A link's target; false when the reader cannot follow it. */
bool walk_target(const struct walk *w, const struct html_node *node, struct build_target *target);
/* After an <a> was opened: the kind of medium it stands for.  True when that is all to be said. */
bool walk_medium(struct walk *w, size_t node, const struct build_target *target);
void walk_image(struct walk *w, const struct html_node *node);
/* Text, raised where it is to be. */
void walk_text(struct walk *w, struct str text);
/* What ends an element. */
void walk_close_text(struct walk *w, const struct open_element *e);

/* ---- walk_table.c ---- */

/* Whether a <table> holds rows of short cells, and is not there to arrange a page. */
bool walk_is_data(const struct html_tree *tree, size_t table);

#endif
