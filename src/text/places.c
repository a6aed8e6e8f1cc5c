#include "text/places.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/utf8.h"
#include "text/engine.h"

#include <stdlib.h>
#include <unicode/uchar.h>

/* A blank that is no white space at the end of a line: it keeps its cell. */
#define BEHIND "\u00A0"

void text_places_free(struct text_places *places)
{
	text_line_free(&places->line);
	free(places->items);
	free(places->borders);
	free(places->in_word);
	*places = (struct text_places){0};
}

/* ---- grapheme clusters ----------------------------------------------------- */

/* Of each code point: its offset, and whether a cluster starts with it. */
struct decoded {
	uint32_t *codes, *offsets;
	uint8_t *starts;
	size_t count;
};

static void free_decoded(struct decoded *d)
{
	free(d->codes);
	free(d->offsets);
	free(d->starts);
}

static bool decode(struct decoded *d, struct str text, struct text_engine *engine)
{
	size_t most = text.len > 0 ? text.len : 1;
	d->codes = calloc(most, sizeof *d->codes);
	d->offsets = calloc(most, sizeof *d->offsets);
	d->starts = calloc(most, sizeof *d->starts);
	if (!d->codes || !d->offsets || !d->starts)
		return false;
	for (size_t at = 0; at < text.len; d->count++) {
		d->offsets[d->count] = (uint32_t)at;
		at += utf8_decode(text.ptr + at, text.len - at, &d->codes[d->count]);
	}
	if (!engine_mark_clusters(engine, d->codes, d->count, d->starts, 1))
		return false;
	d->starts[0] = 1;
	return true;
}

/* Which bytes of the text are drawn in a cell, each as a flag; to be freed. */
static bool *find_drawn(const struct text_line *line, size_t length)
{
	bool *drawn = calloc(length + 1, sizeof *drawn);
	for (size_t i = 0; drawn && i < line->count; i++) {
		const struct text_cell *c = &line->cells[i];
		for (size_t at = c->start; c->width > 0 && at < c->end && at < length; at++)
			drawn[at] = true;
	}
	return drawn;
}

static bool is_word(uint32_t code)
{
	return u_isalnum((UChar32)code) || u_charType((UChar32)code) == U_NON_SPACING_MARK;
}

/* The clusters that are drawn, the first of them at 0. */
static bool find_borders(struct text_places *p, const struct decoded *d)
{
	p->border_count = 0;
	bool *drawn = find_drawn(&p->line, p->length);
	if (!drawn ||
		!array_reserve(&p->borders, &p->border_cap, d->count + 1, sizeof *p->borders) ||
		!array_reserve(&p->in_word, &p->word_cap, d->count + 1, sizeof *p->in_word)) {
		free(drawn);
		return false;
	}
	for (size_t i = 0; i < d->count; i++) {
		if (!d->starts[i] || !drawn[d->offsets[i]])
			continue;
		p->borders[p->border_count] = p->border_count > 0 ? d->offsets[i] : 0;
		p->in_word[p->border_count++] = is_word(d->codes[i]);
	}
	free(drawn);
	return true;
}

/* ---- cells ------------------------------------------------------------------ */

static bool find_items(struct text_places *p)
{
	if (!array_reserve(&p->items, &p->cap, p->line.count + 1, sizeof *p->items))
		return false;
	p->count = 0;
	p->width = 0;
	size_t first = 0; /* item of the first character */
	for (size_t i = 0; i < p->line.count; i++) {
		const struct text_cell *c = &p->line.cells[i];
		if (c->width == 0)
			continue;
		p->items[p->count] = (struct text_place){c->start, p->width, c->width, c->level};
		if (c->start < p->items[first].start)
			first = p->count;
		p->count++;
		p->width += c->width;
	}
	/* What is drawn before nothing else has the invisible ones before it. */
	if (p->count > 0 && p->items[first].start < p->length)
		p->items[first].start = 0;
	return p->count > 0;
}

static int lay_out(struct text_places *p, struct str text, const struct text_options *options)
{
	struct buffer whole = {0};
	buffer_str(&whole, text);
	buffer_str(&whole, STR(BEHIND));
	const struct text_source source = {.text = buffer_view(&whole)};
	struct text_paragraph *paragraph =
		whole.failed ? NULL : text_paragraph_new(&source, options);
	int result = paragraph ? text_paragraph_line(paragraph, 0, whole.len, &p->line) : -1;
	text_paragraph_free(paragraph);
	buffer_free(&whole);
	return result;
}

int text_places_find(
	struct text_places *places, struct str text, const struct text_options *options)
{
	struct decoded decoded = {0};
	places->length = text.len;
	bool good = lay_out(places, text, options) == 0 && find_items(places) &&
		    decode(&decoded, text, options->engine) && find_borders(places, &decoded);
	free_decoded(&decoded);
	if (!good)
		text_places_free(places);
	return good ? 0 : -1;
}

/* ---- going about ------------------------------------------------------------ */

size_t text_places_at(const struct text_places *places, size_t offset)
{
	size_t found = 0;
	bool any = false;
	for (size_t i = 0; i < places->count; i++) {
		if (places->items[i].start > offset)
			continue;
		if (!any || places->items[i].start > places->items[found].start)
			found = i;
		any = true;
	}
	return found;
}

size_t text_places_beside(const struct text_places *places, size_t offset, int by)
{
	size_t at = text_places_at(places, offset);
	if ((by < 0 && at == 0) || (by > 0 && at + 1 >= places->count))
		return offset;
	return places->items[by < 0 ? at - 1 : at + 1].start;
}

/* How many clusters start before the offset. */
static size_t rank(const struct text_places *places, size_t offset)
{
	size_t low = 0, high = places->border_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (places->borders[middle] < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t border(const struct text_places *places, size_t rank)
{
	return rank < places->border_count ? places->borders[rank] : places->length;
}

size_t text_places_after(const struct text_places *places, size_t offset)
{
	return border(places, rank(places, offset + 1));
}

size_t text_places_before(const struct text_places *places, size_t offset)
{
	size_t at = rank(places, offset);
	return at > 0 ? border(places, at - 1) : 0;
}

size_t text_places_word_end(const struct text_places *places, size_t offset)
{
	size_t at = rank(places, offset);
	while (at < places->border_count && !places->in_word[at])
		at++;
	while (at < places->border_count && places->in_word[at])
		at++;
	return border(places, at);
}

size_t text_places_word_start(const struct text_places *places, size_t offset)
{
	size_t at = rank(places, offset);
	while (at > 0 && !places->in_word[at - 1])
		at--;
	while (at > 0 && places->in_word[at - 1])
		at--;
	return at > 0 || places->border_count > 0 ? border(places, at) : 0;
}
