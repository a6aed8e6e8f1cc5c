#include "ui/completions.h"

#include "base/array.h"
#include "base/message.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/paragraph.h"

#include <stdlib.h>

void completions_free(struct completions *c)
{
	for (size_t i = 0; i < c->count; i++)
		free(c->items[i]);
	free(c->items);
	*c = (struct completions){0};
}

static bool folds_on(struct str word, struct str typed)
{
	struct fold whole = {0}, start = {0};
	bool good = fold_text(word, &whole) == 0 && fold_text(typed, &start) == 0 &&
		    start.text.len > 0 &&
		    str_starts(buffer_view(&whole.text), buffer_view(&start.text));
	fold_free(&whole);
	fold_free(&start);
	return good;
}

static bool goes_on(struct str word, struct str typed)
{
	return str_equal_nocase(str_slice(word, 0, typed.len), typed) || folds_on(word, typed);
}

void completions_add(struct completions *c, struct str word)
{
	if (word.len == 0 || c->count == COMPLETIONS_MOST || !goes_on(word, c->typed))
		return;
	for (size_t i = 0; i < c->count; i++) {
		if (str_equal(str_of(c->items[i]), word))
			return;
	}
	if (!array_reserve(&c->items, &c->cap, c->count + 1, sizeof *c->items))
		return;
	c->items[c->count] = str_dup(word);
	c->count += c->items[c->count] != NULL;
}

struct str completions_common(const struct completions *c)
{
	struct str common = c->count > 0 ? str_of(c->items[0]) : STR("");
	for (size_t i = 1; i < c->count; i++) {
		struct str item = str_of(c->items[i]);
		while (common.len > 0 && !str_equal_nocase(str_slice(item, 0, common.len), common))
			common.len--;
	}
	/* No half of a character. */
	while (common.len > 0 && !utf8_valid(common))
		common.len--;
	return common;
}

/* ---- the row ------------------------------------------------------------------ */

enum { GAP = 2, MARGIN = 1, ELLIPSIS = 0x2026 };

static int cells_of(struct canvas *canvas, const char *text)
{
	const struct text_source source = {.text = str_of(text)};
	const struct text_options options = {
		.engine = canvas_engine(canvas), .forms = canvas_forms(canvas)};
	struct text_paragraph *paragraph = text_paragraph_new(&source, &options);
	int cells = paragraph ? text_paragraph_width(paragraph) : 0;
	text_paragraph_free(paragraph);
	return cells;
}

/* The first one that is shown: as early as the chosen one can be in view with it. */
static size_t choose_first(const struct completions *c, struct canvas *canvas, int room)
{
	size_t first = c->chosen > 0 ? (size_t)c->chosen : 0;
	if (first == 0)
		return 0;
	int used = cells_of(canvas, c->items[first]);
	while (first > 0) {
		used += GAP + cells_of(canvas, c->items[first - 1]);
		if (used > room)
			break;
		first--;
	}
	return first;
}

void completions_draw(const struct completions *c, struct canvas *canvas, struct rect rect)
{
	int column = rect.column + MARGIN, end = rect.column + rect.columns - MARGIN;
	canvas_fill(canvas, rect, ROLE_STATUS);
	if (c->count == 0) {
		const struct field none = {.align = ALIGN_START, .style = ROLE_STATUS};
		canvas_text(canvas, rect.row, column, end - column,
			str_of(_("Nothing goes on from that")), &none);
		return;
	}
	size_t first = choose_first(c, canvas, end - column);
	if (first > 0)
		canvas_sign(canvas, rect.row, canvas_mirror(canvas, rect, rect.column, 1), 1,
			ELLIPSIS, ROLE_STATUS);
	for (size_t i = first; i < c->count; i++) {
		struct field field = {.align = ALIGN_START, .style = ROLE_STATUS};
		int cells = cells_of(canvas, c->items[i]);
		bool fits = column + cells <= end;
		if (!fits && i > first) {
			canvas_sign(canvas, rect.row, canvas_mirror(canvas, rect, end, 1), 1,
				ELLIPSIS, ROLE_STATUS);
			return;
		}
		cells = fits ? cells : end - column;
		int left = canvas_mirror(canvas, rect, column, cells);
		canvas_text(canvas, rect.row, left, cells, str_of(c->items[i]), &field);
		if ((long)i == c->chosen)
			canvas_overlay(
				canvas, (struct rect){rect.row, left, 1, cells}, STYLE_SELECTED);
		column += cells + GAP;
	}
}
