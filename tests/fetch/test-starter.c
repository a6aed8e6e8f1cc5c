/* The feeds to begin with: OPML that others read, and safe addresses only. */
#include "tests/command/program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static char path[512];

static int setup(void **state)
{
	const char *source = getenv("KHABAR_SOURCE");
	snprintf(path, sizeof path, "%s/samples/starter.opml", source ? source : ".");
	return program_setup(state);
}

/* What xmllint makes of an expression of XPath. */
static long number(const char *expression)
{
	struct run r = other_fed(
		(struct str){NULL, 0}, "xmllint", "--nonet", "--xpath", expression, path, NULL);
	assert_run(r, 0);
	return strtol(r.out.ptr, NULL, 10);
}

static void test_addresses(void **state)
{
	(void)state;
	long count = number("count(/opml[@version='2.0']/body/outline/outline)");
	assert_true(count >= 30);
	assert_int_equal(number("count(//@xmlUrl)"), count);
	assert_int_equal(number("count(//@xmlUrl[starts-with(., 'https://')])"), count);
	assert_int_equal(number("count(//@htmlUrl[starts-with(., 'https://')])"), count);
	assert_int_equal(number("count(//outline[@xmlUrl = following::outline/@xmlUrl])"), 0);
	assert_int_equal(number("count(//outline[@type='rss'][string-length(@text) > 1])"), count);
	/* Nobody is told that these were tried. */
	assert_int_equal(number("count(//outline[@xmlUrl][@description='untested'])"), count);
}

static void test_languages(void **state)
{
	(void)state;
	static const char *const languages[] = {"ar", "fa", "ur", "he", "ckb", "en"};
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		char expression[128];
		snprintf(expression, sizeof expression,
			"count(/opml/body/outline[@language='%s']/outline[@language='%s'])",
			languages[i], languages[i]);
		assert_true(number(expression) >= 5);
	}
	assert_int_equal(number("count(/opml/body/outline)"), 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_languages),
	};
	return cmocka_run_group_tests(tests, setup, program_teardown);
}
