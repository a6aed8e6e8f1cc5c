/* khabar count: how many articles meet a query. */
#include "base/message.h"
#include "command/command.h"
#include "command/query.h"

#include <stddef.h>
#include <stdlib.h>

/* Without a query the store knows it. */
static int count_all(struct store *store, int64_t *total, struct error *error)
{
	const struct store_list all = {.kind = STORE_ALL, .since = INT64_MAX};
	struct store_counts counts;
	if (store_count(store, &all, &counts, error) < 0)
		return -1;
	*total = counts.total;
	return 0;
}

static int run(const struct command_call *call, struct error *error)
{
	struct store *store = command_open_store(call->common, STORE_READ, error);
	int64_t *ids = NULL, total = 0;
	size_t count = 0;
	int result = store ? 0 : -1;
	if (result == 0 && call->operand_count == 0) {
		result = count_all(store, &total, error);
	} else if (result == 0) {
		result = command_query_ids(call, 0, store, &ids, &count, error);
		total = (int64_t)count;
	}
	if (result == 0)
		buffer_printf(&call->out->pending, "%lld\n", (long long)total);
	free(ids);
	store_close(store);
	return result;
}

const struct command command_count = {
	.name = "count",
	.operands = "[QUERY...]",
	.summary = N_("print how many articles there are, or meet a query"),
	.help = N_("man khabar-query tells what a query is.\n"),
	.most = SIZE_MAX,
	.run = run,
};
