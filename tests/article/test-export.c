/* An article as text, Markdown and HTML; what an address really is; the start of a long one. */
#include "article/address.h"
#include "article/export.h"
#include "article/part.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- exports ---- */

static char *exported(const char *html, enum export_format format, bool links)
{
	struct buffer out = {0};
	struct document *body = document_from_html_in(str_of(html), STR("en"), TEXT_AUTO, NULL);
	assert_non_null(body);
	struct document *tail = links ? document_links(body, NULL) : NULL;
	const struct export_source source = {.body = body,
		.tail = tail,
		.title = STR("a < b"),
		.html = str_of(html),
		.url = STR("https://a.example/?a=1&b=2"),
		.language = STR("ar"),
		.direction = TEXT_RTL};
	export_write(&source, format, &out);
	document_free(tail);
	document_free(body);
	char *text = out.len > 0 ? buffer_take(&out) : strdup("");
	assert_non_null(text);
	return text;
}

static void expect(enum export_format format, const char *html, const char *expected)
{
	char *text = exported(html, format, false);
	if (strcmp(text, expected) != 0)
		fail_msg("%s\ngives\n%sinstead of\n%s", html, text, expected);
	free(text);
}

static void test_text(void **state)
{
	(void)state;
	const enum export_format f = EXPORT_TEXT;
	expect(f, "<h2>a</h2><p>b<br>c</p>", "a\n\nb\nc\n");
	expect(f, "<ol type=I><li>a<ul><li>b</ul><li>c</ol>", "I. a\n  - b\nII. c\n");
	expect(f, "<blockquote cite='http://x.example'>a</blockquote><hr>",
		"> a\n> — x.example\n\n---\n");
	expect(f, "<table><tr><th>a<th>b<tr><td rowspan=2>c<br>d<td>e<tr><td>f</table>",
		"a | b\nc d | e\n | f\n");
	expect(f, "<dl><dt>a<dd>b</dl>", "a\n  b\n");
	char *text = exported("<p><a href='http://x.example/y'>z</a>", f, true);
	assert_string_equal(text, "z\n\nLinks\n\n1. z\nhttp://x.example/y\n");
	free(text);
}

static void test_markdown(void **state)
{
	(void)state;
	const enum export_format f = EXPORT_MARKDOWN;
	expect(f, "<h3>a</h3><p>b<br>c</p>", "### a\n\nb\\\nc\n");
	expect(f, "<p><b>a</b> <i>b</i> <del>c</del> <code>d`e</code></p>",
		"**a** *b* ~~c~~ ``d`e``\n");
	expect(f, "<p>*a* _b_ [c] `d` 1 < 2 & #x",
		"\\*a\\* \\_b\\_ \\[c\\] \\`d\\` 1 \\< 2 \\& #x\n");
	expect(f, "<p># a<br>- b<br>12. c<br>d. e", "\\# a\\\n\\- b\\\n12\\. c\\\nd. e\n");
	expect(f, "<p><a href='http://x.example/(a)'>t</a>", "[t](<http://x.example/(a)>)\n");
	expect(f, "<p><img src='http://x.example/a.jpg' alt='b'>",
		"![b](<http://x.example/a.jpg>)\n");
	expect(f, "<p><a href='#n'>1</a><p id=n>x", "1\n\nx\n");
	expect(f, "<ol start=4><li>a<ul><li>b<p>c</ul><li>d</ol>e",
		"4. a\n    -   b\n\n        c\n\n5. d\n\ne\n");
	expect(f, "<dl><dt>a<dd>b</dl>", "**a**\n\nb\n");
	expect(f, "<blockquote>a<p>b<blockquote>c</blockquote></blockquote>d",
		"> a\n> \n> b\n> \n> > c\n\nd\n");
	expect(f, "<pre>a\n```\n*b*</pre>", "````\na\n```\n*b*\n````\n");
	expect(f, "<table><tr><td>a|b<td>c<br>d<tr><td colspan=2>e</table>",
		"| a\\|b | c<br>d |\n| --- | --- |\n| e |  |\n");
	expect(f, "<table><tr><td>a<td>b</table><table><tr><td>c<td>d</table>",
		"| a | b |\n| --- | --- |\n\n| c | d |\n| --- | --- |\n");
}

