/* Pictures in the reader: fetched on the key alone, in the terminal's colours, and back again. */
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

/* 8 x 8 pixels, the left half red, the right one blue. */
#define PICTURE                                                                                    \
	"/bytes/89504e470d0a1a0a0000000d49484452000000080000000808020000004b6d29dc00000014494441"  \
	"5478da63f8cfc0004748ccff0c434b0200e9303fc1c83846b30000000049454e44ae426082"
#define NO_PICTURE "/bytes/474946383961"

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

static void expect(struct terminal *t, const char *text)
{
	if (terminal_find(t, text) < 0)
		fail_msg("there is no \"%s\":\n%s", text, terminal_screen(t));
}

/* Waits for what comes from beside the reader. */
static void await(struct terminal *t, const char *text)
{
	for (int i = 0; i < HARNESS_PATIENCE * 10 && terminal_find(t, text) < 0; i++) {
		usleep(100000);
		terminal_settle(t);
	}
	expect(t, text);
}

/* A feed with one article, which has a picture and what is none; the reader in it. */
static struct terminal *open_article(struct home *home, int rows, int columns, const char *term)
{
	struct buffer rss = {0}, path = {0};
	const char *environment[] = {term, NULL};
	char *good = strdup(server_url(server, 1, PICTURE));
	char *bad = strdup(server_url(server, 1, NO_PICTURE));
	buffer_printf(&rss,
		"<rss version='2.0'><channel><title>صور</title><item><guid>1</guid>"
		"<title>قاربان</title><description>&lt;p&gt;على النهر قاربان.&lt;/p&gt;"
		"&lt;p&gt;&lt;img src='%s' alt='قارب أحمر وقارب أزرق'&gt;&lt;/p&gt;"
		"&lt;p&gt;ثم غابا.&lt;/p&gt;&lt;p&gt;&lt;img src='%s' alt='النهر'&gt;&lt;/p&gt;"
		"</description></item></channel></rss>",
		good, bad);
	buffer_str(&path, STR("/bytes/"));
	for (size_t i = 0; i < rss.len; i++)
		buffer_printf(&path, "%02x", (unsigned char)rss.data[i]);
	free(home_run(home, 0, "add", server_url(server, 1, path.data), NULL));
	assert_int_equal(server_visits(server, PICTURE), 0);
	buffer_free(&rss);
	buffer_free(&path);
	free(good);
	free(bad);
	struct terminal *t = terminal_start(home, rows, columns, NULL, environment);
	terminal_keys(t, ENTER ENTER);
	return t;
}

static void quit(struct terminal *t)
{
	terminal_keys(t, "Q");
	assert_int_equal(terminal_wait(t), 0);
	terminal_free(t);
}

/* The picture, `columns` of cells: its rows, and the first column and row of it. */
static void expect_picture(struct terminal *t, int columns, int32_t red, int32_t blue, int top)
{
	enum { MOST = 200 };
	int first = -1;
	for (int i = 0; i < MOST && first < 0; i++) {
		if (terminal_cell(t, top, i).background == red)
			first = i;
	}
	if (first < 0)
		fail_msg("nothing is red in row %d:\n%s", top, terminal_screen(t));
	for (int i = 0; i < columns; i++) {
		struct terminal_cell cell = terminal_cell(t, top, first + i);
		assert_int_equal(cell.background, i < columns / 2 ? red : blue);
	}
	assert_int_not_equal(terminal_cell(t, top, first + columns).background, blue);
}

static void a_picture_is_shown_on_the_key(void **state)
{
	enum { RED = 196, BLUE = 21 }; /* of the palette of 256: #ff0000 and #0000ff */
	struct terminal *t = open_article(*state, 24, 80, "TERM=xterm-256color");
	char *before = strdup(terminal_screen(t));
	assert_int_equal(server_visits(server, PICTURE), 0);
	terminal_keys(t, "i");
	for (int i = 0; i < HARNESS_PATIENCE * 10 && terminal_find(t, "Fetching") >= 0; i++) {
		usleep(100000);
		terminal_settle(t);
	}
	expect_picture(t, 8, RED, BLUE, 11);
	expect_picture(t, 8, RED, BLUE, 9);
	expect(t, "1/2");
	assert_int_equal(server_visits(server, PICTURE), 1);
	/* Smaller, with what the terminal has room for; and as it was. */
	terminal_resize(t, 6, 20);
	expect_picture(t, 6, RED, BLUE, 2);
	terminal_resize(t, 24, 80);
	expect_picture(t, 8, RED, BLUE, 11);
	terminal_keys(t, "q");
	if (strcmp(terminal_screen(t), before) != 0)
		fail_msg("before:\n%safter:\n%s", before, terminal_screen(t));
	free(before);
	quit(t);
}

/* GIF is not read; the message names it, and the way back is free. */
static void the_next_one_fails_in_words(void **state)
{
	struct terminal *t = open_article(*state, 24, 80, "TERM=xterm-256color");
	terminal_keys(t, "i");
	terminal_keys(t, "j");
	expect(t, "2/2");
	await(t, "GIF");
	terminal_keys(t, "j");
	expect(t, "This is the last picture");
	terminal_keys(t, "qq");
	quit(t);
}

/* Keys work while it is fetched. */
static void a_slow_one_holds_nobody(void **state)
{
	struct terminal *t = open_article(*state, 24, 80, "TERM=xterm-256color");
	server_tell(server, "/_/latency?ms=4000");
	terminal_keys(t, "i");
	expect(t, "Fetching the picture");
	terminal_keys(t, "q");
	assert_int_equal(terminal_find(t, "Fetching the picture"), -1);
	quit(t);
}

/* Without colours: shades. Blue is the darker. */
static void without_colours_there_are_shades(void **state)
{
	struct terminal *t = open_article(*state, 24, 80, "TERM=xterm-mono");
	terminal_keys(t, "i");
	await(t, "░░░░");
	assert_int_equal(terminal_find(t, "░░░░░"), -1);
	quit(t);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_picture_is_shown_on_the_key),
		TEST(the_next_one_fails_in_words),
		TEST(a_slow_one_holds_nobody),
		TEST(without_colours_there_are_shades),
	};
	return cmocka_run_group_tests_name("screen/picture", tests, NULL, NULL);
}
