/* The mouse among panes: focus, borders, and a wheel that only shows. */
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

#define SETTINGS "config/khabar/khabar.conf"
#define MOUSE "[ui]\nmouse = yes\n"

enum { ROWS = 30, COLUMNS = 160, PRESSED = 0, DRAGGED = 32, WHEEL_UP = 64, WHEEL_DOWN = 65 };
enum { PANE_FEEDS = 5, PANE_HEADLINES = 50, PANE_ARTICLE = 120 }; /* columns within them */

static void report(struct terminal *t, int button, int row, int column, char end)
{
	char bytes[64];
	snprintf(bytes, sizeof bytes, "\033[<%d;%d;%d%c", button, column + 1, row + 1, end);
	terminal_keys(t, bytes);
	usleep(200000); /* what follows does so after a pause */
	terminal_settle(t);
}

static void click(struct terminal *t, int row, int column)
{
	report(t, PRESSED, row, column, 'M');
	report(t, PRESSED, row, column, 'm');
}

static void drag(struct terminal *t, int row, int column, int to_row, int to_column)
{
	report(t, PRESSED, row, column, 'M');
	report(t, DRAGGED, (row + to_row) / 2, (column + to_column) / 2, 'M');
	report(t, DRAGGED, to_row, to_column, 'M');
	report(t, PRESSED, to_row, to_column, 'm');
}

static struct terminal *start(struct home *home, const char *settings)
{
	home_write(home, SETTINGS, str_of(settings));
	struct terminal *t = terminal_start(home, ROWS, COLUMNS, NULL, NULL);
	for (int i = 0; i < 100 && !strstr(terminal_row(t, 2), "●"); i++) {
		usleep(50000);
		terminal_settle(t);
	}
	return t;
}

static bool has_focus(struct terminal *t, int from, int to)
{
	for (int column = from; column < to; column++) {
		const char *text = terminal_cell(t, 0, column).text;
		if (strcmp(text, "▸") == 0 || strcmp(text, "◂") == 0)
			return true;
	}
	return false;
}

static int border(struct terminal *t, int from)
{
	while (from < COLUMNS && strcmp(terminal_cell(t, 1, from).text, "│") != 0)
		from++;
	return from;
}

static void clicks_bring_the_focus(void **state)
{
	struct home *home = *state;
	struct terminal *t = start(home, MOUSE);
	click(t, 4, PANE_HEADLINES); /* selects the fourth, opens nothing */
	assert_true(has_focus(t, 30, 80));
	assert_true(terminal_find(t, "4/5") >= 0);
	assert_false(reader_is_set(home, 3, "read"));
	click(t, 6, PANE_ARTICLE);
	assert_true(has_focus(t, 80, COLUMNS));
	assert_true(reader_is_set(home, 3, "read"));
	/* Back in the list, on the row that is selected: that opens it the second time. */
	click(t, 4, PANE_HEADLINES);
	assert_true(has_focus(t, 30, 80));
	click(t, 4, PANE_HEADLINES);
	assert_true(has_focus(t, 80, COLUMNS));
	click(t, 2, PANE_FEEDS);
	assert_true(has_focus(t, 0, 10));
	assert_true(terminal_find(t, "4 unread") >= 0);
	click(t, 0, PANE_HEADLINES); /* a title */
	assert_true(has_focus(t, 30, 80));
	/* The right button goes back, and not out of the first one. */
	report(t, 2, 5, PANE_ARTICLE, 'M');
	assert_true(has_focus(t, 0, 10));
	report(t, 2, 5, PANE_ARTICLE, 'M');
	assert_true(has_focus(t, 0, 10));
	reader_quit(t);
}

