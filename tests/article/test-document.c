#include "article/document.h"

#include "article/marker.h"
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
		{SPAN_STRIKE, 'k'}, {SPAN_UNDERLINE, 'u'}, {SPAN_ISOLATE, 'i'}, {SPAN_MARK, 'm'},
		{SPAN_IMAGE, 'p'}};
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

/* The cells of a row: column, +columns, h: a header, ^: from above; its text in quotes. */
static void dump_cells(struct buffer *out, const struct document *d, const struct block *block)
{
	const struct row *row = &d->rows[block->row];
	for (size_t i = 0; i < row->cell_count; i++) {
		const struct cell *cell = &d->cells[row->cell + i];
		buffer_printf(out, "%d", cell->column);
		if (cell->columns > 1)
			buffer_printf(out, "+%d", cell->columns - 1);
		if (cell->header)
			buffer_byte(out, 'h');
		if (cell->carried)
			buffer_byte(out, '^');
		buffer_printf(out, "'%.*s' ", (int)(cell->end - cell->start), d->text + cell->start);
	}
	buffer_byte(out, '|');
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
		[BLOCK_RULE] = "rule",
		[BLOCK_TERM] = "term",
		[BLOCK_CAPTION] = "caption",
		[BLOCK_SOURCE] = "source",
		[BLOCK_DETAILS] = "details",
		[BLOCK_ROW] = "row"};
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
		if (b->kind == BLOCK_ITEM && b->marker != MARKER_BULLET)
			buffer_printf(&out, " n%ld", b->number);
		if (b->kind == BLOCK_ITEM && b->marker > MARKER_DECIMAL)
			buffer_printf(&out, "%c", "aAiI"[b->marker - MARKER_LOWER_ALPHA]);
		if (b->direction)
			buffer_printf(&out, " %s", directions[b->direction]);
		buffer_str(&out, STR("|"));
		if (b->kind == BLOCK_ROW)
			dump_cells(&out, d, b);
		dump_text(&out, d, b);
		buffer_byte(&out, '\n');
	}
	char *text = buffer_take(&out);
	assert_non_null(text);
	return text;
}

/* Each character of a row that is no separator stands in one cell of it. */
static void check_row(const struct document *d, const struct block *block)
{
	assert_true(block->row < d->row_count);
	const struct row *row = &d->rows[block->row];
	assert_true(row->table < d->table_count && row->cell_count > 0);
	const struct table *table = &d->tables[row->table];
	size_t at = block->start;
	for (size_t i = 0; i < row->cell_count; i++) {
		const struct cell *cell = &d->cells[row->cell + i];
		assert_true(cell->start <= cell->end && cell->end <= d->len);
		assert_true(cell->columns > 0 && cell->column + cell->columns <= table->columns);
		if (cell->carried || cell->end == cell->start)
			continue;
		assert_true(cell->start >= at && cell->end <= block->end);
		size_t gap = cell->start - at;
		if (at > block->start && (gap != 4 || memcmp(d->text + at, " \u00B7 ", gap) != 0))
			fail_msg("between cells at %zu of %s: \"%.*s\"", at, d->text, (int)gap,
				d->text + at);
		else if (at == block->start)
			assert_int_equal(cell->start, at);
		at = cell->end;
	}
	assert_int_equal(at, block->end);
}

static void check_tables(const struct document *d)
{
	for (size_t i = 0; i < d->block_count; i++) {
		if (d->blocks[i].kind == BLOCK_ROW)
			check_row(d, &d->blocks[i]);
	}
	for (size_t i = 0; i < d->table_count; i++) {
		const struct table *table = &d->tables[i];
		assert_true(table->block + table->block_count <= d->block_count);
		if (table->header != SIZE_MAX)
			assert_int_equal(d->blocks[table->header].kind, BLOCK_ROW);
	}
}

