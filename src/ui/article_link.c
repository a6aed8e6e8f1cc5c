/* The links of an article: choosing one, and what to do with it. */
#include "article/address.h"
#include "article/marker.h"
#include "base/message.h"
#include "screen/hyperlink.h"
#include "ui/article_view.h"
#include "ui/choice.h"
#include "ui/copy.h"
#include "ui/open.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What about an address is asked about before it is opened. */
#define SERIOUS (~(unsigned)(ADDRESS_PLAIN | ADDRESS_ENCODED))

enum { LETTERS = 26, ESCAPE = 27 };

static const struct link *chosen(const struct article_view *v)
{
	return v->link == NO_LINK ? NULL : &v->reading->body->links[v->link];
}

/* The first link that starts at or behind an offset; the number of links when there is none. */
static size_t first_link(const struct document *d, size_t offset)
{
	size_t low = 0, high = d->link_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (d->links[middle].start < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* ---- choosing ---- */

/* Where it leads, before anybody goes there. */
static void say_link(struct article_view *v, struct ui *ui)
{
	const struct link *link = chosen(v);
	struct buffer where = {0}, key = {0};
	ui_key(ui, &v->view, ACTION_FOLLOW, &key);
	if (link->kind == LINK_PLACE)
		buffer_str(&where, str_of(_("in this article")));
	else
		address_describe(str_of(link->url), &where);
	if (link->type)
		buffer_printf(&where, "  %s", link->type);
	ui_say(ui, "%zu/%zu: %s  %s follows", v->link + 1, v->reading->body->link_count,
		where.data ? where.data : "", key.data ? key.data : "");
	buffer_free(&where);
	buffer_free(&key);
}

static void choose(struct article_view *v, struct ui *ui, size_t index)
{
	v->link = index;
	article_light(v, ui);
	article_show(v, ui, v->reading->body->links[index].start, false);
	say_link(v, ui);
}

static bool is_in_view(struct article_view *v, struct ui *ui, size_t offset)
{
	return sheet_shows(&v->sheet, ui, page_find(v->sheet.page, offset));
}

/* On from the chosen link where it is in view, else from the first row. */
static void step(struct article_view *v, struct ui *ui, bool back)
{
	const struct document *body = v->reading->body;
	const struct link *link = chosen(v);
	size_t next;
	if (link && is_in_view(v, ui, link->start))
		next = back ? v->link - 1 : v->link + 1;
	else
		next = first_link(body, v->in_head ? 0 : v->anchor) - (back ? 1 : 0);
	if (next < body->link_count)
		choose(v, ui, next);
	else
		ui_say(ui, body->link_count == 0 ? N_("This article has no links")
			   : back                ? N_("No link before this")
						 : N_("No link after this"));
}

/* ---- by number ---- */

static bool is_digit(uint32_t code)
{
	return (code >= '0' && code <= '9') || (code >= 0x660 && code <= 0x669) ||
	       (code >= 0x6F0 && code <= 0x6F9);
}

static bool choose_number(struct ui *ui, void *view, struct str text)
{
	struct article_view *v = view;
	size_t number = 0, count = v->reading->body->link_count;
	v->numbering = false;
	for (size_t i = 0; i < text.len && number <= count; i++)
		number = text.ptr[i] >= '0' && text.ptr[i] <= '9'
				 ? number * 10 + (size_t)(text.ptr[i] - '0')
				 : number;
	if (number >= 1 && number <= count)
		choose(v, ui, number - 1);
	else
		ui_say(ui, ngettext("There is %zu link", "There are %zu links", count), count);
	return true;
}

static void leave_number(struct ui *ui, void *view)
{
	(void)ui;
	((struct article_view *)view)->numbering = false;
}

static void ask_number(struct article_view *v, struct ui *ui)
{
	const char digit = (char)ui->key;
	const struct prompt_options options = {.question = str_of(_("Link number:")),
		.initial = {&digit, is_digit(ui->key) ? 1 : 0},
		.takes = is_digit,
		.done = choose_number,
		.left = leave_number,
		.user = v};
	if (v->reading->body->link_count == 0) {
		ui_say(ui, "This article has no links");
		return;
	}
	prompt_open(ui, &options);
	v->numbering = ui->prompt != NULL;
}

/* ---- by letters ---- */

/* The links between the first row and what follows the last one. */
static void find_hints(struct article_view *v, struct ui *ui)
{
	const struct document *body = v->reading->body;
	struct page_place below;
	struct page_row row;
	size_t end = body->len + 1;
	if (sheet_bottom(&v->sheet, ui, &below) && page_next(v->sheet.page, &below) > 0 &&
		page_row(v->sheet.page, below, &row) == 0)
		end = row.offset;
	v->first_hint = first_link(body, v->in_head ? 0 : v->anchor);
	v->hint_count = first_link(body, end) - v->first_hint;
	if (v->hint_count > LETTERS * LETTERS)
		v->hint_count = LETTERS * LETTERS;
}

static void start_hints(struct article_view *v, struct ui *ui)
{
	find_hints(v, ui);
	v->hint[0] = '\0';
	v->hinting = v->hint_count > 0;
	if (v->hinting)
		ui_say(ui, "Type the letters of a link; Esc ends this");
	else
		ui_say(ui, "No links in view");
}

static void write_hint(const struct article_view *v, size_t index, char hint[4])
{
	if (v->hint_count <= LETTERS)
		snprintf(hint, 4, "%c", (char)('a' + index % LETTERS));
	else
		snprintf(hint, 4, "%c%c", (char)('a' + index / LETTERS % LETTERS),
			(char)('a' + index % LETTERS));
}

bool article_link_key(struct article_view *v, struct ui *ui, uint32_t key)
{
	char hint[4];
	size_t length = strlen(v->hint), full = v->hint_count <= LETTERS ? 1 : 2;
	if (!v->hinting)
		return false;
	if (key >= 'A' && key <= 'Z')
		key += 'a' - 'A';
	if (key < 'a' || key > 'z') {
		v->hinting = false;
		return key == ESCAPE;
	}
	v->hint[length] = (char)key;
	v->hint[length + 1] = '\0';
	if (length + 1 < full)
		return true;
	v->hinting = false;
	for (size_t i = 0; i < v->hint_count; i++) {
		write_hint(v, i, hint);
		if (strcmp(hint, v->hint) == 0) {
			choose(v, ui, v->first_hint + i);
			return true;
		}
	}
	ui_say(ui, "No link has the letters %s", v->hint);
	return true;
}

/* ---- what lies over the text ---- */

/* The first cells of a link, which stand at the side where its text starts. */
static int draw_label(struct canvas *canvas, int row, int at, const char *label)
{
	int width = (int)strlen(label);
	const struct canvas_cell *cell = &canvas_row(canvas, row)[at];
	int column = cell->level % 2 ? at - width + 1 : at;
	struct field field = {.direction = TEXT_LTR, .align = ALIGN_LEFT, .style = ROLE_HINT};
	return canvas_text(canvas, row, column < 0 ? 0 : column, width, str_of(label), &field);
}

/* The column of the cell in from..to that stands for a byte of its field's text; -1: none. */
static int column_of(const struct canvas *canvas, int row, int from, int to, size_t offset)
{
	const struct canvas_cell *cells = canvas_row(canvas, row);
	for (int i = from < 0 ? 0 : from; i < to && i < canvas_columns(canvas); i++) {
		if (cells[i].field != 0 && cells[i].width > 0 && cells[i].offset == offset)
			return i;
	}
	return -1;
}

static int label_strip(const struct article_view *v, struct canvas *canvas,
	const struct article_strip *strip, bool numbers)
{
	const struct document *body = v->reading->body;
	size_t last = v->first_hint + v->hint_count;
	for (size_t i = first_link(body, strip->start); i < body->link_count; i++) {
		char label[24];
		if (body->links[i].start >= strip->end)
			break;
		int at = column_of(canvas, strip->row, strip->from, strip->to,
			body->links[i].start + strip->shift);
		if (at < 0 || (!numbers && (i < v->first_hint || i >= last)))
			continue;
		if (numbers)
			snprintf(label, sizeof label, "%zu", i + 1);
		else
			write_hint(v, i - v->first_hint, label);
		bool open = numbers || strncmp(label, v->hint, strlen(v->hint)) == 0;
		if (open && draw_label(canvas, strip->row, at, label) < 0)
			return -1;
	}
	return 0;
}

/*
 * The terminal opens them itself, where it can (screen/hyperlink.h); not those that ought to be
 * looked at first.
 */
static int link_strip(const struct document *body, const struct block *block,
	struct canvas *canvas, const struct article_strip *strip)
{
	for (size_t i = 0; i < block->span_count; i++) {
		const struct span *span = &body->spans[block->span + i];
		if (span->start >= strip->end)
			break;
		if (!(span->flags & SPAN_LINK) || span->end <= strip->start)
			continue;
		struct str url = str_of(body->links[span->link].url);
		if (url.len > HYPERLINK_MOST || (address_doubts(url) & SERIOUS))
			continue;
		if (canvas_link(canvas, strip->row, strip->from, strip->to,
			    (uint32_t)(span->start + strip->shift),
			    (uint32_t)(span->end + strip->shift), url) < 0)
			return -1;
	}
	return 0;
}

static int draw_strip(const struct article_view *v, struct canvas *canvas,
	const struct article_strip *strip, void *user)
{
	(void)user;
	if (link_strip(v->reading->body, strip->block, canvas, strip) < 0)
		return -1;
	return v->hinting || v->numbering ? label_strip(v, canvas, strip, v->numbering) : 0;
}

int article_link_draw(struct article_view *v, struct canvas *canvas, int row, int column,
	const struct page_row *r)
{
	return article_strips(v, canvas, row, column, r, draw_strip, NULL);
}

/* ---- the list ---- */

static void write_line(void *user, long index, struct choice_line *line)
{
	const struct article_view *v = user;
	const struct document *body = v->reading->body;
	const struct link *link = &body->links[index];
	struct str text = {body->text + link->start, link->end - link->start};
	char marker[MARKER_MOST];
	marker_write(marker, MARKER_DECIMAL, body->digits, index + 1, 1);
	buffer_printf(&line->text, "%s ", marker);
	for (size_t i = 0; i < text.len && i < 400; i++)
		buffer_byte(&line->text, text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
	if (link->kind != LINK_PLACE)
		address_host(str_of(link->url), &line->note);
	line->direction = body->fallback;
}

static void choose_line(void *user, struct ui *ui, long index)
{
	choose(user, ui, (size_t)index);
}

static bool act_on_line(void *user, struct ui *ui, long index, enum action action)
{
	const struct article_view *v = user;
	if (action != ACTION_QR)
		return false;
	ui_push(ui, qr_view_new(ui, str_of(v->reading->body->links[index].url)));
	return true;
}

static const struct choice_kind LINK_CHOICE = {
	.title = N_("Links"), .write = write_line, .choose = choose_line, .act = act_on_line};

static void list(struct article_view *v, struct ui *ui)
{
	const struct document *body = v->reading->body;
	size_t at = v->link != NO_LINK ? v->link : first_link(body, v->in_head ? 0 : v->anchor);
	if (body->link_count == 0)
		ui_say(ui, "This article has no links");
	else
		ui_push(ui, choice_view_new(ui, &LINK_CHOICE, v, (long)body->link_count, (long)at));
}

/* ---- following ---- */

static void follow(struct article_view *v, struct ui *ui)
{
	const struct link *link = chosen(v);
	struct buffer question = {0};
	struct error error;
	if (!link) {
		step(v, ui, false);
		return;
	}
	if (link->kind == LINK_PLACE) {
		article_jump(v, ui, link->target);
		return;
	}
	address_describe(str_of(link->url), &question);
	bool doubtful = address_doubts(str_of(link->url)) & SERIOUS;
	if (!doubtful || ui_confirm(ui, ACTION_FOLLOW, question.data ? question.data : "")) {
		if (open_link(ui, str_of(link->url), str_of(link->type), &error) < 0)
			ui_error(ui, &error);
	}
	buffer_free(&question);
}

void article_link_follow(struct article_view *v, struct ui *ui, size_t link)
{
	if (link != v->link)
		ui->asked = ACTION_NONE; /* what was asked about was another one */
	v->link = link;
	article_light(v, ui);
	follow(v, ui);
}

static void show_code(struct article_view *v, struct ui *ui)
{
	const struct link *link = chosen(v);
	struct str url = str_of(v->reading->article->url);
	if (link && link->kind != LINK_PLACE)
		url = str_of(link->url);
	if (url.len == 0)
		ui_say(ui, "This article has no address: choose a link");
	else
		ui_push(ui, qr_view_new(ui, url));
}

/* The picture that is chosen, else the first one from the top row on, else the first. */
static void show_pictures(struct article_view *v, struct ui *ui)
{
	const struct document *d = v->reading->body;
	struct picture_source *sources = calloc(d->link_count + 1, sizeof *sources);
	size_t count = 0, first = 0;
	const struct link *own = chosen(v);
	bool is_chosen = own && own->kind == LINK_IMAGE, found = false;
	if (!sources) {
		article_no_memory(ui);
		return;
	}
	for (size_t i = 0; i < d->link_count; i++) {
		const struct link *link = &d->links[i];
		if (link->kind != LINK_IMAGE)
			continue;
		if (is_chosen ? link == own : !found && link->start >= v->anchor) {
			found = true;
			first = count;
		}
		sources[count++] = (struct picture_source){str_of(link->url),
			{d->text + link->start, link->end - link->start}};
	}
	if (count == 0)
		ui_say(ui, "%s", _("This article has no pictures"));
	else
		ui_push(ui, picture_view_new(
			    ui, v->reading->article->feed_id, sources, count, first));
	free(sources);
}

bool article_link_act(struct article_view *v, struct ui *ui, enum action action)
{
	const struct link *link = chosen(v);
	switch (action) {
	case ACTION_NEXT_LINK:
		step(v, ui, false);
		return true;
	case ACTION_PREVIOUS_LINK:
		step(v, ui, true);
		return true;
	case ACTION_LINK_NUMBER:
		ask_number(v, ui);
		return true;
	case ACTION_HINTS:
		start_hints(v, ui);
		return true;
	case ACTION_LINKS:
		list(v, ui);
		return true;
	case ACTION_FOLLOW:
		follow(v, ui);
		return true;
	case ACTION_QR:
		show_code(v, ui);
		return true;
	case ACTION_PICTURE:
		show_pictures(v, ui);
		return true;
	case ACTION_COPY_LINK:
		if (link && link->kind != LINK_PLACE)
			copy_text(ui, _("Link"), str_of(link->url));
		return link && link->kind != LINK_PLACE;
	default:
		return false;
	}
}
