/* Feeds in the reader: added, fetched beside the reading, failing, removed. */
#include "harness.h"
#include "oracle.h"
#include "tests/net/server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define ENTER "\r"
#define ESCAPE "\033"

enum { LAST = 23, PATIENCE_MS = 15000 };

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

/* Waits until the text is on the screen, or is gone from it. */
static void await(struct terminal *t, const char *text, bool there)
{
	for (int waited = 0; waited < PATIENCE_MS; waited += 50) {
		terminal_settle(t);
		if ((terminal_find(t, text) >= 0) == there)
			return;
		usleep(50000);
	}
	fail_msg("\"%s\" is %s on:\n%s", text, there ? "not" : "still", terminal_screen(t));
}

static struct terminal *open_reader(struct home *home)
{
	return terminal_start(home, 24, 80, NULL, NULL);
}

static void quit(struct terminal *t)
{
	terminal_keys(t, "Q");
	assert_int_equal(terminal_wait(t), 0);
	terminal_free(t);
}

static void add_without_fetching(struct home *home, const char *url)
{
	free(home_run(home, 0, "add", "--no-fetch", url, NULL));
}

/* Typed into the prompt. */
static void answer(struct terminal *t, const char *text)
{
	terminal_type(t, text);
	terminal_keys(t, ENTER);
}

/* ---- adding -------------------------------------------------------------- */

static void a_page_with_one_feed_is_added_at_once(void **state)
{
	struct terminal *t = open_reader(*state);
	server_tell(server, "/_/alias?path=/one.xml&to=/feed/ar/5%%3Ftitle=One%%2520Feed");
	terminal_keys(t, "a");
	assert_int_equal(terminal_find(t, "Address of a feed or site:"), LAST);
	answer(t, server_url(server, 1, "/page/ar?feed=/one.xml"));
	await(t, "One Feed", true);
	await(t, "5 unread", true);
	quit(t);
}

static void several_feeds_are_offered(void **state)
{
	struct terminal *t = open_reader(*state);
	server_tell(server, "/_/alias?path=/a.xml&to=/feed/ar/5%%3Ftitle=First");
	server_tell(server, "/_/alias?path=/b.xml&to=/feed/he/7%%3Ftitle=Second");
	terminal_keys(t, "a");
	answer(t, server_url(server, 1, "/page/ar?feed=/a.xml&feed=/b.xml"));
	await(t, "0 chosen", true);
	assert_true(terminal_find(t, "/a.xml") >= 0);
	assert_true(terminal_find(t, "/b.xml") >= 0);
	terminal_keys(t, "j ");
	assert_int_equal(terminal_find(t, "1 chosen"), LAST);
	terminal_keys(t, ENTER);
	await(t, "7 unread", true);
	assert_true(terminal_find(t, "Second") >= 0);
	assert_int_equal(terminal_find(t, "First"), -1);
	quit(t);
}

static void what_is_no_feed_is_told(void **state)
{
	struct terminal *t = open_reader(*state);
	terminal_keys(t, "a");
	answer(t, server_url(server, 1, "/status/404"));
	await(t, "404", true);
	terminal_keys(t, "a");
	terminal_keys(t, ESCAPE);
	assert_int_equal(terminal_find(t, "Address of"), -1);
	quit(t);
	char *out = home_run(*state, 0, "feeds", "--json", NULL);
	assert_null(strstr(out, "http"));
	free(out);
}

static void feeds_to_start_with_are_offered(void **state)
{
	struct terminal *t = open_reader(*state);
	assert_true(terminal_find(t, "S: choose from a list of feeds") >= 0);
	terminal_keys(t, "S");
	await(t, "0 chosen", true);
	char *heading = oracle_visual("العربية", 0, strlen("العربية"), ORACLE_RTL);
	assert_true(terminal_find(t, heading) >= 0);
	free(heading);
	terminal_keys(t, " "); /* a heading stands for all below it */
	assert_int_equal(terminal_find(t, "0 chosen"), -1);
	terminal_keys(t, "q");
	assert_true(terminal_find(t, "No articles yet.") >= 0);
	quit(t);
}

