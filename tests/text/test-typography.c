/*
 * What the engine does beyond Unicode's rules: kashida and spaces of justified lines, marks,
 * numerals, tailored line breaks.  Cases by hand, and properties on made-up text against
 * ArabicShaping.txt, character names, ICU's breaks and the ragged lines.
 */
#include "support.h"

#include "text/clean.h"
#include "text/drawn.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>

static struct sample text;
static struct text_line line, ragged;
static struct buffer seen;

static struct text_paragraph *make(const char *utf8, const struct text_options *wanted)
{
	struct text_options options = *wanted;
	options.engine = test_engine();
	sample_set(&text, str_of(utf8));
	struct text_source source = {.text = buffer_view(&text.utf8)};
	struct text_paragraph *paragraph = text_paragraph_new(&source, &options);
	assert_non_null(paragraph);
	return paragraph;
}

/* A line of one direction in the order it is read. */
static const char *as_read(const struct text_line *l)
{
	buffer_clear(&seen);
	for (size_t i = 0; i < l->count; i++) {
		size_t at = l->direction == TEXT_RTL ? l->count - 1 - i : i;
		const struct text_cell *cell = &l->cells[at];
		for (size_t g = 0; g < cell->glyph_count; g++)
			buffer_utf8(&seen, l->glyphs[cell->glyph + g]);
	}
	buffer_add(&seen, "", 0);
	return seen.data ? seen.data : "";
}

/* ---- justification by hand ---- */

static const struct {
	const char *words; /* a line that another follows */
	int more;          /* cells to fill */
	const char *filled;
} fills[] = {
	/* 1, a tatweel the author wrote, before 2, after seen or sad */
	{"كتـب شمس", 1, "كتــب شمس"},
	{"شمس كتـب", 2, "شـمس كتــب"},
	/* 2 before 3, final teh marbuta, heh and dal */
	{"شمس كلمة", 1, "شـمس كلمة"},
	{"كلمة شمس", 1, "كلمة شـمس"},
	{"كلمة شمس", 2, "كلمـة شـمس"},
	{"كلمة شمس", 3, "كلمـة شــمس"},
	{"كلمة شمس", 4, "كلمــة شــمس"},
	{"مسجد مسجد", 1, "مسجد مسـجد"},
	{"صبر كلمة", 1, "صـبر كلمة"},
	/* 3 before 4, final alef, tah, lam, kaf, gaf */
	{"كتاب محمد", 1, "كتاب محمـد"},
	{"وجه كتاب", 1, "وجـه كتاب"},
	{"كتاب محمد", 2, "كتـاب محمـد"},
	{"فقط محمد", 2, "فقـط محمـد"},
	{"جمل محمد", 2, "جمـل محمـد"},
	{"ملک محمد", 2, "ملـک محمـد"},
	{"رنگ محمد", 2, "رنـگ محمـد"},
	/* 4 before 5, a tooth before a final reh or yeh */
	{"خبير قال", 1, "خبير قـال"},
	{"خبير قال", 2, "خبـير قـال"},
	{"على خبير", 2, "علـى خبـير"},
	/* 5 before 6, final waw, ain, qaf, feh */
	{"نحو خبير", 1, "نحو خبـير"},
	{"نحو خبير", 2, "نحـو خبـير"},
	{"جمع كبير", 2, "جمـع كبـير"},
	/* 6 before 7, other letters that join; of equals the last */
	{"فتح نحو", 1, "فتح نحـو"},
	{"فتح نحو", 2, "فتـح نحـو"},
	/* Marks stay on their letter. */
	{"كلِمَة نحن", 1, "كلِمَـة نحن"},
	/* Never in lam-alef, not between letters that do not join. */
	{"لا إلا", 1, "لا  إلا"},
	{"دار ورد", 1, "دار  ورد"},
	{"بلا دار", 1, "بـلا دار"},
	{"سلام دار", 1, "سـلام دار"},
	{"می‌خواهم در", 1, "می‌خـواهم در"},
	/* At most two cells a place and one place a word; the rest to the spaces. */
	{"كلمة شمس دار", 5, "كلمــة شــمس  دار"},
	{"كلمة شمس", 5, "كلمة شمس"},
	{"نحن دار دار دار دار", 6, "نحــن  دار  دار  دار  دار"},
	/* Spaces alone where there is no Arabic script. */
	{"שלום עולם טוב", 4, "שלום   עולם   טוב"},
	{"aa bb cc dd", 4, "aa  bb  cc   dd"},
	{"aa bb cc dd", 5, "aa  bb   cc   dd"},
	/* Not before punctuation that stands alone, nor between a number and its unit. */
	{"aa bb ! cc 10 km", 3, "aa  bb !  cc  10 km"},
	/* Never more than a third of the width: ragged. */
	{"aa bb", 2, "aa   bb"},
	{"aa bb", 3, "aa bb"},
	{"לא כן", 3, "לא כן"},
	{"نعم", 9, "نعم"},
	/* Nothing that could grow, or not enough. */
	{"aaaaaaaaa", 1, "aaaaaaaaa"},
	{"دار", 1, "دار"},
	{"محمد", 2, "محمــد"},
	{"محمدمحمد", 3, "محمدمحمد"},
	/* Blanks at the start of a line are its indent. */
	{"  aa bb cc", 2, "  aa  bb  cc"},
};

