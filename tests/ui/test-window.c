/* The window on a list against the list itself: same rows, whatever way it is walked. */
#include "ui/window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ARTICLES = 2000, OPENED_AT = 0 };

struct fixture {
	char folder[64], path[96];
	struct store *store;
	int64_t ids[ARTICLES]; /* in the list's order */
};

static struct str number(char *text, size_t size, int value)
{
	snprintf(text, size, "article %d", value);
	return str_of(text);
}

static void fill(struct fixture *f)
{
	struct error error;
	int64_t feed;
	assert_int_equal(store_begin(f->store, &error), 0);
	assert_int_equal(store_feed_ensure(f->store, STR("local:test"), STR("Test"), &feed, &error),
			0);
	for (int i = 0; i < ARTICLES; i++) {
		char guid[32];
		struct store_new_article article = {
				.guid = number(guid, sizeof guid, i),
				.title = str_of(guid),
				.section = STR(""),
				.author = STR(""),
				.url = STR(""),
				.summary = STR(""),
				.language = STR("en"),
				.html = STR("<p>text</p>"),
				/* Several share a time: the id must tell them apart. */
				.published = 1000000 + i / 3 * 60,
		};
		assert_int_equal(store_add(f->store, feed, &article, &f->ids[ARTICLES - 1 - i], NULL,
						 &error),
				0);
	}
	assert_int_equal(store_commit(f->store, &error), 0);
}

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	struct error error;
	snprintf(f->folder, sizeof f->folder, "/tmp/khabar-window-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	snprintf(f->path, sizeof f->path, "%s/k.db", f->folder);
	f->store = store_open(f->path, STORE_CREATE, &error);
	assert_non_null(f->store);
	fill(f);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	static const char *const ends[] = {"", "-wal", "-shm"};
	store_close(f->store);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		char path[128];
		snprintf(path, sizeof path, "%s%s", f->path, ends[i]);
		unlink(path);
	}
	rmdir(f->folder);
	free(f);
	return 0;
}

static struct window open_all(struct fixture *f)
{
	struct window window;
	struct error error;
	struct store_list list = {.kind = STORE_ALL, .since = INT64_MAX};
	assert_int_equal(window_open(&window, f->store, &list, &error), 0);
	assert_int_equal(window.count, ARTICLES);
	return window;
}

static void expect_rank(struct fixture *f, struct window *window, long rank)
{
	struct error error;
	struct store_headline *row = window_row(window, rank, &error);
	assert_non_null(row);
	assert_int_equal(row->id, f->ids[rank]);
}

static void walks_down_and_up(void **state)
{
	struct fixture *f = *state;
	struct window window = open_all(f);
	for (long rank = 0; rank < ARTICLES; rank++)
		expect_rank(f, &window, rank);
	for (long rank = ARTICLES; rank-- > 0;)
		expect_rank(f, &window, rank);
	assert_int_equal(window.count, ARTICLES);
	window_close(&window);
}

static void jumps_to_the_ends(void **state)
{
	struct fixture *f = *state;
	struct window window = open_all(f);
	expect_rank(f, &window, ARTICLES - 1);
	for (long rank = ARTICLES - 1; rank > ARTICLES - 600; rank--)
		expect_rank(f, &window, rank);
	expect_rank(f, &window, 0);
	window_close(&window);
}

static void pages_as_a_screen_does(void **state)
{
	struct fixture *f = *state;
	struct window window = open_all(f);
	unsigned seed = 7;
	long top = 0;
	enum { SCREEN = 60, STEPS = 2000 };
	for (int step = 0; step < STEPS; step++) {
		seed = seed * 1103515245 + 12345;
		long by = (long)(seed >> 16) % (2 * SCREEN + 1) - SCREEN;
		top += by;
		if (top < 0)
			top = 0;
		if (top > ARTICLES - SCREEN)
			top = ARTICLES - SCREEN;
		for (long i = 0; i < SCREEN; i++)
			expect_rank(f, &window, top + i);
	}
	window_close(&window);
}

/* To any row by its key, wherever the window is; and the rows around it are right. */
static void seeks_by_key(void **state)
{
	struct fixture *f = *state;
	struct window keys = open_all(f), window = open_all(f);
	enum { STEP = 37, AROUND = 60 };
	for (long i = 0; i < ARTICLES; i++) {
		long rank = i * STEP % ARTICLES;
		struct error error;
		const struct store_headline *row = window_row(&keys, rank, &error);
		assert_non_null(row);
		struct store_cursor cursor = {row->sort, row->id};
		assert_int_equal(window_seek(&window, &cursor, &error), rank);
		for (long near = rank - AROUND; near <= rank + AROUND; near += AROUND / 2) {
			if (near >= 0 && near < ARTICLES)
				expect_rank(f, &window, near);
		}
		assert_int_equal(window.count, ARTICLES);
	}
	window_close(&keys);
	window_close(&window);
}

