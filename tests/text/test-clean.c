/*
 * The table of what may stand in a cell, for every code point there is; widths against the
 * C library's.
 */
#include "support.h"

#include "text/clean.h"

#include <locale.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <wchar.h>

enum { LAST = 0x10FFFF, LINE_SEPARATOR = 0x2028 };

static const char *name_of(uint32_t code_point)
{
	static char name[128];
	UErrorCode status = U_ZERO_ERROR;
	u_charName((UChar32)code_point, U_EXTENDED_CHAR_NAME, name, sizeof name, &status);
	return name;
}

static bool is_noncharacter(uint32_t code_point)
{
	return u_hasBinaryProperty((UChar32)code_point, UCHAR_NONCHARACTER_CODE_POINT);
}

static void test_controls_never_pass(void **state)
{
	(void)state;
	for (uint32_t code_point = 0; code_point <= LAST; code_point++) {
		uint32_t clean = text_clean(code_point);
		if (clean == TEXT_DROP)
			continue;
		if (u_charType((UChar32)clean) == U_CONTROL_CHAR && clean != '\t')
			fail_msg("U+%04X leaves the control U+%04X", code_point, clean);
		uint32_t drawn = text_drawn(clean);
		if (u_charType((UChar32)drawn) == U_CONTROL_CHAR || drawn == LINE_SEPARATOR ||
				is_noncharacter(drawn))
			fail_msg("U+%04X is drawn as U+%04X", code_point, drawn);
	}
}

static void test_what_is_replaced_or_dropped(void **state)
{
	(void)state;
	static const struct {
		uint32_t first, last, clean;
	} table[] = {
			{0x00, 0x08, TEXT_DROP}, {'\t', '\t', '\t'}, {'\n', 0x0C, LINE_SEPARATOR},
			{0x0E, 0x1F, TEXT_DROP}, {' ', ' ', ' '}, {0x7F, 0x84, TEXT_DROP},
			{0x85, 0x85, LINE_SEPARATOR}, {0x86, 0x9F, TEXT_DROP}, {0xA0, 0xA0, 0xA0},
			{0xAD, 0xAD, TEXT_DROP}, {0x061C, 0x061C, 0x061C}, {0x200B, 0x200B, 0x200B},
			{0x200C, 0x200C, 0x200C}, {0x200D, 0x200D, 0x200D}, {0x2028, 0x2029, 0x2028},
			{0x202A, 0x202A, 0x202A}, {0x2067, 0x2067, 0x2067}, {0xFDD0, 0xFDEF, TEXT_DROP},
			{0xFEFF, 0xFEFF, TEXT_DROP}, {0xFFFD, 0xFFFD, 0xFFFD}, {0xFFFE, 0xFFFF, TEXT_DROP},
			{0xFE00, 0xFE0F, TEXT_DROP}, {0x1F3FB, 0x1F3FF, TEXT_DROP},
			{0x1FFFE, 0x1FFFF, TEXT_DROP}, {0x10FFFE, 0x10FFFF, TEXT_DROP},
			{0xE0001, 0xE007F, TEXT_DROP}, {0x110000, 0x110010, TEXT_DROP},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		for (uint32_t c = table[i].first; c <= table[i].last; c++) {
			if (text_clean(c) != table[i].clean)
				fail_msg("U+%04X becomes U+%04X", c, text_clean(c));
		}
	}
}

/*
 * Cleaning twice changes nothing more, and no sign that can be seen is lost, but those that
 * the table names because terminals disagree about them.
 */
