/*
 * Copying in the whole program: what goes out is logical text, by OSC 52 or by the command of
 * the settings, and the status line says which way it went.
 */
#include "articles.h"
#include "reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define FENCE "\033[>c\033[c"
#define FOOT "\033[1;2R\033P>|foot(1.13.1)\033\\\033[>1;011301;0c\033[?62;4;22c"
#define VTE "\033[1;2R\033[8;1$y\033[>65;7006;1c\033[?65;1;9c"
#define ESCAPE "\033"

/* ---- what came out ---------------------------------------------------------- */

static int digit_of(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;
	return at ? (int)(at - digits) : -1;
}

static void decode(struct str base64, struct buffer *out)
{
	assert_int_equal(base64.len % 4, 0);
	for (size_t i = 0; i < base64.len; i += 4) {
		int filled = base64.ptr[i + 2] == '=' ? 1 : base64.ptr[i + 3] == '=' ? 2 : 3;
		uint32_t group = 0;
		for (int k = 0; k < 4; k++) {
			int digit = k <= filled ? digit_of(base64.ptr[i + (size_t)k]) : 0;
			assert_true(digit >= 0);
			group = group << 6 | (uint32_t)digit;
		}
		for (int k = 0; k < filled; k++)
			buffer_byte(out, (char)(group >> (16 - 8 * k) & 0xFF));
	}
}

/* How many OSC 52 were sent; the text of the last is appended to *out. */
static int copies(struct terminal *t, struct buffer *out)
{
	struct str log = terminal_log(t), last = {"", 0};
	int count = 0;
	ptrdiff_t at;
	while ((at = str_find(log, STR("\033]52;c;"))) >= 0) {
		log = str_slice(log, (size_t)at + 7, log.len);
		ptrdiff_t end = str_find(log, STR("\a"));
		assert_true(end >= 0);
		last = str_slice(log, 0, (size_t)end);
		count++;
	}
	buffer_clear(out);
	decode(last, out);
	return count;
}

static void expect_copied(struct terminal *t, int number, const char *text)
{
	struct buffer got = {0};
	assert_int_equal(copies(t, &got), number);
	buffer_byte(&got, '\0');
	assert_string_equal(got.data, text);
	buffer_free(&got);
}

/* The paragraph as it was imported: without what stands in it for the oracle. */
static char *paragraph_of(int article, int number)
{
	struct buffer out = {0};
	struct str rest = str_of(articles[article].paragraphs[number]);
	while (rest.len > 0) {
		bool isolate = str_starts(rest, STR("\u2066")) || str_starts(rest, STR("\u2069"));
		if (!isolate)
			buffer_byte(&out, rest.ptr[0]);
		rest = str_slice(rest, isolate ? 3 : 1, rest.len);
	}
	return buffer_take(&out);
}

static char *two_paragraphs(int article, int number)
{
	char *first = paragraph_of(article, number), *second = paragraph_of(article, number + 1);
	struct buffer out = {0};
	buffer_printf(&out, "%s\n\n%s", first, second);
	free(first);
	free(second);
	return buffer_take(&out);
}

static void expect_status(struct terminal *t, const char *text)
{
	if (terminal_find(t, text) != 23)
		fail_msg("\"%s\" is not on the status line:\n%s", text, terminal_screen(t));
}

/* The same once a program has ended: while it is waited for, the reader looks idle. */
static void await_status(struct terminal *t, const char *text)
{
	for (int i = 0; i < 200 && terminal_find(t, text) != 23; i++) {
		usleep(100000);
		terminal_settle(t);
	}
	expect_status(t, text);
}

static struct terminal *start(struct home *home, const char *answer)
{
	struct terminal *t =
		terminal_start_scripted(home, 24, 80, NULL, NULL, FENCE, answer, false);
	terminal_keys(t, ENTER);
	return t;
}

/* ---- by the terminal -------------------------------------------------------- */

