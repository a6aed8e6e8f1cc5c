#include "query/lex.h"

#include "base/message.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

enum { NAME_LONGEST = 40 /* bytes */ };

/* What opens a phrase, and what may close it. */
static const struct quotes {
	uint32_t open, close[3];
} quotes[] = {
	{'"', {'"', 0, 0}}, {0x00AB, {0x00BB, 0, 0}}, /* « » */
	{0x00BB, {0x00AB, 0x00BB, 0}},                /* » « */
	{0x201C, {0x201D, 0x201C, '"'}},              /* “ ” */
	{0x201D, {0x201D, 0x201C, '"'}},              /* ” ” */
	{0x201E, {0x201C, 0x201D, '"'}},              /* „ “ */
	{0x201F, {0x201D, 0x201C, '"'}},              /* ‟ ” */
	{0x05F4, {0x05F4, '"', 0}}, /* gershayim, where a keyboard has it for a quote */
	{0x2039, {0x203A, 0, 0}},   /* ‹ › */
};

/* Punctuation that parts words: commas, semicolons and question marks of Arabic. */
static bool is_separator(uint32_t cp)
{
	return cp == 0x060C || cp == 0x061B || cp == 0x061F || cp == 0x2E41 || cp == 0xFF0C;
}

static bool is_blank(uint32_t cp)
{
	return u_isUWhiteSpace((UChar32)cp);
}

/* Marks of direction and controls; joiners are letters of words. */
static bool is_invisible(uint32_t cp)
{
	return cp == 0x061C || cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) ||
	       (cp >= 0x2066 && cp <= 0x2069) || cp == 0xFEFF || cp < 0x20 ||
	       (cp >= 0x7F && cp < 0xA0);
}

int lex_fail(const struct lex *lex, size_t at, struct query_error *error, const char *hint,
	const char *format, ...)
{
	if (!error)
		return -1;
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(error->message, sizeof error->message, format, arguments);
	va_end(arguments);
	snprintf(error->hint, sizeof error->hint, "%s", hint ? hint : "");
	error->column = lex->columns && at <= lex->text.len ? lex->columns[at] : 1;
	return -1;
}

void lex_free(struct lex *lex)
{
	buffer_free(&lex->text);
	free(lex->columns);
	*lex = (struct lex){0};
}

int lex_start(struct lex *lex, struct str text, struct query_error *error)
{
	*lex = (struct lex){0};
	if (text.len > QUERY_LONGEST)
		return lex_fail(lex, 0, error, _("make it shorter, or two of it"),
			_("the query is longer than %d bytes"), QUERY_LONGEST);
	/* A broken byte becomes U+FFFD, of three. */
	lex->columns = malloc((3 * text.len + 1) * sizeof *lex->columns);
	uint32_t column = 0;
	for (size_t i = 0; i < text.len && lex->columns; column++) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		size_t before = lex->text.len;
		if (is_blank(cp))
			buffer_byte(&lex->text, ' ');
		else if (!is_invisible(cp))
			buffer_utf8(&lex->text, cp);
		for (size_t k = before; k < lex->text.len; k++)
			lex->columns[k] = column + 1;
	}
	if (!lex->columns || lex->text.failed || !buffer_reserve(&lex->text, 1))
		return lex_fail(lex, 0, error, NULL, _("out of memory"));
	lex->columns[lex->text.len] = column + 1;
	return 0;
}

/* The code point at a byte, 0 at the end. */
static uint32_t peek(const struct lex *lex, size_t at, size_t *length)
{
	uint32_t cp = 0;
	*length =
		at < lex->text.len ? utf8_decode(lex->text.data + at, lex->text.len - at, &cp) : 0;
	return cp;
}

static char byte_at(const struct lex *lex, size_t at)
{
	return at < lex->text.len ? lex->text.data[at] : '\0';
}

static struct str part(const struct lex *lex, size_t from, size_t to)
{
	return str_slice(buffer_view(&lex->text), from, to);
}

static void skip_blanks(struct lex *lex)
{
	size_t length;
	for (;;) {
		uint32_t cp = peek(lex, lex->at, &length);
		bool skipped = cp == ' ' || is_separator(cp) || cp == ',' || cp == ';' || cp == '?';
		if (length == 0 || !skipped)
			return;
		lex->at += length;
	}
}

/* Whether a plain value ends there. */
static bool ends_value(const struct lex *lex, size_t at, bool field)
{
	size_t length;
	uint32_t cp = peek(lex, at, &length);
	return length == 0 || cp == ' ' || cp == '(' || cp == ')' || is_separator(cp) ||
	       (!field && (cp == ',' || cp == ';' || cp == '|'));
}

/* ---- values --------------------------------------------------------------- */

static const struct quotes *quote_at(const struct lex *lex, size_t at, size_t *length)
{
	uint32_t cp = peek(lex, at, length);
	for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
		if (quotes[i].open == cp && *length > 0)
			return &quotes[i];
	}
	return NULL;
}

static bool closes(const struct quotes *quote, uint32_t cp)
{
	for (size_t i = 0; i < 3; i++) {
		if (quote->close[i] == cp && cp)
			return true;
	}
	return false;
}

static void take_star(struct lex *lex, struct piece *piece)
{
	if (byte_at(lex, lex->at) == '*') {
		piece->star = true;
		lex->at++;
	}
}

