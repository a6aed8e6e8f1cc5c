#include "ui/sheet.h"

#include "ui/reading.h"

int sheet_width(const struct ui *ui, enum key_view keys, int most)
{
	enum { ROOM_FOR_MARGINS = 30 };
	int columns = panes_area(ui, keys).columns;
	int width = columns >= ROOM_FOR_MARGINS ? columns - 2 : columns;
	return most > 0 && width > most ? most : width;
}

bool sheet_is_stale(const struct sheet *sheet, const struct ui *ui, int most)
{
	const struct canvas *canvas = screen_canvas(ui->screen);
	return sheet_width(ui, sheet->keys, most) != sheet->width || canvas_forms(canvas) != sheet->forms ||
	       canvas_marks(canvas) != sheet->marks || ui->look.edition != sheet->edition;
}

void sheet_adopt(struct sheet *sheet, const struct ui *ui, struct page *page, int width)
{
	const struct canvas *canvas = screen_canvas(ui->screen);
	page_free(sheet->page);
	sheet->page = page;
	sheet->width = width;
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
	for (int i = 1; i < panes_area(ui, sheet->keys).rows; i++) {
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
	for (int i = 1; i < panes_area(ui, sheet->keys).rows && page_prev(sheet->page, &place) > 0; i++)
		continue;
	return place;
}

void sheet_go(struct sheet *sheet, const struct ui *ui, struct page_place place)
{
	struct page_place end = end_of(sheet, ui);
	sheet->top = sheet_is_before(end, place) ? end : place;
}

bool sheet_move(struct sheet *sheet, const struct ui *ui, enum action action)
{
	long rows = panes_area(ui, sheet->keys).rows;
	long page = rows > 2 ? rows - 1 : 1;
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

int sheet_draw(struct sheet *sheet, struct canvas *canvas, struct rect area, sheet_row *over,
	void *user, bool *more)
{
	int column = area.column + (area.columns - sheet->width) / 2;
	struct page_place place = sheet->top;
	int next = 1;
	for (int i = 0; i < area.rows && next > 0; i++) {
		struct page_row row;
		if (page_row(sheet->page, place, &row) < 0 ||
			reading_draw_row(canvas, area.row + i, column, sheet->width, &row) < 0 ||
			(over && over(user, canvas, area.row + i, column, &row) < 0))
			return -1;
		next = page_next(sheet->page, &place);
	}
	*more = next > 0;
	return next < 0 ? -1 : 0;
}
