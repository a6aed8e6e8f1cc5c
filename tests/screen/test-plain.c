/*
 * --plain: rows in words and in logical order, the cursor on the row that is selected, nothing that
 * only adorns, and nothing that is painted without being asked for.
 */
#include "articles.h"
#include "reader.h"

#include "base/utf8.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define CONF "config/khabar/khabar.conf"

enum { ROWS = 24, COLUMNS = 80 };

static const char *const plain_arguments[] = {"--plain", NULL};

static struct terminal *start(struct home *home)
{
	reader_forget_session(home);
	return terminal_start(home, ROWS, COLUMNS, plain_arguments, NULL);
}

/* No boxes, blocks, shapes, stars and other signs to be looked at. */
static void assert_bare(struct terminal *t)
{
	enum { FIRST = 0x2500, LAST = 0x27FF };
	struct str screen = str_of(terminal_screen(t));
	for (size_t at = 0; at < screen.len;) {
		uint32_t code_point;
		at += utf8_decode(screen.ptr + at, screen.len - at, &code_point);
		if (code_point >= FIRST && code_point <= LAST)
			fail_msg("U+%04X in\n%s", code_point, terminal_screen(t));
	}
}

static void assert_cursor(struct terminal *t, int row, int column)
{
	int at_row, at_column;
	terminal_cursor(t, &at_row, &at_column);
	assert_true(terminal_cursor_visible(t));
	if (at_row != row || at_column != column)
		fail_msg("the cursor is at %d, %d, not at %d, %d of\n%s", at_row, at_column, row,
			column, terminal_screen(t));
}

/* The one row that starts with ">", with the cursor on it, is this one. */
static void assert_selected(struct terminal *t, int row)
{
	for (int i = 1; i < ROWS - 1; i++) {
		if ((terminal_row(t, i)[0] == '>') != (i == row))
			fail_msg("row %d is selected, or row %d is not, in\n%s", i, row,
				terminal_screen(t));
	}
	assert_cursor(t, row, 0);
	assert_bare(t);
}

static void assert_row(struct terminal *t, int row, const char *start)
{
	const char *text = terminal_row(t, row);
	if (strncmp(text, start, strlen(start)) != 0)
		fail_msg("row %d does not start with \"%s\": %s", row, start, text);
}

static bool sent(struct terminal *t, const char *text)
{
	return str_find(terminal_log(t), str_of(text)) >= 0;
}

/* ---- lists ---- */

static void the_cursor_follows_the_selection(void **state)
{
	struct terminal *t = start(*state);
	assert_row(t, 1, "> All, 5 unread, 5 in all");
	assert_row(t, 2, "  Unread, 5 unread, 5 in all");
	assert_row(t, 3, "  Starred, 0 in all");
	assert_selected(t, 1);
	terminal_keys(t, "j");
	assert_selected(t, 2);
	terminal_keys(t, "G");
	assert_selected(t, terminal_find(t, "Lately read") + 5);
	terminal_keys(t, "g");
	assert_selected(t, 1);
	terminal_keys(t, ENTER);
	assert_selected(t, 1);
	for (int row = 2; row <= ARTICLES; row++) {
		terminal_keys(t, "j");
		assert_selected(t, row);
	}
	terminal_keys(t, "k");
	assert_selected(t, ARTICLES - 1);
	terminal_keys(t, "q");
	assert_selected(t, 1);
	reader_quit(t);
}

/* Unread, starred and how far it was read stand there as words; the title as it was written. */
static void what_a_row_says(void **state)
{
	char expected[512];
	struct terminal *t = start(*state);
	terminal_keys(t, ENTER);
	for (int i = 0; i < ARTICLES; i++) {
		snprintf(expected, sizeof expected, "%s unread %.40s", i == 0 ? ">" : " ",
			articles[i].title);
		assert_row(t, 1 + i, expected);
	}
	terminal_keys(t, "s");
	snprintf(expected, sizeof expected, "> unread * %.40s", articles[0].title);
	assert_row(t, 1, expected);
	terminal_keys(t, ENTER "q");
	snprintf(expected, sizeof expected, "> * %.40s", articles[0].title);
	assert_row(t, 1, expected);
	assert_bare(t);
	reader_quit(t);
}

