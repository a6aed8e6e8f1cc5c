#include "store/trash.h"

#include <time.h>

enum { DAY = 86400 /* seconds */ };

/* When the feed last brought it is written once a day at most. */
static int note_seen(struct store *store, int64_t id, int64_t seen, struct error *error)
{
	int64_t now = (int64_t)time(NULL);
	if (now - seen < DAY)
		return 0;
	struct statement s = statement_start(store, STATEMENT_TRASH_SEEN);
	statement_int(&s, 1, id);
	statement_int(&s, 2, now);
	return statement_run(&s, NULL, error);
}

int trash_skips(struct store *store, int64_t feed_id, const struct store_new_article *article,
	enum store_outcome *outcome, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_TRASH_FIND);
	statement_int(&s, 1, feed_id);
	statement_text(&s, 2, article->guid);
	bool found = statement_row(&s);
	int64_t id = found ? statement_column(&s, 0) : 0;
	int64_t seen = found ? statement_column(&s, 1) : 0;
	if (statement_end(&s, error) < 0)
		return -1;
	if (!found)
		return 0;
	if (article->wanted) {
		s = statement_start(store, STATEMENT_TRASH_DROP);
		statement_int(&s, 1, id);
		return statement_run(&s, NULL, error);
	}
	*outcome = STORE_DELETED;
	return note_seen(store, id, seen, error) < 0 ? -1 : 1;
}

static int remove_article(struct store *store, int64_t id, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_ARTICLE_REMOVE);
	statement_int(&s, 1, id);
	return statement_run(&s, NULL, error);
}

int trash_put(struct store *store, int64_t id, int64_t moment, bool *moved, struct error *error)
{
	int64_t put;
	struct statement s = statement_start(store, STATEMENT_TRASH_PUT);
	statement_int(&s, 1, id);
	statement_int(&s, 2, moment);
	statement_int(&s, 3, (int64_t)time(NULL));
	if (statement_run(&s, &put, error) < 0)
		return -1;
	*moved = put > 0;
	return put > 0 ? remove_article(store, id, error) : 0;
}

int trash_back(struct store *store, int64_t moment, int64_t *back, struct error *error)
{
	static const enum statement_id parts[] = {STATEMENT_TRASH_BACK, STATEMENT_TRASH_BACK_BODY,
		STATEMENT_TRASH_BACK_FULL,
		STATEMENT_TRASH_BACK_ATTACHMENTS, STATEMENT_TRASH_BACK_TAGS,
		STATEMENT_TRASH_BACK_END};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct statement s = statement_start(store, parts[i]);
		statement_int(&s, 1, moment);
		if (statement_run(&s, i == 0 ? back : NULL, error) < 0)
			return -1;
	}
	return 0;
}

int trash_let_go(struct store *store, int64_t id, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_TRASH_LET_GO);
	statement_int(&s, 1, id);
	statement_int(&s, 2, (int64_t)time(NULL));
	if (statement_run(&s, NULL, error) < 0)
		return -1;
	return remove_article(store, id, error);
}
