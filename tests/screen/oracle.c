#include "oracle.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fribidi.h>
#include <unicode/ubidi.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

struct paragraph {
	UChar *text;
	int32_t length;
	UBiDi *bidi;
	UChar32 *forms; /* for each UTF-16 unit the code point to show; 0: nothing */
};

static void *allocate(size_t count, size_t size)
{
	void *block = calloc(count ? count : 1, size);
	assert_non_null(block);
	return block;
}

/* ---- UTF-8 to UTF-16, composed ------------------------------------------ */

static UChar *to_utf16(const char *bytes, size_t len, int32_t *length)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar *text = allocate(len + 1, sizeof *text);
	u_strFromUTF8(text, (int32_t)len + 1, length, bytes, (int32_t)len, &status);
	assert_true(U_SUCCESS(status));
	return text;
}

/* Appends the NFC of the bytes; a line and what stands around it are composed apart. */
static void add_composed(struct paragraph *p, const char *bytes, size_t len)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t length;
	UChar *text = to_utf16(bytes, len, &length);
	p->text = realloc(p->text, ((size_t)p->length + len * 3 + 1) * sizeof *p->text);
	assert_non_null(p->text);
	p->length += unorm2_normalize(unorm2_getNFCInstance(&status), text, length,
		p->text + p->length, (int32_t)len * 3 + 1, &status);
	assert_true(U_SUCCESS(status));
	free(text);
}

/* ---- joining ------------------------------------------------------------- */

static bool is_mark(UChar32 c)
{
	return (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0;
}

/* Lam and alef become one sign; the alef's place shows nothing.  Marks may stand between. */
static void join_lam_alef(UChar32 *forms, const UBiDiLevel *levels, int32_t length)
{
	static const struct {
		UChar32 alef, isolated;
	} pairs[] = {{0xFE82, 0xFEF5}, {0xFE84, 0xFEF7}, {0xFE88, 0xFEF9}, {0xFE8E, 0xFEFB}};
	for (int32_t i = 0; i < length; i++) {
		bool initial = forms[i] == 0xFEDF, medial = forms[i] == 0xFEE0;
		int32_t next = i + 1;
		while (next < length && is_mark(forms[next]))
			next++;
		if ((!initial && !medial) || next >= length || levels[i] != levels[next])
			continue;
		for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
			if (forms[next] != pairs[k].alef)
				continue;
			forms[i] = pairs[k].isolated + medial;
			forms[next] = 0;
			break;
		}
	}
}

/* FriBidi's joining and forms for `count` code points whose levels are ICU's. */
static void shape(FriBidiChar *points, FriBidiStrIndex count, const FriBidiLevel *levels)
{
	FriBidiCharType *types = allocate((size_t)count, sizeof *types);
	FriBidiArabicProp *properties = allocate((size_t)count, sizeof *properties);
	fribidi_get_bidi_types(points, count, types);
	fribidi_get_joining_types(points, count, properties);
	fribidi_join_arabic(types, count, levels, properties);
	fribidi_shape_arabic(FRIBIDI_FLAG_SHAPE_ARAB_PRES, levels, count, properties, points);
	free(types);
	free(properties);
}

