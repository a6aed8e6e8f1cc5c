/* Where a cursor stands: the order of ICU's bidi as the oracle, which shares nothing with ours. */
#include "support.h"

#include "text/places.h"

#include <string.h>
#include <unicode/ubrk.h>

static struct sample text;

static void find(struct text_places *places, struct str line, enum text_forms forms, bool islands)
{
	const struct text_options options = {
		.engine = test_engine(), .forms = forms, .no_islands = !islands};
	assert_int_equal(text_places_find(places, line, &options), 0);
}

/* Letters, marks, digits, signs, controls: each drawn in one cell, or invisible. */
static void random_line(struct buffer *out, uint64_t *seed)
{
	static const char *const pieces[] = {"ا", "ل", "ب", "خَبَر", "مّ", "می\u200Cشود", "ښ", "ש",
		"שָׁלוֹם", "ל", "a", "news", "é", "x\u0301", "12", "3", "٣٤", "۵", "+", "-", "%", ".",
		",", "،", ":", "(", ")", "[", "«", "»", "\"", " ", " ", " ", "\u00A0", "\u200E",
		"\u200F", "\u061C", "\u202A", "\u202B", "\u202C", "\u202E", "\u2066", "\u2067",
		"\u2068", "\u2069"};
	uint32_t count = random_below(seed, 30);
	for (uint32_t i = 0; i < count; i++)
		buffer_str(out, str_of(pieces[random_below(seed, sizeof pieces / sizeof *pieces)]));
}

