/* What one can do in an article: find, links, lists of both, files, pipes, codes. */
#include "harness.h"

#include <qrencode.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROWS = 24, COLUMNS = 80 };

#define TAB "\t"
#define BACK_TAB "\033[Z"
#define ESC "\033"

static int setup(void **state)
{
	const char *source = getenv("KHABAR_SOURCE");
	char path[4096];
	home_setup(state);
	snprintf(path, sizeof path, "%s/tests/screen/pages/rich-en.html", source ? source : ".");
	free(home_run(*state, 0, "import", path, NULL));
	return 0;
}

/* The article, in a reader whose browser writes down what it is given. */
static struct terminal *open_article(struct home *home)
{
	home_write(home, "browser", STR("#!/bin/sh\necho \"$1\" >>\"$HOME/opened\"\n"));
	char command[4096];
	snprintf(command, sizeof command, "BROWSER=/bin/sh %s/browser", home_path(home));
	const char *const environment[] = {command, NULL};
	struct terminal *t = terminal_start(home, ROWS, COLUMNS, NULL, environment);
	terminal_keys(t, "\r");
	terminal_keys(t, "\rg");
	return t;
}

static void quit(struct terminal *t)
{
	terminal_keys(t, "Q");
	assert_int_equal(terminal_wait(t), 0);
	assert_true(terminal_tty_is_sane(t));
	terminal_free(t);
}

static void assert_status(struct terminal *t, const char *text)
{
	if (!strstr(terminal_row(t, ROWS - 1), text))
		fail_msg("the status line \"%s\" does not say \"%s\"", terminal_row(t, ROWS - 1),
			text);
}

/* A file below the home, to be freed; "" when there is none. */
static char *content_of(struct home *home, const char *name)
{
	struct buffer text = {0};
	char path[4096], bytes[4096];
	size_t len;
	snprintf(path, sizeof path, "%s/%s", home_path(home), name);
	FILE *file = fopen(path, "r");
	buffer_str(&text, STR(""));
	while (file && (len = fread(bytes, 1, sizeof bytes, file)) > 0)
		buffer_add(&text, bytes, len);
	if (file)
		fclose(file);
	char *content = text.data ? buffer_take(&text) : strdup("");
	assert_non_null(content);
	return content;
}

/* The look of the cell where a text starts on the screen. */
static struct terminal_cell cell_at(struct terminal *t, const char *text)
{
	int row = terminal_find(t, text);
	if (row < 0)
		fail_msg("no \"%s\" in\n%s", text, terminal_screen(t));
	const char *line = terminal_row(t, row);
	return terminal_cell(t, row, (int)(strstr(line, text) - line));
}

static bool is_lit(struct terminal *t, const char *text)
{
	return cell_at(t, text).background != terminal_cell(t, 2, 0).background;
}

/* ---- finding ---- */

static void finding_lights_all_and_leads_on(void **state)
{
	struct terminal *t = open_article(*state);
	terminal_keys(t, "/NIGHT");
	assert_status(t, "Find: NIGHT");
	assert_true(is_lit(t, "Night trains are"));
	terminal_keys(t, "\r");
	assert_status(t, "1/2");
	assert_true(is_lit(t, "Night trains are"));
	terminal_keys(t, "n");
	assert_status(t, "2/2");
	assert_true(is_lit(t, "night on the train"));
	terminal_keys(t, "n");
	assert_status(t, "1/2, around the end");
	terminal_keys(t, "N");
	assert_status(t, "2/2, around the end");
	terminal_keys(t, ESC);
	usleep(100000);
	terminal_settle(t);
	assert_false(is_lit(t, "night on the train"));
	terminal_keys(t, "/zebra\r");
	assert_status(t, "Not found: zebra");
	quit(t);
}

