/*
 * References to characters, "&eacute;", "&#233;", "&#xE9;", as HTML reads them: numbers 128 to
 * 159 mean windows-1252 (HTML Standard, section 13.2.5.80), all names of HTML are known.
 */
#ifndef KHABAR_FEED_REFERENCE_H
#define KHABAR_FEED_REFERENCE_H

#include "base/buffer.h"

/* Names of HTML 5 that HTML 4 has not are dear to find: so many are looked for in a text. */
enum { REFERENCE_BUDGET = 2000 };

/* Bytes of "&name;" or "&#number;" at the start of s (its first byte is '&'); 0: there is none. */
size_t reference_length(struct str s);

/*
 * Appends the characters of such a reference, which is `s` as a whole; a number that is no
 * character gives U+FFFD.  False, nothing written: a name that is none of HTML's.
 * *budget counts down what is left of REFERENCE_BUDGET.
 */
bool reference_decode(struct str s, int *budget, struct buffer *out);

/* Appends a text with its references resolved, others left as they stand. */
void reference_decode_all(struct str text, struct buffer *out);

/* The character that windows-1252 has for U+0080 to U+009F; U+FFFD where it has none. */
uint32_t reference_of_c1(uint32_t code_point);

#endif
