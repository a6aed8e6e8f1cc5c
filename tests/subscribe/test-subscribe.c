/* Subscription lists of other readers: what is taken, what is refused, and what is never run. */
#include "base/buffer.h"
#include "subscribe/kind.h"
#include "subscribe/newsboat.h"
#include "subscribe/newsraft.h"
#include "subscribe/opml.h"
#include "subscribe/sfeed.h"
#include "subscribe/typed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

typedef int reader(struct str text, struct subscription_list *list, struct error *error);

/* "url|title|folder|tag,tag|!" a line; refused ones "line:url x". */
static void describe(const struct subscription_list *list, struct buffer *out)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct subscription *s = &list->items[i];
		if (s->query) {
			buffer_printf(out, "%s = %s\n", s->title, s->query);
			continue;
		}
		if (s->refused) {
			buffer_printf(out, "%zu:%s x\n", s->line, s->url);
			assert_non_null(strstr(s->refused, ": ")); /* why, and what to do */
			continue;
		}
		buffer_printf(out, "%s|%s|%s|", s->url, s->title, s->folder);
		for (size_t k = 0; k < s->tag_count; k++)
			buffer_printf(out, "%s%s", k ? "," : "", s->tags[k]);
		buffer_printf(out, "|%s%s\n", s->hidden ? "!" : "", s->site_url);
	}
}

static void check(reader *read, const char *text, const char *expected)
{
	struct subscription_list list = {0};
	struct error error;
	struct buffer found = {0};
	/* Exactly as long as the text, so that a sanitizer sees what reads on. */
	size_t len = strlen(text);
	char *copy = malloc(len + 1);
	assert_non_null(copy);
	memcpy(copy, text, len);
	assert_int_equal(read((struct str){copy, len}, &list, &error), 0);
	buffer_str(&found, STR(""));
	describe(&list, &found);
	assert_string_equal(found.data ? found.data : "", expected);
	buffer_free(&found);
	subscription_list_free(&list);
	free(copy);
}

static void test_newsboat(void **state)
{
	(void)state;
	check(newsboat_urls,
		"# ملاحظة\n"
		"\n"
		"https://one.example/feed.xml\n"
		"http://two.example/rss \"سياسة واقتصاد\" tech \"~اسمي أنا\"\r\n"
		"https://three.example/ ! news # the end\n"
		"  HTTPS://Four.example/a#b  \"a,b\" a\n"
		"\"https://five.example/?q=x y\" \"say \\\"yes\\\"\"\n"
		"https://one.example/feed.xml later \"~متأخر\"\n"
		"https://six.example/ \"unclosed tag",
		"https://one.example/feed.xml|متأخر||later|\n"
		"http://two.example/rss|اسمي أنا||سياسة واقتصاد,tech|\n"
		"https://three.example/|||news|!\n"
		"HTTPS://Four.example/a#b|||a,b|\n"
		"https://five.example/?q=x y|||say \"yes\"|\n"
		"https://six.example/|||unclosed tag|\n");
	check(newsboat_urls,
		"exec:~/bin/feed tag\n"
		"\"exec:sh -c 'rm x'\"\n"
		"filter:~/f.py:https://x.example/\n"
		"\"query:Unread:unread = \\\"yes\\\"\"\n"
		"query:Odd:title =~ \"x\"\n"
		"file:///tmp/x.xml\n"
		"command:weather\n"
		"EXEC:upper\n"
		"javascript:x\n"
		"https://\n",
		"1:exec:~/bin/feed x\n2:exec:sh -c 'rm x' x\n3:filter:~/f.py:https://x.example/ x\n"
		"Unread = is:unread\n5:query:Odd:title x\n6:file:///tmp/x.xml x\n"
		"7:command:weather x\n8:EXEC:upper x\n9:javascript:x x\n10:https:// x\n");
	check(newsboat_urls, "", "");
	check(newsboat_urls, "#", "");
	check(newsboat_urls, "\"", "1: x\n");
}

