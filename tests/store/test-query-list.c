/*
 * Lists of queries in the store: what stays in one that is being read, the places where looking
 * stops, orders, shadows of a story, counts that are capped, and marking all.
 */
#include "fixture.h"

#include "query/query.h"
#include "store/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MANY = 25000 };

static struct query *parse(const char *text)
{
	const struct query_context context = {.now = (int64_t)time(NULL)};
	struct query_error error;
	struct query *query = query_parse(str_of(text), &context, &error);
	if (!query)
		fail_msg("%s: column %zu: %s", text, error.column, error.message);
	return query;
}

static void check_page(struct fixture *f, const char *text, int64_t since, const char *expected)
{
	struct query *query = parse(text);
	const struct store_list list = {.kind = STORE_QUERY, .since = since, .query = query};
	struct store_page page;
	struct buffer titles = {0};
	MUST(f, store_index(f->store, 1000, &f->error) < 0);
	MUST(f, store_headlines(f->store, &list, NULL, false, 100, &page, &f->error));
	for (size_t i = 0; i < page.count; i++)
		buffer_printf(&titles, "%s%s", i > 0 ? " " : "", page.items[i].title);
	assert_string_equal(titles.data ? titles.data : "", expected);
	buffer_free(&titles);
	store_page_free(&page);
	query_free(query);
}

static void test_nothing_vanishes(void **state)
{
	struct fixture *f = *state;
	int64_t a = fixture_add(f, "a", "alpha", 1000), b = fixture_add(f, "b", "beta", 2000);
	fixture_add(f, "c", "gamma", 3000);
	MUST(f, store_set_starred(f->store, a, true, &f->error));
	int64_t since = fixture_now_ms();
	check_page(f, "is:unread", since, "gamma beta alpha");
	MUST(f, store_set_read(f->store, b, true, &f->error));
	MUST(f, store_set_starred(f->store, a, false, &f->error));
	check_page(f, "is:unread", since, "gamma beta alpha");
	check_page(f, "is:unread", INT64_MAX, "gamma alpha");
	check_page(f, "-is:read", since, "gamma beta alpha");
	check_page(f, "-is:read", INT64_MAX, "gamma alpha");
	check_page(f, "is:starred", since, "alpha");
	check_page(f, "is:starred", INT64_MAX, "");
	check_page(f, "is:unread beta or is:unread gamma", since, "gamma beta");
	check_page(f, "unread title:/a$/", since, "gamma beta alpha");
	MUST(f, store_set_read(f->store, b, false, &f->error));
	check_page(f, "is:read", since, "beta"); /* it was read, and is unread again, since */
	check_page(f, "is:read", INT64_MAX, "");
}

static void test_orders(void **state)
{
	struct fixture *f = *state;
	fixture_add(f, "a", "Zebra", 3000);
	fixture_add(f, "b", "apple", 2000);
	fixture_add(f, "c", "أسد", 1000);
	fixture_add(f, "d", "Mango", 500);
	check_page(f, "", INT64_MAX, "Zebra apple أسد Mango");
	check_page(f, "sort:-date", INT64_MAX, "Mango أسد apple Zebra");
	check_page(f, "sort:title", INT64_MAX, "apple Mango Zebra أسد");
	check_page(f, "sort:-title", INT64_MAX, "أسد Zebra Mango apple");
	check_page(f, "sort:score", INT64_MAX, "Zebra apple أسد Mango");
	check_page(f, "sort:score mango or نص", INT64_MAX, "Mango Zebra apple أسد");
	fixture_add(f, "e", "Part\u00A010", 400);
	fixture_add(f, "f", "Part\u00A02", 300);
	check_page(f, "title:part sort:title", INT64_MAX, "Part\u00A02 Part\u00A010");
}

/* What was sorted once is remembered, but never longer than it is true. */
static void test_sorted_lists_follow_the_store(void **state)
{
	struct fixture *f = *state;
	struct query *query = parse("is:unread sort:title");
	const struct store_list list = {.kind = STORE_QUERY, .since = INT64_MAX, .query = query};
	struct store_page page;
	int64_t b = fixture_add(f, "b", "beta", 2000);
	fixture_add(f, "c", "gamma", 1000);
	for (int again = 0; again < 2; again++)
		check_page(f, "is:unread sort:title", INT64_MAX, "beta gamma");
	check_page(f, "is:unread sort:-title", INT64_MAX, "gamma beta");
	check_page(f, "is:unread sort:title after:1970-01-02", INT64_MAX, "");
	fixture_add(f, "a", "alpha", 3000);
	check_page(f, "is:unread sort:title", INT64_MAX, "alpha beta gamma");
	/* By another process, and with the same query. */
	MUST(f, store_headlines(f->store, &list, NULL, false, 9, &page, &f->error));
	assert_int_equal(page.count, 3);
	store_page_free(&page);
	struct store *second = store_open(f->path, STORE_WRITE, &f->error);
	assert_non_null(second);
	MUST(f, store_set_read(second, b, true, &f->error));
	MUST(f, store_headlines(f->store, &list, NULL, false, 9, &page, &f->error));
	assert_int_equal(page.count, 2);
	assert_string_equal(page.items[1].title, "gamma");
	store_page_free(&page);
	MUST(f, store_set_starred(second, b, true, &f->error));
	store_close(second);
	/* Tests of the query's own are others in the same place. */
	check_page(f, "title:/^a/ sort:title", INT64_MAX, "alpha");
	check_page(f, "title:/^g/ sort:title", INT64_MAX, "gamma");
	check_page(f, "is:starred sort:title", INT64_MAX, "beta");
	query_free(query);
}

