/* Panes: where they are, how they are drawn, and the keys that change that. */
#include "ui/panes.h"

#include "base/message.h"
#include "ui/view.h"

#include <string.h>

enum {
	WHOLE = 1000,     /* of the shares */
	STEP = 20,        /* that a key changes */
	LEAST_COLUMNS = 12, /* of a pane */
	LEAST_ROWS = 3,     /* of a pane, with its title */
	ROOM_COLUMNS = PANE_COUNT * LEAST_COLUMNS + 2,
	ROOM_ROWS = 10, /* of a screen with panes */
	STATUS_ROWS = 1,
};

const char *const panes_layout_names[] = {
	[PANES_BESIDE] = "beside", [PANES_STACKED] = "stacked", [PANES_ONE] = "one", NULL};

/* ---- where they are ---- */

static bool has_room(const struct ui *ui)
{
	const struct canvas *canvas = screen_canvas(ui->screen);
	int columns = canvas_columns(canvas), least = ui->options->config->panes_columns;
	return least > 0 && columns >= least && columns >= ROOM_COLUMNS &&
	       canvas_rows(canvas) >= ROOM_ROWS;
}

bool panes_are_on(const struct ui *ui)
{
	return !ui->look.plain && has_room(ui) && !ui->panes.zoomed &&
	       ui->panes.form.layout != PANES_ONE && ui->depth > 0 &&
	       !feeds_is_empty(ui->stack[0]);
}

/* PANE_COUNT: it stands in none. */
static enum pane pane_of(enum key_view keys)
{
	return keys & IN_FEEDS	     ? PANE_FEEDS
	       : keys & IN_HEADLINES ? PANE_HEADLINES
	       : keys & IN_ARTICLE   ? PANE_ARTICLE
				     : PANE_COUNT;
}

static struct view *top_of(const struct ui *ui)
{
	return ui->depth > 0 ? ui->stack[ui->depth - 1] : NULL;
}

static enum pane focus_of(const struct ui *ui)
{
	const struct view *top = top_of(ui);
	return top ? pane_of(top->kind->keys) : PANE_COUNT;
}

bool panes_are_shown(const struct ui *ui)
{
	return panes_are_on(ui) && focus_of(ui) != PANE_COUNT;
}

static int within(int value, int least, int most)
{
	return value > most ? most : value < least ? least : value;
}

static int part_of(int all, int share, int least, int most)
{
	return within(all * share / WHOLE, least, most);
}

/* As in an LTR interface, titles and all. */
static struct rect place(const struct ui *ui, struct rect all, enum pane pane)
{
	const struct panes_form *form = &ui->panes.form;
	int first = part_of(all.columns, form->shares.feeds, LEAST_COLUMNS,
		all.columns - 2 * (LEAST_COLUMNS + 1));
	struct rect rest = all;
	rest.column += first + 1;
	rest.columns -= first + 1;
	if (pane == PANE_FEEDS)
		return (struct rect){all.row, all.column, all.rows, first};
	if (form->layout == PANES_STACKED) {
		int above = part_of(all.rows, form->shares.rows, LEAST_ROWS, all.rows - LEAST_ROWS);
		if (pane == PANE_HEADLINES)
			return (struct rect){rest.row, rest.column, above, rest.columns};
		return (struct rect){
			rest.row + above, rest.column, rest.rows - above, rest.columns};
	}
	int second = part_of(all.columns, form->shares.headlines, LEAST_COLUMNS,
		rest.columns - LEAST_COLUMNS - 1);
	if (pane == PANE_HEADLINES)
		return (struct rect){rest.row, rest.column, rest.rows, second};
	return (struct rect){
		rest.row, rest.column + second + 1, rest.rows, rest.columns - second - 1};
}

struct rect panes_rect(const struct ui *ui, enum pane pane)
{
	const struct canvas *canvas = screen_canvas(ui->screen);
	struct rect all = {0, 0, canvas_rows(canvas) - STATUS_ROWS, canvas_columns(canvas)};
	if (!panes_are_on(ui) || pane == PANE_COUNT)
		return (struct rect){0};
	struct rect rect = place(ui, all, pane);
	rect.column = canvas_mirror(canvas, all, rect.column, rect.columns);
	return rect;
}

struct rect panes_area(const struct ui *ui, enum key_view keys)
{
	struct rect rect = panes_rect(ui, pane_of(keys));
	if (rect.columns == 0)
		return ui_area(ui);
	return (struct rect){rect.row + 1, rect.column, rect.rows - 1, rect.columns};
}

enum pane panes_at(const struct ui *ui, int row, int column)
{
	for (enum pane pane = 0; panes_are_shown(ui) && pane < PANE_COUNT; pane++) {
		struct rect rect = panes_rect(ui, pane);
		if (row >= rect.row && row < rect.row + rect.rows && column >= rect.column &&
			column < rect.column + rect.columns)
			return pane;
	}
	return PANE_COUNT;
}

