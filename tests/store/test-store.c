/* The functions of the store, one by one. */
#include "fixture.h"

#include "base/utf8.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const struct store_list all = {.kind = STORE_ALL, .since = INT64_MAX};
static const struct store_list unread = {.kind = STORE_UNREAD, .since = INT64_MAX};
static const struct store_list starred = {.kind = STORE_STARRED, .since = INT64_MAX};
static const struct store_list unfinished = {.kind = STORE_UNFINISHED, .since = INT64_MAX};

static void assert_counts(
	struct fixture *f, const struct store_list *list, int64_t total, int64_t news)
{
	struct store_counts counts;
	MUST(f, store_count(f->store, list, &counts, &f->error));
	assert_int_equal(counts.total, total);
	assert_int_equal(counts.unread, news);
}

/* The list has these ids, as "3 1 2". */
static void assert_ids(struct fixture *f, const struct store_list *list, const char *expected)
{
	char ids[256] = "";
	size_t len = 0;
	struct store_page page;
	MUST(f, store_headlines(f->store, list, NULL, false, 20, &page, &f->error));
	for (size_t i = 0; i < page.count; i++)
		len += (size_t)snprintf(
			ids + len, sizeof ids - len, "%s%d", i ? " " : "", (int)page.items[i].id);
	store_page_free(&page);
	assert_string_equal(ids, expected);
}

static void test_feeds(void **state)
{
	struct fixture *f = *state;
	int64_t id, again;
	struct store_feeds feeds;
	MUST(f, store_feed_ensure(
			f->store, STR("https://b.example/"), STR("beta"), &id, &f->error));
	MUST(f, store_feed_ensure(
			f->store, STR("https://b.example/"), STR("other"), &again, &f->error));
	assert_int_equal(id, again);
	MUST(f, store_feed_ensure(
			f->store, STR("https://a.example/"), STR("Alpha"), &again, &f->error));
	assert_int_not_equal(id, again);
	fixture_add(f, "1", "خبر", STORE_NO_DATE);
	MUST(f, store_feeds(f->store, &feeds, &f->error));
	assert_int_equal(feeds.count, 3);
	assert_string_equal(feeds.items[0].title, "Alpha");
	assert_string_equal(feeds.items[1].title, "beta");
	assert_string_equal(feeds.items[1].key, "https://b.example/");
	assert_string_equal(feeds.items[2].title, "الاختبار");
	assert_int_equal(feeds.items[2].total, 1);
	assert_int_equal(feeds.items[2].unread, 1);
	assert_int_equal(feeds.items[0].total, 0);
	store_feeds_free(&feeds);
	assert_null(feeds.items);
	assert_int_equal(store_feed_ensure(f->store, STR(""), STR("x"), &id, &f->error), -1);
	assert_int_equal(f->error.status, EX_DATAERR);
}

static void test_article_round_trip(void **state)
{
	struct fixture *f = *state;
	int64_t id, again;
	enum store_outcome added;
	struct store_new_article article = {
		.guid = STR("urn:1"),
		.title = STR(
			"مُؤتمر \"القمّة\" ‏— می‌خواهم, שָׁלוֹם "
			"😀"),
		.section = STR("سياسة"),
		.author = STR("ليلى"),
		.url = STR("https://example.org/خبر?a=1&b='2'"),
		.summary = STR("ملخّص؛ -- '); DROP TABLE article;"),
		.language = STR("ar-EG"),
		.html = STR("<p>متن</p>"),
		.direction = STORE_RTL,
		.published = 1700000000,
	};
	int64_t before = (int64_t)time(NULL);
	MUST(f, store_add(f->store, f->feed, &article, &id, &added, &f->error));
	assert_int_equal(added, STORE_ADDED);
	struct store_article *a = store_article(f->store, id, &f->error);
	assert_non_null(a);
	assert_int_equal(a->id, id);
	assert_int_equal(a->feed_id, f->feed);
	assert_string_equal(a->guid, "urn:1");
	assert_string_equal(a->title, article.title.ptr);
	assert_string_equal(a->section, "سياسة");
	assert_string_equal(a->author, "ليلى");
	assert_string_equal(a->url, article.url.ptr);
	assert_string_equal(a->summary, article.summary.ptr);
	assert_string_equal(a->feed_title, "الاختبار");
	assert_string_equal(a->language, "ar-EG");
	assert_string_equal(a->html, "<p>متن</p>");
	assert_int_equal(a->direction, STORE_RTL);
	assert_int_equal(a->override, STORE_AUTO);
	assert_int_equal(a->published, 1700000000);
	assert_in_range(a->added, before, time(NULL));
	assert_false(a->read || a->starred || a->progress);
	store_article_free(a);
	/* The same guid in another feed is another article. */
	int64_t feed;
	MUST(f, store_feed_ensure(f->store, STR("other"), STR("other"), &feed, &f->error));
	MUST(f, store_add(f->store, feed, &article, &again, &added, &f->error));
	assert_true(added == STORE_ADDED && again != id);
	MUST(f, store_add(f->store, feed, &article, NULL, NULL, &f->error));
	assert_counts(f, &all, 2, 2);
}

