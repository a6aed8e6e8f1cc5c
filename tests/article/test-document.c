#include "article/document.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/utf8.h"

/* ---- a document as one string ---- */

static const char *const directions[] = {"", "ltr", "rtl"};

static void dump_span_start(struct buffer *out, const struct span *span)
{
	static const struct {
		unsigned flag;
		char letter;
	} letters[] = {{SPAN_EMPHASIS, 'e'}, {SPAN_STRONG, 's'}, {SPAN_CODE, 'c'}, {SPAN_LINK, 'l'},
		{SPAN_STRIKE, 'k'}, {SPAN_UNDERLINE, 'u'}, {SPAN_ISOLATE, 'i'}};
	buffer_byte(out, '{');
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
		if (span->flags & letters[i].flag)
			buffer_byte(out, letters[i].letter);
	}
	if (span->flags & SPAN_LINK)
		buffer_printf(out, "%zu", span->link);
	buffer_str(out, str_of(directions[span->direction]));
	buffer_byte(out, ':');
}

/* Text with its spans as {flags:...}; "\n" as "/". */
static void dump_text(struct buffer *out, const struct document *d, const struct block *block)
{
	size_t open[64], depth = 0, next = block->span;
	for (size_t at = block->start; at <= block->end; at++) {
		while (depth > 0 && open[depth - 1] == at) {
			buffer_byte(out, '}');
			depth--;
		}
		while (next < block->span + block->span_count && d->spans[next].start == at) {
			assert_true(depth < 64);
			open[depth++] = d->spans[next].end;
			dump_span_start(out, &d->spans[next++]);
		}
		if (at < block->end)
			buffer_byte(out, d->text[at] == '\n' ? '/' : d->text[at]);
	}
	assert_int_equal(depth, 0);
	assert_int_equal(next, block->span + block->span_count);
}

/* One line a block: kind, level or number, depths, direction, text. */
static char *dump(const struct document *d)
{
	static const char *const kinds[] = {[BLOCK_PARAGRAPH] = "p",
		[BLOCK_TITLE] = "title",
		[BLOCK_META] = "meta",
		[BLOCK_SUMMARY] = "summary",
		[BLOCK_HEADING] = "h",
		[BLOCK_ITEM] = "item",
		[BLOCK_PRE] = "pre",
		[BLOCK_RULE] = "rule"};
	struct buffer out = {0};
	for (size_t i = 0; i < d->block_count; i++) {
		const struct block *b = &d->blocks[i];
		buffer_str(&out, str_of(kinds[b->kind]));
		if (b->level)
			buffer_printf(&out, "%d", b->level);
		if (b->list_depth)
			buffer_printf(&out, " l%d", b->list_depth);
		if (b->quote_depth)
			buffer_printf(&out, " q%d", b->quote_depth);
		if (b->number)
			buffer_printf(&out, " n%ld", b->number);
		if (b->direction)
			buffer_printf(&out, " %s", directions[b->direction]);
		buffer_str(&out, STR("|"));
		dump_text(&out, d, b);
		buffer_byte(&out, '\n');
	}
	char *text = buffer_take(&out);
	assert_non_null(text);
	return text;
}

/* What holds for every document, whatever it was made from. */
static void check(const struct document *d)
{
	size_t at = 0, span = 0;
	assert_int_equal(strlen(d->text), d->len);
	assert_true(utf8_valid((struct str){d->text, d->len}));
	for (size_t i = 0; i < d->block_count; i++) {
		const struct block *b = &d->blocks[i];
		assert_int_equal(b->start, at);
		assert_true(b->kind == BLOCK_RULE ? b->end == b->start : b->end > b->start);
		assert_int_equal(d->text[b->end], '\n');
		assert_int_equal(b->span, span);
		for (size_t j = span; j < span + b->span_count; j++) {
			const struct span *s = &d->spans[j];
			assert_true(s->start >= b->start && s->start < s->end && s->end <= b->end);
			assert_true(j == span || s->start >= d->spans[j - 1].start);
			assert_true(!(s->flags & SPAN_LINK) || s->link < d->link_count);
		}
		span += b->span_count;
		at = b->end + 1;
	}
	assert_int_equal(at, d->len);
	assert_int_equal(span, d->span_count);
	for (size_t i = 0; i < d->len; i++)
		assert_true((unsigned char)d->text[i] >= ' ' || d->text[i] == '\n');
}

