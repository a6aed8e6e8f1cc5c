/*
 * Dates as pages print them: ISO 8601, RFC 5322, numbers, and names of months in
 * Arabic (of Egypt and the Gulf, the Levant and the Maghreb), Persian (the Jalali
 * calendar, too), Urdu, Kurdish, Hebrew, Yiddish and English, with any digits.
 */
#ifndef KHABAR_ARTICLE_DATELINE_H
#define KHABAR_ARTICLE_DATELINE_H

#include "base/str.h"

#include <stdint.h>

/*
 * Finds the first date in a short text (some 60 words are read).  Unix seconds;
 * UTC where no zone is given, midnight where no time is.  False when there is
 * none, or one that no calendar has.  Numbers alone are day, month, year.
 */
bool dateline_parse(struct str text, int64_t *unix_seconds);

/* Days since 1970-01-01 of a day of the Jalali calendar; false when there is no such day. */
bool dateline_jalali(int year, int month, int day, int64_t *days);

/*
 * The month, 1 to 12, that a folded word (text/fold.h) names, and whether it is of the Jalali
 * calendar; a name of two words is written together.  0: it names none.
 */
int dateline_month(struct str word, bool *jalali);

/* Days since 1970-01-01 of a day of the Gregorian calendar, which must exist. */
int64_t dateline_gregorian(int year, int month, int day);

#endif
