/* Feeds, headlines and article side by side: where they stand, what they follow, what they keep. */
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
#define SHIFT_TAB "\033[Z"
#define TAB "\t"
#define CTRL_W "\x17"
#define LEFT "\033[D"
#define RIGHT "\033[C"
#define ENGLISH "Tide tables printed"
#define FOCUS "▸"

/* What follows the keys after a pause is there: nothing has changed for longer than that. */
static void calm(struct terminal *t)
{
	enum { LONGER_US = 250000, MOST = 40 };
	for (int i = 0; i < MOST; i++) {
		terminal_settle(t);
		char *before = strdup(terminal_screen(t));
		usleep(LONGER_US);
		terminal_settle(t);
		bool same = strcmp(before, terminal_screen(t)) == 0;
		free(before);
		if (same)
			return;
	}
	fail_msg("it does not come to rest:\n%s", terminal_screen(t));
}

static void press(struct terminal *t, const char *keys)
{
	terminal_keys(t, keys);
	calm(t);
}

static struct terminal *start(struct home *home, int rows, int columns)
{
	struct terminal *t = terminal_start(home, rows, columns, NULL, NULL);
	calm(t);
	return t;
}

/* The column where the pane starts whose title is marked as the one with the focus. */
static int focus(struct terminal *t, int row)
{
	int found = -1;
	for (int column = 0; column < 300; column++) {
		const char *text = terminal_cell(t, row, column).text;
		if (strcmp(text, FOCUS) == 0 || strcmp(text, "◂") == 0)
			found = column;
	}
	return found;
}

static int borders(struct terminal *t, int row)
{
	int count = 0;
	const char *at = terminal_row(t, row);
	for (; (at = strstr(at, "│")); at++)
		count++;
	return count;
}

static int count_unread(struct home *home)
{
	int unread = 0;
	for (size_t i = 0; i < ARTICLES; i++)
		unread += !reader_is_set(home, i, "read");
	return unread;
}

/* ---- how they look ---------------------------------------------------------- */

static const struct {
	int rows, columns;
} SIZES[] = {{45, 160}, {30, 100}};

static void look(struct home *home, const char *name, const char *settings)
{
	char screen[64];
	home_write(home, SETTINGS, str_of(settings));
	for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
		reader_forget_session(home);
		struct terminal *t = start(home, SIZES[i].rows, SIZES[i].columns);
		press(t, ENTER);
		press(t, DOWN DOWN DOWN);
		snprintf(screen, sizeof screen, "%s-%d", name, SIZES[i].columns);
		terminal_expect_screen(t, screen);
		/* No row differs from what a fresh painting makes of it. */
		char *before = strdup(terminal_screen(t));
		press(t, CTRL_L);
		terminal_expect_same(t, before);
		free(before);
		reader_quit(t);
	}
}

static void panes_stand_side_by_side(void **state)
{
	look(*state, "panes", "");
}

static void panes_start_at_the_right_in_an_rtl_interface(void **state)
{
	look(*state, "panes-rtl", "[ui]\ndirection = rtl\n");
}

static void the_article_stands_below_its_list(void **state)
{
	look(*state, "panes-stacked", "[panes]\nlayout = stacked\n");
}

static void the_settings_say_from_where_on(void **state)
{
	struct terminal *t = start(*state, 24, 99);
	assert_int_equal(borders(t, 1), 0);
	terminal_resize(t, 24, 100);
	assert_int_equal(borders(t, 1), 2);
	reader_quit(t);
	home_write(*state, SETTINGS, STR("[panes]\ncolumns = 0\n"));
	t = start(*state, 24, 200);
	assert_int_equal(borders(t, 1), 0);
	press(t, "!");
	assert_true(terminal_find(t, "No panes: [panes] columns = 0") >= 0);
	reader_quit(t);
	home_write(*state, SETTINGS, STR("[panes]\ncolumns = 60\nfeeds = 30\nheadlines = 40\n"));
	t = start(*state, 24, 60);
	assert_string_equal(terminal_cell(t, 1, 18).text, "│");
	assert_string_equal(terminal_cell(t, 1, 18 + 1 + 24).text, "│");
	reader_quit(t);
	home_write(*state, SETTINGS, STR("[panes]\nlayout = one\n"));
	t = start(*state, 24, 120);
	assert_int_equal(borders(t, 1), 0);
	reader_quit(t);
}

