/* khabar feeds: what is subscribed to, and how it fares. */
#include "base/message.h"
#include "base/retell.h"
#include "base/utf8.h"
#include "command/columns.h"
#include "command/command.h"
#include "command/feed.h"
#include "command/item.h"
#include "command/settings.h"
#include "locale/date.h"
#include "store/setting.h"

#include <stddef.h>
#include <stdlib.h>

enum {
	ID_COLUMNS = 5,
	STATE_COLUMNS = 1,
	COUNT_COLUMNS = 6,
	TITLE_COLUMNS = 30,
	TITLE_LEAST = 20, /* dates make room for it */
};

struct feeds_values {
	bool json, failing;
	int format;
	long width; /* 0: the terminal's */
};

#define AT(member) offsetof(struct feeds_values, member)

static const struct option_spec options[] = {
	{"json", 0, OPTION_SWITCH, NULL, AT(json),
		.help = N_("print a JSON object with \"feeds\"")},
	{"failing", 0, OPTION_SWITCH, NULL, AT(failing),
		.help = N_("only what fails, or is not visited any more")},
	{"format", 0, OPTION_WORD, NULL, AT(format), .words = print_formats,
		.help = N_("auto: visual on a terminal, else text (logical)")},
	{"width", 0, OPTION_NUMBER, "N", AT(width), 1, PRINT_WIDEST,
		.help = N_("cells of a line of --format visual")},
	{.name = NULL},
};

#undef AT

/* A table being printed. */
struct table {
	struct output *out;
	enum print_format format;
	struct canvas *sheet; /* of PRINT_VISUAL: one row */
	bool told;            /* a row was printed */
	struct dates *dates;  /* NULL: PRINT_JSON */
	int date_columns;
};

/* The texts of a row. */
struct row {
	struct buffer id, unread, total, success, next, title, error;
	const char *state;
	enum store_direction direction;
};

static void row_free(struct row *row)
{
	struct buffer *const texts[] = {&row->id, &row->unread, &row->total, &row->success,
		&row->next, &row->title, &row->error};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		buffer_free(texts[i]);
}

static bool is_failing(const struct store_subscription *feed)
{
	return feed->visit.failures > 0 || feed->visit.stopped;
}

/* Only what is fetched has visits. */
static bool is_fetched(const struct store_subscription *feed)
{
	struct str url = str_of(feed->url);
	return str_equal_nocase(str_slice(url, 0, 4), STR("http")) ||
	       str_equal_nocase(str_slice(url, 0, 8), STR("command:"));
}

static void add_date(
	struct buffer *out, struct dates *dates, int64_t time, const char *none)
{
	if (time == STORE_NO_DATE)
		buffer_str(out, str_of(_(none)));
	else
		dates_moment(dates, out, time);
}

/* What is wrong, and how often it was so. */
static void add_error(struct row *row, const struct store_visit *visit)
{
	struct buffer error = {0};
	struct buffer told = {0};
	retell(&told, str_of(visit->error));
	output_field(&error, buffer_view(&told));
	buffer_free(&told);
	if (visit->failures > 1)
		buffer_printf(&row->error,
			ngettext("%s (%d time)", "%s (%d times)", (unsigned long)visit->failures),
			error.data ? error.data : "", visit->failures);
	else
		buffer_str(&row->error, buffer_view(&error));
	row->error.failed |= error.failed;
	buffer_free(&error);
}

/* The heading of a column of numbers, which stand at its end. */
static void add_heading(struct buffer *out, const char *text, int columns)
{
	int cells = (int)utf8_length(str_of(text));
	buffer_repeat(out, STR(" "), cells < columns ? (size_t)(columns - cells) : 0);
	buffer_str(out, str_of(text));
}

static void make_row(
	struct row *row, struct dates *dates, const struct store_subscription *feed)
{
	const struct store_visit *visit = &feed->visit;
	*row = (struct row){.state = visit->stopped        ? "x"
				     : visit->failures > 0 ? "!"
				     : *visit->error       ? "~"
				     : feed->hidden        ? "h"
							   : " "};
	buffer_printf(&row->id, "%5lld", (long long)feed->id);
	buffer_printf(&row->unread, "%6lld", (long long)feed->unread);
	buffer_printf(&row->total, "%6lld", (long long)feed->total);
	output_field(&row->title, str_of(feed->title));
	if (!is_fetched(feed))
		return;
	add_date(&row->success, dates, visit->succeeded_at, N_("never"));
	if (visit->stopped)
		buffer_str(&row->next, str_of(_("never")));
	else
		add_date(&row->next, dates, visit->next_at, N_("at once"));
	add_error(row, visit);
}

