/*
 * The journal: every action of the reader has a moment of its own, which it leaves in what it
 * changes (schema-3.c); a row here names it.
 */
#ifndef KHABAR_STORE_JOURNAL_H
#define KHABAR_STORE_JOURNAL_H

#include "store/statement.h"

/* Unix milliseconds: now, or the first one after that nothing has left anywhere. */
int journal_moment(struct store *store, int64_t *moment, struct error *error);

/* An action on its way: begun, then the changes, then ended. */
struct journal_entry {
	int64_t id, moment;
};

/*
 * Begins a change and writes the action down; what was undone before can no more be redone.
 * -1: nothing was begun.
 */
int journal_begin(struct store *store, enum store_action_kind kind, struct str label,
	struct journal_entry *entry, struct error *error);

/*
 * Ends the change; with result -1, or when no articles were changed, all of it is undone and
 * there was no action.  Returns result, or -1 when it could not be kept.
 */
int journal_end(struct store *store, const struct journal_entry *entry, int64_t articles,
	int result, struct error *error);

/* An article that the action `id` changed; tag: "" where there is none. */
int journal_change(
	struct store *store, int64_t id, int64_t article_id, struct str tag, struct error *error);

/* Forgets actions before this moment and all but the newest `most`, `limit` at a time. */
int journal_prune(struct store *store, int64_t before, int64_t most, int64_t limit,
	int64_t *forgotten, struct error *error);

#endif
