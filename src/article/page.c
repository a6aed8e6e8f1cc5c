#include "article/page.h"

#include "article/runs.h"
#include "base/array.h"
#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Blocks that stay laid out: a few screens, however long the document is. */
#define LAYOUTS 64
#define LAYOUT_BYTES ((size_t)512 << 10) /* of text; the last one used always stays */

#define TEXT_CELLS_MIN 8 /* an indent leaves these, where there are so many */
#define LEVEL_CELLS 2    /* for each list around */
#define BAR_CELLS 2
#define BULLET_CELLS 2
#define NUMBER_CELLS 4       /* "12. " */
#define ITEM_SEARCH_MAX 1000 /* blocks back to the item a paragraph belongs to */

struct layout {
	size_t block;                     /* SIZE_MAX: free */
	struct text_paragraph *paragraph; /* NULL in a rule */
	size_t *lines;                    /* first byte of each line, in the block */
	size_t line_count, line_cap;      /* at least 1 */
	size_t bytes;
	int indent, marker_width, bars;
	enum text_direction direction;
	unsigned long used; /* the clock when it was last asked for */
};

struct page {
	const struct document *head, *body;
	struct page_options options;
	size_t head_count, count; /* blocks */
	struct text_engine *engine;
	struct layout layouts[LAYOUTS];
	size_t bytes; /* in all layouts */
	unsigned long clock;
	struct text_line line; /* of the last page_row() */
	char marker[24];       /* the same */
};

struct page *page_new(const struct document *head, const struct document *body,
	const struct page_options *options)
{
	struct page *page = calloc(1, sizeof *page);
	if (!page)
		return NULL;
	page->head = head;
	page->body = body;
	page->options = *options;
	if (page->options.width < 1)
		page->options.width = 1;
	page->head_count = head ? head->block_count : 0;
	page->count = page->head_count + body->block_count;
	for (size_t i = 0; i < LAYOUTS; i++)
		page->layouts[i].block = SIZE_MAX;
	page->engine = options->engine ? options->engine : text_engine_new();
	if (page->engine)
		return page;
	page_free(page);
	return NULL;
}

static void forget(struct page *page, struct layout *layout)
{
	text_paragraph_free(layout->paragraph);
	free(layout->lines);
	page->bytes -= layout->bytes;
	*layout = (struct layout){.block = SIZE_MAX};
}

void page_free(struct page *page)
{
	if (!page)
		return;
	for (size_t i = 0; i < LAYOUTS; i++)
		forget(page, &page->layouts[i]);
	text_line_free(&page->line);
	if (page->engine != page->options.engine)
		text_engine_free(page->engine);
	free(page);
}

/* ---- blocks ---- */

static const struct document *document_at(const struct page *page, size_t index)
{
	return index < page->head_count ? page->head : page->body;
}

static const struct block *block_at(const struct page *page, size_t index)
{
	if (index < page->head_count)
		return &page->head->blocks[index];
	return &page->body->blocks[index - page->head_count];
}

/* Whether a blank row follows the block. */
static bool has_blank(const struct page *page, size_t index)
{
	if (index + 1 >= page->count)
		return false;
	enum block_kind kind = block_at(page, index)->kind;
	enum block_kind next = block_at(page, index + 1)->kind;
	return !(kind == BLOCK_ITEM && next == BLOCK_ITEM) &&
	       !(kind == BLOCK_TITLE && next == BLOCK_META);
}

static int number_width(long number)
{
	if (number == 0)
		return BULLET_CELLS;
	int width = snprintf(NULL, 0, "%ld. ", number);
	return width > NUMBER_CELLS ? width : NUMBER_CELLS;
}

