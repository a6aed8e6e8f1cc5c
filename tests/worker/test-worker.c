/* The sandbox and the pool, with workers that do their worst. */
#include "hostile.h"

#include "worker/sandbox.h"
#include "worker/worker.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define OUTPUT_LIMIT ((size_t)1 << 20)

static const struct worker_options usual = {
	.workers = 2,
	.memory = (size_t)32 << 20,
	.cpu_seconds = 1,
	.wall_ms = 60000, /* machines that run tests are busy */
	.output_limit = OUTPUT_LIMIT,
	.require_sandbox = true,
	.tasks = hostile_tasks,
};

/* ---- help ---- */

static struct worker_pool *start(const struct worker_options *options)
{
	struct error error = {0};
	struct worker_pool *pool = worker_pool_new(options, &error);
	if (!pool)
		fail_msg("no pool: %s", error.message);
	return pool;
}

static struct worker_request request_of(const char *task, const char *bytes)
{
	return (struct worker_request){.task = task, .bytes = str_of(bytes)};
}

/* Runs an act that must fail with a message that has `says` in it. */
static void expect_failure(
	struct worker_pool *pool, const char *task, const char *what, int status, const char *says)
{
	struct worker_request request = request_of(task, what);
	struct buffer out = {0};
	struct error error = {0};
	int result = worker_pool_run(pool, &request, &out, &error);
	if (result == 0)
		fail_msg("%s: answered \"%.*s\"", what, STR_ARG(buffer_view(&out)));
	if (error.status != status || !strstr(error.message, says))
		fail_msg("%s: status %d, \"%s\"", what, error.status, error.message);
	assert_int_equal(out.len, 0);
	buffer_free(&out);
}

static void expect_answer(
	struct worker_pool *pool, const char *task, const char *what, const char *answer)
{
	struct worker_request request = request_of(task, what);
	struct buffer out = {0};
	struct error error = {0};
	if (worker_pool_run(pool, &request, &out, &error) < 0)
		fail_msg("%s: %s", what, error.message);
	assert_string_equal(out.data, answer);
	buffer_free(&out);
}

static int open_descriptors(void)
{
	DIR *folder = opendir("/proc/self/fd");
	assert_non_null(folder);
	int count = 0;
	while (readdir(folder))
		count++;
	closedir(folder);
	return count;
}

/* Processes whose parent is `parent`; at most max of them. */
static size_t children_of(pid_t parent, pid_t *children, size_t max)
{
	DIR *folder = opendir("/proc");
	assert_non_null(folder);
	size_t count = 0;
	const struct dirent *entry;
	while ((entry = readdir(folder))) {
		char path[300], line[512];
		snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
		FILE *file = atoi(entry->d_name) > 0 ? fopen(path, "r") : NULL;
		if (!file)
			continue;
		const char *name_end = fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
		int of = 0;
		char state = 0;
		if (name_end && sscanf(name_end + 1, " %c %d", &state, &of) == 2 && of == parent &&
			state != 'Z' && count < max)
			children[count++] = atoi(entry->d_name);
		fclose(file);
	}
	closedir(folder);
	return count;
}

static bool alive(pid_t pid)
{
	char path[64], line[512];
	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	FILE *file = fopen(path, "r");
	if (!file)
		return false;
	const char *name_end = fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
	bool is = name_end && name_end[2] != 'Z' && name_end[2] != 'X';
	fclose(file);
	return is;
}

static void wait_until_dead(pid_t pid)
{
	for (int i = 0; i < 500 && alive(pid); i++)
		nanosleep(&(struct timespec){0, 10000000}, NULL);
	assert_false(alive(pid));
}

/* The keeper is the only child a test program has. */
static pid_t keeper_of_this(void)
{
	pid_t children[4];
	assert_int_equal(children_of(getpid(), children, 4), 1);
	return children[0];
}

static pid_t worker_of_this(void)
{
	pid_t workers[8] = {0};
	assert_true(children_of(keeper_of_this(), workers, 8) >= 1);
	return workers[0];
}

/* ---- tests ---- */

static void test_answers(void **state)
{
	(void)state;
	int before = open_descriptors();
	struct worker_pool *pool = start(&usual);
	assert_null(worker_pool_warning(pool));
	assert_non_null(strstr(worker_pool_locks(pool), "seccomp"));
	assert_non_null(strstr(worker_pool_locks(pool), "limits"));
	struct worker_request request = {
		"echo", STR("https://example.org/"), STR("text/xml"), STR("خبر")};
	struct buffer out = {0};
	struct error error;
	assert_int_equal(worker_pool_run(pool, &request, &out, &error), 0);
	assert_string_equal(out.data, "text/xml|https://example.org/|خبر");
	buffer_free(&out);
	expect_answer(pool, "echo", "", "||");
	expect_failure(pool, "nothing", "x", EX_SOFTWARE, "no such task");
	expect_failure(pool, "act", "complain", EX_NOINPUT, "a reason of its own");
	worker_pool_free(pool);
	assert_int_equal(open_descriptors(), before);
}

