/*
 * text/bidi.h: the levels of any text are those of ICU, which shares no code with FriBidi
 * nor with ours; and what FriBidi does is what text/explicit.h would do.  The input: the
 * paragraph's level, then the text.
 */
#include "fuzz.h"

#include "text/bidi.h"
#include "text/explicit.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>

/* BD16 stops when more brackets than these are open, ICU does not. */
enum { BRACKETS_MAX = 63 };

static bool is_removed(UCharDirection class)
{
	return class == U_LEFT_TO_RIGHT_EMBEDDING || class == U_LEFT_TO_RIGHT_OVERRIDE ||
	       class == U_RIGHT_TO_LEFT_EMBEDDING || class == U_RIGHT_TO_LEFT_OVERRIDE ||
	       class == U_POP_DIRECTIONAL_FORMAT || class == U_BOUNDARY_NEUTRAL;
}

static bool is_white(UCharDirection class)
{
	return class == U_WHITE_SPACE_NEUTRAL || class == U_FIRST_STRONG_ISOLATE ||
	       class == U_LEFT_TO_RIGHT_ISOLATE || class == U_RIGHT_TO_LEFT_ISOLATE ||
	       class == U_POP_DIRECTIONAL_ISOLATE;
}

/* Leaves out paragraph separators, which bidi_levels() is not for. */
static void prepare(struct fuzz_codes *codes)
{
	size_t kept = 0;
	for (size_t i = 0; i < codes->count; i++) {
		if (u_charDirection((UChar32)codes->items[i]) != U_BLOCK_SEPARATOR)
			codes->items[kept++] = codes->items[i];
	}
	codes->count = kept;
}

/*
 * Where ICU does as UAX #9 says: not with so many brackets, and not with a mark on a bracket,
 * which it leaves alone where N0 turns the bracket.
 */
static bool icu_is_right(const struct fuzz_codes *codes)
{
	size_t opened = 0;
	bool on_bracket = false;
	for (size_t i = 0; i < codes->count; i++) {
		UChar32 code = (UChar32)codes->items[i];
		UCharDirection class = u_charDirection(code);
		if (on_bracket && class == U_DIR_NON_SPACING_MARK)
			return false;
		if (is_removed(class))
			continue;
		int32_t kind = u_getIntPropertyValue(code, UCHAR_BIDI_PAIRED_BRACKET_TYPE);
		on_bracket = kind != U_BPT_NONE;
		opened += kind == U_BPT_OPEN;
	}
	return opened <= BRACKETS_MAX;
}

/* UAX #9 L1 for a text that is one line. */
static void reset_white(const struct fuzz_codes *codes, uint8_t base, uint8_t *levels)
{
	bool resetting = true;
	for (size_t i = codes->count; i-- > 0;) {
		UCharDirection class = u_charDirection((UChar32)codes->items[i]);
		if (class == U_SEGMENT_SEPARATOR)
			resetting = true;
		else if (!is_white(class) && !is_removed(class))
			resetting = false;
		if (resetting)
			levels[i] = base;
	}
}

static UBiDi *icu_levels(const struct fuzz_codes *codes, uint8_t base, const UBiDiLevel **levels)
{
	static UChar *text;
	UErrorCode status = U_ZERO_ERROR;
	int32_t length = 0;
	free(text);
	text = malloc((2 * codes->count + 4) * sizeof *text);
	CHECK(text);
	for (size_t i = 0; i < codes->count; i++)
		U16_APPEND_UNSAFE(text, length, (UChar32)codes->items[i]);
	/* With both directions behind it ICU works out all levels, not one for the whole. */
	static const UChar mixed[] = {0x2029, 'a', 0x05D0};
	for (size_t i = 0; i < sizeof mixed / sizeof *mixed; i++)
		text[length++] = mixed[i];
	UBiDi *bidi = ubidi_open();
	ubidi_setPara(bidi, text, length, base, NULL, &status);
	*levels = ubidi_getLevels(bidi, &status);
	CHECK(U_SUCCESS(status));
	return bidi;
}

static void check_icu(const struct fuzz_codes *codes, uint8_t base, const uint8_t *levels)
{
	const UBiDiLevel *expected;
	UBiDi *bidi = icu_levels(codes, base, &expected);
	for (size_t i = 0, unit = 0; i < codes->count; i++) {
		UChar32 code = (UChar32)codes->items[i];
		CHECK(is_removed(u_charDirection(code)) || levels[i] == expected[unit]);
		unit += (size_t)U16_LENGTH(code);
	}
	ubidi_close(bidi);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, size};
	uint8_t base = fuzz_byte(&input) & 1;
	struct fuzz_codes codes;
	fuzz_decode(fuzz_rest(&input), &codes);
	prepare(&codes);
	uint8_t *levels = malloc(codes.count + 1), *other = malloc(codes.count + 1);
	CHECK(levels && other);
	CHECK(bidi_levels(codes.items, codes.count, base, levels));
	CHECK(explicit_levels(codes.items, codes.count, base, other));
	/* FriBidi does L1, where the end of the text is that of the line. */
	reset_white(&codes, base, levels);
	reset_white(&codes, base, other);
	CHECK(memcmp(levels, other, codes.count) == 0);
	if (icu_is_right(&codes))
		check_icu(&codes, base, levels);
	free(levels);
	free(other);
	fuzz_codes_free(&codes);
	return 0;
}
