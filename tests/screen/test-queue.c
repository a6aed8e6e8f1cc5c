/* The queue of downloads in the reader: queueing, progress, pausing, failing, playing, quitting. */
#include "harness.h"
#include "tests/net/server.h"

#include "store/download.h"

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
enum { ROWS = 24, COLUMNS = 100 };

static struct server *server;

static void add(struct store *store, int64_t feed, int day, const char *title, const char *target)
{
	struct error error = {0};
	char *url = target ? strdup(server_url(server, 1, "%s", target)) : NULL;
	const struct store_new_attachment file = {
		.url = str_of(url), .type = STR("audio/mpeg"), .size = 1000};
	const struct store_new_article article = {.guid = str_of(title),
		.title = str_of(title),
		.html = STR("<p>نص</p>"),
		.published = 1717200000 + 86400 * day,
		.attachments = &file,
		.attachment_count = url ? 1 : 0};
	if (store_add(store, feed, &article, NULL, NULL, &error))
		fail_msg("%s", error.message);
	free(url);
}

/* Three articles, the newest first: slow, missing, without a file; and a player. */
static int setup(void **state)
{
	struct error error = {0};
	char path[512];
	int64_t feed;
	home_setup(state);
	server = server_start(&(struct server_options){0});
	if (!server)
		return -1;
	snprintf(path, sizeof path, "%s/data/khabar/khabar.db", home_path(*state));
	struct store *store = store_open(path, STORE_CREATE, &error);
	if (!store || store_feed_ensure(store, str_of(server_url(server, 1, "/feed/ar/1")),
			      STR("إذاعة المرفأ"), &feed, &error))
		fail_msg("%s", error.message);
	add(store, feed, 3, "Slow tide",
		"/noise/1/1200000/slow.mp3?etag=strong&range=yes&pace=40000&pause=100");
	add(store, feed, 2, "الحلقة", "/status/404");
	add(store, feed, 1, "Silent", NULL);
	store_close(store);
	home_write(*state, "play",
		STR("#!/bin/sh\nfor a in \"$@\"; do echo \"<$a>\" >>\"$HOME/noted\"; done\n"));
	return 0;
}

static int teardown(void **state)
{
	server_free(server);
	server = NULL;
	return home_teardown(state);
}

static void configure(struct home *home, const char *automatic, const char *terminal)
{
	struct buffer conf = {0};
	const char *path = home_path(home);
	buffer_printf(&conf,
		"theme = mono\n[fetch]\nauto = no\n[download]\ndirectory = %s/files\nauto = %s\n"
		"[player]\ncommand = /bin/sh %s/play \"two words\"\nterminal = %s\n",
		path, automatic, path, terminal);
	home_write(home, "config/khabar/khabar.conf", buffer_view(&conf));
	buffer_free(&conf);
}

static void await(struct terminal *t, const char *text)
{
	for (int i = 0; i < 150 && terminal_find(t, text) < 0; i++) {
		usleep(100000);
		terminal_settle(t);
	}
	if (terminal_find(t, text) < 0)
		fail_msg("no \"%s\" in\n%s", text, terminal_screen(t));
}

static void assert_shows(struct terminal *t, const char *text, bool shown)
{
	if ((terminal_find(t, text) >= 0) != shown)
		fail_msg("\"%s\" is %s in\n%s", text, shown ? "not" : "", terminal_screen(t));
}

static void quit(struct terminal *t)
{
	terminal_keys(t, "Q");
	assert_int_equal(terminal_wait(t), 0);
	terminal_free(t);
}

/* What the player was given, once there is something; to be freed. */
static char *await_noted(struct home *home)
{
	char path[512];
	char *all = calloc(1, 4096);
	assert_non_null(all);
	snprintf(path, sizeof path, "%s/noted", home_path(home));
	for (int i = 0; i < 100 && !strchr(all, '/'); i++) {
		FILE *file = fopen(path, "r");
		if (file) {
			all[fread(all, 1, 4095, file)] = '\0';
			fclose(file);
		}
		usleep(50000);
	}
	unlink(path);
	return all;
}

