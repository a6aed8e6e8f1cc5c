/*
 * Stories in the store: who stands for whom, what is counted, what happens when they go, what a
 * flood costs; and the pairs of tests/text/stories.h through the store's index.
 */
#include "fixture.h"

#include "../text/stories.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DAY = 24 * 60 * 60 };

static int64_t feeds[3];

static int setup(void **state)
{
	if (fixture_setup(state))
		return -1;
	struct fixture *f = *state;
	static const char *const keys[] = {
		"https://a.example/", "https://b.example/", "https://c.example/"};
	for (size_t i = 0; i < 3; i++)
		MUST(f, store_feed_ensure(
				f->store, str_of(keys[i]), str_of(keys[i]), &feeds[i], &f->error));
	return store_group_stories(f->store, true, &f->error);
}

static int64_t add_text(struct fixture *f, int64_t feed, const char *guid, const char *url,
	struct str title, struct str text, int64_t published)
{
	struct sketch sketch;
	struct store_new_article article = {.guid = str_of(guid),
		.title = title,
		.html = text,
		.url = str_of(url),
		.published = published};
	int64_t id;
	if (sketch_make(&sketch, title, text))
		article.sketch = &sketch;
	MUST(f, store_add(f->store, feed, &article, &id, NULL, &f->error));
	return id;
}

static int64_t add_story(
	struct fixture *f, int64_t feed, const char *guid, const struct story_text *text)
{
	return add_text(f, feed, guid, "", buffer_view(&text->title), buffer_view(&text->text),
		time(NULL) - 60);
}

/* The row of the article in a list; sources 0: it is not there. */
static struct store_headline row_of(struct fixture *f, struct store_list list, int64_t id)
{
	struct store_headline row = {0};
	struct store_page page;
	list.since = INT64_MAX;
	MUST(f, store_headlines(f->store, &list, NULL, false, 5000, &page, &f->error));
	for (size_t i = 0; i < page.count; i++) {
		if (page.items[i].id == id)
			row = page.items[i];
	}
	store_page_free(&page);
	return row;
}

static const struct store_list all = {.kind = STORE_ALL}, unread = {.kind = STORE_UNREAD};

static struct store_counts count(struct fixture *f, struct store_list list)
{
	struct store_counts counts;
	MUST(f, store_count(f->store, &list, &counts, &f->error));
	return counts;
}

static struct store_list of_feed(int64_t feed)
{
	return (struct store_list){.kind = STORE_FEED, .feed_id = feed};
}

static void test_one_line(void **state)
{
	struct fixture *f = *state;
	struct story_text a = {0}, b = {0};
	story_pair(0, STORY_REISSUE, 5, &a, &b);
	int64_t first = add_story(f, feeds[0], "1", &a);
	assert_int_equal(row_of(f, all, first).sources, 1);
	assert_int_equal(row_of(f, all, first).story_id, 0);
	int64_t second = add_story(f, feeds[1], "1", &b), third = add_story(f, feeds[2], "1", &a);
	struct store_headline row = row_of(f, all, first);
	assert_int_equal(row.sources, 3);
	struct store_article *whole = store_article(f->store, second, &f->error);
	assert_non_null(whole);
	assert_int_equal(whole->sources, 3);
	store_article_free(whole);
	assert_int_equal(row_of(f, all, second).sources, 0);
	assert_int_equal(row_of(f, unread, third).sources, 0);
	assert_int_equal(count(f, all).total, 1);
	assert_int_equal(count(f, unread).total, 1);
	/* Its own feed has it, and so has the list of the story. */
	assert_int_equal(row_of(f, of_feed(feeds[1]), second).sources, 3);
	assert_int_equal(count(f, of_feed(feeds[1])).unread, 1);
	struct store_list story = {.kind = STORE_STORY, .story_id = row.story_id};
	assert_int_equal(count(f, story).total, 3);
	assert_int_equal(count(f, story).unread, 3);
	assert_int_equal(row_of(f, story, first).id, first);
	assert_int_equal(row_of(f, story, third).id, third);
	/* What is read is read everywhere, and told again it is nothing new. */
	MUST(f, store_set_read(f->store, first, true, &f->error));
	assert_int_equal(count(f, story).unread, 0);
	assert_int_equal(count(f, of_feed(feeds[2])).unread, 0);
	int64_t fourth = add_story(f, feeds[1], "2", &a);
	assert_true(row_of(f, of_feed(feeds[1]), fourth).read);
	assert_int_equal(count(f, unread).total, 0);
	/* One in the shadow does not speak for the others. */
	MUST(f, store_set_read(f->store, first, false, &f->error));
	MUST(f, store_set_read(f->store, second, true, &f->error));
	assert_false(row_of(f, all, first).read);
	MUST(f, store_mark_all_read(f->store, &story, NULL, &f->error));
	assert_true(row_of(f, all, first).read);
	fixture_check_integrity(f->path);
	story_text_free(&a);
	story_text_free(&b);
}

