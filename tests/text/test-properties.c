/*
 * What holds for any paragraph: properties on random bytes, isolates as ranges against isolates
 * as controls, and FriBidi (levels, joining, shaping and reordering of its own) as an oracle
 * for real text at every width.
 */
#include "support.h"

#include "text/clean.h"

#include <fribidi.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

static struct sample text;
static struct text_line line;
static struct buffer seen;

/* Appends `count` random characters of what news and its enemies write. */
static void random_bytes(struct buffer *out, uint64_t *seed, uint32_t count)
{
	static const char *const pieces[] = {
			"السلام", "لا", "لَا", "مُحَمَّد", "خبر", "ښه", "می\u200Cشود", "گفت", "ہے", "שלום",
			"שָׁלוֹם", "news", "C++", "x", "http://a.org/b?c=1", "a@b.org", "2024-06-17", "12",
			"٣٤", "۵۶", "+970-59", ".", ",", "،", "؟", "!", ":", "(", ")", "[", "]", "«", "»",
			"\"", "-", "/", " ", " ", " ", " ", "  ", "\u00A0", "\t", "\n", "\r\n", "\u2028",
			"\u3000", "\u200B", "\u200C", "\u200D", "\u200E", "\u200F", "\u061C", "\u202A",
			"\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069",
			"漢字", "한국", "\u1112\u1161", "नमस्ते", "ไทย", "\U0001F600", "\U0001F1F5\U0001F1F8",
			"\U0001F468\u200D\U0001F469", "\u0301", "\u064E", "\u05B7", "\uFE0F", "\u2260",
			"\x1B[1m", "\x01", "\xC2\x9B", "\xFF", "\xE2\x80", "\xC3", "\u00AD", "\uFEFF",
			"ܫܠܡܐ", "ދިވެހި", "ߒߞߏ", "\u0640", "\uFEFB", "\uFDFA", "\u0600",
	};
	for (uint32_t i = 0; i < count; i++)
		buffer_str(out, str_of(pieces[random_below(seed, sizeof pieces / sizeof *pieces)]));
	assert_false(out->failed);
}

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

/* Code points of a cell, decomposed and sorted: what is left when shaping is undone. */
struct essence {
	uint32_t items[2048];
	size_t count;
};

static void essence_add(struct essence *e, const UNormalizer2 *normalizer, uint32_t code_point)
{
	UChar parts[32];
	UErrorCode status = U_ZERO_ERROR;
	int32_t length = unorm2_getDecomposition(
			normalizer, (UChar32)code_point, parts, 32, &status);
	assert_true(e->count + 32 < sizeof e->items / sizeof *e->items);
	if (length < 0 || U_FAILURE(status)) {
		e->items[e->count++] = code_point;
		return;
	}
	for (int32_t i = 0; i < length;) {
		UChar32 part;
		U16_NEXT_UNSAFE(parts, i, part);
		e->items[e->count++] = (uint32_t)part;
	}
}

static bool essence_equal(struct essence *a, struct essence *b)
{
	qsort(a->items, a->count, sizeof *a->items, by_value);
	qsort(b->items, b->count, sizeof *b->items, by_value);
	return a->count == b->count &&
	       memcmp(a->items, b->items, a->count * sizeof *a->items) == 0;
}

/* What a cell must show of the source, or NULL when its glyphs show just that. */
static const char *check_glyphs(const struct sample *s, const struct text_cell *cell)
{
	static struct essence source, drawn;
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&status);
	source.count = drawn.count = 0;
	bool has_base = false;
	for (size_t i = sample_index(s, cell->start); s->offsets[i] < cell->end; i++) {
		uint32_t code_point = text_clean(s->code_points[i]);
		if (s->code_points[i] == '\r' &&
				!(i + 1 < s->count && s->code_points[i + 1] == '\n'))
			code_point = 0x2028;
		if (code_point == TEXT_DROP || text_is_invisible(code_point))
			continue;
		if (!has_base && text_width(code_point) == 0)
			essence_add(&source, nfkd, ' ');
		has_base = true;
		if (cell->level % 2)
			code_point = (uint32_t)u_charMirror((UChar32)code_point);
		essence_add(&source, nfkd, text_drawn(code_point));
	}
	int width = 0;
	for (size_t g = 0; g < cell->glyph_count; g++) {
		uint32_t glyph = line.glyphs[cell->glyph + g];
		width += text_width(glyph);
		if (!text_is_invisible(glyph))
			essence_add(&drawn, nfkd, glyph);
		else if (glyph != 0x200C && glyph != 0x200D)
			return "a control reaches the screen";
	}
	if (width != cell->width)
		return "a cell is not as wide as its glyphs";
	return essence_equal(&source, &drawn) ? NULL : "the glyphs are not the source's";
}

