/* The inside of struct text_engine (text/paragraph.h), for src/text/ alone. */
#ifndef KHABAR_TEXT_ENGINE_H
#define KHABAR_TEXT_ENGINE_H

#include "text/cache.h"
#include "text/paragraph.h"
#include "text/shape.h"
#include "text/traits.h"

#include <unicode/ubrk.h>

struct text_engine {
	struct shape_font *font;
	UBreakIterator *clusters; /* opened when first needed */
	UBreakIterator *lines;
	UChar *utf16; /* scratch: a text for ICU */
	size_t utf16_cap;
	struct traits traits;
	struct word_cache words;
};

/* Whether words are kept for the next time they come (text/cache.h); they are, when new. */
void text_engine_cache(struct text_engine *engine, bool on);

/*
 * Sets bit `mask` in flags[i] for each code point i that a break of this kind may
 * stand before (i = 0 never): all that ICU finds in the whole text.  It is asked only about
 * the stretches where the traits of single code points do not tell.  False when out of memory.
 */
bool engine_mark_clusters(struct text_engine *engine, const uint32_t *codes, size_t count,
	uint8_t *flags, uint8_t mask);
bool engine_mark_lines(struct text_engine *engine, const uint32_t *codes, size_t count,
	uint8_t *flags, uint8_t mask);

#endif