static struct document *from_html(struct str html)
{
	struct error error = {0};
	struct document *d = document_from_html(html, TEXT_RTL, &error);
	if (!d)
		fail_msg("%s", error.message);
	check(d);
	return d;
}

struct sample {
	const char *html, *expected;
};

static void expect_all(const struct sample *samples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct document *d = from_html(str_of(samples[i].html));
		char *text = dump(d);
		if (strcmp(text, samples[i].expected) != 0)
			fail_msg("%s\ngives\n%sinstead of\n%s", samples[i].html, text,
				samples[i].expected);
		free(text);
		document_free(d);
	}
}

#define EXPECT_ALL(samples) expect_all(samples, sizeof samples / sizeof *samples)

/* ---- shapes of HTML ---- */

static void test_paragraphs(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{"", ""},
		{" \n\t ", ""},
		{"<p></p><div> <span></span> </div><p>&nbsp;</p><p>\u200B</p>", ""},
		{"plain", "p|plain\n"},
		{"<p>one</p><p>two</p>", "p|one\np|two\n"},
		{"<p>one<p>two", "p|one\np|two\n"},
		{"  a \n\t b  ", "p|a b\n"},
		{"a<div>b</div>c", "p|a\np|b\np|c\n"},
		{"<div>a<p>b</p>c <b>d</b></div>e", "p|a\np|b\np|c {s:d}\np|e\n"},
		{"<p>a<br>b<br/> c</p>", "p|a/b/c\n"},
		{"<p><br>a<br></p>", "p|a\n"},
		{"<p>a<br><br>b<br> <br><br>c</p>", "p|a\np|b\np|c\n"},
		{"<p>a &lt;b&gt; &amp; c&hellip;</p>", "p|a <b> & c\u2026\n"},
		{"a < b", "p|a < b\n"},
		{"<script>x()</script><style>y{}</style>a<!-- z --><title>t</title>", "p|a\n"},
		{"<html><head><title>t</title></head><body><p>a</body></html>", "p|a\n"},
		{"a<hr>b", "p|a\nrule|\np|b\n"},
		{"<p>a\u2028b</p>", "p|a/b\n"},
		{"<p>\u200F! x</p>", "p|\u200F! x\n"},
		{"<p>\x01"
		 "a\x7f\xc2\x80"
		 "b\xff</p>",
			"p|ab\uFFFD\n"},
		{"<p>x<wbr>y</p>", "p|x\u200By\n"},
		{"<figure><img alt=' قارب  في النهر '><figcaption>الصورة</figcaption></figure>",
			"p|[قارب في النهر]\np|الصورة\n"},
		{"<p>a<img src=x><img alt=''><img alt=' '>b</p>", "p|ab\n"},
		{"<section><header><h1>A</h1></header><h6> B <i>c</i></h6>d</section>",
			"h1|A\nh6|B {e:c}\np|d\n"},
	};
	EXPECT_ALL(samples);
}

