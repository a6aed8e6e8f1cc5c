#include "subscribe/newsboat-filter.h"

#include "base/message.h"
#include "subscribe/newsboat-regex.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MOST_DAYS = 99998 /* what age: reads, less the one that is added */ };

/* What joins the conditions between two parentheses. */
enum junction { BY_NOTHING, BY_AND, BY_OR };

struct filter {
	struct str text;
	size_t at;
	struct buffer *out;
	struct error *error;
	enum junction levels[NEWSBOAT_FILTER_DEEPEST + 1];
	size_t depth;
};

enum relation {
	EQUAL,
	UNEQUAL,
	MATCHES,
	MATCHES_NOT,
	LESS,
	MORE,
	MOST,
	LEAST,
	BETWEEN,
	HOLDS,
	HOLDS_NOT,
};

/* The longer ones first. */
static const struct sign {
	struct str text;
	enum relation relation;
} signs[] = {
	{STR("between"), BETWEEN},
	{STR("=="), EQUAL},
	{STR("=~"), MATCHES},
	{STR("!="), UNEQUAL},
	{STR("!~"), MATCHES_NOT},
	{STR("!#"), HOLDS_NOT},
	{STR("<="), MOST},
	{STR(">="), LEAST},
	{STR("="), EQUAL},
	{STR("<"), LESS},
	{STR(">"), MORE},
	{STR("#"), HOLDS},
};

struct attribute;

struct condition {
	const struct attribute *attribute;
	size_t attribute_at, sign_at, value_at;
	struct str sign;
	enum relation relation;
	struct str value; /* without quotation marks */
};

typedef int translator(struct filter *f, const struct condition *c);

static translator by_text, by_feed, by_unread, by_flags, by_enclosure, by_age, by_tags;

/* newsboat's attributes of articles and of their feeds. */
static const struct attribute {
	const char *name;
	translator *translate; /* NULL: it has no counterpart */
	const char *field;     /* of the query; or what to do instead */
} attributes[] = {
	{"title", by_text, "title"},
	{"author", by_text, "author"},
	{"link", by_text, "link"},
	{"feedtitle", by_feed, "(?!https?:\\/\\/|(?:site|local|command):)"},
	{"rssurl", by_feed, "(?=https?:\\/\\/)"},
	{"unread", by_unread, NULL},
	{"flags", by_flags, NULL},
	{"enclosure_url", by_enclosure, NULL},
	{"enclosure_type", by_enclosure, NULL},
	{"age", by_age, NULL},
	{"tags", by_tags, NULL},
	{"content", NULL, N_("search for its words, which are found in the text as well")},
	{"date", NULL, N_("make a list with after:, before: or date:")},
	{"guid", NULL, N_("make a list with link:")},
	{"articleindex", NULL, N_("make a list with age: or date:")},
	{"description", NULL, N_("make a list with feed: or folder:")},
	{"feedlink", NULL, N_("make a list with feed: or folder:")},
	{"feeddate", NULL, N_("make a list with age: or date:")},
	{"feedindex", NULL, N_("make a list with feed: or folder:")},
	{"unread_count", NULL, N_("make a list with is:unread")},
	{"total_count", NULL, N_("make a list with feed: or folder:")},
};

/* ---- errors --------------------------------------------------------------- */

