/*
 * text/engine.h: where clusters and lines may start is what ICU says of the whole text,
 * however little of it the engine asks ICU for.  The input: text.
 */
#include "fuzz.h"

#include "text/clean.h"
#include "text/engine.h"

#include <stdlib.h>
#include <unicode/utf16.h>

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

/* expected[i] is 1 where a break stands before code point i > 0. */
static void ask_icu(UBreakIterator *iterator, const struct fuzz_codes *codes, uint8_t *expected)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t length = 0;
	UChar *text = malloc((2 * codes->count + 1) * sizeof *text);
	CHECK(text);
	for (size_t i = 0; i < codes->count; i++)
		U16_APPEND_UNSAFE(text, length, (UChar32)codes->items[i]);
	ubrk_setText(iterator, text, length, &status);
	CHECK(U_SUCCESS(status));
	for (size_t i = 0, unit = 0; i < codes->count; i++) {
		expected[i] = i > 0 && ubrk_isBoundary(iterator, (int32_t)unit);
		unit += (size_t)U16_LENGTH(codes->items[i]);
	}
	free(text);
}

typedef bool mark_function(struct text_engine *engine, const uint32_t *codes, size_t count,
		uint8_t *flags, uint8_t mask);

static void check(struct text_engine *engine, mark_function *mark, UBreakIterator *iterator,
		const struct fuzz_codes *codes)
{
	uint8_t *flags = calloc(codes->count + 1, 1), *expected = calloc(codes->count + 1, 1);
	CHECK(flags && expected);
	CHECK(mark(engine, codes->items, codes->count, flags, 1));
	ask_icu(iterator, codes, expected);
	for (size_t i = 0; i < codes->count; i++)
		CHECK(flags[i] == expected[i]);
	free(flags);
	free(expected);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct text_engine *engine;
	static UBreakIterator *clusters, *lines;
	UErrorCode status = U_ZERO_ERROR;
	if (!engine) {
		engine = text_engine_new();
		clusters = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
		lines = ubrk_open(UBRK_LINE, "", NULL, 0, &status);
	}
	CHECK(engine && U_SUCCESS(status));
	struct fuzz_input input = {data, size};
	struct fuzz_codes codes;
	fuzz_decode(fuzz_rest(&input), &codes);
	clean(&codes);
	check(engine, engine_mark_clusters, clusters, &codes);
	check(engine, engine_mark_lines, lines, &codes);
	fuzz_codes_free(&codes);
	return 0;
}
