/*
 * Which encoding bytes without a label are in, told from the bytes alone.
 * Internal to base/charset.
 */
#ifndef KHABAR_BASE_CHARSET_GUESS_H
#define KHABAR_BASE_CHARSET_GUESS_H

#include "base/str.h"

/*
 * "UTF-16LE", "UTF-16BE", "UTF-32LE" or "UTF-32BE" where the bytes, having no
 * byte order mark, read as text in it; else NULL.
 */
const char *charset_guess_wide(struct str bytes);

/*
 * A legacy encoding: windows-1256, ISO-8859-6, windows-1255 and windows-1252 by
 * the frequency of letters and their neighbours, any other as ICU says.  Never
 * NULL.  (What ISO-8859-8 holds beside windows-1255 is the same letters at the
 * same places.)
 */
const char *charset_guess_narrow(struct str bytes);

/* What kind of picture, archive or program the bytes start like; NULL: none known. */
const char *charset_guess_binary(struct str bytes);

#endif
