/* One visit after another: conditional requests, growth, edits, moves, ends, pauses. */
#include "e2e.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define GROWING "/feed/ar/6?grow=2"

static void expect_header(const char *target, const char *name, bool present)
{
	char *value = server_header(e2e_server, target, name);
	if ((value != NULL) != present)
		fail_msg("%s: %s is %s", target, name, value ? value : "missing");
	free(value);
}

/* Fetches once and compares the feed's event. */
static void expect_visit(
	int64_t feed, const char *outcome, int http, int64_t added, int64_t updated)
{
	struct run run = e2e_fetched(0, NULL);
	json_t *event = e2e_event(run, feed);
	if (strcmp(e2e_text(event, "outcome"), outcome) != 0 || e2e_number(event, "http") != http ||
		e2e_number(event, "added") != added || e2e_number(event, "updated") != updated)
		fail_msg("%s, %d, %d, %d is not so: %.*s", outcome, http, (int)added, (int)updated,
			STR_ARG(run.out));
	json_decref(event);
	e2e_check_store();
}

/* Validators of each kind are sent back letter by letter, and what changed is fetched. */
static void test_conditional(void **state)
{
	(void)state;
	static const struct {
		const char *query, *header, *other;
	} kinds[] = {
		{"etag=strong", "if-none-match", "if-modified-since"},
		{"etag=weak", "if-none-match", "if-modified-since"},
		{"modified=1", "if-modified-since", "if-none-match"},
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		char target[100];
		server_tell(e2e_server, "/_/epoch?n=0");
		snprintf(target, sizeof target, "%s&%s", GROWING, kinds[i].query);
		const char *url = E2E_URL("%s", target);
		int64_t feed = e2e_subscribe(url);
		expect_visit(feed, "new", 200, 6, 0);
		expect_header(target, kinds[i].header, false);
		expect_visit(feed, "same", 304, 0, 0);
		expect_header(target, kinds[i].header, true);
		expect_header(target, kinds[i].other, false);
		server_tell(e2e_server, "/_/epoch?n=3");
		expect_visit(feed, "new", 200, 6, 0);
		expect_visit(feed, "same", 304, 0, 0);
		assert_int_equal(e2e_articles(feed), 12);
		assert_int_equal(e2e_feed(feed)->visit.http_status, 304);
		e2e_sql("DELETE FROM feed WHERE id = ?1 RETURNING id", feed);
	}
}

/* Without validators the same bytes are known again, and so are the same articles. */
static void test_unchanged(void **state)
{
	(void)state;
	const char *url = E2E_URL("%s", GROWING), *edited = E2E_URL("/feed/he/4?edit=1");
	int64_t feed = e2e_subscribe(url), other = e2e_subscribe(edited);
	e2e_fetched(0, NULL);
	expect_visit(feed, "same", 200, 0, 0);
	/* What was read stays read, what is edited stays one article. */
	e2e_sql("UPDATE article SET read_at = 1 WHERE feed_id = ?1 RETURNING id", feed);
	e2e_sql("UPDATE article SET read_at = 1 WHERE feed_id = ?1 RETURNING id", other);
	server_tell(e2e_server, "/_/epoch?n=1");
	expect_visit(feed, "new", 200, 2, 0);
	server_tell(e2e_server, "/_/epoch?n=2");
	expect_visit(other, "new", 200, 0, 4);
	assert_int_equal(e2e_sql("SELECT unread FROM feed WHERE id = ?1", feed), 4);
	assert_int_equal(e2e_sql("SELECT unread FROM feed WHERE id = ?1", other), 0);
	assert_int_equal(e2e_articles(other), 4);
	assert_int_equal(e2e_sql("SELECT count(*) FROM body WHERE html LIKE '%[2]%'", 0), 4);
}

static int64_t addresses(const char *url)
{
	char sql[300];
	snprintf(sql, sizeof sql, "SELECT count(*) FROM feed WHERE key = '%s'", url);
	return e2e_sql(sql, 0);
}

/* A permanent redirect is believed when it repeats, a temporary one never. */
static void test_moved(void **state)
{
	(void)state;
	static const int codes[] = {301, 308, 302, 307};
	const char *targets[4];
	int64_t feeds[4];
	for (size_t i = 0; i < 4; i++) {
		const char *from = E2E_URL("/redirect/%d/1/feed/ar/3?seed=%zu", codes[i], i);
		targets[i] = E2E_URL("/feed/ar/3?seed=%zu", i);
		feeds[i] = e2e_subscribe(from);
	}
	for (int i = 0; i < 2; i++) {
		e2e_fetched(0, NULL);
		for (size_t j = 0; j < 4; j++)
			assert_int_equal(addresses(targets[j]), 0);
	}
	e2e_fetched(0, NULL);
	e2e_fetched(0, NULL);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(addresses(targets[i]), i < 2);
		assert_int_equal(e2e_articles(feeds[i]), 3);
	}
	e2e_check_store();
}

/* Where it moves to is subscribed to already: nothing is lost, both stay. */
static void test_moved_onto_another(void **state)
{
	(void)state;
	const char *target = E2E_URL("/feed/ar/3");
	int64_t there = e2e_subscribe(target),
		mover = e2e_subscribe(E2E_URL("/redirect/301/1/feed/ar/3"));
	for (int i = 0; i < 5; i++)
		e2e_fetched(0, NULL);
	assert_int_equal(addresses(target), 1);
	assert_int_equal(e2e_articles(there), 3);
	assert_int_equal(e2e_articles(mover), 3);
	e2e_check_store();
}

