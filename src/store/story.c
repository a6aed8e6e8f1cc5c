#include "store/story.h"

#include "article/link.h"

#include <stdlib.h>
#include <time.h>

enum {
	DAY = 24 * 60 * 60,
	SLOT = 3 * DAY,
	STORY_WINDOW = 3 * DAY,
	LINKS = 16,   /* articles with one address that are looked at */
	PER_KEY = 4,  /* candidates of a key in a slot: the newest */
	COMPARED = 8, /* candidates whose sketches are compared */
	CANDIDATES = 3 * SKETCH_KEYS * PER_KEY,
	SWEPT = 32, /* old rows that go with each article added */
};

/* An article on its way into a story. */
struct joining {
	struct store *store;
	const struct store_new_article *article;
	int64_t id, feed_id, sort;
	int64_t now;
	int64_t found; /* an article of its story; 0: none yet */
};

bool story_link(struct str url, int64_t *link)
{
	uint64_t hash = link_hash(url);
	*link = (int64_t)hash;
	return hash != 0;
}

static int64_t slot_of(int64_t time)
{
	return time >= 0 ? time / SLOT : 0;
}

/* ---- by address --------------------------------------------------------- */

/* Those with the same address: one of them, when no two are of one feed. */
static int find_by_link(struct joining *j, struct error *error)
{
	int64_t link, feeds[LINKS], first = 0;
	size_t count = 0;
	bool many = false;
	if (!story_link(j->article->url, &link))
		return 0;
	struct statement s = statement_start(j->store, STATEMENT_STORY_LINKED);
	statement_int(&s, 1, link);
	statement_int(&s, 2, j->id);
	statement_int(&s, 3, LINKS);
	while (statement_row(&s) && count < LINKS) {
		int64_t feed = statement_column(&s, 1), sort = statement_column(&s, 2);
		many |= feed == j->feed_id;
		for (size_t i = 0; i < count; i++)
			many |= feeds[i] == feed;
		feeds[count++] = feed;
		if (llabs(sort - j->sort) <= STORY_WINDOW && first == 0)
			first = statement_column(&s, 0);
	}
	if (!many && count < LINKS)
		j->found = first;
	return statement_end(&s, error);
}

/* ---- by what it says ---------------------------------------------------- */

struct candidate {
	int64_t slot, id;
	int keys; /* in common */
};

static int by_id(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

/* Most keys in common first, then the newest. */
static int by_keys(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	return x->keys != y->keys ? y->keys - x->keys : by_id(b, a);
}

/* Makes one of those with the same id, and puts the likeliest first; returns how many. */
static size_t rank(struct candidate *candidates, size_t count)
{
	size_t kept = 0;
	if (count > 0)
		qsort(candidates, count, sizeof *candidates, by_id);
	for (size_t i = 0; i < count; i++) {
		if (kept > 0 && candidates[kept - 1].id == candidates[i].id)
			candidates[kept - 1].keys++;
		else
			candidates[kept++] = candidates[i];
	}
	if (kept > 0)
		qsort(candidates, kept, sizeof *candidates, by_keys);
	return kept;
}

static int look_up(struct joining *j, int64_t slot, struct candidate *candidates, size_t *count,
	struct error *error)
{
	for (int i = 0; i < SKETCH_KEYS; i++) {
		struct statement s = statement_start(j->store, STATEMENT_STORY_CANDIDATES);
		statement_int(&s, 1, slot);
		statement_int(&s, 2, (int64_t)j->article->sketch->keys[i]);
		statement_int(&s, 3, PER_KEY);
		while (statement_row(&s) && *count < CANDIDATES)
			candidates[(*count)++] =
				(struct candidate){slot, statement_column(&s, 0), 1};
		if (statement_end(&s, error) < 0)
			return -1;
	}
	return 0;
}

/*
 * Whether the candidate tells the same; *found then gets it, or what is left of its story when it
 * was deleted itself.
 */
static int compare(struct joining *j, const struct candidate *candidate, struct error *error)
{
	struct sketch sketch;
	struct statement s = statement_start(j->store, STATEMENT_STORY_SKETCH);
	statement_int(&s, 1, candidate->slot);
	statement_int(&s, 2, candidate->id);
	if (statement_row(&s)) {
		int64_t left = statement_column(&s, 0);
		struct str bytes = statement_column_bytes(&s, 1);
		bool near = llabs(statement_column(&s, 2) - j->sort) <= STORY_WINDOW;
		if (near && sketch_unpack(&sketch, bytes) &&
			sketch_same(&sketch, j->article->sketch))
			j->found = left;
	}
	return statement_end(&s, error);
}

static int find_by_text(struct joining *j, struct error *error)
{
	struct candidate candidates[CANDIDATES];
	int64_t slot = slot_of(j->sort), last = slot_of(j->now);
	size_t count = 0;
	for (int64_t at = slot - 1; at <= slot + 1 && at <= last; at++) {
		if (look_up(j, at, candidates, &count, error) < 0)
			return -1;
	}
	count = rank(candidates, count);
	for (size_t i = 0; i < count && i < COMPARED && j->found == 0; i++) {
		if (compare(j, &candidates[i], error) < 0)
			return -1;
	}
	return 0;
}

/* ---- joining ------------------------------------------------------------ */

static int join(struct joining *j, struct error *error)
{
	static const enum statement_id steps[] = {STATEMENT_STORY_BEGIN, STATEMENT_STORY_JOIN};
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		struct statement s = statement_start(j->store, steps[i]);
		statement_int(&s, 1, j->found);
		if (steps[i] == STATEMENT_STORY_JOIN)
			statement_int(&s, 2, j->id);
		if (statement_run(&s, NULL, error) < 0)
			return -1;
	}
	return 0;
}