/* ---- the prompt ---------------------------------------------------------- */

static int lit_column(struct terminal *t)
{
	int32_t ground = terminal_cell(t, LAST, 79).background;
	for (int column = 30; column < 79; column++) {
		if (terminal_cell(t, LAST, column).background != ground)
			return column;
	}
	fail_msg("no cursor on:\n%s", terminal_screen(t));
	return -1;
}

static void the_prompt_reads_from_its_own_side(void **state)
{
	struct terminal *t = open_reader(*state);
	terminal_keys(t, "a");
	terminal_keys(t, "abc");
	int end = lit_column(t);
	assert_string_equal(terminal_cell(t, LAST, end - 1).text, "c");
	terminal_keys(t, "\033[D");
	assert_int_equal(lit_column(t), end - 1);
	terminal_keys(t, "\x15\x0b"); /* Ctrl-U, Ctrl-K: all of it */
	terminal_keys(t, "سلام");
	/* Joined, at the right side, the cursor left of it; lam-alef is one cell. */
	assert_string_equal(terminal_cell(t, LAST, 78).text, "ﺳ");
	assert_int_equal(lit_column(t), 75);
	terminal_keys(t, "\033[C"); /* to the right: back in the text */
	assert_int_equal(lit_column(t), 76);
	terminal_keys(t, "\x7f"); /* the letters before the cursor: lam-alef */
	terminal_keys(t, " ب");
	terminal_keys(t, "\x17"); /* Ctrl-W */
	char *row = strdup(terminal_row(t, LAST));
	assert_non_null(strstr(row, "ﺳ"));
	assert_null(strstr(row, "ﺏ"));
	free(row);
	terminal_keys(t, ESCAPE);
	quit(t);
}

/* A long text scrolls, and what is left of the question is not written over. */
static void the_prompt_scrolls(void **state)
{
	struct terminal *t = terminal_start(*state, 12, 40, NULL, NULL);
	terminal_keys(t, "a");
	for (int i = 0; i < 30; i++)
		terminal_type(t, "0123456789");
	terminal_settle(t);
	const char *row = terminal_row(t, 11);
	assert_non_null(strstr(row, "Address of"));
	assert_non_null(strstr(row, "6789"));
	terminal_keys(t, "\033[H");
	assert_non_null(strstr(terminal_row(t, 11), "0123"));
	terminal_keys(t, ESCAPE);
	quit(t);
}

/* ---- fetching ------------------------------------------------------------ */

static void new_articles_do_not_move_what_is_read(void **state)
{
	const char *url = server_url(server, 1, "/grow.xml");
	server_tell(server, "/_/alias?path=/grow.xml&to=/feed/en/30%%3Ftitle=Grow%%26grow=10");
	free(home_run(*state, 0, "add", url, NULL));
	struct terminal *t = open_reader(*state);
	terminal_keys(t, ENTER);
	terminal_keys(t, "jjjjjjjjjj jj");
	assert_true(terminal_find(t, "/30") == LAST);
	int selected = -1;
	int32_t ground = terminal_cell(t, 1, 79).background;
	for (int row = 1; row < LAST; row++) {
		if (terminal_cell(t, row, 79).background != ground)
			selected = selected < 0 || row > 1 ? row : selected;
	}
	assert_true(selected > 0);
	char *before = strdup(terminal_row(t, selected));
	server_tell(server, "/_/epoch?n=1");
	/* Another process fetches. */
	free(home_run(*state, 0, "fetch", NULL));
	await(t, "/40", true);
	assert_string_equal(terminal_row(t, selected), before);
	/* And the reader itself. */
	server_tell(server, "/_/epoch?n=2");
	terminal_keys(t, "F");
	await(t, "/50", true);
	assert_string_equal(terminal_row(t, selected), before);
	await(t, "10 articles new or changed", true);
	free(before);
	quit(t);
}

