/* What was deleted: kept for undoing, and known by its identity so that it stays away. */
#ifndef KHABAR_STORE_TRASH_H
#define KHABAR_STORE_TRASH_H

#include "store/statement.h"

/*
 * Whether an article that is not in the store must stay away: 1 with *outcome STORE_DELETED.
 * 0: it may be added; one that the reader wants is forgotten by the trash.  -1 with *error.
 */
int trash_skips(struct store *store, int64_t feed_id, const struct store_new_article *article,
	enum store_outcome *outcome, struct error *error);

/* Moves the article there at this moment; *moved: whether it was there to be moved. */
int trash_put(struct store *store, int64_t id, int64_t moment, bool *moved, struct error *error);

/* Brings back what was deleted at this moment; *back gets how many articles. */
int trash_back(struct store *store, int64_t moment, int64_t *back, struct error *error);

/* Removes the article for good but for its identity. */
int trash_let_go(struct store *store, int64_t id, struct error *error);

#endif
