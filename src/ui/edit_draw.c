#include "ui/edit_draw.h"

enum { ELLIPSIS = 0x2026 };

/* Cells before the place, from the side where the paragraph starts. */
static int cells_before(const struct text_places *places, const struct text_place *place)
{
	return places->line.direction == TEXT_RTL ? places->width - place->column - place->width
						  : place->column;
}

static void keep_in_view(const struct text_places *places, size_t cursor, int columns, int *shown)
{
	const struct text_place *place = &places->items[text_places_at(places, cursor)];
	int from = cells_before(places, place), to = from + place->width;
	if (*shown > places->width - columns)
		*shown = places->width > columns ? places->width - columns : 0;
	if (to > *shown + columns)
		*shown = to - columns;
	if (from < *shown)
		*shown = from;
}

/* The cells of the line in columns [left, left + columns) of it. */
static struct text_line part_of(const struct text_places *places, int left, int columns)
{
	struct text_line part = places->line;
	size_t first = 0;
	int at = 0;
	while (first < part.count && at < left)
		at += part.cells[first++].width;
	size_t end = first;
	while (end < part.count && at + part.cells[end].width <= left + columns)
		at += part.cells[end++].width;
	part.cells += first;
	part.count = end - first;
	return part;
}

static void light(struct edit *edit, const struct text_places *places, struct canvas *canvas,
	struct rect rect)
{
	const struct canvas_cell *cells = canvas_row(canvas, rect.row);
	size_t cursor = text_places_at(places, edit_cursor(edit)), from = 0, to = 0;
	edit_selection(edit, &from, &to);
	for (int i = rect.column; i < rect.column + rect.columns; i++) {
		const struct canvas_cell *cell = &cells[i];
		if (cell->width == 0 || cell->field == 0)
			continue;
		style_t look = text_places_at(places, cell->offset) == cursor ? STYLE_SELECTED : 0;
		if (cell->offset >= from && cell->offset < to)
			look |= STYLE_UNDERLINE;
		if (look & STYLE_SELECTED && canvas_plain(canvas))
			canvas_set_cursor(canvas, rect.row, i, true);
		if (look)
			canvas_overlay(canvas, (struct rect){rect.row, i, 1, 1}, look);
	}
}

void edit_draw(
	struct edit *edit, struct canvas *canvas, struct rect rect, style_t style, int *shown)
{
	edit_use(edit, canvas_forms(canvas), canvas_direction(canvas));
	const struct text_places *places = edit_places(edit);
	if (!places || rect.columns < 2 || rect.row < 0 || rect.row >= canvas_rows(canvas))
		return;
	keep_in_view(places, edit_cursor(edit), rect.columns, shown);
	int rest = places->width - *shown - rect.columns; /* cells behind what is shown */
	bool rtl = places->line.direction == TEXT_RTL;
	int left = rtl ? rest : *shown;
	struct text_line part =
		part_of(places, left > 0 ? left : 0, left < 0 ? rect.columns + left : rect.columns);
	canvas_line(canvas, rect.row, rect.column, rect.columns, &part, style);
	light(edit, places, canvas, rect);
	int start = rtl ? rect.column + rect.columns : rect.column - 1;
	int end = rtl ? rect.column - 1 : rect.column + rect.columns;
	if (*shown > 0)
		canvas_sign(canvas, rect.row, start, 1, ELLIPSIS, style);
	if (rest > 0)
		canvas_sign(canvas, rect.row, end, 1, ELLIPSIS, style);
}

size_t edit_at(const struct edit *edit, const struct canvas *canvas, struct rect rect, int column)
{
	const struct canvas_cell *cells = canvas_row(canvas, rect.row);
	size_t end = edit_text(edit).len;
	if (column < rect.column || column >= rect.column + rect.columns)
		return end;
	if (cells[column].width == 0 && column > rect.column)
		column--; /* the right half of a wide one */
	return cells[column].field != 0 && cells[column].offset < end ? cells[column].offset : end;
}
