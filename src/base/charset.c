#include "base/charset.h"

#include "base/charset_guess.h"
#include "base/message.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>

#define CHUNK 8192          /* UTF-16 units converted at a time */
#define SURELY_UTF8 16      /* so many UTF-8 sequences, none broken, are no accident ... */
#define SURELY_NO_BYTES 8   /* ... and so many in an encoding that has one byte a letter */
#define LONG_SEQUENCE 4     /* one of three bytes or four is as telling as so many of two */
#define BROKEN_TOLERATED 20 /* one broken sequence in so many good ones is damage, not a lie */

struct mark {
	struct str bytes;
	const char *encoding;
};

/* Longest first: the mark of UTF-32LE starts with that of UTF-16LE. */
static const struct mark marks[] = {
	{{"\xff\xfe\0\0", 4}, "UTF-32LE"},
	{{"\0\0\xfe\xff", 4}, "UTF-32BE"},
	{{"\xef\xbb\xbf", 3}, "UTF-8"},
	{{"\xff\xfe", 2}, "UTF-16LE"},
	{{"\xfe\xff", 2}, "UTF-16BE"},
};

/* Labels that mean something else than they say (Encoding Standard, section 4.2). */
static const struct {
	struct str label;
	const char *encoding;
} labels[] = {
	{{"utf8", 4}, "UTF-8"},
	{{"utf-8", 5}, "UTF-8"},
	{{"unicode-1-1-utf-8", 17}, "UTF-8"},
	{{"iso-8859-1", 10}, "windows-1252"},
	{{"iso8859-1", 9}, "windows-1252"},
	{{"latin1", 6}, "windows-1252"},
	{{"ascii", 5}, "windows-1252"},
	{{"us-ascii", 8}, "windows-1252"},
	{{"cp1252", 6}, "windows-1252"},
	{{"x-cp1252", 8}, "windows-1252"},
	{{"iso-8859-9", 10}, "windows-1254"},
	{{"latin5", 6}, "windows-1254"},
	{{"cp1256", 6}, "windows-1256"},
	{{"x-cp1256", 8}, "windows-1256"},
	{{"win-1256", 8}, "windows-1256"},
	{{"arabic", 6}, "ISO-8859-6"},
	{{"iso-8859-6-e", 12}, "ISO-8859-6"},
	{{"iso-8859-6-i", 12}, "ISO-8859-6"},
	{{"cp1255", 6}, "windows-1255"},
	{{"x-cp1255", 8}, "windows-1255"},
	{{"hebrew", 6}, "windows-1255"},
	{{"logical", 7}, "windows-1255"},
	{{"visual", 6}, "ISO-8859-8"},
	{{"iso-8859-8-i", 12}, "windows-1255"},
	{{"iso-8859-8-e", 12}, "ISO-8859-8"},
	{{"gb2312", 6}, "GB18030"},
	{{"gbk", 3}, "GB18030"},
	{{"utf-16", 6}, "UTF-16LE"},
	{{"utf16", 5}, "UTF-16LE"},
	{{"unicode", 7}, "UTF-16LE"},
	{{"ucs-2", 5}, "UTF-16LE"},
};

/* Encodings whose bytes below 128 are not ASCII and that no document is meant to be in. */
static const char *const refused[] = {"UTF-7", "SCSU", "BOCU-1", "CESU-8", "IMAP-mailbox-name",
	"HZ", "HZ-GB-2312", "ISO-2022-KR", "ISO-2022-CN"};

/* The name to open the converter with, static or ICU-owned; NULL when unknown. */
static const char *encoding_of(struct str label)
{
	label = str_trim(label);
	if (label.len >= 2 && (label.ptr[0] == '"' || label.ptr[0] == '\''))
		label = str_trim(str_slice(label, 1, label.len - 1));
	if (label.len == 0 || label.len > 60)
		return NULL;
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		if (str_equal_nocase(label, labels[i].label))
			return labels[i].encoding;
	}
	char name[64];
	memcpy(name, label.ptr, label.len);
	name[label.len] = '\0';
	UErrorCode status = U_ZERO_ERROR;
	const char *canonical = ucnv_getAlias(name, 0, &status);
	if (U_FAILURE(status) || !canonical)
		return NULL;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		if (str_equal_nocase(str_of(canonical), str_of(refused[i])))
			return NULL;
	}
	static const char *const standards[] = {"MIME", "IANA"};
	for (size_t i = 0; i < sizeof standards / sizeof *standards; i++) {
		status = U_ZERO_ERROR;
		const char *standard = ucnv_getStandardName(canonical, standards[i], &status);
		if (U_SUCCESS(status) && standard)
			return standard;
	}
	return canonical;
}

