/*
 * Letting go of what the reader's rules do not keep, in small steps, so that nobody waits: feed
 * by feed, then what can be undone no more, then the space.
 */
#include "store/journal.h"
#include "store/trash.h"
#include "store/turn.h"

#include <stdlib.h>

enum {
	DAY = 86400,         /* seconds */
	BATCH = 50,          /* articles in a transaction */
	UNDO_DAYS = 30,      /* how long an action can be undone */
	UNDO_MOST = 5000,    /* actions, and how many */
	STRANGER_DAYS = 180, /* how long a feed must not bring an identity for it to be forgotten */
	PAGES = 200,         /* given back to the disk at a time */
};

/* What *place says behind the last feed: ids of feeds are positive. */
enum phase { PHASE_JOURNAL = -1, PHASE_TRASH = -2, PHASE_SWEEP = -3, PHASE_SPACE = -4 };

/* A feed and what its rules say; id 0: there is none left. */
struct feed_rules {
	int64_t id, total;
	struct store_keep keep;
};

/* A number that was set for the feed goes before that for all. */
static int64_t rule(struct statement *s, int column, int64_t general)
{
	if (statement_column_null(s, column))
		return general;
	int64_t value = statement_column(s, column);
	return value > 0 ? value : 0;
}

static int next_feed(struct store *store, const struct store_keep *keep, int64_t after,
	struct feed_rules *rules, struct error *error)
{
	*rules = (struct feed_rules){0};
	struct statement s = statement_start(store, STATEMENT_KEEP_FEED);
	statement_int(&s, 1, after);
	if (statement_row(&s)) {
		rules->id = statement_column(&s, 0);
		rules->total = statement_column(&s, 1);
		rules->keep.days = rule(&s, 2, keep->days);
		rules->keep.count = rule(&s, 3, keep->count);
	}
	return statement_end(&s, error);
}

/* The oldest of those that are kept for being among the newest; nothing is before {MIN, MIN}. */
static int find_border(struct store *store, const struct feed_rules *rules,
	struct store_cursor *border, struct error *error)
{
	*border = (struct store_cursor){INT64_MIN, INT64_MIN};
	if (rules->keep.count == 0 || rules->total <= rules->keep.count)
		return 0;
	struct statement s = statement_start(store, STATEMENT_KEEP_BORDER);
	statement_int(&s, 1, rules->id);
	statement_int(&s, 2, rules->keep.count - 1);
	if (statement_row(&s))
		*border = (struct store_cursor){statement_column(&s, 0), statement_column(&s, 1)};
	return statement_end(&s, error);
}

static int find_old(struct store *store, const struct feed_rules *rules, int64_t now, int64_t *ids,
	size_t *count, struct error *error)
{
	struct store_cursor border;
	bool ages = rules->keep.days > 0 && rules->keep.days < now / DAY;
	if (find_border(store, rules, &border, error) < 0)
		return -1;
	if (!ages && border.sort == INT64_MIN)
		return 0;
	struct statement s = statement_start(store, STATEMENT_KEEP_OLD);
	statement_int(&s, 1, rules->id);
	statement_int(&s, 2, ages ? now - rules->keep.days * DAY : INT64_MIN);
	statement_int(&s, 3, border.sort);
	statement_int(&s, 4, border.id);
	statement_int(&s, 5, BATCH);
	while (*count < BATCH && statement_row(&s))
		ids[(*count)++] = statement_column(&s, 0);
	return statement_end(&s, error);
}

/* Some articles of the feed, in a transaction of their own; *more: there may be others. */
static int keep_some(struct store *store, const struct feed_rules *rules, int64_t now,
	int64_t *removed, bool *more, struct error *error)
{
	int64_t ids[BATCH];
	size_t count = 0;
	*more = false;
	/* A look before the lock: most feeds have nothing to let go. */
	if (find_old(store, rules, now, ids, &count, error) < 0)
		return -1;
	if (count == 0)
		return 0;
	count = 0;
	if (turn_begin(store, error) < 0)
		return -1;
	int result = find_old(store, rules, now, ids, &count, error);
	size_t done = 0;
	for (; done < count && result == 0 && !turn_is_over(store); done++)
		result = trash_let_go(store, ids[done], error);
	result = turn_end(store, result, error);
	if (result == 0 && removed)
		*removed += (int64_t)done;
	*more = count == BATCH || done < count;
	return result;
}

