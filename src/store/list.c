/*
 * Pages of lists.  A page is found in two steps: the keys of its rows, from
 * indexes only, then the rows.  Keys come from streams, each sorted as the list
 * is:
 *   - what is in the list now;
 *   - for each moment since `list->since` at which something left the list, what
 *     left it then (a key press is one moment, and so is "mark all read").
 * The streams are merged here, and each is read no further than the page needs,
 * so that the work grows with the page and with what the reader has done since,
 * not with the list.
 */
#include "store/failure.h"
#include "store/keys.h"
#include "store/query.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

/* Indexed by `before`, where there are two. */
static const struct list_source {
	enum statement_id now[2];
	enum statement_id left[2];
	enum statement_id left_at;
	enum statement_id rank, left_rank;
	enum statement_id key; /* of a list whose order is no part of a headline: looks it up */
	bool looks_up;
	bool leaves; /* whether an article can leave the list */
} sources[] = {
	[STORE_ALL] = {.now = {STATEMENT_ALL_AFTER, STATEMENT_ALL_BEFORE},
		.rank = STATEMENT_ALL_RANK},
	[STORE_STORY] = {.now = {STATEMENT_STORY_AFTER, STATEMENT_STORY_BEFORE},
		.rank = STATEMENT_STORY_RANK},
	[STORE_FEED] = {.now = {STATEMENT_FEED_AFTER, STATEMENT_FEED_BEFORE},
		.rank = STATEMENT_FEED_RANK},
	[STORE_UNREAD] = {.now = {STATEMENT_UNREAD_AFTER, STATEMENT_UNREAD_BEFORE},
		.left = {STATEMENT_UNREAD_LEFT_AFTER, STATEMENT_UNREAD_LEFT_BEFORE},
		.left_at = STATEMENT_UNREAD_LEFT_AT,
		.rank = STATEMENT_UNREAD_RANK,
		.left_rank = STATEMENT_UNREAD_LEFT_RANK,
		.leaves = true},
	[STORE_STARRED] = {.now = {STATEMENT_STARRED_AFTER, STATEMENT_STARRED_BEFORE},
		.left = {STATEMENT_STARRED_LEFT_AFTER, STATEMENT_STARRED_LEFT_BEFORE},
		.left_at = STATEMENT_STARRED_LEFT_AT,
		.rank = STATEMENT_STARRED_RANK,
		.left_rank = STATEMENT_STARRED_LEFT_RANK,
		.leaves = true},
	[STORE_UNFINISHED] = {.now = {STATEMENT_UNFINISHED_AFTER, STATEMENT_UNFINISHED_BEFORE},
		.left = {STATEMENT_UNFINISHED_LEFT_AFTER, STATEMENT_UNFINISHED_LEFT_BEFORE},
		.left_at = STATEMENT_UNFINISHED_LEFT_AT,
		.rank = STATEMENT_UNFINISHED_RANK,
		.left_rank = STATEMENT_UNFINISHED_LEFT_RANK,
		.key = STATEMENT_STOPPED_AT,
		.looks_up = true,
		.leaves = true},
	[STORE_LATELY] = {.now = {STATEMENT_LATELY_AFTER, STATEMENT_LATELY_BEFORE},
		.rank = STATEMENT_LATELY_RANK,
		.key = STATEMENT_SEEN_AT,
		.looks_up = true},
};

/* Merges a stream into the page; `which` is the feed, or the moment of leaving. */
static int merge(struct store *store, enum statement_id stream, int64_t which, bool has_which,
	struct keys *keys, struct error *error)
{
	size_t at = 0;
	struct statement s = statement_start(store, stream);
	statement_int(&s, 1, keys->start.sort);
	statement_int(&s, 2, keys->start.id);
	statement_int(&s, 3, keys->limit < INT64_MAX ? (int64_t)keys->limit : INT64_MAX);
	if (has_which)
		statement_int(&s, 4, which);
	while (statement_row(&s)) {
		struct store_cursor key = {statement_column(&s, 0), statement_column(&s, 1)};
		at = keys_place(keys, at, key);
		if (at == keys->limit)
			break; /* so are all that follow */
		if (!keys_insert(keys, at++, key)) {
			s.code = SQLITE_NOMEM;
			break;
		}
	}
	return statement_end(&s, error);
}

/* The first moment not before *moment; *found tells whether there is one. */
static int next_moment(struct store *store, enum statement_id left_at, int64_t *moment, bool *found,
	struct error *error)
{
	struct statement s = statement_start(store, left_at);
	statement_int(&s, 1, *moment);
	*found = statement_row(&s);
	if (*found)
		*moment = statement_column(&s, 0);
	return statement_end(&s, error);
}

/* Whether it is one of many lists of its kind, and which. */
static bool has_which(const struct store_list *list)
{
	return list->kind == STORE_FEED || list->kind == STORE_STORY;
}

static int64_t which_of(const struct store_list *list)
{
	return list->kind == STORE_FEED ? list->feed_id : list->story_id;
}

static int collect(
	struct store *store, const struct store_list *list, struct keys *keys, struct error *error)
{
	const struct list_source *source = &sources[list->kind];
	if (merge(store, source->now[keys->before], which_of(list), has_which(list), keys, error) <
		0)
		return -1;
	if (!source->leaves)
		return 0;
	for (int64_t moment = list->since; moment < INT64_MAX; moment++) {
		bool found;
		if (next_moment(store, source->left_at, &moment, &found, error) < 0)
			return -1;
		if (!found)
			break;
		if (merge(store, source->left[keys->before], moment, true, keys, error) < 0)
			return -1;
	}
	return 0;
}

/*
 * The key of the row a page starts behind.  What is sorted by when reading stopped, or when it
 * was read, is no part of a headline: it is looked up.
 */