static void test_fills_by_hand(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof fills / sizeof *fills; i++) {
		struct buffer whole = {0};
		buffer_printf(&whole, "%s next", fills[i].words);
		struct text_options options = {.forms = TEXT_FORMS_BASE};
		struct text_paragraph *paragraph = make(whole.data, &options);
		size_t end = strlen(fills[i].words) + 1;
		assert_int_equal(text_paragraph_line(paragraph, 0, end, &ragged), 0);
		int width = ragged.width + fills[i].more;
		assert_int_equal(text_paragraph_justify(paragraph, 0, end, width, &line), 0);
		if (strcmp(as_read(&line), fills[i].filled) != 0)
			fail_msg("%s and %d: %s, not %s", fills[i].words, fills[i].more,
					as_read(&line), fills[i].filled);
		bool same = strcmp(fills[i].filled, fills[i].words) == 0;
		assert_int_equal(line.width, same ? ragged.width : width);
		/* The last line of a paragraph, and one before a line end, stay as they are. */
		assert_int_equal(text_paragraph_justify(paragraph, 0, text.utf8.len,
						 text_paragraph_width(paragraph) + 2, &line), 0);
		assert_int_equal(line.width, text_paragraph_width(paragraph));
		text_paragraph_free(paragraph);
		buffer_clear(&whole);
		buffer_printf(&whole, "%s\nnext", fills[i].words);
		paragraph = make(whole.data, &options);
		assert_int_equal(text_paragraph_justify(paragraph, 0, end, width, &line), 0);
		assert_string_equal(as_read(&line), fills[i].words);
		text_paragraph_free(paragraph);
		buffer_free(&whole);
	}
}

static void test_tatweel_joins_presentation_forms(void **state)
{
	(void)state;
	struct text_options options = {.forms = TEXT_FORMS_PRESENTATION};
	struct text_paragraph *paragraph = make("سلام next", &options);
	assert_int_equal(text_paragraph_justify(paragraph, 0, strlen("سلام "), 4, &line), 0);
	/* Seen initial, tatweel, lam-alef final, meem isolated. */
	assert_string_equal(as_read(&line), "\uFEB3\u0640\uFEFC\uFEE1");
	text_paragraph_free(paragraph);
	/* U+069A (seen with dots) has no presentation form: no tatweel beside it. */
	paragraph = make("\u0645\u069A\u0645 next", &options);
	assert_int_equal(text_paragraph_justify(paragraph, 0, 7, 4, &line), 0);
	assert_int_equal(line.width, 3);
	text_paragraph_free(paragraph);
}

/* ---- justification of made-up text ---- */

struct joining {
	char type;
	bool lam, alef;
};

static struct joining joining[0x20000];

static void read_joining(void)
{
	for (UChar32 c = 0; c < 0x20000; c++) {
		uint32_t mask = U_GET_GC_MASK(c);
		bool transparent = mask & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK);
		joining[c].type = transparent ? 'T' : 'U';
	}
	struct unicode_file file;
	unicode_open(&file, "ArabicShaping.txt");
	while (unicode_next(&file)) {
		char *rest = file.line;
		unsigned long code = strtoul(unicode_field(&rest), NULL, 16);
		unicode_field(&rest);
		const char *type = unicode_field(&rest), *group = unicode_field(&rest);
		if (code >= 0x20000 || !group)
			continue;
		joining[code] = (struct joining){*type, strcmp(group, "LAM") == 0,
				strcmp(group, "ALEF") == 0};
	}
	unicode_close(&file);
}

