/* What is done to articles in the reader: undoing it, tags, deleting, what was read lately. */
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

enum { ROWS = 24, STATUS = ROWS - 1 };

static void expect_status(struct terminal *t, const char *words)
{
	if (terminal_find(t, words) != STATUS)
		fail_msg("the status line does not say \"%s\"\n%s", words, terminal_screen(t));
}

/* How many lines a command prints. */
static int lines_of(struct home *home, const char *option)
{
	char *list = home_run(home, 0, "list", option, NULL);
	int count = 0;
	for (const char *c = list; *c; c++)
		count += *c == '\n';
	free(list);
	return count;
}

static void reading_is_undone_after_a_restart(void **state)
{
	struct terminal *t = reader_open_article(*state, ROWS, 80, 1);
	terminal_keys(t, "q");
	reader_quit(t);
	assert_int_equal(lines_of(*state, "--unread"), ARTICLES - 1);
	t = reader_open_list(*state, ROWS, 80);
	terminal_keys(t, "U");
	expect_status(t, "Undone: 1 article marked read");
	assert_int_equal(lines_of(*state, "--unread"), ARTICLES);
	terminal_keys(t, "\x12"); /* Ctrl-R */
	expect_status(t, "Done again: 1 article marked read");
	assert_int_equal(lines_of(*state, "--unread"), ARTICLES - 1);
	terminal_keys(t, "\x12");
	expect_status(t, "Nothing to redo");
	terminal_keys(t, "UU");
	expect_status(t, "Nothing to undo");
	reader_quit(t);
}

static void a_whole_list_is_undone_at_once(void **state)
{
	struct terminal *t = reader_open_list(*state, ROWS, 80);
	terminal_keys(t, DOWN DOWN "O");
	expect_status(t, "2 articles marked read; U takes it back");
	assert_int_equal(lines_of(*state, "--unread"), ARTICLES - 2);
	terminal_keys(t, "A");
	expect_status(t, "3 articles marked read; U takes it back");
	assert_int_equal(terminal_find(t, "●"), -1);
	terminal_keys(t, "U");
	expect_status(t, "Undone: 3 articles marked read (All)");
	assert_true(terminal_find(t, "●") > 0);
	char *said = home_run(*state, 0, "undo", NULL);
	assert_string_equal(said, "undone: 2 articles marked read (All)\n");
	free(said);
	said = home_run(*state, 0, "redo", NULL);
	assert_string_equal(said, "done again: 2 articles marked read (All)\n");
	free(said);
	reader_quit(t);
}

static void a_deleted_article_comes_back(void **state)
{
	struct terminal *t = reader_open_list(*state, ROWS, 80);
	struct reader_rows before = reader_rows(t);
	terminal_keys(t, DOWN "x");
	expect_status(t, "Deleted; U brings it back");
	expect_status(t, "2/4");
	assert_int_equal(lines_of(*state, "--limit=99"), ARTICLES - 1);
	terminal_keys(t, ENTER "\033[3~"); /* the next one, while it is open */
	expect_status(t, "2/3");
	assert_int_equal(lines_of(*state, "--limit=99"), ARTICLES - 2);
	terminal_keys(t, "U");
	expect_status(t, "Undone: 1 article deleted");
	expect_status(t, "/4");
	terminal_keys(t, "U"
			 "U"); /* it was read, too */
	expect_status(t, "/5");
	struct reader_rows after = reader_rows(t);
	for (int i = 0; i < ARTICLES; i++)
		assert_string_equal(
			reader_first_word(after.text[i]), reader_first_word(before.text[i]));
	assert_string_equal(after.text[1], before.text[1]);
	reader_rows_free(&before);
	reader_rows_free(&after);
	reader_quit(t);
}

static void tags_are_typed_and_edited(void **state)
{
	struct terminal *t = reader_open_list(*state, ROWS, 80);
	terminal_keys(t, "T");
	expect_status(t, "Tags, parted by commas:");
	terminal_keys(t, "sea, "
			 "books" ENTER);
	expect_status(t, "Tagged");
	terminal_keys(t, "T");
	expect_status(t, "books, sea");
	terminal_keys(t, "\x15"
			 "sea" ENTER); /* Ctrl-U: all of it goes */
	terminal_keys(t, "U");
	expect_status(t, "Undone: 1 article untagged (books)");
	terminal_keys(t, "T");
	expect_status(t, "books, sea");
	terminal_keys(t, "\033"); /* alone: leaves the prompt */
	expect_status(t, "1/5");
	reader_quit(t);
}

