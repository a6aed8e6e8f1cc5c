/* UTF-8 as in RFC 3629: decoding never fails and never reads past the end. */
#ifndef KHABAR_BASE_UTF8_H
#define KHABAR_BASE_UTF8_H

#include "base/str.h"

#include <stdint.h>

#define UTF8_REPLACEMENT 0xFFFDu

/*
 * Decodes the code point at p.  Returns the bytes it takes, 1 to 4; 0 only when
 * len is 0.  A broken sequence gives U+FFFD for its maximal subpart (Unicode
 * 15.0, section 3.9, "U+FFFD substitution of maximal subparts").
 */
size_t utf8_decode(const char *p, size_t len, uint32_t *code_point);

/* Writes up to 4 bytes, returns how many.  What is no scalar value is written as U+FFFD. */
size_t utf8_encode(uint32_t code_point, char bytes[4]);

bool utf8_valid(struct str s);

/* Number of code points, each broken sequence counting as one. */
size_t utf8_length(struct str s);

#endif
