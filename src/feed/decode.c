#include "feed/decode.h"

#include "base/charset.h"

#include <string.h>
#include <unicode/ucnv.h>

enum { HEAD = 2048 }; /* bytes in which a declaration must stand */

struct str feed_charset_of(struct str content_type)
{
	struct str rest = content_type, part;
	bool first = true;
	while (content_type.len > 0 && str_split(&rest, ';', &part)) {
		struct str name = part;
		ptrdiff_t equal = str_find(part, STR("="));
		if (!first && equal > 0) {
			name.len = (size_t)equal;
			struct str value = str_trim(str_slice(part, (size_t)equal + 1, part.len));
			while (value.len > 0 && strchr("\"'", value.ptr[0]))
				value = str_slice(value, 1, value.len);
			while (value.len > 0 && strchr("\"'", value.ptr[value.len - 1]))
				value.len--;
			if (str_equal_nocase(str_trim(name), STR("charset")))
				return value;
		}
		first = false;
	}
	return STR("");
}

/* The value of encoding="..." in an XML declaration; empty when there is none. */
static struct str declared(struct str head)
{
	ptrdiff_t at = str_find_nocase(head, STR("<?xml"));
	if (at < 0)
		return STR("");
	head = str_slice(head, (size_t)at, head.len);
	ptrdiff_t end = str_find(head, STR("?>"));
	ptrdiff_t tag_end = str_find(head, STR(">"));
	if (end < 0)
		end = tag_end;
	if (end > 0)
		head.len = (size_t)end;
	at = str_find_nocase(head, STR("encoding"));
	if (at < 0)
		return STR("");
	head = str_trim(str_slice(head, (size_t)at + 8, head.len));
	if (head.len < 2 || head.ptr[0] != '=')
		return STR("");
	head = str_trim(str_slice(head, 1, head.len));
	char quote = head.len > 0 ? head.ptr[0] : 0;
	if (quote != '"' && quote != '\'')
		return STR("");
	head = str_slice(head, 1, head.len);
	const char *close = memchr(head.ptr, quote, head.len);
	return close ? str_trim(str_slice(head, 0, (size_t)(close - head.ptr))) : STR("");
}

/* XML 1.0, appendix F: "<?xm" in EBCDIC.  Its declaration is then read in it, too. */
static struct str declared_in_ebcdic(struct str bytes, char *head, size_t size)
{
	if (!str_starts(bytes, STR("\x4C\x6F\xA7\x94")))
		return STR("");
	UErrorCode status = U_ZERO_ERROR;
	struct str start = str_slice(bytes, 0, size / 2);
	int32_t len = ucnv_convert(
		"UTF-8", "IBM037", head, (int32_t)size, start.ptr, (int32_t)start.len, &status);
	if (status == U_BUFFER_OVERFLOW_ERROR)
		len = (int32_t)size;
	else if (U_FAILURE(status))
		return STR("");
	struct str name = declared((struct str){head, (size_t)len});
	return name.len > 0 ? name : STR("IBM037");
}

/* UTF-16 and UTF-32 have NULs in every character; in others they are damage. */
static bool is_wide(struct str bytes)
{
	size_t nul = 0;
	bytes = str_slice(bytes, 0, HEAD);
	for (size_t i = 0; i < bytes.len; i++)
		nul += bytes.ptr[i] == 0;
	return nul > bytes.len / 4;
}

static struct str without_nuls(struct str bytes, struct buffer *copy)
{
	while (bytes.len > 0) {
		const char *nul = memchr(bytes.ptr, 0, bytes.len);
		size_t n = nul ? (size_t)(nul - bytes.ptr) : bytes.len;
		buffer_add(copy, bytes.ptr, n);
		bytes = str_slice(bytes, n + 1, bytes.len);
	}
	return buffer_view(copy);
}

static size_t count_replacements(struct str text, size_t most)
{
	size_t count = 0;
	for (ptrdiff_t at; count < most && (at = str_find(text, STR("\xEF\xBF\xBD"))) >= 0; count++)
		text = str_slice(text, (size_t)at + 3, text.len);
	return count;
}

int feed_decode(struct str bytes, struct str content_type, mend_warn *warn, void *user,
	struct buffer *out, const char **encoding, struct error *error)
{
	char head[HEAD];
	struct buffer copy = {0};
	struct str charset = feed_charset_of(content_type);
	struct str inside = declared_in_ebcdic(bytes, head, sizeof head);
	bool ebcdic = inside.len > 0;
	if (!ebcdic)
		inside = declared(str_slice(bytes, 0, HEAD));
	if (bytes.len > 0 && memchr(bytes.ptr, 0, bytes.len) && !is_wide(bytes)) {
		bytes = without_nuls(bytes, &copy);
		warn(user, "NUL bytes");
	}
	struct str label = charset.len > 0 && !ebcdic ? charset : inside;
	size_t start = out->len;
	int result = copy.failed ? error_no_memory(error)
				 : charset_to_utf8(bytes, ebcdic ? STR("") : charset, inside, out,
					   encoding, error);
	struct str text = str_slice(buffer_view(out), start, out->len);
	if (result == 0 && count_replacements(text, 1) > 0 &&
		(strcmp(*encoding, "UTF-8") != 0 || count_replacements(bytes, 1) == 0 ||
			text.len != bytes.len))
		warn(user, "bytes that its encoding does not have");
	if (result == 0 && label.len > 0 && !charset_is(label, *encoding))
		warn(user, "an encoding that is not the one declared");
	buffer_free(&copy);
	return result;
}
