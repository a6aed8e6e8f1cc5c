#include "feed/date.h"

#include "article/dateline.h"
#include "base/utf8.h"
#include "feed/date_names.h"
#include "text/fold.h"

#include <string.h>

/*
 * A date is cut into numbers and words; the time is found by its colons (or behind a "T"), the zone
 * behind it, and what is left is the day.  A number that has no part in it makes it no date.
 */

enum {
	TOKENS_MAX = 24,
	WORD_MAX = 48,    /* bytes */
	LENGTH_MAX = 200, /* bytes of a date */
};

struct token {
	bool number, used;
	int64_t value;
	int digits;
	char before; /* the sign right before it: 0 none, ' ' white space, ',' any other sign */
	bool bracket; /* in parentheses: a comment */
	char word[WORD_MAX];
};

struct date {
	struct token tokens[TOKENS_MAX];
	size_t count;
	int year, month, day;
	bool jalali;
	int64_t seconds; /* of the day, UTC */
};

/* ---- tokens ---- */

static char sign_of(uint32_t cp)
{
	if (cp == 0x2212 || (cp >= 0x2010 && cp <= 0x2014))
		return '-';
	if (cp == 0xFF1A || cp == 0x2236)
		return ':';
	return cp < 0x80 ? (char)cp : ',';
}

static struct token *new_token(struct date *d, bool number, char before, bool bracket)
{
	if (d->count == TOKENS_MAX)
		return NULL;
	struct token *t = &d->tokens[d->count++];
	*t = (struct token){.number = number, .before = before, .bracket = bracket};
	return t;
}

static bool add_to(struct token *t, uint32_t folded)
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
	struct token *t = NULL;
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

static struct str word_of(const struct token *t)
{
	return str_of(t->number ? "" : t->word);
}

static bool is_word(const struct date *d, size_t i, const char *word)
{
	return i < d->count && !d->tokens[i].number && strcmp(d->tokens[i].word, word) == 0;
}

static bool is_number(const struct date *d, size_t i)
{
	return i < d->count && d->tokens[i].number && !d->tokens[i].used;
}

/* ---- zone ---- */

/* "+0200", "-08:00", "+2": the number at i, its sign before it.  -1: out of range. */
static int numeric_zone(struct date *d, size_t i, int *minutes)
{
	struct token *t = &d->tokens[i];
	int64_t hours = t->value, rest = 0;
	t->used = true;
	if (t->digits == 3 || t->digits == 4) {
		hours = t->value / 100;
		rest = t->value % 100;
	} else if (t->digits > 4) {
		return -1;
	} else if (is_number(d, i + 1) && d->tokens[i + 1].before == ':') {
		rest = d->tokens[i + 1].value;
		d->tokens[i + 1].used = true;
	}
	if (hours > 24 || rest > 59)
		return -1;
	*minutes = (int)(hours * 60 + rest) * (t->before == '-' ? -1 : 1);
	return 0;
}

/* The zone that starts at token i, behind a time. */
static int zone_at(struct date *d, size_t i, int *minutes)
{
	*minutes = 0;
	if (is_word(d, i, "etc")) /* "Etc/GMT" */
		d->tokens[i++].used = true;
	if (i < d->count && !d->tokens[i].number) {
		struct token *t = &d->tokens[i];
		if (d->tokens[i].bracket || !date_names_zone(word_of(t), minutes))
			return 0;
		t->used = true;
		i++;
		bool universal = *minutes == 0 && strlen(t->word) > 1;
		if (!universal) /* "EST -0500": the name again, as a number */
			universal = is_number(d, i) && d->tokens[i].digits == 4;
		if (!universal)
			return 0;
	}
	bool sign = is_number(d, i) && (d->tokens[i].before == '+' || d->tokens[i].before == '-');
	return sign ? numeric_zone(d, i, minutes) : 0;
}

/* ---- time ---- */

/* A half of the day in the words at i, which are marked used: "pm", "p.m.", "ق.ظ". */
static int half_at(struct date *d, size_t i, size_t *behind)
{
	char both[2 * WORD_MAX] = "";
	size_t len = 0;
	for (size_t k = i; k < i + 3 && k < d->count && !d->tokens[k].number; k++) {
		size_t n = strlen(d->tokens[k].word);
		if (len + n >= sizeof both)
			return 0;
		memcpy(both + len, d->tokens[k].word, n + 1);
		len += n;
		int half = date_names_half((struct str){both, len});
		if (half == 0)
			continue;
		for (size_t m = i; m <= k; m++)
			d->tokens[m].used = true;
		*behind = k + 1;
		return half;
	}
	return 0;
}

