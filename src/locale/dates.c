#include "locale/dates.h"

#include "base/message.h"
#include "base/utf8.h"
#include "locale/calendar.h"
#include "locale/habit.h"
#include "locale/month.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/uchar.h>

enum {
	MINUTE = 60,
	HOUR = 60 * MINUTE,
	DAY = 24 * HOUR,
	SAME_NIGHT = 6 * HOUR, /* told in hours, though it was yesterday */
	DAYS_TOLD = 6,
	LAST_YEAR = 9999,
};

enum dates_style { STYLE_BOTH, STYLE_RELATIVE, STYLE_ABSOLUTE };
const char *const dates_styles[] = {"both", "relative", "absolute", NULL};

/*
 * How numbers of a date follow each other.  Arabic-Indic digits bear a slash between them, not
 * a hyphen (UAX #9 W4), and what they make is read from either side.
 */
static const struct order {
	const char *language;
	char between;
	bool day_first;
} orders[] = {
	{"en", '-', false},
	{"ar", '/', false},
	{"fa", '/', false},
	{"ur", '/', false},
	{"ckb", '/', false},
	{"he", '.', true},
};

struct dates {
	enum calendar_kind kind;
	enum number_digits digits;
	enum dates_style style;
	struct order order;
	struct calendar *calendar; /* NULL: not asked for yet */
	struct month *names;       /* the same */
	char locale[16];
	int column_cells, day_cells; /* 0: not measured yet */
};

/* A moment in the machine's time zone. */
struct moment {
	int64_t day; /* as calendar.h counts */
	int hour, minute;
};

static bool moment_of(int64_t time, struct moment *moment)
{
	enum { BASE_YEAR = 1900 };
	time_t seconds = (time_t)time;
	struct tm tm;
	if (time == INT64_MIN || !localtime_r(&seconds, &tm) || tm.tm_year < -BASE_YEAR ||
		tm.tm_year > LAST_YEAR - BASE_YEAR)
		return false;
	struct calendar_date date = {tm.tm_year + BASE_YEAR, tm.tm_mon + 1, tm.tm_mday};
	*moment = (struct moment){calendar_gregorian_day(date), tm.tm_hour, tm.tm_min};
	return true;
}

/* ---- making ------------------------------------------------------------------ */

static struct order order_of(const char *locale)
{
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		if (habit_fits(locale, orders[i].language))
			return orders[i];
	}
	return orders[0];
}

static enum dates_style style_of(const char *name)
{
	for (int i = 0; dates_styles[i]; i++) {
		if (strcmp(dates_styles[i], name) == 0)
			return (enum dates_style)i;
	}
	return STYLE_BOTH;
}

struct dates *dates_new(const struct dates_options *options)
{
	struct dates *dates = calloc(1, sizeof *dates);
	size_t len = strlen(options->locale);
	if (!dates)
		return NULL;
	if (len < sizeof dates->locale)
		memcpy(dates->locale, options->locale, len);
	dates->kind = calendar_of(options->calendar, dates->locale);
	dates->digits = number_digits_of(options->digits, dates->locale);
	dates->style = style_of(options->style);
	dates->order = order_of(dates->locale);
	if (dates->digits == DIGITS_ARABIC_INDIC && dates->order.between == '-')
		dates->order.between = '/';
	return dates;
}

void dates_free(struct dates *dates)
{
	if (!dates)
		return;
	calendar_free(dates->calendar);
	month_free(dates->names);
	free(dates);
}

static bool date_of(struct dates *dates, int64_t day, struct calendar_date *date)
{
	if (!dates->calendar)
		dates->calendar = calendar_new(dates->kind);
	if (!dates->calendar) {
		dates->kind = CALENDAR_GREGORIAN;
		dates->calendar = calendar_new(dates->kind);
	}
	return dates->calendar && calendar_date(dates->calendar, day, date);
}

static struct month *names_of(struct dates *dates)
{
	if (!dates->names)
		dates->names = month_new(dates->locale, dates->kind, dates->digits);
	return dates->names;
}

/* ---- how long ago -------------------------------------------------------------- */

/* A count of minutes, hours or days; the plural is that of the language. */
enum unit { UNIT_NOW, UNIT_MINUTES, UNIT_HOURS, UNIT_YESTERDAY, UNIT_DAYS, UNIT_NONE };

struct age {
	enum unit unit;
	int count;
};

