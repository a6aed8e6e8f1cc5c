/*
 * Where a list of what meets a query starts from.  In this order: a set of few articles that the
 * query itself names (rare words, a tag, a number); those with a star; those begun; those of a
 * few feeds; the unread; all.
 */
#include "store/query.h"

#include "base/array.h"
#include "base/buffer.h"

#include <stdlib.h>

enum {
	RARE = 2000,     /* articles that are looked at one by one and sorted */
	FEEDS_MOST = 64, /* that are merged */
};

struct statement query_prepare(struct store *store, const char *text, const struct query_sql *sql)
{
	struct statement s = {.store = store};
	s.code = sqlite3_prepare_v2(store->db, text, -1, &s.handle, NULL);
	if (s.code != SQLITE_OK)
		return s;
	int last = sqlite3_bind_parameter_count(s.handle);
	for (size_t i = 0; i < sql->value_count; i++) {
		const struct query_value *value = &sql->values[i];
		int at = sql->first + (int)i;
		if (at > last)
			break; /* nor are those that follow in it */
		if (value->kind == QUERY_NUMBER)
			statement_int(&s, at, value->number);
		else if (value->kind == QUERY_TEXT)
			statement_text(&s, at, value->text);
		else if (s.code == SQLITE_OK)
			s.code = sqlite3_bind_pointer(
				s.handle, at, value->test, QUERY_POINTER, NULL);
	}
	return s;
}

int query_finish(struct statement *s, struct error *error)
{
	int result = statement_end(s, error);
	sqlite3_finalize(s->handle);
	s->handle = NULL;
	return result;
}

static int add_which(struct query_source *source, int64_t which, struct error *error)
{
	size_t cap = source->count;
	if (!array_reserve(&source->which, &cap, source->count + 1, sizeof *source->which))
		return error_no_memory(error);
	source->which[source->count++] = which;
	return 0;
}

/* ---- sets ------------------------------------------------------------------- */

/* Whether the set has few articles. */
static int is_rare(
	struct store *store, const struct query_sql *sql, bool *rare, struct error *error)
{
	struct buffer text = {0};
	buffer_printf(&text, "SELECT count(*) FROM (%s LIMIT %d)", sql->set, RARE + 1);
	if (text.failed)
		return error_no_memory(error);
	struct statement s = query_prepare(store, text.data, sql);
	if (statement_row(&s))
		*rare = statement_column(&s, 0) <= RARE;
	buffer_free(&text);
	return query_finish(&s, error);
}

static int from_set(struct query_start *start, bool shadowed, struct error *error)
{
	struct buffer text = {0};
	const struct query_sql *sql = &start->sql;
	buffer_printf(&text, "article %s WHERE article.%s IN (%s)%s",
		sql->set_is_text ? "INDEXED BY article_text" : "",
		sql->set_is_text ? "text_id" : "id", sql->set, shadowed ? "" : " AND shadowed = 0");
	start->now.from = start->owned = buffer_take(&text);
	return start->owned ? add_which(&start->now, 0, error) : error_no_memory(error);
}

/* ---- feeds ------------------------------------------------------------------ */

/* Up to FEEDS_MOST feeds with fewer articles than are unread, if the query wants these. */
static int from_feeds(
	struct store *store, struct query_start *start, bool *chosen, struct error *error)
{
	struct buffer text = {0};
	int64_t total = 0, unread = INT64_MAX;
	int result = 0;
	*chosen = false;
	buffer_printf(&text,
		"SELECT feed.id, feed.total, (SELECT tally.unread FROM tally) FROM feed"
		" WHERE %s LIMIT %d",
		start->sql.feeds, FEEDS_MOST + 1);
	if (text.failed)
		return error_no_memory(error);
	struct statement s = query_prepare(store, text.data, &start->sql);
	while (result == 0 && statement_row(&s)) {
		total += statement_column(&s, 1);
		if (start->sql.unread)
			unread = statement_column(&s, 2);
		result = add_which(&start->now, statement_column(&s, 0), error);
	}
	buffer_free(&text);
	if (query_finish(&s, result < 0 ? NULL : error) < 0 || result < 0)
		return -1;
	*chosen = start->now.count <= FEEDS_MOST && total <= unread;
	if (!*chosen)
		start->now.count = 0;
	start->now.from = "article INDEXED BY article_feed WHERE feed_id = ?4";
	return 0;
}

