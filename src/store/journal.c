#include "store/journal.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/message.h"
#include "store/trash.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/*
 * How an action is turned back and done again: a statement that finds by the old moment what is
 * still as it was left, and leaves the new one.
 */
static const struct {
	const char *name;
	enum statement_id undo, redo;
	enum statement_id undo_old, redo_old; /* first: where it found the moment of another */
	struct store_count_text text;         /* what it did to the articles */
	enum { BY_MOMENT, BY_CHANGE, BY_TRASH } by;
} kinds[] = {
	[STORE_ACTION_READ] = {"read", STATEMENT_BACK_UNREAD, STATEMENT_BACK_READ,
		STATEMENT_UNDO_READ, STATEMENT_REDO_READ,
		{NP_("%lld article marked read", "%lld articles marked read")}, BY_MOMENT},
	[STORE_ACTION_UNREAD] = {"unread", STATEMENT_BACK_READ, STATEMENT_BACK_UNREAD,
		STATEMENT_UNDO_UNREAD, STATEMENT_REDO_UNREAD,
		{NP_("%lld article marked unread", "%lld articles marked unread")}, BY_MOMENT},
	[STORE_ACTION_STAR] = {"star", STATEMENT_BACK_UNSTARRED, STATEMENT_BACK_STARRED,
		STATEMENT_UNDO_STAR, STATEMENT_REDO_STAR,
		{NP_("%lld article starred", "%lld articles starred")}, BY_MOMENT},
	[STORE_ACTION_UNSTAR] = {"unstar", STATEMENT_BACK_STARRED, STATEMENT_BACK_UNSTARRED,
		STATEMENT_UNDO_UNSTAR, STATEMENT_REDO_UNSTAR,
		{NP_("%lld article unstarred", "%lld articles unstarred")}, BY_MOMENT},
	[STORE_ACTION_TAG] = {.name = "tag",
		.undo = STATEMENT_BACK_UNTAGGED,
		.redo = STATEMENT_BACK_TAGGED,
		.text = {NP_("%lld article tagged", "%lld articles tagged")},
		.by = BY_CHANGE},
	[STORE_ACTION_UNTAG] = {.name = "untag",
		.undo = STATEMENT_BACK_TAGGED,
		.redo = STATEMENT_BACK_UNTAGGED,
		.text = {NP_("%lld article untagged", "%lld articles untagged")},
		.by = BY_CHANGE},
	[STORE_ACTION_DELETE] = {.name = "delete",
		.text = {NP_("%lld article deleted", "%lld articles deleted")},
		.by = BY_TRASH},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* ---- writing ---------------------------------------------------------- */

int journal_moment(struct store *store, int64_t *moment, struct error *error)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	*moment = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
	for (;; ++*moment) {
		struct statement s = statement_start(store, STATEMENT_MOMENT_TAKEN);
		statement_int(&s, 1, *moment);
		bool taken = statement_row(&s);
		if (statement_end(&s, error) < 0)
			return -1;
		if (!taken)
			return 0;
	}
}

int64_t store_moment(struct store *store)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	int64_t moment = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
	struct statement s = statement_start(store, STATEMENT_MOMENT_LAST);
	if (statement_row(&s) && statement_column(&s, 0) >= moment)
		moment = statement_column(&s, 0) + 1;
	struct error error; /* a store that cannot be read says so when the list is read */
	statement_end(&s, &error);
	return moment;
}

static int write_down(struct store *store, enum store_action_kind kind, struct str label,
	struct journal_entry *entry, struct error *error)
{
	if (journal_moment(store, &entry->moment, error) < 0 ||
		statement_run_id(store, STATEMENT_JOURNAL_FORGET, error) < 0)
		return -1;
	struct statement s = statement_start(store, STATEMENT_JOURNAL_ADD);
	statement_int(&s, 1, entry->moment);
	statement_text(&s, 2, str_of(kinds[kind].name));
	statement_text(&s, 3, label);
	if (statement_run(&s, NULL, error) < 0)
		return -1;
	entry->id = sqlite3_last_insert_rowid(store->db);
	return 0;
}

int journal_begin(struct store *store, enum store_action_kind kind, struct str label,
	struct journal_entry *entry, struct error *error)
{
	if (statement_may_write(store, error) < 0 || statement_atomic_begin(store, error) < 0)
		return -1;
	if (write_down(store, kind, label, entry, error) == 0)
		return 0;
	return statement_atomic_end(store, -1, NULL);
}

