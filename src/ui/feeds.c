/* The first screen: smart lists, then feeds in their folders, with their counts. */
#include "base/array.h"
#include "base/message.h"
#include "ui/adding.h"
#include "ui/deeds.h"
#include "ui/feed_form.h"
#include "ui/lists.h"
#include "ui/plain.h"
#include "ui/pointing.h"
#include "ui/rules.h"
#include "ui/scroll.h"
#include "ui/search.h"
#include "ui/session.h"
#include "ui/smart_form.h"
#include "ui/tree.h"
#include "ui/view.h"
#include "ui/wrap.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
	enum store_list_kind kind;
	const char *name;
} SMART[] = {
	{STORE_ALL, N_("All")},
	{STORE_UNREAD, N_("Unread")},
	{STORE_STARRED, N_("Starred")},
	{STORE_UNFINISHED, N_("Unfinished")},
	{STORE_LATELY, N_("Lately read")},
};
enum { SMART_COUNT = sizeof SMART / sizeof *SMART };

struct feeds_view {
	struct view view;
	struct scroll scroll;
	struct store_feeds feeds;
	struct tree tree; /* of them */
	struct store_counts smart[SMART_COUNT];
	struct smart_lists lists; /* behind those */
	struct smart_lists *retired; /* those of before, which open lists may still use */
	size_t retired_count, retired_cap;
	uint64_t lists_stamp; /* of those in the store */
	bool renewed; /* those of khabar.conf were read again */
	bool known;               /* the counts have been read: none is none, and not a failure */
	unsigned long changes;    /* of the store that it knows of */
};

/* Neither articles nor anything they could come from. */
static bool is_empty(const struct feeds_view *v)
{
	return v->known && v->smart[0].total == 0 && v->feeds.count == 0;
}

/* Rows before those of the tree. */
static long lists_of(const struct feeds_view *v)
{
	return SMART_COUNT + (long)v->lists.count;
}

/* The saved query, NULL for other rows. */
static const struct smart_list *saved_of(const struct feeds_view *v, long index)
{
	bool saved = index >= SMART_COUNT && index < lists_of(v);
	return saved ? &v->lists.items[index - SMART_COUNT] : NULL;
}

/* The row of the tree, NULL for a smart list. */
static const struct tree_row *row_of(const struct feeds_view *v, long index)
{
	return index < lists_of(v) ? NULL : &v->tree.rows[index - lists_of(v)];
}

static const struct store_feed *feed_of(const struct feeds_view *v, long index)
{
	const struct tree_row *row = row_of(v, index);
	return row && row->kind == TREE_FEED ? &v->feeds.items[row->feed] : NULL;
}

static struct store_list list_of(const struct feeds_view *v, struct ui *ui, long index)
{
	struct store_list list = {.since = store_moment(ui->store)};
	const struct store_feed *feed = feed_of(v, index);
	if (feed) {
		list.kind = STORE_FEED;
		list.feed_id = feed->id;
	} else if (saved_of(v, index)) {
		list.kind = STORE_QUERY;
		list.query = saved_of(v, index)->query;
	} else {
		list.kind = SMART[index].kind;
	}
	return list;
}

static struct str name_of(const struct feeds_view *v, long index)
{
	const struct tree_row *row = row_of(v, index);
	const struct smart_list *saved = saved_of(v, index);
	if (saved)
		return str_of(saved->name);
	return row ? row->name : str_of(_(SMART[index].name));
}

static struct store_counts counts_of(const struct feeds_view *v, long index)
{
	const struct tree_row *row = row_of(v, index);
	const struct smart_list *saved = saved_of(v, index);
	if (saved)
		return (struct store_counts){.unread = saved->count};
	return row ? row->counts : v->smart[index];
}

/* ---- what is in the store ---- */

/* Which row is selected, to find it again among others. */
struct place {
	long smart;   /* or -1 */
	int64_t feed; /* id, 0: a folder */
	char *folder; /* path; owned */
};

static struct place place_of(const struct feeds_view *v)
{
	struct place place = {.smart = v->scroll.selected};
	const struct tree_row *row = v->scroll.count > 0 ? row_of(v, v->scroll.selected) : NULL;
	if (!row)
		return place;
	place.smart = -1;
	if (row->kind == TREE_FEED)
		place.feed = v->feeds.items[row->feed].id;
	else
		place.folder = str_dup(row->path);
	return place;
}

