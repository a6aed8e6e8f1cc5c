/* Panes: the previews behind the focus. */
#include "ui/panes.h"

#include "ui/view.h"

#include <time.h>

enum { PAUSE_MS = 100 }; /* longer than between two keys of one that is held down */

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_same(const struct store_list *a, const struct store_list *b)
{
	return a->kind == b->kind && a->feed_id == b->feed_id && a->story_id == b->story_id &&
	       a->query == b->query;
}

static void close_list(struct ui *ui)
{
	struct view *view = ui->panes.list;
	ui->panes.list = NULL;
	ui->panes.tried = false;
	if (view)
		view->kind->close(view, ui);
}

static void close_article(struct ui *ui)
{
	struct view *view = ui->panes.article;
	if (view && ui->panes.rolled && article_view_was_entered(view))
		view->kind->save(view, ui);
	ui->panes.rolled = false;
	ui->panes.article = NULL;
	ui->panes.tried_article = 0;
	if (view)
		view->kind->close(view, ui);
}

void panes_close(struct ui *ui)
{
	close_article(ui);
	close_list(ui);
}

/* ---- from preview to view and back ---- */

static bool is_on_top(const struct ui *ui, const struct view *view)
{
	return ui->depth > 0 && ui->stack[ui->depth - 1] == view;
}

void panes_open_list(struct ui *ui, const struct store_list *list, struct str name)
{
	struct panes *panes = &ui->panes;
	struct view *view = panes->list;
	if (!view || !panes_are_on(ui) || !is_same(&panes->tried_list, list)) {
		ui_push(ui, headlines_view_new(ui, list, name));
		return;
	}
	panes->list = NULL;
	panes->tried = false;
	ui_push(ui, view);
}

void panes_open_article(struct ui *ui, int64_t id)
{
	struct panes *panes = &ui->panes;
	struct view *view = panes->article;
	if (!view || !panes_are_on(ui) || article_view_id(view) != id) {
		ui_push(ui, article_view_new(ui, id));
		return;
	}
	panes->article = NULL;
	panes->tried_article = 0;
	panes->rolled = false;
	ui_push(ui, view);
	if (is_on_top(ui, view))
		article_view_enter(view, ui);
}

void panes_pushed(struct ui *ui, const struct view *view)
{
	enum key_view keys = view->kind->keys;
	if (keys & (IN_HEADLINES | IN_ARTICLE) && !panes_are_on(ui))
		panes_close(ui);
	else if (keys & IN_HEADLINES)
		close_list(ui);
	else if (keys & IN_ARTICLE)
		close_article(ui);
}

bool panes_keep(struct ui *ui, struct view *view)
{
	struct panes *panes = &ui->panes;
	enum key_view keys = view->kind->keys;
	const struct view *top = ui->depth > 0 ? ui->stack[ui->depth - 1] : NULL;
	if (!(keys & (IN_HEADLINES | IN_ARTICLE)))
		return false;
	if (!top || !panes_are_on(ui)) {
		panes_close(ui);
		return false;
	}
	if (keys & IN_ARTICLE && top->kind->keys & IN_HEADLINES) {
		close_article(ui);
		article_view_leave(view, ui);
		panes->article = view;
		panes->tried_article = article_view_id(view);
		return true;
	}
	const struct store_list *list = keys & IN_HEADLINES ? headlines_list(view) : NULL;
	if (!list || ui->depth != 1)
		return false;
	close_list(ui);
	panes->list = view;
	panes->tried_list = *list;
	panes->tried = true;
	return true;
}

struct view *panes_below(const struct ui *ui, const struct view *view)
{
	if (view == ui->panes.article)
		return panes_view(ui, PANE_HEADLINES);
	return view == ui->panes.list ? ui->stack[0] : NULL;
}

bool panes_renew(struct ui *ui, int64_t id)
{
	if (!ui->panes.article || article_view_id(ui->panes.article) != id)
		return false;
	close_article(ui);
	panes_stir(ui, true);
	return true;
}

/* ---- following ---- */

void panes_stir(struct ui *ui, bool at_once)
{
	if (panes_are_shown(ui))
		ui->panes.follow_at = now_ms() + (at_once ? 0 : PAUSE_MS);
}

int panes_patience(const struct ui *ui)
{
	int64_t left = ui->panes.follow_at - now_ms();
	if (ui->panes.follow_at == 0)
		return -1;
	return left > 0 ? (int)left : 0;
}

/* What was changed from here is read anew where it is shown beside the focus. */
static bool settle_doubt(struct ui *ui)
{
	struct panes *panes = &ui->panes;
	if (!panes->doubt)
		return false;
	panes->doubt = false;
	if (ui->depth > 1)
		ui->stack[0]->kind->refresh(ui->stack[0], ui);
	if (panes->list)
		headlines_doubt(panes->list, ui);
	return true;
}

/* The list of the selected feed, while the feeds have the focus. */
static bool follow_list(struct ui *ui)
{
	struct panes *panes = &ui->panes;
	struct store_list list;
	struct str name;
	if (ui->depth != 1)
		return false;
	if (!feeds_selected(ui->stack[0], ui, &list, &name)) {
		bool had = panes->list != NULL;
		close_list(ui);
		return had;
	}
	if (panes->tried && is_same(&panes->tried_list, &list))
		return false;
	close_list(ui);
	panes->tried_list = list;
	panes->tried = true;
	panes->list = headlines_view_new(ui, &list, name);
	return true;
}

/* The selected article, unless that pane has the focus. */
static bool follow_article(struct ui *ui)
{
	struct panes *panes = &ui->panes;
	struct view *list = panes_view(ui, PANE_HEADLINES);
	const struct store_headline *h = list ? headlines_current(list, ui) : NULL;
	int64_t id = h ? h->id : 0;
	if (ui->stack[ui->depth - 1]->kind->keys & IN_ARTICLE || id == panes->tried_article)
		return false;
	close_article(ui);
	panes->tried_article = id;
	if (id != 0)
		panes->article = article_view_preview(ui, id);
	return true;
}

bool panes_follow(struct ui *ui)
{
	struct panes *panes = &ui->panes;
	if (panes->follow_at == 0 || now_ms() < panes->follow_at)
		return false;
	if (panes_are_shown(ui) && !ui->prompt &&
		(settle_doubt(ui) || follow_list(ui) || follow_article(ui)))
		return true; /* and there may be more to do */
	panes->follow_at = 0;
	return false;
}
