/*
 * article/document.h and article/page.h: any bytes are HTML; the document is well formed,
 * its rows hold all of it at any width, and walking back finds the same rows.  The input:
 * direction and forms, width (their highest bits are typography), then the HTML.
 */
#include "fuzz.h"

#include "article/export.h"
#include "article/page.h"
#include "article/part.h"
#include "article/sanitize.h"
#include "base/utf8.h"

#include <string.h>

static const enum text_direction DIRECTIONS[] = {TEXT_AUTO, TEXT_LTR, TEXT_RTL, TEXT_AUTO};

static void check_spans(const struct document *d, const struct block *block)
{
	CHECK(block->span <= d->span_count && block->span_count <= d->span_count - block->span);
	size_t last = block->start;
	for (size_t i = 0; i < block->span_count; i++) {
		const struct span *span = &d->spans[block->span + i];
		CHECK(span->start >= last && span->start <= span->end && span->end <= block->end);
		CHECK(!(span->flags & SPAN_LINK) || span->link < d->link_count);
		last = span->start;
	}
}

static void check_document(const struct document *d)
{
	size_t at = 0;
	CHECK(fuzz_is_clean((struct str){d->text, d->len}));
	for (size_t i = 0; i < d->block_count; i++) {
		const struct block *block = &d->blocks[i];
		CHECK(block->start == at && block->end >= at && block->end < d->len);
		CHECK(d->text[block->end] == '\n');
		check_spans(d, block);
		at = block->end + 1;
	}
	CHECK(at == d->len);
	for (size_t i = 0; i < d->link_count; i++)
		CHECK(fuzz_is_clean(str_of(d->links[i].url)));
}

/* Cells lie in their block, or in one above; tables are as wide as their cells. */
static void check_tables(const struct document *d)
{
	for (size_t i = 0; i < d->block_count; i++) {
		const struct block *block = &d->blocks[i];
		if (block->kind != BLOCK_ROW)
			continue;
		CHECK(block->row < d->row_count);
		const struct row *row = &d->rows[block->row];
		const struct table *table = &d->tables[row->table];
		CHECK(row->table < d->table_count && row->cell_count > 0);
		CHECK(row->cell + row->cell_count <= d->cell_count);
		CHECK(table->block <= i && i < table->block + table->block_count);
		size_t shown = 0;
		for (size_t k = row->cell; k < row->cell + row->cell_count; k++) {
			const struct cell *cell = &d->cells[k];
			CHECK(cell->start <= cell->end && cell->end <= block->end);
			CHECK(cell->columns > 0 && cell->column + cell->columns <= table->columns);
			CHECK(cell->carried || cell->start == cell->end || cell->start >= block->start);
			shown += cell->carried ? 0 : cell->end - cell->start;
		}
		CHECK(shown > 0 && shown <= block->end - block->start);
	}
}

static void check_cells(const struct page_row *row, int width)
{
	int end = 0;
	for (size_t i = 0; i < row->piece_count; i++) {
		const struct page_piece *piece = &row->pieces[i];
		CHECK(piece->column >= end && piece->width > 0);
		end = piece->column + piece->width;
		int seen = 0;
		for (size_t k = 0; piece->line && k < piece->line->count; k++)
			seen += piece->line->cells[k].width > 0;
		CHECK(!piece->line || piece->line->width <= piece->width || seen == 1);
	}
	CHECK(row->indent + end <= width);
}

/* All ways out: well-formed text, and the list of links is a document, too. */
static void check_exports(const struct document *d)
{
	struct document *links = document_links(d, NULL);
	CHECK(links);
	check_document(links);
	const struct export_source source = {.body = d, .tail = links, .title = STR("t"), .html = STR(""),
		.url = STR(""), .language = STR("")};
	for (int format = EXPORT_TEXT; format <= EXPORT_MARKDOWN; format++) {
		struct buffer out = {0};
		export_write(&source, (enum export_format)format, &out);
		CHECK(!out.failed && fuzz_is_clean(buffer_view(&out)));
		buffer_free(&out);
	}
	document_free(links);
}

