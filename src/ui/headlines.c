/* The articles of a list, one a row. */
#include "base/message.h"
#include "ui/copy.h"
#include "ui/deeds.h"
#include "ui/downloading.h"
#include "ui/headline.h"
#include "ui/open.h"
#include "ui/outward.h"
#include "ui/pointing.h"
#include "ui/reading.h"
#include "ui/scroll.h"
#include "ui/search.h"
#include "ui/session.h"
#include "ui/view.h"
#include "ui/window.h"

#include <stdlib.h>
#include <time.h>

struct headlines_view {
	struct view view;
	struct window window;
	struct scroll scroll;
	struct buffer name;
	unsigned long changes; /* of the store that the window knows of */
	bool stories;          /* rows with more than one source were seen: they have a column */
	const struct headlines_extra *extra; /* NULL: a list of the store */
	void *user;
	int64_t kept; /* id of the row to be selected when it is there, 0 none */
};

enum {
	ROOM_FOR_DAY = 34,
	ROOM_FOR_FEED = 100,
	ROOM_FOR_TWO = 6, /* rows from which on articles of a search take two */
};

static struct store_headline *row_at(struct headlines_view *v, struct ui *ui, long rank)
{
	struct error error;
	struct store_headline *row = window_row(&v->window, rank, &error);
	if (!row && error.status != 0)
		ui_error(ui, &error);
	return row;
}

static struct store_headline *selected(struct headlines_view *v, struct ui *ui)
{
	return row_at(v, ui, v->scroll.selected);
}

/* Rows that an article takes, and how many articles there is room for. */
static int row_height(const struct headlines_view *v, int rows)
{
	return v->extra && rows >= ROOM_FOR_TWO ? 2 : 1;
}

static long room(const struct headlines_view *v, const struct ui *ui)
{
	int rows = panes_area(ui, IN_HEADLINES).rows;
	return rows / row_height(v, rows);
}

/* What others changed in the store is shown, and the selected row stays where it is. */
static void follow(struct headlines_view *v, struct ui *ui)
{
	struct error error;
	if (v->changes == ui->changes)
		return;
	v->changes = ui->changes;
	if (ui->highlight)
		highlight_forget(ui->highlight);
	const struct store_headline *here = selected(v, ui);
	struct store_cursor cursor = {0};
	if (here)
		cursor = (struct store_cursor){here->sort, here->id};
	long rank = window_refresh(&v->window, here ? &cursor : NULL, &error);
	if (rank < 0) {
		ui_error(ui, &error);
		return;
	}
	v->scroll.count = v->window.count;
	if (v->scroll.top > 0) /* else what is new shows above it, as far as there is room */
		v->scroll.top += rank - v->scroll.selected;
	v->scroll.selected = rank;
}

static void title(struct view *view, struct ui *ui, struct buffer *out)
{
	(void)ui;
	buffer_str(out, buffer_view(&((struct headlines_view *)view)->name));
}

static void status(struct view *view, struct ui *ui, struct buffer *out)
{
	const struct headlines_view *v = (const struct headlines_view *)view;
	(void)ui;
	if (v->window.count > 0)
		buffer_printf(out, "%ld/%ld%s", v->scroll.selected + 1, v->window.count,
			v->extra && v->extra->is_more(v->user) ? "+" : "");
}

/* The one list in which all rows tell the same story: who does is what counts. */
static bool is_story(const struct headlines_view *v)
{
	return v->window.list.kind == STORE_STORY;
}

static bool has_feed(const struct headlines_view *v, int columns)
{
	return columns >= (is_story(v) ? ROOM_FOR_DAY : ROOM_FOR_FEED) &&
	       v->window.list.kind != STORE_FEED;
}

