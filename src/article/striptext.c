#include "article/striptext.h"

#include "base/utf8.h"

#include <string.h>

enum {
	NAME_LONGEST = 8,       /* of the names below */
	REFERENCE_LONGEST = 12, /* "&#1114111;" and some zeros */
	LAST_CODE_POINT = 0x10FFFF,
};

/* Elements that words go on through. */
static bool is_inline(struct str name)
{
	static const char names[][NAME_LONGEST] = {"a", "abbr", "b", "bdi", "bdo", "code", "del",
		"em", "i", "ins", "mark", "ruby", "rb", "s", "small", "span", "strong", "sub",
		"sup", "u"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (str_equal_nocase(name, str_of(names[i])))
			return true;
	}
	return false;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Behind the ">" that ends the tag; one in quotes does not.  The end where there is none. */
static size_t behind_tag(struct str html, size_t at)
{
	char quote = 0;
	for (; at < html.len; at++) {
		char c = html.ptr[at];
		if (quote) {
			if (c == quote)
				quote = 0;
		} else if (c == '>') {
			return at + 1;
		} else if (c == '"' || c == '\'') {
			quote = c;
		}
	}
	return html.len;
}

static size_t behind_comment(struct str html, size_t at)
{
	ptrdiff_t end = str_find(str_slice(html, at, html.len), STR("-->"));
	return end < 0 ? html.len : at + (size_t)end + 3;
}

/* What starts with "<" at `at`: behind it, or `at` when it is no tag. */
static size_t take_tag(struct str html, size_t at, struct buffer *out)
{
	size_t name = at + 1;
	if (str_starts(str_slice(html, at, html.len), STR("<!--")))
		return behind_comment(html, at + 4);
	if (name < html.len && html.ptr[name] == '/')
		name++;
	size_t end = name;
	while (end < html.len &&
		(is_letter(html.ptr[end]) || (end > name && is_digit(html.ptr[end]))))
		end++;
	if (end == name && !(name < html.len && html.ptr[name] == '!'))
		return at;
	if (!is_inline(str_slice(html, name, end)))
		buffer_byte(out, '\n');
	return behind_tag(html, end);
}

static uint32_t number_of(struct str digits)
{
	bool hex = digits.len > 0 && (digits.ptr[0] | 0x20) == 'x';
	uint32_t value = 0;
	if (digits.len == (hex ? 1 : 0))
		return 0;
	for (size_t i = hex; i < digits.len; i++) {
		char c = digits.ptr[i];
		uint32_t digit;
		if (is_digit(c))
			digit = (uint32_t)(c - '0');
		else if (hex && (c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			digit = (uint32_t)((c | 0x20) - 'a') + 10;
		else
			return 0;
		value = value * (hex ? 16 : 10) + digit;
		if (value > LAST_CODE_POINT)
			return UTF8_REPLACEMENT;
	}
	return value;
}

/* What starts with "&" at `at`: behind it, or `at` when it is none of the references. */
static size_t take_reference(struct str html, size_t at, struct buffer *out)
{
	static const struct {
		const char *name;
		char character;
	} names[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}};
	struct str rest = str_slice(html, at + 1, at + 1 + REFERENCE_LONGEST);
	const char *semicolon = rest.len > 0 ? memchr(rest.ptr, ';', rest.len) : NULL;
	if (!semicolon)
		return at;
	struct str name = {rest.ptr, (size_t)(semicolon - rest.ptr)};
	size_t behind = at + 1 + name.len + 1;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (str_equal(name, str_of(names[i].name))) {
			buffer_byte(out, names[i].character);
			return behind;
		}
	}
	uint32_t code_point =
		str_starts(name, STR("#")) ? number_of(str_slice(name, 1, name.len)) : 0;
	if (code_point == 0)
		return at;
	buffer_utf8(out, code_point);
	return behind;
}

void striptext(struct str html, struct buffer *out)
{
	size_t at = 0;
	while (at < html.len) {
		size_t from = at;
		while (at < html.len && html.ptr[at] != '<' && html.ptr[at] != '&')
			at++;
		buffer_add(out, html.ptr + from, at - from);
		if (at == html.len)
			break;
		size_t behind = html.ptr[at] == '<' ? take_tag(html, at, out)
						    : take_reference(html, at, out);
		if (behind == at)
			buffer_byte(out, html.ptr[at++]);
		else
			at = behind;
	}
}