static void check_links(const struct document *d)
{
	for (size_t i = 0; i < d->link_count; i++) {
		const struct link *link = &d->links[i];
		assert_true(link->start < link->end && link->end < d->len);
		assert_true(i == 0 || link->start >= d->links[i - 1].start);
		assert_true(link->url[0] != '\0');
		if (link->kind == LINK_PLACE)
			assert_true(link->target <= d->len);
	}
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
	check_tables(d);
	check_links(d);
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
			"p|{p:[قارب في النهر]}\ncaption|الصورة\n"},
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
			"p|x {i:y} {irtl:z} {iltr:\u202Dw\u202C}\n"},
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
	assert_string_equal(d->links[0].url, "HTTPS://a.example/a%20bc");
	assert_string_equal(d->links[1].url, "http://b.example/?q=1&r=\u0645");
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
		{"<dl><dt>a<dd>b<dd>c</dl>", "term|a\np l1|b\np l1|c\n"},
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
		{"<pre>\n  a\n\n   b  \n\n</pre>c  d", "pre ltr|  a//   b\np|c d\n"},
		{"<pre><code>if x:\n\ty()</code></pre>", "pre ltr|{c:if x:/        y()}\n"},
		{"<pre>ab\tc</pre>", "pre ltr|ab      c\n"},
		{"<pre dir=rtl><code>x</code></pre>", "pre rtl|{c:x}\n"},
		{"<pre> \n </pre>", ""},
		{"<pre>a<br>b</pre>", "pre ltr|a/b\n"},
		{"<pre># \u062A\u0639\u0644\u064A\u0642\nmake all install</pre>",
			"pre ltr|# \u062A\u0639\u0644\u064A\u0642/make all install\n"},
		{"<pre>\u0642\u0641\u0627 \u0646\u0628\u0643 x</pre>",
			"pre|\u0642\u0641\u0627 \u0646\u0628\u0643 x\n"},
	};
	EXPECT_ALL(samples);
}

static void expect_text(struct document *d, const char *expected)
{
	assert_non_null(d);
	check(d);
	char *text = dump(d);
	assert_string_equal(text, expected);
	free(text);
	document_free(d);
}

static void test_tables(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{"<table><tr><th>a<th>b<tr><td>1<td> 2 </table>c",
			"row|0h'a' 1h'b' |{s:a} · {s:b}\nrow|0'1' 1'2' |1 · 2\np|c\n"},
		{"<table><caption>k</caption><tr><td>1</td><td></td><td>2</td></tr></table>",
			"caption|k\nrow|0'1' 1'' 2'2' |1 · 2\n"},
		{"<table><tr><td></td><td>x</td></tr><tr><td> <td></table>",
			"row|0'' 1'x' |x\n"},
		{"<table><tr><td><p>a</p><p>b</p></td><td><p>c</p></td></tr></table>",
			"row|0'a\nb' 1'c' |a/b · c\n"},
		{"<table><tr><td>a<br><br>b</td><td><ul><li>c<li>d</ul></td></tr></table>",
			"row|0'a\nb' 1'• c\n• d' |a/b · • c/• d\n"},
		/* Spans, as the grid of HTML has it. */
		{"<table><tr><td colspan=2>a<td rowspan=2>b<tr><td>c<td>d</table>",
			"row|0+1'a' 2'b' |a · b\nrow|0'c' 1'd' 2^'b' |c · d\n"},
		{"<table><tr><th rowspan=3>a<td>1<tr><td>2<tr><td>3<tr><td>x<td>y</table>",
			"row|0h'a' 1'1' |{s:a} · 1\nrow|0h^'a' 1'2' |2\nrow|0h^'a' 1'3' |3\n"
			"row|0'x' 1'y' |x · y\n"},
		{"<table><tbody><tr><td rowspan=0>a<td>1<tr><td>2<tbody><tr><td>b<td>3</table>",
			"row|0'a' 1'1' |a · 1\nrow|0^'a' 1'2' |2\nrow|0'b' 1'3' |b · 3\n"},
		{"<table><tr><td rowspan=-2 colspan=x>a<td>b</table>", "row|0'a' 1'b' |a · b\n"},
		/* What arranges a page is read as one. */
		{"<table><tr><td>a<tr><td>b</table>", "p|a\np|b\n"},
		{"<table><tr><td><h2>a</h2>b<td>c</table>", "h2|a\np|b\np|c\n"},
		{"<table><tr><td>a<td><table><tr><td>1<td>2</table></table>",
			"p|a\nrow|0'1' 1'2' |1 · 2\n"},
	};
	EXPECT_ALL(samples);
	struct document *d = from_html(
		STR("<table><thead><tr><th>a<th>b<tr><th>c<th>d</thead><tr><th>1<td>2"
		    "<tr><th>3<th>4</table><table><tr><td>x<td>y</table>"));
	assert_int_equal(d->table_count, 2);
	assert_int_equal(d->tables[0].header, 1);
	assert_int_equal(d->tables[0].block_count, 4);
	assert_int_equal(d->tables[1].header, SIZE_MAX);
	assert_int_equal(d->tables[1].block, 4);
	document_free(d);
}

