/*
 * Nothing is told by a colour alone: on a terminal that has none, and neither dim nor italic, what
 * differs for the reader differs in its signs or attributes.
 */
#include "articles.h"
#include "reader.h"

#include "screen/theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 24, COLUMNS = 80 };

/* ---- the theme ---- */

/* What a VT220 shows of a look. */
static unsigned shown(const struct theme *theme, style_t style)
{
	return theme_look(theme, style).attributes & (LOOK_BOLD | LOOK_UNDERLINE | LOOK_REVERSE);
}

static void roles_that_tell_something_differ(void **state)
{
	static const struct {
		style_t a, b;
		const char *text;
	} pairs[] = {
		{ROLE_UNREAD, ROLE_READ, "unread, read"},
		{ROLE_HIGHLIGHT, ROLE_UNREAD, "lit by a rule, unread"},
		{ROLE_HIGHLIGHT, ROLE_READ, "lit by a rule, read"},
		{ROLE_ERROR, ROLE_MESSAGE, "error, message"},
		{ROLE_ERROR, ROLE_STATUS, "error, hints"},
		{ROLE_MESSAGE, ROLE_STATUS, "message, hints"},
		{ROLE_ERROR, ROLE_NORMAL, "error, text"},
		{ROLE_LINK, ROLE_NORMAL, "link, text"},
		{ROLE_LINK | STYLE_SELECTED, ROLE_LINK, "link that is chosen, link"},
		{ROLE_HINT, ROLE_LINK, "letters of a link, link"},
		{ROLE_FOUND, ROLE_NORMAL, "found, text"},
		{ROLE_FOUND, ROLE_LINK, "found, link"},
		{ROLE_FOUND_HERE, ROLE_FOUND, "found here, found"},
		{ROLE_FOUND | STYLE_SELECTED, ROLE_UNREAD | STYLE_SELECTED, "found, selected row"},
		{ROLE_FOUND | STYLE_SELECTED, ROLE_READ | STYLE_SELECTED, "found, selected row"},
		{ROLE_NORMAL | STYLE_SELECTED, ROLE_NORMAL, "selected, not selected"},
		{ROLE_UNREAD | STYLE_SELECTED, ROLE_UNREAD, "selected, not selected"},
		{ROLE_HIGHLIGHT | STYLE_SELECTED, ROLE_HIGHLIGHT, "selected, not selected"},
		{ROLE_UNREAD | STYLE_SELECTED, ROLE_READ | STYLE_SELECTED, "unread, read"},
		{ROLE_MARKED, ROLE_NORMAL, "marked by its author, text"},
		{ROLE_TITLE, ROLE_NORMAL, "title, text"},
		{ROLE_HEADING, ROLE_NORMAL, "heading, text"},
		{ROLE_HEADING_2, ROLE_NORMAL, "heading, text"},
		{ROLE_HEADING_3, ROLE_NORMAL, "heading, text"},
		{ROLE_HEADING_4, ROLE_NORMAL, "heading, text"},
		{ROLE_TABLE_HEAD, ROLE_NORMAL, "head of a table, text"},
		{ROLE_IMAGE, ROLE_NORMAL, "words for a picture, text"},
		{ROLE_KEY, ROLE_NORMAL, "key, text"},
		{ROLE_BAR, ROLE_NORMAL, "bar, text"},
		{ROLE_STATUS, ROLE_NORMAL, "status, text"},
		{ROLE_NORMAL | STYLE_STRONG, ROLE_NORMAL, "strong, text"},
	};
	struct theme *theme = theme_mono();
	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		if (shown(theme, pairs[i].a) == shown(theme, pairs[i].b))
			fail_msg("%s: alike", pairs[i].text);
	}
	theme_free(theme);
}

/* ---- the screen ---- */

static struct terminal *start(struct home *home)
{
	static const char *const environment[] = {"TERM=vt220", NULL};
	reader_forget_session(home);
	return terminal_start(home, ROWS, COLUMNS, NULL, environment);
}

/* The attributes of a row's cells that are not blank, as bits; which there are. */
static unsigned looks_of(struct terminal *t, int row, int from, int to)
{
	unsigned looks = 0;
	for (int column = from; column < to; column++) {
		struct terminal_cell cell = terminal_cell(t, row, column);
		assert_int_equal(cell.foreground, -1);
		assert_int_equal(cell.background, -1);
		if (strcmp(cell.text, " ") != 0 && cell.width > 0)
			looks |= 1u << (cell.bold + 2 * cell.underline + 4 * cell.reverse);
	}
	return looks;
}

