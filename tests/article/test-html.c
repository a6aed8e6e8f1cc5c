/*
 * The tree of a simple fragment is that of the HTML Standard: examples of what is taken and what
 * is declined, soups of all kinds, and the files of the other tests.
 */
#include "article/html_simple.h"
#include "base/buffer.h"
#include "trees.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants the headers above first. */
#include <cmocka.h>

/* False: it was declined. */
static bool check(struct str html)
{
	bool taken;
	if (!trees_simple_is_right(html, &taken))
		fail_msg("another tree: %.*s", STR_ARG(str_slice(html, 0, 2000)));
	return taken;
}

static void test_taken(void **state)
{
	static const char *const cases[] = {"", "  ", "خبر", "  a b\n", "<body> a<p>b", "a &amp; b & c",
		"<p>a</p> <p dir=\"rtl\">سلام <b>ب</b></p>", "<p>a<p>b<div>c</div>",
		"<ul><li>a<li>b<p>c</ul>d", "<ul> <li>a<ol><li>b</li></ol></li> </ul>",
		"<P CLASS='x' Dir=\"rtl\">a</P><BR/>b<br />c<br>", "<b id=\"x\" dir='rtl'>a<p>b</p></b>",
		"<a href=\"/x?a=1&amp;b=2\"><img src='i.png' alt=\"a &quot; &lt; b\"></a>",
		"<h2>a <em>b</em></h2><hr><blockquote cite=\"http://a.example/\"><p>c</blockquote>",
		"&#1575;&#x633;&#160;&nbsp;&mdash;&#128512;\xf0\x9f\x98\x80", "<pre>a\n  b</pre>",
		"<p>a</p>\n<figure><img src=\"x\"><figcaption>b</figcaption></figure>",
		"<span lang=\"fa\" hidden=\"\">a</span><code>x</code><b>y", "<p id=\"a\" id=\"b\">x",
		"<div><p>a</div>b", "\xef\xb7\xba \xef\xbf\xbd \xd9\x85\xe2\x80\x8c\xd9\x85"};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (!check(str_of(cases[i])))
			fail_msg("declined: %s", cases[i]);
	}
}

static void test_declined(void **state)
{
	static const char *const cases[] = {"<b>a<i>b</b>c</i>", "<table><tr><td>a</table>",
		"<script>a</script>", "<p>a<!-- b -->c", "<title>a</title>", "<font>a</font>",
		"<x>a</x>", "a < b", "<p", "<p a=\"", "</p>", "</br>", "<p/>a", "<div/>a", "<li>a",
		"<dl><dt>a<dd>b</dl>", "<a href=x>y</a>", "<p hidden>x", "<b>a<b>b</b></b>",
		"<a href=\"x\">a<a href=\"y\">b</a></a>", "<p><span>a<p>b", "<p><b>a</p>", "<h1>a<h2>b",
		"<ul><li><div>a<li>b</div></ul>", "<pre>\na</pre>", "<pre>&#10;a</pre>", "&copy a",
		"&#0;", "&#x80;", "&#13;", "&#xD800;", "&unknown;", "a&amp", "a\rb", "a\x07" "b", "a\x7f",
		"\xc2\x85", "\xef\xbb\xbf" "a", "\xef\xbf\xbe", "\xff", "\xd8", "\xe2\x80", "<p></p >",
		"<p a=\"1\"b=\"2\">x", "<iframe src=\"x\"></iframe>", "<body><body>a", "a</body>b"};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (check(str_of(cases[i])))
			fail_msg("taken: %s", cases[i]);
	}
	struct buffer deep = {0};
	buffer_repeat(&deep, STR("<div>"), 100);
	assert_false(check(buffer_view(&deep)));
	buffer_free(&deep);
}

