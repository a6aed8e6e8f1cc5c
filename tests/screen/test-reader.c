/* The reader: its views, its keys, and the terminals it runs on. */
#include "articles.h"
#include "reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { TALL = 250 };

/* ---- screens ------------------------------------------------------------- */

static void views_look_as_accepted(void **state)
{
	static const struct {
		int rows, columns;
	} sizes[] = {{12, 40}, {24, 80}, {43, 132}};
	home_write(*state, "config/khabar/khabar.conf", STR("[panes]\ncolumns = 0\n"));
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		char name[64];
		int columns = sizes[i].columns;
		reader_forget_session(*state);
		struct terminal *t = terminal_start(*state, sizes[i].rows, columns, NULL, NULL);
		snprintf(name, sizeof name, "feeds-%d", columns);
		terminal_expect_screen(t, name);
		terminal_keys(t, ENTER);
		/* The first size has read the first article. */
		snprintf(name, sizeof name, "headlines-%d", columns);
		terminal_expect_screen(t, name);
		terminal_keys(t, ENTER);
		terminal_keys(t, "g");
		snprintf(name, sizeof name, "article-%d", columns);
		terminal_expect_screen(t, name);
		terminal_keys(t, "?");
		snprintf(name, sizeof name, "help-%d", columns);
		terminal_expect_screen(t, name);
		reader_quit(t);
	}
}

static void an_empty_store_offers_the_samples(void **state)
{
	struct terminal *t = terminal_start(*state, 24, 80, NULL, NULL);
	terminal_expect_screen(t, "welcome-80");
	terminal_keys(t, ENTER);
	char *list = home_run(*state, 0, "list", NULL);
	int count = 0;
	for (const char *c = list; *c; c++)
		count += *c == '\n';
	free(list);
	assert_true(count >= 14);
	char place[32];
	snprintf(place, sizeof place, "1/%d", count);
	assert_int_equal(terminal_find(t, place), 23);
	reader_quit(t);
}

/* ---- keys ---------------------------------------------------------------- */

static void keys_move_through_an_article(void **state)
{
	struct terminal *tall = reader_open_article(*state, TALL, 40, 0);
	terminal_keys(tall, "g");
	struct reader_rows all = reader_rows(tall);
	reader_quit(tall);
	while (all.count > 0 && all.text[all.count - 1][0] == '\0')
		free(all.text[--all.count]);
	struct terminal *t = reader_open_article(*state, 12, 40, 0); /* 10 rows of text */
	assert_true(all.count > 40);
	static const struct {
		const char *keys;
		int top; /* -1: the last page */
		/* The tenth row is blank: a page that would start with it starts below. */
	} moves[] = {{"g", 0}, {"j", 1}, {DOWN, 2}, {"k", 1}, {" ", 11}, {"b", 2}, {"d", 7},
		{"u", 2}, {"\033[6~", 11}, {"\033[5~", 2}, {"kk", 0}, {"b", 0}, {"jjj", 3},
		{"\x04", 8}, {"G", -1}, {"j", -1}, {" ", -1}, {"g", 0}, {"\033[F", -1},
		{"\033[H", 0}};
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
		terminal_keys(t, moves[i].keys);
		reader_expect_rows(t, &all, moves[i].top < 0 ? all.count - 10 : moves[i].top);
	}
	reader_rows_free(&all);
	reader_quit(t);
}

static void keys_lead_from_article_to_article(void **state)
{
	struct terminal *t = reader_open_article(*state, 24, 80, 0);
	assert_string_equal(terminal_title(t), articles[0].title);
	terminal_keys(t, "J");
	assert_string_equal(terminal_title(t), articles[1].title);
	terminal_keys(t, "J");
	terminal_keys(t, "K");
	assert_string_equal(terminal_title(t), articles[1].title);
	terminal_keys(t, "n"); /* the third was read in passing */
	assert_string_equal(terminal_title(t), articles[3].title);
	terminal_keys(t, "J");
	assert_string_equal(terminal_title(t), articles[4].title);
	terminal_keys(t, "J");
	assert_string_equal(terminal_title(t), articles[4].title);
	terminal_keys(t, "q");
	assert_int_equal(terminal_find(t, "5/5"), 23);
	reader_quit(t);
	for (size_t i = 0; i < ARTICLES; i++)
		assert_true(reader_is_set(*state, i, "read"));
}

