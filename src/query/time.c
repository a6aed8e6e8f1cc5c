/*
 * Times in a query, in three calendars.
 *
 * The year tells the calendar: years from 1300 to that which the solar Hijri (Jalali) calendar
 * has now are of it, those above up to 1500 of the lunar Hijri calendar (Umm al-Qura), all
 * others Gregorian.  A mark behind the date decides where that is not what is meant.
 */
#include "query/tree.h"

#include "base/message.h"
#include "locale/calendar.h"

#include <stdio.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

enum {
	MINUTE = 60,
	HOUR = 60 * MINUTE,
	DAY = 24 * HOUR,
	EARLIEST_JALALI = 1300,
	LATEST_HIJRI = 1500,
	LATEST_YEAR = 9999,
	LONGEST_SPAN = 100000, /* of the unit */
	ZONE_LONGEST = 64,
};

static const struct unit {
	const char *name;
	int64_t seconds;
} units[] = {{"h", HOUR}, {"d", DAY}, {"w", 7 * DAY}, {"m", 30 * DAY}, {"y", 365 * DAY},
	{"س", HOUR}, {"ي", DAY}, {"ر", DAY}};

/* Folded names of days, counted from today. */
static const struct day {
	const char *name;
	int offset;
} days[] = {{"today", 0}, {"اليوم", 0}, {"امروز", 0}, {"היומ", 0}, {"yesterday", -1}, {"امس", -1},
	{"ديروز", -1}, {"אתמול", -1}};

enum reckoning {
	BY_YEAR = -1,
	GREGORIAN = CALENDAR_GREGORIAN,
	JALALI = CALENDAR_JALALI,
	HIJRI = CALENDAR_HIJRI,
};

/* Marks behind a date, folded. */
static const struct mark {
	const char *text;
	enum reckoning calendar;
} marks[] = {{"ah", HIJRI}, {"ه", HIJRI}, {"ق", HIJRI}, {"sh", JALALI}, {"ش", JALALI},
	{"ad", GREGORIAN}, {"م", GREGORIAN}};

static UCalendar *open_calendar(enum reckoning calendar, const struct query_context *context)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar zone[ZONE_LONGEST];
	char locale[ZONE_LONGEST];
	int32_t length = 0;
	snprintf(locale, sizeof locale, "en@calendar=%s",
		calendar_icu_name((enum calendar_kind)calendar));
	if (context->timezone)
		u_strFromUTF8(zone, ZONE_LONGEST, &length, context->timezone, -1, &status);
	UCalendar *opened = U_FAILURE(status)
				    ? NULL
				    : ucal_open(context->timezone ? zone : NULL, length,
					      locale, UCAL_TRADITIONAL, &status);
	if (U_FAILURE(status)) {
		ucal_close(opened);
		return NULL;
	}
	ucal_setMillis(opened, (UDate)context->now * 1000, &status);
	return opened;
}

static int64_t seconds_of(UCalendar *calendar, UErrorCode *status)
{
	UDate millis = ucal_getMillis(calendar, status);
	return U_SUCCESS(*status) ? (int64_t)(millis / 1000) : 0;
}

static void set_midnight(UCalendar *calendar)
{
	ucal_set(calendar, UCAL_HOUR_OF_DAY, 0);
	ucal_set(calendar, UCAL_MINUTE, 0);
	ucal_set(calendar, UCAL_SECOND, 0);
	ucal_set(calendar, UCAL_MILLISECOND, 0);
}

/* A day `offset` days from today, or the date given; [from, to) is it, its month or year. */
static bool measure(UCalendar *calendar, UCalendarDateFields unit, int64_t *from, int64_t *to)
{
	UErrorCode status = U_ZERO_ERROR;
	set_midnight(calendar);
	*from = seconds_of(calendar, &status);
	ucal_add(calendar, unit, 1, &status);
	*to = seconds_of(calendar, &status);
	return U_SUCCESS(status) && *from < *to;
}

static bool read_day(
	struct str value, const struct query_context *context, int64_t *from, int64_t *to)
{
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		if (!str_equal(value, str_of(days[i].name)))
			continue;
		UErrorCode status = U_ZERO_ERROR;
		UCalendar *calendar = open_calendar(GREGORIAN, context);
		bool good = calendar != NULL;
		if (good) {
			ucal_add(calendar, UCAL_DAY_OF_MONTH, days[i].offset, &status);
			good = U_SUCCESS(status) && measure(calendar, UCAL_DAY_OF_MONTH, from, to);
		}
		ucal_close(calendar);
		return good;
	}
	return false;
}

