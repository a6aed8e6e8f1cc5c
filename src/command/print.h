/*
 * Laid-out rows as bytes for a pipe or a pager: what the reader would show,
 * without colours and without control characters of any kind.
 */
#ifndef KHABAR_COMMAND_PRINT_H
#define KHABAR_COMMAND_PRINT_H

#include "command/output.h"
#include "screen/canvas.h"

enum { PRINT_WIDEST = 10000 }; /* cells */

/* What --format takes; the names end with NULL. */
enum print_format {
	PRINT_AUTO, /* visual on a terminal, else text */
	PRINT_TEXT, /* logical order */
	PRINT_VISUAL,
	PRINT_JSON,
	PRINT_HTML, /* of a whole article only, as the next */
	PRINT_MARKDOWN,
};
extern const char *const print_formats[];         /* of lists */
extern const char *const print_article_formats[]; /* of an article */

/*
 * Cells of a line: `given` unless 0, else of the terminal on `fd`, standard error or input,
 * or the one that controls the process (its pager stands there), else $COLUMNS, else 80.
 */
int print_width(long given, int fd);

/*
 * Before rows are printed: when the output is a terminal, it is asked not to reorder what
 * it is sent (ECMA-48 BDSM), write by write; being interrupted takes that back.
 */
void print_as_seen(struct output *out);

/*
 * A line in visual order and "\n": in `width` cells, at the side its paragraph
 * starts at, no blanks at the end.  A line that is wider than `width` is kept
 * whole; the canvas is a sheet for it, of any size.  -1 when out of memory.
 */
int print_line(struct buffer *out, struct canvas *sheet, int width, const struct text_line *line);

/* Row 0 of the canvas and "\n", no blanks at the end.  Out of memory: out->failed. */
void print_row(struct buffer *out, const struct canvas *sheet);

#endif
