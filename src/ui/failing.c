/* Feeds that cannot be fetched, each with the reason in plain words. */
#include "base/message.h"
#include "base/retell.h"
#include "ui/plain.h"
#include "ui/pointing.h"
#include "ui/scroll.h"
#include "ui/view.h"
#include "ui/words.h"
#include "ui/wrap.h"

#include <stdlib.h>
#include <time.h>

struct failing_view {
	struct view view;
	struct scroll scroll;
	struct store_subscriptions feeds;
	unsigned long changes; /* of the store that it knows of */
};

static void refresh(struct view *view, struct ui *ui)
{
	struct failing_view *v = (struct failing_view *)view;
	struct store_subscriptions feeds;
	struct error error;
	v->changes = ui->changes;
	if (store_subscriptions(ui->store, STORE_FAILING, (int64_t)time(NULL), &feeds, &error) <
		0) {
		ui_error(ui, &error);
		return;
	}
	store_subscriptions_free(&v->feeds);
	v->feeds = feeds;
	v->scroll.count = (long)feeds.count;
	scroll_fit(&v->scroll, ui_area(ui).rows);
}

static void title(struct view *view, struct ui *ui, struct buffer *out)
{
	(void)view, (void)ui;
	buffer_str(out, str_of(_("Failing feeds")));
}

static void status(struct view *view, struct ui *ui, struct buffer *out)
{
	const struct failing_view *v = (const struct failing_view *)view;
	(void)ui;
	if (v->feeds.count > 0)
		buffer_printf(out, "%ld/%zu", v->scroll.selected + 1, v->feeds.count);
}

/* "gone" for what is given up, else how often it failed and since when it is silent. */
static void write_health(const struct store_subscription *feed, struct dates *dates,
	int64_t now, struct buffer *out)
{
	struct buffer date = {0};
	int failures = feed->visit.failures;
	bool never = feed->visit.succeeded_at == STORE_NO_DATE;
	if (!never)
		dates_column(dates, &date, feed->visit.succeeded_at, now);
	if (feed->visit.stopped && never)
		buffer_str(out, str_of(_("stopped, never fetched")));
	else if (feed->visit.stopped)
		buffer_printf(out, _("stopped, last fetched %s"), buffer_view(&date).ptr);
	else if (never)
		buffer_printf(out,
			ngettext("failed %d time, never fetched", "failed %d times, never fetched",
				(unsigned long)failures),
			failures);
	else
		buffer_printf(out,
			ngettext("failed %d time, last fetched %s",
				"failed %d times, last fetched %s", (unsigned long)failures),
			failures, buffer_view(&date).ptr);
	number_redigit(out, 0, dates_digits(dates));
	buffer_free(&date);
}

/* The title, and below it the reason, which wraps where lines are short. */
enum { ROOM_FOR_HEALTH = 80, ROWS = 2, ROWS_NARROW = 4 };

static int rows_of_feed(int columns)
{
	return columns >= ROOM_FOR_HEALTH ? ROWS : ROWS_NARROW;
}

/* Why it failed, which the store keeps in English. */
static void draw_reason(
	struct canvas *canvas, struct rect rect, const struct store_subscription *feed)
{
	struct buffer why = {0};
	retell(&why, str_of(feed->visit.error));
	wrap_words(canvas, rect, 0, buffer_view(&why), ROLE_ERROR);
	buffer_free(&why);
}

static void draw_feed(struct canvas *canvas, struct rect area,
	const struct store_subscription *feed, struct dates *dates, int64_t now)
{
	enum { HEALTH_CELLS = 44, MARGIN = 3 };
	struct buffer health = {0};
	write_health(feed, dates, now, &health);
	int health_cells = area.columns >= ROOM_FOR_HEALTH ? HEALTH_CELLS : 0;
	struct field field = {.align = ALIGN_LEFT, .style = ROLE_UNREAD};
	canvas_text(canvas, area.row, area.column + 1, area.columns - health_cells - 2,
		str_of(feed->title), &field);
	field = (struct field){
		.direction = words_direction(), .align = ALIGN_RIGHT, .style = ROLE_META};
	canvas_text(canvas, area.row, area.column + area.columns - health_cells, health_cells,
		buffer_view(&health), &field);
	struct rect reason = {
		area.row + 1, area.column + MARGIN, area.rows - 1, area.columns - MARGIN};
	if (reason.rows > 0 && reason.columns > 0)
		draw_reason(canvas, reason, feed);
	buffer_free(&health);
}

