#include "feed/reference.h"

#include "base/utf8.h"

#include <gumbo.h>
#include <libxml/HTMLparser.h>
#include <string.h>

enum { NAME_MAX_BYTES = 33 }; /* CounterClockwiseContourIntegral has 31 */

static bool is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

size_t reference_length(struct str s)
{
	size_t i = 1;
	if (i < s.len && s.ptr[i] == '#')
		i++;
	size_t start = i;
	while (i < s.len && i < start + NAME_MAX_BYTES && is_alnum(s.ptr[i]))
		i++;
	return i > start && i < s.len && s.ptr[i] == ';' ? i + 1 : 0;
}

uint32_t reference_of_c1(uint32_t code_point)
{
	static const uint16_t table[32] = {0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020,
		0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019,
		0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,
		0x017E, 0x0178};
	uint32_t found = code_point >= 0x80 && code_point < 0xA0 ? table[code_point - 0x80] : 0;
	return found ? found : UTF8_REPLACEMENT;
}

static int digit_of(char c, int base)
{
	int value = c >= '0' && c <= '9'   ? c - '0'
		    : c >= 'a' && c <= 'f' ? c - 'a' + 10
		    : c >= 'A' && c <= 'F' ? c - 'A' + 10
					   : 99;
	return value < base ? value : -1;
}

/* "#233" or "#xE9" */
static bool decode_number(struct str s, struct buffer *out)
{
	bool hex = s.len > 1 && (s.ptr[1] == 'x' || s.ptr[1] == 'X');
	uint32_t value = 0;
	size_t i = hex ? 2 : 1;
	if (i == s.len)
		return false;
	for (; i < s.len; i++) {
		int digit = digit_of(s.ptr[i], hex ? 16 : 10);
		if (digit < 0)
			return false;
		if (value < 0x110000)
			value = value * (hex ? 16 : 10) + (uint32_t)digit;
	}
	if (value >= 0x80 && value < 0xA0)
		value = reference_of_c1(value);
	else if (value == 0x7F || (value < 0x20 && value != '\t' && value != '\n' && value != '\r'))
		value = UTF8_REPLACEMENT;
	buffer_utf8(out, value); /* surrogates and what is too large become U+FFFD there */
	return true;
}

/* HTML 5 has 2,231 names, and the tree builder knows them. */
static bool decode_html5(struct str s, struct buffer *out)
{
	GumboOutput *tree = gumbo_parse_with_options(&kGumboDefaultOptions, s.ptr, s.len);
	const GumboNode *node = tree->root;
	while (node->type == GUMBO_NODE_ELEMENT && node->v.element.children.length > 0)
		node = node->v.element.children.data[node->v.element.children.length - 1];
	bool found = false;
	if (node->type == GUMBO_NODE_TEXT && strchr(node->v.text.text, ';') == NULL) {
		buffer_str(out, str_of(node->v.text.text));
		found = true;
	}
	gumbo_destroy_output(&kGumboDefaultOptions, tree);
	return found;
}

bool reference_decode(struct str s, int *budget, struct buffer *out)
{
	static const struct {
		struct str name;
		char character;
	} common[] = {{{"amp", 3}, '&'}, {{"lt", 2}, '<'}, {{"gt", 2}, '>'}, {{"quot", 4}, '"'},
		{{"apos", 4}, '\''}};
	struct str name = str_slice(s, 1, s.len - 1);
	if (name.ptr[0] == '#')
		return decode_number(name, out);
	for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
		if (str_equal(name, common[i].name)) {
			buffer_byte(out, common[i].character);
			return true;
		}
	}
	char z[NAME_MAX_BYTES + 1];
	if (name.len >= sizeof z)
		return false;
	memcpy(z, name.ptr, name.len);
	z[name.len] = '\0';
	const htmlEntityDesc *known = htmlEntityLookup((const xmlChar *)z);
	if (known) {
		buffer_utf8(out, known->value);
		return true;
	}
	if (*budget <= 0)
		return false;
	--*budget;
	return decode_html5(s, out);
}

void reference_decode_all(struct str text, struct buffer *out)
{
	int budget = REFERENCE_BUDGET;
	while (text.len > 0) {
		const char *at = memchr(text.ptr, '&', text.len);
		size_t before = at ? (size_t)(at - text.ptr) : text.len;
		buffer_add(out, text.ptr, before);
		text = str_slice(text, before, text.len);
		if (text.len == 0)
			return;
		size_t n = reference_length(text);
		if (n == 0 || !reference_decode(str_slice(text, 0, n), &budget, out)) {
			buffer_byte(out, '&');
			n = 1;
		}
		text = str_slice(text, n, text.len);
	}
}