/* Where that is now; what is gone leaves the number of its row. */
static void go_to(struct feeds_view *v, const struct place *place)
{
	if (place->smart >= 0)
		return;
	for (size_t i = 0; i < v->tree.count; i++) {
		const struct tree_row *row = &v->tree.rows[i];
		bool same = row->kind == TREE_FEED
				    ? place->feed == v->feeds.items[row->feed].id
				    : place->folder && str_equal(row->path, str_of(place->folder));
		if (same)
			v->scroll.selected = lists_of(v) + (long)i;
	}
}

static void build(struct feeds_view *v, struct ui *ui)
{
	if (tree_build(&v->tree, &v->feeds, store_collation(ui->store)) < 0)
		ui_say(ui, "Out of memory: not all feeds are shown");
	v->scroll.count = lists_of(v) + (long)v->tree.count;
}

static void count_smart(struct feeds_view *v, struct ui *ui)
{
	struct error error;
	v->known = true;
	for (long i = 0; i < SMART_COUNT; i++) {
		struct store_list list = {.kind = SMART[i].kind, .since = INT64_MAX};
		if (store_count(ui->store, &list, &v->smart[i], &error) < 0) {
			ui_error(ui, &error);
			v->known = false;
		}
	}
}

/* Lists as they are now; the row of the selected one is found by its id. */
static void read_lists(struct feeds_view *v, struct ui *ui)
{
	struct smart_lists anew;
	struct error error;
	const struct smart_list *here = saved_of(v, v->scroll.selected);
	int64_t id = here ? here->id : 0;
	uint64_t stamp = smart_lists_stamp(ui->store);
	if (stamp == v->lists_stamp && !v->renewed)
		return;
	if (smart_lists_load(&anew, ui->store, ui->options->lists, &error) != 0)
		ui_error(ui, &error);
	if (!anew.items || !array_reserve(&v->retired, &v->retired_cap, v->retired_count + 1,
				   sizeof *v->retired)) {
		smart_lists_free(&anew);
		return;
	}
	smart_lists_remember(&anew, &v->lists);
	v->retired[v->retired_count++] = v->lists;
	v->lists = anew;
	v->lists_stamp = stamp;
	v->renewed = false;
	for (size_t i = 0; id != 0 && i < anew.count; i++) {
		if (anew.items[i].id == id)
			v->scroll.selected = SMART_COUNT + (long)i;
	}
}

static void refresh(struct view *view, struct ui *ui)
{
	struct feeds_view *v = (struct feeds_view *)view;
	struct error error;
	struct store_feeds feeds;
	v->changes = ui->changes;
	if (store_feeds(ui->store, &feeds, &error) < 0) {
		ui_error(ui, &error);
		return;
	}
	struct place place = place_of(v);
	store_feeds_free(&v->feeds);
	v->feeds = feeds;
	count_smart(v, ui);
	read_lists(v, ui);
	smart_lists_doubt(&v->lists);
	build(v, ui);
	go_to(v, &place);
	free(place.folder);
	scroll_fit(&v->scroll, panes_area(ui, IN_FEEDS).rows);
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
		buffer_printf(out, ngettext("%lld unread", "%lld unread", v->smart[0].unread),
			(long long)v->smart[0].unread);
}

