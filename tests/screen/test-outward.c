/* What leads out of the reader: bookmarks, a list in the browser, notifications; past messages. */
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROWS = 24, COLUMNS = 100 };

/* A feed of 12 articles that a program prints, and programs that write down their arguments. */
static int setup(void **state)
{
	struct buffer feed = {0};
	home_setup(state);
	struct home *home = *state;
	buffer_str(&feed, STR("<rss version=\"2.0\"><channel><title>Harbour</title>"));
	for (int i = 1; i <= 12; i++)
		buffer_printf(&feed,
			"<item><title>Ship $(touch pwned) \"%d\"</title>"
			"<link>https://example.org/%d?a=1;b</link><guid>g%d</guid>"
			"<pubDate>Mon, %02d Jun 2024 10:00:00 GMT</pubDate></item>",
			i, i, i, i);
	buffer_str(&feed, STR("</channel></rss>"));
	home_write(home, "feed.xml", buffer_view(&feed));
	buffer_free(&feed);
	home_write(home, "note",
		STR("#!/bin/sh\nfor a in \"$@\"; do echo \"<$a>\" >>\"$HOME/noted\"; done\n"));
	return 0;
}

static void configure(struct home *home, const char *notify, const char *of_feed)
{
	struct buffer conf = {0};
	const char *path = home_path(home);
	buffer_printf(&conf,
		"notify = %s\n[fetch]\nauto = no\n"
		"[notify]\ncommand = /bin/sh %s/note \"new news\"\n"
		"[bookmark]\ncommand = /bin/sh %s/note mark\n"
		"[feed command:harbour]\ncommand = /bin/cat %s/feed.xml\nnotify = %s\n",
		notify, path, path, path, of_feed);
	home_write(home, "config/khabar/khabar.conf", buffer_view(&conf));
	buffer_free(&conf);
	free(home_run(home, 0, "add", "--no-fetch", "command:harbour", NULL));
}

static struct terminal *start(struct home *home)
{
	char command[4096];
	snprintf(command, sizeof command, "BROWSER=/bin/sh %s/note", home_path(home));
	const char *const environment[] = {command, NULL};
	return terminal_start(home, ROWS, COLUMNS, NULL, environment);
}

static void quit(struct terminal *t)
{
	terminal_keys(t, "Q");
	assert_int_equal(terminal_wait(t), 0);
	terminal_free(t);
}

static void await(struct terminal *t, const char *text)
{
	for (int i = 0; i < 100 && terminal_find(t, text) < 0; i++) {
		usleep(100000);
		terminal_settle(t);
	}
	if (terminal_find(t, text) < 0)
		fail_msg("no \"%s\" in\n%s", text, terminal_screen(t));
}

/* What the programs were given, once it holds the text; to be freed. */
static char *await_noted(struct home *home, const char *text)
{
	char path[4096];
	char *all = calloc(1, 65536);
	assert_non_null(all);
	snprintf(path, sizeof path, "%s/noted", home_path(home));
	for (int i = 0; i < 100 && !strstr(all, text); i++) {
		FILE *file = fopen(path, "r");
		if (file) {
			all[fread(all, 1, 65535, file)] = '\0';
			fclose(file);
		}
		usleep(50000);
	}
	if (!strstr(all, text))
		fail_msg("no \"%s\" in \"%s\"", text, all);
	return all;
}

static int count_of(const char *text, const char *part)
{
	int count = 0;
	for (; (text = strstr(text, part)); text += strlen(part))
		count++;
	return count;
}

static bool was_sent(struct terminal *t, const char *bytes)
{
	struct str log = terminal_log(t);
	return str_find(log, str_of(bytes)) >= 0;
}

static void new_articles_are_told_by_the_terminal(void **state)
{
	configure(*state, "osc777", "yes");
	struct terminal *t = start(*state);
	terminal_keys(t, "F");
	await(t, "12 articles new");
	assert_true(was_sent(
		t, "\033]777;notify;khabar;12 new articles: Ship $(touch pwned) \"12\"\a"));
	quit(t);
}

static void a_feed_may_be_silent(void **state)
{
	configure(*state, "osc9", "no");
	struct terminal *t = start(*state);
	terminal_keys(t, "F");
	await(t, "12 articles new");
	assert_false(was_sent(t, "\033]9;"));
	quit(t);
}

static void a_program_is_told(void **state)
{
	configure(*state, "command", "yes");
	struct terminal *t = start(*state);
	terminal_keys(t, "F");
	char *noted = await_noted(*state, "new articles");
	assert_string_equal(
		noted, "<new news>\n<khabar>\n<12 new articles: Ship $(touch pwned) \"12\">\n");
	free(noted);
	quit(t);
}

