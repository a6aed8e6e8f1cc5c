#include "model.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fribidi.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ushape.h>

enum {
	MOST_POINTS = MODEL_MOST_COLUMNS * (CANVAS_GLYPHS + 1),
	STEPS = 0x6000, /* the bits of a style that tell runs apart */
};

/* The glyphs of a stretch of a row, and the text that the terminal makes of them. */
struct stretch {
	const struct canvas_cell *glyphs[MODEL_MOST_COLUMNS];
	int count;
	uint32_t points[MOST_POINTS];
	int origin[MOST_POINTS]; /* the glyph that a point is of, as its base; -1 for what rides */
	int length;
	UBiDiLevel levels[MOST_POINTS];
	uint32_t bases[MODEL_MOST_COLUMNS]; /* what is seen of each glyph */
};

static bool rides(uint32_t point)
{
	return point >= 0x200B && point <= 0x200F;
}

/* `whole`: with what rides on the bases. */
static void gather(struct stretch *s, const struct canvas_cell *cells, int count, bool whole)
{
	s->count = s->length = 0;
	for (int i = 0; i < count; i++) {
		if (cells[i].width == 0)
			continue;
		for (int g = 0; g < (whole ? cells[i].glyph_count : 1); g++) {
			s->points[s->length] = cells[i].glyphs[g];
			s->origin[s->length++] = g == 0 ? s->count : -1;
		}
		s->bases[s->count] = cells[i].glyphs[0];
		s->glyphs[s->count++] = &cells[i];
	}
}

/* ---- bidi ---- */

struct utf16 {
	UChar units[MOST_POINTS * 2];
	int32_t length;
	int32_t at[MOST_POINTS]; /* the unit where a point starts */
};

static void to_utf16(const struct stretch *s, struct utf16 *text)
{
	text->length = 0;
	for (int i = 0; i < s->length; i++) {
		text->at[i] = text->length;
		U16_APPEND_UNSAFE(text->units, text->length, s->points[i]);
	}
}

static void levels_by_icu(struct stretch *s, const struct utf16 *text, UBiDiLevel base)
{
	UErrorCode status = U_ZERO_ERROR;
	UBiDi *bidi = ubidi_open();
	assert_non_null(bidi);
	ubidi_setPara(bidi, text->units, text->length, base, NULL, &status);
	const UBiDiLevel *levels = ubidi_getLevels(bidi, &status);
	assert_true(text->length == 0 || U_SUCCESS(status));
	for (int i = 0; i < s->length; i++)
		s->levels[i] = levels[text->at[i]];
	ubidi_close(bidi);
}

static void mirror_by_icu(struct stretch *s)
{
	for (int i = 0; i < s->length; i++) {
		int glyph = s->origin[i];
		if (glyph >= 0 && s->levels[i] & 1)
			s->bases[glyph] = (uint32_t)u_charMirror((UChar32)s->bases[glyph]);
	}
}

/* Puts the glyphs where reordering all of the text shows their bases, from seen[0] on. */
static void show(const struct stretch *s, struct canvas_cell *seen)
{
	static int32_t order[MOST_POINTS];
	ubidi_reorderVisual(s->levels, s->length, order);
	for (int i = 0; i < s->length; i++) {
		int at = s->origin[order[i]];
		if (at < 0)
			continue;
		const struct canvas_cell *glyph = s->glyphs[at];
		*seen = *glyph;
		seen->glyphs[0] = s->bases[at];
		if (glyph->width == 2) {
			seen[1] = *glyph;
			seen[1].width = seen[1].glyph_count = 0;
		}
		seen += glyph->width;
	}
}

/* ---- terminals ---- */

/* Konsole: letters are joined first, then reordered. */
static void show_konsole(struct stretch *s, UBiDiLevel base, struct canvas_cell *seen)
{
	static struct utf16 text;
	static UChar joined[MOST_POINTS * 2];
	UErrorCode status = U_ZERO_ERROR;
	to_utf16(s, &text);
	u_shapeArabic(text.units, text.length, joined, MOST_POINTS * 2,
		U_SHAPE_LETTERS_SHAPE | U_SHAPE_LENGTH_FIXED_SPACES_NEAR |
			U_SHAPE_TEXT_DIRECTION_LOGICAL,
		&status);
	assert_true(U_SUCCESS(status));
	levels_by_icu(s, &text, base);
	for (int i = 0; i < s->length; i++) {
		if (s->origin[i] >= 0 && s->points[i] < 0x10000)
			s->bases[s->origin[i]] = joined[text.at[i]];
	}
	mirror_by_icu(s);
	show(s, seen);
}

