/* khabar mark: reads, unreads, stars and unstars all that meets a query. */
#include "base/nearest.h"
#include "command/command.h"
#include "command/query.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static int mark_read(struct store *store, int64_t id, bool on, struct error *error)
{
	return store_set_read(store, id, on, error);
}

static int mark_starred(struct store *store, int64_t id, bool on, struct error *error)
{
	return store_set_starred(store, id, on, error);
}

static const struct mark {
	const char *name;
	int (*set)(struct store *store, int64_t id, bool on, struct error *error);
	bool on;
} marks[] = {
	{"read", mark_read, true},
	{"unread", mark_read, false},
	{"starred", mark_starred, true},
	{"unstarred", mark_starred, false},
};
enum { MARKS = sizeof marks / sizeof *marks };

static const struct mark *mark_named(const char *name, struct error *error)
{
	const char *names[MARKS];
	for (size_t i = 0; i < MARKS; i++) {
		names[i] = marks[i].name;
		if (strcmp(name, names[i]) == 0)
			return &marks[i];
	}
	ptrdiff_t near = nearest_name(str_of(name), names, MARKS);
	if (near >= 0)
		error_set(error, EX_USAGE, "mark %.80s: there is no such mark: did you mean %s?",
			name, names[near]);
	else
		error_set(error, EX_USAGE,
			"mark %.80s: there is no such mark: give read, unread, starred or unstarred",
			name);
	return NULL;
}

/* All of them or none. */
static int mark_all(struct store *store, const struct mark *mark, const int64_t *ids, size_t count,
	struct error *error)
{
	if (store_begin(store, error) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (mark->set(store, ids[i], mark->on, error) < 0) {
			store_rollback(store);
			return -1;
		}
	}
	return store_commit(store, error);
}

static int run(const struct command_call *call, struct error *error)
{
	const struct mark *mark = mark_named(call->operands[0], error);
	struct store *store =
		mark ? command_open_store(call->common, STORE_WRITE, error) : NULL;
	int64_t *ids = NULL;
	size_t count = 0;
	int result = store ? command_query_ids(call, 1, store, &ids, &count, error) : -1;
	if (result == 0)
		result = mark_all(store, mark, ids, count, error);
	if (result == 0)
		buffer_printf(&call->out->pending, "%zu %s %s\n", count,
			count == 1 ? "article is" : "articles are", mark->name);
	free(ids);
	store_close(store);
	return result;
}

const struct command command_mark = {
	.name = "mark",
	.operands = "read|unread|starred|unstarred QUERY...",
	.summary = "mark all articles that meet a query",
	.help = "man khabar-query tells what a query is; \"\" is met by all articles.\n",
	.least = 2,
	.most = SIZE_MAX,
	.run = run,
};
