#include "base/array.h"
#include "store/failure.h"
#include "store/journal.h"
#include "store/query.h"
#include "store/trash.h"

#include <stdlib.h>
#include <string.h>
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

/* ---- actions ---------------------------------------------------------- */

/* What an action does to one article. */
struct deed {
	enum store_action_kind kind;
	enum statement_id statement; /* takes id, moment; of tags, the tag */
	enum statement_id remember;  /* what of another action it finds: action, id */
};

static const struct deed marks[] = {
	[STORE_MARK_READ] = {STORE_ACTION_READ, STATEMENT_SET_READ, STATEMENT_REMEMBER_READ},
	[STORE_MARK_UNREAD] = {STORE_ACTION_UNREAD, STATEMENT_SET_UNREAD,
		STATEMENT_REMEMBER_UNREAD},
	[STORE_MARK_STAR] = {STORE_ACTION_STAR, STATEMENT_SET_STARRED, STATEMENT_REMEMBER_STAR},
	[STORE_MARK_UNSTAR] = {STORE_ACTION_UNSTAR, STATEMENT_SET_UNSTARRED,
		STATEMENT_REMEMBER_UNSTAR},
};
static const struct deed tagging = {STORE_ACTION_TAG, STATEMENT_TAG, STATEMENT_COUNT};
static const struct deed untagging = {STORE_ACTION_UNTAG, STATEMENT_UNTAG, STATEMENT_REMEMBER_TAG};
static const struct deed deleting = {STORE_ACTION_DELETE, STATEMENT_COUNT, STATEMENT_COUNT};

/* An action on the way: what is asked for, and what came of it. */
struct task {
	const struct deed *deed;
	const int64_t *ids;
	size_t count;
	struct str label, tag; /* "" none */
	bool one; /* the first is what the reader means; the others are in its shadow */
	struct journal_entry entry;
	int64_t done;
};

static int title_of(struct store *store, int64_t id, char **title, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_ARTICLE_TITLE);
	statement_int(&s, 1, id);
	*title = statement_row(&s) ? statement_column_text(&s, 0) : NULL;
	return statement_end(&s, error);
}

static int remember(struct store *store, const struct task *task, int64_t id, struct error *error)
{
	if (task->deed->remember == STATEMENT_COUNT)
		return 0;
	struct statement s = statement_start(store, task->deed->remember);
	statement_int(&s, 1, task->entry.id);
	statement_int(&s, 2, id);
	if (task->tag.len > 0)
		statement_text(&s, 3, task->tag);
	return statement_run(&s, NULL, error);
}

static int do_one(
	struct store *store, const struct task *task, int64_t id, bool *done, struct error *error)
{
	int64_t changed = 0;
	if (task->deed == &deleting)
		return trash_put(store, id, task->entry.moment, done, error);
	if (remember(store, task, id, error) < 0)
		return -1;
	struct statement s = statement_start(store, task->deed->statement);
	statement_int(&s, 1, id);
	if (task->deed != &untagging)
		statement_int(&s, 2, task->entry.moment);
	if (task->tag.len > 0)
		statement_text(&s, 3, task->tag);
	int result = statement_run(&s, &changed, error);
	*done = changed > 0;
	return result;
}

static int do_all(struct store *store, struct task *task, struct error *error)
{
	bool listed = task->deed == &tagging || task->deed == &deleting;
	for (size_t i = 0; i < task->count; i++) {
		bool done = false;
		if (do_one(store, task, task->ids[i], &done, error) < 0)
			return -1;
		task->done += done;
		if (done && listed &&
			journal_change(store, task->entry.id, task->ids[i], task->tag, error) < 0)
			return -1;
	}
	return 0;
}

/* One that is read by itself is among those read lately. */
static int note_seen(struct store *store, const struct task *task, struct error *error)
{
	if (task->deed != &marks[STORE_MARK_READ] || (task->count != 1 && !task->one) ||
		task->done == 0)
		return 0;
	struct statement s = statement_start(store, STATEMENT_SET_SEEN);
	statement_int(&s, 1, task->ids[0]);
	statement_int(&s, 2, task->entry.moment);
	return statement_run(&s, NULL, error);
}

static int act(struct store *store, struct task *task, int64_t *changed, struct error *error)
{
	char *title = NULL;
	struct str label = task->label;
	if (changed)
		*changed = 0;
	if (label.len == 0 && task->count > 0) {
		if (title_of(store, task->ids[0], &title, error) < 0)
			return -1;
		label = str_of(title);
	}
	int result = journal_begin(store, task->deed->kind, label, &task->entry, error);
	free(title);
	if (result < 0)
		return -1;
	result = do_all(store, task, error);
	if (result == 0)
		result = note_seen(store, task, error);
	result = journal_end(store, &task->entry, task->done, result, error);
	if (changed && result == 0)
		*changed = task->done;
	return result;
}

