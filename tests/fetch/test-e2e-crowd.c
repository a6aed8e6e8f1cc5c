/* Many at once: a thousand feeds, limits, readers and other fetches beside it, early ends. */
#include "e2e.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* So many feeds of so many articles, spread over all hosts. */
static void subscribe(int feeds, int articles)
{
	struct error error;
	int64_t id;
	struct store *store = store_open(E2E_STORE, STORE_WRITE, &error);
	assert_non_null(store);
	assert_int_equal(store_begin(store, &error), 0);
	for (int i = 0; i < feeds; i++) {
		struct store_new_feed feed = {
			.url = str_of(server_url(e2e_server, 1 + i % 8,
				"/feed/ar/%d?seed=%d&etag=strong&grow=1", articles, i))};
		assert_int_equal(store_subscribe(store, &feed, &id, NULL, &error), 0);
	}
	assert_int_equal(store_commit(store, &error), 0);
	store_close(store);
}

static int64_t all_articles(void)
{
	return e2e_sql("SELECT count(*) FROM article", 0);
}

static void test_thousand(void **state)
{
	(void)state;
	enum { FEEDS = 1000, ARTICLES = 3 };
	e2e_settings("[fetch]\njobs = 40\nper-host = 6\n");
	subscribe(FEEDS, ARTICLES);
	server_tell(e2e_server, "/_/latency?ms=20");
	struct run run = e2e_fetched(0, NULL);
	assert_int_equal(count_lines(run.out), FEEDS + 2);
	json_t *end = e2e_end(run);
	assert_int_equal(e2e_number(end, "feeds"), FEEDS);
	assert_int_equal(e2e_number(end, "added"), FEEDS * ARTICLES);
	assert_int_equal(e2e_number(end, "failed"), 0);
	json_decref(end);
	assert_int_equal(all_articles(), FEEDS * ARTICLES);
	e2e_check_store();
	assert_in_range(server_most_requests(e2e_server, ""), 12, 40);
	assert_in_range(server_most_requests(e2e_server, "127.0.0.3"), 2, 6);
	assert_in_range(server_most_connections(e2e_server, "127.0.0.3"), 1, 7);
	run = e2e_fetched(0, NULL);
	end = e2e_end(run);
	assert_int_equal(e2e_number(end, "added"), 0);
	assert_int_equal(e2e_number(end, "updated"), 0);
	json_decref(end);
	assert_int_equal(all_articles(), FEEDS * ARTICLES);
}

/* As many as allowed, also when the server is slow; and no more. */
static void expect_most(const char *settings, const char *jobs, int all, int one)
{
	e2e_settings(settings);
	server_tell(e2e_server, "/_/forget");
	e2e_fetched(0, "--jobs", jobs, NULL);
	assert_int_equal(server_most_requests(e2e_server, ""), all);
	assert_in_range(server_most_requests(e2e_server, "127.0.0.2"), 1, one);
}

static void test_limits(void **state)
{
	(void)state;
	subscribe(64, 1);
	server_tell(e2e_server, "/_/latency?ms=100");
	expect_most("", "4", 4, 2);
	expect_most("[fetch]\nper-host = 1\n", "64", 8, 1);
	expect_most("[fetch]\nper-host = 4\n", "64", 32, 4);
	expect_most("[fetch]\nper-host = 4\n", "1", 1, 1);
}

/* One host that is dead slow does not hold up the others. */
static void test_slow_host(void **state)
{
	(void)state;
	e2e_settings("[fetch]\ntimeout = 6\n");
	for (int i = 0; i < 10; i++)
		e2e_subscribe(server_url(e2e_server, 2, "/feed/ar/2?delay=60000&n=%d", i));
	for (int i = 0; i < 40; i++)
		e2e_subscribe(server_url(e2e_server, 3 + i % 6, "/feed/ar/2?seed=%d", i));
	double start = now();
	pid_t pid = e2e_start("events");
	while (all_articles() < 80 && now() - start < 20)
		e2e_sleep_ms(20);
	assert_int_equal(all_articles(), 80);
	assert_true(now() - start < 6);
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
}

/* ---- beside others ------------------------------------------------------ */

