/* Names and attributes of a tag. */
#include "feed/mend_private.h"

#include <string.h>

void mend_add_name(struct buffer *out, struct str name)
{
	bool colon = false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		bool first_colon = c == ':' && !colon && i > 0 && i + 1 < name.len &&
				   mend_is_name_start(name.ptr[i + 1]);
		bool bad = (unsigned char)c >= 0x80 || (c == ':' && !first_colon);
		buffer_byte(out, bad ? '_' : c);
		colon |= c == ':';
	}
}

bool mend_is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool mend_is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (unsigned char)c >= 0x80;
}

static bool is_name_char(char c)
{
	return mend_is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
}

struct str mend_take_name(struct mend *m)
{
	size_t start = m->at;
	while (m->at < m->text.len && is_name_char(m->text.ptr[m->at]))
		m->at++;
	return str_slice(m->text, start, m->at);
}

void mend_skip_space(struct mend *m)
{
	while (m->at < m->text.len && mend_is_space(m->text.ptr[m->at]))
		m->at++;
}

/* Bytes to look for the closing quote behind a "<" in a value. */
enum { QUOTE_WITHIN = 1024 };

/* Whether the value whose next byte is the "<" at `at` goes on to a closing quote nearby. */
static bool quote_follows(const struct mend *m, size_t at, char quote)
{
	struct str near = str_slice(m->text, at, at + QUOTE_WITHIN);
	const char *end = memchr(near.ptr, quote, near.len);
	size_t behind = end ? (size_t)(end - near.ptr) + 1 : near.len;
	if (behind >= near.len)
		return false;
	char c = near.ptr[behind];
	return mend_is_space(c) || c == '/' || c == '>';
}

/* A value from `start` that ran into the next tag, at m->at: it ended with its own tag. */
static struct str unclosed_value(struct mend *m, size_t start)
{
	struct str value = str_slice(m->text, start, m->at);
	const char *end = memchr(value.ptr, '>', value.len);
	if (end) {
		value.len = (size_t)(end - value.ptr);
		value.len -= str_ends(value, STR("/"));
		m->at = start + value.len;
	}
	return value;
}

static struct str quoted_value(struct mend *m, char quote)
{
	size_t start = ++m->at, trusted = start;
	for (; m->at < m->text.len && m->text.ptr[m->at] != quote; m->at++) {
		if (m->text.ptr[m->at] != '<' || m->at < trusted)
			continue;
		if (!quote_follows(m, m->at, quote)) {
			mend_tell(m, "an attribute without its closing quote");
			return unclosed_value(m, start);
		}
		trusted = m->at + QUOTE_WITHIN;
		mend_tell(m, "a \"<\" in an attribute");
	}
	struct str value = str_slice(m->text, start, m->at);
	m->at += m->at < m->text.len;
	return value;
}

static struct str take_value(struct mend *m)
{
	char c = m->at < m->text.len ? m->text.ptr[m->at] : 0;
	if (c == '"' || c == '\'')
		return quoted_value(m, c);
	size_t start = m->at;
	while (m->at < m->text.len && !mend_is_space(m->text.ptr[m->at]) &&
		m->text.ptr[m->at] != '>' && m->text.ptr[m->at] != '<') {
		bool end = m->text.ptr[m->at] == '/' && m->at + 1 < m->text.len &&
			   m->text.ptr[m->at + 1] == '>';
		if (end)
			break;
		m->at++;
	}
	mend_tell(m, "attributes without quotes");
	return str_slice(m->text, start, m->at);
}

struct attributes {
	struct str names[MEND_ATTRIBUTES_MAX];
	size_t count;
};

static bool is_new(const struct attributes *seen, struct str name)
{
	for (size_t i = 0; i < seen->count; i++) {
		if (str_equal_nocase(seen->names[i], name))
			return false;
	}
	return true;
}

/* Whether mend_add_name() writes it as it is: others could come out alike. */
static bool is_plain(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		if ((unsigned char)name.ptr[i] >= 0x80)
			return false;
	}
	const char *colon = memchr(name.ptr, ':', name.len);
	if (!colon)
		return true;
	const char *end = name.ptr + name.len;
	return colon + 1 < end && mend_is_name_start(colon[1]) &&
	       !memchr(colon + 1, ':', (size_t)(end - colon - 1));
}

static void attribute(struct mend *m, struct attributes *seen)
{
	struct str name = mend_take_name(m);
	mend_skip_space(m);
	struct str value = name;
	if (m->at < m->text.len && m->text.ptr[m->at] == '=') {
		m->at++;
		mend_skip_space(m);
		value = take_value(m);
	} else {
		mend_tell(m, "attributes without a value");
	}
	if (!is_plain(name)) {
		mend_tell(m, "attributes with names that XML does not allow");
		return;
	}
	if (!is_new(seen, name)) {
		mend_tell(m, "an attribute given twice");
		return;
	}
	if (seen->count == MEND_ATTRIBUTES_MAX) {
		mend_tell(m, "too many attributes");
		return;
	}
	seen->names[seen->count++] = name;
	if (str_starts(name, STR("xmlns:")) && value.len == 0)
		return;
	buffer_byte(m->out, ' ');
	mend_add_name(m->out, name);
	buffer_str(m->out, STR("=\""));
	mend_add_value(m, value);
	buffer_byte(m->out, '"');
}

bool mend_attributes(struct mend *m, bool *empty)
{
	struct attributes seen = {.count = 0};
	*empty = false;
	for (;;) {
		mend_skip_space(m);
		if (m->at == m->text.len)
			return false;
		char c = m->text.ptr[m->at];
		if (c == '>') {
			m->at++;
			return true;
		}
		if (c == '<') {
			mend_tell(m, "a tag without its \">\"");
			return true;
		}
		*empty = c == '/' && m->at + 1 < m->text.len && m->text.ptr[m->at + 1] == '>';
		if (mend_is_name_start(c)) {
			attribute(m, &seen);
			continue;
		}
		if (c != '/')
			mend_tell(m, "signs in a tag that do not belong there");
		m->at++;
	}
}
