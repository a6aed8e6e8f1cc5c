/*
 * Rules for what a fetch brings: queries of khabar.conf and of the store (smart_list), each
 * evaluated on an article before it is stored.
 */
#ifndef KHABAR_FETCH_RULES_H
#define KHABAR_FETCH_RULES_H

#include "config/lists.h"
#include "query/query.h"
#include "store/store.h"

struct rules;

enum rules_verdict { RULES_KEEP, RULES_READ, RULES_DROP };

/*
 * Reads the rules of both; `now`: Unix seconds, what "age:" is counted from.  NULL: a query that
 * cannot be read (EX_CONFIG; the message tells which, and the column), EX_OSERR, or the store's
 * error.
 */
struct rules *rules_new(
	struct store *store, const struct config_lists *lists, int64_t now, struct error *error);
void rules_free(struct rules *rules);

/*
 * What is to be done with a new article of this feed: a rule that drops it wins.  -1 with
 * *error when out of memory.
 */
int rules_judge(struct rules *rules, const struct store_subscription *feed,
	const struct store_new_article *article, int64_t now, enum rules_verdict *verdict,
	struct error *error);

#endif
