/*
 * The engine from addresses to rows of the store, with the real network and sandbox.  Its workers
 * hand documents on as they are: the feeds of these tests are JSON Feed already.
 */
#include "fetch/main.h"
#include "store/store.h"
#include "tests/net/server.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static int hand_on(const struct worker_request *request, struct buffer *out, struct error *error)
{
	if (!str_starts(request->bytes, STR("{")))
		return error_set(error, EX_DATAERR, "no feed");
	buffer_str(out, request->bytes);
	return out->failed ? error_no_memory(error) : 0;
}

static const struct worker_task tasks[] = {{"feed", hand_on, NULL}, {NULL, NULL, NULL}};

static char folder[] = "engine-XXXXXX";
static struct server *server;
static char db[64], conf[64], events_path[64];

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static int begin(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "engine-XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(db, sizeof db, "%s/store.db", folder);
	snprintf(conf, sizeof conf, "%s/khabar.conf", folder);
	snprintf(events_path, sizeof events_path, "%s/events", folder);
	write_file(conf, "[fetch]\nper-host = 8\n");
	const struct server_options options = {.hosts = 4};
	server = server_start(&options);
	return 0;
}

static int end(void **state)
{
	char command[128];
	(void)state;
	server_free(server);
	server = NULL;
	const char *const suffixes[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < 3; i++) {
		snprintf(command, sizeof command, "%s%s", db, suffixes[i]);
		unlink(command);
	}
	unlink(conf);
	unlink(events_path);
	return rmdir(folder);
}

static int64_t subscribe(const char *url)
{
	struct store *store = store_open(db, STORE_CREATE, NULL);
	const struct store_new_feed feed = {.url = str_of(url)};
	int64_t id = 0;
	assert_non_null(store);
	assert_int_equal(store_subscribe(store, &feed, &id, NULL, NULL), 0);
	store_close(store);
	return id;
}

static struct store_subscription look(int64_t id)
{
	struct store *store = store_open(db, STORE_READ, NULL);
	struct store_subscription feed;
	assert_int_equal(store_subscription(store, id, &feed, NULL), 0);
	store_close(store);
	return feed;
}

/* Fetches; the status is that of the error, the events are an array to be released. */
static json_t *fetch(bool due, int status)
{
	int fd = open(events_path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	const struct fetch_options options = {
		.db = db, .due = due, .tasks = tasks, .config = conf, .output = fd};
	struct error error = {0};
	int result = fetch_main(&options, NULL, 0, &error);
	if (error.status != status)
		print_message("%d: %s\n", error.status, error.message);
	assert_int_equal(error.status, status);
	assert_int_equal(result, status ? -1 : 0);
	close(fd);
	json_t *events = json_array();
	FILE *file = fopen(events_path, "r");
	json_t *event;
	while ((event = json_loadf(file, JSON_DISABLE_EOF_CHECK, NULL)))
		json_array_append_new(events, event);
	fclose(file);
	return events;
}

static const char *text_of(const json_t *events, size_t at, const char *name)
{
	const char *text = json_string_value(json_object_get(json_array_get(events, at), name));
	return text ? text : "";
}

static int64_t number_of(const json_t *events, size_t at, const char *name)
{
	return json_integer_value(json_object_get(json_array_get(events, at), name));
}

static void test_new_same_changed(void **state)
{
	(void)state;
	int64_t id = subscribe(server_url(server, 1, "/feed/ar/5?format=json&etag=strong&grow=2"));
	json_t *events = fetch(false, 0);
	assert_int_equal(json_array_size(events), 3);
	assert_string_equal(text_of(events, 0, "event"), "begin");
	assert_int_equal(number_of(events, 0, "feeds"), 1);
	assert_string_equal(text_of(events, 1, "outcome"), "new");
	assert_int_equal(number_of(events, 1, "added"), 5);
	assert_int_equal(number_of(events, 1, "http"), 200);
	assert_int_equal(number_of(events, 1, "id"), id);
	assert_string_equal(text_of(events, 2, "event"), "end");
	assert_int_equal(number_of(events, 2, "added"), 5);
	json_decref(events);

	struct store_subscription feed = look(id);
	assert_int_equal(feed.total, 5);
	assert_true(feed.visit.next_at >= feed.visit.tried_at + 30 * 60);
	assert_true(feed.visit.etag[0] != '\0');
	assert_int_equal(feed.visit.http_status, 200);
	store_subscription_free(&feed);

	events = fetch(false, 0);
	assert_string_equal(text_of(events, 1, "outcome"), "same");
	assert_int_equal(number_of(events, 1, "http"), 304);
	json_decref(events);
	events = fetch(true, 0); /* nothing is due */
	assert_int_equal(json_array_size(events), 2);
	json_decref(events);

	server_tell(server, "/_/epoch?n=1");
	events = fetch(false, 0);
	assert_string_equal(text_of(events, 1, "outcome"), "new");
	assert_int_equal(number_of(events, 1, "added"), 2);
	assert_int_equal(number_of(events, 1, "updated"), 0);
	json_decref(events);
	feed = look(id);
	assert_int_equal(feed.total, 7);
	store_subscription_free(&feed);
}

/* Bodies that do not fit into memory together come one after the other; none is lost. */
static void test_crowded(void **state)
{
	enum { FEEDS = 6 };
	int64_t ids[FEEDS];
	(void)state;
	for (int i = 0; i < FEEDS; i++)
		ids[i] = subscribe(server_url(server, 1 + i % 4,
			"/feed/ar/2400?format=json&seed=%d&pace=400000&pause=30", i));
	json_t *events = fetch(false, 0);
	json_decref(events);
	int asked = 0;
	for (int i = 0; i < FEEDS; i++) {
		char target[128];
		struct store_subscription feed = look(ids[i]);
		assert_int_equal(feed.total, 2400);
		store_subscription_free(&feed);
		snprintf(target, sizeof target,
			"/feed/ar/2400?format=json&seed=%d&pace=400000&pause=30", i);
		asked += server_visits(server, target);
	}
	assert_true(asked > FEEDS); /* some did not fit */
}

/* A told length is refused before it comes, an untold one when it is too much. */
static void test_large(void **state)
{
	(void)state;
	write_file(conf, "[fetch]\nmax-size = 1\n");
	subscribe(server_url(server, 1, "/feed/ar/1000?format=json"));
	subscribe(server_url(server, 2, "/feed/ar/1000?format=json&nolength=1"));
	subscribe(server_url(server, 3, "/feed/ar/1000?format=json&encoding=gzip"));
	subscribe(server_url(server, 4, "/feed/ar/10?format=json"));
	json_t *events = fetch(false, EX_UNAVAILABLE);
	assert_int_equal(json_array_size(events), 6);
	for (size_t i = 1; i < 5; i++) {
		bool small = strstr(text_of(events, i, "url"), "/10?") != NULL;
		assert_string_equal(text_of(events, i, "outcome"), small ? "new" : "failed");
		if (!small)
			assert_non_null(strstr(text_of(events, i, "message"), "larger than 1 MiB"));
	}
	json_decref(events);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_new_same_changed, begin, end),
		cmocka_unit_test_setup_teardown(test_crowded, begin, end),
		cmocka_unit_test_setup_teardown(test_large, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
