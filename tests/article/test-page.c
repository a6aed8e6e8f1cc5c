#include "article/page.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static struct document *html(const char *source, enum text_direction fallback)
{
	struct error error = {0};
	struct document *d = document_from_html(str_of(source), fallback, &error);
	if (!d)
		fail_msg("%s", error.message);
	return d;
}

static struct document *head_of(const char *title, const char *meta)
{
	struct str fact = str_of(meta);
	struct document *d = document_head(str_of(title), &fact, 1, STR(""), TEXT_RTL, NULL);
	assert_non_null(d);
	return d;
}

/* The span flags themselves, and a bit for the block, so that cells show what was asked. */
static uint16_t style(const struct block *block, unsigned flags)
{
	return (uint16_t)(flags | (block->kind == BLOCK_HEADING ? 0x100 : 0));
}

static struct page *page_of(const struct document *head, const struct document *body, int width,
	enum text_direction direction)
{
	const struct page_options options = {
		.width = width, .direction = direction, .style = style, .wrap_code = width & 1};
	struct page *page = page_new(head, body, NULL, &options);
	assert_non_null(page);
	return page;
}

static struct page_row row_at(struct page *page, struct page_place place)
{
	struct page_row row;
	assert_int_equal(page_row(page, place, &row), 0);
	return row;
}

/* ---- what holds for every page ---- */

static void assert_place(struct page_place a, struct page_place b)
{
	assert_int_equal(a.block, b.block);
	assert_int_equal(a.line, b.line);
}

static void check_text_row(const struct page_row *row, int width)
{
	int cells = 0;
	assert_non_null(row->line);
	for (size_t i = 0; i < row->line->count; i++)
		cells += row->line->cells[i].width;
	assert_int_equal(cells, row->line->width);
	assert_true(row->indent + row->line->width <= width);
	assert_int_equal(row->line->direction, row->direction);
}

/* Cells lie side by side in the row and hold their lines. */
static void check_cells(const struct page_row *row, int width)
{
	int end = 0;
	assert_true(row->piece_count > 0);
	for (size_t i = 0; i < row->piece_count; i++) {
		const struct page_piece *piece = &row->pieces[i];
		assert_true(piece->column >= end);
		if (i > 0)
			assert_int_equal(piece->column, end + row->gap);
		end = piece->column + piece->width;
		if (piece->line)
			assert_true(piece->line->width <= piece->width);
		if (row->kind == PAGE_TABLE_RULE)
			assert_null(piece->line);
	}
	assert_true(row->indent + end <= width);
}

/* Bytes of the block that a row of cells shows. */
static size_t shown(const struct page_row *row)
{
	size_t bytes = 0;
	for (size_t i = 0; i < row->piece_count; i++) {
		const struct page_piece *piece = &row->pieces[i];
		if (!piece->line || piece->base < row->block->start || piece->base > row->block->end)
			continue;
		size_t from = piece->line->start > piece->prefix ? piece->line->start : piece->prefix;
		bytes += piece->line->end > from ? piece->line->end - from : 0;
	}
	return bytes;
}

/* Bytes of the cells of a row, those from above not counted. */
static size_t bytes_of_cells(const struct document *d, const struct block *block)
{
	const struct row *row = &d->rows[block->row];
	size_t bytes = 0;
	for (size_t i = 0; i < row->cell_count; i++) {
		const struct cell *cell = &d->cells[row->cell + i];
		bytes += cell->carried ? 0 : cell->end - cell->start;
	}
	return bytes;
}

static void check_row(const struct page_row *row, int width)
{
	assert_true(row->direction == TEXT_LTR || row->direction == TEXT_RTL);
	assert_true(row->indent >= 0 && row->indent < width);
	assert_true(width - row->indent >= (width < 8 ? width : 8));
	assert_true(row->bars * 2 + row->marker_width <= row->indent);
	assert_true(row->marker.len == 0 || row->marker_width > 0);
	if (row->kind == PAGE_TEXT)
		check_text_row(row, width);
	else
		assert_null(row->line);
	if (row->kind == PAGE_CELLS || row->kind == PAGE_TABLE_RULE)
		check_cells(row, width);
}

struct places {
	struct page_place *items;
	size_t count, cap;
};

static void add_place(struct places *places, struct page_place place)
{
	if (places->count == places->cap) {
		places->cap = places->cap ? places->cap * 2 : 64;
		places->items = realloc(places->items, places->cap * sizeof *places->items);
		assert_non_null(places->items);
	}
	places->items[places->count++] = place;
}

