/*
 * Thousands of random changes, on a store and on a plain array; after every few,
 * all lists, read in pages of random size in both directions, and all counts must
 * be the same.
 */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	FEEDS = 5,
	ARTICLES = 400,
	ROUNDS = 120,
	CHANGES = 40, /* in a round */
};

/* Moments are counted, not timed: each change that leaves a mark takes the next. */
struct model_article {
	int64_t id, published, added, sort;
	int feed, number;
	int edition; /* how often its text was changed */
	bool read, starred, unfinished, begun;
	long read_at, unstarred_at, closed_at, stopped_at;
	enum store_direction override;
	struct store_position position;
};

struct model {
	struct model_article articles[ARTICLES];
	size_t count;
	long moment;
};

struct test {
	struct fixture *f;
	struct model model, saved;
	int64_t feeds[FEEDS];
	uint64_t seed;
	int64_t since;     /* Unix ms */
	long since_moment; /* the same for the model */
};

static uint64_t below(struct test *t, uint64_t bound)
{
	t->seed ^= t->seed >> 12;
	t->seed ^= t->seed << 25;
	t->seed ^= t->seed >> 27;
	return (t->seed * UINT64_C(2685821657736338717) >> 33) % bound;
}

/* ---- changes ---------------------------------------------------------- */

static int64_t random_date(struct test *t)
{
	switch (below(t, 5)) {
	case 0:
		return STORE_NO_DATE;
	case 1:
		return (int64_t)time(NULL) + 86400 * (int64_t)below(t, 100); /* the future */
	case 2:
		return INT64_C(1700000000); /* the same for many */
	case 3:
		return -(int64_t)below(t, 1000); /* before 1970 */
	default:
		return INT64_C(1600000000) + (int64_t)below(t, 300) * 3600;
	}
}

static void make_title(char *title, size_t size, int number, int edition)
{
	snprintf(title, size, "خبر %d: the news, edition %d", number, edition);
}

static void change_add(struct test *t)
{
	char guid[32], title[64];
	int64_t id;
	enum store_outcome added;
	struct model *m = &t->model;
	bool is_new = m->count == 0 || (m->count < ARTICLES && below(t, 3) > 0);
	struct model_article *a = &m->articles[is_new ? m->count : below(t, m->count)];
	if (is_new)
		*a = (struct model_article){.feed = (int)below(t, FEEDS),
			.number = (int)m->count,
			.published = STORE_NO_DATE};
	int64_t published = random_date(t);
	a->edition++;
	snprintf(guid, sizeof guid, "urn:%d", a->number);
	make_title(title, sizeof title, a->number, a->edition);
	struct store_new_article article = {.guid = str_of(guid),
		.title = str_of(title),
		.html = str_of(title),
		.published = published};
	MUST(t->f, store_add(t->f->store, t->feeds[a->feed], &article, &id, &added, &t->f->error));
	assert_int_equal(added == STORE_ADDED, is_new);
	if (is_new) {
		struct store_article *stored = store_article(t->f->store, id, &t->f->error);
		assert_non_null(stored);
		a->id = id;
		a->added = stored->added;
		store_article_free(stored);
		m->count++;
	}
	assert_int_equal(a->id, id);
	if (published != STORE_NO_DATE)
		a->published = published;
	a->sort =
		a->published == STORE_NO_DATE || a->published > a->added ? a->added : a->published;
}

static void model_read(struct model *m, struct model_article *a, bool read)
{
	if (read && !a->read)
		a->read_at = ++m->moment;
	a->read = read;
}

static void change_position(struct test *t, struct model_article *a)
{
	struct store_position p = {.offset = below(t, 3) * 1000,
		.hash = below(t, UINT32_MAX) << 33,
		.progress = (int)(below(t, 4) * 33)};
	if (p.progress == 99)
		p.progress = 100;
	MUST(t->f, store_set_position(t->f->store, a->id, &p, &t->f->error));
	bool none = p.offset == 0 && p.progress == 0;
	if (none && !a->begun)
		return;
	a->begun = true;
	a->stopped_at = ++t->model.moment;
	bool unfinished = !none && p.progress < 100;
	if (unfinished)
		a->closed_at = 0;
	else if (a->unfinished)
		a->closed_at = t->model.moment;
	a->unfinished = unfinished;
	a->position = none ? (struct store_position){0} : p;
}