static void make_heading(struct row *row)
{
	*row = (struct row){.state = " "};
	add_heading(&row->id, _("ID"), ID_COLUMNS);
	/* TRANSLATORS: the heading of a column of 6 cells. */
	add_heading(&row->unread, _("UNREAD"), COUNT_COLUMNS);
	/* TRANSLATORS: the heading of a column of 6 cells. */
	add_heading(&row->total, _("ALL"), COUNT_COLUMNS);
	buffer_str(&row->success, str_of(_("LAST SUCCESS")));
	buffer_str(&row->next, str_of(_("NEXT VISIT")));
	buffer_str(&row->title, str_of(_("FEED")));
}

static void text_row(struct buffer *out, const struct row *row, int date_columns)
{
	buffer_printf(
		out, "%s %s %s %s ", row->id.data, row->state, row->unread.data, row->total.data);
	columns_add(out, buffer_view(&row->success), date_columns);
	buffer_byte(out, ' ');
	columns_add(out, buffer_view(&row->next), date_columns);
	buffer_byte(out, ' ');
	if (row->error.len > 0) {
		columns_add(out, buffer_view(&row->title), TITLE_COLUMNS);
		buffer_str(out, STR("  "));
		buffer_str(out, buffer_view(&row->error));
	} else {
		buffer_str(out, buffer_view(&row->title));
	}
	buffer_byte(out, '\n');
}

/* How the cells of a line are shared out. */
struct layout {
	int date; /* of each of the two; 0: no room for them */
	int title;
	int error; /* 0: no room beside the title, the reason stands on a line of its own */
};

static struct layout layout_of(int columns, int date_columns, bool has_error)
{
	struct layout layout = {0};
	int room = columns - ID_COLUMNS - STATE_COLUMNS - 2 * COUNT_COLUMNS - 4 * COLUMNS_GAP;
	int both = 2 * (date_columns + COLUMNS_GAP);
	if (room >= both + TITLE_LEAST) {
		layout.date = date_columns;
		room -= both;
	}
	layout.title = room > 0 ? room : 0;
	if (has_error && room > 2 * TITLE_LEAST) {
		layout.title = room > TITLE_COLUMNS + TITLE_LEAST ? TITLE_COLUMNS : TITLE_LEAST;
		layout.error = room - layout.title - COLUMNS_GAP;
	}
	return layout;
}

static int draw_row(struct canvas *sheet, const struct row *row, const struct layout *layout)
{
	const struct field plain = {.direction = TEXT_LTR, .align = ALIGN_LEFT};
	const struct field text = {.align = ALIGN_LEFT};
	const struct {
		struct str text;
		int columns;
		const struct field *field;
	} fields[] = {
		{buffer_view(&row->id), ID_COLUMNS, &plain},
		{str_of(row->state), STATE_COLUMNS, &plain},
		{buffer_view(&row->unread), COUNT_COLUMNS, &plain},
		{buffer_view(&row->total), COUNT_COLUMNS, &plain},
		{buffer_view(&row->success), layout->date, &plain},
		{buffer_view(&row->next), layout->date, &plain},
		{buffer_view(&row->title), layout->title, &text},
		{buffer_view(&row->error), layout->error, &text},
	};
	int column = 0;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		int room = canvas_columns(sheet) - column;
		int columns = fields[i].columns < room ? fields[i].columns : room;
		if (columns > 0 &&
			columns_draw(sheet, &column, columns, fields[i].text, fields[i].field))
			return -1;
	}
	return 0;
}

/* The reason on a line of its own, under the title's state. */
static int draw_error(struct canvas *sheet, const struct row *row)
{
	const struct field text = {.align = ALIGN_LEFT};
	int column = ID_COLUMNS + STATE_COLUMNS + 2 * COLUMNS_GAP;
	if (column >= canvas_columns(sheet))
		column = 0;
	canvas_clear(sheet, ROLE_NORMAL);
	return columns_draw(
		sheet, &column, canvas_columns(sheet) - column, buffer_view(&row->error), &text);
}