int store_mark(struct store *store, enum store_mark mark, const int64_t *ids, size_t count,
	struct str label, int64_t *changed, struct error *error)
{
	struct task task = {.deed = &marks[mark], .ids = ids, .count = count, .label = label};
	return act(store, &task, changed, error);
}

int store_tag(struct store *store, const int64_t *ids, size_t count, struct str tag, bool on,
	int64_t *changed, struct error *error)
{
	tag = str_trim(tag);
	if (tag.len == 0 || memchr(tag.ptr, ',', tag.len))
		return error_set(error, EX_USAGE, "a tag is a word or some words without a comma");
	struct task task = {.deed = on ? &tagging : &untagging,
		.ids = ids,
		.count = count,
		.label = tag,
		.tag = tag};
	return act(store, &task, changed, error);
}

int store_delete(struct store *store, const int64_t *ids, size_t count, struct str label,
	int64_t *changed, struct error *error)
{
	struct task task = {.deed = &deleting, .ids = ids, .count = count, .label = label};
	return act(store, &task, changed, error);
}

/* Of one; what is so already needs only be there.  What stands in its shadow is read with it. */
static int mark_one(struct store *store, enum store_mark mark, int64_t id, struct error *error)
{
	int64_t changed, ids[1 + STORE_SHADOWS] = {id};
	size_t shadows = 0;
	if (mark == STORE_MARK_READ && store_story_shadows(store, id, ids + 1, &shadows, error) < 0)
		return -1;
	struct task task = {.deed = &marks[mark], .ids = ids, .count = 1 + shadows, .one = true};
	if (act(store, &task, &changed, error) < 0)
		return -1;
	return changed ? 0 : must_exist(store, id, error);
}

int store_set_read(struct store *store, int64_t id, bool read, struct error *error)
{
	return mark_one(store, read ? STORE_MARK_READ : STORE_MARK_UNREAD, id, error);
}

int store_set_starred(struct store *store, int64_t id, bool starred, struct error *error)
{
	return mark_one(store, starred ? STORE_MARK_STAR : STORE_MARK_UNSTAR, id, error);
}

int store_set_imported(
	struct store *store, int64_t id, bool read, bool starred, struct error *error)
{
	if (statement_may_write(store, error) < 0)
		return -1;
	struct statement s = statement_start(store, STATEMENT_SET_IMPORTED);
	statement_int(&s, 1, id);
	statement_int(&s, 2, read);
	statement_int(&s, 3, starred);
	return change(&s, id, error);
}

int store_set_override(
	struct store *store, int64_t id, enum store_direction direction, struct error *error)
{
	return change_to(store, STATEMENT_SET_OVERRIDE, id, direction, true, error);
}

/* ---- whole lists ------------------------------------------------------ */

/* One of the statements that mark all of a list. */
struct sweep {
	enum statement_id statement;
	bool has_which;
	int64_t which;                    /* feed or story */
	const struct store_cursor *older; /* or NULL */
};

static int sweep(struct store *store, const struct sweep *what, int64_t moment, int64_t *done,
	struct error *error)
{
	int64_t changed;
	struct statement s = statement_start(store, what->statement);
	statement_int(&s, 1, moment);
	if (what->has_which)
		statement_int(&s, 2, what->which);
	if (what->older) {
		statement_int(&s, 3, what->older->sort);
		statement_int(&s, 4, what->older->id);
	}
	if (statement_run(&s, &changed, error) < 0)
		return -1;
	*done += changed;
	return 0;
}

/* What marks the articles were given that are to be brought back by undoing. */
static int remember_list(struct store *store, enum statement_id statement,
	const struct journal_entry *entry, struct error *error)
{
	struct statement s = statement_start(store, statement);
	statement_int(&s, 1, entry->id);
	if (statement == STATEMENT_REMEMBER_ONLY)
		statement_int(&s, 2, entry->moment);
	return statement_run(&s, NULL, error);
}

/* All of them as one action. */
static int sweep_all(struct store *store, const struct sweep *sweeps, size_t count,
	struct str label, int64_t *changed, struct error *error)
{
	struct journal_entry entry;
	int64_t done = 0;
	if (changed)
		*changed = 0;
	if (journal_begin(store, STORE_ACTION_READ, label, &entry, error) < 0)
		return -1;
	int result = remember_list(store, STATEMENT_REMEMBER_LIST, &entry, error);
	for (size_t i = 0; i < count && result == 0; i++)
		result = sweep(store, &sweeps[i], entry.moment, &done, error);
	if (result == 0)
		result = remember_list(store, STATEMENT_REMEMBER_ONLY, &entry, error);
	result = journal_end(store, &entry, done, result, error);
	if (changed && result == 0)
		*changed = done;
	return result;
}