/* ---- the focus ------------------------------------------------------------- */

static void keys_go_from_pane_to_pane(void **state)
{
	struct terminal *t = start(*state, 30, 160);
	assert_int_equal(focus(t, 0), 0);
	press(t, ENTER);
	int headlines = focus(t, 0);
	assert_in_range(headlines, 30, 40);
	press(t, RIGHT);
	int article = focus(t, 0);
	assert_in_range(article, 80, 100);
	press(t, "q");
	assert_int_equal(focus(t, 0), headlines);
	press(t, LEFT);
	assert_int_equal(focus(t, 0), 0);
	press(t, LEFT); /* who goes back one too many does not leave the reader */
	assert_int_equal(focus(t, 0), 0);
	assert_true(terminal_find(t, "first pane; Q quits") >= 0);
	press(t, TAB);
	assert_int_equal(focus(t, 0), headlines);
	press(t, TAB);
	assert_int_equal(focus(t, 0), article);
	press(t, CTRL_W); /* Tab chooses a link here */
	assert_int_equal(focus(t, 0), 0);
	press(t, SHIFT_TAB);
	assert_int_equal(focus(t, 0), article);
	press(t, "q");
	press(t, SHIFT_TAB);
	assert_int_equal(focus(t, 0), 0);
	/* A list without articles leads to no article. */
	press(t, DOWN DOWN); /* Starred */
	press(t, ENTER);
	assert_true(terminal_find(t, "Nothing in this list") >= 0);
	assert_true(terminal_find(t, "No article") >= 0);
	press(t, CTRL_W);
	assert_int_equal(focus(t, 0), 0);
	press(t, "q");
	assert_int_equal(terminal_wait(t), 0);
	terminal_free(t);
}

static void arrows_follow_the_eye(void **state)
{
	home_write(*state, SETTINGS, STR("[ui]\ndirection = rtl\n"));
	struct terminal *t = start(*state, 30, 160);
	assert_int_equal(focus(t, 0), 159);
	press(t, LEFT);
	int headlines = focus(t, 0);
	assert_in_range(headlines, 100, 130);
	press(t, LEFT);
	assert_in_range(focus(t, 0), 40, headlines - 20);
	press(t, RIGHT RIGHT);
	assert_int_equal(focus(t, 0), 159);
	press(t, RIGHT);
	assert_int_equal(focus(t, 0), 159);
	reader_quit(t);
}

static void other_views_have_the_whole_screen(void **state)
{
	struct terminal *t = start(*state, 30, 160);
	char *before = strdup(terminal_screen(t));
	press(t, "?");
	assert_int_equal(borders(t, 3), 0);
	assert_int_equal(focus(t, 0), -1);
	press(t, "q");
	terminal_expect_same(t, before);
	free(before);
	/* A search stands where its results belong, and takes the place of the list. */
	press(t, "/");
	press(t, "harbour" ENTER);
	assert_true(terminal_find(t, "Search: harbour") == 0);
	assert_int_equal(borders(t, 1), 2);
	press(t, ENTER);
	assert_true(terminal_find(t, ENGLISH) > 0);
	press(t, "q");
	press(t, "q");
	assert_true(terminal_find(t, "Search") < 0);
	assert_int_equal(focus(t, 0), 0);
	reader_quit(t);
}

/* ---- previews ---------------------------------------------------------------- */

