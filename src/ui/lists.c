#include "ui/lists.h"

#include "base/hash.h"

#include <stdlib.h>
#include <time.h>

enum { SLICE_MS = 15 };

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void free_list(struct smart_list *list)
{
	free(list->name);
	query_free(list->query);
	query_free(list->unread);
}

/* 1: the query cannot be understood. */
static int read_list(
	struct smart_list *list, const char *name, const char *text, struct error *error)
{
	const struct query_context context = {.now = (int64_t)time(NULL)};
	struct query_error reason;
	*list = (struct smart_list){.name = str_dup(str_of(name)), .stale = true};
	if (!list->name)
		return error_no_memory(error);
	list->query = query_parse(str_of(text), &context, &reason);
	list->unread = list->query ? query_parse(str_of(text), &context, &reason) : NULL;
	if (list->unread && query_add(list->unread, STR("is:unread"), &context, &reason) == 0)
		return 0;
	query_error_set(error, name, &reason);
	free_list(list);
	return 1;
}

static int add(struct smart_lists *lists, const char *name, const char *text, int64_t id,
	size_t place, struct error *error)
{
	struct error why;
	struct smart_list *list = &lists->items[lists->count];
	int result = read_list(list, name, text, &why);
	list->id = id;
	list->place = place;
	lists->count += result == 0;
	if (result != 0 && error->status == 0)
		*error = why;
	return result;
}

int smart_lists_load(struct smart_lists *lists, struct store *store,
	const struct config_lists *config, struct error *error)
{
	struct store_smart_lists own;
	size_t known = config ? config->count : 0;
	int result = 0;
	*lists = (struct smart_lists){0};
	error->status = 0;
	if (store_smart_lists(store, &own, error) < 0)
		return -1;
	lists->items = calloc(known + own.count + 1, sizeof *lists->items);
	if (!lists->items)
		result = error_no_memory(error);
	for (size_t i = 0; i < known && result >= 0; i++) {
		if (config->items[i].kind == CONFIG_LIST)
			result |= add(lists, config->items[i].name, config->items[i].query, 0,
				i, error);
	}
	for (size_t i = 0; i < own.count && result >= 0; i++) {
		if (own.items[i].kind == STORE_SMART_LIST)
			result |= add(lists, own.items[i].name, own.items[i].query,
				own.items[i].id, 0, error);
	}
	store_smart_lists_free(&own);
	if (result < 0)
		smart_lists_free(lists);
	return result;
}

void smart_lists_free(struct smart_lists *lists)
{
	for (size_t i = 0; i < lists->count; i++)
		free_list(&lists->items[i]);
	free(lists->items);
	*lists = (struct smart_lists){0};
}

uint64_t smart_lists_stamp(struct store *store)
{
	struct store_smart_lists own;
	uint64_t stamp = HASH_START;
	if (store_smart_lists(store, &own, NULL) < 0)
		return 0;
	for (size_t i = 0; i < own.count; i++) {
		const struct store_smart_list *it = &own.items[i];
		stamp = hash_number(hash_number(stamp, (uint64_t)it->id), it->kind);
		stamp = hash_text(stamp, str_of(it->name));
		stamp = hash_text(stamp, str_of(it->query));
	}
	store_smart_lists_free(&own);
	return stamp;
}

void smart_lists_doubt(struct smart_lists *lists)
{
	for (size_t i = 0; i < lists->count; i++)
		lists->items[i].stale = true;
}

void smart_lists_remember(struct smart_lists *lists, const struct smart_lists *before)
{
	for (size_t i = 0; i < lists->count; i++) {
		for (size_t k = 0; k < before->count; k++) {
			if (lists->items[i].id == before->items[k].id &&
				str_equal(str_of(lists->items[i].name),
					str_of(before->items[k].name)))
				lists->items[i].count = before->items[k].count;
		}
	}
}

long smart_lists_met(struct store *store, struct query *query, struct error *error)
{
	const struct store_list met = {.kind = STORE_QUERY, .query = query, .since = INT64_MAX};
	struct store_page page;
	if (store_headlines(store, &met, NULL, false, LISTS_COUNTED, &page, error) < 0)
		return -1;
	long count = (long)page.count;
	store_page_free(&page);
	return count;
}

static int count(struct smart_list *list, struct store *store, struct error *error)
{
	long met = smart_lists_met(store, list->unread, error);
	if (met < 0)
		return -1;
	list->count = met;
	list->stale = false;
	return 0;
}

int smart_lists_count(struct smart_lists *lists, struct store *store, struct error *error)
{
	int64_t end = now_ms() + SLICE_MS;
	for (size_t i = 0; i < lists->count && now_ms() < end; i++) {
		if (lists->items[i].stale && count(&lists->items[i], store, error) < 0)
			return -1;
	}
	return 0;
}
