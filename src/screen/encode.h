/*
 * The row encoder: from one finished visual row to what the terminal must be
 * sent so that the eye sees that row.  A pure function; see terminals' modes in
 * man/khabar.1.
 */
#ifndef KHABAR_SCREEN_ENCODE_H
#define KHABAR_SCREEN_ENCODE_H

#include "screen/canvas.h"

enum encode_mode {
	ENCODE_VISUAL,  /* visual order, presentation forms; the terminal must not reorder */
	ENCODE_LOGICAL, /* each field in logical order; the terminal reorders and joins */
};

/* "visual", "logical": name to mode.  False when there is no such mode. */
bool encode_mode_of(struct str name, enum encode_mode *mode);
const char *encode_mode_name(enum encode_mode mode);

/* The letters a canvas must be laid out with for this mode. */
enum text_forms encode_forms(enum encode_mode mode);

/*
 * Puts the cells of a row into the order they are sent in.  `sent` has room for
 * `columns` cells and gets as many, of the same total width.
 */
void encode_row(enum encode_mode mode, const struct canvas_cell *row, int columns,
		struct canvas_cell *sent);

#endif
