/* khabar fetch as a user runs it: names of feeds, lines, the bar, events, exit status. */
#include "e2e.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int64_t subscribe_as(const char *url, const char *title, const char *folder)
{
	struct store *store = store_open(E2E_STORE, STORE_CREATE, NULL);
	const struct store_new_feed feed = {
		.url = str_of(url), .title = str_of(title), .folder = str_of(folder)};
	int64_t id;
	assert_non_null(store);
	assert_int_equal(store_subscribe(store, &feed, &id, NULL, NULL), 0);
	store_close(store);
	return id;
}

/* Two of three are in "News", one is called "أخبار". */
static void subscribe_all(void)
{
	subscribe_as(E2E_URL("/feed/ar/2"), "أخبار", "News/Arab");
	subscribe_as(E2E_URL("/feed/fa/2"), "Iran today", "news");
	subscribe_as(E2E_URL("/feed/he/2"), "Today in Haifa", "Newsroom");
}

/* How many feeds were fetched with these words as their names. */
static int64_t fetched(const char *a, const char *b)
{
	struct run run = khabar("fetch", "--db", E2E_STORE, "--json", a, b, NULL);
	assert_run(run, 0);
	json_t *end = e2e_end(run);
	int64_t feeds = e2e_number(end, "feeds");
	json_decref(end);
	return feeds;
}

static void test_names(void **state)
{
	(void)state;
	subscribe_all();
	assert_int_equal(fetched(NULL, NULL), 3);
	assert_int_equal(fetched("2", NULL), 1);
	assert_int_equal(fetched("2", "2"), 1);
	assert_int_equal(fetched(E2E_URL("/feed/ar/2"), NULL), 1);
	assert_int_equal(fetched("أخبار", NULL), 1);
	assert_int_equal(fetched("iran TODAY", NULL), 1);
	assert_int_equal(fetched("Haifa", NULL), 1); /* a part of one title */
	assert_int_equal(fetched("NEWS", NULL), 2);  /* a folder and what is in it */
	assert_int_equal(fetched("news/arab", "3"), 2);
	struct run run = khabar("fetch", "--db", E2E_STORE, "today", NULL);
	assert_run(run, EX_USAGE);
	assert_message(run);
	assert_holds(run.err, "2 or 3");
	run = khabar("fetch", "--db", E2E_STORE, "nowhere", NULL);
	assert_run(run, EX_NOINPUT);
	assert_message(run);
	run = khabar("fetch", "--db", E2E_STORE, "99", NULL);
	assert_run(run, EX_NOINPUT);
	run = khabar("fetch", "--db", E2E_STORE, "", NULL);
	assert_run(run, EX_NOINPUT);
	run = khabar("fetch", "--db", E2E_STORE, "--due", "1", NULL);
	assert_run(run, EX_USAGE);
	assert_message(run);
}

static void test_lines(void **state)
{
	(void)state;
	subscribe_as(E2E_URL("/feed/ar/2"), "أخبار", "");
	subscribe_as(E2E_URL("/status/404"), "Gone \033[2Jastray", "");
	struct run run = khabar("fetch", "--db", E2E_STORE, NULL);
	assert_run(run, EX_UNAVAILABLE);
	assert_int_equal(run.err.len, 0); /* all was told by its line */
	assert_no_controls(run.out);
	assert_int_equal(count_lines(run.out), 3);
	assert_holds(run.out, "2 new  أخبار\n");
	assert_holds(run.out, "failed  Gone ");
	assert_holds(run.out, "(404)");
	assert_holds(run.out, "2 feeds: 2 new, 0 changed, 1 failed\n");
	/* What has nothing new has no line. */
	run = khabar("fetch", "--db", E2E_STORE, "1", NULL);
	assert_run(run, 0);
	assert_int_equal(count_lines(run.out), 1);
	assert_holds(run.out, "1 feed: 0 new, 0 changed, 0 failed\n");
}

static void test_terminal(void **state)
{
	(void)state;
	subscribe_as(E2E_URL("/feed/he/2"), "חדשות", "");
	subscribe_as(E2E_URL("/status/404"), "B", "");
	setenv("TERM", "xterm", 1);
	struct run run = khabar_on_terminal(60, "fetch", "--db", E2E_STORE, NULL);
	assert_run(run, EX_UNAVAILABLE);
	assert_holds(run.out, "] 0/2");
	assert_holds(run.out, "] 2/2");
	assert_holds(run.out, "\r\033[K");
	assert_holds(run.out, "תושדח"); /* as the eye reads it */
	assert_holds(run.out, "2 feeds: 2 new, 0 changed, 1 failed");
	/* A terminal that cannot go back gets lines. */
	setenv("TERM", "dumb", 1);
	run = khabar_on_terminal(60, "fetch", "--db", E2E_STORE, "1", NULL);
	assert_run(run, 0);
	assert_lacks(run.out, "\033");
	assert_lacks(run.out, "]");
}

static void test_events(void **state)
{
	(void)state;
	int64_t feed = subscribe_as(E2E_URL("/feed/fa/3"), "", "");
	struct run run = khabar("fetch", "--db", E2E_STORE, "--json", NULL);
	assert_run(run, 0);
	assert_int_equal(count_lines(run.out), 3);
	json_t *event = e2e_event(run, feed);
	assert_string_equal(e2e_text(event, "outcome"), "new");
	assert_int_equal(e2e_number(event, "added"), 3);
	json_decref(event);
}

/* Without khabar-fetch it is said what is missing. */
static void test_no_program(void **state)
{
	(void)state;
	setenv("KHABAR_FETCH", "/no/such/program", 1);
	struct run run = khabar("fetch", "--db", E2E_STORE, NULL);
	unsetenv("KHABAR_FETCH");
	assert_run(run, EX_UNAVAILABLE);
	assert_message(run);
	assert_holds(run.err, "/no/such/program");
}

/* The environment names the certificates to trust, as for curl. */
static void test_certificates(void **state)
{
	(void)state;
	char url[100], folder[200], file[300];
	snprintf(url, sizeof url, "https://127.0.0.2:%d/feed/ar/2", server_tls_port(e2e_server));
	subscribe_as(url, "", "");
	assert_non_null(getcwd(folder, sizeof folder));
	snprintf(file, sizeof file, "%s/tls/ca.pem", folder);
	assert_run(khabar("fetch", "--db", E2E_STORE, NULL), EX_UNAVAILABLE);
	unsetenv("CURL_CA_BUNDLE"); /* would go before it */
	setenv("SSL_CERT_FILE", file, 1);
	struct run run = khabar("fetch", "--db", E2E_STORE, NULL);
	unsetenv("SSL_CERT_FILE");
	assert_run(run, 0);
	assert_holds(run.out, "2 new");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		E2E_TEST(test_names),
		E2E_TEST(test_lines),
		E2E_TEST(test_terminal),
		E2E_TEST(test_events),
		E2E_TEST(test_no_program),
		E2E_TEST(test_certificates),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
