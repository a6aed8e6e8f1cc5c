/*
 * Direction and embedding levels: isolates and islands put in as isolate
 * controls, then UAX #9 (text/bidi.h) over the whole paragraph.
 */
#include "text/analysis.h"
#include "text/bidi.h"
#include "text/island.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

enum { LRI = 0x2066, RLI = 0x2067, FSI = 0x2068, PDI = 0x2069 };

/* An isolate over code points. */
struct range {
	size_t start, end;
	uint32_t opener;
};

struct ranges {
	struct range *items;
	size_t count, cap;
};

static bool ranges_add(struct ranges *ranges, size_t start, size_t end, uint32_t opener)
{
	if (start >= end)
		return true;
	if (!array_reserve(&ranges->items, &ranges->cap, ranges->count + 1,
			    sizeof *ranges->items))
		return false;
	ranges->items[ranges->count++] = (struct range){start, end, opener};
	return true;
}

/* Outer ranges first. */
static int compare_ranges(const void *a, const void *b)
{
	const struct range *x = a, *y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	return 0;
}

static bool collect_ranges(const struct text_paragraph *p, const struct text_source *source,
		bool islands, struct ranges *ranges)
{
	static const uint32_t openers[] = {[TEXT_AUTO] = FSI, [TEXT_LTR] = LRI, [TEXT_RTL] = RLI};
	for (size_t i = 0; i < source->isolate_count; i++) {
		const struct text_isolate *isolate = &source->isolates[i];
		if (!ranges_add(ranges, analysis_code_at(p, isolate->start),
				    analysis_code_at(p, isolate->end),
				    openers[isolate->direction]))
			return false;
	}
	size_t start, end = 0;
	while (islands && island_next(p->codes, p->code_count, end, &start, &end)) {
		if (!ranges_add(ranges, start, end, LRI))
			return false;
	}
	if (ranges->count > 1)
		qsort(ranges->items, ranges->count, sizeof *ranges->items, compare_ranges);
	return true;
}

/* The text with the isolates' controls in it, and where each code point went. */
struct stream {
	uint32_t *codes;
	uint32_t *place; /* index in `codes` of each code point of the paragraph */
	size_t count;
};

static void stream_free(struct stream *stream)
{
	free(stream->codes);
	free(stream->place);
}

/* Innermost open ranges close first; one that crosses its outer is cut at the outer's end. */
static bool stream_fill(struct stream *stream, const struct text_paragraph *p,
		const struct ranges *ranges)
{
	size_t count = p->code_count;
	stream->codes = malloc((count + 2 * ranges->count + 1) * sizeof *stream->codes);
	stream->place = malloc((count + 1) * sizeof *stream->place);
	size_t *open = malloc((ranges->count + 1) * sizeof *open);
	if (!stream->codes || !stream->place || !open) {
		free(open);
		return false;
	}
	size_t depth = 0, next = 0;
	for (size_t i = 0; i <= count; i++) {
		for (; depth > 0 && open[depth - 1] <= i; depth--)
			stream->codes[stream->count++] = PDI;
		for (; next < ranges->count && ranges->items[next].start == i; next++) {
			size_t end = ranges->items[next].end;
			if (depth > 0 && end > open[depth - 1])
				end = open[depth - 1];
			open[depth++] = end;
			stream->codes[stream->count++] = ranges->items[next].opener;
		}
		if (i < count) {
			stream->place[i] = (uint32_t)stream->count;
			stream->codes[stream->count++] = p->codes[i];
		}
	}
	free(open);
	return true;
}

/* UAX #9 P2 and P3: the first strong character outside of isolates. */
static enum text_direction first_strong(const uint32_t *codes, size_t count)
{
	size_t depth = 0;
	for (size_t i = 0; i < count; i++) {
		switch (u_charDirection((UChar32)codes[i])) {
		case U_LEFT_TO_RIGHT_ISOLATE:
		case U_RIGHT_TO_LEFT_ISOLATE:
		case U_FIRST_STRONG_ISOLATE:
			depth++;
			break;
		case U_POP_DIRECTIONAL_ISOLATE:
			depth -= depth > 0;
			break;
		case U_LEFT_TO_RIGHT:
			if (depth == 0)
				return TEXT_LTR;
			break;
		case U_RIGHT_TO_LEFT:
		case U_RIGHT_TO_LEFT_ARABIC:
			if (depth == 0)
				return TEXT_RTL;
			break;
		default:
			break;
		}
	}
	return TEXT_AUTO;
}

static enum text_direction resolve_direction(
		const struct text_options *options, const struct stream *stream)
{
	enum text_direction direction = options->direction;
	if (direction == TEXT_AUTO)
		direction = first_strong(stream->codes, stream->count);
	if (direction == TEXT_AUTO)
		direction = options->fallback;
	return direction == TEXT_RTL ? TEXT_RTL : TEXT_LTR;
}

/* The levels of the stream to the code points of the paragraph. */
static void take_levels(const struct text_paragraph *p, const struct stream *stream,
		const uint8_t *all, uint8_t *levels, uint8_t *partings)
{
	uint8_t parting = NO_PARTING;
	size_t next = 0;
	for (size_t i = 0; i < stream->count; i++) {
		if (next < p->code_count && stream->place[next] == i) {
			levels[next] = all[i];
			partings[next++] = parting;
			parting = NO_PARTING;
		} else if (all[i] < parting) {
			parting = all[i];
		}
	}
}

static bool resolve(struct text_paragraph *p, const struct text_options *options,
		const struct stream *stream, uint8_t *levels, uint8_t *partings)
{
	uint8_t *all = malloc(stream->count);
	if (!all)
		return false;
	p->direction = resolve_direction(options, stream);
	bool ok = bidi_levels(stream->codes, stream->count, p->direction == TEXT_RTL, all);
	if (ok)
		take_levels(p, stream, all, levels, partings);
	free(all);
	return ok;
}

/* Only left-to-right letters and neutrals, by their blocks: no level but 0 can come of it. */
static bool is_plain_ltr(const struct text_paragraph *p)
{
	for (size_t i = 0; i < p->code_count; i++) {
		uint32_t code = p->codes[i];
		bool ltr = code < 0x0590 || (code >= 0x0900 && code < 0x200B) ||
				(code >= 0x2010 && code < 0x2028) || (code >= 0x3000 && code < 0xFB00);
		if (!ltr)
			return false;
	}
	return true;
}

bool analysis_levels(struct text_paragraph *p, const struct text_source *source,
		const struct text_options *options, uint8_t *levels, uint8_t *partings)
{
	bool ltr = is_plain_ltr(p);
	bool wants_ltr = options->direction == TEXT_LTR ||
			(options->direction == TEXT_AUTO &&
					(options->fallback != TEXT_RTL ||
							first_strong(p->codes, p->code_count) ==
									TEXT_LTR));
	if (p->code_count == 0 || (ltr && wants_ltr && source->isolate_count == 0)) {
		p->direction = wants_ltr ? TEXT_LTR : TEXT_RTL;
		memset(levels, 0, p->code_count);
		memset(partings, NO_PARTING, p->code_count);
		return true;
	}
	struct ranges ranges = {0};
	struct stream stream = {0};
	bool ok = collect_ranges(p, source, !options->no_islands, &ranges) &&
			stream_fill(&stream, p, &ranges) &&
			resolve(p, options, &stream, levels, partings);
	free(ranges.items);
	stream_free(&stream);
	return ok;
}
