/*
 * How long an article takes from its HTML to the first screen of it, beside the parser alone
 * (gumbo, its tree freed again): the document, the list of its links, a page of 24 rows.  The
 * least of some passes, of processor time.
 */
#include "article/page.h"
#include "article/part.h"
#include "corpus.h"

#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROWS = 24, WIDTH = 80, LONG = 2 << 20, START = 256 << 10 /* as ui/reading.c has it */ };

static void need(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "article-bench: %s\n", what);
	exit(EXIT_FAILURE);
}

static double milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void keep_least(double *least, double value)
{
	if (*least == 0 || value < *least)
		*least = value;
}

/* ---- articles ---- */

/* The next paragraph of the text, from the start again at its end. */
static struct str next_paragraph(struct str text, struct str *rest)
{
	struct str paragraph = {"", 0};
	while (paragraph.len == 0) {
		if (!rest->ptr || rest->len == 0 || !str_split(rest, '\n', &paragraph))
			*rest = text;
	}
	return paragraph;
}

static struct str words_of(struct str text, struct str *rest, size_t bytes)
{
	struct str words = next_paragraph(text, rest);
	size_t end = words.len < bytes ? words.len : bytes;
	while (end < words.len && words.ptr[end] != ' ')
		end++;
	return str_slice(words, 0, end);
}

static void write_paragraphs(struct buffer *out, struct str text, size_t bytes)
{
	struct str rest = text;
	for (size_t i = 0; out->len < bytes; i++) {
		struct str words = next_paragraph(text, &rest);
		struct str first = str_slice(words, 0, 0), more = words;
		if (i % 4 == 0 && str_split(&more, ' ', &first))
			buffer_printf(out,
				"<p><a href=\"https://news.example/%zu\">%.*s</a> "
				"<strong>%.*s</strong></p>\n",
				i, STR_ARG(first), STR_ARG(more));
		else if (i % 16 == 1)
			buffer_printf(out, "<h2>%.*s</h2>\n<ul><li>%.*s</li></ul>\n",
				STR_ARG(words_of(text, &rest, 40)), STR_ARG(words));
		else
			buffer_printf(out, "<p>%.*s</p>\n", STR_ARG(words));
	}
}

static void write_links(struct buffer *out, struct str text, size_t count)
{
	struct str rest = text;
	for (size_t i = 0; i < count; i++) {
		struct str words = words_of(text, &rest, 60);
		buffer_printf(out, "%s<a href=\"https://news.example/story/%zu\">%.*s</a> ",
			i % 10 == 0 ? "<p>" : "", i, STR_ARG(words));
	}
}

static void write_table(struct buffer *out, struct str text, size_t count)
{
	struct str rest = text;
	buffer_str(out, STR("<table><thead><tr><th>A<th>B<th>C<th>D<th>E</tr></thead><tbody>"));
	for (size_t i = 0; i < count; i++)
		buffer_printf(out,
			"<tr><td>%zu</td><td>%.*s</td><td>%.*s</td><td>%zu</td>"
			"<td>%.*s</td></tr>\n",
			i, STR_ARG(words_of(text, &rest, 20)), STR_ARG(words_of(text, &rest, 30)),
			i * 7919 % 10007, STR_ARG(words_of(text, &rest, 12)));
	buffer_str(out, STR("</tbody></table>"));
}

/* ---- measures ---- */

static double parse_alone(struct str html)
{
	double start = milliseconds();
	GumboOutput *output = gumbo_parse_with_options(&kGumboDefaultOptions, html.ptr, html.len);
	gumbo_destroy_output(&kGumboDefaultOptions, output);
	return milliseconds() - start;
}

struct times {
	double parser, document, links, page;
};

static double first_page(
	const struct document *body, const struct document *tail, struct text_engine *engine)
{
	double start = milliseconds();
	struct page_options options = {.engine = engine, .width = WIDTH};
	struct page *page = page_new(NULL, body, tail, &options);
	need(page, "out of memory");
	struct page_place place = page_first(page);
	struct page_row row;
	for (int i = 0; i < ROWS; i++) {
		need(page_row(page, place, &row) == 0, "out of memory");
		if (page_next(page, &place) != 1)
			break;
	}
	page_free(page);
	return milliseconds() - start;
}

static void pass(struct str html, struct times *times)
{
	struct text_engine *engine = text_engine_new();
	need(engine, "out of memory");
	keep_least(&times->parser, parse_alone(html));
	double start = milliseconds();
	struct document *body = document_from_html(html, TEXT_RTL, NULL);
	need(body, "out of memory");
	keep_least(&times->document, milliseconds() - start);
	start = milliseconds();
	struct document *tail = document_links(body, NULL);
	need(tail, "out of memory");
	keep_least(&times->links, milliseconds() - start);
	keep_least(&times->page, first_page(body, tail, engine));
	document_free(tail);
	document_free(body);
	text_engine_free(engine);
}

static void print_times(const char *name, struct buffer *html)
{
	struct times t = {0};
	need(!html->failed, "out of memory");
	int passes = html->len > 5000000 ? 3 : html->len > 100000 ? 7 : 50;
	for (int i = 0; i < passes; i++)
		pass(buffer_view(html), &t);
	double total = t.document + t.links + t.page;
	printf("%-16s %9zu %9.2f %9.2f %9.2f %9.2f %9.2f %8.2f\n", name, html->len, t.parser,
		t.document, t.links, t.page, total, total / t.parser);
	buffer_free(html);
}

int main(int argc, char **argv)
{
	enum { CORPUS = 1 << 20 };
	struct vocabulary vocabulary;
	const struct vocabulary *only = &vocabulary;
	struct buffer corpus = {0}, html = {0};
	need(argc == 2, "usage: article-bench FOLDER-OF-SAMPLES");
	need(vocabulary_read(&vocabulary, argv[1], "ar"), "no samples there");
	need(corpus_make(&corpus, &only, 1, CORPUS), "out of memory");
	struct str text = buffer_view(&corpus);
	static const struct {
		const char *name;
		void (*write)(struct buffer *out, struct str text, size_t size);
		size_t size;
	} kinds[] = {{"5 KB", write_paragraphs, 5000}, {"1 MB", write_paragraphs, 1000000},
		{"10 MB", write_paragraphs, 10000000}, {"10,000 links", write_links, 10000},
		{"5,000 rows", write_table, 5000}};
	puts("From HTML to the first 24 rows at 80 columns, in milliseconds");
	printf("%-16s %9s %9s %9s %9s %9s %9s %8s\n", "article", "bytes", "parser", "document",
		"links", "page", "total", "/parser");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		kinds[i].write(&html, text, kinds[i].size);
		/* What the reader shows first of a long one. */
		struct str start =
			str_slice(buffer_view(&html), 0, part_of(buffer_view(&html), START));
		struct buffer part = {0};
		if (html.len > LONG)
			buffer_str(&part, start);
		print_times(kinds[i].name, &html);
		if (part.len > 0)
			print_times("  its start", &part);
	}
	buffer_free(&corpus);
	vocabulary_free(&vocabulary);
	return EXIT_SUCCESS;
}
