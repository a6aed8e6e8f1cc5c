#include "text/drawn.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

const char *const text_marks_names[] = {
	[TEXT_MARKS_SHOW] = "show",
	[TEXT_MARKS_HIDE] = "hide",
	[TEXT_MARKS_SPARING] = "sparing",
	NULL,
};

const char *const text_numerals_names[] = {
	[TEXT_NUMERALS_WRITTEN] = "written",
	[TEXT_NUMERALS_LATIN] = "latin",
	[TEXT_NUMERALS_ARABIC_INDIC] = "arabic-indic",
	[TEXT_NUMERALS_PERSIAN] = "persian",
	NULL,
};

/* ---- marks ---- */

bool drawn_is_mark(uint32_t cp)
{
	static const struct {
		uint32_t first, last;
	} marks[] = {
		{0x0591, 0x05BD}, /* Hebrew accents and points */
		{0x05BF, 0x05BF}, /* rafe */
		{0x05C1, 0x05C2}, /* shin dot, sin dot */
		{0x05C4, 0x05C5}, /* upper dot, lower dot */
		{0x05C7, 0x05C7}, /* qamats qatan */
		{0x0610, 0x061A}, /* honorifics, small Koranic signs */
		{0x064B, 0x0652}, /* harakat; 0653 to 0655 are madda and hamza */
		{0x0656, 0x065E}, /* vowels of other languages; 065F is a hamza */
		{0x0670, 0x0670}, /* superscript alef */
		{0x06D6, 0x06DC}, /* Koranic signs */
		{0x06DF, 0x06E4}, {0x06E7, 0x06E8}, {0x06EA, 0x06ED}, {0x0898, 0x089F},
		{0x08CA, 0x08E1}, {0x08E3, 0x08FF}, {0xFB1E, 0xFB1E}, /* Judeo-Spanish varika */
		{0x10EFD, 0x10EFF},                                   /* Koranic signs */
	};
	if (cp < 0x0591)
		return false;
	size_t i = 0;
	while (i < sizeof marks / sizeof *marks && cp > marks[i].last)
		i++;
	return i < sizeof marks / sizeof *marks && cp >= marks[i].first;
}

/* The letter of a composed Hebrew letter with points, else the code point itself. */
static uint32_t without_points(uint32_t cp)
{
	if (cp < 0xFB1D || cp > 0xFB4E)
		return cp;
	UChar parts[4];
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
	int32_t count = U_SUCCESS(status)
				? unorm2_getDecomposition(nfd, (UChar32)cp, parts, 4, &status)
				: 0;
	return U_SUCCESS(status) && count > 1 ? parts[0] : cp;
}

static bool is_in_word(uint32_t cp)
{
	if (cp == 0x200C || cp == 0x200D)
		return true;
	return U_GET_GC_MASK((UChar32)cp) & (U_GC_L_MASK | U_GC_M_MASK);
}

/* Whether the word codes[from..to) goes without its marks. */
static bool goes_bare(const uint32_t *codes, size_t from, size_t to, enum text_marks wanted)
{
	size_t letters = 0, marked = 0, marks = 0;
	bool bare = false; /* the last letter has no mark yet */
	for (size_t i = from; i < to; i++) {
		bool composed = without_points(codes[i]) != codes[i];
		bool mark = drawn_is_mark(codes[i]) || composed;
		if (codes[i] != 0x0640 && U_GET_GC_MASK((UChar32)codes[i]) & U_GC_L_MASK) {
			letters++;
			bare = true;
		}
		marks += mark;
		marked += mark && bare;
		bare = bare && !mark;
	}
	if (letters == 0)
		return false;
	return wanted == TEXT_MARKS_HIDE || marks > 2 || marked == letters;
}

