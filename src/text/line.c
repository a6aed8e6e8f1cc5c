/* Steps 7 and 8 of text/paragraph.h: where lines end, and their visual order. */
#include "text/analysis.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

enum { ELLIPSIS = 0x2026 };

void text_line_free(struct text_line *line)
{
	free(line->cells);
	free(line->glyphs);
	*line = (struct text_line){0};
}

/* ICU's line breaks as CLUSTER_BREAK flags; once a paragraph, when first wrapped. */
static bool find_breaks(struct text_paragraph *p)
{
	if (p->broken)
		return true;
	uint8_t *breaks = calloc(p->code_count + 1, 1);
	if (!breaks || !engine_mark_lines(p->engine, p->codes, p->code_count, breaks, 1)) {
		free(breaks);
		return false;
	}
	for (size_t i = 0; i < p->cluster_count; i++) {
		if (breaks[p->clusters[i].code])
			p->clusters[i].flags |= CLUSTER_BREAK;
	}
	free(breaks);
	p->broken = true;
	return true;
}

static size_t start_of(const struct text_paragraph *p, size_t cluster)
{
	return cluster < p->cluster_count ? p->clusters[cluster].start : p->length;
}

ssize_t text_paragraph_break(struct text_paragraph *p, size_t start, int width)
{
	if (!find_breaks(p))
		return -1;
	size_t first = analysis_cluster_at(p, start);
	size_t last_break = first;
	int used = 0;
	for (size_t i = first; i < p->cluster_count; i++) {
		const struct cluster *c = &p->clusters[i];
		if (i > first && c->flags & CLUSTER_BREAK)
			last_break = i;
		if (c->flags & CLUSTER_NEWLINE)
			return (ssize_t)start_of(p, i + 1);
		used += c->width;
		if (used <= width || c->flags & CLUSTER_SPACE)
			continue;
		if (last_break > first)
			return (ssize_t)start_of(p, last_break);
		return (ssize_t)start_of(p, i > first ? i : i + 1);
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
			array_reserve(&line->glyphs, &line->glyph_cap, glyphs,
					sizeof *line->glyphs);
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

/*
 * Puts a cell without bytes and glyphs where isolate controls stand between two of the
 * `count` cells, so that L2 sees their level.
 */
static void add_partings(const struct text_paragraph *p, size_t first, size_t count,
		size_t partings, struct text_cell *cells)
{
	for (size_t i = count; partings > 0; i--) {
		const struct cluster *c = &p->clusters[first + i - 1];
		cells[i - 1 + partings] = cells[i - 1];
		if (is_parted(c)) {
			partings--;
			cells[i - 1 + partings] = (struct text_cell){
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

/* Clusters [first, end) in visual order, with an ellipsis at the logical end if wanted. */
static int lay_out(struct text_paragraph *p, size_t first, size_t end, bool ellipsis,
		struct text_line *line)
{
	size_t count = end - first;
	uint8_t base = p->direction == TEXT_RTL ? 1 : 0;
	size_t glyph = count ? p->clusters[first].glyph : 0;
	size_t glyph_end = count ? p->clusters[end - 1].glyph + p->clusters[end - 1].glyph_count
				 : glyph;
	size_t partings = count_partings(p, first, count);
	if (!reserve(line, count + partings + ellipsis, glyph_end - glyph + ellipsis))
		return -1;
	line->width = 0;
	for (size_t i = 0; i < count; i++) {
		const struct cluster *c = &p->clusters[first + i];
		line->cells[i] = (struct text_cell){
				.start = c->start,
				.end = (uint32_t)start_of(p, first + i + 1),
				.glyph = (uint32_t)(c->glyph - glyph),
				.glyph_count = c->glyph_count,
				.width = c->width,
				.level = c->level,
				.style = c->style,
		};
		line->width += c->width;
	}
	if (glyph_end > glyph)
		memcpy(line->glyphs, p->glyphs + glyph, (glyph_end - glyph) * sizeof *p->glyphs);
	line->glyph_count = glyph_end - glyph;
	reset_separators(p, first, line->cells, count, base);
	add_partings(p, first, count, partings, line->cells);
	count += partings;
	if (ellipsis) {
		uint32_t at = (uint32_t)start_of(p, end);
		line->cells[count++] = (struct text_cell){
				.start = at,
				.end = at,
				.glyph = (uint32_t)line->glyph_count,
				.glyph_count = 1,
				.width = 1,
				.level = base,
				.style = end > first ? p->clusters[end - 1].style : 0,
		};
		line->glyphs[line->glyph_count++] = ELLIPSIS;
		line->width++;
	}
	line->direction = p->direction;
	reorder(line->cells, count);
	line->count = remove_partings(line->cells, count);
	return 0;
}

int text_paragraph_line(
		struct text_paragraph *p, size_t start, size_t end, struct text_line *line)
{
	size_t first = analysis_cluster_at(p, start);
	size_t behind = analysis_cluster_at(p, end);
	if (behind < first)
		behind = first;
	if (lay_out(p, first, without_trailing_space(p, first, behind), false, line) < 0)
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
	if (lay_out(p, 0, end, cut && width > 0, line) < 0)
		return -1;
	line->start = 0;
	line->end = start_of(p, end);
	return 0;
}
