#include "article/fold.h"

#include "base/utf8.h"

#include <unicode/uchar.h>

static const struct {
	uint16_t from, to;
} letters[] = {
	{0x0622, 0x0627}, {0x0623, 0x0627}, {0x0625, 0x0627}, {0x0671, 0x0627}, /* alef */
	{0x0649, 0x064A}, {0x06CC, 0x064A}, {0x06D0, 0x064A},                   /* yeh */
	{0x06A9, 0x0643},                                                       /* kaf */
	{0x0629, 0x0647}, {0x06C1, 0x0647}, {0x06C3, 0x0647}, {0x06C0, 0x0647}, /* heh */
	{0x06D5, 0x0647}, {0x06BE, 0x0647}, {0x0624, 0x0648},                   /* heh, waw */
};

uint32_t fold_character(uint32_t cp)
{
	if (cp < 0x80) {
		if (cp >= 'A' && cp <= 'Z')
			return cp + ('a' - 'A');
		return (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9') ? cp : ' ';
	}
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
		if (letters[i].from == cp)
			return letters[i].to;
	}
	int8_t type = u_charType((UChar32)cp);
	if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR ||
			cp == 0x0640 || cp == 0x05F3 || cp == 0x05F4)
		return 0;
	int32_t digit = u_charDigitValue((UChar32)cp);
	if (type == U_DECIMAL_DIGIT_NUMBER && digit >= 0)
		return (uint32_t)('0' + digit);
	if (u_isalnum((UChar32)cp) || type == U_COMBINING_SPACING_MARK)
		return (uint32_t)u_tolower((UChar32)cp);
	return ' ';
}

void fold_text(struct str text, struct buffer *out)
{
	size_t start = out->len;
	bool blank = false;
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		cp = fold_character(cp);
		if (cp == ' ')
			blank = true;
		if (cp == 0 || cp == ' ')
			continue;
		if (blank && out->len > start)
			buffer_byte(out, ' ');
		blank = false;
		buffer_utf8(out, cp);
	}
}
