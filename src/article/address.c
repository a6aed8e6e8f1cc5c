#include "article/address.h"

#include "base/message.h"
#include "base/utf8.h"
#include "text/clean.h"

#include <unicode/uchar.h>
#include <unicode/uidna.h>
#include <unicode/uspoof.h>

enum { NAME_LONGEST = 253 }; /* bytes of a name in DNS; more is no host */

struct parts {
	struct str host; /* as written, may be a mailbox */
	bool user;       /* there was something before "@" */
	bool mail;
};

static size_t end_of(struct str text, const char *ends)
{
	for (size_t i = 0; i < text.len; i++) {
		for (const char *c = ends; *c; c++) {
			if (text.ptr[i] == *c)
				return i;
		}
	}
	return text.len;
}

static struct parts split(struct str url)
{
	struct parts parts = {.host = {"", 0}};
	url = str_trim(url);
	size_t colon = end_of(url, ":");
	struct str rest = str_slice(url, colon + 1, url.len);
	if (str_equal_nocase(str_slice(url, 0, colon), STR("mailto"))) {
		parts.mail = true;
		parts.host = str_slice(rest, 0, end_of(rest, "?"));
		return parts;
	}
	while (rest.len > 0 && (rest.ptr[0] == '/' || rest.ptr[0] == '\\'))
		rest = str_slice(rest, 1, rest.len);
	rest = str_slice(rest, 0, end_of(rest, "/\\?#"));
	for (size_t i = rest.len; i > 0; i--) {
		if (rest.ptr[i - 1] != '@')
			continue;
		parts.user = true;
		rest = str_slice(rest, i, rest.len);
		break;
	}
	bool literal = str_starts(rest, STR("[")); /* an address of IPv6 */
	parts.host = str_slice(rest, 0, literal ? end_of(rest, "]") + 1 : end_of(rest, ":"));
	return parts;
}

static bool is_ascii(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if ((unsigned char)text.ptr[i] >= 0x80)
			return false;
	}
	return true;
}

static bool is_encoded(struct str host)
{
	return !is_ascii(host) || str_find_nocase(host, STR("xn--")) >= 0;
}

/* The name in Unicode (UTS #46, nontransitional).  False when it is not a valid one. */
static bool decode(struct str host, struct buffer *out)
{
	char name[4 * NAME_LONGEST];
	UErrorCode status = U_ZERO_ERROR;
	if (host.len > NAME_LONGEST)
		return false;
	UIDNA *idna = uidna_openUTS46(
		UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_UNICODE,
		&status);
	UIDNAInfo info = UIDNA_INFO_INITIALIZER;
	int32_t len = uidna_nameToUnicodeUTF8(
		idna, host.ptr, (int32_t)host.len, name, sizeof name, &info, &status);
	if (idna)
		uidna_close(idna);
	if (U_FAILURE(status) || info.errors || len > (int32_t)sizeof name)
		return false;
	buffer_add(out, name, (size_t)len);
	return true;
}

/* Whether a label mixes scripts more than UTS #39, section 5.2, "Highly Restrictive", allows. */
static bool is_mixed(struct str name)
{
	UErrorCode status = U_ZERO_ERROR;
	USpoofChecker *checker = uspoof_open(&status);
	bool mixed = false;
	struct str label;
	if (checker && U_SUCCESS(status)) {
		uspoof_setRestrictionLevel(checker, USPOOF_HIGHLY_RESTRICTIVE);
		uspoof_setChecks(checker,
			USPOOF_RESTRICTION_LEVEL | USPOOF_INVISIBLE | USPOOF_MIXED_NUMBERS,
			&status);
		while (str_split(&name, '.', &label))
			mixed |= uspoof_checkUTF8(checker, label.ptr, (int32_t)label.len, NULL,
					 &status) != 0;
	}
	if (checker)
		uspoof_close(checker);
	return mixed;
}

/*
 * Whether a name of another script could be read as one in Latin letters: all its letters have
 * the shape of an ASCII one (its skeleton, UTS #39, section 4, is ASCII).
 */
