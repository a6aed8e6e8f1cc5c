/* From the address of a page to the article on the screen, with a hostile feed beside it. */
#include "tests/net/server.h"
#include "tests/screen/harness.h"
#include "tests/screen/oracle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <cmocka.h>

#define ENTER "\r"

static struct server *server;

static int setup(void **state)
{
	home_setup(state);
	server = server_start(&(struct server_options){0});
	return server ? 0 : -1;
}

static int teardown(void **state)
{
	server_free(server);
	server = NULL;
	return home_teardown(state);
}

/* Rows of the screen, or lines of a text, that hold it. */
static int rows_with(const char *screen, const char *text)
{
	struct str rest = str_of(screen), row;
	int rows = 0;
	while (str_split(&rest, '\n', &row))
		rows += str_find(row, str_of(text)) >= 0;
	return rows;
}

static void expect(struct terminal *t, const char *text, bool there)
{
	if ((terminal_find(t, text) >= 0) != there)
		fail_msg("\"%s\" is %s on:\n%s", text, there ? "not" : "", terminal_screen(t));
}

/* A word of right-to-left text as it is drawn. */
static void expect_visual(struct terminal *t, const char *text)
{
	char *visual = oracle_visual(text, 0, strlen(text), ORACLE_RTL);
	expect(t, visual, true);
	free(visual);
}

/* Fails unless one line of the JSON is so. */
static json_t *feed_of(const char *text, const char *url)
{
	json_t *list = json_loads(text, 0, NULL), *feeds, *feed, *found = NULL;
	size_t i;
	assert_non_null(list);
	feeds = json_is_array(list) ? list : json_object_get(list, "feeds");
	json_array_foreach(feeds, i, feed)
	{
		const char *value = json_string_value(json_object_get(feed, "url"));
		if (value && strcmp(value, url) == 0)
			found = json_incref(feed);
	}
	json_decref(list);
	if (!found)
		fail_msg("%s is not in: %s", url, text);
	return found;
}

/* What the issue of feeds must show. */
static void test_page_to_screen(void **state)
{
	struct home *home = *state;
	const char *page = server_url(server, 1, "/news"),
		   *feed = server_url(server, 1, "/news.xml"),
		   *bad = server_url(server, 2, "/hostile/noise");
	server_tell(server, "/_/alias?path=/news&to=/page/ar%%3Ffeed=/news.xml%%26named=Harbour");
	server_tell(server,
		"/_/alias?path=/news.xml&to=/feed/ar/10%%3Fgrow=2%%26title=Harbour%%2520News");
	/* Adding the page finds its feed and brings what it has. */
	char *out = home_run(home, 0, "add", page, NULL);
	assert_non_null(strstr(out, "Harbour News, 10 new articles"));
	free(out);
	struct buffer opml = {0};
	buffer_printf(&opml,
		"<opml version=\"2.0\"><body><outline type=\"rss\" text=\"Noise\" xmlUrl=\"%s\"/>"
		"</body></opml>",
		bad);
	free(home_run(home, 0, "import", home_write(home, "bad.opml", buffer_view(&opml)), NULL));
	buffer_free(&opml);
	/* Fetching brings what is new; the other one fails. */
	server_tell(server, "/_/epoch?n=1");
	out = home_run(home, EX_UNAVAILABLE, "fetch", NULL);
	assert_int_equal(rows_with(out, "\033"), 0);
	free(out);
	out = home_run(home, 0, "feeds", "--json", NULL);
	json_decref(feed_of(out, feed));
	json_decref(feed_of(out, bad));
	free(out);
	out = home_run(home, 0, "list", NULL);
	assert_int_equal(rows_with(out, "(1-"), 12);
	free(out);
	/* The reader shows it, down to the text. */
	struct terminal *t = terminal_start(home, 24, 80, NULL, NULL);
	expect(t, "Harbour News", true);
	terminal_keys(t, ENTER);   /* all articles */
	expect(t, "(11-1)", true); /* a hyphen between numbers behind Arabic letters */
	terminal_keys(t, ENTER);
	expect_visual(t, "المشروع");
	terminal_keys(t, "hh");
	/* What fails has one line. */
	terminal_keys(t, "e");
	assert_int_equal(rows_with(terminal_screen(t), "Noise"), 1);
	expect(t, "Harbour News", false);
	terminal_keys(t, "Q");
	assert_int_equal(terminal_wait(t), 0);
	terminal_free(t);
}

/* A host and its port are no scheme: https is tried there, and nobody answers. */
static void test_typed_addresses(void **state)
{
	struct home *home = *state;
	static const struct {
		const char *typed;
		int status;
	} cases[] = {{"127.0.0.1:1/feed", EX_UNAVAILABLE}, {"localhost:1", EX_UNAVAILABLE},
		{"news.invalid/feed", EX_NOHOST}, {"mailto:me@news.invalid", EX_USAGE},
		{"ftp:news.invalid", EX_USAGE}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		free(home_run(home, cases[i].status, "add", cases[i].typed, NULL));
}

/* Each feed to begin with can be taken in at once, and is in a folder of its language. */
static void test_starter(void **state)
{
	struct home *home = *state;
	char path[600];
	snprintf(path, sizeof path, "%s/samples/starter.opml", getenv("KHABAR_SOURCE"));
	char *out = home_run(home, 0, "import", "--dry-run", "--json", path, NULL);
	json_t *list = json_loads(out, 0, NULL), *feed;
	size_t i;
	assert_true(json_array_size(list) >= 30);
	json_array_foreach(list, i, feed)
	{
		const char *url = json_string_value(json_object_get(feed, "url"));
		assert_non_null(url);
		assert_true(strncmp(url, "https://", 8) == 0);
		assert_true(json_string_length(json_object_get(feed, "title")) > 0);
	}
	json_decref(list);
	free(out);
	free(home_run(home, 0, "import", path, NULL));
	out = home_run(home, 0, "export", "--format", "opml", NULL);
	assert_int_equal(rows_with(out, "xmlUrl=\"https://"), (int)i);
	free(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_page_to_screen, setup, teardown),
		cmocka_unit_test_setup_teardown(test_typed_addresses, setup, teardown),
		cmocka_unit_test_setup_teardown(test_starter, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