static void draw_nothing(const struct headlines_view *v, struct canvas *canvas, struct rect area)
{
	struct field field = {.align = ALIGN_CENTRE, .style = ROLE_META};
	canvas_text(canvas, area.row + area.rows / 3, area.column, area.columns,
		v->extra ? v->extra->nothing(v->user) : str_of(_("Nothing in this list")), &field);
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct headlines_view *v = (struct headlines_view *)view;
	follow(v, ui);
	v->scroll.count = v->window.count;
	int height = row_height(v, area.rows);
	scroll_fit(&v->scroll, area.rows / height);
	if (v->window.count == 0) {
		draw_nothing(v, canvas, area);
		return;
	}
	for (int i = 0; i < area.rows && !is_story(v) && !v->stories; i++) {
		const struct store_headline *h = row_at(v, ui, v->scroll.top + i);
		v->stories = h && h->sources > 1;
	}
	struct format own = {.count = 0};
	struct headline_look look = {.dates = ui->dates,
		.now = (int64_t)time(NULL),
		.plain = ui->look.plain,
		.sources = v->stories,
		.feed = has_feed(v, area.columns)};
	struct str format = str_of(ui->options->config->list_format);
	if (format.len > 0 && format_parse(&own, format, NULL) == 0)
		look.own = headline_own(&own, ui->dates);
	for (int i = 0; i < area.rows / height && v->scroll.top + i < v->scroll.count; i++) {
		long rank = v->scroll.top + i;
		const struct store_headline *h = row_at(v, ui, rank);
		if (!h)
			break;
		struct rect row = {area.row + i * height, area.column, 1, area.columns};
		look.selected = rank == v->scroll.selected;
		look.lit = highlight_is_lit(ui->highlight, h->id);
		struct rect title = headline_draw(canvas, row, h, &look);
		struct rect below = {title.row + 1, title.column, height - 1, title.columns};
		if (look.plain)
			below = (struct rect){row.row + 1, row.column + 2, height - 1, row.columns - 2};
		if (v->extra)
			v->extra->draw(v->user, canvas, (size_t)rank, h->id, title, below);
		if (rank == v->scroll.selected)
			canvas_overlay(canvas, row, panes_selected(ui, view));
	}
	if (v->extra && v->scroll.top + 2 * (area.rows / height) >= v->scroll.count)
		v->extra->near_end(v->user);
}

/* ---- what is done to articles ---- */

static void set_read(struct store_headline *h, struct ui *ui, bool read)
{
	struct error error;
	if (store_set_read(ui->store, h->id, read, &error) < 0)
		ui_error(ui, &error);
	else
		h->read = read;
}

static void set_starred(struct store_headline *h, struct ui *ui, bool starred)
{
	struct error error;
	if (store_set_starred(ui->store, h->id, starred, &error) < 0)
		ui_error(ui, &error);
	else
		h->starred = starred;
}

static void turn_direction(struct store_headline *h, struct ui *ui)
{
	static const char *const names[] = {N_("Direction: automatic"),
		N_("Direction: left to right"), N_("Direction: right to left")};
	static const enum store_direction next[] = {
		[STORE_AUTO] = STORE_RTL,
		[STORE_RTL] = STORE_LTR,
		[STORE_LTR] = STORE_AUTO,
	};
	struct error error;
	enum store_direction to = next[h->override];
	if (store_set_override(ui->store, h->id, to, &error) < 0) {
		ui_error(ui, &error);
		return;
	}
	h->override = to;
	ui_say(ui, "%s", _(names[to]));
}

static void browse(struct store_headline *h, struct ui *ui)
{
	struct error error;
	struct store_article *article = store_article(ui->store, h->id, &error);
	if (!article || open_in_browser(ui, str_of(article->url), &error) < 0)
		ui_error(ui, &error);
	store_article_free(article);
}

/* Those of a search that are there by now. */
static int mark_rows_read(struct headlines_view *v, struct ui *ui,
	const struct store_marking *marking, int64_t *changed, struct error *error)
{
	size_t all = v->window.page.count, count = 0;
	int64_t *ids = calloc(all + 1, sizeof *ids);
	if (!ids)
		return error_no_memory(error);
	for (size_t i = 0; i < all; i++) {
		const struct store_headline *row = &v->window.page.items[i];
		if (!marking->older || row->sort <= marking->older->sort)
			ids[count++] = row->id;
	}
	int result = store_mark(
		ui->store, STORE_MARK_READ, ids, count, marking->label, changed, error);
	for (size_t i = 0; result == 0 && i < all; i++) {
		struct store_headline *row = &v->window.page.items[i];
		row->read |= !marking->older || row->sort <= marking->older->sort;
	}
	free(ids);
	return result;
}

static void mark_all_read(struct headlines_view *v, struct ui *ui, bool older)
{
	struct error error;
	int64_t changed;
	const struct store_headline *here = selected(v, ui);
	struct store_cursor from = {0};
	struct store_marking marking = {.label = buffer_view(&v->name)};
	if (older && (!here || v->extra)) /* the rows of a search are in no order of time */
		return;
	if (older) {
		from = (struct store_cursor){here->sort, here->id};
		marking.older = &from;
	}
	int result = v->extra ? mark_rows_read(v, ui, &marking, &changed, &error)
			      : store_mark_list_read(ui->store, &v->window.list, &marking,
					&changed, &error);
	if (result < 0) {
		ui_error(ui, &error);
		return;
	}
	ui->changes++; /* all that is shown is read anew */
	deeds_say_read(ui, changed);
}