static void find_forms(struct paragraph *p)
{
	UErrorCode status = U_ZERO_ERROR;
	const UBiDiLevel *levels = ubidi_getLevels(p->bidi, &status);
	assert_true(U_SUCCESS(status));
	size_t size = (size_t)p->length;
	FriBidiChar *points = allocate(size, sizeof *points);
	FriBidiLevel *point_levels = allocate(size, sizeof *point_levels);
	int32_t count = 0;
	for (int32_t i = 0; i < p->length;) {
		UChar32 c;
		point_levels[count] = (FriBidiLevel)levels[i];
		U16_NEXT(p->text, i, p->length, c);
		points[count++] = (FriBidiChar)c;
	}
	shape(points, count, point_levels);
	p->forms = allocate(size, sizeof *p->forms);
	count = 0;
	for (int32_t i = 0; i < p->length; count++) {
		p->forms[i] = (UChar32)points[count];
		U16_FWD_1(p->text, i, p->length);
	}
	join_lam_alef(p->forms, levels, p->length);
	for (int32_t i = 0; i < p->length; i++) {
		if (u_hasBinaryProperty(p->forms[i], UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
			p->forms[i] = 0;
	}
	free(points);
	free(point_levels);
}

/* Levels and forms of the whole text that add_composed gathered. */
static void analyse(struct paragraph *p, enum oracle_direction direction)
{
	UErrorCode status = U_ZERO_ERROR;
	UBiDiLevel level = direction == ORACLE_AUTO ? UBIDI_DEFAULT_LTR : direction == ORACLE_RTL;
	p->bidi = ubidi_open();
	assert_non_null(p->bidi);
	ubidi_setPara(p->bidi, p->text, p->length, level, NULL, &status);
	assert_true(U_SUCCESS(status));
	if (p->length > 0)
		find_forms(p);
}

static void release(struct paragraph *p)
{
	ubidi_close(p->bidi);
	free(p->text);
	free(p->forms);
}

/* ---- one line ------------------------------------------------------------- */

static void add_form(struct buffer *out, UChar32 form, bool mirrored)
{
	if (form)
		buffer_utf8(out, (uint32_t)(mirrored ? u_charMirror(form) : form));
}

/* A right-to-left run from its last letter to its first, marks behind their letter. */
static void add_rtl_run(struct buffer *out, const UChar32 *forms, int32_t start, int32_t length)
{
	for (int32_t end = start + length; end > start;) {
		int32_t base = end - 1;
		while (base > start && (forms[base] == 0 || is_mark(forms[base])))
			base--;
		for (int32_t i = base; i < end; i++)
			add_form(out, forms[i], true);
		end = base;
	}
}

static void add_line(struct buffer *out, const struct paragraph *p, int32_t start, int32_t end)
{
	UErrorCode status = U_ZERO_ERROR;
	while (end > start && u_isUWhiteSpace(p->text[end - 1]))
		end--;
	if (end <= start)
		return;
	UBiDi *line = ubidi_open();
	assert_non_null(line);
	ubidi_setLine(p->bidi, start, end, line, &status);
	int32_t runs = ubidi_countRuns(line, &status);
	assert_true(U_SUCCESS(status));
	for (int32_t run = 0; run < runs; run++) {
		int32_t first, length;
		if (ubidi_getVisualRun(line, run, &first, &length) == UBIDI_RTL) {
			add_rtl_run(out, p->forms, start + first, length);
			continue;
		}
		for (int32_t i = 0; i < length; i++)
			add_form(out, p->forms[start + first + i], false);
	}
	ubidi_close(line);
}

static char *finish(struct buffer *out)
{
	char *text = buffer_take(out);
	assert_non_null(text);
	return text;
}

char *oracle_visual(
	const char *paragraph, size_t start, size_t end, enum oracle_direction direction)
{
	struct paragraph p = {0};
	struct buffer out = {0};
	size_t len = strlen(paragraph);
	assert_true(start <= end && end <= len);
	add_composed(&p, paragraph, start);
	int32_t first = p.length;
	add_composed(&p, paragraph + start, end - start);
	int32_t last = p.length;
	add_composed(&p, paragraph + end, len - end);
	analyse(&p, direction);
	add_line(&out, &p, first, last);
	release(&p);
	return finish(&out);
}

/* ---- lines ---------------------------------------------------------------- */

static int width_of(const struct paragraph *p, int32_t start, int32_t end)
{
	int width = 0;
	while (end > start && u_isUWhiteSpace(p->text[end - 1]))
		end--;
	for (int32_t i = start; i < end; i++) {
		int kind = u_getIntPropertyValue(p->forms[i], UCHAR_EAST_ASIAN_WIDTH);
		if (p->forms[i] && !is_mark(p->forms[i]))
			width += kind == U_EA_WIDE || kind == U_EA_FULLWIDTH ? 2 : 1;
	}
	return width;
}

/*
 * Whether a line must not start at `at` although ICU lets it: behind a waw that stands alone.
 * (text/breaks.h has more such places, which the texts of the tests do not have.)
 */
static bool is_held(const struct paragraph *p, int32_t at)
{
	return at >= 2 && p->text[at - 1] == ' ' && p->text[at - 2] == 0x0648 &&
		(at == 2 || p->text[at - 3] == ' ');
}

/* The last border of `kind` up to which text from `start` fits; -1 when not even the first does. */
static int32_t last_that_fits(
	const struct paragraph *p, UBreakIteratorType kind, int32_t start, int width)
{
	UErrorCode status = U_ZERO_ERROR;
	UBreakIterator *borders = ubrk_open(kind, "", p->text, p->length, &status);
	assert_true(U_SUCCESS(status));
	int32_t fits = -1;
	for (int32_t at = ubrk_following(borders, start); at != UBRK_DONE;
		at = ubrk_next(borders)) {
		if (width_of(p, start, at) > width)
			break;
		if (kind != UBRK_LINE || !is_held(p, at))
			fits = at;
	}
	ubrk_close(borders);
	return fits;
}

/* The first line border after `start`, or the last one before it. */
static int32_t border_beside(const struct paragraph *p, int32_t start, bool before)
{
	UErrorCode status = U_ZERO_ERROR;
	UBreakIterator *borders = ubrk_open(UBRK_LINE, "", p->text, p->length, &status);
	assert_true(U_SUCCESS(status));
	int32_t at = start;
	do
		at = before ? ubrk_preceding(borders, at) : ubrk_following(borders, at);
	while (at > 0 && at < p->length && is_held(p, at));
	ubrk_close(borders);
	return at;
}

/*
 * The end of a line that would end at `end`, if one word of up to an eighth of the width
 * is all that is left: a word earlier, where that leaves half a line.
 */
static int32_t spare_widow(const struct paragraph *p, int32_t start, int32_t end, int width)
{
	if (end >= p->length || border_beside(p, end, false) < p->length ||
		width_of(p, end, p->length) > width / 8)
		return end;
	int32_t earlier = border_beside(p, end, true);
	bool enough = earlier > start && width_of(p, start, earlier) >= width / 2;
	return enough ? earlier : end;
}

char *oracle_lines(const char *paragraph, enum oracle_direction direction, int width)
{
	struct paragraph p = {0};
	struct buffer out = {0};
	add_composed(&p, paragraph, strlen(paragraph));
	analyse(&p, direction);
	for (int32_t start = 0; start < p.length;) {
		int32_t end = last_that_fits(&p, UBRK_LINE, start, width);
		if (end >= 0)
			end = spare_widow(&p, start, end, width);
		else
			end = last_that_fits(&p, UBRK_CHARACTER, start, width);
		if (end < 0)
			fail_msg("a cluster is wider than %d cells", width);
		add_line(&out, &p, start, end);
		buffer_byte(&out, '\n');
		start = end;
	}
	release(&p);
	return finish(&out);
}

/* ---- comparing ------------------------------------------------------------ */

static UChar *decomposed(const char *text, int32_t *length)
{
	UErrorCode status = U_ZERO_ERROR;
	struct str trimmed = str_trim(str_of(text));
	int32_t composed_length, room = (int32_t)trimmed.len * 4 + 1;
	UChar *composed = to_utf16(trimmed.ptr, trimmed.len, &composed_length);
	UChar *result = allocate((size_t)room, sizeof *result);
	*length = unorm2_normalize(
		unorm2_getNFDInstance(&status), composed, composed_length, result, room, &status);
	assert_true(U_SUCCESS(status));
	free(composed);
	return result;
}

bool oracle_same(const char *a, const char *b)
{
	int32_t a_length, b_length;
	UChar *x = decomposed(a, &a_length), *y = decomposed(b, &b_length);
	bool same = a_length == b_length && u_memcmp(x, y, a_length) == 0;
	free(x);
	free(y);
	return same;
}
