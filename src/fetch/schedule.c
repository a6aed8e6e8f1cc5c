#include "fetch/schedule.h"

enum { HOUR = 3600, DAY = 86400, DOUBLINGS_MOST = 16 };

static int64_t within(int64_t value, int64_t least, int64_t most)
{
	return value < least ? least : value > most ? most : value;
}

/* Half an hour where news came within six hours, an hour where none came for two days. */
static int64_t own_rhythm(const struct schedule *s)
{
	const int64_t lively = 6 * HOUR, quiet = 2 * DAY;
	if (s->newest == SCHEDULE_UNKNOWN)
		return SCHEDULE_QUIET;
	int64_t age = s->newest >= s->now          ? 0
		      : s->newest < s->now - quiet ? quiet
						   : s->now - s->newest;
	age = within(age, lively, quiet) - lively;
	return SCHEDULE_LIVELY + (SCHEDULE_QUIET - SCHEDULE_LIVELY) * age / (quiet - lively);
}

static int64_t after_success(const struct schedule *s)
{
	int64_t wait = own_rhythm(s);
	if (s->interval > 0)
		return within(s->interval, 1, SCHEDULE_MOST);
	if (s->fresh > wait)
		wait = s->fresh;
	if (s->asked > wait)
		wait = s->asked;
	return within(wait, SCHEDULE_LEAST, SCHEDULE_MOST);
}

/* The first wait, doubled with each further failure. */
static int64_t after_failure(const struct schedule *s)
{
	static const struct {
		int64_t first, most;
	} waits[] = {
		[SCHEDULE_OFFLINE] = {5 * 60, 2 * HOUR},
		[SCHEDULE_BROKEN] = {30 * 60, 2 * DAY},
		[SCHEDULE_REFUSED] = {30 * 60, SCHEDULE_MOST},
	};
	int64_t wait = waits[s->end].first;
	for (int i = 1; i < s->failures && i < DOUBLINGS_MOST && wait < waits[s->end].most; i++)
		wait *= 2;
	if (wait < s->interval)
		wait = s->interval;
	return within(wait, SCHEDULE_LEAST, waits[s->end].most);
}

static bool is_skipped(uint32_t skip, int64_t at)
{
	int64_t days = at / DAY;
	int hour = (int)(at % DAY / HOUR), weekday = (int)((days + 3) % 7); /* 1970: a Thursday */
	return skip & (SCHEDULE_HOUR(hour) | SCHEDULE_DAY(weekday));
}

/* The first hour from `at` on that is not left out; `at` when that would be all of a week. */
static int64_t past_skipped(uint32_t skip, int64_t at)
{
	if (skip == 0 || at < 0)
		return at;
	int64_t when = at;
	for (int i = 0; i <= 7 * 24; i++) {
		if (!is_skipped(skip, when))
			return when;
		when = (when / HOUR + 1) * HOUR;
	}
	return at;
}

int64_t schedule_next(const struct schedule *s)
{
	int64_t wait = s->end == SCHEDULE_GOOD ? after_success(s) : after_failure(s);
	/* Late rather than early, and never all at once. */
	wait += wait / 10 * (s->spread % 1000) / 1000;
	int64_t next = s->now + wait;
	if (s->retry_at > next)
		next = s->retry_at + (s->retry_at - s->now) / 10 * (s->spread % 1000) / 1000;
	if (s->interval == 0 || s->end != SCHEDULE_GOOD)
		next = past_skipped(s->skip, next);
	return within(next, s->now + 1, s->now + SCHEDULE_MOST);
}
