/*
 * A document: the text of an article in logical order, as blocks and spans.
 * Built from sanitised HTML (article/sanitize.h) when an article is opened.
 *
 * All text stands in one UTF-8 string, block after block, each ended by "\n";
 * offsets (blocks, spans, reading position) are byte offsets into it.
 */
#ifndef KHABAR_ARTICLE_DOCUMENT_H
#define KHABAR_ARTICLE_DOCUMENT_H

#include "base/error.h"
#include "base/str.h"
#include "text/paragraph.h"

enum block_kind {
	BLOCK_PARAGRAPH,
	BLOCK_TITLE,   /* of the article, on top */
	BLOCK_META,    /* source, date, section */
	BLOCK_SUMMARY, /* the standfirst */
	BLOCK_HEADING,
	BLOCK_ITEM,    /* of a list; its further paragraphs are BLOCK_PARAGRAPH of the same depth */
	BLOCK_PRE,     /* white space kept, lines end at "\n" */
	BLOCK_RULE,    /* no text */
	BLOCK_TERM,    /* <dt>; its <dd> is a BLOCK_PARAGRAPH one list deeper */
	BLOCK_CAPTION, /* of a figure or table */
	BLOCK_SOURCE,  /* where a quotation is from */
	BLOCK_DETAILS, /* the <summary> of <details>, whose content follows */
	BLOCK_ROW,     /* of a table: document->rows[block->row] */
};

/* How an item is marked (HTML Standard, <ol type>). */
enum marker {
	MARKER_BULLET,
	MARKER_DECIMAL,
	MARKER_LOWER_ALPHA,
	MARKER_UPPER_ALPHA,
	MARKER_LOWER_ROMAN,
	MARKER_UPPER_ROMAN,
};

/* The digits and letters that markers are written with (article/marker.h). */
enum marker_script {
	MARKER_LATIN,
	MARKER_ARABIC,  /* U+0660, abjad letters */
	MARKER_PERSIAN, /* U+06F0, abjad letters */
	MARKER_HEBREW,  /* ASCII digits, Hebrew numerals for letters */
};

struct block {
	enum block_kind kind;
	size_t start, end;             /* bytes, the "\n" at the end excluded */
	enum text_direction direction; /* as its element or an ancestor (not the root) says */
	uint8_t level;                 /* of a heading, 1 to 6 */
	uint8_t list_depth;            /* lists around it */
	uint8_t quote_depth;           /* quotations around it */
	uint8_t marker;                /* of a BLOCK_ITEM: enum marker */
	uint8_t script;                /* the same: enum marker_script */
	long number;                   /* of an ordered item */
	size_t row;                    /* of a BLOCK_ROW: index in document->rows */
	size_t span, span_count;       /* its spans in document->spans */
};

enum {
	SPAN_EMPHASIS = 1,
	SPAN_STRONG = 2,
	SPAN_CODE = 4,
	SPAN_LINK = 8,
	SPAN_STRIKE = 16,
	SPAN_UNDERLINE = 32,
	SPAN_ISOLATE = 64, /* own bidi world: <bdi>, <bdo>, <code>, an element with dir= */
	SPAN_MARK = 128,   /* <mark> */
	SPAN_HEADER = 512, /* <th> */
	SPAN_IMAGE = 256,  /* stands for a picture, a film or a sound; mostly a link, too */
};

/* Spans of a block are sorted by start and may nest, outer first. */
struct span {
	size_t start, end; /* bytes */
	unsigned flags;
	enum text_direction direction; /* of a SPAN_ISOLATE */
	size_t link;                   /* of a SPAN_LINK: index in document->links */
};

/*
 * A table is a block for each row, so that a long one is laid out where it is looked at.  The
 * cells of a row stand in its text in order, " \u00B7 " between those that are not empty, "\n"
 * where a cell has paragraphs.  Cells that span rows are repeated as `carried`: their text is in an
 * earlier block.
 */
