/* Bytes of a terminal to keys: every sequence whole, in every cut, and no reply as a key. */
#include "base/buffer.h"
#include "screen/input.h"

#include "screen/screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST_KEYS = 64 };

struct keys {
	uint32_t list[MOST_KEYS];
	size_t count;
	int row, column; /* of the last cursor report */
	struct mouse_event mouse[MOST_KEYS];
	size_t mouse_count;
};

static void collect(struct input *input, struct keys *keys)
{
	struct input_item item;
	while ((item = input_next(input)).kind != INPUT_NOTHING) {
		if (item.kind == INPUT_KEY && keys->count < MOST_KEYS)
			keys->list[keys->count++] = item.key;
		if (item.kind == INPUT_MOUSE && keys->mouse_count < MOST_KEYS)
			keys->mouse[keys->mouse_count++] = item.mouse;
		if (item.kind == INPUT_CURSOR) {
			keys->row = item.row;
			keys->column = item.column;
		}
	}
}

/* Feeds the bytes in pieces of `step`, then lets the patience run out. */
static struct keys feed(struct input *input, const char *bytes, size_t step)
{
	struct keys keys = {0};
	size_t len = strlen(bytes);
	for (size_t i = 0; i < len; i += step) {
		size_t n = len - i < step ? len - i : step;
		assert_true(input_room(input) >= n);
		memcpy(input->bytes + input->len, bytes + i, n);
		input->len += n;
		collect(input, &keys);
	}
	if (input_is_partial(input)) {
		struct input_item item = input_give_up(input);
		if (item.kind == INPUT_KEY)
			keys.list[keys.count++] = item.key;
	}
	return keys;
}

static void check(const char *bytes, const uint32_t *expected, size_t count)
{
	for (size_t step = 1; step <= 4; step++) {
		struct input input = {.erase = 0x7F};
		struct keys keys = feed(&input, bytes, step);
		if (keys.count != count ||
			(count && memcmp(keys.list, expected, count * sizeof *expected) != 0))
			fail_msg("\"%s\" in steps of %zu: %zu keys, first %x", bytes + 1, step,
				keys.count, keys.count ? keys.list[0] : 0);
	}
}

#define CHECK(bytes, ...)                                                                          \
	do {                                                                                       \
		const uint32_t expected[] = {__VA_ARGS__};                                         \
		check(bytes, expected, sizeof expected / sizeof *expected);                        \
	} while (0)

static void test_characters(void **state)
{
	(void)state;
	CHECK("aZ", 'a', 'Z');
	CHECK("\x01\x03\r\x1a", 1, 3, '\r', 26);
	CHECK("ش", 0x634);
	CHECK("שلپ😀q", 0x5E9, 0x644, 0x67E, 0x1F600, 'q');
	CHECK("\x7f", 127);
	CHECK("\x1b", 27);
}

static void test_keys_without_character(void **state)
{
	(void)state;
	CHECK("\x1b[A\x1bOB\x1b[C\x1bOD", KEY_CODE_UP, KEY_CODE_DOWN, KEY_CODE_RIGHT,
		KEY_CODE_LEFT);
	CHECK("\x1b[5~\x1b[6~", KEY_CODE_PAGE_UP, KEY_CODE_PAGE_DOWN);
	CHECK("\x1b[H\x1b[1~\x1bOH\x1b[7~", KEY_CODE_HOME, KEY_CODE_HOME, KEY_CODE_HOME,
		KEY_CODE_HOME);
	CHECK("\x1b[F\x1b[4~", KEY_CODE_END, KEY_CODE_END);
	CHECK("\x1bOP\x1b[15~\x1b[24~\x1b[[A", KEY_CODE_F1, KEY_CODE_F1 + 4, KEY_CODE_F12,
		KEY_CODE_F1);
	CHECK("\x1b[Z\x1b[2~\x1b[3~", KEY_CODE_BACK_TAB, KEY_CODE_INSERT, KEY_CODE_DELETE);
	CHECK("\x1bOM\x1bOj\x1bOy", '\r', '*', '9');
	CHECK("\x1b\x1b[A", 27, KEY_CODE_UP);
}

