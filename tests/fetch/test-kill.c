/*
 * kill -9 at any moment: the store is whole, and in the end no article is lost or doubled.
 *
 * 40 rounds; $KHABAR_TEST_ROUNDS asks for another number, $KHABAR_TEST_SEED for other moments.
 */
#include "e2e.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FEEDS = 24, ARTICLES = 12, ROUNDS = 40, LONGEST_MS = 900 };

static uint64_t chance;

/* xorshift64*. */
static unsigned below(unsigned bound)
{
	chance ^= chance >> 12;
	chance ^= chance << 25;
	chance ^= chance >> 27;
	return (unsigned)((chance * UINT64_C(2685821657736338717) >> 33) % bound);
}

static long number_of(const char *variable, long otherwise)
{
	const char *value = getenv(variable);
	long number = value ? strtol(value, NULL, 10) : 0;
	return number > 0 ? number : otherwise;
}

static void subscribe(int64_t feeds[FEEDS])
{
	for (int i = 0; i < FEEDS; i++)
		feeds[i] = e2e_subscribe(server_url(e2e_server, 1 + i % 8,
			"/feed/%s/%d?seed=%d&grow=1&edit=1&delay=%d%s", i % 2 ? "ar" : "he",
			ARTICLES, i, i % 5 * 30, i % 3 ? "&etag=strong" : ""));
}

/* Whole feeds only: what one visit brought is there in full or not at all. */
static void expect_whole(long epoch)
{
	char parts[256];
	e2e_check_store();
	snprintf(parts, sizeof parts,
		"SELECT count(*) FROM feed WHERE total <> 0 AND total NOT BETWEEN %d AND %ld",
		ARTICLES, ARTICLES + epoch);
	assert_int_equal(e2e_sql(parts, 0), 0);
	/* A visit that is remembered as a success has its articles. */
	assert_int_equal(e2e_sql("SELECT count(*) FROM feed JOIN visit ON feed_id = feed.id"
				 " WHERE succeeded_at > 0 AND total = 0",
				 0),
		0);
}

/* It has ended; whether its new parent has noticed is not our business. */
static bool is_zombie(pid_t pid)
{
	char path[64], line[512] = "";
	snprintf(path, sizeof path, "/proc/%d/stat", pid);
	FILE *file = fopen(path, "r");
	if (!file || !fgets(line, sizeof line, file))
		line[0] = '\0';
	if (file)
		fclose(file);
	const char *name_end = strrchr(line, ')');
	return !name_end || name_end[2] == 'Z';
}

/* No worker outlives the one it works for. */
static int processes_of(pid_t session)
{
	int count = 0;
	DIR *proc = opendir("/proc");
	assert_non_null(proc);
	for (struct dirent *entry; (entry = readdir(proc));) {
		pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
		count += pid > 0 && getsid(pid) == session && !is_zombie(pid);
	}
	closedir(proc);
	return count;
}

static pid_t start(void)
{
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		int nothing = open("/dev/null", O_RDWR);
		setsid();
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(nothing, STDIN_FILENO);
		dup2(nothing, STDOUT_FILENO);
		execl(e2e_program(), e2e_program(), "fetch", "--db", E2E_STORE, NULL);
		_exit(127);
	}
	return pid;
}

static void kill_one(long round)
{
	int status;
	server_tell(e2e_server, "/_/epoch?n=%ld", round);
	pid_t pid = start();
	e2e_sleep_ms((int)below(LONGEST_MS));
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFEXITED(status)) /* it was faster */
		assert_int_equal(WEXITSTATUS(status), 0);
	for (int i = 0; processes_of(pid) > 0; i++) {
		if (i == 200)
			fail_msg("round %ld: workers outlive khabar-fetch", round);
		e2e_sleep_ms(20);
	}
}

static void test_killed(void **state)
{
	(void)state;
	int64_t feeds[FEEDS];
	long rounds = number_of("KHABAR_TEST_ROUNDS", ROUNDS);
	chance = (uint64_t)number_of("KHABAR_TEST_SEED", 20240607);
	subscribe(feeds);
	for (long round = 0; round < rounds; round++) {
		kill_one(round);
		expect_whole(round);
	}
	e2e_fetched(0, NULL);
	expect_whole(rounds - 1);
	for (int i = 0; i < FEEDS; i++)
		assert_int_equal(e2e_articles(feeds[i]), ARTICLES + rounds - 1);
	/* All of them as they are now, in their last edition. */
	char sql[100];
	snprintf(sql, sizeof sql, "SELECT count(*) FROM body WHERE html NOT LIKE '%%[%ld]%%'",
		rounds - 1);
	assert_int_equal(e2e_sql(sql, 0), 0);
	/* The killed ones left nothing beside the store. */
	DIR *folder = opendir(".");
	assert_non_null(folder);
	for (struct dirent *entry; (entry = readdir(folder));) {
		if (strncmp(entry->d_name, "store.db", 8) == 0)
			assert_true(strcmp(entry->d_name, "store.db") == 0 ||
				    strcmp(entry->d_name, "store.db-wal") == 0 ||
				    strcmp(entry->d_name, "store.db-shm") == 0);
	}
	closedir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {E2E_TEST(test_killed)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