struct clock {
	int64_t hour, minute, second;
};

/* Turns the time into seconds.  -1: out of range. */
static int set_time(struct date *d, struct clock c, int half, int zone)
{
	if (half > 0 && c.hour <= 12)
		c.hour = c.hour % 12 + (half == 2 ? 12 : 0);
	bool midnight = c.hour == 24 && c.minute == 0 && c.second == 0;
	if ((c.hour > 23 && !midnight) || c.minute > 59 || c.second > 60)
		return -1;
	if (c.second == 60)
		c.second = 59;
	d->seconds = c.hour * 3600 + c.minute * 60 + c.second - zone * 60;
	return 0;
}

/* What follows the numbers of a time: fraction, half, zone. */
static int end_time(struct date *d, size_t first, size_t i, struct clock c)
{
	int zone = 0, half = 0;
	char point = is_number(d, i) ? d->tokens[i].before : 0;
	if (point == '.' || point == ',')
		d->tokens[i++].used = true;
	for (size_t k = first > 3 ? first - 3 : 0, behind; k < first && half == 0; k++) {
		half = half_at(d, k, &behind);
		if (half > 0 && behind != first)
			half = 0;
	}
	if (half == 0)
		half = half_at(d, i, &i);
	if (zone_at(d, i, &zone) < 0)
		return -1;
	return set_time(d, c, half, zone);
}

/* "10:14", "10:14:55.12 pm +0200": from the number at i. */
static int colon_time(struct date *d, size_t i)
{
	size_t first = i;
	struct clock c = {.hour = d->tokens[i].value, .minute = d->tokens[i + 1].value};
	if (d->tokens[i].digits > 2 || d->tokens[i + 1].digits > 2)
		return -1;
	d->tokens[i].used = d->tokens[i + 1].used = true;
	i += 2;
	if (is_number(d, i) && d->tokens[i].before == ':') {
		if (d->tokens[i].digits > 2)
			return -1;
		c.second = d->tokens[i].value;
		d->tokens[i++].used = true;
	}
	return end_time(d, first, i, c);
}

/* "T101455", "T1014", "T10": the number at i. */
static int basic_time(struct date *d, size_t i)
{
	struct token *t = &d->tokens[i];
	struct clock c = {0};
	if (t->digits == 6)
		c = (struct clock){t->value / 10000, t->value / 100 % 100, t->value % 100};
	else if (t->digits == 4)
		c = (struct clock){t->value / 100, t->value % 100, 0};
	else if (t->digits == 2)
		c = (struct clock){t->value, 0, 0};
	else
		return -1;
	t->used = true;
	return end_time(d, i, i + 1, c);
}

/* Korean, Chinese and Japanese: hours, minutes, seconds, each with its word. */
static bool is_hour_word(const struct date *d, size_t i)
{
	return is_word(d, i, "시") || is_word(d, i, "時") || is_word(d, i, "点");
}

static int worded_time(struct date *d, size_t i)
{
	struct clock c = {.hour = d->tokens[i].value};
	size_t first = i;
	d->tokens[i].used = true;
	i += 2;
	if (is_number(d, i) && (is_word(d, i + 1, "분") || is_word(d, i + 1, "分"))) {
		c.minute = d->tokens[i].value;
		d->tokens[i].used = true;
		i += 2;
	}
	if (is_number(d, i) && (is_word(d, i + 1, "초") || is_word(d, i + 1, "秒"))) {
		c.second = d->tokens[i].value;
		d->tokens[i].used = true;
		i += 2;
	}
	return end_time(d, first, i, c);
}

/* Finds and uses up the time.  -1: there is one that is out of range. */
static int take_time(struct date *d)
{
	for (size_t i = 0; i < d->count; i++) {
		if (!is_number(d, i) || d->tokens[i].bracket)
			continue;
		if (is_number(d, i + 1) && d->tokens[i + 1].before == ':')
			return colon_time(d, i);
		if (is_hour_word(d, i + 1))
			return worded_time(d, i);
		bool behind_t = i > 1 && is_word(d, i - 1, "t") && d->tokens[i].before == 0 &&
			d->tokens[i - 1].before == 0;
		if (behind_t)
			return basic_time(d, i);
	}
	return 0;
}

/* ---- day ---- */

