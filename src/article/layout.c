#include "article/layout.h"

#include "article/judge.h"
#include "article/runs.h"
#include "base/array.h"
#include "base/buffer.h"
#include "base/message.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_CELLS_MIN 8 /* an indent leaves these, where there are so many */
#define LEVEL_CELLS 2    /* for each list around */
#define BAR_CELLS 2
#define BULLET_CELLS 2
#define NUMBER_CELLS 4       /* "12. " */
#define ROMAN_CELLS 6        /* "viii. " */
#define HEADING_BYTES 64     /* of the word before one, where rows are plain */
#define ITEM_SEARCH_MAX 1000 /* blocks back to the item a paragraph belongs to */

/* ---- indent ---- */

static int sign_width(const struct block *block)
{
	char text[MARKER_MOST];
	if (block->marker == MARKER_BULLET)
		return BULLET_CELLS;
	int width = marker_write(text, (enum marker)block->marker,
			    (enum marker_script)block->script, block->number, block->list_depth) +
		    1;
	bool roman = block->marker >= MARKER_LOWER_ROMAN;
	int least_width = roman ? ROMAN_CELLS : NUMBER_CELLS;
	return width > least_width ? width : least_width;
}

/* The marker column of the item that a block is, or is a further paragraph of. */
static int marker_width(const struct page *page, size_t index)
{
	const struct block *block = page_block(page, index);
	if (block->kind == BLOCK_DETAILS)
		return BULLET_CELLS;
	if (block->list_depth == 0)
		return 0;
	for (size_t n = 0; n < ITEM_SEARCH_MAX && n <= index; n++) {
		const struct block *b = page_block(page, index - n);
		if (b->list_depth < block->list_depth)
			break;
		if (b->list_depth == block->list_depth && b->kind == BLOCK_ITEM)
			return sign_width(b);
	}
	return BULLET_CELLS;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* The indent of a block; where the page is narrow the text comes first, then the marker. */
static void measure_indent(const struct page *page, struct layout *l)
{
	const struct block *block = page_block(page, l->block);
	int room = page->options.width - TEXT_CELLS_MIN;
	if (room < 0)
		room = 0;
	int marker = marker_width(page, l->block);
	int lists = block->list_depth * LEVEL_CELLS;
	l->bars = block->quote_depth;
	l->indent = least(lists + marker + l->bars * BAR_CELLS, room);
	bool marked = block->kind == BLOCK_ITEM || block->kind == BLOCK_DETAILS;
	l->marker_width = marked && marker <= l->indent ? marker : 0;
	l->bars = least(l->bars, (l->indent - l->marker_width) / BAR_CELLS);
}

int layout_indent(const struct page *page, size_t block)
{
	struct layout l = {.block = block};
	measure_indent(page, &l);
	return l.indent;
}

/* What the reader or the document says; TEXT_AUTO when neither does. */
static enum text_direction told_direction(const struct page *page, const struct block *block)
{
	enum text_direction told = page->options.direction;
	bool island = block->kind == BLOCK_PRE && block->direction == TEXT_LTR;
	return told != TEXT_AUTO && !island ? told : block->direction;
}

/* ---- parts ---- */

static bool add_line(struct part *part, size_t start)
{
	if (!array_reserve(
		    &part->lines, &part->line_cap, part->line_count + 1, sizeof *part->lines))
		return false;
	part->lines[part->line_count++] = start;
	return true;
}

static bool break_lines(struct part *part, int width)
{
	size_t start = 0;
	for (;;) {
		if (!add_line(part, start))
			return false;
		ssize_t next = text_paragraph_break(part->paragraph, start, width);
		if (next < 0)
			return false;
		if ((size_t)next >= part->bytes || (size_t)next <= start)
			return true;
		start = (size_t)next;
	}
}

/* "label: text" in memory of the part's own, each an isolate. */
static bool write_label(
	struct part *part, const struct part_source *source, struct str text, struct runs *runs)
{
	struct buffer out = {0};
	buffer_str(&out, source->label);
	size_t label = out.len;
	buffer_str(&out, STR(": "));
	part->prefix = out.len;
	buffer_str(&out, text);
	size_t len = out.len;
	part->label = buffer_take(&out);
	if (!part->label ||
		!array_reserve(&runs->isolates, &runs->isolate_cap, 2, sizeof *runs->isolates))
		return false;
	runs->isolates[runs->isolate_count++] = (struct text_isolate){0, label, TEXT_AUTO};
	runs->isolates[runs->isolate_count++] = (struct text_isolate){part->prefix, len, TEXT_AUTO};
	return true;
}

/* The style of the label is that of a header's cell. */
static bool style_label(const struct page *page, const struct part_source *source,
	const struct part *part, struct runs *runs)
{
	if (!page->options.style || source->label.len == 0)
		return true;
	if (!array_reserve(&runs->runs, &runs->run_cap, 1, sizeof *runs->runs))
		return false;
	runs->runs[runs->run_count++] = (struct text_run){0, part->prefix,
		page->options.style(page_block(page, source->block), SPAN_STRONG | SPAN_HEADER)};
	return true;
}

static struct text_paragraph *paragraph_of(struct page *page, const struct part *part,
	const struct part_source *source, const struct runs *runs, struct str text)
{
	const struct text_source text_source = {
		.text = part->label ? (struct str){part->label, part->bytes} : text,
		.runs = runs->runs,
		.run_count = runs->run_count,
		.isolates = runs->isolates,
		.isolate_count = runs->isolate_count,
	};
	const struct text_options options = {
		.engine = page->engine,
		.direction = source->direction,
		.fallback = source->fallback,
		.forms = page->options.forms,
		.marks = page->options.marks,
		.numerals = page->options.numerals,
		.plain_breaks = source->plain_breaks,
	};
	return text_paragraph_new(&text_source, &options);
}

bool layout_part(struct page *page, struct part *part, const struct part_source *source)
{
	const struct document *document = page_document(page, source->block);
	const struct block *owner = page_block(page, source->owner);
	const struct span *spans = owner->span_count > 0 ? document->spans + owner->span : NULL;
	struct str text = {document->text + source->start, source->end - source->start};
	struct runs runs = {0};
	part->base = source->start;
	part->prefix = 0;
	bool ok = source->label.len == 0 || write_label(part, source, text, &runs);
	part->bytes = part->prefix + text.len;
	const struct runs_piece piece = {source->start, source->end, part->prefix};
	ok = ok && style_label(page, source, part, &runs) &&
	     runs_add(&runs, owner, spans, &piece, page->options.style);
	if (ok)
		part->paragraph = paragraph_of(page, part, source, &runs, text);
	runs_free(&runs);
	return part->paragraph && break_lines(part, source->no_wrap ? INT_MAX / 4 : part->width);
}

/* ---- blocks ---- */

void layout_free(struct layout *layout)
{
	for (size_t i = 0; i < layout->part_count; i++) {
		text_paragraph_free(layout->parts[i].paragraph);
		free(layout->parts[i].label);
		free(layout->parts[i].lines);
	}
	free(layout->parts);
	*layout = (struct layout){.block = SIZE_MAX};
}

static enum text_direction known(enum text_direction told, enum text_direction fallback)
{
	enum text_direction direction = told != TEXT_AUTO ? told : fallback;
	return direction != TEXT_AUTO ? direction : TEXT_LTR;
}

static bool lay_out_text(struct page *page, struct layout *l)
{
	const struct document *document = page_document(page, l->block);
	const struct block *block = page_block(page, l->block);
	bool code = block->kind == BLOCK_PRE;
	struct part_source source = {
		.block = l->block,
		.owner = l->block,
		.start = block->start,
		.end = block->end,
		.direction = told_direction(page, block),
		.fallback = document->fallback,
		.plain_breaks = code,
		.no_wrap = code && !page->options.wrap_code,
	};
	if (source.direction == TEXT_AUTO)
		source.direction = judge_direction(
			document, block, block->start, block->end, document->fallback);
	char heading[HEADING_BYTES];
	if (page->options.plain && block->kind == BLOCK_HEADING) {
		snprintf(heading, sizeof heading, _("Heading %d"), block->level);
		source.label = str_of(heading);
	}
	l->parts = calloc(1, sizeof *l->parts);
	if (!l->parts)
		return false;
	l->part_count = 1;
	l->parts[0].width = page->options.width - l->indent;
	if (!layout_part(page, &l->parts[0], &source))
		return false;
	l->direction = text_paragraph_direction(l->parts[0].paragraph);
	l->rows = l->parts[0].line_count;
	return true;
}

bool layout_make(struct page *page, struct layout *l, size_t index)
{
	const struct block *block = page_block(page, index);
	l->block = index;
	l->bytes = block->end - block->start;
	l->rows = 1;
	measure_indent(page, l);
	l->direction = known(told_direction(page, block), page_document(page, index)->fallback);
	if (block->kind == BLOCK_RULE)
		return true;
	return block->kind == BLOCK_ROW ? layout_row(page, l) : lay_out_text(page, l);
}