static int visual_row(struct table *table, const struct row *row, struct error *error)
{
	bool has_error = row->error.len > 0;
	struct layout layout = layout_of(canvas_columns(table->sheet), table->date_columns, has_error);
	canvas_clear(table->sheet, ROLE_NORMAL);
	if (draw_row(table->sheet, row, &layout))
		return error_no_memory(error);
	print_row(&table->out->pending, table->sheet);
	if (!has_error || layout.error > 0)
		return 0;
	if (draw_error(table->sheet, row))
		return error_no_memory(error);
	print_row(&table->out->pending, table->sheet);
	return 0;
}

static int print_table_row(struct table *table, const struct row *row, struct error *error)
{
	bool failed = row->id.failed || row->unread.failed || row->total.failed ||
		      row->success.failed || row->next.failed || row->title.failed ||
		      row->error.failed;
	if (failed)
		return error_no_memory(error);
	if (table->format != PRINT_VISUAL)
		text_row(&table->out->pending, row, table->date_columns);
	else if (visual_row(table, row, error))
		return -1;
	return output_spill(table->out, error);
}

/* ---- JSON ----------------------------------------------------------------- */

static json_t *time_value(int64_t time)
{
	struct buffer text = {0};
	date_format(&text, time, 0, DATE_RFC3339);
	json_t *value = text.failed ? NULL : text.len > 0 ? json_string(text.data) : json_null();
	buffer_free(&text);
	return value;
}

static json_t *tags_value(const struct store_subscription *feed)
{
	json_t *tags = json_array();
	for (size_t i = 0; tags && i < feed->tag_count; i++) {
		if (json_array_append_new(tags, item_text(str_of(feed->tags[i])))) {
			json_decref(tags);
			return NULL;
		}
	}
	return tags;
}

static bool set_texts(json_t *item, const struct store_subscription *feed)
{
	const struct {
		const char *name, *text;
	} texts[] = {{"url", feed->url}, {"title", feed->title}, {"own_title", feed->own_title},
		{"folder", feed->folder}, {"site_url", feed->site_url},
		{"description", feed->description}, {"language", feed->language},
		{"error", feed->visit.error}, {"moved_to", feed->visit.moved_to}};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		if (!item_set(item, texts[i].name, item_text(str_of(texts[i].text))))
			return false;
	}
	return true;
}

/* A number, a word, true or false; null: as for all feeds. */
static json_t *setting_value(enum setting setting, const struct store_subscription *feed)
{
	struct store_settings settings = feed->settings;
	int value = *setting_member(setting, &settings);
	if (setting == SETTING_DIRECTION)
		return json_string(item_direction((enum store_direction)value));
	if (value == STORE_UNSET)
		return json_null();
	if (setting == SETTING_FULL_TEXT || setting == SETTING_NOTIFY)
		return json_boolean(value);
	return json_integer(value);
}

static bool set_settings(json_t *item, const struct store_subscription *feed)
{
	static const char *const names[] = {[SETTING_DIRECTION] = "direction",
		[SETTING_INTERVAL] = "interval",
		[SETTING_KEEP_DAYS] = "keep_days",
		[SETTING_KEEP_COUNT] = "keep_count",
		[SETTING_FULL_TEXT] = "full_text",
		[SETTING_NOTIFY] = "notify"};
	for (enum setting i = 0; i < SETTINGS; i++) {
		if (!item_set(item, names[i], setting_value(i, feed)))
			return false;
	}
	return true;
}

static json_t *item_of_feed(const struct store_subscription *feed)
{
	const struct store_visit *visit = &feed->visit;
	json_t *item = json_object();
	if (item && item_set(item, "id", json_integer(feed->id)) && set_texts(item, feed) &&
		item_set(item, "tags", tags_value(feed)) &&
		item_set(item, "renamed", json_boolean(feed->renamed)) &&
		item_set(item, "hidden", json_boolean(feed->hidden)) &&
		item_set(item, "fetched", json_boolean(is_fetched(feed))) &&
		item_set(item, "total", json_integer(feed->total)) &&
		item_set(item, "unread", json_integer(feed->unread)) &&
		item_set(item, "newest", time_value(feed->newest)) &&
		item_set(item, "last_visit", time_value(visit->tried_at)) &&
		item_set(item, "last_success", time_value(visit->succeeded_at)) &&
		item_set(item, "next_visit", time_value(visit->next_at)) &&
		item_set(item, "failures", json_integer(visit->failures)) &&
		item_set(item, "http_status", json_integer(visit->http_status)) &&
		item_set(item, "stopped", json_boolean(visit->stopped)) && set_settings(item, feed))
		return item;
	json_decref(item);
	return NULL;
}

