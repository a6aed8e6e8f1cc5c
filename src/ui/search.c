#include "ui/search.h"

#include "base/array.h"
#include "base/message.h"
#include "ui/finder.h"
#include "ui/prompt.h"
#include "ui/smart_form.h"
#include "ui/view.h"

#include <stdlib.h>

struct searching {
	struct ui *ui;
	struct finder *finder;
	struct view *view; /* of the results */
	struct buffer text;
	struct search_hit *hits; /* without headlines: those are the view's */
	size_t count, cap;
	struct finder_news news; /* the last, without its page */
	bool left;               /* the reader has the results, the prompt is closed */
};

enum { ROWS_AHEAD = 60 };

/* ---- the list of results -------------------------------------------------- */

static void write_title(struct searching *s)
{
	struct buffer title = {0};
	buffer_str(&title, str_of(_("Search")));
	if (s->text.len > 0 && s->left)
		buffer_printf(&title, ": \u2068%s\u2069", s->text.data);
	if (s->news.complaint[0])
		buffer_printf(&title, _("  (words, no query: %s)"), s->news.complaint);
	else if (s->count > 0 && s->news.newest)
		buffer_str(&title, str_of(_("  (newest first)")));
	if (s->news.indexed < 100)
		buffer_printf(&title, _("  (indexing: %d%%)"), s->news.indexed);
	headlines_set_name(s->view, buffer_view(&title));
	buffer_free(&title);
}

static void free_marks(struct searching *s)
{
	for (size_t i = 0; i < s->count; i++) {
		free(s->hits[i].snippet);
		search_spans_free(&s->hits[i].title_spans);
		search_spans_free(&s->hits[i].snippet_spans);
	}
	s->count = 0;
}

/* Hands the headlines to the view and keeps what is drawn with them. */
static void add_rows(struct searching *s, struct search_page *page)
{
	struct store_page rows = {0};
	if (page->count == 0 ||
		!array_reserve(&s->hits, &s->cap, s->count + page->count, sizeof *s->hits)) {
		search_page_free(page);
		return;
	}
	rows.items = calloc(page->count, sizeof *rows.items);
	if (!rows.items) {
		search_page_free(page);
		return;
	}
	for (size_t i = 0; i < page->count; i++) {
		rows.items[rows.count++] = page->items[i].headline;
		s->hits[s->count] = page->items[i];
		s->hits[s->count++].headline = (struct store_headline){.id = page->items[i].headline.id};
	}
	free(page->items);
	*page = (struct search_page){0};
	headlines_add(s->view, &rows);
}

void searching_take(struct ui *ui)
{
	struct searching *s = ui->searching;
	struct finder_news news;
	if (!s || !finder_take(s->finder, &news))
		return;
	if (news.fresh) {
		headlines_clear(s->view, s->left && !ui->prompt);
		free_marks(s);
	}
	struct search_page page = news.page;
	news.page = (struct search_page){0};
	s->news = news;
	add_rows(s, &page);
	if (news.error.status != 0)
		ui_error(ui, &news.error);
	write_title(s);
}

void searching_light(
	struct canvas *canvas, const struct rect *rect, const struct search_spans *spans)
{
	const struct canvas_cell *cells = canvas_row(canvas, rect->row);
	for (int i = 0; i < rect->columns; i++) {
		const struct canvas_cell *cell = &cells[rect->column + i];
		for (size_t j = 0; cell->field != 0 && j < spans->count; j++) {
			if (cell->offset < spans->items[j].start ||
				cell->offset >= spans->items[j].end)
				continue;
			canvas_overlay(canvas,
				(struct rect){
					rect->row, rect->column + i, 1, cell->width == 2 ? 2 : 1},
				STYLE_UNDERLINE | STYLE_STRONG);
			break;
		}
	}
}

static void draw_marks(void *user, struct canvas *canvas, size_t at, int64_t id, struct rect title,
	struct rect below)
{
	struct searching *s = user;
	struct field field = {.style = ROLE_META};
	/* Rows before it may have gone. */
	while (at < s->count && s->hits[at].headline.id != id)
		at++;
	if (at == s->count)
		return;
	searching_light(canvas, &title, &s->hits[at].title_spans);
	if (below.rows == 0)
		return;
	canvas_text(canvas, below.row, below.column, below.columns, str_of(s->hits[at].snippet),
		&field);
	searching_light(canvas, &below, &s->hits[at].snippet_spans);
}

