/*
 * Paragraphs as a reader sees them: cases whose answer is written down by hand.
 */
#include "support.h"

#include "text/clean.h"

#include <string.h>

static struct sample text;
static struct text_line line;
static struct buffer seen;

static struct text_paragraph *paragraph_of(const char *utf8, enum text_direction direction,
		enum text_forms forms, bool no_islands)
{
	sample_set(&text, str_of(utf8));
	return sample_paragraph(&text, direction, forms, no_islands);
}

/* The whole text on one line, as it is seen from left to right. */
static const char *visual(const char *utf8, enum text_direction direction, enum text_forms forms,
		bool no_islands)
{
	struct text_paragraph *paragraph = paragraph_of(utf8, direction, forms, no_islands);
	assert_int_equal(text_paragraph_line(paragraph, 0, strlen(utf8), &line), 0);
	assert_int_equal(line.direction, text_paragraph_direction(paragraph));
	text_paragraph_free(paragraph);
	return line_text(&line, &seen);
}

struct case_of_order {
	const char *logical;
	enum text_direction asked, found;
	const char *visual; /* the first character is the leftmost */
};

static const struct case_of_order plain_cases[] = {
		/* Direction by the first strong letter, isolates passed over. */
		{"abc", TEXT_AUTO, TEXT_LTR, "abc"},
		{"123 ...", TEXT_AUTO, TEXT_LTR, "123 ..."},
		{"اب", TEXT_AUTO, TEXT_RTL, "با"},
		{"אב", TEXT_AUTO, TEXT_RTL, "בא"},
		{"12 اب", TEXT_AUTO, TEXT_RTL, "با 12"},
		{"\u2068abc\u2069 اب", TEXT_AUTO, TEXT_RTL, "با abc"},
		{"\u2067اب\u2069 abc", TEXT_AUTO, TEXT_LTR, "با abc"},
		{"\u2066abc اب", TEXT_AUTO, TEXT_LTR, "abc با"},
		{"\u2069 اب", TEXT_AUTO, TEXT_RTL, "با "},
		{"\u2069\u2069 اب c", TEXT_AUTO, TEXT_RTL, "c با "},
		{"\u200F12.", TEXT_AUTO, TEXT_RTL, ".12"},
		/* An emoji newer than many tables is neutral like the others. */
		{"\U0001F970 اب", TEXT_AUTO, TEXT_RTL, "با \U0001F970"},
		/* Digits. */
		{"18 و19", TEXT_AUTO, TEXT_RTL, "19و 18"},
		{"24 عاما", TEXT_AUTO, TEXT_RTL, "اماع 24"},
		{"عام ٢٠٢٤ كان", TEXT_AUTO, TEXT_RTL, "ناك ٢٠٢٤ ماع"},
		{"سال ۱۴۰۳ بود", TEXT_AUTO, TEXT_RTL, "دوب ۱۴۰۳ لاس"},
		{"من 10% ثم 3,5", TEXT_AUTO, TEXT_RTL, "3,5 مث %10 نم"},
		/* Brackets and quotes turn with their level. */
		{"ا (b) ت", TEXT_AUTO, TEXT_RTL, "ت (b) ا"},
		{"abc (اب) def", TEXT_AUTO, TEXT_LTR, "abc (با) def"},
		{"ا [ب {ت} ث] ج", TEXT_AUTO, TEXT_RTL, "ج [ث {ت} ب] ا"},
		{"«نص»", TEXT_AUTO, TEXT_RTL, "«صن»"},
		{"قال: «نعم»!", TEXT_AUTO, TEXT_RTL, "!«معن» :لاق"},
		{"a «b» c", TEXT_AUTO, TEXT_LTR, "a «b» c"},
		/* Latin inside Arabic and Arabic inside Latin. */
		{"ا one two ب", TEXT_AUTO, TEXT_RTL, "ب one two ا"},
		{"one اب تث two", TEXT_AUTO, TEXT_LTR, "one ثت با two"},
		/* Forced. */
		{"abc.", TEXT_RTL, TEXT_RTL, ".abc"},
		{"اب.", TEXT_LTR, TEXT_LTR, "با."},
		/* A tab parts segments: each stands at its place in the paragraph. */
		{"ab\tcd", TEXT_AUTO, TEXT_LTR, "ab cd"},
		{"اب\tتث", TEXT_LTR, TEXT_LTR, "با ثت"},
		/* Controls of the text steer it and are not seen. */
		{"\u202Eabc\u202C", TEXT_AUTO, TEXT_LTR, "cba"},
		{"a\u200Eb\u200Fc", TEXT_AUTO, TEXT_LTR, "abc"},
};