/* From first to last, each row looked at: all text once, in order. */
static void walk_on(struct page *page, const struct document *head, const struct document *body,
	int width, struct places *places)
{
	struct page_place place = page_first(page);
	size_t at = 0, cells = 0, head_count = head ? head->block_count : 0;
	size_t count = head_count + body->block_count;
	bool blank = true, more = true;
	while (more) {
		struct page_row row = row_at(page, place);
		struct page_place here = place;
		add_place(places, place);
		check_row(&row, width);
		more = page_next(page, &place) == 1;
		const struct block *b = here.block < head_count
						? &head->blocks[here.block]
						: &body->blocks[here.block - head_count];
		assert_ptr_equal(row.block, b);
		assert_true(row.kind != PAGE_BLANK || !blank);
		blank = row.kind == PAGE_BLANK;
		if (row.kind == PAGE_TEXT) {
			assert_int_equal(row.line->start, at);
			at = row.line->end;
		}
		if (here.block >= head_count && row.kind == PAGE_TEXT)
			assert_int_equal(row.offset, b->start + row.line->start);
		cells += row.kind == PAGE_CELLS ? shown(&row) : 0;
		if (more && place.block == here.block)
			continue;
		/* The end of a block: all of it was there. */
		assert_int_equal(place.block, more ? here.block + 1 : count - 1);
		if (b->kind != BLOCK_ROW)
			assert_int_equal(at, b->end - b->start);
		else if (cells != b->end - b->start)
			assert_int_equal(cells, bytes_of_cells(body, b));
		at = cells = 0;
	}
	assert_false(blank);
	assert_place(place, page_last(page));
}

static void walk_back(struct page *page, const struct places *places)
{
	struct page_place place = page_last(page);
	for (size_t i = places->count; i > 0; i--) {
		assert_place(place, places->items[i - 1]);
		assert_int_equal(page_prev(page, &place), i > 1 ? 1 : 0);
	}
	assert_place(place, page_first(page));
}

/* Each row is found by its offset; so is each byte by a row that holds it. */
static void find_all(struct page *page, const struct places *places, size_t head_count)
{
	for (size_t i = 0; i < places->count; i++) {
		if (places->items[i].block < head_count)
			continue;
		struct page_row row = row_at(page, places->items[i]);
		/* The blank row after a rule has no byte of its own. */
		if (row.kind == PAGE_BLANK && row.block->kind == BLOCK_RULE)
			continue;
		struct page_place found = page_find(page, row.offset);
		/* Rules, and cells from above, have none either. */
		if (row.block->kind == BLOCK_ROW) {
			assert_int_equal(found.block, places->items[i].block);
			assert_true(found.line <= places->items[i].line || row.kind == PAGE_CELLS);
			continue;
		}
		assert_place(found, places->items[i]);
		if (row.kind == PAGE_TEXT && row.line->end > row.line->start + 1) {
			size_t last = row.block->start + row.line->end - 1;
			assert_place(page_find(page, last), places->items[i]);
		}
	}
}

static void check_page(const struct document *head, const struct document *body, int width,
	enum text_direction direction)
{
	struct page *page = page_of(head, body, width, direction);
	struct places places = {0};
	walk_on(page, head, body, width, &places);
	walk_back(page, &places);
	find_all(page, &places, head ? head->block_count : 0);
	free(places.items);
	page_free(page);
}

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16 & 0x7FFF;
}

static char *random_html(unsigned *seed, int pieces)
{
	static const char *const parts[] = {"<p>", "</p>", "<b>", "</b>", "<ul>", "<ol start=95>",
		"</ul>", "</ol>", "<li>", "<li>", "<pre>", "</pre>\n", "<br>", "<hr>",
		"<blockquote>", "</blockquote>", "<h2>", "</h2>", "<code>", "</code>",
		"<a href=http://a.example>", "</a>", "<bdi>", "</bdi>", "<p dir=ltr>",
		"<div dir=rtl>", "</div>", "<dt>", "<dd>", "<table><tr><td>", "<td>", "</table>",
		"<table><tr><th>خبر<th>b<tr><td rowspan=2>", "<td colspan=2>", "<th>", "<tr><td>",
		"<tr><td>x<td>"};
	static const char *const words[] = {"خبر ", "مؤتمر ", "وَقَالَ ", "الاقتصادية، ", "2024 ",
		"18 و19 ", "(نص) ", "«اقتباس» ", "https://news.example/a/b?c=d ", "Reuters ",
		"می‌شود ", "ירושלים ", "سەرۆکایەتی ", "日本語 ", "😀 ",
		"averyveryverylongwordthatdoesnotfit ", "لا ", "a-b\n", "x\ty  z ", "\u200Fع "};
	struct buffer out = {0};
	for (int i = 0; i < pieces; i++) {
		if (next_random(seed) % 3 == 0)
			buffer_str(&out,
				str_of(parts[next_random(seed) % (sizeof parts / sizeof *parts)]));
		else
			buffer_str(&out,
				str_of(words[next_random(seed) % (sizeof words / sizeof *words)]));
	}
	char *text = buffer_take(&out);
	assert_non_null(text);
	return text;
}

