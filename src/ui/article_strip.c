/* Where the text of an article stands on the canvas, byte by byte. */
#include "ui/article_view.h"

static int take_line(const struct article_view *v, struct canvas *canvas,
	struct article_strip strip, const struct text_line *line, size_t base, size_t prefix,
	article_strip_take *take, void *user)
{
	size_t from = line->start > prefix ? line->start : prefix;
	if (line->end <= from)
		return 0;
	strip.start = base + (from - prefix);
	strip.end = base + (line->end - prefix);
	strip.shift = prefix - base;
	return take(v, canvas, &strip, user);
}

int article_strips(const struct article_view *v, struct canvas *canvas, int row, int column,
	const struct page_row *r, article_strip_take *take, void *user)
{
	const struct document *body = v->reading->body;
	bool in_body = r->block >= body->blocks && r->block < body->blocks + body->block_count;
	if (!in_body)
		return 0;
	bool rtl = r->direction == TEXT_RTL;
	int width = v->sheet.width - r->indent;
	struct article_strip strip = {
		.block = r->block, .row = row, .from = rtl ? column : column + r->indent};
	strip.to = strip.from + width;
	if (r->kind == PAGE_TEXT)
		return take_line(v, canvas, strip, r->line, r->block->start, 0, take, user);
	for (size_t i = 0; r->kind == PAGE_CELLS && i < r->piece_count; i++) {
		const struct page_piece *p = &r->pieces[i];
		strip.from = rtl ? column + width - p->column - p->width
				 : column + r->indent + p->column;
		strip.to = strip.from + p->width;
		if (p->line &&
			take_line(v, canvas, strip, p->line, p->base, p->prefix, take, user) < 0)
			return -1;
	}
	return 0;
}
