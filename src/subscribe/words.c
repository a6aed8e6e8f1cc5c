#include "subscribe/words.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_separator(char c)
{
	return c == ';' || c == '&' || c == '|' || c == '(' || c == ')' || c == '{' || c == '}' ||
	       c == '<' || c == '>';
}

/* A quotation from its mark on; returns the bytes it takes. */
static size_t take_quotation(
	struct str text, const struct words_style *style, struct buffer *out, struct word *word)
{
	char mark = text.ptr[0];
	size_t i = 1;
	for (; i < text.len && text.ptr[i] != mark; i++) {
		char c = text.ptr[i];
		if (c == '\\' && mark == '"' && i + 1 < text.len &&
			(!style->substitutions || strchr("\"\\$`\n", text.ptr[i + 1]))) {
			i++;
			if (text.ptr[i] != '\n' || !style->substitutions)
				buffer_byte(out, text.ptr[i]);
			continue;
		}
		if (style->substitutions && mark == '"' && (c == '$' || c == '`'))
			word->live = true;
		buffer_byte(out, c);
	}
	return i < text.len ? i + 1 : i;
}

bool words_next(
	struct str *rest, const struct words_style *style, struct buffer *out, struct word *word)
{
	size_t i = 0;
	struct str text = *rest;
	buffer_clear(out);
	*word = (struct word){0};
	while (i < text.len && is_blank(text.ptr[i]))
		i++;
	*rest = str_slice(text, i, text.len);
	if (i == text.len || text.ptr[i] == '#')
		return false;
	while (i < text.len && !is_blank(text.ptr[i])) {
		char c = text.ptr[i];
		if (c == '"' || (c == '\'' && style->single_quotes)) {
			i += take_quotation(str_slice(text, i, text.len), style, out, word);
			continue;
		}
		if (style->substitutions && is_separator(c)) {
			word->ends_statement = true;
			i++;
			break;
		}
		if (style->substitutions && (c == '$' || c == '`' || c == '*' || c == '?'))
			word->live |= c == '$' || c == '`';
		if (c == '\\' && style->escapes && i + 1 < text.len)
			i++;
		buffer_byte(out, text.ptr[i++]);
	}
	*rest = str_slice(text, i, text.len);
	return true;
}
