/*
 * A document being written: text comes in, blocks and spans come out.  White
 * space is collapsed as CSS does, no block is empty, no control character stays.
 * All text of the source is kept.  Memory is bounded by its size: the text is no longer than
 * the source but for tabs in BLOCK_PRE (blanks in a row end at 1,000 there), blocks and spans
 * end at a million each (then line breaks part the text, and styles are left out).
 */
#ifndef KHABAR_ARTICLE_BUILD_H
#define KHABAR_ARTICLE_BUILD_H

#include "article/document.h"
#include "base/buffer.h"

enum { BUILD_BLOCKS_MAX = 1000000 };

/* What stands between the text so far and the next visible character. */
enum build_pending {
	BUILD_NOTHING,
	BUILD_SPACE,
	BUILD_LINE, /* a forced line break */
	BUILD_CELL, /* the next cell of a table row */
};

/* What a block that starts now is. */
struct build_state {
	enum block_kind kind; /* BLOCK_PRE also keeps white space */
	enum text_direction direction;
	uint8_t level, list_depth, quote_depth;
	uint8_t script; /* enum marker_script */
};

/* Where a link leads. */
struct build_target {
	struct str href; /* borrowed */
	struct str type; /* MIME, may be empty */
	enum link_kind kind;
	size_t place; /* of a LINK_PLACE: what build_finish() is to make the target of, see there */
};

struct build_inline {
	unsigned flags; /* SPAN_ */
	enum text_direction direction;
	struct build_target target; /* of a SPAN_LINK */
	uint32_t override;          /* the control that starts one, or 0 */
	size_t link;                /* index in document->links, SIZE_MAX until it has text */
	size_t span;                /* in document->spans, once it has text in this block */
};

/* A cell that goes on in the rows below. */
struct build_carry {
	size_t rows; /* still to come; 0: none */
	size_t cell; /* in document->cells, SIZE_MAX: an empty one */
	uint16_t columns;
};

/* A table whose rows are being written. */
struct build_table {
	bool in_table, in_row, in_cell;
	bool has_text;             /* the cell */
	bool header;               /* all cells of the row so far are headers */
	bool body;                 /* a row that is no header was there */
	size_t first;              /* cell of the row, in document->cells */
	struct cell cell;          /* the open one */
	size_t rows;               /* it spans */
	uint16_t column;           /* the next one that is free */
	struct build_carry *carry; /* by column */
};

struct builder {
	struct document *document;
	struct buffer text;
	struct build_state state;
	bool item;          /* the next block is the first of a list item ... */
	long number;        /* ... of this number */
	enum marker marker; /* ... marked so */
	struct build_table table;
	size_t digits[3]; /* in the text: ASCII, U+0660, U+06F0 */
	long letters;     /* in a BLOCK_PRE: those from left to right less the others */
	bool open;        /* the last of document->blocks may get more text */
	enum build_pending pending;
	uint32_t held[8]; /* invisible characters that a block may start with */
	size_t held_count;
	size_t lines, spaces, column; /* in BLOCK_PRE: white space not yet written; cells */
	struct build_inline *inlines; /* open elements, outer first */
	size_t inline_count, inline_cap;
	size_t started; /* inlines before this one have a span in this block */
	bool numbered;  /* the number of a link stands behind it, in brackets */
	bool failed;    /* out of memory */
};

/*
 * How many bytes a text starts with that are letters, digits and signs to be kept as they are:
 * ASCII over ' ' and valid two-byte sequences but those with U+0080 to U+00BF.  They are copied at
 * once.
 */
size_t build_plain(struct str text);

/* False when out of memory; build_finish() is to be called all the same. */
bool build_start(struct builder *b, enum text_direction fallback);
/*
 * The document, or NULL with *error filled.  Frees the rest.  `places` has the offset of
 * each target.place of a LINK_PLACE; NULL when there are none.
 */
struct document *build_finish(struct builder *b, const size_t *places, struct error *error);
/* Where the next text will stand, as near as can be told: bytes, at the start of a block or in it.
 */
size_t build_place(const struct builder *b);

/* UTF-8 (broken sequences become U+FFFD). */
void build_text(struct builder *b, struct str text);
/* A forced line break; two of them start a new block. */
void build_line(struct builder *b);
/* Ends the block; nothing when it has no text yet. */
void build_break(struct builder *b);
/* A block of no text. */
void build_rule(struct builder *b);

/* Text until build_inline_close() has these flags; target is for SPAN_LINK, or NULL. */
void build_inline_open(struct builder *b, unsigned flags, enum text_direction direction,
	const struct build_target *target);
void build_inline_close(struct builder *b);

/* What was opened last, an isolate, overrides the directions in it (UAX #9, X4 and X5). */
void build_inline_override(struct builder *b, enum text_direction direction);

/* Whether a reader can follow it: http, https or mailto. */
bool build_is_link(struct str href);
/* What the type and the address say; `type` may be empty. */
enum link_kind build_link_kind(struct str href, struct str type);
/* Of a link whose text starts here; its index, 0 when out of memory (b->failed). */
size_t build_add_link(struct builder *b, const struct build_target *target);

/*
 * A table of rows of cells.  What starts a block elsewhere starts a line in a cell, so cells
 * are for text, spans and lists of one level.  Rows of no text are left out.  A cell of over
 * 64 KiB, and what follows it in its row, is read as paragraphs.  Over 250 columns the cells
 * of a row are joined to its last.
 */
void build_table_start(struct builder *b, enum text_direction direction);
void build_table_end(struct builder *b);
/* A row group: no cell spans rows of two. */
void build_table_group(struct builder *b);
void build_row_start(struct builder *b);
void build_row_end(struct builder *b);
/* columns and rows as told, from 1 (rows 0: to the end). */
void build_cell_start(struct builder *b, long columns, long rows, bool header);
void build_cell_end(struct builder *b);

/* For build.c: the row's block was opened; text comes into the cell; the row is too long. */
void build_row_opened(struct builder *b);
void build_cell_text(struct builder *b);
void build_row_abandon(struct builder *b);

#endif
