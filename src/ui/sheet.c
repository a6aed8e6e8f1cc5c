#include "ui/sheet.h"

#include "ui/reading.h"

/* Between two columns, and the narrowest one that reads well. */
enum { GUTTER = 4, NARROWEST = 36 };

static int columns_of(const struct ui *ui, struct sheet_shape shape)
{
	const int least = 2 * NARROWEST + GUTTER + 2;
	bool room = !ui->look.plain && panes_area(ui, shape.keys).columns >= least;
	return shape.columns > 1 && room ? 2 : 1;
}

int sheet_width(const struct ui *ui, struct sheet_shape shape)
{
	enum { ROOM_FOR_MARGINS = 30 };
	int columns = panes_area(ui, shape.keys).columns;
	if (ui->look.plain)
		return columns;
	int width = columns >= ROOM_FOR_MARGINS ? columns - 2 : columns;
	if (columns_of(ui, shape) == 2)
		width = (width - GUTTER) / 2;
	return shape.most > 0 && width > shape.most ? shape.most : width;
}

bool sheet_is_stale(const struct sheet *sheet, const struct ui *ui, struct sheet_shape shape)
{
	const struct canvas *canvas = screen_canvas(ui->screen);
	return sheet_width(ui, shape) != sheet->width || columns_of(ui, shape) != sheet->columns ||
	       canvas_forms(canvas) != sheet->forms || canvas_marks(canvas) != sheet->marks ||
	       ui->look.edition != sheet->edition;
}

int sheet_rows(const struct sheet *sheet, const struct ui *ui)
{
	return panes_area(ui, sheet->keys).rows * sheet->columns;
}

void sheet_adopt(
	struct sheet *sheet, const struct ui *ui, struct page *page, struct sheet_shape shape)
{
	const struct canvas *canvas = screen_canvas(ui->screen);
	page_free(sheet->page);
	sheet->page = page;
	sheet->width = sheet_width(ui, shape);
	sheet->keys = shape.keys;
	sheet->columns = columns_of(ui, shape);
	sheet->forms = canvas_forms(canvas);
	sheet->marks = canvas_marks(canvas);
	sheet->edition = ui->look.edition;
}

void sheet_close(struct sheet *sheet)
{
	page_free(sheet->page);
	sheet->page = NULL;
}

/* ---- moving ---- */

bool sheet_is_before(struct page_place a, struct page_place b)
{
	return a.block != b.block ? a.block < b.block : a.line < b.line;
}

bool sheet_bottom(struct sheet *sheet, const struct ui *ui, struct page_place *bottom)
{
	*bottom = sheet->top;
	for (int i = 1; i < sheet_rows(sheet, ui); i++) {
		if (page_next(sheet->page, bottom) <= 0)
			return false;
	}
	return true;
}

bool sheet_shows(struct sheet *sheet, const struct ui *ui, struct page_place place)
{
	struct page_place bottom;
	sheet_bottom(sheet, ui, &bottom);
	return !sheet_is_before(place, sheet->top) && !sheet_is_before(bottom, place);
}

static bool is_blank(struct sheet *sheet, struct page_place place)
{
	struct page_row row;
	return page_row(sheet->page, place, &row) == 0 && row.kind == PAGE_BLANK;
}

static bool scroll_on(struct sheet *sheet, const struct ui *ui, long lines)
{
	struct page_place bottom;
	bool moved = false;
	/* Each row comes to the first one, where the cursor is. */
	while (ui->look.plain && lines-- > 0 && page_next(sheet->page, &sheet->top) > 0)
		moved = true;
	if (ui->look.plain)
		return moved;
	if (!sheet_bottom(sheet, ui, &bottom))
		return false;
	while (lines-- > 0 && page_next(sheet->page, &bottom) > 0)
		moved |= page_next(sheet->page, &sheet->top) > 0;
	return moved;
}

/* A new page does not start with a blank row. */
static void page_on(struct sheet *sheet, const struct ui *ui, long lines)
{
	if (scroll_on(sheet, ui, lines) && is_blank(sheet, sheet->top))
		scroll_on(sheet, ui, 1);
}

