/* A page that is read on the screen: what is in view, and moving in it. */
#ifndef KHABAR_UI_SHEET_H
#define KHABAR_UI_SHEET_H

#include "article/page.h"
#include "ui/view.h"

struct sheet {
	struct page *page; /* owned; NULL: not laid out yet */
	int width;         /* cells the page is laid out for */
	int columns;       /* of text, side by side: 1 or 2 */
	enum text_forms forms;
	enum text_marks marks;
	unsigned edition; /* of ui_look */
	struct page_place top; /* the first row */
	enum key_view keys; /* of the shape */
};

/*
 * What a text is to be given: at most so many cells (0: no limit), in so many columns, in the area
 * of a view with these keys (panes_area()).
 */
struct sheet_shape {
	int most, columns;
	enum key_view keys;
};

/*
 * Cells of a column of text in the area: a margin on either side, and as many columns as are
 * asked for where there is room for them.
 */
int sheet_width(const struct ui *ui, struct sheet_shape shape);

/* Whether the screen has come to need another layout. */
bool sheet_is_stale(const struct sheet *sheet, const struct ui *ui, struct sheet_shape shape);

/* Takes over a page that was laid out for the canvas as it is now, sheet_width() cells wide. */
void sheet_adopt(
	struct sheet *sheet, const struct ui *ui, struct page *page, struct sheet_shape shape);

/* How many rows of text are in view: those of all columns. */
int sheet_rows(const struct sheet *sheet, const struct ui *ui);
void sheet_close(struct sheet *sheet); /* frees the page */

bool sheet_is_before(struct page_place a, struct page_place b);

/* The last place that fits when `top` is on the first row; false at the end of the text. */
bool sheet_bottom(struct sheet *sheet, const struct ui *ui, struct page_place *bottom);
/* Whether a place is on the screen. */
bool sheet_shows(struct sheet *sheet, const struct ui *ui, struct page_place place);

/* Moves as an action says.  False for other actions. */
bool sheet_move(struct sheet *sheet, const struct ui *ui, enum action action);
/* Puts a place on the first row, or as near to it as the end of the text allows. */
void sheet_go(struct sheet *sheet, const struct ui *ui, struct page_place place);

/*
 * The row of text that is shown at a cell of the area, and the leftmost column of the text it
 * stands in.  False: there is none.
 */
bool sheet_at(struct sheet *sheet, struct rect area, int row, int column, struct page_place *place,
	int *left);

/* A row that is being drawn, and where: for what lies over it. */
typedef int sheet_row(
	void *user, struct canvas *canvas, int row, int column, const struct page_row *page_row);

/*
 * Draws what is in view, columns from the side where the text starts; each row is handed to `over` (may be NULL) when it is there.  *more: the
 * text goes on below.  -1 when out of memory.
 */
int sheet_draw(struct sheet *sheet, struct canvas *canvas, struct rect area, sheet_row *over,
	void *user, bool *more);

#endif
