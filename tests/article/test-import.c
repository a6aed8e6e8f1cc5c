/* Pages of many shapes, each beside what it must import as (pages/NAME.json). */
#include "article/import.h"
#include "base/buffer.h"

#include <gumbo.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
/* cmocka wants the four headers above first. */
#include <cmocka.h>
#include <glob.h>

static const char *source_path(const char *rest)
{
	static char path[1024];
	const char *top = getenv("KHABAR_SOURCE");
	snprintf(path, sizeof path, "%s/%s", top ? top : ".", rest);
	return path;
}

static struct buffer read_file(const char *path)
{
	struct buffer bytes = {0};
	char piece[4096];
	FILE *file = fopen(path, "rb");
	if (!file)
		fail_msg("cannot open %s", path);
	for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;)
		buffer_add(&bytes, piece, n);
	fclose(file);
	return bytes;
}

static struct import_article import_ok(struct str bytes, const char *name)
{
	struct import_article article;
	struct error error = {0};
	if (import_article(bytes, STR(""), STR("file"), &article, &error) < 0)
		fail_msg("%s: %s", name, error.message);
	return article;
}

/* ---- paragraphs of the result, read back with a tree builder ---- */

static void add_text(const GumboNode *node, struct buffer *out)
{
	if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE)
		buffer_str(out, str_of(node->v.text.text));
	if (node->type != GUMBO_NODE_ELEMENT)
		return;
	const GumboVector *children = &node->v.element.children;
	for (unsigned i = 0; i < children->length; i++)
		add_text(children->data[i], out);
}

static bool is_paragraph(const GumboNode *node)
{
	static const GumboTag tags[] = {GUMBO_TAG_P, GUMBO_TAG_LI, GUMBO_TAG_H2, GUMBO_TAG_H3,
		GUMBO_TAG_FIGCAPTION, GUMBO_TAG_PRE};
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
		if (node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tags[i])
			return true;
	}
	return false;
}

static void add_paragraphs(const GumboNode *node, json_t *list)
{
	if (is_paragraph(node)) {
		struct buffer text = {0};
		add_text(node, &text);
		json_array_append_new(list, json_string(buffer_view(&text).ptr));
		buffer_free(&text);
		return;
	}
	if (node->type != GUMBO_NODE_ELEMENT)
		return;
	const GumboVector *children = &node->v.element.children;
	for (unsigned i = 0; i < children->length; i++)
		add_paragraphs(children->data[i], list);
}

static json_t *paragraphs_of(const char *html)
{
	json_t *list = json_array();
	GumboOutput *output = gumbo_parse(html);
	add_paragraphs(output->root, list);
	gumbo_destroy_output(&kGumboDefaultOptions, output);
	return list;
}

/* ---- one page ---- */

static void check_string(const json_t *expected, const char *key, const char *got, const char *name)
{
	const char *want = json_string_value(json_object_get(expected, key));
	if (want && strcmp(want, got) != 0)
		fail_msg("%s: %s is \"%s\", not \"%s\"", name, key, got, want);
}

static void check_date(const json_t *expected, int64_t got, const char *name)
{
	char text[32] = "";
	time_t when = (time_t)got;
	const json_t *want = json_object_get(expected, "date");
	if (json_is_null(want)) {
		if (got != INT64_MIN)
			fail_msg("%s: has a date, but says none", name);
		return;
	}
	if (got != INT64_MIN)
		strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime(&when));
	check_string(expected, "date", text, name);
}

static void check_paragraphs(const json_t *expected, const char *html, const char *name)
{
	const json_t *want = json_object_get(expected, "paragraphs");
	json_t *got = paragraphs_of(html);
	for (size_t i = 0; i < json_array_size(want) || i < json_array_size(got); i++) {
		const char *a = json_string_value(json_array_get(want, i));
		const char *b = json_string_value(json_array_get(got, i));
		if (!a || !b || strcmp(a, b) != 0)
			fail_msg("%s: paragraph %zu is \"%s\", not \"%s\"", name, i, b ? b : "(none)",
					a ? a : "(none)");
	}
	json_decref(got);
}

static void check_strings(const json_t *expected, const struct import_article *a, const char *name)
{
	const char *fields[] = {a->title, a->section, a->summary, a->html};
	json_t *value;
	size_t i;
	json_array_foreach(json_object_get(expected, "absent"), i, value) {
		for (size_t k = 0; k < 4; k++) {
			if (strstr(fields[k], json_string_value(value)))
				fail_msg("%s: \"%s\" is left", name, json_string_value(value));
		}
	}
	json_array_foreach(json_object_get(expected, "contains"), i, value) {
		if (!strstr(a->html, json_string_value(value)))
			fail_msg("%s: no %s", name, json_string_value(value));
	}
}

