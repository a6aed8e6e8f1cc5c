/* khabar add, feeds, edit, remove and export, with the test server and without. */
#include "program.h"

#include "store/store.h"
#include "tests/net/server.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include <cmocka.h>

static int setup(void **state)
{
	if (program_setup(state))
		return -1;
	*state = server_start(&(struct server_options){0});
	return 0;
}

static int teardown(void **state)
{
	server_free(*state);
	*state = NULL;
	return program_teardown(state);
}

/* The feed with this id out of `feeds --json`, to be released. */
static json_t *feed_of(const char *db, int64_t id)
{
	struct run r = khabar("feeds", "--json", "--db", db, NULL);
	assert_run(r, EX_OK);
	json_t *all = json_loadb(r.out.ptr, r.out.len, 0, NULL), *feed, *found = NULL;
	size_t i;
	json_array_foreach(json_object_get(all, "feeds"), i, feed)
	{
		if (json_integer_value(json_object_get(feed, "id")) == id)
			found = json_incref(feed);
	}
	json_decref(all);
	assert_non_null(found);
	return found;
}

static void assert_text(const json_t *object, const char *name, const char *text)
{
	assert_non_null(json_object_get(object, name));
	assert_string_equal(json_string_value(json_object_get(object, name)), text);
}

static void add_a_feed(void **state)
{
	struct server *server = *state;
	const char *url = server_url(server, 1, "/feed/ar/5");
	struct run r = khabar("add", url, "--db", "add.db", "--folder", "News/Arab", "--tag", "a,b",
		"--tag", "ثقافة", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "subscribed 1  ");
	assert_holds(r.out, ", 5 new articles\n");
	json_t *feed = feed_of("add.db", 1);
	assert_text(feed, "url", url);
	assert_text(feed, "folder", "News/Arab");
	assert_int_equal(json_array_size(json_object_get(feed, "tags")), 3);
	assert_int_equal(json_integer_value(json_object_get(feed, "total")), 5);
	assert_int_equal(json_integer_value(json_object_get(feed, "failures")), 0);
	assert_true(json_is_string(json_object_get(feed, "last_success")));
	assert_true(json_is_string(json_object_get(feed, "next_visit")));
	json_decref(feed);
	r = khabar("add", url, "--db", "add.db", "--json", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "\"added\":false");
	assert_holds(r.out, "\"articles\":0");
	r = khabar("add", url, "--db", "other.db", "--title", "اسم من عندي", NULL);
	assert_holds(r.out, "subscribed 1  اسم من عندي, 5 new articles\n");
}

static void add_from_a_page(void **state)
{
	struct server *server = *state;
	const char *one = server_url(server, 1, "/page/ar?feed=/feed/ar/3");
	const char *two = server_url(server, 1, "/page/ar?feed=/feed/ar/4&feed=/feed/fa/6");
	struct run r = khabar("add", one, "--db", "page.db", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, ", 3 new articles\n");
	/* Several: nobody to ask. */
	r = khabar("add", two, "--db", "page.db", NULL);
	assert_run(r, EX_DATAERR);
	assert_message(r);
	assert_holds(r.err, "--choose N");
	assert_holds(r.out, "  1  http://");
	assert_holds(r.out, "/feed/fa/6");
	assert_int_equal(count_lines(r.out), 2);
	r = khabar("add", two, "--db", "page.db", "--choose", "3", NULL);
	assert_run(r, EX_USAGE);
	assert_holds(r.err, "1 to 2");
	r = khabar("add", two, "--db", "page.db", "--choose", "2", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, ", 6 new articles\n");
	/* On a terminal it asks. */
	r = khabar_answered(STR("1\n"), "add", two, "--db", "page.db", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "Which one?");
	assert_holds(r.out, "subscribed 3  ");
	r = khabar_answered(STR("no\n"), "add", two, "--db", "page.db", NULL);
	assert_run(r, EX_DATAERR);
	json_t *feed = feed_of("page.db", 2);
	assert_non_null(strstr(json_string_value(json_object_get(feed, "url")), "/feed/fa/6"));
	json_decref(feed);
}

/* What cannot be reached is not added unseen, and the way to do it is told. */
static void add_without_network(void **state)
{
	(void)state;
	struct run r = khabar("add", "http://127.0.0.1:9/feed", "--db", "none.db", NULL);
	assert_run(r, EX_UNAVAILABLE);
	assert_message(r);
	assert_holds(r.err, "--no-fetch");
	assert_int_equal(access("none.db", F_OK), -1);
	r = khabar("add", "http://127.0.0.1:9/feed", "--db", "none.db", "--no-fetch", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "subscribed 1  http://127.0.0.1:9/feed\n");
	r = khabar("add", "news.example/feed", "--db", "none.db", "--no-fetch", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "https://news.example/feed");
	static const char *const refused[] = {
		"file:///etc/passwd", "exec:ls", "gopher://x.example/", "https://", "ftp://x/"};
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		r = khabar("add", refused[i], "--db", "none.db", "--no-fetch", NULL);
		assert_run(r, EX_USAGE);
		assert_message(r);
	}
}

