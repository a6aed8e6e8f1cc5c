/* khabar list: the headlines of the store, a line each, or as JSON. */
#include "base/message.h"
#include "command/columns.h"
#include "command/command.h"
#include "command/item.h"
#include "command/query.h"
#include "command/row.h"
#include "command/settings.h"

#include <limits.h>
#include <stddef.h>
#include <string.h>

enum {
	PAGE_ROWS = 500,
	FEED_COLUMNS = 20,
	GAP = COLUMNS_GAP,
	TITLE_LEAST = 24, /* columns: date and feed make room for it */
};

struct list_values {
	bool json, unread, starred, unfinished;
	const char *format; /* NULL: auto */
	long limit; /* 0: none */
	long width; /* 0: the terminal's */
};

/* A list being printed. */
struct list {
	const struct command_call *call;
	const struct list_values *values;
	enum print_format format;
	struct canvas *sheet; /* of PRINT_VISUAL: one row */
	const char *row;      /* of command/row.h, in place of `format`; NULL: none */
	bool article;         /* it has fields that are no part of a headline */
	struct store *store;
	struct dates *dates; /* NULL: there are none for the eye */
	int date_columns;
};

#define AT(member) offsetof(struct list_values, member)

static const struct option_spec options[] = {
	{"json", 0, OPTION_SWITCH, NULL, AT(json),
		.help = N_("print a JSON object with \"items\"")},
	{"format", 0, OPTION_TEXT, "HOW", AT(format),
		.help = N_("table, text, visual, tsv, json or \"%i %-20f %t\"")},
	{"width", 0, OPTION_NUMBER, "N", AT(width), 1, PRINT_WIDEST,
		.help = N_("cells of a line of --format visual")},
	{"unread", 0, OPTION_SWITCH, NULL, AT(unread), .help = N_("only what is unread")},
	{"starred", 0, OPTION_SWITCH, NULL, AT(starred), .help = N_("only what has a star")},
	{"unfinished", 0, OPTION_SWITCH, NULL, AT(unfinished),
		.help = N_("only what was begun and not read to the end")},
	{"limit", 0, OPTION_NUMBER, "N", AT(limit), 1, LONG_MAX,
		.help = N_("at most N articles, the newest")},
	{.name = NULL},
};

#undef AT

static void text_row(
	struct buffer *out, const struct list *print, const struct store_headline *h)
{
	struct buffer feed = {0}, date = {0};
	output_field(&feed, str_of(h->feed_title));
	dates_moment(print->dates, &date, h->published);
	buffer_printf(
		out, "%6lld %c%c ", (long long)h->id, h->read ? ' ' : 'N', h->starred ? '*' : ' ');
	columns_add(out, buffer_view(&date), print->date_columns);
	buffer_byte(out, ' ');
	columns_add(out, buffer_view(&feed), FEED_COLUMNS);
	buffer_str(out, STR("  "));
	output_field(out, str_of(h->title));
	buffer_byte(out, '\n');
	out->failed |= feed.failed || date.failed;
	buffer_free(&feed);
	buffer_free(&date);
}

/* The same columns as those of text, each laid out by itself, the title to the end. */
static int draw_headline(const struct list *print, const struct store_headline *h)
{
	struct canvas *sheet = print->sheet;
	const int date_columns = print->date_columns;
	const struct field plain = {.direction = TEXT_LTR, .align = ALIGN_LEFT};
	const struct field feed = {.align = ALIGN_LEFT};
	const struct field title = {.direction = (enum text_direction)h->override,
		.fallback = (enum text_direction)h->direction};
	struct buffer number = {0}, date = {0};
	int column = 0, columns = canvas_columns(sheet);
	buffer_printf(&number, "%6lld %c%c", (long long)h->id, h->read ? ' ' : 'N',
		h->starred ? '*' : ' ');
	dates_moment(print->dates, &date, h->published);
	int room = columns - (int)number.len - GAP - TITLE_LEAST;
	bool has_date = room >= date_columns + GAP;
	bool has_feed = room >= date_columns + FEED_COLUMNS + 3 * GAP;
	int result = number.failed || date.failed ? -1 : 0;
	if (result == 0)
		result =
			columns_draw(sheet, &column, (int)number.len, buffer_view(&number), &plain);
	if (result == 0 && has_date)
		result = columns_draw(sheet, &column, date_columns, buffer_view(&date), &plain);
	if (result == 0 && has_feed)
		result = columns_draw(
			sheet, &column, FEED_COLUMNS + GAP, str_of(h->feed_title), &feed);
	if (result == 0 && column < columns)
		result = columns_draw(sheet, &column, columns - column, str_of(h->title), &title);
	buffer_free(&number);
	buffer_free(&date);
	return result;
}