static void test_add_updates_and_keeps_state(void **state)
{
	struct fixture *f = *state;
	struct store_position p = {.offset = 77, .hash = UINT64_MAX, .progress = 40};
	int64_t id = fixture_add(f, "1", "قديم", 1600000000), again;
	enum store_outcome added = STORE_ADDED;
	MUST(f, store_set_read(f->store, id, true, &f->error));
	MUST(f, store_set_starred(f->store, id, true, &f->error));
	MUST(f, store_set_override(f->store, id, STORE_LTR, &f->error));
	MUST(f, store_set_position(f->store, id, &p, &f->error));
	struct store_new_article article = {.guid = STR("1"),
		.title = STR("جديد"),
		.html = STR("<p>آخر</p>"),
		.author = STR("سمير"),
		.published = STORE_NO_DATE};
	MUST(f, store_add(f->store, f->feed, &article, &again, &added, &f->error));
	assert_int_equal(again, id);
	assert_int_equal(added, STORE_UPDATED);
	struct store_article *a = store_article(f->store, id, &f->error);
	assert_non_null(a);
	assert_string_equal(a->title, "جديد");
	assert_string_equal(a->html, "<p>آخر</p>");
	assert_string_equal(a->author, "سمير");
	assert_string_equal(a->language, "");
	assert_int_equal(a->published, 1600000000); /* a known date is not forgotten */
	assert_true(a->read && a->starred);
	assert_int_equal(a->override, STORE_LTR);
	assert_int_equal(a->progress, 40);
	store_article_free(a);
	MUST(f, store_get_position(f->store, id, &p, &f->error));
	assert_true(p.offset == 77 && p.hash == UINT64_MAX);
	assert_counts(f, &starred, 1, 0);
}

static void test_missing(void **state)
{
	struct fixture *f = *state;
	struct store_position p = {.progress = 1};
	struct store_counts counts;
	struct store_page page;
	struct store_list feed = {.kind = STORE_FEED, .feed_id = 99, .since = INT64_MAX};
	struct store_new_article article = {.guid = STR("1")};
	assert_null(store_article(f->store, 7, &f->error));
	assert_int_equal(f->error.status, EX_NOINPUT);
	assert_non_null(strstr(f->error.message, "no article 7"));
	assert_null(store_article(f->store, 7, NULL));
	assert_int_equal(store_set_read(f->store, 7, true, &f->error), -1);
	assert_int_equal(store_set_starred(f->store, 7, false, &f->error), -1);
	assert_int_equal(store_set_override(f->store, 7, STORE_LTR, &f->error), -1);
	assert_int_equal(store_set_position(f->store, 7, &p, &f->error), -1);
	assert_int_equal(store_get_position(f->store, 7, &p, &f->error), -1);
	assert_int_equal(f->error.status, EX_NOINPUT);
	f->error.status = 0;
	assert_int_equal(store_count(f->store, &feed, &counts, &f->error), -1);
	assert_int_equal(f->error.status, EX_NOINPUT);
	MUST(f, store_headlines(f->store, &feed, NULL, false, 9, &page, &f->error));
	assert_int_equal(page.count, 0);
	f->error.status = 0;
	assert_int_equal(store_add(f->store, 99, &article, NULL, NULL, &f->error), -1);
	assert_int_equal(f->error.status, EX_NOINPUT);
	article.guid = STR("");
	assert_int_equal(store_add(f->store, f->feed, &article, NULL, NULL, &f->error), -1);
	assert_int_equal(f->error.status, EX_DATAERR);
	assert_counts(f, &all, 0, 0);
}

