#include "ui/headline.h"

#include "base/buffer.h"
#include "base/message.h"
#include "screen/style.h"
#include "ui/plain.h"

enum {
	UNREAD_DOT = 0x25CF,
	STAR_SIGN = 0x2605,
	MARK_CELLS = 2, /* dot, star */
	GAP = 1,
	SHARE_CELLS = 4,
	SOURCES_CELLS = 3, /* "+2" */
	SOURCES_SHOWN = 99,
	FINISHED = 100, /* share read, percent */
	FEED_CELLS = 16,
	ROOM_FOR_YEAR = 60, /* columns from which on the full date is shown */
	ROOM_FOR_DAY = 34,
};

static const enum align ALIGNS[] = {
	[FORMAT_OWN] = ALIGN_PARAGRAPH,
	[FORMAT_START] = ALIGN_START,
	[FORMAT_END] = ALIGN_END,
};

/* The shorter form where the longer has no room. */
static void write_date(struct buffer *out, int cells, const struct store_headline *h,
	const struct headline_look *look)
{
	if (cells < dates_column_cells(look->dates))
		dates_day(look->dates, out, h->published, look->now);
	else
		dates_column(look->dates, out, h->published, look->now);
}

static void write_share(
	struct buffer *out, const struct store_headline *h, const struct headline_look *look)
{
	if (h->progress <= 0)
		return;
	dates_number(look->dates, out, h->progress);
	buffer_byte(out, '%');
}

/* How many others tell the same. */
static void write_sources(
	struct buffer *out, const struct store_headline *h, const struct headline_look *look)
{
	int count = h->sources - 1;
	if (count <= 0)
		return;
	buffer_byte(out, '+');
	dates_number(look->dates, out, count < SOURCES_SHOWN ? count : SOURCES_SHOWN);
}

static style_t title_style(const struct store_headline *h, bool lit)
{
	return lit ? ROLE_HIGHLIGHT : h->read ? ROLE_READ : ROLE_UNREAD;
}

static struct rect draw_title(struct canvas *canvas, struct rect area, int column, int columns,
	enum align align, const struct store_headline *h, bool lit)
{
	struct field field = {
		.direction = (enum text_direction)h->override,
		.fallback = (enum text_direction)h->direction,
		.align = align,
		.style = title_style(h, lit),
	};
	struct rect title = {area.row, canvas_mirror(canvas, area, column, columns), 1, columns};
	canvas_text(canvas, title.row, title.column, columns, str_of(h->title), &field);
	return title;
}

/* ---- columns of one's own ---- */

/* What a column says as text. */
static void write_column(struct buffer *out, const struct format_part *part, int cells,
	const struct store_headline *h, const struct headline_look *look)
{
	switch (part->column) {
	case FORMAT_DATE:
		write_date(out, cells, h, look);
		return;
	case FORMAT_SHARE:
		write_share(out, h, look);
		return;
	case FORMAT_SOURCES:
		write_sources(out, h, look);
		return;
	case FORMAT_FEED:
		buffer_str(out, str_of(h->feed_title));
		return;
	case FORMAT_SECTION:
		buffer_str(out, str_of(h->section));
		return;
	default:
		buffer_str(out, str_of(h->language));
		return;
	}
}

/* What has letters stands in their direction, numbers from left to right. */
static const struct {
	style_t style;
	enum text_direction direction;
} COLUMNS[] = {
	[FORMAT_DATE] = {ROLE_DATE, TEXT_AUTO},
	[FORMAT_SHARE] = {ROLE_GAUGE, TEXT_LTR},
	[FORMAT_SOURCES] = {ROLE_COUNT, TEXT_LTR},
	[FORMAT_FEED] = {ROLE_META, TEXT_AUTO},
	[FORMAT_SECTION] = {ROLE_META, TEXT_AUTO},
	[FORMAT_LANGUAGE] = {ROLE_META, TEXT_LTR},
};

static void draw_part(struct canvas *canvas, struct rect area, int column, int cells,
	const struct format_part *part, const struct store_headline *h,
	const struct headline_look *look)
{
	int at = canvas_mirror(canvas, area, column, cells);
	if (part->column == FORMAT_MARK || part->column == FORMAT_STAR) {
		at = canvas_mirror(canvas, area, column, 1);
		if (part->column == FORMAT_MARK)
			canvas_sign(canvas, area.row, at, 1, h->read ? ' ' : UNREAD_DOT, ROLE_MARK);
		else
			canvas_sign(
				canvas, area.row, at, 1, h->starred ? STAR_SIGN : ' ', ROLE_STAR);
		return;
	}
	struct buffer text = {0};
	write_column(&text, part, cells, h, look);
	struct field field = {.direction = COLUMNS[part->column].direction,
		.fallback = TEXT_LTR,
		.align = ALIGNS[part->side],
		.style = COLUMNS[part->column].style};
	canvas_text(canvas, area.row, at, cells, buffer_view(&text), &field);
	buffer_free(&text);
}

const struct format *headline_own(struct format *format, struct dates *dates)
{
	for (size_t i = 0; i < format->count; i++) {
		struct format_part *part = &format->parts[i];
		if (part->column == FORMAT_DATE && part->cells == format_usual(part->column))
			part->cells = dates_column_cells(dates);
	}
	return format;
}

