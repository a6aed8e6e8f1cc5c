/* OSC 52 as bytes: base64 against RFC 4648's own examples, and the ways through multiplexers. */
#include "screen/clipboard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void base64_is_that_of_rfc_4648(void **state)
{
	static const char *const table[][2] = {
		{"", ""},
		{"f", "Zg=="},
		{"fo", "Zm8="},
		{"foo", "Zm9v"},
		{"foob", "Zm9vYg=="},
		{"fooba", "Zm9vYmE="},
		{"foobar", "Zm9vYmFy"},
		{"خبر", "2K7YqNix"},
		{"\xff\xfe\xfd~?>", "//79fj8+"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct buffer got = {0}, want = {0};
		assert_true(clipboard_sequence(&got, PROBE_NO_MUX, str_of(table[i][0])));
		buffer_printf(&want, "\033]52;c;%s\a", table[i][1]);
		assert_true(str_equal(buffer_view(&got), buffer_view(&want)));
		buffer_free(&got);
		buffer_free(&want);
	}
}

static void tmux_gets_it_for_itself_and_for_its_terminal(void **state)
{
	struct buffer got = {0};
	(void)state;
	assert_true(clipboard_sequence(&got, PROBE_TMUX, STR("foo")));
	assert_true(str_equal(
		buffer_view(&got), STR("\033]52;c;Zm9v\a\033Ptmux;\033\033]52;c;Zm9v\a\033\\")));
	buffer_free(&got);
}

/* What screen hands on, put together again, is the sequence; no piece is too long for it. */
static void screen_gets_short_pieces(void **state)
{
	enum { LONG = 5000, MOST = 256 };
	char *text = malloc(LONG);
	struct buffer plain = {0}, got = {0}, joined = {0};
	(void)state;
	assert_non_null(text);
	memset(text, 'x', LONG);
	assert_true(clipboard_sequence(&plain, PROBE_NO_MUX, (struct str){text, LONG}));
	assert_true(clipboard_sequence(&got, PROBE_SCREEN, (struct str){text, LONG}));
	struct str rest = buffer_view(&got);
	while (rest.len > 0) {
		assert_true(str_starts(rest, STR("\033P")));
		ptrdiff_t end = str_find(rest, STR("\033\\"));
		assert_true(end > 0 && end + 2 <= MOST);
		buffer_str(&joined, str_slice(rest, 2, (size_t)end));
		rest = str_slice(rest, (size_t)end + 2, rest.len);
	}
	assert_true(str_equal(buffer_view(&joined), buffer_view(&plain)));
	buffer_free(&plain);
	buffer_free(&got);
	buffer_free(&joined);
	free(text);
}

static void there_is_a_limit(void **state)
{
	char *text = calloc(1, CLIPBOARD_MOST + 1);
	struct buffer got = {0};
	(void)state;
	assert_non_null(text);
	assert_true(clipboard_sequence(&got, PROBE_NO_MUX, (struct str){text, CLIPBOARD_MOST}));
	assert_true(got.len <= 100000 + 8);
	buffer_clear(&got);
	assert_false(
		clipboard_sequence(&got, PROBE_NO_MUX, (struct str){text, CLIPBOARD_MOST + 1}));
	assert_int_equal(got.len, 0);
	buffer_free(&got);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base64_is_that_of_rfc_4648),
		cmocka_unit_test(tmux_gets_it_for_itself_and_for_its_terminal),
		cmocka_unit_test(screen_gets_short_pieces),
		cmocka_unit_test(there_is_a_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
