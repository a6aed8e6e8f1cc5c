/*
 * FriBidi does the paragraphs, with the character classes and bracket pairs of ICU,
 * whose tables are newer than those of FriBidi 1.0.8 (Debian 12: Unicode 10, where new
 * emoji count as letters).
 *
 * Three kinds of paragraph it does not get.  Those with explicit formatting characters:
 * deeply nested ones crash 1.0.8, and brackets inside isolates are paired wrongly.
 * Those with thousands of brackets: its time for them grows with their square.  And those with
 * a bracket beside a mark that stands on it or on a neutral: its W1 takes them together.
 * All are what an attacker would send; text/explicit.c does them.
 *
 * Of the others FriBidi gets the stretches where anything runs against the paragraph.
 */
#include "text/bidi.h"

#include "text/explicit.h"

#include <fribidi.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

_Static_assert(sizeof(FriBidiLevel) == 1, "levels are bytes");

enum { MOST_BRACKETS = 1024 };

static FriBidiCharType type_of(uint8_t class)
{
	/* 0: an explicit formatting character. */
	static const FriBidiCharType types[U_CHAR_DIRECTION_COUNT] = {
		[U_LEFT_TO_RIGHT] = FRIBIDI_TYPE_LTR,
		[U_RIGHT_TO_LEFT] = FRIBIDI_TYPE_RTL,
		[U_EUROPEAN_NUMBER] = FRIBIDI_TYPE_EN,
		[U_EUROPEAN_NUMBER_SEPARATOR] = FRIBIDI_TYPE_ES,
		[U_EUROPEAN_NUMBER_TERMINATOR] = FRIBIDI_TYPE_ET,
		[U_ARABIC_NUMBER] = FRIBIDI_TYPE_AN,
		[U_COMMON_NUMBER_SEPARATOR] = FRIBIDI_TYPE_CS,
		[U_BLOCK_SEPARATOR] = FRIBIDI_TYPE_BS,
		[U_SEGMENT_SEPARATOR] = FRIBIDI_TYPE_SS,
		[U_WHITE_SPACE_NEUTRAL] = FRIBIDI_TYPE_WS,
		[U_OTHER_NEUTRAL] = FRIBIDI_TYPE_ON,
		[U_RIGHT_TO_LEFT_ARABIC] = FRIBIDI_TYPE_AL,
		[U_DIR_NON_SPACING_MARK] = FRIBIDI_TYPE_NSM,
		[U_BOUNDARY_NEUTRAL] = FRIBIDI_TYPE_BN,
	};
	return types[class];
}

#define OPENING ((FriBidiBracketType)0x80000000u)

/* FriBidi's name of a pair: its opening bracket, with a bit for the opening one. */
static FriBidiBracketType bracket_of(uint32_t code)
{
	enum { ANGLE = 0x2329, CANONICAL_ANGLE = 0x3008 };
	int32_t kind = u_getIntPropertyValue((UChar32)code, UCHAR_BIDI_PAIRED_BRACKET_TYPE);
	if (kind == U_BPT_NONE)
		return FRIBIDI_NO_BRACKET;
	uint32_t pair = kind == U_BPT_OPEN ? code : (uint32_t)u_getBidiPairedBracket((UChar32)code);
	if (pair == ANGLE)
		pair = CANONICAL_ANGLE;
	return kind == U_BPT_OPEN ? pair | OPENING : pair;
}

/* What the brackets of a paragraph are watched for. */
struct watch {
	size_t count;
	FriBidiCharType base; /* the last that is no mark and not removed by X9 */
	bool on_bracket;      /* it is one */
	bool marked;          /* it has a mark on it */
};

/* False for a character that FriBidi does not get. */
static bool suits(struct watch *watch, FriBidiCharType type, bool bracket)
{
	watch->count += bracket;
	if (type == 0 || watch->count > MOST_BRACKETS ||
		(bracket && watch->marked && watch->base == FRIBIDI_TYPE_ON))
		return false;
	if (type == FRIBIDI_TYPE_NSM) {
		watch->marked = true;
		return !watch->on_bracket;
	}
	if (type != FRIBIDI_TYPE_BN) {
		watch->base = type;
		watch->on_bracket = bracket;
		watch->marked = false;
	}
	return true;
}

/* A paragraph as FriBidi wants it. */
struct work {
	FriBidiCharType *types;
	FriBidiBracketType *brackets;
	size_t count;
	uint8_t base;
	bool mixed; /* something runs against it */
	size_t bracket_count;
};

static bool runs_along(const struct work *w, size_t i)
{
	FriBidiCharType type = w->types[i];
	return w->base ? type == FRIBIDI_TYPE_RTL || type == FRIBIDI_TYPE_AL
		       : type == FRIBIDI_TYPE_LTR;
}

