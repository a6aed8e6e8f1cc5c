#include "article/runs.h"

#include "base/array.h"

#include <stdlib.h>

/* A span that is open while the flat runs are made. */
struct open_span {
	size_t end;
	unsigned flags; /* its own and those around it */
};

struct flattener {
	struct runs *runs;
	const struct block *block;
	uint16_t (*style)(const struct block *block, unsigned span_flags);
	struct open_span *open; /* outer first */
	size_t depth;
	size_t at; /* end of the last run */
};

static bool run_to(struct flattener *f, size_t end)
{
	struct runs *r = f->runs;
	unsigned flags = f->depth > 0 ? f->open[f->depth - 1].flags : 0;
	uint16_t style = f->style(f->block, flags);
	if (end <= f->at)
		return true;
	struct text_run *last = r->run_count > 0 ? &r->runs[r->run_count - 1] : NULL;
	if (style != 0 && last && last->end == f->at && last->style == style) {
		last->end = end;
	} else if (style != 0) {
		if (!array_reserve(&r->runs, &r->run_cap, r->run_count + 1, sizeof *r->runs))
			return false;
		r->runs[r->run_count++] = (struct text_run){f->at, end, style};
	}
	f->at = end;
	return true;
}

/* Closes the spans that end at or before `offset`, inner first. */
static bool close_to(struct flattener *f, size_t offset)
{
	while (f->depth > 0 && f->open[f->depth - 1].end <= offset) {
		if (!run_to(f, f->open[f->depth - 1].end))
			return false;
		f->depth--;
	}
	return true;
}

static bool meets(const struct span *span, const struct runs_piece *piece)
{
	return span->start < piece->end && span->end > piece->start;
}

/* The part of a span that lies in the piece, as offsets of the text that is laid out. */
static void clip(
	const struct span *span, const struct runs_piece *piece, size_t *start, size_t *end)
{
	size_t from = span->start > piece->start ? span->start : piece->start;
	size_t to = span->end < piece->end ? span->end : piece->end;
	*start = piece->at + (from - piece->start);
	*end = piece->at + (to - piece->start);
}

static bool flatten(struct flattener *f, const struct span *spans, const struct runs_piece *piece)
{
	size_t len = piece->at + (piece->end - piece->start);
	for (size_t i = 0; i < f->block->span_count; i++) {
		size_t start, end;
		if (!meets(&spans[i], piece))
			continue;
		clip(&spans[i], piece, &start, &end);
		if (!close_to(f, start) || !run_to(f, start))
			return false;
		struct open_span outer = {len, 0};
		if (f->depth > 0)
			outer = f->open[f->depth - 1];
		f->open[f->depth++] = (struct open_span){
			.end = end < outer.end ? end : outer.end,
			.flags = spans[i].flags | outer.flags,
		};
	}
	return close_to(f, len) && run_to(f, len);
}

static bool collect_isolates(struct runs *r, const struct block *block, const struct span *spans,
	const struct runs_piece *piece)
{
	for (size_t i = 0; i < block->span_count; i++) {
		if (!(spans[i].flags & SPAN_ISOLATE) || !meets(&spans[i], piece))
			continue;
		if (!array_reserve(&r->isolates, &r->isolate_cap, r->isolate_count + 1,
			    sizeof *r->isolates))
			return false;
		struct text_isolate *isolate = &r->isolates[r->isolate_count++];
		clip(&spans[i], piece, &isolate->start, &isolate->end);
		isolate->direction = spans[i].direction;
	}
	return true;
}

bool runs_add(struct runs *runs, const struct block *block, const struct span *spans,
	const struct runs_piece *piece,
	uint16_t (*style)(const struct block *block, unsigned span_flags))
{
	if (!collect_isolates(runs, block, spans, piece))
		return false;
	if (!style)
		return true;
	struct flattener f = {.runs = runs, .block = block, .style = style, .at = piece->at};
	f.open = malloc((block->span_count + 1) * sizeof *f.open);
	bool ok = f.open && flatten(&f, spans, piece);
	free(f.open);
	return ok;
}

void runs_free(struct runs *runs)
{
	free(runs->runs);
	free(runs->isolates);
	*runs = (struct runs){0};
}