static int take_quoted(
	struct lex *lex, const struct quotes *quote, struct piece *piece, struct query_error *error)
{
	size_t length, open = lex->at;
	peek(lex, open, &length);
	size_t at = piece->value_at = open + length;
	for (;; at += length) {
		uint32_t cp = peek(lex, at, &length);
		if (length == 0)
			return lex_fail(lex, open, error,
				_("close it with the other one of its kind"),
				_("the quotation mark is not closed"));
		if (closes(quote, cp))
			break;
	}
	piece->value = part(lex, piece->value_at, at);
	piece->value_kind = VALUE_QUOTED;
	lex->at = at + length;
	take_star(lex, piece);
	return 0;
}

/* "/", the expression, in which "\/" is no end, "/", perhaps "i". */
static int take_regex(struct lex *lex, struct piece *piece, struct query_error *error)
{
	size_t open = lex->at, at = open + 1;
	while (at < lex->text.len && lex->text.data[at] != '/')
		at += lex->text.data[at] == '\\' && at + 1 < lex->text.len ? 2 : 1;
	if (at >= lex->text.len)
		return lex_fail(lex, open, error,
			_("end it with \"/\", or put the value in quotes"),
			_("the regular expression is not closed"));
	piece->value_at = open + 1;
	piece->value = part(lex, open + 1, at);
	piece->value_kind = VALUE_REGEX;
	lex->at = at + 1;
	piece->nocase = byte_at(lex, lex->at) == 'i';
	lex->at += piece->nocase;
	if (!ends_value(lex, lex->at, true))
		return lex_fail(lex, lex->at, error, _("only \"i\" may: letters without case"),
			_("this may not follow a regular expression"));
	return 0;
}

static void take_plain(struct lex *lex, struct piece *piece, bool field)
{
	size_t length, start = lex->at;
	while (!ends_value(lex, lex->at, field)) {
		peek(lex, lex->at, &length);
		lex->at += length;
	}
	piece->value_at = start;
	piece->value = part(lex, start, lex->at);
	piece->value_kind = VALUE_PLAIN;
	if (piece->value.len > 1 && str_ends(piece->value, STR("*"))) {
		piece->value.len--;
		piece->star = true;
	}
}

static int take_value(struct lex *lex, struct piece *piece, struct query_error *error)
{
	size_t length;
	const struct quotes *quote = quote_at(lex, lex->at, &length);
	if (quote)
		return take_quoted(lex, quote, piece, error);
	if (byte_at(lex, lex->at) == '/')
		return take_regex(lex, piece, error);
	take_plain(lex, piece, piece->name.len > 0);
	return 0;
}

/* ---- pieces --------------------------------------------------------------- */

static bool is_name(uint32_t cp)
{
	return u_isalpha((UChar32)cp) || (U_GET_GC_MASK((UChar32)cp) & U_GC_M_MASK) ||
	       cp == 0x200C || cp == 0x200D || cp == 0x0640;
}

/* A name and the sign behind it; false, with nothing taken, when there are none. */
static bool take_field(struct lex *lex, struct piece *piece)
{
	size_t length, at = lex->at;
	uint32_t cp;
	while (cp = peek(lex, at, &length),
		length > 0 && is_name(cp) && at - lex->at < NAME_LONGEST)
		at += length;
	if (at == lex->at || (cp != ':' && cp != '<' && cp != '>'))
		return false;
	size_t end = at + 1;
	if (cp != ':' && byte_at(lex, end) == '=')
		end++;
	piece->name = part(lex, lex->at, at);
	piece->sign = part(lex, at, end);
	lex->at = end;
	return true;
}

/* An address that stands alone is looked for among links: "http" is no field. */
static bool is_address(const struct piece *piece, const struct lex *lex)
{
	return (str_equal_nocase(piece->name, STR("http")) ||
		       str_equal_nocase(piece->name, STR("https"))) &&
	       byte_at(lex, lex->at) == '/' && byte_at(lex, lex->at + 1) == '/';
}

static const struct sign {
	char byte;
	enum piece_kind kind;
} signs[] = {{'(', PIECE_OPEN}, {')', PIECE_CLOSE}, {'|', PIECE_OR}};

static bool take_sign(struct lex *lex, struct piece *piece)
{
	char byte = byte_at(lex, lex->at), next = byte_at(lex, lex->at + 1);
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		if (signs[i].byte == byte) {
			piece->kind = signs[i].kind;
			lex->at++;
			return true;
		}
	}
	if ((byte == '-' || byte == '!') && next && next != ' ') {
		piece->kind = PIECE_NOT;
		lex->at++;
		return true;
	}
	return false;
}

static void know_operator(struct piece *piece)
{
	static const struct {
		struct str name;
		enum piece_kind kind;
	} operators[] = {{STR("and"), PIECE_AND}, {STR("or"), PIECE_OR}, {STR("not"), PIECE_NOT}};
	if (piece->value_kind != VALUE_PLAIN || piece->star)
		return;
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		if (str_equal_nocase(piece->value, operators[i].name))
			piece->kind = operators[i].kind;
	}
}

int lex_next(struct lex *lex, struct piece *piece, struct query_error *error)
{
	skip_blanks(lex);
	*piece = (struct piece){.at = lex->at};
	if (lex->at >= lex->text.len || take_sign(lex, piece))
		return 0;
	piece->kind = PIECE_TERM;
	if (take_field(lex, piece)) {
		if (is_address(piece, lex)) {
			lex->at = piece->at;
			take_plain(lex, piece, true);
			piece->name = STR("link");
			piece->sign = STR(":");
			return 0;
		}
		return take_value(lex, piece, error);
	}
	if (byte_at(lex, lex->at) == '/')
		return lex_fail(lex, lex->at, error,
			_("name one, as in title:/.../, or put the word in quotes"),
			_("a regular expression needs a field"));
	if (take_value(lex, piece, error) < 0)
		return -1;
	know_operator(piece);
	return 0;
}
