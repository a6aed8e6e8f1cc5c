#include "ui/reading.h"

#include "article/part.h"
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

static int build_tail(struct reading *r, bool later, struct error *error)
{
	struct document *tail =
		later ? document_code(STR(""), error) : document_links(r->body, error);
	if (!tail)
		return -1;
	document_free(r->tail);
	r->tail = tail;
	return 0;
}

/* Body and tail; `most` bytes of HTML at the most, and then no long tail either. */
static int build_body(struct reading *r, size_t most, struct error *error)
{
	enum { MANY_LINKS = 1000 };
	const struct store_article *a = r->article;
	struct str html = str_of(a->html);
	size_t part = part_of(html, most);
	struct document *(*make_body)(struct str html, struct str language,
		enum text_direction fallback, struct error *error) =
		r->numbered ? document_from_html_numbered : document_from_html_in;
	struct document *body = make_body(
		str_slice(html, 0, part), str_of(a->language), direction_of(a->direction), error);
	if (!body)
		return -1;
	document_free(r->body);
	r->body = body;
	r->whole = part == html.len;
	r->partial = !r->whole || (most < SIZE_MAX && body->link_count > MANY_LINKS);
	return build_tail(r, r->partial, error);
}

/* The date and how long ago that is, as far as the reader wants them. */
static void write_date(
	struct buffer *date, struct buffer *ago, int64_t time, const struct reading_date *how)
{
	if (!how) {
		date_format(date, time, 0, DATE_LONG);
		return;
	}
	if (dates_wants_ago(how->dates))
		dates_ago(how->dates, ago, time, how->now);
	if (ago->len == 0 || dates_wants_full(how->dates))
		dates_full(how->dates, date, time);
}

static int build_head(struct reading *r, const struct reading_date *how, struct error *error)
{
	const struct store_article *a = r->article;
	struct buffer date = {0}, ago = {0};
	write_date(&date, &ago, a->published, how);
	if (date.failed || ago.failed) {
		buffer_free(&date);
		buffer_free(&ago);
		return error_no_memory(error);
	}
	const struct str facts[] = {str_of(a->feed_title), str_of(a->section), str_of(a->author),
		buffer_view(&date), buffer_view(&ago)};
	r->head = document_head(str_of(a->title), facts, sizeof facts / sizeof *facts,
		summary_of(r), direction_of(a->direction), error);
	buffer_free(&date);
	buffer_free(&ago);
	return r->head ? 0 : -1;
}

static struct reading *make(
	struct store_article *article, const struct reading_date *date, size_t most, bool numbered,
	struct error *error)
{
	struct reading *r = calloc(1, sizeof *r);
	if (!r) {
		store_article_free(article);
		error_no_memory(error);
		return NULL;
	}
	r->article = article;
	r->numbered = numbered;
	if (build_body(r, most, error) == 0 && build_head(r, date, error) == 0)
		return r;
	reading_free(r);
	return NULL;
}

struct reading *reading_new(struct store_article *article, const struct reading_date *date,
	struct error *error)
{
	return make(article, date, SIZE_MAX, false, error);
}

struct reading *reading_open(struct store *store, int64_t id, const struct reading_date *date,
	struct error *error)
{
	struct store_article *article = store_article(store, id, error);
	return article ? make(article, date, SIZE_MAX, false, error) : NULL;
}

static struct reading *open_start(
	struct store *store, int64_t id, const struct reading_date *date, bool numbered,
	struct error *error)
{
	enum { LONG = 2 << 20, START = 256 << 10 }; /* bytes of HTML */
	struct store_article *article = store_article(store, id, error);
	if (!article)
		return NULL;
	bool is_long = str_of(article->html).len > LONG;
	return make(article, date, is_long ? START : LONG, numbered, error);
}

struct reading *reading_open_start(struct store *store, int64_t id,
	const struct reading_date *date, struct error *error)
{
	return open_start(store, id, date, false, error);
}

struct reading *reading_open_numbered(struct store *store, int64_t id,
	const struct reading_date *date, struct error *error)
{
	return open_start(store, id, date, true, error);
}

int reading_complete(struct reading *r, struct error *error)
{
	if (!r->partial)
		return 0;
	if (!r->whole)
		return build_body(r, SIZE_MAX, error);
	r->partial = false;
	return build_tail(r, false, error);
}

struct export_source reading_source(const struct reading *r)
{
	return (struct export_source){
		.head = r->head,
		.body = r->body,
		.tail = r->tail,
		.title = str_of(r->article->title),
		.html = str_of(r->article->html),
		.url = str_of(r->article->url),
		.language = str_of(r->article->language),
		.direction = direction_of(r->article->direction),
	};
}

