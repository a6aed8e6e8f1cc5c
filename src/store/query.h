/* Lists of what meets a query (query/query.h): for src/store/ alone. */
#ifndef KHABAR_STORE_QUERY_H
#define KHABAR_STORE_QUERY_H

#include "query/query.h"
#include "store/keys.h"
#include "store/statement.h"

/* Makes the functions of SQL known that conditions of queries call.  SQLITE_OK, or what failed. */
int query_register(sqlite3 *db);

/*
 * Fills *keys from a cursor on (NULL: from an end), and tells *page where looking was stopped.
 * For within statement_read_begin() and _end().
 */
int query_page(struct store *store, const struct store_list *list,
	const struct store_cursor *cursor, struct keys *keys, struct store_page *page,
	struct error *error);

/* As store_rank() and store_count(). */
int query_rank(struct store *store, const struct store_list *list,
	const struct store_cursor *cursor, int64_t *rank, struct error *error);
int query_count(struct store *store, const struct store_list *list, struct store_counts *counts,
	struct error *error);

/* As store_query_ids(), of what is sorted before *older alone unless that is NULL. */
int query_ids(struct store *store, struct query *query, const struct store_cursor *older,
	int64_t **ids, size_t *count, struct error *error);

/* ---- where looking starts from (query-start.c) ------------------------------ */

/*
 * The parameters of a stream: the start (time, id) and the end (time) of its rows, how many, the
 * feed, shadow or moment that it is of, and the counter of what is looked at.  Those of the query
 * follow.
 */
enum {
	QUERY_START_SORT = 1,
	QUERY_START_ID,
	QUERY_LIMIT,
	QUERY_WHICH,
	QUERY_WALK,
	QUERY_END,
	QUERY_FIRST,
};

/* Streams of one kind, each sorted by date: "article INDEXED BY ... WHERE ..." and ?QUERY_WHICH. */
struct query_source {
	const char *from; /* static, or owned by query_start */
	int64_t *which;   /* owned */
	size_t count;
};

struct query_start {
	struct query_sql sql;
	struct query_source now, left; /* in an index; what left it since */
	char *owned;                   /* a text of `now` */
};

/*
 * Chooses the index with the least to look at.  `since` as in struct store_list; with `shadowed`
 * also what stands in the shadow of another article.  To be freed also when it fails.
 */
int query_start_find(struct store *store, struct query *query, int64_t since, bool shadowed,
	struct query_start *start, struct error *error);
void query_start_free(struct query_start *start);

/* A statement that is not kept: prepared from a text, with the values of a query bound. */
struct statement query_prepare(struct store *store, const char *text, const struct query_sql *sql);
/* As statement_end(), and frees it. */
int query_finish(struct statement *s, struct error *error);

#endif