static int fail(struct filter *f, size_t at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static int fail(struct filter *f, size_t at, const char *format, ...)
{
	char message[384];
	size_t column = 1;
	va_list arguments;
	for (size_t i = 0; i < at && i < f->text.len; i++)
		column += ((unsigned char)f->text.ptr[i] & 0xC0) != 0x80;
	va_start(arguments, format);
	vsnprintf(message, sizeof message, format, arguments);
	va_end(arguments);
	return error_set(f->error, EX_DATAERR, "column %zu of the filter: %s", column, message);
}

static int fail_sign(struct filter *f, const struct condition *c, const char *what)
{
	return fail(f, c->sign_at, _("%s with \"%.*s\" has no counterpart in khabar: %s"),
		c->attribute->name, STR_ARG(c->sign), what);
}

static int fail_value(struct filter *f, const struct condition *c, const char *what)
{
	return fail(f, c->value_at,
		_("%s with the value \"%.*s\" has no counterpart in khabar: %s"),
		c->attribute->name, STR_ARG(str_slice(c->value, 0, 60)), what);
}

/* ---- conditions ----------------------------------------------------------- */

static bool is_negated(enum relation relation)
{
	return relation == UNEQUAL || relation == MATCHES_NOT || relation == HOLDS_NOT;
}

/* "field:" or "-field:", and the slash of an expression. */
static void open_field(struct filter *f, const struct condition *c, const char *field)
{
	buffer_printf(f->out, "%s%s:/", is_negated(c->relation) ? "-" : "", field);
}

static int put_regex(struct filter *f, const struct condition *c)
{
	const char *wrong = newsboat_regex(c->value, f->out);
	return wrong ? fail(f, c->value_at,
			       _("the regular expression of %s is not understood: %s: "
				 "write it in another way"),
			       c->attribute->name, _(wrong))
		     : 0;
}

/* newsboat cuts what it compares with "#" at blanks. */
static int check_word(struct filter *f, const struct condition *c)
{
	if (c->value.len > 0 && str_find(c->value, STR(" ")) < 0)
		return 0;
	return fail_value(f, c, _("\"#\" looks for one word without blanks"));
}

/* The value as an expression behind the slash, and what ends it. */
static int put_text(struct filter *f, const struct condition *c)
{
	switch (c->relation) {
	case EQUAL:
	case UNEQUAL:
		buffer_byte(f->out, '^');
		newsboat_regex_literal(c->value, f->out);
		buffer_str(f->out, STR("$/"));
		return 0;
	case MATCHES:
	case MATCHES_NOT:
		if (put_regex(f, c) < 0)
			return -1;
		buffer_str(f->out, STR("/i"));
		return 0;
	case HOLDS:
	case HOLDS_NOT:
		if (check_word(f, c) < 0)
			return -1;
		buffer_str(f->out, STR("(?:^| )"));
		newsboat_regex_literal(c->value, f->out);
		buffer_str(f->out, STR("(?: |$)/"));
		return 0;
	default:
		return fail_sign(f, c, _("text is not compared as a number; use =~"));
	}
}

static int by_text(struct filter *f, const struct condition *c)
{
	open_field(f, c, c->attribute->field);
	return put_text(f, c);
}

/*
 * feed: asks both the title and the address of a feed.  What has to begin the text of the two
 * tells them apart; for whole texts that is not needed.
 */
static int by_feed(struct filter *f, const struct condition *c)
{
	open_field(f, c, "feed");
	if (c->relation != MATCHES && c->relation != MATCHES_NOT)
		return put_text(f, c);
	buffer_printf(f->out, "^%s.*?(?:", c->attribute->field);
	if (put_regex(f, c) < 0)
		return -1;
	buffer_str(f->out, STR(")/i"));
	return 0;
}

static int by_unread(struct filter *f, const struct condition *c)
{
	bool yes = str_equal(c->value, STR("yes"));
	if (!yes && !str_equal(c->value, STR("no")))
		return fail_value(f, c, _("it is \"yes\" or \"no\""));
	if (c->relation > MATCHES_NOT && c->relation != HOLDS && c->relation != HOLDS_NOT)
		return fail_sign(f, c, _("use \"=\""));
	buffer_str(f->out, yes != is_negated(c->relation) ? STR("is:unread") : STR("is:read"));
	return 0;
}

static int put_state(struct filter *f, bool so, const char *state)
{
	buffer_printf(f->out, "%s%s", so ? "" : "-", state);
	return 0;
}

/* Any flag has become a star: store/foreign.h. */
static int by_flags(struct filter *f, const struct condition *c)
{
	static const char reason[] = N_("a flag of any letter is a star there; make a list "
					"with is:starred");
	char letter = c->value.len == 1 ? (char)(c->value.ptr[0] | 0x20) : '\0';
	bool some = c->value.len == 0;
	if (some && (c->relation == EQUAL || c->relation == UNEQUAL))
		return put_state(f, c->relation == UNEQUAL, "is:starred");
	if (letter < 'a' || letter > 'z')
		return fail_value(f, c, _(reason));
	if (c->relation == UNEQUAL || (c->relation > MATCHES_NOT && c->relation < HOLDS))
		return fail_sign(f, c, _(reason));
	return put_state(f, !is_negated(c->relation), "is:starred");
}

static int by_enclosure(struct filter *f, const struct condition *c)
{
	if (c->relation != EQUAL && c->relation != UNEQUAL)
		return fail_sign(f, c, _("only whether there is one is asked; use has:enclosure"));
	if (c->value.len > 0)
		return fail_value(f, c, _("only whether there is one is asked; use has:enclosure"));
	return put_state(f, c->relation == UNEQUAL, "has:enclosure");
}

/* Days, all of the text; -1: they are none, or too many. */
static int read_days(struct str text)
{
	int days = text.len > 0 ? 0 : -1;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9' || days > MOST_DAYS)
			return -1;
		days = days * 10 + (text.ptr[i] - '0');
	}
	return days > MOST_DAYS ? -1 : days;
}

