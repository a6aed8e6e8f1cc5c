#include "ui/messages.h"

#include "base/message.h"
#include "ui/pointing.h"
#include "ui/scroll.h"
#include "ui/view.h"
#include "ui/wrap.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct message {
	int64_t at; /* Unix seconds */
	bool error;
	char *text; /* owned */
};

struct messages {
	struct message items[MESSAGES_MOST]; /* a ring */
	size_t first, count;
};

static struct message *message_at(struct messages *m, size_t i)
{
	return &m->items[(m->first + i) % MESSAGES_MOST];
}

/* Room for one more behind the last; the first goes when all is taken. */
static struct message *make_room(struct messages *m)
{
	if (m->count == MESSAGES_MOST) {
		free(message_at(m, 0)->text);
		m->first = (m->first + 1) % MESSAGES_MOST;
		m->count--;
	}
	return message_at(m, m->count++);
}

void messages_note(struct ui *ui)
{
	struct messages *m = ui->messages;
	struct str text = buffer_view(&ui->message);
	if (!m)
		m = ui->messages = calloc(1, sizeof *m);
	if (!m || text.len == 0)
		return;
	struct message *last = m->count > 0 ? message_at(m, m->count - 1) : NULL;
	if (last && str_equal(str_of(last->text), text)) {
		last->at = (int64_t)time(NULL);
		return;
	}
	char *copy = str_dup(text);
	if (copy)
		*make_room(m) = (struct message){.at = (int64_t)time(NULL), .text = copy};
}

void messages_mark_error(struct ui *ui)
{
	if (ui->messages && ui->messages->count > 0)
		message_at(ui->messages, ui->messages->count - 1)->error = true;
}

void messages_free(struct messages *m)
{
	for (size_t i = 0; m && i < m->count; i++)
		free(message_at(m, i)->text);
	free(m);
}

/* ---- the view ---- */

struct messages_view {
	struct view view;
	long top, lines;
};

/* The time, the mark of an error, the text over as many rows as it takes. */
static int draw_message(
	struct ui *ui, struct rect area, int row, const struct message *message)
{
	struct canvas *canvas = screen_canvas(ui->screen);
	enum { MARGIN = 1, DATE_CELLS = 11, MARK_CELLS = 2 };
	struct buffer date = {0};
	const struct field field = {.direction = TEXT_LTR, .align = ALIGN_LEFT, .style = ROLE_META};
	struct rect text = area;
	text.column += MARGIN + DATE_CELLS + MARK_CELLS;
	text.columns -= 2 * MARGIN + DATE_CELLS + MARK_CELLS;
	if (text.columns < 1)
		return 0;
	dates_day(ui->dates, &date, message->at, (int64_t)time(NULL));
	if (row >= 0 && row < area.rows) {
		canvas_text(canvas, area.row + row, area.column + MARGIN, DATE_CELLS,
			buffer_view(&date), &field);
		const struct field mark = {.style = ROLE_ERROR};
		if (message->error)
			canvas_text(canvas, area.row + row, area.column + MARGIN + DATE_CELLS, 1,
				STR("!"), &mark);
	}
	buffer_free(&date);
	return wrap_words(canvas, text, row, str_of(message->text),
		message->error ? ROLE_ERROR : ROLE_NORMAL);
}

/* Draws what is in view; returns how many rows all of them take. */
static long draw_all(const struct messages_view *v, struct ui *ui, struct rect area)
{
	long line = 0;
	for (size_t i = 0; ui->messages && i < ui->messages->count; i++) {
		int rows = draw_message(
			ui, area, (int)(line - v->top), message_at(ui->messages, i));
		line += rows > 0 ? rows : 0;
	}
	return line;
}

static void title(struct view *view, struct ui *ui, struct buffer *out)
{
	(void)view, (void)ui;
	buffer_str(out, str_of(_("Messages")));
}

static void status(struct view *view, struct ui *ui, struct buffer *out)
{
	const struct messages_view *v = (const struct messages_view *)view;
	long last = v->top + ui_area(ui).rows;
	if (v->lines > 0)
		buffer_printf(out, "%ld-%ld/%ld", v->top + 1, last < v->lines ? last : v->lines,
			v->lines);
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct messages_view *v = (struct messages_view *)view;
	v->lines = draw_all(v, ui, area);
	if (v->lines > 0)
		return;
	const struct field field = {.align = ALIGN_CENTRE, .style = ROLE_META};
	canvas_text(canvas, area.row + area.rows / 3, area.column, area.columns,
		str_of(_("Nothing was said yet")), &field);
}

static void keep_in_view(struct messages_view *v, const struct ui *ui)
{
	/* Plain, every line comes to the top, where the cursor is. */
	long most = v->lines - (ui->look.plain ? 1 : ui_area(ui).rows);
	if (v->top > most)
		v->top = most;
	if (v->top < 0)
		v->top = 0;
}

static void refresh(struct view *view, struct ui *ui)
{
	struct messages_view *v = (struct messages_view *)view;
	struct rect none = ui_area(ui);
	none.rows = 0;
	v->lines = draw_all(v, ui, none);
	keep_in_view(v, ui);
}

static bool act(struct view *view, struct ui *ui, enum action action)
{
	struct messages_view *v = (struct messages_view *)view;
	if (action == ACTION_MESSAGES) {
		ui_pop(ui);
		return true;
	}
	struct scroll scroll = {.count = v->lines, .selected = v->top, .top = v->top};
	if (!scroll_act(&scroll, action, ui_area(ui).rows))
		return false;
	v->top = scroll.selected;
	keep_in_view(v, ui);
	return true;
}

static void close_view(struct view *view, struct ui *ui)
{
	(void)ui;
	free(view);
}

static const struct view_kind MESSAGES_VIEW = {
	.keys = IN_HELP,
	.title = title,
	.status = status,
	.draw = draw,
	.act = act,
	.mouse = pointing_lines,
	.refresh = refresh,
	.close = close_view,
};

struct view *messages_view_new(struct ui *ui)
{
	struct messages_view *v = calloc(1, sizeof *v);
	if (!v)
		return NULL;
	v->view.kind = &MESSAGES_VIEW;
	refresh(&v->view, ui);
	v->top = v->lines; /* the latest is in view */
	keep_in_view(v, ui);
	return &v->view;
}