/* The marker column of the item that a block is, or is a further paragraph of. */
static int marker_width(const struct page *page, size_t index)
{
	const struct block *block = block_at(page, index);
	if (block->list_depth == 0)
		return 0;
	for (size_t n = 0; n < ITEM_SEARCH_MAX && n <= index; n++) {
		const struct block *b = block_at(page, index - n);
		if (b->list_depth < block->list_depth)
			break;
		if (b->list_depth == block->list_depth && b->kind == BLOCK_ITEM)
			return number_width(b->number);
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
	const struct block *block = block_at(page, l->block);
	int room = page->options.width - TEXT_CELLS_MIN;
	if (room < 0)
		room = 0;
	int marker = marker_width(page, l->block);
	int lists = block->list_depth * LEVEL_CELLS;
	l->bars = block->quote_depth;
	l->indent = least(lists + marker + l->bars * BAR_CELLS, room);
	l->marker_width = block->kind == BLOCK_ITEM && marker <= l->indent ? marker : 0;
	l->bars = least(l->bars, (l->indent - l->marker_width) / BAR_CELLS);
}

/* What the reader or the document says; TEXT_AUTO when neither does. */
static enum text_direction told_direction(const struct page *page, const struct block *block)
{
	enum text_direction told = page->options.direction;
	return told != TEXT_AUTO ? told : block->direction;
}

static struct str block_text(const struct page *page, size_t index)
{
	const struct block *block = block_at(page, index);
	const char *text = document_at(page, index)->text;
	return (struct str){text + block->start, block->end - block->start};
}

/* ---- layout ---- */

static struct text_paragraph *paragraph_of(struct page *page, size_t index)
{
	const struct block *block = block_at(page, index);
	const struct document *document = document_at(page, index);
	const struct span *spans = block->span_count > 0 ? document->spans + block->span : NULL;
	struct runs runs;
	if (!runs_make(&runs, block, spans, page->options.style))
		return NULL;
	struct text_source source = {
		.text = block_text(page, index),
		.runs = runs.runs,
		.run_count = runs.run_count,
		.isolates = runs.isolates,
		.isolate_count = runs.isolate_count,
	};
	struct text_options options = {
		.engine = page->engine,
		.direction = told_direction(page, block),
		.fallback = document->fallback,
		.forms = page->options.forms,
		.marks = page->options.marks,
		.numerals = page->options.numerals,
		.plain_breaks = block->kind == BLOCK_PRE,
	};
	struct text_paragraph *paragraph = text_paragraph_new(&source, &options);
	runs_free(&runs);
	return paragraph;
}

static bool add_line(struct layout *l, size_t start)
{
	if (!array_reserve(&l->lines, &l->line_cap, l->line_count + 1, sizeof *l->lines))
		return false;
	l->lines[l->line_count++] = start;
	return true;
}

static bool break_lines(struct page *page, struct layout *l)
{
	int width = page->options.width - l->indent;
	size_t start = 0;
	for (;;) {
		if (!add_line(l, start))
			return false;
		ssize_t next = text_paragraph_break(l->paragraph, start, width);
		if (next < 0)
			return false;
		if ((size_t)next >= l->bytes || (size_t)next <= start)
			return true;
		start = (size_t)next;
	}
}

static bool lay_out(struct page *page, struct layout *l, size_t index)
{
	const struct block *block = block_at(page, index);
	l->block = index;
	l->bytes = block->end - block->start;
	page->bytes += l->bytes;
	measure_indent(page, l);
	if (block->kind == BLOCK_RULE) {
		enum text_direction told = told_direction(page, block);
		enum text_direction fallback = document_at(page, index)->fallback;
		l->direction = told != TEXT_AUTO ? told : fallback;
		if (l->direction == TEXT_AUTO)
			l->direction = TEXT_LTR;
		return add_line(l, 0);
	}
	l->paragraph = paragraph_of(page, index);
	if (!l->paragraph)
		return false;
	l->direction = text_paragraph_direction(l->paragraph);
	return break_lines(page, l);
}

/* The layout that was not used for the longest time, or a free one. */
static struct layout *oldest(struct page *page)
{
	struct layout *found = &page->layouts[0];
	for (size_t i = 0; i < LAYOUTS; i++) {
		struct layout *l = &page->layouts[i];
		if (l->block == SIZE_MAX)
			return l;
		if (l->used < found->used)
			found = l;
	}
	return found;
}

/* Forgets what was used longest ago until `bytes` more are within the bound. */
static void make_room(struct page *page, size_t bytes)
{
	while (page->bytes > 0 && page->bytes + bytes > LAYOUT_BYTES) {
		struct layout *found = NULL;
		for (size_t i = 0; i < LAYOUTS; i++) {
			struct layout *l = &page->layouts[i];
			if (l->block != SIZE_MAX && l->bytes > 0 &&
				(!found || l->used < found->used))
				found = l;
		}
		forget(page, found);
	}
}

/* The layout of a block, made now if need be.  NULL when out of memory. */
static struct layout *layout_of(struct page *page, size_t index)
{
	for (size_t i = 0; i < LAYOUTS; i++) {
		if (page->layouts[i].block == index) {
			page->layouts[i].used = ++page->clock;
			return &page->layouts[i];
		}
	}
	make_room(page, block_text(page, index).len);
	struct layout *l = oldest(page);
	forget(page, l);
	l->used = ++page->clock;
	if (lay_out(page, l, index))
		return l;
	forget(page, l);
	return NULL;
}

/* ---- places ---- */

static size_t rows_of(const struct page *page, const struct layout *l)
{
	return l->line_count + has_blank(page, l->block);
}

/* A place of this page, also when `place` is none (it may stem from another width). */
static struct page_place clamp_block(const struct page *page, struct page_place place)
{
	if (page->count == 0)
		return (struct page_place){0};
	if (place.block >= page->count)
		place = (struct page_place){page->count - 1, SIZE_MAX};
	return place;
}

struct page_place page_first(struct page *page)
{
	(void)page;
	return (struct page_place){0};
}

/* The last row of a block; its first when out of memory. */
static struct page_place last_of(struct page *page, size_t index)
{
	const struct layout *l = layout_of(page, index);
	return (struct page_place){index, l ? rows_of(page, l) - 1 : 0};
}

struct page_place page_last(struct page *page)
{
	if (!page || page->count == 0)
		return (struct page_place){0};
	return last_of(page, page->count - 1);
}

int page_next(struct page *page, struct page_place *place)
{
	if (!page || page->count == 0)
		return 0;
	struct page_place here = clamp_block(page, *place);
	const struct layout *l = layout_of(page, here.block);
	if (!l)
		return -1;
	size_t rows = rows_of(page, l);
	if (here.line < rows - 1)
		*place = (struct page_place){here.block, here.line + 1};
	else if (here.block + 1 < page->count)
		*place = (struct page_place){here.block + 1, 0};
	else
		return 0;
	return 1;
}

int page_prev(struct page *page, struct page_place *place)
{
	if (!page || page->count == 0)
		return 0;
	struct page_place here = clamp_block(page, *place);
	if (here.line == 0 && here.block == 0)
		return 0;
	size_t block = here.line > 0 ? here.block : here.block - 1;
	const struct layout *l = layout_of(page, block);
	if (!l)
		return -1;
	size_t rows = rows_of(page, l);
	if (block < here.block || here.line > rows)
		here.line = rows;
	if (here.line == 0)
		return 0;
	*place = (struct page_place){block, here.line - 1};
	return 1;
}

/* Index of the last item of starts[0..count) that is not over `offset`; 0 if none. */
static size_t last_not_over(const size_t *starts, size_t count, size_t offset)
{
	size_t low = 0, high = count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (starts[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static size_t block_with(const struct document *document, size_t offset)
{
	size_t low = 0, high = document->block_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (document->blocks[middle].start <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

struct page_place page_find(struct page *page, size_t offset)
{
	if (!page || page->body->block_count == 0)
		return page_last(page);
	size_t index = block_with(page->body, offset);
	const struct block *block = &page->body->blocks[index];
	struct page_place place = {page->head_count + index, 0};
	const struct layout *l = layout_of(page, place.block);
	if (!l)
		return place;
	size_t inside = offset > block->start ? offset - block->start : 0;
	place.line = last_not_over(l->lines, l->line_count, inside);
	/* The "\n" at the end of a block stands on the blank row, where there is one. */
	if (offset >= block->end && block->end > block->start && has_blank(page, place.block))
		place.line = l->line_count;
	return place;
}

/* ---- rows ---- */

/* A bullet by depth, or the number at the end side of its column. */
static struct str marker_of(struct page *page, const struct layout *l, const struct block *block)
{
	static const struct str bullets[] = {{"\u2022", 3}, {"\u25E6", 3}, {"\u25AA", 3}};
	if (l->marker_width == 0)
		return (struct str){"", 0};
	if (block->number == 0)
		return bullets[(block->list_depth + 2) % 3];
	/* Up to the blank that parts it from the text. */
	int digits = l->marker_width - 2;
	snprintf(page->marker, sizeof page->marker, "%*ld.", digits, block->number);
	return str_of(page->marker);
}

static bool is_justified(const struct page *page, const struct block *block)
{
	return page->options.justify && (block->kind == BLOCK_PARAGRAPH ||
		block->kind == BLOCK_ITEM || block->kind == BLOCK_SUMMARY);
}

static int text_row(struct page *page, const struct layout *l, size_t line, struct page_row *row)
{
	size_t start = l->lines[line];
	size_t end = line + 1 < l->line_count ? l->lines[line + 1] : l->bytes;
	int width = page->options.width - l->indent;
	int result = is_justified(page, row->block)
		? text_paragraph_justify(l->paragraph, start, end, width, &page->line)
		: text_paragraph_line(l->paragraph, start, end, &page->line);
	if (result < 0)
		return -1;
	row->kind = PAGE_TEXT;
	row->line = &page->line;
	return 0;
}

int page_row(struct page *page, struct page_place place, struct page_row *row)
{
	*row = (struct page_row){.marker = {"", 0}, .direction = TEXT_LTR};
	if (!page || page->count == 0)
		return 0;
	place = clamp_block(page, place);
	const struct layout *l = layout_of(page, place.block);
	if (!l)
		return -1;
	size_t rows = rows_of(page, l);
	size_t line = place.line < rows ? place.line : rows - 1;
	const struct block *block = block_at(page, place.block);
	bool in_body = place.block >= page->head_count;
	row->block = block;
	row->direction = l->direction;
	row->style = page->options.style ? page->options.style(block, 0) : 0;
	if (line == l->line_count) {
		/* Bars go on between two blocks of one quotation. */
		const struct block *next = block_at(page, place.block + 1);
		row->bars = least(l->bars, next->quote_depth);
		row->indent = l->indent;
		row->offset = in_body ? block->end : 0;
		return 0;
	}
	row->indent = l->indent;
	row->bars = l->bars;
	row->marker_width = l->marker_width;
	row->offset = in_body ? block->start + l->lines[line] : 0;
	if (line == 0 && block->kind == BLOCK_ITEM)
		row->marker = marker_of(page, l, block);
	if (block->kind == BLOCK_RULE) {
		row->kind = PAGE_RULE;
		return 0;
	}
	return text_row(page, l, line, row);
}