static void test_inline(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{"<p>a<b>b</b>c<i>d<u>e</u></i></p>", "p|a{s:b}c{e:d{u:e}}\n"},
		{"<p>a <em> b </em> c</p>", "p|a {e:b} c\n"},
		{"<p>a<b> </b>c</p>", "p|a c\n"},
		{"<b><p>a</p><p>b</p></b>c", "p|{s:a}\np|{s:b}\np|c\n"},
		{"<p><b>a<i>b</b>c</i>d</p>", "p|{s:a{e:b}}{e:c}d\n"},
		{"<p><s>a</s><del>b</del><ins>c</ins></p>", "p|{k:a}{k:b}{u:c}\n"},
		{"<p>x <code>a-b</code> <kbd>k</kbd></p>", "p|x {ciltr:a-b} {ciltr:k}\n"},
		{"<p>x <bdi>y</bdi> <bdi dir=rtl>z</bdi> <bdo dir=ltr>w</bdo></p>",
			"p|x {i:y} {irtl:z} {iltr:w}\n"},
		{"<p>x <span dir=ltr>y</span> <span>z</span> <span dir=bad>w</span></p>",
			"p|x {iltr:y} z w\n"},
		{"<p><a href='https://a.example/1'>one</a> <a href=' mailto:x@y.example "
		 "'>two</a></p>",
			"p|{l0:one} {l1:two}\n"},
		{"<p><a href='javascript:x'>one</a> <a href='/rel'>two</a> <a>three</a></p>",
			"p|one two three\n"},
		{"<a href='http://a.example'><div>one</div><div>two</div></a>",
			"p|{l0:one}\np|{l0:two}\n"},
		{"<p><a href='http://a.example'></a><a href='http://b.example'>b</a></p>",
			"p|{l0:b}\n"},
		{"<p><a href='http://a.example' dir=rtl><b>x</b></a></p>", "p|{li0rtl:{s:x}}\n"},
	};
	EXPECT_ALL(samples);
}

static void test_links(void **state)
{
	(void)state;
	struct document *d = from_html(
		STR("<p><a href=' HTTPS://a.example/a b\tc\x01 '>x</a>"
		    "<a href='mailto:'>y</a><a href='http://b.example/?q=1&amp;r=\u0645'>z</a>"));
	assert_int_equal(d->link_count, 2);
	assert_string_equal(d->links[0], "HTTPS://a.example/a%20bc");
	assert_string_equal(d->links[1], "http://b.example/?q=1&r=\u0645");
	document_free(d);
}

static void test_lists(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{"<ul><li>a<li>b</ul>c", "item l1|a\nitem l1|b\np|c\n"},
		{"<ol><li>a</li><li>b</li></ol>", "item l1 n1|a\nitem l1 n2|b\n"},
		{"<ol start=7><li>a<li value=20>b<li>c</ol>",
			"item l1 n7|a\nitem l1 n20|b\nitem l1 n21|c\n"},
		{"<ol reversed><li>a<li>b<li>c</ol>", "item l1 n3|a\nitem l1 n2|b\nitem l1 n1|c\n"},
		{"<ol reversed start=9><li>a<li value=5>b<li>c</ol>",
			"item l1 n9|a\nitem l1 n5|b\nitem l1 n4|c\n"},
		{"<ol start=x><li value=-3>a<li value='99999999999999999999'>b</ol>",
			"item l1 n-3|a\nitem l1 n999999999|b\n"},
		{"<ul><li>a<ol><li>b<li>c</ol>d</li><li>e</ul>",
			"item l1|a\nitem l2 n1|b\nitem l2 n2|c\np l1|d\nitem l1|e\n"},
		{"<ul><li><p>a</p><p>b</p></li><li><div>c</div>d</li></ul>",
			"item l1|a\np l1|b\nitem l1|c\np l1|d\n"},
		{"<ul><li></li><li>a</li></ul>b", "item l1|a\np|b\n"},
		{"<ol><li></li><li>a</li></ol>b", "item l1 n2|a\np|b\n"},
		{"<ul><li>a</li><li></li></ul>b", "item l1|a\np|b\n"},
		{"<ul><li><ul><li>a</ul></ul>", "item l2|a\n"},
		{"<li>a", "item l1|a\n"},
		{"<dl><dt>a<dd>b<dd>c</dl>", "p|{s:a}\np l1|b\np l1|c\n"},
		{"<ul><li>a<hr>b</ul>", "item l1|a\nrule l1|\np l1|b\n"},
		{"<ul><li><blockquote>a</blockquote></ul>", "item l1 q1|a\n"},
	};
	EXPECT_ALL(samples);
}