/* Harakat, tatweel and forms of letters do not hide a word; the prompt shows it joined. */
static void finding_folds(void **state)
{
	struct terminal *t = open_article(*state);
	terminal_keys(t, "/قِطَـارُ الساحل");
	assert_status(t, "\uFEDE\uFEA3\uFE8E\uFEB4\uFEDF\uFE8D"); /* visual: lam heh seen ... */
	terminal_keys(t, "\r");
	assert_status(t, "1/1");
	terminal_keys(t, "/x\x15"
			 "coast" ESC);
	usleep(100000);
	terminal_settle(t);
	assert_false(is_lit(t, "coast train"));
	quit(t);
}

static void headings_are_places(void **state)
{
	struct terminal *t = open_article(*state);
	terminal_keys(t, "]");
	assert_int_equal(terminal_find(t, "Times and prices"), 1);
	terminal_keys(t, "]");
	assert_int_equal(terminal_find(t, "What to carry"), 1);
	terminal_keys(t, "[");
	assert_int_equal(terminal_find(t, "Times and prices"), 1);
	terminal_keys(t, "t");
	assert_int_equal(terminal_find(t, "Contents"), 0);
	assert_status(t, "1/3");
	terminal_keys(t, "jj\r");
	assert_int_equal(terminal_find(t, "How is a ticket returned?") > 0, 1);
	quit(t);
}

/* ---- links ---- */

static void a_link_shows_where_it_leads_before_it_is_followed(void **state)
{
	struct terminal *t = open_article(*state);
	terminal_keys(t, TAB);
	assert_status(t, "1/6: rail.example");
	assert_true(is_lit(t, "railway"));
	char *opened = content_of(*state, "opened");
	assert_string_equal(opened, "");
	free(opened);
	terminal_keys(t, "\r");
	opened = content_of(*state, "opened");
	assert_string_equal(opened, "https://rail.example/night\n");
	free(opened);
	terminal_keys(t, TAB TAB);
	assert_status(t, "3/6: rail.example");
	terminal_keys(t, BACK_TAB);
	assert_status(t, "2/6: in this article");
	/* The note, which stands below; the list of links follows it. */
	terminal_keys(t, "\r");
	assert_true(terminal_find(t, "1. The timetable holds") > 0);
	quit(t);
}

static void a_jump_within_the_article_leads_back(void **state)
{
	struct terminal *t = open_article(*state);
	terminal_keys(t, "'");
	assert_status(t, "No link within the article was followed");
	terminal_resize(t, 10, COLUMNS);
	terminal_keys(t, TAB TAB);
	char *before = strdup(terminal_row(t, 1));
	assert_non_null(before);
	terminal_keys(t, "\r");
	assert_true(terminal_find(t, "1. The timetable holds") > 0);
	assert_string_not_equal(terminal_row(t, 1), before);
	terminal_keys(t, "'");
	assert_string_equal(terminal_row(t, 1), before);
	free(before);
	quit(t);
}

static void a_link_that_deceives_asks_first(void **state)
{
	struct terminal *t = open_article(*state);
	terminal_keys(t, "5");
	assert_status(t, "Link number: 5");
	terminal_keys(t, "\r");
	assert_status(t, "5/6: xn--80ak6aa92e.example = \u0430\u0440\u0440\u04CF\u0435.example");
	assert_status(t, "CAREFUL");
	terminal_keys(t, "\r");
	assert_status(t, "CAREFUL");
	char *opened = content_of(*state, "opened");
	assert_string_equal(opened, "");
	free(opened);
	terminal_keys(t, "\r");
	opened = content_of(*state, "opened");
	assert_string_equal(opened, "https://xn--80ak6aa92e.example/crew\n");
	free(opened);
	quit(t);
}

static void a_medium_has_its_own_program(void **state)
{
	home_write(*state, "config/khabar/khabar.conf",
		STR("[open]\nvideo/* = tee --append film %s\n"));
	home_write(*state, "film.sh", STR("echo \"film $1\" >>\"$HOME/opened\"\n"));
	char conf[4096];
	int len = snprintf(
		conf, sizeof conf, "[open]\nvideo/* = /bin/sh %s/film.sh %%s\n", home_path(*state));
	home_write(*state, "config/khabar/khabar.conf", (struct str){conf, (size_t)len});
	struct terminal *t = open_article(*state);
	terminal_keys(t, "6\r");
	assert_status(t, "v.example  video/mp4");
	terminal_keys(t, "\r");
	char *opened = content_of(*state, "opened");
	assert_string_equal(opened, "film https://v.example/a.mp4\n");
	free(opened);
	quit(t);
}

