/* The search index as the rest of the store keeps it.  See store/search.h. */
#ifndef KHABAR_STORE_SEARCH_INDEX_H
#define KHABAR_STORE_SEARCH_INDEX_H

#include "store/statement.h"

enum {
	SEARCH_SLOTS = 16,  /* rowids for each minute */
	SEARCH_STEP = 1024, /* articles that are indexed in one transaction at most */
	SEARCH_MUCH = 2048, /* pending articles of this connection: time to index them */
};

/* Makes the index, or empties one whose words are cut otherwise than they are now. */
int search_index_prepare(struct store *store, struct error *error);

/*
 * The article is about to become this one (NULL: its text is about to change): where its words
 * will change it is taken out of the index and is pending.
 */
int search_index_change(struct store *store, int64_t id, const struct store_new_article *article,
	struct error *error);

/* This connection has added an article. */
void search_index_note(struct store *store);
/* After a commit, and with `all` at the end: indexes what there is; what fails stays pending. */
void search_index_catch_up(struct store *store, bool all);

/* How the index fares: what was found, before anything was mended. */
struct search_index_health {
	bool damaged;     /* its words cannot be read, or contradict each other */
	int64_t missing;  /* articles that pass for indexed and are not */
	int64_t pending;  /* articles that are to be indexed */
	int64_t articles; /* all of them */
	int64_t stale;    /* rows of articles that are gone */
	bool emptied;     /* it was made anew, since it was damaged, or a quarter of it stale */
};

/*
 * Looks through the index; with `repair` makes a bad one anew and indexes what is pending.  A
 * store without an index is well.
 */
int search_index_check(struct store *store, bool repair, struct search_index_health *health,
	struct error *error);

#endif