struct view *panes_view(const struct ui *ui, enum pane pane)
{
	struct view *top = top_of(ui);
	if (pane == PANE_FEEDS)
		return ui->depth > 0 ? ui->stack[0] : NULL;
	if (pane == PANE_ARTICLE)
		return top && pane_of(top->kind->keys) == PANE_ARTICLE ? top : ui->panes.article;
	for (size_t i = ui->depth; i > 0; i--) {
		if (pane_of(ui->stack[i - 1]->kind->keys) == PANE_HEADLINES)
			return ui->stack[i - 1];
	}
	return ui->panes.list;
}

/* ---- drawing ---- */

style_t panes_selected(const struct ui *ui, const struct view *view)
{
	bool focus = !panes_are_shown(ui) || top_of(ui) == view;
	return focus ? STYLE_SELECTED : STYLE_STRONG | STYLE_UNDERLINE;
}

/* The pane with the focus has a mark before its title, which is no matter of colour. */
static void draw_title(struct ui *ui, struct canvas *canvas, struct rect rect, struct view *view)
{
	enum { MARK = 0x25B8, MARK_RTL = 0x25C2, MARK_CELLS = 2 };
	bool focus = view && view == top_of(ui);
	struct buffer name = {0};
	struct field field = {
		.align = ALIGN_START, .style = (style_t)(ROLE_BAR | (focus ? STYLE_STRONG : 0))};
	canvas_fill(canvas, (struct rect){rect.row, rect.column, 1, rect.columns}, field.style);
	if (view)
		view->kind->title(view, ui, &name);
	int room = rect.columns - MARK_CELLS - 1;
	canvas_text(canvas, rect.row,
		canvas_mirror(canvas, rect, rect.column + MARK_CELLS, room), room,
		buffer_view(&name), &field);
	if (focus)
		canvas_sign(canvas, rect.row, canvas_mirror(canvas, rect, rect.column, 1), 1,
			canvas_direction(canvas) == TEXT_RTL ? MARK_RTL : MARK, field.style);
	buffer_free(&name);
}

static void draw_nothing(struct canvas *canvas, struct rect area, enum pane pane)
{
	static const char *const texts[] = {
		[PANE_FEEDS] = "",
		[PANE_HEADLINES] = N_("No list"),
		[PANE_ARTICLE] = N_("No article"),
	};
	struct field field = {.align = ALIGN_CENTRE, .style = ROLE_META};
	if (*texts[pane])
		canvas_text(canvas, area.row + area.rows / 3, area.column, area.columns,
			str_of(_(texts[pane])), &field);
}

/* The line before a pane, on the side where reading starts. */
static void draw_border(struct canvas *canvas, struct rect rect)
{
	enum { LINE = 0x2502 };
	int column = canvas_mirror(canvas, rect, rect.column - 1, 1);
	for (int i = 0; i < rect.rows; i++)
		canvas_sign(canvas, rect.row + i, column, 1, LINE,
			rect.row + i == 0 ? ROLE_BAR : ROLE_RULE);
}

void panes_draw(struct ui *ui, struct canvas *canvas)
{
	for (enum pane pane = 0; pane < PANE_COUNT; pane++) {
		struct rect rect = panes_rect(ui, pane);
		struct rect area = {rect.row + 1, rect.column, rect.rows - 1, rect.columns};
		struct view *view = panes_view(ui, pane);
		canvas_unclip(canvas);
		if (pane != PANE_FEEDS)
			draw_border(canvas, rect);
		canvas_clip(canvas, rect);
		if (view && pane == PANE_ARTICLE)
			article_view_follow(view, ui);
		draw_title(ui, canvas, rect, view);
		canvas_clip(canvas, area);
		if (view)
			view->kind->draw(view, ui, canvas, area);
		else
			draw_nothing(canvas, area, pane);
	}
	canvas_unclip(canvas);
}

/* ---- the focus ---- */

bool panes_focus(struct ui *ui, enum pane pane)
{
	struct store_list list;
	struct str name;
	while (ui->depth > 1 && focus_of(ui) > pane)
		ui_pop(ui);
	if (focus_of(ui) == PANE_FEEDS && pane > PANE_FEEDS) {
		if (!feeds_selected(ui->stack[0], ui, &list, &name)) {
			ui_say(ui, "%s", _("A folder is no list: select a list or feed"));
			return false;
		}
		panes_open_list(ui, &list, name);
	}
	if (focus_of(ui) == PANE_HEADLINES && pane == PANE_ARTICLE) {
		const struct store_headline *h = headlines_current(top_of(ui), ui);
		if (!h) {
			ui_say(ui, "%s", _("There is no article in this list"));
			return false;
		}
		panes_open_article(ui, h->id);
	}
	return focus_of(ui) == pane;
}

static void focus_next(struct ui *ui)
{
	enum pane here = focus_of(ui);
	bool last = here == PANE_ARTICLE ||
		    (here == PANE_HEADLINES && !headlines_current(top_of(ui), ui));
	panes_focus(ui, last ? PANE_FEEDS : here + 1);
}

/* ---- how the screen is divided ---- */