static void test_kinds(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{"<ol type=a><li>x<li type=I>y</ol><ol type=q><li>z</ol>",
			"item l1 n1a|x\nitem l1 n2I|y\nitem l1 n1|z\n"},
		{"<blockquote cite='https://news.example/x'>a</blockquote>b",
			"p q1|a\nsource q1|— {li0ltr:news.example}\np|b\n"},
		{"<blockquote cite='javascript:x'>a</blockquote>", "p q1|a\n"},
		{"<blockquote cite='http://a.example'><a href='http://a.example'>a</a></blockquote>",
			"p q1|{l0:a}\n"},
		{"<details><summary>s</summary><p>a</p></details>", "details|s\np|a\n"},
		{"<p>H<sub>2</sub>O, 10<sup>-3</sup>, x<sup>k</sup>, 1<sup>st</sup>, 2<sup>n</sup>",
			"p|H\u2082O, 10\u200E\u207B\u00B3, x^(k), 1st, 2\u207F\n"},
		{"<p>a<sub>i,j</sub></p>", "p|a_(i,j)\n"},
		{"<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>x", "p|漢(kan)x\n"},
		{"<p><abbr title='World Wide Web'>WWW</abbr> <abbr title='World Wide Web'>W</abbr>"
		 "<abbr>x</abbr>",
			"p|WWW (World Wide Web) Wx\n"},
		{"<p>a <mark>b</mark></p>", "p|a {m:b}\n"},
		{"<p><bdo dir=rtl>abc</bdo>d", "p|{irtl:\u202Eabc\u202C}d\n"},
		{"<p><q>a</q>", "p|\u201Ca\u201D\n"},
		{"<figure><img src='http://a.example/b.jpg' alt='c'><figcaption>d</figure>",
			"p|{lp0:[c]}\ncaption|d\n"},
		{"<p><img src='http://a.example/b.jpg' alt=''>x<img src='http://a.example/c'>",
			"p|x{lp0:[تصویر]}\n"},
		{"<a href='http://a.example/b.jpg'><img src='http://a.example/b.jpg' alt='c'></a>",
			"p|{l0:{p:[c]}}\n"},
		{"<p>English <a href='http://a.example/b.mp4' type='video/mp4'>the film</a>, "
		 "<a href='http://a.example/b.mp3' type='audio/mpeg'>Audio</a>.",
			"p|English {l0:[video] the film}, {l1:[audio]}.\n"},
		{"<p>x<a href='#n1'>1</a> <a href='#none'>2</a><p id=n1>note",
			"p|x{l0:1} 2\np|note\n"},
		{"<p>x<sup><a href='#n'>2</a></sup> y<sup><a href='#n'>*</a></sup><p><a name=n>z</a>",
			"p|x{l0:\u00B2} y[{l1:*}]\np|z\n"},
	};
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct error error = {0};
		bool persian = strstr(samples[i].expected, "تصویر") != NULL;
		struct document *d = document_from_html_in(str_of(samples[i].html),
			persian ? STR("fa-IR") : STR("en"), TEXT_RTL, &error);
		assert_non_null(d);
		check(d);
		char *text = dump(d);
		assert_string_equal(text, samples[i].expected);
		free(text);
		document_free(d);
	}
}

static void test_places(void **state)
{
	(void)state;
	struct document *d = from_html(STR("<p id=top>a<a href='#n%31'>1</a> "
					   "<a href='#\u0645'>2</a><p>b</p>"
					   "<ul id=n1><li>c</ul><p>d <a id='\u0645'>e</a>"
					   "<p id=n1>f<a href='#top'>g</a>"));
	assert_int_equal(d->link_count, 3);
	assert_int_equal(d->links[0].kind, LINK_PLACE);
	assert_int_equal(d->text[d->links[0].target], 'c');
	assert_int_equal(d->text[d->links[1].target + 1], 'e');
	assert_int_equal(d->links[2].target, 0);
	document_free(d);
}

/* Words, then the address, numbered as the links are; those into the article are left out. */
static void test_list_of_links(void **state)
{
	(void)state;
	struct document *d = from_html(STR("<p id=x><a href='http://a.example/\u202E1'>one</a>"
					   "<a href='#x'>two</a>"
					   "<a href='https://u@b.example'>three<br>four</a>"));
	struct document *links = document_links(d, NULL);
	expect_text(links, "h2|Links\nitem l1 n1|{i:one}/\u2068a.example\u2069 CAREFUL: holds "
			   "hidden characters/{li0ltr:http://a.example/%E2%80%AE1}\n"
			   "item l1 n3|{i:three four}/\u2068b.example\u2069 CAREFUL: what stands "
			   "before @ is not the site/{li1ltr:https://u@b.example}\n");
	document_free(d);
	d = from_html(STR("<p>none"));
	links = document_links(d, NULL);
	assert_int_equal(links->block_count, 0);
	document_free(links);
	document_free(d);
}

static void expect_marker(enum marker marker, enum marker_script script, long number,
	const char *expected, int width)
{
	char text[MARKER_MOST];
	assert_int_equal(marker_write(text, marker, script, number, 1), width);
	assert_string_equal(text, expected);
}

