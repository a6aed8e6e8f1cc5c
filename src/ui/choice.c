#include "ui/choice.h"

#include "base/message.h"
#include "base/utf8.h"
#include "ui/plain.h"
#include "ui/pointing.h"
#include "ui/scroll.h"

#include <stdlib.h>

struct choice_view {
	struct view view;
	const struct choice_kind *kind;
	void *user;
	struct scroll scroll;
};

/* The note has up to half of a wide row, at the side where the text ends. */
static int draw_line(struct canvas *canvas, struct rect row, const struct choice_line *line)
{
	enum { ROOM_FOR_NOTE = 60, GAP = 2 };
	bool rtl = line->direction == TEXT_RTL;
	int note = row.columns >= ROOM_FOR_NOTE ? (int)utf8_length(buffer_view(&line->note)) : 0;
	if (note > row.columns / 2)
		note = row.columns / 2;
	int indent = line->indent < row.columns / 2 ? line->indent : row.columns / 2;
	int used = note > 0 ? note + GAP : 0;
	struct field field = {.fallback = line->direction, .align = rtl ? ALIGN_RIGHT : ALIGN_LEFT};
	int column = rtl ? row.column + used : row.column + indent;
	if (canvas_text(canvas, row.row, column, row.columns - indent - used,
		    buffer_view(&line->text), &field) < 0)
		return -1;
	if (note == 0)
		return 0;
	field = (struct field){
		.direction = TEXT_LTR, .align = rtl ? ALIGN_LEFT : ALIGN_RIGHT, .style = ROLE_META};
	column = rtl ? row.column : row.column + row.columns - note;
	return canvas_text(canvas, row.row, column, note, buffer_view(&line->note), &field);
}

static void draw_plain(
	struct canvas *canvas, struct rect row, const struct choice_line *line, bool selected)
{
	struct plain_row out = plain_start(canvas, row, selected);
	const struct field text = {.fallback = line->direction};
	const struct field note = {.direction = TEXT_LTR, .style = ROLE_META};
	plain_indent(&out, line->indent < row.columns / 2 ? line->indent : row.columns / 2);
	plain_word(&out, buffer_view(&line->text), &text);
	plain_item(&out, buffer_view(&line->note), &note);
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct choice_view *v = (struct choice_view *)view;
	for (int i = 0; i < area.rows && v->scroll.top + i < v->scroll.count; i++) {
		struct choice_line line = {0};
		long index = v->scroll.top + i;
		v->kind->write(v->user, index, &line);
		int margin = ui->look.plain ? 0 : 1;
		struct rect row = {
			area.row + i, area.column + margin, 1, area.columns - 2 * margin};
		if (ui->look.plain)
			draw_plain(canvas, row, &line, index == v->scroll.selected);
		else
			draw_line(canvas, row, &line);
		if (index == v->scroll.selected)
			canvas_overlay(canvas, (struct rect){row.row, area.column, 1, area.columns},
				STYLE_SELECTED);
		buffer_free(&line.text);
		buffer_free(&line.note);
	}
}

static void title(struct view *view, struct ui *ui, struct buffer *out)
{
	(void)ui;
	buffer_str(out, str_of(_(((struct choice_view *)view)->kind->title)));
}

static void status(struct view *view, struct ui *ui, struct buffer *out)
{
	const struct choice_view *v = (const struct choice_view *)view;
	(void)ui;
	buffer_printf(out, "%ld/%ld", v->scroll.selected + 1, v->scroll.count);
}

static bool act(struct view *view, struct ui *ui, enum action action)
{
	struct choice_view *v = (struct choice_view *)view;
	if (scroll_act(&v->scroll, action, ui_area(ui).rows))
		return true;
	if (action == ACTION_OPEN || action == ACTION_FOLLOW) {
		const struct choice_kind *kind = v->kind;
		void *user = v->user;
		long index = v->scroll.selected;
		ui_pop(ui);
		kind->choose(user, ui, index);
		return true;
	}
	return v->kind->act && v->kind->act(v->user, ui, v->scroll.selected, action);
}

static void refresh(struct view *view, struct ui *ui)
{
	scroll_fit(&((struct choice_view *)view)->scroll, ui_area(ui).rows);
}

static bool mouse(struct view *view, struct ui *ui, const struct mouse_event *event)
{
	struct choice_view *v = (struct choice_view *)view;
	return pointing_list(
		ui, &v->scroll, event, ui_area(ui), 1, ACTION_OPEN);
}

static void close_view(struct view *view, struct ui *ui)
{
	(void)ui;
	free(view);
}

static const struct view_kind CHOICE_VIEW = {
	.keys = IN_CHOICE,
	.title = title,
	.status = status,
	.draw = draw,
	.act = act,
	.mouse = mouse,
	.refresh = refresh,
	.close = close_view,
};

struct view *choice_view_new(
	struct ui *ui, const struct choice_kind *kind, void *user, long count, long selected)
{
	struct choice_view *v = calloc(1, sizeof *v);
	if (!v)
		return NULL;
	*v = (struct choice_view){.view = {&CHOICE_VIEW}, .kind = kind, .user = user};
	v->scroll = (struct scroll){.count = count, .selected = selected};
	refresh(&v->view, ui);
	return &v->view;
}
