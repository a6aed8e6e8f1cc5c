/* khabar import: the saved searches of another reader, as smart lists. */
#include "command/import.h"

#include "base/message.h"
#include "query/query.h"

#include <string.h>
#include <time.h>

/* The translation is read as the lists of the screen are, so that none is kept that fails there. */
static int check_query(const struct subscription *s, struct error *wrong)
{
	const struct query_context context = {.now = (int64_t)time(NULL)};
	struct query_error reason;
	struct query *query = query_parse(str_of(s->query), &context, &reason);
	if (!query)
		return query_error_set(wrong, _("the search, translated"), &reason);
	query_free(query);
	return 0;
}

/* The list of this name, *same when it asks for the same.  -1 when the store fails. */
static int find_list(struct store *store, const struct subscription *s, int64_t *id, bool *same,
	struct error *error)
{
	struct store_smart_lists lists;
	*id = 0;
	*same = false;
	if (store_smart_lists(store, &lists, error))
		return -1;
	for (size_t i = 0; i < lists.count && *id == 0; i++) {
		const struct store_smart_list *list = &lists.items[i];
		if (strcmp(list->name, s->title) != 0)
			continue;
		*id = list->id;
		*same = list->kind == STORE_SMART_LIST && strcmp(list->query, s->query) == 0;
	}
	store_smart_lists_free(&lists);
	return 0;
}

static int tell_text(struct import *import, const struct subscription *s, int64_t id, bool added,
	struct error *error)
{
	struct buffer *out = &import->call->out->pending;
	if (import->store)
		buffer_printf(out, added ? _("added list %lld") : _("already there: list %lld"),
			(long long)id);
	else
		buffer_str(out, str_of(_("would add list")));
	buffer_str(out, STR("  "));
	output_field(out, str_of(s->title));
	buffer_str(out, STR("  "));
	output_field(out, str_of(s->query));
	buffer_byte(out, '\n');
	return output_spill(import->call->out, error);
}

/* A dry run tells feeds alone in JSON. */
static int tell(struct import *import, const struct subscription *s, int64_t id, bool added,
	struct error *error)
{
	if (!import->json)
		return tell_text(import, s, id, added, error);
	if (!import->store)
		return 0;
	json_t *item = json_object();
	if (item && item_set(item, "file", item_text(str_of(import->file))) &&
		item_set(item, "list", json_integer(id)) &&
		item_set(item, "title", item_text(str_of(s->title))) &&
		item_set(item, "query", item_text(str_of(s->query))) &&
		item_set(item, "added", json_boolean(added)))
		return import_tell(import, item, error);
	json_decref(item);
	return error_no_memory(error);
}

int import_query(struct import *import, const struct subscription *s, struct error *wrong,
	struct error *error)
{
	int64_t id = 0;
	bool same = false;
	if (check_query(s, wrong))
		return 0;
	if (import->store && find_list(import->store, s, &id, &same, error))
		return -1;
	if (id != 0 && !same) {
		error_set(wrong, EX_DATAERR,
			"there is another list or rule of this name: rename one of the two");
		return 0;
	}
	if (import->store && !same &&
		store_smart_list_add(import->store, str_of(s->title), str_of(s->query),
			STORE_SMART_LIST, &id, error))
		return -1;
	return tell(import, s, id, !same, error);
}