static int visual_row(struct buffer *out, const struct list *print,
	const struct store_headline *h, struct error *error)
{
	canvas_clear(print->sheet, ROLE_NORMAL);
	if (draw_headline(print, h))
		return error_no_memory(error);
	print_row(out, print->sheet);
	return 0;
}

static int json_row(
	struct output *out, const struct store_headline *h, bool first, struct error *error)
{
	buffer_str(&out->pending, first ? STR("\n") : STR(",\n"));
	return item_write(out, item_of_headline(h), JSON_COMPACT, error);
}

static int own_row(const struct list *print, const struct store_headline *h, struct error *error)
{
	struct store_article *article = NULL;
	if (print->article && !(article = store_article(print->store, h->id, error)))
		return -1;
	row_write(&print->call->out->pending, print->row, h, article,
		print->dates);
	store_article_free(article);
	return 0;
}

static int print_rows(
	const struct list *print, const struct store_page *page, bool first, struct error *error)
{
	struct output *out = print->call->out;
	for (size_t i = 0; i < page->count; i++) {
		const struct store_headline *h = &page->items[i];
		int result = 0;
		if (print->row)
			result = own_row(print, h, error);
		else if (print->format == PRINT_JSON)
			result = json_row(out, h, first && i == 0, error);
		else if (print->format == PRINT_VISUAL)
			result = visual_row(&out->pending, print, h, error);
		else
			text_row(&out->pending, print, h);
		if (result)
			return -1;
	}
	return output_spill(out, error);
}

/* Page by page: a store of any size takes the memory of one page. */
static int print_list(struct store *store, const struct list *print, const struct store_list *list,
	struct error *error)
{
	const struct list_values *values = print->values;
	long left = values->limit > 0 ? values->limit : LONG_MAX;
	struct store_cursor cursor;
	bool first = true, begun = false;
	while (left > 0) {
		size_t wanted = left < PAGE_ROWS ? (size_t)left : PAGE_ROWS;
		struct store_page page;
		if (store_headlines(
			    store, list, first ? NULL : &cursor, false, wanted, &page, error))
			return -1;
		size_t count = page.count;
		bool stopped = page.stopped;
		int result = print_rows(print, &page, !begun, error);
		if (stopped)
			cursor = page.reached;
		else if (count > 0)
			cursor = (struct store_cursor){
				page.items[count - 1].sort, page.items[count - 1].id};
		store_page_free(&page);
		if (result)
			return -1;
		if (count < wanted && !stopped)
			break;
		first = false;
		begun |= count > 0;
		left -= (long)count;
	}
	return 0;
}

/* Which list is wanted; -1 with EX_USAGE when the options do not agree. */
static int list_of(const struct command_call *call, struct store_list *list, struct error *error)
{
	const struct list_values *values = call->values;
	const char *state = NULL;
	*list = (struct store_list){.kind = STORE_ALL, .since = INT64_MAX};
	if (values->unread + values->starred + values->unfinished > 1)
		return error_set(error, EX_USAGE,
			"list: --unread, --starred and --unfinished are three lists: give one");
	if (values->unread) {
		list->kind = STORE_UNREAD;
		state = "is:unread";
	} else if (values->starred) {
		list->kind = STORE_STARRED;
		state = "is:starred";
	} else if (values->unfinished) {
		list->kind = STORE_UNFINISHED;
		state = "is:unfinished";
	}
	if (call->operand_count == 0)
		return 0;
	list->kind = STORE_QUERY;
	list->query = command_query(call, 0, state, error);
	return list->query ? 0 : -1;
}