/* ---- states ------------------------------------------------------------------- */

/* The moments since which something left: one stream for each. */
static int add_moments(struct store *store, enum statement_id id, int64_t since,
	struct query_source *left, struct error *error)
{
	for (int64_t moment = since; moment < INT64_MAX; moment++) {
		struct statement s = statement_start(store, id);
		statement_int(&s, 1, moment);
		bool found = statement_row(&s);
		if (found)
			moment = statement_column(&s, 0);
		if (statement_end(&s, error) < 0)
			return -1;
		if (!found)
			return 0;
		if (add_which(left, moment, error) < 0)
			return -1;
	}
	return 0;
}

static int from_state(struct store *store, struct query_start *start, int64_t since, bool shadowed,
	struct error *error)
{
	const struct query_sql *sql = &start->sql;
	struct query_source *now = &start->now, *left = &start->left;
	if (sql->starred) {
		now->from = "article INDEXED BY article_starred WHERE starred = 1";
		left->from = "article INDEXED BY article_starred_left WHERE unstarred_at = ?4";
		return add_which(now, 0, error) < 0 || add_moments(store, STATEMENT_STARRED_LEFT_AT,
							       since, left, error) < 0
			       ? -1
			       : 0;
	}
	if (sql->unfinished) {
		now->from = "article INDEXED BY article_unfinished WHERE unfinished = 1";
		left->from = "article INDEXED BY article_unfinished_left WHERE closed_at = ?4";
		return add_which(now, 0, error) < 0 ||
				       add_moments(store, STATEMENT_UNFINISHED_LEFT_AT, since, left,
					       error) < 0
			       ? -1
			       : 0;
	}
	now->from = "article INDEXED BY article_all WHERE shadowed = ?4";
	if (sql->unread) {
		now->from = "article INDEXED BY article_unread WHERE read_at IS NULL"
			    " AND shadowed = ?4";
		left->from = shadowed ? "article INDEXED BY article_unread_left"
					" WHERE read_at = ?4"
				      : "article INDEXED BY article_unread_left"
					" WHERE read_at = ?4 AND shadowed = 0";
		if (add_moments(store, STATEMENT_UNREAD_LEFT_AT, since, left, error) < 0)
			return -1;
	}
	if (shadowed && add_which(now, 1, error) < 0)
		return -1;
	return add_which(now, 0, error);
}

/* ---- the choice ----------------------------------------------------------------- */

int query_start_find(struct store *store, struct query *query, int64_t since, bool shadowed,
	struct query_start *start, struct error *error)
{
	*start = (struct query_start){0};
	struct query_sql *sql = &start->sql;
	bool rare = false, chosen = false;
	if (query_sql(query, QUERY_FIRST, since, sql) < 0)
		return error_no_memory(error);
	shadowed |= !sql->mixed;
	if (sql->set && is_rare(store, sql, &rare, error) < 0)
		return -1;
	if (rare)
		return from_set(start, shadowed, error);
	bool feeds = sql->feeds && !sql->starred && !sql->unfinished;
	if (feeds && from_feeds(store, start, &chosen, error) < 0)
		return -1;
	return chosen ? 0 : from_state(store, start, since, shadowed, error);
}

void query_start_free(struct query_start *start)
{
	query_sql_free(&start->sql);
	free(start->now.which);
	free(start->left.which);
	free(start->owned);
	*start = (struct query_start){0};
}