/* What cannot be reached is not there afterwards, and nobody says that it is tried again. */
static void add_refuses(void **state)
{
	(void)state;
	struct run run = khabar("add", "--db", "none.db", "localhost:1", NULL);
	assert_run(run, EX_UNAVAILABLE);
	assert_message(run);
	assert_holds(run.err, "cannot be reached");
	assert_holds(run.err, "it was not added");
	assert_lacks(run.err, "tried again");
	static const char *const addresses[] = {
		"javascript:1", "file:///etc/passwd", "mailto:a@news.example", "exec:ls", ""};
	for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
		run = khabar("add", "--db", "none.db", addresses[i], NULL);
		assert_run(run, EX_USAGE);
		assert_message(run);
	}
	run = khabar("add", "--db", "none.db", "--no-fetch", "localhost:8080/feed", NULL);
	assert_run(run, 0);
	assert_holds(run.out, "https://localhost:8080/feed");
}

static void table_and_health(void **state)
{
	struct server *server = *state;
	const char *good = server_url(server, 1, "/feed/he/4");
	const char *bad = server_url(server, 1, "/status/500");
	khabar("add", good, "--db", "health.db", "--title", "עיתון הבוקר", NULL);
	khabar("add", bad, "--db", "health.db", "--no-fetch", "--title", "مصدر معطّل", "--tag",
		"weak", NULL);
	struct run r = khabar("fetch", "--db", "health.db", NULL);
	assert_run(r, EX_UNAVAILABLE);
	r = khabar("feeds", "--db", "health.db", NULL);
	assert_run(r, EX_OK);
	assert_int_equal(count_lines(r.out), 3);
	assert_holds(r.out, "    1        4      4 2");
	assert_holds(r.out, "עיתון הבוקר\n");
	assert_holds(r.out, "    2 !      0      0 never            2");
	assert_holds(r.out, "500");
	r = khabar("feeds", "--failing", "--db", "health.db", NULL);
	assert_int_equal(count_lines(r.out), 2);
	assert_holds(r.out, "مصدر معطّل");
	/* Words are folded, and look at tags, too. */
	r = khabar("feeds", "مصدر", "معطل", "WEAK", "--db", "health.db", NULL);
	assert_int_equal(count_lines(r.out), 2);
	r = khabar("feeds", "مصدر", "לא", "--db", "health.db", NULL);
	assert_int_equal(count_lines(r.out), 0);
	for (int width = 20; width <= 160; width += 35) {
		char cells[16];
		snprintf(cells, sizeof cells, "%d", width);
		r = khabar(
			"feeds", "--format", "visual", "--width", cells, "--db", "health.db", NULL);
		assert_run(r, EX_OK);
		assert_no_controls(r.out);
		struct str rest = r.out, line;
		while (rest.len > 0 && str_split(&rest, '\n', &line))
			assert_true(columns_of(line) <= width);
	}
	r = khabar("feeds", "--json", "--format", "text", "--db", "health.db", NULL);
	assert_run(r, EX_USAGE);
}

/* No title changes places with what stands beside it, whatever controls it holds. */
static void titles_stay_in_their_column(void **state)
{
	(void)state;
	khabar("add", "https://a.example/", "--db", "bidi.db", "--no-fetch", "--title",
		"\u202Eevil\u2066\x1b[31m עברית", NULL);
	struct run r = khabar("feeds", "--db", "bidi.db", NULL);
	assert_no_controls(r.out);
	r = khabar("feeds", "--format", "visual", "--width", "100", "--db", "bidi.db", NULL);
	assert_no_controls(r.out);
	assert_holds(r.out, "    1        0      0 never            at once ");
}

