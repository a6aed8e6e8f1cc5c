/* The row encoder: visual as it is, logical field by field. */
#include "screen/encode.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { COLUMNS = 20 };

static struct canvas *canvas_with(enum encode_mode mode, const char *left, const char *right)
{
	struct canvas *canvas = canvas_new(1, COLUMNS);
	struct field field = {.direction = TEXT_AUTO};
	assert_non_null(canvas);
	canvas_set_forms(canvas, encode_forms(mode));
	assert_true(canvas_text(canvas, 0, 0, COLUMNS / 2, str_of(left), &field) >= 0);
	assert_true(canvas_text(canvas, 0, COLUMNS / 2, COLUMNS / 2, str_of(right), &field) >= 0);
	return canvas;
}

static void base_letters(const struct canvas_cell *cells, char *out)
{
	for (int i = 0; i < COLUMNS; i++) {
		if (cells[i].width == 0)
			continue;
		uint32_t cp = cells[i].glyphs[0];
		if (cp >= 0x5D0 && cp <= 0x5EA)
			*out++ = (char)('A' + cp - 0x5D0);
		else
			*out++ = cp < 0x80 ? (char)cp : '?';
	}
	*out = '\0';
}

static void test_names(void **state)
{
	(void)state;
	enum encode_mode mode;
	assert_true(encode_mode_of(STR("logical"), &mode));
	assert_int_equal(mode, ENCODE_LOGICAL);
	assert_true(encode_mode_of(STR("visual"), &mode));
	assert_int_equal(mode, ENCODE_VISUAL);
	for (int i = ENCODE_VISUAL; i <= ENCODE_LOGICAL; i++) {
		assert_true(encode_mode_of(str_of(encode_mode_name((enum encode_mode)i)), &mode));
		assert_int_equal(mode, i);
	}
	assert_false(encode_mode_of(STR("Visual "), &mode));
	assert_false(encode_mode_of(STR(""), &mode));
	assert_string_equal(encode_mode_name(ENCODE_LOGICAL), "logical");
	assert_int_equal(encode_forms(ENCODE_LOGICAL), TEXT_FORMS_BASE);
	assert_int_equal(encode_forms(ENCODE_VISUAL), TEXT_FORMS_PRESENTATION);
}

static void test_visual_is_as_it_is(void **state)
{
	(void)state;
	struct canvas *canvas = canvas_with(ENCODE_VISUAL, "אבג 12", "日 ab");
	struct canvas_cell sent[COLUMNS];
	encode_row(ENCODE_VISUAL, canvas_row(canvas, 0), COLUMNS, sent);
	assert_memory_equal(sent, canvas_row(canvas, 0), sizeof sent);
	canvas_free(canvas);
}

static void test_logical(void **state)
{
	(void)state;
	struct canvas *canvas = canvas_with(ENCODE_LOGICAL, "אבג 12", "דהו");
	struct canvas_cell sent[COLUMNS];
	char text[COLUMNS + 1];
	base_letters(canvas_row(canvas, 0), text);
	assert_string_equal(text, "    12 CBA       FED");
	encode_row(ENCODE_LOGICAL, canvas_row(canvas, 0), COLUMNS, sent);
	base_letters(sent, text);
	/* Each in its own columns; the blanks beside it stay. */
	assert_string_equal(text, "    ABC 12       DEF");
	canvas_free(canvas);
}

/* A terminal that reorders mirrors, too: it must get the brackets of the source. */
static void test_logical_brackets(void **state)
{
	(void)state;
	struct canvas *canvas = canvas_with(ENCODE_LOGICAL, "א (ב>", "");
	struct canvas_cell sent[COLUMNS];
	char text[COLUMNS + 1];
	base_letters(canvas_row(canvas, 0), text);
	assert_non_null(strstr(text, "<B) A"));
	encode_row(ENCODE_LOGICAL, canvas_row(canvas, 0), COLUMNS, sent);
	base_letters(sent, text);
	assert_non_null(strstr(text, "A (B>"));
	canvas_free(canvas);
}

static void test_logical_keeps_wide_together(void **state)
{
	(void)state;
	struct canvas *canvas = canvas_with(ENCODE_LOGICAL, "א日ב本", "x");
	struct canvas_cell sent[COLUMNS];
	encode_row(ENCODE_LOGICAL, canvas_row(canvas, 0), COLUMNS, sent);
	uint32_t order[COLUMNS];
	int count = 0, width = 0;
	for (int i = 0; i < COLUMNS; i++) {
		width += sent[i].width;
		if (sent[i].width == 2)
			assert_int_equal(sent[i + 1].width, 0);
		if (sent[i].width > 0 && sent[i].glyphs[0] > 0x7F)
			order[count++] = sent[i].glyphs[0];
	}
	assert_int_equal(width, COLUMNS);
	assert_int_equal(count, 4);
	assert_int_equal(order[0], 0x5D0);
	assert_int_equal(order[1], 0x65E5);
	assert_int_equal(order[2], 0x5D1);
	assert_int_equal(order[3], 0x672C);
	canvas_free(canvas);
}

