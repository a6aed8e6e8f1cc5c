/* One article: its text, the place in it, and the way to the next. */
#include "ui/article_view.h"

#include "base/array.h"
#include "base/message.h"

#include <stdlib.h>
#include <time.h>

/* ---- layout ---- */

struct sheet_shape article_shape(const struct ui *ui)
{
	return (struct sheet_shape){ui->look.width, ui->look.columns, IN_ARTICLE};
}

static struct page *make_page(const struct reading *reading, struct ui *ui)
{
	struct canvas *canvas = screen_canvas(ui->screen);
	struct page_options options = {
		.engine = canvas_engine(canvas),
		.width = sheet_width(ui, article_shape(ui)),
		.direction = reading_direction(reading),
		.forms = canvas_forms(canvas),
		.marks = canvas_marks(canvas),
		.numerals = canvas_numerals(canvas),
		.justify = ui->look.justify,
		.wrap_code = ui->look.wrap_code,
		.plain = ui->look.plain,
		.style = reading_style,
	};
	return page_new(reading->head, reading->body, reading->tail, &options);
}

void article_no_memory(struct ui *ui)
{
	struct error error;
	error_no_memory(&error);
	ui_error(ui, &error);
}

/* Takes a page over and shows the anchor on the first row. */
static void adopt(struct article_view *v, struct ui *ui, struct page *page)
{
	sheet_adopt(&v->sheet, ui, page, article_shape(ui));
	v->sheet.top = v->in_head ? page_first(page) : page_find(page, v->anchor);
	page_set_shift(page, v->shift);
	article_light(v, ui);
	article_focus_follow(v, ui);
}

void article_lay_out(struct article_view *v, struct ui *ui)
{
	struct page *page = make_page(v->reading, ui);
	if (page)
		adopt(v, ui, page);
	else
		article_no_memory(ui);
}

void article_set_anchor(struct article_view *v, struct ui *ui)
{
	struct page_row row;
	v->in_head = sheet_is_before(v->sheet.top, page_find(v->sheet.page, 0));
	if (page_row(v->sheet.page, v->sheet.top, &row) < 0)
		article_no_memory(ui);
	else
		v->anchor = v->in_head ? 0 : row.offset;
}

void article_show(struct article_view *v, struct ui *ui, size_t offset, bool on_top)
{
	struct page_place place = page_find(v->sheet.page, offset);
	on_top |= ui->look.plain; /* where the cursor is */
	if (!on_top && sheet_shows(&v->sheet, ui, place))
		return;
	/* A third of the screen above it, to be read in what it belongs to. */
	for (int i = 0; !on_top && i < panes_area(ui, IN_ARTICLE).rows / 3; i++)
		page_prev(v->sheet.page, &place);
	sheet_go(&v->sheet, ui, place);
	article_set_anchor(v, ui);
	article_focus_follow(v, ui);
}

/* ---- what is lit ---- */

static bool add_mark(struct article_view *v, struct page_mark mark)
{
	if (mark.start >= mark.end)
		return true;
	if (!array_reserve(&v->marks, &v->mark_cap, v->mark_count + 1, sizeof *v->marks))
		return false;
	v->marks[v->mark_count++] = mark;
	return true;
}

/* Hits, and the chosen link where it covers none of them, in order. */
static bool add_hits_and_link(struct article_view *v)
{
	const struct finding *f = &v->finding;
	const struct document *body = v->reading->body;
	struct page_mark link = {0};
	bool ok = true, placed = v->link == NO_LINK;
	if (!placed)
		link = (struct page_mark){body->links[v->link].start, body->links[v->link].end,
			ROLE_LINK | STYLE_SELECTED};
	for (size_t i = 0; ok && f->on && i < f->count; i++) {
		struct page_mark hit = f->hits[i];
		if (!placed && link.start < hit.start) {
			struct page_mark part = link;
			part.end = part.end > hit.start ? hit.start : part.end;
			ok = add_mark(v, part);
			placed = true;
		}
		hit.style = i == f->here && !f->fresh ? ROLE_FOUND_HERE : ROLE_FOUND;
		ok = ok && add_mark(v, hit);
	}
	return ok && (placed || add_mark(v, link));
}

