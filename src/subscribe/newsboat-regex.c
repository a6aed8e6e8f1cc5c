#include "subscribe/newsboat-regex.h"

#include "base/message.h"
#include "base/utf8.h"

#include <string.h>
#include <unicode/uchar.h>

enum { MOST_TIMES = 32767 /* RE_DUP_MAX of glibc */ };

struct translation {
	struct str rest;
	struct buffer *out;
	const char *wrong;
	bool atom;     /* what stands before may be repeated */
	char repeated; /* how it is; 0: it is not */
};

/* ---- characters ----------------------------------------------------------- */

/* Blanks and invisible characters, which reading a query changes or drops. */
static bool is_fragile(uint32_t cp)
{
	const uint32_t groups = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_Z_MASK;
	return cp != ' ' && cp != 0x200C && cp != 0x200D &&
	       (U_GET_GC_MASK((UChar32)cp) & groups) != 0;
}

/* Appends the first character of *rest, which is moved behind it. */
static void take_character(struct str *rest, struct buffer *out)
{
	uint32_t cp;
	size_t length = utf8_decode(rest->ptr, rest->len, &cp);
	if (is_fragile(cp)) {
		buffer_printf(out, "\\x{%X}", (unsigned)cp);
	} else {
		if (cp < 0x80 && strchr("\\^$.[]|()*+?{}/-", (int)cp))
			buffer_byte(out, '\\');
		buffer_utf8(out, cp);
	}
	*rest = str_slice(*rest, length, rest->len);
}

void newsboat_regex_literal(struct str text, struct buffer *out)
{
	while (text.len > 0)
		take_character(&text, out);
}

static char byte_at(const struct translation *t, size_t at)
{
	return at < t->rest.len ? t->rest.ptr[at] : '\0';
}

static void skip(struct translation *t, size_t bytes)
{
	t->rest = str_slice(t->rest, bytes, t->rest.len);
}

static void set_atom(struct translation *t, bool atom)
{
	t->atom = atom;
	t->repeated = '\0';
}

/* ---- what a backslash begins ---------------------------------------------- */

static const struct {
	char byte;
	bool atom;
	const char *pcre;
} escapes[] = {
	{'<', false, "\\b(?=\\w)"},
	{'>', false, "\\b(?<=\\w)"},
	{'`', false, "\\A"},
	{'\'', false, "\\z"},
	{'b', false, "\\b"},
	{'B', false, "\\B"},
	{'w', true, "\\w"},
	{'W', true, "\\W"},
	{'s', true, "\\s"},
	{'S', true, "\\S"},
};

static void take_escape(struct translation *t)
{
	char byte = byte_at(t, 1);
	skip(t, 1);
	if (t->rest.len == 0) {
		t->wrong = N_("it ends with a backslash");
		return;
	}
	for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
		if (escapes[i].byte == byte) {
			buffer_str(t->out, str_of(escapes[i].pcre));
			set_atom(t, escapes[i].atom);
			skip(t, 1);
			return;
		}
	}
	set_atom(t, true);
	if (byte >= '1' && byte <= '9') {
		buffer_printf(t->out, "\\g{%c}", byte);
		skip(t, 1);
	} else {
		take_character(&t->rest, t->out);
	}
}

/* ---- brackets ------------------------------------------------------------- */

/* "[:alpha:]", at its bracket. */
static void take_class(struct translation *t)
{
	static const char *const names[] = {"alnum", "alpha", "blank", "cntrl", "digit", "graph",
		"lower", "print", "punct", "space", "upper", "xdigit"};
	struct str inside = str_slice(t->rest, 2, t->rest.len);
	ptrdiff_t end = str_find(inside, STR(":]"));
	for (size_t i = 0; end >= 0 && i < sizeof names / sizeof *names; i++) {
		if (str_equal(str_slice(inside, 0, (size_t)end), str_of(names[i]))) {
			buffer_printf(t->out, "[:%s:]", names[i]);
			skip(t, (size_t)end + 4);
			return;
		}
	}
	t->wrong = N_("it has a class of characters that is not known");
}