static const struct case_of_order island_cases[] = {
		{"زر http://a.org/x?y=1. ثم", TEXT_AUTO, TEXT_RTL, "مث .http://a.org/x?y=1 رز"},
		{"(https://a.org/b/)", TEXT_RTL, TEXT_RTL, "(https://a.org/b/)"},
		{"راسل a.b@c.org الآن", TEXT_AUTO, TEXT_RTL, "نآلا a.b@c.org لسار"},
		{"في 2024-06-17 كان", TEXT_AUTO, TEXT_RTL, "ناك 2024-06-17 يف"},
		{"هاتف +970-59-123-4567 الآن", TEXT_AUTO, TEXT_RTL, "نآلا +970-59-123-4567 فتاه"},
		{"لغة C++ سهلة", TEXT_AUTO, TEXT_RTL, "ةلهس C++ ةغل"},
		{"وسم #khabar هنا", TEXT_AUTO, TEXT_RTL, "انه #khabar مسو"},
		{"من 2010-2015 كان", TEXT_AUTO, TEXT_RTL, "ناك 2015-2010 نم"},
		{"اب ٣http://a.org/ ت", TEXT_AUTO, TEXT_RTL, "ت http://a.org/٣ با"},
		{"see http://a.org/ now", TEXT_AUTO, TEXT_LTR, "see http://a.org/ now"},
};

static void check_order(const struct case_of_order *cases, size_t count, bool no_islands)
{
	struct tally tally = {.name = "order by hand"};
	for (size_t i = 0; i < count; i++) {
		const struct case_of_order *c = &cases[i];
		const char *got = visual(c->logical, c->asked, TEXT_FORMS_BASE, no_islands);
		tally.cases++;
		if (strcmp(got, c->visual) != 0)
			tally_fail(&tally, "\"%s\": got \u2066%s\u2069, not \u2066%s\u2069",
					c->logical, got, c->visual);
		else if (line.direction != c->found)
			tally_fail(&tally, "\"%s\": the other direction", c->logical);
	}
	tally_end(&tally);
}

static void test_order_by_hand(void **state)
{
	(void)state;
	check_order(plain_cases, sizeof plain_cases / sizeof *plain_cases, false);
	check_order(plain_cases, sizeof plain_cases / sizeof *plain_cases, true);
}

static void test_islands(void **state)
{
	(void)state;
	check_order(island_cases, sizeof island_cases / sizeof *island_cases, false);
	/* UAX #9 alone turns a date after Arabic letters round. */
	assert_string_equal(visual("في 2024-06-17", TEXT_AUTO, TEXT_FORMS_BASE, true),
			"17-06-2024 يف");
}

