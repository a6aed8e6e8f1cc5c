#include "store/failure.h"
#include "store/search-index.h"
#include "store/statement.h"

#include <stdlib.h>

static int no_such_article(struct store *store, int64_t id, struct error *error)
{
	return error_set(error, EX_NOINPUT, "%s: there is no article %lld: see \"khabar list\"",
		failure_path(store->path), (long long)id);
}

int store_full(struct store *store, int64_t id, struct store_full *full, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_FULL);
	statement_int(&s, 1, id);
	bool found = statement_row(&s);
	*full = (struct store_full){0};
	if (found) {
		full->shown = statement_column(&s, 0) != 0;
		full->kept = full->shown || statement_column(&s, 1) != 0;
	}
	if (statement_end(&s, error) < 0)
		return -1;
	return found ? 0 : no_such_article(store, id, error);
}

static int run_with_text(struct store *store, enum statement_id statement, int64_t id,
	struct str html, struct error *error)
{
	struct statement s = statement_start(store, statement);
	statement_int(&s, 1, id);
	statement_text(&s, 2, html);
	return statement_run(&s, NULL, error);
}

static int set_shown(struct store *store, int64_t id, bool full, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_FULL_SHOW);
	statement_int(&s, 1, id);
	statement_int(&s, 2, full);
	return statement_run(&s, NULL, error);
}

/* The feed's own text is put away before the full one takes its place. */
static int write_full(struct store *store, int64_t id, struct str html, struct error *error)
{
	struct store_full full;
	if (search_index_change(store, id, NULL, error) < 0)
		return -1;
	struct statement s = statement_start(store, STATEMENT_FULL_KEEP);
	statement_int(&s, 1, id);
	if (statement_run(&s, NULL, error) < 0 || store_full(store, id, &full, error) < 0 ||
		run_with_text(store, STATEMENT_FULL_TEXT, id, html, error) < 0)
		return -1;
	return set_shown(store, id, true, error);
}

int store_set_full(struct store *store, int64_t id, struct str html, struct error *error)
{
	if (html.len == 0)
		return error_set(error, EX_DATAERR, "the full text is empty: it is not stored");
	if (statement_may_write(store, error) < 0 || statement_atomic_begin(store, error) < 0)
		return -1;
	return statement_atomic_end(store, write_full(store, id, html, error), error);
}

/* The text in the body and the one that is kept change places. */
static int swap(struct store *store, int64_t id, bool full, struct error *error)
{
	if (search_index_change(store, id, NULL, error) < 0)
		return -1;
	struct statement s = statement_start(store, STATEMENT_FULL_BODY);
	statement_int(&s, 1, id);
	char *shown = statement_row(&s) ? statement_column_text(&s, 0) : NULL;
	int result = statement_end(&s, error);
	if (result == 0 && !shown)
		result = no_such_article(store, id, error);
	if (result == 0) {
		s = statement_start(store, STATEMENT_FULL_SWAP);
		statement_int(&s, 1, id);
		result = statement_run(&s, NULL, error);
	}
	if (result == 0)
		result = run_with_text(store, STATEMENT_FULL_OTHER, id, str_of(shown), error);
	free(shown);
	return result < 0 ? -1 : set_shown(store, id, full, error);
}

static int show(struct store *store, int64_t id, bool full, struct error *error)
{
	struct store_full now;
	if (store_full(store, id, &now, error) < 0)
		return -1;
	if (now.shown == full)
		return 0;
	if (!now.kept)
		return error_set(error, EX_NOINPUT,
			"article %lld: its full text was never fetched: fetch it", (long long)id);
	return swap(store, id, full, error);
}

int store_show_full(struct store *store, int64_t id, bool full, struct error *error)
{
	if (statement_may_write(store, error) < 0 || statement_atomic_begin(store, error) < 0)
		return -1;
	return statement_atomic_end(store, show(store, id, full, error), error);
}

int store_full_failed(struct store *store, int64_t id, int64_t now, struct error *error)
{
	struct store_full full;
	if (statement_may_write(store, error) < 0 || store_full(store, id, &full, error) < 0)
		return -1;
	struct statement s = statement_start(store, STATEMENT_FULL_FAILED);
	statement_int(&s, 1, id);
	statement_int(&s, 2, now);
	return statement_run(&s, NULL, error);
}

int store_full_wanted(struct store *store, const struct store_full_wish *wish, int64_t *ids,
	size_t most, size_t *count, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_FULL_WANTED);
	statement_int(&s, 1, wish->feed_id);
	statement_int(&s, 2, wish->newest);
	statement_int(&s, 3, wish->failures);
	statement_int(&s, 4, wish->before);
	statement_int(&s, 5, (int64_t)most);
	*count = 0;
	while (*count < most && statement_row(&s))
		ids[(*count)++] = statement_column(&s, 0);
	return statement_end(&s, error);
}
