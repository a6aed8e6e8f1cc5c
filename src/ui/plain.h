/*
 * Rows of a list for those who hear or feel them (--plain): one text after the other from the left,
 * the selected row with ">" and the terminal's cursor before it.  What other rows say by a sign, a
 * look or a place is a word here.
 */
#ifndef KHABAR_UI_PLAIN_H
#define KHABAR_UI_PLAIN_H

#include "screen/canvas.h"

/* A row that is being written; the texts are fields, each a bidi paragraph of its own. */
struct plain_row {
	struct canvas *canvas;
	int row, column, end; /* where the next text goes, and where the row ends */
	bool begun;           /* something stands there */
};

/* The first row of the area. */
struct plain_row plain_start(struct canvas *canvas, struct rect area, bool selected);

/* Blanks, for what lies deeper. */
void plain_indent(struct plain_row *row, int cells);

/*
 * A text behind a blank, or behind a comma and one; none, and no comma, where it is empty.  Returns
 * the cells it took, its own alone.
 */
struct rect plain_word(struct plain_row *row, struct str text, const struct field *field);
struct rect plain_item(struct plain_row *row, struct str text, const struct field *field);

#endif