static void test_shaped_words(void **state)
{
	(void)state;
	static const struct {
		const char *logical, *visual;
	} cases[] = {
			{"السلام", "\uFEE1\uFEFC\uFEB4\uFEDF\uFE8D"},
			{"می\u200Cخواهم", "\uFEE2\uFEEB\uFE8D\uFEEE\uFEA7\uFBFD\uFEE3"},
			{"لَا", "\uFEFB\u064E"},
			{"بَيْت", "\uFE96\uFEF4\u0652\uFE91\u064E"},
			{"کتاب", "\uFE8F\uFE8E\uFE98\uFB90"},
			{"ہے", "\uFBAF\uFBA8"},
			{"شُلُومٌ", "\uFEE1\u064C\uFEEE\uFEE0\u064F\uFEB7\u064F"},
			{"שּׁבּ", "\uFB31\uFB2C"},
			{"ه\u200D", "\uFEEB"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(visual(cases[i].logical, TEXT_AUTO, TEXT_FORMS_PRESENTATION, false),
				cases[i].visual);
	/* A ligature is one cell that stands for all its bytes. */
	visual("لَا", TEXT_AUTO, TEXT_FORMS_PRESENTATION, false);
	assert_int_equal(line.count, 1);
	assert_int_equal(line.cells[0].start, 0);
	assert_int_equal(line.cells[0].end, 6);
	assert_int_equal(line.cells[0].width, 1);
	/* The terminal that joins by itself gets the letters. */
	assert_string_equal(visual("لا", TEXT_AUTO, TEXT_FORMS_BASE, false), "ال");
	assert_int_equal(line.width, 2);
}

static void test_what_no_terminal_may_see(void **state)
{
	(void)state;
	assert_string_equal(visual("\033[31mred\xC2\x9B" "2J\a", TEXT_AUTO, TEXT_FORMS_BASE, true),
			"[31mred2J");
	assert_string_equal(visual("a\xFF\xC3(b", TEXT_AUTO, TEXT_FORMS_BASE, true),
			"a\uFFFD\uFFFD(b");
	assert_string_equal(visual("a\xE2\x80", TEXT_AUTO, TEXT_FORMS_BASE, true), "a\uFFFD");
	assert_string_equal(visual("a\xED\xA0\x80z", TEXT_AUTO, TEXT_FORMS_BASE, true),
			"a\uFFFD\uFFFD\uFFFDz");
	assert_string_equal(visual("co\xC2\xADop\xEF\xBB\xBF", TEXT_AUTO, TEXT_FORMS_BASE, true),
			"coop");
}

static void test_empty_and_blank(void **state)
{
	(void)state;
	assert_string_equal(visual("", TEXT_AUTO, TEXT_FORMS_BASE, false), "");
	assert_int_equal(line.count, 0);
	assert_int_equal(line.direction, TEXT_LTR);
	struct text_paragraph *paragraph =
			paragraph_of("   ", TEXT_AUTO, TEXT_FORMS_PRESENTATION, false);
	assert_int_equal(text_paragraph_break(paragraph, 0, 1), 3);
	assert_int_equal(text_paragraph_line(paragraph, 0, 3, &line), 0);
	assert_int_equal(line.count, 0);
	assert_int_equal(line.width, 0);
	assert_int_equal(line.end, 3);
	text_paragraph_free(paragraph);
	/* Where nothing says the direction the fallback does. */
	struct text_source source = {.text = STR("12 + 3")};
	struct text_options options = {.engine = test_engine(), .fallback = TEXT_RTL};
	paragraph = text_paragraph_new(&source, &options);
	assert_non_null(paragraph);
	assert_int_equal(text_paragraph_direction(paragraph), TEXT_RTL);
	text_paragraph_free(paragraph);
	source.text = STR("a 12");
	paragraph = text_paragraph_new(&source, &options);
	assert_non_null(paragraph);
	assert_int_equal(text_paragraph_direction(paragraph), TEXT_LTR);
	text_paragraph_free(paragraph);
}

static void test_marks_without_a_letter(void **state)
{
	(void)state;
	static const char *const texts[] = {"\u0301a", "\u064Eب", "\u05B7א", "\u0301", "\u20DDx"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		visual(texts[i], TEXT_LTR, TEXT_FORMS_PRESENTATION, false);
		int width = 0;
		for (size_t c = 0; c < line.count; c++) {
			const struct text_cell *cell = &line.cells[c];
			/* A mark never comes first in a cell: it would go to the cell before. */
			assert_true(cell->glyph_count > 0);
			assert_true(text_width(line.glyphs[cell->glyph]) > 0);
			width += cell->width;
		}
		assert_int_equal(width, line.width);
		assert_true(width >= 1);
	}
	/* A blank that carries a mark is no white space at the end. */
	assert_string_equal(visual("a \u0301", TEXT_AUTO, TEXT_FORMS_BASE, false), "a \u0301");
}

static void test_tower_of_marks(void **state)
{
	(void)state;
	struct buffer tower = {0};
	buffer_str(&tower, STR("xa"));
	buffer_repeat(&tower, STR("\u0301"), 1000);
	buffer_str(&tower, STR("b"));
	assert_false(tower.failed);
	visual(tower.data, TEXT_AUTO, TEXT_FORMS_PRESENTATION, false);
	assert_int_equal(line.count, 3);
	assert_int_equal(line.cells[1].start, 1);
	assert_int_equal(line.cells[1].end, 2002);
	assert_int_equal(line.cells[1].width, 1);
	assert_int_equal(line.glyphs[line.cells[1].glyph], 'a');
	assert_int_equal(line.glyphs[line.cells[2].glyph], 'b');
	buffer_free(&tower);
}

static void test_emoji_and_wide(void **state)
{
	(void)state;
	/* A family, a flag, a skin tone: each is one cluster, of at least two cells. */
	static const char *const one[] = {"\U0001F468\u200D\U0001F469\u200D\U0001F467",
			"\U0001F1F5\U0001F1F8", "\U0001F44D\U0001F3FD", "\U0001F600"};
	for (size_t i = 0; i < sizeof one / sizeof *one; i++) {
		visual(one[i], TEXT_AUTO, TEXT_FORMS_PRESENTATION, false);
		assert_int_equal(line.count, 1);
		assert_true(line.cells[0].width >= 2);
	}
	struct text_paragraph *paragraph =
			paragraph_of("漢字漢", TEXT_AUTO, TEXT_FORMS_PRESENTATION, false);
	/* Three cells hold one wide character; one cell has to take one all the same. */
	for (int width = 1; width <= 3; width++) {
		assert_int_equal(text_paragraph_break(paragraph, 0, width), 3);
		assert_int_equal(text_paragraph_break(paragraph, 3, width), 6);
	}
	assert_int_equal(text_paragraph_break(paragraph, 0, 4), 6);
	assert_int_equal(text_paragraph_width(paragraph), 6);
	text_paragraph_free(paragraph);
}

static void test_line_separators(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int ends[4]; /* 0 after the last */
	} cases[] = {
			{"ab\ncd", {3, 5}}, {"a\r\nb", {3, 4}}, {"\n\nx", {1, 2, 3}}, {"ab\n", {3}},
			{"a\u2028b", {4, 5}}, {"a\u2029b", {4, 5}}, {"a\fb\vc", {2, 4, 5}},
			{"a\rb", {2, 3}}, {"اب\nت", {5, 7}},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct text_paragraph *paragraph = paragraph_of(
				cases[i].text, TEXT_AUTO, TEXT_FORMS_PRESENTATION, false);
		ssize_t at = 0;
		for (size_t n = 0; n < 4 && cases[i].ends[n]; n++) {
			at = text_paragraph_break(paragraph, (size_t)at, 40);
			assert_int_equal(at, cases[i].ends[n]);
		}
		assert_int_equal(at, text.utf8.len);
		text_paragraph_free(paragraph);
	}
}

static void test_wrapping_by_hand(void **state)
{
	(void)state;
	static const char words[] = "one two  three";
	struct text_paragraph *paragraph =
			paragraph_of(words, TEXT_AUTO, TEXT_FORMS_PRESENTATION, false);
	assert_int_equal(text_paragraph_break(paragraph, 0, 7), 9);
	assert_int_equal(text_paragraph_break(paragraph, 0, 6), 4);
	assert_int_equal(text_paragraph_break(paragraph, 0, 2), 2);
	assert_int_equal(text_paragraph_break(paragraph, 9, 5), 14);
	assert_int_equal(text_paragraph_line(paragraph, 0, 9, &line), 0);
	assert_string_equal(line_text(&line, &seen), "one two");
	assert_int_equal(line.width, 7);
	assert_int_equal(line.start, 0);
	assert_int_equal(line.end, 9);
	text_paragraph_free(paragraph);
	/* L1: the blank at the end of a right-to-left line hangs over on the left. */
	paragraph = paragraph_of("اب one two", TEXT_AUTO, TEXT_FORMS_BASE, false);
	assert_int_equal(text_paragraph_break(paragraph, 0, 7), 9);
	assert_int_equal(text_paragraph_line(paragraph, 0, 9, &line), 0);
	assert_string_equal(line_text(&line, &seen), "one با");
	text_paragraph_free(paragraph);
}

static void test_fit(void **state)
{
	(void)state;
	struct text_paragraph *paragraph =
			paragraph_of("hello world", TEXT_AUTO, TEXT_FORMS_BASE, false);
	static const char *const cut[] = {"", "…", "h…", "he…", "hel…", "hell…", "hello…", "hello…",
			"hello w…", "hello wo…", "hello wor…", "hello world", "hello world"};
	for (int width = 0; width < 13; width++) {
		assert_int_equal(text_paragraph_fit(paragraph, width, &line), 0);
		assert_string_equal(line_text(&line, &seen), cut[width]);
		assert_true(line.width <= width);
	}
	text_paragraph_free(paragraph);
	/* Reading ends on the left. */
	paragraph = paragraph_of("اب تث", TEXT_AUTO, TEXT_FORMS_BASE, false);
	assert_int_equal(text_paragraph_fit(paragraph, 3, &line), 0);
	assert_string_equal(line_text(&line, &seen), "…با");
	assert_int_equal(line.cells[0].start, line.cells[0].end);
	text_paragraph_free(paragraph);
	/* Also when what is cut runs the other way. */
	paragraph = paragraph_of("اب abcdef", TEXT_AUTO, TEXT_FORMS_BASE, false);
	assert_int_equal(text_paragraph_fit(paragraph, 6, &line), 0);
	assert_string_equal(line_text(&line, &seen), "…ab با");
	text_paragraph_free(paragraph);
}

static void test_styles(void **state)
{
	(void)state;
	static const struct text_run runs[] = {{1, 3, 5}, {4, 5, 7}, {6, 10, 9}};
	static const uint16_t wanted[] = {0, 5, 5, 0, 7, 0, 9, 9};
	struct text_source source = {.text = STR("abcdefاب"), .runs = runs, .run_count = 3};
	struct text_options options = {.engine = test_engine(), .direction = TEXT_RTL};
	struct text_paragraph *paragraph = text_paragraph_new(&source, &options);
	assert_non_null(paragraph);
	assert_int_equal(text_paragraph_line(paragraph, 0, source.text.len, &line), 0);
	assert_int_equal(line.count, 8);
	for (size_t i = 0; i < line.count; i++) {
		const struct text_cell *cell = &line.cells[i];
		size_t letter = cell->start < 6 ? cell->start : 6 + (cell->start - 6) / 2;
		assert_int_equal(cell->style, wanted[letter]);
	}
	text_paragraph_free(paragraph);
}

/* An engine of its own or a shared one, a second time or a first: the same cells. */
static void test_result_hangs_on_arguments_alone(void **state)
{
	(void)state;
	static const char news[] = "قال «الخبر» إن 12 من news.org وصلوا";
	struct text_source source = {.text = {news, sizeof news - 1}};
	struct text_options options = {.engine = test_engine()};
	struct text_line first = {0}, second = {0};
	struct text_paragraph *shared = text_paragraph_new(&source, &options);
	options.engine = NULL;
	struct text_paragraph *own = text_paragraph_new(&source, &options);
	assert_non_null(shared);
	assert_non_null(own);
	assert_int_equal(text_paragraph_line(shared, 0, source.text.len, &first), 0);
	assert_int_equal(text_paragraph_line(own, 0, source.text.len, &second), 0);
	assert_int_equal(first.count, second.count);
	assert_int_equal(first.glyph_count, second.glyph_count);
	assert_memory_equal(first.glyphs, second.glyphs, first.glyph_count * sizeof *first.glyphs);
	assert_int_equal(first.width, text_paragraph_width(own));
	text_paragraph_free(shared);
	text_paragraph_free(own);
	text_line_free(&first);
	text_line_free(&second);
}

/* What a hostile feed may repeat: brackets, isolates and marks without end. */
static void test_endless_repetition(void **state)
{
	(void)state;
	enum { TIMES = 200000 };
	static const char *const pieces[] = {"(", "()", "(a", ")]}", "\u2066", "\u2068ا", "\u2067.\u2069",
			"\u202B", "\u202Ea", "\u202C\u2069", "\u0301", "\u064E", "\u200D", "\t", "\n",
			" ", "http://a.b ", "12-", "\U0001F468\u200D", "\U0001F1F5", "\xFF", "\x01"};
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct buffer bytes = {0};
		buffer_repeat(&bytes, str_of(pieces[i]), TIMES);
		buffer_str(&bytes, STR("אb"));
		assert_false(bytes.failed);
		struct text_source source = {.text = buffer_view(&bytes)};
		struct text_options options = {.engine = test_engine()};
		struct text_paragraph *paragraph = text_paragraph_new(&source, &options);
		assert_non_null(paragraph);
		for (size_t at = 0; at < bytes.len;) {
			ssize_t next = text_paragraph_break(paragraph, at, 80);
			assert_true(next > (ssize_t)at);
			assert_int_equal(text_paragraph_line(paragraph, at, (size_t)next, &line), 0);
			at = (size_t)next;
		}
		assert_int_equal(text_paragraph_fit(paragraph, 80, &line), 0);
		assert_true(line.width <= 80);
		text_paragraph_free(paragraph);
		buffer_free(&bytes);
	}
}