static void delete_article(struct store_headline *h, struct ui *ui)
{
	struct error error;
	struct buffer key = {0};
	if (store_delete(ui->store, &h->id, 1, STR(""), NULL, &error) < 0) {
		ui_error(ui, &error);
		return;
	}
	ui->changes++;
	ui_key(ui, NULL, ACTION_UNDO, &key);
	ui_say(ui, "Deleted; %s brings it back", key.data ? key.data : "undo");
	buffer_free(&key);
}

/* An action on the article itself, wherever it is asked for.  False for other actions. */
static void copy_link(struct store_headline *h, struct ui *ui)
{
	struct error error;
	struct store_article *article = store_article(ui->store, h->id, &error);
	if (article)
		copy_text(ui, _("Link"), str_of(article->url));
	else
		ui_error(ui, &error);
	store_article_free(article);
}

static void list_sources(struct store_headline *h, struct ui *ui)
{
	struct store_list list = {.kind = STORE_STORY, .story_id = h->story_id, .since = INT64_MAX};
	if (h->sources > 1)
		ui_push(ui, headlines_view_new(ui, &list, str_of(h->title)));
	else
		ui_say(ui, "No other source tells this story");
}

static bool act_on(struct store_headline *h, struct ui *ui, enum action action)
{
	switch (action) {
	case ACTION_TOGGLE_READ:
		set_read(h, ui, !h->read);
		return true;
	case ACTION_MARK_READ:
	case ACTION_MARK_UNREAD:
		set_read(h, ui, action == ACTION_MARK_READ);
		return true;
	case ACTION_TOGGLE_STAR:
		set_starred(h, ui, !h->starred);
		return true;
	case ACTION_STAR:
	case ACTION_UNSTAR:
		set_starred(h, ui, action == ACTION_STAR);
		return true;
	case ACTION_DIRECTION:
		turn_direction(h, ui);
		return true;
	case ACTION_TAG:
		deeds_tag(ui, h->id);
		return true;
	case ACTION_DELETE:
		delete_article(h, ui);
		return true;
	case ACTION_COPY_TITLE:
		copy_text(ui, _("Title"), str_of(h->title));
		return true;
	case ACTION_COPY_LINK:
		copy_link(h, ui);
		return true;
	case ACTION_SOURCES:
		list_sources(h, ui);
		return true;
	case ACTION_ENQUEUE:
		downloading_enqueue(ui, h->id);
		return true;
	case ACTION_BOOKMARK:
		outward_bookmark(ui, h->id);
		return true;
	case ACTION_BROWSER:
		browse(h, ui);
		return true;
	default:
		return false;
	}
}

/* ---- moving ---- */

static bool matches(const struct store_headline *h, enum action action)
{
	switch (action) {
	case ACTION_NEXT_UNREAD:
	case ACTION_PREVIOUS_UNREAD:
		return !h->read;
	case ACTION_NEXT_STARRED:
	case ACTION_PREVIOUS_STARRED:
		return h->starred;
	default:
		return true;
	}
}

static void select_rank(struct headlines_view *v, struct ui *ui, long rank)
{
	v->scroll.count = v->window.count;
	v->scroll.selected = rank;
	scroll_fit(&v->scroll, room(v, ui));
}

/*
 * In the list of all articles, which may be a million, the store knows the next unread
 * or starred one from an index.  Its rank, -1 when there is none.
 */
static long find_in_all(struct headlines_view *v, struct ui *ui, enum action action)
{
	const struct store_headline *here = selected(v, ui);
	if (!here)
		return -1;
	bool starred = action == ACTION_NEXT_STARRED || action == ACTION_PREVIOUS_STARRED;
	struct store_list list = {
		.kind = starred ? STORE_STARRED : STORE_UNREAD, .since = INT64_MAX};
	struct store_cursor cursor = {here->sort, here->id};
	struct store_page page = {0};
	struct error error;
	long rank = -1;
	if (store_headlines(ui->store, &list, &cursor, action_step(action) < 0, 1, &page, &error) <
		0) {
		ui_error(ui, &error);
	} else if (page.count > 0) {
		cursor = (struct store_cursor){page.items[0].sort, page.items[0].id};
		rank = window_seek(&v->window, &cursor, &error);
		if (rank < 0)
			ui_error(ui, &error);
	}
	store_page_free(&page);
	return rank;
}

/* In any other list: row by row. */
static long find_by_row(struct headlines_view *v, struct ui *ui, enum action action)
{
	int by = action_step(action);
	for (long rank = v->scroll.selected + by;; rank += by) {
		const struct store_headline *h = row_at(v, ui, rank);
		if (!h)
			return -1;
		if (matches(h, action))
			return rank;
	}
}

