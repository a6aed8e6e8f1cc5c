/* Tables of a document being written. */
#include "article/build.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

enum {
	COLUMNS_MAX = 250,
	ROWS_MAX = 65534, /* that a cell spans (HTML Standard, section 4.9.12.1) */
	CELLS_MAX = 2000000,
};

static struct table *table_of(struct builder *b)
{
	return &b->document->tables[b->document->table_count - 1];
}

void build_table_start(struct builder *b, enum text_direction direction)
{
	struct document *d = b->document;
	build_break(b);
	if (b->table.in_table || d->cell_count >= CELLS_MAX)
		return;
	if (!b->table.carry)
		b->table.carry = calloc(COLUMNS_MAX, sizeof *b->table.carry);
	if (!b->table.carry ||
		!array_reserve(&d->tables, &d->table_cap, d->table_count + 1, sizeof *d->tables)) {
		b->failed = true;
		return;
	}
	d->tables[d->table_count++] = (struct table){
		.block = d->block_count,
		.header = SIZE_MAX,
		.columns = 1,
		.direction = direction,
	};
	struct build_carry *carry = b->table.carry;
	memset(carry, 0, COLUMNS_MAX * sizeof *carry);
	b->table = (struct build_table){.in_table = true, .carry = carry};
}

void build_table_end(struct builder *b)
{
	if (b->table.in_row)
		build_row_end(b);
	b->table.in_table = false;
}

void build_table_group(struct builder *b)
{
	if (b->table.in_row)
		build_row_end(b);
	if (b->table.in_table)
		memset(b->table.carry, 0, COLUMNS_MAX * sizeof *b->table.carry);
}

/* ---- rows ---- */

void build_row_start(struct builder *b)
{
	struct build_table *t = &b->table;
	build_break(b);
	if (!t->in_table)
		return;
	if (t->in_row)
		build_row_end(b);
	t->in_row = b->document->cell_count < CELLS_MAX &&
		    b->document->block_count + 1 < BUILD_BLOCKS_MAX;
	t->in_cell = t->has_text = false;
	t->header = true;
	t->first = b->document->cell_count;
	t->column = 0;
	b->item = false;
}

void build_row_opened(struct builder *b)
{
	struct document *d = b->document;
	struct block *block = &d->blocks[d->block_count - 1];
	if (!array_reserve(&d->rows, &d->row_cap, d->row_count + 1, sizeof *d->rows)) {
		b->failed = true;
		return;
	}
	struct table *table = table_of(b);
	if (table->block_count == 0)
		table->block = d->block_count - 1;
	table->block_count = d->block_count - table->block;
	block->kind = BLOCK_ROW;
	block->level = 0;
	block->row = d->row_count;
	d->rows[d->row_count++] = (struct row){.table = d->table_count - 1, .cell = b->table.first};
}

static void add_cell(struct builder *b, const struct cell *cell)
{
	struct document *d = b->document;
	if (!array_reserve(&d->cells, &d->cell_cap, d->cell_count + 1, sizeof *d->cells)) {
		b->failed = true;
		return;
	}
	d->cells[d->cell_count++] = *cell;
	struct table *table = table_of(b);
	if (cell->column + cell->columns > table->columns)
		table->columns = (uint16_t)(cell->column + cell->columns);
}

/* Moves to the next free column: cells from above come before it. */
static void pass_carried(struct builder *b, uint16_t before)
{
	struct build_table *t = &b->table;
	while (t->column < before && t->carry[t->column].rows > 0) {
		struct build_carry *carry = &t->carry[t->column];
		struct cell cell = {
			.column = t->column, .columns = carry->columns, .carried = true};
		if (carry->cell != SIZE_MAX) {
			cell.start = b->document->cells[carry->cell].start;
			cell.end = b->document->cells[carry->cell].end;
			cell.header = b->document->cells[carry->cell].header;
		}
		carry->rows--;
		t->column = (uint16_t)(t->column + carry->columns);
		add_cell(b, &cell);
	}
}

/* What is left of the row once its cells are known. */
static void finish_row(struct builder *b)
{
	struct document *d = b->document;
	struct build_table *t = &b->table;
	build_cell_end(b);
	for (; t->column < table_of(b)->columns && !b->failed; t->column++)
		pass_carried(b, table_of(b)->columns);
	t->in_row = false;
	if (b->open) {
		struct row *row = &d->rows[d->row_count - 1];
		row->cell_count = d->cell_count - row->cell;
		if (t->header && !t->body)
			table_of(b)->header = d->block_count - 1;
		t->body |= !t->header;
		return;
	}
	for (size_t i = 0; i < COLUMNS_MAX; i++) {
		if (t->carry[i].cell >= t->first)
			t->carry[i].cell = SIZE_MAX;
	}
	d->cell_count = t->first;
}

void build_row_end(struct builder *b)
{
	if (b->table.in_row && !b->failed)
		finish_row(b);
	b->table.in_row = false;
	build_break(b);
}

void build_row_abandon(struct builder *b)
{
	finish_row(b);
	build_break(b);
}

/* ---- cells ---- */

void build_cell_start(struct builder *b, long columns, long rows, bool header)
{
	struct build_table *t = &b->table;
	if (!t->in_row) {
		build_break(b);
		return;
	}
	build_cell_end(b);
	if (b->open)
		b->pending = BUILD_CELL;
	pass_carried(b, COLUMNS_MAX);
	if (t->column >= COLUMNS_MAX)
		return; /* its text goes on where the last cell ended */
	if (columns < 1)
		columns = 1;
	if (columns > COLUMNS_MAX - t->column)
		columns = COLUMNS_MAX - t->column;
	t->rows = rows >= 1 && rows < ROWS_MAX ? (size_t)rows : rows < 0 ? 1 : ROWS_MAX;
	t->cell =
		(struct cell){.column = t->column, .columns = (uint16_t)columns, .header = header};
	t->in_cell = true;
	t->has_text = false;
	t->header &= header;
}

/* There are more cells than columns: the last one takes the text of all others. */
static void reopen_cell(struct builder *b)
{
	struct document *d = b->document;
	struct build_table *t = &b->table;
	const struct cell *last = d->cell_count > t->first ? &d->cells[d->cell_count - 1] : NULL;
	t->in_cell = true;
	t->rows = 1;
	t->has_text = last && !last->carried && last->end > last->start;
	t->cell = (struct cell){.columns = 1};
	if (!last)
		return;
	t->cell.column = last->column;
	if (last->carried)
		return;
	t->cell = *last;
	d->cell_count--;
}

void build_cell_text(struct builder *b)
{
	struct build_table *t = &b->table;
	if (!t->in_cell)
		reopen_cell(b);
	if (!t->has_text)
		t->cell.start = b->text.len;
	t->has_text = true;
}

void build_cell_end(struct builder *b)
{
	struct build_table *t = &b->table;
	if (!t->in_cell || b->failed)
		return;
	t->in_cell = false;
	if (!t->has_text)
		t->cell.start = b->text.len;
	t->cell.end = b->text.len;
	t->has_text = false;
	t->column = t->cell.column;
	add_cell(b, &t->cell);
	if (t->rows > 1 && !b->failed)
		t->carry[t->column] = (struct build_carry){
			t->rows - 1, b->document->cell_count - 1, t->cell.columns};
	t->column = (uint16_t)(t->column + t->cell.columns);
}