void panes_lay_out(struct ui *ui)
{
	struct view *top = top_of(ui);
	if (top && top->kind->refresh)
		top->kind->refresh(top, ui);
	panes_stir(ui, true);
}

static void limit(struct panes_shares *shares)
{
	enum { LEAST = 100, MOST_FEEDS = 500, MOST_LISTS = 850, MOST_ROWS = 850 };
	shares->feeds = within(shares->feeds, LEAST, MOST_FEEDS);
	shares->headlines = within(shares->headlines, LEAST, MOST_LISTS - shares->feeds);
	shares->rows = within(shares->rows, LEAST, MOST_ROWS);
}

/* The pane with the focus takes from its neighbour. */
static void change_share(struct ui *ui, int by)
{
	struct panes_form *form = &ui->panes.form;
	enum pane focus = focus_of(ui);
	int *share = focus == PANE_FEEDS               ? &form->shares.feeds
		     : form->layout == PANES_STACKED ? &form->shares.rows
						     : &form->shares.headlines;
	*share += focus == PANE_ARTICLE ? -by : by;
	limit(&form->shares);
	panes_lay_out(ui);
}

static void say_no_room(struct ui *ui)
{
	int least = ui->options->config->panes_columns;
	if (least <= 0)
		ui_say(ui, "%s", _("No panes: [panes] columns = 0 in khabar.conf"));
	else
		ui_say(ui,
			ngettext("There is room for panes from %d column on",
				"There is room for panes from %d columns on", (unsigned long)least),
			least < ROOM_COLUMNS ? ROOM_COLUMNS : least);
}

static void turn_layout(struct ui *ui)
{
	static const char *const texts[] = {
		[PANES_BESIDE] = N_("Panes: side by side"),
		[PANES_STACKED] = N_("Panes: the article below its list"),
		[PANES_ONE] = N_("Panes: one at a time"),
	};
	struct panes *panes = &ui->panes;
	panes->form.layout = panes->form.layout == PANES_ONE ? PANES_BESIDE : panes->form.layout + 1;
	panes->zoomed = false;
	panes_lay_out(ui);
	ui_say(ui, "%s", _(texts[panes->form.layout]));
}

static void turn_zoom(struct ui *ui)
{
	struct panes *panes = &ui->panes;
	panes->zoomed = !panes->zoomed && panes->form.layout != PANES_ONE;
	if (panes->form.layout == PANES_ONE)
		panes->form.layout = panes->set.layout == PANES_ONE ? PANES_BESIDE : panes->set.layout;
	panes_lay_out(ui);
}

/* Who goes back from pane to pane with the arrow does not fall out of the first one. */
static bool stays(struct ui *ui)
{
	struct buffer key = {0};
	if (!panes_are_shown(ui) || ui->depth > 1 || ui_eye_key(ui, ui->key) != KEY_CODE_LEFT)
		return false;
	if (ui_key(ui, ui->stack[0], ACTION_QUIT, &key))
		ui_say(ui, "This is the first pane; %s quits", key.data ? key.data : "");
	buffer_free(&key);
	return true;
}

bool panes_act(struct ui *ui, enum action action)
{
	static const enum action own[] = {ACTION_NEXT_PANE, ACTION_PREVIOUS_PANE, ACTION_ZOOM,
		ACTION_LAYOUT, ACTION_GROW, ACTION_SHRINK};
	size_t i = 0, count = sizeof own / sizeof *own;
	if (action == ACTION_BACK)
		return stays(ui);
	while (i < count && own[i] != action)
		i++;
	if (i == count || focus_of(ui) == PANE_COUNT)
		return false;
	if (!has_room(ui))
		say_no_room(ui);
	else if (action == ACTION_LAYOUT)
		turn_layout(ui);
	else if (action == ACTION_ZOOM)
		turn_zoom(ui);
	else if (!panes_are_on(ui))
		ui_say(ui, "%s", _("One pane has the whole screen"));
	else if (action == ACTION_NEXT_PANE)
		focus_next(ui);
	else if (action == ACTION_PREVIOUS_PANE)
		panes_focus(ui, focus_of(ui) == PANE_FEEDS ? PANE_ARTICLE : focus_of(ui) - 1);
	else
		change_share(ui, action == ACTION_GROW ? STEP : -STEP);
	return true;
}

void panes_use_settings(struct ui *ui)
{
	const struct config *config = ui->options->config;
	struct panes_form *set = &ui->panes.set;
	enum { PERCENT = WHOLE / 100 };
	set->layout = PANES_BESIDE;
	while (set->layout < PANES_ONE &&
		strcmp(panes_layout_names[set->layout], config->panes_layout) != 0)
		set->layout++;
	set->shares = (struct panes_shares){config->panes_feeds * PERCENT,
		config->panes_headlines * PERCENT, config->panes_rows * PERCENT};
	limit(&set->shares);
	ui->panes.form = *set;
}

void panes_use_form(struct panes *panes, const struct panes_form *form)
{
	panes->form = *form;
	limit(&panes->form.shares);
}