/* What to press comes first: on a small screen it is all there is room for. */
static void draw_welcome(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	static const struct {
		enum action action; /* ACTION_NONE: the text alone */
		const char *text;   /* else with the name of its key */
		style_t style;
		bool spare; /* left out where rows are few */
	} parts[] = {
		{ACTION_NONE, "khabar · خبر", ROLE_TITLE, true},
		{ACTION_NONE, "", ROLE_NORMAL, true},
		{ACTION_NONE, N_("No articles yet."), ROLE_NORMAL, true},
		/* TRANSLATORS: %s is a key, here and below. */
		{ACTION_OPEN, N_("%s: read samples and a guide"), ROLE_KEY, false},
		{ACTION_ADD, N_("%s: add a feed by its address"), ROLE_KEY, false},
		{ACTION_STARTER, N_("%s: choose from a list of feeds"), ROLE_KEY, false},
		{ACTION_NONE, N_("Feeds of another reader: quit, then khabar import FILE"),
			ROLE_NORMAL, false},
	};
	enum { ROOM_FOR_ALL = 8, MARGIN = 2 };
	struct rect inside = area;
	if (area.columns > 4 * MARGIN) {
		inside.column += MARGIN;
		inside.columns -= 2 * MARGIN;
	}
	int row = area.rows < ROOM_FOR_ALL ? 0 : area.rows / 4;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct buffer line = {0}, key = {0};
		if (parts[i].spare && area.rows < ROOM_FOR_ALL)
			continue;
		if (parts[i].action != ACTION_NONE && !ui_key(ui, view, parts[i].action, &key))
			continue;
		if (parts[i].action != ACTION_NONE)
			buffer_printf(&line, _(parts[i].text), key.data ? key.data : "");
		else if (parts[i].text[0])
			buffer_str(&line, str_of(_(parts[i].text)));
		int rows = wrap_text(canvas, inside, row, buffer_view(&line), parts[i].style);
		row += rows > 0 ? rows : 1;
		buffer_free(&line);
		buffer_free(&key);
	}
}

/* The name behind its depth; folders with a triangle, what cannot be fetched with a "!",
 * what was put off with a "~". */
static void draw_name(
	const struct feeds_view *v, struct canvas *canvas, struct rect area, long index)
{
	enum { STEP = 2, OPEN = 0x25BE, CLOSED = 0x25B8, CLOSED_RTL = 0x25C2, DEEPEST_SHOWN = 8 };
	const struct tree_row *row = row_of(v, index);
	bool unread = counts_of(v, index).unread > 0;
	int from = area.column, end = area.column + area.columns;
	if (row)
		from += (row->depth < DEEPEST_SHOWN ? row->depth : DEEPEST_SHOWN) * STEP;
	if (row && row->kind == TREE_FOLDER && from < end) {
		bool rtl = canvas_direction(canvas) == TEXT_RTL;
		canvas_sign(canvas, area.row, canvas_mirror(canvas, area, from, 1), 1,
			!row->closed ? OPEN : rtl ? CLOSED_RTL : CLOSED, ROLE_META);
		from += STEP;
	}
	bool tell = row && row->failing && (row->kind == TREE_FEED || row->closed);
	if (tell && from < end) {
		canvas_sign(canvas, area.row, canvas_mirror(canvas, area, from, 1), 1, '!', ROLE_ERROR);
		from += STEP;
	}
	if (row && row->later && from < end) {
		canvas_sign(canvas, area.row, canvas_mirror(canvas, area, from, 1), 1, '~', ROLE_META);
		from += STEP;
	}
	struct field name = {.align = ALIGN_START, .style = unread ? ROLE_UNREAD : ROLE_NORMAL};
	if (from < end)
		canvas_text(canvas, area.row, canvas_mirror(canvas, area, from, end - from),
			end - from, name_of(v, index), &name);
}

static void draw_row(
	const struct feeds_view *v, struct ui *ui, struct rect area, long index)
{
	enum { WIDE_COUNT = 9, NARROW_COUNT = 6, ROOM_FOR_WIDE = 40, GAP = 1, SIX_DIGITS = 999999 };
	struct canvas *canvas = screen_canvas(ui->screen);
	bool wide = area.columns >= ROOM_FOR_WIDE || v->smart[0].unread > SIX_DIGITS;
	const int count_cells = wide ? WIDE_COUNT : NARROW_COUNT;
	struct store_counts counts = counts_of(v, index);
	bool unread = counts.unread > 0;
	struct buffer number = {0};
	const struct smart_list *saved = saved_of(v, index);
	bool more = saved && saved->count >= LISTS_COUNTED;
	if (unread)
		dates_number(ui->dates, &number, counts.unread);
	if (more)
		buffer_byte(&number, '+');
	struct field count_field = {.direction = TEXT_LTR,
		.align = ALIGN_END,
		.style = unread ? ROLE_COUNT : ROLE_READ};
	canvas_text(canvas, area.row, canvas_mirror(canvas, area, area.column, count_cells),
		count_cells, buffer_view(&number), &count_field);
	buffer_clear(&number);
	if (!saved) /* whose articles are not counted */
		dates_number(ui->dates, &number, counts.total);
	int total_cells = area.columns >= 50 ? count_cells : 0;
	count_field.style = ROLE_DATE;
	int total_column = area.column + area.columns - total_cells;
	canvas_text(canvas, area.row, canvas_mirror(canvas, area, total_column, total_cells),
		total_cells, buffer_view(&number), &count_field);
	buffer_free(&number);
	int from = area.column + count_cells + 2 * GAP;
	int end = area.column + area.columns - total_cells - GAP;
	int left = canvas_mirror(canvas, area, from, end - from);
	draw_name(v, canvas, (struct rect){area.row, left, 1, end - from}, index);
}