/* What meets a query is marked one by one, and remembered so. */
static int mark_query_read(struct store *store, const struct store_list *list,
	const struct store_marking *marking, int64_t *changed, struct error *error)
{
	int64_t *ids;
	size_t count;
	if (query_ids(store, list->query, marking->older, &ids, &count, error) < 0)
		return -1;
	int result = store_mark(
		store, STORE_MARK_READ, ids, count, marking->label, changed, error);
	free(ids);
	return result;
}

int store_mark_list_read(struct store *store, const struct store_list *list,
	const struct store_marking *marking, int64_t *changed, struct error *error)
{
	static const struct {
		enum statement_id all, older; /* STATEMENT_COUNT: it is not sorted by time */
	} statements[] = {
		[STORE_ALL] = {STATEMENT_READ_ALL, STATEMENT_READ_OLDER},
		[STORE_UNREAD] = {STATEMENT_READ_ALL, STATEMENT_READ_OLDER},
		[STORE_STARRED] = {STATEMENT_READ_STARRED, STATEMENT_READ_STARRED_OLDER},
		[STORE_UNFINISHED] = {STATEMENT_READ_UNFINISHED, STATEMENT_COUNT},
		[STORE_FEED] = {STATEMENT_READ_FEED, STATEMENT_READ_FEED_OLDER},
		[STORE_LATELY] = {STATEMENT_READ_LATELY, STATEMENT_COUNT},
		[STORE_STORY] = {STATEMENT_READ_STORY, STATEMENT_COUNT},
	};
	if (list->kind == STORE_QUERY)
		return mark_query_read(store, list, marking, changed, error);
	const struct sweep what = {
		.statement =
			marking->older ? statements[list->kind].older : statements[list->kind].all,
		.has_which = list->kind == STORE_FEED || list->kind == STORE_STORY,
		.which = list->kind == STORE_STORY ? list->story_id : list->feed_id,
		.older = marking->older,
	};
	if (what.statement == STATEMENT_COUNT)
		return error_set(error, EX_USAGE,
			"this list is not sorted by the age of its articles: mark all of it, or "
			"one by one");
	return sweep_all(store, &what, 1, marking->label, changed, error);
}

int store_mark_all_read(
	struct store *store, const struct store_list *list, int64_t *changed, struct error *error)
{
	return store_mark_list_read(store, list, &(struct store_marking){0}, changed, error);
}

int store_mark_feeds_read(struct store *store, const int64_t *feeds, size_t count, struct str label,
	int64_t *changed, struct error *error)
{
	struct sweep *sweeps = calloc(count + 1, sizeof *sweeps);
	if (!sweeps)
		return error_no_memory(error);
	for (size_t i = 0; i < count; i++)
		sweeps[i] = (struct sweep){STATEMENT_READ_FEED, true, feeds[i], NULL};
	int result = sweep_all(store, sweeps, count, label, changed, error);
	free(sweeps);
	return result;
}

/* ---- tags, positions -------------------------------------------------- */

int store_tags(struct store *store, int64_t id, struct store_tags *tags, struct error *error)
{
	size_t cap = 0;
	*tags = (struct store_tags){0};
	struct statement s = statement_start(store, STATEMENT_TAGS);
	statement_int(&s, 1, id);
	while (statement_row(&s)) {
		if (!array_reserve(&tags->items, &cap, tags->count + 1, sizeof *tags->items)) {
			s.code = SQLITE_NOMEM;
			break;
		}
		tags->items[tags->count++] = statement_column_text(&s, 0);
	}
	if (statement_end(&s, error) == 0)
		return 0;
	store_tags_free(tags);
	return -1;
}

/* The first name behind this one; NULL when there is none. */
static int next_tag(struct store *store, const char *tag, char **next, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_TAG_NEXT);
	statement_stored_text(&s, 1, str_of(tag));
	*next = NULL;
	if (statement_row(&s) && !statement_column_null(&s, 0))
		*next = statement_column_text(&s, 0);
	if (statement_end(&s, error) == 0)
		return 0;
	free(*next);
	return -1;
}

int store_tag_names(
	struct store *store, size_t most, struct store_tags *tags, struct error *error)
{
	size_t cap = 0;
	char *tag = NULL;
	*tags = (struct store_tags){0};
	while (tags->count < most) {
		if (next_tag(store, tags->count > 0 ? tags->items[tags->count - 1] : "", &tag,
			    error) < 0)
			break;
		if (!tag)
			return 0;
		if (!array_reserve(&tags->items, &cap, tags->count + 1, sizeof *tags->items)) {
			free(tag);
			error_no_memory(error);
			break;
		}
		tags->items[tags->count++] = tag;
	}
	if (tags->count == most)
		return 0;
	store_tags_free(tags);
	return -1;
}

void store_tags_free(struct store_tags *tags)
{
	for (size_t i = 0; i < tags->count; i++)
		free(tags->items[i]);
	free(tags->items);
	*tags = (struct store_tags){0};
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
