/*
 * Prompts in the whole program: what is typed from right to left, pasted, remembered from one run
 * to the next, completed; and the command line.
 */
#include "articles.h"
#include "reader.h"

#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#define ESCAPE "\033"
#define LEFT "\033[D"
#define RIGHT "\033[C"
#define UP "\033[A"
#define HOME "\033[H"
#define END "\033[F"
#define SHIFT_LEFT "\033[1;2D"
#define CTRL_LEFT "\033[1;5D"
#define SHIFT_TAB "\033[Z"
#define CTRL_U "\x15"
#define CTRL_K "\x0b"
#define CTRL_W "\x17"
#define CTRL_Y "\x19"
#define CTRL_UNDERSCORE "\x1f"
#define PASTE(text) "\033[200~" text "\033[201~"

enum { ROWS = 24, COLUMNS = 60, LAST = ROWS - 1 };

/* " Search:" takes columns 0 to 8, a blank is the last one: text lies between. */
enum { TEXT_LEFT = 9, TEXT_RIGHT = COLUMNS - 2 };

static struct terminal *start(struct home *home, const char *conf)
{
	reader_forget_session(home);
	home_write(home, "config/khabar/khabar.conf", str_of(conf));
	return terminal_start(home, ROWS, COLUMNS, NULL, NULL);
}

static void expect_row(struct terminal *t, int row, const char *text)
{
	if (strcmp(terminal_row(t, row), text) != 0)
		fail_msg("\"%s\"\nis not\n\"%s\"", terminal_row(t, row), text);
}

/* The prompt of a search, its text at the right. */
static void expect_right(struct terminal *t, const char *text)
{
	char row[512];
	int cells = (int)utf8_length(str_of(text));
	snprintf(row, sizeof row, " Search:%*s%s", TEXT_RIGHT + 1 - cells - 8, "", text);
	expect_row(t, LAST, row);
}

static void expect(struct terminal *t, const char *text)
{
	if (terminal_find(t, text) < 0)
		fail_msg("\"%s\" is not to be seen:\n%s", text, terminal_screen(t));
}

/* The column of the cell that does not look as the one at the left edge of the row. */
static int cursor_column(struct terminal *t)
{
	struct terminal_cell ground = terminal_cell(t, LAST, 0);
	int found = -1;
	for (int i = 1; i < COLUMNS; i++) {
		if (terminal_cell(t, LAST, i).background == ground.background)
			continue;
		assert_int_equal(found, -1);
		found = i;
	}
	return found;
}

static void arrows_go_where_they_point(void **state)
{
	struct terminal *t = start(*state, "");
	terminal_keys(t, "/");
	assert_int_equal(cursor_column(t), TEXT_LEFT);
	terminal_keys(t, "שלום 12 ab");
	/* From the right: shalom, a blank, 12, a blank, ab; the cursor behind it all. */
	expect_right(t, "ab 12 םולש");
	assert_int_equal(cursor_column(t), TEXT_RIGHT - 10);
	/* All cells in turn, whichever direction they have. */
	for (int i = 9; i >= 0; i--) {
		terminal_keys(t, RIGHT);
		assert_int_equal(cursor_column(t), TEXT_RIGHT - i);
	}
	terminal_keys(t, RIGHT);
	assert_int_equal(cursor_column(t), TEXT_RIGHT);
	/* What is typed goes before the letter of that cell: here, to the right of shin. */
	terminal_keys(t, "א");
	expect_right(t, "ab 12 םולשא");
	terminal_keys(t, END CTRL_LEFT HOME CTRL_LEFT);
	assert_int_equal(cursor_column(t), TEXT_RIGHT - 5);
	terminal_keys(t, CTRL_K);
	expect_right(t, "םולשא");
	terminal_keys(t, CTRL_Y CTRL_Y);
	expect_right(t, "ab 12 ab 12 םולשא");
	terminal_keys(t, CTRL_UNDERSCORE CTRL_UNDERSCORE CTRL_UNDERSCORE);
	expect_right(t, "ab 12 םולשא");
	terminal_keys(t, ESCAPE);
	reader_quit(t);
}

static void arabic_is_joined_while_it_is_typed(void **state)
{
	struct terminal *t = start(*state, "");
	terminal_keys(t, "/"
			 "سلا");
	/* Lam and alef are one cell, and two letters to Backspace. */
	expect_right(t, "\uFEFC\uFEB3");
	assert_int_equal(cursor_column(t), TEXT_RIGHT - 2);
	terminal_keys(t, "\x7f");
	expect_right(t, "\uFEDE\uFEB3");
	terminal_keys(t, SHIFT_LEFT RIGHT SHIFT_LEFT);
	assert_true(terminal_cell(t, LAST, TEXT_RIGHT - 1).underline);
	terminal_keys(t, "م"); /* in place of what is selected */
	expect_right(t, "\uFEE2\uFEB3");
	terminal_keys(t, ESCAPE);
	reader_quit(t);
}

