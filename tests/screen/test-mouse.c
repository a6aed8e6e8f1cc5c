/* The mouse: what it is told, what clicks and the wheel do, and that nothing of it stays behind. */
#include "articles.h"
#include "reader.h"

#include "store/search.h"
#include "store/store.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define CONF "config/khabar/khabar.conf"
#define MOUSE "theme = mono\n[ui]\nmouse = yes\n"
#define ON "\033[?1002h\033[?1006h"
#define OFF "\033[?1006l\033[?1002l"

enum { ROWS = 24, COLUMNS = 80, LEFT = 0, RIGHT = 2, WHEEL_UP = 64, WHEEL_DOWN = 65 };

static int library(void **state)
{
	reader_library(state);
	home_write(*state, CONF, STR(MOUSE));
	return 0;
}

#define MOUSE_TEST(test) cmocka_unit_test_setup_teardown(test, library, home_teardown)

static void report(struct terminal *t, int button, int row, int column)
{
	char bytes[64];
	int length = snprintf(bytes, sizeof bytes, "\033[<%d;%d;%dM", button, column + 1, row + 1);
	if (button < WHEEL_UP)
		snprintf(bytes + length, sizeof bytes - (size_t)length, "\033[<%d;%d;%dm", button,
			column + 1, row + 1);
	terminal_keys(t, bytes);
}

static void click(struct terminal *t, int row, int column)
{
	report(t, LEFT, row, column);
}

static void wheel(struct terminal *t, int button, int times)
{
	while (times-- > 0)
		report(t, button, 10, 40);
}

static size_t count_of(struct terminal *t, const char *bytes)
{
	struct str log = terminal_log(t);
	size_t count = 0;
	ptrdiff_t at;
	while ((at = str_find(log, str_of(bytes))) >= 0) {
		count++;
		log = str_slice(log, (size_t)at + 1, log.len);
	}
	return count;
}

static bool is_selected(struct terminal *t, int row)
{
	return terminal_cell(t, row, 70).reverse;
}

static int selected_row(struct terminal *t)
{
	int row = 1;
	while (row < ROWS - 1 && !is_selected(t, row))
		row++;
	return row;
}

static void assert_says(struct terminal *t, const char *text)
{
	if (!strstr(terminal_row(t, ROWS - 1), text))
		fail_msg("the status line \"%s\" does not say \"%s\"", terminal_row(t, ROWS - 1),
			text);
}

/* ---- the mode ---- */

static void it_is_off_unless_asked_for(void **state)
{
	home_write(*state, CONF, STR("theme = mono\n"));
	struct terminal *t = terminal_start(*state, ROWS, COLUMNS, NULL, NULL);
	click(t, 3, 40);
	wheel(t, WHEEL_DOWN, 3);
	assert_int_equal(selected_row(t), 1);
	assert_int_equal(count_of(t, "\033[?1002h"), 0);
	reader_quit(t);
}

static void assert_undone(struct terminal *t, size_t times)
{
	reader_assert_given_back(t);
	assert_int_equal(count_of(t, ON), times);
	assert_int_equal(count_of(t, OFF), times);
}

static void it_is_given_back(void **state)
{
	struct terminal *t = terminal_start(*state, ROWS, COLUMNS, NULL, NULL);
	assert_int_equal(count_of(t, ON), 1);
	assert_int_equal(count_of(t, OFF), 0);
	terminal_type(t, "Q");
	assert_int_equal(terminal_wait(t), 0);
	assert_undone(t, 1);
	terminal_free(t);
	static const int signals[] = {SIGTERM, SIGHUP, SIGINT, SIGSEGV, SIGABRT, SIGQUIT};
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		t = terminal_start(*state, ROWS, COLUMNS, NULL, NULL);
		terminal_signal(t, signals[i]);
		int status = terminal_wait(t);
		assert_int_equal(status != 0, i >= 3);
		assert_undone(t, 1);
		terminal_free(t);
	}
}

static void it_is_given_back_for_a_while(void **state)
{
	struct terminal *t = terminal_start_job(*state, ROWS, COLUMNS, NULL, NULL);
	terminal_type(t, CTRL_Z);
	terminal_wait_stopped(t);
	assert_undone(t, 1);
	terminal_foreground(t);
	terminal_settle(t);
	assert_int_equal(count_of(t, ON), 2);
	click(t, 3, 40);
	assert_int_equal(selected_row(t), 3);
	terminal_signal(t, SIGSEGV);
	terminal_wait(t);
	assert_int_equal(count_of(t, OFF), 2);
	terminal_free(t);
}

