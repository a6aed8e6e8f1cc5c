/*
 * The short ways of the text engine against the long ones: kept words against shaping anew,
 * breaks told by single code points against ICU, stretches of a paragraph against the whole of
 * it, islands against isolates.
 */
#include "support.h"

#include "text/bidi.h"
#include "text/cache.h"
#include "text/engine.h"
#include "text/explicit.h"
#include "text/island.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>

static struct sample text;

static struct text_engine *engine_new(bool cache)
{
	struct text_engine *engine = text_engine_new();
	assert_non_null(engine);
	text_engine_cache(engine, cache);
	return engine;
}

/* ---- words ---- */

/* Words that come again, in all that may stand beside a word. */
static void random_words(struct buffer *out, uint64_t *seed, uint32_t count)
{
	static const char *const words[] = {
			"السلام", "لا", "الإلا", "بلا", "مُحَمَّد", "لَا", "خبر", "ښه", "می\u200Cشود",
			"گفت", "ہے", "ھ\u200D", "\u200Dه", "پێشمەرگە", "شَـيء", "ـه", "ﻻ", "ﷺ",
			"שלום", "שָׁלוֹם", "בְּרֵאשִׁית", "ﬡ", "ܫܠܡܐ", "word", "2024", "٣٤", "۵۶",
			"المستشفيات\u200Cوالمدارس", "a", "\U0001EE00", "\u0628\uFE0F", "الله", "لله",
	};
	static const char *const betweens[] = {
			" ", " ", " ", " ", " ", " ", "", "  ", "،", ", ", ". ", " «", "» ", " (", ") ",
			"\u200C", "\u200D", " \u200D", "\u200D ", " \u064E", "\u0640", "\u200F",
			"\u061C", "\u202D", "\u202C", " \u202B", "\u0301", "\u034F", "-", "״", "'",
			"\u201D ", " \u201C", "\n", "\t", "\u00A0", "\u00AD", "\u0600", "\u2067",
			"\u2069", "\u200B", "/",
	};
	for (uint32_t i = 0; i < count; i++) {
		buffer_str(out, str_of(words[random_below(seed, sizeof words / sizeof *words)]));
		buffer_str(out, str_of(betweens[random_below(
						seed, sizeof betweens / sizeof *betweens)]));
	}
	assert_false(out->failed);
}

static bool same_line(const struct text_line *a, const struct text_line *b)
{
	if (a->count != b->count || a->glyph_count != b->glyph_count || a->width != b->width ||
			a->start != b->start || a->end != b->end || a->direction != b->direction)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		const struct text_cell *x = &a->cells[i], *y = &b->cells[i];
		if (x->start != y->start || x->end != y->end || x->glyph != y->glyph ||
				x->glyph_count != y->glyph_count || x->width != y->width ||
				x->level != y->level || x->style != y->style)
			return false;
	}
	return a->glyph_count == 0 ||
	       memcmp(a->glyphs, b->glyphs, a->glyph_count * sizeof *a->glyphs) == 0;
}

/* Whether two engines lay the text out alike, in all its lines. */
static bool same_layout(const struct text_source *source, const struct text_options *options,
		struct text_engine *one, struct text_engine *other, int width)
{
	static struct text_line a, b;
	struct text_options first = *options, second = *options;
	first.engine = one;
	second.engine = other;
	struct text_paragraph *p = text_paragraph_new(source, &first);
	struct text_paragraph *q = text_paragraph_new(source, &second);
	assert_true(p && q);
	bool same = text_paragraph_direction(p) == text_paragraph_direction(q);
	for (size_t at = 0; same && at < source->text.len;) {
		ssize_t next = text_paragraph_break(p, at, width);
		assert_true(next > (ssize_t)at);
		same = text_paragraph_break(q, at, width) == next &&
		       text_paragraph_line(p, at, (size_t)next, &a) == 0 &&
		       text_paragraph_line(q, at, (size_t)next, &b) == 0 && same_line(&a, &b);
		at = (size_t)next;
	}
	text_paragraph_free(p);
	text_paragraph_free(q);
	text_line_free(&a);
	text_line_free(&b);
	return same;
}

