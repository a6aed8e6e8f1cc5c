/*
 * Lists of what meets a query.  The rows of an index (query-start.c) are gone through in the
 * order of the list and each is asked, until the page is full or so many were looked at that
 * the caller gets what there is, and the place where to go on.
 */
#include "store/query.h"

#include "base/buffer.h"
#include "store/sorted.h"

#include <stdlib.h>

enum {
	LOOKED_AT = 20000,  /* articles for a page */
	LEAST_LOOKED = 200, /* of one stream */
	COUNTED = 10000,    /* rows */
	COUNTED_AT = 200000,
	SORTED = 10000, /* rows of a list that is not sorted by date */
};

/* What was looked at of a stream. */
struct walk {
	int64_t left; /* articles, until it stops */
	struct store_cursor reached;
	bool stopped;
};

#define WALK_POINTER "khabar-walk"

/* ---- functions of SQL --------------------------------------------------------- */

static struct str text_of(sqlite3_value *value)
{
	const char *text = (const char *)sqlite3_value_text(value);
	return (struct str){text ? text : "", text ? (size_t)sqlite3_value_bytes(value) : 0};
}

static void run_test(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct str texts[2];
	struct query_node *test = sqlite3_value_pointer(values[0], QUERY_POINTER);
	size_t text_count = (size_t)count - 1;
	for (size_t i = 0; i < text_count; i++)
		texts[i] = text_of(values[i + 1]);
	sqlite3_result_int(context, test && query_test(test, texts, text_count));
}

/* Counts a row that is looked at, and ends the statement after the last. */
static void run_walk(sqlite3_context *context, int count, sqlite3_value **values)
{
	(void)count;
	struct walk *walk = sqlite3_value_pointer(values[0], WALK_POINTER);
	if (walk && walk->left > 0) {
		walk->left--;
		walk->reached = (struct store_cursor){
			sqlite3_value_int64(values[1]), sqlite3_value_int64(values[2])};
		sqlite3_result_int(context, 1);
		return;
	}
	if (walk)
		walk->stopped = true;
	sqlite3_result_error_code(context, SQLITE_INTERRUPT);
}

int query_register(sqlite3 *db)
{
	static const struct {
		const char *name;
		int arguments;
		void (*run)(sqlite3_context *, int, sqlite3_value **);
	} functions[] = {
		{QUERY_FUNCTION, 2, run_test},
		{QUERY_FUNCTION, 3, run_test},
		{"khabar_walk", 3, run_walk},
	};
	int code = SQLITE_OK;
	for (size_t i = 0; i < sizeof functions / sizeof *functions && code == SQLITE_OK; i++)
		code = sqlite3_create_function_v2(db, functions[i].name, functions[i].arguments,
			SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, functions[i].run, NULL, NULL, NULL);
	return code;
}

/* ---- going through --------------------------------------------------------------- */

/* Where the rows go: to the keys of a page, or they are counted. */
struct sink {
	struct keys *keys; /* NULL: counted */
	bool appended;     /* to the keys, in no order */
	int64_t total, unread, most;
	bool stopped;
	struct store_cursor reached; /* the nearest place where a stream stopped */
};

/* The way that streams go: from a start, up to a bound of the time. */
struct way {
	struct store_cursor start;
	int64_t end;
	bool before;
	int64_t looked_at; /* of each stream */
};

static struct way way_of(const struct query_sql *sql, struct store_cursor start, bool before)
{
	struct way way = {start, sql->from, before, 0};
	if (before) {
		way.end = sql->to == INT64_MIN ? INT64_MIN : sql->to - 1;
		if (sql->to == INT64_MAX)
			way.end = INT64_MAX;
		if (sql->from > start.sort)
			way.start = (struct store_cursor){sql->from, INT64_MIN};
	} else if (sql->to < start.sort) {
		way.start = (struct store_cursor){sql->to, INT64_MIN};
	}
	return way;
}

static char *stream_text(
	const struct query_start *start, const struct query_source *source, const struct way *way)
{
	struct buffer text = {0};
	const char *order = way->before ? "ASC" : "DESC";
	buffer_printf(&text,
		"SELECT article.sort, article.id, article.read_at IS NULL FROM %s"
		" AND (article.sort, article.id) %s (?1, ?2) AND article.sort %s ?6"
		" AND CASE WHEN khabar_walk(?5, article.sort, article.id) THEN (%s) END"
		" ORDER BY article.sort %s, article.id %s LIMIT ?3",
		source->from, way->before ? ">" : "<", way->before ? "<=" : ">=", start->sql.where,
		order, order);
	return buffer_take(&text);
}