static bool is_in(const struct model_article *a, const struct store_list *list, int feed)
{
	switch (list->kind) {
	case STORE_UNREAD:
		return !a->read;
	case STORE_STARRED:
		return a->starred;
	case STORE_UNFINISHED:
		return a->unfinished;
	case STORE_FEED:
		return a->feed == feed;
	default:
		return true;
	}
}

static void change_all_read(struct test *t)
{
	int feed = (int)below(t, FEEDS);
	int64_t changed, expected = 0;
	struct store_list list = {.kind = (enum store_list_kind)below(t, 5),
		.feed_id = t->feeds[feed],
		.since = INT64_MAX};
	MUST(t->f, store_mark_all_read(t->f->store, &list, &changed, &t->f->error));
	for (size_t i = 0; i < t->model.count; i++) {
		struct model_article *a = &t->model.articles[i];
		if (!is_in(a, &list, feed) || a->read)
			continue;
		model_read(&t->model, a, true);
		expected++;
	}
	assert_int_equal(changed, expected);
}

static void change(struct test *t)
{
	struct fixture *f = t->f;
	struct model *m = &t->model;
	uint64_t what = below(t, 100);
	if (m->count == 0 || what < 20) {
		change_add(t);
		return;
	}
	struct model_article *a = &m->articles[below(t, m->count)];
	bool on = below(t, 2);
	if (what < 45) {
		MUST(f, store_set_read(f->store, a->id, on, &f->error));
		model_read(m, a, on);
	} else if (what < 65) {
		MUST(f, store_set_starred(f->store, a->id, on, &f->error));
		if (!on && a->starred)
			a->unstarred_at = ++m->moment;
		a->starred = on;
	} else if (what < 90) {
		change_position(t, a);
	} else if (what < 98) {
		a->override = (enum store_direction)below(t, 3);
		MUST(f, store_set_override(f->store, a->id, a->override, &f->error));
	} else if (below(t, 4) == 0) {
		change_all_read(t);
	}
}

static void change_some(struct test *t)
{
	bool together = below(t, 3) == 0, keep = below(t, 2);
	if (together) {
		t->saved = t->model;
		MUST(t->f, store_begin(t->f->store, &t->f->error));
	}
	for (int i = 0; i < CHANGES; i++)
		change(t);
	if (together && keep) {
		MUST(t->f, store_commit(t->f->store, &t->f->error));
	} else if (together) {
		store_rollback(t->f->store);
		long moment = t->model.moment;
		t->model = t->saved;
		t->model.moment = moment;
	}
}

/* ---- checks ----------------------------------------------------------- */

static bool is_shown(const struct test *t, const struct model_article *a,
	const struct store_list *list, int feed)
{
	if (is_in(a, list, feed))
		return true;
	if (list->since == INT64_MAX)
		return false;
	return (list->kind == STORE_UNREAD && a->read_at > t->since_moment) ||
	       (list->kind == STORE_STARRED && a->unstarred_at > t->since_moment) ||
	       (list->kind == STORE_UNFINISHED && a->closed_at > t->since_moment);
}

static int by_sort(const void *left, const void *right)
{
	const struct model_article *a = *(struct model_article *const *)left;
	const struct model_article *b = *(struct model_article *const *)right;
	if (a->sort != b->sort)
		return a->sort < b->sort ? 1 : -1;
	return a->id < b->id ? 1 : -1;
}

static int by_stop(const void *left, const void *right)
{
	const struct model_article *a = *(struct model_article *const *)left;
	const struct model_article *b = *(struct model_article *const *)right;
	return a->stopped_at < b->stopped_at ? 1 : -1;
}

static size_t expected_rows(struct test *t, const struct store_list *list, int feed,
	struct model_article *rows[ARTICLES])
{
	size_t count = 0;
	for (size_t i = 0; i < t->model.count; i++) {
		if (is_shown(t, &t->model.articles[i], list, feed))
			rows[count++] = &t->model.articles[i];
	}
	qsort(rows, count, sizeof *rows, list->kind == STORE_UNFINISHED ? by_stop : by_sort);
	return count;
}

