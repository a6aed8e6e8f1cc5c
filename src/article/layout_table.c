/* Rows of tables: cells side by side, or a record for each row. */
#include "article/judge.h"
#include "article/layout.h"

#include <stdlib.h>

const struct shape *layout_shape(struct page *page, size_t block)
{
	const struct document *d = page_document(page, block);
	if (!page->shapes)
		page->shapes = calloc(d->table_count, sizeof *page->shapes);
	if (!page->shapes)
		return NULL;
	struct shape *shape = &page->shapes[page_table_row(page, block)->table];
	return shape->ready || layout_measure(page, shape, block) ? shape : NULL;
}

/* The part of a cell, but for its width. */
static struct part_source source_of(
	const struct page *page, const struct shape *shape, size_t block, const struct cell *cell)
{
	const struct document *d = page_document(page, block);
	struct part_source source = {
		.block = block,
		.owner = block,
		.start = cell->start,
		.end = cell->end,
		.label = {"", 0},
		.direction = page->options.direction,
		.fallback = shape->direction,
	};
	if (cell->carried && cell->end > cell->start)
		source.owner = page->first[1] + document_block_at(d, cell->start);
	if (source.direction == TEXT_AUTO)
		source.direction = page_block(page, source.owner)->direction;
	if (source.direction == TEXT_AUTO)
		source.direction = judge_direction(d, page_block(page, source.owner), cell->start,
			cell->end, shape->direction);
	return source;
}

/* ---- side by side ---- */

/* Cells from the start side of the table to a column. */
static int column_start(const struct shape *shape, int column)
{
	int start = 0;
	for (int i = 0; i < column; i++)
		start += shape->widths[i] + shape->gap;
	return start;
}

static bool add_cell(
	struct page *page, struct layout *l, const struct shape *shape, const struct cell *cell)
{
	struct part *part = &l->parts[l->part_count++];
	*part = (struct part){.carried = cell->carried};
	part->column = column_start(shape, cell->column);
	part->width = column_start(shape, cell->column + cell->columns) - shape->gap - part->column;
	struct part_source source = source_of(page, shape, l->block, cell);
	if (cell->carried)
		source.end = source.start; /* it was shown above */
	if (!layout_part(page, part, &source))
		return false;
	if (part->line_count > l->rows)
		l->rows = part->line_count;
	return true;
}

/* A rule follows the header, and every row where rows have several lines; not the last. */
static bool has_rule(const struct page *page, const struct shape *shape, size_t block)
{
	const struct document *d = page_document(page, block);
	const struct table *table = &d->tables[page_table_row(page, block)->table];
	size_t index = block - page->first[1];
	bool last = index + 1 >= table->block + table->block_count ||
		    d->blocks[index + 1].kind != BLOCK_ROW;
	return !last && (shape->ruled || index == table->header);
}

static bool lay_out_grid(struct page *page, struct layout *l, const struct shape *shape)
{
	const struct document *d = page_document(page, l->block);
	const struct row *row = page_table_row(page, l->block);
	l->kind = LAYOUT_GRID;
	for (size_t i = 0; i < row->cell_count; i++) {
		if (!add_cell(page, l, shape, &d->cells[row->cell + i]))
			return false;
	}
	l->rule = has_rule(page, shape, l->block);
	return true;
}

/* ---- records ---- */

/* The header of a column; empty where there is none. */
static struct str label_of(const struct document *d, const struct table *table, uint16_t column)
{
	if (table->header == SIZE_MAX)
		return (struct str){"", 0};
	const struct row *row = &d->rows[d->blocks[table->header].row];
	for (size_t i = 0; i < row->cell_count; i++) {
		const struct cell *cell = &d->cells[row->cell + i];
		if (cell->column <= column && column < cell->column + cell->columns)
			return (struct str){d->text + cell->start, cell->end - cell->start};
	}
	return (struct str){"", 0};
}

static bool add_field(
	struct page *page, struct layout *l, const struct shape *shape, const struct cell *cell)
{
	const struct document *d = page_document(page, l->block);
	const struct row *row = page_table_row(page, l->block);
	struct part *part = &l->parts[l->part_count++];
	*part = (struct part){.carried = cell->carried, .width = page->options.width - l->indent};
	struct part_source source = source_of(page, shape, l->block, cell);
	source.label = label_of(d, &d->tables[row->table], cell->column);
	if (source.label.len > 0)
		source.direction = shape->direction;
	if (!layout_part(page, part, &source))
		return false;
	l->rows += part->line_count;
	return true;
}

/* The header rows are in the labels; for themselves they are a line. */
static bool lay_out_heading(struct page *page, struct layout *l, const struct shape *shape)
{
	const struct block *block = page_block(page, l->block);
	const struct cell all = {.start = block->start, .end = block->end};
	struct part_source source = source_of(page, shape, l->block, &all);
	l->part_count = 1;
	l->parts[0].width = page->options.width - l->indent;
	source.direction = shape->direction;
	if (!layout_part(page, &l->parts[0], &source))
		return false;
	l->rows = l->parts[0].line_count;
	return true;
}

static bool lay_out_record(struct page *page, struct layout *l, const struct shape *shape)
{
	const struct document *d = page_document(page, l->block);
	const struct row *row = page_table_row(page, l->block);
	const struct table *table = &d->tables[row->table];
	l->kind = LAYOUT_RECORD;
	l->rows = 0;
	if (table->header != SIZE_MAX && l->block - page->first[1] <= table->header)
		return lay_out_heading(page, l, shape);
	for (size_t i = 0; i < row->cell_count; i++) {
		const struct cell *cell = &d->cells[row->cell + i];
		if (cell->end > cell->start && !add_field(page, l, shape, cell))
			return false;
	}
	return true;
}

bool layout_row(struct page *page, struct layout *l)
{
	const struct row *row = page_table_row(page, l->block);
	const struct shape *shape = layout_shape(page, l->block);
	if (!shape)
		return false;
	l->direction = shape->direction;
	l->parts = calloc(row->cell_count + 1, sizeof *l->parts);
	if (!l->parts)
		return false;
	return shape->records ? lay_out_record(page, l, shape) : lay_out_grid(page, l, shape);
}
