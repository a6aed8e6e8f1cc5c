/* The text of HTML for search. */
#include "article/striptext.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void texts(void **state)
{
	static const struct {
		const char *html, *text;
	} cases[] = {
		{"", ""},
		{"خبر", "خبر"},
		{"<p>one</p><p>two</p>", "\none\n\ntwo\n"},
		{"al<b>pha</b><EM>bet</em>", "alphabet"},
		{"one<br>two<hr/>three", "one\ntwo\nthree"},
		{"<a href=\"https://site.example/a>b\" title='>'>link</a>s", "links"},
		{"a &lt;b&gt; &amp;amp; &quot;c&quot;", "a <b> &amp; \"c\""},
		{"&#1587;&#x644;&#X627;م", "سلام"},
		{"&#0; &#xZZ; &#; &nothing; & &", "&#0; &#xZZ; &#; &nothing; & &"},
		{"&#99999999;", "\xEF\xBF\xBD"},
		{"<!-- a <p> --->b<!-- c", "b"},
		{"<!DOCTYPE html>x", "\nx"},
		{"1 < 2, 3 <4", "1 < 2, 3 <4"},
		{"end <a href=\"x", "end "},
		{"<img src=\"x\" alt=\"no text\">y", "\ny"},
		{"<ruby>漢<rp>(</rp><rt>kan</rt></ruby>", "漢\n(\n\nkan\n"},
		{"<addr>x</addr><a1>y", "\nx\n\ny"},
	};
	struct buffer out = {0};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buffer_clear(&out);
		striptext(str_of(cases[i].html), &out);
		assert_string_equal(out.data ? out.data : "", cases[i].text);
	}
	buffer_free(&out);
}

/* Of any bytes: never longer than they are, the same each time, nothing read behind the end. */
static void any_bytes(void **state)
{
	static const char alphabet[] = "<>&;#x\"'!-/ab19 \0\xD8\xB3";
	uint64_t seed = 481;
	struct buffer out = {0};
	(void)state;
	for (int round = 0; round < 20000; round++) {
		size_t len = (size_t)round % 40;
		char *bytes = malloc(len + 1); /* its end is watched */
		assert_non_null(bytes);
		char *html = realloc(bytes, len ? len : 1);
		for (size_t i = 0; i < len; i++) {
			seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
			html[i] = alphabet[(seed >> 33) % (sizeof alphabet - 1)];
		}
		buffer_clear(&out);
		striptext((struct str){html, len}, &out);
		assert_false(out.failed);
		assert_true(out.len <= len);
		free(html);
	}
	buffer_free(&out);
}

static double seconds_for(const char *piece, size_t bytes)
{
	struct timespec from, to;
	struct buffer html = {0}, out = {0};
	while (html.len < bytes)
		buffer_str(&html, str_of(piece));
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	striptext(buffer_view(&html), &out);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
	buffer_free(&html);
	buffer_free(&out);
	return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

/* Four megabytes of what never ends take no time that grows with its square. */
static void linear(void **state)
{
	static const char *const pieces[] = {"<", "<!--", "<a href=\"", "&", "&#", "<a ", "&#1"};
	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
		assert_true(seconds_for(pieces[i], 4 << 20) < 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts),
		cmocka_unit_test(any_bytes),
		cmocka_unit_test(linear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
