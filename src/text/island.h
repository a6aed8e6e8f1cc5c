/*
 * Left-to-right islands: stretches of ASCII that a reader of right-to-left text
 * still reads from left to right as one thing, and that UAX #9 alone would tear
 * or turn: URLs, e-mail and host names, @names, #tags, options, C++, phone
 * numbers (+970-59-1234567), hyphenated dates (2024-06-17).  A range of two numbers (2010-2015)
 * is none: it is read in the direction of the text.
 */
#ifndef KHABAR_TEXT_ISLAND_H
#define KHABAR_TEXT_ISLAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Finds the next island in codes[0..count) at or after `from`: true, with its
 * range of code points.
 */
bool island_next(const uint32_t *codes, size_t count, size_t from, size_t *start, size_t *end);

#endif
