/* Dates for the eye.  Gregorian calendar, Latin digits, the machine's time zone. */
#ifndef KHABAR_LOCALE_DATE_H
#define KHABAR_LOCALE_DATE_H

#include "base/buffer.h"

#include <stdint.h>

enum date_style {
	DATE_SHORT,   /* for lists, 10 cells at most: "14:05" on the day of `now`, else "2024-06-17"
		       */
	DATE_LONG,    /* "2024-06-17 14:05" */
	DATE_RFC3339, /* "2024-06-17T14:05:00Z", UTC */
};

/* INT64_MIN (no date) and years outside 0 to 9999 write nothing. */
void date_format(struct buffer *out, int64_t unix_seconds, int64_t now, enum date_style style);

#endif
