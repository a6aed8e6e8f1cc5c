/* The first screen: smart lists, then feeds, with their counts. */
#include "ui/scroll.h"
#include "ui/view.h"
#include "ui/wrap.h"

#include <stdlib.h>
#include <time.h>

static const struct {
	enum store_list_kind kind;
	const char *name;
} SMART[] = {
	{STORE_ALL, "All"},
	{STORE_UNREAD, "Unread"},
	{STORE_STARRED, "Starred"},
	{STORE_UNFINISHED, "Unfinished"},
};
enum { SMART_COUNT = sizeof SMART / sizeof *SMART };

struct feeds_view {
	struct view view;
	struct scroll scroll;
	struct store_feeds feeds;
	struct store_counts smart[SMART_COUNT];
	bool known; /* the counts have been read: none is none, and not a failure */
};

static bool is_empty(const struct feeds_view *v)
{
	return v->known && v->smart[0].total == 0;
}

static struct store_list list_of(const struct feeds_view *v, long index)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	struct store_list list = {.since = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000};
	if (index < SMART_COUNT) {
		list.kind = SMART[index].kind;
	} else {
		list.kind = STORE_FEED;
		list.feed_id = v->feeds.items[index - SMART_COUNT].id;
	}
	return list;
}

static struct str name_of(const struct feeds_view *v, long index)
{
	return str_of(index < SMART_COUNT ? SMART[index].name
					  : v->feeds.items[index - SMART_COUNT].title);
}

static struct store_counts counts_of(const struct feeds_view *v, long index)
{
	if (index < SMART_COUNT)
		return v->smart[index];
	const struct store_feed *feed = &v->feeds.items[index - SMART_COUNT];
	return (struct store_counts){feed->total, feed->unread};
}

static void refresh(struct view *view, struct ui *ui)
{
	struct feeds_view *v = (struct feeds_view *)view;
	struct error error;
	struct store_feeds feeds;
	if (store_feeds(ui->store, &feeds, &error) < 0) {
		ui_error(ui, &error);
		return;
	}
	store_feeds_free(&v->feeds);
	v->feeds = feeds;
	v->known = true;
	for (long i = 0; i < SMART_COUNT; i++) {
		struct store_list list = list_of(v, i);
		if (store_count(ui->store, &list, &v->smart[i], &error) < 0) {
			ui_error(ui, &error);
			v->known = false;
		}
	}
	v->scroll.count = SMART_COUNT + (long)feeds.count;
	scroll_fit(&v->scroll, ui_area(ui).rows);
}

static void title(struct view *view, struct ui *ui, struct buffer *out)
{
	(void)view, (void)ui;
	buffer_str(out, STR("khabar"));
}

static void status(struct view *view, struct ui *ui, struct buffer *out)
{
	const struct feeds_view *v = (const struct feeds_view *)view;
	(void)ui;
	if (!is_empty(v))
		buffer_printf(out, "%lld unread", (long long)v->smart[0].unread);
}

/* What to press comes first: on a small screen it is all there is room for. */
static void draw_welcome(struct canvas *canvas, struct rect area)
{
	static const struct {
		struct str text;
		style_t style;
		bool spare; /* left out where rows are few */
	} parts[] = {
		{STR("khabar · خبر"), ROLE_TITLE, true},
		{STR(""), ROLE_NORMAL, true},
		{STR("No articles yet."), ROLE_NORMAL, true},
		{STR("Enter: read the samples, with a short guide"), ROLE_KEY, false},
		{STR("Your own: q, then khabar import FILE"), ROLE_NORMAL, false},
	};
	enum { ROOM_FOR_ALL = 8, MARGIN = 2 };
	struct rect inside = area;
	if (area.columns > 4 * MARGIN) {
		inside.column += MARGIN;
		inside.columns -= 2 * MARGIN;
	}
	int row = area.rows / 4;
	if (area.rows < ROOM_FOR_ALL)
		row = 0;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (parts[i].spare && area.rows < ROOM_FOR_ALL)
			continue;
		int rows = wrap_text(canvas, inside, row, parts[i].text, parts[i].style);
		row += rows > 0 ? rows : 1;
	}
}

