/* Sizes, restarts, signals, jobs: how the reader comes, stays and goes. */
#include "articles.h"
#include "reader.h"

#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- sizes ------------------------------------------------------------------ */

static void a_resize_keeps_the_line(void **state)
{
	struct terminal *t = reader_open_article(*state, 24, 80, 0);
	terminal_resize(t, 12, 80);
	free(reader_read_half(t));
	struct reader_rows before = reader_rows(t);
	terminal_resize(t, 24, 40);
	assert_non_null(strstr(terminal_row(t, 1), reader_first_word(before.text[0])));
	terminal_resize(t, 5, 20);
	assert_non_null(strstr(terminal_row(t, 1), reader_first_word(before.text[0])));
	terminal_resize(t, 12, 80);
	reader_expect_rows(t, &before, 0);
	reader_rows_free(&before);
	reader_quit(t);
}

/* What the terminal cut off while it was small is painted again, though the size is the old one. */
static void a_size_and_back_leaves_a_good_screen(void **state)
{
	struct terminal *t = reader_open_article(*state, 24, 80, 1);
	char *before = strdup(terminal_screen(t));
	for (int i = 0; i < 5; i++) {
		terminal_resize_only(t, 5, 20);
		terminal_resize(t, 24, 80);
		terminal_expect_same(t, before);
	}
	free(before);
	reader_quit(t);
}

/* After any storm of sizes the screen is what a fresh paint of it gives. */
static void storms_of_sizes_leave_a_good_screen(void **state)
{
	struct terminal *t = reader_open_article(*state, 24, 80, 1);
	for (int i = 0; i < 60; i++)
		terminal_resize_only(t, 5 + i * 7 % 40, 20 + i * 37 % 160);
	terminal_resize(t, 24, 80);
	char *storm = strdup(terminal_screen(t));
	terminal_keys(t, CTRL_L);
	terminal_expect_same(t, storm);
	free(storm);
	reader_quit(t);
}

static void tiny_and_huge_screens_work(void **state)
{
	static const struct {
		int rows, columns;
	} sizes[] = {{5, 20}, {2, 10}, {1, 1}, {100, 300}};
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct terminal *t =
			reader_open_article(*state, sizes[i].rows, sizes[i].columns, 2);
		terminal_keys(t, "?");
		terminal_keys(t, "q");
		terminal_keys(t, "G");
		terminal_keys(t, "q");
		terminal_keys(t, "q");
		reader_quit(t);
	}
}

/* ---- leaving and coming back -------------------------------------------------- */

static void expect_place(struct home *home, const char *word)
{
	struct terminal *t = reader_open_article(home, 24, 40, 0);
	if (!strstr(terminal_row(t, 1), word))
		fail_msg("%s is not in the first row: |%s", word, terminal_row(t, 1));
	reader_quit(t);
	json_t *item = reader_listed(home, 0);
	assert_non_null(json_object_get(item, "position"));
	json_decref(item);
}

static void the_place_is_kept_on_quit(void **state)
{
	struct terminal *t = reader_open_article(*state, 12, 80, 0);
	char *word = reader_read_half(t);
	reader_quit(t);
	expect_place(*state, word);
	t = reader_open_article(*state, 12, 80, 0);
	assert_non_null(strstr(terminal_row(t, 1), word));
	free(word);
	reader_quit(t);
}

/* Redone while it is open, a deletion takes the article away from under the reader. */
static void a_deleted_article_is_left_without_complaint(void **state)
{
	struct terminal *t = reader_open_article(*state, 12, 80, 0);
	terminal_keys(t, "\033[3~"); /* Delete */
	terminal_keys(t, "Ug");
	terminal_keys(t, ENTER);
	terminal_keys(t, " ");
	terminal_keys(t, "Z");
	reader_quit(t);
}

/* What a prompt holds belongs to it: a sanitizer would tell of what is left. */
static void a_prompt_is_left_with_the_reader(void **state)
{
	struct terminal *t = reader_open_list(*state, 24, 80);
	terminal_keys(t, "/");
	terminal_keys(t, "ferry" ENTER);
	terminal_keys(t, "L");
	terminal_signal(t, SIGTERM);
	int status = terminal_wait(t);
	assert_true(status == 0 || status == 128 + SIGTERM);
}

static void the_place_is_kept_on_hangup(void **state)
{
	struct terminal *t = reader_open_article(*state, 12, 80, 0);
	char *word = reader_read_half(t);
	terminal_hangup(t);
	assert_true(terminal_wait(t) < 128);
	expect_place(*state, word);
	free(word);
}