static void put_number(struct plain_row *row, const struct ui *ui, const char *format,
	int64_t number, style_t style)
{
	struct buffer text = {0};
	const struct field field = {.style = style};
	buffer_printf(&text, format, (long long)number);
	number_redigit(&text, 0, dates_digits(ui->dates));
	plain_item(row, buffer_view(&text), &field);
	buffer_free(&text);
}

static void draw_plain(
	const struct feeds_view *v, struct ui *ui, struct rect area, long index)
{
	enum { STEP = 2, DEEPEST_SHOWN = 8 };
	const struct tree_row *row = row_of(v, index);
	struct store_counts counts = counts_of(v, index);
	struct field field = {.style = counts.unread > 0 ? ROLE_UNREAD : ROLE_NORMAL};
	struct plain_row out = plain_start(screen_canvas(ui->screen), area,
		index == v->scroll.selected);
	if (row)
		plain_indent(&out,
			STEP * (row->depth < DEEPEST_SHOWN ? row->depth : DEEPEST_SHOWN));
	plain_word(&out, name_of(v, index), &field);
	field.style = ROLE_META;
	if (row && row->kind == TREE_FOLDER)
		plain_item(&out, str_of(row->closed ? _("closed folder") : _("open folder")), &field);
	if (counts.unread > 0)
		put_number(&out, ui,
			ngettext("%lld unread", "%lld unread", (unsigned long)counts.unread),
			counts.unread, ROLE_COUNT);
	if (!saved_of(v, index)) /* whose articles are not counted */
		put_number(&out, ui, ngettext("%lld in all", "%lld in all", (unsigned long)counts.total),
			counts.total, ROLE_META);
	if (row && row->later)
		plain_item(&out, str_of(_("put off")), &field);
	field.style = ROLE_ERROR;
	if (row && row->failing && (row->kind == TREE_FEED || row->closed))
		plain_item(&out, str_of(_("cannot be fetched")), &field);
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct feeds_view *v = (struct feeds_view *)view;
	if (v->changes != ui->changes)
		refresh(view, ui);
	if (is_empty(v)) {
		draw_welcome(view, ui, canvas, area);
		return;
	}
	struct error error;
	if (smart_lists_count(&v->lists, ui->store, &error) < 0)
		ui_error(ui, &error);
	scroll_fit(&v->scroll, area.rows);
	for (int i = 0; i < area.rows && v->scroll.top + i < v->scroll.count; i++) {
		long index = v->scroll.top + i;
		struct rect row = {area.row + i, area.column, 1, area.columns};
		if (ui->look.plain)
			draw_plain(v, ui, row, index);
		else
			draw_row(v, ui, row, index);
		if (index == v->scroll.selected)
			canvas_overlay(canvas, row, panes_selected(ui, view));
	}
}

static void open_selected(struct feeds_view *v, struct ui *ui)
{
	const struct tree_row *row = row_of(v, v->scroll.selected);
	if (row && row->kind == TREE_FOLDER) {
		if (tree_toggle(&v->tree, row->path) < 0)
			ui_say(ui, "Out of memory");
		build(v, ui);
		return;
	}
	struct store_list list = list_of(v, ui, v->scroll.selected);
	panes_open_list(ui, &list, name_of(v, v->scroll.selected));
}

/* ---- feeds ---- */

static bool is_fetched(const struct store_feed *feed)
{
	static const struct str schemes[] = {STR("http:"), STR("https:"), STR("command:")};
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		if (str_starts(str_of(feed->key), schemes[i]))
			return true;
	}
	return false;
}