/* NULs and broken bytes go in; valid UTF-8 without NUL comes out. */
static void test_unclean_text(void **state)
{
	struct fixture *f = *state;
	int64_t id, again;
	struct store_new_article article = {
		.guid = STR("a\0b"),
		.title = STR("x\0y\xff\xc3z\xed\xa0\x80"),
		.html = {NULL, 0},
	};
	MUST(f, store_add(f->store, f->feed, &article, &id, NULL, &f->error));
	MUST(f, store_add(f->store, f->feed, &article, &again, NULL, &f->error));
	assert_int_equal(id, again);
	struct store_article *a = store_article(f->store, id, &f->error);
	assert_non_null(a);
	assert_true(utf8_valid(str_of(a->title)));
	assert_int_equal(strncmp(a->title, "x\uFFFDy\uFFFD\uFFFDz", 12), 0);
	assert_string_equal(a->guid, "a\uFFFDb");
	assert_string_equal(a->html, "");
	store_article_free(a);
}

static void test_long_text(void **state)
{
	struct fixture *f = *state;
	size_t len = 1 << 20;
	int64_t id;
	char *text = malloc(len);
	assert_non_null(text);
	for (size_t i = 0; i < len; i += 2)
		memcpy(text + i, i % 64 ? "م" : "\n\n", 2);
	struct store_new_article article = {
		.guid = {text, len}, .title = {text, len}, .html = {text, len}};
	MUST(f, store_add(f->store, f->feed, &article, &id, NULL, &f->error));
	fixture_open(f);
	struct store_article *a = store_article(f->store, id, &f->error);
	assert_non_null(a);
	assert_int_equal(strlen(a->html), len);
	assert_memory_equal(a->html, text, len);
	assert_memory_equal(a->title, text, len);
	store_article_free(a);
	free(text);
}

static void test_lists_and_since(void **state)
{
	struct fixture *f = *state;
	struct store_position half = {.offset = 9, .progress = 50}, end = {.progress = 100},
			      none = {0};
	static const struct timespec pause = {0, 3000000};
	fixture_add(f, "1", "واحد", 300);
	fixture_add(f, "2", "اثنان", 100);
	fixture_add(f, "3", "ثلاثة", 200);
	fixture_add(f, "4", "أربعة", STORE_NO_DATE); /* sorted by when it came: now */
	assert_ids(f, &all, "4 1 3 2");
	MUST(f, store_set_starred(f->store, 2, true, &f->error));
	MUST(f, store_set_starred(f->store, 1, true, &f->error));
	MUST(f, store_set_position(f->store, 1, &half, &f->error));
	MUST(f, store_set_position(f->store, 4, &half, &f->error));
	MUST(f, store_set_position(f->store, 3, &half, &f->error));
	MUST(f, store_set_position(f->store, 2, &end, &f->error));
	assert_ids(f, &starred, "1 2");
	assert_ids(f, &unfinished, "3 4 1");
	MUST(f, store_set_read(f->store, 4, true, &f->error));
	assert_ids(f, &unfinished, "3 4 1"); /* marking read is not finishing */
	assert_counts(f, &unfinished, 3, 2);
	nanosleep(&pause, NULL);
	struct store_list since = {.kind = STORE_UNREAD, .since = fixture_now_ms()};
	MUST(f, store_set_read(f->store, 3, true, &f->error));
	assert_ids(f, &unread, "1 2");
	assert_ids(f, &since, "1 3 2");
	assert_counts(f, &since, 2, 2); /* counts are of now */
	MUST(f, store_mark_all_read(f->store, &all, NULL, &f->error));
	assert_ids(f, &unread, "");
	assert_ids(f, &since, "1 3 2");
	since.kind = STORE_STARRED;
	MUST(f, store_set_starred(f->store, 1, false, &f->error));
	assert_ids(f, &starred, "2");
	assert_ids(f, &since, "1 2");
	since.kind = STORE_UNFINISHED;
	MUST(f, store_set_position(f->store, 1, &none, &f->error));
	MUST(f, store_set_position(f->store, 3, &end, &f->error));
	assert_ids(f, &unfinished, "4");
	assert_ids(f, &since, "3 1 4");
	MUST(f, store_get_position(f->store, 1, &half, &f->error));
	assert_true(half.offset == 0 && half.hash == 0 && half.progress == 0);
}