static void links_have_letters_and_a_list(void **state)
{
	struct terminal *t = open_article(*state);
	terminal_keys(t, "f");
	int row = terminal_find(t, "aailway");
	assert_true(row > 0);
	assert_non_null(strstr(terminal_row(t, row), "aailway"));
	terminal_keys(t, "c");
	assert_status(t, "3/6");
	terminal_keys(t, "f" ESC);
	usleep(100000);
	terminal_settle(t);
	assert_true(terminal_find(t, "a new timetable") > 0);
	terminal_keys(t, "L");
	assert_int_equal(terminal_find(t, "Links"), 0);
	assert_int_equal(terminal_find(t, "1. railway office"), 1);
	assert_status(t, "3/6");
	terminal_keys(t, "G\r");
	assert_status(t, "6/6: v.example");
	quit(t);
}

/* The modules on the screen are those of the code, dark on light, with room around them. */
static void a_code_is_drawn_as_it_is(void **state)
{
	struct terminal *t = open_article(*state);
	terminal_keys(t, TAB "#");
	QRcode *code = QRcode_encodeString8bit("https://rail.example/night", 0, QR_ECLEVEL_L);
	assert_non_null(code);
	int size = code->width, top = -1, left = -1;
	for (int row = 1; row < ROWS - 1 && top < 0; row++) {
		for (int column = 0; column < COLUMNS && top < 0; column++) {
			if (terminal_cell(t, row, column).background == 0x1FFFFFF ||
				terminal_cell(t, row, column).background == 231) {
				top = row;
				left = column;
			}
		}
	}
	assert_true(top > 0);
	int quiet = (COLUMNS - 2 * left - size) / 2;
	assert_in_range(quiet, 2, 4);
	for (int y = -quiet; y < size + quiet; y++) {
		for (int x = -quiet; x < size + quiet; x++) {
			bool inside = y >= 0 && x >= 0 && y < size && x < size;
			bool dark = inside && code->data[y * size + x] & 1;
			struct terminal_cell cell =
				terminal_cell(t, top + (y + quiet) / 2, left + x + quiet);
			const char *half = (y + quiet) % 2 ? "\u2584" : "\u2580";
			bool shown =
				strcmp(cell.text, half) == 0 || strcmp(cell.text, "\u2588") == 0;
			assert_int_equal(shown, dark);
		}
	}
	QRcode_free(code);
	terminal_keys(t, "q");
	assert_true(terminal_find(t, "a new timetable") > 0);
	quit(t);
}

/* ---- files and programs ---- */

static void an_article_is_saved(void **state)
{
	struct terminal *t = open_article(*state);
	terminal_keys(t, "S");
	assert_status(t, "A-winter-guide-to-night-trains.md");
	terminal_keys(t, "\x15~/guide.md\r");
	assert_status(t, "Saved: ");
	char *saved = content_of(*state, "guide.md");
	assert_non_null(strstr(saved, "# A winter guide to night trains\n"));
	assert_non_null(strstr(saved, "[railway office](<https://rail.example/night>)"));
	assert_non_null(strstr(saved, "| --- | --- | --- | --- |"));
	terminal_keys(t, "S\x15~/guide.md\r");
	assert_status(t, "is there already");
	terminal_keys(t, "S\x15~/guide.html\r");
	char *page = content_of(*state, "guide.html");
	assert_non_null(strstr(page, "<h1 dir=\"auto\">A winter guide to night trains</h1>"));
	assert_non_null(strstr(page, "rowspan=\"2\""));
	free(page);
	char *again = content_of(*state, "guide.md");
	assert_string_equal(again, saved);
	free(again);
	free(saved);
	quit(t);
}

