#include "ui/plain.h"

struct plain_row plain_start(struct canvas *canvas, struct rect area, bool selected)
{
	enum { MARK_CELLS = 2 };
	struct plain_row row = {.canvas = canvas,
		.row = area.row,
		.column = area.column,
		.end = area.column + area.columns};
	if (selected) {
		canvas_sign(canvas, row.row, row.column, 1, '>', ROLE_MARK);
		canvas_set_cursor(canvas, row.row, row.column, false);
	}
	row.column += MARK_CELLS;
	return row;
}

void plain_indent(struct plain_row *row, int cells)
{
	row->column += cells;
}

static int put(struct plain_row *row, struct str text, const struct field *field)
{
	int room = row->end - row->column;
	int used =
		room > 0 ? canvas_text(row->canvas, row->row, row->column, room, text, field) : 0;
	row->column += used > 0 ? used : 0;
	return used > 0 ? used : 0;
}

static struct rect add(
	struct plain_row *row, struct str text, const struct field *field, bool comma)
{
	const struct field between = {.direction = TEXT_LTR};
	if (text.len == 0)
		return (struct rect){row->row, row->column, 1, 0};
	if (row->begun && comma)
		put(row, STR(","), &between);
	if (row->begun)
		row->column++;
	row->begun = true;
	int column = row->column;
	return (struct rect){row->row, column, 1, put(row, text, field)};
}

struct rect plain_word(struct plain_row *row, struct str text, const struct field *field)
{
	return add(row, text, field, false);
}

struct rect plain_item(struct plain_row *row, struct str text, const struct field *field)
{
	return add(row, text, field, true);
}
