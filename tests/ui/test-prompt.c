/* The line that is typed: its text, its cursor, and what is seen of it. */
#include "screen/screen.h"
#include "ui/prompt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char last[4096];
static int changes, endings, cancels;

static void changed(struct ui *ui, struct view *view, struct str text)
{
	(void)ui;
	(void)view;
	assert_true(text.len < sizeof last);
	memcpy(last, text.ptr, text.len);
	last[text.len] = '\0';
	changes++;
}

static void done(struct ui *ui, struct view *view, struct str text)
{
	changed(ui, view, text);
	endings++;
}

static void cancelled(struct ui *ui, struct view *view)
{
	(void)ui;
	(void)view;
	cancels++;
}

static bool digits(uint32_t code)
{
	return code >= '0' && code <= '9';
}

static const struct prompt_kind KIND = {
	.label = "Find:", .changed = changed, .done = done, .cancelled = cancelled};
static const struct prompt_kind NUMBER = {.label = "Number:", .takes = digits, .done = done};

static void type(struct prompt *p, const uint32_t *keys)
{
	for (; *keys; keys++)
		prompt_key(NULL, p, *keys);
}

#define TYPE(p, ...) type(p, (const uint32_t[]){__VA_ARGS__, 0})

static void expect_text(const struct prompt *p, const char *text, size_t cursor)
{
	assert_string_equal(p->text.data, text);
	assert_int_equal(p->cursor, cursor);
}

static void text_is_edited(void **state)
{
	(void)state;
	struct prompt p = {0};
	changes = endings = cancels = 0;
	assert_false(prompt_is_open(&p));
	prompt_open(NULL, &p, NULL, &KIND, STR(""));
	TYPE(&p, 'a', 0x62E, 'b', 9, 1);
	expect_text(&p, "a\u062Eb", 0); /* Tab is no text; Ctrl-A went to the start */
	TYPE(&p, KEY_CODE_RIGHT, KEY_CODE_DELETE);
	expect_text(&p, "ab", 1);
	TYPE(&p, 127, 127);
	assert_false(prompt_is_open(&p) && p.cursor > 0);
	expect_text(&p, "b", 0);
	TYPE(&p, KEY_CODE_END, ' ', 'x', 'y', ' ', 23);
	expect_text(&p, "b ", 2);
	TYPE(&p, 21);
	expect_text(&p, "", 0);
	assert_int_equal(changes, 11);
	TYPE(&p, 127);
	assert_false(prompt_is_open(&p));
	assert_int_equal(cancels, 1);
	assert_int_equal(endings, 0);
	prompt_close(&p);
}

/* In a text from right to left the arrows go the way they point. */
static void arrows_point(void **state)
{
	(void)state;
	struct prompt p = {0};
	prompt_open(NULL, &p, NULL, &KIND, STR("خبر"));
	TYPE(&p, KEY_CODE_RIGHT);
	expect_text(&p, "خبر", 4);
	TYPE(&p, KEY_CODE_LEFT, KEY_CODE_LEFT);
	expect_text(&p, "خبر", 6);
	TYPE(&p, KEY_CODE_HOME);
	expect_text(&p, "خبر", 0);
	prompt_close(&p);
}

static void it_ends_once(void **state)
{
	(void)state;
	struct prompt p = {0};
	endings = cancels = 0;
	prompt_open(NULL, &p, NULL, &NUMBER, STR("1"));
	TYPE(&p, 'x', '2', 13);
	assert_string_equal(last, "12");
	assert_int_equal(endings, 1);
	assert_false(prompt_is_open(&p));
	prompt_open(NULL, &p, NULL, &KIND, STR("x"));
	TYPE(&p, 27);
	assert_int_equal(cancels, 1);
	TYPE(&p, 13, 'a');
	assert_int_equal(endings, 1);
	/* One that is opened over another gives that up. */
	prompt_open(NULL, &p, NULL, &KIND, STR("x"));
	prompt_open(NULL, &p, NULL, &KIND, STR("y"));
	assert_int_equal(cancels, 2);
	prompt_close(&p);
	assert_int_equal(cancels, 2);
}

static void it_has_an_end(void **state)
{
	(void)state;
	struct prompt p = {0};
	prompt_open(NULL, &p, NULL, &KIND, STR(""));
	for (int i = 0; i < 3000; i++)
		TYPE(&p, 0x62E);
	assert_int_equal(p.text.len, 2000);
	prompt_close(&p);
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

static void expect_row(const char *text, size_t cursor, const char *expected, int cell)
{
	struct prompt p = {0};
	struct canvas *canvas = canvas_new(1, 16);
	int at;
	assert_non_null(canvas);
	canvas_set_forms(canvas, TEXT_FORMS_BASE);
	prompt_open(NULL, &p, NULL, &KIND, str_of(text));
	p.cursor = cursor;
	assert_int_equal(prompt_draw(&p, canvas, 0, 0, 16, ROLE_STATUS), 0);
	char *row = row_of(canvas, &at);
	assert_string_equal(row, expected);
	assert_int_equal(at, cell);
	free(row);
	prompt_close(&p);
	canvas_free(canvas);
}

static void the_cursor_is_seen(void **state)
{
	(void)state;
	expect_row("", 0, "Find: _         ", 6);
	expect_row("ab", 2, "Find: ab_       ", 8);
	expect_row("ab", 0, "Find: ab_       ", 6);
	expect_row("a ", 2, "Find: a _       ", 8);
	expect_row("خبر", 6, "Find:       _ربخ", 12);
	expect_row("خبر", 0, "Find:       _ربخ", 15);
	/* A long text is seen where the cursor is. */
	expect_row("0123456789abcdef", 16, "Find: 789abcdef_", 15);
	expect_row("0123456789abcdef", 0, "Find: 012345678\u2026", 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_edited),
		cmocka_unit_test(arrows_point),
		cmocka_unit_test(it_ends_once),
		cmocka_unit_test(it_has_an_end),
		cmocka_unit_test(the_cursor_is_seen),
	};
	return cmocka_run_group_tests_name("ui/prompt", tests, NULL, NULL);
}
