/* khabar list, count, mark and tag with queries, on a store that the test makes. */
#include "program.h"

#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include <cmocka.h>

#define DB "--db=news.db"

static const struct {
	const char *title, *language, *html;
	int days;
	bool read, starred;
} articles[] = {
	{"وزير الثقافة يفتتح المعرض", "ar", "<p>والكتاب ضيف المعرض.</p>", 1, false, true},
	{"گفتگوی تهران", "fa", "<p>ایران و همسایگان</p>", 2, true, false},
	{"עיתון חדש", "he", "<p>הממשלה הודיעה</p>", 3, false, false},
	{"Book fair\topens", "en", "<p>The prime minister came in 1948.</p>", 40, true, true},
	{"كتب قديمة", "ar", "<p>قال أَحْمَد</p>", 50, false, false},
};
enum { ARTICLES = sizeof articles / sizeof *articles };

static int setup(void **state)
{
	struct error error;
	int64_t feed;
	if (program_setup(state))
		return -1;
	struct store *store = store_open("news.db", STORE_CREATE, &error);
	if (!store || store_feed_ensure(store, STR("local:a"), STR("أخبار"), &feed, &error) < 0)
		return -1;
	for (int i = 0; i < ARTICLES; i++) {
		char guid[8];
		snprintf(guid, sizeof guid, "%d", i);
		const struct store_new_article article = {.guid = str_of(guid),
			.title = str_of(articles[i].title),
			.language = str_of(articles[i].language),
			.html = str_of(articles[i].html),
			.url = STR("https://example.org/x"),
			.author = STR("Sara Levi"),
			.published = (int64_t)time(NULL) - articles[i].days * 86400,
			.read = articles[i].read,
			.starred = articles[i].starred};
		if (store_add(store, feed, &article, NULL, NULL, &error) < 0)
			return -1;
	}
	store_close(store);
	return 0;
}

