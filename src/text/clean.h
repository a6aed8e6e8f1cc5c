/*
 * What may stand in a cell.  The table of code points that are dropped or
 * replaced before layout, each with its reason, in one place.
 */
#ifndef KHABAR_TEXT_CLEAN_H
#define KHABAR_TEXT_CLEAN_H

#include <stdbool.h>
#include <stdint.h>

#define TEXT_DROP 0xFFFFFFFFu

/*
 * The code point to lay out for one of the source: itself, a substitute, or
 * TEXT_DROP.  A tab stays (UAX #9 knows it as segment separator; it is drawn as one
 * blank); "\n", VT, FF, NEL, LS and PS become U+2028; other C0, DEL, C1, soft hyphens, U+FEFF,
 * noncharacters, tags and the signs that terminals draw with unlike widths go.
 */
uint32_t text_clean(uint32_t code_point);

/*
 * The words that a ligature of whole words stands for (U+FDFA and the like), UTF-8, in logical
 * order: no cell is wide enough for it.  NULL for all others.
 */
const char *text_spelled(uint32_t code_point);

enum { TEXT_SPELLED_MOST = 40 }; /* code points */

/* What is drawn for a laid out code point: blanks of all kinds as a space, others as they are. */
uint32_t text_drawn(uint32_t code_point);

/* Bidi controls, joiners and the like: they steer the layout and never reach a screen. */
bool text_is_invisible(uint32_t code_point);

/*
 * Cells a code point takes on a terminal: 0 for marks and invisible ones, 2 for
 * East Asian wide and fullwidth (UAX #11) and emoji presentation, else 1.
 */
int text_width(uint32_t code_point);

#endif
