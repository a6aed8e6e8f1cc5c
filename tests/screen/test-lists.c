/* Saved queries among the feeds: those of khabar.conf and of the store, with what is unread. */
#include "reader.h"

#include "store/search.h"
#include "store/store.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void add(struct store *store, int64_t feed, int number, const char *title, const char *html,
	struct error *error)
{
	char guid[32];
	snprintf(guid, sizeof guid, "%d", number);
	const struct store_new_article article = {.guid = str_of(guid),
		.title = str_of(title),
		.html = str_of(html),
		.language = STR("ar"),
		.published = 1717243200 + number};
	if (store_add(store, feed, &article, NULL, NULL, error))
		fail_msg("%s", error->message);
}

/* Three on railways, two on the weather, one of them on both; a list in the store. */
static int library(void **state)
{
	struct error error = {0};
	char path[512];
	int64_t feed;
	home_setup(state);
	snprintf(path, sizeof path, "%s/data/khabar/khabar.db", home_path(*state));
	struct store *store = store_open(path, STORE_CREATE, &error);
	if (!store ||
		store_feed_ensure(store, STR("https://a.example/"), STR("A"), &feed, &error) ||
		store_smart_list_add(
			store, STR("Weather"), STR("الطقس"), STORE_SMART_LIST, NULL, &error) ||
		store_smart_list_add(
			store, STR("Dropped"), STR("x"), STORE_SMART_DROP, NULL, &error))
		fail_msg("%s", error.message);
	add(store, feed, 1, "القطارات", "<p>سكة حديد جديدة</p>", &error);
	add(store, feed, 2, "محطة", "<p>السكك والقطارات</p>", &error);
	add(store, feed, 3, "قطار الطقس", "<p>تأخر القطار</p>", &error);
	add(store, feed, 4, "الطقس اليوم", "<p>صحو</p>", &error);
	add(store, feed, 5, "أسعار", "<p>القمح</p>", &error);
	while (store_index(store, 100, &error) > 0)
		continue;
	store_close(store);
	return 0;
}

static void assert_row(struct terminal *t, int row, const char *count, const char *name)
{
	char first[16], *text = strdup(terminal_row(t, row));
	bool counted = sscanf(text, "%15s", first) == 1 && strcmp(first, count) == 0;
	if (!counted || !strstr(text, name))
		fail_msg("row %d is no %s %s: %s", row, count, name, text);
	free(text);
}

static void lists_stand_among_the_feeds(void **state)
{
	home_write(*state, "config/khabar/khabar.conf",
		STR("[list Trains]\nquery = قطار or سكة\n[list Nothing]\nquery = title:zzz\n"));
	struct terminal *t = terminal_start(*state, 24, 80, NULL, NULL);
	int row = terminal_find(t, "Trains");
	assert_true(row > 0);
	assert_row(t, row, "3", "Trains");
	assert_row(t, row + 1, "Nothing", "Nothing"); /* no number */
	assert_row(t, row + 2, "2", "Weather");
	assert_int_equal(terminal_find(t, "Dropped"), -1);
	for (int i = 1; i < row; i++)
		terminal_keys(t, "j");
	terminal_keys(t, ENTER);
	assert_true(terminal_find(t, "1/3") >= 0);
	assert_non_null(strstr(terminal_row(t, 0), "Trains"));
	terminal_keys(t, "r");
	terminal_keys(t, "q");
	/* One that was on both is read: both have one less. */
	assert_row(t, row, "2", "Trains");
	assert_row(t, row + 2, "1", "Weather");
	terminal_keys(t, "A");
	assert_row(t, row, "Trains", "Trains");
	assert_row(t, row + 2, "1", "Weather");
	assert_true(terminal_find(t, "A ") > row + 2);
	reader_quit(t);
}

static void a_wrong_query_is_told(void **state)
{
	home_write(*state, "config/khabar/khabar.conf",
		STR("[list Bad]\nquery = titel:x\n[list Good]\nquery = القمح\n"));
	struct terminal *t = terminal_start(*state, 24, 80, NULL, NULL);
	assert_true(strstr(terminal_row(t, 23), "titel") != NULL);
	assert_row(t, terminal_find(t, "Good"), "1", "Good");
	reader_quit(t);
}

#define RELOAD "\x18"