static void test_random_pages(void **state)
{
	(void)state;
	static const int widths[] = {5, 6, 8, 9, 11, 14, 20, 31, 40, 57, 80, 120};
	unsigned seed = 4242;
	struct document *head = head_of("عنوان الخبر الطويل جدا الذي لا يسعه سطر", "الموقع · أمس");
	for (int round = 0; round < 60; round++) {
		char *source = random_html(&seed, 150);
		struct document *body = html(source, round & 1 ? TEXT_RTL : TEXT_AUTO);
		for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
			check_page(i & 1 ? head : NULL, body, widths[i],
				(enum text_direction)((size_t)round % 3));
		document_free(body);
		free(source);
	}
	document_free(head);
}

/*
 * Plain: every row begins at the left side and is one text; walking on and back leads to the same
 * places, and every byte of the body is found in a row that starts at or before it.
 */
static void check_plain_page(const struct document *body, int width)
{
	const struct page_options options = {
		.width = width, .style = style, .wrap_code = true, .plain = true};
	struct page *page = page_new(NULL, body, NULL, &options);
	struct places places = {0};
	assert_non_null(page);
	struct page_place place = page_first(page);
	do {
		struct page_row row = row_at(page, place);
		assert_int_equal(row.direction, TEXT_LTR);
		assert_true(row.kind != PAGE_TABLE_RULE && row.piece_count <= 1);
		const struct text_line *line = row.kind == PAGE_CELLS ? row.pieces[0].line : row.line;
		assert_true(!line || row.indent + line->width <= width);
		add_place(&places, place);
	} while (page_next(page, &place) == 1);
	walk_back(page, &places);
	for (size_t i = 0; i < body->len; i++) {
		struct page_row row = row_at(page, page_find(page, i));
		assert_true(row.offset <= i);
	}
	free(places.items);
	page_free(page);
}

static void test_random_plain_pages(void **state)
{
	(void)state;
	static const int widths[] = {8, 14, 40, 80};
	unsigned seed = 777;
	for (int round = 0; round < 40; round++) {
		char *source = random_html(&seed, 150);
		struct document *body = html(source, TEXT_RTL);
		check_plain_page(body, widths[round % 4]);
		document_free(body);
		free(source);
	}
}

/* ---- a page as one string ---- */

/* Each row: indent as dots, marker, the logical text; bars as ">", blank as "-", rule as "=". */
static char *draw(struct page *page, const struct document *head, const struct document *body)
{
	struct buffer out = {0};
	size_t head_count = head ? head->block_count : 0;
	struct page_place place = page_first(page);
	do {
		struct page_row row = row_at(page, place);
		buffer_repeat(&out, STR(">"), (size_t)row.bars);
		if (row.kind == PAGE_BLANK) {
			buffer_str(&out, STR("-\n"));
			continue;
		}
		buffer_repeat(&out, STR("."), (size_t)row.indent);
		buffer_str(&out, row.marker);
		if (row.marker.len)
			buffer_byte(&out, '|');
		if (row.kind == PAGE_RULE) {
			buffer_str(&out, STR("=\n"));
			continue;
		}
		const char *text = place.block < head_count ? head->text : body->text;
		struct str line = {
			text + row.block->start + row.line->start, row.line->end - row.line->start};
		buffer_str(&out, str_trim(line));
		buffer_byte(&out, '\n');
	} while (page_next(page, &place) == 1);
	char *text = buffer_take(&out);
	assert_non_null(text);
	return text;
}

static void expect(const char *source, int width, const char *expected)
{
	struct document *body = html(source, TEXT_RTL);
	struct page *page = page_of(NULL, body, width, TEXT_AUTO);
	char *text = draw(page, NULL, body);
	if (strcmp(text, expected) != 0)
		fail_msg("%s\nat width %d is\n%sinstead of\n%s", source, width, text, expected);
	free(text);
	page_free(page);
	document_free(body);
}

