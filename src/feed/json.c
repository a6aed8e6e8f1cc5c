/* JSON Feed 1.0 and 1.1 (jsonfeed.org), read leniently. */
#include "feed/builder.h"
#include "feed/date.h"
#include "feed/json_mend.h"
#include "feed/read.h"

#include <jansson.h>
#include <string.h>

struct json_reader {
	struct builder builder;
	struct str base;
};

/* The string at a key; a number is taken for one.  Empty: there is none. */
static struct str text_at(const json_t *object, const char *key, char number[32])
{
	const json_t *value = json_object_get(object, key);
	if (json_is_string(value))
		return (struct str){json_string_value(value), json_string_length(value)};
	if (json_is_integer(value)) {
		snprintf(number, 32, "%lld", (long long)json_integer_value(value));
		return str_of(number);
	}
	return STR("");
}

static const char *line_at(struct json_reader *r, const json_t *object, const char *key)
{
	char number[32];
	return builder_line(&r->builder, text_at(object, key, number));
}

static const char *url_at(struct json_reader *r, const json_t *object, const char *key)
{
	char number[32];
	return builder_url(&r->builder, r->base, text_at(object, key, number));
}

static int64_t date_at(struct json_reader *r, const json_t *object, const char *key)
{
	char number[32];
	struct str text = text_at(object, key, number);
	int64_t when;
	if (text.len == 0)
		return FEED_NO_DATE;
	if (feed_date_parse(text, &when))
		return when;
	builder_warn(&r->builder, "dates that cannot be understood");
	return FEED_NO_DATE;
}

/* A number, or a string that is one; -1: neither. */
static int64_t number_at(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);
	if (json_is_integer(value))
		return json_integer_value(value) >= 0 ? json_integer_value(value) : -1;
	if (json_is_real(value) && json_real_value(value) >= 0 && json_real_value(value) < 1e15)
		return (int64_t)json_real_value(value);
	return json_is_string(value) ? builder_duration(str_of(json_string_value(value))) : -1;
}

static void add_author(struct json_reader *r, const json_t *value, struct feed_authors *list)
{
	struct feed_author author = {NULL, NULL, NULL};
	if (json_is_string(value)) {
		author = builder_person(&r->builder, str_of(json_string_value(value)));
	} else if (json_is_object(value)) {
		author.name = line_at(r, value, "name");
		author.url = url_at(r, value, "url");
		author.avatar = url_at(r, value, "avatar");
	}
	builder_author(&r->builder, list, &author);
}

/* "authors" of 1.1, "author" of 1.0. */
static void add_authors(struct json_reader *r, const json_t *object, struct feed_authors *list)
{
	static const char *const keys[] = {"authors", "author"};
	for (size_t i = 0; i < 2 && list->count == 0; i++) {
		const json_t *value = json_object_get(object, keys[i]);
		size_t count = json_array_size(value);
		for (size_t k = 0; k < count && k < FEED_LIST_MAX; k++)
			add_author(r, json_array_get(value, k), list);
		if (!json_is_array(value))
			add_author(r, value, list);
	}
}

static void add_tags(struct json_reader *r, const json_t *value, struct feed_tags *list)
{
	size_t count = json_array_size(value);
	for (size_t i = 0; i < count && i < FEED_LIST_MAX; i++)
		builder_tag(&r->builder, list, str_of(json_string_value(json_array_get(value, i))));
	if (json_is_string(value))
		builder_tags(&r->builder, list, str_of(json_string_value(value)));
}

static void add_attachments(struct json_reader *r, const json_t *value, struct feed_item *item)
{
	size_t count = json_array_size(value);
	for (size_t i = 0; i < count; i++) {
		const json_t *object = json_array_get(value, i);
		char number[32];
		const char *url = url_at(r, object, "url");
		struct feed_attachment *a =
			url ? builder_attachment(&r->builder, &item->attachments, url) : NULL;
		if (!a)
			continue;
		a->mime_type = builder_mime_type(&r->builder, text_at(object, "mime_type", number));
		a->title = line_at(r, object, "title");
		a->size = number_at(object, "size_in_bytes");
		a->duration = number_at(object, "duration_in_seconds");
	}
}

static void add_bodies(struct json_reader *r, const json_t *object, const char *language)
{
	struct builder *b = &r->builder;
	char number[32];
	struct str lang = str_of(language);
	struct str html = text_at(object, "content_html", number);
	builder_body(b, &b->content, 9, html, FEED_TEXT_HTML, r->base, lang);
	struct str text = text_at(object, "content_text", number);
	builder_body(b, &b->content, 8, text, FEED_TEXT_PLAIN, r->base, lang);
	struct str summary = text_at(object, "summary", number);
	builder_body(b, &b->summary, BODY_RANK_SUMMARY, summary, FEED_TEXT_PLAIN, r->base, lang);
}

