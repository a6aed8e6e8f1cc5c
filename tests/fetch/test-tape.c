/* JSON as a tape: what it takes, what it refuses, and the same as jansson reads. */
#include "base/buffer.h"
#include "fetch/tape.h"

#include <inttypes.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants the headers above first. */
#include <cmocka.h>

static bool reads(const char *json)
{
	struct tape tape;
	struct error error = {0};
	bool good = tape_read(str_of(json), &tape, &error) == 0;
	assert_true(good || (error.status == EX_DATAERR && !tape.values && !tape.bytes));
	tape_free(&tape);
	return good;
}

static void test_values(void **state)
{
	struct tape tape;
	struct error error;
	(void)state;
	assert_int_equal(tape_read(STR(" {\"a\":[1,{\"b\":[]},\"\\u0645\\ud83d\\ude00\\n\"],\"c\":"
				       "{},\"d\":\"x\\\"y\",\"n\":42,\"m\":-1,\"r\":1.5} "),
				 &tape, &error),
		0);
	const struct tape_value *a = tape_member(tape.values, "a"), *v = tape_first(a);
	assert_int_equal(tape_whole(v, 10), 1);
	assert_int_equal(tape_whole(v, 0), -1);
	v = tape_next(a, v);
	assert_null(tape_first(tape_member(v, "b")));
	v = tape_next(a, v);
	assert_string_equal(tape_text(v).ptr, "م😀\n");
	assert_null(tape_next(a, v));
	assert_string_equal(tape_text(tape_member(tape.values, "d")).ptr, "x\"y");
	assert_int_equal(tape_whole(tape_member(tape.values, "n"), 42), 42);
	assert_int_equal(tape_whole(tape_member(tape.values, "m"), 42), -1);
	assert_int_equal(tape_whole(tape_member(tape.values, "r"), 42), 1);
	assert_null(tape_member(tape.values, "b"));
	assert_null(tape_member(a, "a"));
	assert_null(tape_first(tape.values));
	assert_int_equal(tape_text(NULL).len, 0);
	tape_free(&tape);
}

static void test_refused(void **state)
{
	static const char *const broken[] = {"", " ", "{", "[", "[1", "[1,", "[1,]", "[,1]", "{\"a\"}",
		"{\"a\":}", "{\"a\":1,}", "{1:2}", "[1 2]", "[1]]", "{}{}", "01", "-", "1.", "1e", "+1",
		".5", "tru", "nulll", "\"", "\"a", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u0000\"",
		"\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\n\"", "\"\t\"", "[1}", "{\"a\":1]",
		"'a'", "NaN", "\"\xff\"", "\"\xd8\"", "\"\\ud83d\\ude0\"", "\\"};
	struct buffer deep = {0};
	(void)state;
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		if (reads(broken[i]))
			fail_msg("taken: %s", broken[i]);
	}
	buffer_repeat(&deep, STR("["), 100000);
	assert_false(reads(deep.data));
	buffer_clear(&deep);
	buffer_byte(&deep, '[');
	buffer_repeat(&deep, STR("1,"), 5000000);
	buffer_str(&deep, STR("1]"));
	assert_false(reads(deep.data));
	buffer_free(&deep);
	struct tape tape;
	struct error error;
	assert_int_equal(tape_read((struct str){"\"a\0b\"", 5}, &tape, &error), -1);
}

/* Two of the same name: the first of these counts here, the last there, so that none are made. */
static void compare(const struct tape_value *ours, json_t *theirs)
{
	static const enum tape_kind kinds[] = {[JSON_OBJECT] = TAPE_OBJECT, [JSON_ARRAY] = TAPE_ARRAY,
		[JSON_STRING] = TAPE_STRING, [JSON_INTEGER] = TAPE_NUMBER, [JSON_REAL] = TAPE_NUMBER,
		[JSON_TRUE] = TAPE_TRUE, [JSON_FALSE] = TAPE_FALSE, [JSON_NULL] = TAPE_NULL};
	assert_non_null(ours);
	assert_int_equal(ours->kind, kinds[json_typeof(theirs)]);
	if (json_is_string(theirs)) {
		struct str text = {json_string_value(theirs), json_string_length(theirs)};
		assert_true(str_equal(tape_text(ours), text));
	} else if (json_is_integer(theirs) && json_integer_value(theirs) < 1000000) {
		if (json_integer_value(theirs) < 0)
			assert_int_equal(tape_whole(ours, INT64_MAX), -1);
		else
			assert_int_equal(
				tape_whole(ours, INT64_MAX), json_integer_value(theirs));
	} else if (json_is_array(theirs)) {
		const struct tape_value *v = tape_first(ours);
		for (size_t i = 0; i < json_array_size(theirs); i++, v = tape_next(ours, v))
			compare(v, json_array_get(theirs, i));
		assert_null(v);
	} else if (json_is_object(theirs)) {
		const char *name;
		json_t *member;
		json_object_foreach(theirs, name, member)
		{
			compare(tape_member(ours, name), member);
		}
	}
}

static json_t *random_value(unsigned *seed, int depth)
{
	static const char *const texts[] = {"", "خبر", "a\"b\\c/\n\t\x01", "😀", "<p dir=\"rtl\">"};
	int kind = rand_r(seed) % (depth > 4 ? 5 : 8);
	json_t *made = kind < 5 ? NULL : kind < 7 ? json_object() : json_array();
	for (int i = rand_r(seed) % 5; made && i > 0; i--) {
		char name[8];
		snprintf(name, sizeof name, "n%d", i);
		if (json_is_object(made))
			json_object_set_new(made, name, random_value(seed, depth + 1));
		else
			json_array_append_new(made, random_value(seed, depth + 1));
	}
	return made		 ? made
	       : kind == 0 ? json_integer(rand_r(seed) - 1000)
	       : kind == 1 ? json_real(rand_r(seed) / 7.0)
	       : kind == 2 ? json_boolean(rand_r(seed) % 2)
	       : kind == 3 ? json_null()
			   : json_string(texts[rand_r(seed) % 5]);
}

/* What jansson writes and reads, whole, cut and with a byte changed. */
static void test_like_jansson(void **state)
{
	unsigned seed = 7;
	(void)state;
	for (int i = 0; i < 4000; i++) {
		json_t *root = random_value(&seed, 0);
		size_t flags = JSON_ENCODE_ANY | (i & 1 ? JSON_ENSURE_ASCII : 0) |
			       (i & 2 ? JSON_INDENT(1) : 0);
		char *text = json_dumps(root, flags);
		for (int n = 0; n < 4; n++) {
			struct tape tape;
			struct error error;
			json_error_t why;
			size_t len = strlen(text);
			json_t *theirs = json_loadb(text, len, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &why);
			bool read = tape_read((struct str){text, len}, &tape, &error) == 0;
			/* To it alone a number too large and a name twice are none. */
			if (theirs)
				assert_true(read);
			else if (json_error_code(&why) == json_error_invalid_syntax ||
				 json_error_code(&why) == json_error_premature_end_of_input)
				assert_false(read);
			if (theirs)
				compare(tape.values, theirs);
			json_decref(theirs);
			tape_free(&tape);
			if (len > 0)
				text[(size_t)rand_r(&seed) % len] = "\"{}[],:01 a\\u"[rand_r(&seed) % 13];
		}
		free(text);
		json_decref(root);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_like_jansson),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