static void test_rows(void **state)
{
	(void)state;
	expect("<p>a b</p><p>c</p>", 20, "a b\n-\nc\n");
	expect("<p>one two three</p>", 9, "one two\nthree\n");
	expect("<p>a<br>b</p>", 20, "a\nb\n");
	expect("<h2>a</h2><hr><p>b", 20, "a\n-\n=\n-\nb\n");
	expect("<pre>a\n\n b</pre>", 20, "a\n\nb\n");
	expect("<ul><li>a<li>b<ul><li>c<ul><li>d</ul></ul></ul>e", 40,
		"....\u2022|a\n....\u2022|b\n......\u25E6|c\n........\u25AA|d\n-\ne\n");
	expect("<ol start=9><li>a<li>b</ol>", 40, "...... 9.|a\n......10.|b\n");
	expect("<ol start=1000><li>a</ol>", 40, "........1000.|a\n");
	expect("<ul><li><p>a<p>b<li>c</ul>", 40, "....\u2022|a\n-\n....b\n-\n....\u2022|c\n");
	expect("<ol><li><p>a<p>b</ol>", 40, "...... 1.|a\n-\n......b\n");
	expect("a<blockquote>b<p>c</blockquote>d", 40, "a\n-\n>..b\n>-\n>..c\n-\nd\n");
	expect("<ul><li>aa bb cc</ul>", 11, "...\u2022|aa bb cc\n");
	expect("<ul><li>aa bb cc</ul>", 7, "aa bb\ncc\n");
	expect("<dl><dt>a<dd>b<dt>c<dt>d<dd>e<p>f</dl>", 40, "a\n....b\n-\nc\nd\n....e\n-\n....f\n");
}

static void test_head_and_body(void **state)
{
	(void)state;
	struct document *head = head_of("عنوان", "مصدر"), *body = html("<p>نص</p>", TEXT_RTL);
	struct page *page = page_of(head, body, 30, TEXT_AUTO);
	char *text = draw(page, head, body);
	assert_string_equal(text, "عنوان\nمصدر\n-\nنص\n");
	free(text);
	struct page_row row = row_at(page, (struct page_place){1, 0});
	assert_int_equal(row.offset, 0);
	assert_int_equal(row.block->kind, BLOCK_META);
	assert_place(page_find(page, 0), (struct page_place){2, 0});
	page_free(page);
	document_free(head);
	document_free(body);
}

static void test_empty(void **state)
{
	(void)state;
	struct document *body = html("", TEXT_RTL), *head = head_of("t", "");
	struct page *page = page_of(NULL, body, 30, TEXT_AUTO);
	struct page_place place = page_first(page);
	assert_int_equal(page_next(page, &place), 0);
	assert_int_equal(page_prev(page, &place), 0);
	assert_place(page_last(page), place);
	assert_place(page_find(page, 5), place);
	assert_int_equal(row_at(page, place).kind, PAGE_BLANK);
	page_free(page);
	page = page_of(head, body, 30, TEXT_AUTO);
	place = page_first(page);
	assert_int_equal(page_next(page, &place), 0);
	assert_place(page_find(page, 5), place);
	assert_int_equal(row_at(page, place).kind, PAGE_TEXT);
	page_free(page);
	document_free(head);
	document_free(body);
	/* A page that could not be made. */
	assert_place(page_first(NULL), (struct page_place){0});
	assert_place(page_last(NULL), (struct page_place){0});
	assert_place(page_find(NULL, 3), (struct page_place){0});
	assert_int_equal(page_next(NULL, &place), 0);
	assert_int_equal(page_prev(NULL, &place), 0);
	page_free(NULL);
}

/* A place of a page that had more rows, as after a change of width. */
static void test_foreign_places(void **state)
{
	(void)state;
	struct document *body = html("<p>a</p><p>b</p>", TEXT_LTR);
	struct page *page = page_of(NULL, body, 30, TEXT_AUTO);
	struct page_place place = {0, 100};
	assert_int_equal(row_at(page, place).kind, PAGE_BLANK);
	assert_int_equal(page_next(page, &place), 1);
	assert_place(place, (struct page_place){1, 0});
	place = (struct page_place){0, 100};
	assert_int_equal(page_prev(page, &place), 1);
	assert_place(place, (struct page_place){0, 1});
	place = (struct page_place){99, 0};
	assert_int_equal(row_at(page, place).kind, PAGE_TEXT);
	assert_int_equal(page_prev(page, &place), 1);
	assert_place(place, (struct page_place){1, 0});
	place = (struct page_place){99, 0};
	assert_int_equal(page_next(page, &place), 0);
	page_free(page);
	document_free(body);
}

static enum text_direction direction_of(const char *source, enum text_direction override)
{
	struct document *body = html(source, TEXT_RTL);
	struct page *page = page_of(NULL, body, 30, override);
	enum text_direction direction = row_at(page, page_first(page)).direction;
	page_free(page);
	document_free(body);
	return direction;
}

