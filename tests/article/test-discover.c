/* Which feeds a page tells of, in which order. */
#include "article/discover.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BASE "https://example.org/news/today.html"

static struct discovery look(const char *page)
{
	struct discovery found;
	struct error error;
	if (discover_feeds(
		    str_of(page), STR("text/html; charset=utf-8"), STR(BASE), &found, &error) < 0)
		fail_msg("%s", error.message);
	return found;
}

/* "type url title" of each, a line each. */
static void expect(const char *page, const char *expected)
{
	struct discovery found = look(page);
	struct buffer got = {0};
	for (size_t i = 0; i < found.count; i++)
		buffer_printf(&got, "%s %s %s\n", found.items[i].type, found.items[i].url,
			found.items[i].title);
	assert_string_equal(got.data ? got.data : "", expected);
	buffer_free(&got);
	discover_free(&found);
}

static void test_types(void **state)
{
	(void)state;
	expect("<head><link rel=alternate type='application/rss+xml' title='الأخبار' href='/rss'>"
	       "<link REL='Alternate' TYPE='Application/Atom+XML; charset=utf-8' href=atom.xml>"
	       "<link rel='alternate' type=application/feed+json href=//cdn.example.org/f.json "
	       "title='א &amp; ב'>"
	       "<link rel=alternate type=application/rdf+xml href=?f=rdf>"
	       "<link rel=alternate type=xml/rdf href=../x.rdf></head>",
		"rss https://example.org/rss الأخبار\n"
		"atom https://example.org/news/atom.xml \n"
		"json https://cdn.example.org/f.json א & ב\n"
		"rdf https://example.org/news/today.html?f=rdf \n"
		"rdf https://example.org/x.rdf \n");
}

/* Other alternates, style sheets, interfaces for programs, addresses that are none. */
static void test_no_feeds(void **state)
{
	(void)state;
	expect("<link rel=alternate hreflang=he type=text/html href=/he>"
	       "<link rel='alternate stylesheet' type=text/css href=a.css>"
	       "<link rel='alternate stylesheet' type=application/rss+xml href=/a.xsl>"
	       "<link rel=alternate type=application/json+oembed href=/oembed?x>"
	       "<link rel=alternate type=application/json href=/wp-json/wp/v2/posts/1>"
	       "<link rel=search type=application/opensearchdescription+xml href=/opensearch.xml>"
	       "<link rel=icon type=application/rss+xml href=/i>"
	       "<link rel=alternate type=application/rss+xml href='javascript:alert(1)'>"
	       "<link rel=alternate type=application/rss+xml href='file:///etc/passwd'>"
	       "<link rel=alternate type=application/rss+xml href='mailto:a@b'>"
	       "<link rel=alternate type=application/rss+xml href=''>"
	       "<link rel=alternate type=application/rss+xml>"
	       "<a href=/about>x</a>",
		"");
}

static void test_ranks(void **state)
{
	(void)state;
	expect("<link rel=alternate type=text/xml href=/generic.xml>"
	       "<link rel=alternate type=application/rss+xml title='News &raquo; Comments Feed' "
	       "href=/comments/feed/>"
	       "<link rel=alternate type=application/rss+xml title='تعليقات' href=/c>"
	       "<link rel=alternate type=application/rss+xml title=News href=/feed/>"
	       "<link rel=feed href=/feed2>"
	       "<link rel=alternate type=application/atom+xml title=again href='/feed/#x'>"
	       "<a href=/likely/rss>only where nothing is said</a>",
		"rss https://example.org/feed/ News\n"
		" https://example.org/feed2 \n"
		" https://example.org/generic.xml \n"
		"rss https://example.org/comments/feed/ News » Comments Feed\n"
		"rss https://example.org/c تعليقات\n");
}

