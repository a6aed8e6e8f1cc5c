#include "ui/form.h"

#include "base/message.h"
#include "base/utf8.h"
#include "ui/plain.h"
#include "ui/pointing.h"
#include "ui/scroll.h"
#include "ui/wrap.h"

#include <stdlib.h>

struct form_view {
	struct view view;
	struct form_options options;
	struct form_field fields[FORM_FIELDS];
	struct buffer texts[FORM_FIELDS], title;
	struct scroll scroll;
	bool changed;
	struct buffer told; /* of the values */
	bool told_good, told_known;
};

static void read_values(const struct form_view *v, struct form_value values[FORM_FIELDS])
{
	for (size_t i = 0; i < v->options.count; i++)
		values[i] = (struct form_value){buffer_view(&v->texts[i]), v->fields[i].choice};
}

static struct form_field *selected(struct form_view *v)
{
	return &v->fields[v->scroll.selected];
}

static void note_change(struct form_view *v)
{
	v->changed = true;
	v->told_known = false;
}

/* ---- drawing ---- */

static struct str shown_value(const struct form_view *v, size_t at, style_t *style)
{
	const struct form_field *f = &v->fields[at];
	*style = f->fixed ? ROLE_META : ROLE_NORMAL;
	if (f->kind == FORM_CHOICE)
		return str_of(_(f->choices[f->choice]));
	if (v->texts[at].len > 0 || !f->empty)
		return buffer_view(&v->texts[at]);
	*style = ROLE_META;
	return str_of(_(f->empty));
}

/* The widest label, up to a third of the row. */
static int label_cells(const struct form_view *v, int columns)
{
	int most = 0;
	for (size_t i = 0; i < v->options.count; i++) {
		int cells = (int)utf8_length(str_of(_(v->fields[i].label)));
		most = cells > most ? cells : most;
	}
	return most < columns / 3 ? most : columns / 3;
}

static void draw_field(
	const struct form_view *v, struct canvas *canvas, struct rect row, size_t at, int label)
{
	enum { GAP = 2, ROOM_FOR_NOTE = 50 };
	const struct form_field *f = &v->fields[at];
	const char *note = f->fixed ? f->fixed : f->note;
	const struct rect whole = row;
	struct field field = {.align = ALIGN_START, .style = ROLE_KEY};
	canvas_text(canvas, row.row, canvas_mirror(canvas, whole, row.column, label), label,
		str_of(_(f->label)), &field);
	row.column += label + GAP;
	row.columns -= label + GAP;
	int cells = note && row.columns >= ROOM_FOR_NOTE / 2 ? (int)utf8_length(str_of(_(note))) : 0;
	if (cells > row.columns / 2)
		cells = row.columns / 2;
	if (cells > 0) {
		field = (struct field){.align = ALIGN_END, .style = ROLE_META};
		canvas_text(canvas, row.row,
			canvas_mirror(canvas, whole, row.column + row.columns - cells, cells), cells,
			str_of(_(note)), &field);
		row.columns -= cells + GAP;
	}
	if (row.columns <= 0)
		return;
	field = (struct field){.align = ALIGN_START};
	style_t style;
	struct str text = shown_value(v, at, &style);
	field.style = style;
	canvas_text(canvas, row.row, canvas_mirror(canvas, whole, row.column, row.columns),
		row.columns, text, &field);
}

static void draw_plain(
	const struct form_view *v, struct canvas *canvas, struct rect row, size_t at)
{
	const struct form_field *f = &v->fields[at];
	const char *note = f->fixed ? f->fixed : f->note;
	struct plain_row out = plain_start(canvas, row, (long)at == v->scroll.selected);
	struct buffer label = {0};
	struct field field = {.style = ROLE_KEY};
	buffer_printf(&label, "%s:", _(f->label));
	plain_word(&out, buffer_view(&label), &field);
	struct str text = shown_value(v, at, &field.style);
	plain_word(&out, text, &field);
	field.style = ROLE_META;
	if (note)
		plain_item(&out, str_of(_(note)), &field);
	buffer_free(&label);
}

static void tell(struct form_view *v, struct ui *ui)
{
	struct form_value values[FORM_FIELDS];
	if (v->told_known || !v->options.describe)
		return;
	read_values(v, values);
	buffer_clear(&v->told);
	v->told_good = v->options.describe(ui, v->options.user, values, &v->told);
	v->told_known = true;
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct form_view *v = (struct form_view *)view;
	int label = label_cells(v, area.columns);
	scroll_fit(&v->scroll, area.rows);
	int shown = 0;
	for (; shown < area.rows && v->scroll.top + shown < v->scroll.count; shown++) {
		long at = v->scroll.top + shown;
		struct rect row = {area.row + shown, area.column + 1, 1, area.columns - 2};
		if (ui->look.plain)
			draw_plain(v, canvas, (struct rect){row.row, area.column, 1, area.columns},
				(size_t)at);
		else
			draw_field(v, canvas, row, (size_t)at, label);
		if (at == v->scroll.selected)
			canvas_overlay(canvas,
				(struct rect){row.row, area.column, 1, area.columns},
				STYLE_SELECTED);
	}
	tell(v, ui);
	struct rect below = {area.row, area.column + 1, area.rows, area.columns - 2};
	if (shown + 1 < area.rows && below.columns > 0)
		wrap_text(canvas, below, shown + 1, buffer_view(&v->told),
			v->told_good ? ROLE_META : ROLE_ERROR);
}

static void title(struct view *view, struct ui *ui, struct buffer *out)
{
	(void)ui;
	buffer_str(out, buffer_view(&((struct form_view *)view)->title));
}