/* newsboat's age is in whole days that have passed: up to 7 is less than 8 of them. */
static int by_age(struct filter *f, const struct condition *c)
{
	struct str rest = c->value, low = c->value;
	if (c->relation == BETWEEN && !str_split(&rest, ':', &low))
		return fail_value(f, c, _("give two numbers of days, as 0:10"));
	int from = read_days(low), to = c->relation == BETWEEN ? read_days(rest) : from;
	if (from < 0 || to < 0)
		return fail_value(f, c,
			c->relation == BETWEEN ? _("give two numbers of days, as 0:10")
					       : _("give a number of days"));
	int first = from < to ? from : to, behind = (from < to ? to : from) + 1;
	switch (c->relation) {
	case LESS:
		buffer_printf(f->out, "age<%dd", first);
		return 0;
	case MOST:
		buffer_printf(f->out, "age<%dd", behind);
		return 0;
	case MORE:
		buffer_printf(f->out, "age>=%dd", behind);
		return 0;
	case LEAST:
		buffer_printf(f->out, "age>=%dd", first);
		return 0;
	case EQUAL:
	case BETWEEN:
		buffer_printf(f->out, "(age>=%dd age<%dd)", first, behind);
		return 0;
	case UNEQUAL:
		buffer_printf(f->out, "(age<%dd or age>=%dd)", first, behind);
		return 0;
	default:
		return fail_sign(f, c, _("an age is compared as a number"));
	}
}

/*
 * newsboat looks through all tags of a feed in one text; here each is looked at alone, so an
 * expression that may reach from one to the next, or ask where the text ends, is another one.
 */
static int by_tags(struct filter *f, const struct condition *c)
{
	bool regex = c->relation == MATCHES || c->relation == MATCHES_NOT;
	if (!regex && c->relation != HOLDS && c->relation != HOLDS_NOT)
		return fail_sign(f, c, _("use \"#\", for one tag"));
	for (size_t i = 0; regex && i < c->value.len; i++) {
		if (strchr(" \\^$.[*+?{", c->value.ptr[i]))
			return fail_value(f, c, _("use \"#\", for one tag"));
	}
	if (regex) {
		open_field(f, c, "tag");
		return put_text(f, c);
	}
	if (check_word(f, c) < 0)
		return -1;
	if (str_find(c->value, STR("\"")) >= 0) {
		open_field(f, c, "tag");
		buffer_byte(f->out, '^');
		newsboat_regex_literal(c->value, f->out);
		buffer_str(f->out, STR("$/"));
		return 0;
	}
	buffer_printf(
		f->out, "%stag:\"%.*s\"", is_negated(c->relation) ? "-" : "", STR_ARG(c->value));
	return 0;
}

/* ---- reading -------------------------------------------------------------- */

static char byte_at(const struct filter *f, size_t at)
{
	return at < f->text.len ? f->text.ptr[at] : '\0';
}

static void skip_blanks(struct filter *f)
{
	while (f->at < f->text.len && strchr(" \t\r\n", f->text.ptr[f->at]))
		f->at++;
}

static bool is_name(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || byte == '_';
}

static struct str take_name(struct filter *f)
{
	size_t from = f->at;
	while (is_name(byte_at(f, f->at)))
		f->at++;
	return str_slice(f->text, from, f->at);
}

static int take_attribute(struct filter *f, struct condition *c)
{
	c->attribute_at = f->at;
	struct str name = take_name(f);
	if (name.len == 0)
		return fail(f, f->at, _("an attribute is missing there: write one, as in age < 7"));
	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
		if (str_equal(name, str_of(attributes[i].name)))
			c->attribute = &attributes[i];
	}
	struct str shown = str_slice(name, 0, 40);
	if (!c->attribute)
		return fail(f, c->attribute_at,
			_("newsboat's articles have no \"%.*s\": correct it"), STR_ARG(shown));
	if (!c->attribute->translate)
		return fail(f, c->attribute_at, _("%s has no counterpart in khabar: %s"),
			c->attribute->name, _(c->attribute->field));
	return 0;
}

static int take_sign(struct filter *f, struct condition *c)
{
	skip_blanks(f);
	c->sign_at = f->at;
	struct str rest = str_slice(f->text, f->at, f->text.len);
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		if (str_starts(rest, signs[i].text)) {
			c->sign = signs[i].text;
			c->relation = signs[i].relation;
			f->at += c->sign.len;
			return 0;
		}
	}
	return fail(f, f->at, _("no operator stands behind %s: write one, as = or =~"),
		c->attribute->name);
}

