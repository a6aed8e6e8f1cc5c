/* The rows of a page (article/page.h): what stands in each. */
#include "article/layout.h"
#include "base/array.h"

#include <stdio.h>
#include <string.h>

/* Room for the lines and pieces of a row; false when out of memory. */
static bool make_room(struct page *page, size_t count)
{
	if (!array_reserve(&page->lines, &page->line_cap, count, sizeof *page->lines) ||
		!array_reserve(&page->pieces, &page->piece_cap, count, sizeof *page->pieces))
		return false;
	for (; page->line_count < count; page->line_count++)
		page->lines[page->line_count] = (struct text_line){0};
	return true;
}

static bool is_justified(const struct page *page, const struct block *block)
{
	return page->options.justify &&
	       (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_ITEM ||
		       block->kind == BLOCK_SUMMARY);
}

/* ---- lines ---- */

/* The first mark that ends behind an offset. */
static size_t first_mark(const struct page *page, size_t offset)
{
	size_t low = 0, high = page->mark_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (page->marks[middle].end <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void mark_line(const struct page *page, const struct part *part, struct text_line *line)
{
	for (size_t i = 0; i < line->count; i++) {
		struct text_cell *cell = &line->cells[i];
		if (cell->start < part->prefix || cell->start == cell->end)
			continue;
		size_t start = part->base + (cell->start - part->prefix);
		size_t end = part->base + (cell->end - part->prefix);
		size_t mark = first_mark(page, start);
		if (mark == page->mark_count || page->marks[mark].start >= end)
			continue;
		uint16_t style = page->marks[mark].style;
		cell->style =
			(uint16_t)((style & 0xFF ? cell->style & 0xFF00 : cell->style) | style);
	}
}

static int make_line(struct page *page, const struct layout *l, size_t index, size_t number)
{
	const struct part *part = &l->parts[index];
	const struct block *block = page_block(page, l->block);
	struct text_line *line = &page->lines[l->kind == LAYOUT_GRID ? index : 0];
	size_t start = part->lines[number];
	size_t end = number + 1 < part->line_count ? part->lines[number + 1] : part->bytes;
	int result =
		is_justified(page, block)
			? text_paragraph_justify(part->paragraph, start, end, part->width, line)
			: text_paragraph_line(part->paragraph, start, end, line);
	if (result < 0)
		return -1;
	if (page->mark_count > 0 && page_in_body(page, (struct page_place){l->block, 0}))
		mark_line(page, part, line);
	return 0;
}

/* Takes clusters away at the start side until `cells` are gone; how many there were. */
static int cut_start(struct text_line *line, int cells)
{
	size_t gone = 0;
	int width = 0;
	bool rtl = line->direction == TEXT_RTL;
	while (gone < line->count && width < cells) {
		size_t at = rtl ? line->count - 1 - gone : gone;
		width += line->cells[at].width;
		gone++;
	}
	if (!rtl)
		memmove(line->cells, line->cells + gone,
			(line->count - gone) * sizeof *line->cells);
	line->count -= gone;
	line->width -= width < line->width ? width : line->width;
	return width;
}

static void cut_end(struct text_line *line, int width)
{
	size_t kept = 0;
	int cells = 0;
	bool rtl = line->direction == TEXT_RTL;
	while (kept < line->count) {
		size_t at = rtl ? line->count - 1 - kept : kept;
		if (cells + line->cells[at].width > width)
			break;
		cells += line->cells[at].width;
		kept++;
	}
	if (rtl)
		memmove(line->cells, line->cells + (line->count - kept),
			kept * sizeof *line->cells);
	line->count = kept;
	line->width = cells;
}

/* The part of a line of code that is in view; a sign at a side where there is more takes a cell. */
static void cut_code(const struct page *page, const struct part *part, struct page_row *row)
{
	struct text_line *line = &page->lines[0];
	int width = part->width;
	if (page->shift > 0 && line->width > 0) {
		row->more_before = true;
		cut_start(line, page->shift);
		width = width > 1 ? width - 1 : 1;
	}
	if (line->width > width) {
		row->more_after = true;
		cut_end(line, width > 1 ? width - 1 : 1);
	}
}

/* ---- kinds of rows ---- */

static int text_row(struct page *page, const struct layout *l, size_t number, struct page_row *row)
{
	if (!make_room(page, 1) || make_line(page, l, 0, number) < 0)
		return -1;
	row->kind = PAGE_TEXT;
	row->line = &page->lines[0];
	if (row->block->kind == BLOCK_PRE && !page->options.wrap_code)
		cut_code(page, &l->parts[0], row);
	return 0;
}

static struct page_piece piece_of(const struct part *part, const struct text_line *line)
{
	return (struct page_piece){
		.line = line,
		.column = part->column,
		.width = part->width,
		.base = part->base,
		.prefix = part->prefix,
	};
}

static int grid_row(struct page *page, const struct layout *l, size_t number, struct page_row *row)
{
	if (!make_room(page, l->part_count))
		return -1;
	for (size_t i = 0; i < l->part_count; i++) {
		bool has_line = number < l->parts[i].line_count;
		if (has_line && make_line(page, l, i, number) < 0)
			return -1;
		page->pieces[i] = piece_of(&l->parts[i], has_line ? &page->lines[i] : NULL);
	}
	row->kind = PAGE_CELLS;
	row->pieces = page->pieces;
	row->piece_count = l->part_count;
	row->gap = layout_shape(page, l->block)->gap;
	return 0;
}

static int record_row(
	struct page *page, const struct layout *l, size_t number, struct page_row *row)
{
	size_t i = 0;
	while (i + 1 < l->part_count && number >= l->parts[i].line_count)
		number -= l->parts[i++].line_count;
	if (!make_room(page, 1) || make_line(page, l, i, number) < 0)
		return -1;
	page->pieces[0] = piece_of(&l->parts[i], &page->lines[0]);
	row->kind = PAGE_CELLS;
	row->pieces = page->pieces;
	row->piece_count = 1;
	return 0;
}

/* A rule lies under each cell but those that go on below it. */
static int rule_row(struct page *page, const struct layout *l, struct page_row *row)
{
	const struct shape *shape = layout_shape(page, l->block);
	const struct document *d = page_document(page, l->block);
	const struct row *next = page_table_row(page, l->block + 1);
	size_t columns = d->tables[next->table].columns;
	if (!make_room(page, columns))
		return -1;
	int column = 0;
	for (size_t i = 0; i < columns; i++) {
		page->pieces[i] = (struct page_piece){
			.line = NULL, .column = column, .width = shape->widths[i]};
		column += shape->widths[i] + shape->gap;
	}
	for (size_t i = 0; i < next->cell_count; i++) {
		const struct cell *cell = &d->cells[next->cell + i];
		for (int c = 0; cell->carried && c < cell->columns; c++)
			page->pieces[cell->column + c].open = true;
	}
	row->kind = PAGE_TABLE_RULE;
	row->pieces = page->pieces;
	row->piece_count = columns;
	row->gap = shape->gap;
	return 0;
}

/* ---- offsets ---- */

static size_t part_offset(const struct part *part, size_t number)
{
	size_t at = part->lines[number];
	return part->base + (at > part->prefix ? at - part->prefix : 0);
}

/* Of the first byte of a row that page_find() finds there. */
static size_t offset_of(const struct page *page, const struct layout *l, size_t number)
{
	const struct block *block = page_block(page, l->block);
	for (size_t i = 0; i < l->part_count; i++) {
		const struct part *part = &l->parts[i];
		bool shown = number < part->line_count;
		if (shown && !part->carried && part->bytes > part->prefix)
			return part_offset(part, number);
		if (l->kind == LAYOUT_RECORD && shown)
			break;
		if (l->kind == LAYOUT_RECORD)
			number -= part->line_count;
	}
	return block->start;
}

/* ---- a row ---- */

/* A number stands at the end side of its column, up to the blank that parts it from the text. */
static struct str marker_of(struct page *page, const struct layout *l, const struct block *block)
{
	if (l->marker_width == 0)
		return (struct str){"", 0};
	if (page->options.plain && (block->kind == BLOCK_DETAILS || block->marker == MARKER_BULLET))
		return STR("-");
	if (block->kind == BLOCK_DETAILS)
		return STR("\u25BE");
	char text[MARKER_MOST];
	int width = marker_write(text, (enum marker)block->marker,
		(enum marker_script)block->script, block->number, block->list_depth);
	bool bullet = block->marker == MARKER_BULLET;
	int blanks = bullet ? 0 : l->marker_width - 1 - width;
	size_t len = 0;
	for (; blanks > 0 && len < MARKER_MOST; blanks--)
		page->marker[len++] = ' ';
	snprintf(page->marker + len, sizeof page->marker - len, "%s", text);
	return str_of(page->marker);
}

/* The row behind a block: blank; bars go on between two blocks of one quotation. */
static void blank_row(const struct page *page, const struct layout *l, struct page_row *row)
{
	const struct block *next = page_block(page, l->block + 1);
	row->bars = l->bars < next->quote_depth ? l->bars : next->quote_depth;
	row->offset = row->block->end;
}

static int fill_row(struct page *page, const struct layout *l, size_t number, struct page_row *row)
{
	bool marked = row->block->kind == BLOCK_ITEM || row->block->kind == BLOCK_DETAILS;
	row->offset = l->part_count > 0 ? offset_of(page, l, number) : row->block->start;
	if (number == l->rows)
		return rule_row(page, l, row);
	row->marker_width = l->marker_width;
	if (number == 0 && marked)
		row->marker = marker_of(page, l, row->block);
	if (row->block->kind == BLOCK_RULE) {
		row->kind = PAGE_RULE;
		return 0;
	}
	return l->kind == LAYOUT_GRID     ? grid_row(page, l, number, row)
	       : l->kind == LAYOUT_RECORD ? record_row(page, l, number, row)
					  : text_row(page, l, number, row);
}

int page_row(struct page *page, struct page_place place, struct page_row *row)
{
	*row = (struct page_row){.marker = {"", 0}, .direction = TEXT_LTR};
	if (!page || page->first[DOCUMENTS] == 0)
		return 0;
	size_t rows;
	const struct layout *l = page_layout(page, &place, &rows);
	if (!l)
		return -1;
	size_t number = place.line < rows ? place.line : rows - 1;
	row->block = page_block(page, place.block);
	row->direction = page->options.plain ? TEXT_LTR : l->direction;
	row->style = page->options.style ? page->options.style(row->block, 0) : 0;
	row->indent = l->indent;
	row->bars = l->bars;
	int result = 0;
	if (number == l->rows + l->rule)
		blank_row(page, l, row);
	else
		result = fill_row(page, l, number, row);
	row->offset = page_in_body(page, place)      ? row->offset
		      : place.block < page->first[1] ? 0
						     : page->documents[1]->len;
	return result;
}