/* RFC 2822, section 4.3. */
static int full_year(int64_t value, int digits)
{
	if (digits == 2)
		return (int)(value < 50 ? 2000 + value : 1900 + value);
	if (digits == 3)
		return (int)(1900 + value);
	return digits == 4 ? (int)value : -1;
}

static int year_of(const struct token *t)
{
	return full_year(t->value, t->digits);
}

static bool is_leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static bool from_ordinal(struct date *d, int year, int64_t ordinal)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (ordinal < 1 || ordinal > 365 + is_leap(year))
		return false;
	int month = 0;
	for (;; month++) {
		int length = lengths[month] + (month == 1 && is_leap(year));
		if (ordinal <= length)
			break;
		ordinal -= length;
	}
	d->year = year;
	d->month = month + 1;
	d->day = (int)ordinal;
	return true;
}

/* The Monday of the week of a day; both as days since 1970-01-01, a Thursday. */
static int64_t monday_of(int64_t day)
{
	return day - ((day + 3) % 7 + 7) % 7;
}

/* ISO 8601 weeks: week 1 holds January 4th, weeks start on Monday. */
static bool from_week(int year, int64_t week, int64_t weekday, int64_t *days)
{
	if (year < FEED_DATE_YEAR_MIN || year > FEED_DATE_YEAR_MAX || week < 1 || week > 53 ||
			weekday < 1 || weekday > 7)
		return false;
	int64_t monday = monday_of(dateline_gregorian(year, 1, 4)) + (week - 1) * 7;
	*days = monday + weekday - 1;
	return monday < monday_of(dateline_gregorian(year + 1, 1, 4));
}

/* One number of digits alone: what it can only be by its length. */
static bool from_digits(struct date *d, const struct token *t)
{
	int64_t v = t->value;
	d->month = d->day = 1;
	switch (t->digits) {
	case 4:
		d->year = (int)v;
		return true;
	case 5:
		return from_ordinal(d, full_year(v / 1000, 2), v % 1000);
	case 7:
		return from_ordinal(d, (int)(v / 1000), v % 1000);
	case 6:
		d->year = full_year(v / 10000, 2);
		break;
	case 8:
		d->year = (int)(v / 10000);
		break;
	default:
		return false;
	}
	d->month = (int)(v / 100 % 100);
	d->day = (int)(v % 100);
	return true;
}

struct numbers {
	const struct token *items[4];
	size_t count;
};

static bool from_named(struct date *d, const struct numbers *n)
{
	const struct token *first = n->items[0], *second = n->items[1];
	d->day = 1;
	if (n->count == 1) {
		d->year = year_of(first);
		return first->digits > 2;
	}
	if (n->count != 2)
		return false;
	bool year_first = first->digits > 2 || first->value > 31;
	const struct token *year = year_first ? first : second, *day = year_first ? second : first;
	d->year = year_of(year);
	d->day = (int)day->value;
	return day->digits <= 2;
}

/* "2003-12-31", "31.12.2003", "12/31/2003", "03-12-31". */
static bool from_three(struct date *d, const struct numbers *n)
{
	const struct token *a = n->items[0], *b = n->items[1], *c = n->items[2];
	bool short_iso = a->digits == 2 && c->digits == 2 && b->before == '-';
	if (b->digits > 2 || a->digits > 4 || c->digits > 4)
		return false;
	if (a->digits > 2 || short_iso || a->value > 31) {
		d->year = year_of(a);
		d->month = (int)b->value;
		d->day = (int)c->value;
		return c->digits <= 2;
	}
	bool month_first = b->value > 12 && a->value <= 12;
	d->year = year_of(c);
	d->month = (int)(month_first ? a->value : b->value);
	d->day = (int)(month_first ? b->value : a->value);
	return true;
}

static bool from_numbers(struct date *d, const struct numbers *n)
{
	const struct token *a = n->items[0], *b = n->items[1];
	if (n->count == 1 && a->before == '-' && a->digits == 4) { /* "-0312": year and month */
		d->year = full_year(a->value / 100, 2);
		d->month = (int)(a->value % 100);
		d->day = 1;
		return true;
	}
	if (n->count == 1)
		return from_digits(d, a);
	if (n->count == 2 && b->digits == 3)
		return from_ordinal(d, year_of(a), b->value);
	if (n->count == 2) {
		bool year = a->digits == 4 || (a->before == '-' && a->digits == 2);
		d->year = year_of(a);
		d->month = (int)b->value;
		d->day = 1;
		return year && b->digits <= 2;
	}
	return n->count == 3 && from_three(d, n);
}

