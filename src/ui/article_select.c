/* Selecting and copying in an article. */
#include "base/message.h"
#include "ui/article_view.h"
#include "ui/copy.h"

/* The end that moves stays in view. */
static void show_head(struct article_view *v, struct ui *ui)
{
	struct page_place place = page_find(v->sheet.page, v->selection.head), bottom;
	sheet_bottom(&v->sheet, ui, &bottom);
	if (!v->in_head && sheet_is_before(place, v->sheet.top))
		v->sheet.top = place;
	else if (sheet_is_before(bottom, place)) {
		v->sheet.top = place;
		int rows = sheet_rows(&v->sheet, ui);
		for (int i = 1; i < rows && page_prev(v->sheet.page, &v->sheet.top) > 0; i++)
			continue;
	} else
		return;
	article_set_anchor(v, ui);
}

static void extend(struct article_view *v, struct ui *ui, enum action action)
{
	const struct document *body = v->reading->body;
	if (action == ACTION_DOWN || action == ACTION_UP) {
		selection_move(&v->selection, body, action == ACTION_UP);
		show_head(v, ui);
		return;
	}
	/* Pages and ends: to what is on the first or last row then. */
	bool on =
		action == ACTION_PAGE_DOWN || action == ACTION_HALF_DOWN || action == ACTION_BOTTOM;
	struct page_row row;
	sheet_move(&v->sheet, ui, action);
	article_set_anchor(v, ui);
	struct page_place place = v->sheet.top;
	if (on)
		sheet_bottom(&v->sheet, ui, &place);
	if (page_row(v->sheet.page, place, &row) == 0)
		selection_reach(&v->selection, body, row.offset);
}

/* One of those that stand first in the table of actions. */
static bool moves(enum action action)
{
	return action >= ACTION_DOWN && action <= ACTION_BOTTOM;
}

/* While something is selected, moving extends it, going back ends it, copying takes it. */
static bool take(struct article_view *v, struct ui *ui, enum action action)
{
	if (!v->selection.on)
		return false;
	if (action == ACTION_BACK || action == ACTION_CANCEL) {
		v->selection.on = false;
	} else if (action == ACTION_COPY_TITLE || action == ACTION_COPY_LINK ||
		   action == ACTION_COPY_TEXT) {
		copy_selection(ui, &v->selection, v->reading->body);
	} else if (action == ACTION_SELECT) {
		selection_turn(&v->selection, v->reading->body);
		copy_say_selecting(ui, &v->view, &v->selection);
	} else if (moves(action)) {
		extend(v, ui, action);
		copy_say_selecting(ui, &v->view, &v->selection);
	} else {
		return false;
	}
	return true;
}

static bool begin(struct article_view *v, struct ui *ui, enum action action)
{
	const struct store_article *article = v->reading->article;
	switch (action) {
	case ACTION_COPY_TITLE:
		copy_text(ui, _("Title"), str_of(article->title));
		return true;
	case ACTION_COPY_LINK:
		copy_text(ui, _("Link"), str_of(article->url));
		return true;
	case ACTION_COPY_TEXT:
	case ACTION_SELECT:
		v->selection = selection_at(v->reading->body, v->anchor);
		if (!v->selection.on)
			ui_say(ui, "No text from here on");
		else if (action == ACTION_SELECT)
			copy_say_selecting(ui, &v->view, &v->selection);
		else
			copy_selection(ui, &v->selection, v->reading->body);
		return true;
	default:
		return false;
	}
}

bool article_select_intercept(struct article_view *v, struct ui *ui, enum action action)
{
	bool taken = take(v, ui, action);
	if (taken)
		article_light(v, ui);
	return taken;
}

bool article_select_act(struct article_view *v, struct ui *ui, enum action action)
{
	bool taken = begin(v, ui, action);
	if (taken)
		article_light(v, ui);
	return taken;
}