/* Words to make paragraphs of: Arabic, Persian, Urdu, Kurdish, Hebrew, others, signs. */
static const char *const WORDS[] = {
	"كلمة", "السلام", "عَلَيْكُمُ", "مستشفى", "لآلئ", "الإسلام", "خبير", "وَ", "و", "ف", "قال،", "؟",
	"«نعم»", "كتـــب", "ـ", "الـ", "محمّد", "می‌خواهم", "کتاب‌ها", "گفت‌وگو", "ہے۔", "ٹیلی", "میں",
	"ڕۆژنامە", "کوردستان", "ښځه", "ګډ", "שלום", "שָׁלוֹם", "ה־BBC", "ב-2024", "ק\"מ", "50", "%", "km",
	"٢٠٢٤", "۱۴۰۳", "2010 - 2015", "Latin", "words", "(في", "البيت)", "!", ".", "...", "漢字", "تَ\u0301",
	"\u200Fب\u200Fت", "ب\u200Dت", "\u2067سلام\u2069", "\u202Dسلم\u202C", "ܫܠܡܐ", "ߒߞߏ", "a\u0301", "\t",
};
enum { WORD_COUNT = sizeof WORDS / sizeof *WORDS };

static void make_up(struct buffer *out, uint64_t *random)
{
	buffer_clear(out);
	uint32_t words = 1 + random_below(random, 30);
	/* Some texts are of few words, so that rare neighbours meet. */
	uint32_t base = random_below(random, WORD_COUNT), range = WORD_COUNT;
	if (random_below(random, 2))
		range = 6;
	for (uint32_t i = 0; i < words; i++) {
		buffer_str(out, str_of(WORDS[(base + random_below(random, range)) % WORD_COUNT]));
		if (random_below(random, 12))
			buffer_str(out, random_below(random, 10) ? STR(" ") : STR("  "));
	}
	assert_false(out->failed);
}

static bool same_cell(const struct text_cell *a, const struct text_cell *b)
{
	if (a->start != b->start || a->end != b->end || a->glyph_count != b->glyph_count ||
			a->width != b->width || a->level != b->level || a->style != b->style)
		return false;
	return memcmp(line.glyphs + a->glyph, ragged.glyphs + b->glyph,
			       a->glyph_count * sizeof *line.glyphs) == 0;
}

/* The letter before, or from, a byte of the text; marks passed over. */
static uint32_t letter_beside(size_t offset, bool before)
{
	size_t i = sample_index(&text, offset);
	for (;;) {
		if (before ? i == 0 : i == text.count)
			return 0;
		i -= before;
		uint32_t code = text.code_points[i];
		if (code >= 0x20000 || joining[code].type != 'T')
			return code;
		i += !before;
	}
}

/* Whether a tatweel may stand at a byte, by ArabicShaping.txt. */
static bool letters_join(size_t offset)
{
	uint32_t a = letter_beside(offset, true), b = letter_beside(offset, false);
	if (a >= 0x20000 || b >= 0x20000 || (joining[a].lam && joining[b].alef))
		return false;
	return strchr("DLC", joining[a].type) && strchr("DRC", joining[b].type);
}

static const char *check_inserted(const struct text_cell *cell, const struct text_cell *neighbour)
{
	if (cell->glyph_count != 1 || cell->width != 1)
		return "an inserted cell is not one sign in one cell";
	uint32_t glyph = line.glyphs[cell->glyph];
	if (glyph == ' ')
		return text.utf8.data[cell->start - 1] == ' ' ? NULL : "a blank behind no space";
	if (glyph != 0x0640)
		return "an inserted cell is neither tatweel nor blank";
	if (!letters_join(cell->start))
		return "a tatweel between letters that do not join";
	if (!neighbour || neighbour->level != cell->level || !(cell->level & 1))
		return "a tatweel in another run than its letter";
	return NULL;
}

/* The cell whose source ends at a byte. */
static const struct text_cell *cell_ending(size_t offset)
{
	for (size_t i = 0; i < ragged.count; i++) {
		if (ragged.cells[i].end == offset && ragged.cells[i].start < offset)
			return &ragged.cells[i];
	}
	return NULL;
}

static bool is_tatweel(const struct text_cell *cell)
{
	return cell->start == cell->end && line.glyphs[cell->glyph] == 0x0640;
}

