/* What the reader set for a feed: named values, of which one that is wrong counts as not set. */
#include "store/setting.h"

#include "base/buffer.h"
#include "store/statement.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char *const directions[] = {
	[STORE_AUTO] = "auto", [STORE_LTR] = "ltr", [STORE_RTL] = "rtl"};
static const char *const answers[] = {"no", "yes"};

/* Numbers, or words by their place in `words`. */
static const struct kind {
	struct str name;
	size_t offset; /* of an int */
	int unset, most;
	const char *const *words;
} kinds[] = {
	[SETTING_DIRECTION] = {STR("direction"), offsetof(struct store_settings, direction),
		STORE_AUTO, STORE_RTL, directions},
	[SETTING_INTERVAL] = {STR("interval"), offsetof(struct store_settings, interval),
		STORE_UNSET, STORE_INTERVAL_MOST, NULL},
	[SETTING_KEEP_DAYS] = {STR("keep-days"), offsetof(struct store_settings, keep_days),
		STORE_UNSET, STORE_KEEP_DAYS_MOST, NULL},
	[SETTING_KEEP_COUNT] = {STR("keep-count"), offsetof(struct store_settings, keep_count),
		STORE_UNSET, STORE_KEEP_COUNT_MOST, NULL},
	[SETTING_FULL_TEXT] = {STR("full-text"), offsetof(struct store_settings, full_text),
		STORE_UNSET, 1, answers},
	[SETTING_NOTIFY] = {STR("notify"), offsetof(struct store_settings, notify), STORE_UNSET, 1,
		answers},
};

static int *member(const struct kind *kind, struct store_settings *settings)
{
	return (int *)(void *)((char *)settings + kind->offset);
}

/* The number of a text; -1 when it is none, or too large. */
static int number_of(const struct kind *kind, struct str text)
{
	int number = 0;
	for (int i = 0; kind->words && i <= kind->most; i++) {
		if (str_equal(text, str_of(kind->words[i])))
			return i;
	}
	if (kind->words || text.len == 0 || text.len > 6)
		return -1;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return -1;
		number = number * 10 + (text.ptr[i] - '0');
	}
	return number <= kind->most ? number : -1;
}

static void set_defaults(struct store_settings *settings)
{
	for (size_t i = 0; i < SETTINGS; i++)
		*member(&kinds[i], settings) = kinds[i].unset;
}

int store_settings(
	struct store *store, int64_t feed, struct store_settings *settings, struct error *error)
{
	set_defaults(settings);
	struct statement s = statement_start(store, STATEMENT_FEED_SETTINGS);
	statement_int(&s, 1, feed);
	while (statement_row(&s)) {
		char *name = statement_column_text(&s, 0), *value = statement_column_text(&s, 1);
		for (size_t i = 0; name && value && i < SETTINGS; i++) {
			int number = number_of(&kinds[i], str_of(value));
			if (str_equal(kinds[i].name, str_of(name)) && number >= 0)
				*member(&kinds[i], settings) = number;
		}
		free(name);
		free(value);
	}
	return statement_end(&s, error);
}

static int write(struct store *store, int64_t feed, const struct store_settings *settings,
	struct error *error)
{
	struct store_settings wanted = *settings, known;
	if (store_settings(store, feed, &known, error) < 0)
		return -1;
	for (size_t i = 0; i < SETTINGS; i++) {
		const struct kind *kind = &kinds[i];
		int value = *member(kind, &wanted);
		struct buffer text = {0};
		if (value == *member(kind, &known))
			continue;
		if (value > kind->most)
			return error_set(error, EX_USAGE, "%s: %d is too much: up to %d",
				kind->name.ptr, value, kind->most);
		if (kind->words && value >= 0)
			buffer_str(&text, str_of(kind->words[value]));
		else
			buffer_printf(&text, "%d", value);
		struct str stored = buffer_view(&text);
		int result = text.failed ? error_no_memory(error)
					 : store_feed_setting_set(store, feed, kind->name,
						   value == kind->unset ? NULL : &stored, error);
		buffer_free(&text);
		if (result < 0)
			return -1;
	}
	return 0;
}

int store_settings_set(struct store *store, int64_t feed, const struct store_settings *settings,
	struct error *error)
{
	if (statement_atomic_begin(store, error) < 0)
		return -1;
	return statement_atomic_end(store, write(store, feed, settings, error), error);
}

const char *setting_name(enum setting setting)
{
	return kinds[setting].name.ptr;
}

int *setting_member(enum setting setting, struct store_settings *settings)
{
	return member(&kinds[setting], settings);
}

bool setting_read(enum setting setting, struct str text, struct store_settings *settings)
{
	const struct kind *kind = &kinds[setting];
	int number = text.len == 0 ? kind->unset : number_of(kind, text);
	if (number < 0 && text.len > 0)
		return false;
	*member(kind, settings) = number;
	return true;
}

void setting_write(enum setting setting, const struct store_settings *settings, struct buffer *out)
{
	struct store_settings copy = *settings;
	const struct kind *kind = &kinds[setting];
	int value = *member(kind, &copy);
	if (value == kind->unset)
		return;
	if (kind->words)
		buffer_str(out, str_of(kind->words[value]));
	else
		buffer_printf(out, "%d", value);
}

int setting_most(enum setting setting)
{
	return kinds[setting].most;
}
