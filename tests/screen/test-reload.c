/* khabar.conf read again: what the terminal is sent, stories, settings of feeds. */
#include "harness.h"

#include "../text/stories.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define RELOAD "\030"
#define ENTER "\r"
static const char FILE_NAME[] = "config/khabar/khabar.conf";

static void add(struct store *store, const char *feed, const char *guid, struct str title,
	struct str html, const struct sketch *sketch)
{
	struct error error = {0};
	int64_t id;
	const struct store_new_article article = {.guid = str_of(guid),
		.title = title,
		.html = html,
		.language = STR("ar"),
		.direction = STORE_RTL,
		.published = time(NULL),
		.sketch = sketch};
	if (store_feed_ensure(store, str_of(feed), str_of(feed), &id, &error) ||
		store_add(store, id, &article, NULL, NULL, &error))
		fail_msg("%s", error.message);
}

/* Two feeds that tell the same story, and an article with a link. */
static int library(void **state)
{
	struct error error = {0};
	struct story_text a = {0}, b = {0};
	struct sketch sketch;
	char path[512];
	home_setup(state);
	snprintf(path, sizeof path, "%s/data/khabar/khabar.db", home_path(*state));
	struct store *store = store_open(path, STORE_CREATE, &error);
	if (!store || store_group_stories(store, true, &error))
		fail_msg("%s", error.message);
	story_pair(0, STORY_REISSUE, 5, &a, &b);
	assert_true(sketch_make(&sketch, buffer_view(&a.title), buffer_view(&a.text)));
	/* Dates of one second: the last that was added comes first. */
	add(store, "https://a.example/", "a", buffer_view(&a.title), buffer_view(&a.text), &sketch);
	assert_true(sketch_make(&sketch, buffer_view(&b.title), buffer_view(&b.text)));
	add(store, "https://b.example/", "b", buffer_view(&b.title), buffer_view(&b.text), &sketch);
	add(store, "https://c.example/", "c", STR("البحر"),
		STR("<p><a href=\"https://link.example/\">البحر الأحمر</a></p>"), NULL);
	store_close(store);
	story_text_free(&a);
	story_text_free(&b);
	return 0;
}

/* Whether the text was sent since the log had so many bytes. */
static bool was_sent(struct terminal *t, size_t since, const char *text)
{
	struct str log = terminal_log(t);
	return str_find(str_slice(log, since, log.len), str_of(text)) >= 0;
}

static void assert_shows(struct terminal *t, const char *text)
{
	if (terminal_find(t, text) < 0)
		fail_msg("no \"%s\" in\n%s", text, terminal_screen(t));
}

static void quit(struct terminal *t)
{
	terminal_keys(t, "Q");
	assert_int_equal(terminal_wait(t), 0);
	terminal_free(t);
}

/* Another file is read, and all is painted anew; how much was sent before. */
static size_t reload(struct home *home, struct terminal *t, const char *bidi, const char *links)
{
	char text[256];
	size_t since = terminal_log(t).len;
	snprintf(text, sizeof text,
		"theme = mono\n[fetch]\nauto = no\n[terminal]\nbidi = %s\nlinks = %s\n", bidi,
		links);
	home_write(home, FILE_NAME, str_of(text));
	terminal_keys(t, RELOAD);
	assert_shows(t, "Settings read again");
	terminal_keys(t, "\f");
	return since;
}

static void terminal_and_links(void **state)
{
	home_write(*state, FILE_NAME,
		STR("theme = mono\n[fetch]\nauto = no\n[terminal]\nbidi = visual\nlinks = no\n"));
	struct terminal *t = terminal_start(*state, 24, 80, NULL, NULL);
	terminal_keys(t, ENTER);
	assert_shows(t, "1/2");
	terminal_keys(t, ENTER);
	assert_false(was_sent(t, 0, "\033]8;"));
	assert_false(was_sent(t, 0, "الأحمر"));
	/* Links, then base letters in their order. */
	size_t since = reload(*state, t, "visual", "yes");
	assert_true(was_sent(t, since, "\033]8;"));
	since = reload(*state, t, "logical", "yes");
	assert_true(was_sent(t, since, "الأحمر"));
	/* What a key chose stays where the file says the same as before. */
	terminal_keys(t, "B");
	assert_shows(t, "Terminal: visual");
	since = reload(*state, t, "logical", "yes");
	assert_false(was_sent(t, since, "الأحمر"));
	assert_true(was_sent(t, since, "\033]8;"));
	since = reload(*state, t, "visual", "no");
	assert_false(was_sent(t, since, "الأحمر"));
	assert_false(was_sent(t, since, "\033]8;"));
	quit(t);
}

static void stories_and_feeds(void **state)
{
	home_write(*state, FILE_NAME, STR("theme = mono\n[fetch]\nauto = no\n"));
	struct terminal *t = terminal_start(*state, 24, 80, NULL, NULL);
	assert_shows(t, "https://a.example/");
	terminal_keys(t, ENTER);
	assert_shows(t, "1/2");
	home_write(*state, FILE_NAME,
		STR("theme = mono\n[fetch]\nauto = no\n[stories]\ngroup = no\n"
		    "[feed https://a.example/]\ntitle = النشرة\n"));
	terminal_keys(t, RELOAD);
	assert_shows(t, "Settings read again");
	terminal_keys(t, "q");
	assert_true(terminal_find(t, "https://a.example/") < 0);
	terminal_keys(t, ENTER);
	assert_shows(t, "1/3");
	quit(t);
	char *feeds = home_run(*state, 0, "feeds", NULL);
	assert_non_null(strstr(feeds, "النشرة"));
	free(feeds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(terminal_and_links, library, home_teardown),
		cmocka_unit_test_setup_teardown(stories_and_feeds, library, home_teardown),
	};
	return cmocka_run_group_tests_name("reload", tests, NULL, NULL);
}