static void an_rtl_interface_is_mirrored(void **state)
{
	struct terminal *t = start(*state, "[ui]\ndirection = rtl\n");
	terminal_keys(t, "/");
	assert_int_equal(cursor_column(t), COLUMNS - 1 - TEXT_LEFT);
	terminal_keys(t, "خبر");
	assert_int_equal(cursor_column(t), COLUMNS - 1 - TEXT_LEFT - 3);
	terminal_expect_screen(t, "prompt-rtl-60");
	terminal_keys(t, CTRL_U "is:"
				"\t");
	expect_row(t, LAST - 1, "                     new  unfinished  starred  read  unread");
	terminal_keys(t, "\t");
	expect(t, "is:unread");
	terminal_keys(t, "\t");
	terminal_keys(t, SHIFT_TAB SHIFT_TAB);
	expect(t, "is:new");
	terminal_keys(t, ESCAPE); /* as it was typed */
	assert_int_equal(terminal_find(t, "is:new"), -1);
	expect(t, "is:");
	terminal_keys(t, ESCAPE);
	reader_quit(t);
}

static void long_texts_move(void **state)
{
	struct terminal *t = start(*state, "");
	terminal_keys(t, "/");
	for (int i = 0; i < 8; i++)
		terminal_keys(t, "خبر عاجل ");
	terminal_keys(t, "ا");
	assert_int_equal(cursor_column(t), TEXT_LEFT);
	/* At the right, where it begins, it goes on. */
	assert_string_equal(terminal_cell(t, LAST, COLUMNS - 1).text, "…");
	terminal_keys(t, HOME);
	assert_int_equal(cursor_column(t), TEXT_RIGHT);
	assert_string_equal(terminal_cell(t, LAST, TEXT_RIGHT).text, "\uFEA7");
	assert_string_equal(terminal_cell(t, LAST, TEXT_LEFT - 1).text, "…");
	terminal_keys(t, ESCAPE);
	reader_quit(t);
}

/* ---- what is pasted ----------------------------------------------------------- */

static void what_is_pasted_is_text(void **state)
{
	struct terminal *t = start(*state, "");
	assert_true(str_find(terminal_log(t), STR("\033[?2004h")) >= 0);
	/* No key: neither quits nor opens, whatever is in it. */
	terminal_keys(t, PASTE("Q\rq" ESCAPE "[B:quit\r"));
	expect(t, "Nothing asks for a text that could be pasted");
	terminal_keys(t, "/" PASTE("خبر\nعاجل\x1b[31m\x07\x03\r\nab"));
	expect_right(t, "ab \uFEDE\uFE9F\uFE8E\uFECB \uFEAE\uFE92\uFEA7");
	terminal_keys(t, ESCAPE);
	terminal_type(t, "Q");
	assert_int_equal(terminal_wait(t), 0);
	reader_assert_given_back(t);
}

/* It may come in pieces, and an end that never comes does not keep the keyboard. */
static void a_paste_comes_in_pieces(void **state)
{
	struct terminal *t = start(*state, "");
	terminal_keys(t, "/\033[200~to");
	terminal_keys(t, "day\033[20");
	terminal_keys(t, "1~x");
	expect_row(t, LAST, " Search: todayx");
	terminal_keys(t, ESCAPE);
	reader_quit(t);
}

/* ---- what is remembered --------------------------------------------------------- */

static void answers_are_remembered(void **state)
{
	struct home *home = *state;
	struct terminal *t = start(home, "");
	terminal_keys(t, "/"
			 "harbour" ENTER);
	terminal_keys(t, "/" CTRL_U "ميناء" ENTER);
	terminal_keys(t, "/" CTRL_U "harvest" ENTER);
	terminal_keys(t, "/" CTRL_U "harbour" ENTER);
	reader_quit(t);
	t = start(home, "");
	terminal_keys(t, "/" UP);
	expect_row(t, LAST, " Search: harbour");
	terminal_keys(t, UP);
	expect_row(t, LAST, " Search: harvest");
	terminal_keys(t, UP UP UP);
	expect_right(t, "ء\uFE8E\uFEE8\uFEF4\uFEE3");
	terminal_keys(t, "\033[B\033[B");
	expect_row(t, LAST, " Search: harbour");
	/* Of what begins as the text does. */
	terminal_keys(t, CTRL_U "harv" UP);
	expect_row(t, LAST, " Search: harvest");
	terminal_keys(t, "\033[B");
	expect_row(t, LAST, " Search: harv");
	/* Of this kind of question alone. */
	terminal_keys(t, ESCAPE);
	terminal_keys(t, ":" UP);
	expect_row(t, LAST, " :");
	terminal_keys(t, ESCAPE);
	reader_quit(t);
	char path[4096];
	struct stat file;
	snprintf(path, sizeof path, "%s/state/khabar/history", home_path(home));
	assert_int_equal(stat(path, &file), 0);
	assert_int_equal(file.st_mode & 0777, 0600);
}

/* ---- the command line ------------------------------------------------------------- */

