/* Full texts: pages of one article joined, fetched by hand or with the feed, kept in the store. */
#include "e2e.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what is there --------------------------------------------------------- */

static json_t *page(const char *url)
{
	struct run run = other_fed(STR(""), e2e_program(), "page", url, NULL);
	assert_run(run, 0);
	json_t *answer = json_loadb(run.out.ptr, run.out.len, 0, NULL);
	if (!answer)
		fail_msg("%.*s", STR_ARG(run.out));
	return answer;
}

/* How often the text stands there. */
static int count(const char *text, const char *part)
{
	int found = 0;
	for (const char *at = text; (at = strstr(at, part)); at++)
		found++;
	return found;
}

/* Each paragraph of the part of this article is there so often. */
static void expect_part(const char *text, int article, int part, int times)
{
	for (int i = 0; i < 4; i++) {
		char mark[32];
		snprintf(mark, sizeof mark, "[%d/%d]", article, part * 10 + i);
		if (count(text, mark) != times)
			fail_msg("%s is there %d times, not %d: %s", mark, count(text, mark), times,
				text);
	}
}

static struct run full(const char *id)
{
	return other_fed((struct str){NULL, 0}, e2e_program(), "full", "--db", E2E_STORE, id, NULL);
}

static const char *id_text(int64_t id)
{
	static char text[24];
	snprintf(text, sizeof text, "%lld", (long long)id);
	return text;
}

/* What the store shows of the article; good until the next call. */
static const struct store_article *article_of(int64_t id)
{
	static struct store_article *article;
	struct error error;
	struct store *store = store_open(E2E_STORE, STORE_WRITE, &error);
	assert_non_null(store);
	store_article_free(article);
	article = store_article(store, id, &error);
	store_close(store);
	assert_non_null(article);
	return article;
}

/* Of the feed, the id of the article that is `place` from the newest. */
static int64_t newest(int64_t feed, int place)
{
	char sql[128];
	snprintf(sql, sizeof sql,
		"SELECT id FROM article WHERE feed_id = ?1 ORDER BY sort DESC LIMIT 1 OFFSET %d",
		place);
	return e2e_sql(sql, feed);
}

static int64_t full_count(int64_t feed)
{
	return e2e_sql("SELECT count(*) FROM article WHERE feed_id = ?1 AND full = 1", feed);
}

/* ---- pages ------------------------------------------------------------------ */

static void test_joined(void **state)
{
	(void)state;
	json_t *answer = page(E2E_URL("/article/ar/5/3"));
	for (int part = 0; part < 3; part++) {
		expect_part(e2e_text(answer, "content_text"), 5, part, 1);
		expect_part(e2e_text(answer, "content_html"), 5, part, 1);
	}
	assert_true(json_is_null(json_object_get(answer, "next_url")));
	assert_null(strstr(e2e_text(answer, "content_text"), "All rights"));
	json_decref(answer);
	/* Each was asked for once. */
	assert_int_equal(server_visits(e2e_server, "/article/ar/5/3?page=2"), 1);
	assert_int_equal(server_visits(e2e_server, "/article/ar/5/3?page=3"), 1);
}

static void test_bounds(void **state)
{
	(void)state;
	/* More than are joined: the rest is named. */
	json_t *answer = page(E2E_URL("/article/he/5/14"));
	expect_part(e2e_text(answer, "content_text"), 5, 9, 1);
	expect_part(e2e_text(answer, "content_text"), 5, 10, 0);
	assert_string_equal(e2e_text(answer, "next_url"), E2E_URL("/article/he/5/14?page=11"));
	assert_int_equal(server_visits(e2e_server, "/article/he/5/14?page=11"), 0);
	json_decref(answer);
	/* Back to itself, under its own address and under another one. */
	static const char *const loops[] = {"/article/fa/1/0?page=1", "/article/fa/1/0"};
	for (size_t i = 0; i < 2; i++) {
		answer = page(E2E_URL("%s", loops[i]));
		expect_part(e2e_text(answer, "content_text"), 1, 0, 1);
		expect_part(e2e_text(answer, "content_text"), 1, 1, 1);
		assert_true(json_is_null(json_object_get(answer, "next_url")));
		json_decref(answer);
	}
	/* To one that is there no more, or has moved to where nobody may go. */
	server_tell(e2e_server, "/_/alias?path=/article/ckb/1/2%%3Fpage=2&to=/status/404");
	answer = page(E2E_URL("/article/ckb/1/2"));
	expect_part(e2e_text(answer, "content_text"), 1, 0, 1);
	assert_string_equal(e2e_text(answer, "next_url"), E2E_URL("/article/ckb/1/2?page=2"));
	json_decref(answer);
	server_tell(e2e_server,
		"/_/alias?path=/article/ur/1/2%%3Fpage=2&to=/to%%3Furl=file:///etc/passwd");
	answer = page(E2E_URL("/article/ur/1/2"));
	expect_part(e2e_text(answer, "content_text"), 1, 0, 1);
	assert_null(strstr(e2e_text(answer, "content_text"), "root"));
	json_decref(answer);
}