struct cell {
	size_t start, end; /* bytes in document->text; equal: empty */
	uint16_t column;   /* from 0, in reading order */
	uint16_t columns;  /* it spans, at least 1 */
	bool header;       /* <th> */
	bool carried;
};

struct row {
	size_t table;            /* in document->tables */
	size_t cell, cell_count; /* in document->cells, by column */
};

struct table {
	size_t block, block_count;     /* from its first row to its last; not all need be rows */
	size_t header;                 /* block of the last header row, or SIZE_MAX */
	uint16_t columns;              /* at least 1 */
	enum text_direction direction; /* as told; the page judges TEXT_AUTO */
};

enum link_kind {
	LINK_PAGE,
	LINK_MAIL,
	LINK_IMAGE,
	LINK_AUDIO,
	LINK_VIDEO,
	LINK_FILE,  /* another type that is told */
	LINK_PLACE, /* in this document */
};

struct link {
	char *url;  /* absolute; of a LINK_PLACE "#id" */
	char *type; /* MIME type as told, or NULL */
	enum link_kind kind;
	size_t start, end; /* its first words, bytes */
	size_t target;     /* of a LINK_PLACE: byte that it leads to */
};

struct document {
	char *text; /* owned, NUL-terminated */
	size_t len; /* bytes */
	struct block *blocks;
	size_t block_count, block_cap;
	struct span *spans;
	size_t span_count, span_cap;
	struct link *links; /* in reading order; each has text */
	size_t link_count, link_cap;
	struct table *tables;
	size_t table_count, table_cap;
	struct row *rows;
	size_t row_count, row_cap;
	struct cell *cells;
	size_t cell_count, cell_cap;
	enum marker_script digits;    /* of its numbers, and so of its lists */
	const char *language;         /* primary subtag (article/language.h), static; "" unknown */
	enum text_direction fallback; /* for blocks without a strong character */
};

/* From HTML: any bytes, sanitised or not; what is not understood is read as text. */
struct document *document_from_html(
	struct str html, enum text_direction fallback, struct error *error);

/*
 * The same, its language told by a BCP 47 tag (empty: as the HTML says, else as its letters
 * tell).  That decides on the digits of list markers where the text has none of its own, and on
 * the words for pictures and films.
 */
struct document *document_from_html_in(
	struct str html, struct str language, enum text_direction fallback, struct error *error);

/* The same, each link with its number behind it: " [3]", from 1; for those who see no look of it. */
struct document *document_from_html_numbered(
	struct str html, struct str language, enum text_direction fallback, struct error *error);

/*
 * The head of an article: title; one line of facts (source, section, author, date:
 * the empty ones are left out), each an isolate, so that the line has the article's
 * direction and not that of a name; summary, which may be empty too.  A
 * document of its own, so that positions in the body do not move with it.
 */
struct document *document_head(struct str title, const struct str *facts, size_t fact_count,
	struct str summary, enum text_direction fallback, struct error *error);

/* A text as code: one or more BLOCK_PRE from left to right. */
struct document *document_code(struct str text, struct error *error);

/*
 * The links of a document as a document: a heading, and an item for each, numbered from 1,
 * with its words and its address (article/address.h: what it really is).  Without blocks
 * where there are none.
 */
struct document *document_links(const struct document *document, struct error *error);

/* The block that holds a byte, or the "\n" behind it; the last one for more.  0: no blocks. */
size_t document_block_at(const struct document *document, size_t offset);

void document_free(struct document *document);

/*
 * A mark that finds a place again in an edited text: the offset, and a hash of
 * the words that follow it (folded to letters and digits, so that white space
 * and punctuation may change).
 */
struct place_mark {
	uint64_t offset; /* bytes */
	uint64_t hash;   /* of the next 8 words (fewer at the end), 0 when there are none */
};

struct place_mark document_mark(const struct document *document, size_t offset);

/*
 * Where the marked place is now: the offset itself while the words there are the
 * same, else the start of the nearest place with the same words, else the offset
 * clamped to the text.
 */
size_t document_find_mark(const struct document *document, struct place_mark mark);

#endif
