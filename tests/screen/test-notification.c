/* Notifications of the desktop: the bytes that a terminal is sent. */
#include "screen/notification.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void expect(enum probe_mux mux, enum screen_notify kind, struct str title, struct str text,
	const char *bytes)
{
	struct buffer got = {0};
	notification_sequence(&got, mux, kind, title, text);
	assert_false(got.failed);
	assert_string_equal(got.data, bytes);
	buffer_free(&got);
}

static void both_kinds_have_their_form(void **state)
{
	(void)state;
	expect(PROBE_NO_MUX, SCREEN_NOTIFY_9, STR("khabar"), STR("3 خبر"),
		"\033]9;khabar: 3 خبر\a");
	expect(PROBE_NO_MUX, SCREEN_NOTIFY_777, STR("kha;bar"), STR("a;b"),
		"\033]777;notify;kha bar;a;b\a");
}

static void what_would_end_or_turn_it_goes(void **state)
{
	(void)state;
	expect(PROBE_NO_MUX, SCREEN_NOTIFY_9, STR("k"),
		STR("a\033]52;c;eA==\a\033\\b\x7f\xc2\x9d"
		    "c\n\td\u202e\u2067"),
		"\033]9;k: a]52;c;eA==\\bc  d\a");
}

static void multiplexers_pass_it_on(void **state)
{
	(void)state;
	expect(PROBE_TMUX, SCREEN_NOTIFY_9, STR("k"), STR("x"),
		"\033Ptmux;\033\033]9;k: x\a\033\\");
	expect(PROBE_SCREEN, SCREEN_NOTIFY_9, STR("k"), STR("x"), "\033P\033]9;k: x\a\033\\");
}

/* A text of any length is cut, and screen gets no string longer than it takes. */
static void it_is_bounded(void **state)
{
	enum { LONG = 100000, SCREEN_TAKES = 256 };
	char *text = malloc(LONG);
	struct buffer got = {0};
	(void)state;
	assert_non_null(text);
	memset(text, 'x', LONG);
	notification_sequence(
		&got, PROBE_SCREEN, SCREEN_NOTIFY_9, STR("k"), (struct str){text, LONG});
	assert_true(got.len < 2 * SCREEN_TAKES);
	size_t since = 0;
	for (size_t i = 1; i < got.len; i++) {
		if (got.data[i - 1] != '\033' || got.data[i] != '\\')
			continue;
		assert_true(i - since < SCREEN_TAKES);
		since = i;
	}
	assert_int_equal(since, got.len - 1);
	buffer_free(&got);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_kinds_have_their_form),
		cmocka_unit_test(what_would_end_or_turn_it_goes),
		cmocka_unit_test(multiplexers_pass_it_on),
		cmocka_unit_test(it_is_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
