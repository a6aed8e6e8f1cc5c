#include "base/str.h"

#include <stdlib.h>
#include <string.h>

struct str str_of(const char *z)
{
	return (struct str){z ? z : "", z ? strlen(z) : 0};
}

struct str str_slice(struct str s, size_t start, size_t end)
{
	if (end > s.len)
		end = s.len;
	if (start > end)
		start = end;
	/* An empty view may have no pointer to add to. */
	return (struct str){start > 0 ? s.ptr + start : s.ptr, end - start};
}

static unsigned char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned char)(c + ('a' - 'A')) : (unsigned char)c;
}

static bool same_nocase(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (lower(a[i]) != lower(b[i]))
			return false;
	}
	return true;
}

bool str_equal(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_equal_nocase(struct str a, struct str b)
{
	return a.len == b.len && same_nocase(a.ptr, b.ptr, a.len);
}

bool str_starts(struct str s, struct str prefix)
{
	return s.len >= prefix.len && str_equal(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.len >= suffix.len && str_equal(str_slice(s, s.len - suffix.len, s.len), suffix);
}

ptrdiff_t str_find(struct str s, struct str needle)
{
	if (needle.len == 0)
		return 0;
	if (s.len < needle.len)
		return -1;
	const char *hit = memmem(s.ptr, s.len, needle.ptr, needle.len);
	return hit ? hit - s.ptr : -1;
}

ptrdiff_t str_find_nocase(struct str s, struct str needle)
{
	for (size_t i = 0; i + needle.len <= s.len; i++) {
		if (same_nocase(s.ptr + i, needle.ptr, needle.len))
			return (ptrdiff_t)i;
	}
	return -1;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	static const struct str nbsp = {"\xc2\xa0", 2};
	for (;;) {
		if (s.len > 0 && is_space(s.ptr[0]))
			s = str_slice(s, 1, s.len);
		else if (s.len > 0 && is_space(s.ptr[s.len - 1]))
			s.len--;
		else if (str_starts(s, nbsp))
			s = str_slice(s, nbsp.len, s.len);
		else if (str_ends(s, nbsp))
			s.len -= nbsp.len;
		else
			return s;
	}
}

bool str_split(struct str *rest, char separator, struct str *piece)
{
	if (!rest->ptr)
		return false;
	const char *hit = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
	if (!hit) {
		*piece = *rest;
		*rest = (struct str){NULL, 0};
		return true;
	}
	size_t at = (size_t)(hit - rest->ptr);
	*piece = str_slice(*rest, 0, at);
	*rest = str_slice(*rest, at + 1, rest->len);
	return true;
}

char *str_dup(struct str s)
{
	char *copy = malloc(s.len + 1);
	if (!copy)
		return NULL;
	if (s.len)
		memcpy(copy, s.ptr, s.len);
	copy[s.len] = '\0';
	return copy;
}
