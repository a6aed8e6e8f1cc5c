/* The text of articles on the screen, beside an oracle that shares no code with it. */
#include "articles.h"
#include "oracle.h"
#include "reader.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { TEXT_WIDTH = 80, TALL = 250 };

/* A row of text starts exactly at its paragraph's margin. */
static void assert_at_start_side(
	struct terminal *t, int row, int columns, int width, enum oracle_direction direction)
{
	int left = (columns - width) / 2, right = left + width - 1;
	int start = direction == ORACLE_RTL ? right : left;
	if (reader_is_blank(t, row, start))
		fail_msg("row %d does not start at column %d: |%s", row, start,
			terminal_row(t, row));
	for (int column = 0; column < columns; column++) {
		if ((column < left || column > right) && !reader_is_blank(t, row, column))
			fail_msg("row %d leaves its column: |%s", row, terminal_row(t, row));
	}
}

/* The lines of one paragraph stand on the rows from *row on; *row goes behind them. */
static void expect_paragraph(struct terminal *t, int *row, int columns, int width,
	const char *paragraph, enum oracle_direction direction)
{
	char *all = oracle_lines(paragraph, direction, width);
	struct str lines = str_of(all), line;
	while (str_split(&lines, '\n', &line) && line.ptr && (line.len || lines.ptr)) {
		char *expected = str_dup(line);
		const char *shown = terminal_row(t, *row);
		if (!oracle_same(shown, expected))
			fail_msg("%d columns, row %d:\nshown    |%s\nexpected |%s", columns, *row,
				shown, expected);
		free(expected);
		assert_at_start_side(t, *row, columns, width, direction);
		++*row;
	}
	free(all);
}

static void skip_blank(struct terminal *t, int *row)
{
	while (*row < TALL - 1 && terminal_row(t, *row)[0] == '\0')
		++*row;
}

/*
 * The whole open article: its title, something about its source, and the paragraphs, each
 * parted from the next by a blank row, and nothing else.
 */
static void check_page(struct terminal *t, int columns, const char *title,
	const char *const *paragraphs, enum oracle_direction direction)
{
	int width = columns - 2 < TEXT_WIDTH ? columns - 2 : TEXT_WIDTH;
	int row = 1;
	terminal_keys(t, "g");
	skip_blank(t, &row);
	expect_paragraph(t, &row, columns, width, title, direction);
	skip_blank(t, &row);
	while (row < TALL - 1 && terminal_row(t, row)[0] != '\0')
		row++;
	for (; *paragraphs; paragraphs++) {
		skip_blank(t, &row);
		expect_paragraph(t, &row, columns, width, *paragraphs, direction);
		assert_string_equal(terminal_row(t, row), "");
	}
	skip_blank(t, &row);
	assert_int_equal(row, TALL - 1);
}

static void check_article(struct home *home, int index, int columns)
{
	const struct article *a = &articles[index];
	struct terminal *t = reader_open_article(home, TALL, columns, index);
	static const char *const months[] = {"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December"};
	int month;
	char day[48];
	assert_int_equal(sscanf(a->published, "%*d-%d", &month), 1);
	snprintf(day, sizeof day, "%s", months[(month - 1) % 12]); /* the line may be broken */
	check_page(t, columns, a->title, a->paragraphs, a->direction);
	int date = terminal_find(t, day);
	if (date <= 0 || date >= 8)
		fail_msg("%s is not in the head:\n%s", day, terminal_screen(t));
	reader_quit(t);
}

static void articles_are_as_the_oracle_says(void **state)
{
	static const int columns[] = {40, 57, 80, 132};
	home_write(*state, "config/khabar/khabar.conf", STR("[panes]\ncolumns = 0\n"));
	for (int index = 0; index < ARTICLES; index++) {
		for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
			check_article(*state, index, columns[i]);
	}
}

static void headlines_are_as_the_oracle_says(void **state)
{
	struct terminal *t = reader_open_list(*state, 24, 80);
	for (int i = 0; i < ARTICLES; i++) {
		char *title = oracle_visual(
			articles[i].title, 0, strlen(articles[i].title), articles[i].direction);
		if (!strstr(terminal_row(t, i + 1), title))
			fail_msg("row %d: %s\nnot in |%s", i + 1, title, terminal_row(t, i + 1));
		/* A right-to-left title ends at the right edge. */
		assert_int_equal(
			reader_is_blank(t, i + 1, 79), articles[i].direction == ORACLE_LTR);
		free(title);
	}
	reader_quit(t);
}

/* The lines of a text, each a paragraph; the text is cut up for it. */
static void split_paragraphs(char *text, const char **paragraphs, size_t room)
{
	size_t count = 0;
	while (text && count + 1 < room) {
		char *end = strchr(text, '\n');
		if (end)
			*end = '\0';
		if (*text)
			paragraphs[count++] = text;
		text = end ? end + 1 : NULL;
	}
	paragraphs[count] = NULL;
}

static void check_imported(struct home *home, const char *path)
{
	enum { MOST = 200 };
	const char *paragraphs[MOST];
	free(home_run(home, 0, "import", path, NULL));
	json_t *item = reader_listed(home, 0);
	char id[32];
	snprintf(id, sizeof id, "%" JSON_INTEGER_FORMAT,
		json_integer_value(json_object_get(item, "id")));
	json_decref(item);
	char *shown = home_run(home, 0, "show", id, "--format", "json", NULL);
	item = json_loads(shown, 0, NULL);
	free(shown);
	assert_non_null(item);
	paragraphs[0] = json_string_value(json_object_get(item, "summary"));
	char *text = strdup(json_string_value(json_object_get(item, "text")));
	split_paragraphs(text, paragraphs + (paragraphs[0][0] != '\0'), MOST - 1);
	assert_non_null(paragraphs[3]);
	for (int columns = 40; columns <= 80; columns += 40) {
		struct terminal *t = reader_open_article(home, TALL, columns, 0);
		check_page(t, columns, json_string_value(json_object_get(item, "title")),
			paragraphs, ORACLE_RTL);
		reader_quit(t);
	}
	free(text);
	json_decref(item);
}

/* Real pages that stand beside the source where khabar is made; skipped elsewhere. */
static void seeds_are_as_the_oracle_says(void **state)
{
	const char *source = getenv("KHABAR_SOURCE");
	char pattern[4096];
	glob_t found;
	snprintf(pattern, sizeof pattern, "%s/../shared/seed/*.txt", source ? source : ".");
	if (glob(pattern, 0, NULL, &found) != 0) {
		print_message("# skipped: no seed beside the source\n");
		skip();
	}
	for (size_t i = 0; i < found.gl_pathc; i++) {
		home_free(*state);
		*state = home_new();
		check_imported(*state, found.gl_pathv[i]);
	}
	globfree(&found);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		READER_TEST(articles_are_as_the_oracle_says),
		READER_TEST(headlines_are_as_the_oracle_says),
		cmocka_unit_test_setup_teardown(
			seeds_are_as_the_oracle_says, home_setup, home_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