static struct str nothing(void *user)
{
	const struct searching *s = user;
	if (s->text.len == 0 || s->news.empty)
		return str_of(_("Type a word, from two letters on"));
	if (s->news.searching)
		return str_of(_("Looking..."));
	return str_of(s->news.indexed < 100 ? _("Nothing found yet") : _("Nothing found"));
}

static bool is_more(void *user)
{
	const struct searching *s = user;
	return !s->news.complete;
}

static void near_end(void *user)
{
	struct searching *s = user;
	if (!s->news.complete && !s->news.searching)
		finder_more(s->finder, s->count + ROWS_AHEAD);
}

static void closed(void *user, struct ui *ui)
{
	struct searching *s = user;
	screen_watch(ui->screen, SEARCHING_WATCH, -1);
	finder_free(s->finder);
	free_marks(s);
	free(s->hits);
	buffer_free(&s->text);
	free(s);
	ui->searching = NULL;
}

static const struct headlines_extra EXTRA = {
	.draw = draw_marks,
	.nothing = nothing,
	.is_more = is_more,
	.near_end = near_end,
	.closed = closed,
};

/* ---- the prompt ----------------------------------------------------------- */

static void changed(struct ui *ui, void *user, struct str text)
{
	struct searching *s = user;
	(void)ui;
	buffer_clear(&s->text);
	buffer_str(&s->text, text);
	finder_look(s->finder, text, true);
}

static bool done(struct ui *ui, void *user, struct str text)
{
	struct searching *s = user;
	(void)ui, (void)text;
	s->left = true;
	write_title(s);
	return true;
}

static void left(struct ui *ui, void *user)
{
	struct searching *s = user;
	if (!s->left)
		ui_pop(ui); /* closes the search, too */
}

static void ask(struct ui *ui, struct searching *s)
{
	const struct prompt_options options = {
		.kind = PROMPT_SEARCH,
		.question = str_of(_("Search:")),
		.initial = buffer_view(&s->text),
		.done = done,
		.changed = changed,
		.left = left,
		.user = s,
	};
	prompt_open(ui, &options);
}

void searching_open(struct ui *ui)
{
	struct error error;
	if (ui->searching) {
		ask(ui, ui->searching);
		return;
	}
	struct searching *s = calloc(1, sizeof *s);
	struct finder *finder = s ? finder_new(store_path(ui->store), &error) : NULL;
	struct view *view =
		finder ? headlines_view_extra(ui, &EXTRA, s, str_of(_("Search"))) : NULL;
	if (!view) {
		if (s && !finder)
			ui_error(ui, &error);
		else
			ui_say(ui, "Out of memory");
		finder_free(finder);
		free(s);
		return;
	}
	*s = (struct searching){.ui = ui, .finder = finder, .view = view, .news.indexed = 100};
	ui->searching = s;
	screen_watch(ui->screen, SEARCHING_WATCH, finder_fd(finder));
	ui_push(ui, view);
	if (ui->searching)
		ask(ui, s);
}

void searching_keep(struct ui *ui, const struct view *view)
{
	const struct searching *s = ui->searching;
	if (s && s->view == view)
		smart_form_keep(ui, buffer_view(&s->text));
	else
		smart_form_open(ui, &(struct smart_draft){.kind = STORE_SMART_LIST});
}

int searching_places(
	struct ui *ui, const struct view *view, struct str text, struct search_spans *spans)
{
	const struct searching *s = ui->searching;
	*spans = (struct search_spans){0};
	if (!s || s->view != view || s->text.len == 0)
		return 0;
	const struct search_request request = {
		.text = buffer_view(&s->text), .typing = true, .order = SEARCH_NEWEST};
	struct search *search = search_new(ui->store, &request, NULL);
	int result = search ? search_light(search, text, spans) : -1;
	search_free(search);
	return result;
}