/* Takes a number of at most `most` off the start; -1: there is none. */
static int take_number(struct str *value, int most)
{
	int number = 0;
	size_t i = 0;
	while (i < value->len && value->ptr[i] >= '0' && value->ptr[i] <= '9') {
		number = number * 10 + (value->ptr[i++] - '0');
		if (number > most)
			return -1;
	}
	*value = str_slice(*value, i, value->len);
	return i > 0 ? number : -1;
}

bool time_read_span(struct str value, int64_t *seconds)
{
	int number = take_number(&value, LONGEST_SPAN);
	if (number < 0)
		return false;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (str_equal(value, str_of(units[i].name))) {
			*seconds = number * units[i].seconds;
			return true;
		}
	}
	return false;
}

static enum reckoning take_mark(struct str *value)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		struct str mark = str_of(marks[i].text);
		if (str_ends(*value, mark)) {
			*value = str_trim(str_slice(*value, 0, value->len - mark.len));
			return marks[i].calendar;
		}
	}
	return BY_YEAR;
}

static enum reckoning reckoning_of(int year, const struct query_context *context)
{
	UErrorCode status = U_ZERO_ERROR;
	if (year < EARLIEST_JALALI || year > LATEST_HIJRI)
		return GREGORIAN;
	UCalendar *calendar = open_calendar(JALALI, context);
	int now = calendar ? ucal_get(calendar, UCAL_YEAR, &status) : LATEST_HIJRI;
	ucal_close(calendar);
	return year <= now ? JALALI : HIJRI;
}

/* Year, month, day, the last one or two of them left out; the parts between are '-', '/', '.'. */
static int read_parts(struct str value, int parts[3])
{
	static const int most[] = {LATEST_YEAR, 12, 31};
	int count = 0;
	while (count < 3) {
		int number = take_number(&value, most[count]);
		if (number < 1)
			return 0;
		parts[count++] = number;
		if (value.len == 0)
			return count;
		if (!strchr("-/.", value.ptr[0]))
			return 0;
		value = str_slice(value, 1, value.len);
	}
	return 0;
}

static bool read_date(
	struct str value, const struct query_context *context, int64_t *from, int64_t *to)
{
	static const UCalendarDateFields unit[] = {UCAL_YEAR, UCAL_MONTH, UCAL_DAY_OF_MONTH};
	int parts[3] = {0, 1, 1};
	enum reckoning which = take_mark(&value);
	int count = read_parts(value, parts);
	if (count == 0 || (which == BY_YEAR && parts[0] < 1000))
		return false;
	if (which == BY_YEAR)
		which = reckoning_of(parts[0], context);
	UCalendar *calendar = open_calendar(which, context);
	if (!calendar)
		return false;
	/* Not lenient: a month 2024-02-30 does not have is no date. */
	ucal_setAttribute(calendar, UCAL_LENIENT, 0);
	ucal_clear(calendar);
	ucal_set(calendar, UCAL_ERA, which == GREGORIAN ? 1 : 0);
	ucal_set(calendar, UCAL_YEAR, parts[0]);
	ucal_set(calendar, UCAL_MONTH, parts[1] - 1);
	ucal_set(calendar, UCAL_DAY_OF_MONTH, parts[2]);
	bool good = measure(calendar, unit[count - 1], from, to);
	ucal_close(calendar);
	return good;
}

bool time_read(struct str value, const struct query_context *context, int64_t *from, int64_t *to,
	const char **hint)
{
	int64_t span;
	*hint = N_("write it as 2024-06-01, 2024-06, 1403-03-12, 1445-11-24, today, yesterday or "
		   "7d");
	if (read_day(value, context, from, to))
		return true;
	if (str_equal(value, STR("now")) || str_equal(value, STR("الان"))) {
		*from = *to = context->now;
		return true;
	}
	if (time_read_span(value, &span)) {
		*from = *to = context->now - span;
		return true;
	}
	return read_date(value, context, from, to);
}
