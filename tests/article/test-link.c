/* Addresses that are one page to a reader, and such that are not. */
#include "article/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

static const char *key_of(const char *url)
{
	static struct buffer key;
	buffer_clear(&key);
	if (!link_key(str_of(url), &key))
		return "";
	assert_false(key.failed);
	return buffer_view(&key).ptr;
}

static void test_same(void **state)
{
	static const char *const groups[][16] = {
		{"https://example.org/news/a-1", "http://example.org/news/a-1/",
			"https://www.example.org/news/a-1", "HTTPS://WWW2.Example.ORG:443/news/a-1",
			"https://m.example.org/news/a-1?utm_source=rss&utm_medium=feed#comments",
			"https://amp.example.org/news/a-1?fbclid=XyZ",
			"https://www.example.org/news/a-1/amp/", "https://example.org/amp/news/a-1",
			"https://example.org/news/a-1/index.html",
			"https://example.org/news/a-1.amp",
			"https://example.org/news/a-1?amp=1&gclid=1",
			"https://example-org.cdn.ampproject.org/c/s/www.example.org/news/a-1/amp",
			"https://www.google.com/amp/s/example.org/news/a-1.amp",
			" https://user:x@example.org./news/a-1?outputType=amp "},
		{"https://example.org/story?id=7&page=2", "http://example.org/story?page=2&id=7",
			"https://example.org/story?ref=home&id=7&utm_campaign=x&page=2"},
		{"https://example.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1",
			"https://example.org/%d8%a3%d8%ae%d8%a8%d8%a7%d8%b1",
			"https://example.org/أخبار"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
		uint64_t first = link_hash(str_of(groups[i][0]));
		assert_true(first != 0);
		for (size_t k = 1; k < 16 && groups[i][k]; k++) {
			if (link_hash(str_of(groups[i][k])) != first)
				fail_msg("%s: %s", groups[i][k], key_of(groups[i][k]));
		}
	}
	assert_string_equal(key_of(groups[0][4]), "example.org/news/a-1");
	assert_string_equal(key_of(groups[1][0]), "example.org/story?id=7&page=2");
}

static void test_different(void **state)
{
	static const char *const urls[] = {
		"https://example.org/news/a-1",
		"https://example.org/news/a-2",
		"https://example.org/News/a-1", /* a path may tell letters apart */
		"https://example.net/news/a-1",
		"https://news.example.org/news/a-1",
		"https://example.org:8080/news/a-1",
		"https://example.org/news/a-1?id=1",
		"https://example.org/news/a-1?id=2",
		"https://example.org/#!/news/a-1",
		"https://example.org/#/news/a-1",
		"https://example.org/news/amplifier",
		"https://example.org/camp",
		"https://m.org/news/a-1", /* a site of that name */
		"https://google.com/amp/s/nothing",
		"https://example.org/?p=12",
	};
	(void)state;
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
		assert_true(link_hash(str_of(urls[i])) != 0);
		for (size_t k = 0; k < i; k++) {
			if (link_hash(str_of(urls[i])) == link_hash(str_of(urls[k])))
				fail_msg("%s and %s", urls[i], urls[k]);
		}
	}
}

/* What says nothing about one article. */
static void test_none(void **state)
{
	static const char *const urls[] = {"", "x", "https://", "https:///a", "https://example.org",
		"http://www.example.org/", "https://example.org/?utm_source=rss",
		"https://example.org/#top", "mailto:a@example.org", "ftp://example.org/a",
		"https://example.org/index.html", "https://example.org/amp/"};
	(void)state;
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
		struct buffer key = {0};
		buffer_str(&key, STR("kept"));
		if (link_key(str_of(urls[i]), &key))
			fail_msg("%s: %s", urls[i], key.data);
		assert_string_equal(key.data, "kept");
		assert_true(link_hash(str_of(urls[i])) == 0);
		buffer_free(&key);
	}
}

/* A key is its own key, whatever the bytes; and long addresses cost no more than their length. */
static void test_anything(void **state)
{
	static const char *const parts[] = {"https://", "www.", "m.", "amp/", "/amp", "?", "&",
		"utm_", "=", "#", "#!", "%41", "%", "/", "a", ".b", "index.php", "@", ":80", "\xff",
		"google.com/amp/s/", ".cdn.ampproject.org/c/s/"};
	(void)state;
	struct buffer url = {0};
	srand(3);
	for (int round = 0; round < 20000; round++) {
		buffer_clear(&url);
		buffer_str(&url, STR("https://"));
		for (int i = rand() % 12; i > 0; i--)
			buffer_str(&url,
				str_of(parts[(size_t)rand() % (sizeof parts / sizeof *parts)]));
		struct buffer key = {0};
		link_key(buffer_view(&url), &key);
		buffer_free(&key);
	}
	buffer_clear(&url);
	buffer_str(&url, STR("https://"));
	buffer_repeat(&url, STR("www.@amp/?a=1&"), 100000);
	clock_t start = clock();
	struct buffer key = {0};
	assert_true(link_key(buffer_view(&url), &key));
	assert_true((clock() - start) / (double)CLOCKS_PER_SEC < 1);
	buffer_clear(&url);
	buffer_str(&url, STR("https://"));
	buffer_repeat(&url, STR("www."), 200000);
	buffer_repeat(&url, STR("@"), 200000);
	start = clock();
	link_key(buffer_view(&url), &key);
	assert_true((clock() - start) / (double)CLOCKS_PER_SEC < 1);
	buffer_free(&key);
	buffer_free(&url);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_different),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_anything),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