static int find_start(struct store *store, const struct store_list *list,
	const struct store_cursor *cursor, struct keys *keys, struct error *error)
{
	int64_t end = keys->before ? INT64_MIN : INT64_MAX;
	keys->start = cursor ? *cursor : (struct store_cursor){end, end};
	if (!cursor || !sources[list->kind].looks_up)
		return 0;
	struct statement s = statement_start(store, sources[list->kind].key);
	statement_int(&s, 1, cursor->id);
	keys->start.sort =
		statement_row(&s) && !statement_column_null(&s, 0) ? statement_column(&s, 0) : end;
	return statement_end(&s, error);
}

static void fill(struct statement *s, struct store_headline *headline)
{
	headline->direction = (enum store_direction)statement_column(s, 0);
	headline->override = (enum store_direction)statement_column(s, 1);
	headline->published = statement_column_null(s, 2) ? STORE_NO_DATE : statement_column(s, 2);
	headline->sort = statement_column(s, 3);
	headline->read = !statement_column_null(s, 4);
	headline->starred = statement_column(s, 5) != 0;
	headline->progress = (int)statement_column(s, 6);
	headline->title = statement_column_text(s, 7);
	headline->section = statement_column_text(s, 8);
	headline->language = statement_column_text(s, 9);
	headline->feed_title = statement_column_text(s, 10);
	headline->offset = (uint64_t)statement_column(s, 11);
	headline->story_id = statement_column(s, 12); /* 0 for NULL */
	headline->sources = (int)statement_column(s, 13);
}

int statement_headline(struct store *store, struct store_headline *headline, bool *found,
	struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_HEADLINE);
	statement_int(&s, 1, headline->id);
	*found = statement_row(&s);
	if (*found)
		fill(&s, headline);
	return statement_end(&s, error);
}

void statement_headline_free(struct store_headline *headline)
{
	free(headline->title);
	free(headline->section);
	free(headline->feed_title);
	free(headline->language);
}

static int read_headlines(
	struct store *store, const struct keys *keys, struct store_page *page, struct error *error)
{
	if (keys->count == 0)
		return 0;
	page->items = calloc(keys->count, sizeof *page->items);
	if (!page->items)
		return error_no_memory(error);
	page->count = keys->count;
	for (size_t i = 0; i < keys->count; i++) {
		size_t from = keys->turned ? keys->count - 1 - i : i;
		bool found;
		page->items[i].id = keys->items[from].id;
		if (statement_headline(store, &page->items[i], &found, error) < 0)
			return -1;
		if (!found) /* an index knows what the table does not */
			return failure_set(error, store->path, NULL, SQLITE_CORRUPT);
	}
	return 0;
}

int store_headlines(struct store *store, const struct store_list *list,
	const struct store_cursor *cursor, bool before, size_t limit, struct store_page *page,
	struct error *error)
{
	struct keys keys = {.limit = limit, .before = before, .turned = before};
	bool own, query = list->kind == STORE_QUERY;
	*page = (struct store_page){0};
	if (limit == 0)
		return 0;
	if (statement_read_begin(store, &own, error) < 0)
		return -1;
	int result = query ? query_page(store, list, cursor, &keys, page, error)
			   : find_start(store, list, cursor, &keys, error);
	if (result == 0 && !query)
		result = collect(store, list, &keys, error);
	if (result == 0)
		result = read_headlines(store, &keys, page, error);
	result = statement_read_end(store, own, result, error);
	free(keys.items);
	if (result < 0)
		store_page_free(page);
	return result;
}

int store_headlines_of(struct store *store, const int64_t *ids, size_t count,
	struct store_page *page, struct error *error)
{
	*page = (struct store_page){.items = calloc(count + 1, sizeof *page->items)};
	if (!page->items)
		return error_no_memory(error);
	for (size_t i = 0; i < count; i++) {
		bool found;
		struct store_headline *headline = &page->items[page->count];
		*headline = (struct store_headline){.id = ids[i]};
		int result = statement_headline(store, headline, &found, error);
		if (result == 0 && found) {
			page->count++;
			continue;
		}
		statement_headline_free(headline);
		if (result < 0) {
			store_page_free(page);
			return -1;
		}
	}
	return 0;
}

void store_page_free(struct store_page *page)
{
	for (size_t i = 0; i < page->count; i++)
		statement_headline_free(&page->items[i]);
	free(page->items);
	*page = (struct store_page){0};
}

static int count_before(struct store *store, enum statement_id statement, struct store_cursor start,
	int64_t which, bool has_which, int64_t *rank, struct error *error)
{
	struct statement s = statement_start(store, statement);
	statement_int(&s, 1, start.sort);
	statement_int(&s, 2, start.id);
	if (has_which)
		statement_int(&s, 4, which);
	if (statement_row(&s))
		*rank += statement_column(&s, 0);
	return statement_end(&s, error);
}

int store_rank(struct store *store, const struct store_list *list,
	const struct store_cursor *cursor, int64_t *rank, struct error *error)
{
	struct store_counts counts;
	*rank = 0;
	if (list->kind == STORE_QUERY)
		return query_rank(store, list, cursor, rank, error);
	const struct list_source *source = &sources[list->kind];
	struct keys keys = {.before = true}; /* whose end is behind all rows */
	if (find_start(store, list, cursor, &keys, error) < 0)
		return -1;
	if (!cursor && store_count(store, list, &counts, error) < 0)
		return -1;
	if (!cursor)
		*rank = counts.total;
	else if (count_before(store, source->rank, keys.start, which_of(list),
			 has_which(list), rank, error) < 0)
		return -1;
	if (!source->leaves || list->since == INT64_MAX)
		return 0;
	return count_before(store, source->left_rank, keys.start, list->since, true, rank, error);
}
