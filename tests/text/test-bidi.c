/*
 * UAX #9 through text_paragraph_line(): Unicode's own two test files, and ICU on random
 * paragraphs full of unbalanced controls.  Compared are the level of every cell and the
 * visual order of the source.  White space at the end of a line has no cells, nor have
 * (visibly) the characters that rule X9 removes; both are left out of what is expected.
 */
#include "support.h"

#include "text/clean.h"

#include <fribidi.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

enum { REMOVED = -1 }; /* 'x' in the files: has no level */

struct expectation {
	int paragraph_level; /* REMOVED where the file does not say */
	int8_t levels[SAMPLE_MAX];
	size_t order[SAMPLE_MAX];
	size_t order_count;
};

static const enum text_direction directions[] = {TEXT_AUTO, TEXT_LTR, TEXT_RTL};

/* What is tested now: too large for the stack of a test. */
static struct sample text, cleaned;
static struct expectation expected;
static struct text_line line;

static bool is_line_white(uint32_t code_point)
{
	uint32_t clean = text_clean(code_point);
	if (clean == TEXT_DROP || text_is_invisible(clean))
		return true;
	int8_t direction = (int8_t)u_charDirection((UChar32)clean);
	return direction == U_WHITE_SPACE_NEUTRAL || direction == U_BLOCK_SEPARATOR ||
	       direction == U_SEGMENT_SEPARATOR;
}

/* Index where the white space at the end (and what is removed in it) starts. */
static size_t white_tail(const struct sample *s)
{
	size_t end = s->count;
	while (end > 0 && is_line_white(s->code_points[end - 1]))
		end--;
	return end;
}

static bool is_compared(const struct sample *s, size_t i, size_t tail)
{
	uint32_t clean = text_clean(s->code_points[i]);
	return i < tail && clean != TEXT_DROP && !text_is_invisible(clean) &&
	       !is_removed_by_x9(clean);
}

/* The next compared character of the line in visual order; false after the last. */
static bool next_visual(const struct sample *s, size_t tail, size_t *cell, size_t *within, size_t *i)
{
	for (; *cell < line.count; ++*cell, *within = 0) {
		const struct text_cell *c = &line.cells[*cell];
		size_t start = sample_index(s, c->start), end = sample_index(s, c->end);
		while (*within < end - start) {
			size_t step = (*within)++;
			*i = c->level % 2 ? end - 1 - step : start + step;
			if (is_compared(s, *i, tail))
				return true;
		}
	}
	return false;
}

/* NULL when line and expectation agree, else what differs. */
static const char *compare(const struct sample *s)
{
	size_t cell = 0, within = 0, i, tail = white_tail(s);
	for (size_t place = 0; place < expected.order_count; place++) {
		size_t wanted = expected.order[place];
		if (!is_compared(s, wanted, tail))
			continue;
		if (!next_visual(s, tail, &cell, &within, &i))
			return "characters are missing";
		if (i != wanted)
			return "the visual order differs";
		if (line.cells[cell].level != expected.levels[i])
			return "a level differs";
	}
	return next_visual(s, tail, &cell, &within, &i) ? "characters come twice" : NULL;
}

/* Lays `text` out and compares; counts it in the tally. */
static void run_case(struct tally *tally, enum text_direction direction)
{
	struct text_paragraph *paragraph =
			sample_paragraph(&text, direction, TEXT_FORMS_PRESENTATION, true);
	enum text_direction found = text_paragraph_direction(paragraph);
	const char *why = NULL;
	if (text_paragraph_line(paragraph, 0, text.utf8.len, &line) < 0)
		why = "out of memory";
	else if (expected.paragraph_level != REMOVED &&
			(found == TEXT_RTL) != (expected.paragraph_level % 2 == 1))
		why = "the paragraph's direction differs";
	else if (line.direction != found)
		why = "line and paragraph disagree about the direction";
	else
		why = compare(&text);
	tally->cases++;
	if (why)
		tally_fail(tally, "%s, asked for %s: %s", sample_names(&text),
				direction == TEXT_AUTO ? "auto" : direction == TEXT_RTL ? "RTL" : "LTR",
				why);
	text_paragraph_free(paragraph);
}

/* Expects what ICU makes of the text as text_clean() leaves it. */
static void expect_icu(enum text_direction direction)
{
	static size_t origin[SAMPLE_MAX], order[SAMPLE_MAX];
	static int8_t levels[SAMPLE_MAX];
	sample_clean(&text, &cleaned, origin);
	icu_bidi(&cleaned, direction, &expected.paragraph_level, levels, order);
	for (size_t i = 0; i < cleaned.count; i++) {
		expected.levels[origin[i]] = levels[i];
		expected.order[i] = origin[order[i]];
	}
	expected.order_count = cleaned.count;
}

