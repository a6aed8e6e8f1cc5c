#include "store/order.h"

#include "base/message.h"
#include "locale/habit.h"

#include <stdlib.h>

const struct collation *store_collation(struct store *store)
{
	struct buffer locale = {0};
	const char *language = message_language();
	if (store->collation && store->collation_language == language)
		return store->collation;
	habit_locale(&locale, language);
	struct collation *opened = locale.failed ? NULL : collation_new(locale.data);
	buffer_free(&locale);
	collation_free(store->collation);
	store->collation = opened;
	store->collation_language = language;
	return opened;
}

static void run_order(sqlite3_context *context, int count, sqlite3_value **values)
{
	(void)count;
	const struct collation *collation = store_collation(sqlite3_user_data(context));
	const char *text = (const char *)sqlite3_value_text(values[0]);
	struct str title = {text ? text : "", text ? (size_t)sqlite3_value_bytes(values[0]) : 0};
	struct buffer key = {0};
	if (collation && collation_key(collation, title, &key))
		sqlite3_result_blob64(context, key.data ? key.data : "", key.len, SQLITE_TRANSIENT);
	else
		sqlite3_result_value(context, values[0]);
	buffer_free(&key);
}

int order_register(struct store *store)
{
	return sqlite3_create_function_v2(store->db, "khabar_order", 1,
		SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, store, run_order, NULL,
		NULL, NULL);
}

/* What qsort_r() sorts: the place they had decides among equals. */
struct placed {
	struct store_feed feed;
	size_t place;
};

static int compare(const void *a, const void *b, void *user)
{
	const struct placed *left = a, *right = b;
	int order = collation_compare(user, str_of(left->feed.title), str_of(right->feed.title));
	return order ? order : (left->place > right->place) - (left->place < right->place);
}

void order_feeds(struct store *store, struct store_feeds *feeds)
{
	const struct collation *collation = store_collation(store);
	struct placed *placed = feeds->count > 1 ? calloc(feeds->count, sizeof *placed) : NULL;
	if (!placed || !collation) {
		free(placed);
		return;
	}
	for (size_t i = 0; i < feeds->count; i++)
		placed[i] = (struct placed){feeds->items[i], i};
	qsort_r(placed, feeds->count, sizeof *placed, compare, (void *)collation);
	for (size_t i = 0; i < feeds->count; i++)
		feeds->items[i] = placed[i].feed;
	free(placed);
}
