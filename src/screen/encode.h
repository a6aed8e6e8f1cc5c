/*
 * The row encoder: from one finished visual row to what the terminal must be
 * sent so that the eye sees that row.  A pure function; see terminals' modes in
 * man/khabar.1.
 */
#ifndef KHABAR_SCREEN_ENCODE_H
#define KHABAR_SCREEN_ENCODE_H

#include "screen/canvas.h"

enum encode_mode {
	ENCODE_VISUAL, /* visual order, presentation forms; the terminal must not reorder */
	ENCODE_WORDS,  /* words turned around, LRM between them; the terminal turns them back */
	ENCODE_WORDS_BLANK,  /* ... U+2800 between them: for one that knows no LRM (PuTTY) */
	ENCODE_WORDS_COLOUR, /* ... by STYLE_STEP: for one that reorders runs of a colour
				(QTerminal) */
	ENCODE_WORDS_PLAIN,  /* ... nothing between them: for one that turns single words (kitty) */
	ENCODE_LOGICAL,      /* each field in logical order; the terminal reorders and joins */
};

/*
 * "visual", "words", "words-blank", "words-colour", "words-plain", "logical": name to mode.
 * False when there is no such mode.
 */
bool encode_mode_of(struct str name, enum encode_mode *mode);
const char *encode_mode_name(enum encode_mode mode);

/* The letters a canvas must be laid out with for this mode. */
enum text_forms encode_forms(enum encode_mode mode);

/*
 * What to send for a row: `sent` has room for `columns` cells and gets as many, a cell for each of
 * the row.  In the words modes zero-width characters ride on cells behind their marks (which
 * yield where there is no room), never on the last column's, and words-colour sets STYLE_STEP.
 */
void encode_row(enum encode_mode mode, const struct canvas_cell *row, int columns,
	struct canvas_cell *sent);

/*
 * Takes ZERO WIDTH JOINERs out of what encode_row() made: tmux (3.3a) puts whatever follows one
 * into the same cell, as in emoji, and the rest of the row a cell further left.  Letters without
 * presentation forms then stand apart from their neighbours, in their own cells.
 */
void encode_without_joiners(struct canvas_cell *sent, int columns);

#endif