/* All of a story is read in one action, and comes back in one; also what was deleted. */
static void test_undo(void **state)
{
	struct fixture *f = *state;
	struct story_text a = {0}, b = {0};
	struct store_action action;
	story_pair(0, STORY_REISSUE, 5, &a, &b);
	int64_t first = add_story(f, feeds[0], "1", &a), second = add_story(f, feeds[1], "1", &b);
	MUST(f, store_set_read(f->store, first, true, &f->error));
	assert_int_equal(count(f, of_feed(feeds[1])).unread, 0);
	MUST(f, store_undo(f->store, &action, &f->error));
	assert_int_equal(action.articles, 2);
	store_action_free(&action);
	assert_int_equal(count(f, of_feed(feeds[0])).unread, 1);
	assert_int_equal(count(f, of_feed(feeds[1])).unread, 1);
	MUST(f, store_delete(f->store, &first, 1, STR(""), NULL, &f->error));
	assert_int_equal(row_of(f, all, second).sources, 1);
	MUST(f, store_undo(f->store, &action, &f->error));
	store_action_free(&action);
	/* One of them is shown, and still found by its address and its text. */
	assert_int_equal(count(f, all).total, 1);
	int64_t third = add_story(f, feeds[2], "1", &a);
	assert_int_equal(row_of(f, all, third).sources, 0);
	assert_int_equal(count(f, all).total, 1);
	fixture_check_integrity(f->path);
	story_text_free(&a);
	story_text_free(&b);
}

static void test_two_stories(void **state)
{
	struct fixture *f = *state;
	struct story_text a = {0}, b = {0};
	for (int relation = STORY_OTHER_NUMBERS; relation < STORY_RELATIONS; relation++) {
		char guid[32];
		snprintf(guid, sizeof guid, "%d", relation);
		story_pair(relation % STORY_LANGUAGES, (enum story_relation)relation,
			(uint64_t)relation * 31, &a, &b);
		int64_t first = add_story(f, feeds[0], guid, &a),
			second = add_story(f, feeds[1], guid, &b);
		if (row_of(f, all, first).sources != 1 || row_of(f, all, second).sources != 1)
			fail_msg("%s", story_relations[relation]);
	}
	story_text_free(&a);
	story_text_free(&b);
}

static int64_t add_link(struct fixture *f, int64_t feed, const char *guid, const char *url,
	const char *title, int64_t published)
{
	return add_text(f, feed, guid, url, str_of(title), STR("قصير"), published);
}

static void test_address(void **state)
{
	struct fixture *f = *state;
	int64_t now = time(NULL);
	int64_t a = add_link(
		f, feeds[0], "1", "https://www.site.example/n/1?utm_source=rss", "خبر عاجل", now);
	int64_t b = add_link(f, feeds[1], "x", "http://m.site.example/n/1/", "Other words", now);
	assert_int_equal(row_of(f, all, a).sources, 2);
	assert_int_equal(row_of(f, all, b).sources, 0);
	/* A site's first page, and pages of which a feed has several, tell nothing. */
	a = add_link(f, feeds[0], "2", "https://site.example/", "One", now);
	b = add_link(f, feeds[1], "2", "https://site.example", "Two", now);
	assert_int_equal(row_of(f, all, a).sources, 1);
	assert_int_equal(row_of(f, all, b).sources, 1);
	a = add_link(f, feeds[0], "3", "https://site.example/live", "Live: one", now);
	b = add_link(f, feeds[0], "4", "https://site.example/live", "Live: two", now);
	int64_t c = add_link(f, feeds[1], "3", "https://site.example/live", "Live: three", now);
	assert_int_equal(row_of(f, all, a).sources, 1);
	assert_int_equal(row_of(f, all, b).sources, 1);
	assert_int_equal(row_of(f, all, c).sources, 1);
	/* Nor does one that lies far back. */
	a = add_link(f, feeds[0], "5", "https://site.example/page", "Page", now - 30 * DAY);
	b = add_link(f, feeds[1], "5", "https://site.example/page", "Page", now);
	assert_int_equal(row_of(f, all, b).sources, 1);
	/* The address that an update brings counts. */
	a = add_link(f, feeds[0], "6", "", "Late address", now);
	assert_int_equal(
		add_link(f, feeds[0], "6", "https://site.example/6", "Late address", now), a);
	b = add_link(f, feeds[1], "6", "https://site.example/6#top", "Late", now);
	assert_int_equal(row_of(f, all, a).sources, 2);
}

