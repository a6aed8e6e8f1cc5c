#include "feed/base64.h"

static int value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

void base64_decode(struct str text, struct buffer *out)
{
	unsigned bits = 0;
	int count = 0;
	for (size_t i = 0; i < text.len && text.ptr[i] != '='; i++) {
		int value = value_of(text.ptr[i]);
		if (value < 0)
			continue;
		bits = (bits << 6 | (unsigned)value) & 0xFFFFFF;
		count += 6;
		if (count >= 8) {
			count -= 8;
			buffer_byte(out, (char)(bits >> count));
		}
	}
}