/*
 * True when text_clean() drops a character or makes one of another class of it.  A paragraph separator as the last character may, where it ends no
 * embedding: nothing that is compared hangs on it.
 */
static bool loses_class(const struct sample *s)
{
	bool embeds = false;
	for (size_t i = 0; i < s->count; i++) {
		uint32_t code_point = s->code_points[i], clean = text_clean(code_point);
		embeds |= is_removed_by_x9(code_point);
		UCharDirection class = u_charDirection((UChar32)code_point);
		if (clean == TEXT_DROP && class != U_BOUNDARY_NEUTRAL)
			return true;
		if (clean != TEXT_DROP && u_charDirection((UChar32)clean) != class &&
				!(class == U_BLOCK_SEPARATOR && i + 1 == s->count && !embeds))
			return true;
	}
	return false;
}

static size_t parse_numbers(const char *list, int8_t *levels, size_t *order)
{
	size_t count = 0;
	for (;;) {
		char *end;
		list += strspn(list, " \t");
		if (*list == 'x') {
			levels[count++] = REMOVED;
			list++;
			continue;
		}
		long number = strtol(list, &end, 10);
		if (end == list)
			return count;
		if (levels)
			levels[count++] = (int8_t)number;
		else
			order[count++] = (size_t)number;
		list = end;
	}
}

/* A character of each class; none of them is a bracket, joins or composes with another. */
static const struct {
	const char *class;
	uint32_t code_point;
} representatives[] = {
		{"L", 'a'}, {"R", 0x05D0}, {"AL", 0x0627}, {"EN", '1'}, {"ES", '+'}, {"ET", '$'},
		{"AN", 0x0661}, {"CS", ','}, {"NSM", 0x0300}, {"BN", 0x200B}, {"B", 0x2029},
		{"S", '\t'}, {"WS", ' '}, {"ON", '!'}, {"LRE", 0x202A}, {"LRO", 0x202D},
		{"RLE", 0x202B}, {"RLO", 0x202E}, {"PDF", 0x202C}, {"LRI", 0x2066},
		{"RLI", 0x2067}, {"FSI", 0x2068}, {"PDI", 0x2069},
};

static void parse_classes(struct sample *s, char *classes)
{
	sample_clear(s);
	for (char *name; (name = strsep(&classes, " \t"));) {
		size_t i = 0, count = sizeof representatives / sizeof *representatives;
		while (i < count && strcmp(representatives[i].class, name) != 0)
			i++;
		if (i == count)
			fail_msg("unknown bidi class %s", name);
		sample_add(s, representatives[i].code_point);
	}
}

/* Runs the case of the file, or, where it cannot be told to the engine, ICU's answer. */
static void run_file_case(struct tally *file, struct tally *cleaned_tally,
		enum text_direction direction)
{
	if (!loses_class(&text)) {
		run_case(file, direction);
		return;
	}
	struct expectation saved = expected;
	expect_icu(direction);
	run_case(cleaned_tally, direction);
	expected = saved;
}

static void tally_end_of_file(struct tally *tally, struct tally *changed)
{
	printf("# %s: %zu cases, %zu failures\n", changed->name, changed->cases, changed->failures);
	assert_int_equal(changed->failures, 0);
	tally_end(tally);
}

static void test_bidi_test(void **state)
{
	(void)state;
	struct tally tally = {.name = "BidiTest.txt"};
	struct tally changed = {.name = "BidiTest.txt, changed by text_clean, against ICU"};
	struct unicode_file file;
	unicode_open(&file, "BidiTest.txt");
	expected.paragraph_level = REMOVED;
	while (unicode_next(&file)) {
		char *rest = file.line;
		if (strncmp(rest, "@Levels:", 8) == 0)
			parse_numbers(rest + 8, expected.levels, NULL);
		else if (strncmp(rest, "@Reorder:", 9) == 0)
			expected.order_count = parse_numbers(rest + 9, NULL, expected.order);
		if (*rest == '@')
			continue;
		parse_classes(&text, unicode_field(&rest));
		unsigned long bits = strtoul(unicode_field(&rest), NULL, 16);
		for (size_t i = 0; i < 3; i++) {
			if (bits >> i & 1)
				run_file_case(&tally, &changed, directions[i]);
		}
	}
	unicode_close(&file);
	tally_end_of_file(&tally, &changed);
}

