#include "text/count.h"

#include "base/utf8.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

/* What goes on with a word that was begun. */
static bool is_joining(uint32_t cp)
{
	enum { APOSTROPHE = 0x27, ZWNJ = 0x200C, ZWJ = 0x200D, QUOTE = 0x2019, TATWEEL = 0x640 };
	return cp == APOSTROPHE || cp == ZWNJ || cp == ZWJ || cp == QUOTE || cp == TATWEEL ||
	       (U_GET_GC_MASK((UChar32)cp) & U_GC_M_MASK);
}

/* Letters that make a word where it is parted from the next by none; 0: by blanks. */
static size_t letters_of(uint32_t cp)
{
	enum { FIRST_SUCH = 0xE00, IDEOGRAPHS = 2, LETTERS = 5 };
	UErrorCode code = U_ZERO_ERROR;
	if (cp < FIRST_SUCH)
		return 0;
	switch (uscript_getScript((UChar32)cp, &code)) {
	case USCRIPT_HAN:
	case USCRIPT_HIRAGANA:
	case USCRIPT_KATAKANA:
		return IDEOGRAPHS;
	case USCRIPT_THAI:
	case USCRIPT_LAO:
	case USCRIPT_KHMER:
	case USCRIPT_MYANMAR:
		return LETTERS;
	default:
		return 0;
	}
}

size_t count_words(struct str text)
{
	size_t words = 0, letters = 0; /* letters: tenths of a word without blanks */
	bool inside = false;
	for (size_t at = 0; at < text.len;) {
		uint32_t cp;
		at += utf8_decode(text.ptr + at, text.len - at, &cp);
		bool letter = u_isalnum((UChar32)cp);
		size_t each = letter ? letters_of(cp) : 0;
		if (each > 0)
			letters += 10 / each;
		else if (letter && !inside)
			words++;
		if (each > 0)
			inside = false;
		else
			inside = letter || (inside && is_joining(cp));
	}
	return words + (letters + 9) / 10;
}