static void test_transactions(void **state)
{
	struct fixture *f = *state;
	int64_t id = fixture_add(f, "1", "باق", STORE_NO_DATE);
	MUST(f, store_begin(f->store, &f->error));
	assert_int_equal(store_begin(f->store, &f->error), -1);
	fixture_add(f, "2", "زائل", STORE_NO_DATE);
	MUST(f, store_set_read(f->store, id, true, &f->error));
	assert_counts(f, &all, 2, 1);
	/* One that fails takes nothing else with it. */
	struct store_new_article article = {.guid = STR("3")};
	assert_int_equal(store_add(f->store, 99, &article, NULL, NULL, &f->error), -1);
	assert_counts(f, &all, 2, 1);
	store_rollback(f->store);
	assert_counts(f, &all, 1, 1);
	assert_int_equal(store_commit(f->store, &f->error), -1);
	store_rollback(f->store); /* harmless */
	MUST(f, store_begin(f->store, &f->error));
	fixture_add(f, "2", "باق", STORE_NO_DATE);
	MUST(f, store_commit(f->store, &f->error));
	assert_counts(f, &all, 2, 2);
	MUST(f, store_begin(f->store, &f->error));
	fixture_add(f, "3", "لم يثبت", STORE_NO_DATE);
	fixture_open(f); /* closed without a commit */
	assert_counts(f, &all, 2, 2);
}

static void test_position_range(void **state)
{
	struct fixture *f = *state;
	int64_t id = fixture_add(f, "1", "خبر", STORE_NO_DATE);
	struct store_position p = {
		.offset = UINT64_MAX, .hash = UINT64_C(1) << 63, .progress = 300};
	MUST(f, store_set_position(f->store, id, &p, &f->error));
	MUST(f, store_get_position(f->store, id, &p, &f->error));
	assert_true(p.offset == UINT64_MAX && p.hash == UINT64_C(1) << 63 && p.progress == 100);
	assert_counts(f, &unfinished, 0, 0);
	p.progress = -5;
	MUST(f, store_set_position(f->store, id, &p, &f->error));
	MUST(f, store_get_position(f->store, id, &p, &f->error));
	assert_int_equal(p.progress, 0);
	assert_counts(f, &unfinished, 1, 1);
}

/* ---- plans ------------------------------------------------------------ */

