/*
 * Dates as feeds write them: RFC 822, 2822 and 5322 with all their sins, RFC 3339, W3CDTF (partial
 * ones too), ISO 8601 (ordinal dates, weeks, without dashes), asctime, Unix time, MSSQL, and
 * names of months and days in the languages of feeds (see article/dateline.h), with any digits.
 */
#ifndef KHABAR_FEED_DATE_H
#define KHABAR_FEED_DATE_H

#include "base/buffer.h"
#include "base/str.h"

#include <stdint.h>

/* Years outside of these give no date: they are mistakes, or forged. */
enum { FEED_DATE_YEAR_MIN = 1900, FEED_DATE_YEAR_MAX = 2199 };

/*
 * Unix seconds; UTC where no zone is given, or one that nobody knows; 0:00 where no time is,
 * the first day where a day or month is missing.  A leap second is the second before it, 24:00 the
 * midnight after.  False: there is no date, or a field is out of its range.
 */
bool feed_date_parse(struct str text, int64_t *unix_seconds);

/* Appends "2024-06-01T12:00:00Z" (RFC 3339). */
void feed_date_write(int64_t unix_seconds, struct buffer *out);

#endif
