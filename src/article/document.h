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
	BLOCK_TITLE, /* of the article, on top */
	BLOCK_META,  /* source, date, section */
	BLOCK_SUMMARY, /* the standfirst */
	BLOCK_HEADING,
	BLOCK_ITEM, /* of a list; its further paragraphs are BLOCK_PARAGRAPH of the same depth */
	BLOCK_PRE,  /* white space kept, lines end at "\n" */
	BLOCK_RULE, /* no text */
};

struct block {
	enum block_kind kind;
	size_t start, end;             /* bytes, the "\n" at the end excluded */
	enum text_direction direction; /* as its element or an ancestor (not the root) says */
	uint8_t level;                 /* of a heading, 1 to 6 */
	uint8_t list_depth;            /* lists around it */
	uint8_t quote_depth;           /* quotations around it */
	long number;                   /* of an ordered item; 0: a bullet */
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
};

/* Spans of a block are sorted by start and may nest, outer first. */
struct span {
	size_t start, end; /* bytes */
	unsigned flags;
	enum text_direction direction; /* of a SPAN_ISOLATE */
	size_t link;                   /* of a SPAN_LINK: index in document->links */
};

struct document {
	char *text; /* owned, NUL-terminated */
	size_t len; /* bytes */
	struct block *blocks;
	size_t block_count, block_cap;
	struct span *spans;
	size_t span_count, span_cap;
	char **links; /* absolute URLs, in reading order */
	size_t link_count, link_cap;
	enum text_direction fallback; /* for blocks without a strong character */
};

/* From HTML: any bytes, sanitised or not; what is not understood is read as text. */
struct document *document_from_html(
		struct str html, enum text_direction fallback, struct error *error);

/*
 * The head of an article: title; one line of facts (source, section, author, date:
 * the empty ones are left out), each an isolate, so that the line has the article's
 * direction and not that of a name; summary, which may be empty too.  A
 * document of its own, so that positions in the body do not move with it.
 */
struct document *document_head(
		struct str title, const struct str *facts, size_t fact_count, struct str summary,
		enum text_direction fallback, struct error *error);

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