/* What is to come, by more than clocks may differ, has none. */
static struct age age_of(int64_t time, int64_t now)
{
	struct moment then, today;
	struct age none = {UNIT_NONE, 0};
	if (!moment_of(time, &then) || !moment_of(now, &today) || time - now >= MINUTE)
		return none;
	int64_t elapsed = now - time, days = today.day - then.day;
	if (elapsed < MINUTE)
		return (struct age){UNIT_NOW, 0};
	if (elapsed < HOUR)
		return (struct age){UNIT_MINUTES, (int)(elapsed / MINUTE)};
	if (days == 0 || elapsed < SAME_NIGHT)
		return (struct age){UNIT_HOURS, (int)(elapsed / HOUR)};
	if (days == 1)
		return (struct age){UNIT_YESTERDAY, 1};
	return days <= DAYS_TOLD ? (struct age){UNIT_DAYS, (int)days} : none;
}

/* How each is said; the count is the last argument, so that a translation may leave it out. */
struct saying {
	const char *one, *many; /* many: NULL where nothing is counted */
};

static const struct saying shortly[] = {
	/* TRANSLATORS: the age of an article in a narrow column: as short as may be. */
	[UNIT_NOW] = {N_("now"), NULL},
	/* TRANSLATORS: minutes ago, in a narrow column: as short as may be. */
	[UNIT_MINUTES] = {NP_("%d min ago", "%d min ago")},
	/* TRANSLATORS: hours ago, in a narrow column: as short as may be. */
	[UNIT_HOURS] = {NP_("%d h ago", "%d h ago")},
	[UNIT_YESTERDAY] = {N_("yesterday"), NULL},
	[UNIT_DAYS] = {NP_("%d day ago", "%d days ago")},
};

static const struct saying wholly[] = {
	[UNIT_NOW] = {N_("now"), NULL},
	[UNIT_MINUTES] = {NP_("%d minute ago", "%d minutes ago")},
	[UNIT_HOURS] = {NP_("%d hour ago", "%d hours ago")},
	[UNIT_YESTERDAY] = {N_("yesterday"), NULL},
	[UNIT_DAYS] = {NP_("%d day ago", "%d days ago")},
};

static void write_age(struct buffer *out, struct age age, bool narrow)
{
	if (age.unit == UNIT_NONE)
		return;
	const struct saying *as = narrow ? &shortly[age.unit] : &wholly[age.unit];
	if (as->many)
		buffer_printf(
			out, ngettext(as->one, as->many, (unsigned long)age.count), age.count);
	else
		buffer_str(out, str_of(_(as->one)));
}

void dates_ago(const struct dates *dates, struct buffer *out, int64_t time, int64_t now)
{
	size_t from = out->len;
	write_age(out, age_of(time, now), false);
	number_redigit(out, from, dates->digits);
}

bool dates_wants_full(const struct dates *dates)
{
	return dates->style != STYLE_RELATIVE;
}

bool dates_wants_ago(const struct dates *dates)
{
	return dates->style != STYLE_ABSOLUTE;
}

/* ---- in numbers ----------------------------------------------------------------- */

static void write_clock(struct dates *dates, struct buffer *out, const struct moment *moment)
{
	size_t from = out->len;
	buffer_printf(out, "%02d:%02d", moment->hour, moment->minute);
	number_redigit(out, from, dates->digits);
}

static void write_numbers(
	const struct dates *dates, struct buffer *out, const struct calendar_date *date, bool year)
{
	size_t from = out->len;
	char between = dates->order.between;
	if (dates->order.day_first && year)
		buffer_printf(out, "%02d%c%02d%c%04d", date->day, between, date->month, between,
			date->year);
	else if (dates->order.day_first)
		buffer_printf(out, "%02d%c%02d", date->day, between, date->month);
	else if (year)
		buffer_printf(out, "%04d%c%02d%c%02d", date->year, between, date->month, between,
			date->day);
	else
		buffer_printf(out, "%02d%c%02d", date->month, between, date->day);
	number_redigit(out, from, dates->digits);
}

/* Months of the Hebrew calendar have names and no numbers. */
static void write_day(struct dates *dates, struct buffer *out, int64_t day, bool year)
{
	struct calendar_date date;
	bool named = dates->kind == CALENDAR_HEBREW && names_of(dates);
	if (named)
		month_write(dates->names, out, day, year ? MONTH_DAY_YEAR : MONTH_DAY);
	else if (date_of(dates, day, &date))
		write_numbers(dates, out, &date, year);
}

static bool same_year(struct dates *dates, int64_t day, int64_t other)
{
	struct calendar_date a, b;
	return date_of(dates, day, &a) && date_of(dates, other, &b) && a.year == b.year;
}

