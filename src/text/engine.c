#include "text/engine.h"

#include "base/array.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>

bool numbers_reserve(struct numbers *numbers, size_t count)
{
	return array_reserve(&numbers->items, &numbers->cap, count, sizeof *numbers->items);
}

struct text_engine *text_engine_new(void)
{
	struct text_engine *engine = calloc(1, sizeof *engine);
	if (!engine)
		return NULL;
	engine->font = shape_font_new();
	if (!engine->font) {
		text_engine_free(engine);
		return NULL;
	}
	return engine;
}

void text_engine_free(struct text_engine *engine)
{
	if (!engine)
		return;
	shape_font_free(engine->font);
	if (engine->clusters)
		ubrk_close(engine->clusters);
	if (engine->lines)
		ubrk_close(engine->lines);
	free(engine->utf16);
	free(engine->order.items);
	free(engine->controls.items);
	free(engine);
}

/* The text as UTF-16 in the engine's scratch memory; its length, -1 when out of memory. */
static int32_t to_utf16(struct text_engine *engine, const uint32_t *codes, size_t count)
{
	if (count > INT32_MAX / 2 ||
			!array_reserve(&engine->utf16, &engine->utf16_cap, 2 * count + 1,
					sizeof *engine->utf16))
		return -1;
	int32_t length = 0;
	for (size_t i = 0; i < count; i++) {
		uint32_t code = U_IS_SURROGATE(codes[i]) ? 0xFFFD : codes[i];
		U16_APPEND_UNSAFE(engine->utf16, length, code);
	}
	return length;
}

static bool mark(struct text_engine *engine, UBreakIterator **iterator, UBreakIteratorType type,
		const uint32_t *codes, size_t count, uint8_t *flags, uint8_t mask)
{
	UErrorCode status = U_ZERO_ERROR;
	if (!*iterator)
		*iterator = ubrk_open(type, "", NULL, 0, &status);
	int32_t length = to_utf16(engine, codes, count);
	if (U_FAILURE(status) || length < 0)
		return false;
	ubrk_setText(*iterator, engine->utf16, length, &status);
	if (U_FAILURE(status))
		return false;
	size_t i = 0;
	int32_t unit = 0;
	ubrk_first(*iterator);
	for (int32_t at = ubrk_next(*iterator); at != UBRK_DONE; at = ubrk_next(*iterator)) {
		for (; unit < at && i < count; i++)
			unit += U16_LENGTH(codes[i]);
		if (i < count)
			flags[i] |= mask;
	}
	return true;
}

/* Scripts whose characters are clusters each, but for the marks: no need to ask ICU. */
static bool stands_alone(uint32_t code)
{
	if (code < 0x0300)
		return code >= 0x20 && (code < 0x7F || code >= 0xA0) && code != 0xA9 && code != 0xAE;
	return (code >= 0x05D0 && code <= 0x05EA) || (code >= 0x0620 && code <= 0x064A) ||
			(code >= 0x0660 && code <= 0x066F) || (code >= 0x0671 && code <= 0x06D5) ||
			(code >= 0x06EE && code <= 0x06FF) || code == 0x060C || code == 0x061B ||
			code == 0x061F || (code >= 0x2010 && code <= 0x2027);
}

bool engine_mark_clusters(struct text_engine *engine, const uint32_t *codes, size_t count,
		uint8_t *flags, uint8_t mask)
{
	size_t i = 0;
	for (; i < count && stands_alone(codes[i]); i++) {
		if (i > 0)
			flags[i] |= mask;
	}
	if (i == count)
		return true;
	return mark(engine, &engine->clusters, UBRK_CHARACTER, codes, count, flags, mask);
}

bool engine_mark_lines(struct text_engine *engine, const uint32_t *codes, size_t count,
		uint8_t *flags, uint8_t mask)
{
	return mark(engine, &engine->lines, UBRK_LINE, codes, count, flags, mask);
}