static void titles_and_links_go_out_by_osc_52(void **state)
{
	struct terminal *t = start(*state, FOOT);
	terminal_keys(t, "y");
	expect_copied(t, 1, articles[0].title);
	expect_status(t, "Title copied by the terminal (OSC 52)");
	terminal_keys(t, "Y");
	expect_copied(t, 2, articles[0].url);
	terminal_keys(t, DOWN ENTER);
	terminal_keys(t, "y");
	expect_copied(t, 3, articles[1].title);
	terminal_keys(t, "Y");
	expect_copied(t, 4, articles[1].url);
	expect_status(t, "Link copied by the terminal (OSC 52)");
	reader_quit(t);
}

static void every_preset_has_its_keys(void **state)
{
	static const struct {
		const char *preset, *title, *link, *text;
	} presets[] = {{"khabar", "y", "Y", "c"}, {"newsboat", "y", "Y", "c"},
		{"newsraft", "Y", "c", "C"}};
	for (size_t i = 0; i < sizeof presets / sizeof *presets; i++) {
		const char *arguments[] = {"--keys", presets[i].preset, NULL};
		struct terminal *t = terminal_start_scripted(
			*state, 24, 80, arguments, NULL, FENCE, FOOT, false);
		char *paragraph = paragraph_of(0, 0), *two = two_paragraphs(0, 0);
		terminal_keys(t, ENTER ENTER);
		terminal_keys(t, presets[i].title);
		expect_copied(t, 1, articles[0].title);
		terminal_keys(t, presets[i].link);
		expect_copied(t, 2, articles[0].url);
		terminal_keys(t, presets[i].text);
		expect_copied(t, 3, paragraph);
		terminal_keys(t, "v" DOWN);
		terminal_keys(t, presets[i].text);
		expect_copied(t, 4, two);
		free(paragraph);
		free(two);
		reader_quit(t);
	}
}

/* The paragraph whose text is on the first row. */
static void the_paragraph_on_top_is_the_one(void **state)
{
	struct terminal *t = start(*state, FOOT);
	terminal_resize(t, 8, 80);
	terminal_keys(t, ENTER);
	for (int i = 0; i < 12; i++)
		terminal_keys(t, "j");
	terminal_keys(t, "c");
	struct buffer got = {0};
	assert_int_equal(copies(t, &got), 1);
	int found = -1;
	for (int i = 0; articles[0].paragraphs[i]; i++) {
		char *paragraph = paragraph_of(0, i);
		if (str_equal(buffer_view(&got), str_of(paragraph)))
			found = i;
		free(paragraph);
	}
	assert_true(found > 0);
	buffer_free(&got);
	reader_quit(t);
}

/* Whether a program's look of selected cells is on the row. */
static int lit_cells(struct terminal *t, int row)
{
	int count = 0;
	for (int column = 0; column < 80; column++) {
		struct terminal_cell cell = terminal_cell(t, row, column);
		struct terminal_cell ground = terminal_cell(t, row, 0);
		count += cell.reverse != ground.reverse || cell.background != ground.background;
	}
	return count;
}

static int lit_rows(struct terminal *t)
{
	int count = 0;
	for (int row = 1; row < 23; row++)
		count += lit_cells(t, row) > 0;
	return count;
}

static void a_selection_is_lit_grows_shrinks_and_ends(void **state)
{
	struct terminal *t = start(*state, FOOT);
	char *two = two_paragraphs(0, 0), *one = paragraph_of(0, 0);
	terminal_keys(t, ENTER);
	char *plain = strdup(terminal_screen(t));
	assert_int_equal(lit_rows(t), 0);
	terminal_keys(t, "v");
	expect_status(t, "Selecting paragraphs: c copies, v sentences");
	int rows = lit_rows(t);
	assert_true(rows >= 2);
	terminal_keys(t, "j");
	assert_true(lit_rows(t) > rows);
	terminal_keys(t, "k");
	assert_int_equal(lit_rows(t), rows);
	terminal_keys(t, "j");
	terminal_keys(t, "y");
	expect_copied(t, 1, two);
	assert_int_equal(lit_rows(t), 0);
	terminal_keys(t, "v");
	terminal_keys(t, ESCAPE);
	assert_int_equal(lit_rows(t), 0);
	expect_copied(t, 1, two);
	/* Nothing has moved; back leads out of the selection first, then out of the article. */
	terminal_expect_same(t, plain);
	terminal_keys(t, "vq");
	terminal_expect_same(t, plain);
	terminal_keys(t, "q");
	assert_true(terminal_find(t, articles[0].title) != 1);
	free(plain);
	free(two);
	free(one);
	reader_quit(t);
}