/* The settings are read again while the reader is open; a report that comes late is no key. */
static void it_is_turned_on_and_off(void **state)
{
	static const char reload[] = "\x18";
	home_write(*state, CONF, STR("theme = mono\n"));
	struct terminal *t = terminal_start(*state, ROWS, COLUMNS, NULL, NULL);
	home_write(*state, CONF, STR(MOUSE));
	terminal_keys(t, reload);
	assert_int_equal(count_of(t, ON), 1);
	click(t, 3, 40);
	assert_int_equal(selected_row(t), 3);
	home_write(*state, CONF, STR("theme = mono\n"));
	terminal_keys(t, reload);
	assert_int_equal(count_of(t, OFF), 1);
	click(t, 2, 40);
	terminal_keys(t, "\033[M $$j");
	assert_int_equal(selected_row(t), 4);
	reader_quit(t);
}

/* What a killed one has left. */
static void reset_undoes_it(void **state)
{
	const char *const arguments[] = {"terminal", "--reset", NULL};
	struct terminal *t = terminal_start(*state, ROWS, COLUMNS, arguments, NULL);
	assert_int_equal(terminal_wait(t), 0);
	assert_int_equal(count_of(t, "\033[?1002l"), 1);
	assert_int_equal(count_of(t, "\033[?1006l"), 1);
	terminal_free(t);
}

/* ---- lists ---- */

static void a_click_selects_and_another_one_opens(void **state)
{
	for (int rtl = 0; rtl < 2; rtl++) {
		home_write(*state, CONF,
			rtl ? STR(MOUSE "direction = rtl\n") : STR(MOUSE "direction = ltr\n"));
		reader_forget_session(*state);
		struct terminal *t = terminal_start(*state, ROWS, COLUMNS, NULL, NULL);
		click(t, 5, rtl ? 75 : 3);
		assert_int_equal(selected_row(t), 5);
		click(t, 1, 20);
		assert_int_equal(selected_row(t), 1);
		click(t, 1, 79);
		assert_says(t, "1/5");
		click(t, 3, 0);
		assert_says(t, "3/5");
		click(t, 3, 79);
		assert_says(t, "%");
		/* The right button goes back, but not out of the reader. */
		report(t, RIGHT, 0, 0);
		assert_says(t, "3/5");
		report(t, RIGHT, 12, 40);
		report(t, RIGHT, 12, 40);
		report(t, RIGHT, 12, 40);
		assert_true(terminal_find(t, "Lately read") > 0);
		reader_quit(t);
	}
}

/* Bars, what lies below the last row, other buttons, drags. */
static void elsewhere_nothing_happens(void **state)
{
	struct terminal *t = reader_open_list(*state, ROWS, COLUMNS);
	char *before = strdup(terminal_screen(t));
	click(t, 0, 5);
	click(t, ROWS - 1, 5);
	click(t, ROWS - 2, 5);
	click(t, 500, 500); /* the status line */
	report(t, 1, 3, 3);
	report(t, LEFT + 4, 3, 3);
	terminal_keys(t, "\033[<32;10;4M\033[<35;10;4M\033[<0;10;4m");
	terminal_expect_same(t, before);
	free(before);
	reader_quit(t);
}

/* A hundred articles of one feed. */
static int many(void **state)
{
	struct error error = {0};
	char path[4096];
	int64_t feed;
	home_setup(state);
	snprintf(path, sizeof path, "%s/data/khabar/khabar.db", home_path(*state));
	struct store *store = store_open(path, STORE_CREATE, &error);
	if (!store || store_feed_ensure(store, STR("https://a.example/"), STR("A"), &feed, &error))
		fail_msg("%s", error.message);
	for (int i = 0; i < 100; i++) {
		char guid[32], title[64];
		snprintf(guid, sizeof guid, "%d", i);
		snprintf(title, sizeof title, "خبر رقم %d", i);
		const struct store_new_article article = {.guid = str_of(guid),
			.title = str_of(title),
			.html = STR("<p>نص</p>"),
			.language = STR("ar"),
			.published = 1717243200 - i};
		if (store_add(store, feed, &article, NULL, NULL, &error))
			fail_msg("%s", error.message);
	}
	while (store_index(store, 100, &error) > 0)
		continue;
	store_close(store);
	home_write(*state, CONF, STR(MOUSE));
	return 0;
}

