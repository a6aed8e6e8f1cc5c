/* Sentences: UAX #29, section 5, as ICU finds them. */
#ifndef KHABAR_TEXT_SENTENCE_H
#define KHABAR_TEXT_SENTENCE_H

#include "base/str.h"

/*
 * The sentence of `text` (UTF-8) that byte `at` lies in: *start and *end, bytes, the blanks
 * behind it included; all of the text when ICU's data is missing or there is no memory.
 * Takes time in proportion to the text.
 */
void text_sentence(struct str text, size_t at, size_t *start, size_t *end);

#endif
