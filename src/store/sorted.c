#include "store/sorted.h"

#include "base/message.h"

#include <stdlib.h>
#include <string.h>

struct sorted {
	struct buffer name;
	struct keys rows;
};

/* Goes up when another process has written; -1: not known. */
static int64_t version_of(struct store *store)
{
	sqlite3_stmt *statement = NULL;
	int64_t version = -1;
	if (sqlite3_prepare_v2(store->db, "PRAGMA data_version", -1, &statement, NULL) ==
			SQLITE_OK &&
		sqlite3_step(statement) == SQLITE_ROW)
		version = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return version;
}

static void add_value(struct buffer *name, const struct query_value *value)
{
	buffer_byte(name, (char)value->kind);
	if (value->kind == QUERY_NUMBER) {
		buffer_add(name, &value->number, sizeof value->number);
	} else {
		buffer_add(name, &value->text.len, sizeof value->text.len);
		buffer_str(name, value->text);
	}
}

void sorted_name(
	struct store *store, const char *text, const struct query_sql *sql, struct buffer *name)
{
	const int64_t state[] = {version_of(store), sqlite3_total_changes64(store->db)};
	if (state[0] < 0)
		return;
	for (size_t i = 0; i < sql->value_count; i++) {
		if (sql->values[i].kind == QUERY_TEST)
			return;
	}
	buffer_add(name, state, sizeof state);
	buffer_add(name, message_language(), strlen(message_language()) + 1);
	buffer_add(name, text, strlen(text) + 1);
	for (size_t i = 0; i < sql->value_count; i++)
		add_value(name, &sql->values[i]);
	if (name->failed)
		buffer_free(name);
}

const struct keys *sorted_find(const struct store *store, const struct buffer *name)
{
	const struct sorted *sorted = store->sorted;
	bool same =
		sorted && name->len > 0 && str_equal(buffer_view(name), buffer_view(&sorted->name));
	return same ? &sorted->rows : NULL;
}

void sorted_keep(struct store *store, struct buffer *name, struct keys *rows)
{
	if (name->len > 0 && !store->sorted)
		store->sorted = calloc(1, sizeof *store->sorted);
	if (name->len == 0 || !store->sorted) {
		buffer_free(name);
		free(rows->items);
	} else {
		buffer_free(&store->sorted->name);
		free(store->sorted->rows.items);
		*store->sorted = (struct sorted){*name, *rows};
	}
	*name = (struct buffer){0};
	*rows = (struct keys){0};
}

void sorted_free(struct sorted *sorted)
{
	if (!sorted)
		return;
	buffer_free(&sorted->name);
	free(sorted->rows.items);
	free(sorted);
}
