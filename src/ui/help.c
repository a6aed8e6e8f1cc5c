/* The keys of the view one came from, made from the key table. */
#include "ui/scroll.h"
#include "ui/view.h"
#include "ui/wrap.h"

#include <stdlib.h>

struct help_view {
	struct view view;
	enum key_view keys; /* of the view it explains */
	long top, lines;
};

/* The names of all keys of an action: "j, Down".  False when it has none. */
static bool write_keys(
	struct buffer *out, const struct ui *ui, enum key_view keys, enum action action)
{
	for (const struct binding *b = ui->keymap->bindings; b->action != ACTION_NONE; b++) {
		if (b->action != action || !(b->views & keys))
			continue;
		if (out->len > 0)
			buffer_str(out, STR(", "));
		key_name(out, ui_eye_key(ui, b->key));
	}
	return out->len > 0;
}

/* Keys and what they do side by side, or one above the other where it is narrow. */
static int draw_entry(
	struct canvas *canvas, struct rect area, int row, struct str keys, const char *text)
{
	enum { KEY_CELLS = 22, MARGIN = 1, ROOM_FOR_TWO = 60, INDENT = 3 };
	bool wide = area.columns >= ROOM_FOR_TWO;
	struct rect left = area, right = area;
	left.column += MARGIN;
	left.columns = wide ? KEY_CELLS : area.columns - 2 * MARGIN;
	right.column += wide ? KEY_CELLS + 2 * MARGIN : INDENT;
	right.columns = area.column + area.columns - MARGIN - right.column;
	int key_rows = wrap_text(canvas, left, row, keys, ROLE_KEY);
	int text_row = wide ? row : row + key_rows;
	int text_rows = wrap_text(canvas, right, text_row, str_of(text), ROLE_NORMAL);
	if (key_rows < 0 || text_rows < 0)
		return -1;
	if (!wide)
		return key_rows + text_rows;
	return key_rows > text_rows ? key_rows : text_rows;
}

/* Draws what is in view of all entries; returns how many rows they take. */
static long draw_entries(
	struct help_view *v, struct ui *ui, struct canvas *canvas, struct rect area)
{
	long line = 0;
	for (enum action action = 1; action < ACTION_COUNT; action++) {
		struct buffer keys = {0};
		if (write_keys(&keys, ui, v->keys, action)) {
			int rows = draw_entry(canvas, area, (int)(line - v->top),
				buffer_view(&keys), action_text(action));
			line += rows > 0 ? rows : 0;
		}
		buffer_free(&keys);
	}
	return line;
}

static void title(struct view *view, struct ui *ui, struct buffer *out)
{
	(void)view;
	buffer_printf(out, "Keys: %s", ui->keymap->name);
}

static void status(struct view *view, struct ui *ui, struct buffer *out)
{
	const struct help_view *v = (const struct help_view *)view;
	long last = v->top + ui_area(ui).rows;
	buffer_printf(out, "%ld-%ld/%ld", v->top + 1, last < v->lines ? last : v->lines, v->lines);
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct help_view *v = (struct help_view *)view;
	v->lines = draw_entries(v, ui, canvas, area);
}

/* As much of the text as fits is shown: the last line does not leave the bottom. */
static void keep_in_view(struct help_view *v, const struct ui *ui)
{
	long most = v->lines - ui_area(ui).rows;
	if (v->top > most)
		v->top = most;
	if (v->top < 0)
		v->top = 0;
}

static void refresh(struct view *view, struct ui *ui)
{
	struct help_view *v = (struct help_view *)view;
	struct rect none = ui_area(ui);
	none.rows = 0;
	v->lines = draw_entries(v, ui, screen_canvas(ui->screen), none);
	keep_in_view(v, ui);
}

static bool act(struct view *view, struct ui *ui, enum action action)
{
	struct help_view *v = (struct help_view *)view;
	if (action == ACTION_HELP) {
		ui_pop(ui);
		return true;
	}
	/* The selection of a list of lines, of which only the top is used. */
	long rows = ui_area(ui).rows;
	struct scroll scroll = {.count = v->lines, .selected = v->top, .top = v->top};
	if (!scroll_act(&scroll, action, rows))
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

static const struct view_kind HELP_VIEW = {
	.keys = IN_HELP,
	.title = title,
	.status = status,
	.draw = draw,
	.act = act,
	.refresh = refresh,
	.close = close_view,
};

struct view *help_view_new(struct ui *ui, enum key_view keys)
{
	struct help_view *v = calloc(1, sizeof *v);
	if (!v)
		return NULL;
	v->view.kind = &HELP_VIEW;
	v->keys = keys;
	refresh(&v->view, ui);
	return &v->view;
}
