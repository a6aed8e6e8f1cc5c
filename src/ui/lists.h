/*
 * Smart lists: saved queries, shown among the feeds with how much is unread in each.
 *
 * Counting is bounded (up to LISTS_COUNTED, some 20,000 articles looked at for each) and done a
 * little at each drawing, so that the screen of feeds never waits for it; a number that is not
 * known yet is that from before.
 */
#ifndef KHABAR_UI_LISTS_H
#define KHABAR_UI_LISTS_H

#include "config/lists.h"
#include "query/query.h"
#include "store/store.h"

enum { LISTS_COUNTED = 1000 };

struct smart_list {
	char *name;
	int64_t id;                   /* in the store; 0: it is of khabar.conf */
	size_t place;                 /* there: config_lists_refuse() */
	struct query *query, *unread; /* the same, of what is unread */
	long count;                   /* unread; LISTS_COUNTED: so many or more */
	bool stale;                   /* it has to be counted */
};

struct smart_lists {
	struct smart_list *items; /* those of khabar.conf, then those of the store */
	size_t count;
};

/*
 * Reads the lists of both.  A query that cannot be understood is left out, and *error tells why
 * of the first: 1 then; 0, or -1 when the store or memory failed.
 */
int smart_lists_load(struct smart_lists *lists, struct store *store,
	const struct config_lists *config, struct error *error);
void smart_lists_free(struct smart_lists *lists); /* leaves {0} */

/* Numbers that were known of lists with the same ids and names. */
void smart_lists_remember(struct smart_lists *lists, const struct smart_lists *before);

/* A number of what lists and rules the store has now: another one when any of them has changed. */
uint64_t smart_lists_stamp(struct store *store);

/* All are to be counted anew. */
void smart_lists_doubt(struct smart_lists *lists);

/* Counts what has to be counted for some milliseconds.  -1 with *error. */
int smart_lists_count(struct smart_lists *lists, struct store *store, struct error *error);

/* How many articles meet the query, up to LISTS_COUNTED.  -1 with *error. */
long smart_lists_met(struct store *store, struct query *query, struct error *error);

#endif
