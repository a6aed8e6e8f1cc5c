/* Hostile and crooked HTML: what may come out, and that all of it does. */
#include "article/sanitize.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants the headers above first. */
#include <cmocka.h>

static struct buffer clean(struct str html)
{
	struct html_tree tree;
	struct buffer out = {0};
	struct error error = {0};
	struct sanitize_options options = {.base_url = STR("https://a.example/b/c.html"),
		.direction = TEXT_LTR, .language = STR("en")};
	if (html_parse(html, &tree, &error) < 0 ||
			sanitize_tree(&tree, 0, &options, &out, &error) < 0)
		fail_msg("%s", error.message);
	html_free(&tree);
	return out;
}

static const struct {
	const char *from, *to;
} cases[] = {
	{"<p onclick=x()>a<script>b</script>c", "<p>ac</p>\n"},
	{"<a href=\"javascript:alert(1)\">x</a>", "<p>x</p>\n"},
	{"<a href=\" java\nscript:alert(1)\">x</a>", "<p>x</p>\n"},
	{"<a href=\"&#106;avascript:x\">x</a>", "<p>x</p>\n"},
	{"<a href=\"data:text/html,x\">x</a>", "<p>x</p>\n"},
	{"<a href=d.html#e>x</a>", "<p><a href=\"https://a.example/b/d.html#e\">x</a></p>\n"},
	{"<a href='../../x/./y/../z'>x</a>", "<p><a href=\"https://a.example/x/z\">x</a></p>\n"},
	{"<a href=//h.example>x</a>", "<p><a href=\"https://h.example/\">x</a></p>\n"},
	{"<a href='?q=\"<b>'>x</a>",
		"<p><a href=\"https://a.example/b/c.html?q=%22%3Cb%3E\">x</a></p>\n"},
	{"<a href=mailto:me@a.example>x</a>", "<p><a href=\"mailto:me@a.example\">x</a></p>\n"},
	{"<a href='http://a.example/\x1b]0;x\x07'>x</a>",
		"<p><a href=\"http://a.example/]0;x\">x</a></p>\n"},
	{"<style>p{}</style><iframe src=x>y</iframe><form>a<input value=b><textarea>c</textarea></form>",
		"<p>a</p>\n"},
	{"<div>a<div>b</div>c</div>", "<p>a</p>\n<p>b</p>\n<p>c</p>\n"},
	{"<b>a<p>b</b>c", "<p><b>a</b></p>\n<p><b>b</b>c</p>\n"},
	{"a<br>b<br><br>c<br>", "<p>a<br>b</p>\n<p>c</p>\n"},
	{"<b>a<br><br>b</b>", "<p><b>a</b></p>\n<p><b>b</b></p>\n"},
	{"<ol start=4 reversed type=a onload=x><li>a<li value=9>b<p>c</ol>",
		"<ol start=\"4\" reversed type=\"a\"><li>a</li>\n<li>b<p>c</p>\n</li>\n</ol>\n"},
	{"<pre> a\n  b</pre>", "<pre> a\n  b</pre>\n"},
	{"<p>  a \n b&nbsp;c  ", "<p>a b\xc2\xa0" "c</p>\n"},
	{"<ul><li><li> <li>&nbsp;</ul><p></p><b></b>", ""},
	{"<h2>x &lt;script&gt; &amp; \"y\"</h2>", "<h2>x &lt;script&gt; &amp; &quot;y&quot;</h2>\n"},
	{"<table><tr><th>a<td>b</table>",
		"<table><tr><th>a</th>\n<td>b</td>\n</tr>\n</table>\n"},
	{"<table><tr><td><table><tr><td>a<td>b</table></table>",
		"<table><tr><td>a</td>\n<td>b</td>\n</tr>\n</table>\n"},
	{"a<hr>b", "<p>a</p>\n<hr>\n<p>b</p>\n"},
	{"a<img src=x alt=y onerror=z>b", "<p>ab</p>\n"},
	{"<q>a</q>", "<p>“a”</p>\n"},
	{"<p dir=rtl>abc</p>", "<p dir=\"rtl\">abc</p>\n"},
	{"<div dir=rtl><p>שלום<p dir=ltr>b</div>", "<p dir=\"rtl\">שלום</p>\n<p>b</p>\n"},
	{"<p>ABC שלום לכולם", "<p>ABC שלום לכולם</p>\n"},
	{"<div dir=rtl>ABC שלום לכולם</div>", "<p dir=\"rtl\">ABC שלום לכולם</p>\n"},
	{"<p dir=ltr>שלום, ABC", "<p dir=\"ltr\">שלום, ABC</p>\n"},
	{"<p dir=ltr><bdi>שלום</bdi> said", "<p><bdi>שלום</bdi> said</p>\n"},
	{"<p dir=ltr><bdi>abc</bdi> שלום", "<p dir=\"ltr\"><bdi>abc</bdi> שלום</p>\n"},
	{"<p dir=ltr>\xe2\x81\xa6" "abc\xe2\x81\xa9 שלום",
		"<p dir=\"ltr\">\xe2\x81\xa6" "abc\xe2\x81\xa9 שלום</p>\n"},
	{"<div dir=rtl><pre>a = 1</pre><pre dir=rtl>b</pre></div>",
		"<pre>a = 1</pre>\n<pre dir=\"rtl\">b</pre>\n"},
	{"<p dir=auto>x", "<p dir=\"auto\">x</p>\n"},
	{"<p dir='x\" onload=\"'>x", "<p>x</p>\n"},
	{"<p lang=fr>x<p lang='x\"y'>z<p lang=en>w",
		"<p lang=\"fr\">x</p>\n<p>z</p>\n<p>w</p>\n"},
	{"<p>x <span dir=rtl>y</span> <bdo dir=rtl>z</bdo>",
		"<p>x <bdi dir=\"rtl\">y</bdi> <bdo dir=\"rtl\">z</bdo></p>\n"},
	{"<p>a\xe2\x80\xae" "b<p>c\xe2\x80\xac" "d", "<p>a\xe2\x80\xae" "b\xe2\x80\xac</p>\n<p>cd</p>\n"},
	{"<p>\xe2\x81\xa7" "a\xe2\x80\xab" "b\xe2\x81\xa9" "c", "<p>\xe2\x81\xa7" "a\xe2\x80\xab" "b\xe2\x81\xa9" "c</p>\n"},
	{"<p>a\x1b[2Jb\x7f\xc2\x9b" "c&#27;d&#x9b;e&#0;f", "<p>a[2Jbcd\xe2\x80\xba" "e\xef\xbf\xbd" "f</p>\n"},
	{"<!-- <p>a --><p>b<!-->c<!--->d<![CDATA[e]]>f", "<p>bcdf</p>\n"},
	{"<p title='>'>a</p <b>b", "<p>a</p>\n<p>b</p>\n"},
	{"<svg><p>x</svg><math><mi>y</math>z", "<p>z</p>\n"},
	{"a<b", "<p>a</p>\n"},
	{"1 < 2 <3", "<p>1 &lt; 2 &lt;3</p>\n"},
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buffer out = clean(str_of(cases[i].from));
		if (strcmp(buffer_view(&out).ptr, cases[i].to) != 0)
			fail_msg("%s\ngave %s\nnot  %s", cases[i].from, buffer_view(&out).ptr, cases[i].to);
		buffer_free(&out);
	}
}