static void test_forbidden_calls(void **state)
{
	(void)state;
	struct worker_pool *pool = start(&usual);
	for (const char *const *name = hostile_attempts(); *name; name++)
		expect_failure(pool, "try", *name, EX_DATAERR, "the sandbox forbids");
	assert_int_not_equal(access("/tmp/khabar-must-not-be", F_OK), 0);
	expect_answer(pool, "echo", "still here", "||still here");
	worker_pool_free(pool);
}

static void test_crashes(void **state)
{
	(void)state;
	struct worker_pool *pool = start(&usual);
	expect_failure(pool, "act", "crash", EX_DATAERR, "the parser crashed on this document");
	expect_failure(pool, "act", "abort", EX_DATAERR, "the parser crashed on this document");
	expect_failure(pool, "act", "recursion", EX_DATAERR, "the parser crashed on this document");
	expect_failure(pool, "act", "exit", EX_DATAERR, "without an answer");
	expect_answer(pool, "echo", "still here", "||still here");
	worker_pool_free(pool);
}

static void test_processor_time(void **state)
{
	(void)state;
	struct worker_pool *pool = start(&usual);
	expect_failure(
		pool, "act", "loop", EX_DATAERR, "took more than 1 s of the processor's time");
	expect_answer(pool, "echo", "still here", "||still here");
	worker_pool_free(pool);
}

static void test_time(void **state)
{
	(void)state;
	struct worker_options brief = usual;
	brief.wall_ms = 1500;
	struct worker_pool *pool = start(&brief);
	expect_failure(pool, "act", "wait", EX_DATAERR, "took more than 1.5 s for");
	worker_pool_free(pool);
	brief.cpu_seconds = 60;
	pool = start(&brief);
	expect_failure(pool, "act", "loop", EX_DATAERR, "took more than 1.5 s for");
	worker_pool_free(pool);
}

static void test_memory(void **state)
{
	(void)state;
	struct worker_pool *pool = start(&usual);
	expect_answer(pool, "act", "use", "used x");
	if (sandbox_strict()) { /* AddressSanitizer cannot work under a limit */
		expect_failure(pool, "act", "eat", EX_DATAERR, "needed more than 32 MiB");
		expect_failure(pool, "act", "eat blindly", EX_DATAERR, "needed more than 32 MiB");
	}
	expect_answer(pool, "echo", "still here", "||still here");
	worker_pool_free(pool);
}

/* A worker that was taken over may send anything. */
static void test_bad_answers(void **state)
{
	(void)state;
	static const char *const broken[] = {"raw flood", "garbage", "huge length", "ready again",
		"wild status", "long error", "not UTF-8"};
	struct worker_pool *pool = start(&usual);
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		expect_failure(pool, "act", broken[i], EX_DATAERR, "no proper answer");
	expect_failure(pool, "act", "lying length", EX_DATAERR, "without an answer");
	expect_failure(pool, "act", "flood", EX_DATAERR, "too long");
	expect_failure(pool, "act", "escape", EX_DATAERR, "bad ?]0;title? ? end");
	expect_failure(pool, "act", "raw escape", EX_DATAERR, "a?[2J?b%");
	expect_answer(pool, "echo", "still here", "||still here");
	worker_pool_free(pool);
}

static void test_environment(void **state)
{
	(void)state;
	setenv("KHABAR_TEST_SECRET", "hunter2", 1);
	struct worker_pool *pool = start(&usual);
	expect_answer(pool, "act", "environment", "TZ=UTC0");
	assert_string_equal(getenv("KHABAR_TEST_SECRET"), "hunter2");
	unsetenv("KHABAR_TEST_SECRET");
	worker_pool_free(pool);
}

/* The caller's files and sockets, marked to be closed at exec or not. */
static void test_descriptors(void **state)
{
	(void)state;
	int secret = open("/dev/null", O_RDWR), high = fcntl(secret, F_DUPFD, 300);
	assert_true(secret >= 0 && high >= 300);
	struct worker_pool *pool = start(&usual); /* the first worker is locked now */
	char path[64];
	snprintf(path, sizeof path, "/proc/%d/fd", (int)worker_of_this());
	DIR *folder = opendir(path);
	if (!folder) { /* nobody but root may look into what is not dumpable */
		worker_pool_free(pool);
		skip();
	}
	int count = 0, beyond = 0;
	const struct dirent *entry;
	while ((entry = readdir(folder))) {
		if (entry->d_name[0] == '.')
			continue;
		count++;
		beyond += atoi(entry->d_name) > SANDBOX_FD;
	}
	closedir(folder);
	assert_int_equal(beyond, 0);
	if (sandbox_strict())
		assert_int_equal(count, 1);
	worker_pool_free(pool);
	close(secret);
	close(high);
}