static void show_vte(struct stretch *s, struct canvas_cell *seen)
{
	static FriBidiCharType types[MOST_POINTS];
	static FriBidiBracketType brackets[MOST_POINTS];
	static FriBidiArabicProp properties[MOST_POINTS];
	static FriBidiLevel levels[MOST_POINTS];
	static FriBidiChar points[MOST_POINTS];
	FriBidiParType base = FRIBIDI_PAR_LTR;
	memcpy(points, s->points, (size_t)s->length * sizeof *points);
	fribidi_get_bidi_types(points, s->length, types);
	fribidi_get_bracket_types(points, s->length, types, brackets);
	assert_true(fribidi_get_par_embedding_levels_ex(
		types, brackets, s->length, &base, levels));
	fribidi_get_joining_types(points, s->length, properties);
	fribidi_join_arabic(types, s->length, levels, properties);
	fribidi_shape(FRIBIDI_FLAG_SHAPE_MIRRORING | FRIBIDI_FLAG_SHAPE_ARAB_PRES, levels,
		s->length, properties, points);
	for (int i = 0; i < s->length; i++) {
		if (s->origin[i] >= 0)
			s->bases[s->origin[i]] = points[i];
	}
	for (int i = 0; i < s->length; i++)
		s->levels[i] = (UBiDiLevel)levels[i];
	show(s, seen);
}

/* Without joining: presentation forms stay. */
static void show_by_icu(struct stretch *s, UBiDiLevel base, struct canvas_cell *seen)
{
	static struct utf16 text;
	to_utf16(s, &text);
	levels_by_icu(s, &text, base);
	mirror_by_icu(s);
	show(s, seen);
}

static void show_qterminal(struct stretch *s, const struct canvas_cell *sent, int columns,
	style_t looks, struct canvas_cell *seen)
{
	for (int at = 0; at < columns;) {
		int end = at + 1;
		while (end < columns && (sent[end].style & looks) == (sent[at].style & looks))
			end++;
		gather(s, sent + at, end - at, true);
		show_by_icu(s, 0, seen + at);
		at = end;
	}
}

/* The blocks that a font for Arabic or Hebrew is taken for; digits of class AN left out. */
static bool has_rtl_font(uint32_t base)
{
	static const UBlockCode blocks[] = {UBLOCK_HEBREW, UBLOCK_ARABIC, UBLOCK_SYRIAC,
		UBLOCK_ARABIC_SUPPLEMENT, UBLOCK_THAANA, UBLOCK_NKO, UBLOCK_SAMARITAN,
		UBLOCK_MANDAIC, UBLOCK_ARABIC_EXTENDED_A, UBLOCK_ARABIC_EXTENDED_B,
		UBLOCK_SYRIAC_SUPPLEMENT, UBLOCK_ARABIC_PRESENTATION_FORMS_A};
	UCharDirection class = u_charDirection((UChar32)base);
	if (class == U_RIGHT_TO_LEFT || class == U_RIGHT_TO_LEFT_ARABIC)
		return true;
	UBlockCode block = ublock_getCode((UChar32)base);
	bool hebrew_form = base >= 0xFB1D && base <= 0xFB4F;
	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
		if (block == blocks[i] || hebrew_form)
			return class != U_ARABIC_NUMBER;
	}
	return false;
}

static void show_kitty(struct stretch *s, const struct canvas_cell *sent, int columns,
	struct canvas_cell *seen)
{
	gather(s, sent, columns, false);
	for (int i = 0; i < s->length; i++)
		s->levels[i] = has_rtl_font(s->points[i]);
	show(s, seen);
}

/* What has no width and what only tells runs apart is not seen. */
static void clear_unseen(struct canvas_cell *seen, int columns)
{
	for (int i = 0; i < columns; i++) {
		int count = 0;
		seen[i].field = seen[i].glyph_count;
		for (int g = 0; g < seen[i].glyph_count; g++) {
			if (!rides(seen[i].glyphs[g]))
				seen[i].glyphs[count++] = seen[i].glyphs[g];
		}
		seen[i].glyph_count = (uint8_t)count;
		if (seen[i].glyphs[0] == 0x2800)
			seen[i].glyphs[0] = ' ';
		seen[i].style &= (style_t)~STEPS;
	}
}