static const char *const pieces[] = {"<p>", "</p>", "<p dir=\"rtl\">", "<b>", "</b>", "<i>", "</i>",
	"<em class='x' lang=\"fa\">", "</em>", "<a href=\"/x\">", "</a>", "<div>", "</div>", "<ul>",
	"</ul>", "<ol start=\"3\">", "</ol>", "<li>", "</li>", "<li value=\"2\">", "<blockquote>",
	"</blockquote>", "<h1>", "</h1>", "<h2 id=\"a\">", "</h2>", "<br>", "<br/>", "<hr>",
	"<img src=\"x\" alt='y'>", "<span>", "</span>", "<pre>", "</pre>", "<code>", "</code>",
	"<figure>", "</figure>", "<section>", "</section>", "<q>", "</q>", "<sup>", "</sup>", " ", "\n",
	"a", "ب", "&amp;", "&nbsp;", "&#39;", "&", "<time datetime=\"1\">", "</time>", "<small>",
	"</small>", "<main>", "</main>", "<header>", "</header>", "<del>", "</del>", "<body>"};

#define PIECES (sizeof pieces / sizeof *pieces)

/* Elements that end where they should, mostly. */
static void nested(struct buffer *out, unsigned *seed)
{
	const char *open[12];
	size_t depth = 0, length = (size_t)rand_r(seed) % 24;
	for (size_t i = 0; i < length; i++) {
		const char *piece = pieces[(size_t)rand_r(seed) % PIECES];
		bool start = piece[0] == '<' && piece[1] != '/';
		if (piece[0] == '<' && piece[1] == '/') {
			if (depth > 0 && rand_r(seed) % 8 > 0)
				buffer_printf(out, "</%.*s>", (int)strcspn(open[depth - 1] + 1, " >"),
					open[depth - 1] + 1);
			depth -= depth > 0;
			continue;
		}
		buffer_str(out, str_of(piece));
		bool lone = strncmp(piece, "<br", 3) == 0 || strncmp(piece, "<hr", 3) == 0 ||
			strncmp(piece, "<img", 4) == 0;
		if (start && !lone && depth < sizeof open / sizeof *open)
			open[depth++] = piece;
	}
	while (depth-- > 0 && rand_r(seed) % 8 > 0)
		buffer_printf(out, "</%.*s>", (int)strcspn(open[depth] + 1, " >"), open[depth] + 1);
}

static void test_random(void **state)
{
	unsigned seed = 5;
	size_t taken = 0;
	(void)state;
	for (int i = 0; i < 60000; i++) {
		struct buffer html = {0};
		if (i % 3 > 0)
			nested(&html, &seed);
		else
			for (int n = rand_r(&seed) % 8; n >= 0; n--)
				buffer_str(&html, str_of(pieces[(size_t)rand_r(&seed) % PIECES]));
		taken += check(buffer_view(&html));
		buffer_free(&html);
	}
	assert_true(taken > 5000);
}

static bool check_file(const char *path, struct buffer *text)
{
	char bytes[4096];
	FILE *file = fopen(path, "r");
	buffer_clear(text);
	for (size_t n; file && (n = fread(bytes, 1, sizeof bytes, file)) > 0;)
		buffer_add(text, bytes, n);
	if (file)
		fclose(file);
	return file && (check(buffer_view(text)), true);
}

/* The files, and cut at any place. */
static void test_files(void **state)
{
	static const char *const folders[] = {"tests/article/pages/shapes", "tests/fuzz/corpus/sanitize",
		"tests/fuzz/corpus/document", "tests/fuzz/corpus/import"};
	const char *source = getenv("KHABAR_SOURCE");
	size_t count = 0;
	struct buffer text = {0}, path = {0};
	(void)state;
	assert_non_null(source);
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		buffer_clear(&path);
		buffer_printf(&path, "%s/%s", source, folders[i]);
		DIR *folder = opendir(path.data);
		assert_non_null(folder);
		for (struct dirent *entry; (entry = readdir(folder));) {
			buffer_clear(&path);
			buffer_printf(&path, "%s/%s/%s", source, folders[i], entry->d_name);
			count += entry->d_name[0] != '.' && check_file(path.data, &text);
			for (size_t at = 1; at < text.len && at < 400; at++) {
				check(str_slice(buffer_view(&text), at, text.len));
				check(str_slice(buffer_view(&text), 0, at));
			}
		}
		closedir(folder);
	}
	assert_true(count > 10);
	buffer_free(&text);
	buffer_free(&path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_taken),
		cmocka_unit_test(test_declined),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
