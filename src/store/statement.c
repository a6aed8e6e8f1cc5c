#include "store/statement.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "store/failure.h"

#include <stdlib.h>
#include <string.h>

struct statement statement_start(struct store *store, enum statement_id id)
{
	struct statement s = {.store = store, .code = SQLITE_OK};
	if (!store->statements[id])
		s.code = sqlite3_prepare_v3(store->db, statement_sql(id), -1,
			SQLITE_PREPARE_PERSISTENT, &store->statements[id], NULL);
	s.handle = store->statements[id];
	return s;
}

void statement_int(struct statement *s, int at, int64_t value)
{
	if (s->code == SQLITE_OK)
		s->code = sqlite3_bind_int64(s->handle, at, value);
}

void statement_null(struct statement *s, int at)
{
	if (s->code == SQLITE_OK)
		s->code = sqlite3_bind_null(s->handle, at);
}

static bool is_clean(struct str text)
{
	return !memchr(text.ptr, '\0', text.len) && utf8_valid(text);
}

static void bind_cleaned(struct statement *s, int at, struct str text)
{
	struct buffer clean = {0};
	for (size_t i = 0; i < text.len;) {
		uint32_t code_point;
		i += utf8_decode(text.ptr + i, text.len - i, &code_point);
		buffer_utf8(&clean, code_point ? code_point : UTF8_REPLACEMENT);
	}
	size_t len = clean.len;
	char *bytes = buffer_take(&clean);
	if (bytes) /* SQLite frees them, also when it fails */
		s->code = sqlite3_bind_text64(s->handle, at, bytes, len, free, SQLITE_UTF8);
	else
		s->code = SQLITE_NOMEM;
}

void statement_text(struct statement *s, int at, struct str text)
{
	if (s->code != SQLITE_OK)
		return;
	if (text.len == 0)
		s->code = sqlite3_bind_text(s->handle, at, "", 0, SQLITE_STATIC);
	else if (is_clean(text))
		s->code = sqlite3_bind_text64(
			s->handle, at, text.ptr, text.len, SQLITE_STATIC, SQLITE_UTF8);
	else
		bind_cleaned(s, at, text);
}

void statement_stored_text(struct statement *s, int at, struct str text)
{
	if (s->code == SQLITE_OK)
		s->code = sqlite3_bind_text64(s->handle, at, text.len > 0 ? text.ptr : "", text.len,
			SQLITE_STATIC, SQLITE_UTF8);
}

void statement_bytes(struct statement *s, int at, struct str bytes)
{
	if (s->code == SQLITE_OK)
		s->code = sqlite3_bind_blob64(s->handle, at, bytes.ptr, bytes.len, SQLITE_STATIC);
}

bool statement_row(struct statement *s)
{
	if (s->code != SQLITE_OK)
		return false;
	int code = sqlite3_step(s->handle);
	if (code == SQLITE_ROW)
		return true;
	if (code != SQLITE_DONE)
		s->code = code;
	return false;
}

int64_t statement_column(struct statement *s, int column)
{
	return sqlite3_column_int64(s->handle, column);
}

struct str statement_column_bytes(struct statement *s, int column)
{
	const char *bytes = sqlite3_column_blob(s->handle, column);
	size_t len = (size_t)sqlite3_column_bytes(s->handle, column);
	return (struct str){bytes ? bytes : "", bytes ? len : 0};
}

bool statement_column_null(struct statement *s, int column)
{
	return sqlite3_column_type(s->handle, column) == SQLITE_NULL;
}

char *statement_column_text(struct statement *s, int column)
{
	const char *text = (const char *)sqlite3_column_text(s->handle, column);
	size_t len = (size_t)sqlite3_column_bytes(s->handle, column);
	char *copy = NULL;
	if (text || statement_column_null(s, column))
		copy = str_dup((struct str){text, text ? len : 0});
	if (!copy && s->code == SQLITE_OK)
		s->code = SQLITE_NOMEM;
	return copy;
}

int statement_end(struct statement *s, struct error *error)
{
	int result = 0;
	if (s->code != SQLITE_OK)
		result = failure_set(error, s->store->path, s->store->db, s->code);
	if (s->handle) {
		sqlite3_reset(s->handle); /* repeats the failure told above */
		sqlite3_clear_bindings(s->handle);
	}
	return result;
}

int statement_run(struct statement *s, int64_t *changed, struct error *error)
{
	while (statement_row(s))
		;
	if (changed)
		*changed = s->code == SQLITE_OK ? sqlite3_changes(s->store->db) : 0;
	return statement_end(s, error);
}

int statement_run_id(struct store *store, enum statement_id id, struct error *error)
{
	struct statement s = statement_start(store, id);
	return statement_run(&s, NULL, error);
}

int statement_may_write(struct store *store, struct error *error)
{
	/* SQLite undoes a whole transaction by itself when the disk fills or fails. */
	if (store->in_transaction && sqlite3_get_autocommit(store->db))
		return error_set(error, EX_IOERR,
			"%s: the changes begun together were undone by an error before: "
			"make them again",
			failure_path(store->path));
	return 0;
}

int statement_atomic_begin(struct store *store, struct error *error)
{
	if (statement_may_write(store, error) < 0)
		return -1;
	return statement_run_id(
		store, store->in_transaction ? STATEMENT_SAVEPOINT : STATEMENT_BEGIN, error);
}

static void undo(struct store *store)
{
	if (sqlite3_get_autocommit(store->db))
		return;
	if (!store->in_transaction) {
		statement_run_id(store, STATEMENT_ROLLBACK, NULL);
		return;
	}
	/* Could one change not be undone alone, none of the transaction may stay. */
	if (statement_run_id(store, STATEMENT_ROLLBACK_TO, NULL) < 0 ||
		statement_run_id(store, STATEMENT_RELEASE, NULL) < 0)
		statement_run_id(store, STATEMENT_ROLLBACK, NULL);
}

int statement_atomic_end(struct store *store, int result, struct error *error)
{
	if (result >= 0) {
		enum statement_id end =
			store->in_transaction ? STATEMENT_RELEASE : STATEMENT_COMMIT;
		if (statement_run_id(store, end, error) == 0)
			return result;
	}
	undo(store);
	return -1;
}

int statement_read_begin(struct store *store, bool *own, struct error *error)
{
	*own = sqlite3_get_autocommit(store->db);
	return *own ? statement_run_id(store, STATEMENT_BEGIN_READ, error) : 0;
}

int statement_read_end(struct store *store, bool own, int result, struct error *error)
{
	if (own && statement_run_id(store, STATEMENT_COMMIT, result < 0 ? NULL : error) < 0) {
		if (!sqlite3_get_autocommit(store->db))
			statement_run_id(store, STATEMENT_ROLLBACK, NULL);
		return -1;
	}
	return result;
}

int statement_must_have_feed(struct store *store, int64_t feed_id, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_FEED_COUNT);
	statement_int(&s, 1, feed_id);
	bool found = statement_row(&s);
	if (statement_end(&s, error) < 0)
		return -1;
	return found ? 0 : failure_no_feed(error, store->path, feed_id);
}