static bool is_wide(const char *encoding)
{
	return strncmp(encoding, "UTF-16", 6) == 0 || strncmp(encoding, "UTF-32", 6) == 0;
}

bool charset_is(struct str label, const char *encoding)
{
	const char *said = encoding_of(label);
	if (!said)
		return false;
	return str_equal_nocase(str_of(said), str_of(encoding)) ||
	       (is_wide(said) && is_wide(encoding) && strncmp(said, encoding, 6) == 0);
}

struct count {
	size_t nul, control, good, broken; /* good, broken: UTF-8 sequences of several bytes */
	size_t long_ones;                  /* of the good ones */
};

static struct count count_bytes(struct str s)
{
	struct count count = {0};
	for (size_t i = 0; i < s.len;) {
		uint32_t cp;
		unsigned char c = (unsigned char)s.ptr[i];
		if (c >= 0x20 && c < 0x80) {
			i++;
			continue;
		}
		/* Most letters of Arabic, Hebrew, Cyrillic ... */
		if (c >= 0xC2 && c < 0xE0 && s.len - i > 1 &&
			((unsigned char)s.ptr[i + 1] & 0xC0) == 0x80) {
			count.good++;
			i += 2;
			continue;
		}
		size_t n = utf8_decode(s.ptr + i, s.len - i, &cp);
		count.nul += c == 0;
		count.control += c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1B;
		if (c >= 0x80 && cp == UTF8_REPLACEMENT && !(n == 3 && c == 0xEF))
			count.broken++;
		else if (c >= 0x80)
			count.good++;
		count.long_ones += n > 2 && cp != UTF8_REPLACEMENT;
		i += n;
	}
	return count;
}

static bool is_bytewise(const char *encoding)
{
	return strncmp(encoding, "windows-", 8) == 0 || strncmp(encoding, "ISO-8859-", 9) == 0;
}

/* Text that reads as UTF-8 by no accident, whatever its label. */
static bool surely_utf8(const char *encoding, struct count count)
{
	size_t weight = count.good + (LONG_SEQUENCE - 1) * count.long_ones;
	return count.broken == 0 &&
	       (count.good >= SURELY_UTF8 || (is_bytewise(encoding) && weight >= SURELY_NO_BYTES));
}

/* Whether a label may be believed, seen what the bytes are. */
static bool believable(const char *encoding, struct count count)
{
	if (is_wide(encoding))
		return count.nul > 0;
	if (strcmp(encoding, "UTF-8") == 0)
		return count.broken == 0 || count.good / BROKEN_TOLERATED >= count.broken;
	return count.nul == 0 && !surely_utf8(encoding, count);
}

static const char *mark_of(struct str *bytes)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (str_starts(*bytes, marks[i].bytes)) {
			*bytes = str_slice(*bytes, marks[i].bytes.len, bytes->len);
			return marks[i].encoding;
		}
	}
	return NULL;
}

static const char *label_encoding(struct str bytes, struct str label, struct count count)
{
	const char *encoding = encoding_of(label);
	if (!encoding || !believable(encoding, count))
		return NULL;
	/* A label "UTF-16" does not tell the byte order; the bytes do. */
	const char *order = is_wide(encoding) ? charset_guess_wide(bytes) : NULL;
	return order ? order : encoding;
}

static const char *choose(struct str bytes, struct str declared, struct str in_document)
{
	struct count count = count_bytes(bytes);
	const char *encoding = label_encoding(bytes, declared, count);
	if (!encoding)
		encoding = label_encoding(bytes, in_document, count);
	if (!encoding && count.nul > 0)
		encoding = charset_guess_wide(bytes);
	if (encoding)
		return encoding;
	if (count.nul > 0 || count.control > bytes.len / 20)
		return NULL;
	if (count.broken == 0 || count.good / BROKEN_TOLERATED > count.broken)
		return "UTF-8";
	return charset_guess_narrow(bytes);
}

