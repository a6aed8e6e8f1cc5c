/* The C library speaks UTF-8 whatever the environment says. */
#include "locale/utf8.h"

#include <langinfo.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <wchar.h>

#include <cmocka.h>

static void other_encodings_are_switched(void **state)
{
	(void)state;
	static const struct {
		const char *locale;
		bool switched;
	} cases[] = {
		{"C.UTF-8", false},
		{"C", true},
		{"POSIX", true},
		{"no_such_LOCALE.ISO-8859-6", true},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool switched = !cases[i].switched;
		wchar_t c;
		setenv("LC_ALL", cases[i].locale, 1);
		setlocale(LC_ALL, "C");
		assert_true(locale_use_utf8(&switched));
		assert_int_equal(switched, cases[i].switched);
		assert_string_equal(nl_langinfo(CODESET), "UTF-8");
		assert_int_equal(mbrtowc(&c, "\xd8\xae", 2, &(mbstate_t){0}), 2);
		assert_int_equal(c, 0x62E);
		assert_int_equal(wcwidth(c), 1);
		assert_string_equal(setlocale(LC_TIME, NULL), "C"); /* nothing else moved */
		assert_true(locale_use_utf8(NULL));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(other_encodings_are_switched),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
