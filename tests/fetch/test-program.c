/* Programs as feeds: words without a shell, limits of time and room, nothing left behind. */
#include "fetch/program.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static void test_words(void **state)
{
	static const struct {
		const char *command, *words[5];
	} cases[] = {
		{"a", {"a"}},
		{"  a  b\tc ", {"a", "b", "c"}},
		{"a \"b c\" 'd \"e'", {"a", "b c", "d \"e"}},
		{"a \"\" b", {"a", "", "b"}},
		{"a=\"b c\"d", {"a=b cd"}},
		{"a $HOME `b` ; c", {"a", "$HOME", "`b`", ";", "c"}},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char **words = program_words(str_of(cases[i].command), NULL);
		assert_non_null(words);
		size_t count = 0;
		for (; count < 5 && cases[i].words[count]; count++)
			assert_string_equal(words[count], cases[i].words[count]);
		assert_null(words[count]);
		free(words);
	}
	struct error error;
	assert_null(program_words(STR("  "), &error));
	assert_int_equal(error.status, EX_CONFIG);
	assert_null(program_words(STR("a \"b"), &error));
	assert_non_null(strstr(error.message, "quotation mark"));
	struct buffer many = {0};
	buffer_repeat(&many, STR("a "), 200);
	assert_null(program_words(buffer_view(&many), &error));
	buffer_free(&many);
}

/* Runs to the end; the result of the last step. */
static int run(
	struct program *program, const char *command, int seconds, size_t most, struct error *error)
{
	if (program_start(program, str_of(command), seconds, most, error))
		return -1;
	for (;;) {
		struct pollfd fds[PROGRAM_FDS];
		size_t count = program_fds(program, fds);
		int timeout = program_timeout(program);
		poll(fds, count, count == 0 && timeout > 10 ? 10 : timeout);
		int result = program_step(program, error);
		if (result != 1)
			return result;
	}
}

static void test_output(void **state)
{
	struct program program;
	struct error error = {0};
	(void)state;
	assert_int_equal(run(&program, "printf '%s|' \"a b\" $HOME", 10, 1 << 20, &error), 0);
	assert_string_equal(program.body.data, "a b|$HOME|");
	program_end(&program);
	/* No input, no descriptor of ours. */
	assert_int_equal(run(&program, "cat", 10, 1 << 20, &error), 0);
	assert_int_equal(program.body.len, 0);
	program_end(&program);
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(run(&program, "sh -c 'ls /proc/self/fd | wc -l'", 10, 1 << 20, &error), 0);
	assert_true(atoi(program.body.data) <= 4);
	program_end(&program);
	close(ends[0]);
	close(ends[1]);
}

static void test_failures(void **state)
{
	struct program program;
	struct error error = {0};
	(void)state;
	assert_int_equal(
		run(&program, "sh -c 'echo one >&2; echo two >&2; exit 3'", 10, 100, &error), -1);
	assert_string_equal(
		error.message, "the program failed with status 3: one; run it yourself to see");
	program_end(&program);
	assert_int_equal(run(&program, "sh -c 'kill -9 $$'", 10, 100, &error), -1);
	assert_non_null(strstr(error.message, "ended by signal 9: "));
	program_end(&program);
	assert_int_equal(run(&program, "/no/such/program", 10, 100, &error), -1);
	assert_int_equal(error.status, EX_UNAVAILABLE);
	program_end(&program);
	assert_int_equal(run(&program, "cat /dev/zero", 10, 1 << 20, &error), -1);
	assert_non_null(strstr(error.message, "more than 1 MiB"));
	program_end(&program);
}

/* What the program started ends with it. */
static void test_time(void **state)
{
	struct program program;
	struct error error = {0};
	(void)state;
	time_t start = time(NULL);
	assert_int_equal(run(&program, "sh -c 'sleep 60 & echo $!; wait'", 1, 100, &error), -1);
	assert_true(time(NULL) - start < 10);
	assert_non_null(strstr(error.message, "too long"));
	pid_t child = atoi(program.body.data);
	assert_true(child > 1);
	program_end(&program);
	for (int i = 0; i < 200 && kill(child, 0) == 0; i++) {
		/* It may be dead already and wait for init to take note. */
		char path[64], state_of[256] = "";
		snprintf(path, sizeof path, "/proc/%d/stat", (int)child);
		FILE *file = fopen(path, "r");
		if (file) {
			assert_non_null(fgets(state_of, sizeof state_of, file));
			fclose(file);
		}
		if (strstr(state_of, ") Z "))
			return;
		usleep(10000);
	}
	assert_int_equal(kill(child, 0), -1);
	assert_int_equal(errno, ESRCH);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_output),
		cmocka_unit_test(test_failures),
		cmocka_unit_test(test_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