struct tally {
	struct worker_pool *pool;
	int done, good, bad, dead;
};

static void count_end(void *user, int status, struct str output, const struct error *error)
{
	struct tally *tally = user;
	tally->done++;
	if (status == 0 && str_starts(output, STR("||document ")))
		tally->good++;
	else if (error && status == EX_DATAERR)
		tally->bad++;
	else
		tally->dead++;
}

static void wait_for_more(struct worker_pool *pool)
{
	struct pollfd fds[WORKER_FDS(2)];
	size_t count = worker_pool_fds(pool, fds, WORKER_FDS(2));
	assert_in_range(count, 1, WORKER_FDS(2));
	poll(fds, count, worker_pool_timeout(pool));
	assert_int_equal(worker_pool_step(pool, fds, count), 0);
}

/* One in ten kills its worker; the rest must not notice. */
static void test_thousand_documents(void **state)
{
	(void)state;
	int before = open_descriptors();
	struct tally tally = {.pool = start(&usual)};
	struct rusage early = {0}, late;
	size_t size = 100000; /* more than a socket holds at once */
	char *document = malloc(size + 1);
	assert_non_null(document);
	memset(document, 'd', size);
	document[size] = '\0';
	for (int i = 0; i < 1000; i++) {
		while (worker_pool_room(tally.pool) == 0)
			wait_for_more(tally.pool);
		memcpy(document, "document ", 9);
		struct worker_request request =
			i % 10 == 7 ? request_of("act", "crash") : request_of("echo", document);
		struct error error;
		assert_int_equal(
			worker_pool_submit(tally.pool, &request, count_end, &tally, &error), 0);
		if (i == 100)
			getrusage(RUSAGE_SELF, &early);
	}
	while (worker_pool_busy(tally.pool) > 0)
		wait_for_more(tally.pool);
	getrusage(RUSAGE_SELF, &late);
	assert_int_equal(tally.done, 1000);
	assert_int_equal(tally.good, 900);
	assert_int_equal(tally.bad, 100);
	assert_int_equal(tally.dead, 0);
	if (sandbox_strict()) /* KiB; AddressSanitizer keeps what is freed */
		assert_true(late.ru_maxrss - early.ru_maxrss < 2048);
	free(document);
	worker_pool_free(tally.pool);
	assert_int_equal(open_descriptors(), before);
}

static void test_no_room(void **state)
{
	(void)state;
	struct tally tally = {.pool = start(&usual)};
	struct worker_request wait = request_of("act", "wait");
	struct error error = {0};
	assert_int_equal(worker_pool_room(tally.pool), 2);
	assert_int_equal(worker_pool_submit(tally.pool, &wait, count_end, &tally, &error), 0);
	assert_int_equal(worker_pool_submit(tally.pool, &wait, count_end, &tally, &error), 0);
	assert_int_equal(worker_pool_room(tally.pool), 0);
	assert_int_equal(worker_pool_submit(tally.pool, &wait, count_end, &tally, &error), -1);
	assert_int_equal(error.status, EX_TEMPFAIL);
	/* Ended with jobs under way: nothing is left, and nobody is called. */
	worker_pool_free(tally.pool);
	assert_int_equal(tally.done, 0);
	pid_t children[4];
	assert_int_equal(children_of(getpid(), children, 4), 0);
}

static void test_too_long_request(void **state)
{
	(void)state;
	struct worker_pool *pool = start(&usual);
	struct worker_request request = {.task = "echo", .bytes = {"", (size_t)65 << 20}};
	struct error error = {0};
	assert_int_equal(worker_pool_submit(pool, &request, count_end, NULL, &error), -1);
	assert_int_equal(error.status, EX_DATAERR);
	worker_pool_free(pool);
}

/* Somebody, or a system short of memory, kills a worker: its job tells, the next is served. */
static void test_killed_worker(void **state)
{
	(void)state;
	struct tally tally = {.pool = start(&usual)};
	struct worker_request request = request_of("act", "wait");
	assert_int_equal(worker_pool_submit(tally.pool, &request, count_end, &tally, NULL), 0);
	kill(worker_of_this(), SIGKILL);
	while (worker_pool_busy(tally.pool) > 0)
		wait_for_more(tally.pool);
	assert_int_equal(tally.dead, 1);
	expect_answer(tally.pool, "echo", "still here", "||still here");
	worker_pool_free(tally.pool);
}

