/*
 * Text reduced to what is compared with tables of words: lower case, no marks,
 * tatweel or format controls, Arabic and Persian letter variants as one, digits
 * as ASCII, everything that is no letter or digit as single blanks.
 */
#ifndef KHABAR_ARTICLE_FOLD_H
#define KHABAR_ARTICLE_FOLD_H

#include "base/buffer.h"

/* One code point: 0 when it is dropped, ' ' when it parts words. */
uint32_t fold_character(uint32_t code_point);

/* Appends the folded text, without blanks at either end.  Failure shows in out->failed. */
void fold_text(struct str text, struct buffer *out);

#endif