static void test_quotes_code_tables(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{"a<blockquote>b<blockquote><p>c</blockquote>d</blockquote>e",
			"p|a\np q1|b\np q2|c\np q1|d\np|e\n"},
		{"<pre>\n  a\n\n   b  \n\n</pre>c  d", "pre|  a//   b\np|c d\n"},
		{"<pre><code>if x:\n\ty()</code></pre>", "pre ltr|{c:if x:/        y()}\n"},
		{"<pre>ab\tc</pre>", "pre|ab      c\n"},
		{"<pre dir=rtl><code>x</code></pre>", "pre rtl|{c:x}\n"},
		{"<pre> \n </pre>", ""},
		{"<pre>a<br>b</pre>", "pre|a/b\n"},
		{"<table><tr><th>a<th>b<tr><td>1<td> 2 </table>c",
			"p|{s:a} · {s:b}\np|1 · 2\np|c\n"},
		{"<table><caption>k</caption><tr><td>1</td><td></td><td>2</td></tr></table>",
			"p|k\np|1 · 2\n"},
		{"<table><tr><td><p>a</p><p>b</p></td><td><p>c</p></td></tr></table>",
			"p|a\np|b\np|c\n"},
		{"<table><tr><td>a<br>b</td><td>c</td></tr></table>", "p|a/b · c\n"},
	};
	EXPECT_ALL(samples);
}

static void test_direction(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{"<html dir=rtl><body dir=rtl><p>a</p></body></html>", "p|a\n"},
		{"<div dir=rtl><p>a</p><p dir=ltr>b</p><p dir=auto>c</p></div>d",
			"p rtl|a\np ltr|b\np|c\np|d\n"},
		{"<ul dir=RTL><li>a</ul>", "item l1 rtl|a\n"},
		{"<h2 dir=' ltr '>a</h2>", "h2 ltr|a\n"},
		{"<p dir=sideways>a</p>", "p|a\n"},
	};
	EXPECT_ALL(samples);
	struct document *d = from_html(STR("<p>1</p>"));
	assert_int_equal(d->fallback, TEXT_RTL);
	document_free(d);
}

/* ---- plain text and heads ---- */

static void expect_text(struct document *d, const char *expected)
{
	assert_non_null(d);
	check(d);
	char *text = dump(d);
	assert_string_equal(text, expected);
	free(text);
	document_free(d);
}

/* Tabs make a line much longer than its source, but not without end, and lose nothing. */
static void test_tabs_are_bounded(void **state)
{
	(void)state;
	struct buffer html = {0};
	buffer_str(&html, STR("<pre>a"));
	buffer_repeat(&html, STR("\t"), (size_t)3 << 20);
	buffer_str(&html, STR("b\tc</pre><p>END"));
	struct document *d = from_html(buffer_view(&html));
	assert_true(d->len < (size_t)1 << 20);
	assert_int_equal(d->text[0], 'a');
	const char *b = strchr(d->text, 'b');
	assert_non_null(b);
	assert_string_equal(b, "b       c\nEND\n");
	document_free(d);
	buffer_free(&html);
}

static void test_head(void **state)
{
	(void)state;
	struct error error;
	const struct str facts[] = {STR("مصدر"), STR(" "), STR("2024")};
	expect_text(document_head(STR(" عنوان\n طويل "), facts, 3, STR("موجز"), TEXT_RTL,
			    &error),
		"title|عنوان طويل\nmeta|{i:مصدر} · {i:2024}\nsummary|موجز\n");
	expect_text(document_head(STR("t"), facts + 1, 1, STR(""), TEXT_AUTO, &error), "title|t\n");
	expect_text(document_head(STR(""), NULL, 0, STR(""), TEXT_AUTO, &error), "");
}

