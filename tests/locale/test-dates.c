/* Dates for the reader: how long ago at each border, in each calendar and language. */
#include "locale/dates.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { MINUTE = 60, HOUR = 3600, DAY = 86400, NOON = 1718625600 /* Monday 2024-06-17 12:00 UTC */ };

static void set_zone(const char *zone)
{
	setenv("TZ", zone, 1);
	tzset();
}

static struct dates *dates_in(const char *locale, const char *calendar, const char *style)
{
	struct dates *dates = dates_new(&(struct dates_options){locale, calendar, "auto", style});
	assert_non_null(dates);
	return dates;
}

/* The text, which is handed over; valid until the next call. */
static const char *taken(struct buffer *out)
{
	static char text[200];
	assert_false(out->failed);
	assert_true(out->len < sizeof text);
	snprintf(text, sizeof text, "%.*s", STR_ARG(buffer_view(out)));
	buffer_free(out);
	return text;
}

static const char *column(struct dates *dates, int64_t time, int64_t now)
{
	struct buffer out = {0};
	dates_column(dates, &out, time, now);
	return taken(&out);
}

static const char *day(struct dates *dates, int64_t time, int64_t now)
{
	struct buffer out = {0};
	dates_day(dates, &out, time, now);
	return taken(&out);
}

static const char *ago(struct dates *dates, int64_t time, int64_t now)
{
	struct buffer out = {0};
	dates_ago(dates, &out, time, now);
	return taken(&out);
}

static const char *full(struct dates *dates, int64_t time)
{
	struct buffer out = {0};
	dates_full(dates, &out, time);
	return taken(&out);
}

static const char *moment(struct dates *dates, int64_t time)
{
	struct buffer out = {0};
	dates_moment(dates, &out, time);
	return taken(&out);
}

static void test_borders_of_ages(void **state)
{
	static const struct {
		int64_t elapsed;
		const char *column, *ago;
	} ages[] = {
		{-DAY, "2024-06-18", ""},
		{-61, "12:01", ""},
		{-60, "12:01", ""},
		{-59, "now", "now"},
		{0, "now", "now"},
		{59, "now", "now"},
		{60, "1 min ago", "1 minute ago"},
		{119, "1 min ago", "1 minute ago"},
		{120, "2 min ago", "2 minutes ago"},
		{HOUR - 1, "59 min ago", "59 minutes ago"},
		{HOUR, "1 h ago", "1 hour ago"},
		{2 * HOUR - 1, "1 h ago", "1 hour ago"},
		{12 * HOUR, "12 h ago", "12 hours ago"}, /* midnight */
		{12 * HOUR + 1, "yesterday", "yesterday"},
		{36 * HOUR, "yesterday", "yesterday"},
		{36 * HOUR + 1, "2 days ago", "2 days ago"},
		{6 * DAY + 12 * HOUR, "6 days ago", "6 days ago"},
		{6 * DAY + 12 * HOUR + 1, "2024-06-10", ""},
		{365 * DAY, "2023-06-18", ""},
	};
	(void)state;
	set_zone("UTC0");
	struct dates *dates = dates_in("en", "auto", "both");
	for (size_t i = 0; i < sizeof ages / sizeof *ages; i++) {
		assert_string_equal(column(dates, NOON - ages[i].elapsed, NOON), ages[i].column);
		assert_string_equal(ago(dates, NOON - ages[i].elapsed, NOON), ages[i].ago);
	}
	assert_int_equal(dates_column_cells(dates), 10);
	dates_free(dates);
}

/* Shortly after midnight what is hours old is not "yesterday". */
static void test_same_night(void **state)
{
	int64_t night = NOON + 13 * HOUR; /* 01:00 */
	(void)state;
	set_zone("UTC0");
	struct dates *dates = dates_in("en", "auto", "relative");
	assert_string_equal(column(dates, night - 2 * HOUR, night), "2 h ago");
	assert_string_equal(column(dates, night - 6 * HOUR + 1, night), "5 h ago");
	assert_string_equal(column(dates, night - 6 * HOUR, night), "yesterday");
	assert_string_equal(column(dates, night - HOUR, night), "1 h ago");
	dates_free(dates);
}

/*
 * Days are those of the calendar, 23 or 25 hours where clocks change: in 2024 forward on 31 March,
 * back on 27 October.
 */
static void test_clocks_change(void **state)
{
	int64_t spring = 1711843200 + 21 * HOUR + 30 * MINUTE; /* 2024-04-01 00:30 EEST */
	int64_t autumn = 1730066400;                           /* 2024-10-28 00:00 EET */
	(void)state;
	set_zone("EET-2EEST,M3.5.0/3,M10.5.0/4");
	struct dates *dates = dates_in("en", "auto", "both");
	assert_string_equal(moment(dates, spring), "2024-04-01 00:30");
	assert_string_equal(column(dates, spring - 23 * HOUR, spring), "yesterday");
	assert_string_equal(column(dates, spring - 24 * HOUR, spring), "2 days ago");
	assert_string_equal(moment(dates, autumn), "2024-10-28 00:00");
	assert_string_equal(column(dates, autumn - 25 * HOUR, autumn), "yesterday");
	assert_string_equal(column(dates, autumn - 25 * HOUR - 1, autumn), "2 days ago");
	dates_free(dates);
}

