#include "base/array.h"
#include "store/failure.h"
#include "store/order.h"
#include "store/query.h"
#include "store/statement.h"

#include <stdlib.h>

int store_feed_find(struct store *store, struct str url, int64_t *id, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_FEED_FIND);
	statement_text(&s, 1, url);
	*id = statement_row(&s) ? statement_column(&s, 0) : 0; /* ids start at 1 */
	return statement_end(&s, error);
}

int store_feed_ensure(
	struct store *store, struct str key, struct str title, int64_t *id, struct error *error)
{
	int64_t found;
	if (key.len == 0)
		return error_set(error, EX_DATAERR,
			"a feed has no key: give its address, or \"local:\" and a name");
	if (store_feed_find(store, key, &found, error) < 0)
		return -1;
	if (!found) {
		if (statement_may_write(store, error) < 0)
			return -1;
		struct statement s = statement_start(store, STATEMENT_FEED_ADD);
		statement_text(&s, 1, key);
		statement_text(&s, 2, title);
		if (statement_run(&s, NULL, error) < 0 ||
			store_feed_find(store, key, &found, error) < 0)
			return -1;
	}
	*id = found;
	return 0;
}

int store_feeds(struct store *store, struct store_feeds *feeds, struct error *error)
{
	size_t cap = 0;
	*feeds = (struct store_feeds){0};
	struct statement s = statement_start(store, STATEMENT_FEED_LIST);
	while (statement_row(&s)) {
		if (!array_reserve(&feeds->items, &cap, feeds->count + 1, sizeof *feeds->items)) {
			s.code = SQLITE_NOMEM;
			break;
		}
		feeds->items[feeds->count++] = (struct store_feed){
			.id = statement_column(&s, 0),
			.key = statement_column_text(&s, 1),
			.title = statement_column_text(&s, 2),
			.total = statement_column(&s, 3),
			.unread = statement_column(&s, 4),
			.folder = statement_column_text(&s, 5),
			.hidden = statement_column(&s, 6) != 0,
			.failures = (int)statement_column(&s, 7),
			.stopped = statement_column(&s, 8) != 0,
			.later = statement_column(&s, 9) != 0,
		};
	}
	if (statement_end(&s, error) == 0) {
		order_feeds(store, feeds);
		return 0;
	}
	store_feeds_free(feeds);
	return -1;
}

void store_feeds_free(struct store_feeds *feeds)
{
	for (size_t i = 0; i < feeds->count; i++) {
		free(feeds->items[i].key);
		free(feeds->items[i].title);
		free(feeds->items[i].folder);
	}
	free(feeds->items);
	*feeds = (struct store_feeds){0};
}

static int feed_count(
	struct store *store, int64_t id, struct store_counts *counts, struct error *error)
{
	bool found = false;
	struct statement s = statement_start(store, STATEMENT_FEED_COUNT);
	statement_int(&s, 1, id);
	if (statement_row(&s)) {
		found = true;
		counts->total = statement_column(&s, 0);
		counts->unread = statement_column(&s, 1);
	}
	if (statement_end(&s, error) < 0)
		return -1;
	if (!found)
		return failure_no_feed(error, store->path, id);
	return 0;
}

static int story_count(
	struct store *store, int64_t id, struct store_counts *counts, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_STORY_COUNT);
	statement_int(&s, 1, id);
	if (statement_row(&s)) {
		counts->total = statement_column(&s, 0);
		counts->unread = statement_column(&s, 1);
	}
	return statement_end(&s, error);
}

int store_count(struct store *store, const struct store_list *list, struct store_counts *counts,
	struct error *error)
{
	/* The columns of STATEMENT_TALLY for the total and the unread of a list; -1: not told. */
	static const struct {
		int total, unread;
	} columns[] = {
		[STORE_ALL] = {0, 1},
		[STORE_UNREAD] = {1, 1},
		[STORE_STARRED] = {2, 3},
		[STORE_UNFINISHED] = {4, 5},
		[STORE_LATELY] = {0, -1},
	};
	*counts = (struct store_counts){0};
	if (list->kind == STORE_FEED)
		return feed_count(store, list->feed_id, counts, error);
	if (list->kind == STORE_STORY)
		return story_count(store, list->story_id, counts, error);
	if (list->kind == STORE_QUERY)
		return query_count(store, list, counts, error);
	bool tallied = list->kind != STORE_LATELY;
	struct statement s =
		statement_start(store, tallied ? STATEMENT_TALLY : STATEMENT_LATELY_COUNT);
	if (statement_row(&s)) {
		counts->total = statement_column(&s, columns[list->kind].total);
		if (columns[list->kind].unread >= 0)
			counts->unread = statement_column(&s, columns[list->kind].unread);
	} else if (s.code == SQLITE_OK) {
		s.code = SQLITE_CORRUPT;
	}
	return statement_end(&s, error);
}
