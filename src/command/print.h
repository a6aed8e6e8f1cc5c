/*
 * Laid-out rows as bytes for a pipe or a pager: what the reader would show,
 * without colours and without control characters of any kind.
 */
#ifndef KHABAR_COMMAND_PRINT_H
#define KHABAR_COMMAND_PRINT_H

#include "base/buffer.h"
#include "screen/canvas.h"

enum { PRINT_WIDEST = 10000 }; /* cells */

/* Cells of a line: `given` unless 0, else of the terminal on `fd`, else $COLUMNS, else 80. */
int print_width(long given, int fd);

/*
 * A line in visual order and "\n": in `width` cells, at the side its paragraph
 * starts at, no blanks at the end.  A line that is wider than `width` is kept
 * whole; the canvas is a sheet for it, of any size.  -1 when out of memory.
 */
int print_line(struct buffer *out, struct canvas *sheet, int width, const struct text_line *line);

/* Row 0 of the canvas and "\n", no blanks at the end.  Out of memory: out->failed. */
void print_row(struct buffer *out, const struct canvas *sheet);

#endif
