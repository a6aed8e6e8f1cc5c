/* Visual rows to try an encoder with: drawn through the canvas, from a random source. */
#ifndef KHABAR_TESTS_SCREEN_ROWS_H
#define KHABAR_TESTS_SCREEN_ROWS_H

#include "base/buffer.h"
#include "screen/canvas.h"

enum { ROWS_MOST_COLUMNS = 140 };

/* A text of words in several scripts, numbers of three kinds, signs, wide characters, emoji. */
void rows_random_text(uint64_t *state, struct buffer *out);

/*
 * Draws one row of a canvas of random width: one to four panes, each with a text of its own,
 * some with a line between them; then colours inside words and selections.  Copies the cells; their
 * number.
 */
int rows_random(uint64_t *state, struct canvas *canvas, struct canvas_cell *row);

/* Cells of glyphs that no text leads to, in any order. */
int rows_wild(uint64_t *state, struct canvas_cell *row);

/* Reads a page of samples/ and calls back for each of its texts, tags left out. */
void rows_sample_texts(const char *path, void (*take)(struct str text, void *user), void *user);

#endif
