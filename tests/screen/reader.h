/* The reader on a terminal: steps that the tests of it share. */
#ifndef KHABAR_TESTS_SCREEN_READER_H
#define KHABAR_TESTS_SCREEN_READER_H

#include "harness.h"

#include <jansson.h>

#define ENTER "\r"
#define DOWN "\033[B"
#define CTRL_L "\x0c"
#define CTRL_Z "\x1a"

/* A test in a home with the articles of articles.h imported; *state is the home. */
#define READER_TEST(test) cmocka_unit_test_setup_teardown(test, reader_library, home_teardown)
int reader_library(void **state);

/* The next start is at the first row of the feeds. */
void reader_forget_session(struct home *home);

/* The reader, started afresh, with the list of all articles open. */
struct terminal *reader_open_list(struct home *home, int rows, int columns);

/* ... with article number `index` of the list open. */
struct terminal *reader_open_article(struct home *home, int rows, int columns, int index);

/* Q, and no complaint. */
void reader_quit(struct terminal *t);

enum { READER_MOST_ROWS = 300 };

/* Rows between the bars, copied; freed with reader_rows_free. */
struct reader_rows {
	char *text[READER_MOST_ROWS];
	int count;
};

struct reader_rows reader_rows(struct terminal *t);
void reader_rows_free(struct reader_rows *rows);

/* The rows from number `top` of `all` on are shown, and blank ones behind the last. */
void reader_expect_rows(struct terminal *t, const struct reader_rows *all, int top);

/* The word at the side where a right-to-left row starts. */
const char *reader_first_word(const char *row);

bool reader_is_blank(struct terminal *t, int row, int column);

/* Reads on to somewhere in the middle; the first row's first word, to be freed. */
char *reader_read_half(struct terminal *t);

/* What `khabar list --json` says of article number `index`; to be released. */
json_t *reader_listed(struct home *home, size_t index);
bool reader_is_set(struct home *home, size_t index, const char *name);

/* The program has gone or stopped and the terminal is as a shell wants it. */
void reader_assert_given_back(struct terminal *t);

#endif
