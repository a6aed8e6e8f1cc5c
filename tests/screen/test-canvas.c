/* The canvas: fields stay in their places, whatever their text says. */
#include "screen/canvas.h"

#include "base/buffer.h"
#include "text/clean.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct field plain = {.direction = TEXT_AUTO};

/* A row from left to right; the right halves of wide cells are left out. */
static void row_text(const struct canvas *canvas, int row, struct buffer *out)
{
	const struct canvas_cell *cells = canvas_row(canvas, row);
	buffer_clear(out);
	for (int i = 0; i < canvas_columns(canvas); i++) {
		for (size_t g = 0; g < cells[i].glyph_count; g++)
			buffer_utf8(out, cells[i].glyphs[g]);
	}
	assert_false(out->failed);
}

static void check_row(const struct canvas *canvas, int row, const char *expected)
{
	struct buffer text = {0};
	row_text(canvas, row, &text);
	assert_string_equal(text.data, expected);
	buffer_free(&text);
}

/* What must hold for every canvas at every moment. */
static void check_sound(const struct canvas *canvas)
{
	for (int row = 0; row < canvas_rows(canvas); row++) {
		const struct canvas_cell *cells = canvas_row(canvas, row);
		for (int i = 0; i < canvas_columns(canvas); i++) {
			if (cells[i].width == 0) {
				assert_true(i > 0 && cells[i - 1].width == 2);
				assert_int_equal(cells[i].glyph_count, 0);
				assert_int_equal(cells[i].style, cells[i - 1].style);
				continue;
			}
			assert_in_range(cells[i].width, 1, 2);
			assert_in_range(cells[i].glyph_count, 1, CANVAS_GLYPHS);
			assert_int_equal(text_width(cells[i].glyphs[0]), cells[i].width);
			if (cells[i].width == 2)
				assert_true(
					i + 1 < canvas_columns(canvas) && cells[i + 1].width == 0);
			for (size_t g = 0; g < cells[i].glyph_count; g++) {
				uint32_t cp = cells[i].glyphs[g];
				assert_true(cp >= 0x20 && !(cp >= 0x7F && cp < 0xA0));
				bool joiner = cp == 0x200C || cp == 0x200D;
				assert_true(!text_is_invisible(cp) ||
					    (joiner && g > 0 && cells[i].width == 1));
				assert_true(g == 0 || text_width(cp) == 0);
			}
		}
	}
}

static struct canvas *make(int rows, int columns)
{
	struct canvas *canvas = canvas_new(rows, columns);
	assert_non_null(canvas);
	return canvas;
}

static int put(struct canvas *canvas, int row, int column, int columns, const char *text)
{
	int used = canvas_text(canvas, row, column, columns, str_of(text), &plain);
	assert_true(used >= 0);
	check_sound(canvas);
	return used;
}

static void test_sides(void **state)
{
	(void)state;
	struct canvas *canvas = make(5, 10);
	assert_int_equal(put(canvas, 0, 0, 10, "abc"), 3);
	check_row(canvas, 0, "abc       ");
	assert_int_equal(put(canvas, 1, 0, 10, "שלום"), 4);
	check_row(canvas, 1, "      םולש");
	assert_int_equal(put(canvas, 2, 0, 10, "سلا"), 2); /* lam-alef is one cell */
	check_row(canvas, 2, "        ﻼﺳ");
	struct field field = {.direction = TEXT_AUTO, .fallback = TEXT_RTL, .style = ROLE_DATE};
	assert_int_equal(canvas_text(canvas, 3, 0, 10, STR("12:30"), &field), 5);
	check_row(canvas, 3, "     12:30");
	assert_int_equal(
		canvas_row(canvas, 3)[0].style, ROLE_DATE); /* the rest of the field, too */
	assert_int_equal(canvas_row(canvas, 3)[0].field, 0);
	field.align = ALIGN_LEFT;
	canvas_text(canvas, 4, 0, 10, STR("שלום"), &field);
	check_row(canvas, 4, "םולש      ");
	field.align = ALIGN_CENTRE;
	canvas_text(canvas, 4, 0, 10, STR("שלום"), &field);
	check_row(canvas, 4, "   םולש   ");
	field.align = ALIGN_RIGHT;
	canvas_text(canvas, 4, 0, 10, STR("ab"), &field);
	check_row(canvas, 4, "        ab");
	canvas_free(canvas);
}