static void marks_are_kept(void **state)
{
	struct terminal *t = reader_open_list(*state, 24, 80);
	terminal_keys(t, "s");
	assert_string_equal(terminal_cell(t, 1, 1).text, "★");
	terminal_keys(t, "r");
	assert_string_equal(terminal_cell(t, 1, 0).text, " ");
	assert_string_equal(terminal_cell(t, 2, 0).text, "●");
	assert_true(reader_is_set(*state, 0, "starred"));
	assert_true(reader_is_set(*state, 0, "read"));
	terminal_keys(t, "r");
	assert_string_equal(terminal_cell(t, 1, 0).text, "●");
	assert_false(reader_is_set(*state, 0, "read"));
	terminal_keys(t, "A");
	reader_quit(t);
	for (size_t i = 0; i < ARTICLES; i++)
		assert_true(reader_is_set(*state, i, "read"));
}

static void direction_is_turned_and_kept(void **state)
{
	struct terminal *t = reader_open_article(*state, 24, 80, 3);
	assert_true(reader_is_blank(t, 1, 78));
	assert_false(reader_is_blank(t, 1, 1));
	terminal_keys(t, "D");
	assert_false(reader_is_blank(t, 1, 78));
	reader_quit(t);
	t = reader_open_article(*state, 24, 80, 3);
	terminal_keys(t, "g");
	assert_false(reader_is_blank(t, 1, 78));
	terminal_keys(t, "D");
	terminal_keys(t, "D");
	assert_true(reader_is_blank(t, 1, 78));
	reader_quit(t);
}

static bool shows_harakat(struct terminal *t)
{
	static const char *const harakat[] = {"\u064B", "\u064C", "\u064D", "\u064E", "\u064F",
		"\u0650", "\u0651", "\u0652"};
	for (size_t i = 0; i < sizeof harakat / sizeof *harakat; i++) {
		if (strstr(terminal_screen(t), harakat[i]))
			return true;
	}
	return false;
}

static void marks_are_turned(void **state)
{
	struct terminal *t = reader_open_article(*state, 40, 80, 0);
	terminal_keys(t, "g");
	/* A line that is vowelled throughout, and a headline with one shadda. */
	assert_true(terminal_find(t, "ﺐَﺘِﻛُﻭ") >= 0);
	assert_true(terminal_find(t, "ﺓﺭﺎﺒّﻋ") >= 0);
	char *written = strdup(terminal_screen(t));
	terminal_keys(t, "m");
	assert_true(terminal_find(t, "Marks: hidden") == 39);
	assert_false(shows_harakat(t));
	assert_true(terminal_find(t, "ﺐﺘﻛﻭ") >= 0);
	terminal_keys(t, "m");
	assert_true(terminal_find(t, "Marks: shown in words with one or two") == 39);
	assert_true(terminal_find(t, "ﺐﺘﻛﻭ") >= 0);
	assert_true(terminal_find(t, "ﺓﺭﺎﺒّﻋ") >= 0);
	terminal_keys(t, "q");
	assert_true(terminal_find(t, "ﺓﺭﺎﺒّﻋ") >= 0);
	terminal_keys(t, "m");
	assert_true(terminal_find(t, "Marks: shown") == 39);
	terminal_keys(t, "m");
	assert_true(terminal_find(t, "ﺓﺭﺎﺒﻋ") >= 0);
	terminal_keys(t, "m");
	terminal_keys(t, "m");
	terminal_keys(t, ENTER);
	terminal_keys(t, "g");
	terminal_expect_same(t, written);
	free(written);
	reader_quit(t);
}