/* That there is no such row. */
static void say_none(struct ui *ui, enum action action)
{
	static const char *const texts[ACTION_COUNT] = {
		[ACTION_NEXT] = N_("No next article"),
		[ACTION_PREVIOUS] = N_("No previous article"),
		[ACTION_NEXT_UNREAD] = N_("No next unread article"),
		[ACTION_PREVIOUS_UNREAD] = N_("No previous unread article"),
		[ACTION_NEXT_STARRED] = N_("No next starred article"),
		[ACTION_PREVIOUS_STARRED] = N_("No previous starred article"),
	};
	if (texts[action])
		ui_say(ui, "%s", _(texts[action]));
}

/* Moves to the next row the action wants.  False (nothing moved) when there is none. */
static bool step(struct headlines_view *v, struct ui *ui, enum action action)
{
	bool any = action == ACTION_NEXT || action == ACTION_PREVIOUS;
	bool all = v->window.list.kind == STORE_ALL && !v->extra;
	long rank = all && !any ? find_in_all(v, ui, action) : find_by_row(v, ui, action);
	if (rank >= 0)
		select_rank(v, ui, rank);
	else if (ui->message.len == 0)
		say_none(ui, action);
	return rank >= 0;
}

static void other_list(struct headlines_view *v, struct ui *ui, bool back)
{
	struct view *feeds = ui_below(ui, &v->view);
	struct store_list list;
	struct window window;
	struct error error;
	if (!feeds || v->extra || !feeds_step(feeds, ui, back, &list, &v->name)) {
		ui_say(ui, back ? N_("No previous list or feed") : N_("No next list or feed"));
		return;
	}
	if (window_open(&window, ui->store, &list, &error) < 0) {
		ui_error(ui, &error);
		return;
	}
	window_close(&v->window);
	v->window = window;
	v->stories = false;
	v->scroll = (struct scroll){.count = window.count};
}

static bool act(struct view *view, struct ui *ui, enum action action)
{
	struct headlines_view *v = (struct headlines_view *)view;
	v->scroll.count = v->window.count;
	if (scroll_act(&v->scroll, action, room(v, ui)))
		return true;
	struct store_headline *h = selected(v, ui);
	if (action == ACTION_OPEN && h) {
		panes_open_article(ui, h->id);
		return true;
	}
	if (action == ACTION_LIST) {
		searching_keep(ui, view);
		return true;
	}
	if (action == ACTION_SEARCH) {
		searching_open(ui);
		return true;
	}
	if (action == ACTION_MARK_ALL_READ || action == ACTION_MARK_OLDER_READ) {
		mark_all_read(v, ui, action == ACTION_MARK_OLDER_READ);
		return true;
	}
	if (action == ACTION_OPEN_ALL && !v->extra) {
		outward_open_all(ui, &v->window.list);
		return true;
	}
	if (action == ACTION_FETCH || action == ACTION_FETCH_ALL) {
		bool one = action == ACTION_FETCH && v->window.list.kind == STORE_FEED;
		fetching_request(ui->fetching, one ? &v->window.list.feed_id : NULL, one);
		return true;
	}
	if (action == ACTION_NEXT_FEED || action == ACTION_PREVIOUS_FEED) {
		other_list(v, ui, action == ACTION_PREVIOUS_FEED);
		return true;
	}
	if (action_step(action) != 0) {
		step(v, ui, action);
		return true;
	}
	if (!h || !act_on(h, ui, action))
		return false;
	if (action == ACTION_MARK_READ || action == ACTION_MARK_UNREAD)
		scroll_act(&v->scroll, ACTION_DOWN, room(v, ui));
	return true;
}

static bool mouse(struct view *view, struct ui *ui, const struct mouse_event *event)
{
	struct headlines_view *v = (struct headlines_view *)view;
	struct rect area = panes_area(ui, IN_HEADLINES);
	v->scroll.count = v->window.count;
	return pointing_list(ui, &v->scroll, event, area, row_height(v, area.rows), ACTION_OPEN);
}

static void refresh(struct view *view, struct ui *ui)
{
	struct headlines_view *v = (struct headlines_view *)view;
	scroll_fit(&v->scroll, room(v, ui));
}

static void close_view(struct view *view, struct ui *ui)
{
	struct headlines_view *v = (struct headlines_view *)view;
	if (v->extra)
		v->extra->closed(v->user, ui);
	window_close(&v->window);
	buffer_free(&v->name);
	free(v);
}