static void check_words(struct tally *tally, const struct text_source *source, uint64_t *seed,
		struct text_engine *cached, struct text_engine *plain)
{
	struct text_options options = {
			.direction = (enum text_direction)random_below(seed, 3),
			.forms = random_below(seed, 8) ? TEXT_FORMS_PRESENTATION : TEXT_FORMS_BASE,
	};
	int width = 1 + (int)random_below(seed, 60);
	tally->cases++;
	if (!same_layout(source, &options, cached, plain, width)) {
		sample_set(&text, source->text);
		tally_fail(tally, "width %d: %s", width, sample_names(&text));
	}
}

static void test_words_that_come_again(void **state)
{
	(void)state;
	struct tally tally = {.name = "texts with and without kept words"};
	struct text_engine *cached = engine_new(true), *plain = engine_new(false);
	struct buffer bytes = {0};
	uint64_t seed = 3;
	size_t rounds = test_rounds(20000);
	for (size_t round = 0; round < rounds; round++) {
		buffer_clear(&bytes);
		random_words(&bytes, &seed, 1 + random_below(&seed, 20));
		struct text_run run = {random_below(&seed, 30), 30 + random_below(&seed, 30), 7};
		struct text_source source = {
				.text = buffer_view(&bytes), .runs = &run, .run_count = round % 2};
		check_words(&tally, &source, &seed, cached, plain);
	}
	assert_non_null(cached->words.sets);
	assert_null(plain->words.sets);
	buffer_free(&bytes);
	text_engine_free(cached);
	text_engine_free(plain);
	tally_end(&tally);
}

/* More words than there are places for: what was kept gives way and comes again. */
static void test_more_words_than_are_kept(void **state)
{
	(void)state;
	struct tally tally = {.name = "texts of ever new words"};
	struct text_engine *cached = engine_new(true), *plain = engine_new(false);
	struct buffer bytes = {0};
	uint64_t seed = 4;
	for (size_t round = 0; round < 600; round++) {
		buffer_clear(&bytes);
		for (int word = 0; word < 100; word++) {
			uint32_t first = word % 8 ? 0x0627 : 0x05D0, letters = word % 8 ? 36 : 27;
			for (uint32_t n = 2 + random_below(&seed, 15); n > 0; n--)
				buffer_utf8(&bytes, first + random_below(&seed, letters));
			buffer_byte(&bytes, ' ');
		}
		struct text_source source = {.text = buffer_view(&bytes)};
		check_words(&tally, &source, &seed, cached, plain);
	}
	buffer_free(&bytes);
	text_engine_free(cached);
	text_engine_free(plain);
	tally_end(&tally);
}

static void sign(struct word *word, uint32_t number)
{
	*word = (struct word){.script = SHAPE_ARABIC, .code_count = 3};
	word->codes[0] = 0x0628;
	word->codes[1] = (uint16_t)(number & 0xFFFF);
	word->codes[2] = (uint16_t)(number >> 16);
	word_sign(word);
}

/* What is asked for between new words stays; what was let go is not found; all is one's own. */
static void test_what_stays(void **state)
{
	(void)state;
	struct word_cache cache = {.off = true};
	struct word word, favourite;
	sign(&favourite, UINT32_MAX);
	word_cache_keep(&cache, &favourite);
	assert_null(word_cache_find(&cache, &favourite));
	cache.off = false;
	word_cache_keep(&cache, &favourite);
	size_t found = 0;
	for (uint32_t i = 0; i < 50000; i++) {
		assert_non_null(word_cache_find(&cache, &favourite));
		sign(&word, i);
		assert_null(word_cache_find(&cache, &word));
		word.glyphs[0] = (uint16_t)i;
		word_cache_keep(&cache, &word);
		const struct word *kept = word_cache_find(&cache, &word);
		assert_non_null(kept);
		assert_int_equal(kept->glyphs[0], i & 0xFFFF);
	}
	for (uint32_t i = 0; i < 50000; i++) {
		sign(&word, i);
		const struct word *kept = word_cache_find(&cache, &word);
		found += kept != NULL;
		assert_true(!kept || kept->glyphs[0] == (i & 0xFFFF));
	}
	assert_in_range(found, 6000, 16384);
	word_cache_free(&cache);
}