static void test_replies_are_no_keys(void **state)
{
	(void)state;
	CHECK("\x1b[1;2Rx", 'x');
	CHECK("\x1b[8;1$yx", 'x');
	CHECK("\x1b[?65;1;9cx", 'x');
	CHECK("\x1b[>65;7006;1cx", 'x');
	CHECK("\x1bP>|XTerm(379)\x1b\\x", 'x');
	CHECK("\x1b]11;rgb:0000/0000/0000\x1b\\x", 'x');
	CHECK("\x1b]11;rgb:0000/0000/0000\x07x", 'x');
	CHECK("\x1b_Gi=31;OK\x1b\\x", 'x');
	CHECK("\x1b[Ix\x1b[O", 'x');
	CHECK("\x1b[<0;10;10Mx", 'x');
	CHECK("\x1b[1;2Rj\x1b[8;1$yk\x1b[>65;7006;1c", 'j', 'k');
}

static void test_modifiers(void **state)
{
	(void)state;
	CHECK("\x1b[1;5A\x1b[1;2D\x1b[1;3C", KEY_WITH_CTRL | KEY_CODE_UP,
		KEY_WITH_SHIFT | KEY_CODE_LEFT, KEY_WITH_ALT | KEY_CODE_RIGHT);
	CHECK("\x1b[1;6H\x1b[3;2~x", KEY_WITH_CTRL | KEY_WITH_SHIFT | KEY_CODE_HOME,
		KEY_WITH_SHIFT | KEY_CODE_DELETE, 'x');
	CHECK("\x1b[d\x1b[c\x1bOd\x1bOc", KEY_WITH_SHIFT | KEY_CODE_LEFT,
		KEY_WITH_SHIFT | KEY_CODE_RIGHT, KEY_WITH_CTRL | KEY_CODE_LEFT,
		KEY_WITH_CTRL | KEY_CODE_RIGHT); /* urxvt */
	CHECK("\x1bqx", KEY_WITH_ALT | 'q', 'x');
	CHECK("\x1bشx", KEY_WITH_ALT | 0x634, 'x');
	CHECK("\x1b\x7f", KEY_WITH_ALT | 127);
}

/* All of what is pasted, and the keys around it; fails where it comes otherwise in pieces. */
static void check_paste(const char *bytes, const char *expected, uint32_t after)
{
	for (size_t step = 1; step <= strlen(bytes); step++) {
		struct input input = {0};
		struct buffer pasted = {0};
		uint32_t key = 0;
		int ends = 0;
		for (size_t at = 0; at < strlen(bytes); at += step) {
			size_t count = strlen(bytes) - at < step ? strlen(bytes) - at : step;
			memcpy(input.bytes + input.len, bytes + at, count);
			input.len += count;
			struct input_item item;
			while ((item = input_next(&input)).kind != INPUT_NOTHING) {
				if (item.kind == INPUT_PASTED)
					buffer_utf8(&pasted, item.key);
				ends += item.kind == INPUT_PASTE_END;
				if (item.kind == INPUT_KEY)
					key = item.key;
			}
		}
		assert_int_equal(ends, 1);
		assert_int_equal(key, after);
		assert_string_equal(pasted.data ? pasted.data : "", expected);
		buffer_free(&pasted);
	}
}

static void test_what_is_pasted_is_no_key(void **state)
{
	(void)state;
	check_paste("\x1b[200~qu خبر\x1b[201~x", "qu خبر", 'x');
	check_paste("\x1b[200~\x1b[201~x", "", 'x');
	check_paste("\x1b[200~\x03\r\x1b[A\x1b[20\x1b[31m\x1b]q\x1b[201~x", "\x03\r]q", 'x');
	/* A reply to an earlier question may come between. */
	check_paste("\x1b[200~no\x1b[0n\x1b[1;2Rw\x1b[201~x", "now", 'x');
	check_paste("\x1b[200~\xff\xd8z\x1b[201~x", "z", 'x');
}

/* A terminal that never ends it does not take the keyboard away for good. */
static void test_a_paste_without_end_is_given_up(void **state)
{
	(void)state;
	struct input input = {0};
	const char bytes[] = "\x1b[200~q\x1b[20";
	memcpy(input.bytes, bytes, sizeof bytes - 1);
	input.len = sizeof bytes - 1;
	assert_int_equal(input_next(&input).kind, INPUT_PASTED);
	assert_int_equal(input_next(&input).kind, INPUT_NOTHING);
	assert_true(input_is_partial(&input));
	assert_true(input_patience(&input) >= 1000);
	assert_int_equal(input_give_up(&input).kind, INPUT_PASTE_END);
	assert_false(input_is_partial(&input));
	input.bytes[input.len++] = 'x';
	assert_int_equal(input_next(&input).key, 'x');
}