static void check_row(const struct store_headline *h, const struct model_article *a)
{
	char title[64], feed[32];
	make_title(title, sizeof title, a->number, a->edition);
	snprintf(feed, sizeof feed, "feed %d", a->feed);
	assert_int_equal(h->id, a->id);
	assert_string_equal(h->title, title);
	assert_string_equal(h->feed_title, feed);
	assert_true(h->published == a->published);
	assert_true(h->sort == a->sort);
	assert_int_equal(h->read, a->read);
	assert_int_equal(h->starred, a->starred);
	assert_int_equal(h->override, a->override);
	assert_int_equal(h->progress, a->position.progress);
	assert_true(h->offset == a->position.offset);
}

/* The whole list, page by page, down from its start or up from its end. */
static void check_list(struct test *t, const struct store_list *list, int feed, bool before)
{
	struct model_article *rows[ARTICLES];
	size_t count = expected_rows(t, list, feed, rows);
	size_t limit = 1 + below(t, below(t, 2) ? 7 : 90), seen = 0;
	struct store_cursor cursor;
	for (bool first = true;; first = false) {
		struct store_page page;
		MUST(t->f, store_headlines(t->f->store, list, first ? NULL : &cursor, before, limit,
				   &page, &t->f->error));
		size_t rest = count - seen;
		assert_int_equal(page.count, rest < limit ? rest : limit);
		size_t base = before ? count - seen - page.count : seen;
		for (size_t i = 0; i < page.count; i++)
			check_row(&page.items[i], rows[base + i]);
		if (page.count == 0)
			break;
		struct store_headline *last = &page.items[before ? 0 : page.count - 1];
		cursor = (struct store_cursor){last->sort, last->id};
		seen += page.count;
		store_page_free(&page);
	}
}

static void check_count(struct test *t, const struct store_list *list, int feed)
{
	struct store_counts counts, expected = {0};
	for (size_t i = 0; i < t->model.count; i++) {
		const struct model_article *a = &t->model.articles[i];
		expected.total += is_in(a, list, feed);
		expected.unread += is_in(a, list, feed) && !a->read;
	}
	MUST(t->f, store_count(t->f->store, list, &counts, &t->f->error));
	assert_int_equal(counts.total, expected.total);
	assert_int_equal(counts.unread, expected.unread);
}

static void check(struct test *t)
{
	for (int kind = STORE_ALL; kind <= STORE_FEED; kind++) {
		int feed = (int)below(t, FEEDS);
		struct store_list list = {.kind = (enum store_list_kind)kind,
			.feed_id = t->feeds[feed],
			.since = INT64_MAX};
		check_count(t, &list, feed);
		check_list(t, &list, feed, false);
		check_list(t, &list, feed, true);
		list.since = t->since;
		check_list(t, &list, feed, false);
		check_list(t, &list, feed, true);
	}
	for (size_t i = 0; i < t->model.count; i += 17) {
		const struct model_article *a = &t->model.articles[i];
		struct store_position p;
		MUST(t->f, store_get_position(t->f->store, a->id, &p, &t->f->error));
		assert_true(p.offset == a->position.offset && p.hash == a->position.hash &&
			    p.progress == a->position.progress);
	}
}

/* From here on what leaves a list stays; milliseconds part it from what went before. */
static void set_since(struct test *t)
{
	static const struct timespec pause = {0, 3000000};
	/* Actions in one millisecond take the next ones: these have to be over, too. */
	do {
		nanosleep(&pause, NULL);
		t->since = store_moment(t->f->store);
	} while (t->since > fixture_now_ms());
	t->since_moment = t->model.moment;
}

static void test_random_changes(void **state)
{
	struct test *t = calloc(1, sizeof *t);
	assert_non_null(t);
	t->f = *state;
	t->seed = 20190625;
	for (int i = 0; i < FEEDS; i++) {
		char key[32], title[32];
		snprintf(key, sizeof key, "local:%d", i);
		snprintf(title, sizeof title, "feed %d", i);
		MUST(t->f, store_feed_ensure(t->f->store, str_of(key), str_of(title), &t->feeds[i],
				   &t->f->error));
	}
	for (int round = 0; round < ROUNDS; round++) {
		if (round % 3 == 0)
			set_since(t);
		change_some(t);
		check(t);
		if (round % 40 == 39) {
			fixture_open(t->f); /* all of it is in the file */
			check(t);
		}
	}
	fixture_close(t->f);
	fixture_check_integrity(t->f->path);
	free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_random_changes, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
