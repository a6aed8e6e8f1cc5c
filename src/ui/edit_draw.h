/* A line of text being edited (ui/edit.h), drawn with its cursor. */
#ifndef KHABAR_UI_EDIT_DRAW_H
#define KHABAR_UI_EDIT_DRAW_H

#include "screen/canvas.h"
#include "ui/edit.h"

/*
 * Draws it into one row, at the side where its paragraph starts: marks and digits as they were
 * typed, the cursor's cell selected, what is selected underlined.  A line that is too long is
 * moved sideways until the cursor is in view, as it lies and no other way: *shown keeps how many
 * cells are before the first one, and starts as 0.  Where it goes on stands an ellipsis in the
 * column beside the row, which must be there.
 */
void edit_draw(
	struct edit *edit, struct canvas *canvas, struct rect rect, style_t style, int *shown);

/*
 * The place of a cell that edit_draw() drew into this row: bytes.  Beside the text it is the one
 * behind it.
 */
size_t edit_at(const struct edit *edit, const struct canvas *canvas, struct rect rect, int column);

#endif
