/* An article that stands beside the focus, until it is entered. */
#include "ui/article_view.h"

int64_t article_view_id(const struct view *view)
{
	return ((const struct article_view *)view)->reading->article->id;
}

bool article_view_was_entered(const struct view *view)
{
	return ((const struct article_view *)view)->entered;
}

void article_view_enter(struct view *view, struct ui *ui)
{
	view->kind->refresh(view, ui);
	article_enter((struct article_view *)view, ui);
}

void article_view_leave(struct view *view, struct ui *ui)
{
	article_pace_stop((struct article_view *)view, ui);
	screen_set_title(ui->screen, STR("khabar"));
}

void article_view_follow(struct view *view, struct ui *ui)
{
	struct article_view *v = (struct article_view *)view;
	struct view *below = ui_below(ui, view);
	const struct store_headline *row = below ? headlines_current(below, ui) : NULL;
	bool turned = row && row->id == v->reading->article->id &&
		      row->override != v->reading->article->override;
	if (turned)
		v->reading->article->override = row->override;
	if (turned || sheet_is_stale(&v->sheet, ui, article_shape(ui)))
		article_lay_out(v, ui);
}
