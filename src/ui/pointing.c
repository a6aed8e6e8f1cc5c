#include "ui/pointing.h"

int pointing_wheel(const struct mouse_event *event)
{
	return event->kind == MOUSE_WHEEL_UP ? -1 : event->kind == MOUSE_WHEEL_DOWN ? 1 : 0;
}

static bool is_inside(const struct mouse_event *event, struct rect area)
{
	return event->row >= area.row && event->row < area.row + area.rows &&
	       event->column >= area.column && event->column < area.column + area.columns;
}

bool pointing_list(struct ui *ui, struct scroll *scroll, const struct mouse_event *event,
	struct rect area, int height, enum action action)
{
	int wheel = pointing_wheel(event);
	long rows = area.rows / height;
	if (wheel != 0) {
		int items = (POINTING_ROWS + height - 1) / height;
		ui->asked = ACTION_NONE; /* it was about the row that was selected */
		scroll_roll(scroll, wheel * items, rows > 0 ? rows : 1);
		return true;
	}
	if (event->kind != MOUSE_PRESS || !is_inside(event, area))
		return false;
	long item = scroll->top + (event->row - area.row) / height;
	if (item >= scroll->count || item >= scroll->top + (rows > 0 ? rows : 1))
		return false;
	if (item == scroll->selected) {
		if (!ui->panes.entering)
			ui_perform(ui, action);
	} else {
		ui->asked = ACTION_NONE;
		scroll->selected = item;
	}
	return true;
}

bool pointing_lines(struct view *view, struct ui *ui, const struct mouse_event *event)
{
	int wheel = pointing_wheel(event);
	for (int i = 0; wheel != 0 && i < POINTING_ROWS; i++)
		view->kind->act(view, ui, wheel < 0 ? ACTION_UP : ACTION_DOWN);
	return wheel != 0;
}

void pointing_take(struct ui *ui, const struct mouse_event *event)
{
	struct view *view = ui->stack[ui->depth - 1];
	bool pressed = event->kind == MOUSE_PRESS || event->kind == MOUSE_BACK;
	if (ui->prompt && event->kind == MOUSE_PRESS)
		prompt_point(ui, event->row, event->column);
	if (ui->prompt || (!pressed && !view->kind->mouse))
		return;
	if (pressed) {
		ui_clear_message(ui);
		ui->typing = (struct typing){0};
	}
	/* It does not leave the reader: that is too much for a slip of the hand. */
	if (event->kind == MOUSE_BACK && ui->depth > 1)
		ui_perform(ui, ACTION_BACK);
	if (event->kind == MOUSE_BACK)
		return;
	view = panes_mouse(ui, event);
	if (view && view->kind->mouse)
		view->kind->mouse(view, ui, event);
}
