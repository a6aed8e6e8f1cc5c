/* Finding in an article: words, headings. */
#include "ui/article_view.h"

#include "base/array.h"
#include "base/message.h"
#include "text/fold.h"
#include "ui/choice.h"
#include "ui/search.h"

#include <stdlib.h>

enum { HITS_MOST = 100000 };

/* ---- words ---- */

void article_find_end(struct article_view *v, struct ui *ui)
{
	(void)ui;
	free(v->finding.hits);
	v->finding = (struct finding){0};
	article_set_finding(v, false);
}

static bool add_hit(struct finding *f, size_t start, size_t end)
{
	if (!array_reserve(&f->hits, &f->cap, f->count + 1, sizeof *f->hits))
		return false;
	f->hits[f->count++] = (struct page_mark){.start = start, .end = end};
	return true;
}

/* All places of the folded needle.  False when out of memory. */
static bool collect(struct finding *f, const struct document *body, struct str needle)
{
	struct fold text = {0}, sought = {0};
	struct fold_hit hit;
	bool ok = fold_text((struct str){body->text, body->len}, &text) == 0 &&
		  fold_text(needle, &sought) == 0;
	struct str word = str_trim(buffer_view(&sought.text));
	size_t last = 0;
	for (size_t at = 0; ok && f->count < HITS_MOST && fold_find(&text, word, at, &hit);
		at = hit.at + word.len) {
		if (hit.source_end > hit.source_start && hit.source_start >= last)
			ok = add_hit(f, hit.source_start, hit.source_end);
		last = hit.source_end;
	}
	fold_free(&text);
	fold_free(&sought);
	return ok;
}

/* The first hit at or behind an offset; the first of all when there is none. */
static size_t hit_from(const struct finding *f, size_t offset)
{
	for (size_t i = 0; i < f->count; i++) {
		if (f->hits[i].start >= offset)
			return i;
	}
	return 0;
}

static void say_hit(const struct article_view *v, struct ui *ui)
{
	ui_say(ui, "%zu/%zu", v->finding.here + 1, v->finding.count);
}

static void show_hit(struct article_view *v, struct ui *ui, size_t index)
{
	v->finding.here = index;
	article_light(v, ui);
	article_show(v, ui, v->finding.hits[index].start, false);
}

static void search(struct article_view *v, struct ui *ui, struct str text)
{
	struct finding *f = &v->finding;
	size_t start = f->start;
	article_find_end(v, ui);
	f->start = start;
	if (!collect(f, v->reading->body, text))
		article_no_memory(ui);
	article_set_finding(v, f->count > 0);
	if (f->count > 0)
		show_hit(v, ui, hit_from(f, start));
	article_light(v, ui);
}

/* While it is typed: a letter finds a million places in a long article, so short texts wait. */
static void typed(struct ui *ui, void *view, struct str text)
{
	enum { LONG_TEXT = 1 << 20, FEW = 3 };
	struct article_view *v = view;
	if (v->reading->body->len <= LONG_TEXT || text.len >= FEW)
		search(v, ui, text);
}

static bool found(struct ui *ui, void *view, struct str text)
{
	struct article_view *v = view;
	search(v, ui, text);
	if (v->finding.count > 0)
		say_hit(v, ui);
	else if (str_trim(text).len > 0)
		ui_say(ui, "Not found: %.*s", STR_ARG(str_slice(text, 0, 200)));
	return true;
}

static void given_up(struct ui *ui, void *view)
{
	struct article_view *v = view;
	article_find_end(v, ui);
	article_light(v, ui);
}

static void ask(struct article_view *v, struct ui *ui)
{
	const struct prompt_options options = {.kind = PROMPT_FIND,
		.question = str_of(_("Find:")),
		.changed = typed,
		.done = found,
		.left = given_up,
		.user = v};
	v->finding.start = v->in_head ? 0 : v->anchor;
	prompt_open(ui, &options);
}

static void step(struct article_view *v, struct ui *ui, bool back)
{
	struct finding *f = &v->finding;
	if (f->count == 0)
		return;
	if (f->fresh) {
		f->fresh = false;
		show_hit(v, ui, hit_from(f, v->in_head ? 0 : v->anchor));
		say_hit(v, ui);
		return;
	}
	size_t next = back ? (f->here + f->count - 1) % f->count : (f->here + 1) % f->count;
	bool around = back ? next > f->here : next < f->here;
	show_hit(v, ui, next);
	ui_say(ui, around ? N_("%zu/%zu, around the end") : "%zu/%zu", next + 1, f->count);
}