/* The order of the bytes is the order of reading, letters are those of the source. */
static void text_is_sent_as_it_was_written(void **state)
{
	struct terminal *t = start(*state);
	terminal_keys(t, ENTER);
	for (int i = 0; i < ARTICLES; i++)
		assert_true(sent(t, articles[i].title));
	assert_false(sent(t, "\033[8l")); /* and the terminal's own order is left alone */
	reader_quit(t);
	/* Unless one says what is to be sent. */
	const char *const visual[] = {"--plain", "--bidi", "visual", NULL};
	reader_forget_session(*state);
	t = terminal_start(*state, ROWS, COLUMNS, visual, NULL);
	terminal_keys(t, ENTER);
	assert_true(sent(t, "\033[8l"));
	assert_false(sent(t, articles[0].title));
	assert_selected(t, 1);
	reader_quit(t);
}

/* The option does the same; a mirrored interface has no use there. */
static void the_option_does_the_same(void **state)
{
	home_write(*state, CONF, STR("[ui]\nplain = yes\ndirection = rtl\n"));
	reader_forget_session(*state);
	struct terminal *t = terminal_start(*state, ROWS, COLUMNS, NULL, NULL);
	assert_row(t, 1, "> All, 5 unread, 5 in all");
	assert_selected(t, 1);
	assert_row(t, ROWS - 1, "? help  q quit  Enter open, 5 unread");
	reader_quit(t);
	home_write(*state, CONF, STR(""));
	t = terminal_start(*state, ROWS, COLUMNS, NULL, NULL);
	assert_false(terminal_cursor_visible(t));
	reader_quit(t);
}

static void a_mistake_is_told_by_a_word(void **state)
{
	struct terminal *t = start(*state);
	home_write(*state, CONF, STR("[ui]\nplian = yes\n"));
	terminal_keys(t, "\x18");
	assert_row(t, ROWS - 1, "Error: ");
	assert_non_null(strstr(terminal_row(t, ROWS - 1), "plian"));
	reader_quit(t);
}

/* Where a text is asked for the cursor is in it, behind what was typed. */
static void the_cursor_is_in_the_prompt(void **state)
{
	struct terminal *t = start(*state);
	terminal_keys(t, ENTER "/");
	terminal_keys(t, "خبر");
	const char *row = terminal_row(t, ROWS - 1);
	const char *typed = strstr(row, "خبر");
	assert_non_null(typed);
	int column = (int)utf8_length((struct str){row, (size_t)(typed - row)});
	assert_cursor(t, ROWS - 1, column + 3);
	assert_bare(t);
	terminal_keys(t, ENTER);
	reader_quit(t);
}

/* What another process does is not painted until a key is pressed. */
static void nothing_is_painted_unasked(void **state)
{
	struct terminal *t = start(*state);
	terminal_received(t);
	free(home_run(*state, 0, "mark", "read", "", NULL));
	for (int i = 0; i < 4; i++) {
		usleep(700000);
		terminal_settle(t);
	}
	assert_int_equal(terminal_received(t), 0);
	terminal_keys(t, "j");
	assert_row(t, 1, "  All, 5 in all");
	assert_selected(t, 2);
	reader_quit(t);
}

/* ---- articles ---- */

#define PAGE                                                                                       \
	"<p>فقرة أولى فيها <a href='https://one.example/'>رابط</a>، ثم <b>كلمات</b>.</p>"          \
	"<h2>عنوان</h2><blockquote><p>قال كلاما.</p></blockquote>"                                 \
	"<ul><li>بند<ul><li>بند أعمق<ul><li>أعمق منه</ul></ul></ul><hr>"                           \
	"<table><tr><th>المدينة<th>الحرارة<tr><td>الرياض<td>40<tr><td>جدة<td>35</table>"           \
	"<details><summary>تفاصيل</summary><p>نص.</p></details>"                                   \
	"<pre>int khabar(void);</pre><p>وهنا <a href='https://two.example/'>link</a> آخر.</p>"

static int page(void **state)
{
	struct error error = {0};
	char path[4096];
	int64_t feed;
	home_setup(state);
	snprintf(path, sizeof path, "%s/data/khabar/khabar.db", home_path(*state));
	struct store *store = store_open(path, STORE_CREATE, &error);
	const struct store_new_article article = {.guid = STR("1"),
		.title = STR("صفحة"),
		.html = STR(PAGE),
		.language = STR("ar"),
		.published = 1717243200};
	if (!store ||
		store_feed_ensure(store, STR("https://a.example/"), STR("A"), &feed, &error) ||
		store_add(store, feed, &article, NULL, NULL, &error))
		fail_msg("%s", error.message);
	store_close(store);
	return 0;
}