static void test_markers(void **state)
{
	(void)state;
	expect_marker(MARKER_BULLET, MARKER_ARABIC, 3, "\u2022", 1);
	expect_marker(MARKER_DECIMAL, MARKER_LATIN, -12, "-12.", 4);
	expect_marker(MARKER_DECIMAL, MARKER_ARABIC, 105, "\u0661\u0660\u0665.", 4);
	expect_marker(MARKER_DECIMAL, MARKER_PERSIAN, 46, "\u06F4\u06F6.", 3);
	expect_marker(MARKER_DECIMAL, MARKER_HEBREW, 46, "46.", 3);
	expect_marker(MARKER_LOWER_ALPHA, MARKER_LATIN, 28, "ab.", 3);
	expect_marker(MARKER_UPPER_ALPHA, MARKER_LATIN, 26, "Z.", 2);
	expect_marker(MARKER_LOWER_ALPHA, MARKER_ARABIC, 3, "\u062C.", 2);
	expect_marker(MARKER_LOWER_ALPHA, MARKER_ARABIC, 5, "\u0647\u200D.", 2);
	expect_marker(MARKER_LOWER_ALPHA, MARKER_PERSIAN, 10, "\u06CC.", 2);
	expect_marker(MARKER_LOWER_ALPHA, MARKER_ARABIC, 29, "\u0662\u0669.", 3);
	expect_marker(MARKER_LOWER_ALPHA, MARKER_HEBREW, 16, "\u05D8\u05D6.", 3);
	expect_marker(MARKER_LOWER_ALPHA, MARKER_HEBREW, 512, "\u05EA\u05E7\u05D9\u05D1.", 5);
	expect_marker(MARKER_LOWER_ROMAN, MARKER_ARABIC, 1994, "mcmxciv.", 8);
	expect_marker(MARKER_UPPER_ROMAN, MARKER_LATIN, 3888, "MMMDCCCLXXXVIII.", 16);
	expect_marker(MARKER_UPPER_ROMAN, MARKER_LATIN, 0, "0.", 2);
	/* The digits of a text decide, then its language. */
	struct document *d = document_from_html_in(
		STR("<ol><li>في 2024</ol>"), STR("ar"), TEXT_RTL, NULL);
	assert_int_equal(d->blocks[0].script, MARKER_LATIN);
	document_free(d);
	d = document_from_html_in(STR("<ol><li>خبر<li lang=en>x</ol>"), STR("ar"), TEXT_RTL, NULL);
	assert_int_equal(d->blocks[0].script, MARKER_ARABIC);
	assert_int_equal(d->blocks[1].script, MARKER_LATIN);
	document_free(d);
}

/* The number of a link behind it, where what is to come goes on waiting. */
static void test_numbered_links(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{"a <a href=http://x.example/>b</a> c", "p|a {l0:b} [1] c\n"},
		{"<a href=http://x.example/>b </a>c", "p|{l0:b} [1] c\n"},
		{"<a href=http://x.example/>b</a>, <b><a href=http://y.example/>c</a></b>.",
			"p|{l0:b} [1], {s:{l1:c} [2]}.\n"},
		{"<a href=http://x.example/></a>a<a>b</a>", "p|ab\n"},
		{"<a href=http://x.example/>b<br></a>c", "p|{l0:b}/c\n"},
		{"<p><a href=http://x.example/>b<p>c</a>d", "p|{l0:b} [1]\np|{l1:c} [2]d\n"},
	};
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct document *d = document_from_html_numbered(
			str_of(samples[i].html), STR("en"), TEXT_AUTO, NULL);
		char *text = dump(d);
		if (strcmp(text, samples[i].expected) != 0)
			fail_msg("%s\ngives\n%sinstead of\n%s", samples[i].html, text,
				samples[i].expected);
		free(text);
		document_free(d);
	}
	/* They are not the text's own digits. */
	struct document *d = document_from_html_numbered(
		STR("<ol><li>٣ <a href=http://x.example/>خبر</a></ol>"), STR("ar"), TEXT_RTL, NULL);
	assert_int_equal(d->blocks[0].script, MARKER_ARABIC);
	document_free(d);
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
	flood("<td>x", 10000, "END");
	flood("<tr><td rowspan=9 colspan=3>x<th rowspan=0>y", 10000, "END");
	flood("<sup>", 100000, "END");
	flood("<abbr title=x>y</abbr>", 100000, "END");
	flood("<a id=x href=#x>y</a>", 50000, "END");
	flood("<details><summary>x", 50000, "END");
	flood("<blockquote cite=http://xn--a>x", 20000, "END");
	flood("<ruby>x<rt>", 50000, "END");
	flood("\u200B\u200D", 300000, "END");
	flood("<img src=http://a.example alt=x>", 50000, "END");
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
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_list_of_links),
		cmocka_unit_test(test_markers),
		cmocka_unit_test(test_numbered_links),
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
