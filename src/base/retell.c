#include "base/retell.h"

#include "base/catalogue.h"
#include "base/conversions.h"
#include "base/message.h"

#include <string.h>

enum {
	ARGUMENTS_MOST = 8,
	NUMBER_MOST = 16,
	DEPTH_MOST = 3, /* a reason within a reason */
};

/* A format taken to pieces: literals[0], argument, literals[1], argument ... */
struct shape {
	struct str literals[ARGUMENTS_MOST + 1];
	char types[ARGUMENTS_MOST];  /* "s", "d", ..., "%" for "%%" */
	int count;                   /* of what is printed, widths not counted */
	int numbers[ARGUMENTS_MOST]; /* of each among the arguments, from 0; -1 of "%%" */
	size_t known;                /* bytes of the literals */
};

/* Where a printed conversion stands in the arguments of printf(). */
struct place {
	int next; /* the argument that comes next where no number is given */
};

/*
 * The conversion behind the "%" at `at`: its end, its type, the number of its argument from 0.
 * The format is one that conversions_agree() knows.
 */
static const char *conversion(const char *at, struct place *place, char *type, int *number)
{
	static const char signs[] = "-+ #0'.*$0123456789hljztL";
	const char *end = at + strspn(at, signs);
	size_t digits = strspn(at, "0123456789");
	*type = *end;
	*number = -1;
	if (digits > 0 && at[digits] == '$') {
		*number = 0;
		for (size_t i = 0; i < digits && *number < NUMBER_MOST; i++)
			*number = *number * 10 + (at[i] - '0');
		(*number)--;
	} else if (*end != '%') {
		for (const char *c = at; c < end; c++)
			place->next += *c == '*';
		*number = place->next++;
	}
	return *end ? end + 1 : end;
}

/* False: too many arguments, or two that nothing parts. */
static bool take_apart(struct shape *shape, const char *format)
{
	struct place place = {0};
	const char *from = format;
	*shape = (struct shape){.count = 0};
	for (const char *at = format; (at = strchr(at, '%'));) {
		char type;
		int number;
		const char *end = conversion(at + 1, &place, &type, &number);
		struct str literal = {from, (size_t)(at - from)};
		bool parted = shape->count == 0 || literal.len > 0 || type == '%';
		if (shape->count == ARGUMENTS_MOST || !parted || number >= NUMBER_MOST ||
			(number < 0 && type != '%'))
			return false;
		shape->literals[shape->count] = literal;
		shape->types[shape->count] = type;
		shape->numbers[shape->count++] = number;
		shape->known += literal.len;
		from = at = end;
	}
	shape->literals[shape->count] = str_of(from);
	shape->known += shape->literals[shape->count].len;
	return true;
}

static bool is_number(struct str text)
{
	size_t digits = 0;
	for (size_t i = 0; i < text.len; i++) {
		bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';
		digits += digit;
		if (!digit && !strchr("+-.", text.ptr[i]))
			return false;
	}
	return digits > 0;
}

/* Whether a conversion of this type may have printed it. */
static bool may_be(struct str text, char type)
{
	return type == 's' || (type == '%' ? str_equal(text, STR("%")) : is_number(text));
}

/* Whether the text was made of the format: then what its arguments were. */
static bool matches(const struct shape *shape, struct str text, struct str *arguments)
{
	struct str last = shape->literals[shape->count];
	if (!str_starts(text, shape->literals[0]) || !str_ends(text, last) ||
		text.len < shape->known)
		return false;
	struct str rest = str_slice(text, shape->literals[0].len, text.len - last.len);
	for (int i = 0; i < shape->count; i++) {
		struct str parting = i + 1 < shape->count ? shape->literals[i + 1] : STR("");
		bool sign = i + 1 < shape->count && shape->types[i + 1] == '%';
		ptrdiff_t at = parting.len > 0 ? str_find(rest, parting)
			       : sign          ? str_find(rest, STR("%"))
					       : (ptrdiff_t)rest.len;
		if (at < 0)
			return false;
		arguments[i] = str_slice(rest, 0, (size_t)at);
		if (!may_be(arguments[i], shape->types[i]))
			return false;
		rest = str_slice(rest, (size_t)at + parting.len, rest.len);
	}
	return true;
}

static void tell(struct buffer *out, const struct catalogue *c, struct str text, int depth);

/* The translation with the arguments, of which texts are retold themselves. */
static void fill(struct buffer *out, const struct catalogue *c, const char *translation,
	const struct shape *shape, const struct str *arguments, int depth)
{
	struct place place = {0};
	const char *from = translation;
	for (const char *at = translation; (at = strchr(at, '%'));) {
		char type;
		int number, i = 0;
		const char *end = conversion(at + 1, &place, &type, &number);
		buffer_str(out, (struct str){from, (size_t)(at - from)});
		while (i < shape->count && shape->numbers[i] != number)
			i++;
		if (type == '%')
			buffer_byte(out, '%');
		else if (i < shape->count && shape->types[i] == 's')
			tell(out, c, arguments[i], depth + 1);
		else if (i < shape->count)
			buffer_str(out, arguments[i]);
		from = at = end;
	}
	buffer_str(out, str_of(from));
}

/* The format with the most words of its own that the text was made of; NULL: none. */
static const char *find(
	const struct catalogue *c, struct str text, struct shape *best, struct str *arguments)
{
	const char *found = NULL;
	for (size_t i = 0; i < catalogue_count(c); i++) {
		const char *translation, *format = catalogue_text(c, i, &translation);
		struct str tried[ARGUMENTS_MOST];
		struct shape shape;
		if (!strchr(format, '%') || !take_apart(&shape, format) || shape.count == 0 ||
			(found && shape.known <= best->known) || !matches(&shape, text, tried) ||
			!conversions_agree(format, translation, false))
			continue;
		found = translation;
		*best = shape;
		memcpy(arguments, tried, sizeof tried);
	}
	return found;
}

static void tell(struct buffer *out, const struct catalogue *c, struct str text, int depth)
{
	struct str arguments[ARGUMENTS_MOST];
	struct shape shape;
	char whole[RETELL_LONGEST + 1];
	if (text.len == 0 || text.len > RETELL_LONGEST || depth > DEPTH_MOST) {
		buffer_str(out, text);
		return;
	}
	memcpy(whole, text.ptr, text.len);
	whole[text.len] = '\0';
	const char *translation = catalogue_find(c, whole, 0);
	if (translation) {
		buffer_str(out, str_of(translation));
		return;
	}
	translation = find(c, text, &shape, arguments);
	if (translation) {
		fill(out, c, translation, &shape, arguments, depth);
		return;
	}
	ptrdiff_t colon = str_find(text, STR(": "));
	size_t known = colon < 0 ? text.len : (size_t)colon + 2;
	buffer_str(out, str_slice(text, 0, known));
	tell(out, c, str_slice(text, known, text.len), depth + 1);
}

void retell(struct buffer *out, struct str english)
{
	const struct catalogue *catalogue = message_catalogue();
	if (catalogue)
		tell(out, catalogue, english, 0);
	else
		buffer_str(out, english);
}