/* Settings reach the screen: marks, numerals, lines filled to the margin. */
static void typography_is_as_the_settings_say(void **state)
{
	home_write(*state, "config/khabar/khabar.conf",
		STR("[text]\njustify = yes\nmarks = hide\nnumerals = persian\n"));
	struct terminal *t = reader_open_article(*state, 40, 80, 0);
	terminal_keys(t, "g");
	assert_false(shows_harakat(t));
	assert_true(terminal_find(t, "۲۴۰") >= 0);
	assert_true(terminal_find(t, "۳٫۵") >= 0 || terminal_find(t, "۳.۵") >= 0);
	assert_true(terminal_find(t, "ferry?id=24") >= 0); /* an address keeps its digits */
	assert_true(terminal_find(t, "\u0640") >= 0);
	int rows = 0, filled = 0;
	for (int row = 5; row < 38; row++) {
		if (reader_is_blank(t, row, 78) || reader_is_blank(t, row + 1, 78))
			continue; /* blank, or the last of its paragraph */
		rows++;
		filled += !reader_is_blank(t, row, 1);
	}
	assert_true(rows >= 8);
	assert_int_equal(filled, rows);
	reader_quit(t);
}

/* All of the interface but the texts is mirrored, and Left and Right follow the eye. */
static void interface_is_mirrored(void **state)
{
	home_write(*state, "config/khabar/khabar.conf", STR("[ui]\ndirection = rtl\n"));
	struct terminal *t = reader_open_article(*state, 24, 80, 0);
	terminal_keys(t, "\033[C"); /* Right */
	terminal_expect_screen(t, "rtl-headlines-80");
	char *list = str_dup(str_of(terminal_screen(t)));
	terminal_keys(t, "\033[D"); /* Left */
	assert_string_not_equal(terminal_screen(t), list);
	terminal_keys(t, "\033[C");
	terminal_keys(t, "\033[C");
	terminal_expect_screen(t, "rtl-feeds-80");
	free(list);
	reader_quit(t);
}

static void presets_of_keys_are_chosen(void **state)
{
	const char *newsboat[] = {"--keys", "newsboat", NULL};
	struct terminal *t = terminal_start(*state, 24, 80, newsboat, NULL);
	terminal_keys(t, "?");
	assert_true(terminal_find(t, "newsboat") >= 0);
	terminal_keys(t, "q");
	terminal_keys(t, "Q");
	assert_int_equal(terminal_wait(t), 0);
	home_write(*state, "config/khabar/khabar.conf", STR("keys = newsraft\n"));
	t = terminal_start(*state, 24, 80, NULL, NULL);
	terminal_keys(t, "?");
	assert_true(terminal_find(t, "newsraft") >= 0);
	terminal_type(t, "q");
	assert_int_equal(terminal_wait(t), 0);
	home_write(*state, "config/khabar/khabar.conf", STR("keys = newsbot\n"));
	t = terminal_start(*state, 24, 80, NULL, NULL);
	assert_int_equal(terminal_wait(t), 78);
	assert_true(terminal_find(t, "khabar.conf:1: keys: ") >= 0);
	assert_true(terminal_find(t, "did you mean \"newsboat\"?") >= 0);
	assert_true(terminal_tty_is_sane(t));
}

/* ---- terminals of all kinds ------------------------------------------------ */

static void any_locale_shows_utf_8(void **state)
{
	struct terminal *t = reader_open_article(*state, 24, 80, 0);
	terminal_keys(t, "g");
	char *expected = strdup(terminal_screen(t));
	reader_quit(t);
	const char *environment[] = {"LC_ALL=C", "LANG=C", NULL};
	t = terminal_start(*state, 24, 80, NULL, environment);
	terminal_keys(t, ENTER);
	terminal_keys(t, ENTER);
	terminal_keys(t, "g");
	terminal_expect_same(t, expected);
	free(expected);
	reader_quit(t);
}

