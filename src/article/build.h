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
};

struct build_inline {
	unsigned flags; /* SPAN_ */
	enum text_direction direction;
	struct str href; /* of a SPAN_LINK, borrowed */
	size_t link;     /* index in document->links, SIZE_MAX until it has text */
	size_t span;     /* in document->spans, once it has text in this block */
};

struct builder {
	struct document *document;
	struct buffer text;
	struct build_state state;
	bool item;   /* the next block is the first of a list item ... */
	long number; /* ... of this number */
	bool open;   /* the last of document->blocks may get more text */
	enum build_pending pending;
	uint32_t held[8]; /* invisible characters that a block may start with */
	size_t held_count;
	size_t lines, spaces, column; /* in BLOCK_PRE: white space not yet written; cells */
	struct build_inline *inlines; /* open elements, outer first */
	size_t inline_count, inline_cap;
	size_t started; /* inlines before this one have a span in this block */
	bool failed;    /* out of memory */
};

/* False when out of memory; build_finish() is to be called all the same. */
bool build_start(struct builder *b, enum text_direction fallback);
/* The document, or NULL with *error filled.  Frees the rest. */
struct document *build_finish(struct builder *b, struct error *error);

/* UTF-8 (broken sequences become U+FFFD). */
void build_text(struct builder *b, struct str text);
/* A forced line break; two of them start a new block. */
void build_line(struct builder *b);
/* The next text is another cell of the row. */
void build_cell(struct builder *b);
/* Ends the block; nothing when it has no text yet. */
void build_break(struct builder *b);
/* A block of no text. */
void build_rule(struct builder *b);

/* Text until build_inline_close() has these flags; href is used for SPAN_LINK. */
void build_inline_open(
	struct builder *b, unsigned flags, enum text_direction direction, struct str href);
void build_inline_close(struct builder *b);

/* Whether a reader can follow it: http, https or mailto. */
bool build_is_link(struct str href);

#endif
