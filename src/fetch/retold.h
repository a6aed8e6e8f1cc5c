/*
 * What a feed brings that was told before: by another feed, and by itself under another identity.
 */
#ifndef KHABAR_FETCH_RETOLD_H
#define KHABAR_FETCH_RETOLD_H

#include "store/store.h"

/*
 * The sketch of an article's text (or summary, where it has no text); false when there is too
 * little of it.
 */
bool retold_sketch(const struct store_new_article *article, struct sketch *sketch);

/* Whether the feed as it is now has an article with this identity. */
typedef bool retold_present(void *user, struct str guid);

/*
 * Feeds change the identities of their articles, when a site moves for one.  Finds the article of
 * the feed that this new one, of another guid, is: the same address, the same text but for
 * edits, and an identity that the feed has no more.  It gets the new guid, so that adding the
 * new one brings it up to date.
 */
int retold_reissued(struct store *store, int64_t feed_id, const struct store_new_article *article,
	retold_present *present, void *user, struct error *error);

#endif
