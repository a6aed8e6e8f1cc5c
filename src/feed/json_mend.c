#include "feed/json_mend.h"

#include <string.h>

struct mender {
	struct str text;
	size_t at;
	struct buffer *out;
	mend_warn *warn;
	void *user;
	char open[JSON_MEND_DEPTH_MAX]; /* closing brackets that are wanted */
	size_t depth;
	size_t safe_len, safe_depth; /* where the text can be cut, and what is open there */
	size_t comma; /* in *out, of a comma that nothing followed yet; else SIZE_MAX */
};

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* The number of "\uXXXX" at s; -1: it is none. */
static long unicode_escape(struct str s)
{
	long value = 0;
	if (s.len < 6 || s.ptr[0] != '\\' || s.ptr[1] != 'u')
		return -1;
	for (size_t i = 2; i < 6; i++) {
		char c = s.ptr[i];
		if (!is_hex(c))
			return -1;
		value = value * 16 + (c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
	}
	return value;
}

/* Writes the escape at m->at. */
static void escape(struct mender *m)
{
	struct str rest = str_slice(m->text, m->at, m->text.len);
	long value = unicode_escape(rest);
	if (value >= 0xD800 && value < 0xDC00) {
		long low = unicode_escape(str_slice(rest, 6, rest.len));
		if (low >= 0xDC00 && low < 0xE000) {
			buffer_add(m->out, rest.ptr, 12);
			m->at += 12;
			return;
		}
	}
	if (value == 0 || (value >= 0xD800 && value < 0xE000)) {
		buffer_str(m->out, STR("\\uFFFD"));
		m->warn(m->user, "characters that JSON does not allow");
		m->at += 6;
	} else if (value > 0) {
		buffer_add(m->out, rest.ptr, 6);
		m->at += 6;
	} else if (rest.len > 1 && rest.ptr[1] && strchr("\"\\/bfnrt", rest.ptr[1])) {
		buffer_add(m->out, rest.ptr, 2);
		m->at += 2;
	} else {
		buffer_str(m->out, STR("\\\\"));
		m->warn(m->user, "escapes that JSON does not have");
		m->at++;
	}
}

/* False: the string has no end. */
static bool string(struct mender *m)
{
	buffer_byte(m->out, '"');
	m->at++;
	while (m->at < m->text.len) {
		char c = m->text.ptr[m->at];
		if (c == '"') {
			buffer_byte(m->out, '"');
			m->at++;
			return true;
		}
		if (c == '\\') {
			escape(m);
			continue;
		}
		if ((unsigned char)c < 0x20) {
			buffer_printf(m->out, "\\u%04x", (unsigned)c);
			m->warn(m->user, "control characters in strings");
		} else {
			buffer_byte(m->out, c);
		}
		m->at++;
	}
	return false;
}

static void drop_comma(struct mender *m)
{
	if (m->comma == (size_t)-1)
		return;
	m->out->len = m->comma;
	m->warn(m->user, "commas before brackets");
}

/* After a whole value of an outer level the text can be cut. */
static void mark_safe(struct mender *m)
{
	if (m->depth > 2 || (m->depth == 2 && m->open[1] != ']'))
		return;
	m->safe_len = m->out->len;
	m->safe_depth = m->depth;
}

/* One sign outside of strings; false: the document ends. */
static bool sign(struct mender *m, char c)
{
	if (c == '{' || c == '[') {
		if (m->depth == JSON_MEND_DEPTH_MAX)
			return false;
		m->open[m->depth++] = c == '{' ? '}' : ']';
		buffer_byte(m->out, c);
		if (m->depth <= 2)
			mark_safe(m);
	} else if (c == '}' || c == ']') {
		if (m->depth == 0 || m->open[m->depth - 1] != c)
			return false;
		drop_comma(m);
		buffer_byte(m->out, c);
		m->depth--;
		mark_safe(m);
	} else if (c == ',') {
		mark_safe(m);
		m->comma = m->out->len;
		buffer_byte(m->out, c);
		return true;
	} else {
		buffer_byte(m->out, c);
	}
	m->comma = (size_t)-1;
	return true;
}

void json_mend(struct str text, mend_warn *warn, void *user, struct buffer *out)
{
	struct mender m = {
		.text = text, .out = out, .warn = warn, .user = user, .comma = (size_t)-1};
	bool begun = false;
	while (m.at < text.len && !(begun && m.depth == 0) && !out->failed) {
		char c = text.ptr[m.at];
		if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
			m.at++;
		} else if (c == '"') {
			m.comma = (size_t)-1;
			if (!string(&m))
				break;
		} else {
			if (!sign(&m, c))
				break;
			begun = true;
			m.at++;
		}
	}
	if (m.depth > 0) {
		warn(user, "the document is cut off");
		out->len = m.safe_len;
		m.depth = m.safe_depth;
	} else if (m.at < text.len) {
		warn(user, "junk behind the feed");
	}
	while (m.depth > 0)
		buffer_byte(out, m.open[--m.depth]);
}
