/* The languages of the interface, and which of them the reader wants. */
#ifndef KHABAR_LOCALE_LANGUAGE_H
#define KHABAR_LOCALE_LANGUAGE_H

#include <stdbool.h>

/* "en", "ar", "fa", "he", "ur", "ckb"; NULL at the end.  ISO 639 as gettext uses it. */
extern const char *const locale_languages[];

/*
 * The one of them that a setting names; for "auto" (and NULL) the one that the environment asks
 * for, as gettext reads it: the languages of LANGUAGE in their order, else the first that is set
 * of LC_ALL, LC_MESSAGES and LANG.  Where that is "C" or "POSIX", LANGUAGE does not count; other
 * than in gettext it does where it is the only one that is set, and under C.UTF-8.  "en" when
 * khabar speaks none that is asked for.
 */
const char *locale_language(const char *setting);

/* Whether a language of locale_languages is written from right to left. */
bool locale_is_rtl(const char *language);

#endif
