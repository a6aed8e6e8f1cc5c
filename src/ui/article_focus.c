/* One paragraph at a time: it stands out, what is around it steps back. */
#include "ui/article_view.h"

static const struct block *block_at(const struct article_view *v, size_t index)
{
	const struct document *body = v->reading->body;
	return index < body->block_count ? &body->blocks[index] : NULL;
}

/* The block of the body that a row belongs to, or NULL. */
static const struct block *block_of(const struct article_view *v, const struct page_row *row)
{
	const struct document *body = v->reading->body;
	bool inside = row->kind != PAGE_BLANK && row->block >= body->blocks &&
		      row->block < body->blocks + body->block_count;
	return inside ? row->block : NULL;
}

/* The first block whose first row is in view; where none begins, the one that is on the first row. */
void article_focus_follow(struct article_view *v, struct ui *ui)
{
	const struct document *body = v->reading->body;
	struct page_place place = v->sheet.top;
	const struct block *found = NULL;
	int rows = sheet_rows(&v->sheet, ui);
	if (!ui->look.focus)
		return;
	for (int i = 0; i < rows; i++) {
		struct page_row row;
		if (page_row(v->sheet.page, place, &row) < 0)
			break;
		const struct block *block = block_of(v, &row);
		found = found ? found : block;
		if (block && place.line == 0) {
			found = block;
			break;
		}
		if (page_next(v->sheet.page, &place) <= 0)
			break;
	}
	v->focus = found ? (size_t)(found - body->blocks) : 0;
}

static struct page_place first_row(const struct article_view *v, size_t index)
{
	const struct block *block = block_at(v, index);
	return page_find(v->sheet.page, block ? block->start : 0);
}

/* Whether the paragraph has rows below the last one in view. */
static bool goes_on(struct article_view *v, struct ui *ui)
{
	struct page_place below;
	struct page_row row;
	return sheet_bottom(&v->sheet, ui, &below) && page_next(v->sheet.page, &below) > 0 &&
	       page_row(v->sheet.page, below, &row) == 0 &&
	       block_of(v, &row) == block_at(v, v->focus);
}

/* All of it in view where it fits, else its first row on top; the text moves no further than that. */
static void bring(struct article_view *v, struct ui *ui)
{
	struct page_place first = first_row(v, v->focus);
	if (sheet_is_before(first, v->sheet.top))
		v->sheet.top = first;
	while (sheet_is_before(v->sheet.top, first) &&
		(!sheet_shows(&v->sheet, ui, first) || goes_on(v, ui)) &&
		page_next(v->sheet.page, &v->sheet.top) > 0)
		continue;
	article_set_anchor(v, ui);
}

/* What is longer than the screen is read to its end first. */
static bool step(struct article_view *v, struct ui *ui, bool back)
{
	bool rest = back ? sheet_is_before(first_row(v, v->focus), v->sheet.top) : goes_on(v, ui);
	bool last = back ? v->focus == 0 : v->focus + 1 >= v->reading->body->block_count;
	if (rest || last) {
		sheet_move(&v->sheet, ui, back ? ACTION_UP : ACTION_DOWN);
		article_set_anchor(v, ui);
		return true;
	}
	v->focus = back ? v->focus - 1 : v->focus + 1;
	bring(v, ui);
	return true;
}

bool article_focus_act(struct article_view *v, struct ui *ui, enum action action)
{
	if (action == ACTION_FOCUS) {
		ui->look.focus = !ui->look.focus;
		article_focus_follow(v, ui);
		if (ui->look.focus)
			ui_say(ui, "One paragraph stands out; up and down go on to the others");
		else
			ui_say(ui, "All paragraphs are alike");
		return true;
	}
	if (!ui->look.focus || v->selection.on || (action != ACTION_DOWN && action != ACTION_UP))
		return false;
	return step(v, ui, action == ACTION_UP);
}

void article_focus_draw(struct article_view *v, struct canvas *canvas, int row, int column,
	const struct page_row *r)
{
	enum { LEFT_HALF = 0x258C, RIGHT_HALF = 0x2590 };
	const struct block *block = block_of(v, r);
	if (!block || block != block_at(v, v->focus)) {
		canvas_set_role(
			canvas, (struct rect){row, column, 1, v->sheet.width}, ROLE_ASIDE);
		return;
	}
	bool rtl = r->direction == TEXT_RTL;
	int at = rtl ? column + v->sheet.width : column - 1;
	if (at >= 0 && at < canvas_columns(canvas))
		canvas_sign(canvas, row, at, 1, rtl ? LEFT_HALF : RIGHT_HALF, ROLE_MARK);
}