/* ---- hostile sources ---- */

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* `count` times a piece, text behind it: all text must be kept, in little time. */
static void flood(const char *piece, size_t count, const char *last)
{
	struct buffer html = {0};
	buffer_repeat(&html, str_of(piece), count);
	buffer_str(&html, str_of(last));
	double start = seconds();
	struct document *d = from_html(buffer_view(&html));
	double taken = seconds() - start;
	if (taken > 20)
		fail_msg("%zu times %s took %.1f s", count, piece, taken);
	assert_non_null(strstr(d->text, "END"));
	document_free(d);
	buffer_free(&html);
}

static void test_hostile(void **state)
{
	(void)state;
	flood("<div>", 200000, "END");
	flood("<blockquote>x", 100000, "END");
	flood("<ul><li>", 100000, "END");
	flood("<b><i>", 100000, "END");
	flood("<font color=red>x<p>", 50000, "END");
	flood("<a href='http://a.example'>x", 50000, "END");
	flood("<span dir=rtl>x", 100000, "END");
	flood("<table><tr><td>", 30000, "END");
	flood("<p>x", 300000, "<p>END");
	flood("</div></p></b>", 100000, "END");
	flood("<", 200000, " END");
	flood("&amp", 200000, " END");
	flood(" ", 2000000, "END");
	flood("<br>", 200000, "END");
	flood("<hr>", 100000, "END");
}

/* One endless paragraph is all there, in parts that can be laid out quickly. */
static void endless(const char *piece)
{
	struct buffer html = {0};
	buffer_repeat(&html, str_of(piece), ((size_t)20 << 20) / strlen(piece));
	assert_false(html.failed);
	struct document *d = from_html(buffer_view(&html));
	assert_true(d->len >= html.len - 1);
	assert_true(d->block_count > 100);
	for (size_t i = 0; i < d->block_count; i++)
		assert_true(d->blocks[i].end - d->blocks[i].start <= (size_t)129 << 10);
	document_free(d);
	buffer_free(&html);
}

static void test_endless_text(void **state)
{
	(void)state;
	endless("كلمة ");
	endless("كلمة");
}

/* More paragraphs than there may be blocks: the rest are lines of the last one. */
static void test_blocks_are_bounded(void **state)
{
	(void)state;
	struct buffer text = {0};
	buffer_repeat(&text, STR("a\u2028\u2028"), 1100000);
	buffer_str(&text, STR("END"));
	struct document *d = document_from_html(buffer_view(&text), TEXT_AUTO, NULL);
	assert_non_null(d);
	check(d);
	assert_int_equal(d->block_count, 1000000);
	assert_int_equal(d->len, 1100000 * 2 + 4);
	assert_string_equal(d->text + d->len - 8, "a\na\nEND\n");
	document_free(d);
	buffer_free(&text);
}

/* Bytes that look like HTML; document_from_html() checks itself in from_html(). */
static void test_random(void **state)
{
	(void)state;
	static const char *const pieces[] = {"<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<ul>",
		"<ol>", "</ul>", "</ol>", "<li>", "<pre>", "</pre>", "\n", " ", "x", "سلام", "<br>",
		"<hr>", "<blockquote>", "</blockquote>", "<table>", "<tr>", "<td>", "</table>",
		"<h2>", "</h2>", "<code>", "</code>", "<a href=http://a.example>", "</a>",
		"<bdi dir=rtl>", "</bdi>", "\xff", "<", "&", "&#0;", "&nbsp;", "\t", "\u200F",
		"<div dir=rtl>", "</div>", "<dt>", "<dd>", "<img alt=y>", "<!--", "-->", "\xd9"};
	unsigned seed = 7;
	for (int round = 0; round < 3000; round++) {
		struct buffer html = {0};
		for (int i = 0; i < 60; i++) {
			seed = seed * 1103515245u + 12345u;
			buffer_str(&html,
				str_of(pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]));
		}
		document_free(from_html(buffer_view(&html)));
		buffer_free(&html);
	}
}

