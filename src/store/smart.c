#include "base/array.h"
#include "store/failure.h"
#include "store/statement.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {
	[STORE_SMART_LIST] = "list",
	[STORE_SMART_DROP] = "drop",
	[STORE_SMART_READ] = "read",
	[STORE_SMART_HIGHLIGHT] = "highlight",
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static enum store_smart_kind kind_of(const char *name)
{
	size_t i = 0;
	while (name && i + 1 < KINDS && strcmp(kinds[i], name) != 0)
		i++;
	return (enum store_smart_kind)i;
}

int store_smart_lists(struct store *store, struct store_smart_lists *lists, struct error *error)
{
	size_t cap = 0;
	*lists = (struct store_smart_lists){0};
	struct statement s = statement_start(store, STATEMENT_SMART_LISTS);
	while (statement_row(&s)) {
		if (!array_reserve(&lists->items, &cap, lists->count + 1, sizeof *lists->items)) {
			s.code = SQLITE_NOMEM;
			break;
		}
		char *kind = statement_column_text(&s, 3);
		lists->items[lists->count++] = (struct store_smart_list){
			.id = statement_column(&s, 0),
			.name = statement_column_text(&s, 1),
			.query = statement_column_text(&s, 2),
			.kind = kind_of(kind),
		};
		free(kind);
	}
	if (statement_end(&s, error) == 0)
		return 0;
	store_smart_lists_free(lists);
	return -1;
}

void store_smart_lists_free(struct store_smart_lists *lists)
{
	for (size_t i = 0; i < lists->count; i++) {
		free(lists->items[i].name);
		free(lists->items[i].query);
	}
	free(lists->items);
	*lists = (struct store_smart_lists){0};
}

/* Runs a change of one; there must be one to change. */
static int change(struct statement *s, int64_t id, struct error *error)
{
	int64_t changed;
	struct store *store = s->store;
	if (statement_run(s, &changed, error) < 0)
		return -1;
	return changed ? 0
		       : error_set(error, EX_NOINPUT, "%s: there is no smart list %lld",
				 failure_path(store->path), (long long)id);
}

static int check_name(struct store *store, struct str name, int64_t id, struct error *error)
{
	if (name.len == 0)
		return error_set(error, EX_USAGE, "a smart list has a name: give it one");
	struct statement s = statement_start(store, STATEMENT_SMART_FIND);
	statement_text(&s, 1, name);
	bool taken = statement_row(&s) && statement_column(&s, 0) != id;
	if (statement_end(&s, error) < 0)
		return -1;
	return taken ? error_set(error, EX_USAGE,
			       "%.*s: there is a smart list of this name: choose another",
			       STR_ARG(str_slice(name, 0, 80)))
		     : 0;
}

int store_smart_list_add(struct store *store, struct str name, struct str query,
	enum store_smart_kind kind, int64_t *id, struct error *error)
{
	name = str_trim(name);
	if (statement_may_write(store, error) < 0 || check_name(store, name, 0, error) < 0)
		return -1;
	struct statement s = statement_start(store, STATEMENT_SMART_ADD);
	statement_text(&s, 1, name);
	statement_text(&s, 2, query);
	statement_text(&s, 3, str_of(kinds[kind]));
	if (statement_run(&s, NULL, error) < 0)
		return -1;
	if (id)
		*id = sqlite3_last_insert_rowid(store->db);
	return 0;
}

int store_smart_list_edit(struct store *store, int64_t id, struct str name, struct str query,
	enum store_smart_kind kind, struct error *error)
{
	name = str_trim(name);
	if (statement_may_write(store, error) < 0 || check_name(store, name, id, error) < 0)
		return -1;
	struct statement s = statement_start(store, STATEMENT_SMART_EDIT);
	statement_int(&s, 1, id);
	statement_text(&s, 2, name);
	statement_text(&s, 3, query);
	statement_text(&s, 4, str_of(kinds[kind]));
	return change(&s, id, error);
}

int store_smart_list_remove(struct store *store, int64_t id, struct error *error)
{
	if (statement_may_write(store, error) < 0)
		return -1;
	struct statement s = statement_start(store, STATEMENT_SMART_REMOVE);
	statement_int(&s, 1, id);
	return change(&s, id, error);
}

static bool is_list(const struct store_smart_list *list)
{
	return list->kind == STORE_SMART_LIST;
}

int store_smart_list_move(struct store *store, int64_t id, bool down, struct error *error)
{
	struct store_smart_lists lists;
	size_t at = 0, other;
	if (statement_atomic_begin(store, error) < 0)
		return -1;
	int result = store_smart_lists(store, &lists, error);
	while (at < lists.count && lists.items[at].id != id)
		at++;
	if (result == 0 && at == lists.count)
		result = error_set(error, EX_NOINPUT, "%s: there is no smart list %lld",
			failure_path(store->path), (long long)id);
	other = down ? at + 1 : at - 1; /* wraps around before the first */
	while (other < lists.count && is_list(&lists.items[other]) != is_list(&lists.items[at]))
		other += down ? 1 : SIZE_MAX;
	/* All get the number of their place, so that it does not matter what they had. */
	for (size_t i = 0; result == 0 && i < lists.count; i++) {
		size_t place = i;
		if (other < lists.count)
			place = i == at ? other : i == other ? at : i;
		struct statement s = statement_start(store, STATEMENT_SMART_PLACE);
		statement_int(&s, 1, lists.items[i].id);
		statement_int(&s, 2, (int64_t)place);
		result = statement_run(&s, NULL, error);
	}
	store_smart_lists_free(&lists);
	return statement_atomic_end(store, result, error);
}