void dates_short(struct dates *dates, struct buffer *out, int64_t time, int64_t now)
{
	struct moment then, today;
	if (!moment_of(time, &then))
		return;
	bool dated = moment_of(now, &today);
	bool short_year =
		dates->kind == CALENDAR_HEBREW && dated && same_year(dates, then.day, today.day);
	if (dated && today.day == then.day)
		write_clock(dates, out, &then);
	else
		write_day(dates, out, then.day, !short_year);
}

void dates_column(struct dates *dates, struct buffer *out, int64_t time, int64_t now)
{
	size_t from = out->len;
	struct age age = age_of(time, now);
	if (!dates_wants_ago(dates) || age.unit == UNIT_NONE) {
		dates_short(dates, out, time, now);
		return;
	}
	write_age(out, age, true);
	number_redigit(out, from, dates->digits);
}

void dates_day(struct dates *dates, struct buffer *out, int64_t time, int64_t now)
{
	struct moment then, today;
	if (!moment_of(time, &then))
		return;
	if (moment_of(now, &today) && today.day == then.day)
		write_clock(dates, out, &then);
	else
		write_day(dates, out, then.day, false);
}

void dates_moment(struct dates *dates, struct buffer *out, int64_t time)
{
	struct moment then;
	if (!moment_of(time, &then))
		return;
	write_day(dates, out, then.day, true);
	buffer_byte(out, ' ');
	write_clock(dates, out, &then);
}

void dates_full(struct dates *dates, struct buffer *out, int64_t time)
{
	struct moment then;
	if (!moment_of(time, &then))
		return;
	if (!names_of(dates)) {
		dates_moment(dates, out, time);
		return;
	}
	month_write(dates->names, out, then.day, MONTH_FULL);
	buffer_byte(out, ' ');
	write_clock(dates, out, &then);
}

void dates_number(const struct dates *dates, struct buffer *out, int64_t number)
{
	size_t from = out->len;
	buffer_printf(out, "%lld", (long long)number);
	number_redigit(out, from, dates->digits);
}

enum number_digits dates_digits(const struct dates *dates)
{
	return dates->digits;
}

/* ---- widths ------------------------------------------------------------------------ */

enum { CLOCK_CELLS = 5 };

/* An upper bound of the cells: marks and format characters take none. */
static int cells_of(const struct buffer *text)
{
	const uint32_t none = U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK;
	struct str rest = buffer_view(text);
	int cells = 0;
	while (rest.len > 0) {
		uint32_t c;
		rest = str_slice(rest, utf8_decode(rest.ptr, rest.len, &c), rest.len);
		cells += (U_GET_GC_MASK((UChar32)c) & none) == 0;
	}
	return cells;
}

static void widen(int *cells, struct buffer *text)
{
	int now = cells_of(text);
	if (now > *cells)
		*cells = now;
	buffer_clear(text);
}

/* The widest day; those of two years, of which the one is a leap year in every calendar. */
static int widest_day(struct dates *dates, bool year)
{
	enum { FROM = 19500, DAYS = 3 * 366, STEP = 7 };
	struct buffer text = {0};
	int cells = CLOCK_CELLS;
	bool named = dates->kind == CALENDAR_HEBREW;
	for (int64_t day = FROM; day < FROM + (named ? DAYS : 1); day += STEP) {
		write_day(dates, &text, day, year);
		widen(&cells, &text);
	}
	buffer_free(&text);
	return cells;
}

static void widen_by_ages(int *cells)
{
	static const struct age most[] = {{UNIT_NOW, 0}, {UNIT_MINUTES, 59}, {UNIT_HOURS, 23},
		{UNIT_YESTERDAY, 1}, {UNIT_DAYS, DAYS_TOLD}};
	struct buffer text = {0};
	for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
		struct age age = most[i];
		do {
			write_age(&text, age, true);
			widen(cells, &text);
		} while (--age.count > 0);
	}
	buffer_free(&text);
}

int dates_column_cells(struct dates *dates)
{
	if (dates->column_cells == 0) {
		dates->column_cells = widest_day(dates, true);
		if (dates_wants_ago(dates))
			widen_by_ages(&dates->column_cells);
	}
	return dates->column_cells;
}

int dates_day_cells(struct dates *dates)
{
	if (dates->day_cells == 0)
		dates->day_cells = widest_day(dates, false);
	return dates->day_cells;
}

int dates_moment_cells(struct dates *dates)
{
	return widest_day(dates, true) + 1 + CLOCK_CELLS;
}
