#include "fetch/tape.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
	DEPTH_MOST = 32,
	VALUES_MOST = 4 << 20,
};

struct reader {
	struct tape *tape;
	char *at, *end; /* a NUL is at the end */
	uint32_t open[DEPTH_MOST];
	size_t depth;
	bool no_memory;
};

static void skip_blanks(struct reader *r)
{
	while (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r')
		r->at++;
}

static bool take(struct reader *r, char c)
{
	bool found = *r->at == c && r->at < r->end;
	r->at += found;
	return found;
}

static bool add(struct reader *r, enum tape_kind kind, struct str text)
{
	struct tape *tape = r->tape;
	if (tape->count == VALUES_MOST)
		return false;
	if (!array_reserve(&tape->values, &tape->cap, tape->count + 1, sizeof *tape->values)) {
		r->no_memory = true;
		return false;
	}
	tape->values[tape->count++] = (struct tape_value){kind, 1, text};
	return true;
}

/* ---- strings ---- */

static int digit_of(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* Four digits; UINT32_MAX: they are none. */
static uint32_t take_unit(struct reader *r)
{
	uint32_t unit = 0;
	for (int i = 0; i < 4; i++) {
		int digit = digit_of(*r->at);
		if (digit < 0)
			return UINT32_MAX;
		unit = unit << 4 | (uint32_t)digit;
		r->at++;
	}
	return unit;
}

/* r->at is behind "\u".  Two escapes may make one character. */
static bool take_code_point(struct reader *r, char **to)
{
	uint32_t cp = take_unit(r);
	if (cp >= 0xD800 && cp < 0xDC00) {
		if (!take(r, '\\') || !take(r, 'u'))
			return false;
		uint32_t low = take_unit(r);
		if (low < 0xDC00 || low > 0xDFFF)
			return false;
		cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
	}
	if (cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		return false;
	*to += utf8_encode(cp, *to);
	return true;
}

static bool take_escape(struct reader *r, char **to)
{
	static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
	char c = *r->at;
	if (r->at == r->end)
		return false;
	r->at++;
	if (c == 'u')
		return take_code_point(r, to);
	const char *found = memchr(names, c, sizeof names - 1);
	if (found)
		*(*to)++ = meant[found - names];
	return found != NULL;
}

/* An escape is longer than what it stands for: the text is put where it was read. */
static bool string(struct reader *r)
{
	if (!take(r, '"'))
		return false;
	char *start = r->at, *to = start;
	for (;;) {
		char *from = r->at;
		while ((unsigned char)*r->at >= ' ' && *r->at != '"' && *r->at != '\\')
			r->at++;
		size_t len = (size_t)(r->at - from);
		if (to != from)
			memmove(to, from, len);
		to += len;
		if (take(r, '"'))
			break;
		if (!take(r, '\\') || !take_escape(r, &to))
			return false;
	}
	*to = '\0';
	return add(r, TAPE_STRING, (struct str){start, (size_t)(to - start)});
}

/* ---- other values ---- */

static bool take_digits(struct reader *r)
{
	char *start = r->at;
	while (*r->at >= '0' && *r->at <= '9')
		r->at++;
	return r->at > start;
}

static bool number(struct reader *r)
{
	char *start = r->at;
	take(r, '-');
	bool zero = *r->at == '0', good = take_digits(r);
	good = good && !(zero && r->at - start > 1 + (*start == '-'));
	if (good && take(r, '.'))
		good = take_digits(r);
	if (good && (take(r, 'e') || take(r, 'E'))) {
		if (!take(r, '-'))
			take(r, '+');
		good = take_digits(r);
	}
	return good && add(r, TAPE_NUMBER, (struct str){start, (size_t)(r->at - start)});
}

static bool word(struct reader *r, struct str name, enum tape_kind kind)
{
	if ((size_t)(r->end - r->at) < name.len || memcmp(r->at, name.ptr, name.len) != 0)
		return false;
	r->at += name.len;
	return add(r, kind, (struct str){"", 0});
}

static bool open_value(struct reader *r, enum tape_kind kind)
{
	if (r->depth == DEPTH_MOST)
		return false;
	r->at++;
	r->open[r->depth++] = (uint32_t)r->tape->count;
	return add(r, kind, (struct str){"", 0});
}

static bool value(struct reader *r)
{
	skip_blanks(r);
	switch (*r->at) {
	case '"':
		return string(r);
	case '{':
		return open_value(r, TAPE_OBJECT);
	case '[':
		return open_value(r, TAPE_ARRAY);
	case 't':
		return word(r, STR("true"), TAPE_TRUE);
	case 'f':
		return word(r, STR("false"), TAPE_FALSE);
	case 'n':
		return word(r, STR("null"), TAPE_NULL);
	default:
		return number(r);
	}
}

/* Behind a value, or the start of an array or object: goes on to the next, if there is one. */
static bool to_next(struct reader *r)
{
	struct tape *tape = r->tape;
	while (r->depth > 0) {
		uint32_t at = r->open[r->depth - 1];
		bool object = tape->values[at].kind == TAPE_OBJECT;
		skip_blanks(r);
		if (take(r, object ? '}' : ']')) {
			tape->values[at].span = (uint32_t)(tape->count - at);
			r->depth--;
			continue;
		}
		if (tape->count > at + (size_t)1 && !take(r, ','))
			return false;
		skip_blanks(r);
		if (!object)
			return true;
		if (!string(r))
			return false;
		skip_blanks(r);
		return take(r, ':');
	}
	return true;
}

int tape_read(struct str json, struct tape *tape, struct error *error)
{
	*tape = (struct tape){.bytes = malloc(json.len + 1)};
	if (!tape->bytes)
		return error_no_memory(error);
	memcpy(tape->bytes, json.ptr, json.len);
	tape->bytes[json.len] = '\0';
	struct reader r = {.tape = tape, .at = tape->bytes, .end = tape->bytes + json.len};
	bool good = utf8_valid(json);
	while (good) {
		good = value(&r) && to_next(&r);
		if (r.depth == 0)
			break;
	}
	skip_blanks(&r);
	if (good && r.at == r.end)
		return 0;
	tape_free(tape);
	return r.no_memory ? error_no_memory(error) : error_set(error, EX_DATAERR, "no JSON");
}

void tape_free(struct tape *tape)
{
	free(tape->values);
	free(tape->bytes);
	*tape = (struct tape){0};
}

/* ---- looking ---- */

const struct tape_value *tape_member(const struct tape_value *object, const char *name)
{
	struct str wanted = str_of(name);
	if (!object || object->kind != TAPE_OBJECT)
		return NULL;
	for (const struct tape_value *at = object + 1; at < object + object->span;) {
		if (str_equal(at->text, wanted))
			return at + 1;
		at += 1 + at[1].span;
	}
	return NULL;
}

const struct tape_value *tape_first(const struct tape_value *array)
{
	bool any = array && array->kind == TAPE_ARRAY && array->span > 1;
	return any ? array + 1 : NULL;
}

const struct tape_value *tape_next(const struct tape_value *array, const struct tape_value *value)
{
	const struct tape_value *next = value + value->span;
	return next < array + array->span ? next : NULL;
}

struct str tape_text(const struct tape_value *value)
{
	return value && value->kind == TAPE_STRING ? value->text : (struct str){"", 0};
}

int64_t tape_whole(const struct tape_value *value, int64_t most)
{
	int64_t sum = 0;
	if (!value || value->kind != TAPE_NUMBER || value->text.len > 18)
		return -1;
	for (size_t i = 0; i < value->text.len; i++) {
		char c = value->text.ptr[i];
		if (c == '.' && !memchr(value->text.ptr, 'e', value->text.len) &&
			!memchr(value->text.ptr, 'E', value->text.len))
			break;
		if (c < '0' || c > '9')
			return -1;
		sum = sum * 10 + (c - '0');
	}
	return sum <= most ? sum : -1;
}
