#include "article/marker.h"

#include "base/buffer.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

enum { ROMAN_MOST = 3999, LETTERS = 26, ABJAD_LETTERS = 28, HEBREW_MOST = 999 };

enum marker_script marker_script_of(struct str language)
{
	static const struct {
		struct str tag;
		enum marker_script script;
	} languages[] = {
		{{"ar", 2}, MARKER_ARABIC},
		{{"ckb", 3}, MARKER_ARABIC},
		{{"fa", 2}, MARKER_PERSIAN},
		{{"ur", 2}, MARKER_PERSIAN},
		{{"ps", 2}, MARKER_PERSIAN},
		{{"he", 2}, MARKER_HEBREW},
		{{"yi", 2}, MARKER_HEBREW},
	};
	struct str primary;
	if (!language.ptr || !str_split(&language, '-', &primary))
		return MARKER_LATIN;
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		if (str_equal_nocase(primary, languages[i].tag))
			return languages[i].script;
	}
	return MARKER_LATIN;
}

static void put(char *text, uint32_t code)
{
	size_t len = strlen(text);
	if (len + 8 < MARKER_MOST)
		text[len + utf8_encode(code, text + len)] = '\0';
}

/* ---- numbers ---- */

static void write_digits(char *text, enum marker_script script, long number)
{
	static const uint32_t zeros[] = {[MARKER_LATIN] = '0',
		[MARKER_ARABIC] = 0x660,
		[MARKER_PERSIAN] = 0x6F0,
		[MARKER_HEBREW] = '0'};
	char digits[24];
	snprintf(digits, sizeof digits, "%ld", number);
	for (const char *c = digits; *c; c++)
		put(text, *c == '-' ? '-' : zeros[script] + (uint32_t)(*c - '0'));
}

/* a to z, aa to zz ... */
static void write_latin(char *text, long number, char first)
{
	char reversed[16];
	int count = 0;
	for (; number > 0; number = (number - 1) / LETTERS)
		reversed[count++] = (char)(first + (number - 1) % LETTERS);
	while (count > 0)
		put(text, (uint32_t)(unsigned char)reversed[--count]);
}

/* The first 28 letters of the old order of the alphabet, which lists go by. */
static bool write_abjad(char *text, enum marker_script script, long number)
{
	static const uint32_t letters[ABJAD_LETTERS] = {0x627, 0x628, 0x62C, 0x62F, 0x647, 0x648,
		0x632, 0x62D, 0x637, 0x64A, 0x643, 0x644, 0x645, 0x646, 0x633, 0x639, 0x641, 0x635,
		0x642, 0x631, 0x634, 0x62A, 0x62B, 0x62E, 0x630, 0x636, 0x638, 0x63A};
	if (number > ABJAD_LETTERS)
		return false;
	uint32_t letter = letters[number - 1];
	if (script == MARKER_PERSIAN && letter == 0x64A)
		letter = 0x6CC;
	if (script == MARKER_PERSIAN && letter == 0x643)
		letter = 0x6A9;
	put(text, letter);
	if (letter == 0x647)
		put(text, 0x200D); /* alone it would look like a five */
	return true;
}

/* Hundreds, tens, units; 15 and 16 as 9 + 6 and 9 + 7. */
static bool write_hebrew(char *text, long number)
{
	static const uint32_t letters[] = {0x5D0, 0x5D1, 0x5D2, 0x5D3, 0x5D4, 0x5D5, 0x5D6, 0x5D7,
		0x5D8, 0x5D9, 0x5DB, 0x5DC, 0x5DE, 0x5E0, 0x5E1, 0x5E2, 0x5E4, 0x5E6, 0x5E7, 0x5E8,
		0x5E9, 0x5EA};
	if (number > HEBREW_MOST)
		return false;
	for (; number >= 400; number -= 400)
		put(text, 0x5EA);
	if (number >= 100)
		put(text, letters[17 + number / 100]);
	number %= 100;
	if (number == 15 || number == 16) {
		put(text, 0x5D8);
		put(text, number == 15 ? 0x5D5 : 0x5D6);
		return true;
	}
	if (number >= 10)
		put(text, letters[8 + number / 10]);
	if (number % 10)
		put(text, letters[number % 10 - 1]);
	return true;
}

static bool write_letters(char *text, enum marker_script script, long number, char first)
{
	if (number < 1)
		return false;
	switch (script) {
	case MARKER_ARABIC:
	case MARKER_PERSIAN:
		return write_abjad(text, script, number);
	case MARKER_HEBREW:
		return write_hebrew(text, number);
	default:
		write_latin(text, number, first);
		return true;
	}
}

static bool write_roman(char *text, long number, bool upper)
{
	static const struct {
		long value;
		const char *letters[2];
	} parts[] = {{1000, {"m", "M"}}, {900, {"cm", "CM"}}, {500, {"d", "D"}},
		{400, {"cd", "CD"}}, {100, {"c", "C"}}, {90, {"xc", "XC"}}, {50, {"l", "L"}},
		{40, {"xl", "XL"}}, {10, {"x", "X"}}, {9, {"ix", "IX"}}, {5, {"v", "V"}},
		{4, {"iv", "IV"}}, {1, {"i", "I"}}};
	if (number < 1 || number > ROMAN_MOST)
		return false;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		for (; number >= parts[i].value; number -= parts[i].value) {
			for (const char *c = parts[i].letters[upper]; *c; c++)
				put(text, (uint32_t)(unsigned char)*c);
		}
	}
	return true;
}

/* ---- markers ---- */

static bool write_number(char *text, enum marker marker, enum marker_script script, long number)
{
	switch (marker) {
	case MARKER_LOWER_ALPHA:
		return write_letters(text, script, number, 'a');
	case MARKER_UPPER_ALPHA:
		return write_letters(text, script, number, 'A');
	case MARKER_LOWER_ROMAN:
		return write_roman(text, number, false);
	case MARKER_UPPER_ROMAN:
		return write_roman(text, number, true);
	default:
		return false;
	}
}

int marker_write(char text[MARKER_MOST], enum marker marker, enum marker_script script, long number,
	unsigned depth)
{
	static const uint32_t bullets[] = {0x25AA, 0x2022, 0x25E6}; /* of depth 3, 1, 2 */
	text[0] = '\0';
	if (marker == MARKER_BULLET) {
		put(text, bullets[depth % 3]);
		return 1;
	}
	if (!write_number(text, marker, script, number))
		write_digits(text, script, number);
	put(text, '.');
	int width = (int)utf8_length(str_of(text));
	return strstr(text, "\u200D") ? width - 1 : width;
}
