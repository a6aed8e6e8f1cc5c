/* What a worker may answer that is no friend any more: only what is right reaches the store. */
#include "base/buffer.h"
#include "fetch/deliver.h"
#include "fetch/rules.h"
#include "fetch/schedule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define DB "deliver.db"

static struct store *store;
static int64_t feed;

static void remove_store(void)
{
	unlink(DB);
	unlink(DB "-wal");
	unlink(DB "-shm");
}

static int begin(void **state)
{
	const struct store_new_feed subscribed = {.url = STR("https://example.org/feed")};
	(void)state;
	remove_store();
	store = store_open(DB, STORE_CREATE, NULL);
	return store ? store_subscribe(store, &subscribed, &feed, NULL, NULL) : -1;
}

static int end(void **state)
{
	(void)state;
	store_close(store);
	remove_store();
	return 0;
}

static struct delivery_sums deliver(const char *json)
{
	struct error error = {0};
	struct delivery_sums sums;
	struct delivery *delivery = delivery_new(str_of(json), &error);
	if (!delivery)
		fail_msg("%s: %s", json, error.message);
	assert_int_equal(store_begin(store, NULL), 0);
	if (delivery_store(delivery, store, feed, &sums, &error))
		fail_msg("%s", error.message);
	assert_int_equal(store_commit(store, NULL), 0);
	delivery_free(delivery);
	return sums;
}

static struct store_article *article(const char *guid)
{
	int64_t id;
	assert_int_equal(store_find(store, feed, str_of(guid), &id, NULL), 0);
	return id ? store_article(store, id, NULL) : NULL;
}

static void test_all_fields(void **state)
{
	(void)state;
	struct delivery_sums sums = deliver(
		"{\"title\":\"أخبار\",\"home_page_url\":\"https://example.org/"
		"\",\"language\":\"ar\","
		"\"description\":\"سطر\",\"_khabar\":{\"dir\":\"rtl\"},\"items\":[{"
		"\"id\":\"1\",\"url\":\"https://example.org/"
		"1\",\"title\":\"عنوان\",\"summary\":\"موجز\","
		"\"content_html\":\"<p>نص</p>\",\"date_published\":\"2024-06-01T12:00:00Z\","
		"\"language\":\"ckb\",\"authors\":[{\"name\":\"سلمى\"},{\"url\":\"x\"},{\"name\":"
		"\"Noor\"}],"
		"\"tags\":[\"سياسة\",\"محلي\"],\"_khabar\":{\"comments_url\":\"https://example.org/"
		"1#c\"},"
		"\"attachments\":[{\"url\":\"https://example.org/a.mp3\",\"mime_type\":\"audio/"
		"mpeg\","
		"\"title\":\"صوت\",\"size_in_bytes\":123,\"duration_in_seconds\":45.5}]}]}");
	assert_int_equal(sums.added, 1);
	struct store_article *it = article("1");
	assert_string_equal(it->title, "عنوان");
	assert_string_equal(it->section, "سياسة");
	assert_string_equal(it->author, "سلمى, Noor");
	assert_string_equal(it->url, "https://example.org/1");
	assert_string_equal(it->summary, "موجز");
	assert_string_equal(it->html, "<p>نص</p>");
	assert_string_equal(it->language, "ckb");
	assert_string_equal(it->comments_url, "https://example.org/1#c");
	assert_int_equal(it->direction, STORE_RTL);
	assert_int_equal(it->published, 1717243200);
	assert_int_equal(it->attachment_count, 1);
	assert_string_equal(it->attachments[0].url, "https://example.org/a.mp3");
	assert_string_equal(it->attachments[0].type, "audio/mpeg");
	assert_string_equal(it->attachments[0].title, "صوت");
	assert_int_equal(it->attachments[0].size, 123);
	assert_int_equal(it->attachments[0].duration, 45);
	store_article_free(it);
	struct store_subscription about;
	assert_int_equal(store_subscription(store, feed, &about, NULL), 0);
	assert_string_equal(about.title, "أخبار");
	assert_string_equal(about.site_url, "https://example.org/");
	assert_string_equal(about.description, "سطر");
	assert_string_equal(about.language, "ar");
	store_subscription_free(&about);
}

