/* The store under several processes, crashes, full disks, and without permissions. */
#include "fixture.h"

#include "store/statement.h"

#include <errno.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { NOBODY = 65534 };

static const struct store_list all = {.kind = STORE_ALL, .since = INT64_MAX};

/* A child's step: on failure it says why and ends; no cmocka there. */
#define CHILD(error, ok)                                                                           \
	do {                                                                                       \
		if (!(ok)) {                                                                       \
			fprintf(stderr, "child, line %d: %s\n", __LINE__, (error).message);        \
			_exit(1);                                                                  \
		}                                                                                  \
	} while (0)

static void wait_for(pid_t child)
{
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fail_msg("a child failed (status %#x)", (unsigned)status);
}

static int add_one(
	struct store *store, int64_t feed, int writer, int number, int64_t *id, struct error *error)
{
	char guid[64];
	snprintf(guid, sizeof guid, "%d-%d", writer, number);
	struct store_new_article article = {.guid = str_of(guid),
		.title = STR("خبر من عملية أخرى"),
		.html = STR("<p>نص</p>"),
		.published = STORE_NO_DATE};
	return store_add(store, feed, &article, id, NULL, error);
}

static void test_two_connections(void **state)
{
	struct fixture *f = *state;
	struct store_counts counts;
	int64_t id = fixture_add(f, "1", "خبر", STORE_NO_DATE);
	struct store *other = store_open(f->path, STORE_WRITE, &f->error);
	struct store *reader = store_open(f->path, STORE_READ, &f->error);
	assert_non_null(other);
	assert_non_null(reader);
	MUST(f, store_set_read(other, id, true, &f->error));
	MUST(f, store_count(f->store, &all, &counts, &f->error));
	assert_int_equal(counts.unread, 0);
	/* What one has begun the others do not see; what it holds they wait for. */
	MUST(f, store_begin(other, &f->error));
	MUST(f, store_set_read(other, id, false, &f->error));
	MUST(f, store_count(reader, &all, &counts, &f->error));
	assert_int_equal(counts.unread, 0);
	struct timespec from, to;
	store_set_patience(f->store, 50);
	clock_gettime(CLOCK_MONOTONIC, &from);
	assert_int_equal(store_set_starred(f->store, id, true, &f->error), -1);
	clock_gettime(CLOCK_MONOTONIC, &to);
	assert_true((to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000 >= 49);
	assert_int_equal(f->error.status, EX_TEMPFAIL);
	assert_non_null(strstr(f->error.message, "locked by another program"));
	MUST(f, store_commit(other, &f->error));
	MUST(f, store_set_starred(f->store, id, true, &f->error));
	MUST(f, store_count(reader, &all, &counts, &f->error));
	assert_int_equal(counts.unread, 1);
	/* A reader's connection changes nothing. */
	assert_int_equal(store_set_read(reader, id, true, &f->error), -1);
	assert_int_equal(f->error.status, EX_NOPERM);
	store_close(reader);
	store_close(other);
}

static void write_many(const char *path, int writer, int count)
{
	struct error error = {0};
	int64_t feed, id;
	struct store *store = store_open(path, STORE_CREATE, &error);
	CHILD(error, store);
	CHILD(error,
		store_feed_ensure(store, STR("local:shared"), STR("مشترك"), &feed, &error) == 0);
	for (int i = 0; i < count; i += 4) {
		CHILD(error, store_begin(store, &error) == 0);
		for (int j = i; j < i + 4; j++)
			CHILD(error, add_one(store, feed, writer, j, &id, &error) == 0);
		CHILD(error, store_set_read(store, id, true, &error) == 0);
		CHILD(error, store_commit(store, &error) == 0);
		CHILD(error, store_set_starred(store, id - 1, true, &error) == 0);
		struct store_page page;
		CHILD(error, store_headlines(store, &all, NULL, false, 20, &page, &error) == 0);
		store_page_free(&page);
	}
	store_close(store);
	_exit(0);
}

/* From no file at all: all of them make it, one of them wins, all of them write. */
static void test_writers_at_once(void **state)
{
	enum { WRITERS = 6, EACH = 80 };
	struct fixture *f = *state;
	struct store_counts counts;
	pid_t children[WRITERS];
	for (int i = 0; i < WRITERS; i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i] == 0)
			write_many(f->path, i, EACH);
	}
	for (int i = 0; i < WRITERS; i++)
		wait_for(children[i]);
	fixture_open(f);
	MUST(f, store_count(f->store, &all, &counts, &f->error));
	assert_int_equal(counts.total, WRITERS * EACH);
	assert_int_equal(counts.unread, WRITERS * EACH * 3 / 4);
	fixture_close(f);
	fixture_check_integrity(f->path);
}

