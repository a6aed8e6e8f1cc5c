/* One article: its text, the place in it, and the way to the next. */
#include "ui/copy.h"
#include "ui/reading.h"
#include "ui/selection.h"
#include "ui/view.h"

#include <stdlib.h>
#include <string.h>

struct article_view {
	struct view view;
	struct reading *reading;
	struct page *page;
	int width; /* cells the page is laid out for */
	enum text_forms forms;
	enum text_marks marks;
	struct page_place top;
	/*
	 * What the first row shows, as an offset in the body: set when the reader
	 * moves, kept while the size changes, so that 80, 40, 80 columns end where
	 * they began.
	 */
	size_t anchor;
	bool in_head; /* the first row is above the body */
	struct selection selection;
	int share; /* read so far, 0 to 100: what the last row shows */
};

static bool is_before(struct page_place a, struct page_place b)
{
	return a.block != b.block ? a.block < b.block : a.line < b.line;
}

/* ---- layout ---- */

/* Cells of text in the area: a margin on either side, and not wider than eyes like. */
static int text_width(const struct ui *ui)
{
	enum { ROOM_FOR_MARGINS = 30 };
	int columns = ui_area(ui).columns;
	int width = columns >= ROOM_FOR_MARGINS ? columns - 2 : columns;
	int most = ui->options->config->text_width;
	return most > 0 && width > most ? most : width;
}

static struct page *make_page(const struct reading *reading, struct ui *ui, int width)
{
	struct canvas *canvas = screen_canvas(ui->screen);
	struct page_options options = {
		.engine = canvas_engine(canvas),
		.width = width,
		.direction = reading_direction(reading),
		.forms = canvas_forms(canvas),
		.marks = canvas_marks(canvas),
		.numerals = canvas_numerals(canvas),
		.justify = strcmp(ui->options->config->text_justify, "yes") == 0,
		.style = reading_style,
	};
	return page_new(reading->head, reading->body, &options);
}

static void say_no_memory(struct ui *ui)
{
	struct error error;
	error_no_memory(&error);
	ui_error(ui, &error);
}

/* Takes a page over and shows the anchor on the first row. */
static void adopt(struct article_view *v, struct ui *ui, struct page *page)
{
	const struct canvas *canvas = screen_canvas(ui->screen);
	page_free(v->page);
	v->page = page;
	v->width = text_width(ui);
	v->forms = canvas_forms(canvas);
	v->marks = canvas_marks(canvas);
	v->top = v->in_head ? page_first(page) : page_find(page, v->anchor);
}

/* Lays the article out anew; without the memory for it, it stays as it was. */
static void lay_out(struct article_view *v, struct ui *ui)
{
	struct page *page = make_page(v->reading, ui, text_width(ui));
	if (page)
		adopt(v, ui, page);
	else
		say_no_memory(ui);
}

static void set_anchor(struct article_view *v, struct ui *ui)
{
	struct page_row row;
	v->in_head = is_before(v->top, page_find(v->page, 0));
	if (page_row(v->page, v->top, &row) < 0)
		say_no_memory(ui);
	else
		v->anchor = v->in_head ? 0 : row.offset;
}

/* ---- moving ---- */

/* The last place that fits when `top` is on the first row; false at the end of the text. */
static bool bottom_of(struct article_view *v, long rows, struct page_place *bottom)
{
	*bottom = v->top;
	for (long i = 1; i < rows; i++) {
		if (page_next(v->page, bottom) <= 0)
			return false;
	}
	return true;
}

static bool is_blank(struct article_view *v, struct page_place place)
{
	struct page_row row;
	return page_row(v->page, place, &row) == 0 && row.kind == PAGE_BLANK;
}

static bool scroll_on(struct article_view *v, struct ui *ui, long lines)
{
	struct page_place bottom;
	bool moved = false;
	if (!bottom_of(v, ui_area(ui).rows, &bottom))
		return false;
	while (lines-- > 0 && page_next(v->page, &bottom) > 0)
		moved |= page_next(v->page, &v->top) > 0;
	if (moved)
		set_anchor(v, ui);
	return moved;
}

/* A new page does not start with a blank row. */
static void page_on(struct article_view *v, struct ui *ui, long lines)
{
	if (scroll_on(v, ui, lines) && is_blank(v, v->top))
		scroll_on(v, ui, 1);
}

static void scroll_back(struct article_view *v, struct ui *ui, long lines)
{
	bool moved = false;
	while (lines-- > 0 && page_prev(v->page, &v->top) > 0)
		moved = true;
	if (moved)
		set_anchor(v, ui);
}

static void go_to_end(struct article_view *v, struct ui *ui)
{
	v->top = page_last(v->page);
	for (int i = 1; i < ui_area(ui).rows && page_prev(v->page, &v->top) > 0; i++)
		continue;
	set_anchor(v, ui);
}

