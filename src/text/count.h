/* How much there is to read. */
#ifndef KHABAR_TEXT_COUNT_H
#define KHABAR_TEXT_COUNT_H

#include "base/str.h"

/*
 * Words of any bytes, in one pass: runs of letters, digits and marks, with what joins them (ZWNJ,
 * ZWJ, tatweel, apostrophe).  Where words are not parted by blanks, two ideographs or kana, or five
 * letters of Thai, Lao, Khmer or Burmese, count as one.
 */
size_t count_words(struct str text);

#endif
