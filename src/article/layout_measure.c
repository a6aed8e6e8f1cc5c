/* The columns of a table, from a part of its rows. */
#include "article/language.h"
#include "article/layout.h"
#include "base/utf8.h"
#include "text/clean.h"

#include <stdlib.h>

enum {
	SAMPLE_ROWS = 256,      /* from the start, and as many from all over the rest */
	SAMPLE_BYTES = 1 << 20, /* of text in all */
	CELL_BYTES = 2000,      /* of text of one cell */
	WORD_CELLS = 16,        /* a longer word may be broken */
	COLUMN_CELLS = 4,       /* fewer on the average are no table */
	GAP = 3,
	NARROW_GAP = 1, /* between columns: a line, with blanks around it */
};

/* What the columns want, and how they are written. */
struct wants {
	int *most;  /* cells of the longest line */
	int *least; /* cells of the longest word */
	size_t columns;
	size_t bytes; /* looked at */
	size_t letters[3];
};

struct extent {
	int line, word; /* cells */
};

static struct extent extent_of(struct wants *w, struct str text)
{
	struct extent most = {0, 0}, now = {0, 0};
	text = str_slice(text, 0, CELL_BYTES);
	for (size_t i = 0; i < text.len;) {
		uint32_t code;
		i += utf8_decode(text.ptr + i, text.len - i, &code);
		w->letters[language_letter_direction(code)]++;
		int width = code == '\n' ? 0 : text_width(code);
		now.word = code == ' ' || code == '\n' ? 0 : now.word + width;
		now.line = code == '\n' ? 0 : now.line + width;
		most.word = now.word > most.word ? now.word : most.word;
		most.line = now.line > most.line ? now.line : most.line;
	}
	w->bytes += text.len;
	return most;
}

/* What spans columns makes them wider, all by as much, where they are too narrow together. */
static void widen(int *widths, const struct cell *cell, int wanted)
{
	int sum = (cell->columns - 1) * GAP;
	for (int i = 0; i < cell->columns; i++)
		sum += widths[cell->column + i];
	int missing = wanted - sum;
	for (int i = 0; i < cell->columns && missing > 0; i++) {
		int share = (missing + cell->columns - i - 1) / (cell->columns - i);
		widths[cell->column + i] += share;
		missing -= share;
	}
}

/* Cells of one column first, then those that span several. */
static void look_at_row(
	struct wants *w, const struct document *d, const struct row *row, bool spanning)
{
	for (size_t i = 0; i < row->cell_count && w->bytes < SAMPLE_BYTES; i++) {
		const struct cell *cell = &d->cells[row->cell + i];
		if ((cell->columns > 1) != spanning || cell->carried)
			continue;
		struct str text = {d->text + cell->start, cell->end - cell->start};
		struct extent extent = extent_of(w, text);
		widen(w->most, cell, extent.line);
		widen(w->least, cell, extent.word < WORD_CELLS ? extent.word : WORD_CELLS);
	}
}

static void look_at(struct wants *w, const struct document *d, const struct table *table)
{
	size_t step = table->block_count / SAMPLE_ROWS + 1;
	for (int spanning = 0; spanning < 2; spanning++) {
		w->bytes = 0;
		for (size_t i = 0; i < table->block_count && w->bytes < SAMPLE_BYTES;) {
			const struct block *block = &d->blocks[table->block + i];
			if (block->kind == BLOCK_ROW)
				look_at_row(w, d, &d->rows[block->row], spanning);
			i += i < SAMPLE_ROWS ? 1 : step;
		}
	}
}

/* ---- sharing out ---- */

static long sum_of(const int *values, size_t count)
{
	long sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += values[i];
	return sum;
}

/*
 * Columns that want no more than an even share of what is left get what they want; the others
 * share the rest, but none is narrower than its longest word.
 */
static void share_out(const struct wants *w, long room, int *widths)
{
	size_t open = w->columns;
	for (size_t i = 0; i < w->columns; i++)
		widths[i] = 0;
	for (bool changed = true; changed && open > 0;) {
		long share = room / (long)open;
		changed = false;
		for (size_t i = 0; i < w->columns && !changed; i++) {
			int width = w->most[i] <= share   ? w->most[i]
				    : w->least[i] > share ? w->least[i]
							  : 0;
			if (widths[i] > 0 || width == 0)
				continue;
			widths[i] = width;
			room -= width;
			open--;
			changed = true;
		}
	}
	for (size_t i = 0; i < w->columns; i++) {
		if (widths[i] > 0)
			continue;
		widths[i] = (int)(room / (long)open);
		room -= widths[i];
		open--;
	}
}

static void fit(struct shape *shape, struct wants *w, int width, bool plain)
{
	for (size_t i = 0; i < w->columns; i++) {
		w->least[i] = w->least[i] > 0 ? w->least[i] : 1;
		w->most[i] = w->most[i] > w->least[i] ? w->most[i] : w->least[i];
	}
	long gaps = (long)w->columns - 1;
	shape->gap = sum_of(w->most, w->columns) + gaps * GAP <= width ||
				     sum_of(w->least, w->columns) + gaps * GAP <= width
			     ? GAP
			     : NARROW_GAP;
	long room = width - gaps * shape->gap;
	shape->ruled = sum_of(w->most, w->columns) > room;
	shape->records = plain || (shape->ruled && (sum_of(w->least, w->columns) > room ||
						 room < (long)w->columns * COLUMN_CELLS));
	if (shape->records)
		return;
	if (shape->ruled)
		share_out(w, room, shape->widths);
	for (size_t i = 0; i < w->columns && !shape->ruled; i++)
		shape->widths[i] = w->most[i];
}

static enum text_direction direction_of(
	const struct page *page, const struct table *table, const struct wants *w)
{
	const enum text_direction fallback = page->documents[1]->fallback;
	if (page->options.direction != TEXT_AUTO)
		return page->options.direction;
	if (table->direction != TEXT_AUTO)
		return table->direction;
	if (w->letters[TEXT_LTR] != w->letters[TEXT_RTL])
		return w->letters[TEXT_RTL] > w->letters[TEXT_LTR] ? TEXT_RTL : TEXT_LTR;
	return fallback != TEXT_AUTO ? fallback : TEXT_LTR;
}

bool layout_measure(struct page *page, struct shape *shape, size_t block)
{
	const struct document *d = page_document(page, block);
	const struct table *table = &d->tables[page_table_row(page, block)->table];
	struct wants w = {.columns = table->columns};
	w.most = calloc(2 * w.columns, sizeof *w.most);
	shape->widths = calloc(w.columns, sizeof *shape->widths);
	if (!w.most || !shape->widths) {
		free(w.most);
		free(shape->widths);
		shape->widths = NULL;
		return false;
	}
	w.least = w.most + w.columns;
	look_at(&w, d, table);
	shape->direction = direction_of(page, table, &w);
	fit(shape, &w, page->options.width - layout_indent(page, block), page->options.plain);
	free(w.most);
	shape->ready = true;
	return true;
}