static bool move(struct article_view *v, struct ui *ui, enum action action)
{
	long rows = ui_area(ui).rows;
	long page = rows > 2 ? rows - 1 : 1;
	switch (action) {
	case ACTION_DOWN:
		scroll_on(v, ui, 1);
		return true;
	case ACTION_UP:
		scroll_back(v, ui, 1);
		return true;
	case ACTION_PAGE_DOWN:
		page_on(v, ui, page);
		return true;
	case ACTION_PAGE_UP:
		scroll_back(v, ui, page);
		return true;
	case ACTION_HALF_DOWN:
		scroll_on(v, ui, (rows + 1) / 2);
		return true;
	case ACTION_HALF_UP:
		scroll_back(v, ui, (rows + 1) / 2);
		return true;
	case ACTION_TOP:
		v->top = page_first(v->page);
		set_anchor(v, ui);
		return true;
	case ACTION_BOTTOM:
		go_to_end(v, ui);
		return true;
	default:
		return false;
	}
}

/* ---- drawing ---- */

/* What was read: the text above the first row; all of it once the end is in view. */
static int share_above(const struct article_view *v)
{
	size_t length = v->reading->body->len;
	return length > 0 && v->anchor < length ? (int)(v->anchor * 100 / length) : 0;
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct article_view *v = (struct article_view *)view;
	int column = area.column + (area.columns - v->width) / 2;
	struct page_place place = v->top;
	struct page_place body = v->selection.on ? page_find(v->page, 0) : place;
	int more = 1;
	if (area.rows == 0)
		return; /* nothing is shown, so nothing was read */
	for (int i = 0; i < area.rows && more > 0; i++) {
		struct page_row row;
		if (page_row(v->page, place, &row) < 0 ||
			reading_draw_row(canvas, area.row + i, column, v->width, &row) < 0) {
			say_no_memory(ui);
			return;
		}
		if (v->selection.on && !is_before(place, body))
			selection_light(
				&v->selection, canvas, area.row + i, column, v->width, &row);
		more = page_next(v->page, &place);
	}
	v->share = more > 0 ? share_above(v) : 100;
}

/* The source; the article's title once it has been scrolled away. */
static void title(struct view *view, struct ui *ui, struct buffer *out)
{
	const struct article_view *v = (const struct article_view *)view;
	const struct store_article *article = v->reading->article;
	(void)ui;
	buffer_str(out, str_of(v->in_head ? article->feed_title : article->title));
}

/* The gauge fills from the side where reading starts; a narrow screen has the number alone. */
static void status(struct view *view, struct ui *ui, struct buffer *out)
{
	enum { CELLS = 10, ROOM_FOR_GAUGE = 60 };
	const struct article_view *v = (const struct article_view *)view;
	size_t cells = ui_area(ui).columns >= ROOM_FOR_GAUGE ? CELLS : 0;
	size_t full = (size_t)v->share * cells / 100;
	enum text_direction direction = reading_direction(v->reading);
	bool rtl = direction == TEXT_RTL ||
		   (direction == TEXT_AUTO && v->reading->article->direction == STORE_RTL);
	if (v->reading->article->starred)
		buffer_str(out, STR("★ "));
	if (rtl) {
		buffer_repeat(out, STR("─"), cells - full);
		buffer_repeat(out, STR("━"), full);
	} else {
		buffer_repeat(out, STR("━"), full);
		buffer_repeat(out, STR("─"), cells - full);
	}
	buffer_printf(out, " %3d%%", v->share);
}

/* ---- opening and leaving ---- */

static void save(struct view *view, struct ui *ui)
{
	struct article_view *v = (struct article_view *)view;
	struct error error;
	struct place_mark mark = {0};
	if (!v->in_head)
		mark = document_mark(v->reading->body, v->anchor);
	struct store_position position = {mark.offset, mark.hash, v->share};
	if (store_set_position(ui->store, v->reading->article->id, &position, &error) < 0)
		ui_error(ui, &error);
	struct view *below = ui_below(ui, &v->view);
	struct store_headline *row = below ? headlines_current(below, ui) : NULL;
	if (row && row->id == v->reading->article->id)
		row->progress = v->share;
}

static void restore_position(struct article_view *v, struct ui *ui)
{
	struct error error;
	struct store_position position;
	if (store_get_position(ui->store, v->reading->article->id, &position, &error) < 0) {
		ui_error(ui, &error);
		return;
	}
	if (position.offset == 0 && position.hash == 0)
		return;
	struct place_mark mark = {position.offset, position.hash};
	v->anchor = document_find_mark(v->reading->body, mark);
	v->in_head = false;
}