/* ---- a grammar of what may come out ---- */

static bool known(struct str name)
{
	static const char *const names[] = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li",
		"dl", "dt", "dd", "blockquote", "pre", "table", "caption", "tr", "th", "td", "figure",
		"figcaption", "hr", "br", "em", "strong", "i", "b", "u", "s", "del", "ins", "mark", "sub",
		"sup", "code", "a", "bdi", "bdo"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (str_equal(name, str_of(names[i])))
			return true;
	}
	return false;
}

static void check_attributes(struct str tag)
{
	static const char *const good[] = {" dir=\"", " lang=\"", " href=\"http://", " href=\"https://",
		" href=\"mailto:", " start=\"", " type=\"", " reversed"};
	size_t i = 0;
	while (i < tag.len && tag.ptr[i] != ' ')
		i++;
	while (i < tag.len) {
		bool found = false;
		for (size_t k = 0; k < sizeof good / sizeof *good && !found; k++)
			found = str_starts(str_slice(tag, i, tag.len), str_of(good[k]));
		if (!found)
			fail_msg("attributes of <%.*s>", STR_ARG(tag));
		ptrdiff_t quote = str_find(str_slice(tag, i + 1, tag.len), STR("\""));
		if (str_starts(str_slice(tag, i, tag.len), STR(" reversed"))) {
			i += 9;
			continue;
		}
		i += (size_t)quote + 2;
		while (i < tag.len && tag.ptr[i] != '"')
			i++;
		i++;
	}
}

