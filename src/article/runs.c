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

static bool flatten(struct flattener *f, const struct span *spans)
{
	const struct block *block = f->block;
	size_t len = block->end - block->start;
	for (size_t i = 0; i < block->span_count; i++) {
		size_t start = spans[i].start - block->start;
		size_t end = spans[i].end - block->start;
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

static bool collect_isolates(struct runs *r, const struct block *block, const struct span *spans)
{
	r->isolates = malloc((block->span_count + 1) * sizeof *r->isolates);
	if (!r->isolates)
		return false;
	for (size_t i = 0; i < block->span_count; i++) {
		if (!(spans[i].flags & SPAN_ISOLATE))
			continue;
		r->isolates[r->isolate_count++] = (struct text_isolate){
			.start = spans[i].start - block->start,
			.end = spans[i].end - block->start,
			.direction = spans[i].direction,
		};
	}
	return true;
}

bool runs_make(struct runs *runs, const struct block *block, const struct span *spans,
	uint16_t (*style)(const struct block *block, unsigned span_flags))
{
	*runs = (struct runs){0};
	bool ok = collect_isolates(runs, block, spans);
	if (ok && style) {
		struct flattener f = {.runs = runs, .block = block, .style = style};
		f.open = malloc((block->span_count + 1) * sizeof *f.open);
		ok = f.open && flatten(&f, spans);
		free(f.open);
	}
	if (!ok)
		runs_free(runs);
	return ok;
}

void runs_free(struct runs *runs)
{
	free(runs->runs);
	free(runs->isolates);
	*runs = (struct runs){0};
}
