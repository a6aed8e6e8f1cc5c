/* Steps 7 and 8 of text/paragraph.h: where lines end, and their visual order. */
#include "text/analysis.h"
#include "text/breaks.h"
#include "text/kashida.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

enum {
	ELLIPSIS = 0x2026,
	TATWEEL = 0x0640,
	SHORT_LINE = 3, /* a line filled to less than one 3rd is broken where UAX #14 lets it */
	WIDOW = 8,      /* one 8th of the width is too little for a last line */
	WIDEST_GAP = 3, /* a line that needs more than one 3rd of the width stays ragged */
};

void text_line_free(struct text_line *line)
{
	free(line->cells);
	free(line->glyphs);
	*line = (struct text_line){0};
}

/* ICU's line breaks, tailored, as flags of the clusters; once a paragraph, when first wrapped. */
static bool find_breaks(struct text_paragraph *p)
{
	if (p->broken)
		return true;
	enum { BREAK = 1, RELUCTANT = 2 };
	uint8_t *breaks = calloc(p->code_count + 1, 1);
	if (!breaks || !engine_mark_lines(p->engine, p->codes, p->code_count, breaks, BREAK)) {
		free(breaks);
		return false;
	}
	if (!p->plain_breaks)
		breaks_tailor(p->codes, p->code_count, breaks, BREAK, RELUCTANT);
	for (size_t i = 0; i < p->cluster_count; i++) {
		uint8_t found = breaks[p->clusters[i].code];
		if (found & BREAK)
			p->clusters[i].flags |= CLUSTER_BREAK;
		else if (found & RELUCTANT)
			p->clusters[i].flags |= CLUSTER_RELUCTANT;
	}
	free(breaks);
	p->broken = true;
	return true;
}

static size_t start_of(const struct text_paragraph *p, size_t cluster)
{
	return cluster < p->cluster_count ? p->clusters[cluster].start : p->length;
}

/*
 * Places that a line may end at, found while it is filled: clusters, and the cells of the line
 * that ends there, without those that hang over.
 */
struct filling {
	size_t last, previous, reluctant;
	int last_cells, previous_cells;
};

static void note_break(struct filling *f, const struct cluster *c, size_t i, int cells)
{
	if (c->flags & CLUSTER_RELUCTANT)
		f->reluctant = i;
	if (!(c->flags & CLUSTER_BREAK))
		return;
	f->previous = f->last;
	f->previous_cells = f->last_cells;
	f->last = i;
	f->last_cells = cells;
}

/* Whether clusters from `i` to the paragraph's or line's end are one word of up to `most` cells. */
static bool is_widow(const struct text_paragraph *p, size_t i, int most)
{
	int cells = 0;
	for (size_t n = i; n < p->cluster_count; n++) {
		const struct cluster *c = &p->clusters[n];
		if (n > i && c->flags & CLUSTER_BREAK)
			return false;
		if (c->flags & CLUSTER_NEWLINE)
			break;
		cells += c->flags & CLUSTER_SPACE ? 0 : c->width;
		if (cells > most)
			return false;
	}
	return cells > 0;
}

/* The best of the places where the line from `first` may end; `i` did not fit any more. */
static size_t choose_break(
	const struct text_paragraph *p, const struct filling *f, size_t first, size_t i, int width)
{
	bool tailored =
		f->last > first && (f->reluctant <= f->last || f->last_cells >= width / SHORT_LINE);
	if (!tailored && f->reluctant > first)
		return f->reluctant;
	if (f->last <= first)
		return i > first ? i : i + 1;
	/* The word before goes with a widow, if that leaves a good line. */
	if (!p->plain_breaks && f->previous > first && f->previous_cells >= width / 2 &&
		is_widow(p, f->last, width / WIDOW))
		return f->previous;
	return f->last;
}

ssize_t text_paragraph_break(struct text_paragraph *p, size_t start, int width)
{
	if (!find_breaks(p))
		return -1;
	size_t first = analysis_cluster_at(p, start);
	struct filling filling = {first, first, first, 0, 0};
	int used = 0, cells = 0;
	for (size_t i = first; i < p->cluster_count; i++) {
		const struct cluster *c = &p->clusters[i];
		if (i > first)
			note_break(&filling, c, i, cells);
		if (c->flags & CLUSTER_NEWLINE)
			return (ssize_t)start_of(p, i + 1);
		used += c->width;
		if (c->flags & CLUSTER_SPACE)
			continue;
		cells = used;
		if (used > width)
			return (ssize_t)start_of(p, choose_break(p, &filling, first, i, width));
	}
	return (ssize_t)p->length;
}

/* One past the last cluster of [first, end) that is no white space. */
static size_t without_trailing_space(const struct text_paragraph *p, size_t first, size_t end)
{
	while (end > first && p->clusters[end - 1].flags & CLUSTER_SPACE)
		end--;
	return end;
}