void article_find_searched(struct article_view *v, struct ui *ui)
{
	struct finding *f = &v->finding;
	const struct document *body = v->reading->body;
	struct search_spans spans;
	struct str text = {body->text, body->len};
	bool good = searching_places(ui, ui_below(ui, &v->view), text, &spans) == 0;
	for (size_t i = 0; good && i < spans.count && f->count < HITS_MOST; i++)
		good = add_hit(f, spans.items[i].start, spans.items[i].end);
	search_spans_free(&spans);
	if (!good)
		article_no_memory(ui);
	if (f->count == 0)
		return;
	f->fresh = true;
	article_set_finding(v, true);
	article_light(v, ui);
}

/* ---- headings ---- */

static bool is_heading(const struct block *block)
{
	return block->kind == BLOCK_HEADING || block->kind == BLOCK_DETAILS;
}

/* The next heading behind the first row; back: the last one above it. */
static void go_to_heading(struct article_view *v, struct ui *ui, bool back)
{
	const struct document *body = v->reading->body;
	size_t found = SIZE_MAX;
	for (size_t i = 0; i < body->block_count; i++) {
		const struct block *block = &body->blocks[i];
		if (!is_heading(block))
			continue;
		bool behind = v->in_head || block->start > v->anchor;
		if (!back && behind) {
			found = i;
			break;
		}
		if (back && !v->in_head && block->start < v->anchor)
			found = i;
	}
	if (found != SIZE_MAX)
		article_show(v, ui, body->blocks[found].start, true);
	else if (back)
		sheet_move(&v->sheet, ui, ACTION_TOP);
	else
		ui_say(ui, "No heading below");
	article_set_anchor(v, ui);
}

/* The block of heading number `index`; SIZE_MAX when there are not so many. */
static size_t heading_at(const struct document *body, long index)
{
	for (size_t i = 0; i < body->block_count; i++) {
		if (is_heading(&body->blocks[i]) && index-- == 0)
			return i;
	}
	return SIZE_MAX;
}

static void write_heading(void *user, long index, struct choice_line *line)
{
	const struct article_view *v = user;
	const struct document *body = v->reading->body;
	size_t found = heading_at(body, index);
	if (found == SIZE_MAX)
		return;
	const struct block *block = &body->blocks[found];
	for (size_t i = block->start; i < block->end && i < block->start + 400; i++)
		buffer_byte(&line->text, body->text[i] == '\n' ? ' ' : body->text[i]);
	line->indent = block->level > 2 ? 2 * (block->level - 2) : 0;
	line->direction = body->fallback;
}

static void choose_heading(void *user, struct ui *ui, long index)
{
	struct article_view *v = user;
	size_t found = heading_at(v->reading->body, index);
	if (found != SIZE_MAX)
		article_show(v, ui, v->reading->body->blocks[found].start, true);
}

static const struct choice_kind CONTENTS = {
	.title = N_("Contents"), .write = write_heading, .choose = choose_heading};

static void list_headings(struct article_view *v, struct ui *ui)
{
	const struct document *body = v->reading->body;
	long count = 0, here = 0;
	for (size_t i = 0; i < body->block_count; i++) {
		if (!is_heading(&body->blocks[i]))
			continue;
		if (!v->in_head && body->blocks[i].start <= v->anchor)
			here = count;
		count++;
	}
	if (count == 0)
		ui_say(ui, "This article has no headings");
	else
		ui_push(ui, choice_view_new(ui, &CONTENTS, v, count, here));
}

/* ---- actions ---- */

bool article_find_act(struct article_view *v, struct ui *ui, enum action action)
{
	switch (action) {
	case ACTION_FIND:
		ask(v, ui);
		return true;
	case ACTION_FIND_NEXT:
		step(v, ui, false);
		return true;
	case ACTION_FIND_PREVIOUS:
		step(v, ui, true);
		return true;
	case ACTION_NEXT_HEADING:
		go_to_heading(v, ui, false);
		return true;
	case ACTION_PREVIOUS_HEADING:
		go_to_heading(v, ui, true);
		return true;
	case ACTION_CONTENTS:
		list_headings(v, ui);
		return true;
	default:
		return false;
	}
}