static void the_place_is_kept_on_signals(void **state)
{
	static const int signals[] = {SIGHUP, SIGTERM, SIGINT};
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct terminal *t = reader_open_article(*state, 12, 80, 0);
		char *word = reader_read_half(t);
		terminal_signal(t, signals[i]);
		assert_true(terminal_wait(t) < 128);
		reader_assert_given_back(t);
		expect_place(*state, word);
		free(word);
	}
}

static void a_crash_gives_the_terminal_back(void **state)
{
	static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS};
	/* A program built with AddressSanitizer would end these its own way. */
	const char *environment[] = {
		"ASAN_OPTIONS=handle_segv=0:handle_abort=0:handle_sigbus=0", NULL};
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct terminal *t = terminal_start(*state, 24, 80, NULL, environment);
		terminal_keys(t, ENTER);
		terminal_signal(t, signals[i]);
		assert_int_equal(terminal_wait(t), 128 + signals[i]);
		reader_assert_given_back(t);
	}
}

static void a_kill_damages_nothing(void **state)
{
	struct terminal *t = reader_open_list(*state, 24, 80);
	terminal_keys(t, "s");
	terminal_signal(t, SIGKILL);
	assert_int_equal(terminal_wait(t), 128 + SIGKILL);
	assert_true(reader_is_set(*state, 0, "starred"));
	t = reader_open_article(*state, 24, 80, 0);
	reader_quit(t);
}

static void two_readers_share_a_store(void **state)
{
	struct terminal *one = reader_open_list(*state, 24, 80),
			*two = reader_open_list(*state, 12, 40);
	terminal_keys(two, DOWN DOWN);
	for (int i = 0; i < 3; i++) {
		terminal_type(one, "s");
		terminal_type(two, "s");
		terminal_settle(one);
		terminal_settle(two);
	}
	terminal_keys(one, ENTER);
	terminal_keys(two, ENTER);
	reader_quit(one);
	reader_quit(two);
	assert_true(reader_is_set(*state, 0, "starred"));
	assert_false(reader_is_set(*state, 1, "starred"));
	assert_true(reader_is_set(*state, 2, "starred"));
	assert_true(reader_is_set(*state, 2, "read"));
}

static void a_job_is_stopped_and_continued(void **state)
{
	struct terminal *t = terminal_start_job(*state, 24, 80, NULL, NULL);
	terminal_keys(t, ENTER);
	terminal_keys(t, ENTER);
	char *before = strdup(terminal_screen(t));
	for (int i = 0; i < 3; i++) {
		terminal_type(t, CTRL_Z);
		terminal_wait_stopped(t);
		reader_assert_given_back(t);
		terminal_foreground(t);
		assert_true(terminal_alternate(t));
		terminal_expect_same(t, before);
	}
	terminal_type(t, CTRL_Z);
	terminal_wait_stopped(t);
	terminal_resize_only(t, 12, 40);
	terminal_foreground(t);
	char *resized = strdup(terminal_screen(t));
	terminal_keys(t, CTRL_L);
	terminal_expect_same(t, resized);
	assert_string_not_equal(resized, before);
	free(before);
	free(resized);
	reader_quit(t);
}

static void the_terminal_is_taken_and_given_back(void **state)
{
	struct terminal *t = reader_open_article(*state, 24, 80, 0);
	assert_true(terminal_alternate(t));
	assert_false(terminal_tty_is_sane(t));
	struct str log = terminal_log(t);
	ptrdiff_t off = str_find(log, STR("\033[8l")), text = str_find(log, STR("khabar"));
	assert_true(off >= 0 && off < text);
	/* It keeps the window's title, and was asked what it is. */
	assert_string_equal(terminal_unknown(t), "CSI 22 0 0 t\nCSI 8 $p\nOSC 11;?\nCSI > 0 q\n");
	terminal_type(t, "Q");
	assert_int_equal(terminal_wait(t), 0);
	reader_assert_given_back(t);
	assert_string_equal(terminal_screen(t), "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n");
}

/* ---- another program on the terminal -------------------------------------------- */

/* The link is one argument of the program; no shell sees it. */
static void links_open_in_the_browser(void **state)
{
	struct home *home = *state;
	char variable[400];
	const char *script = home_write(home, "browser",
		STR("#!/bin/sh\nprintf '%s|' \"$#\" \"$@\" > opened\n"
		    "echo on the terminal\n"));
	assert_int_equal(chmod(script, 0700), 0);
	snprintf(variable, sizeof variable, "BROWSER=%s", script);
	const char *environment[] = {variable, NULL};
	struct terminal *t = terminal_start(home, 24, 80, NULL, environment);
	terminal_keys(t, ENTER);
	char *before = strdup(terminal_screen(t));
	terminal_keys(t, "o");
	terminal_expect_same(t, before);
	free(before);
	reader_quit(t);
	char expected[400];
	snprintf(expected, sizeof expected, "1|%s|", articles[0].url);
	char *opened = home_run(home, 0, "/bin/cat", "opened", NULL);
	assert_string_equal(opened, expected);
	free(opened);
	free(home_run(home, 1, "/usr/bin/test", "-e", "hacked", NULL));
}