void reading_free(struct reading *r)
{
	if (!r)
		return;
	store_article_free(r->article);
	document_free(r->head);
	document_free(r->body);
	document_free(r->tail);
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
		[BLOCK_TERM] = ROLE_NORMAL,
		[BLOCK_CAPTION] = ROLE_CAPTION,
		[BLOCK_SOURCE] = ROLE_CAPTION,
		[BLOCK_DETAILS] = ROLE_NORMAL,
		[BLOCK_ROW] = ROLE_NORMAL,
	};
	static const style_t headings[] = {ROLE_HEADING, ROLE_HEADING, ROLE_HEADING_2,
		ROLE_HEADING_3, ROLE_HEADING_4, ROLE_HEADING_4, ROLE_HEADING_4};
	/* Of the spans that are open the first of these decides. */
	static const struct {
		unsigned span;
		style_t role;
	} inner[] = {
		{SPAN_IMAGE, ROLE_IMAGE},
		{SPAN_LINK, ROLE_LINK},
		{SPAN_MARK, ROLE_MARKED},
		{SPAN_CODE, ROLE_CODE},
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
	bool strong = block->kind == BLOCK_TERM || block->kind == BLOCK_DETAILS;
	style_t style = roles[block->kind];
	if (block->kind == BLOCK_HEADING)
		style = headings[block->level <= 6 ? block->level : 6];
	if (spans & SPAN_HEADER)
		style = ROLE_TABLE_HEAD;
	if (style == ROLE_NORMAL && block->quote_depth > 0)
		style = ROLE_QUOTE;
	for (size_t i = sizeof inner / sizeof *inner; i > 0; i--) {
		if (spans & inner[i - 1].span)
			style = inner[i - 1].role;
	}
	if (strong)
		style |= STYLE_STRONG;
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

enum {
	BAR = 0x2502,
	RULE = 0x2500,
	CROSS = 0x253C,
	MORE_RIGHT = 0x203A,
	MORE_LEFT = 0x2039,
	BAR_CELLS = 2,
};

/* Where the words of a row stand on the canvas. */
struct strip {
	struct canvas *canvas;
	int row, column, width; /* without the indent */
	const struct page_row *page_row;
};

static int piece_column(const struct strip *strip, int from, int columns)
{
	return start_column(strip->page_row, strip->column, strip->width, from, columns);
}

/* The signs between a column and the next one; of a rule lines, but where a cell goes on. */
static void draw_gap(const struct strip *strip, const struct page_piece *before)
{
	int gap = strip->page_row->gap;
	int from = before->column + before->width;
	int half = gap / 2;
	bool rule = strip->page_row->kind == PAGE_TABLE_RULE;
	if (rule && !before[0].open)
		canvas_sign(strip->canvas, strip->row, piece_column(strip, from, half), half, RULE,
			ROLE_TABLE_RULE);
	if (rule && !before[1].open)
		canvas_sign(strip->canvas, strip->row, piece_column(strip, from + half + 1, half),
			half, RULE, ROLE_TABLE_RULE);
	canvas_sign(strip->canvas, strip->row, piece_column(strip, from + half, 1), 1,
		rule && !(before[0].open && before[1].open) ? CROSS : BAR, ROLE_TABLE_RULE);
}

static int draw_cells(const struct strip *strip)
{
	const struct page_row *r = strip->page_row;
	bool rule = r->kind == PAGE_TABLE_RULE;
	for (size_t i = 0; i < r->piece_count; i++) {
		const struct page_piece *piece = &r->pieces[i];
		int at = piece_column(strip, piece->column, piece->width);
		if (rule && !piece->open)
			canvas_sign(
				strip->canvas, strip->row, at, piece->width, RULE, ROLE_TABLE_RULE);
		else if (piece->line && canvas_line(strip->canvas, strip->row, at, piece->width,
						piece->line, 0) < 0)
			return -1;
		if (i + 1 < r->piece_count && r->gap > 0)
			draw_gap(strip, piece);
	}
	return 0;
}

/* A line of code, with a sign at each side where there is more of it. */
static int draw_text(const struct strip *strip)
{
	const struct page_row *r = strip->page_row;
	int width = strip->width, from = 0;
	bool rtl = r->direction == TEXT_RTL;
	if (r->more_before) {
		canvas_sign(strip->canvas, strip->row, piece_column(strip, 0, 1), 1,
			rtl ? MORE_RIGHT : MORE_LEFT, ROLE_RULE);
		from++;
		width--;
	}
	if (r->more_after)
		canvas_sign(strip->canvas, strip->row, piece_column(strip, --width + from, 1), 1,
			rtl ? MORE_LEFT : MORE_RIGHT, ROLE_RULE);
	return canvas_line(
		strip->canvas, strip->row, piece_column(strip, from, width), width, r->line, 0);
}

int reading_draw_row(
	struct canvas *canvas, int row, int column, int columns, const struct page_row *page_row)
{
	for (int i = 0; i < page_row->bars; i++) {
		int at = start_column(page_row, column, columns, i * BAR_CELLS, 1);
		canvas_sign(canvas, row, at, 1, BAR, ROLE_RULE);
	}
	struct strip strip = {.canvas = canvas, .row = row, .page_row = page_row};
	strip.width = columns - page_row->indent;
	strip.column = start_column(page_row, column, columns, page_row->indent, strip.width);
	if (page_row->marker.len > 0 && draw_marker(canvas, row, column, columns, page_row) < 0)
		return -1;
	switch (page_row->kind) {
	case PAGE_TEXT:
		return draw_text(&strip);
	case PAGE_CELLS:
	case PAGE_TABLE_RULE:
		return draw_cells(&strip);
	case PAGE_RULE:
		canvas_sign(canvas, row, strip.column, strip.width, RULE, ROLE_RULE);
		return 0;
	default:
		return 0;
	}
}