static long unread(struct home *home)
{
	char *text = home_run(home, 0, "count", "unread", NULL);
	long count = strtol(text, NULL, 10);
	free(text);
	return count;
}

static void the_wheel_shows_and_marks_nothing(void **state)
{
	assert_int_equal(unread(*state), 100);
	struct terminal *t = reader_open_list(*state, ROWS, COLUMNS);
	click(t, 5, 30);
	assert_says(t, "5/100");
	wheel(t, WHEEL_DOWN, 1); /* the selected row moves with the others ... */
	assert_int_equal(selected_row(t), 2);
	assert_says(t, "5/100");
	wheel(t, WHEEL_DOWN, 1); /* ... and stays in view */
	assert_int_equal(selected_row(t), 1);
	assert_says(t, "7/100");
	wheel(t, WHEEL_UP, 9);
	assert_says(t, "7/100");
	assert_int_equal(selected_row(t), 7);
	wheel(t, WHEEL_DOWN, 60);
	assert_says(t, "79/100");
	assert_int_equal(selected_row(t), 1);
	wheel(t, WHEEL_UP, 60);
	assert_says(t, "22/100");
	assert_int_equal(unread(*state), 100);
	/* In an article that is all in view nothing moves, and no other one is opened. */
	terminal_keys(t, ENTER);
	assert_int_equal(unread(*state), 99);
	char *before = strdup(terminal_screen(t));
	wheel(t, WHEEL_DOWN, 20);
	wheel(t, WHEEL_UP, 20);
	terminal_expect_same(t, before);
	free(before);
	assert_int_equal(unread(*state), 99);
	terminal_keys(t, "q");
	assert_says(t, "22/100");
	reader_quit(t);
}

/* Rows of two lines, in what was searched for. */
static void rows_of_two_lines(void **state)
{
	struct terminal *t = reader_open_list(*state, ROWS, COLUMNS);
	terminal_keys(t, "/رقم" ENTER);
	assert_says(t, "1/");
	click(t, 8, 30); /* the second line of the fourth */
	assert_says(t, "4/");
	wheel(t, WHEEL_DOWN, 1);
	assert_says(t, "4/");
	assert_int_equal(selected_row(t), 3);
	reader_quit(t);
}

/* While a text is asked for the list stays as it is. */
static void a_prompt_is_left_alone(void **state)
{
	struct terminal *t = reader_open_list(*state, ROWS, COLUMNS);
	terminal_keys(t, "T");
	char *before = strdup(terminal_screen(t));
	click(t, 3, 30);
	report(t, RIGHT, 3, 30);
	wheel(t, WHEEL_DOWN, 2);
	terminal_expect_same(t, before);
	free(before);
	terminal_keys(t, "tag" ENTER);
	reader_quit(t);
}

/* A click in what is typed goes to the character below it, in either direction. */
static void a_click_moves_the_cursor_of_a_prompt(void **state)
{
	struct terminal *t = reader_open_list(*state, ROWS, COLUMNS);
	terminal_keys(t, "T");
	terminal_keys(t, "ab אבג");
	const char *row = terminal_row(t, ROWS - 1), *typed = strstr(row, "ab ");
	assert_non_null(typed);
	int column = (int)(typed - row);
	click(t, ROWS - 1, column + 1); /* the b */
	terminal_keys(t, "1");
	assert_says(t, "a1b גבא");
	click(t, ROWS - 1, column + 4); /* the last letter, on the left */
	terminal_keys(t, "ד");
	assert_says(t, "a1b גדבא");
	click(t, ROWS - 1, column + 20); /* behind all */
	terminal_keys(t, "ה");
	assert_says(t, "a1b הגדבא");
	click(t, 5, 20); /* elsewhere it stays */
	terminal_keys(t, "ו");
	assert_says(t, "a1b והגדבא");
	terminal_keys(t, "\025\013" ENTER);
	reader_quit(t);
}