static void write_until_killed(const char *path, int round)
{
	struct error error = {0};
	int64_t feed, id;
	struct store_position position = {.offset = 10, .progress = 50};
	struct store *store = store_open(path, STORE_CREATE, &error);
	CHILD(error, store);
	CHILD(error, store_feed_ensure(store, STR("local:kill"), STR("قتل"), &feed, &error) == 0);
	for (int i = 0;; i += 5) {
		CHILD(error, store_begin(store, &error) == 0);
		for (int j = i; j < i + 5; j++)
			CHILD(error, add_one(store, feed, round, j, &id, &error) == 0);
		CHILD(error, store_set_read(store, id, true, &error) == 0);
		CHILD(error, store_set_position(store, id, &position, &error) == 0);
		CHILD(error, store_commit(store, &error) == 0);
	}
}

/* SIGKILL at any moment, also while the file is being made: only whole changes stay. */
static void test_killed_writers(void **state)
{
	struct fixture *f = *state;
	int64_t kept = 0;
	for (int round = 0; round < 45; round++) {
		struct timespec pause = {0, (round * 37 % 45) * 500000L};
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0)
			write_until_killed(f->path, round);
		nanosleep(&pause, NULL);
		assert_int_equal(kill(child, SIGKILL), 0);
		int status;
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFSIGNALED(status)); /* did not fail before */
		fixture_open(f);
		fixture_close(f);
		fixture_check_integrity(f->path);
		int64_t now = fixture_sql(f->path, "SELECT count(*) FROM article");
		assert_true(now >= kept && now % 5 == 0);
		kept = now;
	}
	assert_true(kept > 0);
	assert_int_equal(fixture_sql(f->path, "SELECT unfinished FROM tally") * 5, kept);
}

