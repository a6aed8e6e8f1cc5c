#include "article/page.h"

#include "article/layout.h"
#include "base/array.h"

#include <stdlib.h>
#include <string.h>

#define LAYOUT_BYTES ((size_t)512 << 10) /* of text that stays laid out; the last one always */

enum { HEAD, BODY, TAIL };

struct page *page_new(const struct document *head, const struct document *body,
	const struct document *tail, const struct page_options *options)
{
	struct page *page = calloc(1, sizeof *page);
	if (!page)
		return NULL;
	page->documents[HEAD] = head;
	page->documents[BODY] = body;
	page->documents[TAIL] = tail;
	page->options = *options;
	if (page->options.width < 1)
		page->options.width = 1;
	for (int i = 0; i < DOCUMENTS; i++)
		page->first[i + 1] =
			page->first[i] + (page->documents[i] ? page->documents[i]->block_count : 0);
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
	page->bytes -= layout->bytes;
	layout_free(layout);
}

void page_free(struct page *page)
{
	if (!page)
		return;
	for (size_t i = 0; i < LAYOUTS; i++)
		forget(page, &page->layouts[i]);
	for (size_t i = 0; page->shapes && i < page->documents[BODY]->table_count; i++)
		free(page->shapes[i].widths);
	for (size_t i = 0; i < page->line_count; i++)
		text_line_free(&page->lines[i]);
	free(page->shapes);
	free(page->lines);
	free(page->pieces);
	if (page->engine != page->options.engine)
		text_engine_free(page->engine);
	free(page);
}

void page_set_shift(struct page *page, int shift)
{
	if (page)
		page->shift = shift > 0 ? shift : 0;
}

void page_set_marks(struct page *page, const struct page_mark *marks, size_t count)
{
	if (!page)
		return;
	page->marks = marks;
	page->mark_count = count;
}

/* ---- blocks ---- */

static int document_of(const struct page *page, size_t index)
{
	return index < page->first[BODY] ? HEAD : index < page->first[TAIL] ? BODY : TAIL;
}

const struct document *page_document(const struct page *page, size_t index)
{
	return page->documents[document_of(page, index)];
}

const struct block *page_block(const struct page *page, size_t index)
{
	int of = document_of(page, index);
	return &page->documents[of]->blocks[index - page->first[of]];
}

const struct row *page_table_row(const struct page *page, size_t index)
{
	return &page_document(page, index)->rows[page_block(page, index)->row];
}

static size_t count_of(const struct page *page)
{
	return page->first[DOCUMENTS];
}

bool page_in_body(const struct page *page, struct page_place place)
{
	return page && place.block >= page->first[BODY] && place.block < page->first[TAIL];
}

/* Rows of one table stand close, unless they are records. */
static bool parts_rows(struct page *page, size_t index)
{
	const struct row *row = page_table_row(page, index),
			 *next = page_table_row(page, index + 1);
	const struct shape *shape = layout_shape(page, index);
	return row->table != next->table || (shape && shape->records);
}

/* Whether a blank row follows the block. */
static bool has_blank(struct page *page, size_t index)
{
	static const struct {
		enum block_kind kind, next;
	} close[] = {{BLOCK_ITEM, BLOCK_ITEM}, {BLOCK_TITLE, BLOCK_META}, {BLOCK_TERM, BLOCK_TERM},
		{BLOCK_CAPTION, BLOCK_ROW}};
	if (index + 1 >= count_of(page))
		return false;
	const struct block *block = page_block(page, index), *next = page_block(page, index + 1);
	if (block->kind == BLOCK_ROW && next->kind == BLOCK_ROW)
		return parts_rows(page, index);
	for (size_t i = 0; i < sizeof close / sizeof *close; i++) {
		if (close[i].kind == block->kind && close[i].next == next->kind)
			return false;
	}
	bool description = block->kind == BLOCK_TERM && next->list_depth > block->list_depth;
	return !description && next->kind != BLOCK_SOURCE;
}

/* ---- layouts ---- */

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

/* Forgets the layouts that were not used for the longest time until so much fits. */
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
	const struct block *block = page_block(page, index);
	make_room(page, block->end - block->start);
	struct layout *l = oldest(page);
	forget(page, l);
	l->used = ++page->clock;
	bool made = layout_make(page, l, index);
	page->bytes += l->bytes;
	if (made)
		return l;
	forget(page, l);
	return NULL;
}

/* ---- places ---- */

static size_t rows_of(struct page *page, const struct layout *l)
{
	return l->rows + l->rule + has_blank(page, l->block);
}

/* A place of this page, also when `place` is none (it may stem from another width). */
static struct page_place clamp_block(const struct page *page, struct page_place place)
{
	if (count_of(page) == 0)
		return (struct page_place){0};
	if (place.block >= count_of(page))
		place = (struct page_place){count_of(page) - 1, SIZE_MAX};
	return place;
}

const struct layout *page_layout(struct page *page, struct page_place *place, size_t *rows)
{
	*place = clamp_block(page, *place);
	const struct layout *l = layout_of(page, place->block);
	*rows = l ? rows_of(page, l) : 0;
	return l;
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
	if (!page || count_of(page) == 0)
		return (struct page_place){0};
	return last_of(page, count_of(page) - 1);
}

int page_next(struct page *page, struct page_place *place)
{
	if (!page || count_of(page) == 0)
		return 0;
	struct page_place here = clamp_block(page, *place);
	const struct layout *l = layout_of(page, here.block);
	if (!l)
		return -1;
	size_t rows = rows_of(page, l);
	if (here.line < rows - 1)
		*place = (struct page_place){here.block, here.line + 1};
	else if (here.block + 1 < count_of(page))
		*place = (struct page_place){here.block + 1, 0};
	else
		return 0;
	return 1;
}

int page_prev(struct page *page, struct page_place *place)
{
	if (!page || count_of(page) == 0)
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

/* The row of a byte of a block's text, in one of its parts. */
static size_t row_of(const struct layout *l, size_t offset)
{
	size_t rows = 0, found = 0;
	for (size_t i = 0; i < l->part_count; i++) {
		const struct part *part = &l->parts[i];
		if (!part->carried && part->bytes > part->prefix && part->base <= offset) {
			size_t inside = part->prefix + (offset - part->base);
			if (inside == part->prefix)
				inside = 0; /* with its label */
			found = last_not_over(part->lines, part->line_count, inside);
			found += l->kind == LAYOUT_RECORD ? rows : 0;
		}
		rows += part->line_count;
	}
	return found;
}

struct page_place page_find(struct page *page, size_t offset)
{
	if (!page || page->documents[BODY]->block_count == 0)
		return page_last(page);
	const struct document *body = page->documents[BODY];
	size_t index = document_block_at(body, offset);
	const struct block *block = &body->blocks[index];
	struct page_place place = {page->first[BODY] + index, 0};
	const struct layout *l = layout_of(page, place.block);
	if (!l)
		return place;
	place.line = row_of(l, offset > block->start ? offset : block->start);
	/* The "\n" at the end of a block stands on the blank row, where there is one. */
	if (offset >= block->end && block->end > block->start && has_blank(page, place.block))
		place.line = l->rows + l->rule;
	return place;
}