/* Tags from the list, closed in order; no controls; no stray "<" or ">". */
static void check_output(struct str html)
{
	struct str stack[64];
	size_t depth = 0;
	assert_true(utf8_valid(html));
	for (size_t i = 0; i < html.len; i++) {
		unsigned char c = (unsigned char)html.ptr[i];
		assert_true(c >= 0x20 || c == '\n' || c == '\t');
		assert_true(c != 0x7F && c != '>');
		if (c == 0xC2)
			assert_true((unsigned char)html.ptr[i + 1] >= 0xA0);
		if (c != '<')
			continue;
		ptrdiff_t len = str_find(str_slice(html, i, html.len), STR(">"));
		assert_true(len > 0);
		struct str tag = str_slice(html, i + 1, i + (size_t)len), name = tag;
		i += (size_t)len;
		bool end = str_starts(tag, STR("/"));
		if (end)
			name = str_slice(tag, 1, tag.len);
		for (size_t k = 0; k < name.len; k++) {
			if (name.ptr[k] == ' ')
				name.len = k;
		}
		assert_true(known(name));
		if (end) {
			assert_true(depth > 0 && str_equal(stack[depth - 1], name));
			depth--;
			continue;
		}
		check_attributes(tag);
		if (str_equal(name, STR("br")) || str_equal(name, STR("hr")))
			continue;
		if (depth < 64)
			stack[depth] = name;
		depth++;
		assert_true(depth < 64);
	}
	assert_int_equal(depth, 0);
}

/* Without tags and blanks. */
static struct buffer text_of(struct str html)
{
	struct buffer text = {0};
	bool tag = false;
	for (size_t i = 0; i < html.len; i++) {
		char c = html.ptr[i];
		tag |= c == '<';
		if (!tag && c != ' ' && c != '\n')
			buffer_byte(&text, c);
		tag &= c != '>';
	}
	return text;
}

/* Random soups of tags: the result keeps to the grammar, and no letter is lost by cleaning it again. */
static void test_random(void **state)
{
	static const char *const pieces[] = {"<p>", "</p>", "<b>", "</b>", "<i dir=rtl>", "</i>",
		"<table>", "</table>", "<tr>", "<td>", "</td>", "<th>", "<ul>", "<li>", "</ul>", "<ol start=2>",
		"</ol>", "<a href=x>", "<a href='javascript:y'>", "</a>", "<blockquote>", "</blockquote>",
		"<pre>", "</pre>", "<br>", "<hr>", "text ", "שלום ", "سلام ", "\xe2\x80\xae", "\xe2\x80\xac",
		"\xe2\x81\xa6", "\xe2\x81\xa9", "&lt;x&gt;", "&#1;", "<div dir=ltr lang=he>", "</div>",
		"<figure>", "<figcaption>", "</figure>", "<h2>", "</h2>", "<script>", "</script>", "<!--",
		"-->", "<svg>", "</svg>", "<form>", "<input>", "<select>", "<option>", "<button>", "<q>",
		"<dl>", "<dt>", "<dd>", "<span dir=auto>", "</span>", "<bdo dir=rtl>", "</bdo>", "<caption>",
		"\"", "'", "<", ">", "\x1b", "\xff", "\xc2\x9b", "<code>", "</code>", "<body>", "</body>",
		"<title>", "</title>", "<textarea>", "<frameset>", "<template>", "<p title=\"<b>\">"};
	(void)state;
	srand(11);
	for (int round = 0; round < 3000; round++) {
		struct buffer html = {0};
		for (int i = rand() % 60; i > 0; i--)
			buffer_str(&html, str_of(pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]));
		struct buffer out = clean(buffer_view(&html));
		check_output(buffer_view(&out));
		struct buffer again = clean(buffer_view(&out));
		check_output(buffer_view(&again));
		struct buffer before = text_of(buffer_view(&out)), after = text_of(buffer_view(&again));
		assert_string_equal(buffer_view(&before).ptr, buffer_view(&after).ptr);
		buffer_free(&before);
		buffer_free(&after);
		buffer_free(&again);
		buffer_free(&out);
		buffer_free(&html);
	}
}

static void test_deep(void **state)
{
	static const char *const pieces[] = {"<div>", "<blockquote>", "<ul><li>", "<b><i>",
		"<span dir=rtl>", "<table><tr><td>x", "<bdi>", "<x>"};
	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct buffer html = {0};
		buffer_repeat(&html, str_of(pieces[i]), 100000);
		buffer_str(&html, STR("the end"));
		struct buffer out = clean(buffer_view(&html));
		assert_true(str_find(buffer_view(&out), STR("the end")) >= 0);
		assert_true(out.len < 4 * html.len);
		buffer_free(&out);
		buffer_free(&html);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_deep),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