static void test_links_in_the_text(void **state)
{
	(void)state;
	expect("<p><a href='/rss/'>خلاصات\n <b>الموقع</b></a> <a "
	       "href=/story/feeding-birds>birds</a>"
	       "<a href='/index.php?feed=rss2'>RSS</a><a href=feed:https://example.org/old>old</a>"
	       "<a href=feed://example.net/rss.xml>older</a>"
	       "<a href='https://reader.example/add/https://example.org/rss'>subscribe</a>"
	       "<a "
	       "href='https://reader.example/add?url=https%3A%2F%2Fexample.org%2Frss'>subscribe</a>"
	       "<a type=application/rss+xml href=/plain>typed</a></p>",
		" https://example.org/rss/ خلاصات الموقع\n"
		" https://example.org/index.php?feed=rss2 RSS\n"
		" http://example.net/rss.xml older\n"
		"rss https://example.org/plain typed\n");
}

static void test_base(void **state)
{
	(void)state;
	expect("<head><base href='https://cdn.example.net/a/'><link rel=alternate "
	       "type=application/rss+xml href=feed></head>",
		"rss https://cdn.example.net/a/feed \n");
	expect("<head><base href=/deep/><base href=/second/><link rel=alternate "
	       "type=application/rss+xml href=feed></head>",
		"rss https://example.org/deep/feed \n");
	expect("<head><base href='javascript:x'><link rel=alternate "
	       "type=application/rss+xml href=feed></head>",
		"rss https://example.org/news/feed \n");
}

static void test_encoding(void **state)
{
	(void)state;
	struct discovery found;
	struct error error;
	/* "أخبار" in windows-1256, which only the page says. */
	const char *page = "<meta charset=windows-1256><title>\xc3\xce\xc8\xc7\xd1</title>"
			   "<link rel=alternate type=application/rss+xml "
			   "title='\xc3\xce\xc8\xc7\xd1' href=/f>";
	assert_int_equal(discover_feeds(str_of(page), STR(""), STR(BASE), &found, &error), 0);
	assert_int_equal(found.count, 1);
	assert_string_equal(found.items[0].title, "أخبار");
	assert_string_equal(found.title, "أخبار");
	discover_free(&found);
	assert_int_equal(
		discover_feeds(STR("\x89PNG\r\n\x1a\n"), STR(""), STR(BASE), &found, &error), -1);
	assert_int_equal(error.status, EX_DATAERR);
}

static void test_most(void **state)
{
	(void)state;
	struct buffer page = {0};
	for (int i = 0; i < 100000; i++)
		buffer_printf(&page,
			"<link rel=alternate type=application/rss+xml href=/%d "
			"title='\x1b[2J\xc2\x9b%d'>",
			i, i);
	struct discovery found = look(page.data);
	assert_int_equal(found.count, DISCOVER_MOST);
	assert_string_equal(found.items[99].url, "https://example.org/99");
	assert_string_equal(found.items[99].title, "[2J99");
	discover_free(&found);
	buffer_free(&page);
}

static void test_json(void **state)
{
	(void)state;
	struct discovery found =
		look("<title> أخبار\n اليوم</title><link rel=alternate type=application/rss+xml "
		     "title='\"x\" \\ &lt;ب&gt;' href=/f>");
	struct buffer out = {0};
	struct error error;
	assert_int_equal(discover_write(&found, &out, &error), 0);
	json_t *page = json_loads(out.data, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(page, "title")), "أخبار اليوم");
	const json_t *list = json_object_get(page, "feeds");
	assert_int_equal(json_array_size(list), 1);
	const json_t *item = json_array_get(list, 0);
	assert_string_equal(
		json_string_value(json_object_get(item, "url")), "https://example.org/f");
	assert_string_equal(json_string_value(json_object_get(item, "title")), "\"x\" \\ <ب>");
	assert_string_equal(json_string_value(json_object_get(item, "type")), "rss");
	json_decref(page);
	buffer_free(&out);
	discover_free(&found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_no_feeds),
		cmocka_unit_test(test_ranks),
		cmocka_unit_test(test_links_in_the_text),
		cmocka_unit_test(test_base),
		cmocka_unit_test(test_encoding),
		cmocka_unit_test(test_most),
		cmocka_unit_test(test_json),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
