/* Strings, buffers, arrays, errors; UTF-8 against ICU. */
#include "base/array.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants the headers above first. */
#include <cmocka.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

static void test_str(void **state)
{
	struct str s = STR("Hello, World");
	(void)state;
	assert_int_equal(str_of(NULL).len, 0);
	assert_true(str_equal(str_slice(s, 7, 99), STR("World")));
	assert_int_equal(str_slice(s, 9, 3).len, 0);
	assert_true(str_equal_nocase(s, STR("hELLO, wORLD")));
	assert_false(str_equal_nocase(STR("É"), STR("é")));
	assert_true(str_starts(s, STR("")));
	assert_false(str_starts(STR("a"), STR("ab")));
	assert_true(str_ends(s, STR("ld")));
	assert_int_equal(str_find(s, STR("o")), 4);
	assert_int_equal(str_find(s, STR("")), 0);
	assert_int_equal(str_find(s, STR("x")), -1);
	assert_int_equal(str_find(STR("a"), STR("aa")), -1);
	assert_int_equal(str_find_nocase(s, STR("WORLD")), 7);
	assert_true(str_equal(str_trim(STR(" \t\xc2\xa0 a b\n\xc2\xa0")), STR("a b")));
	assert_int_equal(str_trim(STR(" \n ")).len, 0);
}

static void test_split(void **state)
{
	struct str rest = STR("a,,b"), piece;
	const char *want[] = {"a", "", "b"};
	size_t count = 0;
	(void)state;
	while (str_split(&rest, ',', &piece))
		assert_true(str_equal(piece, str_of(want[count++])));
	assert_int_equal(count, 3);
	rest = STR("");
	assert_true(str_split(&rest, ',', &piece));
	assert_int_equal(piece.len, 0);
	assert_false(str_split(&rest, ',', &piece));
}

static void test_buffer(void **state)
{
	struct buffer b = {0};
	(void)state;
	assert_string_equal(buffer_view(&b).ptr, "");
	buffer_str(&b, STR("x="));
	buffer_printf(&b, "%d%s", 42, "");
	buffer_utf8(&b, 0x20AC);
	buffer_utf8(&b, 0xD800);
	buffer_repeat(&b, STR("ab"), 3);
	buffer_byte(&b, '!');
	assert_string_equal(b.data, "x=42€\xef\xbf\xbd" "ababab!");
	for (int i = 0; i < 10000; i++)
		buffer_byte(&b, 'y');
	assert_int_equal(b.data[b.len], '\0');
	char *taken = buffer_take(&b);
	assert_int_equal(strlen(taken), 10000 + 17);
	assert_null(b.data);
	free(taken);
	assert_false(buffer_reserve(&b, SIZE_MAX - 10));
	buffer_byte(&b, 'z');
	assert_int_equal(b.len, 0);
	assert_null(buffer_take(&b));
	assert_false(b.failed);
	taken = buffer_take(&b);
	assert_string_equal(taken, "");
	free(taken);
}

static void test_array(void **state)
{
	int *items = NULL;
	size_t cap = 0;
	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		assert_true(array_reserve(&items, &cap, i + 1, sizeof *items));
		items[i] = (int)i;
	}
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(items[i], i);
	size_t before = cap;
	assert_false(array_reserve(&items, &cap, SIZE_MAX / 2, sizeof *items));
	assert_int_equal(cap, before);
	assert_int_equal(items[999], 999);
	free(items);
}

static void test_error(void **state)
{
	struct error e = {0};
	(void)state;
	assert_int_equal(error_set(NULL, EX_USAGE, "x"), -1);
	assert_int_equal(error_set(&e, EX_USAGE, "a\x1b[2J\xe2\x80\xae" "b\xc2\x9b\xff" "c%d", 7), -1);
	assert_int_equal(e.status, EX_USAGE);
	assert_string_equal(e.message, "a?[2J?b??c7");
	char longer[2000];
	for (size_t i = 0; i + 1 < sizeof longer; i += 2)
		memcpy(longer + i, "ש", 2);
	longer[sizeof longer - 2] = '\0';
	error_set(&e, EX_DATAERR, "x%s", longer);
	assert_true(utf8_valid(str_of(e.message)));
	assert_true(strlen(e.message) > 500);
	assert_int_equal(error_no_memory(&e), -1);
	assert_int_equal(e.status, EX_OSERR);
}

/* ---- UTF-8: ICU's macro replaces maximal subparts, too ---- */

static void compare(const char *bytes, size_t len)
{
	int32_t i = 0;
	size_t at = 0, count = 0;
	bool valid = true;
	while (at < len) {
		UChar32 want;
		uint32_t got;
		U8_NEXT(bytes, i, (int32_t)len, want);
		at += utf8_decode(bytes + at, len - at, &got);
		valid &= want >= 0;
		assert_int_equal(got, want < 0 ? UTF8_REPLACEMENT : (uint32_t)want);
		assert_int_equal(at, i);
		count++;
	}
	assert_int_equal(utf8_length((struct str){bytes, len}), count);
	assert_int_equal(utf8_valid((struct str){bytes, len}), valid);
}

static void test_utf8_random(void **state)
{
	static const unsigned char likely[] = {0x80, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE2, 0xED,
		0xEF, 0xF0, 0xF4, 0xF5, 0xFF, 0x9F, 0xA0, 0x8F, 0x90, 'a', 0x7F, 0x00, 0xBD};
	char bytes[24];
	(void)state;
	srand(3);
	for (int round = 0; round < 200000; round++) {
		size_t len = (size_t)rand() % sizeof bytes;
		for (size_t i = 0; i < len; i++) {
			int any = rand() % 4;
			bytes[i] = (char)(any == 0 ? rand() : likely[(size_t)rand() % sizeof likely]);
		}
		compare(bytes, len);
	}
}

static void test_utf8_all(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp < 0x110010; cp++) {
		char bytes[4], icu[4];
		int32_t len = 0;
		bool scalar = cp < 0xD800 || (cp > 0xDFFF && cp < 0x110000);
		size_t n = utf8_encode(cp, bytes);
		UChar32 want = (UChar32)(scalar ? cp : UTF8_REPLACEMENT);
		U8_APPEND_UNSAFE(icu, len, want);
		if (n != (size_t)len || memcmp(bytes, icu, n) != 0)
			fail_msg("U+%X", cp);
	}
	uint32_t cp = 1;
	assert_int_equal(utf8_decode("", 0, &cp), 0);
	assert_int_equal(cp, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_str),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_buffer),
		cmocka_unit_test(test_array),
		cmocka_unit_test(test_error),
		cmocka_unit_test(test_utf8_random),
		cmocka_unit_test(test_utf8_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