/* What was asked about one row is not taken for another's answer. */
static void a_question_is_forgotten(void **state)
{
	struct terminal *t = terminal_start(*state, ROWS, COLUMNS, NULL, NULL);
	int feed = terminal_find(t, "Lately read") + 1;
	click(t, feed, 30);
	terminal_keys(t, "X");
	assert_says(t, "Remove");
	click(t, 1, 30);
	click(t, feed, 30);
	terminal_keys(t, "X");
	assert_says(t, "Remove");
	terminal_keys(t, "X");
	assert_says(t, "Removed");
	reader_quit(t);
}

/* A sequence of keys that has begun is left. */
static void a_count_is_forgotten(void **state)
{
	struct terminal *t = reader_open_list(*state, ROWS, COLUMNS);
	terminal_keys(t, "3");
	assert_says(t, "3");
	click(t, 5, 30);
	terminal_keys(t, "j");
	assert_says(t, "6/100");
	reader_quit(t);
}

static void help_is_scrolled(void **state)
{
	struct terminal *t = reader_open_list(*state, ROWS, COLUMNS);
	terminal_keys(t, "?");
	char *fourth = strdup(terminal_row(t, 4));
	wheel(t, WHEEL_DOWN, 1);
	assert_string_equal(terminal_row(t, 1), fourth);
	free(fourth);
	wheel(t, WHEEL_UP, 1);
	report(t, RIGHT, 5, 5);
	assert_says(t, "1/100");
	reader_quit(t);
}

/* ---- articles ---- */

/* Three links in right-to-left text, one in a table, one whose letters deceive, one to a note. */
#define LINES "<p>سطر</p><p>سطر</p><p>سطر</p><p>سطر</p><p>سطر</p><p>سطر</p><p>سطر</p><p>سطر</p>"
#define PAGE                                                                                       \
	"<p>في هذا النص <a href='https://one.example/'>رابط أول</a> ثم كلمات كثيرة تليها "         \
	"<a href='https://two.example/'>link two</a> ثم كلمات أخرى حتى آخر السطر وبعده "           \
	"<a href='https://three.example/'>رابط ثالث طويل جدا ينتقل من سطر إلى السطر الذي يليه "    \
	"وتمتد كلماته كثيرا حتى يضيق بها السطر الأول</a> إلى هنا، انتهى.</p>"                                               \
	"<table><tr><th>عمود<th>آخر<tr><td>قيمة<td><a href='https://four.example/'>خلية</a> هنا"   \
	"<tr><td>قيمة<td>قيمة</table>"                                                             \
	"<p>هذا <a href='https://\xd1\x80\xd0\xb0ypal.example/'>مريب</a> وهذه "                    \
	"<a href='#n'>حاشية</a> هنا.</p>" LINES "<p id=n>الحاشية هنا.</p>" LINES LINES

/* One article without anything but its text. */
static void add(struct home *home, const char *html)
{
	struct error error = {0};
	char path[4096];
	int64_t feed;
	snprintf(path, sizeof path, "%s/data/khabar/khabar.db", home_path(home));
	struct store *store = store_open(path, STORE_CREATE, &error);
	const struct store_new_article article = {.guid = STR("1"),
		.title = STR("روابط"),
		.html = str_of(html),
		.language = STR("ar"),
		.published = 1717243200};
	if (!store ||
		store_feed_ensure(store, STR("https://a.example/"), STR("A"), &feed, &error) ||
		store_add(store, feed, &article, NULL, NULL, &error))
		fail_msg("%s", error.message);
	store_close(store);
}

static int links(void **state)
{
	home_setup(state);
	add(*state, PAGE);
	home_write(*state, CONF, STR(MOUSE));
	home_write(*state, "browser", STR("#!/bin/sh\necho \"$1\" >>\"$HOME/opened\"\n"));
	return 0;
}

static struct terminal *open_links(struct home *home, const char *mode, const char *direction)
{
	char command[4096];
	snprintf(command, sizeof command, "BROWSER=/bin/sh %s/browser", home_path(home));
	const char *const environment[] = {command, NULL};
	const char *const arguments[] = {"--bidi", mode, NULL};
	char conf[256];
	int length = snprintf(conf, sizeof conf, MOUSE "direction = %s\n", direction);
	home_write(home, CONF, (struct str){conf, (size_t)length});
	reader_forget_session(home);
	struct terminal *t = terminal_start(home, ROWS, COLUMNS, arguments, environment);
	terminal_keys(t, ENTER);
	terminal_keys(t, ENTER "g");
	return t;
}

