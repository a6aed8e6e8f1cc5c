/* Dates for the eye, against date(1) and calendar arithmetic of our own. */
#include "locale/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* UTC, with and without daylight saving, half hours, and far ends; POSIX rules need no files. */
static const char *const zones[] = {"UTC0", "EET-2EEST,M4.5.5/0,M10.5.4/24", "IRST-3:30",
	"NPT-5:45", "EST5EDT,M3.2.0,M11.1.0", "<+14>-14", "<-12>12"};
enum { ZONES = sizeof zones / sizeof *zones };

static void set_zone(const char *zone)
{
	setenv("TZ", zone, 1);
	tzset();
}

/* Valid until the next call. */
static const char *formatted(int64_t seconds, int64_t now, enum date_style style)
{
	static char text[64];
	struct buffer out = {0};
	date_format(&out, seconds, now, style);
	assert_false(out.failed);
	assert_true(out.len < sizeof text);
	snprintf(text, sizeof text, "%.*s", STR_ARG(buffer_view(&out)));
	buffer_free(&out);
	return text;
}

/* What date(1) of this zone makes of it. */
static void ask_date(int64_t seconds, const char *format, char *answer, size_t size)
{
	char when[32], form[64];
	snprintf(when, sizeof when, "@%lld", (long long)seconds);
	snprintf(form, sizeof form, "+%s", format);
	char date[] = "date", option[] = "-d";
	char *const argv[] = {date, option, when, form, NULL};
	int ends[2], status;
	pid_t child;
	posix_spawn_file_actions_t actions;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(posix_spawn_file_actions_init(&actions), 0);
	assert_int_equal(posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO), 0);
	assert_int_equal(posix_spawnp(&child, "date", &actions, NULL, argv, environ), 0);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	ssize_t length = read(ends[0], answer, size - 1);
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (status != 0 || length <= 0)
		skip(); /* a date(1) that does not know -d @SECONDS */
	answer[length] = '\0';
	answer[strcspn(answer, "\n")] = '\0';
}

/* Around changes of the clock, ends of days and years, leap days, before 1970. */
static const int64_t moments[] = {0, -1, 86399, 951782400, 951868799, 1718632800, 1711663199,
	1711663200, 1730401199, 1730401200, 1710054000, 4102444799, -2208988800, -1000000001};
enum { MOMENTS = sizeof moments / sizeof *moments };

static void styles_are_those_of_date(void **state)
{
	(void)state;
	static const struct {
		enum date_style style;
		const char *format;
	} styles[] = {
		{DATE_LONG, "%Y-%m-%d %H:%M"},
		{DATE_SHORT, "%Y-%m-%d"}, /* another day than that of `now` */
	};
	for (size_t z = 0; z < ZONES; z++) {
		set_zone(zones[z]);
		for (size_t m = 0; m < MOMENTS; m++) {
			char expected[64];
			for (size_t s = 0; s < 2; s++) {
				ask_date(moments[m], styles[s].format, expected, sizeof expected);
				assert_string_equal(formatted(moments[m], 3000000000,
							    styles[s].style),
					expected);
			}
		}
	}
}

static void rfc3339_is_utc_in_every_zone(void **state)
{
	(void)state;
	for (size_t z = 0; z < ZONES; z++) {
		set_zone(zones[z]);
		assert_string_equal(
			formatted(1718632800, 0, DATE_RFC3339), "2024-06-17T14:00:00Z");
		assert_string_equal(formatted(0, 0, DATE_RFC3339), "1970-01-01T00:00:00Z");
		assert_string_equal(formatted(-1, 0, DATE_RFC3339), "1969-12-31T23:59:59Z");
		assert_string_equal(formatted(951782400, 0, DATE_RFC3339), "2000-02-29T00:00:00Z");
	}
}

