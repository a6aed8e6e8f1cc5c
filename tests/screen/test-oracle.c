/* The oracle of the screen tests, on rows written by hand, code point by code point. */
#include "oracle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void one_line_is_as_written_by_hand(void **state)
{
	(void)state;
	static const struct {
		const char *what, *logical, *visual;
		enum oracle_direction direction;
	} cases[] = {
		{"lam-alef, joined from the right", "سلام", "\uFEE1\uFEFC\uFEB3", ORACLE_AUTO},
		{"lam-alef alone, with madda and hamzas", "لا لآ لأ لإ",
			"\uFEF9 \uFEF7 \uFEF5 \uFEFB", ORACLE_AUTO},
		{"a mark between lam and alef", "لَا", "\uFEFB\u064E", ORACLE_AUTO},
		{"lam before another letter", "له", "\uFEEA\uFEDF", ORACLE_AUTO},
		{"digits and brackets", "(قال) 18 و19", "19\uFEED 18 (\uFEDD\uFE8E\uFED7)",
			ORACLE_AUTO},
		{"Arabic digits", "عام ١٩٥٦", "١٩٥٦ \uFEE1\uFE8E\uFECB", ORACLE_AUTO},
		{"quotes", "«خبر»", "«\uFEAE\uFE92\uFEA7»", ORACLE_AUTO},
		{"harakat", "مُدُن", "\uFEE5\uFEAA\u064F\uFEE3\u064F", ORACLE_AUTO},
		{"Persian, ZWNJ", "می\u200Cگوید", "\uFEAA\uFBFE\uFEEE\uFB94\uFBFD\uFEE3",
			ORACLE_AUTO},
		{"Urdu", "ٹھیک", "\uFB8F\uFBFF\uFBAD\uFB68", ORACLE_AUTO},
		{"Urdu, heh goal and barree", "ہے", "\uFBAF\uFBA8", ORACLE_AUTO},
		{"Kurdish, a letter without forms", "ڕۆژ", "\uFB8A\uFBD9\u0695", ORACLE_AUTO},
		{"ZWJ joins to nothing", "ه\u200D", "\uFEEB", ORACLE_AUTO},
		{"tatweel", "بـب", "\uFE90ـ\uFE91", ORACLE_AUTO},
		{"Hebrew", "שלום (1)", "(1) םולש", ORACLE_AUTO},
		{"Hebrew with points", "שָׁלוֹם", "םו\u05B9לש\u05B8\u05C1", ORACLE_AUTO},
		{"Latin with Arabic in it", "see (خبر) now", "see (\uFEAE\uFE92\uFEA7) now",
			ORACLE_AUTO},
		{"Arabic with Latin in it", "خبر vim.", ".vim \uFEAE\uFE92\uFEA7", ORACLE_AUTO},
		{"Latin told to be right-to-left", "vim.", ".vim", ORACLE_RTL},
		{"Arabic told to be left-to-right", "خبر.", "\uFEAE\uFE92\uFEA7.", ORACLE_LTR},
		{"an isolate", "في \u2068a.b/ج?d\u2069 ثم",
			"\uFEE2\uFE9B a.b/\uFE9D?d \uFEF2\uFED3", ORACLE_AUTO},
		{"trailing blanks", "خبر  ", "\uFEAE\uFE92\uFEA7", ORACLE_AUTO},
		{"decomposed letters", "ا\u0653خر", "\uFEAE\uFEA7\uFE81", ORACLE_AUTO},
		{"nothing", "", "", ORACLE_AUTO},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *visual = oracle_visual(
			cases[i].logical, 0, strlen(cases[i].logical), cases[i].direction);
		if (!oracle_same(visual, cases[i].visual))
			fail_msg("%s: %s, not %s", cases[i].what, visual, cases[i].visual);
		free(visual);
	}
}

/* The line is ordered with the levels of the paragraph and joins with what is around it. */
static void a_line_is_part_of_its_paragraph(void **state)
{
	(void)state;
	const char *paragraph = "خبر one two ثم";
	size_t one = strlen("خبر "), two = one + strlen("one ");
	char *first = oracle_visual(paragraph, 0, two, ORACLE_AUTO);
	char *second = oracle_visual(paragraph, two, strlen(paragraph), ORACLE_AUTO);
	assert_string_equal(first, "one \uFEAE\uFE92\uFEA7");
	assert_string_equal(second, "\uFEE2\uFE9B two");
	free(first);
	free(second);
	char *half = oracle_visual("بب", 0, 2, ORACLE_AUTO);
	assert_string_equal(half, "\uFE91");
	free(half);
}

static void lines_are_filled_greedily(void **state)
{
	(void)state;
	char *lines = oracle_lines("خبر من سلام هنا", ORACLE_AUTO, 7);
	assert_string_equal(
		lines, "\uFEE6\uFEE3 \uFEAE\uFE92\uFEA7\n\uFE8E\uFEE8\uFEEB \uFEE1\uFEFC\uFEB3\n");
	free(lines);
	/* "سلام هنا" is 3 + 1 + 3 cells, since lam-alef is one. */
	lines = oracle_lines("سلام هنا", ORACLE_AUTO, 6);
	assert_string_equal(lines, "\uFEE1\uFEFC\uFEB3\n\uFE8E\uFEE8\uFEEB\n");
	free(lines);
	lines = oracle_lines("abcdefgh i", ORACLE_AUTO, 3);
	assert_string_equal(lines, "abc\ndef\ngh\ni\n");
	free(lines);
	lines = oracle_lines("", ORACLE_AUTO, 3);
	assert_string_equal(lines, "");
	free(lines);
}

static void rows_that_look_alike_are_the_same(void **state)
{
	(void)state;
	assert_true(oracle_same("  \uFB2A", "\u05E9\u05C1 "));
	assert_true(oracle_same("\u05E9\u05C1\u05B8", "\u05E9\u05B8\u05C1"));
	assert_false(oracle_same("\uFEFB", "\u0644\u0627"));
	assert_false(oracle_same("ab", "ba"));
	assert_false(oracle_same("a  b", "a b"));
	assert_false(oracle_same("a", "ab"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_line_is_as_written_by_hand),
		cmocka_unit_test(a_line_is_part_of_its_paragraph),
		cmocka_unit_test(lines_are_filled_greedily),
		cmocka_unit_test(rows_that_look_alike_are_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
