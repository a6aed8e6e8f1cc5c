/*
 * The keys: those of the view one came from, then those of all others, made from the key tables.
 * What is typed after "/" leaves only the lines that hold it, folded as in a search.
 */
#include "base/message.h"
#include "text/fold.h"
#include "ui/pointing.h"
#include "ui/scroll.h"
#include "ui/view.h"
#include "ui/wrap.h"

#include <stdlib.h>

struct help_view {
	struct view view;
	enum key_view keys; /* of the view it explains */
	struct buffer filter; /* words, folded; empty: all lines */
	long top, lines;
};

static const struct {
	enum key_view views;
	const char *name;
} PLACES[] = {{IN_FEEDS, N_("In the list of feeds")}, {IN_HEADLINES, N_("In lists of articles")},
	{IN_ARTICLE | IN_FINDING, N_("In an article")},
	{IN_CHOICE, N_("In lists of links and headings")},
	{IN_CANDIDATES, N_("Among feeds to choose from")},
	{IN_FAILING, N_("Among feeds that cannot be fetched")}, {IN_QUEUE, N_("Among downloads")},
	{IN_HELP | IN_KEYS, N_("In this help")}};

/* What is being drawn: rows that are in view, or only counted. */
struct drawing {
	struct help_view *v;
	struct ui *ui;
	struct canvas *canvas;
	struct rect area;
	long line;
};

/* ---- what is listed ------------------------------------------------------ */

static void write_sequence(struct buffer *out, const struct ui *ui, const struct sequence *s)
{
	for (int i = 0; i < s->key_count; i++) {
		if (i > 0)
			buffer_byte(out, ' ');
		key_name(out, ui_eye_key(ui, s->keys[i]));
	}
}

/* The names of all keys of an action: "j, Down, g j".  False when it has none. */
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
	for (size_t i = 0; i < ui->keymap->sequence_count; i++) {
		const struct sequence *s = &ui->keymap->sequences[i];
		if (s->action_count != 1 || s->actions[0] != action || !(s->views & keys))
			continue;
		if (out->len > 0)
			buffer_str(out, STR(", "));
		write_sequence(out, ui, s);
	}
	return out->len > 0;
}

static bool holds(struct str text, struct str folded)
{
	struct fold fold = {0};
	struct fold_hit hit;
	bool found = fold_text(text, &fold) == 0 && fold_find(&fold, folded, 0, &hit);
	fold_free(&fold);
	return found;
}

static bool is_wanted(const struct help_view *v, struct str keys, struct str text, const char *name)
{
	struct str filter = buffer_view(&v->filter);
	return filter.len == 0 || holds(keys, filter) || holds(text, filter) ||
	       holds(str_of(name), filter);
}

/* ---- drawing ------------------------------------------------------------- */

/* "j, Down: next line": one text. */
static int draw_plain(
	struct canvas *canvas, struct rect area, int row, struct str keys, struct str text)
{
	struct buffer line = {0};
	buffer_str(&line, keys);
	buffer_str(&line, STR(": \u2068"));
	buffer_str(&line, text);
	buffer_str(&line, STR("\u2069"));
	int rows = wrap_text(canvas, area, row, buffer_view(&line), ROLE_NORMAL);
	buffer_free(&line);
	return rows;
}

/* Keys and what they do side by side, or one above the other where it is narrow. */
static int draw_pair(
	struct canvas *canvas, struct rect area, int row, struct str keys, struct str text)
{
	enum { KEY_CELLS = 22, MARGIN = 1, ROOM_FOR_TWO = 60, INDENT = 3 };
	bool wide = area.columns >= ROOM_FOR_TWO;
	if (canvas_plain(canvas))
		return draw_plain(canvas, area, row, keys, text);
	struct rect left = area, right = area;
	left.column += MARGIN;
	left.columns = wide ? KEY_CELLS : area.columns - 2 * MARGIN;
	right.column += wide ? KEY_CELLS + 2 * MARGIN : INDENT;
	right.columns = area.column + area.columns - MARGIN - right.column;
	left.column = canvas_mirror(canvas, area, left.column, left.columns);
	right.column = canvas_mirror(canvas, area, right.column, right.columns);
	int key_rows = wrap_text(canvas, left, row, keys, ROLE_KEY);
	int text_row = wide ? row : row + key_rows;
	int text_rows = wrap_text(canvas, right, text_row, text, ROLE_NORMAL);
	if (key_rows < 0 || text_rows < 0)
		return -1;
	if (!wide)
		return key_rows + text_rows;
	return key_rows > text_rows ? key_rows : text_rows;
}

static void draw_entry(struct drawing *d, struct str keys, struct str text)
{
	int rows = draw_pair(d->canvas, d->area, (int)(d->line - d->v->top), keys, text);
	d->line += rows > 0 ? rows : 0;
}

static void draw_name(struct drawing *d, const char *name)
{
	const struct field field = {.align = ALIGN_START, .style = ROLE_META};
	long row = d->line - d->v->top + (d->line > 0);
	if (row >= 0 && row < d->area.rows)
		canvas_text(d->canvas, d->area.row + (int)row, d->area.column + 1,
			d->area.columns - 2, str_of(name), &field);
	d->line += 1 + (d->line > 0);
}