static void test_all_visible_signs_stay(void **state)
{
	(void)state;
	for (uint32_t code_point = 0; code_point <= LAST; code_point++) {
		uint32_t clean = text_clean(code_point);
		if (clean != TEXT_DROP && text_clean(clean) != clean)
			fail_msg("U+%04X is cleaned in two steps", code_point);
		if (is_noncharacter(code_point) && clean != TEXT_DROP)
			fail_msg("the noncharacter U+%04X stays", code_point);
		int8_t type = u_charType((UChar32)code_point);
		bool filler = u_hasBinaryProperty(
				(UChar32)code_point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
		bool tone = u_hasBinaryProperty((UChar32)code_point, UCHAR_EMOJI_MODIFIER);
		bool graphic = u_isgraph((UChar32)code_point) && type != U_FORMAT_CHAR &&
				!filler && !tone;
		if (graphic && clean != code_point)
			fail_msg("U+%04X %s is lost", code_point, name_of(code_point));
	}
}

/* What has no ink must be known as invisible, or be a mark, which goes with its letter. */
static void test_invisible(void **state)
{
	(void)state;
	size_t count = 0;
	for (uint32_t code_point = 0; code_point <= LAST; code_point++) {
		bool ignorable = u_hasBinaryProperty(
				(UChar32)code_point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
		bool invisible = text_is_invisible(code_point);
		bool mark = u_charType((UChar32)code_point) == U_NON_SPACING_MARK;
		count += invisible;
		if (invisible && !ignorable)
			fail_msg("U+%04X %s can be seen", code_point, name_of(code_point));
		if (ignorable && text_clean(code_point) == code_point && !invisible && !mark)
			fail_msg("U+%04X %s cannot be seen", code_point, name_of(code_point));
		if (invisible && text_width(code_point) != 0)
			fail_msg("U+%04X is invisible and %d wide", code_point,
					text_width(code_point));
		if (u_hasBinaryProperty((UChar32)code_point, UCHAR_BIDI_CONTROL) && !invisible)
			fail_msg("the bidi control U+%04X can be seen", code_point);
	}
	assert_true(count > 20);
}

static void test_blanks_are_drawn_as_spaces(void **state)
{
	(void)state;
	for (uint32_t code_point = 0; code_point <= LAST; code_point++) {
		bool blank = u_charType((UChar32)code_point) == U_SPACE_SEPARATOR;
		/* Ogham's blank is a stroke in many fonts; the ideographic one fills two cells. */
		bool own = code_point == 0x1680 || code_point == 0x3000;
		uint32_t drawn = text_drawn(code_point);
		if (blank && !own && drawn != ' ')
			fail_msg("U+%04X is drawn as U+%04X", code_point, drawn);
		if (!blank && code_point != '\t' && code_point != LINE_SEPARATOR &&
				drawn != code_point)
			fail_msg("U+%04X is drawn as U+%04X", code_point, drawn);
	}
	assert_int_equal(text_drawn('\t'), ' ');
	assert_int_equal(text_drawn(LINE_SEPARATOR), ' ');
}

static void test_widths(void **state)
{
	(void)state;
	static const struct {
		uint32_t code_point;
		int width;
	} table[] = {
			{'a', 1}, {' ', 1}, {0xA0, 1}, {0xE9, 1}, {0x0300, 0}, {0x05D0, 1}, {0x05B8, 0},
			{0x0627, 1}, {0x064E, 0}, {0x0670, 0}, {0x0640, 1}, {0x200C, 0}, {0x200D, 0},
			{0x200E, 0}, {0x2067, 0}, {0x0903, 1}, {0x0941, 0}, {0x0E33, 1}, {0x0E34, 0},
			{0x1100, 2}, {0x1161, 0}, {0x11A8, 0}, {0xAC00, 2}, {0x3000, 2}, {0x3042, 2},
			{0x4E2D, 2}, {0xFF21, 2}, {0xFF71, 1}, {0x1F600, 2}, {0x1F1E6, 1}, {0x2764, 1},
			{0xFE0F, 0}, {0xFEFB, 1}, {0xFE8D, 1}, {0x20000, 2}, {0xFFFD, 1},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		if (text_width(table[i].code_point) != table[i].width)
			fail_msg("U+%04X is %d wide", table[i].code_point,
					text_width(table[i].code_point));
	}
}

/* Where our widths and the C library's differ, and why ours stands. */
static bool is_known_difference(uint32_t code_point, int library)
{
	/* We draw these as a blank. */
	if (code_point == '\t' || code_point == LINE_SEPARATOR)
		return true;
	/* The library's Unicode is older than ICU's, so that it has no width for it. */
	if (library < 0)
		return true;
	/*
	 * Numbers in squares and hexagrams: UAX #11 has them ambiguous and neutral (as of 15.0),
	 * glibc makes them wide to go with their neighbours.
	 */
	return (code_point >= 0x3248 && code_point <= 0x324F) ||
	       (code_point >= 0x4DC0 && code_point <= 0x4DFF);
}

static void test_widths_against_the_c_library(void **state)
{
	(void)state;
	if (!setlocale(LC_CTYPE, "C.UTF-8") && !setlocale(LC_CTYPE, "en_US.UTF-8")) {
		printf("# skipped: no UTF-8 locale for wcwidth\n");
		skip();
	}
	struct tally tally = {.name = "widths of assigned code points against wcwidth"};
	size_t newer = 0, known = 0;
	for (uint32_t code_point = 0; code_point <= LAST; code_point++) {
		int8_t type = u_charType((UChar32)code_point);
		if (text_clean(code_point) != code_point || type == U_UNASSIGNED ||
				type == U_SURROGATE || type == U_PRIVATE_USE_CHAR)
			continue;
		int ours = text_width(code_point), theirs = wcwidth((wchar_t)code_point);
		tally.cases++;
		if (ours == theirs)
			continue;
		newer += theirs < 0;
		known += theirs >= 0 && is_known_difference(code_point, theirs);
		if (!is_known_difference(code_point, theirs))
			tally_fail(&tally, "U+%04X %s: %d, wcwidth says %d", code_point,
					name_of(code_point), ours, theirs);
	}
	setlocale(LC_CTYPE, "C");
	printf("# widths: %zu unknown to the C library, %zu otherwise known to differ\n", newer,
			known);
	tally_end(&tally);
}

/* ---- words in one code point ---- */

/* Cells of a text laid out, from the left; how many clusters that are. */
static size_t laid_out(const char *words, int *width, struct buffer *out)
{
	struct sample text = {0};
	struct text_line line = {0};
	sample_add_utf8(&text, words);
	struct text_paragraph *paragraph =
			sample_paragraph(&text, TEXT_RTL, TEXT_FORMS_PRESENTATION, false);
	assert_int_equal(text_paragraph_line(paragraph, 0, text.utf8.len, &line), 0);
	line_text(&line, out);
	*width = line.width;
	size_t count = line.count;
	assert_int_equal(line.cells[0].end, count == 1 ? text.utf8.len : line.cells[0].end);
	text_line_free(&line);
	text_paragraph_free(paragraph);
	sample_free(&text);
	return count;
}

/* The words are those of Unicode's compatibility mapping, where there is one. */
static void test_spelled_words(void **state)
{
	(void)state;
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&status);
	size_t spelled = 0, mapped = 0;
	for (uint32_t code_point = 0; code_point <= LAST; code_point++) {
		const char *words = text_spelled(code_point);
		UChar parts[64];
		struct sample sample = {0};
		if (!words)
			continue;
		spelled++;
		sample_add_utf8(&sample, words);
		assert_true(sample.count <= TEXT_SPELLED_MOST && sample_is_clean(&sample));
		status = U_ZERO_ERROR;
		int32_t length = unorm2_getDecomposition(
				nfkd, (UChar32)code_point, parts, 64, &status);
		mapped += length > 0;
		for (int32_t i = 0; i < length; i++)
			assert_int_equal(parts[i], sample.code_points[i]);
		assert_true(length < 0 || (size_t)length == sample.count);
		sample_free(&sample);
	}
	assert_int_equal(spelled, 33);
	assert_int_equal(mapped, 13);
}

/* They are drawn as their words are, in one cluster: no line can end within. */
static void test_spelled_layout(void **state)
{
	(void)state;
	struct buffer one = {0}, all = {0};
	for (uint32_t code_point = 0; code_point <= LAST; code_point++) {
		struct buffer sign = {0};
		int width, words_width;
		if (!text_spelled(code_point))
			continue;
		buffer_utf8(&sign, code_point);
		buffer_byte(&sign, '\0');
		buffer_clear(&one);
		buffer_clear(&all);
		assert_int_equal(laid_out(sign.data, &width, &one), 1);
		assert_true(laid_out(text_spelled(code_point), &words_width, &all) > 1);
		assert_int_equal(width, words_width);
		assert_string_equal(one.data, all.data);
		buffer_free(&sign);
	}
	buffer_free(&one);
	buffer_free(&all);
	test_engine_free();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_controls_never_pass),
			cmocka_unit_test(test_what_is_replaced_or_dropped),
			cmocka_unit_test(test_all_visible_signs_stay),
			cmocka_unit_test(test_invisible),
			cmocka_unit_test(test_blanks_are_drawn_as_spaces),
			cmocka_unit_test(test_widths),
			cmocka_unit_test(test_widths_against_the_c_library),
			cmocka_unit_test(test_spelled_words),
			cmocka_unit_test(test_spelled_layout),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
