/* Rows of a page as they are drawn: lists and quotations on the side where reading starts. */
#include "ui/reading.h"

#include "base/buffer.h"
#include "screen/canvas.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WIDTH = 24 };

struct drawn {
	struct document *body;
	struct page *page;
	struct canvas *canvas;
};

static struct drawn open_page(const char *html, const struct page_options *wanted)
{
	struct error error;
	struct page_options options = *wanted;
	options.width = WIDTH;
	options.style = reading_style;
	struct drawn d = {.body = document_from_html(str_of(html), TEXT_AUTO, &error)};
	assert_non_null(d.body);
	d.page = page_new(NULL, d.body, NULL, &options);
	d.canvas = canvas_new(1, WIDTH + 4);
	assert_non_null(d.page);
	assert_non_null(d.canvas);
	return d;
}

static void close_page(struct drawn *d)
{
	page_free(d->page);
	document_free(d->body);
	canvas_free(d->canvas);
}

/* The row as UTF-8 between the margins, which must be blank. */
static const char *draw(struct drawn *d, const struct page_row *row)
{
	static char text[WIDTH * 16];
	struct buffer out = {0};
	canvas_clear(d->canvas, 0);
	assert_int_equal(reading_draw_row(d->canvas, 0, 2, WIDTH, row), 0);
	const struct canvas_cell *cells = canvas_row(d->canvas, 0);
	for (int i = 0; i < WIDTH + 4; i++) {
		if (i < 2 || i >= WIDTH + 2)
			assert_int_equal(cells[i].glyphs[0], ' ');
		else
			buffer_utf8(&out, cells[i].glyphs[0]);
	}
	assert_true(!out.failed && out.len < sizeof text);
	memcpy(text, out.data, out.len);
	text[out.len] = '\0';
	buffer_free(&out);
	return text;
}

static void expect_rows(const char *html, const struct page_options *options,
		const char *const *rows, size_t count)
{
	struct drawn d = open_page(html, options);
	struct page_place place = page_first(d.page);
	int more = 1;
	for (size_t i = 0; i < count; i++) {
		struct page_row row;
		assert_int_equal(more, 1);
		assert_int_equal(page_row(d.page, place, &row), 0);
		const char *seen = draw(&d, &row);
		if (strcmp(seen, rows[i]) != 0)
			fail_msg("row %zu: |%s|\nnot    |%s|", i, seen, rows[i]);
		more = page_next(d.page, &place);
	}
	assert_int_equal(more, 0);
	close_page(&d);
}

/* Letters that join with none, so that rows are the letters turned round. */
static void lists_hang_on_the_right(void **state)
{
	(void)state;
	static const char html[] = "<ul><li>דד דדדד דדדדד דדדדדד דדד</li>"
				   "<li>אב<ol><li>גג גגגגגג גגגגגג גגגגג</li></ol></li></ul>";
	static const char *const rows[] = {
		"דדדדדד דדדדד דדדד דד •  ",
		"                 דדד    ",
		"                  בא •  ",
		"גגגגגג גגגגגג גג .1     ",
		"           גגגגג        ",
	};
	expect_rows(html, &(struct page_options){0}, rows, sizeof rows / sizeof *rows);
}

static void quotes_have_their_bars_on_the_right(void **state)
{
	(void)state;
	static const char html[] =
		"<p>אב</p><blockquote>גד<blockquote>הו זז</blockquote></blockquote><p>חט</p>";
	static const char *const rows[] = {
		"                      בא",
		"                        ",
		"                    דג │",
		"                       │",
		"               זז וה │ │",
		"                        ",
		"                      טח",
	};
	expect_rows(html, &(struct page_options){0}, rows, sizeof rows / sizeof *rows);
	/* The reader's choice turns all of it. */
	static const char *const turned[] = {
		"בא                      ",
		"                        ",
		"│ דג                    ",
		"│                       ",
		"│ │ זז וה               ",
		"                        ",
		"טח                      ",
	};
	struct page_options ltr = {.direction = TEXT_LTR};
	expect_rows(html, &ltr, turned, sizeof turned / sizeof *turned);
}

/* Items are filled to the width within their indent; headings and the last lines are not. */
static void filled_rows_end_at_the_margin(void **state)
{
	(void)state;
	static const char html[] = "<h2>aaaa bbbb cccc dddd eeee</h2><p>aaaa bbbb cccc dddd eeee ff</p>"
				   "<ul><li>aaaa bbbb cccc dddd eeee</li></ul>"
				   "<blockquote>aaaa bbbb cccc dddd eeee</blockquote>"
				   "<pre>aaaa bbbb cccc dddd eeee</pre>";
	struct page_options options = {.justify = true};
	struct drawn d = open_page(html, &options);
	struct page_place place = page_first(d.page);
	int more = 1;
	size_t filled = 0;
	for (; more > 0; more = page_next(d.page, &place)) {
		struct page_row row;
		assert_int_equal(page_row(d.page, place, &row), 0);
		if (row.kind != PAGE_TEXT)
			continue;
		bool last = row.line->end == row.block->end - row.block->start;
		bool ragged = last || row.block->kind == BLOCK_HEADING ||
				row.block->kind == BLOCK_PRE;
		int room = WIDTH - row.indent;
		if (!ragged)
			assert_int_equal(row.line->width, room);
		filled += !ragged && row.indent > 0;
		for (size_t i = 0; ragged && i < row.line->count; i++)
			assert_true(row.line->cells[i].end > row.line->cells[i].start);
	}
	assert_true(filled >= 2);
	close_page(&d);
}

static void marks_and_numerals_reach_the_page(void **state)
{
	(void)state;
	static const char html[] = "<p>אָב 1</p><p>دَدْ 12</p>";
	static const char *const rows[] = {
		"                    1 בא",
		"                        ",
		"                   ۱۲ \uFEA9\uFEA9",
	};
	struct page_options options = {
		.marks = TEXT_MARKS_HIDE, .numerals = TEXT_NUMERALS_PERSIAN};
	expect_rows(html, &options, rows, sizeof rows / sizeof *rows);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_hang_on_the_right),
		cmocka_unit_test(quotes_have_their_bars_on_the_right),
		cmocka_unit_test(filled_rows_end_at_the_margin),
		cmocka_unit_test(marks_and_numerals_reach_the_page),
	};
	return cmocka_run_group_tests_name("ui/reading", tests, NULL, NULL);
}
