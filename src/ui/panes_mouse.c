/* Panes: what the mouse does with them. */
#include "ui/panes.h"

#include "ui/pointing.h"
#include "ui/view.h"

enum { WHOLE = 1000 }; /* of the shares */

/* The column that it would be in an LTR interface. */
static int column_of(const struct ui *ui, const struct mouse_event *event)
{
	const struct canvas *canvas = screen_canvas(ui->screen);
	struct rect all = {0, 0, canvas_rows(canvas), canvas_columns(canvas)};
	return canvas_mirror(canvas, all, event->column, 1);
}

/* Whether the mouse is on the border behind a pane. */
static bool is_edge(const struct ui *ui, enum pane pane, const struct mouse_event *event)
{
	struct rect feeds = panes_rect(ui, PANE_FEEDS), list = panes_rect(ui, PANE_HEADLINES);
	int column = column_of(ui, event);
	if (pane == PANE_FEEDS)
		return column == feeds.columns;
	if (ui->panes.form.layout == PANES_STACKED)
		return column > feeds.columns && event->row == list.row + list.rows;
	return column == feeds.columns + 1 + list.columns;
}

/* The smallest share that is so much of the whole. */
static int share_of(int part, int all)
{
	return (part * WHOLE + all - 1) / all;
}

static void drag(struct ui *ui, const struct mouse_event *event)
{
	const struct canvas *canvas = screen_canvas(ui->screen);
	struct panes *panes = &ui->panes;
	struct panes_form form = panes->form;
	int columns = canvas_columns(canvas), column = column_of(ui, event);
	if (panes->dragged == PANE_FEEDS)
		form.shares.feeds = share_of(column, columns);
	else if (form.layout == PANES_STACKED)
		form.shares.rows = share_of(event->row, canvas_rows(canvas) - 1);
	else
		form.shares.headlines =
			share_of(column - panes_rect(ui, PANE_FEEDS).columns - 1, columns);
	panes->moved = true;
	panes_use_form(panes, &form);
	panes_lay_out(ui);
}

/* A border is taken hold of, or let go; one that was not moved is but the title of a pane. */
static bool takes_border(struct ui *ui, const struct mouse_event *event)
{
	struct panes *panes = &ui->panes;
	if (event->kind == MOUSE_DRAG && panes->dragging) {
		drag(ui, event);
		return true;
	}
	if (event->kind == MOUSE_RELEASE && panes->dragging) {
		panes->dragging = false;
		if (!panes->moved && panes_at(ui, event->row, event->column) == PANE_ARTICLE)
			panes_focus(ui, PANE_ARTICLE);
		return true;
	}
	panes->dragging = false;
	for (enum pane pane = PANE_FEEDS; event->kind == MOUSE_PRESS && pane < PANE_ARTICLE; pane++) {
		if (!is_edge(ui, pane, event))
			continue;
		panes->dragging = true;
		panes->moved = false;
		panes->dragged = pane;
		return true;
	}
	return false;
}

/* The pane below the mouse gets the focus; in a list the row that is clicked on is selected. */
static void enter(struct ui *ui, enum pane pane, const struct mouse_event *event)
{
	if (!panes_focus(ui, pane) || pane == PANE_ARTICLE)
		return;
	struct view *top = ui->stack[ui->depth - 1];
	ui->panes.entering = true;
	top->kind->mouse(top, ui, event);
	ui->panes.entering = false;
}

struct view *panes_mouse(struct ui *ui, const struct mouse_event *event)
{
	struct view *top = ui->stack[ui->depth - 1];
	if (!panes_are_shown(ui)) {
		ui->panes.dragging = false;
		return top;
	}
	if (takes_border(ui, event))
		return NULL;
	enum pane pane = panes_at(ui, event->row, event->column);
	struct view *view = pane < PANE_COUNT ? panes_view(ui, pane) : NULL;
	if (view == top || event->kind == MOUSE_DRAG || event->kind == MOUSE_RELEASE)
		return top;
	if (pointing_wheel(event) != 0) {
		ui->panes.rolled |= pane == PANE_ARTICLE;
		return view;
	}
	if (pane < PANE_COUNT)
		enter(ui, pane, event);
	return NULL;
}
