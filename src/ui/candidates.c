/* Feeds to choose from: those of a page, or those to start with. */
#include "base/message.h"
#include "ui/adding.h"
#include "ui/plain.h"
#include "ui/pointing.h"
#include "ui/scroll.h"
#include "ui/view.h"

#include <stdlib.h>

struct candidates_view {
	struct view view;
	struct scroll scroll;
	struct candidates candidates;
	struct str name; /* static */
};

static struct candidate *row_at(struct candidates_view *v, long index)
{
	return &v->candidates.items[index];
}

static size_t count_chosen(const struct candidates_view *v)
{
	size_t chosen = 0;
	for (size_t i = 0; i < v->candidates.count; i++)
		chosen += v->candidates.items[i].chosen && v->candidates.items[i].url[0];
	return chosen;
}

static void title(struct view *view, struct ui *ui, struct buffer *out)
{
	(void)ui;
	buffer_str(out, ((struct candidates_view *)view)->name);
}

static void status(struct view *view, struct ui *ui, struct buffer *out)
{
	(void)ui;
	size_t chosen = count_chosen((struct candidates_view *)view);
	buffer_printf(out, ngettext("%zu chosen", "%zu chosen", chosen), chosen);
}

static void draw_row(struct canvas *canvas, struct rect area, const struct candidate *candidate)
{
	enum { MARK_CELLS = 4, ROOM_FOR_URL = 60, CHECK = 0x2713 };
	int column = area.column + MARK_CELLS, columns = area.columns - MARK_CELLS;
	if (!candidate->url[0]) {
		struct field heading = {.align = ALIGN_LEFT, .style = ROLE_TITLE};
		canvas_text(canvas, area.row, area.column + 1, area.columns - 1,
			str_of(candidate->title), &heading);
		return;
	}
	struct str name = str_of(candidate->title[0] ? candidate->title : candidate->url);
	int name_columns = columns;
	if (columns >= ROOM_FOR_URL && candidate->title[0]) {
		name_columns = columns / 3;
		struct field url = {.direction = TEXT_LTR, .align = ALIGN_LEFT, .style = ROLE_META};
		canvas_text(canvas, area.row, column + name_columns + 1, columns - name_columns - 1,
			str_of(candidate->url), &url);
	}
	canvas_sign(
		canvas, area.row, area.column + 1, 1, candidate->chosen ? CHECK : ' ', ROLE_MARK);
	struct field field = {
		.align = ALIGN_LEFT, .style = candidate->chosen ? ROLE_UNREAD : ROLE_NORMAL};
	canvas_text(canvas, area.row, column, name_columns, name, &field);
}

static void draw_plain(
	struct canvas *canvas, struct rect area, const struct candidate *candidate, bool selected)
{
	struct plain_row out = plain_start(canvas, area, selected);
	struct field field = {.style = ROLE_MARK};
	if (candidate->chosen)
		plain_word(&out, str_of(_("chosen")), &field);
	field.style = candidate->url[0] ? ROLE_NORMAL : ROLE_TITLE;
	plain_word(&out, str_of(candidate->title), &field);
	field = (struct field){.direction = TEXT_LTR, .style = ROLE_META};
	plain_item(&out, str_of(candidate->url), &field);
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct candidates_view *v = (struct candidates_view *)view;
	scroll_fit(&v->scroll, area.rows);
	for (int i = 0; i < area.rows && v->scroll.top + i < v->scroll.count; i++) {
		long index = v->scroll.top + i;
		struct rect row = {area.row + i, area.column, 1, area.columns};
		if (ui->look.plain)
			draw_plain(canvas, row, row_at(v, index), index == v->scroll.selected);
		else
			draw_row(canvas, row, row_at(v, index));
		if (index == v->scroll.selected)
			canvas_overlay(canvas, row, STYLE_SELECTED);
	}
}

/* A heading stands for all below it. */
static void choose(struct candidates_view *v)
{
	struct candidate *here = row_at(v, v->scroll.selected);
	bool chosen = !here->chosen;
	here->chosen = chosen;
	if (here->url[0])
		return;
	for (size_t i = (size_t)v->scroll.selected + 1;
		i < v->candidates.count && v->candidates.items[i].url[0]; i++)
		v->candidates.items[i].chosen = chosen;
}

static void take(struct candidates_view *v, struct ui *ui)
{
	if (count_chosen(v) == 0)
		choose(v);
	struct candidates candidates = v->candidates;
	v->candidates = (struct candidates){0};
	v->scroll = (struct scroll){0};
	ui_pop(ui);
	adding_subscribe(ui, &candidates);
	candidates_free(&candidates);
}

static bool act(struct view *view, struct ui *ui, enum action action)
{
	struct candidates_view *v = (struct candidates_view *)view;
	long rows = ui_area(ui).rows;
	if (scroll_act(&v->scroll, action, rows))
		return true;
	if (action == ACTION_CHOOSE) {
		choose(v);
		scroll_act(&v->scroll, ACTION_DOWN, rows);
		return true;
	}
	if (action == ACTION_OPEN)
		take(v, ui);
	return action == ACTION_OPEN;
}

static bool mouse(struct view *view, struct ui *ui, const struct mouse_event *event)
{
	struct candidates_view *v = (struct candidates_view *)view;
	return pointing_list(
		ui, &v->scroll, event, ui_area(ui), 1, ACTION_CHOOSE);
}

static void close_view(struct view *view, struct ui *ui)
{
	struct candidates_view *v = (struct candidates_view *)view;
	(void)ui;
	candidates_free(&v->candidates);
	free(v);
}

static const struct view_kind CANDIDATES_VIEW = {
	.keys = IN_CANDIDATES,
	.opens = N_("add"),
	.title = title,
	.status = status,
	.draw = draw,
	.act = act,
	.mouse = mouse,
	.close = close_view,
};

struct view *candidates_view_new(struct ui *ui, struct candidates *candidates, struct str name)
{
	struct candidates_view *v = calloc(1, sizeof *v);
	(void)ui;
	if (!v)
		return NULL;
	v->view.kind = &CANDIDATES_VIEW;
	v->candidates = *candidates;
	*candidates = (struct candidates){0};
	v->name = name;
	v->scroll.count = (long)v->candidates.count;
	return &v->view;
}
