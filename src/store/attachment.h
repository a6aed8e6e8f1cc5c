/* The attachments of an article, as the calls for articles write and read them. */
#ifndef KHABAR_STORE_ATTACHMENT_H
#define KHABAR_STORE_ATTACHMENT_H

#include "store/statement.h"

/* Of an article that has none yet. */
int attachments_add(struct store *store, int64_t article_id,
	const struct store_new_article *article, struct error *error);

/* Makes them these; *changed becomes true when they were others, else it stays. */
int attachments_update(struct store *store, int64_t article_id,
	const struct store_new_article *article, bool *changed, struct error *error);

/* Those of article->id. */
int attachments_read(struct store *store, struct store_article *article, struct error *error);

void attachments_free(struct store_article *article);

#endif