static int by_start(const void *a, const void *b)
{
	const struct text_cell *x = a, *y = b;
	return (x->start > y->start) - (x->start < y->start);
}

/* L2 once more: from the logical order of `cells`, by their levels, into `order`. */
static void reorder(const struct text_cell *cells, size_t count, size_t *order)
{
	for (size_t i = 0; i < count; i++)
		order[i] = i;
	for (int level = 127; level > 0; level--) {
		for (size_t i = 0; i < count; i++) {
			size_t end = i;
			while (end < count && cells[end].level >= level)
				end++;
			for (size_t a = i, b = end; a + 1 < b; a++) {
				size_t swap = order[a];
				order[a] = order[--b];
				order[b] = swap;
			}
			i = end > i ? end - 1 : i;
		}
	}
}

/*
 * Cells of the line in logical order: they tile it from its start, without a gap.  Where
 * islands put in controls that have no cells, the order is not that of the levels alone.
 */
static const char *check_tiling(const struct sample *s, size_t start, size_t next, bool islands)
{
	static struct text_cell cells[SAMPLE_MAX];
	static size_t order[SAMPLE_MAX];
	size_t at = start;
	memcpy(cells, line.cells, line.count * sizeof *cells);
	qsort(cells, line.count, sizeof *cells, by_start);
	for (size_t i = 0; i < line.count; i++) {
		if (cells[i].start != at || cells[i].end <= cells[i].start)
			return "clusters are missing or come twice";
		at = cells[i].end;
	}
	if (at > next)
		return "a cell beyond the line";
	for (size_t i = sample_index(s, at); i < s->count && s->offsets[i] < next; i++) {
		uint32_t code_point = text_clean(s->code_points[i]);
		if (code_point != TEXT_DROP && !u_isUWhiteSpace((UChar32)code_point) &&
				!text_is_invisible(code_point))
			return "what can be seen is left out at the end";
	}
	reorder(cells, line.count, order);
	for (size_t i = 0; !islands && i < line.count; i++) {
		if (cells[order[i]].start != line.cells[i].start)
			return "the visual order is not that of the levels";
	}
	return NULL;
}

static const char *check_line(const struct sample *s, size_t start, size_t next, int width,
		bool islands)
{
	int used = 0, seen_cells = 0;
	for (size_t i = 0; i < line.count; i++) {
		const char *why = check_glyphs(s, &line.cells[i]);
		if (why)
			return why;
		used += line.cells[i].width;
		seen_cells += line.cells[i].width > 0;
	}
	if (used != line.width || line.start != start || line.end != next)
		return "the line's width or range is wrong";
	if (used > width && seen_cells > 1)
		return "a line is too wide";
	return check_tiling(s, start, next, islands);
}

/* Breaks of the whole text at a width; the hash of them all. */
static uint64_t all_breaks(struct text_paragraph *paragraph, int width)
{
	uint64_t hash = 0;
	for (size_t at = 0; at < text.utf8.len;) {
		ssize_t next = text_paragraph_break(paragraph, at, width);
		assert_true(next > (ssize_t)at && (size_t)next <= text.utf8.len);
		at = (size_t)next;
		hash = hash * 1000003 + at;
	}
	return hash;
}

static const char *check_fit(struct text_paragraph *paragraph, int width)
{
	assert_int_equal(text_paragraph_line(paragraph, 0, text.utf8.len, &line), 0);
	int whole = line.width;
	if (text_paragraph_fit(paragraph, width, &line) < 0)
		return "out of memory";
	if (line.width > width)
		return "fit() is too wide";
	if (whole <= width)
		return line.width == whole ? NULL : "fit() cuts what fits";
	size_t last = line.direction == TEXT_RTL ? 0 : line.count - 1;
	const struct text_cell *cell = &line.cells[last];
	bool ellipsis = line.count > 0 && cell->start == cell->end &&
			line.glyphs[cell->glyph] == 0x2026;
	return ellipsis ? NULL : "no ellipsis where reading ends";
}

