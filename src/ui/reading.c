#include "ui/reading.h"

#include "base/buffer.h"
#include "locale/date.h"
#include "screen/canvas.h"

#include <stdlib.h>

static enum text_direction direction_of(enum store_direction direction)
{
	static const enum text_direction directions[] = {
		[STORE_AUTO] = TEXT_AUTO,
		[STORE_LTR] = TEXT_LTR,
		[STORE_RTL] = TEXT_RTL,
	};
	return directions[direction];
}

/* A summary that the body starts with is not shown twice. */
static struct str summary_of(const struct reading *r)
{
	struct str summary = str_trim(str_of(r->article->summary));
	struct str body = {r->body->text, r->body->len};
	return str_starts(body, summary) ? (struct str){"", 0} : summary;
}

static int build(struct reading *r, struct error *error)
{
	const struct store_article *a = r->article;
	enum text_direction fallback = direction_of(a->direction);
	r->body = document_from_html(str_of(a->html), fallback, error);
	if (!r->body)
		return -1;
	struct buffer date = {0};
	date_format(&date, a->published, 0, DATE_LONG);
	if (date.failed)
		return error_no_memory(error);
	const struct str facts[] = {
		str_of(a->feed_title), str_of(a->section), str_of(a->author), buffer_view(&date)};
	r->head = document_head(str_of(a->title), facts, sizeof facts / sizeof *facts,
		summary_of(r), fallback, error);
	buffer_free(&date);
	return r->head ? 0 : -1;
}

struct reading *reading_open(struct store *store, int64_t id, struct error *error)
{
	struct reading *r = calloc(1, sizeof *r);
	if (!r) {
		error_no_memory(error);
		return NULL;
	}
	r->article = store_article(store, id, error);
	if (!r->article || build(r, error) < 0) {
		reading_free(r);
		return NULL;
	}
	return r;
}

void reading_free(struct reading *r)
{
	if (!r)
		return;
	store_article_free(r->article);
	document_free(r->head);
	document_free(r->body);
	free(r);
}

enum text_direction reading_direction(const struct reading *r)
{
	return direction_of(r->article->override);
}

uint16_t reading_style(const struct block *block, unsigned spans)
{
	static const style_t roles[] = {
		[BLOCK_PARAGRAPH] = ROLE_NORMAL,
		[BLOCK_TITLE] = ROLE_TITLE,
		[BLOCK_META] = ROLE_META,
		[BLOCK_SUMMARY] = ROLE_SUMMARY,
		[BLOCK_HEADING] = ROLE_HEADING,
		[BLOCK_ITEM] = ROLE_NORMAL,
		[BLOCK_PRE] = ROLE_CODE,
		[BLOCK_RULE] = ROLE_RULE,
	};
	static const struct {
		unsigned span;
		style_t modifier;
	} modifiers[] = {
		{SPAN_STRONG, STYLE_STRONG},
		{SPAN_EMPHASIS, STYLE_EMPHASIS},
		{SPAN_STRIKE, STYLE_STRIKE},
		{SPAN_UNDERLINE, STYLE_UNDERLINE},
	};
	style_t style = roles[block->kind];
	if (style == ROLE_NORMAL && block->quote_depth > 0)
		style = ROLE_QUOTE;
	if (spans & SPAN_LINK)
		style = ROLE_LINK;
	else if (spans & SPAN_CODE)
		style = ROLE_CODE;
	for (size_t i = 0; i < sizeof modifiers / sizeof *modifiers; i++) {
		if (spans & modifiers[i].span)
			style |= modifiers[i].modifier;
	}
	return style;
}

/* A field of `columns` cells, `from` cells after the start side of the row. */
static int start_column(const struct page_row *row, int column, int width, int from, int columns)
{
	return row->direction == TEXT_RTL ? column + width - from - columns : column + from;
}

static int draw_marker(
	struct canvas *canvas, int row, int column, int width, const struct page_row *page_row)
{
	struct field field = {
		.direction = page_row->direction,
		.align = page_row->direction == TEXT_RTL ? ALIGN_RIGHT : ALIGN_LEFT,
		.style = page_row->style,
	};
	int from = page_row->indent - page_row->marker_width;
	int at = start_column(page_row, column, width, from, page_row->marker_width);
	return canvas_text(canvas, row, at, page_row->marker_width, page_row->marker, &field);
}

int reading_draw_row(
	struct canvas *canvas, int row, int column, int columns, const struct page_row *page_row)
{
	enum { BAR = 0x2502, RULE = 0x2500, BAR_CELLS = 2 };
	for (int i = 0; i < page_row->bars; i++) {
		int at = start_column(page_row, column, columns, i * BAR_CELLS, 1);
		canvas_sign(canvas, row, at, 1, BAR, ROLE_RULE);
	}
	int width = columns - page_row->indent;
	int at = start_column(page_row, column, columns, page_row->indent, width);
	if (page_row->kind == PAGE_RULE)
		canvas_sign(canvas, row, at, width, RULE, ROLE_RULE);
	if (page_row->kind != PAGE_TEXT)
		return 0;
	if (page_row->marker.len > 0 && draw_marker(canvas, row, column, columns, page_row) < 0)
		return -1;
	return canvas_line(canvas, row, at, width, page_row->line, 0);
}