static void test_year_borders(void **state)
{
	int64_t new_year = 1704067200; /* 2024-01-01 00:00 UTC */
	(void)state;
	set_zone("UTC0");
	struct dates *dates = dates_in("en", "auto", "both");
	assert_string_equal(column(dates, new_year - 1, new_year + 7 * HOUR), "yesterday");
	assert_string_equal(column(dates, new_year - 7 * DAY, new_year), "2023-12-25");
	dates_free(dates);
	dates = dates_in(
		"fa", "auto", "absolute"); /* Nowruz 1404: 2025-03-21; 1403 is a leap year */
	assert_string_equal(column(dates, 1742428800, NOON), "۱۴۰۳/۱۲/۳۰");
	assert_string_equal(column(dates, 1742428800 + DAY, NOON), "۱۴۰۴/۰۱/۰۱");
	dates_free(dates);
}

static void test_absolute(void **state)
{
	(void)state;
	set_zone("UTC0");
	struct dates *dates = dates_in("en", "auto", "absolute");
	assert_string_equal(column(dates, NOON - 2 * HOUR, NOON), "10:00");
	assert_string_equal(column(dates, NOON - 12 * HOUR - 1, NOON), "2024-06-16");
	assert_string_equal(day(dates, NOON - 12 * HOUR - 1, NOON), "06-16");
	assert_string_equal(day(dates, NOON - 2 * HOUR, NOON), "10:00");
	assert_int_equal(dates_day_cells(dates), 5);
	assert_int_equal(dates_moment_cells(dates), 16);
	assert_true(dates_wants_full(dates));
	assert_false(dates_wants_ago(dates));
	dates_free(dates);
	dates = dates_in("en", "auto", "relative");
	assert_false(dates_wants_full(dates));
	assert_true(dates_wants_ago(dates));
	dates_free(dates);
}

static void test_languages(void **state)
{
	static const struct {
		const char *locale, *calendar, *column, *day, *full;
	} says[] = {
		{"en", "auto", "2024-06-17", "06-17", "Monday 17 June 2024 12:00"},
		{"en", "jalali", "1403-03-28", "03-28", "Monday 28 Khordad 1403 12:00"},
		{"en", "hijri", "1445-12-11", "12-11", "Monday 11 Dhuʻl-Hijjah 1445 AH 12:00"},
		{"en", "hebrew", "11 Sivan 5784", "11 Sivan", "Monday 11 Sivan 5784 12:00"},
		{"ar", "auto", "٢٠٢٤/٠٦/١٧", "٠٦/١٧", "الاثنين ١٧ يونيو ٢٠٢٤ ١٢:٠٠"},
		{"ar_MA", "auto", "2024/06/17", "06/17", "الاثنين 17 يونيو 2024 12:00"},
		{"ar_SY", "auto", "٢٠٢٤/٠٦/١٧", "٠٦/١٧", "الاثنين ١٧ حزيران ٢٠٢٤ ١٢:٠٠"},
		{"ar_SA", "auto", "١٤٤٥/١٢/١١", "١٢/١١", "الاثنين ١١ ذو الحجة ١٤٤٥ هـ ١٢:٠٠"},
		{"fa", "auto", "۱۴۰۳/۰۳/۲۸", "۰۳/۲۸", "دوشنبه ۲۸ خرداد ۱۴۰۳ ۱۲:۰۰"},
		{"fa", "gregorian", "۲۰۲۴/۰۶/۱۷", "۰۶/۱۷", "دوشنبه ۱۷ ژوئن ۲۰۲۴ ۱۲:۰۰"},
		{"he", "auto", "17.06.2024", "17.06", "יום שני 17 ביוני 2024 12:00"},
		{"he", "hebrew", "י״א בסיוון תשפ״ד", "י״א בסיוון",
			"יום שני י״א בסיוון תשפ״ד 12:00"},
		{"ur", "auto", "2024/06/17", "06/17", "پیر 17 جون 2024 12:00"},
		{"ckb", "auto", "٢٠٢٤/٠٦/١٧", "٠٦/١٧", "دووشەممە ١٧ی حوزەیرانی ٢٠٢٤ ١٢:٠٠"},
		{"ckb_IR", "auto", "١٤٠٣/٠٣/٢٨", "٠٣/٢٨", "دووشەممە ٢٨ی جۆزەردانی ١٤٠٣ ١٢:٠٠"},
		{"ckb", "hijri", "١٤٤٥/١٢/١١", "١٢/١١", "دووشەممە ١١ی زولحیججەی ١٤٤٥ی کۆچی ١٢:٠٠"},
		{"xx", "auto", "2024-06-17", "06-17", "Monday 17 June 2024 12:00"},
		{"a-name-that-is-too-long-by-far", "auto", "2024-06-17", "06-17",
			"Monday 17 June 2024 12:00"},
	};
	(void)state;
	set_zone("UTC0");
	for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
		struct dates *dates = dates_in(says[i].locale, says[i].calendar, "both");
		int64_t later = NOON + 500 * DAY;
		assert_string_equal(column(dates, NOON, later), says[i].column);
		assert_string_equal(day(dates, NOON, later), says[i].day);
		assert_string_equal(full(dates, NOON), says[i].full);
		dates_free(dates);
	}
}