static bool take_row(struct sink *sink, size_t *at, struct statement *s)
{
	struct store_cursor key = {statement_column(s, 0), statement_column(s, 1)};
	struct keys *keys = sink->keys;
	if (!keys) {
		sink->total++;
		sink->unread += statement_column(s, 2);
		return true;
	}
	*at = sink->appended ? keys->count : keys_place(keys, *at, key);
	if (*at == keys->limit)
		return false; /* nor do any that follow belong to the page */
	if (!keys_insert(keys, (*at)++, key)) {
		s->code = SQLITE_NOMEM;
		return false;
	}
	return true;
}

static void note_stop(struct sink *sink, const struct walk *walk, bool before)
{
	const struct keys order = {.before = before};
	if (!sink->stopped || keys_nearer(&order, walk->reached, sink->reached))
		sink->reached = walk->reached;
	sink->stopped = true;
}

static void run_stream(struct statement *s, const struct way *way, int64_t which, struct sink *sink)
{
	struct walk walk = {.left = way->looked_at, .reached = way->start};
	int64_t limit = sink->keys ? (int64_t)sink->keys->limit : sink->most - sink->total;
	size_t at = 0;
	statement_int(s, QUERY_START_SORT, way->start.sort);
	statement_int(s, QUERY_START_ID, way->start.id);
	statement_int(s, QUERY_LIMIT, limit);
	statement_int(s, QUERY_WHICH, which);
	statement_int(s, QUERY_END, way->end);
	if (s->code == SQLITE_OK)
		s->code = sqlite3_bind_pointer(s->handle, QUERY_WALK, &walk, WALK_POINTER, NULL);
	while (statement_row(s) && take_row(sink, &at, s))
		;
	if (walk.stopped && (s->code & 0xFF) == SQLITE_INTERRUPT) {
		s->code = SQLITE_OK;
		note_stop(sink, &walk, way->before);
	}
	sqlite3_reset(s->handle);
}

static int run_source(struct store *store, const struct query_start *start,
	const struct query_source *source, const struct way *way, struct sink *sink,
	struct error *error)
{
	if (source->count == 0)
		return 0;
	char *text = stream_text(start, source, way);
	if (!text)
		return error_no_memory(error);
	struct statement s = query_prepare(store, text, &start->sql);
	for (size_t i = 0; i < source->count && s.code == SQLITE_OK; i++) {
		if (!sink->keys && sink->total >= sink->most)
			break;
		run_stream(&s, way, source->which[i], sink);
	}
	free(text);
	return query_finish(&s, error);
}

static int run_start(struct store *store, const struct query_start *start, struct way way,
	int64_t looked_at, struct sink *sink, struct error *error)
{
	size_t streams = start->now.count + start->left.count;
	way.looked_at = looked_at / (int64_t)(streams > 0 ? streams : 1);
	if (way.looked_at < LEAST_LOOKED)
		way.looked_at = LEAST_LOOKED;
	if (run_source(store, start, &start->now, &way, sink, error) < 0)
		return -1;
	return run_source(store, start, &start->left, &way, sink, error);
}

/* What is behind the place where looking stopped may not be all there is. */
static void cut(struct keys *keys, const struct sink *sink, struct store_page *page)
{
	if (!sink->stopped)
		return;
	while (keys->count > 0 && keys_nearer(keys, sink->reached, keys->items[keys->count - 1]))
		keys->count--;
	page->stopped = keys->count < keys->limit;
	page->reached = sink->reached;
}

/* ---- pages --------------------------------------------------------------------- */

static struct store_cursor end_of(bool before)
{
	int64_t end = before ? INT64_MIN : INT64_MAX;
	return (struct store_cursor){end, end};
}

static int page_by_date(struct store *store, const struct store_list *list,
	const struct store_cursor *cursor, struct keys *keys, struct store_page *page,
	struct error *error)
{
	struct query_start start;
	struct sink sink = {.keys = keys};
	keys->start = cursor ? *cursor : end_of(keys->before);
	int result = query_start_find(store, list->query, list->since, false, &start, error);
	if (result == 0)
		result = run_start(store, &start, way_of(&start.sql, keys->start, keys->before),
			LOOKED_AT, &sink, error);
	if (result == 0)
		cut(keys, &sink, page);
	query_start_free(&start);
	return result;
}