/* A word of a megabyte: cut at every width's end, in time that grows with its length. */
static void test_endless_word(void **state)
{
	(void)state;
	enum { LETTERS = 500010, WIDTH = 80 };
	struct buffer word = {0};
	buffer_repeat(&word, STR("ب"), LETTERS);
	assert_false(word.failed);
	struct text_source source = {.text = buffer_view(&word)};
	struct text_options options = {.engine = test_engine()};
	struct text_paragraph *paragraph = text_paragraph_new(&source, &options);
	assert_non_null(paragraph);
	size_t lines = 0;
	for (size_t at = 0; at < word.len; lines++) {
		size_t next = (size_t)text_paragraph_break(paragraph, at, WIDTH);
		assert_int_equal(text_paragraph_line(paragraph, at, next, &line), 0);
		assert_int_equal(line.width, next < word.len ? WIDTH : LETTERS % WIDTH);
		at = next;
	}
	assert_int_equal(lines, LETTERS / WIDTH + 1);
	text_paragraph_free(paragraph);
	buffer_free(&word);
}

static int teardown(void **state)
{
	(void)state;
	sample_free(&text);
	text_line_free(&line);
	buffer_free(&seen);
	test_engine_free();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_order_by_hand),
			cmocka_unit_test(test_islands),
			cmocka_unit_test(test_shaped_words),
			cmocka_unit_test(test_what_no_terminal_may_see),
			cmocka_unit_test(test_empty_and_blank),
			cmocka_unit_test(test_marks_without_a_letter),
			cmocka_unit_test(test_tower_of_marks),
			cmocka_unit_test(test_emoji_and_wide),
			cmocka_unit_test(test_line_separators),
			cmocka_unit_test(test_wrapping_by_hand),
			cmocka_unit_test(test_fit),
			cmocka_unit_test(test_styles),
			cmocka_unit_test(test_result_hangs_on_arguments_alone),
			cmocka_unit_test(test_endless_repetition),
			cmocka_unit_test(test_endless_word),
	};
	return cmocka_run_group_tests(tests, NULL, teardown);
}
