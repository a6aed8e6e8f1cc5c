/* Lists of feeds, as programs write them. */
#include "feed/opml.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants the headers above first. */
#include <cmocka.h>

static const char *const list =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- exported -->\n"
	"<opml version=\"2.0\"><head><title>My &amp; "
	"feeds</title><dateCreated>x</dateCreated></head><body>"
	"<outline text=\"أخبار\"><outline type=\"RSS\" text=\"One\" title=\"الأولى\" xmlUrl=\" "
	"http://e.org/1?a=1&amp;b=2 \""
	" htmlUrl=\"http://e.org/\" description=\"D\" language=\"ar\" "
	"category=\"/tech/web,/news,plain\"/>"
	"<outline title=\"Deep\"><outline text=\"Two\" "
	"xmlurl=\"http://e.org/2\"/></outline></outline>"
	"<outline text=\"Three &amp;amp; more\" xmlUrl=\"feed://e.org/3\"><outline text=\"Four\" "
	"type=\"atom\""
	" url=\"http://e.org/4\"/></outline><outline text=\"no feed\" type=\"link\" "
	"url=\"http://e.org/l\"/>"
	"<outline text=\"\"><outline xmlUrl=\"http://e.org/5\"/></outline></body></opml>";

static void test_list(void **state)
{
	(void)state;
	struct opml opml;
	struct error error = {0};
	assert_int_equal(opml_parse(str_of(list), &opml, &error), 0);
	assert_string_equal(opml.title, "My & feeds");
	assert_false(opml.mended);
	assert_int_equal(opml.count, 5);
	const struct opml_outline *o = opml.items;
	assert_string_equal(o[0].title, "الأولى");
	assert_string_equal(o[0].xml_url, "http://e.org/1?a=1&b=2");
	assert_string_equal(o[0].html_url, "http://e.org/");
	assert_string_equal(o[0].type, "rss");
	assert_string_equal(o[0].description, "D");
	assert_string_equal(o[0].language, "ar");
	assert_int_equal(o[0].folder_count, 1);
	assert_string_equal(o[0].folders[0], "أخبار");
	assert_int_equal(o[0].tag_count, 3);
	assert_string_equal(o[0].tags[0], "tech/web");
	assert_string_equal(o[0].tags[2], "plain");
	assert_int_equal(o[1].folder_count, 2);
	assert_string_equal(o[1].folders[1], "Deep");
	assert_string_equal(o[1].title, "Two");
	assert_string_equal(o[2].title, "Three & more");
	assert_string_equal(o[2].xml_url, "feed://e.org/3");
	assert_int_equal(o[2].folder_count, 0);
	assert_string_equal(o[3].xml_url, "http://e.org/4");
	assert_string_equal(o[4].title, "");
	opml_free(&opml);
}

static void test_json(void **state)
{
	(void)state;
	struct opml opml;
	struct buffer out = {0};
	assert_int_equal(opml_parse(str_of(list), &opml, NULL), 0);
	assert_int_equal(opml_write_json(&opml, &out, NULL), 0);
	json_t *root = json_loadb(out.data, out.len, 0, NULL);
	assert_int_equal(json_array_size(root), 5);
	const json_t *first = json_array_get(root, 0);
	assert_string_equal(
		json_string_value(json_object_get(first, "url")), "http://e.org/1?a=1&b=2");
	assert_string_equal(json_string_value(json_object_get(first, "title")), "الأولى");
	assert_int_equal(json_array_size(json_object_get(first, "tags")), 4);
	assert_int_equal(json_array_size(json_object_get(first, "folders")), 1);
	assert_null(json_object_get(json_array_get(root, 4), "html_url"));
	json_decref(root);
	buffer_free(&out);
	opml_free(&opml);
}

static void test_broken(void **state)
{
	(void)state;
	struct opml opml;
	const char *text =
		"junk <opml version=1.0><body><outline text='a & b' xmlUrl='http://e.org/?x&y'>"
		"<outline text='f'><outline text='c' xmlUrl=http://e.org/2";
	assert_int_equal(opml_parse(str_of(text), &opml, NULL), 0);
	assert_true(opml.mended);
	assert_int_equal(opml.count, 1);
	assert_string_equal(opml.items[0].title, "a & b");
	assert_string_equal(opml.items[0].xml_url, "http://e.org/?x&y");
	opml_free(&opml);
}

static void test_deep_and_many(void **state)
{
	(void)state;
	struct opml opml;
	struct buffer text = {0};
	buffer_str(&text, STR("<opml><body>"));
	buffer_repeat(&text, STR("<outline text='f'>"), 5000);
	buffer_str(&text, STR("<outline xmlUrl='http://e.org/lost'/>"));
	buffer_repeat(&text, STR("</outline>"), 5000);
	for (int i = 0; i < OPML_MAX + 5; i++)
		buffer_printf(&text, "<outline text='%d' xmlUrl='http://e.org/%d'/>", i, i);
	buffer_str(&text, STR("</body></opml>"));
	assert_int_equal(opml_parse(buffer_view(&text), &opml, NULL), 0);
	assert_int_equal(opml.count, OPML_MAX);
	assert_int_equal(opml.items[OPML_MAX - 1].folder_count, 0);
	assert_true(opml.mended);
	opml_free(&opml);
	buffer_free(&text);
}

static void test_refused(void **state)
{
	static const char *const cases[] = {
		"", "x", "<rss version='2.0'/>", "<html/>", "{}", "<opml"};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct opml opml;
		struct error error = {0};
		assert_int_equal(opml_parse(str_of(cases[i]), &opml, &error), -1);
		assert_int_equal(error.status, EX_DATAERR);
		assert_null(opml.memory);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_deep_and_many),
		cmocka_unit_test(test_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