/* Orders other than that of date; the newest first among equals. */
static const char *const orders[] = {
	[QUERY_BY_TITLE] = "khabar_order(article.title)",
	[QUERY_BY_FEED] = "source.name",
	[QUERY_BY_SCORE] = "hit.score",
};

static char *sorted_text(const struct query_sql *sql, enum query_sort sort)
{
	struct buffer text = {0};
	bool scored = sort == QUERY_BY_SCORE && sql->match > 0;
	if (sort == QUERY_BY_FEED) /* a key a feed, and not one an article */
		buffer_str(&text, STR("WITH source AS MATERIALIZED (SELECT feed.id AS number,"
				      " khabar_order(feed.title) AS name FROM feed) "));
	buffer_str(&text, STR("SELECT article.sort, article.id FROM article"));
	if (sort == QUERY_BY_FEED)
		buffer_str(&text, STR(" JOIN source ON source.number = article.feed_id"));
	if (scored)
		buffer_printf(&text,
			" JOIN (SELECT rowid AS number, bm25(search, 10.0, 3.0) AS score FROM "
			"search"
			" WHERE search MATCH ?%d) AS hit ON hit.number = article.text_id",
			sql->match);
	buffer_printf(&text, " WHERE (%s)%s ORDER BY ", sql->where,
		sql->mixed ? " AND article.shadowed = 0" : "");
	if (scored || sort != QUERY_BY_SCORE)
		buffer_printf(&text, "%s, ", orders[sort]);
	buffer_printf(&text, "article.sort DESC, article.id DESC LIMIT %d", SORTED);
	return buffer_take(&text);
}

static int sort_rows(struct store *store, const char *text, const struct query_sql *sql,
	struct keys *rows, struct error *error)
{
	struct statement s = query_prepare(store, text, sql);
	rows->limit = SORTED;
	while (statement_row(&s)) {
		struct store_cursor key = {statement_column(&s, 0), statement_column(&s, 1)};
		if (!keys_insert(rows, rows->count, key))
			s.code = SQLITE_NOMEM;
	}
	return query_finish(&s, error);
}

static int copy_rows(const struct keys *from, bool reversed, struct keys *rows, struct error *error)
{
	rows->limit = SORTED;
	for (size_t i = 0; i < from->count; i++) {
		size_t at = reversed ? from->count - 1 - i : i;
		if (!keys_insert(rows, i, from->items[at]))
			return error_no_memory(error);
	}
	return 0;
}

/* All rows of a list that is not sorted by date, its first first. */
static int sorted_rows(struct store *store, const struct store_list *list, enum query_sort sort,
	bool reversed, struct keys *rows, struct error *error)
{
	struct query_sql sql;
	if (query_sql(list->query, QUERY_FIRST, list->since, &sql) < 0)
		return error_no_memory(error);
	struct buffer name = {0};
	struct keys sorted = {0};
	char *text = sorted_text(&sql, sort);
	if (text)
		sorted_name(store, text, &sql, &name);
	const struct keys *found = sorted_find(store, &name);
	int result = 0;
	if (!found)
		result = text ? sort_rows(store, text, &sql, &sorted, error)
			      : error_no_memory(error);
	if (result == 0)
		result = copy_rows(found ? found : &sorted, reversed, rows, error);
	if (found || result < 0) {
		buffer_free(&name);
		free(sorted.items);
	} else {
		sorted_keep(store, &name, &sorted);
	}
	free(text);
	query_sql_free(&sql);
	return result;
}

/* The index of a row; that behind the last when it is not there. */
static size_t find_row(const struct keys *rows, const struct store_cursor *cursor)
{
	size_t i = 0;
	while (i < rows->count && rows->items[i].id != cursor->id)
		i++;
	return i;
}

static int page_sorted(struct store *store, const struct store_list *list, enum query_sort sort,
	bool reversed, const struct store_cursor *cursor, struct keys *keys, struct error *error)
{
	struct keys rows = {0};
	int result = sorted_rows(store, list, sort, reversed, &rows, error);
	size_t at = cursor ? find_row(&rows, cursor) : keys->before ? rows.count : SIZE_MAX;
	while (result == 0 && keys->count < keys->limit) {
		at += keys->before ? SIZE_MAX : 1;
		if (at >= rows.count)
			break;
		if (!keys_insert(keys, keys->count, rows.items[at]))
			result = error_no_memory(error);
	}
	free(rows.items);
	return result;
}

