#include "fetch/filename.h"

#include "base/utf8.h"
#include "text/clean.h"

#include <string.h>

enum { EXTENSION_LONGEST = 5, ZWNJ = 0x200C, ZWJ = 0x200D };

static const struct {
	const char *type, *extension;
} kinds[] = {
	{"audio/mpeg", "mp3"},
	{"audio/mp3", "mp3"},
	{"audio/mp4", "m4a"},
	{"audio/x-m4a", "m4a"},
	{"audio/aac", "aac"},
	{"audio/ogg", "ogg"},
	{"audio/opus", "opus"},
	{"audio/flac", "flac"},
	{"audio/wav", "wav"},
	{"audio/x-wav", "wav"},
	{"video/mp4", "mp4"},
	{"video/webm", "webm"},
	{"video/ogg", "ogv"},
	{"video/quicktime", "mov"},
	{"application/pdf", "pdf"},
	{"application/epub+zip", "epub"},
	{"application/zip", "zip"},
};

/* ---- the parts of an address --------------------------------------------- */

/* Behind the last "/" of the path, without query and fragment. */
static struct str last_part(struct str url)
{
	size_t end = 0;
	while (end < url.len && url.ptr[end] != '?' && url.ptr[end] != '#')
		end++;
	ptrdiff_t mark = str_find(str_slice(url, 0, end), STR("://"));
	struct str path = str_slice(url, mark < 0 ? 0 : (size_t)mark + 3, end);
	const char *slash = path.len > 0 ? memrchr(path.ptr, '/', path.len) : NULL;
	return slash ? str_slice(path, (size_t)(slash - path.ptr) + 1, path.len) : STR("");
}

/* "mp3", as it stands there; "" when there is none that looks like one. */
static struct str extension_of(struct str part)
{
	const char *dot = part.len > 0 ? memrchr(part.ptr, '.', part.len) : NULL;
	struct str extension =
		dot ? str_slice(part, (size_t)(dot - part.ptr) + 1, part.len) : STR("");
	for (size_t i = 0; i < extension.len; i++) {
		char c = extension.ptr[i];
		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z'))
			return STR("");
	}
	return extension.len <= EXTENSION_LONGEST ? extension : STR("");
}

static struct str extension_for(struct str type)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct str known = str_of(kinds[i].type);
		if (str_equal_nocase(str_slice(type, 0, known.len), known) &&
			(type.len == known.len || type.ptr[known.len] == ';' ||
				type.ptr[known.len] == ' '))
			return str_of(kinds[i].extension);
	}
	return STR("");
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void decode(struct str part, struct buffer *out)
{
	for (size_t i = 0; i < part.len; i++) {
		bool coded = part.ptr[i] == '%' && i + 2 < part.len;
		int high = coded ? hex(part.ptr[i + 1]) : -1,
		    low = coded ? hex(part.ptr[i + 2]) : -1;
		if (high >= 0 && low >= 0) {
			buffer_byte(out, (char)(high << 4 | low));
			i += 2;
		} else {
			buffer_byte(out, part.ptr[i]);
		}
	}
}

/* ---- the name ------------------------------------------------------------- */

static bool is_blank(uint32_t cp)
{
	return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x85 || cp == 0xA0 ||
	       cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 ||
	       cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

static bool is_left_out(uint32_t cp)
{
	if (cp == ZWNJ || cp == ZWJ)
		return false;
	return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || text_is_invisible(cp) ||
	       (cp != UTF8_REPLACEMENT && text_clean(cp) == TEXT_DROP);
}

static bool is_refused(uint32_t cp)
{
	return cp == UTF8_REPLACEMENT || (cp < 0x80 && strchr("/\\:*?\"<>|", (int)cp));
}

/* Adds what may stand in a name, at most so many bytes. */
static void add_clean(struct str text, size_t most, struct buffer *out)
{
	size_t start = out->len;
	bool blank = false;
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		char bytes[4];
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		bool first = out->len == start;
		if (is_blank(cp)) {
			blank = !first;
			continue;
		}
		if (is_left_out(cp) ||
			(first && (cp == '.' || cp == '-' || cp == ZWNJ || cp == ZWJ)))
			continue;
		size_t length = utf8_encode(is_refused(cp) ? '_' : cp, bytes);
		if (out->len - start + length + blank > most)
			break;
		if (blank)
			buffer_byte(out, ' ');
		buffer_add(out, bytes, length);
		blank = false;
	}
	while (out->len > start &&
		(out->data[out->len - 1] == '.' || out->data[out->len - 1] == ' '))
		out->data[--out->len] = '\0';
}

void filename_make(struct str title, struct str url, struct str type, struct buffer *out)
{
	size_t start = out->len, most = FILENAME_LONGEST - EXTENSION_LONGEST - 1;
	struct str part = last_part(url), extension = extension_of(part);
	size_t dotted = extension.len > 0 ? extension.len + 1 : 0;
	add_clean(title, most, out);
	if (out->len == start) {
		struct buffer decoded = {0};
		decode(str_slice(part, 0, part.len - dotted), &decoded);
		add_clean(buffer_view(&decoded), most, out);
		out->failed |= decoded.failed;
		buffer_free(&decoded);
	}
	if (out->len == start)
		buffer_str(out, STR("download"));
	if (extension.len == 0)
		extension = extension_for(type);
	if (extension.len > 0)
		buffer_byte(out, '.');
	buffer_str(out, extension);
}
