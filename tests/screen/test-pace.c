/* When the terminal is asked whether it has caught up, and how long painting waits for it. */
#include "screen/pace.h"

#include "../text/support.h"

static void slow_keys_ask_nothing(void **state)
{
	struct pace pace = {.may_ask = true};
	(void)state;
	for (long long now = 1000; now < 10000; now += PACE_QUICK) {
		assert_false(pace_painted(&pace, now));
		assert_int_equal(pace_wait(&pace, now), 0);
	}
}

static void a_held_key_waits_for_the_answer(void **state)
{
	struct pace pace = {.may_ask = true};
	(void)state;
	assert_false(pace_painted(&pace, 1000));
	assert_true(pace_painted(&pace, 1033));
	assert_true(pace_wait(&pace, 1066) > 0);
	assert_false(pace.caught);
	assert_false(pace_take(&pace, "?1;2c"));
	assert_true(pace_take(&pace, "0n"));
	assert_true(pace.caught);
	assert_int_equal(pace_wait(&pace, 1500), 0);
	pace.caught = false;
	/* One that nobody waits for changes nothing. */
	assert_true(pace_take(&pace, "0n"));
	assert_false(pace.caught);
}

/* A terminal that never answered is believed deaf soon; one that did has a slow line. */
static void the_deaf_are_not_waited_for(void **state)
{
	struct pace pace = {.may_ask = true};
	(void)state;
	pace_painted(&pace, 1000);
	assert_true(pace_painted(&pace, 1010));
	assert_true(pace_wait(&pace, 1010 + PACE_LIMIT_FIRST - 1) > 0);
	assert_int_equal(pace_wait(&pace, 1010 + PACE_LIMIT_FIRST), 0);
	assert_true(pace.caught);
	pace_painted(&pace, 5000);
	assert_false(pace_painted(&pace, 5010));
	pace = (struct pace){.may_ask = true, .answers = true};
	pace_painted(&pace, 1000);
	assert_true(pace_painted(&pace, 1010));
	assert_true(pace_wait(&pace, 1010 + PACE_LIMIT_FIRST) > 0);
	assert_int_equal(pace_wait(&pace, 1010 + PACE_LIMIT), 0);
}

static void who_answers_nothing_is_not_asked(void **state)
{
	struct pace pace = {0};
	(void)state;
	for (long long now = 1000; now < 2000; now += 10)
		assert_false(pace_painted(&pace, now));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slow_keys_ask_nothing),
		cmocka_unit_test(a_held_key_waits_for_the_answer),
		cmocka_unit_test(the_deaf_are_not_waited_for),
		cmocka_unit_test(who_answers_nothing_is_not_asked),
	};
	return cmocka_run_group_tests_name("screen/pace", tests, NULL, NULL);
}
