/* Live search in the whole program: what is typed, what is shown, what keys do with it. */
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
#include <sqlite3.h>

#define ESCAPE "\033"
#define BACKSPACE "\x7f"

static void expect(struct terminal *t, const char *text)
{
	if (terminal_find(t, text) < 0)
		fail_msg("\"%s\" is not to be seen:\n%s", text, terminal_screen(t));
}

static void expect_not(struct terminal *t, const char *text)
{
	if (terminal_find(t, text) >= 0)
		fail_msg("\"%s\" is to be seen:\n%s", text, terminal_screen(t));
}

static int underlined(struct terminal *t, int row, int columns)
{
	int count = 0;
	for (int column = 0; column < columns; column++) {
		struct terminal_cell cell = terminal_cell(t, row, column);
		count += cell.underline && cell.text[0] != ' ';
	}
	return count;
}

static bool is_blank_row(struct terminal *t, int row)
{
	return terminal_row(t, row)[0] == '\0';
}

/* The search with this text in its prompt. */
static struct terminal *open_search(struct home *home, const char *text)
{
	struct terminal *t = terminal_start(home, 24, 80, NULL, NULL);
	terminal_keys(t, "/");
	expect(t, "Search:");
	terminal_keys(t, text);
	return t;
}

static void narrows_with_each_key(void **state)
{
	struct terminal *t = open_search(*state, "t");
	expect(t, "Type a word, from two letters on");
	terminal_keys(t, "id");
	expect(t, "Tide tables printed by hand");
	assert_int_equal(underlined(t, 1, 80), 4); /* Tide */
	terminal_keys(t, "xyz");
	expect(t, "Nothing found");
	expect_not(t, "Tide tables");
	terminal_keys(t, BACKSPACE BACKSPACE BACKSPACE);
	expect(t, "Tide tables printed by hand");
	terminal_keys(t, ENTER);
	expect(t, "1/1");
	reader_quit(t);
}

static void arabic_is_found_without_its_article(void **state)
{
	enum { MINAA = 7 /* cells: al-minaa */ };
	struct terminal *t = open_search(*state, "ميناء");
	assert_int_equal(underlined(t, 1, 80), MINAA);
	assert_true(underlined(t, 2, 80) >= MINAA); /* the snippet */
	assert_true(is_blank_row(t, 3));
	/* Marks and another keyboard's letters make no difference. */
	terminal_keys(t, "\x15"
			 "مقدمة السفينة");
	assert_false(is_blank_row(t, 1));
	assert_int_equal(underlined(t, 1, 80), 0);
	assert_true(underlined(t, 2, 80) > 0);
	terminal_keys(t, "\x15"
			 "بيست سال");
	assert_false(is_blank_row(t, 1));
	assert_true(underlined(t, 1, 80) > 0);
	terminal_keys(t, ENTER);
	reader_quit(t);
}

static void results_are_a_list(void **state)
{
	struct terminal *t = open_search(*state, "harbour");
	terminal_keys(t, ENTER);
	expect_not(t, "Search: \u2068");
	expect(t, "Search: harbour");
	expect(t, "1/1");
	terminal_keys(t, "s");
	expect(t, "★");
	terminal_keys(t, ENTER);
	expect(t, "Tide tables printed by hand");
	terminal_keys(t, "q");
	expect(t, "1/1");
	terminal_keys(t, "/");
	expect(t, "Search: harbour");
	terminal_keys(t, ESCAPE); /* leaves the prompt, not the list */
	expect(t, "1/1");
	terminal_keys(t, ESCAPE);
	expect(t, "Starred");
	reader_quit(t);
	assert_true(reader_is_set(*state, 3, "starred"));
}

static void next_goes_on_within_results(void **state)
{
	struct terminal *t = open_search(*state, "\"24\" 12");
	terminal_keys(t, "\x15"
			 "the");
	terminal_keys(t, ENTER ENTER);
	expect(t, "Tide tables");
	terminal_keys(t, "J");
	expect(t, "No next article");
	reader_quit(t);
}

static void all_results_are_marked_read(void **state)
{
	struct terminal *t = open_search(*state, "12" ENTER);
	terminal_keys(t, "A");
	expect(t, "marked read; U takes it back");
	reader_quit(t);
	assert_true(reader_is_set(*state, 0, "read")); /* "12" stands in the first */
}

static void escape_goes_back(void **state)
{
	struct terminal *t = terminal_start(*state, 24, 80, NULL, NULL);
	char *before = strdup(terminal_screen(t));
	terminal_keys(t, "/");
	terminal_keys(t, "tide");
	terminal_keys(t, ESCAPE);
	terminal_expect_same(t, before);
	free(before);
	terminal_keys(t, ENTER "/tide" ENTER);
	expect(t, "1/1");
	terminal_keys(t, "q");
	expect(t, "1/5");
	reader_quit(t);
}

static void keys_never_wait(void **state)
{
	struct terminal *t = open_search(*state, "");
	for (int i = 0; i < 20; i++)
		terminal_type(t, "ti" BACKSPACE BACKSPACE);
	terminal_keys(t, "tide");
	expect(t, "Tide tables printed by hand");
	terminal_resize(t, 5, 20); /* too small for snippets */
	expect(t, "Tide");
	assert_true(is_blank_row(t, 2));
	terminal_keys(t, ENTER);
	reader_quit(t);
}

static void newsboat_and_newsraft_have_the_key(void **state)
{
	static const char *const presets[][3] = {
		{"--keys", "newsboat", NULL}, {"--keys", "newsraft", NULL}};
	for (size_t i = 0; i < 2; i++) {
		struct terminal *t = terminal_start(*state, 24, 80, presets[i], NULL);
		terminal_keys(t, "/tide" ENTER);
		expect(t, "Tide tables printed by hand");
		terminal_keys(t, ESCAPE);
		expect(t, "Unfinished");
		reader_quit(t);
	}
}

/* A store of before there was a search. */
static void indexes_what_is_pending(void **state)
{
	struct home *home = *state;
	char path[512];
	sqlite3 *db;
	snprintf(path, sizeof path, "%s/data/khabar/khabar.db", home_path(home));
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "UPDATE search_about SET stamp = ''", NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
	struct terminal *t = open_search(home, "tide");
	expect(t, "Tide tables printed by hand");
	terminal_keys(t, ENTER);
	reader_quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		READER_TEST(narrows_with_each_key),
		READER_TEST(arabic_is_found_without_its_article),
		READER_TEST(results_are_a_list),
		READER_TEST(next_goes_on_within_results),
		READER_TEST(all_results_are_marked_read),
		READER_TEST(escape_goes_back),
		READER_TEST(keys_never_wait),
		READER_TEST(newsboat_and_newsraft_have_the_key),
		READER_TEST(indexes_what_is_pending),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