static void what_was_read_lately_is_a_list(void **state)
{
	struct terminal *t = reader_open_article(*state, ROWS, 80, 3);
	terminal_keys(t, "q"
			 "g" ENTER "q"); /* then the first one */
	terminal_keys(t, "q"
			 "gjjjj");
	assert_int_equal(terminal_find(t, "Lately read"), 5);
	terminal_keys(t, ENTER);
	expect_status(t, "1/2");
	struct reader_rows before = reader_rows(t);
	terminal_keys(t, "j" ENTER "q"); /* the other one is the latest now */
	terminal_keys(t, "q" ENTER);
	expect_status(t, "1/2");
	struct reader_rows after = reader_rows(t);
	for (int i = 0; i < 2; i++)
		assert_string_equal(after.text[i], before.text[1 - i]);
	assert_string_not_equal(after.text[0], after.text[1]);
	reader_rows_free(&before);
	reader_rows_free(&after);
	reader_quit(t);
}

static void doctor_and_backup(void **state)
{
	char *said = home_run(*state, 0, "doctor", NULL);
	assert_non_null(strstr(said, "the store is well"));
	free(said);
	char copy[512];
	snprintf(copy, sizeof copy, "%s/copy.db", home_path(*state));
	free(home_run(*state, 0, "backup", copy, NULL));
	said = home_run(*state, 0, "list", "--db", copy, NULL);
	assert_true(strlen(said) > 0);
	free(said);
	said = home_run(*state, 0, "doctor", "--repair", "--json", NULL);
	json_t *object = json_loads(said, 0, NULL);
	assert_true(json_is_true(json_object_get(object, "well")));
	const char *before = json_string_value(json_object_get(object, "copy"));
	assert_non_null(before);
	free(home_run(*state, 0, "doctor", "--db", before, NULL));
	json_decref(object);
	free(said);
	free(home_run(*state, 64, "backup", "-", NULL));
	free(home_run(*state, 73, "backup", "/nowhere/at/all.db", NULL));
}

/* What is exported is a feed that khabar itself reads: the same articles, nothing lost. */
static void articles_are_exported(void **state)
{
	char *feed = home_run(*state, 0, "export", "--format", "jsonfeed", NULL);
	const char *path = home_write(*state, "feed.json", str_of(feed));
	char *parsed = home_run(*state, 0, "parse", path, NULL);
	json_t *exported = json_loads(feed, 0, NULL), *read = json_loads(parsed, 0, NULL);
	json_t *items = json_object_get(exported, "items");
	json_t *items_read = json_object_get(read, "items");
	assert_int_equal(json_array_size(items), ARTICLES);
	assert_int_equal(json_array_size(items_read), ARTICLES);
	static const char *const names[] = {"title", "url", "date_published", "content_html"};
	for (size_t i = 0; i < ARTICLES; i++) {
		for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
			const char *a = json_string_value(
				json_object_get(json_array_get(items, i), names[k]));
			const char *b = json_string_value(
				json_object_get(json_array_get(items_read, i), names[k]));
			assert_non_null(a);
			assert_string_equal(a, b);
		}
	}
	json_decref(exported);
	json_decref(read);
	free(feed);
	free(parsed);
	char number[32];
	json_t *tide = reader_listed(*state, 3);
	snprintf(number, sizeof number, "%lld",
		(long long)json_integer_value(json_object_get(tide, "id")));
	json_decref(tide);
	char *text = home_run(*state, 0, "export", "--format=markdown", number, number, NULL);
	const char *first = strstr(text, articles[3].title);
	assert_non_null(first);
	const char *line = strstr(first, "\n***\n");
	assert_non_null(line);
	assert_non_null(strstr(line, articles[3].title));
	free(text);
	free(home_run(*state, 64, "export", "--format", "markdown", "one", NULL));
	free(home_run(*state, 66, "export", "--format", "markdown", "99", NULL));
	free(home_run(*state, 64, "export", "--starred", NULL));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		READER_TEST(reading_is_undone_after_a_restart),
		READER_TEST(a_whole_list_is_undone_at_once),
		READER_TEST(a_deleted_article_comes_back),
		READER_TEST(tags_are_typed_and_edited),
		READER_TEST(what_was_read_lately_is_a_list),
		READER_TEST(doctor_and_backup),
		READER_TEST(articles_are_exported),
	};
	return cmocka_run_group_tests_name("screen/state", tests, NULL, NULL);
}