/* Fails when the plan of a statement reads a whole table or sorts. */
static void check_plan(sqlite3 *db, enum statement_id id)
{
	char sql[2048];
	sqlite3_stmt *plan;
	bool cursor = id >= STATEMENT_ALL_AFTER && id <= STATEMENT_UNFINISHED_LEFT_BEFORE;
	int ties = 0;
	int len = snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", statement_sql(id));
	assert_in_range(len, 1, sizeof sql - 1);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &plan, NULL), SQLITE_OK);
	while (sqlite3_step(plan) == SQLITE_ROW) {
		const char *step = (const char *)sqlite3_column_text(plan, 3);
		/* There are few feeds and lists beside articles: a run may look at all of them. */
		bool feeds = strcmp(step, "SCAN feed USING INDEX feed_title") == 0 ||
			     strcmp(step, "SCAN smart_list") == 0 ||
			     strcmp(step, "SCAN visit") == 0 ||
			     strcmp(step, "SCAN download") == 0 ||
			     strcmp(step, "SCAN other") == 0 || /* the same */
			     strcmp(step, "SCAN visit USING INDEX visit_failing") == 0 ||
			     (id == STATEMENT_SUBSCRIPTIONS && strcmp(step, "SCAN feed") == 0);
		if (strstr(step, "TEMP B-TREE") && !strstr(sql, "failures > 0") &&
			id != STATEMENT_SMART_LISTS)
			fail_msg("%s: %s", sql, step);
		/* What has a star is counted in its own index; "mark all read" goes through all
		 * there is to mark, in the list's own index. */
		bool marks = id >= STATEMENT_READ_ALL && strstr(step, "USING INDEX");
		/* The latest that stands: from the newest on.  What was read lately is counted. */
		bool short_way =
			(id == STATEMENT_JOURNAL_LAST && strcmp(step, "SCAN journal") == 0) ||
			(id == STATEMENT_LATELY_COUNT && strstr(step, "COVERING INDEX"));
		marks |= short_way || strstr(step, "VIRTUAL TABLE") ||
			 strstr(step, "SCAN (subquery") ||
			 strcmp(step, "SCAN told") == 0; /* a subquery of one row */
		/* The search index is no table; what it has over is counted by doctor. */
		feeds |= strstr(step, "SCAN search VIRTUAL TABLE INDEX") ||
			 id == STATEMENT_SEARCH_STALE;
		if (strstr(step, "SCAN") && !strstr(step, "CONSTANT ROW") && !feeds && !marks)
			fail_msg("%s: %s", sql, step);
		ties += strstr(step, "=? AND rowid") != NULL;
	}
	sqlite3_finalize(plan);
	if (cursor && ties != 1) /* rows of the same time are found by id */
		fail_msg("%s: does not seek among equal times", sql);
}

static void test_plans(void **state)
{
	struct fixture *f = *state;
	for (int id = STATEMENT_BEGIN_READ; id < STATEMENT_COUNT; id++)
		check_plan(f->store->db, (enum statement_id)id);
}

static void add_many(struct fixture *f, int from, int to)
{
	MUST(f, store_begin(f->store, &f->error));
	for (int i = from; i < to; i++) {
		char guid[32];
		snprintf(guid, sizeof guid, "%d", i);
		fixture_add(f, guid, "عنوان", 1000); /* the same time for all */
	}
	MUST(f, store_commit(f->store, &f->error));
}

/* Steps of SQLite's machine for a page of 20 in the middle of the list. */
static int64_t page_cost(struct fixture *f, const struct store_list *list, int64_t middle)
{
	struct store_page page;
	struct store_cursor cursor = {1000, middle};
	int64_t steps = 0;
	for (int before = 0; before < 2; before++) {
		MUST(f, store_headlines(f->store, list, &cursor, before, 20, &page, &f->error));
		assert_int_equal(page.count, 20);
		store_page_free(&page);
	}
	for (int id = 0; id < STATEMENT_COUNT; id++) {
		if (f->store->statements[id])
			steps += sqlite3_stmt_status(
				f->store->statements[id], SQLITE_STMTSTATUS_VM_STEP, 1);
	}
	return steps;
}

static void test_page_cost_does_not_grow(void **state)
{
	struct fixture *f = *state;
	struct store_list feed = {.kind = STORE_FEED, .feed_id = f->feed, .since = INT64_MAX};
	struct store_list since = {.kind = STORE_UNREAD, .since = 1};
	const struct store_list *lists[] = {&all, &feed, &since};
	int64_t costs[2][3];
	for (int size = 0; size < 2; size++) {
		add_many(f, size ? 200 : 0, size ? 10000 : 200);
		MUST(f, store_mark_all_read(f->store, &all, NULL, &f->error));
		for (int i = 0; i < 3; i++) {
			page_cost(f, lists[i], 100); /* prepares */
			costs[size][i] = page_cost(f, lists[i], size ? 5000 : 100);
		}
	}
	for (int i = 0; i < 3; i++) {
		if (costs[1][i] > costs[0][i] * 3 / 2)
			fail_msg("list %d: %d steps for 200, %d for 10000", i, (int)costs[0][i],
				(int)costs[1][i]);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_feeds),
		TEST(test_article_round_trip),
		TEST(test_add_updates_and_keeps_state),
		TEST(test_missing),
		TEST(test_unclean_text),
		TEST(test_long_text),
		TEST(test_lists_and_since),
		TEST(test_transactions),
		TEST(test_position_range),
		TEST(test_plans),
		TEST(test_page_cost_does_not_grow),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
