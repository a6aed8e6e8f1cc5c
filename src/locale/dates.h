/*
 * Dates as the reader knows them: "3 h ago", "yesterday", in the calendar and the digits that
 * are usual in the language, or that the settings say.  For people only; machines get
 * locale/date.h's RFC 3339.
 *
 * Words are those of the catalogue (base/message.h) and not ICU's, which has none in Sorani
 * and none as short as a column needs.  Names of months and days are ICU's, but for the months
 * that it has not in Sorani.  Hours and days are those of the machine's time zone.
 *
 * Times are Unix seconds.  INT64_MIN (no date) and years outside 0 to 9999 write nothing.
 * Out of memory: out->failed.
 */
#ifndef KHABAR_LOCALE_DATES_H
#define KHABAR_LOCALE_DATES_H

#include "base/buffer.h"
#include "locale/number.h"

#include <stdint.h>

/* What ui.dates takes; NULL at the end. */
extern const char *const dates_styles[];

struct dates_options {
	const char *locale;   /* "fa", "ar_SA": habit_locale() */
	const char *calendar; /* one of calendar_names */
	const char *digits;   /* one of number_digits_names */
	const char *style;    /* one of dates_styles */
};

struct dates;

/*
 * Made once for many dates: what is costly is opened when it is first asked for and kept.
 * Nothing of the options is kept.  A calendar that ICU has not: the Gregorian.  NULL when out of
 * memory.
 */
struct dates *dates_new(const struct dates_options *options);
void dates_free(struct dates *dates);

/*
 * For a column of a list: how long ago, up to six days; else the date in numbers (Hebrew calendar:
 * day and month, and the year when it is not the present one).  Without relative dates the time
 * of today's in place of that.
 */
void dates_column(struct dates *dates, struct buffer *out, int64_t time, int64_t now);
/* No text of dates_column() takes more cells, whatever it is. */
int dates_column_cells(struct dates *dates);

/* The same without how long ago it is, whatever the style. */
void dates_short(struct dates *dates, struct buffer *out, int64_t time, int64_t now);

/* The shortest: the time of today's, else day and month. */
void dates_day(struct dates *dates, struct buffer *out, int64_t time, int64_t now);
int dates_day_cells(struct dates *dates);

/* Date and time in numbers, for what is kept and read later: never relative. */
void dates_moment(struct dates *dates, struct buffer *out, int64_t time);
int dates_moment_cells(struct dates *dates);

/* Day of the week, date with the name of the month, and time; never relative. */
void dates_full(struct dates *dates, struct buffer *out, int64_t time);

/* "3 hours ago", up to six days, else nothing. */
void dates_ago(const struct dates *dates, struct buffer *out, int64_t time, int64_t now);

/* Which of the two the reader wants of one article: dates_full(), dates_ago(). */
bool dates_wants_full(const struct dates *dates);
bool dates_wants_ago(const struct dates *dates);

/* The number in the digits of the interface. */
void dates_number(const struct dates *dates, struct buffer *out, int64_t number);
enum number_digits dates_digits(const struct dates *dates);

#endif
