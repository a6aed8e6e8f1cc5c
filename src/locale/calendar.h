/*
 * Days in four calendars.  A day is a number, that of 1970-01-01 being 0; hours and time zones
 * are the caller's.  All but the Gregorian calendar are ICU's, opened when they are asked for.
 */
#ifndef KHABAR_LOCALE_CALENDAR_H
#define KHABAR_LOCALE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

enum calendar_kind {
	CALENDAR_GREGORIAN, /* proleptic */
	CALENDAR_HIJRI,     /* Umm al-Qura; outside of 1300 to 1600 the arithmetical calendar */
	CALENDAR_JALALI,    /* the solar Hijri calendar of Iran and Afghanistan, 33-year cycles */
	CALENDAR_HEBREW,
};

/* What ui.calendar takes, by the enum, behind "auto"; NULL at the end. */
extern const char *const calendar_names[];

/* By a name of the above; "auto", or any other: that which is usual in the locale ("fa_IR"). */
enum calendar_kind calendar_of(const char *name, const char *locale);

/* What ICU calls it: "persian", as in "fa@calendar=persian". */
const char *calendar_icu_name(enum calendar_kind kind);

struct calendar_date {
	int year;
	int month; /* from 1; Hebrew: of a leap year, Tishri 1, Adar I 6, Adar (II) 7, Elul 13 */
	int day;   /* of the month, from 1 */
};

/* The Gregorian calendar, by arithmetic alone. */
struct calendar_date calendar_gregorian(int64_t day);
int64_t calendar_gregorian_day(struct calendar_date date);

struct calendar;

/* NULL when ICU has it not, or memory is out. */
struct calendar *calendar_new(enum calendar_kind kind);
void calendar_free(struct calendar *calendar);

/* False when ICU refuses.  For days of the years 0 to 9999 (Gregorian). */
bool calendar_date(struct calendar *calendar, int64_t day, struct calendar_date *date);

#endif
