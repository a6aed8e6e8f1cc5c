/* khabar import: lists of feeds. */
#include "command/import.h"

#include "base/message.h"
#include "command/spoken.h"
#include <stdlib.h>

/* The names of the folders, then the tags. */
static json_t *tags_value(const struct subscription *s)
{
	json_t *tags = json_array();
	struct str folder = str_of(s->folder), part;
	bool good = tags != NULL;
	while (good && folder.len > 0 && str_split(&folder, '/', &part))
		good = json_array_append_new(tags, item_text(part)) == 0;
	for (size_t i = 0; good && i < s->tag_count; i++)
		good = json_array_append_new(tags, item_text(str_of(s->tags[i]))) == 0;
	if (good)
		return tags;
	json_decref(tags);
	return NULL;
}

static json_t *item_of_subscription(const struct subscription *s)
{
	json_t *item = json_object();
	if (item && item_set(item, "url", item_text(str_of(s->url))) &&
		item_set(item, "title", item_text(str_of(s->title))) &&
		item_set(item, "tags", tags_value(s)) &&
		item_set(item, "folder", item_text(str_of(s->folder))) &&
		item_set(item, "site_url", item_text(str_of(s->site_url))) &&
		item_set(item, "hidden", json_boolean(s->hidden)))
		return item;
	json_decref(item);
	return NULL;
}

static void tell_refusal(
	const struct import *import, const struct subscription *s, const char *reason)
{
	struct error refusal = {.status = EX_DATAERR};
	struct buffer name = {0};
	buffer_str(&name, str_of(import->label));
	if (s->line > 0)
		buffer_printf(&name, ":%zu", s->line);
	error_set(&refusal, EX_DATAERR, "%.200s: not taken: %s",
		s->url[0] ? s->url : _("no address"), _(reason));
	spoken_error(name.failed ? NULL : name.data, &refusal);
	buffer_free(&name);
}

static void tell_text(
	struct import *import, const struct subscription *s, int64_t id, const char *what)
{
	struct buffer *out = &import->call->out->pending;
	buffer_str(out, str_of(what));
	if (id)
		buffer_printf(out, " %lld", (long long)id);
	buffer_str(out, STR("  "));
	output_field(out, str_of(s->title[0] ? s->title : s->url));
	buffer_byte(out, '\n');
}

static int subscribe(struct store *store, const struct subscription *s, int64_t *id, bool *added,
	struct error *error)
{
	struct str *tags = calloc(s->tag_count + 1, sizeof *tags);
	if (!tags)
		return error_no_memory(error);
	for (size_t i = 0; i < s->tag_count; i++)
		tags[i] = str_of(s->tags[i]);
	const struct store_new_feed feed = {.url = str_of(s->url),
		.title = str_of(s->title),
		.folder = str_of(s->folder),
		.site_url = str_of(s->site_url),
		.tags = tags,
		.tag_count = s->tag_count,
		.hidden = s->hidden};
	int result = store_subscribe(store, &feed, id, added, error);
	free(tags);
	return result;
}

static int take(struct import *import, const struct subscription *s, struct error *error)
{
	int64_t id = 0;
	bool added = true;
	if (import->store && subscribe(import->store, s, &id, &added, error))
		return -1;
	if (!import->json) {
		tell_text(import, s, id,
			!import->store ? _("would subscribe")
			: added        ? _("subscribed")
				       : _("already there"));
		return output_spill(import->call->out, error);
	}
	json_t *item = item_of_subscription(s);
	if (item && import->store &&
		(!item_set(item, "file", item_text(str_of(import->file))) ||
			!item_set(item, "feed", json_integer(id)) ||
			!item_set(item, "added", json_boolean(added)))) {
		json_decref(item);
		item = NULL;
	}
	return import_tell(import, item, error);
}

/* What is no feed: a list is made of it, or the reason told. */
static int take_other(struct import *import, const struct subscription *s, struct error *error)
{
	struct error wrong = {.status = EX_OK};
	if (!s->query)
		tell_refusal(import, s, s->refused);
	else if (import_query(import, s, &wrong, error))
		return -1;
	else if (wrong.status != EX_OK)
		tell_refusal(import, s, wrong.message);
	return 0;
}

int import_subscriptions(
	struct import *import, const struct subscription_list *list, struct error *error)
{
	if (import->store && store_begin(import->store, error))
		return -1;
	for (size_t i = 0; i < list->count; i++) {
		const struct subscription *s = &list->items[i];
		if ((s->refused ? take_other : take)(import, s, error)) {
			if (import->store)
				store_rollback(import->store);
			return -1;
		}
	}
	return import->store ? store_commit(import->store, error) : 0;
}