/* A process adds an article and ends without closing the store. */
static bool crash_after_adding(struct fixture *f)
{
	int status;
	pid_t child = fork();
	if (child == 0) {
		struct store *store = store_open(f->path, STORE_WRITE, &f->error);
		CHILD(f->error, store);
		CHILD(f->error, add_one(store, f->feed, 1, 1, NULL, &f->error) == 0);
		_exit(0);
	}
	return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

/* A log left by a crash is read, and neither the file nor the log is changed by that. */
static void test_reading_changes_nothing(void **state)
{
	struct fixture *f = *state;
	char log[300];
	size_t len[4];
	struct store_counts counts;
	fixture_open(f);
	fixture_close(f);
	assert_true(crash_after_adding(f));
	snprintf(log, sizeof log, "%s-wal", f->path);
	char *before = fixture_read_file(f->path, &len[0]),
	     *log_before = fixture_read_file(log, &len[1]);
	assert_true(len[1] > 0);
	f->store = store_open(f->path, STORE_READ, &f->error);
	assert_non_null(f->store);
	MUST(f, store_count(f->store, &all, &counts, &f->error));
	assert_int_equal(counts.total, 1);
	fixture_close(f);
	char *after = fixture_read_file(f->path, &len[2]),
	     *log_after = fixture_read_file(log, &len[3]);
	assert_true(len[0] == len[2] && memcmp(before, after, len[0]) == 0);
	assert_true(len[1] == len[3] && memcmp(log_before, log_after, len[1]) == 0);
	free(before);
	free(log_before);
	free(after);
	free(log_after);
}

/* ---- permissions ------------------------------------------------------ */

/* Runs `what` as a user whom permissions bind. */
static void as_plain_user(struct fixture *f, void (*what)(struct fixture *))
{
	if (geteuid() == 0) {
		char command[256];
		snprintf(command, sizeof command, "chown -R %d:%d '%s'", NOBODY, NOBODY, f->folder);
		assert_int_equal(system(command), 0);
	}
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (geteuid() == 0 &&
			(setgroups(0, NULL) < 0 || setgid(NOBODY) < 0 || setuid(NOBODY) < 0)) {
			fprintf(stderr, "# skipped: root can not become another user here\n");
			_exit(77);
		}
		what(f);
		_exit(0);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
		skip();
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fail_msg("a child failed (status %#x)", (unsigned)status);
}

static void child_refused(
	struct fixture *f, enum store_access access, int status, const char *words)
{
	struct store *store = store_open(f->path, access, &f->error);
	CHILD(f->error, !store && f->error.status == status && strstr(f->error.message, words));
}

static void child_reads(struct fixture *f, int64_t total)
{
	struct store_counts counts;
	struct store_page page;
	struct store *store = store_open(f->path, STORE_READ, &f->error);
	CHILD(f->error, store);
	CHILD(f->error, store_count(store, &all, &counts, &f->error) == 0);
	CHILD(f->error, counts.total == total);
	CHILD(f->error, store_headlines(store, &all, NULL, false, 20, &page, &f->error) == 0);
	CHILD(f->error, (int64_t)page.count == total);
	store_page_free(&page);
	CHILD(f->error, store_set_read(store, 1, true, &f->error) == -1);
	CHILD(f->error, f->error.status == EX_NOPERM);
	store_close(store);
}

static void read_only(struct fixture *f)
{
	char log[300], index[300];
	snprintf(log, sizeof log, "%s-wal", f->path);
	snprintf(index, sizeof index, "%s-shm", f->path);
	/* The file alone. */
	CHILD(f->error, chmod(f->path, 0400) == 0);
	child_reads(f, 1);
	child_refused(f, STORE_WRITE, EX_NOPERM, "read-only");
	child_refused(f, STORE_CREATE, EX_NOPERM, "read-only");
	CHILD(f->error, access(index, F_OK) < 0); /* nothing was left beside it */
	/* The folder too. */
	CHILD(f->error, chmod(f->folder, 0500) == 0);
	child_reads(f, 1);
	child_refused(f, STORE_WRITE, EX_NOPERM, "read-only");
	/* The folder alone. */
	CHILD(f->error, chmod(f->path, 0600) == 0);
	child_reads(f, 1);
	child_refused(f, STORE_WRITE, EX_NOPERM, "read-only");
	child_refused(f, STORE_CREATE, EX_NOPERM, "read-only");
	/* With a log that holds changes, as a crash leaves it: its index is read, not written. */
	CHILD(f->error, chmod(f->folder, 0700) == 0);
	CHILD(f->error, crash_after_adding(f));
	CHILD(f->error, chmod(f->path, 0400) == 0 && chmod(log, 0400) == 0 &&
				chmod(index, 0400) == 0 && chmod(f->folder, 0500) == 0);
	child_reads(f, 2);
	/* And when it can not be known what the log holds: no stale list, a reason. */
	CHILD(f->error,
		chmod(f->folder, 0700) == 0 && unlink(index) == 0 && chmod(f->folder, 0500) == 0);
	child_refused(f, STORE_READ, EX_NOPERM, "-wal");
	CHILD(f->error, chmod(f->folder, 0700) == 0);
	/* No permission at all. */
	CHILD(f->error, chmod(f->path, 0) == 0);
	child_refused(f, STORE_READ, EX_NOPERM, "may not be read");
	CHILD(f->error, chmod(f->folder, 0) == 0);
	child_refused(f, STORE_READ, EX_NOPERM, "ermission");
	child_refused(f, STORE_CREATE, EX_NOPERM, "ermission");
	CHILD(f->error, chmod(f->folder, 0500) == 0);
	snprintf(f->path, sizeof f->path, "%s/sub/new.db", f->folder);
	child_refused(f, STORE_CREATE, EX_CANTCREAT, "can not be made");
	snprintf(f->path, sizeof f->path, "%s/new.db", f->folder);
	child_refused(f, STORE_CREATE, EX_CANTCREAT, "can not be made");
}

static void test_read_only(void **state)
{
	struct fixture *f = *state;
	fixture_open(f);
	fixture_add(f, "1", "خبر", STORE_NO_DATE);
	fixture_close(f);
	as_plain_user(f, read_only);
}

/* ---- no room ---------------------------------------------------------- */

static int add_big(struct fixture *f, int number)
{
	char guid[32];
	size_t len = 50000;
	char *body = malloc(len);
	assert_non_null(body);
	memset(body, 'x', len);
	snprintf(guid, sizeof guid, "big %d", number);
	struct store_new_article article = {
		.guid = str_of(guid), .title = STR("كبير"), .html = {body, len}};
	int result = store_add(f->store, f->feed, &article, NULL, NULL, &f->error);
	free(body);
	return result;
}

static void assert_full(struct fixture *f)
{
	assert_int_equal(f->error.status, EX_IOERR);
	assert_non_null(strstr(f->error.message, "the disk is full"));
	memset(&f->error, 0, sizeof f->error);
}

static void test_full(void **state)
{
	struct fixture *f = *state;
	struct store_counts counts;
	int count = 0;
	fixture_open(f);
	assert_int_equal(sqlite3_exec(f->store->db, "PRAGMA max_page_count = 300", 0, 0, 0), 0);
	while (add_big(f, count) == 0 && count < 1000)
		count++;
	assert_in_range(count, 5, 200);
	assert_full(f);
	MUST(f, store_count(f->store, &all, &counts, &f->error));
	assert_int_equal(counts.total, count);
	/* In a transaction: what was begun is gone, and can not be committed in part. */
	MUST(f, store_begin(f->store, &f->error));
	MUST(f, store_set_read(f->store, 1, true, &f->error));
	int result = 0;
	for (int i = 0; i < 100 && result == 0; i++)
		result = add_big(f, 1000 + i);
	assert_int_equal(result, -1);
	assert_full(f);
	bool undone = sqlite3_get_autocommit(f->store->db);
	if (undone) {
		assert_int_equal(store_set_read(f->store, 2, true, &f->error), -1);
		assert_int_equal(store_commit(f->store, &f->error), -1);
	} else {
		store_rollback(f->store);
	}
	MUST(f, store_count(f->store, &all, &counts, &f->error));
	assert_int_equal(counts.total, count);
	assert_int_equal(counts.unread, count);
	/* With room again all goes on. */
	assert_int_equal(sqlite3_exec(f->store->db, "PRAGMA max_page_count = 100000", 0, 0, 0), 0);
	MUST(f, add_big(f, count));
	fixture_close(f);
	fixture_check_integrity(f->path);
}

/* The limit of the system, met while writing, in a child, at many places. */
static void meet_limit(struct fixture *f, rlim_t limit)
{
	struct rlimit room = {limit, limit};
	struct error error = {0};
	int64_t feed;
	signal(SIGXFSZ, SIG_IGN);
	CHILD(error, setrlimit(RLIMIT_FSIZE, &room) == 0);
	struct store *store = store_open(f->path, STORE_CREATE, &error);
	bool ok =
		store && store_feed_ensure(store, STR("local:kill"), STR("حدّ"), &feed, &error) == 0;
	for (int i = 0; ok && i < 5000; i++)
		ok = add_one(store, feed, (int)limit, i, NULL, &error) == 0;
	CHILD(error, !ok && error.status == EX_IOERR && strstr(error.message, "the disk is full"));
	store_close(store);
	_exit(0);
}

static void test_file_size_limit(void **state)
{
	struct fixture *f = *state;
	for (int i = 0; i < 12; i++) {
		snprintf(f->path, sizeof f->path, "%s/%d.db", f->folder, i / 4);
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0)
			meet_limit(f, (rlim_t)(i % 4) * 61000 + (rlim_t)i * 1000);
		wait_for(child);
		fixture_open(f);
		fixture_add(f, "1", "خبر", STORE_NO_DATE);
		fixture_close(f);
		fixture_check_integrity(f->path);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup_empty, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_two_connections, fixture_setup, fixture_teardown),
		TEST(test_writers_at_once),
		TEST(test_killed_writers),
		TEST(test_reading_changes_nothing),
		TEST(test_read_only),
		TEST(test_full),
		TEST(test_file_size_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