static void test_nothing_from_what_is_not_known(void **state)
{
	(void)state;
	CHECK("\x1b[1;1Ax", KEY_CODE_UP, 'x'); /* a modifier of 1 is none */
	CHECK("\x1b[99~x", 'x');
	CHECK("\x1b[1;9Ax", 'x'); /* Meta */
	CHECK("\x1b\x01x", 'x'); /* Alt-Ctrl-a */
	CHECK("\x1b[201~x", 'x'); /* the end of no paste */
	CHECK("\x1b[1;", );
	CHECK("\x1b[12\x1b[A", KEY_CODE_UP); /* broken off by the next one */
	CHECK("\x1b]0;cut\x1b[A", KEY_CODE_UP);
	CHECK("\xff\xfe\x80q", 'q');
	CHECK("\xd8q", 'q');
	CHECK("\xc2\x9bq", 'q'); /* C1 CSI as a character */
}

static void test_cursor_report(void **state)
{
	(void)state;
	struct input input = {0};
	struct keys keys = feed(&input, "a\x1b[24;80Rb", 3);
	assert_int_equal(keys.row, 24);
	assert_int_equal(keys.column, 80);
	assert_int_equal(keys.count, 2);
}

/* What becomes of a report, the mouse being used; 'x' behind it is the only key. */
static struct mouse_event mouse_of(const char *bytes, size_t expected)
{
	struct mouse_event event = {.kind = MOUSE_NOTHING};
	char text[64];
	snprintf(text, sizeof text, "%sx", bytes);
	for (size_t step = 1; step <= 7; step++) {
		struct input input = {.mouse = true};
		struct keys keys = feed(&input, text, step);
		if (keys.count != 1 || keys.list[0] != 'x' || keys.mouse_count != expected)
			fail_msg("\"%s\" in steps of %zu: %zu keys, %zu reports", bytes + 1, step,
				keys.count, keys.mouse_count);
		if (expected > 0)
			event = keys.mouse[expected - 1];
	}
	return event;
}

static void expect_mouse(const char *bytes, enum mouse_kind kind, int row, int column)
{
	struct mouse_event event = mouse_of(bytes, 1);
	if (event.kind != kind || event.row != row || event.column != column)
		fail_msg("\"%s\": kind %d at %d, %d", bytes + 1, event.kind, event.row,
			event.column);
}

static void test_mouse(void **state)
{
	(void)state;
	expect_mouse("\x1b[<0;10;20M", MOUSE_PRESS, 19, 9);
	expect_mouse("\x1b[<0;10;20m", MOUSE_RELEASE, 19, 9);
	expect_mouse("\x1b[<2;1;1M", MOUSE_BACK, 0, 0);
	expect_mouse("\x1b[<32;3;4M", MOUSE_DRAG, 3, 2);
	expect_mouse("\x1b[<64;80;24M", MOUSE_WHEEL_UP, 23, 79);
	expect_mouse("\x1b[<65;80;24M", MOUSE_WHEEL_DOWN, 23, 79);
	/* A release with Shift ends what was begun without. */
	expect_mouse("\x1b[<4;1;1m", MOUSE_RELEASE, 0, 0);
	/* Several at once. */
	struct mouse_event last = mouse_of("\x1b[<0;2;2M\x1b[<32;3;2M\x1b[<0;3;2m", 3);
	assert_int_equal(last.kind, MOUSE_RELEASE);
	/* The old form. */
	expect_mouse("\x1b[M !!", MOUSE_PRESS, 0, 0);
	expect_mouse("\x1b[M#*4", MOUSE_RELEASE, 19, 9);
	expect_mouse("\x1b[M\"!!", MOUSE_BACK, 0, 0);
	expect_mouse("\x1b[M`\xff\xff", MOUSE_WHEEL_UP, 222, 222);
	expect_mouse("\x1b[M@#$", MOUSE_DRAG, 3, 2);
}

