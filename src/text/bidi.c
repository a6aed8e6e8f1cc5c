/*
 * FriBidi does the paragraphs, with the character classes and bracket pairs of ICU,
 * whose tables are newer than those of FriBidi 1.0.8 (Debian 12: Unicode 10, where new
 * emoji count as letters).
 *
 * Two kinds of paragraph it does not get.  Those with explicit formatting characters:
 * deeply nested ones crash 1.0.8, and brackets inside isolates are paired wrongly.
 * And those with thousands of brackets: its time for them grows with their square.
 * Both are what an attacker would send; text/explicit.c does them.
 */
#include "text/bidi.h"

#include "text/explicit.h"

#include <fribidi.h>
#include <stdlib.h>
#include <unicode/uchar.h>

_Static_assert(sizeof(FriBidiLevel) == 1, "levels are bytes");

enum { MOST_BRACKETS = 1024 };

static FriBidiCharType type_of(uint32_t code)
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
	return types[u_charDirection((UChar32)code)];
}

/* FriBidi's name of a pair: its opening bracket, with a bit for the opening one. */
static FriBidiBracketType bracket_of(uint32_t code)
{
	enum { ANGLE = 0x2329, CANONICAL_ANGLE = 0x3008 };
	const FriBidiBracketType opening = 0x80000000u;
	int32_t kind = u_getIntPropertyValue((UChar32)code, UCHAR_BIDI_PAIRED_BRACKET_TYPE);
	if (kind == U_BPT_NONE)
		return FRIBIDI_NO_BRACKET;
	uint32_t pair = kind == U_BPT_OPEN ? code
					   : (uint32_t)u_getBidiPairedBracket((UChar32)code);
	if (pair == ANGLE)
		pair = CANONICAL_ANGLE;
	return kind == U_BPT_OPEN ? pair | opening : pair;
}

/* False: not for FriBidi. */
static bool classify(const uint32_t *codes, size_t count, FriBidiCharType *types,
		FriBidiBracketType *brackets)
{
	size_t bracket_count = 0;
	for (size_t i = 0; i < count; i++) {
		types[i] = type_of(codes[i]);
		brackets[i] = types[i] == FRIBIDI_TYPE_ON ? bracket_of(codes[i])
							  : FRIBIDI_NO_BRACKET;
		bracket_count += brackets[i] != FRIBIDI_NO_BRACKET;
		if (types[i] == 0 || bracket_count > MOST_BRACKETS)
			return false;
	}
	return true;
}

bool bidi_levels(const uint32_t *codes, size_t count, uint8_t base, uint8_t *levels)
{
	FriBidiCharType *types = malloc((count + 1) * sizeof *types);
	FriBidiBracketType *brackets = malloc((count + 1) * sizeof *brackets);
	bool ok = types && brackets;
	if (ok && count > 0) {
		FriBidiParType direction = base ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
		ok = classify(codes, count, types, brackets)
				? fribidi_get_par_embedding_levels_ex(types, brackets,
						  (FriBidiStrIndex)count, &direction,
						  (FriBidiLevel *)levels) != 0
				: explicit_levels(codes, count, base, levels);
	}
	free(types);
	free(brackets);
	return ok;
}
