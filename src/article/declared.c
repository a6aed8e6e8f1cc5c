#include "article/declared.h"

#include <string.h>

#define META_CHARSET_IN 2048 /* bytes in which <meta charset> counts */

struct str declared_charset(struct str s)
{
	ptrdiff_t at = str_find_nocase(s, STR("charset"));
	if (at < 0)
		return (struct str){"", 0};
	s = str_trim(str_slice(s, (size_t)at + 7, s.len));
	if (!str_starts(s, STR("=")))
		return (struct str){"", 0};
	s = str_trim(str_slice(s, 1, s.len));
	if (s.len > 0 && (s.ptr[0] == '"' || s.ptr[0] == '\''))
		s = str_slice(s, 1, s.len);
	size_t n = 0;
	while (n < s.len && !strchr(" \t\r\n\"'/>;", s.ptr[n]))
		n++;
	return str_slice(s, 0, n);
}

struct str declared_in_page(struct str bytes)
{
	struct str head = str_slice(bytes, 0, META_CHARSET_IN);
	if (str_starts(bytes, STR("<?xml"))) {
		ptrdiff_t end = str_find(head, STR("?>"));
		ptrdiff_t at = str_find(head, STR("encoding="));
		if (at >= 0 && at < end) {
			struct str value = str_slice(head, (size_t)at + 10, (size_t)end);
			size_t n = 0;
			while (n < value.len && value.ptr[n] != '"' && value.ptr[n] != '\'')
				n++;
			return str_slice(value, 0, n);
		}
	}
	for (ptrdiff_t at; (at = str_find_nocase(head, STR("<meta"))) >= 0;) {
		head = str_slice(head, (size_t)at + 5, head.len);
		ptrdiff_t end = str_find(head, STR(">"));
		struct str value =
			declared_charset(str_slice(head, 0, end < 0 ? head.len : (size_t)end));
		if (value.len > 0)
			return value;
	}
	return (struct str){"", 0};
}