static void every_terminal_shows_the_same(void **state)
{
	static const char *const terms[] = {"TERM=xterm", "TERM=xterm-mono", "TERM=screen-256color",
		"TERM=tmux-256color", "TERM=linux", "TERM=vt220", "TERM=rxvt", "TERM=vt100"};
	struct terminal *t = reader_open_article(*state, 24, 80, 0);
	char *expected = strdup(terminal_screen(t));
	reader_quit(t);
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		const char *environment[] = {terms[i], NULL};
		reader_forget_session(*state);
		t = terminal_start(*state, 24, 80, NULL, environment);
		terminal_keys(t, ENTER);
		terminal_keys(t, ENTER);
		print_message("# %s\n", terms[i]);
		terminal_expect_same(t, expected);
		reader_quit(t);
	}
	free(expected);
}

static void an_unknown_terminal_is_refused(void **state)
{
	const char *environment[] = {"TERM=no-such-terminal", NULL};
	struct terminal *t = terminal_start(*state, 24, 80, NULL, environment);
	int status = terminal_wait(t);
	assert_true(status >= 64 && status < 128);
	assert_true(terminal_find(t, "no-such-terminal") >= 0);
	assert_true(terminal_tty_is_sane(t));
}

static int coloured_cells(struct terminal *t)
{
	int coloured = 0;
	for (int row = 0; row < 24; row++) {
		for (int column = 0; column < 80; column++) {
			struct terminal_cell cell = terminal_cell(t, row, column);
			coloured += cell.foreground != -1 || cell.background != -1;
		}
	}
	return coloured;
}

static void no_color_is_heeded(void **state)
{
	const char *environment[] = {"NO_COLOR=1", NULL};
	struct terminal *t = terminal_start(*state, 24, 80, NULL, environment);
	terminal_keys(t, ENTER);
	assert_int_equal(coloured_cells(t), 0);
	assert_true(terminal_cell(t, 1, 40).reverse); /* the selected row is still to be seen */
	assert_false(terminal_cell(t, 2, 40).reverse);
	reader_quit(t);
	t = reader_open_list(*state, 24, 80);
	assert_true(coloured_cells(t) > 0);
	reader_quit(t);
}

static void a_key_costs_few_bytes(void **state)
{
	struct terminal *t = reader_open_list(*state, 24, 80);
	terminal_keys(t, "_"); /* says that it does nothing */
	terminal_received(t);
	terminal_keys(t, "_"); /* says the same */
	assert_int_equal(terminal_received(t), 0);
	terminal_keys(t, DOWN);
	size_t select = terminal_received(t);
	terminal_keys(t, "g" ENTER);
	terminal_keys(t, "g");
	terminal_resize(t, 12, 40);
	terminal_received(t);
	terminal_keys(t, "j");
	size_t scroll = terminal_received(t);
	print_message("# bytes: %zu to select a row, %zu to scroll a line\n", select, scroll);
	assert_in_range(select, 1, 700);
	assert_in_range(scroll, 1, 400);
	reader_quit(t);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		READER_TEST(views_look_as_accepted),
		cmocka_unit_test_setup_teardown(
			an_empty_store_offers_the_samples, home_setup, home_teardown),
		READER_TEST(keys_move_through_an_article),
		READER_TEST(keys_lead_from_article_to_article),
		READER_TEST(marks_are_kept),
		READER_TEST(direction_is_turned_and_kept),
		READER_TEST(marks_are_turned),
		READER_TEST(typography_is_as_the_settings_say),
		READER_TEST(interface_is_mirrored),
		READER_TEST(presets_of_keys_are_chosen),
		READER_TEST(any_locale_shows_utf_8),
		READER_TEST(every_terminal_shows_the_same),
		READER_TEST(an_unknown_terminal_is_refused),
		READER_TEST(no_color_is_heeded),
		READER_TEST(a_key_costs_few_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