static void test_columns_are_isolated(void **state)
{
	(void)state;
	struct canvas *canvas = make(3, 20);
	/* In one paragraph the date would change places with the words around it. */
	put(canvas, 0, 0, 10, "2024-05-01");
	put(canvas, 0, 10, 10, "כותרת");
	check_row(canvas, 0, "2024-05-01     תרתוכ");
	put(canvas, 1, 0, 10, "כותרת");
	put(canvas, 1, 10, 10, "12");
	check_row(canvas, 1, "     תרתוכ12        ");
	/* An override that is never closed, an embedding, a mark: nothing leaves the field. */
	put(canvas, 2, 0, 10,
		"\xe2\x80\xae\xe2\x80\xab\xe2\x81\xa7"
		"abc");
	put(canvas, 2, 10, 10, "def");
	const struct canvas_cell *cells = canvas_row(canvas, 2);
	assert_int_equal(cells[10].glyphs[0], 'd');
	assert_int_equal(cells[12].glyphs[0], 'f');
	assert_int_not_equal(cells[10].field, cells[0].field);
	canvas_free(canvas);
}

static void test_ellipsis(void **state)
{
	(void)state;
	struct canvas *canvas = make(2, 8);
	assert_int_equal(put(canvas, 0, 0, 8, "abcdefghij"), 8);
	check_row(canvas, 0, "abcdefg\xe2\x80\xa6");
	assert_int_equal(put(canvas, 1, 0, 8, "אבגדהוזחטי"), 8);
	check_row(canvas, 1, "\xe2\x80\xa6זוהדגבא");
	canvas_free(canvas);
}

static void test_controls_do_not_get_through(void **state)
{
	(void)state;
	struct canvas *canvas = make(1, 40);
	put(canvas, 0, 0, 40,
		"a\033[31mb\033]2;x\a\r\n\tc\xc2\x9b"
		"2Jd\x7f"
		"e\xff\xfe");
	const struct canvas_cell *cells = canvas_row(canvas, 0);
	for (int i = 0; i < 40; i++)
		assert_true(cells[i].glyphs[0] >= 0x20);
	struct buffer text = {0};
	row_text(canvas, 0, &text);
	assert_true(str_starts(buffer_view(&text), STR("a[31mb]2;x")));
	buffer_free(&text);
	canvas_free(canvas);
}

static void test_wide(void **state)
{
	(void)state;
	struct canvas *canvas = make(4, 6);
	put(canvas, 0, 0, 6, "日本語");
	check_row(canvas, 0, "日本語");
	/* Does not fit in the last column: the ellipsis has the place. */
	put(canvas, 1, 0, 5, "日本語");
	check_row(canvas, 1, "日本\xe2\x80\xa6 ");
	/* Over the right half, over the left half: the other half goes. */
	put(canvas, 0, 1, 2, "xy");
	check_row(canvas, 0, " xy 語");
	put(canvas, 0, 5, 1, "z");
	check_row(canvas, 0, " xy  z");
	/* A field that starts left of the canvas, and one that ends right of it. */
	put(canvas, 2, -1, 6, "日本");
	check_row(canvas, 2, " 本   ");
	put(canvas, 3, 3, 6, "日本");
	check_row(canvas, 3, "   日 ");
	canvas_free(canvas);
}

/* Terminals do not agree on the width of what emoji make together: no joiner between them. */
static void test_emoji_sequence(void **state)
{
	(void)state;
	struct canvas *canvas = make(1, 8);
	assert_int_equal(put(canvas, 0, 0, 8, "👨\xe2\x80\x8d👩\xe2\x80\x8d👧x"), 7);
	check_row(canvas, 0, "👨👩👧x ");
	canvas_free(canvas);
}

/* A terminal that joins letters by itself has to see where a word is not to be joined. */
static void test_joiner_in_base_letters(void **state)
{
	(void)state;
	struct canvas *canvas = make(1, 8);
	canvas_set_forms(canvas, TEXT_FORMS_BASE);
	put(canvas, 0, 0, 8, "می\xe2\x80\x8cخ");
	const struct canvas_cell *cells = canvas_row(canvas, 0);
	assert_int_equal(cells[6].glyphs[0], 0x6CC);
	assert_int_equal(cells[6].glyph_count, 2);
	assert_int_equal(cells[6].glyphs[1], 0x200C);
	canvas_set_forms(canvas, TEXT_FORMS_PRESENTATION);
	put(canvas, 0, 0, 8, "می\xe2\x80\x8cخ");
	assert_int_equal(canvas_row(canvas, 0)[6].glyph_count, 1);
	assert_int_equal(canvas_row(canvas, 0)[6].glyphs[0], 0xFBFD);
	canvas_free(canvas);
}

