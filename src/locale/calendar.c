#include "locale/calendar.h"

#include "base/buffer.h"
#include "locale/habit.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>

const char *const calendar_names[] = {"auto", "gregorian", "hijri", "jalali", "hebrew", NULL};

static const char *const icu_names[] = {
	[CALENDAR_GREGORIAN] = "gregorian",
	[CALENDAR_HIJRI] = "islamic-umalqura",
	[CALENDAR_JALALI] = "persian",
	[CALENDAR_HEBREW] = "hebrew",
};

/*
 * Where the daily papers date by another one than the Gregorian.  Saudi papers print both and
 * start with the Hijri date; Israel's civil calendar is the Gregorian.
 */
static const struct {
	const char *locale;
	enum calendar_kind kind;
} habits[] = {
	{"fa", CALENDAR_JALALI},
	{"ckb_IR", CALENDAR_JALALI},
	{"ar_SA", CALENDAR_HIJRI},
};

struct calendar {
	enum calendar_kind kind;
	UCalendar *icu; /* NULL: Gregorian */
};

enum calendar_kind calendar_of(const char *name, const char *locale)
{
	for (int i = 1; calendar_names[i]; i++) {
		if (strcmp(calendar_names[i], name) == 0)
			return (enum calendar_kind)(i - 1);
	}
	for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) {
		if (habit_fits(locale, habits[i].locale))
			return habits[i].kind;
	}
	return CALENDAR_GREGORIAN;
}

const char *calendar_icu_name(enum calendar_kind kind)
{
	return icu_names[kind];
}

/*
 * Years are counted from 1 March, so that the leap day is the last, in eras of 400 years
 * (146,097 days); day 0 of era 0 is 0000-03-01, 719,468 days before 1970.
 */
enum { ERA_DAYS = 146097, ERA_YEARS = 400, EPOCH = 719468, MARCH = 3 };

struct calendar_date calendar_gregorian(int64_t day)
{
	day += EPOCH;
	int64_t era = (day >= 0 ? day : day - (ERA_DAYS - 1)) / ERA_DAYS;
	int in_era = (int)(day - era * ERA_DAYS);
	int year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int in_year = in_era - (365 * year + year / 4 - year / 100);
	int month = (5 * in_year + 2) / 153; /* from March, 0 */
	bool next = month >= 10;
	return (struct calendar_date){
		.year = (int)(era * ERA_YEARS) + year + next,
		.month = month + MARCH - (next ? 12 : 0),
		.day = in_year - (153 * month + 2) / 5 + 1,
	};
}

int64_t calendar_gregorian_day(struct calendar_date date)
{
	int64_t year = (int64_t)date.year - (date.month < MARCH);
	int64_t era = (year >= 0 ? year : year - (ERA_YEARS - 1)) / ERA_YEARS;
	int64_t in_era = year - era * ERA_YEARS;
	int month = date.month - MARCH + (date.month < MARCH ? 12 : 0);
	int in_year = (153 * month + 2) / 5 + date.day - 1;
	return era * ERA_DAYS + in_era * 365 + in_era / 4 - in_era / 100 + in_year - EPOCH;
}

struct calendar *calendar_new(enum calendar_kind kind)
{
	struct buffer name = {0};
	UErrorCode status = U_ZERO_ERROR;
	struct calendar *calendar = calloc(1, sizeof *calendar);
	if (!calendar)
		return NULL;
	calendar->kind = kind;
	if (kind == CALENDAR_GREGORIAN)
		return calendar;
	buffer_printf(&name, "en@calendar=%s", icu_names[kind]);
	if (!name.failed)
		calendar->icu = ucal_open(u"GMT", -1, name.data, UCAL_TRADITIONAL, &status);
	buffer_free(&name);
	if (calendar->icu && U_SUCCESS(status))
		return calendar;
	calendar_free(calendar);
	return NULL;
}

void calendar_free(struct calendar *calendar)
{
	if (!calendar)
		return;
	ucal_close(calendar->icu);
	free(calendar);
}

bool calendar_date(struct calendar *calendar, int64_t day, struct calendar_date *date)
{
	enum { DAY_MILLIS = 86400000 };
	UErrorCode status = U_ZERO_ERROR;
	if (calendar->kind == CALENDAR_GREGORIAN) {
		*date = calendar_gregorian(day);
		return true;
	}
	ucal_setMillis(calendar->icu, (UDate)day * DAY_MILLIS, &status);
	date->year = ucal_get(calendar->icu, UCAL_YEAR, &status);
	date->month = ucal_get(calendar->icu, UCAL_MONTH, &status) + 1;
	date->day = ucal_get(calendar->icu, UCAL_DAY_OF_MONTH, &status);
	return U_SUCCESS(status);
}