/* ---- breaks ---- */

static uint32_t random_code(uint64_t *seed)
{
	static const uint32_t common[] = {'a', 'b', '1', '2', ' ', ' ', ' ', '.', ',', 0x0627,
			0x0628, 0x064E, 0x05D0, 0x0661, 0x060C};
	static const uint32_t rare[] = {'!', '?', '-', '/', '(', ')', '"', '\'', '%', '$', 0xA0, 0xAB,
			0xBB, 0x0300, 0x0640, 0x061B, 0x066A, 0x066B, 0x05BE, 0x05F4, 0x06DD, 0x0600,
			0x0915, 0x094D, 0x0E01, 0x0E31, 0x1112, 0x1161, 0x200B, 0x200C, 0x200D, 0x2014,
			0x2019, 0x201C, 0x2028, 0x2030, 0x2060, 0x20AC, 0x25CC, 0x3001, 0x4E00, 0xAC00,
			0xFE0F, 0xFE8E, 0x1F600, 0x1F1E6, 0x1F468, 0xA9, '\t', '\n'};
	uint32_t kind = random_below(seed, 40);
	if (kind < 24)
		return common[random_below(seed, sizeof common / sizeof *common)];
	if (kind < 39)
		return rare[random_below(seed, sizeof rare / sizeof *rare)];
	uint32_t any = 1 + random_below(seed, 0x30FFF);
	return U_IS_SURROGATE(any) ? 'x' : any;
}

static void check_breaks(struct tally *tally, int kind)
{
	static enum border borders[SAMPLE_MAX];
	uint8_t flags[64] = {0};
	bool ok = kind == UBRK_LINE ? engine_mark_lines(test_engine(), text.code_points, text.count,
						      flags, 4)
				    : engine_mark_clusters(test_engine(), text.code_points,
						      text.count, flags, 4);
	assert_true(ok);
	icu_borders(&text, kind, borders);
	tally->cases++;
	for (size_t i = 0; i < text.count; i++) {
		bool wanted = i > 0 && borders[i - 1] != BORDER_NONE;
		if (flags[i] != (wanted ? 4 : 0)) {
			tally_fail(tally, "before %zu of %s", i, sample_names(&text));
			return;
		}
	}
}

static void test_breaks_are_those_of_icu(void **state)
{
	(void)state;
	struct tally lines = {.name = "line breaks"}, clusters = {.name = "clusters"};
	uint64_t seed = 5;
	size_t rounds = test_rounds(100000);
	for (size_t round = 0; round < rounds; round++) {
		sample_clear(&text);
		for (uint32_t n = 1 + random_below(&seed, 40); n > 0; n--)
			sample_add(&text, random_code(&seed));
		check_breaks(&lines, UBRK_LINE);
		check_breaks(&clusters, UBRK_CHARACTER);
	}
	tally_end(&lines);
	tally_end(&clusters);
}

/* ---- levels ---- */

/* Mostly letters that run along, here and there something that does not. */
static void random_paragraph(uint64_t *seed, uint8_t base)
{
	static const uint32_t others[] = {0x05D0, 0x0627, 'a', '1', 0x0661, '.', '-', '$', '(', ')',
			'[', ']', '<', '>', 0x3008, 0x300A, 0x300B, 0x3009, ' ', 0x064E, 0x200B, '!'};
	uint32_t rarity = 2 + random_below(seed, 60);
	sample_clear(&text);
	for (uint32_t n = 1 + random_below(seed, 300); n > 0; n--) {
		uint32_t code = base ? 0x05D0 + random_below(seed, 2) * 0x57 : 'a';
		if (random_below(seed, 4) == 0)
			code = random_below(seed, 8) ? ' ' : 0x0301;
		if (random_below(seed, rarity) == 0)
			code = others[random_below(seed, sizeof others / sizeof *others)];
		sample_add(&text, code);
	}
	sample_add(&text, base ? 0x05D0 : 'a'); /* no L1 at the end */
}

