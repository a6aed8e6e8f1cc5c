/* UAX #29: every byte of SentenceBreakTest.txt lies in the sentence that the file says. */
#include "base/buffer.h"
#include "text/sentence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define UCD "/usr/share/unicode/auxiliary/SentenceBreakTest.txt"

enum { MOST = 64 };

struct sentences {
	struct buffer text;
	size_t borders[MOST]; /* bytes, the first one 0, the last one the length */
	size_t count;
};

/* "÷ 0020 × 0041 ÷" */
static void parse(char *line, struct sentences *given)
{
	buffer_clear(&given->text);
	given->count = 0;
	for (char *word; (word = strsep(&line, " \t\n"));) {
		if (strcmp(word, "÷") == 0 && given->count < MOST)
			given->borders[given->count++] = given->text.len;
		else if (*word && strcmp(word, "×") != 0)
			buffer_utf8(&given->text, (uint32_t)strtoul(word, NULL, 16));
	}
}

static bool agrees(const struct sentences *given)
{
	for (size_t i = 0; i + 1 < given->count; i++) {
		for (size_t at = given->borders[i]; at < given->borders[i + 1]; at++) {
			size_t start, end;
			text_sentence(buffer_view(&given->text), at, &start, &end);
			if (start != given->borders[i] || end != given->borders[i + 1])
				return false;
		}
	}
	return true;
}

static void sentences_are_those_of_unicode(void **state)
{
	FILE *file = fopen(UCD, "r");
	struct sentences given = {0};
	char line[1024];
	int cases = 0, failures = 0;
	(void)state;
	if (!file)
		fail_msg("%s cannot be read", UCD);
	while (fgets(line, sizeof line, file)) {
		line[strcspn(line, "#")] = '\0';
		parse(line, &given);
		if (given.text.len == 0)
			continue;
		cases++;
		failures += !agrees(&given);
	}
	fclose(file);
	buffer_free(&given.text);
	printf("# SentenceBreakTest.txt: %d cases, %d failures\n", cases, failures);
	assert_true(cases > 400);
	assert_int_equal(failures, 0);
}

static void right_to_left_scripts_have_sentences(void **state)
{
	static const char *const texts[] = {
		"هل وصلت السفينة؟ نعم.", "کیا یہ سچ ہے؟ ہاں۔", "האם הגיעה? כן.", "آیا آمد؟ آری."};
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct str text = str_of(texts[i]);
		size_t start, end, last;
		text_sentence(text, 0, &start, &end);
		assert_int_equal(start, 0);
		assert_in_range(end, 2, text.len - 2);
		text_sentence(text, text.len, &start, &last);
		assert_int_equal(start, end);
		assert_int_equal(last, text.len);
	}
	size_t start = 1, end = 1;
	text_sentence((struct str){"", 0}, 0, &start, &end);
	assert_int_equal(start + end, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences_are_those_of_unicode),
		cmocka_unit_test(right_to_left_scripts_have_sentences),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
