/* The next visit, by a clock of our own. */
#include "fetch/schedule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

/* Tuesday, 14 November 2023, 22:13:20 UTC. */
#define NOW INT64_C(1700000000)

/* Seconds from NOW to the next visit; what is not named in `given` is unknown. */
static int64_t wait_of(struct schedule schedule, const char *given)
{
	schedule.now = NOW;
	if (!strstr(given, ".fresh"))
		schedule.fresh = SCHEDULE_UNKNOWN;
	if (!strstr(given, ".newest"))
		schedule.newest = SCHEDULE_UNKNOWN;
	return schedule_next(&schedule) - NOW;
}

#define WAIT(...) wait_of((struct schedule){__VA_ARGS__}, #__VA_ARGS__)

static void test_own_rhythm(void **state)
{
	(void)state;
	assert_int_equal(WAIT(.end = SCHEDULE_GOOD), HOUR);
	assert_int_equal(WAIT(.newest = NOW), 30 * MINUTE);
	assert_int_equal(WAIT(.newest = NOW + DAY), 30 * MINUTE);
	assert_int_equal(WAIT(.newest = NOW - 6 * HOUR), 30 * MINUTE);
	assert_int_equal(WAIT(.newest = NOW - 27 * HOUR), 45 * MINUTE);
	assert_int_equal(WAIT(.newest = NOW - 2 * DAY), HOUR);
	assert_int_equal(WAIT(.newest = 0), HOUR);
	assert_int_equal(WAIT(.newest = INT64_MIN + 1), HOUR);
	assert_int_equal(WAIT(.newest = INT64_MAX), 30 * MINUTE);
}

static void test_asked(void **state)
{
	(void)state;
	/* The longest counts; less than our own rhythm does not. */
	assert_int_equal(WAIT(.fresh = 2 * HOUR), 2 * HOUR);
	assert_int_equal(WAIT(.fresh = 60), HOUR);
	assert_int_equal(WAIT(.fresh = 0), HOUR);
	assert_int_equal(WAIT(.asked = 3 * HOUR), 3 * HOUR);
	assert_int_equal(WAIT(.asked = 3 * HOUR, .fresh = 4 * HOUR), 4 * HOUR);
	assert_int_equal(WAIT(.asked = 5 * HOUR, .fresh = 4 * HOUR), 5 * HOUR);
	assert_int_equal(WAIT(.fresh = INT64_MAX / 4), SCHEDULE_MOST);
	assert_int_equal(WAIT(.asked = 365 * DAY), SCHEDULE_MOST);
	/* The reader's own interval goes before all that, down to a minute. */
	assert_int_equal(WAIT(.interval = 60, .fresh = 2 * HOUR, .asked = DAY), 60);
	assert_int_equal(WAIT(.interval = 3 * DAY, .fresh = 60), 3 * DAY);
}

static void test_failures(void **state)
{
	(void)state;
	assert_int_equal(WAIT(.end = SCHEDULE_OFFLINE, .failures = 1), 5 * MINUTE);
	assert_int_equal(WAIT(.end = SCHEDULE_OFFLINE, .failures = 3), 20 * MINUTE);
	assert_int_equal(WAIT(.end = SCHEDULE_OFFLINE, .failures = 100000), 2 * HOUR);
	assert_int_equal(WAIT(.end = SCHEDULE_BROKEN, .failures = 1), 30 * MINUTE);
	assert_int_equal(WAIT(.end = SCHEDULE_BROKEN, .failures = 2), HOUR);
	assert_int_equal(WAIT(.end = SCHEDULE_BROKEN, .failures = 100), 2 * DAY);
	assert_int_equal(WAIT(.end = SCHEDULE_REFUSED, .failures = 1), 30 * MINUTE);
	assert_int_equal(WAIT(.end = SCHEDULE_REFUSED, .failures = 100), 7 * DAY);
	/* An interval of the reader's own never makes it sooner. */
	assert_int_equal(WAIT(.end = SCHEDULE_BROKEN, .failures = 1, .interval = 60), 30 * MINUTE);
	assert_int_equal(
		WAIT(.end = SCHEDULE_BROKEN, .failures = 1, .interval = DAY), (int64_t)DAY);
	int64_t before = 0;
	for (int failures = 1; failures < 40; failures++) {
		int64_t wait = WAIT(.end = SCHEDULE_REFUSED, .failures = failures);
		assert_true(wait >= before);
		before = wait;
	}
}

static void test_retry_after(void **state)
{
	(void)state;
	assert_int_equal(
		WAIT(.end = SCHEDULE_REFUSED, .failures = 1, .retry_at = NOW + 3 * HOUR), 3 * HOUR);
	/* Sooner than our own back-off: the back-off. */
	assert_int_equal(WAIT(.end = SCHEDULE_REFUSED, .failures = 2, .retry_at = NOW + 60), HOUR);
	assert_int_equal(
		WAIT(.end = SCHEDULE_REFUSED, .failures = 1, .retry_at = NOW + 365 * DAY), 7 * DAY);
	assert_int_equal(WAIT(.end = SCHEDULE_REFUSED, .failures = 1, .interval = 60,
				 .retry_at = NOW + 3 * HOUR),
		3 * HOUR);
}

static void test_spread(void **state)
{
	(void)state;
	for (uint32_t spread = 0; spread < 5000; spread += 7) {
		int64_t wait = WAIT(.asked = 10 * HOUR, .spread = spread);
		assert_in_range(wait, 10 * HOUR, 11 * HOUR);
		wait = WAIT(.end = SCHEDULE_REFUSED, .failures = 1, .retry_at = NOW + 10 * HOUR,
			.spread = spread);
		assert_in_range(wait, 10 * HOUR, 11 * HOUR);
	}
	assert_true(
		WAIT(.asked = 10 * HOUR, .spread = 1) != WAIT(.asked = 10 * HOUR, .spread = 500));
}

static void test_skipped(void **state)
{
	(void)state;
	const uint32_t tuesday = SCHEDULE_DAY(1), wednesday = SCHEDULE_DAY(2);
	/* An hour from now it is 23:13 on Tuesday. */
	assert_int_equal(WAIT(.skip = SCHEDULE_HOUR(22)), HOUR);
	assert_int_equal(WAIT(.skip = SCHEDULE_HOUR(23)), 2 * HOUR - 13 * MINUTE - 20);
	assert_int_equal(
		WAIT(.skip = SCHEDULE_HOUR(23) | SCHEDULE_HOUR(0)), 3 * HOUR - 13 * MINUTE - 20);
	assert_int_equal(WAIT(.skip = wednesday), HOUR);
	assert_int_equal(WAIT(.skip = tuesday), 2 * HOUR - 13 * MINUTE - 20);
	assert_int_equal(WAIT(.skip = tuesday | wednesday), 26 * HOUR - 13 * MINUTE - 20);
	/* All of it left out is nothing left out. */
	assert_int_equal(WAIT(.skip = UINT32_MAX), HOUR);
	assert_int_equal(WAIT(.skip = 0x00ffffff), HOUR);
	/* The reader's own interval does not mind. */
	assert_int_equal(WAIT(.skip = SCHEDULE_HOUR(23), .interval = HOUR), HOUR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_own_rhythm),
		cmocka_unit_test(test_asked),
		cmocka_unit_test(test_failures),
		cmocka_unit_test(test_retry_after),
		cmocka_unit_test(test_spread),
		cmocka_unit_test(test_skipped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