/* The keys of some views; `name` stands above them when there are any, NULL: nothing does. */
static void draw_keys(struct drawing *d, enum key_view views, const char *name)
{
	const struct keymap *keymap = d->ui->keymap;
	for (enum action action = 1; action < ACTION_COUNT; action++) {
		struct buffer keys = {0};
		const char *text = _(action_text(action));
		if (write_keys(&keys, d->ui, views, action) &&
			is_wanted(d->v, buffer_view(&keys), str_of(text), action_name(action))) {
			if (name)
				draw_name(d, name);
			name = NULL;
			draw_entry(d, buffer_view(&keys), str_of(text));
		}
		buffer_free(&keys);
	}
	for (size_t i = 0; i < keymap->sequence_count; i++) {
		const struct sequence *s = &keymap->sequences[i];
		struct buffer keys = {0}, text = {0};
		if (s->action_count < 2 || !(s->views & views))
			continue;
		write_sequence(&keys, d->ui, s);
		sequence_text(s, &text);
		if (is_wanted(d->v, buffer_view(&keys), buffer_view(&text), "")) {
			if (name)
				draw_name(d, name);
			name = NULL;
			draw_entry(d, buffer_view(&keys), buffer_view(&text));
		}
		buffer_free(&keys);
		buffer_free(&text);
	}
}

/* Those of prompts, which are by the eye in any interface. */
static void draw_prompt_keys(struct drawing *d)
{
	const char *name = _("Where a text is asked for"), *text;
	const uint32_t *keys;
	for (size_t i = 0; (text = prompt_keys_row(i, &keys)); i++) {
		struct buffer names = {0};
		for (size_t k = 0; keys[k]; k++) {
			if (k > 0)
				buffer_str(&names, STR(", "));
			key_name(&names, keys[k]);
		}
		if (is_wanted(d->v, buffer_view(&names), str_of(_(text)), "")) {
			if (name)
				draw_name(d, name);
			name = NULL;
			draw_entry(d, buffer_view(&names), str_of(_(text)));
		}
		buffer_free(&names);
	}
}

/* Draws what is in view of all entries; returns how many rows they take. */
static long draw_entries(
	struct help_view *v, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct drawing d = {v, ui, canvas, area, 0};
	draw_keys(&d, v->keys, NULL);
	for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
		if (!(PLACES[i].views & v->keys))
			draw_keys(&d, PLACES[i].views, _(PLACES[i].name));
	}
	draw_prompt_keys(&d);
	return d.line;
}

static void title(struct view *view, struct ui *ui, struct buffer *out)
{
	(void)view;
	buffer_printf(out, _("Keys: %s"), ui->keymap->name);
}

static void status(struct view *view, struct ui *ui, struct buffer *out)
{
	const struct help_view *v = (const struct help_view *)view;
	long last = v->top + ui_area(ui).rows;
	if (v->lines > 0)
		buffer_printf(out, "%ld-%ld/%ld", v->top + 1, last < v->lines ? last : v->lines,
			v->lines);
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct help_view *v = (struct help_view *)view;
	const struct field field = {.align = ALIGN_CENTRE, .style = ROLE_META};
	v->lines = draw_entries(v, ui, canvas, area);
	if (v->lines == 0)
		canvas_text(canvas, area.row + area.rows / 3, area.column, area.columns,
			str_of(_("No key does that")), &field);
}

/* As much of the text as fits is shown: the last line does not leave the bottom. */
static void keep_in_view(struct help_view *v, const struct ui *ui)
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
	struct help_view *v = (struct help_view *)view;
	struct rect none = ui_area(ui);
	none.rows = 0;
	v->lines = draw_entries(v, ui, screen_canvas(ui->screen), none);
	keep_in_view(v, ui);
}

/* ---- searching ----------------------------------------------------------- */

static void filter(struct ui *ui, void *user, struct str text)
{
	struct help_view *v = user;
	struct fold fold = {0};
	buffer_clear(&v->filter);
	if (fold_text(str_trim(text), &fold) == 0)
		buffer_str(&v->filter, buffer_view(&fold.text));
	fold_free(&fold);
	v->top = 0;
	refresh(&v->view, ui);
}

static bool filtered(struct ui *ui, void *user, struct str text)
{
	filter(ui, user, text);
	return true;
}

static void all_again(struct ui *ui, void *user)
{
	filter(ui, user, STR(""));
}

static void ask(struct help_view *v, struct ui *ui)
{
	const struct prompt_options options = {.kind = PROMPT_FIND,
		.question = str_of(_("Find:")),
		.changed = filter,
		.done = filtered,
		.left = all_again,
		.user = v};
	prompt_open(ui, &options);
}

static bool act(struct view *view, struct ui *ui, enum action action)
{
	struct help_view *v = (struct help_view *)view;
	if (action == ACTION_HELP) {
		ui_pop(ui);
		return true;
	}
	if (action == ACTION_FIND) {
		ask(v, ui);
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
	buffer_free(&((struct help_view *)view)->filter);
	free(view);
}

static const struct view_kind HELP_VIEW = {
	.keys = IN_HELP | IN_KEYS,
	.title = title,
	.status = status,
	.draw = draw,
	.act = act,
	.mouse = pointing_lines,
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