int journal_end(struct store *store, const struct journal_entry *entry, int64_t articles,
	int result, struct error *error)
{
	if (result == 0 && articles == 0) {
		statement_atomic_end(store, -1, NULL);
		return 0;
	}
	if (result == 0) {
		struct statement s = statement_start(store, STATEMENT_JOURNAL_COUNT);
		statement_int(&s, 1, entry->id);
		statement_int(&s, 2, articles);
		result = statement_run(&s, NULL, error);
	}
	return statement_atomic_end(store, result, error);
}

int journal_change(
	struct store *store, int64_t id, int64_t article_id, struct str tag, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_JOURNAL_CHANGE);
	statement_int(&s, 1, id);
	statement_int(&s, 2, article_id);
	statement_text(&s, 3, tag);
	return statement_run(&s, NULL, error);
}

int journal_prune(struct store *store, int64_t before, int64_t most, int64_t limit,
	int64_t *forgotten, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_JOURNAL_PRUNE);
	statement_int(&s, 1, before);
	statement_int(&s, 2, most);
	statement_int(&s, 3, limit);
	return statement_run(&s, forgotten, error);
}

/* ---- undoing ---------------------------------------------------------- */

struct entry {
	int64_t id, undone;
	struct store_action action;
};

static enum store_action_kind kind_of(const char *name)
{
	for (int i = STORE_ACTION_NONE + 1; i < KINDS; i++) {
		if (strcmp(name, kinds[i].name) == 0)
			return (enum store_action_kind)i;
	}
	return STORE_ACTION_NONE;
}

static int read_entry(
	struct store *store, enum statement_id which, struct entry *entry, struct error *error)
{
	struct statement s = statement_start(store, which);
	if (statement_row(&s)) {
		char *kind = statement_column_text(&s, 2);
		entry->id = statement_column(&s, 0);
		entry->action.at = statement_column(&s, 1);
		entry->action.kind = kind ? kind_of(kind) : STORE_ACTION_NONE;
		entry->action.label = statement_column_text(&s, 3);
		entry->action.articles = statement_column(&s, 4);
		entry->undone = statement_column(&s, 5);
		free(kind);
		if (entry->action.kind == STORE_ACTION_NONE && s.code == SQLITE_OK)
			s.code = SQLITE_CORRUPT;
	}
	return statement_end(&s, error);
}

/* How an entry is turned, from the moment it left to a new one. */
struct turning {
	enum statement_id by_moment, by_old;
	int64_t from, to;
};

static int turn_by(struct store *store, const struct entry *entry, const struct turning *turning,
	enum statement_id how, int64_t *changed, struct error *error)
{
	int64_t some;
	struct statement s = statement_start(store, how);
	statement_int(&s, 1, turning->from);
	statement_int(&s, 2, turning->to);
	if (how == turning->by_old || kinds[entry->action.kind].by == BY_CHANGE)
		statement_int(&s, 3, entry->id);
	if (statement_run(&s, &some, error) < 0)
		return -1;
	*changed += some;
	return 0;
}

static int turn(struct store *store, const struct entry *entry, const struct turning *turning,
	int64_t *changed, struct error *error)
{
	if (kinds[entry->action.kind].by == BY_MOMENT &&
		turn_by(store, entry, turning, turning->by_old, changed, error) < 0)
		return -1;
	return turn_by(store, entry, turning, turning->by_moment, changed, error);
}

/* Not seen any more either: it was marked by mistake. */
static int unsee(struct store *store, int64_t moment, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_BACK_UNSEEN);
	statement_int(&s, 1, moment);
	return statement_run(&s, NULL, error);
}

static int changed_articles(
	struct store *store, int64_t id, int64_t **ids, size_t *count, struct error *error)
{
	size_t cap = 0;
	struct statement s = statement_start(store, STATEMENT_CHANGED_ARTICLES);
	statement_int(&s, 1, id);
	while (statement_row(&s)) {
		if (!array_reserve(ids, &cap, *count + 1, sizeof **ids)) {
			s.code = SQLITE_NOMEM;
			break;
		}
		(*ids)[(*count)++] = statement_column(&s, 0);
	}
	return statement_end(&s, error);
}

