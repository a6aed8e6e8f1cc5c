/* The signs of list items: bullets, and numbers in the digits and letters of a language. */
#ifndef KHABAR_ARTICLE_MARKER_H
#define KHABAR_ARTICLE_MARKER_H

#include "article/document.h"

enum { MARKER_MOST = 64 }; /* bytes of a marker, the NUL included */

/*
 * Writes the marker of an item, without a blank behind it: a bullet by `depth`, or "12.".  What
 * a type has no numerals for (letters under 1, Roman over 3,999, Hebrew over 999) is written in
 * digits.  Returns its width in cells.
 */
int marker_write(char text[MARKER_MOST], enum marker marker, enum marker_script script, long number,
	unsigned depth);

/* Of a BCP 47 tag; MARKER_LATIN when it is not known. */
enum marker_script marker_script_of(struct str language);

#endif