static void test_html(void **state)
{
	(void)state;
	expect(EXPORT_HTML, "<p>a</p>",
		"<!DOCTYPE html>\n<html lang=\"ar\" dir=\"rtl\">\n<head>\n<meta "
		"charset=\"utf-8\">\n"
		"<title>a &lt; b</title>\n"
		"<link rel=\"canonical\" href=\"https://a.example/?a=1&amp;b=2\">\n"
		"</head>\n<body>\n<article>\n<p>a</p>\n</article>\n</body>\n</html>\n");
}

static void test_formats(void **state)
{
	(void)state;
	assert_int_equal(export_format_of(STR("a.md")), EXPORT_MARKDOWN);
	assert_int_equal(export_format_of(STR("a.HTML")), EXPORT_HTML);
	assert_int_equal(export_format_of(STR("a.txt")), EXPORT_TEXT);
	assert_int_equal(export_format_of(STR(".md")), EXPORT_TEXT);
	assert_int_equal(export_format_of(STR("")), EXPORT_TEXT);
	assert_true(export_is_epub(STR("a.EPUB")));
	assert_false(export_is_epub(STR(".epub")));
	assert_false(export_is_epub(STR("a.epub.md")));
}

/* ---- addresses ---- */

static void test_addresses(void **state)
{
	(void)state;
	static const struct {
		const char *url, *host;
		unsigned doubts;
	} samples[] = {
		{"https://news.example/a?b#c", "news.example", 0},
		{"http://News.example:8080", "News.example", ADDRESS_PLAIN},
		{"https:\\\\a.example\\@b.example/", "a.example", 0},
		{"https://bank.example@evil.example/", "evil.example", ADDRESS_USER},
		{"https://a@b@c.example", "c.example", ADDRESS_USER},
		{"https://[::1]:80/x", "[::1]", 0},
		{"https://xn--mgbh0fb.example/", "مثال.example", ADDRESS_ENCODED},
		{"https://مثال.example/", "مثال.example", ADDRESS_ENCODED},
		/* Cyrillic that reads as Latin; Latin and Cyrillic in a label; no punycode at all.
		 */
		{"https://xn--80ak6aa92e.example", "аррӏе.example",
			ADDRESS_ENCODED | ADDRESS_MIXED},
		{"https://p\u0430ypal.example", "p\u0430ypal.example",
			ADDRESS_ENCODED | ADDRESS_MIXED},
		{"https://xn--a.example", "xn--a.example", ADDRESS_ENCODED | ADDRESS_INVALID},
		{"https://a.example/\u202Egpj.exe", "a.example", ADDRESS_CONTROLS},
		{"https://a\u200Bb.example/", "ab.example", ADDRESS_ENCODED | ADDRESS_CONTROLS},
		{"mailto:x@y.example?subject=z", "x@y.example", 0},
		{"https://", "", 0},
		{"", "", 0},
	};
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct buffer host = {0};
		address_host(str_of(samples[i].url), &host);
		if (!str_equal(buffer_view(&host), str_of(samples[i].host)))
			fail_msg("%s: host %s", samples[i].url, host.data ? host.data : "");
		if (address_doubts(str_of(samples[i].url)) != samples[i].doubts)
			fail_msg("%s: doubts %u", samples[i].url,
				address_doubts(str_of(samples[i].url)));
		buffer_free(&host);
	}
	struct buffer text = {0};
	address_write(STR("https://a.example/\u202Eb c\u0645"), &text);
	assert_string_equal(text.data, "https://a.example/%E2%80%AEb%20c\u0645");
	buffer_free(&text);
}

/* ---- the start of a long article ---- */

static void expect_part(const char *html, size_t most, size_t expected)
{
	assert_int_equal(part_of(str_of(html), most), expected);
}

static void test_parts(void **state)
{
	(void)state;
	expect_part("<p>a</p><p>b</p>", 100, 16);
	expect_part("<p>a</p><p>b</p>", 10, 8);
	expect_part("<p>a<br>b</p><hr><p>b</p>", 20, 17);
	expect_part("<p title=\"</p>\">a</p><p>b</p>", 24, 21);
	expect_part("<ul><li>a</li><li>b</li></ul><p>c</p>", 20, 37); /* no place to cut */
	expect_part("</p><p>a</p><p>b</p>", 12, 20); /* not what a sanitiser writes */
	expect_part("<p>a</p><p", 9, 8);
	expect_part("", 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_markdown),
		cmocka_unit_test(test_html),
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_parts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
