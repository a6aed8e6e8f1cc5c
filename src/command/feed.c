#include "command/feed.h"

#include "base/buffer.h"
#include "text/fold.h"

#include <string.h>

static int fold(struct str text, struct buffer *out, struct error *error)
{
	struct fold folded = {0};
	if (fold_text(text, &folded) < 0)
		return error_no_memory(error);
	buffer_clear(out);
	buffer_str(out, buffer_view(&folded.text));
	fold_free(&folded);
	return out->failed ? error_no_memory(error) : 0;
}

/* A number of decimal digits alone; 0 when it is none. */
static int64_t number_of(const char *text)
{
	int64_t number = 0;
	for (const char *c = text; *c; c++) {
		if (*c < '0' || *c > '9' || number > INT64_MAX / 10 - 9)
			return 0;
		number = number * 10 + (*c - '0');
	}
	return number;
}

/* What was found so far. */
struct search {
	struct buffer wanted, title; /* folded */
	int64_t whole, part;         /* ids */
	size_t wholes, parts;
};

static int look_at(struct search *search, const struct store_feed *feed, struct error *error)
{
	if (fold(str_of(feed->title), &search->title, error))
		return -1;
	struct str title = buffer_view(&search->title), wanted = buffer_view(&search->wanted);
	if (str_equal(title, wanted)) {
		search->whole = feed->id;
		search->wholes++;
	} else if (wanted.len > 0 && str_find(title, wanted) >= 0) {
		search->part = feed->id;
		search->parts++;
	}
	return 0;
}

static int search_titles(
	struct store *store, const char *name, struct search *search, struct error *error)
{
	struct store_feeds feeds;
	if (fold(str_of(name), &search->wanted, error) || store_feeds(store, &feeds, error))
		return -1;
	int result = 0;
	for (size_t i = 0; i < feeds.count && result == 0; i++)
		result = look_at(search, &feeds.items[i], error);
	store_feeds_free(&feeds);
	return result;
}

int feed_named(struct store *store, const char *name, int64_t *id, struct error *error)
{
	struct store_subscription feed;
	struct search search = {0};
	int64_t number = number_of(name);
	if (number > 0 && store_subscription(store, number, &feed, NULL) == 0) {
		store_subscription_free(&feed);
		*id = number;
		return 0;
	}
	if (store_feed_find(store, str_trim(str_of(name)), id, error))
		return -1;
	if (*id)
		return 0;
	int result = search_titles(store, name, &search, error);
	size_t found = search.wholes ? search.wholes : search.parts;
	*id = search.wholes ? search.whole : search.part;
	if (result == 0 && found == 0)
		result = error_set(error, EX_NOINPUT,
			"%.200s: there is no such feed: khabar feeds lists them", name);
	else if (result == 0 && found > 1)
		result = error_set(error, EX_USAGE,
			"%.200s: %zu feeds are called so: give the number that khabar feeds tells",
			name, found);
	buffer_free(&search.wanted);
	buffer_free(&search.title);
	return result;
}

int feed_matches(const struct store_subscription *feed, char *const *words, size_t count,
	struct error *error)
{
	struct buffer all = {0}, folded = {0}, word = {0};
	const char *const texts[] = {feed->title, feed->own_title, feed->url, feed->folder};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		buffer_str(&all, str_of(texts[i]));
		buffer_byte(&all, '\n');
	}
	for (size_t i = 0; i < feed->tag_count; i++) {
		buffer_str(&all, str_of(feed->tags[i]));
		buffer_byte(&all, '\n');
	}
	int result = all.failed ? error_no_memory(error) : fold(buffer_view(&all), &folded, error);
	bool matches = true;
	for (size_t i = 0; i < count && result == 0 && matches; i++) {
		result = fold(str_of(words[i]), &word, error);
		matches = str_find(buffer_view(&folded), buffer_view(&word)) >= 0;
	}
	buffer_free(&all);
	buffer_free(&folded);
	buffer_free(&word);
	return result ? -1 : matches;
}