/* Ctrl-Z stops all; time goes on, and is not held against the worker. */
static void test_stopped(void **state)
{
	(void)state;
	struct worker_options brief = usual;
	brief.wall_ms = 300;
	struct tally tally = {.pool = start(&brief)};
	struct worker_request request = request_of("echo", "document x");
	pid_t worker = worker_of_this();
	kill(worker, SIGSTOP);
	assert_int_equal(worker_pool_submit(tally.pool, &request, count_end, &tally, NULL), 0);
	nanosleep(&(struct timespec){2, 0}, NULL);
	assert_int_equal(worker_pool_step(tally.pool, NULL, 0), 0);
	kill(worker, SIGCONT);
	while (worker_pool_busy(tally.pool) > 0)
		wait_for_more(tally.pool);
	assert_int_equal(tally.good, 1);
	worker_pool_free(tally.pool);
	/* But one that stays stopped is given up. */
	tally = (struct tally){.pool = start(&brief)};
	kill(worker_of_this(), SIGSTOP);
	assert_int_equal(worker_pool_submit(tally.pool, &request, count_end, &tally, NULL), 0);
	while (worker_pool_busy(tally.pool) > 0)
		wait_for_more(tally.pool);
	assert_int_equal(tally.bad, 1);
	worker_pool_free(tally.pool);
}

/* One that was waiting for work is replaced before anybody loses a document. */
static void test_killed_idle_worker(void **state)
{
	(void)state;
	struct worker_pool *pool = start(&usual);
	pid_t worker = worker_of_this();
	kill(worker, SIGKILL);
	wait_until_dead(worker);
	wait_for_more(pool);
	expect_answer(pool, "echo", "still here", "||still here");
	worker_pool_free(pool);
}

static void test_killed_keeper(void **state)
{
	(void)state;
	struct tally tally = {.pool = start(&usual)};
	struct worker_request request = request_of("act", "wait");
	assert_int_equal(worker_pool_submit(tally.pool, &request, count_end, &tally, NULL), 0);
	pid_t worker = worker_of_this();
	kill(keeper_of_this(), SIGKILL);
	while (worker_pool_busy(tally.pool) > 0)
		worker_pool_step(tally.pool, NULL, 0);
	assert_int_equal(tally.dead, 1);
	assert_int_equal(worker_pool_room(tally.pool), 0);
	wait_until_dead(worker);
	struct error error = {0};
	assert_int_equal(worker_pool_submit(tally.pool, &request, count_end, &tally, &error), -1);
	assert_int_equal(error.status, EX_OSERR);
	worker_pool_free(tally.pool);
}

/* The caller is killed in the middle of a job: keeper and workers end, too. */
static void test_killed_caller(void **state)
{
	(void)state;
	int told[2];
	assert_int_equal(pipe(told), 0);
	pid_t caller = fork();
	assert_true(caller >= 0);
	if (caller == 0) {
		struct worker_options slow = usual;
		slow.cpu_seconds = 60;
		struct worker_pool *pool = worker_pool_new(&slow, NULL);
		struct worker_request request = request_of("act", "loop");
		struct tally tally = {.pool = pool};
		if (!pool || worker_pool_submit(pool, &request, count_end, &tally, NULL) < 0)
			_exit(1);
		pid_t pids[2] = {0};
		if (children_of(getpid(), pids, 1) != 1 || children_of(pids[0], pids + 1, 1) != 1)
			_exit(1);
		if (write(told[1], pids, sizeof pids) != sizeof pids)
			_exit(1);
		for (;;)
			pause();
	}
	close(told[1]);
	pid_t pids[2] = {0};
	assert_int_equal(read(told[0], pids, sizeof pids), sizeof pids);
	close(told[0]);
	assert_true(alive(pids[0]) && alive(pids[1]));
	kill(caller, SIGKILL);
	waitpid(caller, NULL, 0);
	wait_until_dead(pids[0]);
	wait_until_dead(pids[1]);
}

static void test_run(void **state)
{
	(void)state;
	struct worker_request request = request_of("echo", "once");
	struct buffer out = {0};
	char untouched[] = "untouched", *warning = untouched;
	struct error error;
	assert_int_equal(worker_run(&usual, &request, &out, &warning, &error), 0);
	assert_string_equal(out.data, "||once");
	assert_null(warning);
	buffer_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_forbidden_calls),
		cmocka_unit_test(test_crashes),
		cmocka_unit_test(test_processor_time),
		cmocka_unit_test(test_time),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_bad_answers),
		cmocka_unit_test(test_environment),
		cmocka_unit_test(test_descriptors),
		cmocka_unit_test(test_thousand_documents),
		cmocka_unit_test(test_no_room),
		cmocka_unit_test(test_too_long_request),
		cmocka_unit_test(test_stopped),
		cmocka_unit_test(test_killed_worker),
		cmocka_unit_test(test_killed_idle_worker),
		cmocka_unit_test(test_killed_keeper),
		cmocka_unit_test(test_killed_caller),
		cmocka_unit_test(test_run),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