static void settings_are_read_again(void **state)
{
	static const char FILE[] = "config/khabar/khabar.conf";
	home_write(*state, FILE, STR("theme = mono\n[list Old]\nquery = title:zzz\n"));
	struct terminal *t = terminal_start(*state, 24, 80, NULL, NULL);
	assert_true(terminal_find(t, "Old") > 0);
	/* A mistake is told, of the file and of a query; all stays as it was. */
	home_write(*state, FILE, STR("[ui]\ndirection = rtl\n[text]\nwidht = 5\n"));
	terminal_keys(t, RELOAD);
	assert_non_null(strstr(terminal_row(t, 23), "khabar.conf:4"));
	assert_true(terminal_find(t, "Old") > 0);
	home_write(*state, FILE, STR("[ui]\ndirection = rtl\n[list New]\nquery = titel:x\n"));
	for (int i = 0; i < 3; i++) { /* what was refused is freed, what is in use is not */
		terminal_keys(t, RELOAD);
		assert_non_null(strstr(terminal_row(t, 23), "titel"));
	}
	assert_true(terminal_find(t, "Old") > 0);
	assert_row(t, terminal_find(t, "Old") + 1, "2", "Weather");
	assert_true(reader_is_blank(t, 0, 79));
	/* Within a list the rows are lit and mirrored at once, its query lives on. */
	int row = terminal_find(t, "Weather");
	for (int i = 1; i < row; i++)
		terminal_keys(t, "j");
	terminal_keys(t, ENTER);
	assert_true(terminal_find(t, "1/2") >= 0);
	home_write(*state, FILE,
		STR("theme = mono\n[ui]\ndirection = rtl\n[list New]\nquery = القمح\n"
		    "[list Newer]\nquery = القمح\n[highlight]\nquery = صحو\n"));
	terminal_keys(t, RELOAD);
	assert_non_null(strstr(terminal_row(t, 23), "Settings read again"));
	assert_true(reader_is_blank(t, 0, 0));
	bool lit = false;
	for (int column = 0; column < 80; column++)
		lit |= terminal_cell(t, 1, column).italic;
	assert_true(lit);
	terminal_keys(t, RELOAD);
	terminal_keys(t, "r");
	terminal_keys(t, "q");
	assert_true(terminal_find(t, "Old") < 0);
	assert_true(terminal_find(t, "Newer") > 0);
	reader_quit(t);
}

/* In an open article: its width and digits. */
static void an_open_article_is_laid_out_anew(void **state)
{
	static const char FILE[] = "config/khabar/khabar.conf";
	struct error error = {0};
	char path[512];
	snprintf(path, sizeof path, "%s/data/khabar/khabar.db", home_path(*state));
	struct store *store = store_open(path, STORE_CREATE, &error);
	assert_non_null(store);
	add(store, 1, 9, "Long",
		"<p>In a few words that go on until the row is full.</p><p>عام 1234</p>", &error);
	store_close(store);
	struct terminal *t = reader_open_article(*state, 24, 80, 0);
	assert_true(terminal_find(t, "In a few words that go on until the row is full.") > 0);
	assert_true(terminal_find(t, "1234") > 0);
	home_write(*state, FILE, STR("[text]\nwidth = 20\nnumerals = arabic-indic\n"));
	terminal_keys(t, RELOAD);
	assert_int_equal(terminal_find(t, "1234"), -1);
	assert_true(terminal_find(t, "١٢٣٤") > 0);
	assert_int_equal(terminal_find(t, "until the row is full."), -1);
	reader_quit(t);
}

/* The same columns, from the right where the interface starts there. */
static void rows_have_own_columns(void **state)
{
	static const char FILE[] = "config/khabar/khabar.conf";
	home_write(*state, FILE, STR("[list]\nformat = %title{30} %feed{8:end} %mark\n"));
	struct terminal *t = reader_open_list(*state, 24, 80);
	static const char FEED[] = "       A ●"; /* in columns 31 to 38, and 40 */
	const char *row = terminal_row(t, 1);
	if (!strstr(row, FEED))
		fail_msg("%s", row);
	assert_string_equal(terminal_cell(t, 1, 38).text, "A");
	assert_string_equal(terminal_cell(t, 1, 40).text, "●");
	assert_false(reader_is_blank(t, 1, 29)); /* an Arabic title */
	home_write(*state, FILE,
		STR("[ui]\ndirection = rtl\n[list]\nformat = %title{30} %feed{8:end} %mark\n"));
	terminal_keys(t, RELOAD);
	assert_string_equal(terminal_cell(t, 1, 79 - 38).text, "A");
	assert_string_equal(terminal_cell(t, 1, 79 - 40).text, "●");
	assert_false(reader_is_blank(t, 1, 79));
	home_write(*state, FILE, STR("[list]\nformat = %title %dat\n"));
	terminal_keys(t, RELOAD);
	assert_non_null(strstr(terminal_row(t, 23), "khabar.conf:2"));
	assert_string_equal(terminal_cell(t, 1, 79 - 38).text, "A");
	reader_quit(t);
}