void article_light(struct article_view *v, struct ui *ui)
{
	const struct selection *s = &v->selection;
	bool ok;
	v->mark_count = 0;
	if (s->on)
		ok = add_mark(v, (struct page_mark){s->from, s->to, STYLE_SELECTED});
	else
		ok = add_hits_and_link(v);
	if (!ok)
		article_no_memory(ui);
	page_set_marks(v->sheet.page, v->marks, v->mark_count);
}

/* ---- drawing ---- */

/* What was read: the text above the first row; all of it once the end is in view. */
static int share_above(const struct article_view *v)
{
	size_t length = v->reading->body->len;
	return length > 0 && v->anchor < length ? (int)(v->anchor * 100 / length) : 0;
}

static int draw_over(
	void *user, struct canvas *canvas, int row, int column, const struct page_row *page_row)
{
	int result = article_link_draw(user, canvas, row, column, page_row);
	if (((struct article_view *)user)->focusing)
		article_focus_draw(user, canvas, row, column, page_row);
	article_left_draw(user, canvas, row, column, page_row); /* the row's line is gone then */
	return result;
}

/* Whether the end of the text is in view; the list of links behind it need not be. */
static bool shows_end(struct article_view *v, const struct ui *ui)
{
	struct page_place below;
	struct page_row row;
	if (!sheet_bottom(&v->sheet, ui, &below) || page_next(v->sheet.page, &below) <= 0)
		return true;
	return page_row(v->sheet.page, below, &row) == 0 && row.offset + 1 >= v->reading->body->len;
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct article_view *v = (struct article_view *)view;
	bool more;
	if (ui->look.plain)
		canvas_set_cursor(canvas, area.row, area.column, false);
	if (area.rows == 0)
		return; /* nothing is shown, so nothing was read */
	v->left_shown = false;
	v->focusing = ui->look.focus && !v->selection.on;
	if (sheet_draw(&v->sheet, canvas, area, draw_over, v, &more) < 0)
		article_no_memory(ui);
	else
		v->share = more && !shows_end(v, ui) ? share_above(v) : 100;
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
	struct article_view *v = (struct article_view *)view;
	size_t cells = ui_area(ui).columns >= ROOM_FOR_GAUGE ? CELLS : 0;
	size_t full = (size_t)v->share * cells / 100;
	enum text_direction direction = reading_direction(v->reading);
	bool rtl = direction == TEXT_RTL ||
		   (direction == TEXT_AUTO && v->reading->article->direction == STORE_RTL);
	if (ui->look.plain) {
		buffer_printf(out, _("%d%% read"), v->share);
		return;
	}
	if (v->reading->article->starred)
		buffer_str(out, STR("★ "));
	if (cells > 0)
		article_time(v, ui, out);
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

/* The rest of a long article; what is on the screen stays there. */
static void complete(struct article_view *v, struct ui *ui)
{
	struct error error;
	if (!v->reading->partial)
		return;
	sheet_close(&v->sheet);
	if (reading_complete(v->reading, &error) < 0)
		ui_error(ui, &error);
	v->reading->partial = false; /* without the memory for it, the start has to do */
	article_lay_out(v, ui);
}

static void save(struct view *view, struct ui *ui)
{
	struct article_view *v = (struct article_view *)view;
	complete(v, ui);
	struct error error;
	struct place_mark mark = {0};
	if (!v->in_head)
		mark = document_mark(v->reading->body, v->anchor);
	struct store_position position = {mark.offset, mark.hash, v->share};
	if (store_set_position(ui->store, v->reading->article->id, &position, &error) < 0 &&
		error.status != EX_NOINPUT) /* it was deleted meanwhile: there is no place to keep */
		ui_error(ui, &error);
	struct view *below = ui_below(ui, &v->view);
	struct store_headline *row = below ? headlines_current(below, ui) : NULL;
	if (row && row->id == v->reading->article->id)
		row->progress = v->share;
}

/* Where it was left, and whether unfinished; false at its start. */
static bool find_position(struct reading *reading, struct ui *ui, size_t *offset, bool *unfinished)
{
	struct error error;
	struct store_position position;
	*offset = 0;
	*unfinished = false;
	if (store_get_position(ui->store, reading->article->id, &position, &error) < 0) {
		ui_error(ui, &error);
		return false;
	}
	if (position.offset == 0 && position.hash == 0)
		return false;
	*unfinished = position.progress < 100;
	if (reading_complete(reading, &error) < 0)
		ui_error(ui, &error);
	struct place_mark mark = {position.offset, position.hash};
	const struct document *body = reading->body;
	*offset = document_find_mark(body, mark);
	/* Who left the list of links comes back to the last words before it. */
	if (*offset + 1 >= body->len && body->block_count > 0)
		*offset = body->blocks[body->block_count - 1].start;
	return true;
}

/* Takes the reading over and shows it from this byte of its body on; false: no memory. */
static bool show_reading(
	struct article_view *v, struct ui *ui, struct reading *reading, bool in_head, size_t offset)
{
	struct page *page = make_page(reading, ui);
	if (!page) {
		reading_free(reading);
		article_no_memory(ui);
		return false;
	}
	/* The old page points into the old reading: it goes first. */
	sheet_close(&v->sheet);
	article_find_end(v, ui);
	reading_free(v->reading);
	v->reading = reading;
	v->anchor = offset;
	v->in_head = in_head;
	v->share = 0;
	v->words = NOT_COUNTED;
	v->left_at = NOT_LEFT;
	v->selection.on = false;
	v->link = NO_LINK;
	v->hinting = false;
	v->shift = 0;
	v->jump_count = 0;
	v->stale = false;
	adopt(v, ui, page);
	return true;
}

void article_read_anew(struct article_view *v, struct ui *ui)
{
	struct error error;
	struct place_mark mark = document_mark(v->reading->body, v->anchor);
	bool in_head = v->in_head;
	v->stale = false;
	int64_t id = v->reading->article->id;
	const struct reading_date date = {ui->dates, (int64_t)time(NULL)};
	struct reading *reading = ui->look.plain
					  ? reading_open_numbered(ui->store, id, &date, &error)
					  : reading_open(ui->store, id, &date, &error);
	if (reading && reading_complete(reading, &error) < 0)
		ui_error(ui, &error);
	if (reading)
		show_reading(v, ui, reading, in_head,
			in_head ? 0 : document_find_mark(reading->body, mark));
	else
		ui_error(ui, &error);
}

static bool load_article(struct article_view *v, struct ui *ui, int64_t id)
{
	struct error error;
	const struct reading_date date = {ui->dates, (int64_t)time(NULL)};
	struct reading *reading = ui->look.plain
					  ? reading_open_numbered(ui->store, id, &date, &error)
					  : reading_open_start(ui->store, id, &date, &error);
	if (!reading) {
		ui_error(ui, &error);
		return false;
	}
	size_t offset;
	bool unfinished, begun = find_position(reading, ui, &offset, &unfinished);
	if (!show_reading(v, ui, reading, !begun, offset))
		return false;
	if (unfinished && offset > 0)
		v->left_at = offset;
	return true;
}

void article_enter(struct article_view *v, struct ui *ui)
{
	struct error error;
	int64_t id = v->reading->article->id;
	v->entered = true;
	if (store_set_read(ui->store, id, true, &error) < 0)
		ui_error(ui, &error);
	struct view *below = ui_below(ui, &v->view);
	struct store_headline *row = below ? headlines_current(below, ui) : NULL;
	if (row && row->id == id)
		row->read = true;
	screen_set_title(ui->screen, str_of(v->reading->article->title));
	if (v->finding.count == 0)
		article_find_searched(v, ui);
}

static bool open_article(struct article_view *v, struct ui *ui, int64_t id)
{
	if (!load_article(v, ui, id))
		return false;
	article_enter(v, ui);
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
		article_lay_out(v, ui);
	else if (action == ACTION_TOGGLE_READ || action == ACTION_MARK_UNREAD)
		ui_say(ui, row->read ? N_("Marked read") : N_("Marked unread"));
}

static bool act(struct view *view, struct ui *ui, enum action action)
{
	struct article_view *v = (struct article_view *)view;
	complete(v, ui);
	if (article_focus_act(v, ui, action))
		return true;
	int lines = article_pace_lines(v, ui, action);
	if (sheet_move(&v->sheet, ui, action)) {
		for (int i = 1; i < lines; i++)
			sheet_move(&v->sheet, ui, action);
		article_set_anchor(v, ui);
		article_focus_follow(v, ui);
		return true;
	}
	if (article_pace_act(v, ui, action) || article_jump_act(v, ui, action) ||
		article_link_act(v, ui, action) || article_select_act(v, ui, action) ||
		article_find_act(v, ui, action) || article_tool_act(v, ui, action))
		return true;
	struct view *below = ui_below(ui, view);
	if (!below)
		return false;
	if (action == ACTION_DELETE) { /* the place in it is saved first */
		int64_t id = v->reading->article->id;
		ui_pop(ui);
		const struct store_headline *row = headlines_current(below, ui);
		return row && row->id == id && headlines_act_on_current(below, ui, action);
	}
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

static bool intercept(struct view *view, struct ui *ui, enum action action)
{
	struct article_view *v = (struct article_view *)view;
	if (article_select_intercept(v, ui, action))
		return true;
	if (action != ACTION_CANCEL || !v->finding.on)
		return false;
	article_find_end(v, ui);
	article_light(v, ui);
	return true;
}

static bool has_work(const struct view *view)
{
	const struct article_view *v = (const struct article_view *)view;
	return v->reading->partial || (v->stale && !v->selection.on && !v->hinting);
}

static void work(struct view *view, struct ui *ui)
{
	struct article_view *v = (struct article_view *)view;
	complete(v, ui);
	if (v->stale && !v->selection.on && !v->hinting)
		article_read_anew(v, ui);
}

static bool key(struct view *view, struct ui *ui, uint32_t code)
{
	struct article_view *v = (struct article_view *)view;
	return article_pace_key(v, ui, code) || article_link_key(v, ui, code);
}

static void tick(struct view *view, struct ui *ui)
{
	article_pace_tick((struct article_view *)view, ui);
}

static void refresh(struct view *view, struct ui *ui)
{
	struct article_view *v = (struct article_view *)view;
	if (sheet_is_stale(&v->sheet, ui, article_shape(ui)))
		article_lay_out(v, ui);
}

static void close_view(struct view *view, struct ui *ui)
{
	struct article_view *v = (struct article_view *)view;
	sheet_close(&v->sheet);
	article_find_end(v, ui);
	free(v->marks);
	reading_free(v->reading);
	free(v);
	screen_set_title(ui->screen, STR("khabar"));
}

#define ARTICLE_VIEW_OF(bits)                                                                      \
	{                                                                                          \
		.keys = (bits), .title = title, .status = status, .draw = draw,                    \
		.intercept = intercept, .key = key, .act = act, .mouse = article_mouse, .refresh = refresh, .save = save,  \
		.has_work = has_work, .work = work, .tick = tick, .close = close_view                            \
	}

static const struct view_kind ARTICLE_VIEW = ARTICLE_VIEW_OF(IN_ARTICLE);
static const struct view_kind FINDING_VIEW = ARTICLE_VIEW_OF(IN_ARTICLE | IN_FINDING);

void article_set_finding(struct article_view *v, bool on)
{
	v->finding.on = on;
	v->view.kind = on ? &FINDING_VIEW : &ARTICLE_VIEW;
}

bool article_view_stale(struct ui *ui, int64_t id)
{
	for (size_t i = 0; i < ui->depth; i++) {
		struct article_view *v = (struct article_view *)ui->stack[i];
		if (!(v->view.kind->keys & IN_ARTICLE) || v->reading->article->id != id)
			continue;
		v->stale = true;
		return true;
	}
	return panes_renew(ui, id);
}

struct view *article_view_preview(struct ui *ui, int64_t id)
{
	struct article_view *v = calloc(1, sizeof *v);
	if (!v) {
		article_no_memory(ui);
		return NULL;
	}
	v->view.kind = &ARTICLE_VIEW;
	v->link = NO_LINK;
	if (!load_article(v, ui, id)) {
		close_view(&v->view, ui);
		return NULL;
	}
	return &v->view;
}

struct view *article_view_new(struct ui *ui, int64_t id)
{
	struct view *view = article_view_preview(ui, id);
	if (view)
		article_enter((struct article_view *)view, ui);
	return view;
}
