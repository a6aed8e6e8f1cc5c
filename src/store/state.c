#include "store/failure.h"
#include "store/statement.h"

#include <time.h>

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int no_article(struct store *store, int64_t id, struct error *error)
{
	return error_set(error, EX_NOINPUT, "%s: there is no article %lld: see \"khabar list\"",
		failure_path(store->path), (long long)id);
}

static int must_exist(struct store *store, int64_t id, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_ARTICLE_EXISTS);
	statement_int(&s, 1, id);
	bool found = statement_row(&s);
	if (statement_end(&s, error) < 0)
		return -1;
	return found ? 0 : no_article(store, id, error);
}

/* Runs a change of one article; one that had nothing to change needs only be there. */
static int change(struct statement *s, int64_t id, struct error *error)
{
	int64_t changed = 0;
	if (statement_run(s, &changed, error) < 0)
		return -1;
	return changed ? 0 : must_exist(s->store, id, error);
}

static int change_to(struct store *store, enum statement_id statement, int64_t id, int64_t value,
	bool has_value, struct error *error)
{
	if (statement_may_write(store, error) < 0)
		return -1;
	struct statement s = statement_start(store, statement);
	statement_int(&s, 1, id);
	if (has_value)
		statement_int(&s, 2, value);
	return change(&s, id, error);
}

/* With what stands in its shadow. */
static int set_all_read(struct store *store, int64_t id, int64_t moment, struct error *error)
{
	int64_t shadows[STORE_SHADOWS];
	size_t count;
	if (store_story_shadows(store, id, shadows, &count, error) < 0)
		return -1;
	int result = change_to(store, STATEMENT_SET_READ, id, moment, true, error);
	for (size_t i = 0; i < count && result == 0; i++)
		result = change_to(store, STATEMENT_SET_READ, shadows[i], moment, true, error);
	return result;
}

int store_set_read(struct store *store, int64_t id, bool read, struct error *error)
{
	return read ? set_all_read(store, id, now_ms(), error)
		    : change_to(store, STATEMENT_SET_UNREAD, id, 0, false, error);
}

int store_set_starred(struct store *store, int64_t id, bool starred, struct error *error)
{
	return starred ? change_to(store, STATEMENT_SET_STARRED, id, 0, false, error)
		       : change_to(store, STATEMENT_SET_UNSTARRED, id, now_ms(), true, error);
}

int store_set_override(
	struct store *store, int64_t id, enum store_direction direction, struct error *error)
{
	return change_to(store, STATEMENT_SET_OVERRIDE, id, direction, true, error);
}

int store_mark_all_read(
	struct store *store, const struct store_list *list, int64_t *changed, struct error *error)
{
	static const enum statement_id statements[] = {
		[STORE_ALL] = STATEMENT_READ_ALL,
		[STORE_UNREAD] = STATEMENT_READ_ALL,
		[STORE_STARRED] = STATEMENT_READ_STARRED,
		[STORE_UNFINISHED] = STATEMENT_READ_UNFINISHED,
		[STORE_FEED] = STATEMENT_READ_FEED,
		[STORE_STORY] = STATEMENT_READ_STORY,
	};
	if (statement_may_write(store, error) < 0)
		return -1;
	struct statement s = statement_start(store, statements[list->kind]);
	statement_int(&s, 1, now_ms());
	if (list->kind == STORE_FEED || list->kind == STORE_STORY)
		statement_int(&s, 2, list->kind == STORE_FEED ? list->feed_id : list->story_id);
	return statement_run(&s, changed, error);
}

int store_set_position(
	struct store *store, int64_t id, const struct store_position *position, struct error *error)
{
	int progress = position->progress < 0 ? 0 : position->progress;
	if (progress > 100)
		progress = 100;
	bool begun = position->offset != 0 || progress > 0;
	if (statement_may_write(store, error) < 0)
		return -1;
	struct statement s = statement_start(store, STATEMENT_SET_POSITION);
	statement_int(&s, 1, id);
	statement_int(&s, 2, (int64_t)position->offset);
	statement_int(&s, 3, begun ? (int64_t)position->hash : 0);
	statement_int(&s, 4, progress);
	statement_int(&s, 5, begun && progress < 100);
	statement_int(&s, 6, now_ms());
	return change(&s, id, error);
}

int store_get_position(
	struct store *store, int64_t id, struct store_position *position, struct error *error)
{
	bool found = false;
	*position = (struct store_position){0};
	struct statement s = statement_start(store, STATEMENT_GET_POSITION);
	statement_int(&s, 1, id);
	if (statement_row(&s)) {
		found = true;
		position->offset = (uint64_t)statement_column(&s, 0);
		position->hash = (uint64_t)statement_column(&s, 1);
		position->progress = (int)statement_column(&s, 2);
	}
	if (statement_end(&s, error) < 0)
		return -1;
	return found ? 0 : no_article(store, id, error);
}
