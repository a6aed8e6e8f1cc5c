#include "locale/date.h"

#include <time.h>

static bool same_day(const struct tm *a, const struct tm *b)
{
	return a->tm_year == b->tm_year && a->tm_yday == b->tm_yday;
}

static const char *format_of(enum date_style style, const struct tm *when, int64_t now)
{
	if (style == DATE_RFC3339)
		return "%Y-%m-%dT%H:%M:%SZ";
	if (style == DATE_LONG)
		return "%Y-%m-%d %H:%M";
	struct tm today;
	time_t seconds = (time_t)now;
	bool is_today = localtime_r(&seconds, &today) && same_day(when, &today);
	return is_today ? "%H:%M" : "%Y-%m-%d";
}

void date_format(struct buffer *out, int64_t unix_seconds, int64_t now, enum date_style style)
{
	enum { FIRST_YEAR = 0 - 1900, LAST_YEAR = 9999 - 1900 };
	if (unix_seconds == INT64_MIN)
		return;
	struct tm when;
	time_t seconds = (time_t)unix_seconds;
	struct tm *filled = style == DATE_RFC3339 ? gmtime_r(&seconds, &when)
						  : localtime_r(&seconds, &when);
	if (!filled || when.tm_year < FIRST_YEAR || when.tm_year > LAST_YEAR)
		return;
	char text[32];
	size_t len = strftime(text, sizeof text, format_of(style, &when, now), &when);
	buffer_add(out, text, len);
}