static bool is_control(uint32_t code)
{
	return code == 0x61C || (code >= 0x200B && code <= 0x200F) ||
	       (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

static bool is_blank_end(const struct buffer *line, uint32_t offset)
{
	return offset == line->len;
}

/* The offsets of all cells from left to right as ICU has them; the blank behind is the length. */
static size_t icu_order(const struct buffer *line, uint32_t *offsets)
{
	static int8_t levels[SAMPLE_MAX];
	static size_t order[SAMPLE_MAX];
	static enum border borders[SAMPLE_MAX];
	int level;
	size_t count = 0;
	sample_clear(&text);
	struct buffer whole = {0};
	buffer_str(&whole, buffer_view(line));
	buffer_str(&whole, STR("\u00A0"));
	sample_set(&text, buffer_view(&whole));
	buffer_free(&whole);
	icu_bidi(&text, TEXT_AUTO, &level, levels, order);
	icu_borders(&text, UBRK_CHARACTER, borders);
	uint32_t first = UINT32_MAX;
	for (size_t i = 0; i < text.count; i++) {
		bool starts = order[i] == 0 || borders[order[i] - 1] != BORDER_NONE;
		if (!starts || is_control(text.code_points[order[i]]))
			continue;
		offsets[count++] = text.offsets[order[i]];
		first = offsets[count - 1] < first ? offsets[count - 1] : first;
	}
	/* What is invisible at the start goes with the first that is not. */
	for (size_t i = 0; i < count; i++) {
		if (offsets[i] == first && !is_blank_end(line, first))
			offsets[i] = 0;
	}
	return count;
}

static void the_eye_goes_through_all_cells(void **state)
{
	struct text_places places = {0};
	struct tally tally = {.name = "lines"};
	uint64_t seed = 7;
	(void)state;
	for (size_t round = 0; round < test_rounds(4000); round++) {
		static uint32_t expected[SAMPLE_MAX];
		struct buffer line = {0};
		random_line(&line, &seed);
		find(&places, buffer_view(&line), TEXT_FORMS_BASE, false);
		size_t count = icu_order(&line, expected);
		tally.cases++;
		bool same = count == places.count;
		size_t at = places.items[0].start;
		for (size_t i = 0; same && i < count; i++) {
			same = at == expected[i];
			size_t next = text_places_beside(&places, at, 1);
			same &= i + 1 == count ? next == at
					       : text_places_beside(&places, next, -1) == at;
			at = next;
		}
		if (!same)
			tally_fail(&tally, "%s: %zu cells, ICU has %zu", sample_names(&text),
				places.count, count);
		buffer_free(&line);
	}
	text_places_free(&places);
	tally_end(&tally);
}

/* Also for texts of which nothing is known. */
static void places_are_sound(void **state)
{
	struct text_places places = {0};
	uint64_t seed = 11;
	(void)state;
	for (size_t round = 0; round < test_rounds(4000); round++) {
		struct buffer line = {0};
		uint32_t length = random_below(&seed, 40);
		while (line.len < length) {
			uint32_t code = random_below(&seed, 4) ? random_below(&seed, 0x700)
							       : random_below(&seed, 0x20000);
			if (code >= 0x20 && !(code >= 0x7F && code < 0xA0) && code != 0x2028 &&
				code != 0x2029)
				buffer_utf8(&line, code);
		}
		find(&places, buffer_view(&line),
			round % 2 ? TEXT_FORMS_BASE : TEXT_FORMS_PRESENTATION, true);
		int column = 0;
		size_t steps = 0;
		for (size_t i = 0; i < places.count; i++) {
			assert_int_equal(places.items[i].column, column);
			assert_int_equal(text_places_at(&places, places.items[i].start), i);
			column += places.items[i].width;
		}
		assert_int_equal(column, places.width);
		/* Clusters lead through the text, forth and back. */
		size_t at = 0;
		while (at < line.len) {
			size_t next = text_places_after(&places, at);
			assert_true(next > at);
			if (next < line.len || places.border_count > 0)
				assert_int_equal(text_places_before(&places, next), at);
			assert_true(text_places_word_end(&places, at) > at);
			assert_true(text_places_word_start(&places, next) < next);
			at = next;
			steps++;
		}
		assert_true(places.border_count == 0 || steps == places.border_count);
		buffer_free(&line);
	}
	text_places_free(&places);
}

static void expect_columns(const char *line, enum text_forms forms, const char *expected)
{
	struct text_places places = {0};
	struct buffer seen = {0};
	struct str view = str_of(line);
	find(&places, view, forms, true);
	for (size_t i = 0; i < places.count; i++)
		buffer_printf(&seen, "%s%u", i > 0 ? " " : "", places.items[i].start);
	assert_string_equal(seen.data, expected);
	buffer_free(&seen);
	text_places_free(&places);
}

static void known_lines(void **state)
{
	(void)state;
	expect_columns("", TEXT_FORMS_BASE, "0");
	expect_columns("ab", TEXT_FORMS_BASE, "0 1 2");
	/* The blank behind Arabic is to the left of it. */
	expect_columns("خبر", TEXT_FORMS_BASE, "6 4 2 0");
	/* Digits in Hebrew run to the right; what follows them stands to their left. */
	expect_columns("של 12 ם", TEXT_FORMS_BASE, "10 8 7 5 6 4 2 0");
	/* English in Arabic, and Arabic in English. */
	expect_columns("خ ab ر", TEXT_FORMS_BASE, "8 6 5 3 4 2 0");
	expect_columns("a خب c", TEXT_FORMS_BASE, "0 1 4 2 6 7 8");
	/* Marks and ZWNJ have no places; lam-alef has one. */
	expect_columns("مَی\u200Cش", TEXT_FORMS_BASE, "11 9 4 0");
	expect_columns("لا", TEXT_FORMS_PRESENTATION, "4 0");
	expect_columns("لا", TEXT_FORMS_BASE, "4 2 0");
	/* An address keeps its own direction. */
	expect_columns("خ a.org/b", TEXT_FORMS_BASE, "10 3 4 5 6 7 8 9 2 0");
}

static void clusters_and_words(void **state)
{
	struct text_places places = {0};
	struct str line = STR("لا مَن a-b");
	(void)state;
	find(&places, line, TEXT_FORMS_PRESENTATION, true);
	assert_int_equal(text_places_after(&places, 0), 2); /* within lam-alef */
	assert_int_equal(text_places_after(&places, 2), 4);
	assert_int_equal(text_places_at(&places, 2), text_places_at(&places, 0));
	assert_int_equal(text_places_after(&places, 5), 9); /* the mark goes along */
	assert_int_equal(text_places_before(&places, 9), 5);
	assert_int_equal(text_places_word_end(&places, 0), 4);
	assert_int_equal(text_places_word_end(&places, 4), 11);
	assert_int_equal(text_places_word_end(&places, 11), 13);
	assert_int_equal(text_places_word_start(&places, line.len), 14);
	assert_int_equal(text_places_word_start(&places, 12), 5);
	assert_int_equal(text_places_word_start(&places, 5), 0);
	text_places_free(&places);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_lines),
		cmocka_unit_test(clusters_and_words),
		cmocka_unit_test(the_eye_goes_through_all_cells),
		cmocka_unit_test(places_are_sound),
	};
	int failed = cmocka_run_group_tests_name("text/places", tests, NULL, NULL);
	sample_free(&text);
	test_engine_free();
	return failed;
}