static void the_wheel_is_for_the_pane_below_it(void **state)
{
	struct home *home = *state;
	struct terminal *t = start(home, MOUSE);
	char *feeds = strdup(terminal_cell(t, 1, 8).text);
	terminal_resize(t, 12, COLUMNS);
	usleep(300000);
	terminal_settle(t);
	char *row = strdup(terminal_row(t, 1));
	report(t, WHEEL_DOWN, 5, PANE_ARTICLE, 'M');
	assert_string_not_equal(terminal_row(t, 1), row);
	report(t, WHEEL_UP, 5, PANE_ARTICLE, 'M');
	assert_string_equal(terminal_row(t, 1), row);
	report(t, WHEEL_DOWN, 5, PANE_HEADLINES, 'M');
	assert_true(has_focus(t, 0, 10));
	for (size_t i = 0; i < ARTICLES; i++)
		assert_false(reader_is_set(home, i, "read"));
	/* The place in an article that was read is kept also where the wheel has led. */
	terminal_keys(t, ENTER ENTER);
	terminal_keys(t, "jjq");
	report(t, WHEEL_DOWN, 5, PANE_ARTICLE, 'M');
	free(row);
	row = strdup(strrchr(terminal_row(t, 1), ' '));
	terminal_keys(t, DOWN);
	usleep(300000);
	terminal_settle(t);
	assert_null(strstr(terminal_row(t, 1), row));
	terminal_keys(t, "k");
	usleep(300000);
	terminal_settle(t);
	assert_non_null(strstr(terminal_row(t, 1), row));
	free(row);
	free(feeds);
	reader_quit(t);
}

static void borders_are_dragged(void **state)
{
	struct terminal *t = start(*state, MOUSE);
	int first = border(t, 0), second = border(t, first + 1);
	drag(t, 10, first, 12, 25);
	assert_int_equal(border(t, 0), 25);
	assert_int_equal(border(t, 26), second - (first - 25));
	drag(t, 10, second - (first - 25), 3, 110);
	assert_int_equal(border(t, 26), 110);
	drag(t, 3, 110, 3, 159); /* something is left of the article */
	assert_in_range(border(t, 26), 130, 150);
	assert_true(has_focus(t, 0, 10));
	reader_quit(t);
	/* They are where they were put. */
	t = start(*state, MOUSE);
	assert_int_equal(border(t, 0), 25);
	reader_quit(t);
}

static void borders_are_dragged_in_other_layouts(void **state)
{
	struct terminal *t = start(*state, MOUSE "direction = rtl\n");
	int second = border(t, 0), first = border(t, second + 1);
	drag(t, 10, first, 10, first - 7);
	assert_int_equal(border(t, 0), second - 7);
	assert_int_equal(border(t, second - 6), first - 7);
	drag(t, 10, second - 7, 10, 40);
	assert_int_equal(border(t, 0), 40);
	reader_quit(t);
	reader_forget_session(*state);
	t = start(*state, MOUSE "[panes]\nlayout = stacked\n");
	int title = terminal_find(t, "The Lighthouse"); /* a feed, at the left */
	assert_true(title > 0);
	title = 2; /* the first row below the list that has the bar of a title */
	while (title < ROWS && !strstr(terminal_cell(t, title, 36).text, "│") &&
		terminal_cell(t, title, 150).background == terminal_cell(t, 2, 150).background &&
		terminal_cell(t, title, 150).reverse == terminal_cell(t, 2, 150).reverse)
		title++;
	assert_in_range(title, 8, 12);
	drag(t, title, PANE_ARTICLE, 20, PANE_ARTICLE);
	struct terminal_cell bar = terminal_cell(t, 20, 150), text = terminal_cell(t, 2, 150);
	assert_true(bar.background != text.background || bar.reverse != text.reverse);
	/* A click on it is one on a title. */
	click(t, 20, PANE_ARTICLE);
	assert_false(has_focus(t, 0, COLUMNS));
	assert_string_equal(terminal_cell(t, 20, border(t, 0) + 1).text, "▸");
	reader_quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		READER_TEST(clicks_bring_the_focus),
		READER_TEST(the_wheel_is_for_the_pane_below_it),
		READER_TEST(borders_are_dragged),
		READER_TEST(borders_are_dragged_in_other_layouts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