/* A character of a bracket, or from one to another; no backslash escapes there. */
static void take_member(struct translation *t)
{
	char next = byte_at(t, 1);
	if (byte_at(t, 0) == '[' && next == ':') {
		take_class(t);
		return;
	}
	if (byte_at(t, 0) == '[' && (next == '.' || next == '=')) {
		t->wrong = N_("it has \"[.\" or \"[=\", which PCRE2 has not");
		return;
	}
	take_character(&t->rest, t->out);
	if (byte_at(t, 0) != '-' || t->rest.len < 2 || byte_at(t, 1) == ']')
		return;
	skip(t, 1);
	buffer_byte(t->out, '-');
	if (byte_at(t, 0) == '[' && strchr(":.=", byte_at(t, 1)))
		t->wrong = N_("it has a range that ends with a class");
	else
		take_character(&t->rest, t->out);
}

static void take_bracket(struct translation *t)
{
	skip(t, 1);
	buffer_byte(t->out, '[');
	if (byte_at(t, 0) == '^') {
		buffer_byte(t->out, '^');
		skip(t, 1);
	}
	/* A "]" that comes first is a member. */
	for (bool first = true; t->rest.len > 0 && !t->wrong; first = false) {
		if (byte_at(t, 0) == ']' && !first) {
			skip(t, 1);
			buffer_byte(t->out, ']');
			set_atom(t, true);
			return;
		}
		take_member(t);
	}
	if (!t->wrong)
		t->wrong = N_("a \"[\" is not closed");
}

/* ---- repetitions ---------------------------------------------------------- */

/* Digits at *at: their value, -1 for none, or for too many. */
static int take_number(const struct translation *t, size_t *at)
{
	int number = -1;
	for (; byte_at(t, *at) >= '0' && byte_at(t, *at) <= '9'; ++*at) {
		number = (number < 0 ? 0 : number * 10) + (byte_at(t, *at) - '0');
		if (number > MOST_TIMES)
			return -1;
	}
	return number;
}

/* "{2}", "{2,}", "{,3}", "{2,3}" */
static void take_braces(struct translation *t)
{
	size_t at = 1;
	int low = take_number(t, &at), high = -1;
	bool comma = byte_at(t, at) == ',';
	if (comma) {
		at++;
		high = take_number(t, &at);
	}
	if (byte_at(t, at) != '}' || (low < 0 && high < 0)) {
		t->wrong = N_("its braces hold no number of times");
		return;
	}
	buffer_printf(t->out, "{%d", low < 0 ? 0 : low);
	if (comma)
		buffer_byte(t->out, ',');
	if (high >= 0)
		buffer_printf(t->out, "%d", high);
	buffer_byte(t->out, '}');
	t->repeated = '{';
	skip(t, at + 1);
}

/*
 * A second sign of repetition means another thing to PCRE2 ("lazy", "possessive").  In POSIX
 * it repeats what is repeated, and "*?", "??", "**", "++" ask for no more than the first one.
 */
static void take_repetition(struct translation *t)
{
	char sign = byte_at(t, 0), before = t->repeated;
	if (!t->atom) {
		t->wrong = N_("a repetition has nothing before it");
	} else if (before && before != '{' && (sign == before || (sign == '?' && before == '*'))) {
		skip(t, 1);
	} else if (before) {
		t->wrong = N_("two repetitions stand in a row");
	} else if (sign == '{') {
		take_braces(t);
	} else {
		buffer_byte(t->out, sign);
		t->repeated = sign;
		skip(t, 1);
	}
}

/* ---- the whole ------------------------------------------------------------ */

static void take_next(struct translation *t)
{
	char byte = byte_at(t, 0);
	if (byte == '\\') {
		take_escape(t);
	} else if (byte == '[') {
		take_bracket(t);
	} else if (byte && strchr("*+?{", byte)) {
		take_repetition(t);
	} else if (byte && strchr("(|^$.)", byte)) {
		buffer_byte(t->out, byte);
		set_atom(t, byte == '.' || byte == ')');
		skip(t, 1);
	} else {
		take_character(&t->rest, t->out);
		set_atom(t, true);
	}
}

const char *newsboat_regex(struct str expression, struct buffer *out)
{
	struct translation t = {.rest = expression, .out = out};
	if (expression.len == 0)
		buffer_str(out, STR("(?:)")); /* met by all */
	while (t.rest.len > 0 && !t.wrong)
		take_next(&t);
	return t.wrong;
}