static bool reserve(struct text_line *line, size_t cells, size_t glyphs)
{
	return array_reserve(&line->cells, &line->cell_cap, cells, sizeof *line->cells) &&
	       array_reserve(&line->glyphs, &line->glyph_cap, glyphs, sizeof *line->glyphs);
}

static void reverse(struct text_cell *cells, size_t from, size_t to)
{
	while (from + 1 < to) {
		struct text_cell swap = cells[from];
		cells[from++] = cells[--to];
		cells[to] = swap;
	}
}

/* UAX #9 L2. */
static void reorder(struct text_cell *cells, size_t count)
{
	uint8_t highest = 0, lowest_odd = UINT8_MAX;
	for (size_t i = 0; i < count; i++) {
		if (cells[i].level > highest)
			highest = cells[i].level;
		if (cells[i].level & 1 && cells[i].level < lowest_odd)
			lowest_odd = cells[i].level;
	}
	for (int level = highest; level >= lowest_odd; level--) {
		for (size_t i = 0; i < count;) {
			if (cells[i].level < level) {
				i++;
				continue;
			}
			size_t from = i;
			while (i < count && cells[i].level >= level)
				i++;
			reverse(cells, from, i);
		}
	}
}

/* UAX #9 L1 within the line: separators and white space before them. */
static void reset_separators(const struct text_paragraph *p, size_t first, struct text_cell *cells,
	size_t count, uint8_t level)
{
	bool before_separator = false;
	for (size_t i = count; i-- > 0;) {
		uint8_t flags = p->clusters[first + i].flags;
		if (flags & (CLUSTER_SEPARATOR | CLUSTER_NEWLINE))
			before_separator = true;
		else if (!(flags & CLUSTER_SPACE))
			before_separator = false;
		if (before_separator)
			cells[i].level = level;
	}
}

static bool is_parted(const struct cluster *c)
{
	return c->parting != NO_PARTING;
}

static size_t count_partings(const struct text_paragraph *p, size_t first, size_t count)
{
	size_t partings = 0;
	for (size_t i = 1; i < count; i++)
		partings += is_parted(&p->clusters[first + i]);
	return partings;
}

/* The signs that justification puts in, behind the other glyphs of a line. */
enum { SIGN_TATWEEL, SIGN_BLANK, SIGNS };

static struct text_cell filler(
	const struct text_cell *before, const struct slot *slot, size_t signs)
{
	return (struct text_cell){
		.start = before->end,
		.end = before->end,
		.glyph = (uint32_t)signs + (slot->rank == SLOT_SPACE ? SIGN_BLANK : SIGN_TATWEEL),
		.glyph_count = 1,
		.width = 1,
		.level = before->level,
		.style = before->style,
	};
}

/*
 * Parts the line's `count` cells: cells of justification behind those whose slots (NULL: none)
 * have some; and a cell without bytes and glyphs where isolate controls stand between two,
 * so that L2 sees their level.  `added` is how many there are of both.
 */
static void add_between(const struct text_paragraph *p, size_t first, size_t count, size_t added,
	const struct slot *slots, struct text_line *line)
{
	struct text_cell *cells = line->cells;
	size_t at = count + added;
	for (size_t i = count; at > i && i-- > 0;) {
		const struct cluster *c = &p->clusters[first + i];
		for (uint32_t n = slots ? slots[i].cells : 0; n > 0; n--)
			cells[--at] = filler(&cells[i], &slots[i], line->glyph_count);
		cells[--at] = cells[i];
		if (i > 0 && is_parted(c)) {
			cells[--at] = (struct text_cell){
				.start = c->start, .end = c->start, .level = c->parting};
		}
	}
}

static size_t remove_partings(struct text_cell *cells, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		if (cells[i].end > cells[i].start || cells[i].glyph_count > 0)
			cells[kept++] = cells[i];
	}
	return kept;
}

/* Clusters [first, end) in logical order as the line's cells and glyphs. */
static void put_clusters(
	const struct text_paragraph *p, size_t first, size_t end, struct text_line *line)
{
	uint32_t glyph = first < end ? p->clusters[first].glyph : 0;
	struct text_cell *cell = line->cells;
	size_t glyphs = 0;
	int width = 0;
	for (size_t i = first; i < end; i++) {
		const struct cluster *c = &p->clusters[i];
		*cell++ = (struct text_cell){
			.start = c->start,
			.end = (uint32_t)start_of(p, i + 1),
			.glyph = c->glyph - glyph,
			.glyph_count = c->glyph_count,
			.width = c->width,
			.level = c->level,
			.style = c->style,
		};
		width += c->width;
		glyphs = c->glyph - glyph + c->glyph_count;
	}
	line->width = width;
	line->glyph_count = glyphs;
	if (glyphs > 0)
		memcpy(line->glyphs, p->glyphs + glyph, glyphs * sizeof *p->glyphs);
}