static bool open_article(struct article_view *v, struct ui *ui, int64_t id)
{
	struct error error;
	struct reading *reading = reading_open(ui->store, id, &error);
	if (!reading) {
		ui_error(ui, &error);
		return false;
	}
	struct page *page = make_page(reading, ui, text_width(ui));
	if (!page) {
		reading_free(reading);
		say_no_memory(ui);
		return false;
	}
	/* The old page points into the old reading: it goes first. */
	page_free(v->page);
	v->page = NULL;
	reading_free(v->reading);
	v->reading = reading;
	v->anchor = 0;
	v->in_head = true;
	v->share = 0;
	v->selection.on = false;
	restore_position(v, ui);
	adopt(v, ui, page);
	if (store_set_read(ui->store, id, true, &error) < 0)
		ui_error(ui, &error);
	struct view *below = ui_below(ui, &v->view);
	struct store_headline *row = below ? headlines_current(below, ui) : NULL;
	if (row && row->id == id)
		row->read = true;
	screen_set_title(ui->screen, str_of(reading->article->title));
	return true;
}

/* Read, star and direction may have been changed through the headline. */
static void follow_headline(struct article_view *v, struct ui *ui, enum action action)
{
	const struct store_headline *row = headlines_current(ui_below(ui, &v->view), ui);
	if (!row || row->id != v->reading->article->id)
		return;
	v->reading->article->read = row->read;
	v->reading->article->starred = row->starred;
	v->reading->article->override = row->override;
	if (action == ACTION_DIRECTION)
		lay_out(v, ui);
	else if (action == ACTION_TOGGLE_READ || action == ACTION_MARK_UNREAD)
		ui_say(ui, row->read ? "Marked read" : "Marked unread");
}

/* ---- copying ---- */

/* The end that moves stays in view. */
static void show_head(struct article_view *v, struct ui *ui)
{
	struct page_place place = page_find(v->page, v->selection.head), bottom;
	bottom_of(v, ui_area(ui).rows, &bottom);
	if (!v->in_head && is_before(place, v->top))
		v->top = place;
	else if (is_before(bottom, place)) {
		v->top = place;
		for (int i = 1; i < ui_area(ui).rows && page_prev(v->page, &v->top) > 0; i++)
			continue;
	} else
		return;
	set_anchor(v, ui);
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
	move(v, ui, action);
	struct page_place place = v->top;
	if (on)
		bottom_of(v, ui_area(ui).rows, &place);
	if (page_row(v->page, place, &row) == 0)
		selection_reach(&v->selection, body, row.offset);
}

/* One of those that stand first in the table of actions. */
static bool moves(enum action action)
{
	return action >= ACTION_DOWN && action <= ACTION_BOTTOM;
}

/* While something is selected, moving extends it, going back ends it, copying takes it. */
static bool intercept(struct view *view, struct ui *ui, enum action action)
{
	struct article_view *v = (struct article_view *)view;
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

static bool copy(struct article_view *v, struct ui *ui, enum action action)
{
	const struct store_article *article = v->reading->article;
	switch (action) {
	case ACTION_COPY_TITLE:
		copy_text(ui, "Title", str_of(article->title));
		return true;
	case ACTION_COPY_LINK:
		copy_text(ui, "Link", str_of(article->url));
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

static bool act(struct view *view, struct ui *ui, enum action action)
{
	struct article_view *v = (struct article_view *)view;
	if (move(v, ui, action))
		return true;
	if (copy(v, ui, action))
		return true;
	struct view *below = ui_below(ui, view);
	if (!below)
		return false;
	if (headlines_act_on_current(below, ui, action)) {
		follow_headline(v, ui, action);
		return true;
	}
	if (action_step(action) == 0)
		return false;
	/* The row that is left is still the current one while its position is kept. */
	save(view, ui);
	long place = headlines_place(below);
	int64_t id = headlines_step(below, ui, action);
	if (id != 0 && !open_article(v, ui, id))
		headlines_go(below, ui, place);
	return true;
}

static void refresh(struct view *view, struct ui *ui)
{
	struct article_view *v = (struct article_view *)view;
	const struct canvas *canvas = screen_canvas(ui->screen);
	if (text_width(ui) != v->width || canvas_forms(canvas) != v->forms ||
		canvas_marks(canvas) != v->marks)
		lay_out(v, ui);
}

static void close_view(struct view *view, struct ui *ui)
{
	struct article_view *v = (struct article_view *)view;
	page_free(v->page);
	reading_free(v->reading);
	free(v);
	screen_set_title(ui->screen, STR("khabar"));
}

static const struct view_kind ARTICLE_VIEW = {
	.keys = IN_ARTICLE,
	.title = title,
	.status = status,
	.draw = draw,
	.intercept = intercept,
	.act = act,
	.refresh = refresh,
	.save = save,
	.close = close_view,
};

struct view *article_view_new(struct ui *ui, int64_t id)
{
	struct article_view *v = calloc(1, sizeof *v);
	if (!v) {
		say_no_memory(ui);
		return NULL;
	}
	v->view.kind = &ARTICLE_VIEW;
	if (!open_article(v, ui, id)) {
		close_view(&v->view, ui);
		return NULL;
	}
	return &v->view;
}