/* 410: told once, never asked for again, its articles stay. */
static void test_gone(void **state)
{
	(void)state;
	const char *url = E2E_URL("/x");
	server_tell(e2e_server, "/_/alias?path=/x&to=/feed/ar/3&to=/status/410");
	int64_t feed = e2e_subscribe(url);
	e2e_fetched(0, NULL);
	json_t *event = e2e_event(e2e_fetch(NULL), feed);
	assert_string_equal(e2e_text(event, "outcome"), "stopped");
	json_decref(event);
	assert_true(e2e_feed(feed)->visit.stopped);
	e2e_fetch(NULL);
	e2e_fetch("--due", NULL);
	assert_int_equal(server_visits(e2e_server, "/x"), 2);
	assert_int_equal(e2e_articles(feed), 3);
}

/* A failure keeps what was there and is forgotten by the next success. */
static void test_recovery(void **state)
{
	(void)state;
	server_tell(e2e_server, "/_/alias?path=/x&to=/feed/ar/3&to=/status/500&to=/close"
				"&to=/hostile/noise&to=/feed/ar/4");
	int64_t feed = e2e_subscribe(E2E_URL("/x"));
	e2e_fetched(0, NULL);
	int64_t last = 0;
	for (int i = 1; i <= 3; i++) {
		e2e_fetched(EX_UNAVAILABLE, NULL);
		assert_int_equal(e2e_feed(feed)->visit.failures, i);
		assert_int_equal(e2e_articles(feed), 3);
		int64_t wait = e2e_feed(feed)->visit.next_at - (int64_t)time(NULL);
		assert_true(wait > 0);
		last = wait;
	}
	assert_in_range(last, 100 * 60, 150 * 60); /* half an hour, doubled twice */
	e2e_fetched(0, NULL);
	assert_int_equal(e2e_feed(feed)->visit.failures, 0);
	assert_string_equal(e2e_feed(feed)->visit.error, "");
	assert_int_equal(e2e_articles(feed), 4);
}

/* --due asks nobody before the time, and everybody after it. */
static void test_due(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		e2e_subscribe(E2E_URL("/feed/ar/2?seed=%d", i));
	e2e_subscribe(server_url(e2e_server, 2, "/status/429?retry=600"));
	e2e_fetched(EX_UNAVAILABLE, "--due", NULL);
	assert_int_equal(server_visits(e2e_server, "/feed/ar/2?seed=4"), 1);
	server_tell(e2e_server, "/_/forget");
	struct run run = e2e_fetched(0, "--due", NULL);
	json_t *end = e2e_end(run), *log = server_log(e2e_server);
	assert_int_equal(e2e_number(end, "feeds"), 0);
	assert_int_equal(json_array_size(json_object_get(log, "log")), 0);
	json_decref(end);
	json_decref(log);
	e2e_sql("UPDATE visit SET next_at = next_at - 86400 RETURNING 1", 0);
	e2e_fetched(EX_UNAVAILABLE, "--due", NULL);
	assert_int_equal(server_visits(e2e_server, "/feed/ar/2?seed=4"), 1);
}

/* A host that asks for a pause is left alone, all its feeds with it, and none of them failed. */
static void test_pause(void **state)
{
	(void)state;
	enum { FEEDS = 30 };
	int64_t feeds[FEEDS], asked = 0, later = 0;
	server_tell(e2e_server, "/_/latency?ms=100");
	for (int i = 0; i < FEEDS; i++)
		feeds[i] =
			e2e_subscribe(server_url(e2e_server, 3, "/status/429?retry=3600&n=%d", i));
	struct run run = e2e_fetch(NULL);
	assert_true(run.status == EX_UNAVAILABLE);
	for (int i = 0; i < FEEDS; i++) {
		char target[64];
		snprintf(target, sizeof target, "/status/429?retry=3600&n=%d", i);
		asked += server_visits(e2e_server, target);
		const struct store_visit *visit = &e2e_feed(feeds[i])->visit;
		later += visit->failures == 0 && strstr(visit->error, "pause") != NULL;
		assert_true(visit->next_at >= time(NULL) + 3000);
	}
	assert_in_range(asked, 1, 8); /* those that were under way */
	assert_int_equal(asked + later, FEEDS);
	/* That is seen where feeds are listed; named ones ask all the same, but for the pause. */
	run = khabar("feeds", "--db", E2E_STORE, NULL);
	assert_run(run, 0);
	assert_holds(run.out, " ~ ");
	assert_holds(run.out, "asked for a pause");
}

/* Only the feeds that are named. */
static void test_some(void **state)
{
	(void)state;
	char id[24];
	int64_t one = e2e_subscribe(E2E_URL("/feed/ar/2")),
		other = e2e_subscribe(E2E_URL("/feed/he/2"));
	snprintf(id, sizeof id, "%lld", (long long)one);
	e2e_fetched(0, id, NULL);
	assert_int_equal(e2e_articles(one), 2);
	assert_int_equal(e2e_articles(other), 0);
	e2e_fetched(0, E2E_URL("/feed/he/2"), NULL);
	assert_int_equal(e2e_articles(other), 2);
	assert_int_equal(server_visits(e2e_server, "/feed/ar/2"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		E2E_TEST(test_conditional),
		E2E_TEST(test_unchanged),
		E2E_TEST(test_moved),
		E2E_TEST(test_moved_onto_another),
		E2E_TEST(test_gone),
		E2E_TEST(test_recovery),
		E2E_TEST(test_due),
		E2E_TEST(test_pause),
		E2E_TEST(test_some),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