static void previews_mark_nothing_read(void **state)
{
	struct home *home = *state;
	struct terminal *t = start(home, 30, 160);
	press(t, DOWN);
	press(t, ENTER);
	for (int i = 0; i < ARTICLES; i++)
		press(t, DOWN);
	press(t, "g" DOWN DOWN DOWN);
	assert_true(terminal_find(t, ENGLISH) >= 0);
	assert_int_equal(count_unread(home), ARTICLES);
	press(t, ENTER);
	assert_int_equal(count_unread(home), ARTICLES - 1);
	assert_true(reader_is_set(home, 3, "read"));
	/* The feeds beside it tell one less, and what was just read stays in the list. */
	assert_non_null(strstr(terminal_row(t, 2), "4  Unread"));
	press(t, LEFT);
	assert_true(terminal_find(t, "4/5") >= 0);
	press(t, LEFT);
	assert_true(terminal_find(t, ENGLISH) >= 0);
	assert_non_null(strstr(terminal_row(t, 1), "4  All"));
	/* Once another list was looked at, it is gone. */
	press(t, DOWN);
	assert_true(terminal_find(t, "Nothing in this list") >= 0);
	press(t, "k");
	assert_true(terminal_find(t, "Nothing in this list") < 0);
	press(t, ENTER);
	assert_true(terminal_find(t, "1/4") >= 0);
	reader_quit(t);
}

static void a_held_key_is_not_waited_for(void **state)
{
	struct terminal *t = start(*state, 30, 160);
	press(t, ENTER);
	char *first = strdup(terminal_row(t, 1));
	terminal_received(t);
	for (int i = 0; i < 3; i++) {
		terminal_type(t, DOWN);
		usleep(30000);
	}
	calm(t);
	/* The article follows the last of them. */
	assert_true(terminal_find(t, "The Lighthouse Weekly") >= 0);
	assert_string_not_equal(terminal_row(t, 1), first);
	free(first);
	reader_quit(t);
}

static void headlines_change_beside_what_is_done_to_feeds(void **state)
{
	struct home *home = *state;
	struct terminal *t = start(home, 30, 160);
	assert_non_null(strstr(terminal_row(t, 2), "●"));
	press(t, "A");
	assert_int_equal(count_unread(home), 0);
	assert_true(terminal_find(t, "●") < 0);
	press(t, "U");
	assert_non_null(strstr(terminal_row(t, 2), "●"));
	assert_int_equal(count_unread(home), ARTICLES);
	/* A preview turns as its headline does, and goes with it. */
	press(t, ENTER);
	press(t, DOWN DOWN DOWN);
	char *before = strdup(terminal_screen(t));
	press(t, "D");
	assert_true(terminal_find(t, "Direction: right to left") >= 0);
	assert_string_not_equal(terminal_screen(t), before);
	press(t, "DD");
	press(t, "x");
	assert_true(terminal_find(t, ENGLISH) < 0);
	press(t, "U");
	assert_true(terminal_find(t, ENGLISH) >= 0);
	free(before);
	reader_quit(t);
}

/* ---- what is kept ------------------------------------------------------------- */

static void the_place_in_an_article_is_kept(void **state)
{
	struct home *home = *state;
	struct terminal *t = start(home, 12, 120);
	press(t, ENTER);
	press(t, ENTER);
	press(t, "jjjjjj");
	char *row = strdup(strrchr(terminal_row(t, 1), ' '));
	press(t, LEFT);
	assert_non_null(strstr(terminal_row(t, 1), row));
	json_t *item = reader_listed(home, 0);
	assert_non_null(json_object_get(item, "position"));
	json_decref(item);
	press(t, DOWN);
	assert_null(strstr(terminal_row(t, 1), row));
	press(t, "k"); /* the preview is where it was left */
	assert_non_null(strstr(terminal_row(t, 1), row));
	press(t, LEFT);
	press(t, "!"); /* and so is the article without panes */
	press(t, ENTER);
	press(t, ENTER);
	assert_non_null(strstr(terminal_row(t, 1), strtok(row, " ")));
	free(row);
	reader_quit(t);
}

static void sizes_come_and_go(void **state)
{
	struct terminal *t = start(*state, 30, 160);
	press(t, ENTER);
	press(t, DOWN DOWN DOWN);
	char *wide = strdup(terminal_screen(t));
	terminal_resize(t, 30, 80);
	calm(t);
	assert_int_equal(borders(t, 3), 0);
	assert_true(terminal_find(t, "4/5") >= 0);
	terminal_resize(t, 30, 160);
	calm(t);
	terminal_expect_same(t, wide);
	free(wide);
	/* The focus in the article: it is what a narrow screen has. */
	press(t, ENTER);
	wide = strdup(terminal_screen(t));
	terminal_resize(t, 9, 160); /* too low for panes */
	calm(t);
	assert_true(terminal_find(t, ENGLISH) == 1);
	terminal_resize(t, 30, 40);
	terminal_resize(t, 30, 160);
	calm(t);
	terminal_expect_same(t, wide);
	free(wide);
	reader_quit(t);
}