static void edit_feeds(void **state)
{
	(void)state;
	khabar("add", "https://a.example/", "--db", "edit.db", "--no-fetch", "--title", "الأول",
		NULL);
	khabar("add", "https://b.example/", "--db", "edit.db", "--no-fetch", "--title",
		"الأول مكرر", NULL);
	struct run r = khabar("edit", "https://a.example/", "--db", "edit.db", "--folder", "أ / ب",
		"--tag", "x", "--tag", "y", "--hide", "--stop", NULL);
	assert_run(r, EX_OK);
	json_t *feed = feed_of("edit.db", 1);
	assert_text(feed, "folder", "أ/ب");
	assert_int_equal(json_array_size(json_object_get(feed, "tags")), 2);
	assert_true(json_is_true(json_object_get(feed, "hidden")));
	assert_true(json_is_true(json_object_get(feed, "stopped")));
	json_decref(feed);
	/* A whole title is meant before a part of another. */
	r = khabar("edit", "الاول", "--db", "edit.db", "--title", "", "--no-tags", "--show",
		"--resume", NULL);
	assert_run(r, EX_OK);
	feed = feed_of("edit.db", 1);
	assert_text(feed, "title", "https://a.example/");
	assert_true(json_is_false(json_object_get(feed, "hidden")));
	json_decref(feed);
	r = khabar("edit", "example", "--db", "edit.db", "--hide", NULL);
	assert_run(r, EX_OK); /* the one whose title has it */
	r = khabar("edit", "2", "--db", "edit.db", "--title", "https://a.example/ too", NULL);
	r = khabar("edit", "example", "--db", "edit.db", "--hide", NULL);
	assert_run(r, EX_USAGE);
	assert_holds(r.err, "2 feeds");
	r = khabar("edit", "nothing", "77", "--db", "edit.db", "--hide", NULL);
	assert_run(r, EX_NOINPUT);
	assert_int_equal(count_lines(r.err), 2);
	r = khabar("edit", "1", "--db", "edit.db", NULL);
	assert_run(r, EX_USAGE);
	r = khabar("edit", "1", "--hide", "--show", "--db", "edit.db", NULL);
	assert_run(r, EX_USAGE);
}

static void assert_setting(const char *db, const char *name, const char *value)
{
	json_t *feed = feed_of(db, 1);
	char *text = json_dumps(json_object_get(feed, name), JSON_ENCODE_ANY);
	if (!text || strcmp(text, value) != 0)
		fail_msg("%s is %s, not %s", name, text ? text : "missing", value);
	free(text);
	json_decref(feed);
}

