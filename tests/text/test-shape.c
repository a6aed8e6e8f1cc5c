/*
 * The cell font against Unicode's own tables: which presentation form each letter takes is
 * worked out here from ArabicShaping.txt (joining types) and UnicodeData.txt (forms), by the
 * joining rules R1-R7 of the Unicode Standard, section 9.2, and compared with the glyphs that
 * come out of shape_run().
 */
#include "support.h"

#include "text/clean.h"
#include "text/shape.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

enum { BLOCK = 0x0900, TEXT_MAX = 64 };
enum form { ISOLATED, FINAL, INITIAL, MEDIAL, FORMS };
enum { LAM = 0x0644, BEH = 0x0628, REH = 0x0631, HAMZA = 0x0621, TATWEEL = 0x0640, FATHA = 0x064E,
	SHADDA = 0x0651, KASRA = 0x0650, DAGGER_ALEF = 0x0670, NO_FORMS = 0x069A, ZWNJ = 0x200C,
	ZWJ = 0x200D };

/* The tables of Unicode, for U+0000 to BLOCK. */
static struct {
	char joining[BLOCK];            /* D, R, L, C, U, T; 0: not listed */
	uint32_t forms[BLOCK][FORMS];   /* 0: there is none */
	uint32_t lam_alef[BLOCK][2];    /* by alef: ISOLATED, FINAL */
	uint32_t hebrew[64][4];         /* letter, points, 0; by U+FB1D onwards */
	uint32_t letters[BLOCK];        /* of Arabic script that ArabicShaping.txt lists */
	size_t letter_count;
} tables;

static struct shape_font *font;

/* A text to shape, a part of it, and the context. */
struct word {
	uint32_t text[TEXT_MAX];
	size_t count;
};

static void add(struct word *word, uint32_t code_point)
{
	assert_true(word->count < TEXT_MAX);
	word->text[word->count++] = code_point;
}

static void add_word(struct word *word, const struct word *more)
{
	for (size_t i = 0; i < more->count; i++)
		add(word, more->text[i]);
}

static const char *names(const struct word *word)
{
	static char text[TEXT_MAX * 8];
	text[0] = '\0';
	for (size_t i = 0; i < word->count; i++)
		sprintf(text + strlen(text), "%s%04X", i ? " " : "", word->text[i]);
	return text;
}