static const char *check_paragraph(
		struct text_paragraph *paragraph, int width, int other, bool islands)
{
	uint64_t breaks = all_breaks(paragraph, width);
	for (size_t at = 0; at < text.utf8.len;) {
		size_t next = (size_t)text_paragraph_break(paragraph, at, width);
		if (text_paragraph_line(paragraph, at, next, &line) < 0)
			return "out of memory";
		const char *why = check_line(&text, at, next, width, islands);
		if (why)
			return why;
		at = next;
	}
	all_breaks(paragraph, other);
	if (all_breaks(paragraph, width) != breaks)
		return "another width in between changes the lines";
	return check_fit(paragraph, width);
}

static void test_properties(void **state)
{
	(void)state;
	struct tally tally = {.name = "random paragraphs"};
	struct buffer bytes = {0};
	uint64_t seed = 2024;
	size_t rounds = test_rounds(200000);
	for (size_t round = 0; round < rounds; round++) {
		buffer_clear(&bytes);
		random_bytes(&bytes, &seed, 1 + random_below(&seed, 40));
		enum text_direction direction = (enum text_direction)random_below(&seed, 3);
		enum text_forms forms = (enum text_forms)random_below(&seed, 2);
		int width = 1 + (int)random_below(&seed, 40);
		sample_set(&text, buffer_view(&bytes));
		bool islands = random_below(&seed, 2);
		int other = 1 + (int)random_below(&seed, 60);
		struct text_paragraph *paragraph =
				sample_paragraph(&text, direction, forms, !islands);
		const char *why = check_paragraph(paragraph, width, other, islands);
		text_paragraph_free(paragraph);
		tally.cases++;
		if (why)
			tally_fail(&tally, "round %zu, width %d, %s, %s forms: %s: %s", round, width,
					direction == TEXT_AUTO ? "auto" :
					direction == TEXT_RTL ? "RTL" : "LTR",
					forms == TEXT_FORMS_BASE ? "base" : "presentation", why,
					sample_names(&text));
	}
	buffer_free(&bytes);
	tally_end(&tally);
}

/* The same random text twice: with isolates as ranges, and with isolate controls in it. */
struct isolated {
	struct buffer with, without;
	struct text_isolate isolates[8];
	size_t count;
};

static void random_isolates(struct isolated *r, uint64_t *seed)
{
	static const uint32_t openers[] = {0x2068, 0x2066, 0x2067};
	static const char *const letters[] = {"ا", "ب", "x", "y", "1", "٢", " ", ".", "(", ")", "א"};
	size_t open[8], depth = 0;
	r->count = 0;
	buffer_clear(&r->with);
	buffer_clear(&r->without);
	for (uint32_t i = 0, n = 1 + random_below(seed, 20); i < n; i++) {
		uint32_t action = random_below(seed, 6);
		size_t here = r->without.len;
		if (action == 0 && r->count < 8) {
			enum text_direction direction = (enum text_direction)random_below(seed, 3);
			r->isolates[r->count] = (struct text_isolate){here, here, direction};
			open[depth++] = r->count++;
			buffer_utf8(&r->with, openers[direction]);
		} else if (action == 1 && depth > 0 && r->isolates[open[depth - 1]].start < here) {
			r->isolates[open[--depth]].end = here;
			buffer_utf8(&r->with, 0x2069);
		}
		struct str letter = str_of(letters[random_below(seed, 11)]);
		buffer_str(&r->with, letter);
		buffer_str(&r->without, letter);
	}
	for (; depth > 0; depth--) {
		r->isolates[open[depth - 1]].end = r->without.len;
		buffer_utf8(&r->with, 0x2069);
	}
	/* Something to see at the end, so that no white space is left out. */
	buffer_str(&r->with, STR("."));
	buffer_str(&r->without, STR("."));
	assert_false(r->with.failed || r->without.failed);
}

static const char *seen_of(const struct text_source *source, struct buffer *out)
{
	struct text_options options = {
			.engine = test_engine(), .no_islands = true, .forms = TEXT_FORMS_BASE};
	struct text_paragraph *paragraph = text_paragraph_new(source, &options);
	assert_non_null(paragraph);
	assert_int_equal(text_paragraph_line(paragraph, 0, source->text.len, &line), 0);
	text_paragraph_free(paragraph);
	return line_text(&line, out);
}

