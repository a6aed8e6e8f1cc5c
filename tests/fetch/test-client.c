/* The client of khabar-fetch against programs that play its part. */
#include "fetch/client.h"
#include "fetch/run.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static char script[] = "client-script-XXXXXX";

static int begin(void **state)
{
	(void)state;
	snprintf(script, sizeof script, "client-script-XXXXXX");
	int fd = mkstemp(script);
	return fd < 0 ? -1 : close(fd);
}

static int end(void **state)
{
	(void)state;
	unsetenv("KHABAR_FETCH");
	return unlink(script);
}

/* What plays the part of khabar-fetch: lines of a shell script. */
static void play(const char *lines)
{
	char path[64];
	FILE *file = fopen(script, "w");
	assert_non_null(file);
	fprintf(file, "#!/bin/sh\n%s\n", lines);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(script, 0700), 0);
	snprintf(path, sizeof path, "./%s", script);
	setenv("KHABAR_FETCH", path, 1);
}

/* Waits for the next event. */
static struct fetch_event next(struct fetch_client *client)
{
	struct fetch_event event;
	while (!fetch_client_next(client, &event)) {
		struct pollfd fd = {fetch_client_fd(client), POLLIN, 0};
		assert_int_equal(poll(&fd, 1, 20000), 1);
	}
	return event;
}

static void test_events(void **state)
{
	static const int64_t feeds[] = {3, 12345678901};
	const struct fetch_request request = {.db = "a b.db",
		.feeds = feeds,
		.count = 2,
		.due = true,
		.jobs = 5,
		.require_sandbox = true};
	(void)state;
	play("echo '{\"event\":\"begin\",\"feeds\":2}'\n"
	     "printf '{\"event\":\"feed\",\"id\":3,\"url\":\"u\",'; sleep 0.1\n"
	     "printf '\"title\":\"عنوان\",\"outcome\":\"new\",\"added\":4,\"updated\":1,'\n"
	     "echo '\"http\":200,\"message\":\"\",\"done\":1,\"feeds\":2}'\n"
	     "echo '{\"event\":\"news of a later version\"}'\n"
	     "echo 'no JSON'\n"
	     "echo '{\"event\":\"feed\",\"id\":4,\"outcome\":\"later\",\"message\":\"why\"}'\n"
	     "echo '{\"event\":\"feed\",\"id\":4,\"outcome\":\"unknown\"}'\n"
	     "printf '{\"event\":\"end\",\"feeds\":2,\"added\":4,\"updated\":1,\"failed\":0}\\n'\n"
	     "echo \"$*\" >&2; exit 70");
	struct fetch_client *client = fetch_client_start(&request, NULL);
	assert_non_null(client);
	struct fetch_event event = next(client);
	assert_int_equal(event.kind, FETCH_BEGIN);
	assert_int_equal(event.feeds, 2);
	assert_string_equal(event.line, "{\"event\":\"begin\",\"feeds\":2}");
	event = next(client);
	assert_int_equal(event.kind, FETCH_FEED);
	assert_int_equal(event.outcome, FETCH_NEW);
	assert_string_equal(event.title, "عنوان");
	assert_string_equal(event.url, "u");
	assert_int_equal(event.added, 4);
	assert_int_equal(event.http, 200);
	event = next(client);
	assert_int_equal(event.outcome, FETCH_LATER);
	assert_string_equal(event.message, "why");
	assert_string_equal(event.url, "");
	event = next(client);
	assert_int_equal(event.kind, FETCH_END);
	assert_int_equal(event.added, 4);
	event = next(client);
	assert_int_equal(event.kind, FETCH_OVER);
	assert_int_equal(event.status, 70);
	assert_string_equal(
		event.message, "fetch --due --require-sandbox --jobs 5 --db a b.db 3 12345678901");
	assert_int_equal(fetch_client_fd(client), -1);
	assert_false(fetch_client_next(client, &event));
	fetch_client_free(client);
}

/* Nothing waits when there is nothing to say; stopping is quick, and no failure. */
static void test_stop(void **state)
{
	const struct fetch_request request = {0};
	struct fetch_event event;
	(void)state;
	play("echo '{\"event\":\"begin\",\"feeds\":1}'; exec sleep 60");
	time_t start = time(NULL);
	struct fetch_client *client = fetch_client_start(&request, NULL);
	assert_non_null(client);
	assert_int_equal(next(client).kind, FETCH_BEGIN);
	assert_false(fetch_client_next(client, &event));
	fetch_client_stop(client);
	event = next(client);
	assert_int_equal(event.kind, FETCH_OVER);
	assert_int_equal(event.status, EX_OK);
	fetch_client_free(client);
	/* Freed while it runs. */
	client = fetch_client_start(&request, NULL);
	assert_int_equal(next(client).kind, FETCH_BEGIN);
	fetch_client_free(client);
	assert_true(time(NULL) - start < 20);
}

static void test_failed_feeds(void **state)
{
	const struct fetch_request request = {0};
	(void)state;
	play("exit 69");
	struct fetch_client *client = fetch_client_start(&request, NULL);
	struct fetch_event event = next(client);
	assert_int_equal(event.kind, FETCH_OVER);
	assert_int_equal(event.status, EX_UNAVAILABLE);
	assert_string_equal(event.message, ""); /* each was told by itself */
	fetch_client_free(client);
	/* A warning of a run that went well. */
	play("echo 'khabar: no sandbox: why' >&2");
	client = fetch_client_start(&request, NULL);
	event = next(client);
	assert_int_equal(event.status, EX_OK);
	assert_string_equal(event.message, "no sandbox: why");
	fetch_client_free(client);
	play("kill -9 $$");
	client = fetch_client_start(&request, NULL);
	event = next(client);
	assert_int_equal(event.status, EX_SOFTWARE);
	assert_true(*event.message);
	fetch_client_free(client);
}

static void test_no_program(void **state)
{
	const struct fetch_request request = {0};
	struct error error = {0};
	(void)state;
	setenv("KHABAR_FETCH", "/no/such/khabar-fetch", 1);
	assert_null(fetch_client_start(&request, &error));
	assert_int_equal(error.status, EX_UNAVAILABLE);
	assert_non_null(strstr(error.message, "/no/such/khabar-fetch"));
}

static void test_run(void **state)
{
	static const char *const arguments[] = {"discover", "https://example.org/a b", NULL};
	struct buffer output = {0};
	struct error error = {0};
	(void)state;
	/* More than a pipe holds, on both. */
	play("head -c 200000 /dev/zero | tr '\\0' y >&2; echo \"$1|$2\"; head -c 200000 /dev/zero");
	assert_int_equal(fetch_program_run(arguments, &output, &error), 0);
	assert_int_equal(output.len, 200000 + strlen("discover|https://example.org/a b\n"));
	assert_true(str_starts(buffer_view(&output), STR("discover|https://example.org/a b\n")));
	buffer_free(&output);
	play("echo 'khabar: one' >&2; echo 'khabar: two: why' >&2; exit 65");
	assert_int_equal(fetch_program_run(arguments, &output, &error), -1);
	assert_int_equal(error.status, EX_DATAERR);
	assert_string_equal(error.message, "two: why");
	buffer_free(&output);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_events),
		TEST(test_stop),
		TEST(test_failed_feeds),
		TEST(test_no_program),
		TEST(test_run),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
