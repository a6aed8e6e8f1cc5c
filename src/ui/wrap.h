/* Text of the program itself over several rows. */
#ifndef KHABAR_UI_WRAP_H
#define KHABAR_UI_WRAP_H

#include "screen/canvas.h"

/*
 * Draws `text` wrapped to rect.columns, its first line `row` rows below the top of
 * rect (may be negative: lines above and below rect are left out).  Returns how many rows the
 * text takes, drawn or not; -1 when out of memory.
 */
int wrap_text(struct canvas *canvas, struct rect rect, int row, struct str text, style_t style);

/* The same for a sentence of the interface: in the direction of its language (ui/words.h). */
int wrap_words(struct canvas *canvas, struct rect rect, int row, struct str text, style_t style);

#endif
