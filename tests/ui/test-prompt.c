/* The line that is typed: its text, its cursor, and what is seen of it. */
#include "screen/screen.h"
#include "ui/prompt.h"
#include "ui/view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char last[4096];
static int changes, endings, lefts;
static bool goes_on; /* what Enter comes to */

static void changed(struct ui *ui, void *user, struct str text)
{
	(void)ui, (void)user;
	assert_true(text.len < sizeof last);
	memcpy(last, text.ptr, text.len);
	last[text.len] = '\0';
	changes++;
}

static bool done(struct ui *ui, void *user, struct str text)
{
	changed(ui, user, text);
	endings++;
	return !goes_on;
}

static void left(struct ui *ui, void *user)
{
	(void)ui, (void)user;
	lefts++;
}

static bool digits(uint32_t code)
{
	return code >= '0' && code <= '9';
}

static void open_prompt(struct ui *ui, const char *initial, bool numbers)
{
	const struct prompt_options options = {.question = STR("Find:"),
		.initial = str_of(initial),
		.takes = numbers ? digits : NULL,
		.changed = changed,
		.done = done,
		.left = left};
	prompt_open(ui, &options);
	assert_non_null(ui->prompt);
}

static void type(struct ui *ui, const uint32_t *keys)
{
	for (; *keys; keys++)
		prompt_key(ui, *keys);
}

#define TYPE(ui, ...) type(ui, (const uint32_t[]){__VA_ARGS__, 0})

static void text_is_edited(void **state)
{
	struct ui ui = {0};
	(void)state;
	changes = endings = lefts = 0;
	open_prompt(&ui, "", false);
	TYPE(&ui, 'a', 0x62E, 'b', 9);
	assert_string_equal(last, "a\u062Eb"); /* Tab is no text */
	TYPE(&ui, 1, KEY_CODE_DELETE); /* Ctrl-A: to the start */
	assert_string_equal(last, "\u062Eb");
	TYPE(&ui, KEY_CODE_END, ' ', 'x', 'y', ' ', 23);
	assert_string_equal(last, "\u062Eb ");
	TYPE(&ui, 21);
	assert_string_equal(last, "");
	assert_int_equal(changes, 10);
	TYPE(&ui, 127);
	assert_null(ui.prompt);
	assert_int_equal(lefts, 1);
	assert_int_equal(endings, 0);
	prompts_free(ui.prompts);
}

/* A mark goes with its letter. */
static void marks_are_no_letters(void **state)
{
	struct ui ui = {0};
	(void)state;
	open_prompt(&ui, "خَبَر", false);
	TYPE(&ui, 127, 127);
	assert_string_equal(last, "خَ");
	prompt_leave(&ui);
	prompts_free(ui.prompts);
}

static void it_ends_once(void **state)
{
	struct ui ui = {0};
	(void)state;
	endings = lefts = 0;
	open_prompt(&ui, "1", true);
	TYPE(&ui, 'x', '2', 13);
	assert_string_equal(last, "12");
	assert_int_equal(endings, 1);
	assert_null(ui.prompt);
	open_prompt(&ui, "x", false);
	TYPE(&ui, 27);
	assert_int_equal(lefts, 1);
	assert_null(ui.prompt);
	/* One that is opened over another gives that up. */
	open_prompt(&ui, "x", false);
	open_prompt(&ui, "y", false);
	assert_int_equal(lefts, 2);
	goes_on = true;
	TYPE(&ui, 13);
	assert_non_null(ui.prompt);
	goes_on = false;
	TYPE(&ui, 13);
	assert_null(ui.prompt);
	assert_string_equal(last, "y");
	assert_int_equal(lefts, 2);
	prompts_free(ui.prompts);
}

static void it_has_an_end(void **state)
{
	struct ui ui = {0};
	(void)state;
	open_prompt(&ui, "", false);
	for (int i = 0; i < 3000; i++)
		TYPE(&ui, 0x62E);
	assert_int_equal(strlen(last), PROMPT_LONGEST);
	prompt_leave(&ui);
	prompts_free(ui.prompts);
}

/* ---- drawing ---- */

static char *row_of(const struct canvas *canvas, int *cursor)
{
	struct buffer out = {0};
	const struct canvas_cell *cells = canvas_row(canvas, 0);
	*cursor = -1;
	for (int i = 0; i < canvas_columns(canvas); i++) {
		for (int k = 0; k < cells[i].glyph_count; k++)
			buffer_utf8(&out, cells[i].glyphs[k]);
		if (cells[i].style & STYLE_SELECTED)
			*cursor = i;
	}
	char *text = buffer_take(&out);
	assert_non_null(text);
	return text;
}

/* The row after these keys; `cell` is where the cursor is lit. */
static void expect_row(const char *text, const uint32_t *keys, const char *expected, int cell)
{
	struct ui ui = {0};
	struct canvas *canvas = canvas_new(1, 18);
	int at;
	assert_non_null(canvas);
	canvas_set_forms(canvas, TEXT_FORMS_BASE);
	open_prompt(&ui, text, false);
	for (; *keys; keys++) {
		prompt_draw(&ui, canvas, (struct rect){0, 0, 1, 18});
		prompt_key(&ui, *keys);
	}
	prompt_draw(&ui, canvas, (struct rect){0, 0, 1, 18});
	char *row = row_of(canvas, &at);
	assert_string_equal(row, expected);
	assert_int_equal(at, cell);
	free(row);
	prompt_leave(&ui);
	prompts_free(ui.prompts);
	canvas_free(canvas);
}

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__})

static void the_cursor_is_seen(void **state)
{
	(void)state;
	expect_row("", KEYS(0), " Find:            ", 7);
	expect_row("ab", KEYS(0), " Find: ab         ", 9);
	expect_row("ab", KEYS(KEY_CODE_HOME, 0), " Find: ab         ", 7);
	expect_row("a ", KEYS(0), " Find: a          ", 9);
	/* From right to left, and arrows go the way they point. */
	expect_row("خبر", KEYS(0), " Find:        ربخ ", 13);
	expect_row("خبر", KEYS(KEY_CODE_HOME, 0), " Find:        ربخ ", 16);
	expect_row("خبر", KEYS(KEY_CODE_RIGHT, 0), " Find:        ربخ ", 14);
	expect_row("خبر", KEYS(KEY_CODE_RIGHT, KEY_CODE_RIGHT, KEY_CODE_LEFT, 0),
		" Find:        ربخ ", 14);
	/* Between two directions: to the neighbour on the screen, not in the text. */
	expect_row("ab خب", KEYS(KEY_CODE_HOME, KEY_CODE_RIGHT, KEY_CODE_RIGHT, KEY_CODE_RIGHT, 0),
		" Find: ab بخ      ", 10);
	/* A long text is seen where the cursor is. */
	expect_row("0123456789abcdef", KEYS(0), " Find:…789abcdef  ", 16);
	expect_row("0123456789abcdef", KEYS(KEY_CODE_HOME, 0), " Find: 0123456789…", 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_edited),
		cmocka_unit_test(marks_are_no_letters),
		cmocka_unit_test(it_ends_once),
		cmocka_unit_test(it_has_an_end),
		cmocka_unit_test(the_cursor_is_seen),
	};
	return cmocka_run_group_tests_name("ui/prompt", tests, NULL, NULL);
}
