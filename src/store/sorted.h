/*
 * The rows of the last list that was not sorted by date, so that its next page does not sort
 * them all again: for src/store/ alone.
 *
 * A list is known by a name: its SQL and the values bound to it, the state of the store, the
 * language of the order.  So it is forgotten as soon as this or another process has changed
 * the store.
 */
#ifndef KHABAR_STORE_SORTED_H
#define KHABAR_STORE_SORTED_H

#include "query/query.h"
#include "store/keys.h"
#include "store/statement.h"

struct sorted;

/*
 * Writes the name of a list, to be taken before its rows are read; nothing for one that cannot
 * be remembered: a query with tests of its own, which are pointers, and may be others in the
 * same place.
 */
void sorted_name(
	struct store *store, const char *text, const struct query_sql *sql, struct buffer *name);

/* The rows of the list of this name, to be read before the next call; NULL: not remembered. */
const struct keys *sorted_find(const struct store *store, const struct buffer *name);

/* Takes over name and rows, and leaves {0}; where there is no name or memory they are freed. */
void sorted_keep(struct store *store, struct buffer *name, struct keys *rows);

void sorted_free(struct sorted *sorted);

#endif
