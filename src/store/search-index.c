#include "store/search-index.h"

#include "article/striptext.h"
#include "base/array.h"
#include "base/buffer.h"
#include "store/failure.h"
#include "store/search.h"
#include "store/turn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

enum {
	WORDS_VERSION = 1, /* goes up when text/tokens.h finds other words than before */
	/* Of text: what a turn can take, and a shared one. */
	STEP_BYTES = 768 << 10,
	SHARED_BYTES = 128 << 10,
	MINUTE = 60, /* seconds */
};

/* ---- the table ------------------------------------------------------------ */

/* What the words depend on. */
static void describe_words(char stamp[64])
{
	UVersionInfo version;
	char unicode[U_MAX_VERSION_STRING_LENGTH];
	u_getUnicodeVersion(version);
	u_versionToString(version, unicode);
	snprintf(stamp, 64, "%d, Unicode %s", WORDS_VERSION, unicode);
}

/* Whether the index is there and of these words. */
static bool is_prepared(struct store *store, const char *stamp)
{
	sqlite3_stmt *statement;
	bool same = false;
	/* Fails where there is no such table yet. */
	if (sqlite3_prepare_v2(store->db, "SELECT stamp FROM search_about WHERE one = 1", -1,
		    &statement, NULL) != SQLITE_OK)
		return false;
	if (sqlite3_step(statement) == SQLITE_ROW) {
		const char *stored = (const char *)sqlite3_column_text(statement, 0);
		same = stored && strcmp(stored, stamp) == 0;
	}
	sqlite3_finalize(statement);
	return same;
}

/* Two letters are looked up in an index of their own; for three, the terms are few enough. */
static int make_tables(struct store *store)
{
	return sqlite3_exec(store->db,
		"CREATE TABLE IF NOT EXISTS search_about ("
		"	one INTEGER PRIMARY KEY CHECK (one = 1),"
		"	stamp TEXT NOT NULL);"
		"CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5 (title, summary, body,"
		"	content = '', tokenize = 'khabar', prefix = '2');"
		"INSERT INTO search (search, rank) VALUES ('automerge', 8);"
		"CREATE INDEX IF NOT EXISTS article_unindexed ON article (sort)"
		"	WHERE text_id IS NULL",
		NULL, NULL, NULL);
}

static int clear(struct store *store)
{
	return sqlite3_exec(store->db,
		"UPDATE OR FAIL article SET text_id = NULL WHERE text_id IS NOT NULL;"
		"INSERT INTO search (search) VALUES ('delete-all')",
		NULL, NULL, NULL);
}

static int prepare(struct store *store, const char *stamp, struct error *error)
{
	if (is_prepared(store, stamp))
		return 0;
	int code = make_tables(store);
	if (code == SQLITE_OK)
		code = clear(store);
	if (code != SQLITE_OK)
		return failure_set(error, store->path, store->db, code);
	struct statement s = statement_start(store, STATEMENT_SEARCH_STAMP);
	statement_text(&s, 1, str_of(stamp));
	return statement_run(&s, NULL, error);
}

int search_index_prepare(struct store *store, struct error *error)
{
	char stamp[64];
	describe_words(stamp);
	if (is_prepared(store, stamp))
		return 0;
	if (statement_atomic_begin(store, error) < 0)
		return -1;
	return statement_atomic_end(store, prepare(store, stamp, error), error);
}

int store_index_clear(struct store *store, struct error *error)
{
	if (statement_atomic_begin(store, error) < 0)
		return -1;
	int code = clear(store);
	int result = code == SQLITE_OK ? 0 : failure_set(error, store->path, store->db, code);
	return statement_atomic_end(store, result, error);
}

/* ---- filling it ----------------------------------------------------------- */

void search_text(struct str html, struct buffer *out)
{
	striptext(html, out);
}

/* The texts of an article, one after the other in a buffer: title, summary, body. */
struct entry {
	int64_t id, sort;
	size_t ends[3];
};

struct batch {
	struct entry *entries; /* the newest first */
	size_t count, cap;
	struct buffer text;
};

static struct str column(struct statement *s, int at)
{
	const char *text = (const char *)sqlite3_column_text(s->handle, at);
	return (struct str){text ? text : "", (size_t)sqlite3_column_bytes(s->handle, at)};
}

/* The texts in three columns from `at` on. */
static void take_texts(struct statement *s, int at, struct buffer *text, size_t ends[3])
{
	buffer_str(text, column(s, at));
	ends[0] = text->len;
	buffer_str(text, column(s, at + 1));
	ends[1] = text->len;
	search_text(column(s, at + 2), text);
	ends[2] = text->len;
}

static int gather(struct store *store, size_t most, struct batch *batch, struct error *error)
{
	size_t bytes = turn_is_shared(store) ? SHARED_BYTES : STEP_BYTES;
	struct statement s = statement_start(store, STATEMENT_UNINDEXED);
	statement_int(&s, 1, (int64_t)most);
	while (batch->text.len < bytes && statement_row(&s)) {
		if (!array_reserve(&batch->entries, &batch->cap, batch->count + 1,
			    sizeof *batch->entries)) {
			s.code = SQLITE_NOMEM;
			break;
		}
		struct entry *entry = &batch->entries[batch->count++];
		entry->id = statement_column(&s, 0);
		entry->sort = statement_column(&s, 1);
		take_texts(&s, 2, &batch->text, entry->ends);
	}
	if (batch->text.failed)
		s.code = SQLITE_NOMEM;
	return statement_end(&s, error);
}

