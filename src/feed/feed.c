#include "feed/feed.h"

#include "article/language.h"
#include "base/limit.h"
#include "feed/builder.h"
#include "feed/decode.h"
#include "feed/read.h"

#include <string.h>

const char *feed_format_name(enum feed_format format)
{
	static const char *const names[] = {[FEED_UNKNOWN] = "",
		[FEED_RSS_090] = "rss-0.90",
		[FEED_RSS_091] = "rss-0.91",
		[FEED_RSS_092] = "rss-0.92",
		[FEED_RSS_093] = "rss-0.93",
		[FEED_RSS_094] = "rss-0.94",
		[FEED_RSS_10] = "rss-1.0",
		[FEED_RSS_11] = "rss-1.1",
		[FEED_RSS_20] = "rss-2.0",
		[FEED_RSS] = "rss",
		[FEED_ATOM_03] = "atom-0.3",
		[FEED_ATOM_10] = "atom-1.0",
		[FEED_CDF] = "cdf",
		[FEED_JSON_10] = "json-1.0",
		[FEED_JSON_11] = "json-1.1",
		[FEED_OPML] = "opml"};
	return names[format];
}

const char *feed_day_name(int day)
{
	static const char *const names[] = {
		"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
	return names[day];
}

static void warn(void *user, const char *what)
{
	builder_warn(user, what);
}

static int no_feed(enum feed_format format, struct error *error)
{
	if (format == FEED_OPML)
		return error_set(error, EX_DATAERR,
			"not a feed: it is a list of feeds (OPML): "
			"take it in with khabar import");
	return error_set(error, EX_DATAERR,
		"not a feed: no RSS, Atom or JSON Feed is in it: "
		"check the address it came from");
}

/* The direction that most of the titles have, else that of the language. */
static enum text_direction direction_of(const struct feed *feed)
{
	size_t ltr = 0, rtl = 0;
	for (size_t i = 0; i < feed->count; i++) {
		rtl += feed->items[i].direction == TEXT_RTL;
		ltr += feed->items[i].direction == TEXT_LTR;
	}
	if (ltr != rtl)
		return ltr > rtl ? TEXT_LTR : TEXT_RTL;
	enum text_direction direction = TEXT_AUTO;
	if (feed->title)
		direction = language_text_direction(str_of(feed->title));
	return direction != TEXT_AUTO ? direction : language_direction(str_of(feed->language));
}

/* JSON starts with a brace; all else is taken for XML. */
static int read_text(struct str text, struct str base, struct feed *feed, struct error *error)
{
	struct str trimmed = str_trim(text);
	if (str_starts(trimmed, STR("{")))
		return feed_read_json(trimmed, base, feed, error);
	return feed_read_xml(text, base, feed, error);
}

static int parse(
	struct str bytes, const struct feed_source *source, struct feed *feed, struct error *error)
{
	struct builder builder = {.feed = feed};
	struct buffer text = {0};
	int result = feed_decode(
		bytes, source->content_type, warn, &builder, &text, &feed->encoding, error);
	if (result < 0 && error && error->status == EX_DATAERR)
		error_set(error, EX_DATAERR,
			"not a feed: it is no text: "
			"check the address it came from");
	if (result == 0 && text.len > 2 * LIMIT_SOURCE)
		result = limit_exceeded(error);
	if (result == 0)
		result = read_text(buffer_view(&text), source->base_url, feed, error);
	buffer_free(&text);
	if (result < 0)
		return -1;
	if (result > 0 || feed->format == FEED_UNKNOWN || feed->format == FEED_OPML)
		return no_feed(feed->format, error);
	feed->direction = direction_of(feed);
	for (size_t i = 0; i < feed->count && feed->authors.count == 0; i++) {
		struct feed_item *item = &feed->items[i];
		if (item->authors.count == 0)
			item->authors = item->contributors;
	}
	return 0;
}

int feed_parse(
	struct str bytes, const struct feed_source *source, struct feed *feed, struct error *error)
{
	*feed = (struct feed){.published = FEED_NO_DATE,
		.modified = FEED_NO_DATE,
		.ttl = -1,
		.update_interval = -1,
		.encoding = ""};
	if (bytes.len > LIMIT_SOURCE)
		return limit_exceeded(error);
	feed->memory = feed_memory_new();
	if (!feed->memory)
		return error_no_memory(error);
	struct error own;
	int result = parse(bytes, source, feed, error ? error : &own);
	if (result == 0)
		return 0;
	enum feed_format format = feed->format;
	feed_free(feed);
	feed->format = format;
	return -1;
}

int feed_to_json(
	struct str bytes, const struct feed_source *source, struct buffer *out, struct error *error)
{
	struct feed feed;
	if (feed_parse(bytes, source, &feed, error) < 0)
		return -1;
	int result = feed_write_json(&feed, out, error);
	feed_free(&feed);
	return result;
}

void feed_free(struct feed *feed)
{
	feed_memory_free(feed->memory);
	*feed = (struct feed){.memory = NULL};
}
