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
	if (!array_reserve(&ranges->items, &ranges->cap, ranges->count + 1, sizeof *ranges->items))
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
			    analysis_code_at(p, isolate->end), openers[isolate->direction]))
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
static bool stream_fill(
	struct stream *stream, const struct text_paragraph *p, const struct ranges *ranges)
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
	const struct text_options *options, const uint32_t *codes, size_t count)
{
	enum text_direction direction = options->direction;
	if (direction == TEXT_AUTO)
		direction = first_strong(codes, count);
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

#define CLASS(class) (1u << (class))

static const unsigned EXPLICIT = CLASS(U_LEFT_TO_RIGHT_EMBEDDING) |
				 CLASS(U_LEFT_TO_RIGHT_OVERRIDE) |
				 CLASS(U_RIGHT_TO_LEFT_EMBEDDING) |
				 CLASS(U_RIGHT_TO_LEFT_OVERRIDE) | CLASS(U_POP_DIRECTIONAL_FORMAT) |
				 CLASS(U_LEFT_TO_RIGHT_ISOLATE) | CLASS(U_RIGHT_TO_LEFT_ISOLATE) |
				 CLASS(U_FIRST_STRONG_ISOLATE) | CLASS(U_POP_DIRECTIONAL_ISOLATE);
static const unsigned RIGHT_TO_LEFT =
	CLASS(U_RIGHT_TO_LEFT) | CLASS(U_RIGHT_TO_LEFT_ARABIC) | CLASS(U_ARABIC_NUMBER);
static const unsigned LEFT_TO_RIGHT =
	CLASS(U_LEFT_TO_RIGHT) | CLASS(U_EUROPEAN_NUMBER) | CLASS(U_ARABIC_NUMBER);

/* The bidi class of each code point; which of them occur. */
static unsigned find_classes(
	struct text_paragraph *p, const uint32_t *codes, size_t count, uint8_t *classes)
{
	unsigned found = 0;
	for (size_t i = 0; i < count; i++) {
		classes[i] = traits_of(&p->engine->traits, codes[i]).direction;
		found |= CLASS(classes[i]);
	}
	return found;
}

/*
 * Levels in place of the classes, of which `found` occur.  Where nothing runs against the
 * paragraph all are its own.
 */
static bool find_levels(struct text_paragraph *p, const uint32_t *codes, size_t count,
	unsigned found, uint8_t *levels)
{
	uint8_t base = p->direction == TEXT_RTL;
	unsigned against = base ? LEFT_TO_RIGHT : RIGHT_TO_LEFT;
	if (found & (EXPLICIT | against))
		return bidi_resolve(codes, count, base, levels);
	memset(levels, base, count);
	return true;
}

static bool resolve(struct text_paragraph *p, const struct text_options *options,
	const struct stream *stream, uint8_t *levels, uint8_t *partings)
{
	uint8_t *all = malloc(stream->count);
	if (!all)
		return false;
	p->direction = resolve_direction(options, stream->codes, stream->count);
	unsigned found = find_classes(p, stream->codes, stream->count, all);
	bool ok = find_levels(p, stream->codes, stream->count, found, all);
	if (ok)
		take_levels(p, stream, all, levels, partings);
	free(all);
	return ok;
}

/*
 * Where the text has no explicit formatting, an island is one neutral to what is around it, and
 * its ASCII is all at level 2: no need to put controls in.
 */
static bool resolve_islands(struct text_paragraph *p, const struct text_options *options,
	const struct ranges *islands, uint8_t *levels, uint8_t *partings)
{
	enum { OBJECT = 0xFFFC, ISLAND_LEVEL = 2 };
	uint32_t *codes = malloc((p->code_count + 1) * sizeof *codes);
	if (!codes)
		return false;
	size_t count = 0, from = 0;
	for (size_t i = 0; i < islands->count; i++) {
		size_t between = islands->items[i].start - from;
		memcpy(codes + count, p->codes + from, between * sizeof *codes);
		count += between;
		codes[count++] = OBJECT;
		from = islands->items[i].end;
	}
	memcpy(codes + count, p->codes + from, (p->code_count - from) * sizeof *codes);
	count += p->code_count - from;
	p->direction = resolve_direction(options, codes, count);
	bool ok = find_levels(p, codes, count, find_classes(p, codes, count, levels), levels);
	free(codes);
	/* Each to its place, from the end: there are never fewer places than levels. */
	size_t end = p->code_count;
	memset(partings, NO_PARTING, end);
	for (size_t i = islands->count; ok && i-- > 0;) {
		const struct range *island = &islands->items[i];
		size_t behind = end - island->end;
		memmove(levels + island->end, levels + count - behind, behind);
		count -= behind + 1;
		uint8_t around = levels[count];
		if (island->end < p->code_count)
			partings[island->end] = around;
		memset(levels + island->start, ISLAND_LEVEL, island->end - island->start);
		partings[island->start] = around;
		end = island->start;
	}
	return ok;
}

bool analysis_levels(struct text_paragraph *p, const struct text_source *source,
	const struct text_options *options, uint8_t *levels, uint8_t *partings)
{
	unsigned classes = find_classes(p, p->codes, p->code_count, levels);
	struct ranges ranges = {0};
	struct stream stream = {0};
	p->direction = resolve_direction(options, p->codes, p->code_count);
	memset(partings, NO_PARTING, p->code_count);
	/* Where all runs from left to right islands do so, too. */
	bool plain = p->direction == TEXT_LTR && source->isolate_count == 0 &&
		     !(classes & (RIGHT_TO_LEFT | EXPLICIT));
	if (!collect_ranges(p, source, !options->no_islands && !plain, &ranges)) {
		free(ranges.items);
		return false;
	}
	bool ok;
	if (ranges.count == 0)
		ok = find_levels(p, p->codes, p->code_count, classes, levels);
	else if (source->isolate_count == 0 && !(classes & EXPLICIT))
		ok = resolve_islands(p, options, &ranges, levels, partings);
	else
		ok = stream_fill(&stream, p, &ranges) &&
		     resolve(p, options, &stream, levels, partings);
	free(ranges.items);
	stream_free(&stream);
	return ok;
}