/* Sentences: of the second paragraph of the Persian article there are three. */
static void sentences_can_be_selected(void **state)
{
	struct terminal *t = start(*state, FOOT);
	terminal_keys(t, DOWN ENTER);
	terminal_keys(t, "v");
	terminal_keys(t, "j");
	terminal_keys(t, "v");
	expect_status(t, "Selecting sentences: c copies, v paragraphs");
	terminal_keys(t, "c");
	char *first = paragraph_of(1, 0), *second = paragraph_of(1, 1);
	struct str end = STR(".");
	ptrdiff_t at = str_find(str_of(second), end);
	assert_true(at > 0);
	struct buffer want = {0};
	buffer_printf(&want, "%s\n\n%.*s.", first, (int)at, second);
	expect_copied(t, 1, want.data);
	buffer_free(&want);
	free(first);
	free(second);
	reader_quit(t);
}

static void a_selection_reaches_to_the_end(void **state)
{
	struct terminal *t = start(*state, FOOT);
	struct buffer want = {0};
	for (int i = 0; articles[0].paragraphs[i]; i++) {
		char *paragraph = paragraph_of(0, i);
		buffer_printf(&want, "%s%s", i ? "\n\n" : "", paragraph);
		free(paragraph);
	}
	terminal_keys(t, ENTER);
	terminal_keys(t, "vG");
	assert_true(lit_rows(t) > 10);
	terminal_keys(t, "c");
	expect_copied(t, 1, want.data);
	buffer_free(&want);
	reader_quit(t);
}

static void some_terminals_are_known_to_refuse(void **state)
{
	struct terminal *t = start(*state, VTE);
	terminal_keys(t, "y");
	struct buffer got = {0};
	assert_int_equal(copies(t, &got), 0);
	buffer_free(&got);
	expect_status(t, "VTE takes no OSC 52: set copy-command in khabar.conf");
	reader_quit(t);
	t = start(*state, "\033[1;2R\033[>0;100;0c\033[?1;2c");
	terminal_keys(t, "y");
	expect_copied(t, 1, articles[0].title);
	expect_status(t, "Title sent by OSC 52, which not every terminal takes");
	reader_quit(t);
}

/* ---- long texts ------------------------------------------------------------- */

enum { LONG = 1 << 20 };

/*
 * An article of LONG bytes at least, the newest, in paragraphs of so many sentences; what of it
 * is to be copied.
 */
static char *import_long(struct home *home, int sentences)
{
	struct buffer text = {0}, body = {0}, page = {0};
	for (int i = 1; text.len < LONG; i++) {
		/* No two alike: a paragraph that stands twice on a page is imported once. */
		buffer_printf(&text, "قال البحّار %d إن الموج عال.", i);
		buffer_str(&text, i % sentences == 0 ? STR("\n\n") : STR(" "));
	}
	struct str rest = str_trim(buffer_view(&text)), line;
	char *copy = str_dup(rest);
	while (str_split(&rest, '\n', &line))
		buffer_printf(&body, line.len > 0 ? "<p>%.*s</p>" : "", STR_ARG(line));
	buffer_printf(&page,
		"<!doctype html><html lang=ar dir=rtl><head><meta charset=utf-8><title>طويل "
		"جدا</title><meta property=article:published_time "
		"content=2026-01-01T00:00:00Z></head><body><article><h1>طويل جدا</h1>%s"
		"</article></body></html>",
		body.data);
	free(home_run(home, 0, "import", home_write(home, "long.html", buffer_view(&page)), NULL));
	buffer_free(&page);
	buffer_free(&body);
	buffer_free(&text);
	return copy;
}

