/*
 * Models of terminals: what a row of cells that was sent looks like there.  They share
 * nothing with src/: bidi by ICU or FriBidi, joining by ICU's u_shapeArabic (what Konsole
 * calls) or FriBidi's (what VTE calls).
 */
#ifndef KHABAR_TESTS_SCREEN_MODEL_H
#define KHABAR_TESTS_SCREEN_MODEL_H

#include "screen/canvas.h"

enum model_kind {
	MODEL_PLAIN,     /* xterm: cells as they come */
	MODEL_KONSOLE,   /* UAX #9 over the row from the left, letters joined anew */
	MODEL_KONSOLE_AUTO, /* ... with the base its first strong character has (P2) */
	MODEL_VTE,       /* the same by FriBidi: VTE while it reorders (in tmux, in screen) */
	MODEL_PUTTY,     /* UAX #9 on the bases alone, direction by the first strong one */
	MODEL_QTERMINAL, /* UAX #9 over each run of one style */
	MODEL_QTERMINAL_MONO, /* ... in a theme where all styles look alike but for their steps */
	MODEL_KITTY,     /* neighbouring cells of an Arabic or Hebrew font, from right to left */
};

enum { MODEL_MOST_COLUMNS = 512 };

/*
 * seen[] gets what the eye meets: bases mirrored and joined, marks behind them; characters without
 * width and steps of colours are gone, U+2800 is a blank.  Their `field`
 * tells how many glyphs were sent.
 */
void model_show(
	enum model_kind kind, const struct canvas_cell *sent, int columns, struct canvas_cell *seen);

/*
 * NULL when a row looks as it should; else what is wrong, good until the next call.  The last marks
 * of a cell that is full may be missing from what is seen.
 */
const char *model_compare(
	const struct canvas_cell *row, const struct canvas_cell *seen, int columns);

/* NULL when zero-width characters ride where they may: never on the last column's cell. */
const char *model_check_riders(const struct canvas_cell *sent, int columns);

/* The row as text, for messages; good until the next call but three. */
const char *model_text(const struct canvas_cell *cells, int columns);

#endif