/* ---- by hand ---------------------------------------------------------------- */

static void test_one_article(void **state)
{
	(void)state;
	int64_t feed = e2e_subscribe(E2E_URL("/teasers/ar/3"));
	e2e_fetched(0, NULL);
	int64_t id = newest(feed, 0);
	assert_null(strstr(article_of(id)->html, "[2/1]"));
	struct run run = full(id_text(id));
	assert_run(run, 0);
	assert_holds(run.out, "\"outcome\":\"new\"");
	expect_part(article_of(id)->html, 2, 0, 1);
	assert_true(article_of(id)->full);
	assert_false(article_of(newest(feed, 1))->full);
	/* The feed comes again, changed: the full text stays, and so does the teaser beside it. */
	e2e_sql("UPDATE article SET content = 1 WHERE feed_id = ?1 RETURNING 1", feed);
	e2e_sql("UPDATE visit SET body_hash = 0, etag = '', last_modified = '' WHERE feed_id = ?1"
		" RETURNING 1",
		feed);
	e2e_fetched(0, NULL);
	expect_part(article_of(id)->html, 2, 0, 1);
	assert_int_equal(
		e2e_sql("SELECT html LIKE '%[2/0]%' AND html NOT LIKE '%[2/1]%' FROM full_text"
			" WHERE article_id = ?1",
			id),
		1);
	e2e_check_store();
}

/* Where the text goes on but could not be joined, a link says so. */
static void test_link_to_the_rest(void **state)
{
	(void)state;
	char link[200];
	server_tell(e2e_server, "/_/alias?path=/article/en/0&to=/article/en/0/2");
	server_tell(e2e_server, "/_/alias?path=/article/en/0/2%%3Fpage=2&to=/status/404");
	int64_t feed = e2e_subscribe(E2E_URL("/teasers/en/1"));
	e2e_fetched(0, NULL);
	int64_t id = newest(feed, 0);
	assert_run(full(id_text(id)), 0);
	expect_part(article_of(id)->html, 0, 0, 1);
	snprintf(link, sizeof link, "<a href=\"%s\"", E2E_URL("/article/en/0/2?page=2"));
	if (!strstr(article_of(id)->html, link))
		fail_msg("%s is not in %s", link, article_of(id)->html);
}

static void expect_failure(int64_t id, int status, const char *says)
{
	struct run run = full(id_text(id));
	assert_run(run, status);
	assert_holds(run.err, says);
	assert_holds(run.out, "\"outcome\":\"failed\"");
}

static void test_failures(void **state)
{
	(void)state;
	int64_t gone = e2e_subscribe(E2E_URL("/teasers/ar/1?base=%s", E2E_URL("/status/404?")));
	int64_t empty = e2e_subscribe(E2E_URL("/teasers/ar/2?base=%s", E2E_URL("/hostile/noise?")));
	int64_t bare = e2e_subscribe(E2E_URL("/feed/ar/1"));
	e2e_fetched(0, NULL);
	int64_t id = newest(gone, 0);
	expect_failure(id, EX_UNAVAILABLE, "404");
	assert_non_null(strstr(article_of(id)->html, "[0/0]")); /* the teaser stays */
	expect_failure(newest(empty, 0), EX_DATAERR, "");
	/* One without an address. */
	id = newest(bare, 0);
	e2e_sql("UPDATE body SET url = '' WHERE article_id = ?1 RETURNING 1", id);
	expect_failure(id, EX_DATAERR, "no page");
	expect_failure(9999, EX_NOINPUT, "no article");
	assert_run(full("x"), EX_USAGE);
	/* Failures of several articles are told one by one. */
	struct run run = other_fed((struct str){NULL, 0}, e2e_program(), "full", "--db", E2E_STORE,
		"9998", "9999", NULL);
	assert_run(run, EX_UNAVAILABLE);
	assert_int_equal(count_lines(run.out), 2);
}

static void test_less_text_is_none(void **state)
{
	(void)state;
	int64_t feed = e2e_subscribe(E2E_URL("/teasers/en/1"));
	e2e_fetched(0, NULL);
	int64_t id = newest(feed, 0);
	e2e_sql("UPDATE body SET html = '<p>' || replace(hex(zeroblob(5000)), '0', 'w ') || '</p>'"
		" WHERE article_id = ?1 RETURNING 1",
		id);
	expect_failure(id, EX_DATAERR, "less text than the feed");
	assert_false(article_of(id)->full);
}