/* Of the selected row: its feed, those in its folder, or of a smart list all. */
static void fetch_selected(struct feeds_view *v, struct ui *ui)
{
	const struct tree_row *row = row_of(v, v->scroll.selected);
	int64_t *ids = NULL;
	size_t count = 0, cap = 0;
	for (size_t i = 0; i < v->feeds.count; i++) {
		const struct store_feed *feed = &v->feeds.items[i];
		bool meant = !row || (row->kind == TREE_FEED ? row->feed == i
							     : tree_is_inside(str_of(feed->folder),
								       row->path));
		if (meant && is_fetched(feed) && array_reserve(&ids, &cap, count + 1, sizeof *ids))
			ids[count++] = feed->id;
	}
	if (count > 0)
		fetching_request(ui->fetching, row ? ids : NULL, row ? count : 0);
	else
		ui_say(ui, "There is nothing to fetch here; a adds a feed");
	free(ids);
}

static void fetch_all(struct feeds_view *v, struct ui *ui)
{
	bool any = false;
	for (size_t i = 0; i < v->feeds.count; i++)
		any |= is_fetched(&v->feeds.items[i]);
	if (any)
		fetching_request(ui->fetching, NULL, 0);
	else
		ui_say(ui, "There is nothing to fetch yet; a adds a feed");
}

static void remove_list(struct feeds_view *v, struct ui *ui, const struct smart_list *list)
{
	struct error error;
	if (list->id == 0) {
		smart_form_refuse(ui, list->place);
		return;
	}
	if (!ui_confirm(ui, ACTION_REMOVE, _("Remove this list?  Its articles stay")))
		return;
	if (store_smart_list_remove(ui->store, list->id, &error) < 0)
		ui_error(ui, &error);
	else
		ui_say(ui, "%s", _("Removed"));
	refresh(&v->view, ui);
}

static void edit_list(struct ui *ui, const struct smart_list *list)
{
	struct store_smart_lists all;
	struct error error;
	if (list->id == 0) {
		smart_form_refuse(ui, list->place);
		return;
	}
	if (store_smart_lists(ui->store, &all, &error) < 0) {
		ui_error(ui, &error);
		return;
	}
	for (size_t i = 0; i < all.count; i++) {
		const struct store_smart_list *it = &all.items[i];
		const struct smart_draft draft = {
			it->id, str_of(it->name), str_of(it->query), it->kind};
		if (it->id == list->id)
			smart_form_open(ui, &draft);
	}
	store_smart_lists_free(&all);
}

static void edit_selected(struct feeds_view *v, struct ui *ui)
{
	const struct tree_row *row = row_of(v, v->scroll.selected);
	const struct smart_list *saved = saved_of(v, v->scroll.selected);
	if (saved)
		edit_list(ui, saved);
	else if (!row)
		ui_say(ui, "%s", _("This list is always there, as it is"));
	else if (row->kind == TREE_FEED)
		feed_form_open(ui, v->feeds.items[row->feed].id);
	else
		feed_form_folder(ui, row->path);
}

static void move_selected(struct feeds_view *v, struct ui *ui, bool down)
{
	const struct smart_list *saved = saved_of(v, v->scroll.selected);
	struct error error;
	if (!saved)
		ui_say(ui, "%s", _("Only a list of yours can be moved: select one"));
	else if (saved->id == 0)
		smart_form_refuse(ui, saved->place);
	else if (store_smart_list_move(ui->store, saved->id, down, &error) < 0)
		ui_error(ui, &error);
	refresh(&v->view, ui);
}

static void remove_selected(struct feeds_view *v, struct ui *ui)
{
	const struct smart_list *saved = saved_of(v, v->scroll.selected);
	const struct store_feed *feed = feed_of(v, v->scroll.selected);
	struct error error;
	int64_t articles;
	char question[256];
	if (saved) {
		remove_list(v, ui, saved);
		return;
	}
	if (!feed) {
		ui_say(ui, "Only a feed or a list of yours can be removed: select one");
		return;
	}
	snprintf(question, sizeof question,
		ngettext("Remove this feed and its %lld article?",
			"Remove this feed and its %lld articles?", feed->total),
		(long long)feed->total);
	if (!ui_confirm(ui, ACTION_REMOVE, question))
		return;
	if (store_feed_remove(ui->store, feed->id, &articles, &error) < 0)
		ui_error(ui, &error);
	else
		ui_say(ui,
			ngettext("Removed, with %lld article", "Removed, with %lld articles",
				articles),
			(long long)articles);
	refresh(&v->view, ui);
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
		ui_say(ui, ngettext("%d article added", "%d articles added", added), added);
	refresh(&v->view, ui);
	if (!is_empty(v))
		open_selected(v, ui);
}