/* The start of what the sanitiser makes is the start of the document. */
static void check_part(struct str html, size_t most)
{
	struct buffer clean = {0};
	const struct sanitize_options options = {.images = true};
	if (!utf8_valid(html) || sanitize_html(html, &options, &clean, NULL) != 0) {
		buffer_free(&clean);
		return;
	}
	struct str all = buffer_view(&clean);
	struct str start = str_slice(all, 0, part_of(all, most));
	struct document *whole = document_from_html_in(all, STR("en"), TEXT_AUTO, NULL);
	struct document *part = document_from_html_in(start, STR("en"), TEXT_AUTO, NULL);
	CHECK(whole && part && part->len <= whole->len);
	CHECK(memcmp(whole->text, part->text, part->len) == 0);
	document_free(whole);
	document_free(part);
	buffer_free(&clean);
}

static void check_row(struct page *page, struct page_place place, int width)
{
	struct page_row row;
	CHECK(page_row(page, place, &row) == 0);
	CHECK(row.indent >= 0 && row.indent < width);
	CHECK(row.marker_width >= 0 && 2 * row.bars + row.marker_width <= row.indent);
	if (row.kind == PAGE_CELLS || row.kind == PAGE_TABLE_RULE)
		check_cells(&row, width);
	if (row.kind != PAGE_TEXT)
		return;
	int seen = 0;
	for (size_t i = 0; i < row.line->count; i++)
		seen += row.line->cells[i].width > 0;
	CHECK(row.indent + row.line->width <= width || seen == 1);
	if (row.line->start == row.line->end)
		return;
	size_t offset = row.offset;
	struct page_place found = page_find(page, offset);
	CHECK(found.block == place.block && found.line == place.line);
}

static void check_page(struct page *page, int width)
{
	struct page_place place = page_first(page);
	size_t rows = 0, back = 0;
	do {
		check_row(page, place, width);
		rows++;
	} while (page_next(page, &place) > 0);
	struct page_place last = page_last(page);
	CHECK(last.block == place.block && last.line == place.line);
	do
		back++;
	while (page_prev(page, &place) > 0);
	CHECK(back == rows);
}

static void check_marks(const struct document *d, size_t step)
{
	for (size_t at = 0; at < d->len; at += step) {
		if (((unsigned char)d->text[at] & 0xC0) != 0x80)
			CHECK(document_find_mark(d, document_mark(d, at)) == at);
	}
}

static uint16_t style_of(const struct block *block, unsigned span_flags)
{
	return (uint16_t)(block->kind << 8 | (span_flags & 0xFF));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct text_engine *engine;
	if (!engine)
		engine = text_engine_new();
	CHECK(engine);
	struct fuzz_input input = {data, size};
	uint8_t first = fuzz_byte(&input), second = fuzz_byte(&input);
	struct page_options options = {
			.engine = engine,
			.direction = DIRECTIONS[first & 3],
			.forms = first & 4 ? TEXT_FORMS_BASE : TEXT_FORMS_PRESENTATION,
			.justify = first & 0x40,
			.marks = first & 0x80 ? TEXT_MARKS_HIDE : TEXT_MARKS_SHOW,
			.numerals = second & 0x80 ? TEXT_NUMERALS_PERSIAN : TEXT_NUMERALS_WRITTEN,
			.width = 1 + ((second - '0') & 0x7F),
			.style = style_of,
			.wrap_code = second & 1,
	};
	struct error error;
	struct str html = fuzz_rest(&input);
	struct document *document = document_from_html(html, DIRECTIONS[first >> 3 & 3], &error);
	CHECK(document);
	check_document(document);
	check_tables(document);
	check_exports(document);
	check_part(html, html.len / 2);
	check_marks(document, 1 + document->len / 16);
	if (document->block_count > 0) {
		struct page *page = page_new(NULL, document, NULL, &options);
		CHECK(page);
		check_page(page, options.width);
		page_free(page);
	}
	document_free(document);
	return 0;
}
