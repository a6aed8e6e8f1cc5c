/* Joiners for presentation forms that a terminal joins anew: see encode-cells.h. */
#include "screen/encode-cells.h"
#include "screen/encode.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

/* How a cell's letters join, "before" and "after" in logical order. */
struct joining {
	bool before, after; /* it can */
	bool known;         /* a presentation form says whether it does: */
	bool joins_before, joins_after;
	bool lam, alef; /* of the ligature, but apart */
	bool doubtful;  /* not every terminal knows that it joins */
};

static bool joins_after(UChar32 letter)
{
	int type = u_getIntPropertyValue(letter, UCHAR_JOINING_TYPE);
	return type == U_JT_DUAL_JOINING || type == U_JT_JOIN_CAUSING || type == U_JT_LEFT_JOINING;
}

static bool joins_before(UChar32 letter)
{
	int type = u_getIntPropertyValue(letter, UCHAR_JOINING_TYPE);
	return type == U_JT_DUAL_JOINING || type == U_JT_JOIN_CAUSING || type == U_JT_RIGHT_JOINING;
}

/* First and last letter of what a presentation form stands for.  False when it stands for none. */
static bool letters_of(UChar32 form, UChar32 *first, UChar32 *last)
{
	enum { LONGEST = 20 };
	UChar letters[LONGEST];
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&status);
	if (U_FAILURE(status))
		return false;
	int32_t length = unorm2_getRawDecomposition(nfkd, form, letters, LONGEST, &status);
	if (U_FAILURE(status) || length < 1)
		return false;
	*first = letters[0];
	*last = letters[length - 1];
	return true;
}

static bool is_form(uint32_t base)
{
	return (base >= 0xFB50 && base <= 0xFBFF) || (base >= 0xFE80 && base <= 0xFEFC);
}

/* Forms that u_shapeArabic (ICU 72, in Konsole) takes for letters that never join. */
static bool is_rare_form(uint32_t base)
{
	static const struct {
		uint32_t first, last;
	} rare[] = {
		{0xFB5A, 0xFB65},
		{0xFB6A, 0xFB79},
		{0xFB7E, 0xFB81},
		{0xFB96, 0xFB9D},
		{0xFBD3, 0xFBD6},
		{0xFBE8, 0xFBFB},
	};
	for (size_t i = 0; i < sizeof rare / sizeof *rare; i++) {
		if (base >= rare[i].first && base <= rare[i].last)
			return true;
	}
	return false;
}

static struct joining joining_of(const struct canvas_cell *cell)
{
	struct joining joining = {0};
	UChar32 base = (UChar32)cell->glyphs[0], first = base, last = base;
	if (cell->glyph_count == 0 || base < 0x600)
		return joining;
	if (!is_form((uint32_t)base)) {
		joining.before = joins_before(base);
		joining.after = joins_after(base);
		joining.doubtful = base != 0x0640;
		return joining;
	}
	if (!letters_of(base, &first, &last))
		return joining;
	int shape = u_getIntPropertyValue(base, UCHAR_DECOMPOSITION_TYPE);
	joining.before = joins_before(first);
	joining.after = joins_after(last);
	joining.known = true;
	joining.doubtful = is_rare_form((uint32_t)base);
	joining.lam = base == 0xFEDF || base == 0xFEE0;
	joining.alef = base == 0xFE82 || base == 0xFE84 || base == 0xFE88 || base == 0xFE8E;
	joining.joins_before = shape == U_DT_FINAL || shape == U_DT_MEDIAL;
	joining.joins_after = shape == U_DT_INITIAL || shape == U_DT_MEDIAL;
	return joining;
}

/*
 * What goes between two neighbours so that they look as their forms say.  Where one says it joins a
 * letter that ICU's u_shapeArabic does not know to join, ZWJ makes sure; it also keeps apart a lam
 * and an alef that are no ligature.
 */
static void part(struct canvas_cell *sent, int columns, int at, const struct joining *left,
	const struct joining *right)
{
	bool would = left->after && right->before;
	bool both = (left->joins_after || !left->known) && (right->joins_before || !right->known);
	if (would && both) {
		bool sure = !left->doubtful && !right->doubtful && !(left->lam && right->alef);
		if (!sure && (left->joins_after || right->joins_before))
			cell_ride(sent, columns, at, ZWJ);
		return;
	}
	if (left->joins_after)
		cell_ride(sent, columns, at, ZWJ);
	if (would || (left->joins_after && right->before) || (right->joins_before && left->after))
		cell_ride(sent, columns, at, ZWNJ);
	if (right->joins_before)
		cell_ride(sent, columns, at, ZWJ);
}

/* Joiners on what stands before the first letter are none of the letters'. */
static void drop(struct canvas_cell *cell, uint32_t rider)
{
	int count = 0;
	for (int i = 0; i < cell->glyph_count; i++) {
		if (i == 0 || cell->glyphs[i] != rider)
			cell->glyphs[count++] = cell->glyphs[i];
	}
	cell->glyph_count = (uint8_t)count;
}

static void drop_joiners(struct canvas_cell *cell)
{
	drop(cell, ZWJ);
	drop(cell, ZWNJ);
}

void encode_joiners(struct canvas_cell *sent, int columns, int first, int end)
{
	static const struct joining nothing = {.known = true};
	struct joining left = nothing;
	if (first > 0 && !cell_is_letter(cell_kind(&sent[first - 1])))
		drop_joiners(&sent[first - 1]);
	for (int at = first; at < end; at++) {
		if (sent[at].width == 0)
			continue;
		struct joining right = joining_of(&sent[at]);
		if (at > 0)
			part(sent, columns, at - 1, &left, &right);
		left = right;
	}
	part(sent, columns, end - 1, &left, &nothing);
}

void encode_without_joiners(struct canvas_cell *sent, int columns)
{
	for (int i = 0; i < columns; i++)
		drop(&sent[i], ZWJ);
}