static void mark_folder_read(struct feeds_view *v, struct ui *ui, struct str folder)
{
	struct error error;
	int64_t changed = 0;
	size_t count = 0;
	int64_t *ids = calloc(v->feeds.count + 1, sizeof *ids);
	for (size_t i = 0; ids && i < v->feeds.count; i++) {
		if (tree_is_inside(str_of(v->feeds.items[i].folder), folder))
			ids[count++] = v->feeds.items[i].id;
	}
	if (!ids)
		ui_say(ui, "Out of memory");
	else if (store_mark_feeds_read(ui->store, ids, count, folder, &changed, &error) < 0)
		ui_error(ui, &error);
	else
		deeds_say_read(ui, changed);
	free(ids);
	refresh(&v->view, ui);
}

static void mark_all_read(struct feeds_view *v, struct ui *ui)
{
	struct error error;
	int64_t changed;
	const struct tree_row *row = row_of(v, v->scroll.selected);
	if (row && row->kind == TREE_FOLDER) {
		mark_folder_read(v, ui, row->path);
		return;
	}
	struct store_list list = list_of(v, ui, v->scroll.selected);
	const struct store_marking marking = {.label = name_of(v, v->scroll.selected)};
	if (store_mark_list_read(ui->store, &list, &marking, &changed, &error) < 0)
		ui_error(ui, &error);
	else
		deeds_say_read(ui, changed);
	refresh(&v->view, ui);
}

static bool act(struct view *view, struct ui *ui, enum action action)
{
	struct feeds_view *v = (struct feeds_view *)view;
	bool empty = is_empty(v);
	if (!empty && scroll_act(&v->scroll, action, panes_area(ui, IN_FEEDS).rows))
		return true;
	switch (action) {
	case ACTION_OPEN:
		if (empty)
			add_samples(v, ui);
		else
			open_selected(v, ui);
		return true;
	case ACTION_MARK_ALL_READ:
		mark_all_read(v, ui);
		return true;
	case ACTION_FETCH:
		fetch_selected(v, ui);
		return true;
	case ACTION_FETCH_ALL:
		fetch_all(v, ui);
		return true;
	case ACTION_ADD:
		adding_ask(ui);
		return true;
	case ACTION_STARTER:
		adding_starter(ui);
		return true;
	case ACTION_REMOVE:
		remove_selected(v, ui);
		return true;
	case ACTION_EDIT:
		edit_selected(v, ui);
		return true;
	case ACTION_LIST:
		smart_form_open(ui, &(struct smart_draft){.kind = STORE_SMART_LIST});
		return true;
	case ACTION_RULES:
		rules_view_open(ui);
		return true;
	case ACTION_MOVE_UP:
	case ACTION_MOVE_DOWN:
		move_selected(v, ui, action == ACTION_MOVE_DOWN);
		return true;
	case ACTION_SEARCH:
		searching_open(ui);
		return true;
	case ACTION_FAILING:
		ui_push(ui, failing_view_new(ui));
		return true;
	default:
		return false;
	}
}

static bool mouse(struct view *view, struct ui *ui, const struct mouse_event *event)
{
	struct feeds_view *v = (struct feeds_view *)view;
	return !is_empty(v) && pointing_list(
		ui, &v->scroll, event, panes_area(ui, IN_FEEDS), 1, ACTION_OPEN);
}

static void close_view(struct view *view, struct ui *ui)
{
	struct feeds_view *v = (struct feeds_view *)view;
	(void)ui;
	tree_free(&v->tree);
	smart_lists_free(&v->lists);
	for (size_t i = 0; i < v->retired_count; i++)
		smart_lists_free(&v->retired[i]);
	free(v->retired);
	store_feeds_free(&v->feeds);
	free(v);
}

