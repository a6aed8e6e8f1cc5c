/* The full text in the reader: fetched beside it, there to stay, and back with the same key. */
#include "tests/net/server.h"
#include "tests/screen/harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define ENTER "\r"

static struct server *server;

static int setup(void **state)
{
	home_setup(state);
	server = server_start(&(struct server_options){0});
	return server ? 0 : -1;
}

static int teardown(void **state)
{
	server_free(server);
	server = NULL;
	return home_teardown(state);
}

static void expect(struct terminal *t, const char *text, bool there)
{
	if ((terminal_find(t, text) >= 0) != there)
		fail_msg("\"%s\" is %s on:\n%s", text, there ? "not" : "", terminal_screen(t));
}

/* Waits for what comes from beside the reader. */
static void await(struct terminal *t, const char *text)
{
	for (int i = 0; i < HARNESS_PATIENCE * 10 && terminal_find(t, text) < 0; i++) {
		usleep(100000);
		terminal_settle(t);
	}
	expect(t, text, true);
}

/* The reader, in the newest article of the feed. */
static struct terminal *open_newest(struct home *home, const char *url, const char *keys)
{
	const char *arguments[] = {"--keys", keys, NULL};
	free(home_run(home, 0, "add", url, NULL));
	struct terminal *t = terminal_start(home, 40, 99, arguments, NULL);
	terminal_keys(t, ENTER ENTER);
	return t;
}

static void quit(struct terminal *t)
{
	terminal_keys(t, "Q");
	assert_int_equal(terminal_wait(t), 0);
	terminal_free(t);
}

static void test_there_and_back(void **state)
{
	const char *url = server_url(server, 1, "/teasers/en/2");
	struct terminal *t = open_newest(*state, url, "khabar");
	expect(t, "[1/0]", true);
	expect(t, "[1/1]", false);
	terminal_keys(t, "W");
	await(t, "[1/3]");
	expect(t, "The full text", true);
	terminal_keys(t, "W");
	expect(t, "[1/1]", false);
	expect(t, "The text of the feed", true);
	terminal_keys(t, "W");
	expect(t, "[1/3]", true);
	assert_int_equal(server_visits(server, "/article/en/1"), 1);
	quit(t);
	/* It is there the next day, without the server, and after a fetch. */
	free(home_run(*state, 0, "fetch", NULL));
	server_free(server);
	server = NULL;
	t = terminal_start(*state, 40, 99, NULL, NULL);
	terminal_keys(t, ENTER ENTER);
	expect(t, "[1/3]", true);
	quit(t);
}

/* Keys work while it is fetched; what comes does not move what is read. */
static void test_beside(void **state)
{
	const char *url = server_url(server, 1, "/teasers/en/2");
	struct terminal *t = open_newest(*state, url, "newsboat");
	server_tell(server, "/_/latency?ms=1500");
	terminal_keys(t, "W");
	expect(t, "Fetching the full text", true);
	terminal_keys(t, "?");
	expect(t, "full text from its page", true);
	expect(t, "[1/0]", false);
	terminal_keys(t, "q");
	expect(t, "[1/0]", true);
	expect(t, "full text", true); /* the gauge */
	/* Read on in the other one: it waits there until it is opened. */
	terminal_keys(t, "J");
	expect(t, "[0/0]", true);
	await(t, "A full text has come");
	expect(t, "[0/0]", true);
	expect(t, "[1/1]", false);
	terminal_keys(t, "K");
	expect(t, "[1/3]", true);
	quit(t);
}

/* In a list over the article, in a question below it: it comes when the article is back. */
static void test_not_under_a_question(void **state)
{
	const char *url = server_url(server, 1, "/teasers/en/1");
	struct terminal *t = open_newest(*state, url, "khabar");
	server_tell(server, "/_/latency?ms=700");
	terminal_keys(t, "W/photographs");
	for (int i = 0; i < 40 && server_visits(server, "/article/en/0") == 0; i++)
		usleep(100000);
	sleep(2);
	terminal_settle(t);
	expect(t, "photographs", true);
	expect(t, "[0/3]", false);
	terminal_keys(t, "\033");
	await(t, "[0/3]");
	quit(t);
}

/* Nor while something is being selected. */
static void test_not_while_selecting(void **state)
{
	const char *url = server_url(server, 1, "/teasers/en/1");
	struct terminal *t = open_newest(*state, url, "khabar");
	server_tell(server, "/_/latency?ms=700");
	terminal_keys(t, "Wv");
	await(t, "The full text");
	expect(t, "[0/3]", false);
	terminal_keys(t, "\033");
	await(t, "[0/3]");
	quit(t);
}

/* The same key stops one that is under way. */
static void test_stopped(void **state)
{
	const char *url = server_url(server, 1, "/teasers/en/1");
	struct terminal *t = open_newest(*state, url, "newsraft");
	server_tell(server, "/_/latency?ms=2000");
	terminal_keys(t, "W");
	terminal_keys(t, "W");
	expect(t, "is not fetched", true);
	sleep(3);
	terminal_settle(t);
	expect(t, "[0/1]", false);
	quit(t);
}

/* In the middle of a text that is longer in full, the same words stay on the first row. */
static void test_place_is_kept(void **state)
{
	const char *url = server_url(server, 1, "/teasers/en/1");
	struct terminal *t;
	char first[400];
	free(home_run(*state, 0, "add", url, NULL));
	t = terminal_start(*state, 6, 60, NULL, NULL);
	terminal_keys(t, ENTER ENTER "W");
	await(t, "The full text");
	terminal_keys(t, " jj");
	snprintf(first, sizeof first, "%s", terminal_row(t, 1));
	assert_true(strlen(first) > 20);
	terminal_keys(t, "WW");
	assert_string_equal(terminal_row(t, 1), first);
	quit(t);
}

static void test_failure(void **state)
{
	const char *url = server_url(
		server, 1, "/teasers/en/1?base=%s", server_url(server, 1, "/status/404?"));
	struct terminal *t = open_newest(*state, url, "khabar");
	terminal_keys(t, "W");
	await(t, "404");
	expect(t, "[0/0]", true);
	expect(t, "khabar-fetch", false);
	quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_there_and_back, setup, teardown),
		cmocka_unit_test_setup_teardown(test_beside, setup, teardown),
		cmocka_unit_test_setup_teardown(test_not_under_a_question, setup, teardown),
		cmocka_unit_test_setup_teardown(test_not_while_selecting, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stopped, setup, teardown),
		cmocka_unit_test_setup_teardown(test_place_is_kept, setup, teardown),
		cmocka_unit_test_setup_teardown(test_failure, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
