/*
 * text/shape.h: the glyphs are in logical order, of code points inside the run, none that
 * the cell font refuses, and say what the text says.  The input: script and kind of run,
 * start and end of the run, then the text.
 */
#include "fuzz.h"

#include "text/clean.h"
#include "text/shape.h"

#include <stdlib.h>
#include <unicode/uchar.h>

struct run {
	enum shape_script script;
	const uint32_t *text;
	size_t length, start, end;
};

/* What paragraph.c may put in a run beside letters of the script. */
static bool may_stand_between(uint32_t code)
{
	return code == ' ' || text_is_invisible(code) || text_width(code) == 0;
}

/* The private use area and the blocks of ligatures that no terminal font has. */
static bool is_forbidden(uint32_t code)
{
	return code == 0 || code > 0x10FFFF || (code >= 0xE000 && code <= 0xF8FF) ||
	       code >= 0xF0000 || (code >= 0xFBEA && code <= 0xFBFB) ||
	       (code >= 0xFC00 && code <= 0xFDFB);
}

/* What step 1 of text/paragraph.h leaves. */
static void clean(struct fuzz_codes *codes)
{
	size_t kept = 0;
	for (size_t i = 0; i < codes->count; i++) {
		uint32_t code = text_clean(codes->items[i]);
		if (code != TEXT_DROP)
			codes->items[kept++] = code;
	}
	codes->count = kept;
}

static bool may_stand_in(const struct run *run, uint32_t code)
{
	return shape_script(code) == run->script || may_stand_between(code);
}

/* Moves the run to the first letter of the script, and ends it where paragraph.c would. */
static void narrow(struct run *run)
{
	while (run->start < run->end && shape_script(run->text[run->start]) != run->script)
		run->start++;
	size_t end = run->start;
	while (end < run->end && may_stand_in(run, run->text[end]))
		end++;
	run->end = end;
}

static void add_seen(struct fuzz_bag *bag, uint32_t code)
{
	if (!text_is_invisible(code))
		fuzz_bag_add(bag, code);
}

/* The glyphs of a real run, composed or joined, come apart into what the text is. */
static void check_content(const struct run *run, const struct shape_glyph *glyphs, size_t count)
{
	struct fuzz_bag source = {0}, drawn = {0};
	for (size_t i = run->start; i < run->end; i++)
		add_seen(&source, run->text[i]);
	for (size_t g = 0; g < count; g++)
		fuzz_bag_add(&drawn, glyphs[g].code_point);
	CHECK(fuzz_bag_equal(&source, &drawn));
	fuzz_bag_free(&source);
	fuzz_bag_free(&drawn);
}

static void check_run(struct shape_font *font, const struct run *run, bool real)
{
	const struct shape_glyph *glyphs = NULL;
	long count = shape_run(font, run->script, run->text, run->length, run->start, run->end,
			&glyphs);
	CHECK(count >= 0 && (count == 0 || glyphs));
	for (long g = 0; g < count; g++) {
		uint32_t cluster = glyphs[g].cluster, code = glyphs[g].code_point;
		CHECK(cluster >= run->start && cluster < run->end);
		CHECK(g == 0 || glyphs[g - 1].cluster <= cluster);
		CHECK(!text_is_invisible(code));
		/* What the font has not goes out as it came. */
		CHECK(!is_forbidden(code) || code == run->text[cluster]);
		CHECK(!is_forbidden(code) || !real);
	}
	if (real)
		check_content(run, glyphs, (size_t)count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct shape_font *font;
	if (!font)
		font = shape_font_new();
	CHECK(font);
	struct fuzz_input input = {data, size};
	uint8_t first = fuzz_byte(&input);
	uint8_t places[] = {fuzz_byte(&input), fuzz_byte(&input)};
	struct fuzz_codes codes;
	fuzz_decode(fuzz_rest(&input), &codes);
	bool real = !(first & 2);
	if (real)
		clean(&codes);
	struct fuzz_input borders = {places, sizeof places};
	size_t start = fuzz_place(&borders, codes.count);
	struct run run = {
			.script = first & 1 ? SHAPE_HEBREW : SHAPE_ARABIC,
			.text = codes.items,
			.length = codes.count,
			.start = start,
			.end = codes.count - fuzz_place(&borders, codes.count - start),
	};
	if (real)
		narrow(&run);
	if (run.start < run.end)
		check_run(font, &run, real);
	fuzz_codes_free(&codes);
	return 0;
}