/* ---- conversion ---- */

/* Writes text with CR LF and CR as "\n"; `cr` remembers a CR at the end of a piece. */
static void add_unit(struct buffer *out, uint32_t cp, bool *cr)
{
	bool after_cr = *cr;
	*cr = cp == '\r';
	if (cp == '\n' && after_cr)
		return;
	if (cp == '\r')
		buffer_byte(out, '\n');
	else if (cp < 0x80)
		buffer_byte(out, (char)cp);
	else
		buffer_utf8(out, cp);
}

static void add_utf8(struct buffer *out, struct str s)
{
	bool cr = false;
	if (!(s.len > 0 && memchr(s.ptr, '\r', s.len)) && utf8_valid(s)) {
		buffer_str(out, s);
		return;
	}
	for (size_t i = 0; i < s.len;) {
		uint32_t cp;
		i += utf8_decode(s.ptr + i, s.len - i, &cp);
		add_unit(out, cp, &cr);
	}
}

/* UTF-16 to UTF-8; *high is a high surrogate left from the piece before, or 0. */
static void add_utf16(struct buffer *out, const UChar *units, size_t count, UChar *high, bool *cr)
{
	for (size_t i = 0; i < count; i++) {
		if (*high) {
			UChar lead = *high;
			*high = 0;
			if (U16_IS_TRAIL(units[i])) {
				add_unit(out, (uint32_t)U16_GET_SUPPLEMENTARY(lead, units[i]), cr);
				continue;
			}
			add_unit(out, UTF8_REPLACEMENT, cr);
		}
		if (U16_IS_LEAD(units[i]))
			*high = units[i];
		else
			add_unit(out, units[i], cr);
	}
}

static int convert(struct str bytes, UConverter *converter, struct buffer *out)
{
	UChar *units = malloc(CHUNK * sizeof *units);
	if (!units)
		return -1;
	const char *from = bytes.ptr, *end = bytes.ptr + bytes.len;
	UChar high = 0;
	bool cr = false;
	UErrorCode status;
	do {
		UChar *to = units;
		status = U_ZERO_ERROR;
		ucnv_toUnicode(converter, &to, units + CHUNK, &from, end, NULL, true, &status);
		add_utf16(out, units, (size_t)(to - units), &high, &cr);
	} while (status == U_BUFFER_OVERFLOW_ERROR && !out->failed);
	if (high)
		add_unit(out, UTF8_REPLACEMENT, &cr);
	free(units);
	return U_FAILURE(status) || out->failed ? -1 : 0;
}

static int convert_named(
	struct str bytes, const char *encoding, struct buffer *out, struct error *error)
{
	UErrorCode status = U_ZERO_ERROR;
	UConverter *converter = ucnv_open(encoding, &status);
	if (U_FAILURE(status))
		return error_set(error, EX_SOFTWARE,
			"cannot read %s: the ICU library has no table for it: install its data",
			encoding);
	int result = convert(bytes, converter, out);
	ucnv_close(converter);
	return result < 0 ? error_no_memory(error) : 0;
}

static int no_text(struct error *error, const char *what)
{
	return error_set(error, EX_DATAERR,
		"not a text: it is %s: give a page saved as HTML or text", _(what));
}

int charset_to_utf8(struct str bytes, struct str declared, struct str in_document,
	struct buffer *out, const char **encoding, struct error *error)
{
	const char *name = mark_of(&bytes);
	if (!name) {
		const char *binary = charset_guess_binary(bytes);
		if (binary)
			return no_text(error, binary);
		name = choose(bytes, declared, in_document);
	}
	if (!name)
		return no_text(error, N_("binary data"));
	if (encoding)
		*encoding = name;
	size_t start = out->len;
	if (strcmp(name, "UTF-8") == 0)
		add_utf8(out, bytes);
	else if (convert_named(bytes, name, out, error) < 0)
		return -1;
	if (out->failed)
		return error_no_memory(error);
	if (out->len > start && memchr(out->data + start, '\0', out->len - start))
		return no_text(error, N_("binary data"));
	return 0;
}
