/* khabar import of other readers' files: lists, and databases made by the real newsboat. */
#include "program.h"

#include "store/store.h"
#include "tests/net/server.h"

#include <jansson.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <cmocka.h>

static const char opml[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"1.1\"><head/><body>\n"
	"<outline text=\"أخبار\"><outline text=\"عربية/محلية\">\n"
	"<outline type=\"rss\" text=\"الأولى\" xmlUrl=\"https://a.example/1\" "
	"htmlUrl=\"https://a.example/\" category=\"سياسة,/Tech/Linux\"/></outline>\n"
	"<outline type=\"rss\" title=\"الثانية\" xmlUrl=\"https://a.example/2?x=1&amp;y=2\"/>\n"
	"</outline>\n"
	"<outline text=\"cmd\" xmlUrl=\"exec:rm -rf x\"/>\n"
	"<outline text=\"cmd\" xmlUrl=\"command:weather\"/>\n"
	"<outline text=\"twice\" xmlUrl=\"https://a.example/1\"/>\n"
	"</body></opml>\n";

static json_t *dry_run(const char *file, int status)
{
	struct run r = khabar("import", "--dry-run", "--json", file, NULL);
	assert_run(r, status);
	json_t *list = json_loadb(r.out.ptr, r.out.len, 0, NULL);
	assert_true(json_is_array(list)); /* nothing around it */
	return list;
}

static const char *text_of(const json_t *list, size_t at, const char *name)
{
	const char *text = json_string_value(json_object_get(json_array_get(list, at), name));
	return text ? text : "";
}

/* The contract: an array of objects with url, title and tags. */
static void dry_run_of_each_kind(void **state)
{
	(void)state;
	static const struct {
		const char *file, *text;
		size_t count;
		const char *url, *title, *tags; /* of the last one */
	} cases[] = {
		{"subscriptions.opml", opml, 2, "https://a.example/2?x=1&y=2", "الثانية",
			"[\"أخبار\"]"},
		{"urls", "https://a.example/ \"~اسم\"\nhttps://b.example/ tag \"two words\" !\n", 2,
			"https://b.example/", "", "[\"tag\",\"two words\"]"},
		{"feeds", "@ Tech\nhttps://a.example/ \"Name\" < reload-period 5\n", 1,
			"https://a.example/", "Name", "[\"Tech\"]"},
		{"sfeedrc", "feeds() {\n\tfeed \"n\" \"https://a.example/\"\n}\n", 1,
			"https://a.example/", "n", "[]"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		program_file(cases[i].file, str_of(cases[i].text));
		json_t *list = dry_run(cases[i].file, EX_OK);
		size_t last = cases[i].count - 1;
		assert_int_equal(json_array_size(list), cases[i].count);
		assert_string_equal(text_of(list, last, "url"), cases[i].url);
		assert_string_equal(text_of(list, last, "title"), cases[i].title);
		json_t *tags = json_loads(cases[i].tags, 0, NULL);
		assert_true(json_equal(json_object_get(json_array_get(list, last), "tags"), tags));
		json_decref(tags);
		json_decref(list);
	}
	assert_int_equal(access(".local", F_OK), -1); /* no store was made */
	/* The same from a pipe. */
	struct run r = khabar_fed(str_of(opml), "import", "--dry-run", "--json", "-", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "\"https://a.example/1\",\"title\":\"الأولى\"");
	assert_holds(r.out, "\"folder\":\"أخبار/عربية∕محلية\"");
}

static void lists_are_subscribed_to(void **state)
{
	(void)state;
	program_file("subscriptions.opml", str_of(opml));
	struct run r = khabar("import", "subscriptions.opml", "--db", "lists.db", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "subscribed 1  الأولى\nsubscribed 2  الثانية\n");
	assert_int_equal(count_lines(r.out), 2);
	assert_holds(r.err, "exec:rm -rf x: not taken: a command");
	assert_holds(r.err, "command:weather: not taken: a command");
	assert_int_equal(count_lines(r.err), 2);
	r = khabar("import", "--json", "subscriptions.opml", "--db", "lists.db", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "{\"items\":[");
	assert_holds(r.out, "\"added\":false");
	assert_lacks(r.out, "\"added\":true");
	r = khabar("feeds", "--json", "--db", "lists.db", NULL);
	assert_holds(r.out, "\"folder\":\"أخبار/عربية∕محلية\"");
	assert_holds(r.out, "\"site_url\":\"https://a.example/\"");
	/* Nothing of another kind got in: no store holds a command. */
	assert_lacks(r.out, "exec:");
	assert_lacks(r.out, "command:");
}

/* Each line of each kind that would run something is named, with the reason; none is kept. */
/* The feeds that come with khabar, of the languages that are named. */
static void feeds_to_begin_with(void **state)
{
	(void)state;
	struct run run = khabar("import", "--starter", "--db", "starter.db", "he", "English", NULL);
	assert_run(run, 0);
	size_t some = count_lines(run.out);
	assert_holds(run.out, "subscribed 1  ynet\n");
	assert_holds(run.out, "BBC News\n");
	assert_lacks(run.out, "ار");
	run = khabar("feeds", "--db", "starter.db", "--json", NULL);
	assert_holds(run.out, "\"folder\":\"עברית\"");
	run = khabar("import", "--starter", "--dry-run", "עברית", "en", NULL);
	assert_run(run, 0);
	assert_int_equal(count_lines(run.out), some);
	run = khabar("import", "--starter", "--db", "starter.db", NULL);
	assert_run(run, 0);
	assert_true(count_lines(run.out) > 2 * some);
	assert_holds(run.out, "already there 1  ynet\n");
	run = khabar("import", "--starter", "--db", "starter.db", "he", "Klingon", NULL);
	assert_run(run, EX_USAGE);
	assert_message(run);
	assert_holds(run.err, "Klingon");
	assert_holds(run.err, "ar, fa, ur, he, ckb, en");
	run = khabar("import", NULL);
	assert_run(run, EX_USAGE);
	assert_message(run);
}

static void commands_are_never_taken(void **state)
{
	(void)state;
	program_file("urls",
		STR("\"exec:touch pwned\"\nfilter:~/f:https://x.example/\n"
		    "https://ok.example/\ncommand:weather\n\"query:U:unread = \\\"yes\\\"\"\n"));
	program_file("feeds", STR("$(touch pwned) \"Name\"\nhttps://ok2.example/\n"));
	program_file("sfeedrc", STR("touch pwned\nfeeds() {\nfeed a \"$(touch pwned)\"\n"
				    "feed b https://ok3.example/\n}\n"));
	struct run r = khabar("import", "urls", "feeds", "sfeedrc", "--db", "never.db", NULL);
	assert_run(r, EX_OK);
	assert_int_equal(count_lines(r.out), 4);
	assert_int_equal(count_lines(r.err), 5);
	assert_holds(r.out, "added list 1  U  is:unread\n");
	assert_holds(r.err, "urls:1: exec:touch pwned: not taken: ");
	assert_holds(r.err, "feeds:1: $(touch pwned): not taken: ");
	assert_holds(r.err, "sfeedrc:3: $(touch pwned): not taken: ");
	assert_holds(r.err, "khabar.conf");
	assert_int_equal(access("pwned", F_OK), -1);
	r = khabar("feeds", "--db", "never.db", NULL);
	assert_int_equal(count_lines(r.out), 4);
	assert_lacks(r.out, "touch");
}

static void kinds_by_force(void **state)
{
	(void)state;
	program_file("plain", STR("https://a.example/ \"Name\"\n"));
	struct run r = khabar("import", "--dry-run", "--json", "--as", "newsboat", "plain", NULL);
	assert_holds(r.out, "\"title\":\"\",\"tags\":[\"Name\"]");
	r = khabar("import", "--dry-run", "--json", "plain", NULL);
	assert_holds(r.out, "\"title\":\"Name\",\"tags\":[]");
	r = khabar("import", "--as", "nonsense", "plain", NULL);
	assert_run(r, EX_USAGE);
	r = khabar("import", "--as", "opml", "plain", "--db", "kinds.db", NULL);
	assert_run(r, EX_DATAERR);
	r = khabar("import", "--as", "database", "plain", "--db", "kinds.db", NULL);
	assert_run(r, EX_DATAERR);
	assert_message(r);
	r = khabar_fed(STR("SQLite format 3\0"), "import", "-", "--db", "kinds.db", NULL);
	assert_run(r, EX_USAGE);
	r = khabar("import", "kinds.db", "--db", "kinds2.db", NULL);
	assert_run(r, EX_DATAERR);
	assert_holds(r.err, "neither newsboat's nor newsraft's");
}

static void sfeed_items(void **state)
{
	(void)state;
	program_file("قهوة",
		STR("1700000000\tعنوان\thttps://a.example/1\t<p>أول\\n</p><script>x</script>\t"
		    "html\tid1\tليلى\thttps://a.example/1.mp3\t\n"
		    "1700000060\tB & C\thttps://a.example/2\tone <b>\\n\\ntwo\tplain\t\t\t\t\n"));
	struct run r = khabar("import", "قهوة", "--db", "tsv.db", NULL);
	assert_run(r, EX_OK);
	assert_holds(
		r.out, "imported 2 articles of 1 feeds from sfeed (2 new, 0 read, 0 with a star)");
	r = khabar("show", "first", "--db", "tsv.db", "--format", "text", NULL);
	assert_holds(r.out, "B & C\n");
	assert_holds(r.out, "one <b>\n\ntwo");
	r = khabar("show", "1", "--db", "tsv.db", "--format", "text", NULL);
	assert_holds(r.out, "أول");
	assert_lacks(r.out, "script");
	r = khabar("list", "--json", "--db", "tsv.db", NULL);
	assert_holds(r.out, "\"feed\":\"قهوة\"");
	assert_holds(r.out, "\"date\":\"2023-11-14T22:13:20Z\"");
	assert_holds(r.out, "\"direction\":\"rtl\"");
}

/* ---- databases -------------------------------------------------------------- */

static void sql(const char *path, const char *script)
{
	sqlite3 *db;
	char *message = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, script, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s", message);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static int64_t number(const char *path, const char *query)
{
	sqlite3 *db;
	sqlite3_stmt *statement;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_prepare_v2(db, query, -1, &statement, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	int64_t value = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return value;
}

/*
 * The real newsboat fetches two feeds of the test server; some of its articles are marked as
 * its keys would, and one is deleted.  Every article, its state and its text are kept.
 */
static void newsboat_itself(void **state)
{
	struct server *server = *state;
	struct buffer urls = {0};
	buffer_printf(&urls, "%s \"~عربي\" news\n%s !\n", server_url(server, 1, "/feed/ar/30"),
		server_url(server, 1, "/feed/he/20?format=atom"));
	program_file("nb-urls", buffer_view(&urls));
	program_file("nb-config", STR(""));
	unlink("cache.db");
	struct run r = other_fed(STR(""), "newsboat", "-u", "nb-urls", "-c", "cache.db", "-C",
		"nb-config", "-x", "reload", NULL);
	assert_run(r, 0);
	assert_int_equal(number("cache.db", "SELECT count(*) FROM rss_item"), 50);
	sql("cache.db", "UPDATE rss_item SET unread = 0 WHERE id % 3 = 0;"
			"UPDATE rss_item SET flags = 'si' WHERE id % 7 = 0;"
			"UPDATE rss_item SET deleted = 1 WHERE id = 10;");
	r = khabar("import", "cache.db", "--db", "nb.db", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "imported 49 articles of 2 feeds from newsboat (49 new, ");
	/* Article by article, by two databases side by side. */
	sql("nb.db", "ATTACH 'cache.db' AS nb; CREATE TABLE check_it AS SELECT"
		     " (SELECT count(*) FROM nb.rss_item AS i JOIN feed ON feed.key = i.feedurl"
		     "  JOIN article AS a ON a.feed_id = feed.id AND a.guid = i.guid"
		     "  WHERE i.deleted = 0 AND a.title = i.title"
		     "  AND (a.read_at IS NOT NULL) = (i.unread = 0)"
		     "  AND a.starred = (coalesce(i.flags, '') <> '')"
		     "  AND a.published = i.pubDate) AS same;");
	assert_int_equal(number("nb.db", "SELECT same FROM check_it"), 49);
	sql("nb.db", "DROP TABLE check_it");
	assert_int_equal(number("nb.db", "SELECT count(*) FROM article"), 49);
	assert_int_equal(number("nb.db", "SELECT count(*) FROM body WHERE length(html) < 20"), 0);
	assert_int_equal(number("nb.db", "SELECT count(*) FROM article WHERE direction <> 2"), 0);
	/* Once more: nothing new, nothing lost; what was read since stays read. */
	sql("cache.db", "UPDATE rss_item SET unread = 0 WHERE id = 1");
	r = khabar("import", "cache.db", "--db", "nb.db", NULL);
	assert_holds(r.out, "(0 new, ");
	assert_int_equal(number("nb.db", "SELECT count(*) FROM article"), 49);
	/* The articles are those that khabar fetches itself: none comes twice. */
	r = khabar("fetch", "--db", "nb.db", NULL);
	assert_run(r, EX_OK);
	assert_int_equal(number("nb.db", "SELECT count(*) FROM article"), 50);
	/* And its urls give the feeds their names. */
	r = khabar("import", "nb-urls", "--db", "nb.db", NULL);
	assert_run(r, EX_OK);
	assert_int_equal(number("nb.db", "SELECT count(*) FROM feed"), 2);
	assert_int_equal(number("nb.db", "SELECT count(*) FROM feed WHERE title = 'عربي'"), 1);
	buffer_free(&urls);
}

/* A text in quotation marks, with a backslash before those in it, and before backslashes. */
static void put_quoted(struct buffer *out, struct str text)
{
	buffer_byte(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"' || text.ptr[i] == '\\')
			buffer_byte(out, '\\');
		buffer_byte(out, text.ptr[i]);
	}
	buffer_byte(out, '"');
}

static void saved_searches_become_lists(void **state)
{
	(void)state;
	program_file("urls",
		STR("https://a.example/ news\n\"query:اليوم:age < 1 and unread = \\\"yes\\\"\"\n"
		    "\"query:Guid:guid = \\\"x\\\"\"\n\"query:Bad:title =~ \\\"[z-a]\\\"\"\n"));
	json_t *list = dry_run("urls", EX_OK);
	assert_int_equal(json_array_size(list), 1); /* feeds alone */
	assert_string_equal(text_of(list, 0, "url"), "https://a.example/");
	json_decref(list);
	struct run r = khabar("import", "--dry-run", "urls", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "would add list  اليوم  age<1d is:unread\n");
	r = khabar("import", "urls", "--db", "smart.db", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "added list 1  اليوم  age<1d is:unread\n");
	assert_holds(r.err, "urls:3: query:Guid:");
	assert_holds(r.err, "not taken: column 1 of the filter: guid has no counterpart");
	assert_holds(r.err, "urls:4: query:Bad:");
	assert_holds(r.err, "the regular expression is wrong");
	assert_int_equal(count_lines(r.err), 2);
	/* Again: it is there.  One of the same name that the reader made stays what it is. */
	r = khabar("import", "--json", "urls", "--db", "smart.db", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "\"query\":\"age<1d is:unread\",\"added\":false");
	assert_int_equal(number("smart.db", "SELECT count(*) FROM smart_list"), 1);
	program_file("urls", STR("\"query:اليوم:age < 2\"\n"));
	r = khabar("import", "urls", "--db", "smart.db", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.err, "another list or rule of this name");
	assert_int_equal(number("smart.db", "SELECT count(*) FROM smart_list WHERE name = 'اليوم'"
					    " AND query = 'age<1d is:unread' AND kind = 'list'"),
		1);
}

/* How many of the articles have not been stored by the real newsboat, told to ignore some. */
static int64_t ignored_by_newsboat(struct str filter, int64_t all)
{
	struct buffer config = {0};
	buffer_str(&config, STR("ignore-mode \"download\"\nignore-article \"*\" "));
	put_quoted(&config, filter);
	buffer_byte(&config, '\n');
	program_file("nb-ignore", buffer_view(&config));
	buffer_free(&config);
	unlink("ignored.db");
	struct run r = other_fed(STR(""), "newsboat", "-u", "nb-urls", "-c", "ignored.db", "-C",
		"nb-ignore", "-x", "reload", NULL);
	assert_run(r, 0);
	return all - number("ignored.db", "SELECT count(*) FROM rss_item");
}

/* The articles of the store that meet the query of the first list, and those newsboat kept. */
static void check_list_of(struct str filter, int64_t all)
{
	struct buffer urls = {0}, query = {0};
	put_quoted(&query, filter);
	buffer_printf(&urls, "\"query:List:%s\n", query.data + 1);
	program_file("nb-query", buffer_view(&urls));
	sql("found.db", "DELETE FROM smart_list");
	struct run r = khabar("import", "--json", "nb-query", "--db", "found.db", NULL);
	assert_run(r, EX_OK);
	json_t *items = json_loadb(r.out.ptr, r.out.len, 0, NULL);
	buffer_clear(&query);
	buffer_str(&query, str_of(text_of(json_object_get(items, "items"), 0, "query")));
	json_decref(items);
	int64_t ignored = ignored_by_newsboat(filter, all);
	assert_true(ignored > 0 && ignored < all);
	r = khabar("list", "--json", "--db", "found.db", "--", query.data, NULL);
	assert_run(r, EX_OK);
	json_t *list = json_loadb(r.out.ptr, r.out.len, 0, NULL);
	json_t *found = json_object_get(list, "items");
	if ((int64_t)json_array_size(found) != ignored)
		fail_msg("%.*s: %s: %zu of %d", STR_ARG(filter), query.data, json_array_size(found),
			(int)ignored);
	for (size_t i = 0; i < json_array_size(found); i++) {
		buffer_clear(&urls);
		buffer_printf(&urls, "SELECT count(*) FROM rss_item WHERE title = '%s'",
			text_of(found, i, "title"));
		assert_int_equal(number("all.db", urls.data), 1);
		assert_int_equal(number("ignored.db", urls.data), 0);
	}
	json_decref(list);
	buffer_free(&urls);
	buffer_free(&query);
}

/* Filter by filter: the list has the articles that the real newsboat finds, and no others. */
static void lists_hold_what_newsboat_finds(void **state)
{
	static const char *const filters[] = {
		"link =~ \"/[0-9]$\"",
		"title =~ \"1\\\\?[0-5].$\"",
		"link =~ \"1[0-9]$\" and (link =~ \"1$\" or link =~ \"2$\")",
		"link =~ \"1$\" or (link =~ \"1.$\" and link =~ \"[2-4]$\") or title =~ \"-20\"",
		"( link =~ \"/1\" and link =~ \"1$\" ) or link =~ \"2$\"",
		"title !~ \"-1{1}[0-5]*.$\"",
		"title =~ \"HTTP|-(2)?[^0-5].$\"",
		"link != \"https://news.example/ar/0/3\" and link =~ \"(3|4)+$\"",
		"title # \"(0-3)\" or title # \"(0-4)\" or link =~ \"[7]\"",
	};
	struct server *server = *state;
	struct buffer urls = {0};
	buffer_printf(&urls, "%s\n", server_url(server, 1, "/feed/ar/30"));
	program_file("nb-urls", buffer_view(&urls));
	program_file("nb-config", STR(""));
	buffer_free(&urls);
	unlink("all.db");
	struct run r = other_fed(STR(""), "newsboat", "-u", "nb-urls", "-c", "all.db", "-C",
		"nb-config", "-x", "reload", NULL);
	assert_run(r, 0);
	int64_t all = number("all.db", "SELECT count(*) FROM rss_item");
	r = khabar("import", "all.db", "--db", "found.db", NULL);
	assert_run(r, EX_OK);
	for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
		check_list_of(str_of(filters[i]), all);
}

static const char newsboat_old[] =
	"CREATE TABLE rss_feed (rssurl PRIMARY KEY, url, title, lastmodified, is_rtl, etag);"
	"CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid, title, author, url, feedurl, pubDate,"
	" content, unread, enclosure_url, enclosure_type, enqueued, flags, deleted, base);"
	"INSERT INTO rss_feed VALUES ('exec:~/bin/x', '', 'أمر', 0, 0, '');"
	"INSERT INTO rss_feed VALUES ('https://a.example/feed', 'https://a.example/', 'موقع', 0, "
	"0, '');"
	"INSERT INTO rss_item VALUES (1, 'g1', 'من أمر', '', 'https://x.example/1', 'exec:~/bin/x',"
	" 1700000000, '<p onclick=\"x()\">نص<script>alert(1)</script></p>', 0, '', '', 0, '', 0, "
	"'');"
	"INSERT INTO rss_item VALUES (2, 'g2', 'مرفق', 'ليلى', '/2', 'https://a.example/feed',"
	" 1700000001, 'x', 1, 'https://a.example/2.mp3', 'audio/mpeg', 0, 'abc', 0,"
	" 'https://a.example/base/');"
	"INSERT INTO rss_item VALUES (3, '', '', '', '', 'https://a.example/feed', 0, '', 1, NULL,"
	" NULL, 0, NULL, 0, '');"
	"INSERT INTO rss_item VALUES (4, 'g4', x'ff00fe', NULL, NULL, 'https://gone.example/f', 5,"
	" NULL, 1, NULL, NULL, 0, NULL, 0, NULL);";

static void hostile_and_old_databases(void **state)
{
	(void)state;
	unlink("old.db");
	sql("old.db", newsboat_old);
	struct run r = khabar("import", "--dry-run", "--json", "old.db", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "{\"url\":\"https://a.example/feed\",\"title\":\"موقع\",\"tags\":[]");
	r = khabar("import", "old.db", "--db", "hostile.db", NULL);
	assert_run(r, EX_OK);
	assert_int_equal(number("hostile.db", "SELECT count(*) FROM article"), 3);
	/* A feed that was a command keeps its articles, and is none. */
	assert_int_equal(number("hostile.db", "SELECT count(*) FROM visit"), 2);
	assert_int_equal(number("hostile.db", "SELECT count(*) FROM feed JOIN visit ON feed_id = id"
					      " WHERE key NOT LIKE 'https://%'"),
		0);
	assert_int_equal(number("hostile.db", "SELECT count(*) FROM body WHERE html LIKE '%script%'"
					      " OR html LIKE '%onclick%'"),
		0);
	assert_int_equal(number("hostile.db", "SELECT count(*) FROM attachment WHERE url ="
					      " 'https://a.example/2.mp3' AND type = 'audio/mpeg'"),
		1);
	/* Held by its program: read all the same. */
	sqlite3 *db;
	assert_int_equal(sqlite3_open("old.db", &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
	r = khabar("import", "old.db", "--db", "locked.db", NULL);
	sqlite3_close(db);
	assert_run(r, EX_OK);
	assert_int_equal(number("locked.db", "SELECT count(*) FROM article"), 3);
	/* Views in place of tables are none of newsboat's. */
	unlink("views.db");
	sql("views.db", "CREATE VIEW rss_feed AS SELECT 1;"
			"CREATE VIEW rss_item AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT"
			" x + 1 FROM n) SELECT x FROM n;");
	r = khabar("import", "views.db", "--db", "locked.db", NULL);
	assert_run(r, EX_DATAERR);
	/* Cut off half way: what was read is kept, and the damage told. */
	r = other_fed(STR(""), "truncate", "-s", "9000", "old.db", NULL);
	r = khabar("import", "old.db", "--db", "cut.db", NULL);
	assert_run(r, EX_DATAERR);
	assert_message(r);
}

static void newsraft_database(void **state)
{
	(void)state;
	unlink("newsraft.sqlite3");
	sql("newsraft.sqlite3",
		"CREATE TABLE feeds (feed_url TEXT NOT NULL UNIQUE, title TEXT, link TEXT,"
		" content TEXT, attachments TEXT, persons TEXT, extras TEXT);"
		"CREATE TABLE items (feed_url TEXT NOT NULL, guid TEXT, title TEXT, link TEXT,"
		" content TEXT, attachments TEXT, persons TEXT, extras TEXT,"
		" publication_date INTEGER NOT NULL DEFAULT 0, update_date INTEGER NOT NULL "
		"DEFAULT 0,"
		" unread INTEGER NOT NULL DEFAULT 0, important INTEGER NOT NULL DEFAULT 0);"
		"INSERT INTO feeds (feed_url, title, link) VALUES"
		" ('https://a.example/feed', 'خبر', 'https://a.example/');"
		"INSERT INTO items VALUES ('https://a.example/feed', 'g1', 'الأول',"
		" 'https://a.example/1', char(31) || '^' || char(31) || 'type=text/html' || "
		"char(31)"
		" || 'text=<p>مرحبا <b>بكم</b></p>', char(31) || '^' || char(31) ||"
		" 'url=https://a.example/1.ogg' || char(31) || 'type=audio/ogg', char(31) || '^' ||"
		" char(31) || 'type=author' || char(31) || 'name=ليلى', NULL, 1700000000, 0, 0, 1);"
		"INSERT INTO items VALUES ('https://a.example/feed', 'g2', 'الثاني', NULL,"
		" char(31) || '^' || char(31) || 'text=a <b> c', NULL, NULL, NULL, 0, 1700000100, "
		"1,"
		" 0);"
		"INSERT INTO items VALUES ('$(cmd)', 'g3', 'الثالث', NULL, NULL, NULL, NULL, NULL, "
		"0,"
		" 0, 1, 0);");
	struct run r = khabar("import", "newsraft.sqlite3", "--db", "raft.db", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out,
		"imported 3 articles of 1 feeds from newsraft (3 new, 1 read, 1 with a star)");
	r = khabar("list", "--json", "--db", "raft.db", NULL);
	assert_holds(r.out, "\"title\":\"الأول\"");
	assert_holds(r.out, "\"date\":\"2023-11-14T22:15:00Z\"");
	r = khabar("list", "--starred", "--db", "raft.db", NULL);
	assert_int_equal(count_lines(r.out), 1);
	r = khabar("list", "--unread", "--db", "raft.db", NULL);
	assert_int_equal(count_lines(r.out), 2);
	assert_int_equal(
		number("raft.db", "SELECT count(*) FROM body WHERE author = 'ليلى' AND html"
				  " LIKE '%مرحبا%' AND html NOT LIKE '%type=%'"),
		1);
	assert_int_equal(number("raft.db", "SELECT count(*) FROM body WHERE html LIKE '%a &lt;b>%'"
					   " OR html LIKE '%a &lt;b&gt; c%'"),
		1);
	assert_int_equal(number("raft.db", "SELECT count(*) FROM visit"), 1);
}

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dry_run_of_each_kind),
		cmocka_unit_test(lists_are_subscribed_to),
		cmocka_unit_test(feeds_to_begin_with),
		cmocka_unit_test(commands_are_never_taken),
		cmocka_unit_test(kinds_by_force),
		cmocka_unit_test(sfeed_items),
		cmocka_unit_test(newsboat_itself),
		cmocka_unit_test(saved_searches_become_lists),
		cmocka_unit_test(lists_hold_what_newsboat_finds),
		cmocka_unit_test(hostile_and_old_databases),
		cmocka_unit_test(newsraft_database),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
