/* What helps with reading: two columns, one paragraph in focus, a held key that goes faster. */
#include "reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 24, WORDS = 1600, OF_A_PARAGRAPH = 25 };

/* One article of numbered words, in paragraphs. */
static void import(struct home *home, const char *word, const char *language)
{
	struct buffer html = {0};
	buffer_printf(&html,
		"<html lang=\"%s\"><head><title>%s</title></head><body><article><h1>%s</h1><p>",
		language, word, word);
	for (int i = 0; i < WORDS; i++)
		buffer_printf(&html, "%s%s%d ", i > 0 && i % OF_A_PARAGRAPH == 0 ? "</p><p>" : "",
			word, i);
	buffer_str(&html, STR("</p></article></body></html>"));
	free(home_run(home, 0, "import", home_write(home, "page.html", buffer_view(&html)), NULL));
	/* The article has the whole screen. */
	home_write(home, "config/khabar/khabar.conf", STR("[panes]\ncolumns = 0\n"));
	buffer_free(&html);
}

static int english(void **state)
{
	home_setup(state);
	import(*state, "word", "en");
	return 0;
}

static int persian(void **state)
{
	home_setup(state);
	import(*state, "واژه", "fa");
	return 0;
}

/* Columns of the first and the last cell of a number on the screen, in any row; fails without it. */
static int column_of(struct terminal *t, const char *text, int *row)
{
	*row = terminal_find(t, text);
	if (*row < 0)
		fail_msg("%s is not on the screen:\n%s", text, terminal_screen(t));
	const char *c = terminal_row(t, *row), *found = strstr(c, text);
	int column = 0;
	for (; c < found; c++)
		column += ((unsigned char)*c & 0xC0) != 0x80;
	return column;
}

/* The numbers of the words in a row, from a byte of it on: the first and the last; -1: none. */
static void numbers(const char *row, size_t from, int *first, int *last)
{
	*first = *last = -1;
	if (strlen(row) < from)
		return;
	for (const char *w = row + from; (w = strstr(w, "word")); w++) {
		*last = atoi(w + strlen("word"));
		*first = *first < 0 ? *last : *first;
	}
}

/* The right column goes on where the left one ends, and a page on where the right one ends. */
static void two_columns_are_a_spread(void **state)
{
	enum { RIGHT = 61 };
	struct terminal *t = reader_open_article(*state, ROWS, 120, 0);
	int next = -1;
	terminal_keys(t, "%");
	terminal_keys(t, "j");
	for (int spread = 0; spread < 3; spread++) {
		for (int row = 1; row < 2 * (ROWS - 1) - 1; row++) {
			bool right = row > ROWS - 2;
			char left[256];
			int first, last, line = right ? row - (ROWS - 2) : row;
			snprintf(left, sizeof left, "%.*s", right ? 255 : RIGHT - 1,
				terminal_row(t, line));
			numbers(left, right ? RIGHT - 1 : 0, &first, &last);
			if (first < 0)
				continue;
			assert_true(next < 0 || first == next);
			next = last + 1;
		}
		terminal_keys(t, " ");
	}
	assert_true(next > 500);
	reader_quit(t);
}

static void the_first_column_is_where_reading_starts(void **state)
{
	struct terminal *t = reader_open_article(*state, ROWS, 120, 0);
	terminal_keys(t, "%");
	terminal_expect_screen(t, "aids-columns-fa");
	int row;
	assert_true(column_of(t, " 24", &row) > 60); /* of the first paragraph */
	reader_quit(t);
}

static void narrow_screens_have_one_column(void **state)
{
	struct terminal *t = reader_open_article(*state, ROWS, 77, 0);
	char *before = strdup(terminal_screen(t));
	terminal_keys(t, "%");
	assert_non_null(strstr(terminal_row(t, ROWS - 1), "too narrow for two columns"));
	terminal_keys(t, CTRL_L);
	terminal_expect_same(t, before);
	terminal_resize(t, ROWS, 78);
	assert_non_null(strstr(terminal_row(t, 4) + 40, "word"));
	free(before);
	reader_quit(t);
}

/* The words of the row beside which the line stands; fails unless there is one. */
static int row_in_focus(struct terminal *t, const char *sign)
{
	for (int row = 1; row < ROWS - 1; row++) {
		if (strstr(terminal_row(t, row), sign))
			return row;
	}
	fail_msg("no paragraph stands out:\n%s", terminal_screen(t));
	return 0;
}

