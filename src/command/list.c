/* khabar list: the headlines of the store, a line each, or as JSON. */
#include "base/utf8.h"
#include "command/command.h"
#include "command/item.h"
#include "locale/date.h"
#include "text/clean.h"

#include <limits.h>
#include <stddef.h>

enum {
	PAGE_ROWS = 500,
	FEED_COLUMNS = 20,
	DATE_COLUMNS = 16, /* of DATE_LONG */
	ELLIPSIS = 0x2026,
};

struct list_values {
	bool json, unread, starred, unfinished;
	long limit; /* 0: none */
};

#define AT(member) offsetof(struct list_values, member)

static const struct option_spec options[] = {
	{"json", 0, OPTION_SWITCH, NULL, AT(json), .help = "print a JSON object with \"items\""},
	{"unread", 0, OPTION_SWITCH, NULL, AT(unread), .help = "only what is unread"},
	{"starred", 0, OPTION_SWITCH, NULL, AT(starred), .help = "only what has a star"},
	{"unfinished", 0, OPTION_SWITCH, NULL, AT(unfinished),
		.help = "only what was begun and not read to the end"},
	{"limit", 0, OPTION_NUMBER, "N", AT(limit), 1, LONG_MAX,
		.help = "at most N articles, the newest"},
	{.name = NULL},
};

#undef AT

/* Adds the text, cut with an ellipsis or filled with blanks to `columns` cells. */
static void add_column(struct buffer *out, struct str text, int columns)
{
	struct str cut = {text.ptr, 0}; /* leaves a cell for the ellipsis */
	int width = 0, cut_width = 0;
	for (size_t i = 0; i < text.len && width <= columns;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		width += text_width(cp);
		if (width < columns) {
			cut.len = i;
			cut_width = width;
		}
	}
	if (width <= columns) {
		buffer_str(out, text);
	} else {
		buffer_str(out, cut);
		buffer_utf8(out, ELLIPSIS);
		width = cut_width + 1;
	}
	buffer_repeat(out, STR(" "), (size_t)(columns - width));
}

static void text_row(struct buffer *out, const struct store_headline *h)
{
	struct buffer feed = {0}, date = {0};
	output_field(&feed, str_of(h->feed_title));
	date_format(&date, h->published, 0, DATE_LONG);
	buffer_printf(
		out, "%6lld %c%c ", (long long)h->id, h->read ? ' ' : 'N', h->starred ? '*' : ' ');
	add_column(out, buffer_view(&date), DATE_COLUMNS);
	buffer_byte(out, ' ');
	add_column(out, buffer_view(&feed), FEED_COLUMNS);
	buffer_str(out, STR("  "));
	output_field(out, str_of(h->title));
	buffer_byte(out, '\n');
	out->failed |= feed.failed || date.failed;
	buffer_free(&feed);
	buffer_free(&date);
}

static int json_row(struct store *store, const struct command_call *call,
	const struct store_headline *h, bool first, struct error *error)
{
	struct store_position position;
	if (store_get_position(store, h->id, &position, error))
		return -1;
	buffer_str(&call->out->pending, first ? STR("\n") : STR(",\n"));
	return item_write(call->out, item_of_headline(h, &position), JSON_COMPACT, error);
}

static int print_rows(struct store *store, const struct command_call *call,
	const struct store_page *page, bool first, struct error *error)
{
	const struct list_values *values = call->values;
	for (size_t i = 0; i < page->count; i++) {
		if (!values->json)
			text_row(&call->out->pending, &page->items[i]);
		else if (json_row(store, call, &page->items[i], first && i == 0, error))
			return -1;
	}
	return output_spill(call->out, error);
}

/* Page by page: a store of any size takes the memory of one page. */
static int print_list(struct store *store, const struct command_call *call,
	const struct store_list *list, struct error *error)
{
	const struct list_values *values = call->values;
	long left = values->limit > 0 ? values->limit : LONG_MAX;
	struct store_cursor cursor;
	bool first = true;
	while (left > 0) {
		size_t wanted = left < PAGE_ROWS ? (size_t)left : PAGE_ROWS;
		struct store_page page;
		if (store_headlines(
			    store, list, first ? NULL : &cursor, false, wanted, &page, error))
			return -1;
		size_t count = page.count;
		int result = print_rows(store, call, &page, first, error);
		if (count > 0)
			cursor = (struct store_cursor){
				page.items[count - 1].sort, page.items[count - 1].id};
		store_page_free(&page);
		if (result)
			return -1;
		if (count < wanted)
			break;
		first = false;
		left -= (long)count;
	}
	return 0;
}

static int list_of(const struct list_values *values, struct store_list *list, struct error *error)
{
	*list = (struct store_list){.kind = STORE_ALL, .since = INT64_MAX};
	if (values->unread + values->starred + values->unfinished > 1)
		return error_set(error, EX_USAGE,
			"list: --unread, --starred and --unfinished are three lists: give one");
	if (values->unread)
		list->kind = STORE_UNREAD;
	if (values->starred)
		list->kind = STORE_STARRED;
	if (values->unfinished)
		list->kind = STORE_UNFINISHED;
	return 0;
}

static int run(const struct command_call *call, struct error *error)
{
	const struct list_values *values = call->values;
	struct store_list list;
	if (list_of(values, &list, error))
		return -1;
	struct store *store = command_open_store(call->common, STORE_READ, error);
	if (!store)
		return -1;
	if (values->json)
		buffer_str(&call->out->pending, STR("{\"items\":["));
	int result = print_list(store, call, &list, error);
	if (result == 0 && values->json)
		buffer_str(&call->out->pending, STR("\n]}\n"));
	store_close(store);
	return result;
}

const struct command command_list = {
	.name = "list",
	.operands = "",
	.summary = "print the headlines of the store, newest first",
	.help = "A line is: number, N when unread, * when starred, date, feed, title.\n",
	.options = options,
	.values_size = sizeof(struct list_values),
	.run = run,
};