/* Moves the cluster's glyphs down to `to`, without marks if it is to be bare; where it ends. */
static size_t move_glyphs(struct text_paragraph *p, struct cluster *c, size_t to, bool bare)
{
	size_t count = c->glyph_count;
	const uint32_t *from = count > 0 ? p->glyphs + c->glyph : NULL;
	c->glyph = (uint32_t)to;
	if (count > 0 && from[0] == ' ')
		bare = false; /* a mark on its own */
	for (size_t i = 0; i < count; i++) {
		uint32_t glyph = from[i];
		if (!bare || i == 0 || !drawn_is_mark(glyph))
			p->glyphs[to++] = bare ? without_points(glyph) : glyph;
	}
	c->glyph_count = (uint8_t)(to - c->glyph);
	return to;
}

static void hide_marks(struct text_paragraph *p, enum text_marks wanted)
{
	size_t glyph = 0, c = 0;
	for (size_t i = 0; i < p->code_count;) {
		size_t end = i;
		while (end < p->code_count && is_in_word(p->codes[end]))
			end++;
		bool bare = end > i && goes_bare(p->codes, i, end, wanted);
		if (end == i)
			end++;
		for (; c < p->cluster_count && p->clusters[c].code < end; c++)
			glyph = move_glyphs(p, &p->clusters[c], glyph, bare);
		i = end;
	}
	p->glyph_count = glyph;
}

/* ---- numerals ---- */

static const uint32_t ZEROS[] = {
	[TEXT_NUMERALS_LATIN] = '0',
	[TEXT_NUMERALS_ARABIC_INDIC] = 0x0660,
	[TEXT_NUMERALS_PERSIAN] = 0x06F0,
};

/* 0 to 9 for a digit of one of the three sets, else -1. */
static int digit_of(uint32_t cp)
{
	for (size_t i = TEXT_NUMERALS_LATIN; i < sizeof ZEROS / sizeof *ZEROS; i++) {
		if (cp >= ZEROS[i] && cp < ZEROS[i] + 10)
			return (int)(cp - ZEROS[i]);
	}
	return -1;
}

static bool is_ascii_letter(uint32_t cp)
{
	return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
}

static bool is_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || u_isUWhiteSpace((UChar32)cp);
}

/* Whether the first letter of the text is Arabic; where there is none, as the direction is. */
static bool starts_arabic(const struct text_paragraph *p)
{
	for (size_t i = 0; i < p->code_count; i++) {
		if (u_isalpha((UChar32)p->codes[i]))
			return shape_script(p->codes[i]) == SHAPE_ARABIC;
	}
	return p->direction == TEXT_RTL;
}

static void draw_digit(struct text_paragraph *p, const struct cluster *c, uint32_t zero)
{
	int digit = c->glyph_count == 1 ? digit_of(p->glyphs[c->glyph]) : -1;
	if (digit >= 0)
		p->glyphs[c->glyph] = zero + (uint32_t)digit;
}

static void draw_numerals(struct text_paragraph *p, enum text_numerals wanted)
{
	bool always = wanted == TEXT_NUMERALS_LATIN;
	bool arabic = starts_arabic(p), foreign = false;
	size_t word_end = 0;
	for (size_t i = 0, c = 0; c < p->cluster_count; c++) {
		for (; i <= p->clusters[c].code; i++) {
			if (u_isalpha((UChar32)p->codes[i]))
				arabic = shape_script(p->codes[i]) == SHAPE_ARABIC;
			if (i < word_end)
				continue;
			foreign = false;
			for (word_end = i;
				word_end < p->code_count && !is_blank(p->codes[word_end]);
				word_end++)
				foreign |= is_ascii_letter(p->codes[word_end]);
			if (word_end == i)
				word_end++;
		}
		if (!foreign && (always || arabic))
			draw_digit(p, &p->clusters[c], ZEROS[wanted]);
	}
}

void drawn_apply(struct text_paragraph *p, const struct text_options *options)
{
	if (options->marks != TEXT_MARKS_SHOW)
		hide_marks(p, options->marks);
	if (options->numerals != TEXT_NUMERALS_WRITTEN)
		draw_numerals(p, options->numerals);
}