static void test_window(void **state)
{
	struct fixture *f = *state;
	struct story_text a = {0}, b = {0};
	int64_t now = time(NULL);
	static const struct {
		int64_t first, second; /* days ago */
		int sources;
	} cases[] = {{0, 2, 2}, {2, 0, 2}, {0, 8, 1}, {40, 40, 1}, {-9, 0, 2}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char guid[32];
		snprintf(guid, sizeof guid, "%zu", i);
		story_pair(1, STORY_REISSUE, 100 + i, &a, &b);
		int64_t one = add_text(f, feeds[0], guid, "", buffer_view(&a.title),
			buffer_view(&a.text), now - cases[i].first * DAY);
		add_text(f, feeds[1], guid, "", buffer_view(&b.title), buffer_view(&b.text),
			now - cases[i].second * DAY);
		if (row_of(f, all, one).sources != cases[i].sources)
			fail_msg("case %zu: %d", i, row_of(f, all, one).sources);
	}
	story_text_free(&a);
	story_text_free(&b);
}

/* When what stands for a story goes, another does, and what comes still finds it. */
static void test_going(void **state)
{
	struct fixture *f = *state;
	struct story_text a = {0}, b = {0};
	story_pair(2, STORY_REISSUE, 9, &a, &b);
	add_story(f, feeds[0], "1", &a);
	int64_t second = add_story(f, feeds[1], "1", &b);
	assert_int_equal(count(f, all).total, 1);
	MUST(f, store_feed_remove(f->store, feeds[0], NULL, &f->error));
	assert_int_equal(row_of(f, all, second).sources, 1);
	assert_int_equal(count(f, all).total, 1);
	assert_int_equal(count(f, unread).total, 1);
	int64_t third = add_story(f, feeds[2], "1", &b);
	assert_int_equal(row_of(f, all, second).sources, 2);
	assert_int_equal(row_of(f, all, third).sources, 0);
	MUST(f, store_feed_remove(f->store, feeds[1], NULL, &f->error));
	MUST(f, store_feed_remove(f->store, feeds[2], NULL, &f->error));
	assert_int_equal(count(f, all).total, 0);
	/* Nothing is left to join. */
	MUST(f, store_feed_ensure(
			f->store, STR("https://d.example/"), STR("D"), &feeds[0], &f->error));
	second = add_story(f, feeds[0], "9", &a);
	assert_int_equal(row_of(f, all, second).sources, 1);
	fixture_check_integrity(f->path);
	story_text_free(&a);
	story_text_free(&b);
}

static void test_setting(void **state)
{
	struct fixture *f = *state;
	struct story_text a = {0}, b = {0};
	story_pair(3, STORY_REISSUE, 3, &a, &b);
	add_story(f, feeds[0], "1", &a);
	int64_t second = add_story(f, feeds[1], "1", &b);
	MUST(f, store_group_stories(f->store, false, &f->error));
	assert_int_equal(count(f, all).total, 2);
	assert_int_equal(row_of(f, unread, second).id, second);
	int64_t third = add_story(f, feeds[2], "1", &b);
	assert_int_equal(row_of(f, all, third).sources, 1);
	assert_int_equal(count(f, unread).total, 3);
	fixture_check_integrity(f->path);
	story_text_free(&a);
	story_text_free(&b);
}

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Adds `number` reports of one pattern; returns the CPU seconds. */
static double flood(struct fixture *f, const char *prefix, int number, bool same)
{
	struct story_text a = {0}, b = {0};
	double start = seconds();
	MUST(f, store_begin(f->store, &f->error));
	for (int i = 0; i < number; i++) {
		char guid[32];
		snprintf(guid, sizeof guid, "%s%d", prefix, i);
		story_pair(4, STORY_DAILY, same ? 7 : (uint64_t)i, &a, &b);
		add_story(f, feeds[0], guid, &a);
	}
	MUST(f, store_commit(f->store, &f->error));
	double taken = seconds() - start;
	story_text_free(&a);
	story_text_free(&b);
	return taken;
}

