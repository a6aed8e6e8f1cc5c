/* One block of a page laid out (article/page.h), for src/article/ alone. */
#ifndef KHABAR_ARTICLE_LAYOUT_H
#define KHABAR_ARTICLE_LAYOUT_H

#include "article/marker.h"
#include "article/page.h"

/* A text of the block that is laid out by itself: all of it, or a cell. */
struct part {
	struct text_paragraph *paragraph;
	char *label;   /* owned: the text, where it is not the document's own; or NULL */
	size_t base;   /* byte of the document's text that ... */
	size_t prefix; /* ... this byte of the laid out text stands for */
	size_t bytes;  /* of the laid out text */
	size_t *lines; /* first byte of each line */
	size_t line_count, line_cap; /* at least 1 */
	int column, width;
	bool carried; /* its text is an earlier block's */
};

enum layout_kind {
	LAYOUT_TEXT,   /* one part; of a rule none */
	LAYOUT_GRID,   /* parts side by side */
	LAYOUT_RECORD, /* parts one below the other */
};

struct layout {
	size_t block; /* in the page; SIZE_MAX: free */
	enum layout_kind kind;
	struct part *parts;
	size_t part_count;
	size_t rows;  /* at least 1; neither blank row nor rule after it counted */
	bool rule;    /* a table rule follows */
	size_t bytes; /* of text */
	int indent, marker_width, bars;
	enum text_direction direction;
	unsigned long used; /* the clock when it was last asked for */
};

/* How a table stands on the page. */
struct shape {
	bool ready;
	bool records; /* it is too wide: a row is a list of "header: value" */
	bool ruled;   /* cells have several lines: a rule between rows */
	int gap;
	int *widths; /* owned; of each column, cells */
	enum text_direction direction;
};

/* Blocks that stay laid out: a few screens, however long the document is. */
enum { LAYOUTS = 64, DOCUMENTS = 3 };

struct page {
	const struct document
		*documents[DOCUMENTS]; /* head, body, tail; head and tail may be NULL */
	size_t first[DOCUMENTS + 1];   /* block each starts at; behind the last: all */
	struct page_options options;
	struct text_engine *engine;
	struct layout layouts[LAYOUTS];
	struct shape *shapes; /* of the body's tables, made when first needed; or NULL */
	size_t bytes;         /* in all layouts */
	unsigned long clock;
	int shift;
	const struct page_mark *marks;
	size_t mark_count;
	struct text_line *lines; /* of the last page_row(), as many as pieces */
	struct page_piece *pieces;
	size_t line_cap, piece_cap, line_count;
	char marker[2 * MARKER_MOST]; /* the same */
};

/* ---- page.c ---- */

const struct document *page_document(const struct page *page, size_t block);
const struct block *page_block(const struct page *page, size_t block);
/*
 * The layout of the block of a place, which is made one of this page; *rows: its rows, all
 * counted.  NULL when out of memory.  There is at least one block.
 */
const struct layout *page_layout(struct page *page, struct page_place *place, size_t *rows);
/* Of a BLOCK_ROW. */
const struct row *page_table_row(const struct page *page, size_t block);

/* ---- layout.c ---- */

/* Lays a block out into *layout, which is empty.  False when out of memory. */
bool layout_make(struct page *page, struct layout *layout, size_t block);
/* Cells that are left free at its start side. */
int layout_indent(const struct page *page, size_t block);
void layout_free(struct layout *layout);

/* What a part lays out: bytes of a block, behind a label that may be empty. */
struct part_source {
	size_t block;
	size_t start, end; /* bytes of the document */
	size_t owner;      /* block that these bytes are of; mostly the same */
	struct str label;  /* may be empty */
	enum text_direction direction, fallback;
	bool plain_breaks, no_wrap;
};
bool layout_part(struct page *page, struct part *part, const struct part_source *source);

/* ---- layout_table.c ---- */

/* Of the table that a row is of, measured now if need be.  NULL when out of memory. */
const struct shape *layout_shape(struct page *page, size_t block);
/* The parts of a row, and all that depends on them. */
bool layout_row(struct page *page, struct layout *layout);

/* ---- layout_measure.c ---- */

bool layout_measure(struct page *page, struct shape *shape, size_t block);

#endif
