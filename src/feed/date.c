#include "feed/date.h"

#include "base/utf8.h"
#include "feed/date_private.h"
#include "text/fold.h"

/*
 * A date is cut into numbers and words; the time is found by its colons (or behind a "T"), the zone
 * behind it, and what is left is the day.  A number that has no part in it makes it no date.
 */

enum { LENGTH_MAX = 200 }; /* bytes of a date */

/* ---- tokens ---- */

static char sign_of(uint32_t cp)
{
	if (cp == 0x2212 || (cp >= 0x2010 && cp <= 0x2014))
		return '-';
	if (cp == 0xFF1A || cp == 0x2236)
		return ':';
	return cp < 0x80 ? (char)cp : ',';
}

static struct date_token *new_token(struct date *d, bool number, char before, bool bracket)
{
	if (d->count == DATE_TOKENS_MAX)
		return NULL;
	struct date_token *t = &d->tokens[d->count++];
	*t = (struct date_token){.number = number, .before = before, .bracket = bracket};
	return t;
}

static bool add_to(struct date_token *t, uint32_t folded)
{
	if (t->number) {
		t->value = t->value * 10 + (int64_t)(folded - '0');
		return ++t->digits <= 17;
	}
	size_t len = strlen(t->word);
	char bytes[4];
	size_t n = utf8_encode(folded, bytes);
	if (len + n >= sizeof t->word)
		return false;
	memcpy(t->word + len, bytes, n);
	return true;
}

/* False: too long to be a date. */
static bool tokenize(struct str text, struct date *d)
{
	struct date_token *t = NULL;
	char before = 0;
	int brackets = 0;
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		uint32_t folded = fold_code_point(cp);
		if (folded == 0)
			continue;
		if (!fold_is_word(folded, t && !t->number)) {
			brackets += cp == '(';
			brackets -= cp == ')' && brackets > 0;
			char sign = folded == ' ' ? ' ' : sign_of(cp);
			/* "+ 0200": the sign counts, not the blank. */
			before = sign == ' ' && (before == '+' || before == ':') ? before : sign;
			t = NULL;
			continue;
		}
		bool digit = folded >= '0' && folded <= '9';
		if (!t || t->number != digit) {
			t = new_token(d, digit, t ? 0 : before, brackets > 0);
			before = 0;
		}
		if (!t || !add_to(t, folded))
			return false;
	}
	return d->count > 0;
}

struct str date_word(const struct date_token *t)
{
	return str_of(t->number ? "" : t->word);
}

bool date_is_word(const struct date *d, size_t i, const char *word)
{
	return i < d->count && !d->tokens[i].number && strcmp(d->tokens[i].word, word) == 0;
}

bool date_is_number(const struct date *d, size_t i)
{
	return i < d->count && d->tokens[i].number && !d->tokens[i].used;
}

/* ---- all of it ---- */

/* Digits alone: seconds, milliseconds, or year, month, day, hour ... without a sign. */
static bool compact(const struct date_token *t, int64_t *unix_seconds)
{
	if (t->digits == 9 || t->digits == 10 || t->digits == 11 || t->digits == 13) {
		*unix_seconds = t->digits == 13 ? t->value / 1000 : t->value;
		return *unix_seconds <= INT64_C(7258118399); /* 2199-12-31 */
	}
	if (t->digits != 14 && t->digits != 12)
		return false;
	int64_t v = t->digits == 14 ? t->value : t->value * 100;
	struct date d = {.year = (int)(v / 10000000000),
		.month = (int)(v / 100000000 % 100),
		.day = (int)(v / 1000000 % 100)};
	struct date_clock c = {v / 10000 % 100, v / 100 % 100, v % 100};
	int64_t days;
	if (date_set_time(&d, c, 0, 0) < 0 || !date_days(&d, &days))
		return false;
	*unix_seconds = days * 86400 + d.seconds;
	return true;
}

bool feed_date_parse(struct str text, int64_t *unix_seconds)
{
	struct date d = {.count = 0};
	int64_t days;
	text = str_trim(text);
	if (text.len == 0 || text.len > LENGTH_MAX || !tokenize(text, &d))
		return false;
	/* "1072915200", "1072915200.5" */
	const struct date_token *first = d.tokens;
	bool alone =
		d.count == 1 || (d.count == 2 && d.tokens[1].number && d.tokens[1].before == '.');
	if (alone && first->number && first->digits >= 9 &&
		(first->before == 0 || first->before == '+'))
		return compact(first, unix_seconds);
	if (date_take_time(&d) < 0 || !date_take_day(&d, &days))
		return false;
	*unix_seconds = days * 86400 + d.seconds;
	return true;
}

void feed_date_write(int64_t unix_seconds, struct buffer *out)
{
	int64_t days = unix_seconds / 86400, rest = unix_seconds % 86400;
	if (rest < 0) {
		rest += 86400;
		days--;
	}
	/* Years start in March; 146,097 days are 400 years. */
	int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t of_era = z - era * 146097;
	int64_t of_year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t day = of_era - (365 * of_year + of_year / 4 - of_year / 100);
	int64_t shifted = (5 * day + 2) / 153, month = shifted < 10 ? shifted + 3 : shifted - 9;
	buffer_printf(out, "%04d-%02d-%02dT%02d:%02d:%02dZ",
		(int)(of_year + era * 400 + (month <= 2)), (int)month,
		(int)(day - (153 * shifted + 2) / 5 + 1), (int)(rest / 3600), (int)(rest / 60 % 60),
		(int)(rest % 60));
}
