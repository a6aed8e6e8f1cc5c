/* One story of three feeds in the reader: one line with a count, its sources, and what is read. */
#include "reader.h"

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

static void add(struct store *store, const char *feed, const struct story_text *text, int minutes)
{
	struct error error = {0};
	struct sketch sketch;
	int64_t id;
	assert_true(sketch_make(&sketch, buffer_view(&text->title), buffer_view(&text->text)));
	struct store_new_article article = {.guid = str_of(feed),
		.title = buffer_view(&text->title),
		.html = buffer_view(&text->text),
		.language = STR("ar"),
		.direction = STORE_RTL,
		.published = time(NULL) - 60 * minutes,
		.sketch = &sketch};
	if (store_feed_ensure(store, str_of(feed), str_of(feed), &id, &error) ||
		store_add(store, id, &article, NULL, NULL, &error))
		fail_msg("%s", error.message);
}

/* Three tell the flood, one the market. */
static int stories(void **state)
{
	struct error error = {0};
	struct story_text a = {0}, b = {0};
	char path[512];
	home_setup(state);
	snprintf(path, sizeof path, "%s/data/khabar/khabar.db", home_path(*state));
	struct store *store = store_open(path, STORE_CREATE, &error);
	if (!store || store_group_stories(store, true, &error))
		fail_msg("%s", error.message);
	story_pair(0, STORY_DAILY, 7, &a, &b);
	add(store, "https://a.example/", &a, 30);
	story_pair(0, STORY_REISSUE, 5, &a, &b);
	add(store, "https://a.example/2", &a, 20);
	add(store, "https://b.example/", &b, 10);
	add(store, "https://c.example/", &a, 5);
	store_close(store);
	story_text_free(&a);
	story_text_free(&b);
	return 0;
}

static void assert_row(struct terminal *t, int row, const char *text, bool there)
{
	if (!strstr(terminal_row(t, row), text) == there)
		fail_msg("row %d, \"%s\": %s", row, text, terminal_row(t, row));
}

static void one_line_with_the_number_of_the_others(void **state)
{
	static const int widths[] = {40, 80, 132};
	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
		struct terminal *t = reader_open_list(*state, 24, widths[i]);
		assert_true(terminal_find(t, "1/2") >= 0);
		assert_row(t, 1, "+2", true);
		assert_row(t, 2, "+", false);
		reader_quit(t);
	}
	static const int sources[] = {3, 1};
	for (size_t i = 0; i < 2; i++) {
		json_t *item = reader_listed(*state, i);
		assert_int_equal(json_integer_value(json_object_get(item, "sources")), sources[i]);
		json_decref(item);
	}
}

static void the_sources_open(void **state)
{
	struct terminal *t = reader_open_list(*state, 24, 80);
	terminal_keys(t, "+");
	assert_true(terminal_find(t, "1/3") >= 0);
	assert_row(t, 1, "https://c.exam", true);
	assert_row(t, 2, "https://b.exam", true);
	assert_row(t, 3, "https://a.exam", true);
	terminal_keys(t, "j");
	terminal_keys(t, ENTER);
	assert_row(t, 0, "https://b.example/", true);
	/* From within an article, too; and back the way one came. */
	terminal_keys(t, "q");
	terminal_keys(t, "q");
	terminal_keys(t, ENTER);
	terminal_keys(t, "+");
	assert_true(terminal_find(t, "1/3") >= 0);
	terminal_keys(t, "q");
	assert_row(t, 0, "https://a.example/2", true);
	terminal_keys(t, "q");
	assert_true(terminal_find(t, "1/2") >= 0);
	terminal_keys(t, "j");
	terminal_keys(t, "+");
	assert_true(terminal_find(t, "No other source") >= 0);
	reader_quit(t);
}

static void what_is_read_is_read_everywhere(void **state)
{
	struct terminal *t = terminal_start(*state, 24, 80, NULL, NULL);
	assert_true(terminal_find(t, "2 unread") >= 0);
	terminal_keys(t, ENTER);
	terminal_keys(t, "r");
	terminal_keys(t, "+");
	for (int row = 1; row <= 3; row++)
		assert_row(t, row, "●", false);
	terminal_keys(t, "q");
	terminal_keys(t, "q");
	assert_true(terminal_find(t, "1 unread") >= 0);
	reader_quit(t);
}

static void the_setting_takes_stories_apart(void **state)
{
	home_write(*state, "config/khabar/khabar.conf", STR("[stories]\ngroup = no\n"));
	struct terminal *t = reader_open_list(*state, 24, 80);
	assert_true(terminal_find(t, "1/4") >= 0);
	reader_quit(t);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, stories, home_teardown)
	const struct CMUnitTest tests[] = {
		TEST(one_line_with_the_number_of_the_others),
		TEST(the_sources_open),
		TEST(what_is_read_is_read_everywhere),
		TEST(the_setting_takes_stories_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
