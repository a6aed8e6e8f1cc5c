/*
 * Where a cursor may stand in one line of text that is being edited, and what the eye finds
 * beside it.
 *
 * The cursor stands on a cell, and what is typed goes before the character of that cell in
 * reading order; behind the last character is a blank cell of its own, at the level of the
 * paragraph.  So each place of the text is one cell, each cell one place, also where directions
 * meet, and nothing has to be drawn twice (a "split cursor"): going to the left or right by eye
 * leads through all cells from edge to edge.
 *
 * A place is a grapheme cluster (UAX #29) that is drawn in a cell.  What has none of its own
 * (marks, ZWNJ, bidi controls) goes with the character before it; at the start, with the first one.
 * A ligature (lam-alef) is one cell, but two clusters to those who go by text_places_after().
 *
 * Offsets are bytes of the text, columns and widths cells.
 */
#ifndef KHABAR_TEXT_PLACES_H
#define KHABAR_TEXT_PLACES_H

#include "text/paragraph.h"

struct text_place {
	uint32_t start; /* offset; the length of the text for the place behind it */
	int column;     /* from the left */
	uint8_t width, level;
};

/* Starts as {0}; used again by the next text_places_find(). */
struct text_places {
	struct text_line line;    /* the text and the blank behind it, to be drawn */
	struct text_place *items; /* in visual order, the leftmost first; at least one */
	size_t count, cap;
	uint32_t *borders; /* offsets of grapheme clusters, ascending; the first is 0 */
	bool *in_word;     /* whether they are letters or digits */
	size_t border_count, border_cap, word_cap;
	size_t length; /* of the text */
	int width;
};

/*
 * All of the text is one line.  options->engine must be there; marks and numerals are what the
 * options say, so {0} shows what was typed.  -1 when out of memory, and *places is {0}.
 */
int text_places_find(
	struct text_places *places, struct str text, const struct text_options *options);
void text_places_free(struct text_places *places); /* leaves {0} */

/* The place that an offset belongs to: the index of its cell. */
size_t text_places_at(const struct text_places *places, size_t offset);

/* The offset of the next cell to the left (by -1) or right (1); itself at the edge. */
size_t text_places_beside(const struct text_places *places, size_t offset, int by);

/* The next cluster in reading order, the one before; at the ends the length, 0. */
size_t text_places_after(const struct text_places *places, size_t offset);
size_t text_places_before(const struct text_places *places, size_t offset);

/* Behind the word that the offset is in or before; the start of the one that it is in or behind. */
size_t text_places_word_end(const struct text_places *places, size_t offset);
size_t text_places_word_start(const struct text_places *places, size_t offset);

#endif
