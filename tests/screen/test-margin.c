/* Beside the text: how long it takes, and where reading was left. */
#include "articles.h"
#include "reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROWS = 12, WORDS = 1000 };

/* One article of so many words in paragraphs of 20. */
static int setup(void **state, const char *word, const char *language)
{
	struct buffer html = {0};
	home_setup(state);
	buffer_printf(&html,
		"<html lang=\"%s\"><head><title>%s</title></head><body><article><h1>%s</h1><p>",
		language, word, word);
	for (int i = 0; i < WORDS; i++)
		buffer_printf(&html, "%s%s%d ", i > 0 && i % 20 == 0 ? "</p><p>" : "", word, i);
	buffer_str(&html, STR("</p></article></body></html>"));
	const char *path = home_write(*state, "page.html", buffer_view(&html));
	buffer_free(&html);
	free(home_run(*state, 0, "import", path, NULL));
	return 0;
}

static int setup_english(void **state)
{
	return setup(state, "word", "en");
}

static int setup_persian(void **state)
{
	return setup(state, "واژه", "fa");
}

static void expect_time(struct terminal *t, const char *time)
{
	if (!strstr(terminal_row(t, ROWS - 1), time))
		fail_msg("no \"%s\" in \"%s\"", time, terminal_row(t, ROWS - 1));
}

/* At 200 words a minute, and at half of that; what was read takes no time any more. */
static void the_time_is_told(void **state)
{
	struct terminal *t = reader_open_article(*state, ROWS, 80, 0);
	expect_time(t, " 5 min ");
	terminal_keys(t, "G");
	assert_null(strstr(terminal_row(t, ROWS - 1), "min"));
	reader_quit(t);
	home_write(*state, "config/khabar/khabar.conf", STR("[text]\nspeed = 100\n"));
	t = reader_open_article(*state, ROWS, 80, 0);
	terminal_keys(t, "g");
	expect_time(t, " 10 min ");
	reader_quit(t);
	home_write(*state, "config/khabar/khabar.conf", STR("[text]\nspeed = 0\n"));
	t = reader_open_article(*state, ROWS, 80, 0);
	terminal_keys(t, "g");
	assert_null(strstr(terminal_row(t, ROWS - 1), "min"));
	reader_quit(t);
}

/* In the margin where the line starts, without colours, once, and it scrolls with the text. */
static void where_it_was_left_is_marked(struct home *home, const char *sign, bool rtl)
{
	home_write(home, "config/khabar/khabar.conf", STR("theme = mono\n"));
	struct terminal *t = reader_open_article(home, ROWS, 60, 0);
	assert_int_equal(terminal_find(t, sign), -1);
	terminal_keys(t, "   ");
	/* The number of a word on the first row. */
	char number[8] = {0};
	const char *row = terminal_row(t, 1), *digits = strpbrk(row, "0123456789");
	assert_non_null(digits);
	memcpy(number, digits, strspn(digits, "0123456789"));
	reader_quit(t);
	t = reader_open_article(home, ROWS, 60, 0);
	assert_int_equal(terminal_find(t, sign), 1);
	assert_non_null(strstr(terminal_row(t, 1), number));
	assert_string_equal(terminal_cell(t, 1, rtl ? 59 : 0).text, sign);
	terminal_keys(t, "kkk");
	assert_int_equal(terminal_find(t, sign), 4);
	assert_string_equal(terminal_cell(t, 4, rtl ? 59 : 0).text, sign);
	assert_string_not_equal(terminal_cell(t, 5, rtl ? 59 : 0).text, sign);
	terminal_keys(t, "G");
	assert_int_equal(terminal_find(t, sign), -1);
	reader_quit(t);
	/* It was read to its end. */
	t = reader_open_article(home, ROWS, 60, 0);
	terminal_keys(t, "kkk");
	assert_int_equal(terminal_find(t, sign), -1);
	reader_quit(t);
}

static void left_is_marked_at_the_left(void **state)
{
	where_it_was_left_is_marked(*state, "▸", false);
}

static void right_to_left_at_the_right(void **state)
{
	where_it_was_left_is_marked(*state, "◂", true);
}

static bool changes(struct terminal *t, int tenths)
{
	char *before = strdup(terminal_row(t, 1));
	bool changed = false;
	for (int i = 0; i < tenths && !changed; i++) {
		usleep(100000);
		terminal_settle(t);
		changed = strcmp(terminal_row(t, 1), before) != 0;
	}
	free(before);
	return changed;
}

/* Line by line; another key stops it, and does nothing else; at the end it stops, too. */
static void it_scrolls_by_itself(void **state)
{
	struct terminal *t = reader_open_article(*state, ROWS, 80, 0);
	terminal_keys(t, " _");
	expect_time(t, "A line every 2.00 s");
	terminal_keys(t, "-");
	expect_time(t, "A line every 4.00 s");
	terminal_keys(t, "++++");
	expect_time(t, "A line every 0.25 s");
	terminal_keys(t, "+");
	expect_time(t, "A line every 0.25 s");
	assert_true(changes(t, 50));
	assert_true(changes(t, 50));
	terminal_keys(t, "q");
	expect_time(t, "Scrolling has stopped");
	assert_false(changes(t, 10));
	terminal_keys(t, "G_");
	terminal_keys(t, "+++");
	assert_false(changes(t, 10));
	terminal_keys(t, "q");
	assert_int_equal(terminal_find(t, "1/1"), ROWS - 1); /* that key was for the article */
	reader_quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_time_is_told, setup_english, home_teardown),
		cmocka_unit_test_setup_teardown(it_scrolls_by_itself, setup_english, home_teardown),
		cmocka_unit_test_setup_teardown(
			left_is_marked_at_the_left, setup_english, home_teardown),
		cmocka_unit_test_setup_teardown(
			right_to_left_at_the_right, setup_persian, home_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
