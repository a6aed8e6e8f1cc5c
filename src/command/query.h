/* Queries named on the command line. */
#ifndef KHABAR_COMMAND_QUERY_H
#define KHABAR_COMMAND_QUERY_H

#include "command/command.h"
#include "query/query.h"

/*
 * The operands from `first` on, with a blank between two, as one query; and, unless NULL, what
 * else it asks for.  To be freed with query_free(); NULL with *error: EX_USAGE.
 */
struct query *command_query(
	const struct command_call *call, size_t first, const char *more, struct error *error);

/* The ids of what meets the operands from `first` on.  To be freed.  -1 with *error. */
int command_query_ids(const struct command_call *call, size_t first, struct store *store,
	int64_t **ids, size_t *count, struct error *error);

#endif
