#include "command/lines.h"

#include "base/charset.h"
#include "command/input.h"

#include <stdio.h>
#include <string.h>

enum { CHUNK = 1 << 16 };

void lines_free(struct lines *lines)
{
	buffer_free(&lines->raw);
	buffer_free(&lines->text);
}

bool lines_would_read(const struct lines *lines)
{
	return !lines->rest.ptr && !lines->ended;
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if ((unsigned char)s.ptr[i] >= 0x80)
			return false;
	}
	return true;
}

/* Decodes into lines->text, keeping to the encoding once there was a reason to choose one. */
static int decode(struct lines *lines, struct str bytes, struct error *error)
{
	const char *encoding;
	buffer_clear(&lines->text);
	if (charset_to_utf8(
		    bytes, str_of(lines->encoding), STR(""), &lines->text, &encoding, error))
		return -1;
	if (lines->encoding[0] == '\0' && !is_ascii(bytes))
		snprintf(lines->encoding, sizeof lines->encoding, "%s", encoding);
	lines->rest = buffer_view(&lines->text);
	return 0;
}

/* Offset of the last "\n" of raw that ends a line in it, or -1. */
static ptrdiff_t last_end(const struct lines *lines)
{
	size_t skip = lines->begun && !lines->inside ? 1 : 0;
	if (lines->raw.len <= skip)
		return -1;
	const char *end = memrchr(lines->raw.data + skip, '\n', lines->raw.len - skip);
	return end ? end - lines->raw.data : -1;
}

/* Where a line that is too long is cut: behind a blank, else between two characters. */
static size_t forced_cut(struct str raw)
{
	size_t cut = raw.len;
	while (cut > raw.len / 2 && !memchr(" \t\r", raw.ptr[cut - 1], 3))
		cut--;
	if (cut > raw.len / 2)
		return cut;
	cut = raw.len - 4;
	while (cut < raw.len - 1 && ((unsigned char)raw.ptr[cut] & 0xC0) == 0x80)
		cut++;
	return cut;
}

/* Decodes raw[0..end) and keeps raw[next..). */
static int take(struct lines *lines, size_t end, size_t next, struct error *error)
{
	struct buffer *raw = &lines->raw;
	bool leading = lines->begun && !lines->inside;
	struct str bytes = str_slice(buffer_view(raw), 0, end);
	if (str_ends(bytes, STR("\r")))
		bytes.len--;
	if (decode(lines, bytes, error))
		return -1;
	if (leading)
		lines->rest = str_slice(lines->rest, 1, lines->rest.len);
	memmove(raw->data, raw->data + next, raw->len - next + 1);
	raw->len -= next;
	lines->begun = true;
	return 0;
}

/* All that is left when nothing more comes: no line at all, or the last ones. */
static int take_last(struct lines *lines, struct error *error)
{
	struct buffer *raw = &lines->raw;
	bool leading = lines->begun && !lines->inside;
	if (raw->len <= (leading ? 1 : 0))
		return 0;
	if (take(lines, raw->len, raw->len, error))
		return -1;
	if (lines->whole && str_ends(lines->rest, STR("\n")))
		lines->rest.len--;
	return 0;
}

/* Looks at the first bytes: text of wide characters must be read whole; no text is refused. */
static int look(struct lines *lines, struct error *error)
{
	struct str raw = buffer_view(&lines->raw);
	bool marked = str_starts(raw, STR("\xff\xfe")) || str_starts(raw, STR("\xfe\xff"));
	lines->whole = marked || (raw.len > 0 && memchr(raw.ptr, '\0', raw.len));
	if (!lines->whole)
		return 0;
	struct buffer trial = {0};
	int result = charset_to_utf8(
		str_slice(raw, 0, raw.len & ~(size_t)3), STR(""), STR(""), &trial, NULL, error);
	buffer_free(&trial);
	return result || input_all(lines->fd, &lines->raw, error) ? -1 : 0;
}

/* Reads until there is a line to hand out or nothing more comes. */
static int fill(struct lines *lines, struct error *error)
{
	while (!lines->ended) {
		ssize_t n = input_read(lines->fd, CHUNK, &lines->raw, error);
		if (n < 0)
			return -1;
		bool first = !lines->begun && (size_t)n == lines->raw.len;
		if (first && n > 0 && look(lines, error))
			return -1;
		lines->ended = n == 0 || lines->whole;
		ptrdiff_t end = lines->whole ? -1 : last_end(lines);
		if (end >= 0) {
			int result = take(lines, (size_t)end, (size_t)end, error);
			lines->inside = false;
			return result;
		}
		if (!lines->ended && lines->raw.len > LINES_LONGEST) {
			size_t cut = forced_cut(buffer_view(&lines->raw));
			int result = take(lines, cut, cut, error);
			lines->inside = true;
			return result;
		}
	}
	return take_last(lines, error);
}

int lines_next(struct lines *lines, struct str *line, struct error *error)
{
	if (!lines->rest.ptr) {
		if (lines->ended && lines->raw.len == 0)
			return 0;
		if (fill(lines, error))
			return -1;
		if (lines->ended && !lines->rest.ptr)
			buffer_clear(&lines->raw);
	}
	return str_split(&lines->rest, '\n', line) ? 1 : 0;
}