static int keep_feed(struct store *store, const struct store_keep *keep, int64_t now,
	int64_t *place, int64_t *removed, struct error *error)
{
	struct feed_rules rules;
	bool more;
	if (next_feed(store, keep, *place, &rules, error) < 0)
		return -1;
	if (rules.id == 0) {
		*place = PHASE_JOURNAL;
		return 0;
	}
	if (keep_some(store, &rules, now, removed, &more, error) < 0)
		return -1;
	if (!more)
		*place = rules.id;
	return 0;
}

static int purge(struct store *store, int64_t *purged, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_TRASH_PURGE);
	statement_int(&s, 1, BATCH);
	return statement_run(&s, purged, error);
}

static int forget_strangers(
	struct store *store, int64_t now, int64_t *forgotten, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_TRASH_SWEEP);
	statement_int(&s, 1, now - (int64_t)STRANGER_DAYS * DAY);
	statement_int(&s, 2, (int64_t)STRANGER_DAYS * DAY);
	statement_int(&s, 3, BATCH);
	return statement_run(&s, forgotten, error);
}

/*
 * Where the file was made with auto_vacuum, free pages go back to the disk; a tenth of the file
 * stays for what comes next.  *freed counts pages.
 */
static int give_back(struct store *store, int64_t *freed, struct error *error)
{
	int64_t pages = 0, free_pages = 0;
	struct statement s = statement_start(store, STATEMENT_SPACE);
	if (statement_row(&s)) {
		pages = statement_column(&s, 0);
		free_pages = statement_column(&s, 1);
	}
	if (statement_end(&s, error) < 0)
		return -1;
	*freed = 0;
	if (free_pages <= pages / 10)
		return 0;
	s = statement_start(store, STATEMENT_GIVE_BACK);
	while (*freed < PAGES && statement_row(&s))
		++*freed;
	return statement_end(&s, error);
}

/* One phase behind the feeds; it is over when it had nothing left to do. */
static int tidy(struct store *store, int64_t now, int64_t *place, struct error *error)
{
	int64_t done = 0;
	int result = -1;
	turn_wait(store);
	switch ((enum phase) * place) {
	case PHASE_JOURNAL:
		result = journal_prune(store, (now - (int64_t)UNDO_DAYS * DAY) * 1000, UNDO_MOST,
			BATCH, &done, error);
		break;
	case PHASE_TRASH:
		result = purge(store, &done, error);
		break;
	case PHASE_SWEEP:
		result = forget_strangers(store, now, &done, error);
		break;
	case PHASE_SPACE:
		result = give_back(store, &done, error);
		break;
	}
	turn_ended(store);
	if (result == 0 && done == 0)
		--*place;
	return result;
}

int store_keep_step(struct store *store, const struct store_keep *keep, int64_t now,
	int milliseconds, int64_t *place, int64_t *removed, struct error *error)
{
	int64_t end = turn_clock() + milliseconds;
	if (removed)
		*removed = 0;
	do {
		int result = *place >= 0 ? keep_feed(store, keep, now, place, removed, error)
					 : tidy(store, now, place, error);
		if (result < 0)
			return -1;
		if (*place < PHASE_SPACE)
			return 0;
	} while (turn_clock() < end);
	return 1;
}

/* ---- settings of feeds ------------------------------------------------ */

int store_feed_setting(
	struct store *store, int64_t feed, struct str name, char **value, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_FEED_SETTING);
	statement_int(&s, 1, feed);
	statement_text(&s, 2, name);
	*value = statement_row(&s) ? statement_column_text(&s, 0) : NULL;
	return statement_end(&s, error);
}

int store_feed_setting_set(struct store *store, int64_t feed, struct str name,
	const struct str *value, struct error *error)
{
	if (statement_may_write(store, error) < 0 ||
		statement_must_have_feed(store, feed, error) < 0)
		return -1;
	struct statement s = statement_start(
		store, value ? STATEMENT_FEED_SETTING_SET : STATEMENT_FEED_SETTING_DROP);
	statement_int(&s, 1, feed);
	statement_text(&s, 2, name);
	if (value)
		statement_text(&s, 3, *value);
	return statement_run(&s, NULL, error);
}
