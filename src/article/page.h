/*
 * A document laid out in rows of a given width, lazily: only the blocks that are
 * asked for are laid out, and only near the view are they kept.
 *
 * A place is a row: (block, line).  Rows are told apart by kind; between blocks
 * stands a blank row.  The rows of a table are blocks; its columns are measured on a part of them.
 * Walk with page_next() and page_prev() from page_first(),
 * page_last() or page_find().
 */
#ifndef KHABAR_ARTICLE_PAGE_H
#define KHABAR_ARTICLE_PAGE_H

#include "article/document.h"

struct page;

struct page_options {
	struct text_engine *engine;    /* borrowed; NULL: the page makes one of its own */
	int width;                     /* cells, at least 1 */
	enum text_direction direction; /* the reader's override; TEXT_AUTO: as the document says */
	enum text_forms forms;
	enum text_marks marks;
	enum text_numerals numerals;
	bool justify;   /* paragraphs, items and the summary; headings and code stay ragged */
	bool wrap_code; /* BLOCK_PRE too is broken at the width, and need not be shifted */
	/*
	 * For those who hear or feel the rows: they begin at the left side, headings with a word
	 * that says so, and tables are read row by row, each cell after its heading.
	 */
	bool plain;
	/*
	 * The style of the cells of a block that lie in spans with these SPAN_ flags
	 * (all that are open there, or 0), and of its marker.  NULL: style 0.
	 */
	uint16_t (*style)(const struct block *block, unsigned span_flags);
};

struct page_place {
	size_t block; /* the head's blocks come first, then the body's, then the tail's */
	size_t line;  /* in the block; its blank row after it, if any, is the last */
};

enum page_row_kind {
	PAGE_BLANK,
	PAGE_TEXT,
	PAGE_RULE,
	PAGE_CELLS, /* of a row of a table, side by side; or one of them, where there is no room */
	PAGE_TABLE_RULE, /* between two rows of a table */
};

/* A line of a cell. */
struct page_piece {
	const struct text_line *line; /* NULL: nothing here */
	int column, width; /* cells from the start side of the row, the indent not counted */
	bool open;     /* of a PAGE_TABLE_RULE: the cell above goes on below, there is no line */
	size_t base;   /* byte of the documents's text that ... */
	size_t prefix; /* ... this byte of the line's text stands for; those before it are a label
			*/
};

/*
 * Bytes of the body that look otherwise: a hit of a search, the link that is chosen.  The low byte
 * of the style takes the place of that of the cells, unless it is 0; the high one is added.
 */
struct page_mark {
	size_t start, end;
	uint16_t style;
};

struct page_row {
	enum page_row_kind kind;
	const struct text_line *line;    /* PAGE_TEXT; valid until the next call on the page */
	const struct page_piece *pieces; /* PAGE_CELLS, PAGE_TABLE_RULE; valid as long */
	size_t piece_count;
	int gap; /* cells between two columns, a line in the middle; 0: nothing is drawn there */
	bool more_before, more_after; /* of a line of code: at its start side, its end side */
	struct str marker;            /* bullet or number, first line of an item; else empty */
	int marker_width;             /* cells kept for it, at the start side, inside the indent */
	int indent;                   /* cells left free at the start side */
	int bars; /* quote bars at the start side, 2 cells each, in the indent */
	enum text_direction direction; /* which side is the start */
	const struct block *block;     /* the row's block; of a blank row the one before it */
	uint16_t style;                /* of the block, no span: for marker, bars and rule */
	size_t offset; /* of its first byte in the body; 0 in the head, its length in the tail */
};

/*
 * head and tail (the list of links) may be NULL.  All documents are borrowed and must outlive
 * the page.
 */
struct page *page_new(const struct document *head, const struct document *body,
	const struct document *tail, const struct page_options *options);
void page_free(struct page *page);

/* The first and the last row. */
struct page_place page_first(struct page *page);
struct page_place page_last(struct page *page);

/* One row on or back; false (place unchanged) at the end.  A negative result: out of memory. */
int page_next(struct page *page, struct page_place *place);
int page_prev(struct page *page, struct page_place *place);

/* The row that holds byte `offset` of the body. */
struct page_place page_find(struct page *page, size_t offset);

/* Lines of code start so many cells further on. */
void page_set_shift(struct page *page, int shift);

/* From now on these look so.  Sorted, not overlapping, borrowed; later ones need not be there. */
void page_set_marks(struct page *page, const struct page_mark *marks, size_t count);

/* Whether a place is in the body, whose blocks alone have offsets. */
bool page_in_body(const struct page *page, struct page_place place);

/* 0, or -1 when out of memory. */
int page_row(struct page *page, struct page_place place, struct page_row *row);

#endif