/* While a browser has the terminal, SIGTERM still ends the reader, with its place kept. */
static void a_browser_does_not_make_deaf(void **state)
{
	struct home *home = *state;
	char variable[400];
	const char *script =
		home_write(home, "slow", STR("#!/bin/sh\n: > started\nexec sleep 20\n"));
	assert_int_equal(chmod(script, 0700), 0);
	snprintf(variable, sizeof variable, "BROWSER=%s", script);
	const char *environment[] = {variable, NULL};
	struct terminal *t = terminal_start(home, 12, 40, NULL, environment);
	terminal_keys(t, ENTER);
	terminal_keys(t, ENTER);
	terminal_keys(t, "ddd");
	terminal_keys(t, "o");
	free(home_run(home, 0, "/usr/bin/test", "-e", "started", NULL));
	terminal_signal(t, SIGTERM);
	assert_int_equal(terminal_wait(t), 0);
	json_t *item = reader_listed(home, 0);
	json_t *position = json_object_get(item, "position");
	assert_true(json_integer_value(json_object_get(position, "offset")) > 0);
	json_decref(item);
}

/* Another process that writes for long costs a key a moment, and is told. */
static void a_locked_store_is_told(void **state)
{
	struct home *home = *state;
	struct terminal *t = reader_open_list(home, 24, 80);
	sqlite3 *other;
	char path[400];
	snprintf(path, sizeof path, "%s/data/khabar/khabar.db", home_path(home));
	assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	terminal_keys(t, "sj"); /* the second key is typed before the error can be read */
	for (int tries = 0; tries < 20 && terminal_find(t, "lock") < 0; tries++) {
		usleep(100000); /* waiting for a lock looks like waiting for a key */
		terminal_settle(t);
	}
	assert_int_equal(terminal_find(t, "lock"), 23);
	assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(other);
	terminal_keys(t, "s");
	reader_quit(t);
	assert_false(reader_is_set(home, 0, "starred"));
	assert_true(reader_is_set(home, 1, "starred"));
}

/* ---- what must not happen ------------------------------------------------------ */

static void nothing_hostile_reaches_the_terminal(void **state)
{
	struct home *home = *state;
	const char *path = home_write(home, "pages/hostile.html",
		STR("<html><head><meta "
		    "charset=utf-8><title>a&#27;]2;evil&#7;b\u202E&#x9b;31mred\u2066</title>"
		    "</head><body><article><h1>a&#27;]2;evil&#7;b\u202E&#x9b;31mred\u2066</"
		    "h1><p>One long and "
		    "honest paragraph, so that this is an article, with \u202Ereversed\u202C "
		    "words, a bell "
		    "&#7; and a sequence &#27;[2J in it.</p><p>And another one, with a C1 \xc2\x9b"
		    "5m byte, "
		    "and a line\u2028separator.</p></article></body></html>"));
	free(home_run(home, 0, "import", path, NULL));
	struct terminal *t = reader_open_article(home, 24, 80, 0);
	struct str log = terminal_log(t);
	static const char *const never[] = {
		"\u202E", "\u2066", "\u2028", "\033]2;evil", "\033[2J in", "\xc2\x9b", "\x07 and"};
	assert_true(terminal_find(t, "honest") > 0);
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		assert_int_equal(str_find(log, str_of(never[i])), -1);
	assert_string_not_equal(terminal_title(t), "evil");
	reader_quit(t);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		READER_TEST(a_resize_keeps_the_line),
		READER_TEST(a_size_and_back_leaves_a_good_screen),
		READER_TEST(storms_of_sizes_leave_a_good_screen),
		READER_TEST(tiny_and_huge_screens_work),
		READER_TEST(the_place_is_kept_on_quit),
		READER_TEST(a_deleted_article_is_left_without_complaint),
		READER_TEST(a_prompt_is_left_with_the_reader),
		READER_TEST(the_place_is_kept_on_hangup),
		READER_TEST(the_place_is_kept_on_signals),
		READER_TEST(a_crash_gives_the_terminal_back),
		READER_TEST(a_kill_damages_nothing),
		READER_TEST(two_readers_share_a_store),
		READER_TEST(a_job_is_stopped_and_continued),
		READER_TEST(the_terminal_is_taken_and_given_back),
		READER_TEST(links_open_in_the_browser),
		READER_TEST(a_browser_does_not_make_deaf),
		READER_TEST(a_locked_store_is_told),
		READER_TEST(nothing_hostile_reaches_the_terminal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
