#include "command/query.h"

#include <time.h>

struct query *command_query(
	const struct command_call *call, size_t first, const char *more, struct error *error)
{
	const struct query_context context = {.now = (int64_t)time(NULL)};
	struct query_error reason;
	struct buffer text = {0};
	for (size_t i = first; i < call->operand_count; i++) {
		if (i > first)
			buffer_byte(&text, ' ');
		buffer_str(&text, str_of(call->operands[i]));
	}
	struct query *query = NULL;
	if (text.failed)
		error_no_memory(error);
	else if (!(query = query_parse(buffer_view(&text), &context, &reason)))
		query_error_set(error, "query", &reason);
	buffer_free(&text);
	if (query && more && query_add(query, str_of(more), &context, &reason) < 0) {
		query_error_set(error, "query", &reason);
		query_free(query);
		return NULL;
	}
	return query;
}

int command_query_ids(const struct command_call *call, size_t first, struct store *store,
	int64_t **ids, size_t *count, struct error *error)
{
	struct query *query = command_query(call, first, NULL, error);
	if (!query)
		return -1;
	int result = store_query_ids(store, query, ids, count, error);
	query_free(query);
	return result;
}
