/* The first screen: smart lists, then feeds, with their counts. */
#include "ui/scroll.h"
#include "ui/view.h"

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
};

static bool is_empty(const struct feeds_view *v)
{
	return v->smart[0].total == 0;
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
	for (long i = 0; i < SMART_COUNT; i++) {
		struct store_list list = list_of(v, i);
		if (store_count(ui->store, &list, &v->smart[i], &error) < 0)
			ui_error(ui, &error);
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

static void draw_welcome(struct canvas *canvas, struct rect area)
{
	const struct {
		struct str text;
		style_t style;
	} lines[] = {
			{STR("خبر · khabar"), ROLE_TITLE},
			{STR(""), ROLE_NORMAL},
			{STR("There is no article here yet."), ROLE_NORMAL},
			{STR("Enter: read the samples, a short guide among them"), ROLE_KEY},
			{STR("Saved pages: leave with q, then"), ROLE_NORMAL},
			{STR("khabar import FILE..."), ROLE_CODE},
	};
	int count = sizeof lines / sizeof *lines;
	int row = area.row + (area.rows > count ? (area.rows - count) / 3 : 0);
	for (int i = 0; i < count && row + i < area.row + area.rows; i++) {
		struct field field = {.align = ALIGN_CENTRE, .style = lines[i].style};
		canvas_text(canvas, row + i, area.column, area.columns, lines[i].text, &field);
	}
}

static void draw_row(const struct feeds_view *v, struct canvas *canvas, int row, struct rect area,
		long index)
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
	canvas_text(canvas, row, area.column, COUNT_CELLS, buffer_view(&number), &count_field);
	buffer_clear(&number);
	buffer_printf(&number, "%lld", (long long)counts.total);
	int total_cells = area.columns >= 50 ? COUNT_CELLS : 0;
	count_field.style = ROLE_DATE;
	canvas_text(canvas, row, area.column + area.columns - total_cells, total_cells,
			buffer_view(&number), &count_field);
	buffer_free(&number);
	struct field name = {.align = ALIGN_LEFT, .style = unread ? ROLE_UNREAD : ROLE_NORMAL};
	int from = area.column + COUNT_CELLS + 2 * GAP;
	canvas_text(canvas, row, from, area.columns - from - total_cells - GAP, name_of(v, index),
			&name);
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
		draw_row(v, canvas, row.row, row, index);
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
		ui_say(ui, "%d articles added", added);
	refresh(&v->view, ui);
	if (!is_empty(v))
		open_selected(v, ui);
}

static void mark_all_read(struct feeds_view *v, struct ui *ui)
{
	struct error error;
	struct store_list list = list_of(v, v->scroll.selected);
	int64_t changed;
	if (store_mark_all_read(ui->store, &list, &changed, &error) < 0)
		ui_error(ui, &error);
	else
		ui_say(ui, "%lld articles marked read", (long long)changed);
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

bool feeds_step(struct view *feeds, struct ui *ui, bool back, struct store_list *list,
		struct buffer *name)
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