static void check_page(const char *page, const json_t *expected)
{
	struct buffer bytes = read_file(page);
	struct import_article a = import_ok(buffer_view(&bytes), page);
	check_string(expected, "title", a.title, page);
	check_string(expected, "section", a.section, page);
	check_string(expected, "summary", a.summary, page);
	check_string(expected, "author", a.author, page);
	check_string(expected, "site", a.site, page);
	check_string(expected, "guid", a.guid, page);
	check_string(expected, "language", a.language, page);
	check_string(expected, "direction", a.direction == TEXT_RTL ? "rtl" : "ltr", page);
	check_date(expected, a.published, page);
	check_paragraphs(expected, a.html, page);
	check_strings(expected, &a, page);
	import_article_free(&a);
	buffer_free(&bytes);
}

static void test_pages(void **state)
{
	glob_t found;
	(void)state;
	assert_int_equal(glob(source_path("tests/article/pages/*.json"), 0, NULL, &found), 0);
	assert_true(found.gl_pathc >= 13);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		json_error_t problem;
		char page[1024];
		json_t *expected = json_load_file(found.gl_pathv[i], 0, &problem);
		if (!expected)
			fail_msg("%s: %s", found.gl_pathv[i], problem.text);
		int stem = (int)strlen(found.gl_pathv[i]) - 5;
		snprintf(page, sizeof page, "%.*s.txt", stem, found.gl_pathv[i]);
		FILE *file = fopen(page, "rb");
		if (file)
			fclose(file);
		else
			snprintf(page, sizeof page, "%.*s.html", stem, found.gl_pathv[i]);
		check_page(page, expected);
		json_decref(expected);
	}
	globfree(&found);
}

/* ---- the scraped pages beside the source, where they are ---- */

static bool is_form_line(const char *line)
{
	return strstr(line, "اترك تعليق") || strstr(line, "بريدك الإلكتروني") ||
		strstr(line, "الذهاب إلى الأعلى");
}

/* Every line between the headline and the comment form is there, in order, and nothing else. */
static void check_seed(const char *path)
{
	struct buffer bytes = read_file(path);
	struct import_article a = import_ok(buffer_view(&bytes), path);
	struct import_article again = import_ok(buffer_view(&bytes), path);
	assert_string_equal(a.guid, again.guid);
	json_t *got = paragraphs_of(a.html);
	struct str rest = buffer_view(&bytes), line;
	bool body = false, summary = false;
	size_t at = 0;
	while (str_split(&rest, '\n', &line)) {
		line = str_trim(line);
		char *text = str_dup(line);
		assert_non_null(text);
		if (is_form_line(text)) {
			free(text);
			break;
		}
		if (body && line.len > 0 && !summary && a.summary[0]) {
			assert_string_equal(text, a.summary);
			summary = true;
		} else if (body && line.len > 0) {
			assert_string_equal(text, json_string_value(json_array_get(got, at++)));
		}
		body |= strstr(text, " | ") != NULL;
		free(text);
	}
	assert_true(body);
	assert_true(at > 2);
	assert_int_equal(at, json_array_size(got));
	assert_string_equal(a.language, "ar");
	assert_int_equal(a.direction, TEXT_RTL);
	assert_true(a.published == INT64_MIN);
	assert_true(a.section[0] != '\0');
	assert_null(strstr(a.title, "|"));
	json_decref(got);
	import_article_free(&a);
	import_article_free(&again);
	buffer_free(&bytes);
}

static void test_seeds(void **state)
{
	glob_t found;
	(void)state;
	if (glob(source_path("../shared/seed/*.txt"), 0, NULL, &found) != 0) {
		print_message("# no scraped pages beside the source: skipped\n");
		skip();
	}
	for (size_t i = 0; i < found.gl_pathc; i++)
		check_seed(found.gl_pathv[i]);
	globfree(&found);
}

/* ---- bytes that are no page ---- */

static void check_refused(struct str bytes, const char *reason)
{
	struct import_article article;
	struct error error = {0};
	assert_int_equal(import_article(bytes, STR(""), STR("x"), &article, &error), -1);
	assert_int_equal(error.status, EX_DATAERR);
	if (!strstr(error.message, reason))
		fail_msg("\"%s\" does not say %s", error.message, reason);
	assert_null(article.html);
}