static void commands_go_by_name(void **state)
{
	struct terminal *t = start(*state, "");
	terminal_keys(t, ":open" ENTER);
	expect(t, "1/5");
	terminal_keys(t, ":3" ENTER);
	expect(t, "3/5");
	terminal_keys(t, ":\u0661 down" ENTER); /* an Arabic digit */
	expect(t, "4/5");
	terminal_keys(t, ":goto 2" ENTER);
	expect(t, "2/5");
	terminal_keys(t, ":tag ستاره, news" ENTER);
	expect(t, "Tagged");
	terminal_keys(t, ":search tide" ENTER);
	expect(t, "Tide tables printed by hand");
	expect(t, "1/1");
	terminal_keys(t, ":opne" ENTER);
	expect(t, "opne is no command; did you mean open?");
	terminal_keys(t, ":down 3" ENTER);
	expect(t, "down takes nothing behind its name");
	terminal_keys(t, ":open-feed" ENTER);
	expect(t, "open-feed wants something behind its name");
	terminal_keys(t, ":help undo" ENTER);
	expect(t, "undo what was done");
	terminal_type(t, "q:q" ENTER);
	assert_int_equal(terminal_wait(t), 0);
}

static void commands_are_completed(void **state)
{
	struct terminal *t = start(*state, "");
	terminal_keys(t, ":2 mark-\t");
	expect_row(t, LAST - 1, " mark-all-read  mark-older-read  mark-read  mark-unread");
	terminal_keys(t, "al\t");
	expect_row(t, LAST, " : 2 mark-all-read");
	terminal_keys(t, CTRL_U "theme \t");
	expect(t, "colour-blind");
	terminal_keys(t, "pa\t" ENTER);
	expect(t, "theme = paper");
	terminal_keys(t, ":set text.m\t\t");
	expect(t, "sparing");
	terminal_keys(t, CTRL_W "zzz"
				"\t");
	expect(t, "Nothing goes on from that");
	terminal_keys(t, ESCAPE);
	terminal_keys(t, ESCAPE);
	reader_quit(t);
}

/* Names of what the library has. */
static void names_are_completed(void **state)
{
	struct terminal *t = start(*state, "");
	terminal_keys(t, ENTER ":tag ستارگان, World news" ENTER);
	expect(t, "Tagged");
	terminal_keys(t, "jT" "ستا\t");
	expect(t, "\uFE8E\uFE98\uFEB3");
	terminal_keys(t, "wor\t" ENTER);
	terminal_keys(t, "T" CTRL_W CTRL_W CTRL_W "\t");
	assert_int_equal(terminal_find(t, "Nothing goes on"), -1);
	terminal_keys(t, ESCAPE);
	terminal_keys(t, ESCAPE);
	/* What has blanks stands in quotes. */
	terminal_keys(t, "q/" "tag:wo\t");
	expect_row(t, LAST, " Search: tag:\"World news\"");
	terminal_keys(t, ENTER);
	expect(t, "1/2");
	terminal_keys(t, "q:open-feed \t");
	assert_int_equal(terminal_find(t, "Nothing goes on"), -1);
	terminal_keys(t, ESCAPE);
	terminal_keys(t, ESCAPE);
	reader_quit(t);
}

static void settings_change_for_this_run(void **state)
{
	struct terminal *t = start(*state, "[ui]\nkeyboard = none\n");
	terminal_keys(t, ":set ui.direction rtl" ENTER);
	expect(t, "ui.direction = rtl");
	assert_memory_equal(terminal_row(t, LAST), " 5 unread ", 10);
	terminal_keys(t, ":set ui.direction=ltr" ENTER);
	expect_row(t, LAST, " ui.direction = ltr                                5 unread");
	terminal_keys(t, ":set ui.keyboard" ENTER);
	expect(t, "ui.keyboard = none");
	terminal_keys(t, ":set keys newsboat" ENTER "?");
	expect(t, "Keys: newsboat");
	terminal_keys(t, "q:set keys khabar" ENTER);
	terminal_keys(t, ":set text.widht 3" ENTER);
	expect(t, "did you mean");
	terminal_keys(t, ":set text.width wide" ENTER);
	expect(t, "text.width");
	terminal_keys(t, ":set fetch.jobs 3" ENTER);
	expect(t, "fetch.jobs is read by what fetches");
	/* What the file says holds again when it is read again. */
	terminal_keys(t, ":set ui.direction rtl" ENTER "\x18");
	expect_row(t, LAST, " Settings read again                               5 unread");
	reader_quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		READER_TEST(arrows_go_where_they_point),
		READER_TEST(arabic_is_joined_while_it_is_typed),
		READER_TEST(an_rtl_interface_is_mirrored),
		READER_TEST(long_texts_move),
		READER_TEST(what_is_pasted_is_text),
		READER_TEST(a_paste_comes_in_pieces),
		READER_TEST(answers_are_remembered),
		READER_TEST(commands_go_by_name),
		READER_TEST(commands_are_completed),
		READER_TEST(names_are_completed),
		READER_TEST(settings_change_for_this_run),
	};
	return cmocka_run_group_tests_name("screen/prompt", tests, NULL, NULL);
}