static void status(struct view *view, struct ui *ui, struct buffer *out)
{
	struct buffer key = {0};
	const struct form_view *v = (const struct form_view *)view;
	if (v->changed && ui_key(ui, view, ACTION_FORM_SAVE, &key))
		buffer_printf(out, _("%s saves"), key.data ? key.data : "");
	buffer_free(&key);
}

/* ---- changing ---- */

static bool take_text(struct ui *ui, void *user, struct str text)
{
	struct form_view *v = user;
	struct buffer *value = &v->texts[v->scroll.selected];
	(void)ui;
	text = str_trim(text);
	if (!str_equal(text, buffer_view(value)))
		note_change(v);
	buffer_clear(value);
	buffer_str(value, text);
	return true;
}

/* The digit of a character: ASCII, Arabic-Indic or extended Arabic-Indic; -1 none. */
static int digit_of(uint32_t code_point)
{
	static const uint32_t zeros[] = {'0', 0x660, 0x6F0};
	for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) {
		if (code_point >= zeros[i] && code_point <= zeros[i] + 9)
			return (int)(code_point - zeros[i]);
	}
	return -1;
}

static bool is_digit(uint32_t code_point)
{
	return digit_of(code_point) >= 0;
}

static bool take_number(struct ui *ui, void *user, struct str text)
{
	struct buffer digits = {0};
	for (size_t at = 0; at < text.len;) {
		uint32_t code_point;
		at += utf8_decode(text.ptr + at, text.len - at, &code_point);
		if (is_digit(code_point))
			buffer_byte(&digits, (char)('0' + digit_of(code_point)));
	}
	bool done = take_text(ui, user, buffer_view(&digits));
	buffer_free(&digits);
	return done;
}

static void change(struct form_view *v, struct ui *ui)
{
	struct form_field *f = selected(v);
	if (f->fixed) {
		ui_say(ui, "%s", _(f->fixed));
		return;
	}
	if (f->kind == FORM_CHOICE) {
		f->choice = f->choices[f->choice + 1] ? f->choice + 1 : 0;
		note_change(v);
		return;
	}
	bool number = f->kind == FORM_NUMBER;
	const struct prompt_options options = {
		.kind = f->prompt,
		.question = str_of(_(f->label)),
		.initial = buffer_view(&v->texts[v->scroll.selected]),
		.takes = number ? is_digit : NULL,
		.done = number ? take_number : take_text,
		.user = v,
	};
	prompt_open(ui, &options);
}

static void save(struct form_view *v, struct ui *ui)
{
	struct form_value values[FORM_FIELDS];
	size_t wrong = (size_t)v->scroll.selected;
	for (size_t i = 0; i < v->options.count; i++) {
		if (v->texts[i].failed) {
			ui_say(ui, "%s", _("Out of memory"));
			return;
		}
	}
	read_values(v, values);
	if (v->options.save(ui, v->options.user, values, &wrong))
		ui_pop(ui);
	else if (wrong < v->options.count)
		v->scroll.selected = (long)wrong;
}

/* What was changed is not lost by one key. */
static bool intercept(struct view *view, struct ui *ui, enum action action)
{
	const struct form_view *v = (const struct form_view *)view;
	return action == ACTION_BACK && v->changed &&
	       !ui_confirm(ui, ACTION_BACK, _("Leave it as it was?"));
}

static bool act(struct view *view, struct ui *ui, enum action action)
{
	struct form_view *v = (struct form_view *)view;
	if (scroll_act(&v->scroll, action, ui_area(ui).rows))
		return true;
	if (action == ACTION_OPEN || action == ACTION_CHANGE)
		change(v, ui);
	else if (action == ACTION_FORM_SAVE)
		save(v, ui);
	else
		return false;
	return true;
}

static void refresh(struct view *view, struct ui *ui)
{
	scroll_fit(&((struct form_view *)view)->scroll, ui_area(ui).rows);
}

static bool mouse(struct view *view, struct ui *ui, const struct mouse_event *event)
{
	struct form_view *v = (struct form_view *)view;
	return pointing_list(
		ui, &v->scroll, event, ui_area(ui), 1, ACTION_OPEN);
}

static void close_view(struct view *view, struct ui *ui)
{
	struct form_view *v = (struct form_view *)view;
	(void)ui;
	if (v->options.closed)
		v->options.closed(v->options.user);
	for (size_t i = 0; i < FORM_FIELDS; i++)
		buffer_free(&v->texts[i]);
	buffer_free(&v->title);
	buffer_free(&v->told);
	free(v);
}

static const struct view_kind FORM_VIEW = {
	.keys = IN_FORM,
	.opens = N_("change"),
	.title = title,
	.status = status,
	.draw = draw,
	.intercept = intercept,
	.act = act,
	.mouse = mouse,
	.refresh = refresh,
	.close = close_view,
};

void form_open(struct ui *ui, const struct form_options *options)
{
	struct form_view *v = calloc(1, sizeof *v);
	if (!v) {
		if (options->closed)
			options->closed(options->user);
		ui_say(ui, "%s", _("Out of memory"));
		return;
	}
	v->view.kind = &FORM_VIEW;
	v->options = *options;
	buffer_str(&v->title, options->title);
	for (size_t i = 0; i < options->count; i++) {
		v->fields[i] = options->fields[i];
		buffer_str(&v->texts[i], options->fields[i].text);
	}
	v->scroll = (struct scroll){.count = (long)options->count, .selected = (long)options->first};
	ui_push(ui, &v->view);
}
