#include "article/part.h"

#include <string.h>

/* Elements without an end. */
static bool is_void(struct str tag)
{
	static const struct str names[] = {{"br", 2}, {"hr", 2}, {"img", 3}, {"wbr", 3}};
	size_t end = 0;
	while (end < tag.len && !strchr(" \t\n/>", tag.ptr[end]))
		end++;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (str_equal_nocase(str_slice(tag, 0, end), names[i]))
			return true;
	}
	return false;
}

/* Behind the ">" of a tag that starts at `at`, values in quotes passed over; text.len: none. */
static size_t tag_end(struct str text, size_t at)
{
	char quote = 0;
	for (; at < text.len; at++) {
		char c = text.ptr[at];
		if (quote)
			quote = c == quote ? 0 : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '>')
			return at + 1;
	}
	return text.len;
}

size_t part_of(struct str html, size_t most)
{
	struct str text = str_slice(html, 0, most);
	size_t cut = 0;
	long depth = 0;
	if (html.len <= most)
		return html.len;
	for (size_t i = 0; i < text.len;) {
		const char *open = memchr(text.ptr + i, '<', text.len - i);
		if (!open)
			break;
		size_t at = (size_t)(open - text.ptr), end = tag_end(text, at);
		struct str tag = str_slice(text, at + 1, end);
		if (end == text.len)
			break;
		if (str_starts(tag, STR("/")))
			depth--;
		else if (!is_void(tag))
			depth++;
		if (depth < 0)
			return html.len;
		if (depth == 0)
			cut = end;
		i = end;
	}
	return cut > 0 ? cut : html.len;
}