/* Whether bytes a to b of the text are letters and marks of one Arabic word. */
static bool one_word(size_t a, size_t b)
{
	for (size_t i = sample_index(&text, a); i < sample_index(&text, b); i++) {
		uint32_t code = text.code_points[i];
		if (code < 0x0620 || code > 0x06D5 || (code < 0x66E && code > 0x655))
			return false;
	}
	return true;
}

/* One place in a word, at most two cells there: what the header promises. */
static const char *check_places(void)
{
	for (size_t i = 0; i < line.count; i++) {
		size_t same = 0;
		for (size_t n = 0; n < line.count && is_tatweel(&line.cells[i]); n++) {
			if (!is_tatweel(&line.cells[n]))
				continue;
			size_t a = line.cells[i].start, b = line.cells[n].start;
			same += a == b;
			if (a < b && one_word(a, b))
				return "two places in one word";
		}
		if (same > 2)
			return "more than two cells at one place";
	}
	return NULL;
}

static const char *check_justified(int width, bool last)
{
	size_t inserted = 0, kept = 0;
	if (line.width != width && line.width != ragged.width)
		return "neither as wide as asked nor unchanged";
	if (line.width != ragged.width && (last || 3 * (width - ragged.width) > width))
		return "a line is filled that had to stay";
	int cells = 0;
	for (size_t i = 0; i < line.count; i++) {
		const struct text_cell *cell = &line.cells[i];
		cells += cell->width;
		if (cell->start == cell->end && cell->glyph_count > 0) {
			const char *why = check_inserted(cell, cell_ending(cell->start));
			if (why)
				return why;
			inserted++;
		} else if (kept >= ragged.count || !same_cell(cell, &ragged.cells[kept++])) {
			return "without what was put in it is not the ragged line";
		}
	}
	if (kept != ragged.count || cells != line.width ||
			inserted != (size_t)(line.width - ragged.width))
		return "cells are missing";
	return check_places();
}

static void check_made_up(const char *utf8, int width, enum text_forms forms, struct tally *tally)
{
	struct text_options options = {.forms = forms};
	struct text_paragraph *paragraph = make(utf8, &options);
	for (size_t at = 0; at < text.utf8.len;) {
		ssize_t next = text_paragraph_break(paragraph, at, width);
		assert_true(next > (ssize_t)at);
		bool last = (size_t)next == text.utf8.len;
		assert_int_equal(text_paragraph_line(paragraph, at, (size_t)next, &ragged), 0);
		assert_int_equal(text_paragraph_justify(paragraph, at, (size_t)next, width, &line),
				0);
		const char *why = check_justified(width, last);
		tally->cases += line.width != ragged.width;
		if (why)
			tally_fail(tally, "%s: width %d, line at %zu: %s", utf8, width, at, why);
		at = (size_t)next;
	}
	text_paragraph_free(paragraph);
}

static void test_justified_lines(void **state)
{
	(void)state;
	struct tally tally = {.name = "lines that were filled"};
	struct buffer made = {0};
	uint64_t random = 20241;
	read_joining();
	for (size_t i = 0; i < test_rounds(4000); i++) {
		make_up(&made, &random);
		int width = 8 + (int)random_below(&random, 60);
		check_made_up(made.data, width, i % 2 ? TEXT_FORMS_BASE : TEXT_FORMS_PRESENTATION,
				&tally);
	}
	buffer_free(&made);
	tally_end(&tally);
}

/* ---- marks ---- */

static const char *drawn(const char *utf8, enum text_marks marks, enum text_numerals numerals)
{
	struct text_options options = {
			.forms = TEXT_FORMS_BASE, .marks = marks, .numerals = numerals};
	struct text_paragraph *paragraph = make(utf8, &options);
	assert_int_equal(text_paragraph_line(paragraph, 0, text.utf8.len, &line), 0);
	text_paragraph_free(paragraph);
	return as_read(&line);
}

