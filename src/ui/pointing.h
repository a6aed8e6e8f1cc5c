/*
 * What the mouse does: a click selects, a second one opens, the wheel scrolls, the right button
 * goes back.  The wheel only shows: it marks nothing read and leads to no other article.
 */
#ifndef KHABAR_UI_POINTING_H
#define KHABAR_UI_POINTING_H

#include "ui/scroll.h"
#include "ui/view.h"

enum { POINTING_ROWS = 3 /* that the wheel scrolls at a time */ };

/*
 * Hands what the mouse did to the top view, or that of the pane below it (ui/panes.h), or to the
 * text that is asked for.
 */
void pointing_take(struct ui *ui, const struct mouse_event *event);

/*
 * For a view of rows, each item `height` rows high from the top of the area on: selects what is
 * clicked on, or, where it is selected already, does `action`, after which the view may be gone.
 * The wheel moves what is in view, and the selection only as far as to stay there.  False: it
 * means nothing.
 */
bool pointing_list(struct ui *ui, struct scroll *scroll, const struct mouse_event *event,
	struct rect area, int height, enum action action);

/* For a view of lines: the wheel is several ACTION_UP or ACTION_DOWN.  A view_kind's `mouse`. */
bool pointing_lines(struct view *view, struct ui *ui, const struct mouse_event *event);

/* -1 for the wheel up, 1 for down, else 0. */
int pointing_wheel(const struct mouse_event *event);

#endif
