/*
 * The digits of numbers that the interface shows.  Only digits change: grouping and signs are
 * those of printf().  What the articles say is text.numerals (text/paragraph.h).
 */
#ifndef KHABAR_LOCALE_NUMBER_H
#define KHABAR_LOCALE_NUMBER_H

#include "base/buffer.h"

enum number_digits {
	DIGITS_LATIN,
	DIGITS_ARABIC_INDIC, /* U+0660 to U+0669 */
	DIGITS_PERSIAN,      /* U+06F0 to U+06F9, for Urdu as well */
};

/* What ui.digits takes, by the enum, behind "auto"; NULL at the end. */
extern const char *const number_digits_names[];

/* By a name of the above; "auto", or any other: what newspapers of that locale ("ar_MA") use. */
enum number_digits number_digits_of(const char *name, const char *locale);

/*
 * Writes the ASCII digits from this byte of the buffer on anew; all else stays.  Out of memory:
 * text->failed.
 */
void number_redigit(struct buffer *text, size_t from, enum number_digits digits);

#endif
