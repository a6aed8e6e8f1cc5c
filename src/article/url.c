#include "article/url.h"

#include "base/utf8.h"

#include <string.h>

/* RFC 3986, section 3; the delimiters are not part of the pieces. */
struct url {
	struct str scheme, authority, path, query; /* ptr NULL: absent */
	struct str fragment;
};

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_scheme_char(char c)
{
	return is_alpha(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

static struct str cut_after(struct str *s, char delimiter)
{
	for (size_t i = 0; i < s->len; i++) {
		if (s->ptr[i] == delimiter) {
			struct str tail = str_slice(*s, i + 1, s->len);
			s->len = i;
			return tail;
		}
	}
	return (struct str){NULL, 0};
}

static struct url split(struct str s)
{
	struct url url = {{NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}};
	url.fragment = cut_after(&s, '#');
	url.query = cut_after(&s, '?');
	size_t n = 0;
	while (n < s.len && is_scheme_char(s.ptr[n]))
		n++;
	if (n > 0 && n < s.len && s.ptr[n] == ':' && is_alpha(s.ptr[0])) {
		url.scheme = str_slice(s, 0, n);
		s = str_slice(s, n + 1, s.len);
	}
	if (str_starts(s, STR("//"))) {
		s = str_slice(s, 2, s.len);
		n = 0;
		while (n < s.len && s.ptr[n] != '/')
			n++;
		url.authority = str_slice(s, 0, n);
		s = str_slice(s, n, s.len);
	}
	url.path = s;
	return url;
}

/* Section 5.2.4.  The path is read once, segment by segment. */
static void add_path(struct buffer *out, struct str path)
{
	size_t start = out->len;
	bool absolute = str_starts(path, STR("/"));
	struct str rest = absolute ? str_slice(path, 1, path.len) : path, segment;
	while (str_split(&rest, '/', &segment)) {
		bool last = !rest.ptr;
		bool dot = str_equal(segment, STR("."));
		bool up = str_equal(segment, STR(".."));
		if (up) {
			while (out->len > start && out->data[--out->len] != '/')
				;
		}
		if (!dot && !up) {
			buffer_byte(out, '/');
			buffer_str(out, segment);
		} else if (last) {
			buffer_byte(out, '/');
		}
	}
}

static void add_merged(struct buffer *out, const struct url *base, const struct url *ref)
{
	struct buffer path = {0};
	if (!str_starts(ref->path, STR("/"))) {
		size_t n = base->path.len;
		while (n > 0 && base->path.ptr[n - 1] != '/')
			n--;
		buffer_str(&path, str_slice(base->path, 0, n));
		if (n == 0)
			buffer_byte(&path, '/');
	}
	buffer_str(&path, ref->path);
	out->failed |= path.failed;
	add_path(out, buffer_view(&path));
	buffer_free(&path);
}

static void add_part(struct buffer *out, char delimiter, struct str part)
{
	if (!part.ptr)
		return;
	buffer_byte(out, delimiter);
	buffer_str(out, part);
}

static void resolve(const struct url *base, const struct url *ref, struct buffer *out)
{
	bool own = ref->scheme.ptr;
	buffer_str(out, own ? ref->scheme : base->scheme);
	buffer_byte(out, ':');
	if (own && !ref->authority.ptr) { /* mailto: */
		buffer_str(out, ref->path);
		add_part(out, '?', ref->query);
		return;
	}
	bool whole = own || ref->authority.ptr;
	buffer_str(out, STR("//"));
	buffer_str(out, whole ? ref->authority : base->authority);
	struct str query = ref->query;
	if (whole) {
		add_path(out, ref->path.len ? ref->path : STR("/"));
	} else if (ref->path.len > 0) {
		add_merged(out, base, ref);
	} else {
		add_path(out, base->path.len ? base->path : STR("/"));
		query = ref->query.ptr ? ref->query : base->query;
	}
	add_part(out, '?', query);
	add_part(out, '#', ref->fragment);
}

/* Drops tabs and line ends, encodes what may not stand in an address. */
static void add_clean(struct buffer *out, struct str s)
{
	for (size_t i = 0; i < s.len;) {
		uint32_t cp;
		size_t n = utf8_decode(s.ptr + i, s.len - i, &cp);
		bool dropped = cp == '\t' || cp == '\n' || cp == '\r';
		bool encoded = cp <= 0x20 || cp == '"' || cp == '<' || cp == '>' || cp == '\\' ||
			cp == '^' || cp == '`' || cp == '{' || cp == '|' || cp == '}' ||
			(cp >= 0x7F && cp <= 0xA0) || (cp >= 0x200B && cp <= 0x200F) ||
			(cp >= 0x2028 && cp <= 0x202F) || (cp >= 0x2060 && cp <= 0x206F) ||
			cp == 0xFEFF || cp == UTF8_REPLACEMENT || cp == '\'';
		for (size_t k = 0; k < n && encoded && !dropped; k++)
			buffer_printf(out, "%%%02X", (unsigned char)s.ptr[i + k]);
		if (!encoded && !dropped)
			buffer_str(out, str_slice(s, i, i + n));
		i += n;
	}
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static struct str trim_controls(struct str s)
{
	while (s.len > 0 && (unsigned char)s.ptr[0] <= 0x20)
		s = str_slice(s, 1, s.len);
	while (s.len > 0 && (unsigned char)s.ptr[s.len - 1] <= 0x20)
		s.len--;
	return s;
}

static bool is_unseen(uint32_t cp)
{
	return cp <= 0x20 || (cp >= 0x7F && cp <= 0xA0) || cp == 0xAD || cp == 0x180E ||
		(cp >= 0x2000 && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202F) ||
		(cp >= 0x205F && cp <= 0x206F) || cp == 0x3000 || cp == 0xFEFF ||
		cp == UTF8_REPLACEMENT;
}

/*
 * The start of an address without what is not to be seen in it, percent-encoding undone, is
 * that of a scheme which runs something or reads files.  Programs differ in what they skip.
 */
static bool hides_scheme(struct str s)
{
	static const char *const schemes[] = {"javascript:", "vbscript:", "livescript:", "data:",
		"file:", "blob:", "filesystem:", "jar:", "about:", "view-source:"};
	char start[16];
	size_t len = 0;
	for (size_t i = 0; i < s.len && len < sizeof start;) {
		uint32_t cp;
		i += utf8_decode(s.ptr + i, s.len - i, &cp);
		int high = cp == '%' && i + 1 < s.len ? hex(s.ptr[i]) : -1;
		int low = high >= 0 ? hex(s.ptr[i + 1]) : -1;
		if (low >= 0) {
			cp = (uint32_t)(high << 4 | low);
			i += 2;
		}
		if (!is_unseen(cp))
			start[len++] = cp < 0x80 ? (char)cp : '?';
	}
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		size_t n = strlen(schemes[i]);
		if (len >= n && str_equal_nocase((struct str){start, n}, str_of(schemes[i])))
			return true;
	}
	return false;
}

bool url_resolve(struct str base, struct str reference, struct buffer *out)
{
	struct buffer cleaned = {0};
	if (hides_scheme(reference))
		return false;
	add_clean(&cleaned, trim_controls(reference));
	struct url ref = split(buffer_view(&cleaned)), from = split(trim_controls(base));
	struct str scheme = ref.scheme.ptr ? ref.scheme : from.scheme;
	bool web = scheme.ptr && (str_equal_nocase(scheme, STR("http")) ||
			str_equal_nocase(scheme, STR("https")));
	bool mail = ref.scheme.ptr && str_equal_nocase(scheme, STR("mailto")) && ref.path.len > 0;
	struct str authority = ref.authority.ptr || ref.scheme.ptr ? ref.authority : from.authority;
	bool good = mail || (web && authority.len > 0);
	out->failed |= cleaned.failed;
	if (good)
		resolve(&from, &ref, out);
	buffer_free(&cleaned);
	return good && !out->failed;
}

void url_decode(struct str s, struct buffer *out)
{
	for (size_t i = 0; i < s.len; i++) {
		int high = s.ptr[i] == '%' && i + 2 < s.len ? hex(s.ptr[i + 1]) : -1;
		int low = high >= 0 ? hex(s.ptr[i + 2]) : -1;
		buffer_byte(out, low >= 0 ? (char)(high << 4 | low) : s.ptr[i]);
		i += low >= 0 ? 2 : 0;
	}
}