/* Far away, or nowhere: nothing overflows, nothing is negative. */
static void test_odd_mouse(void **state)
{
	(void)state;
	expect_mouse("\x1b[<0;0;0M", MOUSE_PRESS, 0, 0);
	struct mouse_event far = mouse_of("\x1b[<0;99999999999999999999;4294967296M", 1);
	assert_true(far.row > 1000 && far.row < 10000);
	assert_true(far.column > 1000 && far.column < 10000);
	static const char *const nothing[] = {
		"\x1b[<1;1;1M",  /* the middle button */
		"\x1b[<35;1;1M", /* a motion without a button */
		"\x1b[<33;1;1M", "\x1b[<32;1;1m",
		"\x1b[<4;1;1M", "\x1b[<16;1;1M", "\x1b[<8;1;1M", "\x1b[<68;1;1M", /* modifiers */
		"\x1b[<66;1;1M", "\x1b[<67;1;1M", "\x1b[<65;1;1m", /* sideways; a wheel let go */
		"\x1b[<128;1;1M", "\x1b[<129;1;1M", "\x1b[<9999;1;1M",
		"\x1b[<M", "\x1b[<0M", "\x1b[<0;1M", "\x1b[<0;1;M", "\x1b[<;1;1M", "\x1b[<0;;1M",
		"\x1b[<0;1;1;1M", "\x1b[<0:1:1M", "\x1b[<-1;1;1M", "\x1b[<0;1;1 M",
		"\x1b[M!!!",
	};
	for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
		mouse_of(nothing[i], 0);
	/* Cut off by a key; a report that ends never. */
	struct input input = {.mouse = true};
	struct keys keys = feed(&input, "\x1b[<0;1\x1b[A", 3);
	assert_int_equal(keys.count, 1);
	assert_int_equal(keys.list[0], KEY_CODE_UP);
	input = (struct input){.mouse = true};
	keys = feed(&input, "\x1b[<0;1", 3);
	assert_int_equal(keys.count + keys.mouse_count, 0);
	input = (struct input){.mouse = true};
	keys = feed(&input, "\x1b[M!", 3);
	assert_int_equal(keys.count + keys.mouse_count, 0);
	char lengthy[2000] = "\x1b[<0";
	memset(lengthy + 4, '1', sizeof lengthy - 7);
	memcpy(lengthy + sizeof lengthy - 3, "Mx", 3);
	input = (struct input){.mouse = true};
	keys = feed(&input, lengthy, 64);
	assert_int_equal(keys.mouse_count, 0);
	assert_int_equal(keys.count, 1);
}

/* Where the mouse is not used its reports are nothing. */
static void test_no_mouse(void **state)
{
	(void)state;
	struct input input = {0};
	struct keys keys = feed(&input, "\x1b[<0;10;20Mx", 5);
	assert_int_equal(keys.mouse_count, 0);
	assert_int_equal(keys.count, 1);
}

static void test_taught_and_kept(void **state)
{
	(void)state;
	struct input input = {.erase = 0x08};
	input_teach(&input, "\x1b[11~", KEY_CODE_HOME);
	input_teach(&input, NULL, 'n');
	input_teach(&input, "\x1b[this is much too long", 'n');
	assert_int_equal(input.sequence_count, 1);
	input_keep(&input, 'k');
	struct keys keys = feed(&input, "\x1b[11~\x08", 9);
	assert_int_equal(keys.count, 3);
	assert_int_equal(keys.list[0], 'k');
	assert_int_equal(keys.list[1], KEY_CODE_HOME);
	assert_int_equal(keys.list[2], 127);
}

/* Noise never blocks, never overflows, and a key behind it gets through. */
static void test_noise(void **state)
{
	(void)state;
	srand(7);
	for (int round = 0; round < 2000; round++) {
		struct input input = {.mouse = round % 2};
		for (int piece = 0; piece < 8; piece++) {
			size_t room = input_room(&input), n = (size_t)rand() % 200;
			n = n < room ? n : room;
			for (size_t i = 0; i < n; i++) {
				int noise = rand() % 3 ? rand() : "\x1b[]O;1<M"[rand() % 8];
				input.bytes[input.len++] = (unsigned char)noise;
			}
			struct keys keys = {0};
			collect(&input, &keys);
			assert_true(input_room(&input) > 0);
		}
		input_give_up(&input);
		assert_false(input_is_partial(&input));
		struct keys keys = feed(&input, "q", 1);
		assert_int_equal(keys.count, 1);
		assert_int_equal(keys.list[0], 'q');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_characters),
		cmocka_unit_test(test_keys_without_character),
		cmocka_unit_test(test_replies_are_no_keys),
		cmocka_unit_test(test_modifiers),
		cmocka_unit_test(test_what_is_pasted_is_no_key),
		cmocka_unit_test(test_a_paste_without_end_is_given_up),
		cmocka_unit_test(test_nothing_from_what_is_not_known),
		cmocka_unit_test(test_cursor_report),
		cmocka_unit_test(test_mouse),
		cmocka_unit_test(test_odd_mouse),
		cmocka_unit_test(test_no_mouse),
		cmocka_unit_test(test_taught_and_kept),
		cmocka_unit_test(test_noise),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