static bool is_mark(uint32_t code_point)
{
	int8_t type = u_charType((UChar32)code_point);
	return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

/* Joining type; what is not listed is transparent when Mn, Me or Cf, else non-joining. */
static char joining(uint32_t code_point)
{
	if (code_point == ZWJ)
		return 'C';
	if (code_point == ZWNJ)
		return 'U';
	if (code_point < BLOCK && tables.joining[code_point])
		return tables.joining[code_point];
	return is_mark(code_point) || u_charType((UChar32)code_point) == U_FORMAT_CHAR ? 'T' : 'U';
}

/* The nearest character that is not transparent, in steps of -1 or 1; 'U' past the ends. */
static char neighbour(const struct word *word, size_t at, int step)
{
	for (long i = (long)at + step; i >= 0 && i < (long)word->count; i += step) {
		char type = joining(word->text[i]);
		if (type != 'T')
			return type;
	}
	return 'U';
}

/* A letter that never joins (hamza) stays: its isolated form is the same sign once more. */
static enum form form_of(const struct word *word, size_t at)
{
	char own = joining(word->text[at]);
	bool before = strchr("DRC", own) && strchr("DLC", neighbour(word, at, -1));
	bool after = strchr("DLC", own) && strchr("DRC", neighbour(word, at, 1));
	return before ? (after ? MEDIAL : FINAL) : after ? INITIAL : ISOLATED;
}

/* Where the alef is that makes a ligature with the lam at `at`, marks between; else 0. */
static size_t alef_after(const struct word *word, size_t at, size_t end)
{
	if (word->text[at] != LAM)
		return 0;
	for (size_t i = at + 1; i < end; i++) {
		if (word->text[i] < BLOCK && tables.lam_alef[word->text[i]][0])
			return i;
		if (!is_mark(word->text[i]))
			return 0;
	}
	return 0;
}

static bool is_silent(uint32_t code_point)
{
	return is_mark(code_point) || text_is_invisible(code_point);
}

/* What must come out of characters start to end, without marks and joiners. */
static void expect(const struct word *word, size_t start, size_t end, struct word *out)
{
	size_t skip = 0;
	out->count = 0;
	for (size_t i = start; i < end; i++) {
		uint32_t code_point = word->text[i];
		if (is_silent(code_point) || (skip && i == skip))
			continue;
		enum form form = form_of(word, i);
		size_t alef = alef_after(word, i, end);
		bool joins = code_point < BLOCK && joining(code_point) != 'U';
		uint32_t shaped = joins ? tables.forms[code_point][form] : 0;
		if (alef) {
			shaped = tables.lam_alef[word->text[alef]][form == MEDIAL || form == FINAL];
			skip = alef;
		}
		add(out, shaped ? shaped : code_point);
	}
}

static bool is_forbidden(uint32_t code_point)
{
	return code_point == 0 || code_point > 0x10FFFF ||
	       u_charType((UChar32)code_point) == U_PRIVATE_USE_CHAR ||
	       (code_point >= 0xFBEA && code_point <= 0xFBFB) ||
	       (code_point >= 0xFC00 && code_point <= 0xFDFB);
}

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static void sort(struct word *word)
{
	qsort(word->text, word->count, sizeof *word->text, by_value);
}

static bool same_word(const struct word *a, const struct word *b)
{
	return a->count == b->count && memcmp(a->text, b->text, a->count * sizeof *a->text) == 0;
}

/* Shapes; splits the result into bases and sorted marks.  NULL, or what is wrong with it. */
static const char *shape(enum shape_script script, const struct word *word, size_t start, size_t end,
		struct word *bases, struct word *marks)
{
	const struct shape_glyph *glyphs;
	size_t last = start;
	long count = shape_run(font, script, word->text, word->count, start, end, &glyphs);
	bases->count = marks->count = 0;
	assert_true(count >= 0);
	for (long i = 0; i < count; i++) {
		if (is_forbidden(glyphs[i].code_point))
			return "a glyph that no terminal has";
		if (glyphs[i].cluster < last || glyphs[i].cluster >= end)
			return "a cluster out of order or range";
		last = glyphs[i].cluster;
		if (!text_is_invisible(glyphs[i].code_point))
			add(is_mark(glyphs[i].code_point) ? marks : bases, glyphs[i].code_point);
	}
	sort(marks);
	return NULL;
}

static void check(struct tally *tally, const struct word *word, size_t start, size_t end)
{
	struct word bases, marks, wanted, wanted_marks = {.count = 0};
	expect(word, start, end, &wanted);
	for (size_t i = start; i < end; i++) {
		if (is_mark(word->text[i]))
			add(&wanted_marks, word->text[i]);
	}
	sort(&wanted_marks);
	tally->cases++;
	const char *why = shape(SHAPE_ARABIC, word, start, end, &bases, &marks);
	if (!why && !same_word(&bases, &wanted))
		why = "wrong forms";
	if (!why && !same_word(&marks, &wanted_marks))
		why = "marks are lost";
	if (!why)
		return;
	char given[TEXT_MAX * 8], got[TEXT_MAX * 8];
	strcpy(given, names(word));
	strcpy(got, names(&bases));
	tally_fail(tally, "%s, %zu to %zu: %s: got %s, not %s", given, start, end, why, got,
			names(&wanted));
}

/* What may stand on either side of a letter: the kinds of neighbour, alone and with marks. */
static const struct word before_letter[] = {
		{{0}, 0}, {{BEH}, 1}, {{REH}, 1}, {{HAMZA}, 1}, {{NO_FORMS}, 1}, {{ZWJ}, 1}, {{ZWNJ}, 1},
		{{TATWEEL}, 1}, {{BEH, FATHA}, 2}, {{REH, SHADDA}, 2}, {{BEH, SHADDA, FATHA}, 3},
		{{BEH, ZWNJ, ZWJ}, 3}, {{BEH, ZWJ}, 2}, {{LAM}, 1}, {{LAM, KASRA}, 2}, {{0x0627}, 1},
		{{0x06CC}, 1},
};
static const struct word after_letter[] = {
		{{0}, 0}, {{BEH}, 1}, {{REH}, 1}, {{HAMZA}, 1}, {{NO_FORMS}, 1}, {{ZWJ}, 1}, {{ZWNJ}, 1},
		{{TATWEEL}, 1}, {{FATHA}, 1}, {{FATHA, BEH}, 2}, {{SHADDA, FATHA, REH}, 3},
		{{DAGGER_ALEF, TATWEEL}, 2}, {{FATHA, ZWJ}, 2}, {{ZWJ, ZWNJ, BEH}, 3}, {{LAM, 0x0627}, 2},
		{{0x0627}, 1}, {{FATHA, 0x0622}, 2}, {{0x06CC}, 1},
};
enum { BEFORE = sizeof before_letter / sizeof *before_letter,
	AFTER = sizeof after_letter / sizeof *after_letter };

/* A lam and an alef with a joiner between: Unicode leaves open whether they are one glyph. */
static bool is_open(const struct word *word)
{
	size_t joiner = word->count;
	for (size_t i = 0; i < word->count; i++) {
		if (word->text[i] == LAM)
			joiner = i;
		else if (word->text[i] < BLOCK && tables.lam_alef[word->text[i]][0] && joiner < i) {
			for (size_t k = joiner; k < i; k++) {
				if (word->text[k] == ZWJ || word->text[k] == ZWNJ)
					return true;
			}
		} else if (!is_silent(word->text[i])) {
			joiner = word->count;
		}
	}
	return false;
}

static void test_every_letter_between_all_neighbours(void **state)
{
	(void)state;
	struct tally within = {.name = "Arabic letters, shaped with their neighbours"};
	struct tally across = {.name = "Arabic letters, neighbours outside the run"};
	size_t with_forms = 0;
	for (size_t l = 0; l < tables.letter_count; l++) {
		const uint32_t *forms = tables.forms[tables.letters[l]];
		with_forms += forms[0] || forms[1] || forms[2] || forms[3];
		for (size_t b = 0; b < BEFORE * AFTER; b++) {
			struct word word = before_letter[b / AFTER];
			size_t at = word.count;
			add(&word, tables.letters[l]);
			add_word(&word, &after_letter[b % AFTER]);
			check(&across, &word, at, at + 1);
			if (!is_open(&word))
				check(&within, &word, 0, word.count);
		}
	}
	printf("# %zu letters, %zu of them with presentation forms\n", tables.letter_count,
			with_forms);
	assert_true(with_forms > 70);
	tally_end(&within);
	tally_end(&across);
}

static void test_lam_alef(void **state)
{
	(void)state;
	static const uint32_t alefs[] = {0x0622, 0x0623, 0x0625, 0x0627};
	static const struct word between[] = {{{0}, 0}, {{FATHA}, 1}, {{SHADDA}, 1}, {{KASRA}, 1},
			{{SHADDA, FATHA}, 2}, {{FATHA, SHADDA}, 2}, {{DAGGER_ALEF}, 1}, {{0x0652}, 1}};
	struct tally tally = {.name = "lam-alef"};
	for (size_t a = 0; a < 4; a++) {
		for (size_t m = 0; m < sizeof between / sizeof *between; m++) {
			for (size_t c = 0; c < BEFORE * AFTER; c++) {
				struct word word = before_letter[c / AFTER];
				add(&word, LAM);
				add_word(&word, &between[m]);
				add(&word, alefs[a]);
				add_word(&word, &after_letter[c % AFTER]);
				check(&tally, &word, 0, word.count);
			}
		}
	}
	tally_end(&tally);
}

static void shape_to(const struct word *word, const struct word *wanted)
{
	struct word bases, marks;
	const char *why = shape(SHAPE_ARABIC, word, 0, word->count, &bases, &marks);
	if (why || !same_word(&bases, wanted))
		fail_msg("%s: %s, got %s", names(word), why ? why : "wrong", names(&bases));
}

static void test_lam_alef_held_apart(void **state)
{
	(void)state;
	/* ZWNJ between: two letters that do not join. */
	shape_to(&(struct word){{LAM, ZWNJ, 0x0627}, 3}, &(struct word){{0xFEDD, 0xFE8D}, 2});
	shape_to(&(struct word){{BEH, LAM, ZWNJ, 0x0627}, 4},
			&(struct word){{0xFE91, 0xFEDE, 0xFE8D}, 3});
	/* A small alef, a wasla or a tatweel makes no ligature. */
	shape_to(&(struct word){{LAM, 0x0671}, 2}, &(struct word){{0xFEDF, 0xFB51}, 2});
	shape_to(&(struct word){{LAM, TATWEEL, 0x0627}, 3},
			&(struct word){{0xFEDF, TATWEEL, 0xFE8E}, 3});
	shape_to(&(struct word){{0x06B5, 0x0627}, 2}, &(struct word){{0x06B5, 0xFE8E}, 2});
	/* Written as alef and a combining sign. */
	shape_to(&(struct word){{LAM, 0x0627, 0x0653}, 3}, &(struct word){{0xFEF5}, 1});
	shape_to(&(struct word){{LAM, 0x0627, 0x0654}, 3}, &(struct word){{0xFEF7}, 1});
	shape_to(&(struct word){{LAM, 0x0627, 0x0655}, 3}, &(struct word){{0xFEF9}, 1});
	/* The name of God stays four letters: its ligatures are in no terminal font. */
	shape_to(&(struct word){{LAM, LAM, 0x0647}, 3}, &(struct word){{0xFEDF, 0xFEE0, 0xFEEA}, 3});
	shape_to(&(struct word){{0x0627, LAM, LAM, SHADDA, DAGGER_ALEF, 0x0647}, 6},
			&(struct word){{0xFE8D, 0xFEDF, 0xFEE0, 0xFEEA}, 4});
}

static void test_every_pair_of_letters(void **state)
{
	(void)state;
	struct tally tally = {.name = "all pairs of Arabic letters"};
	for (size_t a = 0; a < tables.letter_count; a++) {
		for (size_t b = 0; b < tables.letter_count; b++) {
			struct word word = {{tables.letters[a], tables.letters[b]}, 2};
			check(&tally, &word, 0, 2);
		}
	}
	tally_end(&tally);
}

/* Marks of the Arabic block but the three that compose with their letter. */
static uint32_t random_mark(uint64_t *seed)
{
	static const uint32_t marks[] = {0x0610, 0x064B, 0x064C, 0x064D, FATHA, 0x064F, KASRA, SHADDA,
			0x0652, 0x0656, 0x0657, 0x0658, DAGGER_ALEF, 0x06D6, 0x06E1, 0x06ED, 0x08F0};
	return marks[random_below(seed, sizeof marks / sizeof *marks)];
}

static size_t longest_silence(const struct word *word)
{
	size_t longest = 0, run = 0;
	for (size_t i = 0; i < word->count; i++) {
		run = is_silent(word->text[i]) ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

static void test_random_words(void **state)
{
	(void)state;
	struct tally tally = {.name = "random Arabic words"};
	uint64_t seed = 1446;
	size_t rounds = test_rounds(100000);
	for (size_t round = 0; round < rounds; round++) {
		struct word word = {.count = 0};
		size_t count = 1 + random_below(&seed, 20);
		for (size_t i = 0; i < count; i++) {
			uint32_t kind = random_below(&seed, 16);
			uint32_t letter = tables.letters[random_below(
					&seed, (uint32_t)tables.letter_count)];
			add(&word, kind < 3 ? random_mark(&seed) :
					kind == 3 ? ZWNJ : kind == 4 ? ZWJ : kind < 7 ? LAM :
					kind == 7 ? 0x0627 : kind == 8 ? ' ' : letter);
		}
		size_t start = random_below(&seed, (uint32_t)word.count);
		if (is_open(&word))
			continue;
		check(&tally, &word, 0, word.count);
		/* HarfBuzz looks at five characters of context: more marks in a row hide it. */
		if (longest_silence(&word) > 3)
			continue;
		check(&tally, &word, start, word.count);
		check(&tally, &word, 0, start);
	}
	tally_end(&tally);
}

static void test_forms_in_the_source_stay(void **state)
{
	(void)state;
	struct tally tally = {.name = "presentation forms in the source"};
	for (uint32_t code_point = 0xFB50; code_point <= 0xFEFC; code_point++) {
		struct word word = {{code_point}, 1}, bases, marks;
		if (u_charType((UChar32)code_point) != U_OTHER_LETTER ||
				shape_script(code_point) != SHAPE_ARABIC)
			continue;
		tally.cases++;
		const char *why = shape(SHAPE_ARABIC, &word, 0, 1, &bases, &marks);
		if (why || !same_word(&bases, &word))
			tally_fail(&tally, "%04X: %s", code_point, why ? why : "changed");
	}
	tally_end(&tally);
}

/* Letter and points of a Hebrew presentation form, fully decomposed. */
static void hebrew_parts(uint32_t code_point, struct word *out)
{
	if (code_point < 0xFB1D || code_point > 0xFB4E || !tables.hebrew[code_point - 0xFB1D][0]) {
		add(out, code_point);
		return;
	}
	for (const uint32_t *part = tables.hebrew[code_point - 0xFB1D]; *part; part++)
		hebrew_parts(*part, out);
}

static void check_hebrew(struct tally *tally, const struct word *word, uint32_t composed,
		uint32_t mark)
{
	struct word bases, marks;
	tally->cases++;
	const char *why = shape(SHAPE_HEBREW, word, 0, word->count, &bases, &marks);
	bool right = bases.count == 3 && bases.text[0] == 0x05D0 && bases.text[1] == composed &&
		     bases.text[2] == 0x05EA && marks.count == (mark != 0) &&
		     (!mark || marks.text[0] == mark);
	if (why || !right)
		tally_fail(tally, "%04X from %s: %s", composed, names(word),
				why ? why : "not composed");
}

static void test_hebrew_points_compose(void **state)
{
	(void)state;
	struct tally tally = {.name = "Hebrew letters with points"};
	static const uint32_t vowels[] = {0, 0x05B0, 0x05B7, 0x05BB};
	for (uint32_t form = 0xFB1D; form <= 0xFB4E; form++) {
		struct word parts = {.count = 0};
		hebrew_parts(form, &parts);
		if (parts.count < 2)
			continue;
		for (size_t v = 0; v < 4; v++) {
			/* Points in the order given, then in the other; the vowel first and last. */
			for (int order = 0; order < 4; order++) {
				struct word word = {{0x05D0, parts.text[0]}, 2};
				if (order & 1 && vowels[v])
					add(&word, vowels[v]);
				for (size_t i = 1; i < parts.count; i++)
					add(&word, parts.text[order & 2 ? parts.count - i : i]);
				if (!(order & 1) && vowels[v])
					add(&word, vowels[v]);
				add(&word, 0x05EA);
				/* Two vowels on one letter: which composes is no one's rule. */
				if (!vowels[v] || parts.text[1] == 0x05BC || parts.text[1] == 0x05C1 ||
						parts.text[1] == 0x05C2)
					check_hebrew(&tally, &word, form, vowels[v]);
			}
		}
	}
	tally_end(&tally);
}

static void test_other_points_stay(void **state)
{
	(void)state;
	struct word word = {{0x05D0, 0x05B8, 0x05DC, 0x05B5, 0x0591}, 5}, bases, marks;
	assert_null(shape(SHAPE_HEBREW, &word, 0, word.count, &bases, &marks));
	/* Alef with qamats is U+FB2F; lamed with tsere and etnahta is no letter of its own. */
	assert_true(same_word(&bases, &(struct word){{0xFB2F, 0x05DC}, 2}));
	assert_true(same_word(&marks, &(struct word){{0x0591, 0x05B5}, 2}));
}

static void test_scripts_that_are_shaped(void **state)
{
	(void)state;
	for (uint32_t code_point = 0; code_point <= 0x10FFFF; code_point++) {
		UErrorCode status = U_ZERO_ERROR;
		UScriptCode script = uscript_getScript((UChar32)code_point, &status);
		enum shape_script wanted = shape_script(code_point);
		bool arabic = script == USCRIPT_ARABIC, hebrew = script == USCRIPT_HEBREW;
		if ((wanted == SHAPE_ARABIC && !arabic) ||
				(wanted == SHAPE_HEBREW && !hebrew && code_point > 0x05FF))
			fail_msg("U+%04X is shaped as what it is not", code_point);
		bool letter = u_isalpha((UChar32)code_point) && code_point >= 0x05D0 &&
			      code_point < BLOCK;
		if (letter && (arabic || hebrew) && wanted == SHAPE_NONE && !is_mark(code_point))
			fail_msg("U+%04X is not shaped", code_point);
	}
}

/* Letters of scripts that are not shaped come out as they went in, from right to left. */
static void check_reversed(struct tally *tally, const struct sample *s, struct text_line *line)
{
	struct text_paragraph *paragraph =
			sample_paragraph(s, TEXT_AUTO, TEXT_FORMS_PRESENTATION, false);
	assert_int_equal(text_paragraph_line(paragraph, 0, s->utf8.len, line), 0);
	bool right = line->direction == TEXT_RTL && line->count == s->count;
	for (size_t i = 0; right && i < s->count; i++) {
		const struct text_cell *cell = &line->cells[s->count - 1 - i];
		right = cell->glyph_count == 1 && cell->start == s->offsets[i] &&
			line->glyphs[cell->glyph] == s->code_points[i];
	}
	tally->cases++;
	if (!right)
		tally_fail(tally, "%s is harmed", sample_names(s));
	text_paragraph_free(paragraph);
}

static void test_other_right_to_left_scripts(void **state)
{
	(void)state;
	static struct sample s;
	struct text_line line = {0};
	struct tally tally = {.name = "Syriac, Thaana, N'Ko, Samaritan, Mandaic, Adlam, Rohingya"};
	static const UScriptCode scripts[] = {USCRIPT_SYRIAC, USCRIPT_THAANA, USCRIPT_NKO,
			USCRIPT_SAMARITAN, USCRIPT_MANDAIC, USCRIPT_ADLAM, USCRIPT_HANIFI_ROHINGYA};
	for (size_t script = 0; script < sizeof scripts / sizeof *scripts; script++) {
		uint32_t last = 0;
		for (uint32_t code_point = 0x0700; code_point < 0x1EA00; code_point++) {
			UErrorCode status = U_ZERO_ERROR;
			if (!u_isalpha((UChar32)code_point) || is_mark(code_point) ||
					uscript_getScript((UChar32)code_point, &status) != scripts[script])
				continue;
			sample_clear(&s);
			for (int i = 0; i < 3; i++)
				sample_add(&s, last && i == 1 ? last : code_point);
			last = code_point;
			check_reversed(&tally, &s, &line);
		}
	}
	text_line_free(&line);
	sample_free(&s);
	tally_end(&tally);
}

/* Reads `<initial> 0628`, `<final> 0644 0627` or `05D9 05B4` of the character `own`. */
static void read_decomposition(uint32_t own, char *text)
{
	static const char *const kinds[FORMS] = {"<isolated>", "<final>", "<initial>", "<medial>"};
	char *kind = *text == '<' ? strsep(&text, " ") : NULL;
	uint32_t parts[4] = {0};
	for (size_t i = 0; i < 3; i++)
		parts[i] = (uint32_t)strtoul(text ? text : "", &text, 16);
	if (!kind && own >= 0xFB1D && own <= 0xFB4E)
		memcpy(tables.hebrew[own - 0xFB1D], parts, sizeof parts);
	for (size_t form = 0; kind && form < FORMS; form++) {
		if (strcmp(kind, kinds[form]) != 0 || parts[0] >= BLOCK || parts[1] >= BLOCK)
			continue;
		if (!parts[1])
			tables.forms[parts[0]][form] = own;
		else if (own >= 0xFEF5 && own <= 0xFEFC)
			tables.lam_alef[parts[1]][form] = own;
	}
}

static void read_joining_types(void)
{
	struct unicode_file file;
	unicode_open(&file, "ArabicShaping.txt");
	while (unicode_next(&file)) {
		char *rest = file.line;
		uint32_t code_point = (uint32_t)strtoul(unicode_field(&rest), NULL, 16);
		UErrorCode status = U_ZERO_ERROR;
		unicode_field(&rest);
		if (code_point >= BLOCK)
			continue;
		tables.joining[code_point] = *unicode_field(&rest);
		if (uscript_getScript((UChar32)code_point, &status) == USCRIPT_ARABIC &&
				text_clean(code_point) == code_point)
			tables.letters[tables.letter_count++] = code_point;
	}
	unicode_close(&file);
}

static void test_tables_are_here(void **state)
{
	(void)state;
	struct unicode_file file;
	unicode_open(&file, "UnicodeData.txt");
	while (unicode_next(&file)) {
		char *rest = file.line, *field = NULL;
		uint32_t code_point = (uint32_t)strtoul(rest, NULL, 16);
		for (int i = 0; i < 6; i++)
			field = unicode_field(&rest);
		if (code_point >= 0xFB00 && code_point <= 0xFEFF && *field)
			read_decomposition(code_point, field);
	}
	unicode_close(&file);
	read_joining_types();
	assert_int_equal(tables.forms[BEH][MEDIAL], 0xFE92);
	assert_int_equal(tables.lam_alef[0x0627][FINAL], 0xFEFC);
	assert_int_equal(tables.joining[REH], 'R');
}

static int setup(void **state)
{
	(void)state;
	font = shape_font_new();
	return font ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	shape_font_free(font);
	test_engine_free();
	return 0;
}

/* Skips where Unicode's tables are missing. */
static int need_tables(void **state)
{
	(void)state;
	if (tables.letter_count == 0)
		skip();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_tables_are_here),
			cmocka_unit_test_setup(test_every_letter_between_all_neighbours, need_tables),
			cmocka_unit_test_setup(test_lam_alef, need_tables),
			cmocka_unit_test_setup(test_lam_alef_held_apart, need_tables),
			cmocka_unit_test_setup(test_every_pair_of_letters, need_tables),
			cmocka_unit_test_setup(test_random_words, need_tables),
			cmocka_unit_test(test_forms_in_the_source_stay),
			cmocka_unit_test_setup(test_hebrew_points_compose, need_tables),
			cmocka_unit_test(test_other_points_stay),
			cmocka_unit_test(test_scripts_that_are_shaped),
			cmocka_unit_test(test_other_right_to_left_scripts),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