/* The program of hook.new runs with the reader's fetches, too: what it says last is a message. */
static void a_hook_that_fails_is_told(void **state)
{
	struct buffer conf = {0};
	const char *path = home_path(*state);
	home_write(*state, "hook", STR("wc -l >>\"$HOME/noted\"; echo 'no room' >&2; exit 9\n"));
	buffer_printf(&conf,
		"[fetch]\nauto = no\n[hook]\nnew = /bin/sh %s/hook\n"
		"[feed command:harbour]\ncommand = /bin/cat %s/feed.xml\n",
		path, path);
	home_write(*state, "config/khabar/khabar.conf", buffer_view(&conf));
	buffer_free(&conf);
	free(home_run(*state, 0, "add", "--no-fetch", "command:harbour", NULL));
	struct terminal *t = start(*state);
	terminal_keys(t, "F");
	await(t, "hook.new: the program failed with status 9: no room");
	terminal_keys(t, "\r");
	await(t, "1/12"); /* all are there */
	terminal_keys(t, "M");
	await(t, "hook.new: ");
	char *noted = await_noted(*state, "12");
	assert_string_equal(noted, "12\n");
	free(noted);
	quit(t);
}

/* Link, title and feed are arguments of their own, whatever is in them. */
static void bookmarks_are_a_program_s(void **state)
{
	configure(*state, "no", "yes");
	free(home_run(*state, 0, "fetch", NULL));
	struct terminal *t = start(*state);
	terminal_keys(t, "\r");
	terminal_keys(t, "@");
	await(t, "Bookmarked: https://example.org/12?a=1;b");
	char *noted = await_noted(*state, "Harbour");
	assert_string_equal(noted, "<mark>\n<https://example.org/12?a=1;b>\n<Ship $(touch pwned) "
				   "\"12\">\n<Harbour>\n");
	free(noted);
	quit(t);
}

static void a_failing_program_is_told_of(void **state)
{
	configure(*state, "no", "yes");
	free(home_run(*state, 0, "fetch", NULL));
	home_write(*state, "config/khabar/khabar.conf", STR("[bookmark]\ncommand = /bin/false\n"));
	struct terminal *t = start(*state);
	terminal_keys(t, "\r@");
	await(t, "bookmark.command: the program ended with status 1");
	terminal_keys(t, "M");
	await(t, "! bookmark.command: the program ended with status 1");
	quit(t);
}

/* Over ten are asked for; then each is given to the browser, and is read. */
static void the_unread_are_opened(void **state)
{
	configure(*state, "no", "yes");
	free(home_run(*state, 0, "fetch", NULL));
	struct terminal *t = start(*state);
	terminal_keys(t, "\r");
	terminal_keys(t, "*");
	await(t, "Open 12 articles in the browser?");
	terminal_keys(t, "j*");
	await(t, "Open 12 articles in the browser?");
	terminal_keys(t, "*");
	await(t, "12 articles opened");
	char *noted = await_noted(*state, "<https://example.org/1?a=1;b>");
	assert_int_equal(count_of(noted, "<https://example.org/"), 12);
	free(noted);
	terminal_keys(t, "*");
	await(t, "Nothing unread in this list");
	quit(t);
	char *count = home_run(*state, 0, "list", "--unread", NULL);
	assert_string_equal(count, "");
	free(count);
}

/* What the next key took away is found again, with its time; the same key leads back. */
static void past_messages_are_kept(void **state)
{
	configure(*state, "no", "yes");
	free(home_run(*state, 0, "fetch", NULL));
	struct terminal *t = start(*state);
	terminal_keys(t, "\r");
	terminal_keys(t, "@");
	await(t, "Bookmarked");
	terminal_keys(t, "j");
	assert_int_equal(terminal_find(t, "Bookmarked"), -1);
	terminal_keys(t, "M");
	await(t, "Bookmarked: https://example.org/12");
	assert_int_equal(terminal_find(t, "Messages"), 0);
	const char *row = terminal_row(t, terminal_find(t, "Bookmarked"));
	int hours, minutes;
	assert_int_equal(sscanf(row, " %d:%d", &hours, &minutes), 2);
	terminal_keys(t, "M");
	await(t, "Harbour");
	assert_int_equal(terminal_find(t, "Bookmarked"), -1);
	quit(t);
}

#define OUTWARD_TEST(test) cmocka_unit_test_setup_teardown(test, setup, home_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OUTWARD_TEST(new_articles_are_told_by_the_terminal),
		OUTWARD_TEST(a_feed_may_be_silent),
		OUTWARD_TEST(a_program_is_told),
		OUTWARD_TEST(bookmarks_are_a_program_s),
		OUTWARD_TEST(a_failing_program_is_told_of),
		OUTWARD_TEST(the_unread_are_opened),
		OUTWARD_TEST(past_messages_are_kept),
		OUTWARD_TEST(a_hook_that_fails_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