int query_page(struct store *store, const struct store_list *list,
	const struct store_cursor *cursor, struct keys *keys, struct store_page *page,
	struct error *error)
{
	bool reversed;
	enum query_sort sort = query_order(list->query, &reversed);
	if (sort != QUERY_BY_DATE)
		return page_sorted(store, list, sort, reversed, cursor, keys, error);
	keys->before ^= reversed; /* the oldest first: the way back is the way on */
	return page_by_date(store, list, cursor, keys, page, error);
}

/* ---- counts -------------------------------------------------------------------- */

static int count_to(struct store *store, const struct store_list *list, struct store_cursor from,
	bool before, struct sink *sink, struct error *error)
{
	struct query_start start;
	bool own;
	if (statement_read_begin(store, &own, error) < 0)
		return -1;
	int result = query_start_find(store, list->query, list->since, false, &start, error);
	if (result == 0)
		result = run_start(
			store, &start, way_of(&start.sql, from, before), COUNTED_AT, sink, error);
	query_start_free(&start);
	return statement_read_end(store, own, result, error);
}

int query_count(struct store *store, const struct store_list *list, struct store_counts *counts,
	struct error *error)
{
	struct sink sink = {.most = COUNTED + 1};
	const struct store_list now = {
		.kind = STORE_QUERY, .query = list->query, .since = INT64_MAX};
	if (count_to(store, &now, end_of(false), false, &sink, error) < 0)
		return -1;
	*counts = (struct store_counts){sink.total < COUNTED ? sink.total : COUNTED, sink.unread,
		sink.stopped || sink.total > COUNTED};
	if (counts->unread > counts->total)
		counts->unread = counts->total;
	return 0;
}

int query_rank(struct store *store, const struct store_list *list,
	const struct store_cursor *cursor, int64_t *rank, struct error *error)
{
	struct sink sink = {.most = COUNTED};
	struct keys rows = {0};
	bool reversed;
	enum query_sort sort = query_order(list->query, &reversed);
	int result;
	if (sort == QUERY_BY_DATE) {
		result = count_to(
			store, list, cursor ? *cursor : end_of(!reversed), !reversed, &sink, error);
		*rank = sink.total;
		return result;
	}
	result = sorted_rows(store, list, sort, reversed, &rows, error);
	*rank = (int64_t)(cursor ? find_row(&rows, cursor) : rows.count);
	free(rows.items);
	return result;
}

/* ---- all of them ----------------------------------------------------------------- */

static int newest_first(const void *left, const void *right)
{
	const struct store_cursor *a = left, *b = right;
	if (a->sort != b->sort)
		return a->sort < b->sort ? 1 : -1;
	return a->id < b->id ? 1 : -1;
}

int query_ids(struct store *store, struct query *query, const struct store_cursor *older,
	int64_t **ids, size_t *count, struct error *error)
{
	struct query_start start;
	struct keys keys = {.limit = SIZE_MAX};
	struct sink sink = {.keys = &keys, .appended = true};
	bool own;
	*ids = NULL;
	*count = 0;
	if (statement_read_begin(store, &own, error) < 0)
		return -1;
	int result = query_start_find(store, query, INT64_MAX, true, &start, error);
	if (result == 0)
		result = run_start(store, &start,
			way_of(&start.sql, older ? *older : end_of(false), false), INT64_MAX, &sink,
			error);
	query_start_free(&start);
	if (keys.count > 0)
		qsort(keys.items, keys.count, sizeof *keys.items, newest_first);
	if (result == 0 && keys.count > 0) {
		*ids = malloc(keys.count * sizeof **ids);
		result = *ids ? 0 : error_no_memory(error);
	}
	for (size_t i = 0; i < keys.count && *ids; i++)
		(*ids)[i] = keys.items[i].id;
	*count = *ids ? keys.count : 0;
	free(keys.items);
	return statement_read_end(store, own, result, error);
}

int store_query_ids(
	struct store *store, struct query *query, int64_t **ids, size_t *count, struct error *error)
{
	return query_ids(store, query, NULL, ids, count, error);
}