static void test_marks_by_hand(void **state)
{
	(void)state;
	static const struct {
		const char *written, *hidden, *sparing;
	} cases[] = {
		{"محمّد", "محمد", "محمّد"},
		{"جدًّا", "جدا", "جدًّا"},
		{"يُدرَس", "يدرس", "يُدرَس"},
		{"مُدَرِّسَة", "مدرسة", "مدرسة"},
		{"كَتَبَ", "كتب", "كتب"},
		{"مِنْ", "من", "من"},
		{"هٰذا", "هذا", "هٰذا"},
		{"كَتَبَ علمٌ كُتُب", "كتب علم كتب", "كتب علمٌ كُتُب"},
		/* What makes a letter stays: hamza, madda, accents of other scripts. */
		{"أإآؤئ", "أإآؤئ", "أإآؤئ"},
		{"\u0648\u0654\u064E", "\u0648\u0654", "\u0648\u0654"},
		{"e\u0301\u0323\u0308 n\u0303", "e\u0301\u0323\u0308 n\u0303", "e\u0301\u0323\u0308 n\u0303"},
		{"\u0645\u0301\u064E\u064E", "\u0645\u0301", "\u0645\u0301"},
		/* A mark without a word is what the text is about. */
		{"علامة ـَ هنا", "علامة ـَ هنا", "علامة ـَ هنا"},
		{"الرَّحْمَـٰنِ", "الرحمـن", "الرحمـن"},
		/* Hebrew, composed letters too. */
		{"שָׁלוֹם", "שלום", "שלום"},
		{"מוּסר", "מוסר", "מוּסר"},
		{"\uFB2Aלום", "שלום", "\uFB2Aלום"},
		{"בְּרֵאשִׁ֖ית", "בראשית", "בראשית"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_string_equal(drawn(cases[i].written, TEXT_MARKS_HIDE, 0), cases[i].hidden);
		assert_string_equal(drawn(cases[i].written, TEXT_MARKS_SPARING, 0),
				cases[i].sparing);
		assert_string_equal(drawn(cases[i].written, TEXT_MARKS_SHOW, 0), cases[i].written);
	}
	/* Shaped: Hebrew points are composed by then. */
	struct text_options options = {.marks = TEXT_MARKS_HIDE};
	struct text_paragraph *paragraph = make("שָׁבּוֹ", &options);
	assert_int_equal(text_paragraph_line(paragraph, 0, text.utf8.len, &line), 0);
	assert_string_equal(as_read(&line), "שבו");
	text_paragraph_free(paragraph);
}

/* The table against names: marks of the two scripts, but for what makes a letter. */
static void test_marks_are_those_of_the_names(void **state)
{
	(void)state;
	struct tally tally = {.name = "nonspacing marks"};
	for (UChar32 c = 0; c < 0x11000; c++) {
		char name[128] = "";
		UErrorCode status = U_ZERO_ERROR;
		if (u_charType(c) != U_NON_SPACING_MARK)
			continue;
		u_charName(c, U_UNICODE_CHAR_NAME, name, sizeof name, &status);
		bool ours = strncmp(name, "ARABIC ", 7) == 0 || strncmp(name, "HEBREW ", 7) == 0;
		bool letter = strcmp(name, "ARABIC MADDAH ABOVE") == 0 || strstr(name, "HAMZA");
		tally.cases++;
		if (drawn_is_mark((uint32_t)c) != (ours && !letter))
			tally_fail(&tally, "U+%04X %s", (unsigned)c, name);
	}
	tally_end(&tally);
}

static bool is_of_drawing(uint32_t a, uint32_t b)
{
	return a == b || (u_isdigit((UChar32)a) && u_isdigit((UChar32)b) &&
					u_charDigitValue((UChar32)a) == u_charDigitValue((UChar32)b));
}

/* Cells, levels, widths and breaks are those of the text as written; glyphs lack only marks. */
static const char *compare_drawn(void)
{
	if (line.count != ragged.count || line.width != ragged.width)
		return "other cells";
	for (size_t i = 0; i < line.count; i++) {
		const struct text_cell *a = &line.cells[i], *b = &ragged.cells[i];
		if (a->start != b->start || a->end != b->end || a->width != b->width ||
				a->level != b->level)
			return "a cell has changed";
		if ((a->glyph_count == 0) != (b->glyph_count == 0))
			return "a cell has lost its letter";
		size_t g = 0;
		for (size_t n = 0; n < b->glyph_count; n++) {
			uint32_t was = ragged.glyphs[b->glyph + n];
			uint32_t is = g < a->glyph_count ? line.glyphs[a->glyph + g] : 0;
			bool composed = n == 0 && was >= 0xFB1D && was <= 0xFB4E;
			if (is_of_drawing(was, is) || composed)
				g++;
			else if (!drawn_is_mark(was))
				return "more than a mark has gone";
		}
		if (g != a->glyph_count)
			return "something was put in";
	}
	return NULL;
}

static void test_drawing_changes_glyphs_alone(void **state)
{
	(void)state;
	struct tally tally = {.name = "lines with marks and numerals changed"};
	struct buffer made = {0};
	uint64_t random = 77;
	for (size_t i = 0; i < test_rounds(2000); i++) {
		make_up(&made, &random);
		int width = 8 + (int)random_below(&random, 60);
		struct text_options options = {0};
		struct text_paragraph *plain = make(made.data, &options);
		options.marks = random_below(&random, 3);
		options.numerals = random_below(&random, 4);
		struct text_paragraph *changed = make(made.data, &options);
		for (size_t at = 0; at < text.utf8.len;) {
			ssize_t next = text_paragraph_break(plain, at, width);
			assert_int_equal(text_paragraph_break(changed, at, width), next);
			assert_int_equal(text_paragraph_line(plain, at, (size_t)next, &ragged), 0);
			assert_int_equal(text_paragraph_line(changed, at, (size_t)next, &line), 0);
			const char *why = compare_drawn();
			tally.cases++;
			if (why)
				tally_fail(&tally, "%s: %s", made.data, why);
			at = (size_t)next;
		}
		text_paragraph_free(plain);
		text_paragraph_free(changed);
	}
	buffer_free(&made);
	tally_end(&tally);
}

/* ---- numerals ---- */

#define AI TEXT_NUMERALS_ARABIC_INDIC
#define FA TEXT_NUMERALS_PERSIAN
#define LA TEXT_NUMERALS_LATIN

static void test_numerals_by_hand(void **state)
{
	(void)state;
	/* In the order of the screen, left to right. */
	static const struct {
		const char *written;
		enum text_numerals numerals;
		const char *seen;
	} cases[] = {
		{"عام 2024", AI, "٢٠٢٤ ماع"},
		{"عام 2024", FA, "۲۰۲۴ ماع"},
		{"عام ٢٠٢٤ و۱۴۰۳", LA, "1403و 2024 ماع"},
		{"سال ۱۴۰۳", AI, "١٤٠٣ لاس"},
		{"عام 2024", TEXT_NUMERALS_WRITTEN, "2024 ماع"},
		/* 1-2 is a range: read from the right, with any digits. */
		{"من 1-2", AI, "٢-١ نم"},
		{"2024 عام", AI, "ماع ٢٠٢٤"},
		/* Not after letters of another script, and not in words with Latin ones. */
		{"in 2024", AI, "in 2024"},
		{"שנת 2024", AI, "2024 תנש"},
		{"جهاز Windows 11 و12", AI, "١٢و Windows 11 زاهج"},
		{"جهاز 3D", AI, "3D زاهج"},
		{"رابط https://a.org/12", FA, "https://a.org/12 طبار"},
		{"of ٣ apples", LA, "of 3 apples"},
		{"12", AI, "12"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct text_options options = {
				.forms = TEXT_FORMS_BASE, .numerals = cases[i].numerals};
		struct text_paragraph *paragraph = make(cases[i].written, &options);
		assert_int_equal(text_paragraph_line(paragraph, 0, text.utf8.len, &line), 0);
		assert_string_equal(line_text(&line, &seen), cases[i].seen);
		text_paragraph_free(paragraph);
	}
	struct text_options options = {.numerals = FA, .direction = TEXT_RTL};
	struct text_paragraph *paragraph = make("12. ", &options);
	assert_int_equal(text_paragraph_line(paragraph, 0, 4, &line), 0);
	assert_string_equal(line_text(&line, &seen), ".۱۲");
	text_paragraph_free(paragraph);
}

#undef AI
#undef FA
#undef LA

/* ---- tailored breaks ---- */

/* Whether, with ever more text before, a line starts between the two at some width of 40. */
static bool can_break(const char *before, const char *after, bool plain)
{
	bool found = false;
	for (size_t pad = 1; pad < 60 && !found; pad++) {
		struct buffer whole = {0};
		for (size_t i = 0; i < pad; i++)
			buffer_str(&whole, i % 5 == 4 ? STR(" ") : STR("x"));
		buffer_printf(&whole, " %s", before);
		size_t place = whole.len;
		buffer_printf(&whole, "%s and words to fill the next line with something", after);
		assert_false(whole.failed);
		struct text_options options = {.plain_breaks = plain};
		struct text_paragraph *paragraph = make(whole.data, &options);
		for (size_t at = 0; at < whole.len;) {
			at = (size_t)text_paragraph_break(paragraph, at, 40);
			found |= at == place;
		}
		text_paragraph_free(paragraph);
		buffer_free(&whole);
	}
	return found;
}

struct place_case {
	const char *before, *after;
};

/* Where UAX #14 has a break and typography none. */
static const struct place_case holds[] = {
	{"قال ", "» ثم"}, {"said ", "” and"}, {"« ", "قال"}, {"“ ", "said"},
	{"50 ", "%"}, {"50 ", "٪ من"}, {"١٢٠ ", "كم"}, {"120 ", "km"}, {"120 ", "km."},
	{"250 ", "مليون"}, {"1403 ", "ه.ش"}, {"۲۰ ", "درصد"}, {"20 ", "میلیون"}, {"50 ", "€"},
	{"30 ", "°C"}, {"50 ", "ש\"ח"}, {"50 ", "ש״ח"}, {"7 ", "ק\"מ"}, {"5 ", "دولاراً"}, {"$ ", "50"},
	{"₪ ", "50"}, {"2010 ", "- 2015"}, {"2010 - ", "2015"}, {"2010 – ", "2015"},
	{"2010–", "2015"}, {"٢٠١٠ - ", "٢٠١٥"}, {"و ", "قال"}, {"وَ ", "قال"}, {"و ", "«قال"},
	{"الـ ", "BBC"}, {"بالـ ", "BBC"},
};

/* Where UAX #14 has none either, in this version or another. */
static const struct place_case holds_anyway[] = {
	{"قال ", "، ثم"}, {"هل ", "؟"}, {"نعم ", "؛ لا"}, {"so ", "!"}, {"word ", "?!"},
	{"this ", "; that"}, {"ہے ", "۔"}, {"word ", "..."}, {"ה־", "BBC"}, {"ה־", "בית"},
	{"ב-", "BBC"}, {"וב-", "BBC"}, {"הָ־", "בית"}, {"( ", "قال"},
};

static void test_places_that_hold(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof holds / sizeof *holds; i++) {
		if (can_break(holds[i].before, holds[i].after, false))
			fail_msg("a line starts in %s|%s", holds[i].before, holds[i].after);
		if (!can_break(holds[i].before, holds[i].after, true))
			fail_msg("%s|%s tests nothing: UAX #14 has no break there",
					holds[i].before, holds[i].after);
	}
	for (size_t i = 0; i < sizeof holds_anyway / sizeof *holds_anyway; i++) {
		const struct place_case *c = &holds_anyway[i];
		if (can_break(c->before, c->after, false))
			fail_msg("a line starts in %s|%s", c->before, c->after);
	}
}

static void test_places_that_do_not(void **state)
{
	(void)state;
	static const struct place_case cases[] = {
		{"قال ", "ثم"}, {"in 2024 ", "people"}, {"عام 2024 ", "قال"},
		{"50 ", "%20"}, {"50 ", "$20"}, {"هو ", "قال"}, {"well-", "known"}, {"word - ", "word"},
		{"نعم ", "و"}, {"ــــــ ", "قال"}, {"«نعم» ", "قال"}, {"50 ", "kmx"},
		{"2010 - ", "end"}, {"( a ) ", "b"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (!can_break(cases[i].before, cases[i].after, false))
			fail_msg("no line starts in %s|%s", cases[i].before, cases[i].after);
	}
}

static void test_no_widow(void **state)
{
	(void)state;
	static const struct {
		const char *words;
		int width, end; /* of the first line, bytes */
	} cases[] = {
		{"aaaa bbbb cccc dddd eeee ffff gg", 29, 25}, /* 24 cells stay, of 29 */
		{"aaaa bbbb cccc dddd eeee ffff gggg", 29, 30}, /* over an eighth: long enough */
		{"aaaa bbbb cccc dddd eeee ffff g hh", 29, 30}, /* two words are company */
		{"aaaaaaaaa bbbbbbbbbbbbbbbbbbb gg", 29, 30},   /* less than half would stay */
		{"aaaa bbbb cccc dddd eeee ffff gg !", 29, 25}, /* a sign is no company */
		{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaa gg", 29, 30},   /* nothing to give */
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct text_options options = {0};
		struct text_paragraph *paragraph = make(cases[i].words, &options);
		ssize_t end = text_paragraph_break(paragraph, 0, cases[i].width);
		assert_int_equal(end, cases[i].end);
		assert_int_equal(text_paragraph_break(paragraph, (size_t)end, cases[i].width),
				text.utf8.len);
		text_paragraph_free(paragraph);
		/* The same before a line end within the paragraph. */
		struct buffer more = {0};
		buffer_printf(&more, "%s\naaaa bbbb cccc", cases[i].words);
		paragraph = make(more.data, &options);
		assert_int_equal(text_paragraph_break(paragraph, 0, cases[i].width), cases[i].end);
		text_paragraph_free(paragraph);
		buffer_free(&more);
	}
}

/*
 * From any start a tailored line is never longer than a plain one, and ends at a break of
 * UAX #14 whenever the plain one does.
 */
static void test_tailoring_only_takes_away(void **state)
{
	(void)state;
	static enum border borders[SAMPLE_MAX];
	struct tally tally = {.name = "lines broken earlier by typography"};
	struct buffer made = {0};
	uint64_t random = 4711;
	for (size_t i = 0; i < test_rounds(4000); i++) {
		make_up(&made, &random);
		int width = 1 + (int)random_below(&random, 50);
		struct text_options options = {0};
		struct text_paragraph *tailored = make(made.data, &options);
		options.plain_breaks = true;
		struct text_paragraph *plain = make(made.data, &options);
		assert_true(sample_is_clean(&text));
		icu_borders(&text, UBRK_LINE, borders);
		for (size_t at = 0; at < text.utf8.len;) {
			ssize_t next = text_paragraph_break(tailored, at, width);
			ssize_t far = text_paragraph_break(plain, at, width);
			assert_true(next > (ssize_t)at);
			tally.cases += next < far;
			if (next > far)
				tally_fail(&tally, "%s: width %d: longer at %zu", made.data, width,
						at);
			size_t a = sample_index(&text, (size_t)next) - 1;
			size_t b = sample_index(&text, (size_t)far) - 1;
			if (borders[b] != BORDER_NONE && borders[a] == BORDER_NONE)
				tally_fail(&tally, "%s: width %d: torn at %zd", made.data, width,
						next);
			at = (size_t)next;
		}
		text_paragraph_free(tailored);
		text_paragraph_free(plain);
	}
	buffer_free(&made);
	tally_end(&tally);
}

/* Text of nothing but places that hold is broken all the same, and fills its lines. */
static void test_chains_can_be_broken(void **state)
{
	(void)state;
	static const char *const links[] = {"و ", "! ", "« ", "10 km 5 % ", "2010 - 2015 - ", "الـ "};
	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		struct buffer chain = {0};
		buffer_repeat(&chain, str_of(links[i]), 100);
		struct text_options options = {0};
		struct text_paragraph *paragraph = make(chain.data, &options);
		for (size_t at = 0, next; at < text.utf8.len; at = next) {
			next = (size_t)text_paragraph_break(paragraph, at, 30);
			assert_int_equal(text_paragraph_line(paragraph, at, next, &line), 0);
			assert_true(line.width <= 30);
			assert_true(next == text.utf8.len || line.width >= 10);
			assert_int_equal(text.utf8.data[next - 1], ' ');
		}
		text_paragraph_free(paragraph);
		buffer_free(&chain);
	}
}

static int teardown(void **state)
{
	(void)state;
	sample_free(&text);
	text_line_free(&line);
	text_line_free(&ragged);
	buffer_free(&seen);
	test_engine_free();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_fills_by_hand),
			cmocka_unit_test(test_tatweel_joins_presentation_forms),
			cmocka_unit_test(test_justified_lines),
			cmocka_unit_test(test_marks_by_hand),
			cmocka_unit_test(test_marks_are_those_of_the_names),
			cmocka_unit_test(test_drawing_changes_glyphs_alone),
			cmocka_unit_test(test_numerals_by_hand),
			cmocka_unit_test(test_places_that_hold),
			cmocka_unit_test(test_places_that_do_not),
			cmocka_unit_test(test_no_widow),
			cmocka_unit_test(test_tailoring_only_takes_away),
			cmocka_unit_test(test_chains_can_be_broken),
	};
	return cmocka_run_group_tests(tests, NULL, teardown);
}