static void has_nothing_outside(void **state)
{
	struct fixture *f = *state;
	struct window window = open_all(f);
	struct error error;
	assert_null(window_row(&window, -1, &error));
	assert_null(window_row(&window, ARTICLES, &error));
	assert_int_equal(error.status, 0);
	window_close(&window);
}

static void keeps_what_was_read_in_it(void **state)
{
	struct fixture *f = *state;
	struct error error;
	struct window window;
	struct store_list list = {.kind = STORE_UNREAD, .since = OPENED_AT};
	assert_int_equal(window_open(&window, f->store, &list, &error), 0);
	assert_int_equal(store_set_read(f->store, f->ids[3], true, &error), 0);
	expect_rank(f, &window, ARTICLES - 1); /* far away, so that the start is loaded again */
	expect_rank(f, &window, 3);
	assert_int_equal(store_set_read(f->store, f->ids[3], false, &error), 0);
	window_close(&window);
}

/* Another process adds and marks: the row one is at is found again, whatever the list. */
static void follows_a_store_that_others_change(void **state)
{
	static const enum store_list_kind kinds[] = {STORE_ALL, STORE_FEED, STORE_UNREAD,
		STORE_STARRED, STORE_UNFINISHED};
	enum { HERE = 700, MORE = 300 };
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		struct fixture *f = *state;
		struct error error;
		struct store_list list = {.kind = kinds[k], .feed_id = 1};
		struct window window;
		const struct store_position half = {.offset = 10, .progress = 50};
		for (int i = 0; i < ARTICLES && k < 2; i++) {
			assert_int_equal(store_set_starred(f->store, f->ids[i], true, &error), 0);
			assert_int_equal(store_set_position(f->store, f->ids[i], &half, &error), 0);
		}
		list.since = store_moment(f->store); /* what left in the last round did so before */
		assert_int_equal(window_open(&window, f->store, &list, &error), 0);
		struct store_headline *row = window_row(&window, HERE, &error);
		assert_non_null(row);
		struct store_cursor here = {row->sort, row->id};
		long count = window.count;
		struct store *other = store_open(f->path, STORE_WRITE, &error);
		assert_non_null(other);
		/* What leaves the list stays in it while it is open. */
		for (int i = 0; i < 5; i++) {
			int64_t id = window.page.items[(size_t)i].id;
			assert_int_equal(store_set_read(other, id, true, &error), 0);
			assert_int_equal(store_set_starred(other, id, false, &error), 0);
		}
		for (int i = 0; i < MORE; i++) {
			char guid[48];
			snprintf(guid, sizeof guid, "more %zu %d", k, i);
			struct store_new_article article = {.guid = str_of(guid),
				.title = str_of(guid),
				.published = i % 2 ? 1 : 2000000 + i};
			int64_t id;
			assert_int_equal(store_add(other, 1, &article, &id, NULL, &error), 0);
			assert_int_equal(store_set_starred(other, id, true, &error), 0);
			assert_int_equal(store_set_position(other, id, &half, &error), 0);
		}
		store_close(other);
		long rank = window_refresh(&window, &here, &error);
		/* Half of the new ones are newer; of the unfinished ones all are read later. */
		long newer = kinds[k] == STORE_UNFINISHED ? MORE : MORE / 2;
		assert_int_equal(rank, HERE + newer);
		assert_int_equal(window.count, count + MORE);
		row = window_row(&window, rank, &error);
		assert_non_null(row);
		assert_true(row->id == here.id);
		long walked = 0;
		while (window_row(&window, walked, &error))
			walked++;
		assert_int_equal(walked, count + MORE);
		window_close(&window);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(walks_down_and_up),
			cmocka_unit_test(jumps_to_the_ends),
			cmocka_unit_test(pages_as_a_screen_does),
			cmocka_unit_test(seeks_by_key),
			cmocka_unit_test(has_nothing_outside),
			cmocka_unit_test(keeps_what_was_read_in_it),
			/* Last: it changes the store. */
			cmocka_unit_test(follows_a_store_that_others_change),
	};
	return cmocka_run_group_tests_name("ui/window", tests, set_up, tear_down);
}