static void test_no_feed(void **state)
{
	static const char *const texts[] = {"", "x", "[]", "{}", "{\"items\":{}}", "{\"items\":[}",
		"{\"items\":[\"\xff\"]}", "null", "{\"items\":[]} x"};
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct error error = {0};
		assert_null(delivery_new(str_of(texts[i]), &error));
		assert_int_equal(error.status, EX_DATAERR);
	}
	/* Deep nesting is refused, not followed. */
	struct buffer deep = {0};
	buffer_str(&deep, STR("{\"items\":"));
	buffer_repeat(&deep, STR("["), 100000);
	assert_null(delivery_new(buffer_view(&deep), NULL));
	buffer_free(&deep);
}

static void test_wrong_types(void **state)
{
	(void)state;
	struct delivery_sums sums = deliver(
		"{\"title\":7,\"home_page_url\":[],\"language\":{},\"_khabar\":[],\"items\":[7,"
		"null,\"x\","
		"[],{},{\"id\":7},{\"id\":\"\"},{\"id\":\"a\",\"title\":{},\"authors\":{\"0\":1},"
		"\"tags\":\"x\",\"attachments\":[1,{\"url\":7},[]],\"content_html\":7,"
		"\"date_published\":5,\"_khabar\":\"x\"},{\"id\":\"b\",\"authors\":[[],7],"
		"\"tags\":[7]}]}");
	assert_int_equal(sums.added, 2);
	struct store_article *it = article("a");
	assert_string_equal(it->title, "");
	assert_string_equal(it->html, "");
	assert_int_equal(it->published, STORE_NO_DATE);
	assert_int_equal(it->attachment_count, 0);
	store_article_free(it);
}

static void test_addresses(void **state)
{
	static const char *const bad[] = {"javascript:alert(1)", "data:text/html,x",
		"file:///etc/passwd", "//example.org/", "/x", "x", "https", "https:example",
		"ftp://example.org/", "https://example.org/ x", "https://example.org/\\u001b[2J",
		"https://example.org/\\u0085", "https://example.org/\\u007f",
		"https://example.org/<", ""};
	static const char *const good[] = {
		"https://example.org/", "HTTP://example.org/\\u062e", "mailto:a@example.org"};
	char json[512];
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		snprintf(json, sizeof json,
			"{\"items\":[{\"id\":\"bad%zu\",\"url\":\"%s\",\"attachments\":[{\"url\":"
			"\"%s\"}],"
			"\"_khabar\":{\"comments_url\":\"%s\"}}]}",
			i, bad[i], bad[i], bad[i]);
		deliver(json);
		snprintf(json, sizeof json, "bad%zu", i);
		struct store_article *it = article(json);
		if (*it->url || *it->comments_url || it->attachment_count)
			fail_msg("%s was taken", bad[i]);
		store_article_free(it);
	}
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		snprintf(json, sizeof json, "{\"items\":[{\"id\":\"good%zu\",\"url\":\"%s\"}]}", i,
			good[i]);
		deliver(json);
		snprintf(json, sizeof json, "good%zu", i);
		struct store_article *it = article(json);
		assert_true(*it->url);
		store_article_free(it);
	}
}