static void an_article_is_read_line_by_line(void **state)
{
	static const char *const lines[] = {"صفحة", "A · Saturday 1 June 2024 12:00", "",
		"فقرة أولى فيها رابط [1]، ثم كلمات.", "", "Heading 2: عنوان", "", "> قال كلاما.", "",
		"  - بند", "    - بند أعمق", "      - أعمق منه", "", "", "", "المدينة · الحرارة", "",
		"المدينة: الرياض", "الحرارة: 40", "", "المدينة: جدة", "الحرارة: 35", "", "- تفاصيل", "",
		"نص.", "", "int khabar(void);", "", "وهنا link [2] آخر."};
	enum { LINES = sizeof lines / sizeof *lines };
	struct terminal *t = start(*state);
	terminal_keys(t, ENTER ENTER "g");
	for (int i = 0; i < LINES; i++) {
		if (strcmp(terminal_row(t, 1), lines[i]) != 0)
			fail_msg("line %d is no \"%s\" in\n%s", i, lines[i], terminal_screen(t));
		assert_cursor(t, 1, 0);
		assert_bare(t);
		terminal_keys(t, "j");
	}
	/* On through the list of links, and not beyond its end. */
	for (int i = 0; i < 12; i++)
		terminal_keys(t, "j");
	assert_row(t, ROWS - 1, "? help  q back  n next unread, 100% read");
	assert_true(strlen(terminal_row(t, 1)) > 0);
	assert_int_equal(strlen(terminal_row(t, 2)), 0);
	reader_quit(t);
}

/* What is chosen or found comes to the cursor. */
static void links_and_places_come_to_the_cursor(void **state)
{
	struct terminal *t = start(*state);
	terminal_keys(t, ENTER ENTER "g");
	terminal_keys(t, "\t\t");
	assert_string_equal(terminal_row(t, 1), "وهنا link [2] آخر.");
	assert_cursor(t, 1, 0);
	assert_row(t, ROWS - 1, "2/2: two.example");
	terminal_keys(t, "1" ENTER);
	assert_string_equal(terminal_row(t, 1), "فقرة أولى فيها رابط [1]، ثم كلمات.");
	terminal_keys(t, "/جدة" ENTER);
	assert_string_equal(terminal_row(t, 1), "المدينة: جدة");
	assert_cursor(t, 1, 0);
	reader_quit(t);
}

/* Every other view, each row a text, the cursor on one of them. */
static void other_views(void **state)
{
	struct terminal *t = start(*state);
	terminal_keys(t, "?");
	assert_row(t, 1, "j, Down: next line or item");
	assert_cursor(t, 1, 0);
	assert_bare(t);
	terminal_keys(t, "j");
	assert_row(t, 1, "k, Up: previous line or item");
	terminal_keys(t, "q");
	terminal_keys(t, "E" "j");
	assert_bare(t);
	terminal_keys(t, "Gjjj");
	terminal_keys(t, "E"); /* the form of the feed */
	assert_row(t, 1, "> ");
	assert_selected(t, 1);
	terminal_keys(t, "j");
	assert_selected(t, 2);
	terminal_keys(t, "q");
	terminal_keys(t, "M");
	assert_cursor(t, 1, 0);
	assert_bare(t);
	terminal_keys(t, "q");
	terminal_keys(t, "e");
	assert_bare(t);
	terminal_keys(t, "q");
	terminal_keys(t, "S"); /* feeds to start with; another process reads them */
	for (int i = 0; i < 100 && terminal_find(t, "chosen") < 0; i++) {
		usleep(100000);
		terminal_settle(t);
	}
	assert_selected(t, 1);
	terminal_keys(t, "jx");
	assert_selected(t, 3);
	assert_row(t, 2, "  chosen ");
	terminal_keys(t, "q");
	terminal_keys(t, "g" ENTER ENTER "L");
	assert_row(t, 1, "> 1. رابط, one.example");
	assert_selected(t, 1);
	terminal_keys(t, "j");
	assert_selected(t, 2);
	reader_quit(t);
}

static void the_first_screen_of_all(void **state)
{
	struct terminal *t = start(*state);
	assert_true(terminal_find(t, "No articles yet.") > 0);
	assert_cursor(t, 1, 0);
	assert_bare(t);
	reader_quit(t);
}

#define PAGE_TEST(test) cmocka_unit_test_setup_teardown(test, page, home_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		READER_TEST(the_cursor_follows_the_selection),
		READER_TEST(what_a_row_says),
		READER_TEST(text_is_sent_as_it_was_written),
		READER_TEST(the_option_does_the_same),
		READER_TEST(a_mistake_is_told_by_a_word),
		READER_TEST(the_cursor_is_in_the_prompt),
		READER_TEST(nothing_is_painted_unasked),
		PAGE_TEST(an_article_is_read_line_by_line),
		PAGE_TEST(links_and_places_come_to_the_cursor),
		PAGE_TEST(other_views),
		cmocka_unit_test_setup_teardown(the_first_screen_of_all, home_setup, home_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