static void add_item(struct json_reader *r, const json_t *object)
{
	struct builder *b = &r->builder;
	char number[32];
	struct feed_item *item = json_is_object(object) ? builder_item(b) : NULL;
	if (!item)
		return;
	item->id = line_at(r, object, "id");
	item->url = url_at(r, object, "url");
	item->external_url = url_at(r, object, "external_url");
	item->title = builder_title(b, text_at(object, "title", number), FEED_TEXT_PLAIN);
	item->image = url_at(r, object, "image");
	item->banner_image = url_at(r, object, "banner_image");
	item->published = date_at(r, object, "date_published");
	item->modified = date_at(r, object, "date_modified");
	item->language = builder_language(b, text_at(object, "language", number));
	add_authors(r, object, &item->authors);
	add_tags(r, json_object_get(object, "tags"), &item->tags);
	add_attachments(r, json_object_get(object, "attachments"), item);
	const char *language = item->language ? item->language : b->feed->language;
	add_bodies(r, object, language);
	struct str text = text_at(object, "content_text", number);
	builder_finish_item(b);
	if (text.len > 0 && !item->content_text) { /* beside HTML */
		buffer_clear(&b->scratch);
		feed_text_lines(text, FEED_BODY_MAX, &b->scratch);
		item->content_text = feed_memory_copy(b->feed->memory, buffer_view(&b->scratch));
	}
}

static void read_feed(struct json_reader *r, const json_t *root)
{
	struct feed *feed = r->builder.feed;
	char number[32];
	feed->title = line_at(r, root, "title");
	feed->home_page_url = url_at(r, root, "home_page_url");
	feed->feed_url = url_at(r, root, "feed_url");
	feed->next_url = url_at(r, root, "next_url");
	feed->description = line_at(r, root, "description");
	feed->user_comment = line_at(r, root, "user_comment");
	feed->icon = url_at(r, root, "icon");
	feed->favicon = url_at(r, root, "favicon");
	feed->language = builder_language(&r->builder, text_at(root, "language", number));
	feed->expired = json_is_true(json_object_get(root, "expired"));
	add_authors(r, root, &feed->authors);
	const json_t *hub = json_array_get(json_object_get(root, "hubs"), 0);
	feed->hub_url = url_at(r, hub, "url");
	const json_t *items = json_object_get(root, "items");
	size_t count = json_array_size(items);
	for (size_t i = 0; i < count; i++)
		add_item(r, json_array_get(items, i));
}

/* JSON of another kind is no feed, even where it has items. */
static enum feed_format format_of(const json_t *root)
{
	const json_t *version = json_object_get(root, "version");
	struct str name = str_of(json_string_value(version));
	bool ours = str_find_nocase(name, STR("jsonfeed.org/version/")) >= 0;
	if (ours)
		return str_ends(str_trim(name), STR("/1.1")) ? FEED_JSON_11 : FEED_JSON_10;
	bool like = !version && json_is_array(json_object_get(root, "items")) &&
		    (json_object_get(root, "title") || json_object_get(root, "feed_url") ||
			    json_object_get(root, "home_page_url"));
	return like ? FEED_JSON_10 : FEED_UNKNOWN;
}

static void warn(void *user, const char *what)
{
	builder_warn(user, what);
}

/* As it is, else mended; NULL: it is no JSON. */
static json_t *load(struct str text, struct builder *b)
{
	json_error_t error;
	json_t *root = json_loadb(text.ptr, text.len, 0, &error);
	if (root)
		return root;
	struct buffer mended = {0};
	json_mend(text, warn, b, &mended);
	if (!mended.failed && mended.len > 0)
		root = json_loadb(mended.data, mended.len, 0, &error);
	b->no_memory |= mended.failed;
	buffer_free(&mended);
	return root;
}

int feed_read_json(struct str text, struct str base, struct feed *feed, struct error *error)
{
	struct json_reader r = {.builder = {.feed = feed}, .base = base};
	json_t *root = load(text, &r.builder);
	int result = root ? 0 : 1;
	if (root) {
		feed->format = format_of(root);
		if (feed->format != FEED_UNKNOWN)
			read_feed(&r, root);
		json_decref(root);
	}
	if (r.builder.no_memory || feed_memory_failed(feed->memory))
		result = error_no_memory(error);
	builder_free(&r.builder);
	return result;
}
