/* The inside of struct text_engine (text/paragraph.h), for src/text/ alone. */
#ifndef KHABAR_TEXT_ENGINE_H
#define KHABAR_TEXT_ENGINE_H

#include "text/paragraph.h"
#include "text/shape.h"

#include <unicode/ubrk.h>

/* A list of numbers that keeps its memory between uses. */
struct numbers {
	uint32_t *items;
	size_t cap;
};

/* Room for `count` numbers.  False when out of memory. */
bool numbers_reserve(struct numbers *numbers, size_t count);

struct text_engine {
	struct shape_font *font;
	UBreakIterator *clusters; /* opened when first needed */
	UBreakIterator *lines;
	UChar *utf16; /* scratch: a text for ICU */
	size_t utf16_cap;
	struct numbers order, controls; /* scratch */
};

/*
 * Sets bit `mask` in flags[i] for each code point i that a break of this kind may
 * stand before (i = 0 never).  False when out of memory.
 */
bool engine_mark_clusters(struct text_engine *engine, const uint32_t *codes, size_t count,
		uint8_t *flags, uint8_t mask);
bool engine_mark_lines(struct text_engine *engine, const uint32_t *codes, size_t count,
		uint8_t *flags, uint8_t mask);

#endif