static void test_directions(void **state)
{
	(void)state;
	assert_int_equal(direction_of("<p>خبر عاجل", TEXT_AUTO), TEXT_RTL);
	assert_int_equal(direction_of("<p>news", TEXT_AUTO), TEXT_LTR);
	assert_int_equal(direction_of("<p>2024", TEXT_AUTO), TEXT_RTL);
	assert_int_equal(direction_of("<p dir=ltr>خبر", TEXT_AUTO), TEXT_LTR);
	assert_int_equal(direction_of("<p dir=ltr>خبر", TEXT_RTL), TEXT_RTL);
	assert_int_equal(direction_of("<p>خبر", TEXT_LTR), TEXT_LTR);
	assert_int_equal(direction_of("<hr>", TEXT_AUTO), TEXT_RTL);
	assert_int_equal(direction_of("<hr>", TEXT_LTR), TEXT_LTR);
	/* The first strong character stands behind an isolate. */
	assert_int_equal(direction_of("<p><code>make</code> أمر", TEXT_AUTO), TEXT_RTL);
	assert_int_equal(direction_of("<p><bdi>فلان</bdi> said", TEXT_AUTO), TEXT_LTR);
}

static void test_judged_directions(void **state)
{
	(void)state;
	/* A stray mark flips nothing; one that has letters of its side does. */
	assert_int_equal(direction_of("<p>\u200Fnews of today", TEXT_AUTO), TEXT_LTR);
	assert_int_equal(direction_of("<p>\u200FBBC تعلن", TEXT_AUTO), TEXT_RTL);
	assert_int_equal(direction_of("<p>\u200Eخبر", TEXT_AUTO), TEXT_RTL);
	assert_int_equal(direction_of("<p>news \u200Fof today", TEXT_AUTO), TEXT_LTR);
	/* A name in front does not turn a paragraph of an Arabic article. */
	assert_int_equal(direction_of("<p>BBC تعلن نتائج السباق", TEXT_AUTO), TEXT_RTL);
	assert_int_equal(direction_of("<p>Reuters said that خبر", TEXT_AUTO), TEXT_LTR);
	assert_int_equal(direction_of("<p><bdi>فلان الفلاني</bdi> said so", TEXT_AUTO), TEXT_LTR);
	assert_int_equal(direction_of("<pre># تعليق\nmake install</pre>", TEXT_AUTO), TEXT_LTR);
	assert_int_equal(direction_of("<pre>x = 1</pre>", TEXT_RTL), TEXT_LTR);
	assert_int_equal(direction_of("<pre>قفا نبك</pre>", TEXT_AUTO), TEXT_RTL);
}

/* ---- tables and code ---- */

/* A row of cells as "column+width:text", a rule as "-" for each column. */
static char *draw_cells(const struct page_row *row)
{
	struct buffer out = {0};
	for (size_t i = 0; i < row->piece_count; i++) {
		const struct page_piece *piece = &row->pieces[i];
		if (i > 0)
			buffer_byte(&out, ' ');
		buffer_printf(&out, "%d+%d:", piece->column, piece->width);
		if (row->kind == PAGE_TABLE_RULE)
			buffer_byte(&out, piece->open ? '.' : '-');
		for (size_t k = 0; piece->line && k < piece->line->count; k++)
			buffer_utf8(&out, piece->line->glyphs[piece->line->cells[k].glyph]);
	}
	char *text = buffer_take(&out);
	return text ? text : strdup("");
}

static void expect_cells(const char *source, int width, const char *expected)
{
	struct document *body = html(source, TEXT_LTR);
	struct page *page = page_of(NULL, body, width, TEXT_AUTO);
	struct page_place place = page_first(page);
	struct buffer out = {0};
	do {
		struct page_row row = row_at(page, place);
		char *text = draw_cells(&row);
		if (row.kind == PAGE_TEXT)
			buffer_str(&out, str_trim((struct str){body->text + row.block->start +
					row.line->start, row.line->end - row.line->start}));
		buffer_str(&out, str_of(text));
		buffer_byte(&out, '\n');
		free(text);
	} while (page_next(page, &place) == 1);
	if (!out.data || strcmp(out.data, expected) != 0)
		fail_msg("%s\nat width %d is\n%sinstead of\n%s", source, width, out.data, expected);
	buffer_free(&out);
	page_free(page);
	document_free(body);
}

#define TABLE                                                                                      \
	"<table><tr><th>A<th>Long<tr><td>one two<td>x<tr><td>b<td>three four five</table>"

