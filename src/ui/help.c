/* The keys of the view one came from, made from the key table. */
#include "ui/scroll.h"
#include "ui/view.h"

#include <stdlib.h>

struct help_view {
	struct view view;
	enum key_view keys; /* of the view it explains */
	struct scroll scroll;
};

/* The names of all keys of an action: "j, Down". */
static void write_keys(struct buffer *out, const struct ui *ui, enum key_view keys,
		enum action action)
{
	for (const struct binding *b = ui->keymap->bindings; b->action != ACTION_NONE; b++) {
		if (b->action != action || !(b->views & keys))
			continue;
		if (out->len > 0)
			buffer_str(out, STR(", "));
		key_name(out, b->key);
	}
}

static bool is_bound(const struct ui *ui, enum key_view keys, enum action action)
{
	for (const struct binding *b = ui->keymap->bindings; b->action != ACTION_NONE; b++) {
		if (b->action == action && b->views & keys)
			return true;
	}
	return false;
}

static void title(struct view *view, struct ui *ui, struct buffer *out)
{
	(void)view;
	buffer_printf(out, "Keys: %s", ui->keymap->name);
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	enum { KEY_CELLS = 24, NARROW_KEY_CELLS = 14, ROOM_FOR_KEYS = 60, GAP = 2 };
	struct help_view *v = (struct help_view *)view;
	int key_cells = area.columns >= ROOM_FOR_KEYS ? KEY_CELLS : NARROW_KEY_CELLS;
	long line = 0;
	for (enum action action = 1; action < ACTION_COUNT; action++) {
		if (!is_bound(ui, v->keys, action))
			continue;
		long row = line++ - v->scroll.top;
		if (row < 0 || row >= area.rows)
			continue;
		struct buffer keys = {0};
		write_keys(&keys, ui, v->keys, action);
		struct field field = {.direction = TEXT_LTR, .style = ROLE_KEY};
		canvas_text(canvas, area.row + (int)row, area.column + 1, key_cells,
				buffer_view(&keys), &field);
		buffer_free(&keys);
		int column = area.column + 1 + key_cells + GAP;
		field.style = ROLE_NORMAL;
		canvas_text(canvas, area.row + (int)row, column,
				area.column + area.columns - column, str_of(action_text(action)),
				&field);
	}
}

static void refresh(struct view *view, struct ui *ui)
{
	struct help_view *v = (struct help_view *)view;
	long rows = ui_area(ui).rows;
	long lines = 0;
	for (enum action action = 1; action < ACTION_COUNT; action++)
		lines += is_bound(ui, v->keys, action);
	/* Only the top counts: the selection is kept on the first visible line. */
	v->scroll.count = lines > rows ? lines - rows + 1 : 1;
	scroll_fit(&v->scroll, 1);
}

static bool act(struct view *view, struct ui *ui, enum action action)
{
	struct help_view *v = (struct help_view *)view;
	long page = ui_area(ui).rows;
	long before = v->scroll.selected;
	if (action == ACTION_HELP) {
		ui_pop(ui);
		return true;
	}
	if (!scroll_act(&v->scroll, action, 1))
		return false;
	if (action == ACTION_PAGE_DOWN || action == ACTION_PAGE_UP)
		v->scroll.selected = before + (action == ACTION_PAGE_DOWN ? page : -page);
	scroll_fit(&v->scroll, 1);
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