static struct rect draw_own(struct canvas *canvas, struct rect area, const struct store_headline *h,
	const struct headline_look *look)
{
	int cells[FORMAT_COLUMN_COUNT], column = area.column;
	struct rect title = area;
	format_fit(look->own, area.columns, cells);
	for (size_t i = 0; i < look->own->count; i++) {
		const struct format_part *part = &look->own->parts[i];
		if (cells[i] <= 0)
			continue;
		if (part->column == FORMAT_TITLE)
			title = draw_title(canvas, area, column, cells[i], ALIGNS[part->side], h,
				look->lit);
		else
			draw_part(canvas, area, column, cells[i], part, h, look);
		column += cells[i] + GAP;
	}
	return title;
}

/* ---- columns that suit the width ---- */

/* A number or a date at the end of its column; frees the text. */
static void draw_number(struct canvas *canvas, struct rect area, int column, int columns,
	struct buffer *text, style_t style)
{
	struct field field = {.fallback = TEXT_LTR, .align = ALIGN_END, .style = style};
	canvas_text(canvas, area.row, canvas_mirror(canvas, area, column, columns), columns,
		buffer_view(text), &field);
	buffer_free(text);
}

static void draw_date(struct canvas *canvas, struct rect area, int column, int columns,
	const struct store_headline *h, const struct headline_look *look)
{
	struct buffer date = {0};
	write_date(&date, columns, h, look);
	draw_number(canvas, area, column, columns, &date, ROLE_DATE);
}

static void draw_share(
	struct canvas *canvas, struct rect area, int column, const struct store_headline *h,
	const struct headline_look *look)
{
	struct buffer share = {0};
	write_share(&share, h, look);
	draw_number(canvas, area, column, SHARE_CELLS, &share, ROLE_GAUGE);
}

static void draw_sources(
	struct canvas *canvas, struct rect area, int column, const struct store_headline *h,
	const struct headline_look *look)
{
	struct buffer others = {0};
	write_sources(&others, h, look);
	draw_number(canvas, area, column, SOURCES_CELLS, &others, ROLE_COUNT);
}

/* ---- in words ---- */

static void put(struct plain_row *row, struct buffer *text, style_t style,
	const struct headline_look *look)
{
	const struct field field = {.fallback = TEXT_LTR, .style = style};
	number_redigit(text, 0, dates_digits(look->dates));
	plain_item(row, buffer_view(text), &field);
	buffer_clear(text);
}

static struct rect draw_plain(struct canvas *canvas, struct rect area,
	const struct store_headline *h, const struct headline_look *look)
{
	struct plain_row row = plain_start(canvas, area, look->selected);
	struct buffer text = {0};
	struct field field = {.style = ROLE_MARK};
	if (!h->read)
		plain_word(&row, str_of(_("unread")), &field);
	if (h->starred)
		plain_word(&row, STR("*"), &field);
	if (look->lit)
		plain_word(&row, str_of(_("highlighted")), &field);
	field = (struct field){.direction = (enum text_direction)h->override,
		.fallback = (enum text_direction)h->direction,
		.style = title_style(h, look->lit)};
	struct rect title = plain_word(&row, str_of(h->title), &field);
	if (dates_wants_ago(look->dates))
		dates_ago(look->dates, &text, h->published, look->now);
	if (text.len == 0)
		dates_short(look->dates, &text, h->published, look->now);
	put(&row, &text, ROLE_DATE, look);
	if (h->progress > 0)
		buffer_printf(&text, _("%d%% read"), h->progress);
	put(&row, &text, ROLE_GAUGE, look);
	field = (struct field){.style = ROLE_META};
	if (look->feed)
		plain_item(&row, str_of(h->feed_title), &field);
	int others = h->sources - 1;
	if (look->sources && others > 0)
		buffer_printf(&text,
			ngettext("%d other source", "%d other sources", (unsigned long)others),
			others);
	put(&row, &text, ROLE_COUNT, look);
	buffer_free(&text);
	return title;
}

struct rect headline_draw(struct canvas *canvas, struct rect area, const struct store_headline *h,
	const struct headline_look *look)
{
	if (look->plain)
		return draw_plain(canvas, area, h, look);
	if (look->own)
		return draw_own(canvas, area, h, look);
	int column = area.column, end = area.column + area.columns;
	canvas_sign(canvas, area.row, canvas_mirror(canvas, area, column, 1), 1,
		h->read ? ' ' : UNREAD_DOT, ROLE_MARK);
	canvas_sign(canvas, area.row, canvas_mirror(canvas, area, column + 1, 1), 1,
		h->starred ? STAR_SIGN : ' ', ROLE_STAR);
	column += MARK_CELLS + GAP;
	int date_cells = dates_column_cells(look->dates), day_cells = dates_day_cells(look->dates);
	if (area.columns >= ROOM_FOR_YEAR) {
		draw_date(canvas, area, column, date_cells, h, look);
		column += date_cells + GAP;
		draw_share(canvas, area, column, h, look);
		column += SHARE_CELLS + GAP;
	} else if (area.columns >= ROOM_FOR_DAY) {
		/* One column for both: how far one is says more than the day. */
		if (h->progress > 0 && h->progress < FINISHED)
			draw_share(canvas, area, column + day_cells - SHARE_CELLS, h, look);
		else
			draw_date(canvas, area, column, day_cells, h, look);
		column += day_cells + GAP;
	}
	if (look->feed) {
		struct field field = {.align = ALIGN_START, .style = ROLE_META};
		canvas_text(canvas, area.row, canvas_mirror(canvas, area, column, FEED_CELLS),
			FEED_CELLS, str_of(h->feed_title), &field);
		column += FEED_CELLS + GAP;
	}
	if (look->sources) {
		draw_sources(canvas, area, column, h, look);
		column += SOURCES_CELLS + GAP;
	}
	return draw_title(
		canvas, area, column, end - column, ALIGN_PARAGRAPH, h, look->lit);
}