static void queue_download_play(void **state)
{
	configure(*state, "yes", "yes");
	struct terminal *t = terminal_start(*state, ROWS, COLUMNS, NULL, NULL);
	terminal_keys(t, ENTER);
	terminal_keys(t, "e");
	assert_shows(t, "1 file queued", true);
	terminal_keys(t, "e");
	assert_shows(t, "It is in the queue already", true);
	await(t, "download ");
	terminal_keys(t, "G");
	terminal_keys(t, "e");
	assert_shows(t, "This article comes without a file", true);
	/* From an article, too. */
	terminal_keys(t, "k");
	terminal_keys(t, ENTER);
	terminal_keys(t, "e");
	assert_shows(t, "1 file queued", true);
	terminal_keys(t, "P");
	assert_shows(t, "Downloads", true);
	assert_shows(t, "Slow tide", true);
	await(t, "downloading");
	await(t, " / 1.1 MiB");
	await(t, "done");
	/* The next one fails, and says why. */
	await(t, "failed");
	assert_shows(t, "(404)", true);
	assert_shows(t, "slow.mp3", false);
	assert_shows(t, "Slow tide.mp3", true);
	terminal_keys(t, "g");
	terminal_keys(t, ENTER);
	char *noted = await_noted(*state);
	char expected[600];
	snprintf(expected, sizeof expected, "<two words>\n<%s/files/Slow tide.mp3>\n",
		home_path(*state));
	assert_string_equal(noted, expected);
	free(noted);
	await(t, "played");
	terminal_keys(t, "r");
	assert_shows(t, "played", false);
	/* What is not here is played from where it is. */
	terminal_keys(t, "j" ENTER);
	noted = await_noted(*state);
	assert_non_null(strstr(noted, "/status/404>"));
	free(noted);
	terminal_keys(t, "X");
	assert_shows(t, "Its file stays", true);
	terminal_keys(t, "X");
	assert_shows(t, "1/1", true);
	terminal_keys(t, "P");
	assert_shows(t, "Downloads", false);
	quit(t);
}

/* Paused it waits; a reader that quits leaves it queued, the next one goes on. */
static void pause_and_quit(void **state)
{
	configure(*state, "no", "no");
	struct terminal *t = terminal_start(*state, ROWS, COLUMNS, NULL, NULL);
	terminal_keys(t, ENTER "eP");
	assert_shows(t, "queued", true);
	usleep(1500000);
	terminal_settle(t);
	assert_shows(t, "downloading", false); /* not by itself */
	terminal_keys(t, "f");
	await(t, " / 1.1 MiB");
	terminal_keys(t, " ");
	await(t, "paused");
	terminal_keys(t, " ");
	await(t, "downloading");
	quit(t);
	char *list = home_run(*state, 0, "download", "--list", NULL);
	assert_non_null(strstr(list, "queued"));
	free(list);
	configure(*state, "yes", "no");
	t = terminal_start(*state, ROWS, COLUMNS, NULL, NULL);
	terminal_keys(t, "P");
	await(t, "done");
	terminal_keys(t, ENTER);
	char *noted = await_noted(*state);
	assert_non_null(strstr(noted, "/files/Slow tide.mp3>"));
	free(noted);
	quit(t);
	char *range = server_header(server,
		"/noise/1/1200000/slow.mp3?etag=strong&range=yes&pace=40000&pause=100", "range");
	assert_non_null(range); /* no byte of what was there came twice */
	free(range);
}

/* Narrow, mirrored, empty; and a player that is not set. */
static void sizes(void **state)
{
	static const int widths[] = {20, 59, 200};
	configure(*state, "no", "yes");
	home_write(*state, "config/khabar/khabar.conf",
		STR("theme = mono\n[fetch]\nauto = no\n[download]\nauto = no\n[ui]\ndirection = "
		    "rtl\n"));
	struct terminal *t = terminal_start(*state, ROWS, COLUMNS, NULL, NULL);
	terminal_keys(t, "P");
	assert_shows(t, "Nothing is queued", true);
	terminal_keys(t, "q" ENTER "ejeP");
	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
		terminal_resize(t, ROWS, widths[i]);
		terminal_settle(t);
		assert_shows(t, "queued", true);
	}
	/* The title at the right, its state at the left. */
	const char *row = terminal_row(t, 1);
	assert_true(strstr(row, "queued") < strstr(row, "Slow tide"));
	terminal_keys(t, ENTER);
	assert_shows(t, "no program plays files", true);
	quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(queue_download_play, setup, teardown),
		cmocka_unit_test_setup_teardown(pause_and_quit, setup, teardown),
		cmocka_unit_test_setup_teardown(sizes, setup, teardown),
	};
	return cmocka_run_group_tests_name("queue", tests, NULL, NULL);
}