/* What --format says: a name, or a format of rows. */
static int read_format(struct list *print, int *format, struct error *error)
{
	const struct list_values *values = print->values;
	const char *given = values->format;
	*format = values->json ? PRINT_JSON : PRINT_AUTO;
	if (!given || strcmp(given, "table") == 0)
		return 0;
	for (int i = 0; print_formats[i]; i++) {
		if (strcmp(given, print_formats[i]) == 0) {
			if (values->json && i != PRINT_AUTO && i != PRINT_JSON)
				break;
			*format = values->json ? PRINT_JSON : i;
			return 0;
		}
	}
	if (values->json)
		return error_set(error, EX_USAGE,
			"list: --json is --format json: leave the other --format out");
	print->row = strcmp(given, "tsv") == 0 ? ROW_TSV : given;
	*format = PRINT_TEXT;
	if (!strchr(print->row, '%'))
		return error_set(error, EX_USAGE,
			"--format %.60s: is none: give table, text, visual, tsv, json, or a format "
			"with fields, such as \"%%i %%t\"",
			given);
	return row_check(print->row, &print->article, error);
}

/* What is to be printed how; -1 with *error. */
static int list_start(const struct command_call *call, struct list *print, struct error *error)
{
	int format;
	*print = (struct list){.call = call, .values = call->values};
	if (read_format(print, &format, error) || settings_format(call, &format, error))
		return -1;
	print->format = (enum print_format)format;
	bool tsv = print->row && strcmp(print->row, ROW_TSV) == 0;
	if (format != PRINT_JSON && !tsv) {
		print->dates = settings_dates(call->common, error);
		if (!print->dates)
			return -1;
		print->date_columns = dates_moment_cells(print->dates);
	}
	if (format != PRINT_VISUAL)
		return 0;
	print_as_seen(call->out);
	print->sheet = canvas_new(1, print_width(print->values->width, call->out->fd));
	return print->sheet ? 0 : error_no_memory(error);
}

static int run(const struct command_call *call, struct error *error)
{
	struct store_list list = {.kind = STORE_ALL};
	struct list print = {0};
	struct store *store = NULL;
	int result = list_of(call, &list, error);
	if (result == 0)
		result = list_start(call, &print, error);
	if (result == 0) {
		store = print.store = command_open_store(call->common, STORE_READ, error);
		result = store ? 0 : -1;
	}
	bool json = print.format == PRINT_JSON;
	if (result == 0 && json)
		buffer_str(&call->out->pending, STR("{\"items\":["));
	if (result == 0)
		result = print_list(store, &print, &list, error);
	if (result == 0 && json)
		buffer_str(&call->out->pending, STR("\n]}\n"));
	canvas_free(print.sheet);
	dates_free(print.dates);
	store_close(store);
	query_free(list.query);
	return result;
}

const struct command command_list = {
	.name = "list",
	.operands = "[QUERY...]",
	.summary = N_("print the headlines of the store, newest first"),
	.help = N_("With a query (man khabar-query): those that meet it, as in\n"
		   "  khabar list unread feed:bbc lang:ar after:7d -- '-\"prime minister\"'\n"
		   "--format table: visual on a terminal, else text (logical).\n"
		   "A line is: number, N when unread, * when starred, date, feed, title.\n"
		   "Fields of a format: %i number, %t title, %f feed, %a author, %u address,\n"
		   "%d date, %D date in UTC, %r read or unread, %s starred, %p percent read,\n"
		   "%l language, %w direction, %c section, %m summary; %-20t fills 20 cells.\n"),
	.options = options,
	.values_size = sizeof(struct list_values),
	.most = SIZE_MAX,
	.run = run,
};