static void scroll_back(struct sheet *sheet, long lines)
{
	while (lines-- > 0 && page_prev(sheet->page, &sheet->top) > 0)
		continue;
}

/* The last rows of the text. */
static struct page_place end_of(struct sheet *sheet, const struct ui *ui)
{
	struct page_place place = page_last(sheet->page);
	for (int i = 1; i < sheet_rows(sheet, ui) && page_prev(sheet->page, &place) > 0; i++)
		continue;
	return place;
}

void sheet_go(struct sheet *sheet, const struct ui *ui, struct page_place place)
{
	struct page_place end = end_of(sheet, ui);
	sheet->top = !ui->look.plain && sheet_is_before(end, place) ? end : place;
}

bool sheet_move(struct sheet *sheet, const struct ui *ui, enum action action)
{
	long rows = sheet_rows(sheet, ui);
	/* A line stays, to be found again; of a spread of two columns nothing does. */
	long page = sheet->columns > 1 ? rows : rows > 2 ? rows - 1 : 1;
	switch (action) {
	case ACTION_DOWN:
		scroll_on(sheet, ui, 1);
		return true;
	case ACTION_UP:
		scroll_back(sheet, 1);
		return true;
	case ACTION_PAGE_DOWN:
		page_on(sheet, ui, page);
		return true;
	case ACTION_PAGE_UP:
		scroll_back(sheet, page);
		return true;
	case ACTION_HALF_DOWN:
		scroll_on(sheet, ui, (rows + 1) / 2);
		return true;
	case ACTION_HALF_UP:
		scroll_back(sheet, (rows + 1) / 2);
		return true;
	case ACTION_TOP:
		sheet->top = page_first(sheet->page);
		return true;
	case ACTION_BOTTOM:
		sheet->top = end_of(sheet, ui);
		return true;
	default:
		return false;
	}
}

/* ---- drawing ---- */

/* The leftmost cell of a column of text: the first one stands where reading starts. */
static int column_at(const struct sheet *sheet, struct rect area, int number, bool rtl)
{
	int all = sheet->columns * sheet->width + (sheet->columns - 1) * GUTTER;
	int at = rtl ? sheet->columns - 1 - number : number;
	return area.column + (area.columns - all) / 2 + at * (sheet->width + GUTTER);
}

/* Most of the text's rows say where it starts: the first of its body does. */
static bool is_rtl(struct sheet *sheet)
{
	struct page_row row;
	return page_row(sheet->page, page_find(sheet->page, 0), &row) == 0 &&
	       row.direction == TEXT_RTL;
}

int sheet_draw(struct sheet *sheet, struct canvas *canvas, struct rect area, sheet_row *over,
	void *user, bool *more)
{
	bool rtl = sheet->columns > 1 && is_rtl(sheet);
	struct page_place place = sheet->top;
	int next = 1;
	for (int i = 0; i < area.rows * sheet->columns && next > 0; i++) {
		struct page_row row;
		int column = column_at(sheet, area, i / area.rows, rtl);
		int at = area.row + i % area.rows;
		if (page_row(sheet->page, place, &row) < 0 ||
			reading_draw_row(canvas, at, column, sheet->width, &row) < 0 ||
			(over && over(user, canvas, at, column, &row) < 0))
			return -1;
		next = page_next(sheet->page, &place);
	}
	*more = next > 0;
	return next < 0 ? -1 : 0;
}

bool sheet_at(struct sheet *sheet, struct rect area, int row, int column, struct page_place *place,
	int *left)
{
	bool rtl = sheet->columns > 1 && is_rtl(sheet);
	int number = 0;
	if (row < area.row || row >= area.row + area.rows)
		return false;
	while (number < sheet->columns) {
		*left = column_at(sheet, area, number, rtl);
		if (sheet->columns == 1 || (column >= *left && column < *left + sheet->width))
			break;
		number++;
	}
	*place = sheet->top;
	for (int i = number * area.rows + row - area.row; i > 0; i--) {
		if (page_next(sheet->page, place) <= 0)
			return false;
	}
	return number < sheet->columns;
}