static void test_bidi_character_test(void **state)
{
	(void)state;
	struct tally tally = {.name = "BidiCharacterTest.txt"};
	struct tally changed = {.name = "BidiCharacterTest.txt, changed by text_clean, against ICU"};
	static const enum text_direction asked[] = {TEXT_LTR, TEXT_RTL, TEXT_AUTO};
	struct unicode_file file;
	unicode_open(&file, "BidiCharacterTest.txt");
	while (unicode_next(&file)) {
		char *rest = file.line;
		sample_clear(&text);
		sample_parse(&text, unicode_field(&rest));
		unsigned long direction = strtoul(unicode_field(&rest), NULL, 10);
		assert_true(direction < 3);
		expected.paragraph_level = atoi(unicode_field(&rest));
		assert_int_equal(parse_numbers(unicode_field(&rest), expected.levels, NULL),
				text.count);
		expected.order_count = parse_numbers(unicode_field(&rest), NULL, expected.order);
		run_file_case(&tally, &changed, asked[direction]);
	}
	unicode_close(&file);
	tally_end_of_file(&tally, &changed);
}

/*
 * Letters, digits, signs, brackets, blanks, and every control.  The angle brackets U+2329 and
 * U+232A, the same as U+3008 and U+3009, are left out: where both kinds meet ICU 72 pairs one
 * bracket twice.
 */
static const uint32_t alphabet[] = {
		'a', 'Z', 0xE9, 0x4E2D, 0x05D0, 0x05EA, 0x0627, 0x0628, 0x06CC, 0x07CA, 0x0710,
		'1', '9', 0x06F4, 0x0661, 0x0669, '+', '-', '#', '$', '%', 0x20AC, ',', '.', ':', '/',
		0x060C, 0x066B, '!', '"', 0xAB, 0xBB, '(', ')', '[', ']', '{', '}',
		0x3008, 0x3009, 0x0300, 0x064E, 0x05B7, ' ', ' ', ' ', 0x3000, 0x200B, 0x200D,
		0x200C, 0x200E, 0x200F, 0x061C, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066,
		0x2067, 0x2068, 0x2069,
};

static bool is_override(uint32_t code_point)
{
	return code_point == 0x202D || code_point == 0x202E;
}

/* True when a mark put after s would stand on a bracket; ICU 72 does not turn it with that. */
static bool ends_in_bracket(const struct sample *s)
{
	size_t end = s->count;
	while (end > 0 && (is_removed_by_x9(s->code_points[end - 1]) ||
					  u_charType((UChar32)s->code_points[end - 1]) ==
							  U_NON_SPACING_MARK))
		end--;
	return end > 0 && u_getIntPropertyValue((UChar32)s->code_points[end - 1],
					  UCHAR_BIDI_PAIRED_BRACKET_TYPE) != U_BPT_NONE;
}

static void add_random(struct sample *s, uint64_t *seed, uint32_t first, bool overrides)
{
	uint32_t size = sizeof alphabet / sizeof *alphabet;
	uint32_t code_point;
	bool mark;
	do {
		code_point = alphabet[first + random_below(seed, size - first)];
		mark = u_charType((UChar32)code_point) == U_NON_SPACING_MARK;
	} while ((!overrides && is_override(code_point)) || (mark && ends_in_bracket(s)));
	sample_add(s, code_point);
}

static void random_text(struct sample *s, uint64_t *seed, uint32_t most, bool overrides)
{
	uint32_t size = sizeof alphabet / sizeof *alphabet;
	uint32_t count = 1 + random_below(seed, most);
	bool nests = most > 100 && random_below(seed, 4) == 0; /* deeper than the levels go */
	sample_clear(s);
	for (uint32_t i = 0; nests && i < 200; i++)
		add_random(s, seed, size - 9, overrides);
	for (uint32_t i = 0; i < count; i++)
		add_random(s, seed, 0, overrides);
}

static void test_against_icu(void **state)
{
	(void)state;
	struct tally tally = {.name = "random paragraphs against ICU's ubidi"};
	uint64_t seed = 9;
	size_t rounds = test_rounds(100000);
	for (size_t round = 0; round < rounds; round++) {
		enum text_direction direction = directions[random_below(&seed, 3)];
		random_text(&text, &seed, round % 8 ? 24 : 300, false);
		expect_icu(direction);
		run_case(&tally, direction);
	}
	tally_end(&tally);
}