/* In the theme "mono" what is lit is bold and italic. */
static void rules_light_titles(void **state)
{
	home_write(*state, "config/khabar/khabar.conf",
		STR("theme = mono\n[highlight]\nquery = القمح\nquery = title:محطة\n"));
	struct terminal *t = reader_open_list(*state, 24, 80);
	static const bool lit[] = {true, false, false, true, false}; /* the newest first */
	for (int i = 0; i < 5; i++) {
		struct terminal_cell cell = terminal_cell(t, 1 + i, 79);
		if (cell.italic != lit[i])
			fail_msg("row %d: %s", i, terminal_row(t, 1 + i));
	}
	reader_quit(t);
}

/* ---- made, changed and taken away in the reader ---- */

static struct terminal *open_at(struct home *home, const char *name)
{
	struct terminal *t = terminal_start(home, 24, 80, NULL, NULL);
	int row = terminal_find(t, name);
	if (row < 1)
		fail_msg("there is no %s:\n%s", name, terminal_screen(t));
	for (int i = 1; i < row; i++)
		terminal_keys(t, "j");
	return t;
}

static void expect(struct terminal *t, const char *text)
{
	if (terminal_find(t, text) < 0)
		fail_msg("there is no \"%s\":\n%s", text, terminal_screen(t));
}

/* Presses j up to the row of a label in a form, asks for its value and types another. */
static void fill(struct terminal *t, int field, const char *text)
{
	for (int i = 0; i < field; i++)
		terminal_keys(t, "\t");
	terminal_keys(t, ENTER);
	terminal_keys(t, "\x15"); /* nothing of what was there */
	terminal_keys(t, text);
	terminal_keys(t, ENTER);
}

static void a_list_is_made_changed_moved_and_removed(void **state)
{
	struct terminal *t = open_at(*state, "Weather");
	terminal_keys(t, "L");
	expect(t, "it needs one");
	fill(t, 0, "Grain");
	fill(t, 1, "title:");
	terminal_keys(t, "s");
	expect(t, "column"); /* where the mistake is; the form stays */
	fill(t, 0, "القمح");
	expect(t, "1 article meets it now");
	terminal_keys(t, "s");
	expect(t, "Saved: Grain");
	int weather = terminal_find(t, "Weather");
	assert_row(t, weather + 1, "1", "Grain");
	terminal_keys(t, "j<");
	assert_row(t, weather, "1", "Grain");
	assert_row(t, weather + 1, "2", "Weather");
	terminal_keys(t, "E");
	fill(t, 0, "أخبار القمح");
	terminal_keys(t, "s");
	assert_int_equal(terminal_find(t, "Grain"), -1);
	reader_quit(t);
	/* It is kept. */
	t = terminal_start(*state, 24, 80, NULL, NULL);
	assert_int_equal(terminal_find(t, "Weather"), weather + 1);
	terminal_keys(t, "g"); /* the reader starts where it was left */
	for (int i = 1; i < weather; i++)
		terminal_keys(t, "j");
	terminal_keys(t, "X");
	expect(t, "Remove this list?");
	terminal_keys(t, "X");
	assert_int_equal(terminal_find(t, "Weather"), weather);
	reader_quit(t);
}

static void lists_of_the_file_stay_as_they_are(void **state)
{
	home_write(*state, "config/khabar/khabar.conf", STR("\n[list Trains]\nquery = قطار\n"));
	struct terminal *t = open_at(*state, "Trains");
	terminal_keys(t, "E");
	expect(t, "khabar.conf:3");
	terminal_keys(t, "X");
	terminal_keys(t, "X");
	expect(t, "Trains");
	reader_quit(t);
}

