#include "article/article_json.h"

#include "base/utf8.h"

#include <jansson.h>
#include <stdlib.h>
#include <time.h>

#define EXCERPT_LENGTH 300 /* code points */

/* Bytes that are no UTF-8, and control characters but "\n" and tabs, become U+FFFD. */
static json_t *text_of(struct str text)
{
	struct buffer clean = {0};
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		bool control = (cp < 0x20 && cp != '\n' && cp != '\t') || (cp >= 0x7F && cp < 0xA0);
		buffer_utf8(&clean, control ? UTF8_REPLACEMENT : cp);
	}
	json_t *value = clean.failed ? NULL : json_stringn(clean.len ? clean.data : "", clean.len);
	buffer_free(&clean);
	return value;
}

static json_t *text_or_null(const char *text)
{
	return text && *text ? text_of(str_of(text)) : json_null();
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
		return text_of(str_of(summary));
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
	json_t *value = excerpt.failed ? NULL : text_of(buffer_view(&excerpt));
	buffer_free(&excerpt);
	return value;
}

static bool set(json_t *object, const char *name, json_t *value)
{
	return json_object_set_new(object, name, value) == 0;
}

static json_t *object_of(const struct import_article *a, struct str text)
{
	json_t *page = json_object();
	const char *dir = a->direction == TEXT_RTL ? "rtl" : "ltr";
	if (page && set(page, "title", text_or_null(a->title)) &&
		set(page, "byline", text_or_null(a->author)) &&
		set(page, "excerpt", excerpt_of(a->summary, text)) &&
		set(page, "site_name", text_or_null(a->site)) &&
		set(page, "language", text_or_null(a->language)) &&
		set(page, "dir", json_string(dir)) &&
		set(page, "published", date_of(a->published)) &&
		set(page, "content_html", text_of(str_of(a->html))) &&
		set(page, "content_text", text_of(text)))
		return page;
	json_decref(page);
	return NULL;
}

static int write_object(json_t *object, struct buffer *out, struct error *error)
{
	char *line = object ? json_dumps(object, JSON_INDENT(2)) : NULL;
	json_decref(object);
	if (!line)
		return error_no_memory(error);
	buffer_str(out, str_of(line));
	buffer_byte(out, '\n');
	free(line);
	return out->failed ? error_no_memory(error) : 0;
}

int article_json(const struct import_article *article, struct str text, struct buffer *out,
	struct error *error)
{
	return write_object(object_of(article, text), out, error);
}

int article_json_part(const struct import_article *article, struct str text, struct buffer *out,
	struct error *error)
{
	json_t *object = object_of(article, text);
	if (object && !set(object, "next_url", text_or_null(article->next))) {
		json_decref(object);
		object = NULL;
	}
	return write_object(object, out, error);
}
