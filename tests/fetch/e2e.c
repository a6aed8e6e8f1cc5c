#include "e2e.h"

#include "tests/store/fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 30 };

struct server *e2e_server;
static struct store_subscription last_feed;

/* ---- setup -------------------------------------------------------------- */

static const char *const unset[] = {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
	"ALL_PROXY", "no_proxy", "NO_PROXY", "KHABAR_FETCH"};

int e2e_setup(void **state)
{
	struct error error;
	if (program_setup(state))
		return -1;
	for (size_t i = 0; i < sizeof unset / sizeof *unset; i++)
		unsetenv(unset[i]);
	struct store *store = store_open(E2E_STORE, STORE_CREATE, &error);
	if (!store)
		return -1;
	store_close(store);
	e2e_server = server_start(&(struct server_options){.hosts = 8, .tls = "tls"});
	return e2e_server ? 0 : -1;
}

int e2e_teardown(void **state)
{
	server_free(e2e_server);
	e2e_server = NULL;
	store_subscription_free(&last_feed);
	for (size_t i = 0; i < sizeof unset / sizeof *unset; i++)
		unsetenv(unset[i]);
	return program_teardown(state);
}

void e2e_settings(const char *text)
{
	mkdir(".config", 0700);
	mkdir(".config/khabar", 0700);
	program_file(".config/khabar/khabar.conf", str_of(text));
}

void e2e_sleep_ms(int milliseconds)
{
	struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
	nanosleep(&pause, NULL);
}

/* ---- runs --------------------------------------------------------------- */

/* Beside khabar, where both are built. */
const char *e2e_program(void)
{
	static char path[512];
	const char *khabar_path = getenv("KHABAR");
	const char *slash = khabar_path ? strrchr(khabar_path, '/') : NULL;
	if (!slash)
		fail_msg("KHABAR must hold the path of the built program");
	snprintf(path, sizeof path, "%.*s/khabar-fetch", (int)(slash - khabar_path), khabar_path);
	return path;
}

static struct run fetch(const char *argument, va_list list)
{
	const char *a[MOST_ARGUMENTS] = {argument};
	for (size_t i = 0; a[i];) {
		assert_true(++i < 8);
		a[i] = va_arg(list, const char *);
	}
	return other_fed((struct str){NULL, 0}, e2e_program(), "fetch", "--db", E2E_STORE, a[0],
		a[1], a[2], a[3], a[4], a[5], a[6], a[7], NULL);
}

struct run e2e_fetch(const char *argument, ...)
{
	va_list list;
	va_start(list, argument);
	struct run r = fetch(argument, list);
	va_end(list);
	return r;
}

struct run e2e_fetched(int status, const char *argument, ...)
{
	va_list list;
	va_start(list, argument);
	struct run r = fetch(argument, list);
	va_end(list);
	assert_run(r, status);
	return r;
}

pid_t e2e_start(const char *events)
{
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		int out = open(events, O_WRONLY | O_CREAT | O_TRUNC, 0600);
		int in = open("/dev/null", O_RDONLY);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(in, STDIN_FILENO);
		dup2(out, STDOUT_FILENO);
		dup2(out, STDERR_FILENO);
		execl(e2e_program(), e2e_program(), "fetch", "--db", E2E_STORE, NULL);
		_exit(127);
	}
	return pid;
}

/* ---- events ------------------------------------------------------------- */

static bool is_of(const json_t *event, const char *kind, int64_t feed)
{
	return strcmp(e2e_text(event, "event"), kind) == 0 &&
	       (!feed || e2e_number(event, "id") == feed);
}

static json_t *find_event(struct run run, const char *kind, int64_t feed)
{
	struct str rest = run.out, line;
	while (str_split(&rest, '\n', &line)) {
		json_t *event = line.len ? json_loadb(line.ptr, line.len, 0, NULL) : NULL;
		if (line.len && !event)
			fail_msg("no JSON: %.*s", STR_ARG(line));
		if (event && is_of(event, kind, feed))
			return event;
		json_decref(event);
	}
	fail_msg("no event \"%s\" of %d in: %.*s\nstderr: %.*s", kind, (int)feed,
		STR_ARG(str_slice(run.out, 0, 3000)), STR_ARG(run.err));
	return NULL;
}

json_t *e2e_event(struct run run, int64_t feed)
{
	return find_event(run, "feed", feed);
}

json_t *e2e_end(struct run run)
{
	return find_event(run, "end", 0);
}

const char *e2e_text(const json_t *event, const char *name)
{
	const char *text = json_string_value(json_object_get(event, name));
	return text ? text : "";
}

int64_t e2e_number(const json_t *event, const char *name)
{
	return json_integer_value(json_object_get(event, name));
}

/* ---- the store ---------------------------------------------------------- */

static struct store *opened(enum store_access access)
{
	struct error error;
	struct store *store = store_open(E2E_STORE, access, &error);
	if (!store)
		fail_msg("%s", error.message);
	return store;
}

int64_t e2e_subscribe(const char *url)
{
	struct error error;
	int64_t id;
	bool added;
	struct store *store = opened(STORE_WRITE);
	struct store_new_feed feed = {.url = str_of(url)};
	if (store_subscribe(store, &feed, &id, &added, &error))
		fail_msg("%s", error.message);
	assert_true(added);
	store_close(store);
	return id;
}

const struct store_subscription *e2e_feed(int64_t id)
{
	struct error error;
	struct store *store = opened(STORE_READ);
	store_subscription_free(&last_feed);
	if (store_subscription(store, id, &last_feed, &error))
		fail_msg("%s", error.message);
	store_close(store);
	return &last_feed;
}

int64_t e2e_sql(const char *sql, int64_t argument)
{
	sqlite3 *db;
	sqlite3_stmt *statement;
	assert_int_equal(sqlite3_open_v2(E2E_STORE, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	sqlite3_busy_timeout(db, 10000);
	sqlite3_exec(db, "PRAGMA foreign_keys = ON", NULL, NULL, NULL);
	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_bind_int64(statement, 1, argument);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	int64_t value = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return value;
}

int64_t e2e_articles(int64_t feed)
{
	return e2e_sql("SELECT count(*) FROM article WHERE feed_id = ?1", feed);
}

void e2e_check_store(void)
{
	fixture_check_integrity(E2E_STORE);
	assert_int_equal(e2e_sql("SELECT count(*) FROM (SELECT 1 FROM article"
				 " GROUP BY feed_id, guid HAVING count(*) > 1)",
				 0),
		0);
}
