/* The Unicode Bidirectional Algorithm (UAX #9, rules X1 to I2) over one paragraph. */
#ifndef KHABAR_TEXT_BIDI_H
#define KHABAR_TEXT_BIDI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Embedding levels of codes[0..count), which hold no paragraph separator (class B); `base`
 * is the paragraph's level, 0 or 1.  What X9 removes (embeddings, overrides, PDF, BN)
 * takes the level of what stands before it, so that it never parts what L2 turns as one.
 * L1 is left to whoever cuts the lines.  Time and memory grow with count.  False when out
 * of memory.
 */
bool bidi_levels(const uint32_t *codes, size_t count, uint8_t base, uint8_t *levels);

/* The same where levels[] holds the class (UCharDirection) of each code point to begin with. */
bool bidi_resolve(const uint32_t *codes, size_t count, uint8_t base, uint8_t *levels);

#endif
