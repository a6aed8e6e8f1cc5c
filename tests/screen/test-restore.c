/* The reader starts where it was left. */
#include "articles.h"
#include "reader.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct terminal *start(struct home *home)
{
	return terminal_start(home, 24, 80, NULL, NULL);
}

static void quit(struct terminal *t)
{
	reader_quit(t);
}

static void an_article_is_open_again(void **state)
{
	struct terminal *t = reader_open_article(*state, 24, 80, 1);
	free(reader_read_half(t));
	char *before = strdup(terminal_screen(t));
	quit(t);
	t = start(*state);
	struct str shown = str_of(terminal_screen(t)), said = str_of(before), a, b;
	/* All but the status line, which may tell more. */
	for (int i = 0; i < 23; i++) {
		assert_true(str_split(&shown, '\n', &a) && str_split(&said, '\n', &b));
		assert_true(str_equal(a, b));
	}
	free(before);
	terminal_keys(t, "q");
	assert_true(terminal_find(t, "2/5") == 23); /* the list, at its row */
	quit(t);
	t = start(*state);
	assert_true(terminal_find(t, "2/5") == 23);
	quit(t);
}

/* What was read since stays in the list it was read in. */
static void the_unread_list_is_as_it_was(void **state)
{
	struct terminal *t = start(*state);
	terminal_keys(t, DOWN ENTER DOWN DOWN ENTER);
	char *title = strdup(terminal_row(t, 1));
	quit(t);
	t = start(*state);
	assert_string_equal(terminal_row(t, 1), title);
	free(title);
	terminal_keys(t, "q");
	assert_int_equal(terminal_find(t, "3/5"), 23);
	assert_non_null(strstr(terminal_row(t, 0), "Unread"));
	quit(t);
}

static bool is_selected(struct terminal *t, int row)
{
	return terminal_cell(t, row, 40).reverse;
}

/* Who stepped back out is at the feeds, on the same row. */
static void stepping_out_leads_to_the_feeds(void **state)
{
	home_write(*state, "config/khabar/khabar.conf", STR("theme = mono\n"));
	struct terminal *t = start(*state);
	int last = terminal_find(t, "Lately read");
	terminal_keys(t, "jjjjj");
	assert_true(is_selected(t, last + 1));
	terminal_keys(t, ENTER ENTER "qqq");
	assert_int_equal(terminal_wait(t), 0);
	terminal_free(t);
	t = start(*state);
	assert_int_equal(terminal_find(t, "Lately read"), last);
	assert_true(is_selected(t, last + 1));
	assert_false(is_selected(t, 1));
	quit(t);
}

static void the_option_turns_it_off(void **state)
{
	home_write(*state, "config/khabar/khabar.conf", STR("[ui]\nrestore = no\n"));
	quit(reader_open_article(*state, 24, 80, 1));
	struct terminal *t = start(*state);
	assert_true(terminal_find(t, "Lately read") > 0);
	quit(t);
}

/* The article is gone: the list is there, at its place. */
static void what_has_vanished_does_no_harm(void **state)
{
	quit(reader_open_article(*state, 24, 80, 1));
	home_write(*state, "config/khabar/khabar.conf", STR("[ui]\nrestore = no\n"));
	struct terminal *t = start(*state);
	terminal_keys(t, ENTER DOWN "x");
	quit(t);
	home_write(*state, "config/khabar/khabar.conf", STR(""));
	t = start(*state);
	assert_true(terminal_find(t, "/4") == 23);
	quit(t);
}

/* Numbers of articles mean others in another store. */
static void another_store_starts_afresh(void **state)
{
	char path[4096], copy[4096];
	snprintf(path, sizeof path, "%s/data/khabar/khabar.db", home_path(*state));
	snprintf(copy, sizeof copy, "%s/other.db", home_path(*state));
	quit(reader_open_article(*state, 24, 80, 1));
	free(home_run(*state, 0, "backup", copy, NULL));
	const char *const other[] = {"--db", copy, NULL};
	struct terminal *t = terminal_start(*state, 24, 80, other, NULL);
	assert_true(terminal_find(t, "Lately read") > 0);
	terminal_signal(t, SIGKILL);
	terminal_wait(t);
	terminal_free(t);
	/* The same by another name. */
	const char *const same[] = {"--db", path, NULL};
	t = terminal_start(*state, 24, 80, same, NULL);
	assert_int_equal(terminal_find(t, "Lately read"), -1);
	quit(t);
}

static void a_broken_file_does_no_harm(void **state)
{
	static const struct str files[] = {STR("\0\0\377"), STR("store \nrow \nlist 1 2 3\narticle 3\n"),
		STR("row smart All\nlist 99999999999999999999999 x y\n"), STR("")};
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		home_write(*state, "state/khabar/session", files[i]);
		struct terminal *t = start(*state);
		assert_true(terminal_find(t, "Lately read") > 0);
		quit(t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		READER_TEST(an_article_is_open_again),
		READER_TEST(the_unread_list_is_as_it_was),
		READER_TEST(stepping_out_leads_to_the_feeds),
		READER_TEST(the_option_turns_it_off),
		READER_TEST(what_has_vanished_does_no_harm),
		READER_TEST(another_store_starts_afresh),
		READER_TEST(a_broken_file_does_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