/* The thousandth copy, and the thousandth report of one pattern, cost what the first ones do. */
static void test_flood(void **state)
{
	enum { PART = 500 };
	struct fixture *f = *state;
	double first = flood(f, "a", PART, true), later = flood(f, "b", PART, true);
	assert_int_equal(count(f, all).total, 1);
	assert_int_equal(count(f, of_feed(feeds[0])).total, 2 * PART);
	assert_int_equal(count(f, of_feed(feeds[0])).unread, 1); /* its feed told it before */
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM story_key"), SKETCH_KEYS);
	double patterns = flood(f, "c", PART, false), more = flood(f, "d", PART, false);
	print_message("# %d copies: %.0f us each, then %.0f; of one pattern %.0f, then %.0f\n",
		PART, first * 1e6 / PART, later * 1e6 / PART, patterns * 1e6 / PART,
		more * 1e6 / PART);
	assert_true(later < 4 * first + 0.2);
	assert_true(more < 4 * patterns + 0.2);
	fixture_check_integrity(f->path);
}

/* What is too old to be joined goes, a few rows with each article. */
static void test_sweep(void **state)
{
	struct fixture *f = *state;
	flood(f, "a", 20, false);
	fixture_close(f);
	fixture_sql(f->path, "UPDATE story_key SET slot = slot - 5");
	fixture_sql(f->path, "UPDATE story_sketch SET slot = slot - 5");
	fixture_open(f);
	MUST(f, store_group_stories(f->store, true, &f->error));
	flood(f, "b", 20, false);
	assert_true(fixture_sql(f->path, "SELECT count(*) FROM story_key") <= 20 * SKETCH_KEYS);
	assert_true(fixture_sql(f->path, "SELECT count(*) FROM story_sketch") <= 20);
}

/* The pairs all in one store: the first of each from one feed, the second from another. */
static void test_pairs(void **state)
{
	enum { SEEDS = 6, PAIRS = SEEDS * STORY_LANGUAGES * STORY_RELATIONS };
	struct fixture *f = *state;
	struct story_text a = {0}, b = {0};
	int one = 0, joined = 0, right = 0;
	MUST(f, store_begin(f->store, &f->error));
	for (int i = 0; i < PAIRS; i++) {
		char guid[32];
		enum story_relation relation = (enum story_relation)(i % STORY_RELATIONS);
		story_pair(i / STORY_RELATIONS % STORY_LANGUAGES, relation, (uint64_t)(5000 + i),
			&a, &b);
		snprintf(guid, sizeof guid, "%d", i);
		int64_t first = add_story(f, feeds[0], guid, &a);
		int64_t second = add_story(f, feeds[1], guid, &b);
		struct store_headline x = row_of(f, of_feed(feeds[0]), first),
				      y = row_of(f, of_feed(feeds[1]), second);
		bool same = y.story_id != 0 && x.story_id == y.story_id;
		one += relation < STORY_OTHER_NUMBERS;
		joined += (x.story_id != 0 && x.story_id != first) + (y.story_id != 0);
		right += same && relation < STORY_OTHER_NUMBERS;
	}
	MUST(f, store_commit(f->store, &f->error));
	print_message(
		"# %d articles: %d joined a story, %d rightly (precision %.3f, recall %.3f)\n",
		2 * PAIRS, joined, right, (double)right / joined, (double)right / one);
	assert_true(right >= 0.98 * joined);
	assert_true(right >= 0.7 * one);
	story_text_free(&a);
	story_text_free(&b);
}

static void test_identity(void **state)
{
	struct fixture *f = *state;
	int64_t ids[STORE_LINKED], now = time(NULL), found;
	size_t linked;
	int64_t a = add_link(f, feeds[0], "old", "https://site.example/1", "One", now - 90 * DAY);
	add_link(f, feeds[1], "old", "https://site.example/1", "One", now - 90 * DAY);
	MUST(f, store_find_linked(f->store, feeds[0], STR("http://www.site.example/1?fbclid=1"),
			ids, &linked, &f->error));
	assert_int_equal(linked, 1);
	assert_int_equal(ids[0], a);
	MUST(f, store_find_linked(
			f->store, feeds[0], STR("https://site.example/"), ids, &linked, &f->error));
	assert_int_equal(linked, 0);
	MUST(f, store_set_guid(f->store, a, STR("new"), &f->error));
	MUST(f, store_find(f->store, feeds[0], STR("new"), &found, &f->error));
	assert_int_equal(found, a);
	MUST(f, store_find(f->store, feeds[0], STR("old"), &found, &f->error));
	assert_int_equal(found, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_one_line, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_undo, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_two_stories, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_address, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_window, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_going, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_setting, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_flood, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_sweep, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_pairs, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_identity, setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