void model_show(
	enum model_kind kind, const struct canvas_cell *sent, int columns, struct canvas_cell *seen)
{
	static struct stretch s;
	assert_in_range(columns, 1, MODEL_MOST_COLUMNS);
	gather(&s, sent, columns, kind != MODEL_PUTTY);
	memcpy(seen, sent, (size_t)columns * sizeof *seen);
	if (kind == MODEL_KONSOLE || kind == MODEL_KONSOLE_AUTO)
		show_konsole(&s, kind == MODEL_KONSOLE ? 0 : UBIDI_DEFAULT_LTR, seen);
	else if (kind == MODEL_VTE)
		show_vte(&s, seen);
	else if (kind == MODEL_PUTTY)
		show_by_icu(&s, UBIDI_DEFAULT_LTR, seen);
	else if (kind == MODEL_QTERMINAL || kind == MODEL_QTERMINAL_MONO)
		show_qterminal(
			&s, sent, columns, kind == MODEL_QTERMINAL ? 0xFFFF : STEPS, seen);
	else if (kind == MODEL_KITTY)
		show_kitty(&s, sent, columns, seen);
	clear_unseen(seen, columns);
}

/* ---- comparing ---- */

/* U+FE80 is U+0621 in all its forms, and the like: letters that never join have one look. */
static bool same_base(uint32_t a, uint32_t b)
{
	if (a == b || (a == 0x2800 && b == ' ') || (a == 0xFB50 && b == 0x671))
		return true;
	uint32_t form = a > b ? a : b, letter = a > b ? b : a;
	UErrorCode status = U_ZERO_ERROR;
	UChar letters[32];
	int32_t count = unorm2_getRawDecomposition(
		unorm2_getNFKDInstance(&status), (UChar32)form, letters, 32, &status);
	return U_SUCCESS(status) && count == 1 && letters[0] == letter &&
	       u_getIntPropertyValue((UChar32)form, UCHAR_DECOMPOSITION_TYPE) == U_DT_ISOLATED &&
	       u_getIntPropertyValue((UChar32)letter, UCHAR_JOINING_TYPE) == U_JT_NON_JOINING;
}

/* Riders may have taken the place of the last marks, where the cell that was sent is full. */
static bool same_marks(const struct canvas_cell *row, const struct canvas_cell *seen)
{
	uint32_t marks[CANVAS_GLYPHS];
	int count = 0, shown = seen->glyph_count - 1;
	for (int g = 1; g < row->glyph_count; g++) {
		if (!rides(row->glyphs[g]))
			marks[count++] = row->glyphs[g];
	}
	if (shown > count || memcmp(marks, seen->glyphs + 1, (size_t)shown * sizeof *marks) != 0)
		return false;
	return shown == count || seen->field == CANVAS_GLYPHS;
}

const char *model_compare(
	const struct canvas_cell *row, const struct canvas_cell *seen, int columns)
{
	static char message[128];
	for (int i = 0; i < columns; i++) {
		const char *what = NULL;
		if (row[i].width != seen[i].width)
			what = "width";
		else if (row[i].width == 0)
			continue;
		else if (!same_base(row[i].glyphs[0], seen[i].glyphs[0]))
			what = "character";
		else if (!same_marks(&row[i], &seen[i]))
			what = "marks";
		else if (row[i].style != seen[i].style)
			what = "style";
		if (!what)
			continue;
		snprintf(message, sizeof message, "%s in column %d: U+%04X, not U+%04X", what, i,
			(unsigned)seen[i].glyphs[0], (unsigned)row[i].glyphs[0]);
		return message;
	}
	return NULL;
}

const char *model_check_riders(const struct canvas_cell *sent, int columns)
{
	int last = columns - 1;
	while (last > 0 && sent[last].width == 0)
		last--;
	for (int i = 0; i < columns; i++) {
		if (sent[i].glyph_count > CANVAS_GLYPHS)
			return "more glyphs than a cell holds";
		if (sent[i].width > 0 && sent[i].glyph_count == 0)
			return "a cell without a glyph";
		if (sent[i].width > 0 && (rides(sent[i].glyphs[0])))
			return "a zero-width character has no cell to ride on";
	}
	if (rides(sent[last].glyphs[sent[last].glyph_count - 1]))
		return "a zero-width character behind the last column";
	return NULL;
}

const char *model_text(const struct canvas_cell *cells, int columns)
{
	static struct buffer texts[4];
	static unsigned next;
	struct buffer *text = &texts[next++ % 4];
	buffer_clear(text);
	for (int i = 0; i < columns; i++) {
		for (int g = 0; g < cells[i].glyph_count; g++)
			buffer_utf8(text, cells[i].glyphs[g]);
	}
	return text->data ? text->data : "";
}
