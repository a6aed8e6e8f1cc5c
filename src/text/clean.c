#include "text/clean.h"

#include <stddef.h>
#include <unicode/uchar.h>

struct clean_range {
	uint32_t first, last, result; /* TEXT_DROP, or the substitute */
};

/* Sorted.  What is in no range stays as it is. */
static const struct clean_range CLEAN[] = {
	{0x0000, 0x0008, TEXT_DROP},   /* C0: could start an escape sequence */
	{0x000A, 0x000C, 0x2028},      /* LF, VT, FF: a new line */
	{0x000D, 0x001F, TEXT_DROP},   /* C0 */
	{0x007F, 0x0084, TEXT_DROP},   /* DEL, C1 */
	{0x0085, 0x0085, 0x2028},      /* NEL */
	{0x0086, 0x009F, TEXT_DROP},   /* C1: 8-bit escape sequences */
	{0x00AD, 0x00AD, TEXT_DROP},   /* soft hyphen: 0 or 1 cell, by terminal */
	{0x0600, 0x0605, TEXT_DROP},   /* Arabic number signs: 0 or 1 cell, by terminal */
	{0x061C, 0x061C, 0x061C},      /* ALM stays: it steers the levels */
	{0x06DD, 0x06DD, TEXT_DROP},   /* end of ayah: 0 or 1 cell, by terminal */
	{0x070F, 0x070F, TEXT_DROP},   /* Syriac abbreviation mark: likewise */
	{0x0890, 0x0891, TEXT_DROP},   /* Arabic pound and piastre marks: likewise */
	{0x08E2, 0x08E2, TEXT_DROP},   /* disputed end of ayah: likewise */
	{0x115F, 0x1160, TEXT_DROP},   /* Hangul fillers: invisible, of unlike widths */
	{0x180B, 0x180F, TEXT_DROP},   /* Mongolian selectors */
	{0x2029, 0x2029, 0x2028},      /* PARAGRAPH SEPARATOR inside a paragraph */
	{0x206A, 0x206F, TEXT_DROP},   /* deprecated format characters */
	{0x3164, 0x3164, TEXT_DROP},   /* Hangul filler */
	{0xFDD0, 0xFDEF, TEXT_DROP},   /* noncharacters */
	{0xFE00, 0xFE0F, TEXT_DROP},   /* variation selectors: a heart is 1 cell, or 2 (kitty) */
	{0xFEFF, 0xFEFF, TEXT_DROP},   /* byte order mark */
	{0xFFA0, 0xFFA0, TEXT_DROP},   /* halfwidth Hangul filler */
	{0xFFF0, 0xFFFB, TEXT_DROP},   /* unassigned, interlinear annotation */
	{0xFFFE, 0xFFFF, TEXT_DROP},   /* noncharacters */
	{0x110BD, 0x110BD, TEXT_DROP}, /* Kaithi number signs: 0 or 1 cell, by terminal */
	{0x110CD, 0x110CD, TEXT_DROP},
	{0x1BCA0, 0x1BCA3, TEXT_DROP}, /* shorthand format controls */
	{0x1D173, 0x1D17A, TEXT_DROP}, /* musical format controls */
	{0x1F3FB, 0x1F3FF, TEXT_DROP}, /* skin tones: 0 or 2 cells behind a face, by terminal */
	{0xE0000, 0xE0FFF, TEXT_DROP}, /* tags, selectors: carry hidden text */
};

uint32_t text_clean(uint32_t cp)
{
	if (cp >= 0x20 && cp < 0x7F)
		return cp;
	size_t low = 0, high = sizeof CLEAN / sizeof *CLEAN;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (cp > CLEAN[middle].last)
			low = middle + 1;
		else if (cp < CLEAN[middle].first)
			high = middle;
		else
			return CLEAN[middle].result;
	}
	/* The last two of every plane are noncharacters. */
	return cp > 0x10FFFF || (cp & 0xFFFE) == 0xFFFE ? TEXT_DROP : cp;
}

/*
 * Sorted.  Terminals give each of these one cell, and their fonts squeeze it into that or
 * spill over the neighbours, where they have it at all.  Those up to U+FDFC as NFKD has them.
 * (Emoji sequences need no entry: canvas.c draws their parts one by one, since the cells of a
 * family are 2, 6 or 8, by terminal.  Flags are 2 everywhere.)
 */
static const struct {
	uint32_t code;
	const char *words;
} SPELLED[] = {
	{0xFD40, "رحمه الله"},
	{0xFD41, "رضي الله عنه"},
	{0xFD42, "رضي الله عنها"},
	{0xFD43, "رضي الله عنهم"},
	{0xFD44, "رضي الله عنهما"},
	{0xFD45, "رضي الله عنهن"},
	{0xFD46, "صلى الله عليه وآله"},
	{0xFD47, "عليه السلام"},
	{0xFD48, "عليهم السلام"},
	{0xFD49, "عليهما السلام"},
	{0xFD4A, "عليه الصلاة والسلام"},
	{0xFD4B, "قدس سره"},
	{0xFD4C, "صلى الله عليه وآله وسلم"},
	{0xFD4D, "عليها السلام"},
	{0xFD4E, "تبارك وتعالى"},
	{0xFD4F, "رحمهم الله"},
	{0xFDCF, "سلامه علينا"},
	{0xFDF0, "صلے"},
	{0xFDF1, "قلے"},
	{0xFDF2, "الله"},
	{0xFDF3, "اكبر"},
	{0xFDF4, "محمد"},
	{0xFDF5, "صلعم"},
	{0xFDF6, "رسول"},
	{0xFDF7, "عليه"},
	{0xFDF8, "وسلم"},
	{0xFDF9, "صلى"},
	{0xFDFA, "صلى الله عليه وسلم"},
	{0xFDFB, "جل جلاله"},
	{0xFDFC, "ریال"},
	{0xFDFD, "بسم الله الرحمن الرحيم"},
	{0xFDFE, "سبحانه وتعالى"},
	{0xFDFF, "عز وجل"},
};

const char *text_spelled(uint32_t cp)
{
	if (cp < 0xFD40 || cp > 0xFDFF)
		return NULL;
	for (size_t i = 0; i < sizeof SPELLED / sizeof *SPELLED; i++) {
		if (SPELLED[i].code == cp)
			return SPELLED[i].words;
	}
	return NULL;
}

uint32_t text_drawn(uint32_t cp)
{
	if (cp == '\t' || cp == 0xA0 || cp == 0x2028)
		return ' ';
	if (cp >= 0x2000 && cp <= 0x205F && (cp <= 0x200A || cp == 0x202F || cp == 0x205F))
		return ' ';
	return cp;
}

bool text_is_invisible(uint32_t cp)
{
	if (cp < 0x34F)
		return false;
	return cp == 0x034F || cp == 0x061C || (cp >= 0x200B && cp <= 0x200F) ||
	       (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F);
}

int text_width(uint32_t cp)
{
	if (cp < 0x300)
		return 1;
	if (cp == 0x2028)
		return 1; /* drawn as a blank where it does not end the line */
	if (text_is_invisible(cp))
		return 0;
	int8_t category = u_charType((UChar32)cp);
	if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK ||
		category == U_FORMAT_CHAR)
		return 0;
	/* Hangul vowels and final consonants are drawn over the initial one. */
	if ((cp >= 0x1160 && cp <= 0x11FF) || (cp >= 0xD7B0 && cp <= 0xD7FF))
		return 0;
	int32_t wide = u_getIntPropertyValue((UChar32)cp, UCHAR_EAST_ASIAN_WIDTH);
	return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}