/* What is a list, and why the others are none; for whoever subscribes, none is a feed. */
static void test_saved_searches(void **state)
{
	(void)state;
	struct subscription_list list = {0};
	struct error error;
	assert_int_equal(
		newsboat_urls(STR("\"query: اليوم :age < 1 and tags # \\\"سياسة\\\"\" tag\n"
				  "\"query:Deep:guid = \\\"7\\\"\"\n"
				  "query:\n\"query: :age < 1\"\n"),
			&list, &error),
		0);
	assert_int_equal(list.count, 4);
	assert_string_equal(list.items[0].title, "اليوم");
	assert_string_equal(list.items[0].query, "age<1d tag:\"سياسة\"");
	assert_null(list.items[1].query);
	assert_non_null(strstr(list.items[1].refused, "guid has no counterpart"));
	assert_non_null(strstr(list.items[2].refused, "query:NAME:FILTER"));
	assert_non_null(strstr(list.items[3].refused, "query:NAME:FILTER"));
	for (size_t i = 0; i < list.count; i++)
		assert_non_null(list.items[i].refused);
	subscription_list_free(&list);
}

static void test_newsraft(void **state)
{
	(void)state;
	check(newsraft_feeds,
		"# comment\n"
		"http://a.example/1\n"
		"http://a.example/2 \"إعلانات الكلية\"\n"
		"@ أخبار / محلية < reload-period 30; suppress-errors true\n"
		"http://a.example/3 \"Local\" < reload-period 5\n"
		"http://a.example/4 < x \"not a name\"\n"
		"$(gemget -sq gemini://a.example/ | sed 's/)/x/') \"Gem\"\n"
		"gopher://a.example/\n"
		"@Old {60}\n"
		"http://a.example/5\n"
		"@ Global\n"
		"http://a.example/6\n",
		"http://a.example/1||||\n"
		"http://a.example/2|إعلانات الكلية|||\n"
		"http://a.example/3|Local|أخبار ∕ محلية||\n"
		"http://a.example/4||أخبار ∕ محلية||\n"
		"7:$(gemget -sq gemini://a.example/ | sed 's/) x\n"
		"8:gopher://a.example/ x\n"
		"http://a.example/5||Old||\n"
		"http://a.example/6||||\n");
}

static void test_sfeedrc(void **state)
{
	(void)state;
	check(sfeed_rc,
		"#sfeedpath=\"$HOME/.sfeed/feeds\"\n"
		"fetch() {\n\tcurl -L \"$2\" | feed evil\n}\n"
		"feeds() {\n"
		"\t# feed <name> <feedurl> [basesiteurl] [encoding]\n"
		"\tfeed \"الأولى\" \"https://a.example/1\"\n"
		"\tfeed 'it'\\''s' https://a.example/2 \"https://a.example\" \\\n\t\t'iso-8859-6'\n"
		"\tfeed one https://a.example/3; feed two https://a.example/4 https://s.example\n"
		"\tfeed \"host\" \"https://$HOST/x\"\n"
		"\tfeed \"tick\" `cat url`\n"
		"\tfeed \"quoted\" 'https://a.example/$5'\n"
		"\tfeed \"sub\" \"$(id)\"\n"
		"\tfeed only\n"
		"\tfeed \"site\" https://a.example/6 \"$SITE\"\n"
		"\tfeeder x y\n"
		"}\n",
		"https://a.example/1|الأولى|||\n"
		"https://a.example/2|it's|||https://a.example\n"
		"https://a.example/3|one|||\n"
		"https://a.example/4|two|||https://s.example\n"
		"11:https://$HOST/x x\n"
		"12:`cat x\n"
		"https://a.example/$5|quoted|||\n"
		"14:$(id) x\n"
		"https://a.example/6|site|||\n");
}

static void test_tsv(void **state)
{
	(void)state;
	struct buffer content = {0};
	struct sfeed_item item;
	assert_true(
		sfeed_item(STR("1700000000\tعنوان\thttps://a.example/1\t<p>أ\\nب\\t\\\\</p>\thtml\t"
			       "id1\tليلى\thttps://a.example/1.mp3\t|x|"),
			&content, &item));
	assert_int_equal(item.published, 1700000000);
	assert_true(item.html && str_equal(item.title, STR("عنوان")));
	assert_true(str_equal(item.content, STR("<p>أ\nب\t\\</p>")));
	assert_true(str_equal(item.id, STR("id1")) && str_equal(item.author, STR("ليلى")));
	assert_true(str_equal(item.enclosure, STR("https://a.example/1.mp3")));
	assert_true(sfeed_item(STR("\tt\tl\tc\\\tplain\t\t"), &content, &item));
	assert_true(item.published == INT64_MIN && !item.html && item.content.len == 2);
	assert_false(sfeed_item(STR("x\tt\tl\tc\tplain\ti\ta"), &content, &item));
	assert_false(sfeed_item(STR("1\tt\tl\tc\ttext\ti\ta"), &content, &item));
	assert_false(sfeed_item(STR("99999999999999999999\tt\tl\tc\thtml\ti\ta"), &content, &item));
	assert_false(sfeed_item(STR("1\tt\tl"), &content, &item));
	assert_false(sfeed_item(STR(""), &content, &item));
	buffer_free(&content);
}

