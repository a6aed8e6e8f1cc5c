/*
 * When a feed is visited next.  Pure functions of what the server and the feed say, what
 * happened, and the time: no clock, no network, no chance (the spread is handed in).
 *
 * In order of weight: what the server asks after a refusal (Retry-After, RFC 9110 section 10.2.3);
 * the reader's own interval; the longest of what HTTP says is fresh (RFC 9111), what the feed asks
 * (RSS 2.0 ttl, the syndication module of RSS 1.0) and our own rhythm, which follows how new the
 * newest article is; then hours and days that the feed wants left out (RSS 2.0 skipHours,
 * skipDays).
 */
#ifndef KHABAR_FETCH_SCHEDULE_H
#define KHABAR_FETCH_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

/* Seconds. */
enum {
	SCHEDULE_LEAST = 5 * 60,   /* unless the reader's own interval is shorter */
	SCHEDULE_MOST = 7 * 86400, /* for all */
	SCHEDULE_LIVELY = 30 * 60, /* our own rhythm, of a feed with an article of today */
	SCHEDULE_QUIET = 60 * 60,  /* the same, of one without any for days */
};

/* Visits in a row that must find the same permanent redirect before the feed moves. */
enum { SCHEDULE_MOVES = 3 };

/* Bits of `skip`: hour 0 to 23 UTC; then Monday to Sunday. */
#define SCHEDULE_HOUR(hour) ((uint32_t)1 << (hour))
#define SCHEDULE_DAY(day) ((uint32_t)1 << (24 + (day)))

#define SCHEDULE_UNKNOWN INT64_MIN

enum schedule_end {
	SCHEDULE_GOOD,    /* read, or unchanged */
	SCHEDULE_OFFLINE, /* the host was not reached: perhaps it is us */
	SCHEDULE_BROKEN,  /* answered with an error, or with what is no feed */
	SCHEDULE_REFUSED, /* 429 or 503: too many visits */
};

struct schedule {
	int64_t now; /* Unix seconds */
	enum schedule_end end;
	int failures;     /* visits in a row that failed, this one too; 0 for SCHEDULE_GOOD */
	int64_t interval; /* the reader's own, seconds; 0: none */
	int64_t fresh;    /* seconds that the answer stays fresh, or SCHEDULE_UNKNOWN */
	int64_t retry_at; /* Unix seconds that the server asks to wait for, 0: none */
	int64_t asked;    /* seconds between visits that the feed asks for, 0: none */
	uint32_t skip;    /* hours and days that it asks to leave out */
	int64_t newest;   /* Unix seconds of the newest article, or SCHEDULE_UNKNOWN */
	uint32_t spread;  /* any number: the share of a tenth that is added */
};

/* Unix seconds of the next visit: after `now`. */
int64_t schedule_next(const struct schedule *schedule);

#endif