/* Levels as FriBidi has them in place of ICU's; the paragraph's level and the order stay. */
static void expect_fribidi_levels(void)
{
	static FriBidiChar codes[SAMPLE_MAX];
	static FriBidiCharType types[SAMPLE_MAX];
	static FriBidiBracketType brackets[SAMPLE_MAX];
	static FriBidiLevel levels[SAMPLE_MAX];
	FriBidiStrIndex count = (FriBidiStrIndex)text.count;
	FriBidiParType base = expected.paragraph_level ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
	memcpy(codes, text.code_points, text.count * sizeof *codes);
	fribidi_get_bidi_types(codes, count, types);
	fribidi_get_bracket_types(codes, count, types, brackets);
	assert_true(fribidi_get_par_embedding_levels_ex(types, brackets, count, &base, levels) > 0);
	for (size_t i = 0; i < text.count; i++)
		expected.levels[i] = (int8_t)levels[i];
	expected.order_count = 0;
}

/* True when the engine's levels are those of `expected`. */
static bool levels_agree(enum text_direction direction)
{
	struct text_paragraph *paragraph =
			sample_paragraph(&text, direction, TEXT_FORMS_BASE, true);
	bool same = text_paragraph_line(paragraph, 0, text.utf8.len, &line) == 0;
	text_paragraph_free(paragraph);
	for (size_t c = 0; same && c < line.count; c++) {
		size_t i = sample_index(&text, line.cells[c].start);
		if (is_compared(&text, i, text.count))
			same = line.cells[c].level == expected.levels[i];
	}
	return same;
}

/*
 * With overrides ICU 72 is no judge of its own: it does not override a PDI (X6a), and keeps a
 * level too far where overrides meet.  What it says otherwise FriBidi must say as we do.
 */
static void test_overrides_against_icu_or_fribidi(void **state)
{
	(void)state;
	struct tally tally = {.name = "random paragraphs with overrides against ICU or FriBidi"};
	uint64_t seed = 10;
	size_t rounds = test_rounds(100000), fribidi_alone = 0;
	for (size_t round = 0; round < rounds; round++) {
		enum text_direction direction = directions[random_below(&seed, 3)];
		random_text(&text, &seed, 24, true);
		tally.cases++;
		expect_icu(direction);
		if (levels_agree(direction))
			continue;
		expect_fribidi_levels();
		fribidi_alone++;
		if (!levels_agree(direction))
			tally_fail(&tally, "%s: neither ICU's levels nor FriBidi's",
					sample_names(&text));
	}
	printf("# %zu of them as FriBidi has them, not ICU\n", fribidi_alone);
	tally_end(&tally);
}

/* A vowel sign or the like that is one cluster with a letter, and so takes its level. */
static bool follows_letter(uint32_t code_point)
{
	int32_t kind = u_getIntPropertyValue((UChar32)code_point, UCHAR_GRAPHEME_CLUSTER_BREAK);
	return u_charDirection((UChar32)code_point) != U_DIR_NON_SPACING_MARK &&
	       (kind == U_GCB_SPACING_MARK || kind == U_GCB_EXTEND || kind == U_GCB_PREPEND);
}

/*
 * Each assigned character by itself: its class (of Unicode's version that ICU knows) decides.
 * A library with older tables takes new emoji for Latin letters.
 */
static void test_every_character(void **state)
{
	(void)state;
	struct tally tally = {.name = "every character between letters and digits, against ICU"};
	for (uint32_t code_point = 0; code_point <= 0x10FFFF; code_point++) {
		bool plenty = code_point >= 0x3400 && code_point < 0xFB00; /* CJK, Hangul */
		int8_t type = u_charType((UChar32)code_point);
		if ((plenty && code_point % 64) || code_point >= 0xF0000 || type == U_SURROGATE ||
				type == U_UNASSIGNED || text_clean(code_point) != code_point ||
				text_is_invisible(code_point) || follows_letter(code_point))
			continue;
		sample_clear(&text);
		sample_add(&text, code_point);
		sample_add(&text, 0x05D0);
		sample_add(&text, code_point);
		sample_add(&text, '1');
		sample_add(&text, code_point);
		sample_add(&text, 'a');
		expect_icu(TEXT_AUTO);
		run_case(&tally, TEXT_AUTO);
	}
	tally_end(&tally);
}

static int teardown(void **state)
{
	(void)state;
	sample_free(&text);
	sample_free(&cleaned);
	text_line_free(&line);
	test_engine_free();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_bidi_test),
			cmocka_unit_test(test_bidi_character_test),
			cmocka_unit_test(test_against_icu),
			cmocka_unit_test(test_overrides_against_icu_or_fribidi),
			cmocka_unit_test(test_every_character),
	};
	return cmocka_run_group_tests(tests, NULL, teardown);
}