enum { BOLD = 1, UNDERLINE = 2, REVERSE = 4 };

static bool has_look(struct terminal *t, int row, int from, int to, int look)
{
	return looks_of(t, row, from, to) & 1u << look;
}

static void states_of_rows(void **state)
{
	enum { TITLE = 20 };
	struct terminal *t = start(*state);
	terminal_keys(t, ENTER);
	terminal_keys(t, "jr" "js");
	terminal_keys(t, "jj");
	/* Unread: a dot, and bold; read: neither.  A star.  The selected row: reverse, all of it. */
	assert_string_equal(terminal_cell(t, 1, 0).text, "\u25CF");
	assert_string_equal(terminal_cell(t, 2, 0).text, " ");
	assert_true(has_look(t, 1, TITLE, COLUMNS, BOLD));
	assert_true(has_look(t, 2, TITLE, COLUMNS, 0));
	assert_false(has_look(t, 2, TITLE, COLUMNS, BOLD));
	assert_string_equal(terminal_cell(t, 3, 1).text, "\u2605");
	assert_string_equal(terminal_cell(t, 1, 1).text, " ");
	assert_true(has_look(t, 5, TITLE, COLUMNS, BOLD | REVERSE));
	for (int column = 0; column < COLUMNS; column++)
		assert_true(terminal_cell(t, 5, column).reverse);
	terminal_keys(t, "kkk");
	assert_true(has_look(t, 2, TITLE, COLUMNS, REVERSE));
	reader_quit(t);
}

static void what_a_rule_lights(void **state)
{
	enum { TITLE = 20 };
	home_write(*state, "config/khabar/khabar.conf", STR("[highlight]\nquery = lang:ar\n"));
	struct terminal *t = start(*state);
	terminal_keys(t, ENTER "G");
	int lit = 0, others = 0;
	for (int row = 1; row < ARTICLES; row++) {
		lit += has_look(t, row, TITLE, COLUMNS, BOLD | UNDERLINE);
		others += has_look(t, row, TITLE, COLUMNS, BOLD);
	}
	assert_true(lit > 0 && others > 0);
	assert_int_equal(lit + others, ARTICLES - 1);
	reader_quit(t);
}

static void messages_and_errors(void **state)
{
	struct terminal *t = start(*state);
	assert_true(has_look(t, ROWS - 1, 1, 20, REVERSE));
	terminal_keys(t, "\x18"); /* all is well: a message */
	assert_true(has_look(t, ROWS - 1, 1, 20, BOLD));
	home_write(*state, "config/khabar/khabar.conf", STR("wrong\n"));
	terminal_keys(t, "\x18");
	assert_true(has_look(t, ROWS - 1, 1, 20, BOLD | UNDERLINE | REVERSE));
	reader_quit(t);
}

/* Words that are found, and the place one is at; in a list also in the selected row. */
static void what_was_found(void **state)
{
	struct terminal *t = start(*state);
	terminal_keys(t, ENTER "/");
	terminal_keys(t, "الميناء" ENTER);
	assert_true(has_look(t, 1, 0, COLUMNS, BOLD | REVERSE));
	assert_true(has_look(t, 1, 0, COLUMNS, BOLD | UNDERLINE | REVERSE));
	assert_true(has_look(t, 2, 0, COLUMNS, BOLD | UNDERLINE));
	assert_true(has_look(t, 2, 0, COLUMNS, 0));
	terminal_keys(t, ENTER);
	terminal_keys(t, "/الميناء" ENTER);
	unsigned looks = 0;
	for (int row = 1; row < ROWS - 1; row++)
		looks |= looks_of(t, row, 0, COLUMNS);
	assert_true(looks & 1u << (BOLD | UNDERLINE | REVERSE));
	assert_true(looks & 1u << (UNDERLINE | REVERSE));
	reader_quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roles_that_tell_something_differ),
		READER_TEST(states_of_rows),
		READER_TEST(what_a_rule_lights),
		READER_TEST(messages_and_errors),
		READER_TEST(what_was_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