static void test_controls(void **state)
{
	(void)state;
	deliver("{\"title\":\"a\\u001b]0;x\\u0007b\",\"items\":[{\"id\":\"c\\u0001\\n\","
		"\"title\":\"x\\u001b[31m\\ny\\u009by\\u007f\",\"content_html\":\"<p>"
		"a\\u001bb\\n\\tc\\u0085d</p>\","
		"\"summary\":\"s\\u0008\\nt\",\"tags\":[\"t\\u001b\"],\"language\":\"ar\\u001b\","
		"\"authors\":[{\"name\":\"n\\u001b\"}],\"date_published\":\"2024-06-01T12:00:"
		"00Z\\u001b\"}]}");
	struct store_article *it = article("c");
	assert_non_null(it);
	assert_string_equal(it->title, "x [31m y y");
	assert_string_equal(it->html, "<p>ab\n\tcd</p>");
	assert_string_equal(it->summary, "s\nt");
	assert_string_equal(it->section, "t");
	assert_string_equal(it->author, "n");
	assert_string_equal(it->language, "");
	assert_int_equal(it->published, STORE_NO_DATE);
	assert_string_equal(it->feed_title, "a ]0;x b");
	store_article_free(it);
}

static void test_lengths(void **state)
{
	struct buffer json = {0};
	(void)state;
	buffer_str(&json, STR("{\"items\":[{\"id\":\"long\",\"title\":\""));
	buffer_repeat(&json, STR("ب"), DELIVER_LINE);
	buffer_str(&json, STR("\",\"content_html\":\""));
	buffer_repeat(&json, STR("ب"), DELIVER_HTML / 2 + 10);
	buffer_str(&json, STR("\",\"url\":\"https://example.org/"));
	buffer_repeat(&json, STR("x"), DELIVER_LINE);
	buffer_str(&json, STR("\",\"attachments\":["));
	buffer_repeat(&json, STR("{\"url\":\"https://example.org/a\"},"), 100);
	buffer_str(&json, STR("0]}]}"));
	deliver(json.data);
	buffer_free(&json);
	struct store_article *it = article("long");
	assert_int_equal(strlen(it->title), DELIVER_LINE);
	assert_int_equal(strlen(it->html), DELIVER_HTML);
	assert_string_equal(it->url, "");
	assert_int_equal(it->attachment_count, DELIVER_ATTACHMENTS);
	store_article_free(it);
}

static void test_dates(void **state)
{
	static const struct {
		const char *text;
		int64_t date;
	} cases[] = {
		{"1970-01-01T00:00:00Z", 0},
		{"2024-02-29T23:59:60Z", 1709251200},
		{"1899-01-01T00:00:00Z", STORE_NO_DATE},
		{"2024-13-01T00:00:00Z", STORE_NO_DATE},
		{"2024-00-01T00:00:00Z", STORE_NO_DATE},
		{"2024-01-32T00:00:00Z", STORE_NO_DATE},
		{"2024-01-01T24:00:00Z", STORE_NO_DATE},
		{"2024-01-01T00:60:00Z", STORE_NO_DATE},
		{"2024-01-01T00:00:00+03:00", STORE_NO_DATE},
		{"2024-01-01 00:00:00Z", STORE_NO_DATE},
		{"2024-01-0xT00:00:00Z", STORE_NO_DATE},
		{"", STORE_NO_DATE},
	};
	char json[256];
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		snprintf(json, sizeof json,
			"{\"items\":[{\"id\":\"d%zu\",\"date_published\":\"%s\"}]}", i,
			cases[i].text);
		deliver(json);
		snprintf(json, sizeof json, "d%zu", i);
		struct store_article *it = article(json);
		if (it->published != cases[i].date)
			fail_msg("%s: %lld", cases[i].text, (long long)it->published);
		store_article_free(it);
	}
}

/* Without dates the first item of the feed is the newest of the list. */
static void test_order_and_doubles(void **state)
{
	const struct store_list all = {.kind = STORE_FEED, .since = INT64_MAX, .feed_id = feed};
	static const char json[] =
		"{\"items\":[{\"id\":\"1\",\"title\":\"first\"},{\"id\":\"2\",\"title\":\"second\"}"
		","
		"{\"id\":\"1\",\"title\":\"again\"},{\"id\":\"3\",\"title\":\"third\"}]}";
	(void)state;
	assert_int_equal(deliver(json).added, 3);
	struct delivery_sums sums = deliver(json);
	assert_int_equal(sums.added, 0);
	assert_int_equal(sums.updated, 0);
	struct store_page page;
	assert_int_equal(store_headlines(store, &all, NULL, false, 10, &page, NULL), 0);
	assert_int_equal(page.count, 3);
	assert_string_equal(page.items[0].title, "first");
	assert_string_equal(page.items[1].title, "second");
	assert_string_equal(page.items[2].title, "third");
	store_page_free(&page);
	sums = deliver("{\"items\":[{\"id\":\"2\",\"title\":\"changed\"}]}");
	assert_int_equal(sums.updated, 1);
}

