/* The character set of the C library: UTF-8, whatever the environment says. */
#ifndef KHABAR_LOCALE_UTF8_H
#define KHABAR_LOCALE_UTF8_H

#include <stdbool.h>

/*
 * Sets LC_CTYPE as the environment says and, where that is another encoding
 * (LANG=C over SSH), to a locale with UTF-8.  *switched (may be NULL): the environment
 * asked for another one.  False when there is none; LC_CTYPE is then as it was.
 */
bool locale_use_utf8(bool *switched);

#endif
