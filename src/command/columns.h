/*
 * Lines of columns, as `list` and `feeds` print them: as text in logical order, or laid out,
 * each field a paragraph of its own, so that no title changes places with its neighbours.
 */
#ifndef KHABAR_COMMAND_COLUMNS_H
#define KHABAR_COMMAND_COLUMNS_H

#include "command/print.h"

enum { COLUMNS_GAP = 1 /* cells between two columns */ };

/* Adds the text, cut with an ellipsis or filled with blanks to `columns` cells. */
void columns_add(struct buffer *out, struct str text, int columns);

/* Draws a field from *column on, cut where it does not fit; it and a gap are taken off. */
int columns_draw(
	struct canvas *sheet, int *column, int columns, struct str text, const struct field *field);

#endif