static const struct view_kind HEADLINES_VIEW = {
	.keys = IN_HEADLINES,
	.title = title,
	.status = status,
	.draw = draw,
	.act = act,
	.mouse = mouse,
	.refresh = refresh,
	.close = close_view,
};

struct view *headlines_view_extra(
	struct ui *ui, const struct headlines_extra *extra, void *user, struct str name)
{
	struct headlines_view *v = calloc(1, sizeof *v);
	if (!v)
		return NULL;
	v->view.kind = &HEADLINES_VIEW;
	v->extra = extra;
	v->user = user;
	v->window = (struct window){.store = ui->store, .fixed = true};
	v->changes = ui->changes;
	buffer_str(&v->name, name);
	return &v->view;
}

void headlines_clear(struct view *view, bool keep)
{
	struct headlines_view *v = (struct headlines_view *)view;
	const struct store_headline *here = window_row(&v->window, v->scroll.selected, NULL);
	v->kept = keep && here ? here->id : 0;
	store_page_free(&v->window.page);
	v->window.count = 0;
	v->scroll = (struct scroll){0};
}

void headlines_add(struct view *view, struct store_page *page)
{
	struct headlines_view *v = (struct headlines_view *)view;
	window_add(&v->window, page);
	for (long i = 0; v->kept && i < v->window.count; i++) {
		if (v->window.page.items[i].id == v->kept) {
			v->scroll.selected = i;
			v->kept = 0;
		}
	}
}

void headlines_set_name(struct view *view, struct str name)
{
	struct headlines_view *v = (struct headlines_view *)view;
	buffer_clear(&v->name);
	buffer_str(&v->name, name);
}

struct view *headlines_view_new(struct ui *ui, const struct store_list *list, struct str name)
{
	struct error error;
	struct headlines_view *v = calloc(1, sizeof *v);
	if (!v)
		return NULL;
	v->view.kind = &HEADLINES_VIEW;
	buffer_str(&v->name, name);
	if (v->name.failed) {
		close_view(&v->view, ui);
		return NULL;
	}
	if (window_open(&v->window, ui->store, list, &error) < 0)
		ui_error(ui, &error);
	v->scroll.count = v->window.count;
	return &v->view;
}

struct store_headline *headlines_current(struct view *view, struct ui *ui)
{
	struct headlines_view *v = (struct headlines_view *)view;
	return view->kind == &HEADLINES_VIEW ? selected(v, ui) : NULL;
}

bool headlines_act_on_current(struct view *view, struct ui *ui, enum action action)
{
	struct store_headline *h = headlines_current(view, ui);
	return h && act_on(h, ui, action);
}

int64_t headlines_step(struct view *view, struct ui *ui, enum action action)
{
	struct headlines_view *v = (struct headlines_view *)view;
	if (view->kind != &HEADLINES_VIEW || action_step(action) == 0 || !step(v, ui, action))
		return 0;
	const struct store_headline *h = selected(v, ui);
	return h ? h->id : 0;
}

long headlines_place(struct view *view)
{
	return ((struct headlines_view *)view)->scroll.selected;
}

void headlines_go(struct view *view, struct ui *ui, long place)
{
	select_rank((struct headlines_view *)view, ui, place);
}

const struct store_list *headlines_list(const struct view *view)
{
	const struct headlines_view *v = (const struct headlines_view *)view;
	return view->kind == &HEADLINES_VIEW && !v->extra ? &v->window.list : NULL;
}

void headlines_doubt(struct view *view, struct ui *ui)
{
	((struct headlines_view *)view)->changes = ui->changes - 1;
}

bool headlines_session(struct view *view, struct ui *ui, struct session *session)
{
	struct headlines_view *v = (struct headlines_view *)view;
	if (view->kind != &HEADLINES_VIEW || v->extra)
		return false;
	const struct store_headline *h = selected(v, ui);
	session->since = v->window.list.since;
	session->place = h ? (struct store_cursor){h->sort, h->id} : (struct store_cursor){0};
	return true;
}

/* What was selected; where it has gone from the list, its place. */
bool headlines_restore(struct view *view, struct ui *ui, const struct session *session)
{
	struct headlines_view *v = (struct headlines_view *)view;
	struct error error;
	if (session->place.id == 0 || v->window.count == 0)
		return false;
	long rank = window_seek(&v->window, &session->place, &error);
	if (rank < 0) {
		ui_error(ui, &error);
		return false;
	}
	select_rank(v, ui, rank);
	const struct store_headline *h = selected(v, ui);
	return h && h->id == session->place.id;
}