static void draw_row(
	const struct feeds_view *v, struct canvas *canvas, struct rect area, long index)
{
	enum { COUNT_CELLS = 9, GAP = 1 };
	struct store_counts counts = counts_of(v, index);
	bool unread = counts.unread > 0;
	struct buffer number = {0};
	if (unread)
		buffer_printf(&number, "%lld", (long long)counts.unread);
	struct field count_field = {.direction = TEXT_LTR,
		.align = ALIGN_RIGHT,
		.style = unread ? ROLE_COUNT : ROLE_READ};
	canvas_text(canvas, area.row, area.column, COUNT_CELLS, buffer_view(&number), &count_field);
	buffer_clear(&number);
	buffer_printf(&number, "%lld", (long long)counts.total);
	int total_cells = area.columns >= 50 ? COUNT_CELLS : 0;
	count_field.style = ROLE_DATE;
	canvas_text(canvas, area.row, area.column + area.columns - total_cells, total_cells,
		buffer_view(&number), &count_field);
	buffer_free(&number);
	struct field name = {.align = ALIGN_LEFT, .style = unread ? ROLE_UNREAD : ROLE_NORMAL};
	int from = area.column + COUNT_CELLS + 2 * GAP;
	canvas_text(canvas, area.row, from, area.columns - from - total_cells - GAP,
		name_of(v, index), &name);
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct feeds_view *v = (struct feeds_view *)view;
	(void)ui;
	if (is_empty(v)) {
		draw_welcome(canvas, area);
		return;
	}
	scroll_fit(&v->scroll, area.rows);
	for (int i = 0; i < area.rows && v->scroll.top + i < v->scroll.count; i++) {
		long index = v->scroll.top + i;
		struct rect row = {area.row + i, area.column, 1, area.columns};
		draw_row(v, canvas, row, index);
		if (index == v->scroll.selected)
			canvas_overlay(canvas, row, STYLE_SELECTED);
	}
}

static void open_selected(struct feeds_view *v, struct ui *ui)
{
	struct store_list list = list_of(v, v->scroll.selected);
	ui_push(ui, headlines_view_new(ui, &list, name_of(v, v->scroll.selected)));
}

static void add_samples(struct feeds_view *v, struct ui *ui)
{
	struct error error;
	if (!ui->options->add_samples)
		return;
	int added = ui->options->add_samples(ui->store, &error);
	if (added < 0)
		ui_error(ui, &error);
	else
		ui_say(ui, ARTICLES_FORMAT " added", ARTICLES(added));
	refresh(&v->view, ui);
	if (!is_empty(v))
		open_selected(v, ui);
}

static void mark_all_read(struct feeds_view *v, struct ui *ui)
{
	struct error error;
	struct store_list list = list_of(v, v->scroll.selected);
	int64_t changed;
	if (!ui_confirm(ui, ACTION_MARK_ALL_READ, "Mark this whole list read?"))
		return;
	if (store_mark_all_read(ui->store, &list, &changed, &error) < 0)
		ui_error(ui, &error);
	else
		ui_say(ui, ARTICLES_FORMAT " marked read", ARTICLES(changed));
	refresh(&v->view, ui);
}

static bool act(struct view *view, struct ui *ui, enum action action)
{
	struct feeds_view *v = (struct feeds_view *)view;
	if (is_empty(v)) {
		if (action == ACTION_OPEN)
			add_samples(v, ui);
		return action == ACTION_OPEN;
	}
	if (scroll_act(&v->scroll, action, ui_area(ui).rows))
		return true;
	if (action == ACTION_OPEN)
		open_selected(v, ui);
	else if (action == ACTION_MARK_ALL_READ)
		mark_all_read(v, ui);
	else
		return false;
	return true;
}

static void close_view(struct view *view, struct ui *ui)
{
	struct feeds_view *v = (struct feeds_view *)view;
	(void)ui;
	store_feeds_free(&v->feeds);
	free(v);
}

static const struct view_kind FEEDS_VIEW = {
	.keys = IN_FEEDS,
	.title = title,
	.status = status,
	.draw = draw,
	.act = act,
	.refresh = refresh,
	.close = close_view,
};

struct view *feeds_view_new(struct ui *ui)
{
	struct feeds_view *v = calloc(1, sizeof *v);
	if (!v)
		return NULL;
	v->view.kind = &FEEDS_VIEW;
	refresh(&v->view, ui);
	return &v->view;
}

bool feeds_step(
	struct view *feeds, struct ui *ui, bool back, struct store_list *list, struct buffer *name)
{
	struct feeds_view *v = (struct feeds_view *)feeds;
	long to = v->scroll.selected + (back ? -1 : 1);
	if (feeds->kind != &FEEDS_VIEW || to < 0 || to >= v->scroll.count)
		return false;
	v->scroll.selected = to;
	scroll_fit(&v->scroll, ui_area(ui).rows);
	*list = list_of(v, to);
	buffer_clear(name);
	buffer_str(name, name_of(v, to));
	return true;
}