static const struct view_kind FEEDS_VIEW = {
	.keys = IN_FEEDS,
	.title = title,
	.status = status,
	.draw = draw,
	.act = act,
	.mouse = mouse,
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

void feeds_renew_lists(struct view *feeds, struct ui *ui)
{
	((struct feeds_view *)feeds)->renewed = true;
	if (ui->stack[ui->depth - 1] == feeds)
		refresh(feeds, ui);
}

bool feeds_is_empty(const struct view *feeds)
{
	return feeds->kind != &FEEDS_VIEW || is_empty((const struct feeds_view *)feeds);
}

bool feeds_selected(struct view *feeds, struct ui *ui, struct store_list *list, struct str *name)
{
	struct feeds_view *v = (struct feeds_view *)feeds;
	long index = v->scroll.selected;
	const struct tree_row *row = v->scroll.count > 0 ? row_of(v, index) : NULL;
	if (feeds_is_empty(feeds) || index >= v->scroll.count || (row && row->kind == TREE_FOLDER))
		return false;
	*list = list_of(v, ui, index);
	*name = name_of(v, index);
	return true;
}

bool feeds_step(
	struct view *feeds, struct ui *ui, bool back, struct store_list *list, struct buffer *name)
{
	struct feeds_view *v = (struct feeds_view *)feeds;
	long by = back ? -1 : 1, to = v->scroll.selected + by;
	while (to >= lists_of(v) && to < v->scroll.count && !feed_of(v, to))
		to += by;
	if (feeds->kind != &FEEDS_VIEW || to < 0 || to >= v->scroll.count)
		return false;
	v->scroll.selected = to;
	scroll_fit(&v->scroll, panes_area(ui, IN_FEEDS).rows);
	*list = list_of(v, ui, to);
	buffer_clear(name);
	buffer_str(name, name_of(v, to));
	return true;
}

/* ---- the next start ---- */

/* "smart Unread", "query NAME", "folder PATH", "feed KEY". */
static void write_key(const struct feeds_view *v, long index, struct buffer *out)
{
	const struct tree_row *row = row_of(v, index);
	const struct store_feed *feed = feed_of(v, index);
	buffer_str(out, feed	       ? STR("feed ")
			: row		       ? STR("folder ")
			: saved_of(v, index) ? STR("query ")
					     : STR("smart "));
	bool own = !feed && !row && index < SMART_COUNT; /* in any language, its English name */
	buffer_str(out, feed  ? str_of(feed->key)
			: row ? row->path
			: own ? str_of(SMART[index].name)
			      : name_of(v, index));
}

bool feeds_session(struct view *feeds, struct buffer *key)
{
	const struct feeds_view *v = (const struct feeds_view *)feeds;
	if (feeds->kind != &FEEDS_VIEW || is_empty(v) || v->scroll.selected >= v->scroll.count)
		return false;
	write_key(v, v->scroll.selected, key);
	return true;
}

static bool select_key(struct feeds_view *v, struct ui *ui, struct str wanted)
{
	struct buffer key = {0};
	bool found = false;
	for (long i = 0; i < v->scroll.count && !found; i++) {
		buffer_clear(&key);
		write_key(v, i, &key);
		found = !key.failed && str_equal(buffer_view(&key), wanted);
		if (found)
			v->scroll.selected = i;
	}
	buffer_free(&key);
	scroll_fit(&v->scroll, panes_area(ui, IN_FEEDS).rows);
	return found;
}

bool feeds_restore(struct view *feeds, struct ui *ui, const struct session *session)
{
	struct feeds_view *v = (struct feeds_view *)feeds;
	if (feeds->kind != &FEEDS_VIEW || is_empty(v) ||
		!select_key(v, ui, buffer_view(&session->row)) || !session->list)
		return false;
	const struct tree_row *row = row_of(v, v->scroll.selected);
	if (row && row->kind == TREE_FOLDER)
		return false;
	struct store_list list = list_of(v, ui, v->scroll.selected);
	list.since = session->since;
	struct view *headlines = headlines_view_new(ui, &list, name_of(v, v->scroll.selected));
	ui_push(ui, headlines);
	return headlines && headlines_restore(headlines, ui, session);
}