/* ---- marks ---- */

static struct document *plain(const char *text)
{
	struct buffer html = {0};
	struct str rest = str_of(text), line;
	buffer_str(&html, STR("<p>"));
	while (str_split(&rest, '\n', &line)) {
		assert_true(str_find(line, STR("<")) < 0 && str_find(line, STR("&")) < 0);
		buffer_str(&html, line.len > 0 ? line : STR("<p>"));
		buffer_str(&html, STR("<br>"));
	}
	struct document *d = document_from_html(buffer_view(&html), TEXT_AUTO, NULL);
	assert_non_null(d);
	buffer_free(&html);
	return d;
}

/* Where the mark of `place` (a piece of `before`) is found in `after`: what stands there. */
static void expect_found(
	const char *before, const char *place, const char *after, const char *expected)
{
	struct document *a = plain(before), *b = plain(after);
	const char *hit = strstr(a->text, place);
	assert_non_null(hit);
	struct place_mark mark = document_mark(a, (size_t)(hit - a->text));
	size_t found = document_find_mark(b, mark);
	assert_true(found <= b->len);
	if (!str_starts((struct str){b->text + found, b->len - found}, str_of(expected)))
		fail_msg("at %zu of\n%sstands no %s", found, b->text, expected);
	document_free(a);
	document_free(b);
}

#define WORDS_A "one two three four five six seven eight nine ten"
#define WORDS_B "alpha beta gamma delta epsilon zeta eta theta iota kappa"
#define WORDS_AR "قال الوزير إن المشروع الجديد سيبدأ في الربيع المقبل بعد موافقة المجلس"

static void test_mark_survives(void **state)
{
	(void)state;
	expect_found(WORDS_A "\n\n" WORDS_B, "alpha", WORDS_A "\n\n" WORDS_B, "alpha");
	expect_found(WORDS_A "\n\n" WORDS_B, "alpha", "new. " WORDS_A "\n\n" WORDS_B, "alpha");
	expect_found(WORDS_A "\n\n" WORDS_B, "alpha", WORDS_B, "alpha");
	expect_found(WORDS_A "\n\n" WORDS_B, "beta", "x " WORDS_B, "beta");
	/* Changed white space, punctuation, case, harakat, tatweel and ZWNJ. */
	expect_found("x " WORDS_B, "alpha",
		"xyz abc -- \u201CALPHA,  beta;\n\ngamma delta Epsilon zeta eta theta\u201D iota",
		"ALPHA");
	expect_found("x " WORDS_AR, "قال",
		"خبر عاجل: قَالَ الوزيــر إنّ المش\u200Cروع، الجديد سيبدأ «في» الربيع المقبل", "قَالَ");
	/* At the end of the text, where fewer than eight words follow. */
	expect_found(WORDS_A, "nine", "zero and " WORDS_A, "nine");
	expect_found(WORDS_A, "ten", "zero and " WORDS_A, "ten");
	/* Other words: the offset, within the text. */
	expect_found(WORDS_A, "two", WORDS_B, "a beta");
	expect_found(WORDS_A, "ten", "ab", "");
	/* Inside a word the words after it count. */
	expect_found("x " WORDS_B, "lpha", "longer " WORDS_B, "beta");
}