static int delete_again(struct store *store, const struct entry *entry, int64_t moment,
	int64_t *changed, struct error *error)
{
	int64_t *ids = NULL;
	size_t count = 0;
	int result = changed_articles(store, entry->id, &ids, &count, error);
	for (size_t i = 0; i < count && result == 0; i++) {
		bool moved = false;
		result = trash_put(store, ids[i], moment, &moved, error);
		*changed += moved;
	}
	free(ids);
	return result;
}

static int mark_entry(struct store *store, const struct entry *entry, enum statement_id how,
	int64_t moment, struct error *error)
{
	struct statement s = statement_start(store, how);
	statement_int(&s, 1, entry->id);
	statement_int(&s, 2, moment);
	return statement_run(&s, NULL, error);
}

static int undo(struct store *store, struct entry *entry, int64_t moment, struct error *error)
{
	struct store_action *action = &entry->action;
	int result;
	const struct turning turning = {
		kinds[action->kind].undo, kinds[action->kind].undo_old, action->at, moment};
	if (kinds[action->kind].by == BY_TRASH)
		result = trash_back(store, action->at, &action->changed, error);
	else
		result = turn(store, entry, &turning, &action->changed, error);
	if (result == 0 && action->kind == STORE_ACTION_READ)
		result = unsee(store, action->at, error);
	return result < 0 ? -1 : mark_entry(store, entry, STATEMENT_JOURNAL_UNDONE, moment, error);
}

static int redo(struct store *store, struct entry *entry, int64_t moment, struct error *error)
{
	struct store_action *action = &entry->action;
	int result;
	const struct turning turning = {
		kinds[action->kind].redo, kinds[action->kind].redo_old, entry->undone, moment};
	if (kinds[action->kind].by == BY_TRASH)
		result = delete_again(store, entry, moment, &action->changed, error);
	else
		result = turn(store, entry, &turning, &action->changed, error);
	if (result < 0 || mark_entry(store, entry, STATEMENT_JOURNAL_REDONE, moment, error) < 0)
		return -1;
	struct statement s = statement_start(store, STATEMENT_JOURNAL_RENEW);
	statement_int(&s, 1, action->at);
	statement_int(&s, 2, moment);
	return statement_run(&s, NULL, error);
}

static int run(struct store *store, enum statement_id which,
	int (*how)(struct store *, struct entry *, int64_t, struct error *),
	struct store_action *action, struct error *error)
{
	struct entry entry = {0};
	int64_t moment;
	*action = (struct store_action){0};
	if (statement_atomic_begin(store, error) < 0)
		return -1;
	int result = read_entry(store, which, &entry, error);
	if (result == 0 && entry.id)
		result = journal_moment(store, &moment, error);
	if (result == 0 && entry.id)
		result = how(store, &entry, moment, error);
	if (statement_atomic_end(store, result, error) < 0) {
		store_action_free(&entry.action);
		return -1;
	}
	*action = entry.action;
	return 0;
}

int store_undo(struct store *store, struct store_action *action, struct error *error)
{
	return run(store, STATEMENT_JOURNAL_LAST, undo, action, error);
}

int store_redo(struct store *store, struct store_action *action, struct error *error)
{
	return run(store, STATEMENT_JOURNAL_NEXT, redo, action, error);
}

void store_action_free(struct store_action *action)
{
	free(action->label);
	*action = (struct store_action){0};
}

void store_action_text(const struct store_action *action, struct buffer *out)
{
	struct buffer text = {0};
	int64_t left = action->articles - action->changed;
	if (action->kind == STORE_ACTION_NONE)
		return;
	const struct store_count_text *deed = &kinds[action->kind].text;
	buffer_printf(&text, ngettext(deed->one, deed->many, (unsigned long)action->articles),
		(long long)action->articles);
	if (action->label && *action->label)
		buffer_printf(&text, " (%s)", action->label);
	if (left > 0)
		buffer_printf(out,
			ngettext("%s, %lld changed since and left alone",
				"%s, %lld changed since and left alone", (unsigned long)left),
			text.data ? text.data : "", (long long)left);
	else
		buffer_str(out, buffer_view(&text));
	out->failed |= text.failed;
	buffer_free(&text);
}