/* What the browser was given last, and forgets it; "" for nothing.  To be freed. */
static char *opened(struct home *home)
{
	char path[4096], line[4096] = "";
	snprintf(path, sizeof path, "%s/opened", home_path(home));
	FILE *file = fopen(path, "r");
	if (file && !fgets(line, sizeof line, file))
		line[0] = '\0';
	if (file)
		fclose(file);
	unlink(path);
	line[strcspn(line, "\n")] = '\0';
	return strdup(line);
}

static void expect_opened(struct home *home, const char *url, int row, int column)
{
	char *found = opened(home);
	if (strcmp(found, url) != 0)
		fail_msg("row %d, column %d: opened \"%s\", not \"%s\"", row, column, found, url);
	free(found);
}

struct run {
	int row, from, to; /* cells that are underlined */
};

/* The links below the head in reading order: from above, and from the right; how many. */
static int find_runs(struct terminal *t, struct run *runs, int most)
{
	enum { HEAD = 4 };
	int count = 0;
	for (int row = HEAD; row < ROWS - 1; row++) {
		for (int column = COLUMNS - 1; column >= 0; column--) {
			bool here = terminal_cell(t, row, column).underline;
			bool before = column < COLUMNS - 1 &&
				      terminal_cell(t, row, column + 1).underline;
			if (here && !before && count < most)
				runs[count++] = (struct run){row, column, column + 1};
			if (here && count > 0)
				runs[count - 1].from = column;
		}
	}
	return count;
}

enum { RUNS = 8, FIRST_RUNS = 5 };

/* One, two, the two lines of three, four: what lies below every cell of theirs. */
static const char *const targets[FIRST_RUNS] = {"https://one.example/", "https://two.example/",
	"https://three.example/", "https://three.example/", "https://four.example/"};

static void expect_links(struct home *home, struct terminal *t, const struct run *runs)
{
	for (int i = 0; i < FIRST_RUNS; i++) {
		const int columns[] = {runs[i].from, (runs[i].from + runs[i].to) / 2, runs[i].to - 1};
		for (int k = 0; k < 3; k++) {
			click(t, runs[i].row, columns[k]);
			expect_opened(home, targets[i], runs[i].row, columns[k]);
		}
		/* Beside it there is text. */
		click(t, runs[i].row, runs[i].to);
		expect_opened(home, "", runs[i].row, runs[i].to);
	}
}

/* In every mode the eye sees the same cells; only what is sent for them differs. */
static void a_click_on_a_link_follows_it(void **state)
{
	static const char *const modes[] = {"visual", "logical", "words", "words-blank"};
	struct run runs[RUNS];
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		struct terminal *t = open_links(*state, modes[i], i == 1 ? "rtl" : "ltr");
		if (i == 0)
			assert_int_equal(find_runs(t, runs, RUNS), FIRST_RUNS + 2);
		expect_links(*state, t, runs);
		reader_quit(t);
	}
}

static void a_doubtful_link_asks(void **state)
{
	struct run runs[RUNS];
	struct terminal *t = open_links(*state, "visual", "ltr");
	assert_int_equal(find_runs(t, runs, RUNS), FIRST_RUNS + 2);
	struct run doubtful = runs[FIRST_RUNS], note = runs[FIRST_RUNS + 1];
	click(t, doubtful.row, doubtful.from);
	assert_says(t, "CAREFUL");
	expect_opened(*state, "", doubtful.row, doubtful.from);
	/* Another link, and the question is forgotten. */
	click(t, runs[0].row, runs[0].from);
	expect_opened(*state, targets[0], runs[0].row, runs[0].from);
	click(t, doubtful.row, doubtful.from);
	assert_says(t, "CAREFUL");
	expect_opened(*state, "", doubtful.row, doubtful.from);
	click(t, doubtful.row, doubtful.from);
	char *url = opened(*state);
	assert_non_null(strstr(url, "ypal.example"));
	free(url);
	/* To a note: there, and the way back. */
	char *before = strdup(terminal_row(t, 3));
	click(t, note.row, note.from);
	assert_string_not_equal(terminal_row(t, 3), before);
	terminal_keys(t, "'");
	assert_string_equal(terminal_row(t, 3), before);
	free(before);
	reader_quit(t);
}