static void test_text_as_html(void **state)
{
	(void)state;
	deliver("{\"items\":[{\"id\":\"t\",\"content_text\":\"a <b>&\\nc\\n\\n\\nd\"}]}");
	struct store_article *it = article("t");
	assert_string_equal(it->html, "<p>a &lt;b>&amp;<br>c</p><p>d</p>");
	store_article_free(it);
}

static void test_hints(void **state)
{
	struct delivery *delivery = delivery_new(
		STR("{\"items\":[{\"date_published\":\"2024-06-01T12:00:00Z\"},"
		    "{\"date_published\":\"2199-01-01T00:00:00Z\"}],\"_khabar\":{\"ttl\":90,"
		    "\"update_interval\":60,\"skip_hours\":[0,23,24,-1,\"5\"],"
		    "\"skip_days\":[\"monday\",\"Sunday\",\"Someday\",7]}}"),
		NULL);
	(void)state;
	assert_int_equal(delivery_asked(delivery), 90 * 60);
	assert_int_equal(delivery_skip(delivery),
		SCHEDULE_HOUR(0) | SCHEDULE_HOUR(23) | SCHEDULE_DAY(0) | SCHEDULE_DAY(6));
	assert_int_equal(delivery_newest(delivery, 1800000000), 1800000000);
	delivery_free(delivery);
	delivery = delivery_new(
		STR("{\"items\":[],\"_khabar\":{\"ttl\":1e300,\"update_interval\":-5}}"), NULL);
	assert_int_equal(delivery_asked(delivery), 0);
	assert_int_equal(delivery_skip(delivery), 0);
	assert_int_equal(delivery_newest(delivery, 1800000000), STORE_NO_DATE);
	delivery_free(delivery);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

/* For texts that come on other ways than in a feed. */
static void test_texts(void **state)
{
	struct buffer out = {0};
	(void)state;
	deliver_text(STR("<p>خ\x1b[31m\xc2\x9b\tبر\n</p>"), 100, &out);
	assert_string_equal(out.data, "<p>خ[31m\tبر\n</p>");
	buffer_clear(&out);
	deliver_text(STR("خبر"), 5, &out); /* never half a letter */
	assert_string_equal(out.data, "خب");
	buffer_free(&out);
	assert_true(deliver_is_address(STR("https://news.example/خبر?a&b")));
	assert_false(deliver_is_address(STR("javascript:alert(1)")));
	assert_false(deliver_is_address(STR("https://news.example/\"><b>")));
	assert_false(deliver_is_address(STR("https://news.example/\xc2\x85")));
	assert_false(deliver_is_address(STR("")));
/* The feed as it would come: one article of this identity, address and text. */
static struct delivery_sums deliver_one(const char *items)
{
	struct buffer json = {0};
	buffer_printf(&json, "{\"title\":\"t\",\"items\":[%s]}", items);
	struct delivery_sums sums = deliver(json.data);
	buffer_free(&json);
	return sums;
}

#define FLOOD                                                                                                                                                \
	"اجتاحت السيول مدينة الناصرية فجر اليوم بعد أمطار استمرت 14 ساعة ونقلت 320 أسرة إلى " \
	"مدارس "                                                                                                                                        \
	"قريبة من الوادي ولم تسجل إصابات حتى مساء الأحد 17"
#define ITEM(id, url, title, text)                                                                 \
	"{\"id\":\"" id "\",\"url\":\"" url "\",\"title\":\"" title                                \
	"\",\"content_html\":\"<p>" text "</p>\"}"

/* A site that moves gives all its articles new identities: they are the old ones. */
static void test_reissued(void **state)
{
	(void)state;
	int64_t id, other;
	deliver_one(ITEM("http://a.example/?p=1", "http://a.example/n/1", "سيول", FLOOD));
	assert_int_equal(store_find(store, feed, STR("http://a.example/?p=1"), &id, NULL), 0);
	assert_int_equal(store_set_read(store, id, true, NULL), 0);
	struct delivery_sums sums = deliver_one(ITEM("https://a.example/?p=1",
		"https://www.a.example/n/1/", "سيول الناصرية", FLOOD " وتوقفت الدراسة"));
	assert_int_equal(sums.added, 0);
	assert_int_equal(sums.updated, 1);
	assert_int_equal(store_find(store, feed, STR("https://a.example/?p=1"), &other, NULL), 0);
	assert_int_equal(other, id);
	struct store_article *it = article("https://a.example/?p=1");
	assert_true(it->read);
	assert_string_equal(it->title, "سيول الناصرية");
	store_article_free(it);
	assert_null(article("http://a.example/?p=1"));
	/* Another text at that address is another article. */
	sums = deliver_one(ITEM("x", "https://a.example/n/1", "أسعار",
		"ارتفعت أسعار القمح في الأسواق "
		"بنسبة 7 في المئة خلال شهر بعد "
		"تراجع المحصول وقلة المطر في "
		"السهول"));
	assert_int_equal(sums.added, 1);
}

/* What the feed still has under its old identity is not taken for the new one. */
static void test_both_identities(void **state)
{
	(void)state;
	deliver_one(ITEM("1", "https://a.example/n/1", "سيول", FLOOD));
	for (int round = 0; round < 3; round++) {
		struct delivery_sums sums = deliver_one(ITEM("1", "https://a.example/n/1", "سيول",
			FLOOD) "," ITEM("2", "https://a.example/n/1", "سيول", FLOOD));
		assert_int_equal(sums.added, round == 0);
		assert_int_equal(sums.updated, 0);
	}
	struct store_list list = {.kind = STORE_FEED, .feed_id = feed};
	struct store_counts counts;
	assert_int_equal(store_count(store, &list, &counts, NULL), 0);
	assert_int_equal(counts.total, 2);
}

/* Two feeds with one story, as they are fetched: HTML, references, an agency's name. */
static void test_two_feeds(void **state)
{
	const struct store_new_feed second = {.url = STR("https://example.net/feed")};
	(void)state;
	struct store_list list = {.kind = STORE_ALL, .since = INT64_MAX};
	struct store_page page;
	assert_int_equal(store_group_stories(store, true, NULL), 0);
	deliver_one(ITEM("1", "https://a.example/n/1", "سيول", FLOOD));
	assert_int_equal(store_subscribe(store, &second, &feed, NULL, NULL), 0);
	deliver_one(ITEM("1", "https://b.example/7", "كارثة في الجنوب",
		"<b>(وكالة)</b></p>\\n<p>" FLOOD " &amp; غيرها"));
	assert_int_equal(store_headlines(store, &list, NULL, false, 9, &page, NULL), 0);
	assert_int_equal(page.count, 1);
	assert_int_equal(page.items[0].sources, 2);
	assert_string_equal(page.items[0].title, "سيول");
	store_page_free(&page);
}

/* Rules of khabar.conf and of the store; what one drops, another does not bring back. */
static void test_rules(void **state)
{
	(void)state;
	struct config_list items[] = {
		{CONFIG_DROP, (char *)"[ignore] drop", (char *)"title:إعلان or tag:sport"},
		{CONFIG_READ, (char *)"[ignore] read", (char *)"الطقس"},
		{CONFIG_READ, (char *)"[ignore] read", (char *)"lang:fr"},
		{CONFIG_LIST, (char *)"All there is", (char *)""},
		{CONFIG_HIGHLIGHT, (char *)"[highlight] query", (char *)""},
	};
	const struct config_lists lists = {items, sizeof items / sizeof *items};
	const struct str tags[] = {STR("news")};
	const struct store_feed_edit edit = {.tags = tags, .tag_count = 1};
	struct store_subscription about;
	struct error error = {0};
	assert_int_equal(store_smart_list_add(store, STR("ads"), STR("author:Ads"),
				 STORE_SMART_DROP, NULL, &error),
		0);
	assert_int_equal(
		store_smart_list_add(store, STR("list"), STR(""), STORE_SMART_LIST, NULL, &error),
		0);
	assert_int_equal(store_feed_edit(store, feed, &edit, &error), 0);
	assert_int_equal(store_subscription(store, feed, &about, &error), 0);
	struct rules *rules = rules_new(store, &lists, time(NULL), &error);
	if (!rules)
		fail_msg("%s", error.message);
	struct delivery_sums sums;
	struct delivery *delivery = delivery_new(
		STR("{\"items\":[{\"id\":\"1\",\"title\":\"الإعلانات\"},"
		    "{\"id\":\"2\",\"title\":\"إِعْلان اليوم\"},"
		    "{\"id\":\"3\",\"title\":\"x\",\"content_html\":\"<p>حالة الطَّقس</p>\"},"
		    "{\"id\":\"4\",\"title\":\"y\",\"language\":\"fr\"},"
		    "{\"id\":\"5\",\"title\":\"z\",\"authors\":[{\"name\":\"Ads\"}]},"
		    "{\"id\":\"6\",\"title\":\"kept\"}]}"),
		&error);
	assert_non_null(delivery);
	for (int round = 0; round < 2; round++) {
		assert_int_equal(store_begin(store, NULL), 0);
		delivery_set_rules(delivery, rules, &about);
		assert_int_equal(delivery_store(delivery, store, feed, &sums, &error), 0);
		assert_int_equal(store_commit(store, NULL), 0);
		assert_int_equal(sums.added, round == 0 ? 3 : 0);
	}
	delivery_free(delivery);
	static const struct {
		const char *guid;
		int read; /* -1: it is not there */
	} wanted[] = {{"2", -1}, {"3", 1}, {"4", 1}, {"5", -1}, {"6", 0}};
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		struct store_article *it = article(wanted[i].guid);
		if ((it ? it->read : -1) != wanted[i].read)
			fail_msg("%s: %d", wanted[i].guid, it ? it->read : -1);
		store_article_free(it);
	}
	rules_free(rules);
	store_subscription_free(&about);
}

/* A rule that cannot be read is told by its name and the column, before anything is fetched. */
static void test_bad_rules(void **state)
{
	(void)state;
	struct config_list item = {CONFIG_DROP, (char *)"[ignore] drop", (char *)"titel:x"};
	const struct config_lists lists = {&item, 1}, none = {0};
	struct error error = {0};
	assert_null(rules_new(store, &lists, time(NULL), &error));
	assert_int_equal(error.status, EX_CONFIG);
	assert_non_null(strstr(error.message, "[ignore] drop"));
	assert_non_null(strstr(error.message, "titel"));
	assert_int_equal(store_smart_list_add(store, STR("بلا نهاية"), STR("(x"), STORE_SMART_READ,
				 NULL, &error),
		0);
	assert_null(rules_new(store, &none, time(NULL), &error));
	assert_non_null(strstr(error.message, "بلا نهاية"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_all_fields),
		TEST(test_no_feed),
		TEST(test_wrong_types),
		TEST(test_addresses),
		TEST(test_controls),
		TEST(test_lengths),
		TEST(test_dates),
		TEST(test_order_and_doubles),
		TEST(test_text_as_html),
		TEST(test_hints),
		cmocka_unit_test(test_texts),
		TEST(test_reissued),
		TEST(test_both_identities),
		TEST(test_two_feeds),
		TEST(test_rules),
		TEST(test_bad_rules),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
