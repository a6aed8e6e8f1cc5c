/* Words are counted alike in all scripts. */
#include "text/count.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void words_are_counted(void **state)
{
	static const struct {
		struct str text;
		size_t words;
	} cases[] = {
		{STR(""), 0},
		{STR(" \n — … "), 0},
		{STR("One, two;three 4"), 4},
		{STR("it's a sailor’s knot"), 4},
		{STR("كِتَابٌ جميـــل"), 2},
		{STR("می\u200cروم به خانه"), 3},
		{STR("שָׁלוֹם עולם"), 2},
		{STR("漢字仮名"), 2},
		{STR("read 漢字 now"), 3},
		{STR("สวัสดี"), 1},
		{STR("a\xFF\xC3 b"), 2},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (count_words(cases[i].text) != cases[i].words)
			fail_msg("%s: %zu words, not %zu", cases[i].text.ptr,
				count_words(cases[i].text), cases[i].words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
