/*
 * Painting: what differs between a canvas and what the terminal shows, handed to
 * ncurses.  Keeps a copy of what was sent last, so that an unchanged row costs a
 * comparison and no bytes.
 */
#ifndef KHABAR_SCREEN_PAINT_H
#define KHABAR_SCREEN_PAINT_H

#include "screen/canvas.h"
#include "screen/encode.h"
#include "screen/theme.h"

struct paint;

/*
 * The mode that is sent in place of `mode`: words-blank for words-colour where there are no direct
 * colours, or the theme leaves a foreground to the terminal; else `mode` itself.
 */
enum encode_mode paint_sends(const struct theme *theme, int colours, enum encode_mode mode);

/*
 * For a terminal of that many colours (screen/terminfo.h); theme is borrowed.  NULL: no memory.
 */
struct paint *paint_new(const struct theme *theme, int colours, enum encode_mode mode);
void paint_free(struct paint *paint);

/* Another theme, borrowed; all cells are sent next time. */
void paint_set_theme(struct paint *paint, const struct theme *theme);

/* A new size; everything counts as not sent.  -1 when out of memory: then nothing changed. */
int paint_resize(struct paint *paint, int rows, int columns);

/* Another mode; all cells are sent next time. */
void paint_set_mode(struct paint *paint, enum encode_mode mode);

/*
 * A mode for each row, `count` of them, rows behind them as before; NULL and 0: one mode for
 * all again.  Borrowed.  All cells are sent next time.
 */
void paint_set_row_modes(struct paint *paint, const enum encode_mode *modes, int count);

/* Whether ZWJ is left out (encode_without_joiners()); a change sends all cells next time. */
void paint_leave_joiners_out(struct paint *paint, bool out);

/*
 * Links of rows in visual mode are told to the terminal (screen/hyperlink.h) by writing to its
 * descriptor, while ncurses holds nothing back; -1: they are not (default).
 */
void paint_send_links(struct paint *paint, int fd);

/* All cells are sent next time. */
void paint_forget(struct paint *paint);

/* The canvas must have the size of paint_resize().  True when the last cell of all was sent. */
bool paint_canvas(struct paint *paint, const struct canvas *canvas);

/* Whether it had anything to send. */
bool paint_sent_something(const struct paint *paint);

#endif
