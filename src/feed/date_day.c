/* The day of a date: by names of months, numbers, the day of the year, the week. */
#include "article/dateline.h"
#include "feed/date_names.h"
#include "feed/date_private.h"

/* RFC 2822, section 4.3. */
static int full_year(int64_t value, int digits)
{
	if (digits == 2)
		return (int)(value < 50 ? 2000 + value : 1900 + value);
	if (digits == 3)
		return (int)(1900 + value);
	return digits == 4 ? (int)value : -1;
}

static int year_of(const struct date_token *t)
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
static bool from_digits(struct date *d, const struct date_token *t)
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
	const struct date_token *items[4];
	size_t count;
};

static bool from_named(struct date *d, const struct numbers *n)
{
	const struct date_token *first = n->items[0], *second = n->items[1];
	d->day = 1;
	if (n->count == 1) {
		d->year = year_of(first);
		return first->digits > 2;
	}
	if (n->count != 2)
		return false;
	bool year_first = first->digits > 2 || first->value > 31;
	const struct date_token *year = year_first ? first : second,
				*day = year_first ? second : first;
	d->year = year_of(year);
	d->day = (int)day->value;
	return day->digits <= 2;
}

/* "2003-12-31", "31.12.2003", "12/31/2003", "03-12-31". */
static bool from_three(struct date *d, const struct numbers *n)
{
	const struct date_token *a = n->items[0], *b = n->items[1], *c = n->items[2];
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
	const struct date_token *a = n->items[0], *b = n->items[1];
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
		const struct date_token *t = &d->tokens[i], *next = t + 1;
		if (t->number || t->used)
			continue;
		bool jalali = false;
		int found = 0;
		if (i + 1 < d->count && !next->number) {
			char both[2 * DATE_WORD_MAX];
			size_t len = strlen(t->word), more = strlen(next->word);
			memcpy(both, t->word, len);
			memcpy(both + len, next->word, more);
			found = date_names_month((struct str){both, len + more}, &jalali);
		}
		if (found == 0)
			found = date_names_month(date_word(t), &jalali);
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
		if (!date_is_word(d, i, "w") || !date_is_number(d, i - 1) ||
			!date_is_number(d, i + 1))
			continue;
		const struct date_token *week = &d->tokens[i + 1];
		int64_t number = week->value, weekday = 1;
		if (week->digits == 3) {
			weekday = number % 10;
			number /= 10;
		} else if (date_is_number(d, i + 2)) {
			weekday = d->tokens[i + 2].value;
		}
		*good = d->tokens[i - 1].digits == 4 &&
			from_week((int)d->tokens[i - 1].value, number, weekday, days);
		return true;
	}
	return false;
}

bool date_days(const struct date *d, int64_t *days)
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

bool date_take_day(struct date *d, int64_t *days)
{
	struct numbers n = {.count = 0};
	bool good;
	if (take_week(d, &good, days))
		return good;
	int month = take_month(d);
	for (size_t i = 0; i < d->count; i++) {
		if (!date_is_number(d, i) || d->tokens[i].bracket)
			continue;
		if (n.count == 4)
			return false;
		n.items[n.count++] = &d->tokens[i];
	}
	if (n.count == 0)
		return false;
	if (month == 0)
		return from_numbers(d, &n) && date_days(d, days);
	good = from_named(d, &n);
	d->month = month;
	return good && date_days(d, days);
}