static bool looks_latin(struct str label)
{
	char skeleton[4 * NAME_LONGEST];
	UErrorCode status = U_ZERO_ERROR;
	USpoofChecker *checker = is_ascii(label) ? NULL : uspoof_open(&status);
	if (!checker)
		return false;
	int32_t len = uspoof_getSkeletonUTF8(
		checker, 0, label.ptr, (int32_t)label.len, skeleton, sizeof skeleton, &status);
	uspoof_close(checker);
	return U_SUCCESS(status) && len <= (int32_t)sizeof skeleton &&
	       is_ascii((struct str){skeleton, (size_t)len});
}

static bool deceives(struct str name)
{
	struct str labels = name, label;
	while (str_split(&labels, '.', &label)) {
		if (looks_latin(label))
			return true;
	}
	return is_mixed(name);
}

static bool is_hidden(uint32_t code)
{
	if (code > ' ' && code < 0x7F)
		return false;
	return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == UTF8_REPLACEMENT ||
	       text_is_invisible(code) || u_charType((UChar32)code) == U_FORMAT_CHAR ||
	       u_isUWhiteSpace((UChar32)code);
}

static bool has_hidden(struct str text)
{
	for (size_t i = 0; i < text.len;) {
		uint32_t code;
		i += utf8_decode(text.ptr + i, text.len - i, &code);
		if (is_hidden(code))
			return true;
	}
	return false;
}

void address_write(struct str url, struct buffer *out)
{
	for (size_t i = 0; i < url.len;) {
		uint32_t code;
		size_t n = utf8_decode(url.ptr + i, url.len - i, &code);
		if (!is_hidden(code))
			buffer_add(out, url.ptr + i, n);
		for (size_t k = i; is_hidden(code) && k < i + n; k++)
			buffer_printf(out, "%%%02X", (unsigned char)url.ptr[k]);
		i += n;
	}
}

void address_host(struct str url, struct buffer *out)
{
	struct parts parts = split(url);
	size_t before = out->len;
	if (!parts.mail && is_encoded(parts.host) && decode(parts.host, out))
		return;
	if (!out->failed && out->len > before) {
		out->len = before;
		out->data[before] = '\0';
	}
	address_write(parts.host, out);
}

unsigned address_doubts(struct str url)
{
	struct parts parts = split(url);
	unsigned doubts = 0;
	if (parts.user)
		doubts |= ADDRESS_USER;
	if (has_hidden(url))
		doubts |= ADDRESS_CONTROLS;
	if (str_equal_nocase(str_slice(str_trim(url), 0, 5), STR("http:")))
		doubts |= ADDRESS_PLAIN;
	if (parts.mail || !is_encoded(parts.host))
		return doubts;
	struct buffer name = {0};
	doubts |= ADDRESS_ENCODED;
	if (!decode(parts.host, &name))
		doubts |= ADDRESS_INVALID;
	else if (deceives(buffer_view(&name)))
		doubts |= ADDRESS_MIXED;
	buffer_free(&name);
	return doubts;
}

void address_describe(struct str url, struct buffer *out)
{
	static const struct {
		unsigned bit;
		const char *text;
	} texts[] = {
		{ADDRESS_MIXED, N_("letters of several scripts or that look like others")},
		{ADDRESS_INVALID, N_("not a valid name")},
		{ADDRESS_USER, N_("what stands before @ is not the site")},
		{ADDRESS_CONTROLS, N_("holds hidden characters")},
	};
	unsigned doubts = address_doubts(url);
	struct buffer host = {0};
	address_host(url, &host);
	if (doubts & ADDRESS_ENCODED && is_ascii(split(url).host) &&
		!str_equal(split(url).host, buffer_view(&host))) {
		buffer_str(out, split(url).host);
		buffer_str(out, STR(" = "));
	}
	/* An isolate: a name from right to left stays in its place. */
	buffer_str(out, STR("\u2068"));
	buffer_str(out, buffer_view(&host));
	buffer_str(out, STR("\u2069"));
	bool first = true;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		if (!(doubts & texts[i].bit))
			continue;
		/* TRANSLATORS: what is wrong with an address, behind it. */
		buffer_str(out, first ? str_of(_(" CAREFUL: ")) : STR("; "));
		buffer_str(out, str_of(_(texts[i].text)));
		first = false;
	}
	buffer_free(&host);
}