/* The month among the words: the last one that names one, "Mar 5 mai" being a Tuesday. */
static int take_month(struct date *d)
{
	int month = 0;
	for (size_t i = 0; i < d->count; i++) {
		const struct token *t = &d->tokens[i], *next = t + 1;
		if (t->number || t->used)
			continue;
		bool jalali = false;
		int found = 0;
		if (i + 1 < d->count && !next->number) {
			char both[2 * WORD_MAX];
			size_t len = strlen(t->word), more = strlen(next->word);
			memcpy(both, t->word, len);
			memcpy(both + len, next->word, more);
			found = date_names_month((struct str){both, len + more}, &jalali);
		}
		if (found == 0)
			found = date_names_month(word_of(t), &jalali);
		if (found == 0)
			continue;
		month = found;
		d->jalali = jalali;
	}
	return month;
}

/* The week of "2003-W52-3" or "2003W523"; false: there is none. */
static bool take_week(struct date *d, bool *good, int64_t *days)
{
	for (size_t i = 1; i < d->count; i++) {
		if (!is_word(d, i, "w") || !is_number(d, i - 1) || !is_number(d, i + 1))
			continue;
		const struct token *week = &d->tokens[i + 1];
		int64_t number = week->value, weekday = 1;
		if (week->digits == 3) {
			weekday = number % 10;
			number /= 10;
		} else if (is_number(d, i + 2)) {
			weekday = d->tokens[i + 2].value;
		}
		*good = d->tokens[i - 1].digits == 4 &&
			from_week((int)d->tokens[i - 1].value, number, weekday, days);
		return true;
	}
	return false;
}

static bool days_of(const struct date *d, int64_t *days)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	/* A year of that size is one of Iran. */
	if (d->jalali || (d->year >= 1300 && d->year <= 1420))
		return dateline_jalali(d->year, d->month, d->day, days) &&
			*days >= dateline_gregorian(FEED_DATE_YEAR_MIN, 1, 1);
	if (d->year < FEED_DATE_YEAR_MIN || d->year > FEED_DATE_YEAR_MAX || d->month < 1 ||
			d->month > 12 || d->day < 1)
		return false;
	if (d->day > lengths[d->month - 1] + (d->month == 2 && is_leap(d->year)))
		return false;
	*days = dateline_gregorian(d->year, d->month, d->day);
	return true;
}

static bool take_day(struct date *d, int64_t *days)
{
	struct numbers n = {.count = 0};
	bool good;
	if (take_week(d, &good, days))
		return good;
	int month = take_month(d);
	for (size_t i = 0; i < d->count; i++) {
		if (!is_number(d, i) || d->tokens[i].bracket)
			continue;
		if (n.count == 4)
			return false;
		n.items[n.count++] = &d->tokens[i];
	}
	if (n.count == 0)
		return false;
	if (month == 0)
		return from_numbers(d, &n) && days_of(d, days);
	good = from_named(d, &n);
	d->month = month;
	return good && days_of(d, days);
}

/* ---- all of it ---- */

/* Digits alone: seconds, milliseconds, or year, month, day, hour ... without a sign. */
static bool compact(const struct token *t, int64_t *unix_seconds)
{
	if (t->digits == 9 || t->digits == 10 || t->digits == 11) {
		*unix_seconds = t->value;
		return t->value <= INT64_C(7258118399); /* 2199-12-31 */
	}
	if (t->digits == 13) {
		*unix_seconds = t->value / 1000;
		return true;
	}
	if (t->digits != 14 && t->digits != 12)
		return false;
	int64_t v = t->digits == 14 ? t->value : t->value * 100;
	struct date d = {.year = (int)(v / 10000000000), .month = (int)(v / 100000000 % 100),
		.day = (int)(v / 1000000 % 100)};
	struct clock c = {v / 10000 % 100, v / 100 % 100, v % 100};
	int64_t days;
	if (set_time(&d, c, 0, 0) < 0 || !days_of(&d, &days))
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
	const struct token *first = d.tokens;
	bool alone = d.count == 1 || (d.count == 2 && d.tokens[1].number && d.tokens[1].before == '.');
	if (alone && first->number && first->digits >= 9 && (first->before == 0 || first->before == '+'))
		return compact(first, unix_seconds);
	if (take_time(&d) < 0 || !take_day(&d, &days))
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
			(int)(day - (153 * shifted + 2) / 5 + 1), (int)(rest / 3600),
			(int)(rest / 60 % 60), (int)(rest % 60));
}