static void a_pane_is_zoomed(void **state)
{
	struct terminal *t = start(*state, 30, 160);
	press(t, ENTER);
	press(t, DOWN DOWN DOWN);
	char *panes = strdup(terminal_screen(t));
	press(t, "!");
	assert_int_equal(borders(t, 3), 0);
	assert_non_null(strstr(terminal_row(t, 1), "2024-06-17"));
	press(t, "!");
	terminal_expect_same(t, panes);
	free(panes);
	/* Reading goes on in the zoomed one, and its neighbours are there again after it. */
	press(t, "!");
	press(t, ENTER);
	assert_true(terminal_find(t, ENGLISH) == 1);
	press(t, "!");
	assert_int_equal(borders(t, 3), 2);
	assert_in_range(focus(t, 0), 80, 100);
	assert_true(terminal_find(t, ENGLISH) == 1);
	reader_quit(t);
}

static void panes_are_laid_out_otherwise(void **state)
{
	struct terminal *t = start(*state, 30, 160);
	press(t, ENTER);
	press(t, "H");
	assert_true(terminal_find(t, "the article below its list") >= 0);
	assert_int_equal(borders(t, 3), 1);
	press(t, "H");
	assert_int_equal(borders(t, 3), 0);
	press(t, "!"); /* as they were set */
	assert_int_equal(borders(t, 3), 2);
	press(t, "HHH");
	assert_int_equal(borders(t, 3), 2);
	reader_quit(t);
}

static int first_border(struct terminal *t)
{
	int column = 0;
	while (column < 160 && strcmp(terminal_cell(t, 1, column).text, "│") != 0)
		column++;
	return column;
}

static void sizes_of_panes_are_kept(void **state)
{
	struct home *home = *state;
	struct terminal *t = start(home, 30, 160);
	int before = first_border(t);
	press(t, "))");
	int wider = first_border(t);
	assert_in_range(wider, before + 5, before + 8);
	press(t, "3(");
	int narrower = first_border(t);
	assert_in_range(narrower, before - 5, before - 2);
	reader_quit(t);
	t = start(home, 30, 160);
	assert_int_equal(first_border(t), narrower);
	reader_quit(t);
	/* What is set anew goes before what was kept. */
	home_write(home, SETTINGS, STR("[panes]\nfeeds = 40\n"));
	t = start(home, 30, 160);
	assert_int_equal(first_border(t), 64);
	/* They do not go so far that nothing is left. */
	press(t, "99)");
	assert_in_range(first_border(t), 70, 81);
	assert_int_equal(borders(t, 1), 2);
	press(t, "99(");
	assert_in_range(first_border(t), 12, 20);
	press(t, ENTER);
	press(t, ENTER);
	press(t, "99)"); /* the article takes from its list */
	press(t, "H");
	press(t, "99)");
	press(t, "99(");
	char *screen = strdup(terminal_screen(t));
	press(t, CTRL_L);
	terminal_expect_same(t, screen);
	free(screen);
	reader_quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		READER_TEST(panes_stand_side_by_side),
		READER_TEST(panes_start_at_the_right_in_an_rtl_interface),
		READER_TEST(the_article_stands_below_its_list),
		READER_TEST(the_settings_say_from_where_on),
		READER_TEST(keys_go_from_pane_to_pane),
		READER_TEST(arrows_follow_the_eye),
		READER_TEST(other_views_have_the_whole_screen),
		READER_TEST(previews_mark_nothing_read),
		READER_TEST(a_held_key_is_not_waited_for),
		READER_TEST(headlines_change_beside_what_is_done_to_feeds),
		READER_TEST(the_place_in_an_article_is_kept),
		READER_TEST(sizes_come_and_go),
		READER_TEST(a_pane_is_zoomed),
		READER_TEST(panes_are_laid_out_otherwise),
		READER_TEST(sizes_of_panes_are_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