static void test_refused(void **state)
{
	(void)state;
	check_refused(STR(""), "empty");
	check_refused(STR(" \r\n\t \xc2\xa0\n"), "empty");
	check_refused(STR("\xef\xbb\xbf"), "empty");
	check_refused(STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "PNG");
	check_refused(STR("PK\3\4\24\0\0\0\10\0"), "ZIP");
	check_refused(STR("\x1f\x8b\10\0\0\0\0\0"), "gzip");
	check_refused(STR("abc\0def ghi\0\1\2\3"), "binary");
	check_refused(STR("<html><body></body></html>"), "no article");
	check_refused(STR("<html><script>var x = 'a long text, with commas';</script></html>"),
			"no article");
	check_refused(STR("زر الذهاب إلى الأعلى\n"), "no article");
}

static void test_short(void **state)
{
	(void)state;
	struct import_article a = import_ok(STR("خبر"), "short");
	assert_string_equal(a.title, "file");
	assert_string_equal(a.html, "<p>خبر</p>\n");
	assert_int_equal(a.direction, TEXT_RTL);
	import_article_free(&a);
	a = import_ok(STR("<p>Just one."), "short");
	assert_string_equal(a.html, "<p>Just one.</p>\n");
	import_article_free(&a);
}

/* ---- hostile pages: bounded in time and stack ---- */

static void repeat(struct buffer *page, const char *piece, size_t times)
{
	buffer_repeat(page, str_of(piece), times);
}

static void check_survives(struct buffer *page, const char *piece, const char *text)
{
	assert_false(page->failed);
	struct import_article article;
	struct error error = {0};
	if (import_article(buffer_view(page), STR("text/html"), STR("x"), &article, &error) < 0) {
		assert_int_equal(error.status, EX_DATAERR);
		if (text)
			fail_msg("after many %s: %s", piece, error.message);
	} else if (text && !strstr(article.html, text)) {
		fail_msg("after many %s the text is gone", piece);
	}
	import_article_free(&article);
	buffer_free(page);
}

static void test_hostile(void **state)
{
	static const char *const pieces[] = {"<div>", "<b>", "<a href=x>", "<table><tr><td>",
		"<ul><li>", "<blockquote>", "<span dir=rtl>", "<p><b><i><u><s>", "<svg>", "<select>",
		"<x-y>", "<button>", "</p>", "</br>", "<script>", "<div><table></div>", "<!--", "<![",
		"<div><td></div>", "<b id=1><p>", "&", "&#", "<a b='", "<font color=1><div>", "|", " | ",
		"<li>", "<h1>", "<meta name=a content=b>", "<q>", "<bdo dir=rtl>", "\xe2\x80\xaa"};
	const char *text = "A sentence that must come through, whatever was there before it.";
	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct buffer page = {0};
		repeat(&page, pieces[i], 100000);
		buffer_str(&page, str_of(text));
		/* Inside of these there is no text, or it is the title. */
		bool swallows = strstr("<script> <!-- <![ <select> <button> <h1> <a b='", pieces[i]);
		check_survives(&page, pieces[i], swallows || strlen(pieces[i]) < 3 ? NULL : text);
	}
}

static void test_no_controls(void **state)
{
	(void)state;
	struct import_article a = import_ok(
			STR("<title>A\x1b[31mred\xc2\x9b title here</title><h1>A\x1b[31mred\xc2\x9b title "
			    "here</h1><p lang='\x1b]0;x'>One\x07 two \xe2\x80\xaethree, and then a few words "
			    "more to make a paragraph.</p><p>The next one, with a <a href='http://a.example/"
			    "\x1b[2J'>link</a>.</p>"), "controls");
	for (const char *fields[] = {a.title, a.html, a.guid, a.language}, **f = fields; f < fields + 4;
			f++) {
		for (const unsigned char *c = (const unsigned char *)*f; *c; c++) {
			assert_true(*c >= 0x20 || *c == '\n');
			assert_false(c[0] == 0xC2 && c[1] < 0xA0);
		}
	}
	const char *override = strstr(a.html, "\xe2\x80\xae");
	assert_non_null(override);
	assert_non_null(strstr(override, "\xe2\x80\xac</p>"));
	import_article_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_seeds),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_short),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_no_controls),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
