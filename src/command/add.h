/* Articles brought into the store: imported pages and the samples. */
#ifndef KHABAR_COMMAND_ADD_H
#define KHABAR_COMMAND_ADD_H

#include "article/import.h"
#include "store/store.h"

/*
 * Adds the article to the feed with this key, made with this title when it is not there.
 * Another article that has the same guid (some sites give all pages one address) stays as it
 * is, and this one gets a guid of its own; article/identity.h says what counts as another.
 */
int add_article(struct store *store, struct str feed_key, struct str feed_title,
	struct import_article *article, int64_t *id, enum store_outcome *outcome,
	struct error *error);

/*
 * Adds the sample articles that come with khabar, all or none; those that are
 * there already stay.  Returns how many are new, -1 with *error.
 */
int add_samples(struct store *store, struct error *error);

#endif
