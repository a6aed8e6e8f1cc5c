/* khabar parse, the built program: files, options, exit statuses, what it links. */
#include "../command/program.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
/* cmocka wants the headers above first. */
#include <cmocka.h>

static const char feed[] =
	"<rss "
	"version='2.0'><channel><title>T</title><item><title>خبر</title><link>one</link></item>"
	"</channel></rss>";

static void check_feed(struct str out, const char *url)
{
	json_error_t error;
	json_t *root = json_loadb(out.ptr, out.len, 0, &error);
	if (!root)
		fail_msg("%s: %.*s", error.text, STR_ARG(out));
	const json_t *item = json_array_get(json_object_get(root, "items"), 0);
	assert_string_equal(json_string_value(json_object_get(root, "version")),
		"https://jsonfeed.org/version/1.1");
	assert_string_equal(json_string_value(json_object_get(item, "title")), "خبر");
	const char *is = json_string_value(json_object_get(item, "url"));
	assert_string_equal(is ? is : "", url);
	json_decref(root);
}

static void test_file(void **state)
{
	(void)state;
	const char *name = program_file("feed.xml", str_of(feed));
	struct run run = khabar("parse", name, NULL);
	assert_run(run, 0);
	check_feed(run.out, "");
	run = khabar("parse", "--base-url", "http://e.org/a/", name, NULL);
	assert_run(run, 0);
	check_feed(run.out, "http://e.org/a/one");
	run = khabar("parse", name, "--base-url=http://e.org/a/",
		"--content-type=text/xml; charset=utf-8", NULL);
	assert_run(run, 0);
	check_feed(run.out, "http://e.org/a/one");
}

static void test_standard_input(void **state)
{
	(void)state;
	struct run run = khabar_fed(str_of(feed), "parse", "-", NULL);
	assert_run(run, 0);
	check_feed(run.out, "");
}

static void test_name_like_an_option(void **state)
{
	(void)state;
	program_file("--x", str_of(feed));
	struct run run = khabar("parse", "--", "--x", NULL);
	assert_run(run, 0);
	check_feed(run.out, "");
}

static void test_content_type(void **state)
{
	(void)state;
	struct str bytes =
		STR("<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><item><title>"
		    "\xCE\xC8\xD1</title></item></channel></rss>");
	const char *name = program_file("ar.xml", bytes);
	struct run run =
		khabar("parse", "--content-type", "text/xml; charset=windows-1256", name, NULL);
	assert_run(run, 0);
	check_feed(run.out, "");
	assert_holds(run.out, "\"encoding\":\"windows-1256\"");
}

static void test_statuses(void **state)
{
	(void)state;
	struct run run = khabar("parse", program_file("page.html", STR("<html><p>x</html>")), NULL);
	assert_run(run, 65);
	assert_message(run);
	run = khabar("parse", program_file("list.opml", STR("<opml version='2.0'><body/></opml>")),
		NULL);
	assert_run(run, 65);
	assert_message(run);
	assert_holds(run.err, "khabar import");
	run = khabar("parse", "nothing.xml", NULL);
	assert_run(run, 66);
	assert_message(run);
	run = khabar("parse", ".", NULL);
	assert_run(run, 66);
	run = khabar("parse", NULL);
	assert_run(run, 64);
	run = khabar("parse", "a", "b", NULL);
	assert_run(run, 64);
	run = khabar("parse", "--nonsense", "a", NULL);
	assert_run(run, 64);
	run = khabar("parse", program_file("empty.xml", STR("<rss/>")), NULL);
	assert_run(run, 0);
}

/* Names come from outside, too: they reach the terminal clean. */
static void test_hostile_name(void **state)
{
	(void)state;
	struct run run = khabar("parse", "a\x1b]0;x\x07\xE2\x80\xAE.xml", NULL);
	assert_run(run, 66);
	assert_no_controls(run.err);
}

static void test_help(void **state)
{
	(void)state;
	struct run run = khabar("parse", "--help", NULL);
	assert_run(run, 0);
	assert_holds(run.out, "--base-url URL");
	assert_holds(run.out, "--content-type MIME");
	run = khabar("--help", NULL);
	assert_holds(run.out, "  parse ");
}

static void test_helper(void **state)
{
	(void)state;
	const char *name = program_file("feed.xml", str_of(feed));
	setenv("KHABAR_FETCH", "/nowhere/khabar-fetch", 1);
	struct run run = khabar("parse", name, NULL);
	unsetenv("KHABAR_FETCH");
	assert_run(run, 69);
	assert_message(run);
	const char *script =
		program_file("stand-in", STR("#!/bin/sh\nfor a; do echo \"<$a>\"; done\nexit 7\n"));
	chmod(script, 0700);
	char path[1024];
	assert_non_null(getcwd(path, sizeof path - 20));
	strncat(path, "/stand-in", 20);
	setenv("KHABAR_FETCH", path, 1);
	run = khabar("parse", "--base-url", "a b", "x; y", NULL);
	unsetenv("KHABAR_FETCH");
	assert_run(run, 7);
	assert_holds(run.out, "<parse>\n<--base-url>\n<a b>\n<-->\n<x; y>\n");
}

/* The reader starts fast because it links neither the XML parser nor what fetches. */
static void test_links(void **state)
{
	(void)state;
	struct run run = other_fed(STR(""), "ldd", getenv("KHABAR"), NULL);
	assert_run(run, 0);
	assert_holds(run.out, "libc.so");
	assert_lacks(run.out, "libxml2");
	assert_lacks(run.out, "libcurl");
}

/* xmllint finds the same titles in a well-formed feed. */
static void test_xmllint(void **state)
{
	(void)state;
	struct buffer text = {0};
	buffer_str(&text, STR("<rss version='2.0'><channel><title>All &#x627; &amp; "
			      "<![CDATA[<x>]]></title>"));
	for (int i = 0; i < 20; i++)
		buffer_printf(
			&text, "<item><title>Title %d &lt; &#%d;</title></item>", i, 0x5D0 + i);
	buffer_str(&text, STR("</channel></rss>"));
	const char *name = program_file("good.xml", buffer_view(&text));
	struct run lint =
		other_fed(STR(""), "xmllint", "--xpath", "//item/title/text()", name, NULL);
	assert_run(lint, 0);
	size_t lines = count_lines(lint.out);
	struct run run = khabar("parse", name, NULL);
	assert_run(run, 0);
	json_t *root = json_loadb(run.out.ptr, run.out.len, 0, NULL);
	assert_int_equal(json_array_size(json_object_get(root, "items")), 20);
	assert_true(lines >= 19);
	for (size_t i = 0; i < 20; i++) {
		char path[64];
		snprintf(path, sizeof path, "string(//item[%zu]/title)", i + 1);
		lint = other_fed(STR(""), "xmllint", "--xpath", path, name, NULL);
		const json_t *item = json_array_get(json_object_get(root, "items"), i);
		assert_true(str_equal(str_trim(lint.out),
			str_of(json_string_value(json_object_get(item, "title")))));
	}
	json_decref(root);
	buffer_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_standard_input),
		cmocka_unit_test(test_name_like_an_option),
		cmocka_unit_test(test_content_type),
		cmocka_unit_test(test_statuses),
		cmocka_unit_test(test_hostile_name),
		cmocka_unit_test(test_help),
		cmocka_unit_test(test_helper),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_xmllint),
	};
	return cmocka_run_group_tests(tests, program_setup, program_teardown);
}
