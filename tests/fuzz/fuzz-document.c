/*
 * article/document.h and article/page.h: any bytes are HTML; the document is well formed,
 * its rows hold all of it at any width, and walking back finds the same rows.  The input:
 * direction and forms, width (their highest bits are typography), then the HTML.
 */
#include "fuzz.h"

#include "article/page.h"
#include "base/utf8.h"

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

static void check_row(struct page *page, struct page_place place, int width)
{
	struct page_row row;
	CHECK(page_row(page, place, &row) == 0);
	CHECK(row.indent >= 0 && row.indent < width);
	CHECK(row.marker_width >= 0 && 2 * row.bars + row.marker_width <= row.indent);
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
	};
	struct error error;
	struct document *document = document_from_html(
			fuzz_rest(&input), DIRECTIONS[first >> 3 & 3], &error);
	CHECK(document);
	check_document(document);
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
