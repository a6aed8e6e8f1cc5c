/* A struct feed as JSON Feed 1.1. */
#include "feed/date.h"
#include "feed/feed.h"
#include "feed/json_text.h"

static void date(struct json_text *j, const char *key, int64_t when)
{
	struct buffer text = {0};
	if (when == FEED_NO_DATE)
		return;
	feed_date_write(when, &text);
	json_text_string(j, key, text.data);
	j->out->failed |= text.failed;
	buffer_free(&text);
}

static void known(struct json_text *j, const char *key, int64_t number)
{
	if (number >= 0)
		json_text_number(j, key, number);
}

static void direction(struct json_text *j, enum text_direction dir)
{
	json_text_string(j, "dir", dir == TEXT_RTL ? "rtl" : dir == TEXT_LTR ? "ltr" : NULL);
}

static void authors(struct json_text *j, const char *key, const struct feed_authors *list)
{
	if (list->count == 0)
		return;
	json_text_open(j, key, '[');
	for (size_t i = 0; i < list->count; i++) {
		json_text_open(j, NULL, '{');
		json_text_string(j, "name", list->items[i].name);
		json_text_string(j, "url", list->items[i].url);
		json_text_string(j, "avatar", list->items[i].avatar);
		json_text_close(j, '}');
	}
	json_text_close(j, ']');
}

static void tags(struct json_text *j, const struct feed_tags *list)
{
	if (list->count == 0)
		return;
	json_text_open(j, "tags", '[');
	for (size_t i = 0; i < list->count; i++)
		json_text_string(j, NULL, list->items[i]);
	json_text_close(j, ']');
}

static void attachments(struct json_text *j, const struct feed_attachments *list)
{
	if (list->count == 0)
		return;
	json_text_open(j, "attachments", '[');
	for (size_t i = 0; i < list->count; i++) {
		const struct feed_attachment *a = &list->items[i];
		json_text_open(j, NULL, '{');
		json_text_string(j, "url", a->url);
		/* JSON Feed wants one. */
		json_text_string(
			j, "mime_type", a->mime_type ? a->mime_type : "application/octet-stream");
		json_text_string(j, "title", a->title);
		known(j, "size_in_bytes", a->size);
		known(j, "duration_in_seconds", a->duration);
		json_text_close(j, '}');
	}
	json_text_close(j, ']');
}

static void item_extras(struct json_text *j, const struct feed_item *item)
{
	json_text_open(j, "_khabar", '{');
	json_text_bool(j, "id_is_permalink", item->id_is_permalink);
	json_text_string(j, "summary_html", item->summary_html);
	json_text_string(j, "comments_url", item->comments_url);
	json_text_string(j, "comments_feed_url", item->comments_feed_url);
	known(j, "comments_count", item->comments_count);
	json_text_string(j, "in_reply_to", item->in_reply_to);
	json_text_string(j, "rights", item->rights);
	direction(j, item->direction);
	authors(j, "contributors", &item->contributors);
	if (item->source_title || item->source_url) {
		json_text_open(j, "source", '{');
		json_text_string(j, "title", item->source_title);
		json_text_string(j, "url", item->source_url);
		json_text_close(j, '}');
	}
	json_text_close(j, '}');
}

static void write_item(struct json_text *j, const struct feed_item *item)
{
	json_text_open(j, NULL, '{');
	json_text_string(j, "id", item->id);
	json_text_string(j, "url", item->url);
	json_text_string(j, "external_url", item->external_url);
	json_text_string(j, "title", item->title);
	json_text_string(j, "content_html", item->content_html);
	/* JSON Feed wants one of the two. */
	json_text_string(j, "content_text",
		item->content_text || item->content_html ? item->content_text : "");
	json_text_string(j, "summary", item->summary);
	json_text_string(j, "image", item->image);
	json_text_string(j, "banner_image", item->banner_image);
	date(j, "date_published", item->published);
	date(j, "date_modified", item->modified);
	authors(j, "authors", &item->authors);
	tags(j, &item->tags);
	json_text_string(j, "language", item->language);
	attachments(j, &item->attachments);
	item_extras(j, item);
	json_text_close(j, '}');
}

static void skips(struct json_text *j, const struct feed *feed)
{
	if (feed->skip_hours) {
		json_text_open(j, "skip_hours", '[');
		for (int i = 0; i < 24; i++) {
			if (feed->skip_hours >> i & 1)
				json_text_number(j, NULL, i);
		}
		json_text_close(j, ']');
	}
	if (feed->skip_days) {
		json_text_open(j, "skip_days", '[');
		for (int i = 0; i < 7; i++) {
			if (feed->skip_days >> i & 1)
				json_text_string(j, NULL, feed_day_name(i));
		}
		json_text_close(j, ']');
	}
}

static void extras(struct json_text *j, const struct feed *feed)
{
	json_text_open(j, "_khabar", '{');
	json_text_string(j, "format", feed_format_name(feed->format));
	json_text_string(j, "encoding", feed->encoding);
	json_text_open(j, "warnings", '[');
	for (size_t i = 0; i < feed->warning_count; i++)
		json_text_string(j, NULL, feed->warnings[i]);
	json_text_close(j, ']');
	json_text_string(j, "id", feed->id);
	direction(j, feed->direction);
	date(j, "date_published", feed->published);
	date(j, "date_modified", feed->modified);
	known(j, "ttl", feed->ttl);
	known(j, "update_interval", feed->update_interval);
	skips(j, feed);
	json_text_string(j, "hub_url", feed->hub_url);
	json_text_string(j, "new_feed_url", feed->new_feed_url);
	json_text_string(j, "rights", feed->rights);
	json_text_string(j, "generator", feed->generator);
	tags(j, &feed->tags);
	json_text_close(j, '}');
}

int feed_write_json(const struct feed *feed, struct buffer *out, struct error *error)
{
	struct json_text j = {.out = out};
	json_text_open(&j, NULL, '{');
	json_text_string(&j, "version", "https://jsonfeed.org/version/1.1");
	json_text_string(&j, "title", feed->title ? feed->title : ""); /* JSON Feed wants one */
	json_text_string(&j, "home_page_url", feed->home_page_url);
	json_text_string(&j, "feed_url", feed->feed_url);
	json_text_string(&j, "next_url", feed->next_url);
	json_text_string(&j, "description", feed->description);
	json_text_string(&j, "user_comment", feed->user_comment);
	json_text_string(&j, "icon", feed->icon);
	json_text_string(&j, "favicon", feed->favicon);
	authors(&j, "authors", &feed->authors);
	json_text_string(&j, "language", feed->language);
	if (feed->expired)
		json_text_bool(&j, "expired", true);
	extras(&j, feed);
	json_text_open(&j, "items", '[');
	for (size_t i = 0; i < feed->count; i++)
		write_item(&j, &feed->items[i]);
	json_text_close(&j, ']');
	json_text_close(&j, '}');
	buffer_byte(out, '\n');
	return out->failed ? error_no_memory(error) : 0;
}