static void test_mark_nearest(void **state)
{
	(void)state;
	struct buffer text = {0};
	for (int i = 0; i < 20; i++)
		buffer_printf(&text, "%s\n\n%s and then some more\n\n", WORDS_A, WORDS_B);
	struct document *d = plain(text.data);
	size_t blocks = d->block_count;
	for (size_t i = 0; i < blocks - 2; i += 2) {
		struct place_mark mark = document_mark(d, d->blocks[i].start);
		assert_int_equal(document_find_mark(d, mark), d->blocks[i].start);
		/* A little off on either side: still this one and not its neighbours. */
		mark.offset += 5;
		assert_int_equal(document_find_mark(d, mark), d->blocks[i].start);
		mark.offset -= 10;
		if (i > 0)
			assert_int_equal(document_find_mark(d, mark), d->blocks[i].start);
	}
	document_free(d);
	buffer_free(&text);
}

/* Any word of a text is found again after words were put in or taken out before it. */
static void test_mark_random_edits(void **state)
{
	(void)state;
	unsigned seed = 99;
	for (int round = 0; round < 200; round++) {
		struct buffer before = {0}, after = {0};
		seed = seed * 1103515245u + 12345u;
		int place = 20 + (int)((seed >> 16) % 60), edit = (int)((seed >> 8) % 20);
		for (int i = 0; i < 100; i++) {
			if (i == edit)
				buffer_str(&after, round & 1 ? STR("ادراج جديد هنا ") : STR(""));
			buffer_printf(&before, "كلمة%d%s", i * 7 % 101, i % 9 ? " " : "\n\n");
			if (i != edit)
				buffer_printf(
					&after, "كلمة%d%s", i * 7 % 101, i % 9 ? " " : "\n\n");
		}
		char word[32];
		snprintf(word, sizeof word, "كلمة%d%s", place * 7 % 101, place % 9 ? " " : "\n");
		expect_found(before.data, word, after.data, word);
		buffer_free(&before);
		buffer_free(&after);
	}
}

static void test_mark_edges(void **state)
{
	(void)state;
	struct document *empty = plain(""), *dots = plain("... !!! \u0640\u0301"),
			*a = plain(WORDS_A);
	assert_int_equal(document_mark(empty, 0).hash, 0);
	assert_int_equal(document_mark(dots, 0).hash, 0);
	assert_int_equal(document_mark(a, a->len).hash, 0);
	assert_int_equal(document_mark(a, SIZE_MAX).hash, 0);
	assert_int_not_equal(document_mark(a, 0).hash, 0);
	assert_int_not_equal(document_mark(a, 0).hash, document_mark(a, 4).hash);
	assert_int_equal(document_find_mark(a, (struct place_mark){UINT64_MAX, 0}), a->len);
	assert_int_equal(document_find_mark(a, (struct place_mark){UINT64_MAX, 5}), a->len);
	assert_int_equal(document_find_mark(empty, document_mark(a, 0)), 0);
	document_free(empty);
	document_free(dots);
	document_free(a);
	struct document *arabic = plain("كلمة");
	/* Never inside a character. */
	assert_int_equal(document_find_mark(arabic, (struct place_mark){3, 0}), 2);
	document_free(arabic);
}

static void test_mark_is_linear(void **state)
{
	(void)state;
	struct buffer text = {0};
	buffer_repeat(&text, STR("a a a b a a \u0301\u0301\u0301 "), 600000);
	struct document *d = document_from_html(buffer_view(&text), TEXT_AUTO, NULL);
	assert_non_null(d);
	double start = seconds();
	assert_int_equal(document_find_mark(d, (struct place_mark){d->len / 2, 12345}), d->len / 2);
	assert_true(seconds() - start < 20);
	document_free(d);
	buffer_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paragraphs),
		cmocka_unit_test(test_inline),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_quotes_code_tables),
		cmocka_unit_test(test_direction),
		cmocka_unit_test(test_tabs_are_bounded),
		cmocka_unit_test(test_head),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_endless_text),
		cmocka_unit_test(test_blocks_are_bounded),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_mark_survives),
		cmocka_unit_test(test_mark_nearest),
		cmocka_unit_test(test_mark_random_edits),
		cmocka_unit_test(test_mark_edges),
		cmocka_unit_test(test_mark_is_linear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