static void test_overlay(void **state)
{
	(void)state;
	struct canvas *canvas = make(2, 6);
	struct field field = {.style = ROLE_UNREAD};
	canvas_text(canvas, 0, 0, 6, STR("ab日"), &field);
	canvas_overlay(canvas, (struct rect){0, 1, 1, 2}, STYLE_SELECTED);
	const struct canvas_cell *cells = canvas_row(canvas, 0);
	assert_int_equal(cells[0].style, ROLE_UNREAD);
	assert_int_equal(cells[1].style, ROLE_UNREAD | STYLE_SELECTED);
	assert_int_equal(cells[3].style, ROLE_UNREAD | STYLE_SELECTED); /* not half of it */
	check_sound(canvas);
	canvas_overlay(canvas, (struct rect){-5, -5, 100, 100}, STYLE_STRONG);
	assert_int_equal(canvas_row(canvas, 1)[5].style, STYLE_STRONG);
	canvas_free(canvas);
}

static void test_signs_and_fill(void **state)
{
	(void)state;
	struct canvas *canvas = make(3, 5);
	canvas_sign(canvas, 0, 1, 100, 0x2500, ROLE_RULE);
	check_row(canvas, 0, " ────");
	canvas_sign(canvas, 1, 0, 2, '\033', ROLE_RULE); /* none that a cell may show */
	canvas_sign(canvas, 1, 2, 2, 0x65E5, ROLE_RULE);
	check_row(canvas, 1, "     ");
	canvas_sign(canvas, -1, 0, 1, 'x', 0);
	canvas_sign(canvas, 3, 0, 1, 'x', 0);
	canvas_fill(canvas, (struct rect){0, 2, 1, 1}, ROLE_BAR);
	check_row(canvas, 0, " ─ ──");
	assert_int_equal(canvas_row(canvas, 0)[2].style, ROLE_BAR);
	canvas_clear(canvas, ROLE_STATUS);
	check_row(canvas, 0, "     ");
	assert_int_equal(canvas_row(canvas, 2)[4].style, ROLE_STATUS);
	assert_int_equal(canvas_resize(canvas, 4, 3), 0);
	assert_int_equal(canvas_rows(canvas), 4);
	check_row(canvas, 3, "   ");
	assert_int_equal(canvas_resize(canvas, 0, 3), -1);
	assert_int_equal(canvas_columns(canvas), 3);
	canvas_free(canvas);
}

static void test_clip(void **state)
{
	(void)state;
	struct canvas *canvas = make(4, 8);
	struct field field = {.direction = TEXT_LTR, .align = ALIGN_LEFT, .style = ROLE_UNREAD};
	canvas_clip(canvas, (struct rect){1, 2, 2, 4});
	for (int row = -1; row < 5; row++) {
		canvas_fill(canvas, (struct rect){row, -3, 1, 20}, ROLE_BAR);
		canvas_text(canvas, row, 1, 7, STR("abcdefg"), &field);
		canvas_sign(canvas, row, 4, 9, '-', ROLE_RULE);
		canvas_pixels(canvas, row, 6, 0xFFFFFF, 0);
	}
	canvas_overlay(canvas, (struct rect){-5, -5, 100, 100}, STYLE_STRONG);
	check_row(canvas, 0, "        ");
	check_row(canvas, 1, "  bc--  ");
	check_row(canvas, 2, "  bc--  ");
	check_row(canvas, 3, "        ");
	assert_int_equal(canvas_row(canvas, 1)[1].style, ROLE_NORMAL);
	assert_int_equal(canvas_row(canvas, 1)[6].style, ROLE_NORMAL);
	assert_int_equal(canvas_row(canvas, 3)[3].style, ROLE_NORMAL);
	/* A wide character that stands across the edge is none. */
	canvas_text(canvas, 1, 1, 6, STR("日日日"), &field);
	check_row(canvas, 1, "   日   ");
	check_sound(canvas);
	/* A part that the canvas has not, or that has gone with a size. */
	canvas_clip(canvas, (struct rect){-2, 6, 3, 90});
	canvas_fill(canvas, (struct rect){0, 0, 9, 9}, ROLE_BAR);
	assert_int_equal(canvas_row(canvas, 0)[7].style, ROLE_BAR);
	assert_int_equal(canvas_row(canvas, 0)[5].style, ROLE_NORMAL);
	canvas_clip(canvas, (struct rect){9, 9, -4, 2});
	canvas_sign(canvas, 3, 0, 8, '#', 0);
	check_row(canvas, 3, "        ");
	assert_int_equal(canvas_resize(canvas, 2, 3), 0);
	canvas_sign(canvas, 1, 0, 8, '#', 0);
	check_row(canvas, 1, "###");
	canvas_clip(canvas, (struct rect){0, 0, 1, 1});
	canvas_unclip(canvas);
	canvas_sign(canvas, 0, 0, 8, '#', 0);
	check_row(canvas, 0, "###");
	canvas_free(canvas);
}

