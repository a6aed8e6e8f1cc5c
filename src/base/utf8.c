#include "base/utf8.h"

#include <string.h>

/* Length of the sequence a lead byte starts and the range its second byte must be in. */
struct lead {
	unsigned char length, low, high;
};

static struct lead lead_of(unsigned char c)
{
	if (c < 0x80)
		return (struct lead){1, 0, 0};
	if (c < 0xC2)
		return (struct lead){0, 0, 0};
	if (c < 0xE0)
		return (struct lead){2, 0x80, 0xBF};
	if (c < 0xF0)
		return (struct lead){3, c == 0xE0 ? 0xA0 : 0x80, c == 0xED ? 0x9F : 0xBF};
	if (c < 0xF5)
		return (struct lead){4, c == 0xF0 ? 0x90 : 0x80, c == 0xF4 ? 0x8F : 0xBF};
	return (struct lead){0, 0, 0};
}

size_t utf8_decode(const char *p, size_t len, uint32_t *code_point)
{
	if (len == 0) {
		*code_point = 0;
		return 0;
	}
	unsigned char c = (unsigned char)p[0];
	/* Letters of Arabic and Hebrew: no table, no loop. */
	if (c >= 0xC2 && c < 0xE0 && len > 1 && ((unsigned char)p[1] & 0xC0) == 0x80) {
		*code_point = (uint32_t)(c & 0x1F) << 6 | ((unsigned char)p[1] & 0x3F);
		return 2;
	}
	struct lead lead = lead_of(c);
	if (lead.length == 1) {
		*code_point = c;
		return 1;
	}
	*code_point = UTF8_REPLACEMENT;
	if (lead.length == 0)
		return 1;
	uint32_t value = c & (0x7Fu >> lead.length);
	for (size_t i = 1; i < lead.length; i++) {
		if (i >= len)
			return i;
		unsigned char next = (unsigned char)p[i];
		unsigned char low = i == 1 ? lead.low : 0x80;
		unsigned char high = i == 1 ? lead.high : 0xBF;
		if (next < low || next > high)
			return i;
		value = value << 6 | (next & 0x3Fu);
	}
	*code_point = value;
	return lead.length;
}

size_t utf8_encode(uint32_t cp, char bytes[4])
{
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = UTF8_REPLACEMENT;
	if (cp < 0x80) {
		bytes[0] = (char)cp;
		return 1;
	}
	size_t length = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
	for (size_t i = length - 1; i > 0; i--) {
		bytes[i] = (char)(0x80 | (cp & 0x3F));
		cp >>= 6;
	}
	bytes[0] = (char)((0xF00 >> length & 0xFF) | cp);
	return length;
}

/* Bytes of letters from i on that one look tells to be right: of one byte, and of two. */
static size_t plain_run(struct str s, size_t i)
{
	size_t at = i;
	for (;;) {
		uint64_t eight;
		if (s.len - at >= sizeof eight) {
			memcpy(&eight, s.ptr + at, sizeof eight);
			if ((eight & UINT64_C(0x8080808080808080)) == 0) {
				at += sizeof eight;
				continue;
			}
		}
		if (at < s.len && (unsigned char)s.ptr[at] < 0x80)
			at++;
		else if (s.len - at >= 2 && (unsigned char)s.ptr[at] >= 0xC2 &&
			 (unsigned char)s.ptr[at] < 0xE0 &&
			 ((unsigned char)s.ptr[at + 1] & 0xC0) == 0x80)
			at += 2;
		else
			return at - i;
	}
}

bool utf8_valid(struct str s)
{
	for (size_t i = 0; i < s.len;) {
		uint32_t cp;
		i += plain_run(s, i);
		if (i == s.len)
			break;
		size_t n = utf8_decode(s.ptr + i, s.len - i, &cp);
		/* A real U+FFFD takes three bytes and starts with EF; a broken sequence does not.
		 */
		if (cp == UTF8_REPLACEMENT && !(n == 3 && (unsigned char)s.ptr[i] == 0xEF))
			return false;
		i += n;
	}
	return true;
}

size_t utf8_length(struct str s)
{
	size_t count = 0;
	for (size_t i = 0; i < s.len; count++) {
		uint32_t cp;
		i += utf8_decode(s.ptr + i, s.len - i, &cp);
	}
	return count;
}