static void test_tables(void **state)
{
	(void)state;
	/* As wide as its text, a rule below the header. */
	expect_cells(TABLE, 40, "0+7:A 10+15:Long\n0+7:- 10+15:-\n0+7:one two 10+15:x\n"
				"0+7:b 10+15:three four five\n");
	/* Narrower: lines in cells, a rule below each row. */
	expect_cells(TABLE, 18, "0+7:A 10+8:Long\n0+7:- 10+8:-\n0+7:one two 10+8:x\n"
				"0+7:- 10+8:-\n0+7:b 10+8:three\n0+7: 10+8:four\n"
				"0+7: 10+8:five\n");
	/* Narrower still: records. */
	expect_cells(TABLE, 8, "0+8:A · Long\n\n0+8:A: one\n0+8:two\n0+8:Long: x\n\n0+8:A: b\n"
			       "0+8:Long:\n0+8:three\n0+8:four\n0+8:five\n");
	/* Spans: a cell over two columns, one over two rows. */
	expect_cells("<table><tr><td>a<td>b<td>c<tr><td colspan=2>wide cell<td rowspan=2>d"
		     "<tr><td>e<td>f</table>",
		40, "0+3:a 6+3:b 12+1:c\n0+9:wide cell 12+1:d\n0+3:e 6+3:f 12+1:\n");
}

/* Which end of a table is its start. */
static void test_table_directions(void **state)
{
	(void)state;
	assert_int_equal(direction_of("<table><tr><th>GDP<th>السنة<tr><td>نمو<td>2</table>",
				 TEXT_AUTO), TEXT_RTL);
	assert_int_equal(direction_of("<table><tr><th>خ<th>Year<tr><td>x<td>2</table>", TEXT_AUTO),
		TEXT_LTR);
	assert_int_equal(direction_of("<table dir=rtl><tr><th>a<th>b</table>", TEXT_AUTO), TEXT_RTL);
	assert_int_equal(direction_of("<table dir=rtl><tr><th>a<th>b</table>", TEXT_LTR), TEXT_LTR);
	assert_int_equal(direction_of("<table><tr><th>1<th>2</table>", TEXT_AUTO), TEXT_RTL);
}

/* Of 50,000 rows those are laid out that are looked at. */
static void test_long_table(void **state)
{
	(void)state;
	struct buffer source = {0};
	buffer_str(&source, STR("<table><tr><th>n</th><th>كلمة</th></tr>"));
	for (int i = 0; i < 50000; i++)
		buffer_printf(&source, "<tr><td>%d</td><td>خبر عن السوق</td></tr>", i);
	struct document *body = html(source.data, TEXT_RTL);
	struct page *page = page_of(NULL, body, 40, TEXT_AUTO);
	clock_t start = clock();
	struct page_place place = page_find(page, body->blocks[40000].start);
	struct page_row row = row_at(page, place);
	assert_int_equal(row.kind, PAGE_CELLS);
	assert_ptr_equal(row.block, &body->blocks[40000]);
	place = page_last(page);
	for (int i = 0; i < 50; i++)
		assert_int_equal(page_prev(page, &place), 1);
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 0.5);
	page_free(page);
	document_free(body);
	buffer_free(&source);
}

/* The first rows, some in the middle and the last of what wants to take for ever. */
static void look_around(const char *start, const char *piece, size_t count, const char *end)
{
	struct buffer source = {0};
	buffer_str(&source, str_of(start));
	buffer_repeat(&source, str_of(piece), count);
	buffer_str(&source, str_of(end));
	clock_t begun = clock();
	struct document *body = html(source.data, TEXT_RTL);
	assert_non_null(strstr(body->text, "END"));
	struct page *page = page_of(NULL, body, 80, TEXT_AUTO);
	const struct page_place places[] = {
		page_first(page), page_find(page, body->len / 2), page_last(page)};
	for (size_t i = 0; i < 3; i++) {
		struct page_place place = places[i];
		for (int n = 0; n < 30; n++) {
			struct page_row row = row_at(page, place);
			assert_true(row.indent < 80);
			if ((i == 2 ? page_prev : page_next)(page, &place) != 1)
				break;
		}
	}
	double taken = (double)(clock() - begun) / CLOCKS_PER_SEC;
	if (taken > 15)
		fail_msg("%zu times %s took %.1f s", count, piece, taken);
	page_free(page);
	document_free(body);
	buffer_free(&source);
}

static void test_hostile_pages(void **state)
{
	(void)state;
	look_around("<table><tr>", "<td>x</td>", 10000, "</tr></table><p>END");
	look_around("<table>", "<tr><td colspan=1000 rowspan=65534>x</td><td>y</td></tr>", 5000,
		"</table><p>END");
	look_around("<table><tr><td>", "word ", 300000, "</td><td>b</td></tr></table><p>END");
	look_around("<p>a", "\u0301\u064E\u05B0", 100000, "END");
	look_around("<p>a", "\u200B\u200D\u2060", 100000, "END");
	look_around("<p>", "\u202E\u2067x", 50000, "END");
	look_around("<ol type=i>", "<li value=3999>x</li>", 20000, "</ol><p>END");
	look_around("<pre>", "0123456789", 100000, "</pre><p>END");
	look_around("", "<blockquote><ul><li>x", 20000, "END");
	look_around("<p><bdo dir=rtl>", "<bdi>x", 20000, "END");
}