static void a_program_gets_the_text(void **state)
{
	struct terminal *t = open_article(*state);
	char command[4096];
	snprintf(command, sizeof command, "|tee %s/piped", home_path(*state));
	terminal_keys(t, command);
	terminal_keys(t, "\r");
	assert_true(terminal_find(t, "Enter goes back") >= 0);
	terminal_keys(t, "\r");
	assert_true(terminal_find(t, "a new timetable") > 0);
	char *piped = content_of(*state, "piped");
	assert_non_null(strstr(piped, "قطار الساحل")); /* as it was written */
	assert_non_null(strstr(piped, "Train of the coast | 22:10 | 06:30"));
	free(piped);
	terminal_keys(t, "|/no/such/program; touch x\r");
	assert_status(t, "/no/such/program;: No such file");
	quit(t);
}

static void looks_have_keys(void **state)
{
	struct terminal *t = open_article(*state);
	terminal_keys(t, "\\");
	assert_int_equal(terminal_find(t, "Source"), 0);
	assert_true(terminal_find(t, "<caption>Winter timetable") > 0);
	terminal_keys(t, "q");
	terminal_keys(t, "w");
	assert_status(t, "Text width: 100 cells");
	terminal_keys(t, "ww");
	assert_status(t, "Text width: 60 cells");
	terminal_keys(t, "z");
	assert_status(t, "Lines are filled");
	terminal_keys(t, "/rail book\r");
	assert_int_equal(terminal_find(t, "--window"), -1);
	terminal_keys(t, ">>>>");
	assert_true(terminal_find(t, "--window") > 0);
	terminal_keys(t, "<<<<x");
	assert_status(t, "wrapped");
	assert_true(terminal_find(t, "--window") > 0);
	quit(t);
}

/* Its start is there first, then all of it; the list of its links, too. */
static void a_long_article_is_whole(void **state)
{
	struct buffer page = {0};
	buffer_str(&page, STR("<html lang=en><head><title>A long one</title></head><body><article>"
			      "<h1>A long one</h1>"));
	for (int i = 0; i < 13000; i++)
		buffer_printf(&page,
			"<p>Paragraph %d of an article that tells the whole of a long "
			"story, and has <a href=\"https://a.example/%d\">a link</a> "
			"in it, and goes on for a while before it comes to its end, as "
			"long stories do.</p>\n",
			i, i);
	buffer_str(&page, STR("<p>The last zebra.</p></article></body></html>"));
	assert_true(page.len > (2 << 20) + 100000);
	const char *path = home_write(*state, "long.html", buffer_view(&page));
	buffer_free(&page);
	free(home_run(*state, 0, "import", path, NULL));
	struct terminal *t = terminal_start(*state, ROWS, COLUMNS, NULL, NULL);
	terminal_keys(t, "\r");
	terminal_keys(t, "g");
	if (terminal_find(t, "A long one") != 1)
		terminal_keys(t, "j");
	terminal_keys(t, "\r");
	assert_true(terminal_find(t, "Paragraph 0 of") > 0);
	terminal_keys(t, "/zebra\r");
	assert_status(t, "1/1");
	assert_true(terminal_find(t, "The last zebra.") > 0);
	terminal_keys(t, "G");
	assert_true(terminal_find(t, "https://a.example/12999") > 0);
	terminal_keys(t, "q");
	terminal_keys(t, "\r");
	/* Where it was left: behind the text, whose last words are in view. */
	assert_true(terminal_find(t, "The last zebra.") > 0);
	quit(t);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, home_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(finding_lights_all_and_leads_on),
		TEST(finding_folds),
		TEST(headings_are_places),
		TEST(a_link_shows_where_it_leads_before_it_is_followed),
		TEST(a_jump_within_the_article_leads_back),
		TEST(a_link_that_deceives_asks_first),
		TEST(a_medium_has_its_own_program),
		TEST(links_have_letters_and_a_list),
		TEST(a_code_is_drawn_as_it_is),
		TEST(an_article_is_saved),
		TEST(a_program_gets_the_text),
		TEST(looks_have_keys),
		TEST(a_long_article_is_whole),
	};
	return cmocka_run_group_tests_name("screen/tools", tests, NULL, NULL);
}