/* The title and how often; the reason below, as it is. */
static void draw_plain(struct canvas *canvas, struct rect area,
	const struct store_subscription *feed, struct dates *dates, int64_t now, bool selected)
{
	enum { MARGIN = 2 };
	struct plain_row out = plain_start(canvas, area, selected);
	struct buffer health = {0};
	struct field field = {.style = ROLE_UNREAD};
	struct rect reason = {
		area.row + 1, area.column + MARGIN, area.rows - 1, area.columns - MARGIN};
	write_health(feed, dates, now, &health);
	plain_word(&out, str_of(feed->title), &field);
	field.style = ROLE_META;
	plain_item(&out, buffer_view(&health), &field);
	if (reason.rows > 0 && reason.columns > 0)
		draw_reason(canvas, reason, feed);
	buffer_free(&health);
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct failing_view *v = (struct failing_view *)view;
	if (v->changes != ui->changes)
		refresh(view, ui);
	if (v->feeds.count == 0) {
		struct field field = {.align = ALIGN_CENTRE, .style = ROLE_META};
		canvas_text(canvas, area.row + area.rows / 3, area.column, area.columns,
			str_of(_("All feeds can be fetched")), &field);
		return;
	}
	int64_t now = (int64_t)time(NULL);
	int rows_each = rows_of_feed(area.columns);
	long shown = area.rows > rows_each ? area.rows / rows_each : 1;
	scroll_fit(&v->scroll, shown);
	for (long i = 0; i < shown && v->scroll.top + i < v->scroll.count; i++) {
		long index = v->scroll.top + i;
		int row = (int)i * rows_each;
		int rows = area.rows - row < rows_each ? area.rows - row : rows_each;
		struct rect rect = {area.row + row, area.column, rows, area.columns};
		if (ui->look.plain)
			draw_plain(canvas, rect, &v->feeds.items[index], ui->dates, now,
				index == v->scroll.selected);
		else
			draw_feed(canvas, rect, &v->feeds.items[index], ui->dates, now);
		if (index == v->scroll.selected)
			canvas_overlay(canvas,
				(struct rect){rect.row, rect.column, 1, rect.columns},
				STYLE_SELECTED);
	}
}

/* Tried at once, also what was given up. */
static void try_again(struct failing_view *v, struct ui *ui)
{
	const struct store_subscription *feed = &v->feeds.items[v->scroll.selected];
	const bool stopped = false;
	const struct store_feed_edit edit = {.stopped = &stopped};
	struct error error;
	if (feed->visit.stopped && store_feed_edit(ui->store, feed->id, &edit, &error) < 0)
		ui_error(ui, &error);
	else
		fetching_request(ui->fetching, &feed->id, 1);
}

static void remove_selected(struct failing_view *v, struct ui *ui)
{
	struct error error;
	int64_t articles;
	if (!ui_confirm(ui, ACTION_REMOVE, _("Remove this feed and its articles?")))
		return;
	if (store_feed_remove(ui->store, v->feeds.items[v->scroll.selected].id, &articles, &error) <
		0)
		ui_error(ui, &error);
	else
		ui_say(ui,
			ngettext("Removed, with %lld article", "Removed, with %lld articles",
				articles),
			(long long)articles);
	refresh(&v->view, ui);
}

static bool act(struct view *view, struct ui *ui, enum action action)
{
	struct failing_view *v = (struct failing_view *)view;
	long rows = ui_area(ui).rows / rows_of_feed(ui_area(ui).columns);
	if (scroll_act(&v->scroll, action, rows > 0 ? rows : 1))
		return true;
	if (action == ACTION_FETCH_ALL) {
		fetching_request(ui->fetching, NULL, 0);
		return true;
	}
	if (v->feeds.count == 0)
		return false;
	if (action == ACTION_FETCH || action == ACTION_OPEN)
		try_again(v, ui);
	else if (action == ACTION_REMOVE)
		remove_selected(v, ui);
	else
		return false;
	return true;
}

static bool mouse(struct view *view, struct ui *ui, const struct mouse_event *event)
{
	struct failing_view *v = (struct failing_view *)view;
	return v->feeds.count > 0 && pointing_list(
		ui, &v->scroll, event, ui_area(ui), rows_of_feed(ui_area(ui).columns), ACTION_OPEN);
}

static void close_view(struct view *view, struct ui *ui)
{
	struct failing_view *v = (struct failing_view *)view;
	(void)ui;
	store_subscriptions_free(&v->feeds);
	free(v);
}

static const struct view_kind FAILING_VIEW = {
	.keys = IN_FAILING,
	.opens = N_("try again"),
	.title = title,
	.status = status,
	.draw = draw,
	.act = act,
	.mouse = mouse,
	.refresh = refresh,
	.close = close_view,
};

struct view *failing_view_new(struct ui *ui)
{
	struct failing_view *v = calloc(1, sizeof *v);
	if (!v)
		return NULL;
	v->view.kind = &FAILING_VIEW;
	refresh(&v->view, ui);
	return &v->view;
}
