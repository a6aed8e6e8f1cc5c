/* Keys of one's own in the reader: sequences and what may follow, counts, the help, mistakes. */
#include "reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <cmocka.h>

static void settings(struct home *home, const char *text)
{
	home_write(home, "config/khabar/khabar.conf", str_of(text));
}

/* Which one of the list is selected, as the status line says: "3/5". */
static int selected(struct terminal *t)
{
	const char *row = terminal_row(t, 23);
	const char *place = strrchr(row, ' ');
	assert_non_null(place);
	assert_non_null(strchr(place, '/'));
	return atoi(place + 1);
}

static void sequences_show_what_follows(void **state)
{
	settings(*state, "[keys]\ng g = top\ng e = bottom\ng n = down, down, open\n");
	struct terminal *t = reader_open_list(*state, 24, 80);
	int first = selected(t);
	terminal_keys(t, "g");
	terminal_expect_screen(t, "keys-follow-80");
	terminal_keys(t, "\033");
	assert_int_equal(terminal_find(t, "Esc: leave it"), -1);
	terminal_keys(t, "ge");
	assert_true(selected(t) > first);
	terminal_keys(t, "gg");
	assert_int_equal(selected(t), first);
	terminal_keys(t, "gz");
	assert_non_null(strstr(terminal_row(t, 23), "g z does nothing here"));
	terminal_keys(t, "gn"); /* the third article is open */
	assert_true(terminal_find(t, "next unread") >= 0);
	terminal_keys(t, "q");
	assert_int_equal(selected(t), first + 2);
	reader_quit(t);
}

static void counts_repeat(void **state)
{
	struct terminal *t = reader_open_list(*state, 24, 80);
	int first = selected(t);
	terminal_keys(t, "3");
	assert_non_null(strstr(terminal_row(t, 23), "3  Esc"));
	terminal_keys(t, "j");
	assert_int_equal(selected(t), first + 3);
	terminal_keys(t, "2G");
	assert_int_equal(selected(t), first + 1);
	terminal_keys(t, "9k");
	assert_int_equal(selected(t), first);
	reader_quit(t);
}

static void the_help_is_searched(void **state)
{
	settings(*state, "[keys headlines]\n, a = open, next-unread\n");
	struct terminal *t = reader_open_list(*state, 24, 80);
	terminal_keys(t, "?");
	terminal_keys(t, "/next-unr");
	assert_true(terminal_find(t, "next unread article") > 0);
	assert_int_equal(terminal_find(t, "star or unstar"), -1);
	terminal_keys(t, "\r");
	terminal_keys(t, "/unread article\r");
	terminal_expect_screen(t, "keys-found-80");
	terminal_keys(t, "/xyzzy\r");
	assert_true(terminal_find(t, "No key does that") > 0);
	terminal_keys(t, "/\033");
	assert_true(terminal_find(t, "next line or item") > 0);
	reader_quit(t);
}

static void mistakes_are_told_at_start(void **state)
{
	settings(*state, "[keys]\nj = down\n\n[keys article]\nx = opne\n");
	struct terminal *t = terminal_start(*state, 24, 80, NULL, NULL);
	assert_int_equal(terminal_wait(t), EX_CONFIG);
	assert_true(terminal_find(t, "khabar.conf:5: opne") >= 0);
	assert_true(terminal_find(t, "did you mean \"open\"?") >= 0);
	terminal_free(t);
	free(home_run(*state, EX_CONFIG, "config", "--check", NULL));
	char *errors = home_errors(*state);
	assert_non_null(strstr(errors, "khabar.conf:5: opne: no such action"));
	free(errors);
	settings(*state, "[keys]\ng = top\ng g = down\n");
	free(home_run(*state, EX_CONFIG, "config", "--check", NULL));
	errors = home_errors(*state);
	assert_non_null(strstr(errors, "khabar.conf:3: g g: it cannot be told from \"g\""));
	free(errors);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		READER_TEST(sequences_show_what_follows),
		READER_TEST(counts_repeat),
		READER_TEST(the_help_is_searched),
		READER_TEST(mistakes_are_told_at_start),
	};
	return cmocka_run_group_tests_name("screen/bindings", tests, NULL, NULL);
}