/* "..." into *value; a backslash takes the mark, and stays where it stands before another one. */
static int take_quoted(struct filter *f, struct buffer *value)
{
	size_t open = f->at++;
	for (; f->at < f->text.len && f->text.ptr[f->at] != '"'; f->at++) {
		char next = byte_at(f, f->at + 1);
		bool escape = f->text.ptr[f->at] == '\\' && (next == '"' || next == '\\');
		if (escape && next == '\\')
			buffer_byte(value, '\\');
		f->at += escape;
		buffer_byte(value, f->text.ptr[f->at]);
	}
	if (f->at == f->text.len)
		return fail(f, open, _("the quotation mark is not closed: close it"));
	f->at++;
	return 0;
}

/* A text in quotation marks, a number, a range. */
static int take_value(struct filter *f, struct condition *c, struct buffer *value)
{
	skip_blanks(f);
	c->value_at = f->at;
	buffer_str(value, STR(""));
	if (byte_at(f, f->at) == '"') {
		if (take_quoted(f, value) < 0)
			return -1;
	} else {
		while (byte_at(f, f->at) && strchr("-0123456789:", byte_at(f, f->at)))
			buffer_byte(value, f->text.ptr[f->at++]);
		if (f->at == c->value_at)
			return fail(f, f->at,
				_("no value stands behind \"%.*s\": put text in "
				  "quotation marks"),
				STR_ARG(c->sign));
	}
	struct str view = buffer_view(value);
	c->value = view.ptr ? view : STR("");
	return value->failed ? error_no_memory(f->error) : 0;
}

static int take_condition(struct filter *f)
{
	struct condition c = {0};
	struct buffer value = {0};
	int result = -1;
	if (take_attribute(f, &c) == 0 && take_sign(f, &c) == 0 && take_value(f, &c, &value) == 0)
		result = c.relation == BETWEEN && c.attribute->translate != by_age
				 ? fail_sign(f, &c, _("it is for numbers"))
				 : c.attribute->translate(f, &c);
	buffer_free(&value);
	return result;
}

/* ---- joining -------------------------------------------------------------- */

static int open_level(struct filter *f)
{
	if (f->depth == NEWSBOAT_FILTER_DEEPEST)
		return fail(f, f->at,
			_("more than %d parentheses stand within one another: "
			  "make it flatter"),
			NEWSBOAT_FILTER_DEEPEST);
	f->at++;
	f->depth++;
	buffer_byte(f->out, '(');
	f->levels[f->depth] = BY_NOTHING;
	return 0;
}

static int close_level(struct filter *f)
{
	if (f->depth == 0)
		return fail(f, f->at, _("there is no parenthesis to close: leave it out"));
	f->at++;
	buffer_byte(f->out, ')');
	f->depth--;
	return 0;
}

/*
 * "and" and "or" have no precedence: older versions of newsboat join from the left, newer ones
 * from the right.  So where both stand at one level nobody knows what was meant.
 */
static int take_junction(struct filter *f)
{
	enum junction *level = &f->levels[f->depth];
	size_t at = f->at;
	struct str word = take_name(f);
	bool is_and = str_equal(word, STR("and"));
	if (!is_and && !str_equal(word, STR("or")))
		return fail(f, at, _("\"and\" or \"or\" is expected there: write one"));
	if (*level == (is_and ? BY_OR : BY_AND))
		return fail(f, at,
			_("\"%s\" is mixed with \"%s\", which versions of newsboat read "
			  "differently: "
			  "put parentheses around what belongs together"),
			is_and ? "and" : "or", is_and ? "or" : "and");
	*level = is_and ? BY_AND : BY_OR;
	buffer_str(f->out, is_and ? STR(" ") : STR(" or "));
	return 0;
}

static int take_all(struct filter *f)
{
	bool operand = true; /* one is to come */
	for (skip_blanks(f); f->at < f->text.len; skip_blanks(f)) {
		int result;
		if (operand && byte_at(f, f->at) == '(') {
			result = open_level(f);
		} else if (operand) {
			result = take_condition(f);
			operand = false;
		} else if (byte_at(f, f->at) == ')') {
			result = close_level(f);
		} else {
			result = take_junction(f);
			operand = true;
		}
		if (result < 0)
			return -1;
	}
	if (operand)
		return fail(f, f->at, _("something is missing at the end: write a condition"));
	if (f->depth > 0)
		return fail(f, f->at, _("a parenthesis is not closed: close it"));
	return 0;
}

int newsboat_filter(struct str filter, struct buffer *query, struct error *error)
{
	struct filter f = {.text = filter, .out = query, .error = error};
	if (take_all(&f) < 0)
		return -1;
	return query->failed ? error_no_memory(error) : 0;
}