static void rules_are_made_turned_and_removed(void **state)
{
	home_write(*state, "config/khabar/khabar.conf",
		STR("theme = mono\n[ignore]\ndrop = title:zzz\n"));
	struct terminal *t = terminal_start(*state, 24, 80, NULL, NULL);
	terminal_keys(t, "I");
	expect(t, "title:zzz");
	expect(t, "Dropped");
	terminal_keys(t, "a");
	fill(t, 0, "قمح");
	fill(t, 1, "القمح");
	expect(t, "1 article meets it now");
	terminal_keys(t, "\t\r\r"); /* leave out, mark read, light */
	expect(t, "light");
	terminal_keys(t, "s");
	terminal_keys(t, "G");
	expect(t, "3/3");
	assert_non_null(strstr(terminal_row(t, 3), "light"));
	assert_non_null(strstr(terminal_row(t, 3), "1"));
	terminal_keys(t, " ");
	expect(t, "What meets it will not be stored");
	terminal_keys(t, "  ");
	expect(t, "What meets it is lit in lists");
	/* One of the file stays. */
	terminal_keys(t, "gX");
	expect(t, "khabar.conf:3");
	terminal_keys(t, "q");
	terminal_keys(t, "g");
	terminal_keys(t, ENTER);
	assert_true(terminal_cell(t, 1, 79).italic); /* the newest is on wheat */
	assert_false(terminal_cell(t, 2, 79).italic);
	terminal_keys(t, "q");
	terminal_keys(t, "IGX");
	terminal_keys(t, "X");
	terminal_keys(t, "q");
	terminal_keys(t, ENTER);
	assert_false(terminal_cell(t, 1, 79).italic);
	reader_quit(t);
}

static void a_search_is_kept_as_a_list_and_lit_in_the_article(void **state)
{
	struct terminal *t = terminal_start(*state, 24, 80, NULL, NULL);
	terminal_keys(t, "/");
	terminal_keys(t, "القمح");
	terminal_keys(t, ENTER);
	terminal_keys(t, "L");
	expect(t, "Name of the list:");
	terminal_keys(t, "Wheat\r");
	expect(t, "Saved:");
	terminal_keys(t, ENTER);
	/* The words that were searched for stand out in the article, which says how many there are. */
	bool lit = false;
	struct terminal_cell plain = terminal_cell(t, 22, 0);
	for (int row = 3; row < 23; row++) {
		for (int column = 0; column < 80; column++)
			lit |= terminal_cell(t, row, column).background != plain.background;
	}
	if (!lit)
		fail_msg("nothing is lit:\n%s", terminal_screen(t));
	reader_quit(t);
	t = terminal_start(*state, 24, 80, NULL, NULL);
	assert_row(t, terminal_find(t, "Weather") + 1, "Wheat", "Wheat"); /* all read */
	reader_quit(t);
}

/* ---- a feed ---- */

static void a_feed_is_set_in_a_form(void **state)
{
	home_write(*state, "config/khabar/khabar.conf",
		STR("[feed https://a.example/]\nkeep-days = 30\n"));
	free(home_run(*state, 0, "add", "--no-fetch", "--title", "A", "https://a.example/", NULL));
	struct terminal *t = terminal_start(*state, 24, 80, NULL, NULL);
	terminal_keys(t, "GE");
	terminal_expect_screen(t, "feed-form-80");
	fill(t, 0, "صحيفة الضفة");
	fill(t, 1, "أخبار/محلية");
	fill(t, 1, "يومي, صباح");
	terminal_keys(t, "\t\r\r"); /* the direction: as articles say, left to right, right to left */
	fill(t, 1, "٤٥");
	terminal_keys(t, "\t\r");
	expect(t, "khabar.conf says it"); /* it says how long articles are kept */
	terminal_keys(t, "s");
	reader_quit(t);
	char *json = home_run(*state, 0, "feeds", "--json", NULL);
	json_t *feeds = json_loads(json, 0, NULL);
	free(json);
	json_t *feed = json_array_get(json_object_get(feeds, "feeds"), 0);
	static const struct {
		const char *key, *text;
	} texts[] = {{"title", "صحيفة الضفة"}, {"folder", "أخبار/محلية"}, {"direction", "rtl"}};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_string_equal(
			json_string_value(json_object_get(feed, texts[i].key)), texts[i].text);
	assert_int_equal(json_integer_value(json_object_get(feed, "interval")), 45);
	assert_int_equal(json_integer_value(json_object_get(feed, "keep_days")), 30);
	assert_int_equal(json_array_size(json_object_get(feed, "tags")), 2);
	json_decref(feeds);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, library, home_teardown)
	const struct CMUnitTest tests[] = {
		TEST(lists_stand_among_the_feeds),
		TEST(a_wrong_query_is_told),
		TEST(settings_are_read_again),
		TEST(an_open_article_is_laid_out_anew),
		TEST(rows_have_own_columns),
		TEST(rules_light_titles),
		TEST(a_list_is_made_changed_moved_and_removed),
		TEST(lists_of_the_file_stay_as_they_are),
		TEST(rules_are_made_turned_and_removed),
		TEST(a_search_is_kept_as_a_list_and_lit_in_the_article),
		TEST(a_feed_is_set_in_a_form),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
