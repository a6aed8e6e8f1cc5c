/* What each kind of answer comes to: outcome, words, articles, next visit. */
#include "e2e.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MINUTE = 60, HOUR = 3600, ANY = -1 };

struct expected {
	const char *path; /* or a whole URL */
	const char *outcome;
	int http;
	const char *says; /* in the message; "": no message */
	int articles;
	int64_t least, most; /* seconds to the next visit; 0, 0: never */
};

static const struct expected good[] = {
	{"/feed/ar/5?format=rss", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/fa/5?format=atom", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ur/5?format=rdf", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/he/5?format=json", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ckb/5?encoding=gzip", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/5?encoding=deflate", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/5?encoding=raw", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/5?encoding=br", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/5?encoding=stored", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/5?encoding=gzip,br", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/5?chunked=100", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/5?nolength=1", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/5?pace=4000&pause=20", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/5?charset=windows-1256", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/he/5?charset=iso-8859-8", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/fa/5?charset=utf-16", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/5?label=windows-1252", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/5?label=no-such-charset", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/5?type=text/html", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/5?type=image/gif", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/5?flood=50", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/0", "same", 200, "", 0, HOUR, 66 * MINUTE},
	{"/redirect/301/3/feed/ar/5", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/redirect/302/3/feed/ar/5", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/redirect/303/3/feed/ar/5", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/redirect/307/3/feed/ar/5", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/redirect/308/3/feed/ar/5", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/redirect/302/10/feed/ar/5", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/echo", "new", 200, "", ANY, HOUR, 66 * MINUTE},
	/* What server and feed ask for. */
	{"/feed/ar/5?cache=max-age%3D7200", "new", 200, "", 5, 2 * HOUR, 132 * MINUTE},
	{"/feed/ar/5?cache=max-age%3D60", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/5?cache=max-age%3D99999999999", "new", 200, "", 5, 7 * 24 * HOUR - 5,
		7 * 24 * HOUR},
	{"/feed/ar/5?cache=no-cache,max-age%3D7200", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/5?expires=10800", "new", 200, "", 5, 3 * HOUR - 5, 198 * MINUTE},
	{"/feed/ar/5?expires=-10800", "new", 200, "", 5, HOUR, 66 * MINUTE},
	{"/feed/ar/5?ttl=300", "new", 200, "", 5, 5 * HOUR, 330 * MINUTE},
	{"/feed/ar/5?extra=%3Csy:updatePeriod%3Edaily%3C/sy:updatePeriod%3E"
	 "%3Csy:updateFrequency%3E4%3C/sy:updateFrequency%3E",
		"new", 200, "", 5, 6 * HOUR, 396 * MINUTE},
	/* More than was promised is cut; less is read as far as it goes. */
	{"/feed/ar/5?length=-100", "new", 200, "", ANY, HOUR, 66 * MINUTE},
	{"/hostile/cut", "new", 200, "", ANY, HOUR, 66 * MINUTE},
};

static const struct expected failing[] = {
	{"/status/400", "failed", 400, "(400)", 0, 30 * MINUTE, 33 * MINUTE},
	{"/auth/u/p/feed/ar/5", "failed", 401, "password (401)", 0, 30 * MINUTE, 33 * MINUTE},
	{"/status/403", "failed", 403, "(403)", 0, 30 * MINUTE, 33 * MINUTE},
	{"/cookie/feed/ar/5", "failed", 403, "(403)", 0, 30 * MINUTE, 33 * MINUTE},
	{"/nowhere", "failed", 404, "(404)", 0, 30 * MINUTE, 33 * MINUTE},
	{"/status/410", "stopped", 410, "(410)", 0, 0, 0},
	{"/status/500", "failed", 500, "(500)", 0, 30 * MINUTE, 33 * MINUTE},
	{"/status/418", "failed", 418, "(418)", 0, 30 * MINUTE, 33 * MINUTE},
	/* Connections. */
	{"/hang", "failed", 0, "too long", 0, 5 * MINUTE, 33 * MINUTE},
	{"/feed/ar/50?pace=10&pause=500", "failed", ANY, "too ", 0, 5 * MINUTE, 33 * MINUTE},
	{"/close", "failed", 0, "hung up", 0, 5 * MINUTE, 33 * MINUTE},
	{"/reset", "failed", 0, "connection broke", 0, 5 * MINUTE, 33 * MINUTE},
	{"/garbage", "failed", ANY, "not HTTP", 0, 5 * MINUTE, 33 * MINUTE},
	{"http://127.0.0.1:1/feed", "failed", 0, "cannot be reached", 0, 5 * MINUTE, 6 * MINUTE},
	{"http://nowhere.invalid/feed", "failed", 0, "name is not known", 0, 5 * MINUTE,
		6 * MINUTE},
	{"/feed/ar/50?cut=2000", "failed", ANY, "hung up in the middle", 0, 5 * MINUTE,
		33 * MINUTE},
	{"/feed/ar/50?reset=2000", "failed", ANY, "connection broke", 0, 5 * MINUTE, 33 * MINUTE},
	{"/feed/ar/5?length=%2B100", "failed", ANY, "hung up in the middle", 0, 5 * MINUTE,
		33 * MINUTE},
	{"/feed/ar/5?badchunks=size", "failed", ANY, ":", 0, 5 * MINUTE, 33 * MINUTE},
	{"/feed/ar/5?badchunks=huge", "failed", ANY, ":", 0, 5 * MINUTE, 33 * MINUTE},
	{"/feed/ar/5?badchunks=cut", "failed", ANY, "hung up in the middle", 0, 5 * MINUTE,
		33 * MINUTE},
	{"/feed/ar/5?claim=gzip", "failed", ANY, "decompress", 0, 5 * MINUTE, 33 * MINUTE},
	/* Redirects. */
	{"/redirect/302/11/feed/ar/5", "failed", ANY, "redirect", 0, 5 * MINUTE, 33 * MINUTE},
	{"/loop/301", "failed", ANY, "redirect", 0, 5 * MINUTE, 33 * MINUTE},
	{"/loop/302/1", "failed", ANY, "redirect", 0, 5 * MINUTE, 33 * MINUTE},
	{"/status/302", "failed", ANY, "redirect", 0, 5 * MINUTE, 33 * MINUTE},
	{"/to?url=file%3A%2F%2F%2Fetc%2Fpasswd", "failed", ANY, "neither http nor https", 0,
		5 * MINUTE, 33 * MINUTE},
	{"/to?url=gopher%3A%2F%2F127.0.0.1%2F1", "failed", ANY, "neither http nor https", 0,
		5 * MINUTE, 33 * MINUTE},
	{"/to?url=ftp%3A%2F%2F127.0.0.1%2F1", "failed", ANY, "neither http nor https", 0,
		5 * MINUTE, 33 * MINUTE},
	{"/to?url=javascript%3Aalert(1)", "failed", ANY, ":", 0, 5 * MINUTE, 33 * MINUTE},
	/* Too much. */
	{"/endless", "failed", ANY, "larger than 10 MiB", 0, 5 * MINUTE, 33 * MINUTE},
	{"/endless-head", "failed", ANY, ":", 0, 5 * MINUTE, 33 * MINUTE},
	{"/feed/ar/5?flood=4000&floodsize=200", "failed", ANY, ":", 0, 5 * MINUTE, 33 * MINUTE},
	{"/bomb/gzip/10000", "failed", ANY, "larger than 10 MiB", 0, 5 * MINUTE, 33 * MINUTE},
	{"/bomb/deflate/10000", "failed", ANY, "larger than 10 MiB", 0, 5 * MINUTE, 33 * MINUTE},
	{"/bomb/br/64", "failed", ANY, "larger than 10 MiB", 0, 5 * MINUTE, 33 * MINUTE},
	/* What is no feed. */
	{"/page/ar?feed=/feed/ar/5", "failed", 200, "feed", 0, 30 * MINUTE, 33 * MINUTE},
	{"/hostile/nulls", "failed", 200, "feed", 0, 30 * MINUTE, 33 * MINUTE},
	{"/hostile/noise", "failed", 200, "feed", 0, 30 * MINUTE, 33 * MINUTE},
	{"/hostile/empty", "failed", 200, "feed", 0, 30 * MINUTE, 33 * MINUTE},
};

/* They ask all visitors of the host to wait, so they have a host each. */
static const struct expected refusing[] = {
	{"/status/429", "failed", 429, "(429)", 0, 30 * MINUTE, 33 * MINUTE},
	{"/status/503", "failed", 503, "(503)", 0, 30 * MINUTE, 33 * MINUTE},
	{"/status/429?retry=7200", "failed", 429, "(429)", 0, 2 * HOUR - 5, 132 * MINUTE},
	{"/status/503?retrydate=7200", "failed", 503, "(503)", 0, 2 * HOUR - 5, 132 * MINUTE},
	{"/status/503?retry=10", "failed", 503, "(503)", 0, 30 * MINUTE, 33 * MINUTE},
	{"/status/429?retry=soon", "failed", 429, "(429)", 0, 30 * MINUTE, 33 * MINUTE},
};

/* Patience of seconds, so that what hangs is known soon. */
static const char settings[] = "[fetch]\ntimeout = 3\n";

/* ---- comparison --------------------------------------------------------- */

static struct buffer complaints;

#define COMPLAIN(e, ...)                                                                           \
	(buffer_printf(&complaints, "%s: ", (e)->path), buffer_printf(&complaints, __VA_ARGS__),   \
		buffer_str(&complaints, STR("\n")))

static void compare_message(const struct expected *e, const char *message)
{
	assert_no_controls(str_of(message));
	if (!strstr(message, e->says) || (*e->says == '\0') != (*message == '\0'))
		COMPLAIN(e, "says \"%s\", not \"%s\"", message, e->says);
	/* Why, and what to do. */
	if (*e->says && !strchr(message, ':'))
		COMPLAIN(e, "\"%s\" does not say what to do", message);
}

static void compare_visit(const struct expected *e, int64_t feed)
{
	const struct store_visit *visit = &e2e_feed(feed)->visit;
	int64_t wait = visit->next_at - (int64_t)time(NULL);
	bool failed = strcmp(e->outcome, "failed") == 0, stops = e->most == 0;
	if (visit->stopped != stops)
		COMPLAIN(e, "stopped is %d", visit->stopped);
	/* The run itself took some of the time. */
	if (!stops && (wait < e->least - 40 || wait > e->most))
		COMPLAIN(e, "comes again in %lld s, not %lld to %lld", (long long)wait,
			(long long)e->least, (long long)e->most);
	if ((visit->failures > 0) != (failed || stops))
		COMPLAIN(e, "has %d failures", visit->failures);
	if ((*visit->error != '\0') != (failed || stops))
		COMPLAIN(e, "its error is \"%s\"", visit->error);
}

static void compare(const struct expected *e, struct run run, int64_t feed)
{
	json_t *event = e2e_event(run, feed);
	if (strcmp(e2e_text(event, "outcome"), e->outcome) != 0)
		COMPLAIN(e, "\"%s\" (%s), not \"%s\"", e2e_text(event, "outcome"),
			e2e_text(event, "message"), e->outcome);
	if (e->http != ANY && e2e_number(event, "http") != e->http)
		COMPLAIN(e, "HTTP %d, not %d", (int)e2e_number(event, "http"), e->http);
	compare_message(e, e2e_text(event, "message"));
	int64_t articles = e2e_articles(feed);
	if (e->articles == ANY ? articles == 0 : articles != e->articles)
		COMPLAIN(e, "%d articles, not %d", (int)articles, e->articles);
	if (e2e_number(event, "added") != articles)
		COMPLAIN(e, "%d added", (int)e2e_number(event, "added"));
	compare_visit(e, feed);
	json_decref(event);
}

static const char *url_of(const struct expected *e, int host)
{
	return *e->path == '/' ? server_url(e2e_server, host, "%s", e->path) : e->path;
}

/* All in one run, side by side; host 0: a host each. */
static void expect_all(const struct expected *all, size_t count, int host, int status)
{
	int64_t *feeds = calloc(count, sizeof *feeds);
	assert_non_null(feeds);
	e2e_settings(settings);
	for (size_t i = 0; i < count; i++)
		feeds[i] = e2e_subscribe(url_of(&all[i], host ? host : (int)i + 1));
	struct run run = e2e_fetched(status, NULL);
	for (size_t i = 0; i < count; i++)
		compare(&all[i], run, feeds[i]);
	free(feeds);
	e2e_check_store();
	if (complaints.len) {
		print_message("%.*s", STR_ARG(buffer_view(&complaints)));
		buffer_free(&complaints);
		fail();
	}
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void test_good(void **state)
{
	(void)state;
	expect_all(good, COUNT(good), 1, EX_OK);
}

static void test_failing(void **state)
{
	(void)state;
	expect_all(failing, COUNT(failing), 1, EX_UNAVAILABLE);
}

static void test_refusing(void **state)
{
	(void)state;
	expect_all(refusing, COUNT(refusing), 0, EX_UNAVAILABLE);
}

/* ---- hostile feeds ------------------------------------------------------ */

/* None of what a hostile feed says gets into the store as it came. */
static void expect_tame(void)
{
	static const char *const clean[] = {
		"SELECT count(*) FROM article WHERE title GLOB '*[' || char(1) || '-' || char(8)"
		" || char(11) || '-' || char(31) || char(127) || '-' || char(159) || ']*'",
		"SELECT count(*) FROM feed WHERE title GLOB '*[' || char(1) || '-' || char(8)"
		" || char(11) || '-' || char(31) || char(127) || '-' || char(159) || ']*'",
		"SELECT count(*) FROM body WHERE html LIKE '%<script%' OR html LIKE '%javascript:%'"
		" OR html LIKE '%onclick%' OR html LIKE '%<iframe%' OR html LIKE '%<style%'"
		" OR html LIKE '%<form%' OR html LIKE '%tracker.example%'",
		"SELECT count(*) FROM body WHERE html GLOB '*[' || char(1) || '-' || char(8)"
		" || char(11) || '-' || char(31) || char(127) || '-' || char(159) || ']*'",
		"SELECT count(*) FROM body WHERE html LIKE '%root:%'",
		"SELECT count(*) FROM article WHERE title LIKE '%root:%'",
		"SELECT count(*) FROM article WHERE length(title) > 20000",
	};
	for (size_t i = 0; i < COUNT(clean); i++) {
		if (e2e_sql(clean[i], 0) != 0)
			fail_msg("hostile text in the store: %s", clean[i]);
	}
}

/* Each costs its own line at most; those beside it come in whole. */
static void test_hostile(void **state)
{
	(void)state;
	static const char *const names[] = {"entities", "quadratic", "outside", "deep", "deep-html",
		"controls", "escapes", "overrides", "scripts", "many", "long-title",
		"long-attribute", "attributes"};
	int64_t nice[COUNT(names)], nasty[COUNT(names)];
	for (size_t i = 0; i < COUNT(names); i++) {
		nasty[i] = e2e_subscribe(E2E_URL("/hostile/%s", names[i]));
		nice[i] = e2e_subscribe(server_url(e2e_server, 2, "/feed/ar/7?seed=%zu", i));
	}
	struct run run = e2e_fetch(NULL);
	assert_true(run.status == EX_OK || run.status == EX_UNAVAILABLE);
	assert_int_equal(count_lines(run.out), 2 * COUNT(names) + 2);
	assert_no_controls(run.err);
	int failed = 0;
	for (size_t i = 0; i < COUNT(names); i++) {
		assert_int_equal(e2e_articles(nice[i]), 7);
		const struct store_subscription *feed = e2e_feed(nasty[i]);
		failed += feed->visit.failures > 0;
		assert_true((feed->visit.failures > 0) == (*feed->visit.error != '\0'));
	}
	assert_true((failed > 0) == (run.status == EX_UNAVAILABLE));
	expect_tame();
	e2e_check_store();
	/* These are feeds all the same. */
	assert_int_equal(e2e_articles(nasty[9]), 20000); /* the most of one feed */
	for (size_t i = 5; i < 10; i++) {
		if (e2e_articles(nasty[i]) < 1)
			fail_msg("%s: no article", names[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		E2E_TEST(test_good),
		E2E_TEST(test_failing),
		E2E_TEST(test_refusing),
		E2E_TEST(test_hostile),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