static void lists(void **state)
{
	(void)state;
	static const struct {
		const char *query, *ids;
	} cases[] = {
		{"كتاب", "1\n"},
		{"ايران", "2\n"},
		{"احمد", "5\n"},
		{"١٩٤٨", "4\n"},
		{"\"prime minister\"", "4\n"},
		{"unread", "1\n3\n5\n"},
		{"lang:ar", "1\n5\n"},
		{"after:7d is:read", "2\n"},
		{"lang:ar or lang:he sort:-date", "5\n3\n1\n"},
		{"sort:title lang:en or lang:he", "4\n3\n"},
		{"sort:score כתב or ממשלה", "3\n"},
		{"title:/^Book/", "4\n"},
		{"nothing", ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct run r = khabar("list", DB, "--format", "%i", cases[i].query, NULL);
		assert_run(r, EX_OK);
		if (!str_equal(r.out, str_of(cases[i].ids)))
			fail_msg("%s: %.*s", cases[i].query, STR_ARG(r.out));
	}
	struct run r = khabar("list", DB, "--format=%i", "--unread", "lang:ar", "or", "lang:en", NULL);
	assert_true(str_equal(r.out, STR("1\n5\n")));
	r = khabar("list", DB, "--format=%i", "--", "-unread", "-starred", NULL);
	assert_true(str_equal(r.out, STR("2\n")));
	r = khabar("list", DB, "--format=%i", "--limit=2", "lang:ar or lang:fa", NULL);
	assert_true(str_equal(r.out, STR("1\n2\n")));
}

static void formats(void **state)
{
	(void)state;
	struct run r = khabar("list", DB, "--format=tsv", "id:4", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "4\t20");
	assert_holds(r.out,
		"Z\tread\tstarred\tأخبار\ten\tBook fair opens\thttps://example.org/x\n");
	assert_int_equal(count_lines(r.out), 1);
	r = khabar("list", DB, "--format", "%-6i|%6i|%-4t|%a %%\\n", "id:4", NULL);
	assert_true(str_equal(r.out, STR("4     |     4|Boo…|Sara Levi %\n")));
	assert_true(count_lines(khabar("list", DB, "--format=table", NULL).out) == ARTICLES);
	r = khabar("list", DB, "--format=json", "id:4", NULL);
	assert_holds(r.out, "\"id\":4");
	static const char *const wrong[] = {"%q", "%", "%99999t", "%-", "x", "xml"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		r = khabar("list", DB, "--format", wrong[i], NULL);
		assert_run(r, EX_USAGE);
		assert_message(r);
	}
}

static void errors(void **state)
{
	(void)state;
	static const char *const commands[][3] = {
		{"list", "titel:x", NULL}, {"count", "titel:x", NULL}, {"mark", "read", "titel:x"}};
	for (size_t i = 0; i < 3; i++) {
		struct run r =
			khabar(commands[i][0], DB, commands[i][1], commands[i][2], NULL);
		assert_run(r, EX_USAGE);
		assert_message(r);
		assert_holds(r.err, "column 1: there is no field \"titel\": did you mean title:?");
	}
	struct run r = khabar("mark", DB, "raed", "x", NULL);
	assert_run(r, EX_USAGE);
	assert_holds(r.err, "did you mean read?");
	r = khabar("tag", DB, "zzzzz", "t", "x", NULL);
	assert_run(r, EX_USAGE);
	assert_holds(r.err, "give one of add, remove");
	assert_run(khabar("mark", DB, "read", NULL), EX_USAGE); /* not all by mistake */
	assert_run(khabar("tag", DB, "add", "t", NULL), EX_USAGE);
}

static void counts(void **state)
{
	(void)state;
	assert_true(str_equal(khabar("count", DB, NULL).out, STR("5\n")));
	assert_true(str_equal(khabar("count", DB, "unread", NULL).out, STR("3\n")));
	assert_true(str_equal(khabar("count", DB, "nothing", NULL).out, STR("0\n")));
}

static void marks_and_tags(void **state)
{
	(void)state;
	struct run r = khabar("mark", DB, "read", "lang:ar", NULL);
	assert_run(r, EX_OK);
	assert_true(str_equal(r.out, STR("2 of 2 articles changed\n")));
	assert_true(str_equal(khabar("count", DB, "unread", NULL).out, STR("1\n")));
	r = khabar("mark", DB, "starred", "id:3", NULL);
	assert_true(str_equal(r.out, STR("1 of 1 article changed\n")));
	r = khabar("mark", DB, "unstarred", "", NULL);
	assert_true(str_equal(r.out, STR("3 of 5 articles changed\n")));
	r = khabar("mark", DB, "unread", "lang:ar", NULL);
	assert_true(str_equal(khabar("count", DB, "unread", NULL).out, STR("3\n")));
	r = khabar("tag", DB, "add", "قراءة", "lang:ar", "or", "lang:en", NULL);
	assert_run(r, EX_OK);
	assert_true(str_equal(r.out, STR("3 of 3 articles changed\n")));
	assert_true(str_equal(khabar("count", DB, "tag:قراءه", NULL).out, STR("3\n")));
	r = khabar("tag", DB, "remove", "قراءة", "lang:en", NULL);
	assert_true(str_equal(khabar("count", DB, "tag:قراءه", NULL).out, STR("2\n")));
	r = khabar("tag", DB, "add", "a,b", "lang:en", NULL);
	assert_run(r, EX_USAGE);
}

static void exports(void **state)
{
	(void)state;
	struct run r = khabar(
		"export", "--format", "jsonfeed", "--query", "كتاب lang:ar", DB, NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "المعرض");
	assert_lacks(r.out, "Book fair");
	assert_lacks(r.out, "عיתון");
	r = khabar("export", "--format", "jsonfeed", "--query", "title:zzzz", DB, NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "\"items\":[\n]}");
	r = khabar("export", "--format", "jsonfeed", "--query", "titel:x", DB, NULL);
	assert_run(r, EX_USAGE);
	assert_holds(r.err, "title");
	r = khabar("export", "--format", "jsonfeed", "--query", "x", "--unread", DB, NULL);
	assert_run(r, EX_USAGE);
	r = khabar("export", "--query", "x", DB, NULL);
	assert_run(r, EX_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists),
		cmocka_unit_test(exports),
		cmocka_unit_test(formats),
		cmocka_unit_test(errors),
		cmocka_unit_test(counts),
		cmocka_unit_test(marks_and_tags),
	};
	return cmocka_run_group_tests(tests, setup, program_teardown);
}