static bool runs_against(const struct work *w, size_t i)
{
	FriBidiCharType type = w->types[i];
	if (type == FRIBIDI_TYPE_AN)
		return true;
	return w->base ? type == FRIBIDI_TYPE_LTR || type == FRIBIDI_TYPE_EN
		       : type == FRIBIDI_TYPE_RTL || type == FRIBIDI_TYPE_AL;
}

/* False: not for FriBidi. */
static bool classify(struct work *w, const uint32_t *codes, const uint8_t *classes)
{
	struct watch watch = {0};
	for (size_t i = 0; i < w->count; i++) {
		w->types[i] = type_of(classes[i]);
		w->brackets[i] = FRIBIDI_NO_BRACKET;
		if (w->types[i] == FRIBIDI_TYPE_ON)
			w->brackets[i] = bracket_of(codes[i]);
		if (!suits(&watch, w->types[i], w->brackets[i] != FRIBIDI_NO_BRACKET))
			return false;
		w->mixed |= runs_against(w, i);
	}
	w->bracket_count = watch.count;
	return true;
}

struct opening {
	size_t at;
	FriBidiBracketType bracket;
	size_t turns; /* characters before that run against the paragraph, digits always */
};

/*
 * Leaves only those brackets that are paired (BD16) around something that may run against the
 * paragraph: N0 makes nothing else of the others than N1 and N2 do.  False when they nest too deep.
 */
static bool pair_brackets(struct work *w)
{
	enum { DEEPEST = 63 };
	struct opening open[DEEPEST];
	size_t depth = 0, turns = 0;
	for (size_t i = 0; w->bracket_count > 0 && i < w->count; i++) {
		FriBidiBracketType bracket = w->brackets[i];
		turns += runs_against(w, i) || w->types[i] == FRIBIDI_TYPE_EN;
		if (bracket == FRIBIDI_NO_BRACKET)
			continue;
		w->brackets[i] = FRIBIDI_NO_BRACKET;
		if (bracket & OPENING) {
			if (depth == DEEPEST)
				return false;
			open[depth++] = (struct opening){i, bracket, turns};
			continue;
		}
		size_t d = depth;
		while (d > 0 && open[d - 1].bracket != (bracket | OPENING))
			d--;
		if (d == 0)
			continue;
		depth = d - 1;
		if (open[depth].turns < turns) {
			w->brackets[open[depth].at] = open[depth].bracket;
			w->brackets[i] = bracket;
		}
	}
	return true;
}

/*
 * The next stretch at or after `from` that has letters or digits running against the
 * paragraph, from one letter running along with it to another (or its start or end).  No rule
 * looks beyond these but N0, and so no pair of brackets is torn; short ways between two stretches
 * are not worth a call of their own.
 */
static bool next_stretch(const struct work *w, size_t from, size_t *start, size_t *end)
{
	enum { NEAR = 24 };
	bool found = false;
	size_t depth = 0;
	*start = from > 0 ? from - 1 : 0;
	for (size_t i = from; i < w->count; i++) {
		FriBidiBracketType bracket = w->brackets[i];
		if (bracket != FRIBIDI_NO_BRACKET)
			depth = bracket & OPENING ? depth + 1 : depth - 1;
		if (runs_against(w, i) || bracket != FRIBIDI_NO_BRACKET) {
			found = true;
			*end = 0; /* not known yet */
		} else if (depth == 0 && runs_along(w, i)) {
			if (!found)
				*start = i;
			else if (*end == 0)
				*end = i + 1;
		}
		if (found && *end > 0 && i - *end > NEAR)
			return true;
	}
	if (found && *end == 0)
		*end = w->count;
	return found;
}

static bool find_levels(const struct work *w, uint8_t *levels)
{
	size_t start, end = 0;
	memset(levels, w->base, w->count);
	while (w->mixed && next_stretch(w, end, &start, &end)) {
		FriBidiParType direction = w->base ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
		if (fribidi_get_par_embedding_levels_ex(w->types + start, w->brackets + start,
			    (FriBidiStrIndex)(end - start), &direction,
			    (FriBidiLevel *)levels + start) == 0)
			return false;
	}
	return true;
}

bool bidi_resolve(const uint32_t *codes, size_t count, uint8_t base, uint8_t *levels)
{
	struct work w = {
		.types = malloc((count + 1) * sizeof *w.types),
		.brackets = malloc((count + 1) * sizeof *w.brackets),
		.count = count,
		.base = base,
	};
	bool ok = w.types && w.brackets;
	if (ok)
		ok = classify(&w, codes, levels) && pair_brackets(&w)
			     ? find_levels(&w, levels)
			     : explicit_levels(codes, count, base, levels);
	free(w.types);
	free(w.brackets);
	return ok;
}

bool bidi_levels(const uint32_t *codes, size_t count, uint8_t base, uint8_t *levels)
{
	for (size_t i = 0; i < count; i++)
		levels[i] = (uint8_t)u_charDirection((UChar32)codes[i]);
	return bidi_resolve(codes, count, base, levels);
}