/* By strftime: the day of `now` is that of the zone, not of UTC, and not a span of 24 hours. */
static void today_shows_the_time(void **state)
{
	(void)state;
	for (size_t z = 0; z < ZONES; z++) {
		set_zone(zones[z]);
		for (int64_t now = 1711600000; now < 1711800000; now += 7919) {
			for (int64_t at = now - 100000; at < now + 100000; at += 4999) {
				char day_now[32], day[32], clock[32];
				time_t t = (time_t)now;
				strftime(day_now, sizeof day_now, "%Y-%m-%d", localtime(&t));
				t = (time_t)at;
				strftime(day, sizeof day, "%Y-%m-%d", localtime(&t));
				strftime(clock, sizeof clock, "%H:%M", localtime(&t));
				bool today = strcmp(day, day_now) == 0;
				assert_string_equal(
					formatted(at, now, DATE_SHORT), today ? clock : day);
			}
		}
	}
}

/* The same day of another year is not today. */
static void today_is_one_day(void **state)
{
	(void)state;
	set_zone("UTC0");
	assert_string_equal(formatted(1718632800, 1718632800, DATE_SHORT), "14:00");
	assert_string_equal(formatted(1718632800, 1750168800, DATE_SHORT), "2024-06-17");
	assert_string_equal(formatted(1718582400, 1718668799, DATE_SHORT), "00:00");
	assert_string_equal(formatted(1718582399, 1718668799, DATE_SHORT), "2024-06-16");
	assert_string_equal(formatted(1718668800, 1718668799, DATE_SHORT), "2024-06-18");
}

/* Seconds of the first moment of a year, by the rule of leap years. */
static int64_t start_of(int64_t year)
{
	int64_t days = 0;
	for (int64_t y = 1970; y < year; y++)
		days += y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) ? 366 : 365;
	for (int64_t y = year; y < 1970; y++)
		days -= y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) ? 366 : 365;
	return days * 86400;
}

static void no_date_and_far_years_write_nothing(void **state)
{
	(void)state;
	static const enum date_style styles[] = {DATE_SHORT, DATE_LONG, DATE_RFC3339};
	set_zone("UTC0");
	const int64_t first = start_of(0), last = start_of(10000) - 1;
	const int64_t outside[] = {INT64_MIN, INT64_MIN + 1, INT64_MAX, first - 1, last + 1,
		INT64_MAX / 1000, INT64_MIN / 1000};
	for (size_t i = 0; i < 3; i++) {
		for (size_t k = 0; k < sizeof outside / sizeof *outside; k++)
			assert_string_equal(formatted(outside[k], 0, styles[i]), "");
	}
	assert_string_equal(formatted(last, 0, DATE_RFC3339), "9999-12-31T23:59:59Z");
	assert_string_equal(formatted(last, 0, DATE_LONG), "9999-12-31 23:59");
	assert_string_equal(formatted(first, 0, DATE_RFC3339), "0000-01-01T00:00:00Z");
	assert_string_equal(formatted(start_of(476), 0, DATE_LONG), "0476-01-01 00:00");
	/* A `now` that is no time at all does no harm. */
	assert_string_equal(formatted(1718632800, INT64_MAX, DATE_SHORT), "2024-06-17");
	assert_string_equal(formatted(1718632800, INT64_MIN, DATE_SHORT), "2024-06-17");
}

static void what_was_there_stays(void **state)
{
	(void)state;
	set_zone("UTC0");
	struct buffer out = {0};
	buffer_str(&out, STR("on "));
	date_format(&out, 1718632800, 0, DATE_LONG);
	date_format(&out, INT64_MIN, 0, DATE_LONG);
	assert_string_equal(out.data, "on 2024-06-17 14:00");
	buffer_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(styles_are_those_of_date),
		cmocka_unit_test(rfc3339_is_utc_in_every_zone),
		cmocka_unit_test(today_shows_the_time),
		cmocka_unit_test(today_is_one_day),
		cmocka_unit_test(no_date_and_far_years_write_nothing),
		cmocka_unit_test(what_was_there_stays),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