static void test_offsets_and_forms(void **state)
{
	(void)state;
	struct canvas *canvas = make(1, 6);
	put(canvas, 0, 0, 6, "אבג");
	const struct canvas_cell *cells = canvas_row(canvas, 0);
	assert_int_equal(cells[5].offset, 0);
	assert_int_equal(cells[4].offset, 2);
	assert_int_equal(cells[3].offset, 4);
	assert_int_equal(cells[5].level, 1);
	canvas_set_forms(canvas, TEXT_FORMS_BASE);
	assert_int_equal(canvas_forms(canvas), TEXT_FORMS_BASE);
	put(canvas, 0, 0, 6, "سب");
	assert_int_equal(canvas_row(canvas, 0)[5].glyphs[0], 0x633);
	canvas_free(canvas);
}

static void test_line(void **state)
{
	(void)state;
	struct canvas *canvas = make(2, 10);
	struct str text = STR("אבג abc");
	struct text_run run = {0, 6, ROLE_LINK | STYLE_STRONG};
	struct text_source source = {.text = text, .runs = &run, .run_count = 1};
	struct text_options options = {.direction = TEXT_AUTO};
	struct text_paragraph *paragraph = text_paragraph_new(&source, &options);
	assert_non_null(paragraph);
	struct text_line line = {0};
	assert_int_equal(text_paragraph_fit(paragraph, 10, &line), 0);
	assert_int_equal(canvas_line(canvas, 0, 0, 10, &line, ROLE_QUOTE | STYLE_EMPHASIS), 0);
	check_row(canvas, 0, "   abc גבא");
	const struct canvas_cell *cells = canvas_row(canvas, 0);
	assert_int_equal(cells[9].style, ROLE_LINK | STYLE_STRONG | STYLE_EMPHASIS);
	assert_int_equal(cells[3].style, ROLE_QUOTE | STYLE_EMPHASIS);
	assert_int_equal(cells[0].style, ROLE_QUOTE | STYLE_EMPHASIS);
	/* Narrower than the line: it starts at its side and is cut at the other. */
	assert_int_equal(canvas_line(canvas, 1, 2, 4, &line, 0), 0);
	check_row(canvas, 1, "   גבא    ");
	text_line_free(&line);
	text_paragraph_free(paragraph);
	canvas_free(canvas);
}

/* Anything at any place keeps the canvas sound, and draws in its field only. */
static void test_noise(void **state)
{
	(void)state;
	static const char *const pieces[] = {"日", "a", "ש", "سلا", "\xe2\x80\xae", "\xcc\x81",
		"12", " ", "\033", "👨‍👩‍👧", "(", "\n", "\xff", "لا", "\xd9\x90"};
	enum { PIECES = sizeof pieces / sizeof *pieces };
	srand(11);
	struct canvas *canvas = make(4, 12);
	for (int round = 0; round < 3000; round++) {
		struct buffer text = {0};
		for (int i = rand() % 12; i > 0; i--)
			buffer_str(&text, str_of(pieces[(size_t)rand() % PIECES]));
		struct canvas_cell before[12];
		int row = rand() % 4, column = rand() % 16 - 3, columns = rand() % 14;
		memcpy(before, canvas_row(canvas, row), sizeof before);
		struct field field = {.align = (enum align)(rand() % 4), .style = ROLE_CODE};
		int used = canvas_text(canvas, row, column, columns, buffer_view(&text), &field);
		assert_in_range(used, 0, columns);
		check_sound(canvas);
		for (int i = 0; i < 12; i++) {
			bool inside = i >= column && i < column + columns;
			const struct canvas_cell *cell = &canvas_row(canvas, row)[i];
			if (!inside && before[i].width == 1)
				assert_memory_equal(cell, &before[i], sizeof *cell);
		}
		buffer_free(&text);
	}
	canvas_free(canvas);
}

