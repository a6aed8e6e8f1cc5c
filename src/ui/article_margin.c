/* What is told beside the text: how long it takes, and where it was left. */
#include "ui/article_view.h"

#include "base/message.h"
#include "text/count.h"

void article_time(struct article_view *v, const struct ui *ui, struct buffer *out)
{
	enum { WHOLE = 100 };
	const struct document *body = v->reading->body;
	size_t speed = (size_t)ui->options->config->text_speed;
	if (speed == 0 || v->share >= WHOLE || v->reading->partial)
		return;
	if (v->words == NOT_COUNTED)
		v->words = count_words((struct str){body->text, body->len});
	size_t left = v->words / WHOLE * (size_t)(WHOLE - v->share) +
		      v->words % WHOLE * (size_t)(WHOLE - v->share) / WHOLE;
	if (left > 0) {
		buffer_printf(out, _("%zu min"), (left + speed - 1) / speed);
		buffer_str(out, STR("  "));
	}
}

void article_left_draw(struct article_view *v, struct canvas *canvas, int row, int column,
	const struct page_row *r)
{
	enum { TO_RIGHT = 0x25B8, TO_LEFT = 0x25C2 };
	const struct document *body = v->reading->body;
	struct page_row left;
	if (v->left_at == NOT_LEFT || v->left_shown || r->kind == PAGE_BLANK ||
		r->block < body->blocks || r->block >= body->blocks + body->block_count)
		return;
	bool rtl = r->direction == TEXT_RTL;
	int at = rtl ? column + v->sheet.width : column - 1;
	if (at < 0 || at >= canvas_columns(canvas) || r->offset > v->left_at ||
		page_row(v->sheet.page, page_find(v->sheet.page, v->left_at), &left) < 0 ||
		left.offset != r->offset)
		return;
	canvas_sign(canvas, row, at, 1, rtl ? TO_LEFT : TO_RIGHT, ROLE_MARK);
	v->left_shown = true;
}