/* The list behind the article, where each is an address alone on a row. */
static void the_list_of_links_is_clicked_on(void **state)
{
	struct terminal *t = open_links(*state, "visual", "ltr");
	terminal_keys(t, "G");
	int row = terminal_find(t, "https://two.example/");
	assert_true(row > 0);
	click(t, row, 40);
	expect_opened(*state, "https://two.example/", row, 40);
	assert_int_equal(terminal_find(t, "https://two.example/"), row);
	reader_quit(t);
}

/* The wheel scrolls by three rows, and not beyond the end. */
static void the_wheel_scrolls_an_article(void **state)
{
	struct terminal *t = open_links(*state, "visual", "ltr");
	char *fifth = strdup(terminal_row(t, 5)), *first = strdup(terminal_row(t, 1));
	wheel(t, WHEEL_DOWN, 1);
	assert_string_equal(terminal_row(t, 2), fifth);
	wheel(t, WHEEL_DOWN, 100);
	char *end = strdup(terminal_screen(t));
	terminal_keys(t, "G");
	terminal_expect_same(t, end);
	wheel(t, WHEEL_UP, 100);
	assert_string_equal(terminal_row(t, 1), first);
	free(first);
	free(fifth);
	free(end);
	/* Letters over links, and scrolling by itself, end with a click; it does nothing else. */
	terminal_keys(t, "f");
	click(t, 3, 60);
	expect_opened(*state, "", 3, 60);
	terminal_keys(t, "_");
	click(t, 5, 60);
	assert_says(t, "stopped");
	reader_quit(t);
}

/* ---- other views ---- */

static void lists_over_an_article_are_clicked_on(void **state)
{
	struct terminal *t = open_links(*state, "visual", "rtl");
	terminal_keys(t, "L");
	click(t, 2, 40);
	assert_says(t, "2/6");
	click(t, 2, 40);
	assert_says(t, "two.example");
	terminal_keys(t, "Lg");
	report(t, RIGHT, 2, 40);
	assert_says(t, "%");
	reader_quit(t);
}

static void forms_are_clicked_on(void **state)
{
	struct terminal *t = terminal_start(*state, ROWS, COLUMNS, NULL, NULL);
	click(t, terminal_find(t, "Lately read") + 1, 30);
	terminal_keys(t, "E");
	int row = terminal_find(t, "Tags");
	assert_true(row > 0);
	click(t, row, 5);
	assert_true(is_selected(t, row));
	click(t, row, 5);
	assert_says(t, "Tags");
	terminal_keys(t, "x" ENTER);
	assert_true(terminal_find(t, "x") > 0);
	/* What was changed is not lost by a slip: it asks, as with the key. */
	report(t, RIGHT, 3, 3);
	assert_says(t, "Again: yes");
	report(t, RIGHT, 3, 3);
	assert_true(terminal_find(t, "Lately read") > 0);
	reader_quit(t);
}

#define LINKS_TEST(test) cmocka_unit_test_setup_teardown(test, links, home_teardown)
#define MANY_TEST(test) cmocka_unit_test_setup_teardown(test, many, home_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		MOUSE_TEST(it_is_off_unless_asked_for),
		MOUSE_TEST(it_is_given_back),
		MOUSE_TEST(it_is_given_back_for_a_while),
		MOUSE_TEST(it_is_turned_on_and_off),
		MOUSE_TEST(reset_undoes_it),
		MOUSE_TEST(a_click_selects_and_another_one_opens),
		MOUSE_TEST(elsewhere_nothing_happens),
		MANY_TEST(the_wheel_shows_and_marks_nothing),
		MANY_TEST(rows_of_two_lines),
		MANY_TEST(a_prompt_is_left_alone),
		MANY_TEST(a_click_moves_the_cursor_of_a_prompt),
		MANY_TEST(a_question_is_forgotten),
		MANY_TEST(a_count_is_forgotten),
		MANY_TEST(help_is_scrolled),
		LINKS_TEST(a_click_on_a_link_follows_it),
		LINKS_TEST(a_doubtful_link_asks),
		LINKS_TEST(the_list_of_links_is_clicked_on),
		LINKS_TEST(the_wheel_scrolls_an_article),
		LINKS_TEST(lists_over_an_article_are_clicked_on),
		MANY_TEST(forms_are_clicked_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