/* Someone reads all the while, and holds a snapshot open. */
static void test_reader(void **state)
{
	(void)state;
	struct error error;
	struct store_counts counts;
	const struct store_list all = {.kind = STORE_ALL, .since = INT64_MAX};
	int64_t before = -1, version = 0, other = 0;
	int status = -1;
	subscribe(60, 10);
	server_tell(e2e_server, "/_/latency?ms=30");
	struct store *reader = store_open(E2E_STORE, STORE_WRITE, &error);
	assert_non_null(reader);
	assert_int_equal(store_data_version(reader, &version, &error), 0);
	pid_t pid = e2e_start("events");
	while (waitpid(pid, &status, WNOHANG) == 0) {
		struct store_page page;
		assert_int_equal(store_count(reader, &all, &counts, &error), 0);
		assert_true(counts.total >= before && counts.total % 10 == 0);
		before = counts.total;
		assert_int_equal(store_headlines(reader, &all, NULL, false, 50, &page, &error), 0);
		if (page.count)
			assert_int_equal(store_set_read(reader, page.items[0].id, true, &error), 0);
		store_page_free(&page);
	}
	assert_int_equal(status, 0);
	assert_int_equal(store_data_version(reader, &other, &error), 0);
	assert_true(other != version);
	store_close(reader);
	assert_int_equal(all_articles(), 600);
	assert_true(e2e_sql("SELECT count(*) FROM article WHERE read_at IS NOT NULL", 0) > 0);
	e2e_check_store();
}

static void test_two_fetches(void **state)
{
	(void)state;
	int status[3];
	pid_t pids[3];
	subscribe(60, 10);
	server_tell(e2e_server, "/_/latency?ms=20");
	for (int i = 0; i < 3; i++) {
		char events[16];
		snprintf(events, sizeof events, "events%d", i);
		pids[i] = e2e_start(events);
	}
	for (int i = 0; i < 3; i++) {
		waitpid(pids[i], &status[i], 0);
		assert_int_equal(status[i], 0);
	}
	assert_int_equal(all_articles(), 600);
	e2e_check_store();
}

/* A feed is removed while it is fetched: an error at most, and it does not come back. */
static void test_removed_meanwhile(void **state)
{
	(void)state;
	int status;
	server_tell(e2e_server, "/_/latency?ms=700");
	int64_t feed = e2e_subscribe(E2E_URL("/feed/ar/5"));
	pid_t pid = e2e_start("events");
	while (server_visits(e2e_server, "/feed/ar/5") == 0)
		e2e_sleep_ms(10);
	e2e_sql("DELETE FROM feed WHERE id = ?1 RETURNING id", feed);
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(all_articles(), 0);
	assert_int_equal(e2e_sql("SELECT count(*) FROM feed", 0), 0);
	e2e_check_store();
}

/* ---- early ends --------------------------------------------------------- */

static void test_stopped(void **state)
{
	(void)state;
	static const int signals[] = {SIGTERM, SIGINT, SIGHUP};
	subscribe(200, 5);
	server_tell(e2e_server, "/_/latency?ms=50");
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		int status;
		pid_t pid = e2e_start("events");
		e2e_sleep_ms(250);
		double start = now();
		kill(pid, signals[i]);
		waitpid(pid, &status, 0);
		assert_true(now() - start < 2);
		/* It ended itself, or by the signal: no crash. */
		assert_true(WIFEXITED(status) || WTERMSIG(status) == signals[i]);
		e2e_check_store();
		assert_int_equal(all_articles() % 5, 0);
	}
	assert_true(all_articles() < 1000);
	e2e_fetched(0, NULL);
	assert_int_equal(all_articles(), 1000);
	e2e_check_store();
}

/* Whoever reads the events has gone. */
static void test_nobody_listens(void **state)
{
	(void)state;
	int status, pipes[2];
	subscribe(40, 5);
	server_tell(e2e_server, "/_/latency?ms=50");
	assert_int_equal(pipe(pipes), 0);
	pid_t pid = fork();
	if (pid == 0) {
		dup2(pipes[1], 1);
		close(pipes[0]);
		close(pipes[1]);
		signal(SIGPIPE, SIG_DFL);
		execl(e2e_program(), e2e_program(), "fetch", "--db", E2E_STORE, NULL);
		_exit(127);
	}
	close(pipes[0]);
	close(pipes[1]);
	double start = now();
	waitpid(pid, &status, 0);
	assert_true(now() - start < 30);
	e2e_check_store();
	e2e_fetched(0, NULL);
	assert_int_equal(all_articles(), 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		E2E_TEST(test_thousand),
		E2E_TEST(test_limits),
		E2E_TEST(test_slow_host),
		E2E_TEST(test_reader),
		E2E_TEST(test_two_fetches),
		E2E_TEST(test_removed_meanwhile),
		E2E_TEST(test_stopped),
		E2E_TEST(test_nobody_listens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