/* ---- all of it -------------------------------------------------------------- */

static int print_feed(
	struct table *table, const struct store_subscription *feed, struct error *error)
{
	if (table->format == PRINT_JSON) {
		buffer_str(&table->out->pending, table->told ? STR(",\n") : STR("\n"));
		table->told = true;
		if (item_write(table->out, item_of_feed(feed), JSON_COMPACT, error))
			return -1;
		return output_spill(table->out, error);
	}
	struct row row;
	int result = 0;
	if (!table->told) {
		make_heading(&row);
		result = print_table_row(table, &row, error);
		row_free(&row);
		table->told = true;
	}
	if (result)
		return -1;
	make_row(&row, table->dates, feed);
	result = print_table_row(table, &row, error);
	row_free(&row);
	return result;
}

static int print_one(struct store *store, const struct command_call *call, int64_t id,
	struct table *table, struct error *error)
{
	const struct feeds_values *values = call->values;
	struct store_subscription feed;
	if (store_subscription(store, id, &feed, error))
		return -1;
	int result = 0;
	if (!values->failing || is_failing(&feed))
		result = feed_matches(&feed, call->operands, call->operand_count, error);
	if (result > 0)
		result = print_feed(table, &feed, error);
	store_subscription_free(&feed);
	return result;
}

static int print_all(struct store *store, const struct command_call *call, struct table *table,
	struct error *error)
{
	struct store_feeds feeds;
	if (store_feeds(store, &feeds, error))
		return -1;
	int result = 0;
	if (table->format == PRINT_JSON)
		buffer_str(&table->out->pending, STR("{\"feeds\":["));
	for (size_t i = 0; i < feeds.count && result == 0; i++)
		result = print_one(store, call, feeds.items[i].id, table, error);
	if (result == 0 && table->format == PRINT_JSON)
		buffer_str(&table->out->pending, STR("\n]}\n"));
	store_feeds_free(&feeds);
	return result;
}

static int start(const struct command_call *call, struct table *table, struct error *error)
{
	const struct feeds_values *values = call->values;
	int format = values->json ? PRINT_JSON : values->format;
	if (values->json && values->format != PRINT_AUTO && values->format != PRINT_JSON)
		return error_set(error, EX_USAGE,
			"feeds: --json is --format json: leave the other --format out");
	if (settings_format(call, &format, error))
		return -1;
	*table = (struct table){.out = call->out, .format = (enum print_format)format};
	if (format != PRINT_JSON) {
		table->dates = settings_dates(call->common, error);
		if (!table->dates)
			return -1;
		table->date_columns = dates_moment_cells(table->dates);
	}
	if (format != PRINT_VISUAL)
		return 0;
	print_as_seen(call->out);
	table->sheet = canvas_new(1, print_width(values->width, call->out->fd));
	return table->sheet ? 0 : error_no_memory(error);
}

static int run(const struct command_call *call, struct error *error)
{
	struct table table = {0};
	struct store *store = command_open_store(call->common, STORE_READ, error);
	int result = store ? start(call, &table, error) : -1;
	if (result == 0)
		result = print_all(store, call, &table, error);
	canvas_free(table.sheet);
	dates_free(table.dates);
	store_close(store);
	return result;
}

const struct command command_feeds = {
	.name = "feeds",
	.operands = "[WORD...]",
	.summary = N_("print the feeds, and how they fare"),
	.help = N_(
		"With words: those that have each of them in title, address, folder or tags.\n"
		"A line is: number; ! when the last visit failed, x when it is not visited any\n"
		"more, h when hidden; unread and all articles; last success, next visit; title;\n"
		"what is wrong.\n"),
	.options = options,
	.values_size = sizeof(struct feeds_values),
	.most = SIZE_MAX,
	.run = run,
};