/* The first number from *rowid on that no row has or had. */
static int find_free(struct store *store, int64_t *rowid, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_SEARCH_TAKEN);
	statement_int(&s, 1, *rowid);
	while (statement_row(&s) && statement_column(&s, 0) == *rowid)
		++*rowid;
	return statement_end(&s, error);
}

/* `statement` is STATEMENT_SEARCH_ADD or STATEMENT_SEARCH_REMOVE. */
static int write_row(struct store *store, enum statement_id statement, int64_t rowid,
	struct str text, const size_t ends[3], size_t from, struct error *error)
{
	struct statement s = statement_start(store, statement);
	statement_int(&s, 1, rowid);
	for (int i = 0; i < 3; i++) {
		statement_stored_text(&s, 2 + i, str_slice(text, from, ends[i]));
		from = ends[i];
	}
	return statement_run(&s, NULL, error);
}

static int set_text_id(struct store *store, int64_t id, int64_t rowid, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_ARTICLE_TEXT);
	statement_int(&s, 1, id);
	if (rowid >= 0)
		statement_int(&s, 2, rowid);
	else
		statement_null(&s, 2);
	return statement_run(&s, NULL, error);
}

/*
 * In the order of rowids: FTS5 would write a segment for each one that goes back.  What the turn
 * leaves no time for, the newest, is first of the next one.
 */
static int write_batch(
	struct store *store, const struct batch *batch, int *written, struct error *error)
{
	struct str text = buffer_view(&batch->text);
	int64_t rowid = -1;
	for (size_t i = batch->count; i > 0 && (*written == 0 || !turn_is_over(store)); i--) {
		const struct entry *entry = &batch->entries[i - 1];
		int64_t minute = entry->sort > 0 ? entry->sort / MINUTE : 0;
		if (minute * SEARCH_SLOTS > rowid)
			rowid = minute * SEARCH_SLOTS;
		else
			rowid++;
		if (find_free(store, &rowid, error) < 0 ||
			write_row(store, STATEMENT_SEARCH_ADD, rowid, text, entry->ends,
				i > 1 ? batch->entries[i - 2].ends[2] : 0, error) < 0 ||
			set_text_id(store, entry->id, rowid, error) < 0)
			return -1;
		++*written;
	}
	return 0;
}

static int any_pending(struct store *store, bool *any, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_UNINDEXED_ANY);
	*any = statement_row(&s);
	return statement_end(&s, error);
}

int store_index(struct store *store, size_t most, struct error *error)
{
	struct batch batch = {0};
	bool any = false;
	if (statement_may_write(store, error) < 0 || any_pending(store, &any, error) < 0)
		return -1;
	if (!any)
		return 0;
	if (turn_begin(store, error) < 0)
		return -1;
	int written = 0, result = gather(store, most, &batch, error);
	if (result == 0)
		result = write_batch(store, &batch, &written, error);
	result = turn_end(store, result, error);
	if (result == 0)
		result = written;
	free(batch.entries);
	buffer_free(&batch.text);
	return result;
}

int store_index_state(struct store *store, int64_t *pending, int64_t *articles, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_UNINDEXED_COUNT);
	if (statement_row(&s)) {
		*pending = statement_column(&s, 0);
		*articles = statement_column(&s, 1);
	}
	return statement_end(&s, error);
}

int store_index_stale(struct store *store, int64_t *stale, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_SEARCH_STALE);
	if (statement_row(&s))
		*stale = statement_column(&s, 0);
	return statement_end(&s, error);
}

/* ---- changes -------------------------------------------------------------- */

/* What is indexed of an article; *rowid -1: nothing is. */
static int read_indexed(struct store *store, int64_t id, int64_t *rowid, struct buffer *text,
	size_t ends[3], struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_ARTICLE_INDEXED);
	statement_int(&s, 1, id);
	*rowid = -1;
	if (statement_row(&s)) {
		*rowid = statement_column(&s, 0);
		take_texts(&s, 1, text, ends);
	}
	if (text->failed)
		s.code = SQLITE_NOMEM;
	return statement_end(&s, error);
}

static bool is_same(const struct buffer *text, const size_t ends[3],
	const struct store_new_article *article, struct buffer *body)
{
	struct str all = buffer_view(text);
	search_text(article->html, body);
	return !body->failed && str_equal(str_slice(all, 0, ends[0]), article->title) &&
	       str_equal(str_slice(all, ends[0], ends[1]), article->summary) &&
	       str_equal(str_slice(all, ends[1], ends[2]), buffer_view(body));
}

int search_index_change(struct store *store, int64_t id, const struct store_new_article *article,
	struct error *error)
{
	struct buffer text = {0}, body = {0};
	size_t ends[3];
	int64_t rowid;
	int result = read_indexed(store, id, &rowid, &text, ends, error);
	if (result == 0 && rowid >= 0 && (!article || !is_same(&text, ends, article, &body))) {
		result = write_row(
			store, STATEMENT_SEARCH_REMOVE, rowid, buffer_view(&text), ends, 0, error);
		if (result == 0)
			result = set_text_id(store, id, -1, error);
		search_index_note(store);
	}
	buffer_free(&text);
	buffer_free(&body);
	return result;
}

void search_index_note(struct store *store)
{
	store->unindexed++;
}

void search_index_catch_up(struct store *store, bool all)
{
	if (store->unindexed == 0 || (!all && store->unindexed < SEARCH_MUCH) ||
		!sqlite3_get_autocommit(store->db))
		return;
	int done;
	do {
		done = store_index(store, SEARCH_STEP, NULL);
		store->unindexed -= done > 0 && (size_t)done < store->unindexed ? (size_t)done
										: store->unindexed;
	} while (done > 0 && store->unindexed > 0);
}
