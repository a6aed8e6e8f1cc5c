/* Articles of the store for other programs: JSON Feed 1.1 (jsonfeed.org), Markdown, EPUB. */
#ifndef KHABAR_COMMAND_EXPORT_ARTICLES_H
#define KHABAR_COMMAND_EXPORT_ARTICLES_H

#include "command/output.h"
#include "store/store.h"

enum export_kind { EXPORT_AS_JSONFEED, EXPORT_AS_MARKDOWN, EXPORT_AS_EPUB };

/*
 * Writes the articles with these ids, in this order; of a list when ids is NULL, newest first,
 * page by page, so that a store of any size takes the memory of one article; a book takes that of
 * its file.  EX_DATAERR: a book of no article.
 */
struct export_choice {
	enum export_kind kind;
	const int64_t *ids;
	size_t count;
	struct store_list list;
};

int export_articles(struct store *store, const struct export_choice *choice, struct output *out,
	struct error *error);

#endif