/*
 * FriBidi on the stretches against our own resolver on the whole.  (ICU 72 is no judge here: it
 * forgets marks behind a bracket that N0 turned, and mispairs U+232A and U+3009 side by side.)
 */
static void test_levels_of_stretches(void **state)
{
	(void)state;
	static uint8_t levels[SAMPLE_MAX];
	static uint8_t wanted[SAMPLE_MAX];
	struct tally tally = {.name = "levels of stretches and of whole paragraphs"};
	uint64_t seed = 6;
	size_t rounds = test_rounds(30000);
	for (size_t round = 0; round < rounds; round++) {
		uint8_t base = round % 2;
		random_paragraph(&seed, base);
		assert_true(bidi_levels(text.code_points, text.count, base, levels));
		assert_true(explicit_levels(text.code_points, text.count, base, wanted));
		tally.cases++;
		for (size_t i = 0; i < text.count; i++) {
			if (levels[i] == wanted[i])
				continue;
			tally_fail(&tally, "%d not %d at %zu of %s", levels[i], wanted[i], i,
					sample_names(&text));
			break;
		}
	}
	tally_end(&tally);
}

/* Islands as such, and given as isolates from left to right. */
static void test_islands_are_isolates(void **state)
{
	(void)state;
	static const char *const pieces[] = {"سلام", "של", "news", "http://a.org/b?c=1", "a@b.org",
			"2024-06-17", "C++", "+970-59", "12", "٣٤", " ", " ", " ", "(", ")", "[", "]", ".",
			"،", "-", "\u064E", "\n", "$"};
	struct tally tally = {.name = "islands and isolates"};
	struct buffer bytes = {0};
	struct text_line a = {0}, b = {0};
	uint64_t seed = 7;
	size_t rounds = test_rounds(30000);
	for (size_t round = 0; round < rounds; round++) {
		struct text_isolate isolates[64];
		size_t count = 0, start, end = 0;
		buffer_clear(&bytes);
		buffer_str(&bytes, STR("א"));
		for (uint32_t n = 1 + random_below(&seed, 30); n > 0; n--)
			buffer_str(&bytes, str_of(pieces[random_below(
							&seed, sizeof pieces / sizeof *pieces)]));
		buffer_str(&bytes, STR("א"));
		sample_set(&text, buffer_view(&bytes));
		while (island_next(text.code_points, text.count, end, &start, &end))
			isolates[count++] = (struct text_isolate){
					text.offsets[start], text.offsets[end], TEXT_LTR};
		struct text_source source = {.text = buffer_view(&bytes)};
		struct text_options options = {.engine = test_engine(),
				.direction = (enum text_direction)random_below(&seed, 3)};
		struct text_paragraph *p = text_paragraph_new(&source, &options);
		source.isolates = isolates;
		source.isolate_count = count;
		options.no_islands = true;
		struct text_paragraph *q = text_paragraph_new(&source, &options);
		assert_true(p && q);
		assert_int_equal(text_paragraph_line(p, 0, bytes.len, &a), 0);
		assert_int_equal(text_paragraph_line(q, 0, bytes.len, &b), 0);
		text_paragraph_free(p);
		text_paragraph_free(q);
		tally.cases++;
		if (!same_line(&a, &b))
			tally_fail(&tally, "%s", sample_names(&text));
	}
	text_line_free(&a);
	text_line_free(&b);
	buffer_free(&bytes);
	tally_end(&tally);
}

static int teardown(void **state)
{
	(void)state;
	sample_free(&text);
	test_engine_free();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_words_that_come_again),
			cmocka_unit_test(test_more_words_than_are_kept),
			cmocka_unit_test(test_what_stays),
			cmocka_unit_test(test_breaks_are_those_of_icu),
			cmocka_unit_test(test_levels_of_stretches),
			cmocka_unit_test(test_islands_are_isolates),
	};
	return cmocka_run_group_tests(tests, NULL, teardown);
}