static void expect_focus(struct terminal *t, int paragraph)
{
	char word[32];
	snprintf(word, sizeof word, "word%d ", paragraph * OF_A_PARAGRAPH);
	int row = row_in_focus(t, "▐");
	if (!strstr(terminal_row(t, row), word))
		fail_msg("%s is not in row %d:\n%s", word, row, terminal_screen(t));
}

static void a_paragraph_stands_out(void **state)
{
	home_write(*state, "config/khabar/khabar.conf", STR("theme = dusk\n"));
	struct terminal *t = reader_open_article(*state, ROWS, 80, 0);
	terminal_keys(t, "V");
	for (int i = 0; i < 12; i++) {
		expect_focus(t, i);
		/* All of it is in view, and what is around it looks otherwise. */
		int row = row_in_focus(t, "▐");
		int32_t inside = terminal_cell(t, row, 4).foreground;
		char last[32];
		snprintf(last, sizeof last, "word%d", (i + 1) * OF_A_PARAGRAPH - 1);
		assert_true(terminal_find(t, last) > row);
		assert_null(strstr(terminal_row(t, row - 1), "▐"));
		if (i > 0)
			assert_int_not_equal(terminal_cell(t, row - 2, 4).foreground, inside);
		terminal_keys(t, "j");
	}
	terminal_keys(t, "kk");
	expect_focus(t, 10);
	terminal_keys(t, "V");
	assert_int_equal(terminal_find(t, "▐"), -1);
	reader_quit(t);
}

static void the_line_stands_where_reading_starts(void **state)
{
	home_write(*state, "config/khabar/khabar.conf", STR("[text]\nfocus = yes\n"));
	struct terminal *t = reader_open_article(*state, ROWS, 60, 0);
	int row;
	column_of(t, "▌", &row);
	assert_int_equal(column_of(t, "▌", &row), 59);
	reader_quit(t);
}

/* What is longer than the screen is read line by line, to its end. */
static void long_paragraphs_are_read_through(void **state)
{
	home_write(*state, "config/khabar/khabar.conf", STR("[text]\nfocus = yes\n"));
	struct terminal *t = reader_open_article(*state, 5, 40, 0); /* three rows of text */
	char seen[WORDS] = {0};
	for (int i = 0; i < 60; i++) {
		for (int row = 1; row < 4; row++) {
			const char *line = terminal_row(t, row);
			for (const char *w = line; (w = strstr(w, "word")); w++)
				seen[atoi(w + strlen("word"))] = 1;
		}
		terminal_keys(t, "j");
	}
	int last = WORDS - 1;
	while (last > 0 && !seen[last])
		last--;
	assert_true(last > 4 * OF_A_PARAGRAPH);
	for (int i = 1; i < last; i++) {
		if (!seen[i])
			fail_msg("word%d was never in view", i);
	}
	reader_quit(t);
}

/* The number of the first word after so many keys at once. */
static int place_after(struct home *home, int keys)
{
	struct terminal *t = reader_open_article(home, ROWS, 80, 0);
	char many[128] = {0};
	int place;
	terminal_keys(t, "g");
	memset(many, 'j', (size_t)keys);
	terminal_type(t, many);
	terminal_settle(t);
	terminal_keys(t, "jj"); /* a blank row may be the first */
	const char *word = strstr(strchr(terminal_screen(t), '\n'), "word"); /* below the bar */
	place = word ? atoi(word + strlen("word")) : 0;
	reader_quit(t);
	return place;
}

static void a_held_key_goes_faster(void **state)
{
	int slow = place_after(*state, 90);
	home_write(*state, "config/khabar/khabar.conf", STR("[text]\naccelerate = yes\n"));
	int fast = place_after(*state, 90);
	if (fast <= slow + 40)
		fail_msg("%d is not far behind %d", fast, slow);
}

#define AIDS_TEST(test, language) cmocka_unit_test_setup_teardown(test, language, home_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		AIDS_TEST(two_columns_are_a_spread, english),
		AIDS_TEST(the_first_column_is_where_reading_starts, persian),
		AIDS_TEST(narrow_screens_have_one_column, english),
		AIDS_TEST(a_paragraph_stands_out, english),
		AIDS_TEST(the_line_stands_where_reading_starts, persian),
		AIDS_TEST(long_paragraphs_are_read_through, english),
		AIDS_TEST(a_held_key_goes_faster, english),
	};
	return cmocka_run_group_tests_name("screen/aids", tests, NULL, NULL);
}