/* A field that another one covers in its middle is two stretches. */
static void test_covered_field(void **state)
{
	(void)state;
	struct canvas *canvas = canvas_new(1, COLUMNS);
	struct field field = {.direction = TEXT_AUTO};
	struct canvas_cell sent[COLUMNS];
	char text[COLUMNS + 1];
	assert_non_null(canvas);
	canvas_set_forms(canvas, TEXT_FORMS_BASE);
	canvas_text(canvas, 0, 0, 8, STR("אבגדהוזח"), &field);
	canvas_text(canvas, 0, 3, 2, STR("xy"), &field);
	encode_row(ENCODE_LOGICAL, canvas_row(canvas, 0), COLUMNS, sent);
	base_letters(sent, text);
	assert_string_equal(text, "FGHxyABC            ");
	canvas_free(canvas);
}

/* Nothing is lost or made: the same cells, in an order that only fields explain. */
static void test_permutation(void **state)
{
	(void)state;
	static const char *const pieces[] = {"א", "ב", "日", "a", " ", "7", "(", "س", "لا"};
	srand(3);
	for (int round = 0; round < 500; round++) {
		char left[64] = "", right[64] = "";
		for (int i = 0; i < 6; i++) {
			strcat(left, pieces[(size_t)rand() % 9]);
			strcat(right, pieces[(size_t)rand() % 9]);
		}
		struct canvas *canvas = canvas_with(ENCODE_LOGICAL, left, right);
		const struct canvas_cell *row = canvas_row(canvas, 0);
		struct canvas_cell sent[COLUMNS];
		encode_row(ENCODE_LOGICAL, row, COLUMNS, sent);
		int found = 0;
		for (int i = 0; i < COLUMNS; i++) {
			assert_int_equal(sent[i].field, row[i].field);
			if (i > 0 && sent[i].field && sent[i].field == sent[i - 1].field)
				assert_true(sent[i].offset >= sent[i - 1].offset);
			struct canvas_cell shown = sent[i];
			if (shown.glyphs[0] == '(' || shown.glyphs[0] == ')')
				shown.glyphs[0] ^= (uint32_t)(shown.level & 1);
			for (int j = 0; j < COLUMNS; j++)
				found += memcmp(&shown, &row[j], sizeof *row) == 0;
		}
		assert_true(found >= COLUMNS);
		canvas_free(canvas);
	}
}

/* What is sent, spelled out; in all columns but the last joiners and LRM ride behind the letter. */
static void check_sent(enum encode_mode mode, const char *text, const char *expected)
{
	struct canvas *canvas = canvas_with(mode, text, "");
	struct canvas_cell sent[COLUMNS];
	struct buffer all = {0};
	encode_row(mode, canvas_row(canvas, 0), COLUMNS, sent);
	for (int i = 0; i < COLUMNS / 2; i++) {
		for (int g = 0; g < sent[i].glyph_count; g++)
			buffer_utf8(&all, sent[i].glyphs[g]);
	}
	assert_non_null(all.data);
	assert_string_equal(all.data, expected);
	buffer_free(&all);
	canvas_free(canvas);
}

static void test_words(void **state)
{
	(void)state;
	/* LRM before the first word, where nothing else makes the base, and behind all but the last. */
	check_sent(ENCODE_WORDS, "שלום אב", "   \u200Eאב\u200E שלום");
	check_sent(ENCODE_WORDS, "אב 12 (x)", " (x) 12 אב");
	/* Arabic-Indic numbers with a sign between them would change places. */
	check_sent(ENCODE_WORDS, "٣-٤", "٤\u200E-٣       ");
	/* Forms and ZWNJ: "mikh" would be joined anew; ZWJ for a letter that joins nothing. */
	check_sent(ENCODE_WORDS, "می\u200Cخ", "       \u200E\uFEE3\uFBFD\u200C\uFEA5");
	check_sent(ENCODE_WORDS, "1 ه\u200D", "       \u200E\uFEEB\u200D\u200E 1");
	check_sent(ENCODE_WORDS_BLANK, "שלום אב", "\u2800  אב\u2800שלום");
	check_sent(ENCODE_WORDS_PLAIN, "می\u200Cخ ۱۲", "    ۲۱ \uFEE3\uFBFD\uFEA5");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_visual_is_as_it_is),
		cmocka_unit_test(test_logical),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_logical_brackets),
		cmocka_unit_test(test_logical_keeps_wide_together),
		cmocka_unit_test(test_covered_field),
		cmocka_unit_test(test_permutation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