/* Isolates given as ranges are what isolate controls in the text would be. */
static void test_isolates(void **state)
{
	(void)state;
	struct tally tally = {.name = "isolates as ranges and as controls"};
	struct isolated random = {.count = 0};
	struct buffer other = {0};
	uint64_t seed = 77;
	size_t rounds = test_rounds(50000);
	for (size_t round = 0; round < rounds; round++) {
		random_isolates(&random, &seed);
		struct text_source ranges = {.text = buffer_view(&random.without),
				.isolates = random.isolates, .isolate_count = random.count};
		struct text_source controls = {.text = buffer_view(&random.with)};
		const char *got = seen_of(&ranges, &other), *wanted = seen_of(&controls, &seen);
		tally.cases++;
		if (strcmp(got, wanted) != 0) {
			sample_set(&text, controls.text);
			tally_fail(&tally, "%s: got \u2066%s\u2069, not \u2066%s\u2069",
					sample_names(&text), got, wanted);
		}
	}
	buffer_free(&random.with);
	buffer_free(&random.without);
	buffer_free(&other);
	tally_end(&tally);
}

/* News of our own, each a paragraph with what is hard about its language. */
static const char *const news[] = {
		"أعلنت بلدية المدينة أمس (الثلاثاء) أن 18 و19 من الحافلات الجديدة ستبدأ العمل في عام "
		"٢٠٢٥، وأن ثمن التذكرة 3,50 دينار؛ وقال المدير: «لا زيادة هذا العام!» ثم أضاف أن موقع "
		"City Bus [النسخة 2.1] جاهز للناس.",
		"الكِتابُ خَيرُ جَليسٍ، وَفي العِلمِ نُورٌ وَحِكمَةٌ. قرأ الطلاب 24 كتابا في 7 أيام.",
		"کتابخانهٔ شهر می‌گوید که ۱۲۳ کتاب تازه دارد و خانه‌های کوچک را نمی‌فروشد؛ پژوهشگران "
		"(۲۰ نفر) از Open Data چیزهای زیادی گرفته‌اند. قیمت: ۴٬۵۰۰ تومان، ٪۱۰ ارزان‌تر.",
		"شہر کے اسکول میں آج ۱۵ نئے کمپیوٹر آئے ہیں۔ بچوں نے کہا: \"ہم بہت خوش ہیں\" اور Linux "
		"سیکھنے لگے، یہ خبر ٹی وی (چینل 5) پر بھی آئی۔",
		"הספרייה העירונית פתחה היום (יום ג') אגף חדש: 250 ספרים, \"ספר לכל ילד\", ו-12 מחשבים "
		"עם Firefox 115. שָׁלוֹם לכולם!",
		"The word سلام (peace) and שלום mean the same; in 2024 some 45% of [our] readers, "
		"i.e. ٤٥ of ١٠٠, said \"«مرحبا»\" first.",
		"ئەم هەواڵە بە کوردییە: ٣٠ کتێب لە شاری ئێمە، پێنج وانە و یەک یاری.",
		"123 - 456 + 7/8 = ? (א) [ב] {ג} <ד> 9:30 10.5% #1 $20 20€ ا,ب 1,2",
};

/* What FriBidi makes of the text, before it is parted into lines. */
struct oracle {
	FriBidiChar shaped[SAMPLE_MAX];
	FriBidiCharType types[SAMPLE_MAX];
	FriBidiLevel levels[SAMPLE_MAX];
	FriBidiParType base;
};

static void oracle_make(struct oracle *o, const struct sample *s)
{
	static FriBidiBracketType brackets[SAMPLE_MAX];
	static FriBidiArabicProp joins[SAMPLE_MAX];
	FriBidiStrIndex count = (FriBidiStrIndex)s->count;
	memcpy(o->shaped, s->code_points, s->count * sizeof *o->shaped);
	fribidi_get_bidi_types(o->shaped, count, o->types);
	fribidi_get_bracket_types(o->shaped, count, o->types, brackets);
	o->base = FRIBIDI_PAR_ON;
	assert_true(fribidi_get_par_embedding_levels_ex(
			o->types, brackets, count, &o->base, o->levels) > 0);
	fribidi_get_joining_types(o->shaped, count, joins);
	fribidi_join_arabic(o->types, count, o->levels, joins);
	fribidi_shape(FRIBIDI_FLAGS_DEFAULT | FRIBIDI_FLAGS_ARABIC, o->levels, count, joins,
			o->shaped);
}