/* Page by page, in both directions, of an order that is not that of date. */
static void test_pages_of_an_order(void **state)
{
	struct fixture *f = *state;
	char title[16];
	struct query *query = parse("sort:title");
	const struct store_list list = {.kind = STORE_QUERY, .since = INT64_MAX, .query = query};
	for (int i = 0; i < 50; i++) {
		snprintf(title, sizeof title, "t%02d", i * 7 % 50);
		fixture_add(f, title, title, 1000 + i);
	}
	for (int before = 0; before < 2; before++) {
		struct store_cursor cursor = {0, 0};
		for (int seen = 0; seen < 50;) {
			struct store_page page;
			MUST(f, store_headlines(f->store, &list, seen ? &cursor : NULL, before, 8,
					&page, &f->error));
			assert_true(page.count == (seen + 8 <= 50 ? 8 : 2));
			for (size_t i = 0; i < page.count; i++) {
				int at = before ? 50 - seen - (int)page.count + (int)i
						: seen + (int)i;
				snprintf(title, sizeof title, "t%02d", at);
				assert_string_equal(page.items[i].title, title);
			}
			seen += (int)page.count;
			const struct store_headline *last =
				&page.items[before ? 0 : page.count - 1];
			cursor = (struct store_cursor){last->sort, last->id};
			store_page_free(&page);
		}
	}
	query_free(query);
}

static void test_shadows(void **state)
{
	struct fixture *f = *state;
	int64_t a = fixture_add(f, "a", "alpha", 1000), *ids;
	fixture_add(f, "b", "beta", 2000);
	char sql[96];
	snprintf(sql, sizeof sql, "UPDATE article SET shadowed = 1, starred = 1 WHERE id = %lld",
		(long long)a);
	fixture_sql(f->path, sql);
	check_page(f, "", INT64_MAX, "beta");
	check_page(f, "is:unread", INT64_MAX, "beta");
	check_page(f, "alpha or beta", INT64_MAX, "beta");
	check_page(f, "feed:x or is:starred", INT64_MAX, "alpha");
	check_page(f, "-id:77", INT64_MAX, "beta alpha");
	struct query *query = parse("is:unread");
	size_t count;
	MUST(f, store_query_ids(f->store, query, &ids, &count, &f->error));
	assert_int_equal(count, 2); /* marking marks both */
	free(ids);
	query_free(query);
}

static void add_many(struct fixture *f)
{
	char guid[16];
	MUST(f, store_begin(f->store, &f->error));
	for (int i = 0; i < MANY; i++) {
		snprintf(guid, sizeof guid, "%d", i);
		fixture_add(f, guid, i == 3 ? "needle" : "hay", i == 3 ? 1000 : 200000 + i);
	}
	MUST(f, store_commit(f->store, &f->error));
}

/* A row that is far behind is found in several steps, none of which looks at all. */
static void test_stops(void **state)
{
	struct fixture *f = *state;
	struct query *query = parse("title:/needle/");
	const struct store_list list = {.kind = STORE_QUERY, .since = INT64_MAX, .query = query};
	struct store_page page;
	struct store_counts counts;
	add_many(f);
	MUST(f, store_headlines(f->store, &list, NULL, false, 10, &page, &f->error));
	assert_true(page.stopped && page.count == 0);
	assert_int_equal(page.reached.sort, 200000 + MANY - 20000);
	struct store_cursor reached = page.reached;
	store_page_free(&page);
	MUST(f, store_headlines(f->store, &list, &reached, false, 10, &page, &f->error));
	assert_true(!page.stopped && page.count == 1);
	assert_string_equal(page.items[0].title, "needle");
	store_page_free(&page);
	MUST(f, store_count(f->store, &list, &counts, &f->error));
	assert_true(counts.total == 1 && !counts.more);
	query_free(query);
	query = parse("title:/hay/");
	const struct store_list most = {.kind = STORE_QUERY, .since = INT64_MAX, .query = query};
	MUST(f, store_count(f->store, &most, &counts, &f->error));
	assert_true(counts.total == 10000 && counts.more);
	query_free(query);
	/* a bound of time spares the way there */
	query = parse("title:/needle/ before:1970-01-02ad after:1960ad");
	const struct store_list old = {.kind = STORE_QUERY, .since = INT64_MAX, .query = query};
	MUST(f, store_headlines(f->store, &old, NULL, false, 10, &page, &f->error));
	assert_true(page.count == 1 && !page.stopped);
	store_page_free(&page);
	query_free(query);
}

static void test_marking(void **state)
{
	struct fixture *f = *state;
	struct query *query = parse("title:/a$/");
	const struct store_list list = {.kind = STORE_QUERY, .since = INT64_MAX, .query = query};
	struct store_counts counts;
	struct store_action action;
	int64_t changed;
	fixture_add(f, "a", "alpha", 1000);
	fixture_add(f, "b", "beta", 2000);
	fixture_add(f, "c", "other", 3000);
	MUST(f, store_mark_all_read(f->store, &list, &changed, &f->error));
	assert_int_equal(changed, 2);
	check_page(f, "unread", INT64_MAX, "other");
	MUST(f, store_undo(f->store, &action, &f->error)); /* one action */
	assert_int_equal(action.changed, 2);
	store_action_free(&action);
	MUST(f, store_count(f->store, &list, &counts, &f->error));
	assert_true(counts.total == 2 && counts.unread == 2 && !counts.more);
	const struct store_cursor older = {2000, INT64_MIN};
	const struct store_marking marking = {.older = &older};
	MUST(f, store_mark_list_read(f->store, &list, &marking, &changed, &f->error));
	assert_int_equal(changed, 1);
	check_page(f, "unread", INT64_MAX, "other beta");
	query_free(query);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_nothing_vanishes, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_orders, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			test_sorted_lists_follow_the_store, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			test_pages_of_an_order, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_shadows, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_stops, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_marking, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
