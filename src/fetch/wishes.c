#include "fetch/wishes.h"

#include "base/buffer.h"

#include <string.h>

/* What the file says, as the text of a setting; "" when it says nothing. */
static void write_wish(const struct config_feed *feed, enum setting setting, struct buffer *out)
{
	const int numbers[SETTINGS] = {[SETTING_INTERVAL] = feed->interval > 0 ? feed->interval : -1,
		[SETTING_KEEP_DAYS] = feed->keep_days,
		[SETTING_KEEP_COUNT] = feed->keep_count};
	const char *const words[SETTINGS] = {[SETTING_DIRECTION] = feed->direction,
		[SETTING_FULL_TEXT] = feed->full_text,
		[SETTING_NOTIFY] = feed->notify};
	if (words[setting])
		buffer_str(out, str_of(words[setting]));
	else if (numbers[setting] >= 0)
		buffer_printf(out, "%d", numbers[setting]);
}

bool wishes_decide(const struct config_feed *feed, enum setting setting)
{
	struct buffer text = {0};
	if (feed)
		write_wish(feed, setting, &text);
	bool decided = text.len > 0;
	buffer_free(&text);
	return decided;
}

bool wishes_decide_title(const struct config_feed *feed)
{
	return feed && feed->title[0];
}

bool wishes_decide_hidden(const struct config_feed *feed)
{
	return feed && feed->hidden[0];
}

static int apply_edit(struct store *store, const struct config_feed *feed,
	const struct store_subscription *known, struct error *error)
{
	struct store_feed_edit edit = {0};
	struct str title = str_of(feed->title);
	bool hidden = strcmp(feed->hidden, "yes") == 0;
	if (wishes_decide_title(feed) && !(known->renamed && str_equal(title, str_of(known->title))))
		edit.title = &title;
	if (wishes_decide_hidden(feed) && hidden != known->hidden)
		edit.hidden = &hidden;
	return edit.title || edit.hidden ? store_feed_edit(store, known->id, &edit, error) : 0;
}

static int apply_one(struct store *store, const struct config_feed *feed, struct error *error)
{
	struct store_subscription known;
	int64_t id;
	if (store_feed_find(store, str_of(feed->key), &id, error) < 0)
		return -1;
	if (id == 0)
		return 0;
	if (store_subscription(store, id, &known, error) < 0)
		return -1;
	struct store_settings wanted = known.settings;
	for (enum setting i = 0; i < SETTINGS; i++) {
		struct buffer text = {0};
		write_wish(feed, i, &text);
		if (text.len > 0)
			setting_read(i, buffer_view(&text), &wanted);
		buffer_free(&text);
	}
	int result = apply_edit(store, feed, &known, error);
	if (result == 0 && memcmp(&wanted, &known.settings, sizeof wanted) != 0)
		result = store_settings_set(store, id, &wanted, error);
	store_subscription_free(&known);
	return result;
}

int wishes_apply(struct store *store, const struct config_feeds *feeds, struct error *error)
{
	for (size_t i = 0; i < feeds->count; i++) {
		if (apply_one(store, &feeds->items[i], error) < 0)
			return -1;
	}
	return 0;
}
