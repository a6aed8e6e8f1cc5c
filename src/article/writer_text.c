#include "article/writer.h"

#include "base/utf8.h"

void writer_add_escaped(struct buffer *out, uint32_t cp)
{
	switch (cp) {
	case '&':
		buffer_str(out, STR("&amp;"));
		break;
	case '<':
		buffer_str(out, STR("&lt;"));
		break;
	case '>':
		buffer_str(out, STR("&gt;"));
		break;
	case '"':
		buffer_str(out, STR("&quot;"));
		break;
	default:
		buffer_utf8(out, cp);
	}
}

bool writer_is_dropped(uint32_t cp)
{
	bool control = (cp < 0x20 && cp != '\t' && cp != '\n') || (cp >= 0x7F && cp < 0xA0);
	bool nonsense = cp == 0xFEFF || (cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF) ||
		(cp >= 0xFFF9 && cp <= 0xFFFB) || (cp >= 0xE0000 && cp <= 0xE007F);
	return control || nonsense;
}

void writer_escape(struct buffer *out, struct str text)
{
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		if (!writer_is_dropped(cp))
			writer_add_escaped(out, cp);
	}
}

void writer_escape_attribute(struct buffer *out, struct str text)
{
	bool space = false, any = false;
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		bool blank = cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' || cp == '\f' ||
			cp == 0x2028 || cp == 0x2029;
		bool bidi = (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
		space |= blank;
		if (blank || bidi || writer_is_dropped(cp))
			continue;
		if (space && any)
			buffer_byte(out, ' ');
		writer_add_escaped(out, cp);
		any = true;
		space = false;
	}
}

bool writer_is_ink(uint32_t cp)
{
	bool blank = cp <= 0x20 || cp == 0xA0 || cp == 0xAD || (cp >= 0x2000 && cp <= 0x200F) ||
		(cp >= 0x2028 && cp <= 0x202F) || (cp >= 0x2060 && cp <= 0x206F) || cp == 0x3000;
	return !blank && !writer_is_dropped(cp);
}

bool writer_has_ink(struct str text)
{
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		if (writer_is_ink(cp))
			return true;
	}
	return false;
}

bool writer_is_language(struct str tag)
{
	for (size_t i = 0; i < tag.len; i++) {
		char c = tag.ptr[i];
		bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '-';
		if (!good)
			return false;
	}
	return tag.len > 0 && tag.len <= WRITER_LANGUAGE_MAX;
}
