#include "reader.h"

#include "articles.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

int reader_library(void **state)
{
	home_setup(state);
	articles_import(*state);
	return 0;
}

void reader_forget_session(struct home *home)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/state/khabar/session", home_path(home));
	unlink(path);
}

struct terminal *reader_open_list(struct home *home, int rows, int columns)
{
	reader_forget_session(home);
	struct terminal *t = terminal_start(home, rows, columns, NULL, NULL);
	terminal_keys(t, ENTER);
	return t;
}

struct terminal *reader_open_article(struct home *home, int rows, int columns, int index)
{
	struct terminal *t = reader_open_list(home, rows, columns);
	for (int i = 0; i < index; i++)
		terminal_keys(t, DOWN);
	terminal_keys(t, ENTER);
	return t;
}

struct reader_rows reader_rows(struct terminal *t)
{
	struct reader_rows rows = {0};
	struct str screen = str_of(terminal_screen(t)), line;
	while (str_split(&screen, '\n', &line) && rows.count < READER_MOST_ROWS)
		rows.text[rows.count++] = str_dup(line);
	/* The piece behind the last "\n", the status line, the title bar. */
	free(rows.text[--rows.count]);
	free(rows.text[--rows.count]);
	free(rows.text[0]);
	memmove(rows.text, rows.text + 1, (size_t)--rows.count * sizeof *rows.text);
	return rows;
}

void reader_rows_free(struct reader_rows *rows)
{
	while (rows->count > 0)
		free(rows->text[--rows->count]);
}

const char *reader_first_word(const char *row)
{
	const char *blank = strrchr(row, ' ');
	return blank ? blank + 1 : row;
}

json_t *reader_listed(struct home *home, size_t index)
{
	char *text = home_run(home, 0, "list", "--json", NULL);
	json_t *list = json_loads(text, 0, NULL);
	free(text);
	assert_non_null(list);
	json_t *item = json_array_get(json_object_get(list, "items"), index);
	assert_non_null(item);
	json_incref(item);
	json_decref(list);
	return item;
}

bool reader_is_set(struct home *home, size_t index, const char *name)
{
	json_t *item = reader_listed(home, index);
	json_t *value = json_object_get(item, name);
	assert_true(json_is_boolean(value));
	bool set = json_is_true(value);
	json_decref(item);
	return set;
}

void reader_quit(struct terminal *t)
{
	terminal_type(t, "Q");
	assert_int_equal(terminal_wait(t), 0);
	terminal_free(t);
}

static ptrdiff_t last_place(struct str log, struct str what)
{
	ptrdiff_t found = -1, at;
	for (size_t from = 0; (at = str_find(str_slice(log, from, log.len), what)) >= 0;) {
		found = (ptrdiff_t)from + at;
		from += (size_t)at + 1;
	}
	return found;
}

void reader_assert_given_back(struct terminal *t)
{
	assert_false(terminal_alternate(t));
	assert_true(terminal_cursor_visible(t));
	assert_true(terminal_tty_is_sane(t));
	struct str log = terminal_log(t);
	assert_true(last_place(log, STR("\033[8h")) > last_place(log, STR("\033[8l")));
	assert_true(last_place(log, STR("\033[?2004l")) > last_place(log, STR("\033[?2004h")));
}

char *reader_read_half(struct terminal *t)
{
	terminal_keys(t, "g");
	terminal_keys(t, " ");
	while (terminal_row(t, 1)[0] == '\0')
		terminal_keys(t, "j");
	return strdup(reader_first_word(terminal_row(t, 1)));
}

bool reader_is_blank(struct terminal *t, int row, int column)
{
	struct terminal_cell cell = terminal_cell(t, row, column);
	return strcmp(cell.text, " ") == 0;
}

void reader_expect_rows(struct terminal *t, const struct reader_rows *all, int top)
{
	struct reader_rows shown = reader_rows(t);
	for (int i = 0; i < shown.count; i++) {
		const char *expected = top + i < all->count ? all->text[top + i] : "";
		if (strcmp(shown.text[i], expected) != 0)
			fail_msg("from row %d, row %d:\nshown    |%s\nexpected |%s", top, i,
				shown.text[i], expected);
	}
	reader_rows_free(&shown);
}