static struct text_cell put_ellipsis(
	const struct text_paragraph *p, size_t first, size_t end, struct text_line *line)
{
	uint32_t at = (uint32_t)start_of(p, end);
	line->glyphs[line->glyph_count] = ELLIPSIS;
	line->width++;
	return (struct text_cell){
		.start = at,
		.end = at,
		.glyph = (uint32_t)line->glyph_count++,
		.glyph_count = 1,
		.width = 1,
		.level = p->direction == TEXT_RTL,
		.style = end > first ? p->clusters[end - 1].style : 0,
	};
}

/*
 * Clusters [first, end) in visual order; with `inserted` cells of justification as the slots
 * say, or with an ellipsis at the logical end.
 */
static int lay_out(struct text_paragraph *p, size_t first, size_t end, const struct slot *slots,
	size_t inserted, bool ellipsis, struct text_line *line)
{
	size_t count = end - first;
	size_t glyphs = count ? p->clusters[end - 1].glyph + p->clusters[end - 1].glyph_count -
					p->clusters[first].glyph
			      : 0;
	size_t added = count_partings(p, first, count) + inserted;
	if (!reserve(line, count + added + ellipsis, glyphs + ellipsis + SIGNS))
		return -1;
	put_clusters(p, first, end, line);
	reset_separators(p, first, line->cells, count, p->direction == TEXT_RTL);
	add_between(p, first, count, added, slots, line);
	if (inserted > 0) {
		line->glyphs[line->glyph_count + SIGN_TATWEEL] = TATWEEL;
		line->glyphs[line->glyph_count + SIGN_BLANK] = ' ';
		line->glyph_count += SIGNS;
		line->width += (int)inserted;
	}
	count += added;
	if (ellipsis)
		line->cells[count++] = put_ellipsis(p, first, end, line);
	line->direction = p->direction;
	reorder(line->cells, count);
	line->count = added > inserted ? remove_partings(line->cells, count) : count;
	return 0;
}

/* How many cells a line of these clusters lacks, 0 when it is to stay as it is. */
static size_t missing_cells(const struct text_paragraph *p, size_t first, size_t end, int width)
{
	int used = 0;
	for (size_t i = first; i < end; i++)
		used += p->clusters[i].width;
	int missing = width - used;
	return missing > 0 && missing <= width / WIDEST_GAP ? (size_t)missing : 0;
}

int text_paragraph_justify(
	struct text_paragraph *p, size_t start, size_t end, int width, struct text_line *line)
{
	if (!find_breaks(p))
		return -1;
	size_t first = analysis_cluster_at(p, start);
	size_t behind = analysis_cluster_at(p, end);
	bool last = behind <= first || end >= p->length ||
		    p->clusters[behind - 1].flags & CLUSTER_NEWLINE;
	if (behind < first)
		behind = first;
	size_t shown = without_trailing_space(p, first, behind);
	size_t missing = last ? 0 : missing_cells(p, first, shown, width);
	if (missing == 0)
		return text_paragraph_line(p, start, end, line);
	struct slot *slots = calloc(shown - first + 1, sizeof *slots);
	if (!slots)
		return -1;
	bool filled = kashida_fill(p, first, shown, missing, slots);
	int result =
		lay_out(p, first, shown, filled ? slots : NULL, filled ? missing : 0, false, line);
	free(slots);
	line->start = start;
	line->end = end;
	return result;
}

int text_paragraph_line(struct text_paragraph *p, size_t start, size_t end, struct text_line *line)
{
	size_t first = analysis_cluster_at(p, start);
	size_t behind = analysis_cluster_at(p, end);
	if (behind < first)
		behind = first;
	if (lay_out(p, first, without_trailing_space(p, first, behind), NULL, 0, false, line) < 0)
		return -1;
	line->start = start;
	line->end = end;
	return 0;
}

int text_paragraph_fit(struct text_paragraph *p, int width, struct text_line *line)
{
	size_t all = without_trailing_space(p, 0, p->cluster_count);
	size_t fits = 0;
	int used = 0;
	size_t end = 0;
	for (; end < all && used + p->clusters[end].width <= width; end++) {
		used += p->clusters[end].width;
		if (used < width)
			fits = end + 1; /* room for the ellipsis is left */
	}
	bool cut = end < all;
	if (cut)
		end = without_trailing_space(p, 0, fits);
	if (lay_out(p, 0, end, NULL, 0, cut && width > 0, line) < 0)
		return -1;
	line->start = 0;
	line->end = start_of(p, end);
	return 0;
}