static void expect_code(struct page *page, const char *expected, bool before, bool after)
{
	struct page_row row = row_at(page, page_first(page));
	struct buffer out = {0};
	for (size_t i = 0; i < row.line->count; i++)
		buffer_utf8(&out, row.line->glyphs[row.line->cells[i].glyph]);
	assert_string_equal(out.data, expected);
	assert_int_equal(row.more_before, before);
	assert_int_equal(row.more_after, after);
	buffer_free(&out);
}

static void test_code_is_shifted(void **state)
{
	(void)state;
	struct document *body = html("<pre>0123456789abcdefghij</pre>", TEXT_RTL);
	struct page *page = page_of(NULL, body, 10, TEXT_AUTO);
	expect_code(page, "012345678", false, true);
	page_set_shift(page, 4);
	expect_code(page, "456789ab", true, true);
	page_set_shift(page, 12);
	expect_code(page, "cdefghij", true, false);
	struct page_place place = page_first(page);
	assert_int_equal(page_next(page, &place), 0); /* one row, however long */
	page_free(page);
	document_free(body);
}

/* Marks are offsets of the body, whatever the order on the screen. */
static void test_marks(void **state)
{
	(void)state;
	static const char text[] = "خبر news عاجل";
	struct document *body = html("<p>خبر news عاجل</p><table><tr><th>a<th>bc</table>", TEXT_RTL);
	struct page *page = page_of(NULL, body, 40, TEXT_AUTO);
	size_t table = sizeof text + strlen("a · ");
	const struct page_mark marks[] = {{7, 11, 0x21}, {table, table + 1, 0x1000}};
	page_set_marks(page, marks, 2);
	struct page_place place = page_first(page);
	struct page_row row = row_at(page, place);
	for (size_t i = 0; i < row.line->count; i++) {
		const struct text_cell *cell = &row.line->cells[i];
		assert_int_equal(cell->style == 0x21, cell->start >= 7 && cell->start < 11);
	}
	while (row.kind != PAGE_CELLS) {
		assert_int_equal(page_next(page, &place), 1);
		row = row_at(page, place);
	}
	assert_int_equal(row.pieces[1].line->cells[0].style & 0x1000, 0x1000);
	assert_int_equal(row.pieces[1].line->cells[1].style & 0x1000, 0);
	page_free(page);
	document_free(body);
}

/* Cells of a row carry the style of all spans that are open there. */
static void test_styles(void **state)
{
	(void)state;
	struct document *body = html("<h2>a<b>b<i>c</i></b>d<code>e</code></h2>", TEXT_LTR);
	struct page *page = page_of(NULL, body, 30, TEXT_AUTO);
	struct page_row row = row_at(page, page_first(page));
	static const unsigned expected[] = {
		0, SPAN_STRONG, SPAN_STRONG | SPAN_EMPHASIS, 0, SPAN_CODE | SPAN_ISOLATE};
	assert_int_equal(row.style, 0x100);
	assert_int_equal(row.line->count, 5);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(row.line->cells[i].style, expected[i] | 0x100);
	page_free(page);
	document_free(body);
}

/* The words at the top stay at the top through a change of width and back. */
static void test_anchor(void **state)
{
	(void)state;
	unsigned seed = 31;
	char *source = random_html(&seed, 600);
	struct document *body = html(source, TEXT_RTL);
	struct page *wide = page_of(NULL, body, 80, TEXT_AUTO);
	struct page *narrow = page_of(NULL, body, 37, TEXT_AUTO);
	struct page_place place = page_first(wide);
	do {
		struct page_row row = row_at(wide, place);
		if (row.kind == PAGE_BLANK && row.block->kind == BLOCK_RULE)
			continue;
		if (row.block->kind == BLOCK_ROW)
			continue;
		size_t offset = row.offset;
		struct page_row other = row_at(narrow, page_find(narrow, offset));
		assert_ptr_equal(other.block, row.block);
		if (other.kind == PAGE_TEXT) {
			assert_true(other.offset <= offset);
			assert_true(other.block->start + other.line->end > offset);
		}
		assert_place(page_find(wide, offset), place);
	} while (page_next(wide, &place) == 1);
	page_free(wide);
	page_free(narrow);
	document_free(body);
	free(source);
}

static struct document *article_of(size_t bytes, const char *paragraph)
{
	struct buffer source = {0};
	buffer_repeat(&source, str_of(paragraph), 1 + bytes / strlen(paragraph));
	assert_false(source.failed);
	struct document *body = html(source.data, TEXT_RTL);
	buffer_free(&source);
	return body;
}