static void test_kinds(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum file_kind kind;
	} cases[] = {
		{"", KIND_PAGE},
		{"# فقط ملاحظة\n", KIND_PAGE},
		{"خبر من سطر واحد", KIND_PAGE},
		{"https://a.example/\nنص المقال بعد عنوانه\n", KIND_PAGE},
		{"<!DOCTYPE html><html><body>x", KIND_PAGE},
		{"<?xml version=\"1.0\"?>\n<!-- <x> --><!DOCTYPE opml>\n<opml version=\"2.0\">",
			KIND_OPML},
		{"\xEF\xBB\xBF <OPML>", KIND_OPML},
		{"<opmlx>", KIND_PAGE},
		{"https://a.example/\n", KIND_NEWSBOAT_URLS},
		{"# x\nhttps://a.example/ tag \"~اسم\"\n", KIND_NEWSBOAT_URLS},
		{"https://a.example/ \"tag one\" tag\n\"query:a:b\"\n", KIND_NEWSBOAT_URLS},
		{"exec:x\n", KIND_NEWSBOAT_URLS},
		{"@ News\nhttps://a.example/\n", KIND_NEWSRAFT_FEEDS},
		{"https://a.example/ \"Name\"\n", KIND_NEWSRAFT_FEEDS},
		{"$(cat x) \"Name\"\n", KIND_NEWSRAFT_FEEDS},
		{"@someone wrote\nthis text\n", KIND_PAGE},
		{"feeds() {\n\tfeed \"a\" \"https://a.example/\"\n}\n", KIND_SFEED_RC},
		{"# x\nbind-key j down\ncolor info red blue\nfancy new\n", KIND_NEWSBOAT_CONFIG},
		{"color info red blue\n", KIND_PAGE},
		{"macro economics\n", KIND_PAGE},
		{"bind-key j down\nis what one writes\nthere\n", KIND_PAGE},
		{"1\tt\tl\tc\thtml\ti\ta\te\tc\n", KIND_SFEED_TSV},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (kind_of(str_of(cases[i].text)) != cases[i].kind)
			fail_msg("%s is taken for %s", cases[i].text,
				kind_names[kind_of(str_of(cases[i].text))]);
	}
	assert_int_equal(kind_of(STR("SQLite format 3\0...")), KIND_DATABASE);
}

