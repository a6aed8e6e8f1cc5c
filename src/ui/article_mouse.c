/* The mouse in an article: the wheel scrolls, a click on a link follows it. */
#include "ui/article_view.h"
#include "ui/pointing.h"

enum { ESCAPE = 27 };

/* Looks for the link below a cell; the last one that holds it is the innermost. */
struct seeking_link {
	int column;
	size_t link;
};

static int look(const struct article_view *v, struct canvas *canvas,
	const struct article_strip *strip, void *user)
{
	struct seeking_link *seeking = user;
	const struct document *body = v->reading->body;
	const struct canvas_cell *cells = canvas_row(canvas, strip->row);
	int at = seeking->column;
	if (at < strip->from || at >= strip->to)
		return 0;
	if (cells[at].width == 0 && at > strip->from)
		at--; /* the right half of a wide one */
	size_t offset = cells[at].offset;
	if (cells[at].field == 0 || offset < strip->start + strip->shift ||
		offset >= strip->end + strip->shift)
		return 0;
	offset -= strip->shift;
	for (size_t i = 0; i < strip->block->span_count; i++) {
		const struct span *span = &body->spans[strip->block->span + i];
		if (span->start > offset)
			break;
		if (span->flags & SPAN_LINK && offset < span->end)
			seeking->link = span->link;
	}
	return 0;
}

/* The link at a cell, in the text or in the list behind it; NO_LINK: there is none. */
static size_t link_at(struct article_view *v, struct ui *ui, const struct mouse_event *event)
{
	const struct document *tail = v->reading->tail;
	struct canvas *canvas = screen_canvas(ui->screen);
	struct rect area = panes_area(ui, IN_ARTICLE);
	int column;
	struct seeking_link seeking = {event->column, NO_LINK};
	struct page_place place;
	struct page_row row;
	if (!sheet_at(&v->sheet, area, event->row, event->column, &place, &column) ||
		page_row(v->sheet.page, place, &row) < 0 || row.kind == PAGE_BLANK)
		return NO_LINK;
	bool listed = row.block >= tail->blocks && row.block < tail->blocks + tail->block_count;
	if (listed && row.block->kind == BLOCK_ITEM)
		return (size_t)row.block->number - 1;
	article_strips(v, canvas, event->row, column, &row, look, &seeking);
	return seeking.link;
}

bool article_mouse(struct view *view, struct ui *ui, const struct mouse_event *event)
{
	struct article_view *v = (struct article_view *)view;
	if (pointing_wheel(event) != 0)
		return pointing_lines(view, ui, event);
	if (event->kind != MOUSE_PRESS)
		return false;
	/* What goes on by itself, or lies over the text, ends with a click as with a key. */
	if (article_pace_key(v, ui, ESCAPE) || article_link_key(v, ui, ESCAPE))
		return true;
	size_t link = link_at(v, ui, event);
	if (link >= v->reading->body->link_count)
		return false;
	article_link_follow(v, ui, link);
	return true;
}
