#include "command/item.h"

#include "locale/date.h"

#include <time.h>

static const char *const direction_names[] = {
	[STORE_AUTO] = "auto", [STORE_LTR] = "ltr", [STORE_RTL] = "rtl"};

const char *item_direction(enum store_direction direction)
{
	return direction_names[direction];
}

json_t *item_text(struct str text)
{
	struct buffer clean = {0};
	output_text(&clean, text);
	json_t *value = clean.failed ? NULL : json_stringn(buffer_view(&clean).ptr, clean.len);
	buffer_free(&clean);
	return value;
}

bool item_set(json_t *object, const char *name, json_t *value)
{
	return json_object_set_new(object, name, value) == 0;
}

static json_t *date_value(int64_t published)
{
	struct buffer text = {0};
	date_format(&text, published, 0, DATE_RFC3339);
	json_t *value = NULL;
	if (!text.failed)
		value = text.len > 0 ? json_stringn(text.data, text.len) : json_null();
	buffer_free(&text);
	return value;
}

static json_t *position_value(const struct store_headline *h)
{
	json_t *value = json_object();
	if (value && item_set(value, "offset", json_integer((json_int_t)h->offset)) &&
		item_set(value, "progress", json_integer(h->progress)))
		return value;
	json_decref(value);
	return NULL;
}

json_t *item_of_headline(const struct store_headline *h)
{
	enum store_direction direction = h->override != STORE_AUTO ? h->override : h->direction;
	json_t *item = json_object();
	if (item && item_set(item, "id", json_integer(h->id)) &&
		item_set(item, "title", item_text(str_of(h->title))) &&
		item_set(item, "section", item_text(str_of(h->section))) &&
		item_set(item, "feed", item_text(str_of(h->feed_title))) &&
		item_set(item, "language", item_text(str_of(h->language))) &&
		item_set(item, "direction", json_string(item_direction(direction))) &&
		item_set(item, "date", date_value(h->published)) &&
		item_set(item, "read", json_boolean(h->read)) &&
		item_set(item, "starred", json_boolean(h->starred)) &&
		item_set(item, "position", position_value(h)) &&
		(h->sources == 0 || item_set(item, "sources", json_integer(h->sources))))
		return item;
	json_decref(item);
	return NULL;
}

json_t *item_of_article(const struct store_article *a, const struct store_position *position)
{
	const struct store_headline headline = {
		.id = a->id,
		.sources = a->sources,
		.title = a->title,
		.section = a->section,
		.feed_title = a->feed_title,
		.language = a->language,
		.direction = a->direction,
		.override = a->override,
		.published = a->published,
		.read = a->read,
		.starred = a->starred,
		.progress = position->progress,
		.offset = position->offset,
	};
	return item_of_headline(&headline);
}

static json_t *attachments_value(const struct store_article *a)
{
	json_t *list = json_array();
	for (size_t i = 0; list && i < a->attachment_count; i++) {
		const struct store_attachment *file = &a->attachments[i];
		json_t *value = json_object();
		bool whole = value && item_set(value, "url", item_text(str_of(file->url))) &&
			     item_set(value, "type", item_text(str_of(file->type))) &&
			     item_set(value, "title", item_text(str_of(file->title))) &&
			     item_set(value, "size", json_integer(file->size));
		if (!whole)
			json_decref(value);
		if (!whole || json_array_append_new(list, value)) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

json_t *item_of_new(const struct store_article *a)
{
	const struct store_position unread = {0};
	json_t *item = item_of_article(a, &unread);
	if (item && item_set(item, "author", item_text(str_of(a->author))) &&
		item_set(item, "url", item_text(str_of(a->url))) &&
		item_set(item, "summary", item_text(str_of(a->summary))) &&
		item_set(item, "attachments", attachments_value(a)))
		return item;
	json_decref(item);
	return NULL;
}

static int add_bytes(const char *bytes, size_t len, void *buffer)
{
	buffer_add(buffer, bytes, len);
	return 0;
}

int item_write(struct output *out, json_t *value, size_t json_flags, struct error *error)
{
	int failed = value ? json_dump_callback(value, add_bytes, &out->pending, json_flags) : -1;
	json_decref(value);
	return failed ? error_no_memory(error) : 0;
}