/* Settings of one feed: by command, and by khabar.conf, which goes before. */
static void edit_settings(void **state)
{
	(void)state;
	static const char *const names[] = {
		"interval", "keep_days", "keep_count", "full_text", "notify"};
	khabar("add", "https://a.example/", "--db", "set.db", "--no-fetch", NULL);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_setting("set.db", names[i], "null");
	assert_setting("set.db", "direction", "\"auto\"");
	struct run r = khabar("edit", "1", "--db", "set.db", "--interval", "45", "--keep-days", "0",
		"--keep-count=300", "--full-text", "yes", "--notify", "no", "--direction", "rtl",
		NULL);
	assert_run(r, EX_OK);
	static const char *const values[] = {"45", "0", "300", "true", "false"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_setting("set.db", names[i], values[i]);
	assert_setting("set.db", "direction", "\"rtl\"");
	r = khabar("edit", "1", "--db", "set.db", "--interval", "", "--notify=", NULL);
	assert_run(r, EX_OK);
	assert_setting("set.db", "interval", "null");
	assert_setting("set.db", "notify", "null");
	assert_setting("set.db", "keep_count", "300");
	static const char *const wrong[] = {
		"--interval=soon", "--interval=10081", "--direction=up", "--full-text=2"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		r = khabar("edit", "1", "--db", "set.db", wrong[i], NULL);
		assert_run(r, EX_USAGE);
		assert_message(r);
	}
	assert_true(mkdir(".config", 0755) == 0 && mkdir(".config/khabar", 0755) == 0);
	program_file(".config/khabar/khabar.conf",
		STR("[feed https://a.example/]\ninterval = 20\ntitle = خبر\n"));
	r = khabar("edit", "1", "--db", "set.db", "--interval", "5", NULL);
	assert_run(r, EX_USAGE);
	assert_holds(r.err, "khabar.conf");
	r = khabar("edit", "1", "--db", "set.db", "--title", "x", NULL);
	assert_run(r, EX_USAGE);
	r = khabar("edit", "1", "--db", "set.db", "--keep-count", "7", NULL);
	assert_run(r, EX_OK);
	assert_int_equal(unlink(".config/khabar/khabar.conf"), 0);
}

/* A starred article in the feed with this id. */
static void add_starred(const char *db, int64_t feed)
{
	struct error error;
	struct store *store = store_open(db, STORE_WRITE, &error);
	const struct store_new_article article = {
		.guid = STR("1"), .title = STR("محفوظ"), .starred = true};
	assert_non_null(store);
	assert_int_equal(store_add(store, feed, &article, NULL, NULL, &error), 0);
	store_close(store);
}

static void remove_feeds(void **state)
{
	(void)state;
	for (int i = 1; i <= 3; i++) {
		char url[64];
		snprintf(url, sizeof url, "https://%d.example/", i);
		khabar("add", url, "--db", "remove.db", "--no-fetch", NULL);
	}
	add_starred("remove.db", 2);
	struct run r = khabar("remove", "1", "2", "5", "--db", "remove.db", NULL);
	assert_run(r, EX_USAGE);
	assert_holds(r.out, "removed 1  https://1.example/, 0 articles\n");
	assert_lacks(r.out, "removed 2");
	assert_holds(r.err, "--yes");
	assert_holds(r.err, "5: there is no such feed");
	/* Asked on a terminal; the answer is no. */
	r = khabar_answered(STR("n\n"), "remove", "2", "--db", "remove.db", NULL);
	assert_holds(r.out, "Remove https://2.example/?  1 of its 1 articles has a star.");
	assert_holds(r.out, "kept 2");
	r = khabar_answered(STR("\n"), "remove", "2", "--db", "remove.db", NULL);
	assert_holds(r.out, "kept 2");
	r = khabar_answered(STR("yes\n"), "remove", "2", "--db", "remove.db", NULL);
	assert_holds(r.out, "removed 2");
	khabar("add", "https://2.example/", "--db", "remove.db", "--no-fetch", NULL);
	add_starred("remove.db", 4);
	r = khabar("remove", "https://2.example/", "--yes", "--db", "remove.db", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, ", 1 article\n");
	r = khabar("feeds", "--db", "remove.db", NULL);
	assert_int_equal(count_lines(r.out), 2);
	r = khabar("list", "--db", "remove.db", NULL);
	assert_int_equal(r.out.len, 0);
}

/* Out, in, and out again: the same bytes. */
static void export_is_a_fixed_point(void **state)
{
	(void)state;
	khabar("add", "https://a.example/?a=1&b=2", "--db", "out.db", "--no-fetch", "--title",
		"قال \"نعم\" & 'لا'", "--folder", "أخبار/عرب", "--tag", "سياسة,x y", NULL);
	khabar("add", "https://b.example/", "--db", "out.db", "--no-fetch", NULL);
	khabar("add", "https://c.example/", "--db", "out.db", "--no-fetch", "--title", "ידיעות",
		"--folder", "أخبار", NULL);
	khabar("add", "https://d.example/", "--db", "out.db", "--no-fetch", "--title", "D < E > F",
		"--folder", "أخبار/عرب/بعيد", NULL);
	khabar("add", "https://e.example/", "--db", "out.db", "--no-fetch", "--folder", "Tech",
		NULL);
	khabar("edit", "3", "--db", "out.db", "--hide", NULL);
	khabar("add", "command:weather", "--db", "out.db", "--no-fetch", NULL);
	struct run r = khabar("export", "first.opml", "--db", "out.db", NULL);
	assert_run(r, EX_OK);
	assert_int_equal(r.out.len, 0);
	r = khabar("import", "first.opml", "--db", "in.db", NULL);
	assert_run(r, EX_OK);
	assert_int_equal(count_lines(r.out), 5); /* no command */
	r = khabar("export", "--format", "opml", "second.opml", "--db", "in.db", NULL);
	assert_run(r, EX_OK);
	r = other_fed((struct str){NULL, 0}, "cmp", "first.opml", "second.opml", NULL);
	assert_run(r, 0);
	/* And what it holds is all there was. */
	r = khabar("feeds", "--json", "--db", "in.db", NULL);
	assert_holds(r.out, "\"title\":\"قال \\\"نعم\\\" & 'لا'\"");
	assert_holds(r.out, "\"title\":\"D < E > F\"");
	assert_holds(r.out, "\"folder\":\"أخبار/عرب/بعيد\"");
	assert_holds(r.out, "\"tags\":[\"x y\",\"سياسة\"]");
	assert_holds(r.out, "\"hidden\":true");
	assert_lacks(r.out, "command:");
	assert_lacks(r.out, "khabar/hidden");
	r = khabar("export", "--db", "in.db", NULL);
	assert_holds(r.out, "<opml version=\"2.0\">");
	r = khabar("export", "no/such/folder.opml", "--db", "in.db", NULL);
	assert_run(r, EX_CANTCREAT);
	assert_message(r);
	/* Another reader's eye. */
	r = other_fed((struct str){NULL, 0}, "xmllint", "--noout", "first.opml", NULL);
	assert_run(r, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(add_a_feed),
		cmocka_unit_test(add_from_a_page),
		cmocka_unit_test(add_without_network),
		cmocka_unit_test(add_refuses),
		cmocka_unit_test(table_and_health),
		cmocka_unit_test(titles_stay_in_their_column),
		cmocka_unit_test(edit_feeds),
		cmocka_unit_test(edit_settings),
		cmocka_unit_test(remove_feeds),
		cmocka_unit_test(export_is_a_fixed_point),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
