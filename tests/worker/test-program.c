/* The sandbox as a user meets it: khabar parse, on this system and on one without seccomp. */
#include "../command/program.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

static const struct str feed = {"<rss version='2.0'><channel><title>خبر</title></channel></rss>",
	sizeof "<rss version='2.0'><channel><title>خبر</title></channel></rss>" - 1};

static void test_sandbox_is_there(void **state)
{
	(void)state;
	struct run run = khabar_fed(feed, "parse", "--require-sandbox", "-", NULL);
	assert_run(run, 0);
	assert_holds(run.out, "\"title\":\"خبر\"");
	assert_int_equal(run.err.len, 0);
}

/* What a worker says of a document reaches the user as if it were said here. */
static void test_own_errors(void **state)
{
	(void)state;
	struct run run = khabar_fed(STR("just words"), "parse", "-", NULL);
	assert_run(run, EX_DATAERR);
	assert_message(run);
	assert_holds(run.err, "standard input: not a feed");
	run = khabar("parse", "missing.xml", NULL);
	assert_run(run, EX_NOINPUT);
	assert_message(run);
}

/* The other program by itself: an article out of a page, the same as without a sandbox. */
static void test_extract(void **state)
{
	(void)state;
	const char *source = getenv("KHABAR_SOURCE");
	assert_non_null(source);
	struct buffer page = {0};
	buffer_printf(&page, "%s/samples/02-ar-maktaba.html", source);
	struct run run = khabar("extract", page.data, NULL);
	assert_run(run, 0);
	char *outside = str_dup(run.out);
	struct buffer program = {0};
	const char *built = getenv("KHABAR");
	assert_non_null(built);
	buffer_printf(&program, "%s-fetch", built);
	run = other_fed(STR(""), program.data, "extract", "--require-sandbox", page.data, NULL);
	assert_run(run, 0);
	assert_int_equal(run.err.len, 0);
	/* It tells where the article goes on, too; all else is the same. */
	json_t *inside = json_loadb(run.out.ptr, run.out.len, 0, NULL);
	json_t *wanted = json_loads(outside, 0, NULL);
	assert_non_null(wanted);
	assert_int_equal(json_object_del(inside, "next_url"), 0);
	assert_true(json_equal(inside, wanted));
	json_decref(inside);
	json_decref(wanted);
	free(outside);
	buffer_free(&program);
	buffer_free(&page);
}

/* Whether a process whose command line begins so has this parent. */
static bool child_called(pid_t parent, const char *name)
{
	bool found = false;
	DIR *folder = opendir("/proc");
	assert_non_null(folder);
	const struct dirent *entry;
	while (!found && (entry = readdir(folder))) {
		char path[300], line[512] = "", stat[64];
		snprintf(path, sizeof path, "/proc/%s/status", entry->d_name);
		snprintf(stat, sizeof stat, "PPid:\t%d\n", (int)parent);
		FILE *file = atoi(entry->d_name) > 0 ? fopen(path, "r") : NULL;
		bool is_child = false;
		while (file && fgets(line, sizeof line, file))
			is_child |= strcmp(line, stat) == 0;
		if (file)
			fclose(file);
		snprintf(path, sizeof path, "/proc/%s/cmdline", entry->d_name);
		file = is_child ? fopen(path, "r") : NULL;
		if (!file)
			continue;
		size_t len = fread(line, 1, sizeof line - 1, file);
		line[len] = '\0';
		found = strcmp(line, name) == 0;
		fclose(file);
	}
	closedir(folder);
	return found;
}

/* Parsers are forked from a program that links no network and no store. */
static void test_keeper_is_a_program(void **state)
{
	(void)state;
	const char *built = getenv("KHABAR");
	assert_non_null(built);
	char program[4096];
	snprintf(program, sizeof program, "%s-fetch", built);
	int input[2];
	assert_int_equal(pipe(input), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		dup2(input[0], STDIN_FILENO);
		dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
		close(input[0]);
		close(input[1]);
		execl(program, program, "parse", "-", (char *)NULL);
		_exit(127);
	}
	close(input[0]);
	bool found = false;
	for (int i = 0; i < 500 && !found; i++) {
		nanosleep(&(struct timespec){0, 20000000}, NULL);
		found = child_called(child, "khabar-parse");
	}
	close(input[1]);
	int status = 0;
	waitpid(child, &status, 0);
	assert_true(found);
	assert_int_equal(WEXITSTATUS(status), EX_DATAERR); /* nothing is no feed */
}

/* By hand it does nothing. */
static void test_keeper_by_hand(void **state)
{
	(void)state;
	const char *built = getenv("KHABAR");
	assert_non_null(built);
	char program[4096];
	snprintf(program, sizeof program, "%.4000s-parse", built);
	struct run run = other_fed(STR(""), program, "1", "2", "3", "4", NULL);
	assert_run(run, EX_USAGE);
	assert_int_equal(run.out.len, 0);
	assert_message(run);
}

/* The last test: from here on, this process and what it runs have no seccomp to be had. */
static void test_sandbox_is_missing(void **state)
{
	(void)state;
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	assert_non_null(filter);
	assert_int_equal(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1,
				 SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP)),
		0);
	assert_int_equal(seccomp_load(filter), 0);
	seccomp_release(filter);
	struct run run = khabar_fed(feed, "parse", "-", NULL);
	assert_run(run, 0);
	assert_holds(run.out, "\"title\":\"خبر\"");
	assert_message(run);
	assert_holds(run.err, "without the sandbox");
	run = khabar_fed(feed, "parse", "--require-sandbox", "-", NULL);
	assert_run(run, EX_UNAVAILABLE);
	assert_int_equal(run.out.len, 0);
	assert_message(run);
	assert_holds(run.err, "seccomp");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sandbox_is_there),
		cmocka_unit_test(test_own_errors),
		cmocka_unit_test(test_extract),
		cmocka_unit_test(test_keeper_is_a_program),
		cmocka_unit_test(test_keeper_by_hand),
		cmocka_unit_test(test_sandbox_is_missing),
	};
	return cmocka_run_group_tests(tests, program_setup, program_teardown);
}