/* A title of a megabyte costs no more than what a line can show. */
static void test_long_text(void **state)
{
	(void)state;
	struct canvas *canvas = make(1, 80);
	struct buffer text = {0};
	buffer_repeat(&text, STR("سطر طويل "), 60000);
	assert_int_equal(canvas_text(canvas, 0, 0, 80, buffer_view(&text), &plain), 80);
	assert_int_equal(canvas_row(canvas, 0)[0].glyphs[0], 0x2026);
	check_sound(canvas);
	buffer_free(&text);
	canvas_free(canvas);
}

/* In an RTL interface a row is its own mirror image; texts keep their own order. */
static void test_mirrored(void **state)
{
	(void)state;
	struct canvas *canvas = make(4, 12);
	const struct rect area = {0, 2, 4, 10};
	const struct field start = {.align = ALIGN_START}, end = {.align = ALIGN_END};
	canvas_text(canvas, 0, canvas_mirror(canvas, area, 2, 4), 4, STR("ab"), &start);
	canvas_text(canvas, 1, canvas_mirror(canvas, area, 2, 4), 4, STR("ab"), &end);
	canvas_set_direction(canvas, TEXT_RTL);
	assert_int_equal(canvas_direction(canvas), TEXT_RTL);
	canvas_text(canvas, 2, canvas_mirror(canvas, area, 2, 4), 4, STR("ab"), &start);
	canvas_text(canvas, 3, canvas_mirror(canvas, area, 2, 4), 4, STR("ab"), &end);
	check_row(canvas, 0, "  ab        ");
	check_row(canvas, 1, "    ab      ");
	check_row(canvas, 2, "          ab");
	check_row(canvas, 3, "        ab  ");
	check_sound(canvas);
	canvas_free(canvas);
}

/* Texts from the left whatever they are, signs that say something in ASCII, the others not. */
static void test_plain(void **state)
{
	(void)state;
	struct canvas *canvas = make(4, 12);
	const struct field right = {.align = ALIGN_RIGHT}, centre = {.align = ALIGN_CENTRE};
	canvas_set_plain(canvas, true);
	canvas_text(canvas, 0, 2, 10, STR("ab"), &right);
	canvas_text(canvas, 1, 2, 10, STR("\u05D0\u05D1"), &plain);
	canvas_text(canvas, 2, 0, 12, STR("ab"), &centre);
	static const uint32_t signs[] = {0x2500, 0x2502, 0x25CF, 0x2605, 0x25BE, 0x2713, '!', '>'};
	for (int i = 0; i < 8; i++)
		canvas_sign(canvas, 3, i, 1, signs[i], ROLE_NORMAL);
	check_row(canvas, 0, "  ab        ");
	check_row(canvas, 1, "  \u05D1\u05D0        ");
	check_row(canvas, 2, "ab          ");
	check_row(canvas, 3, " > * x!>    ");
	check_sound(canvas);
	canvas_set_plain(canvas, false);
	canvas_sign(canvas, 3, 0, 1, 0x25CF, ROLE_NORMAL);
	check_row(canvas, 3, "\u25CF> * x!>    ");
	canvas_free(canvas);
}

static void test_cursor(void **state)
{
	(void)state;
	struct canvas *canvas = make(4, 12);
	assert_false(canvas_cursor(canvas).shown);
	canvas_set_cursor(canvas, 3, 11, true);
	struct canvas_cursor cursor = canvas_cursor(canvas);
	assert_true(cursor.shown && cursor.in_text && cursor.row == 3 && cursor.column == 11);
	canvas_set_cursor(canvas, 4, 0, false);
	assert_false(canvas_cursor(canvas).shown);
	canvas_set_cursor(canvas, 0, 0, false);
	canvas_clear(canvas, ROLE_NORMAL);
	assert_false(canvas_cursor(canvas).shown);
	canvas_set_cursor(canvas, 3, 0, false);
	canvas_resize(canvas, 2, 12);
	assert_false(canvas_cursor(canvas).shown);
	canvas_free(canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sides),
		cmocka_unit_test(test_mirrored),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_cursor),
		cmocka_unit_test(test_columns_are_isolated),
		cmocka_unit_test(test_ellipsis),
		cmocka_unit_test(test_controls_do_not_get_through),
		cmocka_unit_test(test_wide),
		cmocka_unit_test(test_emoji_sequence),
		cmocka_unit_test(test_joiner_in_base_letters),
		cmocka_unit_test(test_overlay),
		cmocka_unit_test(test_signs_and_fill),
		cmocka_unit_test(test_clip),
		cmocka_unit_test(test_offsets_and_forms),
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_noise),
		cmocka_unit_test(test_long_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
