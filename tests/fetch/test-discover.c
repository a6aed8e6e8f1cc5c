/* khabar-fetch discover and page: which feeds belong to an address, and the article of a page. */
#include "e2e.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static json_t *asked(const char *task, const char *url)
{
	struct run run = other_fed(STR(""), e2e_program(), task, url, NULL);
	assert_run(run, 0);
	json_t *answer = json_loadb(run.out.ptr, run.out.len, 0, NULL);
	if (!answer)
		fail_msg("%.*s", STR_ARG(run.out));
	return answer;
}

/* The field of the feed at this place; "" when there is none. */
static const char *feed_text(const json_t *answer, size_t at, const char *name)
{
	return e2e_text(json_array_get(json_object_get(answer, "feeds"), at), name);
}

static size_t feeds_of(const json_t *answer)
{
	return json_array_size(json_object_get(answer, "feeds"));
}

static void test_feed_itself(void **state)
{
	(void)state;
	const char *url = E2E_URL("/feed/ar/3?title=Names");
	json_t *answer = asked("discover", url);
	assert_int_equal(feeds_of(answer), 1);
	assert_string_equal(feed_text(answer, 0, "url"), url);
	assert_string_equal(feed_text(answer, 0, "title"), "Names");
	assert_string_equal(feed_text(answer, 0, "format"), "rss-2.0");
	json_decref(answer);
	/* The address that was given, not where it leads today. */
	url = E2E_URL("/redirect/302/2/feed/he/3?format=atom");
	answer = asked("discover", url);
	assert_string_equal(feed_text(answer, 0, "url"), url);
	assert_string_equal(feed_text(answer, 0, "format"), "atom-1.0");
	json_decref(answer);
}

static void test_links(void **state)
{
	(void)state;
	json_t *answer = asked("discover", E2E_URL("/page/ar?feed=/feed/ar/3&named=One&feed=/feed/"
						   "ar/4%%3Fformat=atom&named=Two"));
	assert_int_equal(feeds_of(answer), 2);
	assert_string_equal(feed_text(answer, 0, "url"), E2E_URL("/feed/ar/3"));
	assert_string_equal(feed_text(answer, 0, "title"), "One");
	assert_string_equal(feed_text(answer, 0, "format"), "rss");
	assert_string_equal(feed_text(answer, 1, "url"), E2E_URL("/feed/ar/4?format=atom"));
	assert_string_equal(feed_text(answer, 1, "format"), "atom");
	assert_true(*e2e_text(json_object_get(answer, "page"), "title"));
	json_decref(answer);
	/* They were believed, not asked for. */
	assert_int_equal(server_visits(e2e_server, "/feed/ar/3"), 0);
}

/* What stands at a well-known place is found where the page says nothing. */
static void test_well_known(void **state)
{
	(void)state;
	json_t *answer = asked("discover", E2E_URL("/page/fa"));
	assert_int_equal(feeds_of(answer), 0);
	json_decref(answer);
	server_tell(e2e_server, "/_/alias?path=/atom.xml&to=/feed/fa/3%%3Fformat=atom");
	server_tell(e2e_server, "/_/alias?path=/rss&to=/page/fa"); /* there, but no feed */
	answer = asked("discover", E2E_URL("/page/fa"));
	assert_int_equal(feeds_of(answer), 1);
	assert_string_equal(feed_text(answer, 0, "url"), E2E_URL("/atom.xml"));
	assert_string_equal(feed_text(answer, 0, "format"), "atom-1.0");
	json_decref(answer);
}

static void test_page(void **state)
{
	(void)state;
	json_t *answer = asked("page", E2E_URL("/page/he"));
	assert_true(*e2e_text(answer, "title"));
	assert_true(strlen(e2e_text(answer, "content_html")) > 100);
	json_decref(answer);
}

static void test_files(void **state)
{
	(void)state;
	char folder[200], url[300];
	struct buffer feed = {0};
	server_get(e2e_server, "/feed/ur/2", &feed);
	program_file("feed.xml", buffer_view(&feed));
	buffer_free(&feed);
	assert_non_null(getcwd(folder, sizeof folder));
	snprintf(url, sizeof url, "file://%s/feed.xml", folder);
	json_t *answer = asked("discover", url);
	assert_int_equal(feeds_of(answer), 1);
	assert_string_equal(feed_text(answer, 0, "url"), url);
	json_decref(answer);
	/* But nothing that comes from the network leads to one. */
	struct run run = other_fed(STR(""), e2e_program(), "discover",
		E2E_URL("/to?url=file://%s/feed.xml", folder), NULL);
	assert_run(run, EX_NOPERM);
	assert_message(run);
	answer = asked("discover", E2E_URL("/page/ar?feed=file://%s/feed.xml", folder));
	assert_int_equal(feeds_of(answer), 0);
	json_decref(answer);
}

static void test_failures(void **state)
{
	static const struct {
		const char *url;
		int status;
	} cases[] = {
		{"http://127.0.0.1:1/", EX_UNAVAILABLE},
		{"gopher://127.0.0.1/", EX_DATAERR},
		{"not an address", EX_DATAERR},
		{"", EX_DATAERR},
		{"http://name:word@127.0.0.1:1/", EX_UNAVAILABLE},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct run run = other_fed(STR(""), e2e_program(), "discover", cases[i].url, NULL);
		assert_run(run, cases[i].status);
		assert_message(run);
		assert_lacks(run.err, "word");
		assert_int_equal(run.out.len, 0);
	}
	struct run run =
		other_fed(STR(""), e2e_program(), "discover", E2E_URL("/status/404"), NULL);
	assert_run(run, EX_UNAVAILABLE);
	assert_holds(run.err, "(404)");
	run = other_fed(STR(""), e2e_program(), "page", E2E_URL("/hostile/noise"), NULL);
	assert_run(run, EX_DATAERR);
	assert_message(run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		E2E_TEST(test_feed_itself),
		E2E_TEST(test_links),
		E2E_TEST(test_well_known),
		E2E_TEST(test_page),
		E2E_TEST(test_files),
		E2E_TEST(test_failures),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