/* To be found by what comes later. */
static int put_up(struct joining *j, struct error *error)
{
	unsigned char bytes[SKETCH_PACKED];
	struct str packed = {(const char *)bytes, sketch_pack(j->article->sketch, bytes)};
	int64_t slot = slot_of(j->sort);
	struct statement s = statement_start(j->store, STATEMENT_STORY_SKETCH_ADD);
	statement_int(&s, 1, slot);
	statement_int(&s, 2, j->id);
	statement_bytes(&s, 3, packed);
	statement_int(&s, 4, j->sort);
	int result = statement_run(&s, NULL, error);
	for (int i = 0; i < SKETCH_KEYS && result == 0; i++) {
		s = statement_start(j->store, STATEMENT_STORY_KEY_ADD);
		statement_int(&s, 1, slot);
		statement_int(&s, 2, (int64_t)j->article->sketch->keys[i]);
		statement_int(&s, 3, j->id);
		result = statement_run(&s, NULL, error);
	}
	return result;
}

/* Some of what nothing can join any more. */
static int sweep(struct joining *j, struct error *error)
{
	static const enum statement_id steps[] = {
		STATEMENT_STORY_SWEEP_KEYS, STATEMENT_STORY_SWEEP_SKETCHES};
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		struct statement s = statement_start(j->store, steps[i]);
		statement_int(&s, 1, slot_of(j->now) - 2);
		statement_int(&s, 2, SWEPT);
		if (statement_run(&s, NULL, error) < 0)
			return -1;
	}
	return 0;
}

int story_join(struct store *store, int64_t feed_id, int64_t id, int64_t sort,
	const struct store_new_article *article, struct error *error)
{
	struct joining j = {.store = store,
		.article = article,
		.id = id,
		.feed_id = feed_id,
		.sort = sort,
		.now = (int64_t)time(NULL)};
	if (!store->stories || sort < j.now - STORY_WINDOW)
		return 0;
	if (find_by_link(&j, error) < 0)
		return -1;
	if (j.found != 0)
		return join(&j, error);
	if (!article->sketch)
		return 0;
	if (find_by_text(&j, error) < 0)
		return -1;
	if (j.found != 0)
		return join(&j, error);
	return put_up(&j, error) < 0 ? -1 : sweep(&j, error);
}

int store_group_stories(struct store *store, bool group, struct error *error)
{
	store->stories = group;
	if (group)
		return 0;
	bool any = false;
	struct statement s = statement_start(store, STATEMENT_STORY_ANY);
	any = statement_row(&s);
	if (statement_end(&s, error) < 0)
		return -1;
	return any ? statement_run_id(store, STATEMENT_STORY_DISSOLVE, error) : 0;
}

int store_story_shadows(struct store *store, int64_t id, int64_t ids[STORE_SHADOWS], size_t *count,
	struct error *error)
{
	*count = 0;
	struct statement s = statement_start(store, STATEMENT_STORY_SHADOWS);
	statement_int(&s, 1, id);
	statement_int(&s, 2, STORE_SHADOWS);
	while (statement_row(&s) && *count < STORE_SHADOWS)
		ids[(*count)++] = statement_column(&s, 0);
	return statement_end(&s, error);
}

int store_find_linked(struct store *store, int64_t feed_id, struct str url,
	int64_t ids[STORE_LINKED], size_t *count, struct error *error)
{
	int64_t link;
	*count = 0;
	if (!story_link(url, &link))
		return 0;
	struct statement s = statement_start(store, STATEMENT_STORY_LINKED_IN_FEED);
	statement_int(&s, 1, link);
	statement_int(&s, 2, feed_id);
	statement_int(&s, 3, STORE_LINKED);
	while (statement_row(&s) && *count < STORE_LINKED)
		ids[(*count)++] = statement_column(&s, 0);
	return statement_end(&s, error);
}

int store_set_guid(struct store *store, int64_t id, struct str guid, struct error *error)
{
	if (statement_may_write(store, error) < 0)
		return -1;
	struct statement s = statement_start(store, STATEMENT_SET_GUID);
	statement_int(&s, 1, id);
	statement_text(&s, 2, guid);
	return statement_run(&s, NULL, error);
}