static void what_is_too_long_is_not_sent(void **state)
{
	free(import_long(*state, LONG));
	/* One paragraph of a megabyte. */
	struct terminal *t = start(*state, FOOT);
	terminal_keys(t, ENTER);
	terminal_keys(t, "vG");
	terminal_keys(t, "c");
	struct buffer got = {0};
	assert_int_equal(copies(t, &got), 0);
	buffer_free(&got);
	expect_status(t, "Too long for OSC 52 (over 74994 bytes): set copy-command");
	terminal_keys(t, "y");
	expect_copied(t, 1, "طويل جدا");
	reader_quit(t);
}

/* ---- by a command ----------------------------------------------------------- */

static struct terminal *start_with(struct home *home, const char *name, const char *script)
{
	struct buffer line = {0};
	const char *path = home_write(home, name, str_of(script));
	assert_int_equal(chmod(path, 0700), 0);
	buffer_printf(&line, "copy-command = %s --to clipboard\n", path);
	home_write(home, "config/khabar/khabar.conf", buffer_view(&line));
	buffer_free(&line);
	return start(home, FOOT);
}

static void expect_file(struct home *home, const char *name, const char *text)
{
	char *got = home_run(home, 0, "/bin/cat", name, NULL);
	assert_string_equal(got, text);
	free(got);
}

static void a_command_gets_the_text_whole(void **state)
{
	struct home *home = *state;
	char *text = import_long(home, 20);
	struct terminal *t = start_with(
		home, "taker", "#!/bin/sh\nprintf '%s|' \"$@\" >words\nexec cat >taken\n");
	terminal_keys(t, ENTER);
	terminal_keys(t, "vG");
	terminal_keys(t, "c");
	await_status(t, "Paragraphs copied with ");
	expect_file(home, "taken", text);
	expect_file(home, "words", "--to|clipboard|");
	struct buffer got = {0};
	assert_int_equal(copies(t, &got), 0);
	buffer_free(&got);
	free(text);
	reader_quit(t);
}

static void a_command_that_fails_is_told(void **state)
{
	struct home *home = *state;
	struct terminal *t = start_with(home, "broken", "#!/bin/sh\nexit 3\n");
	terminal_keys(t, "y");
	await_status(t, "broken: ended with status 3");
	reader_quit(t);
	home_write(home, "config/khabar/khabar.conf", STR("copy-command = /nowhere/copier\n"));
	t = start(home, FOOT);
	terminal_keys(t, "y");
	await_status(t, "/nowhere/copier: No such file");
	reader_quit(t);
}

/* It is ended with all that it started, and the reader goes on. */
static void a_command_that_hangs_is_ended(void **state)
{
	struct home *home = *state;
	struct terminal *t = start_with(home, "hangs", "#!/bin/sh\necho $$ >started\nsleep 600\n");
	terminal_type(t, "y");
	await_status(t, "hangs: did not end");
	char *process = home_run(home, 0, "/bin/cat", "started", NULL);
	process[strcspn(process, "\n")] = '\0';
	char script[80];
	snprintf(script, sizeof script, "! kill -0 -- -%s 2>/dev/null", process);
	free(home_run(home, 0, "/bin/sh", "-c", script, NULL));
	free(process);
	terminal_keys(t, "j");
	reader_quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		READER_TEST(titles_and_links_go_out_by_osc_52),
		READER_TEST(every_preset_has_its_keys),
		READER_TEST(the_paragraph_on_top_is_the_one),
		READER_TEST(a_selection_is_lit_grows_shrinks_and_ends),
		READER_TEST(sentences_can_be_selected),
		READER_TEST(a_selection_reaches_to_the_end),
		READER_TEST(some_terminals_are_known_to_refuse),
		READER_TEST(what_is_too_long_is_not_sent),
		READER_TEST(a_command_gets_the_text_whole),
		READER_TEST(a_command_that_fails_is_told),
		READER_TEST(a_command_that_hangs_is_ended),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