/* Written and taken again through the JSON that khabar-fetch makes of OPML's outlines. */
static void test_opml(void **state)
{
	(void)state;
	struct subscription_list list = {0};
	struct error error;
	struct buffer opml = {0};
	assert_int_equal(
		opml_take_outlines(
			STR("[{\"url\":\"https://a.example/?a=1&b=2\",\"title\":\"قال \\\"نعم\\\" "
			    "& <لا>\","
			    "\"tags\":[\"News\",\"A/B\",\"x\"],\"folders\":[\"News\",\"A/B\"]},"
			    "{\"url\":\"https://b.example/\",\"title\":\"https://b.example/\","
			    "\"tags\":[\"News\",\"khabar/hidden\"],\"folder\":\"News\","
			    "\"site_url\":\"https://b.example/site\"},"
			    "{\"url\":\"exec:x\",\"title\":\"bad\"},{\"title\":\"no url\"},3,"
			    "{\"url\":\"https://c.example/"
			    "\",\"title\":5,\"tags\":[1,\"y,z\",null]},"
			    "{\"url\":\"https://d.example/\",\"title\":\"د\",\"folders\":[\"News "
			    "B\"]}]"),
			&list, &error),
		0);
	struct buffer found = {0};
	describe(&list, &found);
	assert_string_equal(found.data,
		"https://a.example/?a=1&b=2|قال \"نعم\" & <لا>|News/A∕B|x|\n"
		"https://b.example/||News|News|!https://b.example/site\n"
		"0:exec:x x\n"
		"0: x\n"
		"https://c.example/|||y,z|\n"
		"https://d.example/|د|News B||\n");
	buffer_free(&found);
	assert_int_equal(opml_write(&list, &opml, &error), 0);
	const char *text = opml.data;
	assert_non_null(strstr(text, "xmlUrl=\"https://a.example/?a=1&amp;b=2\""));
	assert_non_null(strstr(text, "text=\"قال &quot;نعم&quot; &amp; &lt;لا&gt;\""));
	assert_null(strstr(text, "exec:"));
	assert_non_null(strstr(text, "category=\"News,khabar/hidden\""));
	/* One folder, with the one inside of it. */
	const char *folder = strstr(text, "<outline text=\"News\">");
	assert_non_null(folder);
	assert_null(strstr(folder + 1, "<outline text=\"News\">"));
	assert_non_null(strstr(folder, "<outline text=\"A∕B\">"));
	buffer_free(&opml);
	subscription_list_free(&list);
	assert_int_equal(opml_take_outlines(STR("{}"), &list, &error), -1);
	assert_int_equal(error.status, EX_DATAERR);
	assert_int_equal(opml_take_outlines(STR("nonsense"), &list, &error), -1);
}

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Texts of one megabyte that are hard on careless readers take no more than a moment. */
static void test_linear(void **state)
{
	(void)state;
	static reader *const readers[] = {newsboat_urls, newsraft_feeds, sfeed_rc};
	static const char *const units[] = {"https://a.example/ ", "\"", "\\\n", "$(", "feed a ",
		"@ x\n", "https://a.example/\n", "a,", "<!--", "feed a https://b.example/;"};
	double start = seconds();
	for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
		struct buffer text = {0};
		buffer_repeat(&text, str_of(units[u]), (1 << 20) / strlen(units[u]));
		assert_false(text.failed);
		kind_of(buffer_view(&text));
		for (size_t r = 0; r < sizeof readers / sizeof *readers; r++) {
			struct subscription_list list = {0};
			struct error error;
			assert_int_equal(readers[r](buffer_view(&text), &list, &error), 0);
			subscription_list_free(&list);
		}
		buffer_free(&text);
	}
	assert_true(seconds() - start < 20);
}

/* Addresses as people type them; NULL: refused, with a reason. */
static void test_typed(void **state)
{
	(void)state;
	static const struct {
		const char *typed, *url;
	} cases[] = {
		{"news.example", "https://news.example"},
		{" news.example/feed\n", "https://news.example/feed"},
		{"HTTP://news.example", "HTTP://news.example"},
		{"localhost:8080", "https://localhost:8080"},
		{"news.example:80/feed", "https://news.example:80/feed"},
		{"192.0.2.1:8080", "https://192.0.2.1:8080"},
		{"[2001:db8::1]:8080/feed", "https://[2001:db8::1]:8080/feed"},
		{"feed://news.example/rss", "https://news.example/rss"},
		{"feed:http://news.example/rss", "http://news.example/rss"},
		{"javascript:1", NULL},
		{"JavaScript:alert(1)", NULL},
		{"feed:javascript:1", NULL},
		{"data:1", NULL},
		{"mailto:1@news.example", NULL},
		{"file:///etc/passwd", NULL},
		{"FILE:/etc/passwd", NULL},
		{"exec:ls", NULL},
		{"command:ls", NULL},
		{"ftp://news.example", NULL},
		{"http://", NULL},
		{"feed:", NULL},
		{" ", NULL},
		{"", NULL},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buffer url = {0};
		const char *refused = subscription_typed(str_of(cases[i].typed), &url);
		assert_int_equal(refused == NULL, cases[i].url != NULL);
		assert_int_equal(url.len > 0, cases[i].url != NULL);
		if (cases[i].url)
			assert_string_equal(url.data, cases[i].url);
		buffer_free(&url);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_newsboat),
		cmocka_unit_test(test_saved_searches),
		cmocka_unit_test(test_newsraft),
		cmocka_unit_test(test_sfeedrc),
		cmocka_unit_test(test_tsv),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_opml),
		cmocka_unit_test(test_typed),
		cmocka_unit_test(test_linear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
