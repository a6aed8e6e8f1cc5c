/* The search index as the rest of the store keeps it.  See store/search.h. */
#ifndef KHABAR_STORE_SEARCH_INDEX_H
#define KHABAR_STORE_SEARCH_INDEX_H

#include "store/statement.h"

enum {
	SEARCH_SLOTS = 16,  /* rowids for each minute */
	SEARCH_STEP = 1024, /* articles that are indexed in one transaction: some 80 ms */
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

#endif
