#include "base/conversions.h"

#include <string.h>

enum { ARGUMENTS_MOST = 16, NUMBER_MOST = 9999 };

/* What precedes the type: no precision, or one that is an argument itself. */
enum { PRECISION_NONE = -1, PRECISION_ARGUMENT = -2 };

struct argument {
	char type;     /* d, u, x, c, s, p, g ...; 0: nobody takes it */
	char length;   /* h, H (hh), l, L (ll), j, z, t, D (L); 0 */
	int precision; /* of "s" */
};

struct conversions {
	struct argument arguments[ARGUMENTS_MOST];
	int count;
	bool numbered, plain; /* "%1$s" was met; "%s" was */
};

static int take_number(const char **at)
{
	int number = 0;
	while (**at >= '0' && **at <= '9') {
		if (number <= NUMBER_MOST)
			number = number * 10 + (**at - '0');
		(*at)++;
	}
	return number;
}

/* "2$": 2, and *at behind it; 0 where there is none. */
static int take_position(const char **at)
{
	const char *from = *at;
	int position = take_number(&from);
	if (position == 0 || *from != '$')
		return 0;
	*at = from + 1;
	return position;
}

/* Notes an argument, the next one where position is 0.  False: too many, or two ways at once. */
static bool note(struct conversions *c, int position, struct argument argument)
{
	if (position > 0)
		c->numbered = true;
	else
		c->plain = true;
	int index = position > 0 ? position - 1 : c->count;
	if (index >= ARGUMENTS_MOST || (c->numbered && c->plain))
		return false;
	struct argument *known = &c->arguments[index];
	if (known->type && (known->type != argument.type || known->length != argument.length))
		return false;
	*known = argument;
	if (index >= c->count)
		c->count = index + 1;
	return true;
}

/* "*" or "*2$" behind `at`: an int. */
static bool note_star(struct conversions *c, const char **at)
{
	(*at)++;
	return note(c, take_position(at), (struct argument){'d', 0, PRECISION_NONE});
}

static char take_length(const char **at)
{
	char length = 0;
	if (strchr("hljztL", **at) && **at) {
		length = *(*at)++;
		if (length == 'L')
			length = 'D';
		else if ((length == 'h' || length == 'l') && **at == length) {
			length = length == 'h' ? 'H' : 'L';
			(*at)++;
		}
	}
	return length;
}

/* The conversion behind a "%".  False: it is none. */
static bool take_conversion(struct conversions *c, const char **at)
{
	if (**at == '%') {
		(*at)++;
		return true;
	}
	struct argument argument = {.precision = PRECISION_NONE};
	int position = take_position(at);
	*at += strspn(*at, "-+ #0'");
	if (**at == '*' && !note_star(c, at))
		return false;
	take_number(at);
	if (**at == '.') {
		(*at)++;
		argument.precision = **at == '*' ? PRECISION_ARGUMENT : take_number(at);
		if (argument.precision == PRECISION_ARGUMENT && !note_star(c, at))
			return false;
	}
	argument.length = take_length(at);
	argument.type = **at;
	if (!argument.type || !strchr("diouxXcspaAeEfFgG", argument.type))
		return false;
	if (argument.type == 'i')
		argument.type = 'd';
	if (argument.type != 's')
		argument.precision = PRECISION_NONE;
	(*at)++;
	return note(c, position, argument);
}

static bool read_format(struct conversions *c, const char *format)
{
	for (const char *at = format; (at = strchr(at, '%'));) {
		at++;
		if (!take_conversion(c, &at))
			return false;
	}
	for (int i = 0; i < c->count; i++) {
		if (!c->arguments[i].type)
			return false;
	}
	return true;
}

bool conversions_agree(const char *format, const char *translation, bool may_drop)
{
	if (!strchr(format, '%') && !strchr(translation, '%'))
		return true;
	struct conversions wanted = {.count = 0}, found = {.count = 0};
	if (!read_format(&wanted, format))
		return true;
	if (!read_format(&found, translation) || found.count > wanted.count ||
		(found.count < wanted.count && !may_drop))
		return false;
	for (int i = 0; i < found.count; i++) {
		const struct argument *a = &wanted.arguments[i], *b = &found.arguments[i];
		if (a->type != b->type || a->length != b->length || a->precision != b->precision)
			return false;
	}
	return true;
}