/*
 * A page reads nothing of a document but what is near the view: all text that is further
 * than NEAR from it is made unreadable, so that a look at it ends the test.
 */
static void test_is_lazy(void **state)
{
	(void)state;
	enum { NEAR = 128 * 1024, ROWS = 24 };
	struct document *body = article_of(10000000,
		"قالت البلدية إن 18 حافلة جديدة ستصل إلى المدينة (في الربيع)، وإن خط City Bus "
		"سيمر قرب السوق القديم ثم يعود عبر الجسر إلى المحطة الكبرى كل نصف ساعة.<p>");
	size_t cell = (size_t)sysconf(_SC_PAGESIZE);
	size_t size = (body->len / cell + 2) * cell;
	char *text = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_true(text != MAP_FAILED);
	memcpy(text, body->text, body->len + 1);
	char *own = body->text;
	body->text = text;
	const size_t views[] = {0, body->len / 2, body->len - 1};
	for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
		size_t from = views[i] > NEAR ? (views[i] - NEAR) / cell * cell : 0;
		size_t to = (views[i] + NEAR) / cell * cell;
		if (to > size)
			to = size;
		assert_int_equal(mprotect(text, size, PROT_NONE), 0);
		assert_int_equal(mprotect(text + from, to - from, PROT_READ), 0);
		struct page *page = page_of(NULL, body, 80, TEXT_AUTO);
		bool at_end = views[i] == body->len - 1;
		struct page_place place = at_end ? page_last(page) : page_find(page, views[i]);
		for (int n = 0; n < ROWS; n++) {
			row_at(page, place);
			int moved = at_end ? page_prev(page, &place) : page_next(page, &place);
			assert_int_equal(moved, 1);
		}
		page_free(page);
	}
	body->text = own;
	munmap(text, size);
	document_free(body);
}

/* One word of 10 MB is laid out where it is looked at, in rows that follow each other. */
static void test_endless_word(void **state)
{
	(void)state;
	struct document *body = article_of(10000000, "خبرعاجل");
	assert_true(body->len >= 10000000);
	struct page *page = page_of(NULL, body, 80, TEXT_AUTO);
	const size_t offsets[] = {0, body->len / 2, body->len - 10000};
	for (size_t i = 0; i < 3; i++) {
		struct page_place place = page_find(page, offsets[i]);
		struct page_row row = row_at(page, place);
		assert_true(row.offset <= offsets[i]);
		assert_true(offsets[i] - row.offset <= 2 * 80);
		for (int n = 0; n < 50; n++) {
			size_t next = row.block->start + row.line->end;
			check_text_row(&row, 80);
			assert_int_equal(row.line->width, 80);
			assert_int_equal(page_next(page, &place), 1);
			row = row_at(page, place);
			if (row.kind == PAGE_TEXT && row.line->start > 0)
				assert_int_equal(row.offset, next);
		}
	}
	struct page_place last = page_last(page), place = last;
	assert_int_equal(page_next(page, &place), 0);
	struct page_row row = row_at(page, last);
	assert_int_equal(row.block->start + row.line->end, body->len - 1);
	page_free(page);
	document_free(body);
}

/* Far more blocks than are kept, there and back and across. */
static void test_forgets_and_knows_again(void **state)
{
	(void)state;
	struct buffer source = {0};
	for (int i = 0; i < 700; i++)
		buffer_printf(&source, "<p>%d كلمة وكلمة أخرى ثم كلمة</p>", i);
	buffer_str(&source, STR("<p>"));
	buffer_repeat(&source, STR("كلام طويل "), 40000);
	struct document *body = html(source.data, TEXT_RTL);
	check_page(NULL, body, 12, TEXT_AUTO);
	struct page *page = page_of(NULL, body, 12, TEXT_AUTO);
	unsigned seed = 5;
	for (int i = 0; i < 2000; i++) {
		size_t block = next_random(&seed) % 700;
		struct page_row row = row_at(page, page_find(page, body->blocks[block].start));
		assert_ptr_equal(row.block, &body->blocks[block]);
		assert_int_equal(row.offset, body->blocks[block].start);
	}
	page_free(page);
	document_free(body);
	buffer_free(&source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_pages),
		cmocka_unit_test(test_random_plain_pages),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_head_and_body),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_foreign_places),
		cmocka_unit_test(test_directions),
		cmocka_unit_test(test_judged_directions),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_table_directions),
		cmocka_unit_test(test_long_table),
		cmocka_unit_test(test_hostile_pages),
		cmocka_unit_test(test_code_is_shifted),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_styles),
		cmocka_unit_test(test_anchor),
		cmocka_unit_test(test_is_lazy),
		cmocka_unit_test(test_endless_word),
		cmocka_unit_test(test_forgets_and_knows_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