static void a_deaf_server_does_not_block_a_key(void **state)
{
	const char *good = server_url(server, 2, "/feed/en/3?title=Good");
	add_without_fetching(*state, server_url(server, 1, "/hang"));
	add_without_fetching(*state, good);
	/* Both are due: they are fetched by themselves, and the screen is there at once. */
	struct terminal *t = open_reader(*state);
	assert_true(terminal_find(t, "Unfinished") > 0);
	await(t, "Good", true);
	await(t, "3 unread", true);
	await(t, "fetch 1/2", true);
	terminal_keys(t, ENTER);
	assert_true(terminal_find(t, "/3") == LAST);
	struct timespec from, to;
	clock_gettime(CLOCK_MONOTONIC, &from);
	quit(t); /* what is under way is ended, and quickly */
	clock_gettime(CLOCK_MONOTONIC, &to);
	assert_true(to.tv_sec - from.tv_sec < 10);
}

static void failing_feeds_are_told_and_tried_again(void **state)
{
	struct home *home = *state;
	home_write(home, "config/khabar/khabar.conf", STR("[fetch]\nauto = no\n"));
	add_without_fetching(home, server_url(server, 1, "/sick.xml"));
	server_tell(server, "/_/alias?path=/sick.xml&to=/status/500&to=/feed/en/4%%3Ftitle=Well");
	struct terminal *t = open_reader(home);
	terminal_keys(t, "F");
	await(t, "1 of 1 feeds failed", true);
	assert_true(terminal_find(t, "! ") > 0);
	terminal_keys(t, "e");
	await(t, "500", true);
	assert_true(terminal_find(t, "never fetched") > 0);
	terminal_keys(t, ENTER);
	await(t, "All feeds can be fetched", true);
	terminal_keys(t, "q");
	await(t, "Well", true);
	assert_int_equal(terminal_find(t, "! "), -1);
	quit(t);
}

/* ---- folders, removing --------------------------------------------------- */

static void folders_open_and_close(void **state)
{
	struct home *home = *state;
	home_write(home, "config/khabar/khabar.conf", STR("[fetch]\nauto = no\n"));
	free(home_run(home, 0, "add", "--no-fetch", "--folder", "أخبار/Asia", "--title", "Inner",
		"http://127.0.0.9/x", NULL));
	free(home_run(home, 0, "add", "--no-fetch", "--title", "Outer", "http://127.0.0.9/y",
		NULL));
	struct terminal *t = open_reader(home);
	terminal_expect_screen(t, "folders-80");
	terminal_keys(t, "jjjjj");
	terminal_keys(t, ENTER);
	assert_int_equal(terminal_find(t, "Inner"), -1);
	assert_true(terminal_find(t, "▸") > 0);
	terminal_keys(t, "X");
	assert_true(terminal_find(t, "Only a feed or a list of yours can be removed") == LAST);
	terminal_keys(t, ENTER);
	assert_true(terminal_find(t, "Inner") > 0);
	terminal_keys(t, "G");
	terminal_keys(t, "X");
	assert_true(terminal_find(t, "Remove this feed and its 0 articles?") == LAST);
	terminal_keys(t, "X");
	assert_int_equal(terminal_find(t, "Outer"), -1);
	quit(t);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_page_with_one_feed_is_added_at_once),
		TEST(several_feeds_are_offered),
		TEST(what_is_no_feed_is_told),
		TEST(feeds_to_start_with_are_offered),
		TEST(the_prompt_reads_from_its_own_side),
		TEST(the_prompt_scrolls),
		TEST(new_articles_do_not_move_what_is_read),
		TEST(a_deaf_server_does_not_block_a_key),
		TEST(failing_feeds_are_told_and_tried_again),
		TEST(folders_open_and_close),
	};
	return cmocka_run_group_tests_name("screen/feeds", tests, NULL, NULL);
}