/* The year is left out where it is the present one, and comes where it is another. */
static void test_hebrew_year(void **state)
{
	(void)state;
	set_zone("UTC0");
	struct dates *dates = dates_in("he", "hebrew", "absolute");
	assert_string_equal(column(dates, NOON, NOON + 30 * DAY), "י״א בסיוון");
	assert_string_equal(column(dates, NOON, NOON + 120 * DAY), "י״א בסיוון תשפ״ד");
	dates_free(dates);
}

/* Code points but Arabic vowel signs (U+064B to U+065F). */
static int marks_in(const char *text)
{
	int count = 0;
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		bool sign = p[0] == 0xD9 && p[1] >= 0x8B && p[1] <= 0x9F;
		count += (*p & 0xC0) != 0x80 && !sign;
	}
	return count;
}

/* No day, no age is wider than was said; one code point is a cell at most. */
static void test_widths(void **state)
{
	static const char *const locales[] = {"en", "ar", "fa", "he", "ur", "ckb"};
	static const char *const calendars[] = {"gregorian", "hijri", "jalali", "hebrew"};
	(void)state;
	set_zone("UTC0");
	for (int i = 0; i < 24; i++) {
		struct dates *dates = dates_in(locales[i / 4], calendars[i % 4], "both");
		int widest = 0, widest_day = 0, cells = dates_column_cells(dates);
		int day_cells = dates_day_cells(dates);
		for (int64_t at = NOON - 800 * DAY; at < NOON; at += DAY - 17) {
			int here = marks_in(column(dates, at, NOON + 3000 * DAY));
			int here_day = marks_in(day(dates, at, NOON));
			widest = here > widest ? here : widest;
			widest_day = here_day > widest_day ? here_day : widest_day;
		}
		for (int64_t at = NOON - 7 * DAY; at < NOON; at += 61) {
			int here = marks_in(column(dates, at, NOON));
			widest = here > widest ? here : widest;
		}
		if (widest > cells || widest < cells - 1 || widest_day > day_cells)
			fail_msg("%s %s: %d in %d, %d in %d", locales[i / 4], calendars[i % 4],
				widest, cells, widest_day, day_cells);
		dates_free(dates);
	}
}

static void test_no_date(void **state)
{
	static const int64_t none[] = {INT64_MIN, INT64_MAX, -62167219201, 253402300800};
	(void)state;
	set_zone("UTC0");
	struct dates *dates = dates_in("fa", "auto", "both");
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		assert_string_equal(column(dates, none[i], NOON), "");
		assert_string_equal(day(dates, none[i], NOON), "");
		assert_string_equal(ago(dates, none[i], NOON), "");
		assert_string_equal(full(dates, none[i]), "");
		assert_string_equal(moment(dates, none[i]), "");
	}
	assert_string_equal(column(dates, NOON, INT64_MIN), "۱۴۰۳/۰۳/۲۸");
	assert_string_equal(column(dates, NOON, INT64_MAX), "۱۴۰۳/۰۳/۲۸");
	dates_free(dates);
}

static void test_numbers(void **state)
{
	static const struct {
		const char *name, *locale, *number;
	} says[] = {{"auto", "ar", "-١٢٠٣"}, {"auto", "ar_DZ", "-1203"}, {"auto", "fa", "-۱۲۰۳"},
		{"auto", "he", "-1203"}, {"auto", "ur", "-1203"}, {"auto", "ckb", "-١٢٠٣"},
		{"latin", "fa", "-1203"}, {"persian", "en", "-۱۲۰۳"},
		{"arabic-indic", "fa", "-١٢٠٣"}};
	(void)state;
	for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
		struct dates *dates = dates_new(
			&(struct dates_options){says[i].locale, "auto", says[i].name, "both"});
		struct buffer out = {0};
		assert_non_null(dates);
		dates_number(dates, &out, -1203);
		assert_string_equal(taken(&out), says[i].number);
		dates_free(dates);
	}
	struct buffer mixed = {0};
	buffer_str(&mixed, STR("1 ٣"));
	number_redigit(&mixed, 0, DIGITS_PERSIAN);
	buffer_str(&mixed, STR(" 23%"));
	number_redigit(&mixed, mixed.len - 3, DIGITS_ARABIC_INDIC);
	assert_string_equal(taken(&mixed), "۱ ٣ ٢٣%");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_borders_of_ages),
		cmocka_unit_test(test_same_night),
		cmocka_unit_test(test_clocks_change),
		cmocka_unit_test(test_year_borders),
		cmocka_unit_test(test_absolute),
		cmocka_unit_test(test_languages),
		cmocka_unit_test(test_hebrew_year),
		cmocka_unit_test(test_widths),
		cmocka_unit_test(test_no_date),
		cmocka_unit_test(test_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
