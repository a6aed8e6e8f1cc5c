#include "locale/date.h"

#include <time.h>

static bool same_day(const struct tm *a, const struct tm *b)
{
	return a->tm_year == b->tm_year && a->tm_yday == b->tm_yday;
}

static bool is_today(const struct tm *when, int64_t now)
{
	struct tm today;
	time_t seconds = (time_t)now;
	return localtime_r(&seconds, &today) && same_day(when, &today);
}

static void add_day(struct buffer *out, const struct tm *when)
{
	enum { BASE_YEAR = 1900 };
	buffer_printf(
		out, "%04d-%02d-%02d", when->tm_year + BASE_YEAR, when->tm_mon + 1, when->tm_mday);
}

void date_format(struct buffer *out, int64_t unix_seconds, int64_t now, enum date_style style)
{
	enum { FIRST_YEAR = 0 - 1900, LAST_YEAR = 9999 - 1900 };
	if (unix_seconds == INT64_MIN)
		return;
	struct tm when;
	time_t seconds = (time_t)unix_seconds;
	struct tm *filled =
		style == DATE_RFC3339 ? gmtime_r(&seconds, &when) : localtime_r(&seconds, &when);
	if (!filled || when.tm_year < FIRST_YEAR || when.tm_year > LAST_YEAR)
		return;
	if (style == DATE_SHORT && is_today(&when, now)) {
		buffer_printf(out, "%02d:%02d", when.tm_hour, when.tm_min);
		return;
	}
	add_day(out, &when);
	if (style == DATE_LONG)
		buffer_printf(out, " %02d:%02d", when.tm_hour, when.tm_min);
	if (style == DATE_RFC3339)
		buffer_printf(out, "T%02d:%02d:%02dZ", when.tm_hour, when.tm_min, when.tm_sec);
}
