/*
 * The order of names and titles that readers of a language expect: ICU's (CLDR), numbers by their
 * value.  Marks, case and tatweel decide only between what is else the same; no article ("al-")
 * is passed over.  ICU has no order of Sorani: it is that of the alphabet, in which hamza on yeh
 * stands before alef.  Each language has its own script first, where CLDR says so.
 */
#ifndef KHABAR_LOCALE_COLLATION_H
#define KHABAR_LOCALE_COLLATION_H

#include "base/buffer.h"

struct collation;

/* For a language or locale ("fa", "ar_SA").  NULL when ICU has none, or memory is out. */
struct collation *collation_new(const char *locale);
void collation_free(struct collation *collation);

/* Under 0, 0, over 0.  NULL: ASCII without regard to case, then the bytes. */
int collation_compare(const struct collation *collation, struct str a, struct str b);

/*
 * Appends a key: memcmp() of two is the comparison of their texts.  Of a long text only the start
 * counts.  False, and nothing appended, when it could not be made.
 */
bool collation_key(const struct collation *collation, struct str text, struct buffer *key);

#endif