/* A visual text in which marks follow their letter sorted and letters are decomposed. */
static void normal_visual(struct essence *e, uint32_t code_point)
{
	UErrorCode status = U_ZERO_ERROR;
	bool filler = code_point == FRIBIDI_CHAR_FILL;
	if (filler || text_is_invisible(code_point))
		return;
	if (code_point == 0xFE80) /* hamza's isolated form is hamza */
		code_point = 0x0621;
	essence_add(e, unorm2_getNFDInstance(&status), text_drawn(code_point));
}

static bool is_mark(uint32_t code_point)
{
	return u_charType((UChar32)code_point) == U_NON_SPACING_MARK;
}

static void sort_marks(struct essence *e)
{
	for (size_t i = 0; i < e->count;) {
		size_t end = i + 1;
		while (end < e->count && is_mark(e->items[end]))
			end++;
		if (end - i > 2)
			qsort(e->items + i + 1, end - i - 1, sizeof *e->items, by_value);
		i = end;
	}
}

/* The line in visual order, by FriBidi. */
static void oracle_line(const struct oracle *o, const struct sample *s, size_t start, size_t end,
		struct essence *out)
{
	static FriBidiChar shown[SAMPLE_MAX];
	static FriBidiLevel levels[SAMPLE_MAX];
	size_t first = sample_index(s, start), behind = sample_index(s, end);
	while (behind > first && u_isUWhiteSpace((UChar32)s->code_points[behind - 1]))
		behind--;
	memcpy(shown, o->shaped, s->count * sizeof *shown);
	memcpy(levels, o->levels, s->count * sizeof *levels);
	assert_true(fribidi_reorder_line(FRIBIDI_FLAGS_DEFAULT, o->types,
			(FriBidiStrIndex)(behind - first), (FriBidiStrIndex)first, o->base, levels,
			shown, NULL) > 0);
	out->count = 0;
	for (size_t i = first; i < behind; i++)
		normal_visual(out, shown[i]);
	sort_marks(out);
}

static bool line_is(const struct essence *wanted)
{
	static struct essence drawn;
	drawn.count = 0;
	for (size_t i = 0; i < line.count; i++) {
		const struct text_cell *cell = &line.cells[i];
		for (size_t g = 0; g < cell->glyph_count; g++)
			normal_visual(&drawn, line.glyphs[cell->glyph + g]);
	}
	sort_marks(&drawn);
	return drawn.count == wanted->count &&
	       memcmp(drawn.items, wanted->items, drawn.count * sizeof *drawn.items) == 0;
}

static void check_against_oracle(struct tally *tally, const struct oracle *o, int width)
{
	static struct essence wanted;
	struct text_paragraph *paragraph =
			sample_paragraph(&text, TEXT_AUTO, TEXT_FORMS_PRESENTATION, true);
	for (size_t at = 0; at < text.utf8.len;) {
		size_t next = (size_t)text_paragraph_break(paragraph, at, width);
		assert_int_equal(text_paragraph_line(paragraph, at, next, &line), 0);
		oracle_line(o, &text, at, next, &wanted);
		tally->cases++;
		if (!line_is(&wanted) || line.width > width)
			tally_fail(tally, "width %d, line at byte %zu of \"%.60s\": \u2066%s\u2069",
					width, at, text.utf8.data, line_text(&line, &seen));
		at = next;
	}
	text_paragraph_free(paragraph);
}

static void test_real_text_at_every_width(void **state)
{
	(void)state;
	static struct oracle oracle;
	struct tally tally = {.name = "lines of real text against FriBidi"};
	for (size_t i = 0; i < sizeof news / sizeof *news; i++) {
		sample_set(&text, str_of(news[i]));
		oracle_make(&oracle, &text);
		for (int width = 10; width <= 120; width++)
			check_against_oracle(&tally, &oracle, width);
	}
	tally_end(&tally);
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
			cmocka_unit_test(test_properties),
			cmocka_unit_test(test_isolates),
			cmocka_unit_test(test_real_text_at_every_width),
	};
	return cmocka_run_group_tests(tests, NULL, teardown);
}
