/* Where a reader is: a locale is a language, or one with a region ("ar", "ar_SA"). */
#ifndef KHABAR_LOCALE_HABIT_H
#define KHABAR_LOCALE_HABIT_H

#include "base/buffer.h"

/* Whether `of` ("ar", "ar_SA") is the locale, or its language: "ar_SA" fits both, "arc" none. */
bool habit_fits(const char *locale, const char *of);

/*
 * Adds the locale of a language: with the region that LC_ALL, LC_TIME or LANG (the first one
 * set) has, where that is of the same language; else the language alone.
 */
void habit_locale(struct buffer *out, const char *language);

#endif
