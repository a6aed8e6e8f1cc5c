/*
 * Kernels that lack what the sandbox is made of.  A child forbids itself the
 * call in question first, so that it fails as it does on such a kernel.
 */
#include "hostile.h"

#include "worker/sandbox.h"

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
#include <unistd.h>

#include <cmocka.h>

#define CALL_LANDLOCK 444 /* landlock_create_ruleset */
#define CALL_CLOSE_RANGE 436

/* Calls from now on fail with `reason`; with first_argument >= 0 only when theirs is that. */
static void lack(int call, int reason, int first_argument)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int result = first_argument < 0
			     ? seccomp_rule_add(filter, SCMP_ACT_ERRNO((uint16_t)reason), call, 0)
			     : seccomp_rule_add(filter, SCMP_ACT_ERRNO((uint16_t)reason), call, 1,
				       SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)first_argument));
	if (!filter || result < 0 || seccomp_load(filter) < 0)
		_exit(100);
	seccomp_release(filter);
}

static void lack_seccomp(void)
{
	lack(SCMP_SYS(prctl), EINVAL, PR_SET_SECCOMP);
}

static void lack_landlock(void)
{
	lack(CALL_LANDLOCK, ENOSYS, -1);
}

static void lack_namespaces(void)
{
	lack(SCMP_SYS(unshare), EPERM, -1);
}

static void lack_close_range(void)
{
	lack(CALL_CLOSE_RANGE, ENOSYS, -1);
}

static void lack_nothing(void)
{
}

/* Ends with 0 when the test task was answered, what follows having come true. */
static void work(struct worker_pool *pool)
{
	struct worker_request request = {.task = "echo", .bytes = STR("x")};
	struct buffer out = {0};
	bool good = worker_pool_run(pool, &request, &out, NULL) == 0 &&
		    str_equal(buffer_view(&out), STR("||x"));
	buffer_free(&out);
	worker_pool_free(pool);
	if (!good)
		_exit(101);
}

static int in_child(void (*lacking)(void), void (*then)(void))
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		alarm(60);
		lacking();
		then();
		_exit(0);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

static const struct worker_options strict_options = {
	.workers = 1, .require_sandbox = true, .tasks = hostile_tasks};
static const struct worker_options lenient_options = {.workers = 1, .tasks = hostile_tasks};

static void expect_refusal(void)
{
	struct error error = {0};
	if (worker_pool_new(&strict_options, &error))
		_exit(1);
	if (error.status != EX_UNAVAILABLE || !strstr(error.message, "seccomp"))
		_exit(2);
}

static void expect_warning(void)
{
	struct worker_pool *pool = worker_pool_new(&lenient_options, NULL);
	if (!pool)
		_exit(1);
	const char *warning = worker_pool_warning(pool);
	if (!warning || !strstr(warning, "without the sandbox") ||
		!strstr(warning, "--require-sandbox"))
		_exit(2);
	if (strstr(worker_pool_locks(pool), "seccomp"))
		_exit(3);
	work(pool);
}

static void expect_sandbox_without(const char *lock)
{
	struct error error = {0};
	struct worker_pool *pool = worker_pool_new(&strict_options, &error);
	if (!pool)
		_exit(1);
	if (worker_pool_warning(pool))
		_exit(2);
	if (lock && strstr(worker_pool_locks(pool), lock))
		_exit(3);
	work(pool);
}

static void expect_no_landlock(void)
{
	expect_sandbox_without("landlock");
}

static void expect_no_namespaces(void)
{
	expect_sandbox_without("namespaces");
}

static void expect_sandbox(void)
{
	expect_sandbox_without(NULL);
}

/* Where files cannot be opened behind seccomp's back either. */
static void open_files(void)
{
	int secret = open("/dev/null", O_RDWR);
	if (secret < 0 || fcntl(secret, F_DUPFD, 300) < 300)
		_exit(102);
	struct worker_pool *pool = worker_pool_new(&lenient_options, NULL);
	if (!pool)
		_exit(1);
	if (!strstr(worker_pool_locks(pool), "landlock"))
		_exit(77);
	struct worker_request request = {.task = "act", .bytes = STR("open")};
	struct buffer out = {0};
	if (worker_pool_run(pool, &request, &out, NULL) < 0)
		_exit(2);
	/* By Landlock, and by the limit on descriptors; it has none but its own. */
	bool refused = str_equal(buffer_view(&out), STR("refused"));
	buffer_free(&out);
	worker_pool_free(pool);
	if (!refused)
		_exit(3);
}

static void test_no_seccomp_refused(void **state)
{
	(void)state;
	assert_int_equal(in_child(lack_seccomp, expect_refusal), 0);
}

static void test_no_seccomp_warned(void **state)
{
	(void)state;
	assert_int_equal(in_child(lack_seccomp, expect_warning), 0);
}

static void test_no_landlock(void **state)
{
	(void)state;
	assert_int_equal(in_child(lack_landlock, expect_no_landlock), 0);
}

static void test_no_namespaces(void **state)
{
	(void)state;
	assert_int_equal(in_child(lack_namespaces, expect_no_namespaces), 0);
}

static void test_no_close_range(void **state)
{
	(void)state;
	assert_int_equal(in_child(lack_close_range, expect_sandbox), 0);
}

static void test_all_there(void **state)
{
	(void)state;
	assert_int_equal(in_child(lack_nothing, expect_sandbox), 0);
}

static void test_second_wall(void **state)
{
	(void)state;
	int status = in_child(lack_seccomp, open_files);
	if (status == 77)
		skip(); /* no Landlock on this kernel */
	assert_int_equal(status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_seccomp_refused),
		cmocka_unit_test(test_no_seccomp_warned),
		cmocka_unit_test(test_no_landlock),
		cmocka_unit_test(test_no_namespaces),
		cmocka_unit_test(test_no_close_range),
		cmocka_unit_test(test_all_there),
		cmocka_unit_test(test_second_wall),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
