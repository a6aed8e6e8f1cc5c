/* khabar extract: the article of a web page, as JSON. */
#include "article/import.h"
#include "base/utf8.h"
#include "command/command.h"
#include "command/input.h"
#include "command/item.h"

#include <stddef.h>
#include <time.h>

#define EXCERPT_LENGTH 300 /* code points */

struct extract_values {
	const char *url;
};

static const struct option_spec options[] = {
	{"url", 0, OPTION_TEXT, "URL", offsetof(struct extract_values, url),
		.help = "where the page was found: makes addresses absolute"},
	{.name = NULL},
};

/* A string, or null where the page says nothing. */
static json_t *text_or_null(const char *text)
{
	return text && *text ? item_text(str_of(text)) : json_null();
}

static json_t *date_of(int64_t when)
{
	char text[32];
	struct tm fields;
	time_t seconds = (time_t)when;
	if (when == INT64_MIN || !gmtime_r(&seconds, &fields) ||
		!strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &fields))
		return json_null();
	return json_string(text);
}

/* The summary, else how the text begins, cut at a word. */
static json_t *excerpt_of(const char *summary, struct str text)
{
	if (summary && *summary)
		return item_text(str_of(summary));
	size_t end = 0, word = 0, count = 0;
	while (end < text.len && text.ptr[end] != '\n' && count < EXCERPT_LENGTH) {
		uint32_t cp;
		word = text.ptr[end] == ' ' ? end : word;
		end += utf8_decode(text.ptr + end, text.len - end, &cp);
		count++;
	}
	if (count < EXCERPT_LENGTH || word == 0)
		word = end;
	struct buffer excerpt = {0};
	buffer_str(&excerpt, str_slice(text, 0, word));
	if (count == EXCERPT_LENGTH)
		buffer_utf8(&excerpt, 0x2026);
	json_t *value = excerpt.failed ? NULL : item_text(buffer_view(&excerpt));
	buffer_free(&excerpt);
	return value;
}

static json_t *json_of(const struct import_article *a, struct str text)
{
	json_t *page = json_object();
	const char *dir = a->direction == TEXT_RTL ? "rtl" : "ltr";
	if (page && item_set(page, "title", text_or_null(a->title)) &&
		item_set(page, "byline", text_or_null(a->author)) &&
		item_set(page, "excerpt", excerpt_of(a->summary, text)) &&
		item_set(page, "site_name", text_or_null(a->site)) &&
		item_set(page, "language", text_or_null(a->language)) &&
		item_set(page, "dir", json_string(dir)) &&
		item_set(page, "published", date_of(a->published)) &&
		item_set(page, "content_html", item_text(str_of(a->html))) &&
		item_set(page, "content_text", item_text(text)))
		return page;
	json_decref(page);
	return NULL;
}

static int read_bytes(const char *name, struct buffer *bytes, struct error *error)
{
	int fd = input_open(name, INPUT_STREAM, error);
	if (fd < 0)
		return -1;
	int result = input_all(fd, bytes, error);
	input_close(fd);
	return result;
}

static int print_article(const struct command_call *call, struct str bytes, struct error *error)
{
	const struct extract_values *values = call->values;
	struct import_article article;
	struct buffer text = {0};
	int result = import_page(
		bytes, STR(""), str_of(values->url), &article, &text, error);
	if (result == 0) {
		result = item_write(call->out, json_of(&article, buffer_view(&text)),
			JSON_INDENT(2), error);
		buffer_byte(&call->out->pending, '\n');
		import_article_free(&article);
	}
	buffer_free(&text);
	return result;
}

static int run(const struct command_call *call, struct error *error)
{
	const char *name = call->operands[0];
	struct buffer bytes = {0};
	struct error why = {0};
	int result = read_bytes(name, &bytes, &why);
	if (result == 0)
		result = print_article(call, buffer_view(&bytes), &why);
	buffer_free(&bytes);
	if (result < 0 && why.message[0])
		error_set(error, why.status, "%.200s: %s", input_label(name), why.message);
	else if (result < 0)
		*error = why;
	return result;
}

const struct command command_extract = {
	.name = "extract",
	.operands = "FILE|-",
	.summary = "print the article of a web page as JSON",
	.help = "Members: title, byline, excerpt, site_name, language, dir, published,\n"
		"content_html, content_text.  What the page does not say is null.\n",
	.options = options,
	.values_size = sizeof(struct extract_values),
	.least = 1,
	.most = 1,
	.run = run,
};