/* An address from a feed is nobody's wish: it leads to near hosts only from near ones. */
static void test_doors(void **state)
{
	(void)state;
	int64_t feed = e2e_subscribe(E2E_URL("/teasers/ar/2"));
	e2e_fetched(0, NULL);
	int64_t id = newest(feed, 0);
	server_tell(e2e_server, "/_/forget");
	/* As if a feed of the world had brought it. */
	e2e_sql("UPDATE feed SET key = 'https://news.example/feed' WHERE id = ?1 RETURNING 1",
		feed);
	expect_failure(id, EX_NOPERM, "");
	assert_int_equal(server_visits(e2e_server, "/article/ar/1"), 0);
	e2e_sql("UPDATE body SET url = 'file:///etc/passwd' WHERE article_id = ?1 RETURNING 1", id);
	struct run run = full(id_text(id));
	assert_true(run.status != 0);
	assert_false(article_of(id)->full);
}

/* ---- with the feed ------------------------------------------------------------- */

static void settings_for(const char *url, const char *more)
{
	struct buffer text = {0};
	buffer_printf(&text, "[feed %s]\nfull-text = yes\n%s", url, more);
	e2e_settings(text.data);
	buffer_free(&text);
}

static void test_automatic(void **state)
{
	(void)state;
	const char *url = E2E_URL("/teasers/fa/30");
	int64_t feed = e2e_subscribe(url), other = e2e_subscribe(E2E_URL("/teasers/he/3"));
	settings_for(url, "");
	struct run run = e2e_fetched(0, NULL);
	assert_holds(run.out, "\"event\":\"page\"");
	assert_int_equal(full_count(feed), 20); /* of one feed in one run */
	assert_int_equal(full_count(other), 0);
	assert_true(article_of(newest(feed, 0))->full);
	assert_false(article_of(newest(feed, 20))->full);
	assert_true(server_most_requests(e2e_server, "127.0.0.1") <= 4);
	/* The rest comes with the next run, and nothing is fetched twice. */
	e2e_fetched(0, NULL);
	assert_int_equal(full_count(feed), 30);
	e2e_fetched(0, NULL);
	assert_int_equal(server_visits(e2e_server, "/article/fa/29"), 1);
	e2e_check_store();
}

/* A page that fails does not fail the run, and is not asked for again at once. */
static void test_automatic_failures(void **state)
{
	(void)state;
	const char *url = E2E_URL("/teasers/ur/2?base=%s", E2E_URL("/status/500?"));
	int64_t feed = e2e_subscribe(url);
	settings_for(url, "");
	struct run run = e2e_fetched(0, NULL);
	assert_holds(run.out, "\"outcome\":\"failed\"");
	assert_int_equal(server_visits(e2e_server, "/status/500?1"), 1);
	e2e_fetched(0, NULL);
	assert_int_equal(server_visits(e2e_server, "/status/500?1"), 1);
	assert_int_equal(full_count(feed), 0);
	/* Later it is; three times, then it is given up. */
	for (int i = 0; i < 4; i++) {
		e2e_sql("UPDATE full_text SET tried_at = 5 WHERE ?1 RETURNING 1", 1);
		e2e_fetched(0, NULL);
	}
	assert_int_equal(server_visits(e2e_server, "/status/500?1"), 3);
}

/* What a feed needs to be let in goes to its own host and to no other. */
static void test_headers(void **state)
{
	(void)state;
	const char *near = E2E_URL("/teasers/ar/1");
	const char *far =
		E2E_URL("/teasers/en/1?base=%s", server_url(e2e_server, 2, "/article/en/"));
	struct buffer second = {0};
	buffer_printf(&second,
		"header = X-Key: one\n[feed %s]\nfull-text = yes\nheader = X-Key: two\n", far);
	e2e_subscribe(near);
	e2e_subscribe(far);
	settings_for(near, second.data);
	buffer_free(&second);
	e2e_fetched(0, NULL);
	char *key = server_header(e2e_server, "/article/ar/0", "x-key");
	assert_string_equal(key, "one");
	free(key);
	key = server_header(e2e_server, "/article/en/0", "x-key");
	assert_null(key);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		E2E_TEST(test_joined),
		E2E_TEST(test_bounds),
		E2E_TEST(test_one_article),
		E2E_TEST(test_link_to_the_rest),
		E2E_TEST(test_failures),
		E2E_TEST(test_less_text_is_none),
		E2E_TEST(test_doors),
		E2E_TEST(test_automatic),
		E2E_TEST(test_automatic_failures),
		E2E_TEST(test_headers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
