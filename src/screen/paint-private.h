/*
 * What paint.c (cells to ncurses) and paint-links.c (the links on them to the terminal) share.
 *
 * ncurses knows no links, so it must not decide what becomes of cells that have some.  While
 * there are links on the screen
 *  - rows are scrolled by us, and by the terminal with their links; ncurses is told afterwards;
 *  - in a row that changes, ncurses is made to believe that its linked cells show placeholders, so
 *    that it sends them all again, each link's between OSC 8 and its end, with its own
 *    cursor and colours;
 *  - cells whose link has gone are sent again in the same way, outside of links.
 * The other rows keep the links they have.
 */
#ifndef KHABAR_SCREEN_PAINT_PRIVATE_H
#define KHABAR_SCREEN_PAINT_PRIVATE_H

#define NCURSES_NOMACROS 1
#include "screen/paint.h"

#include <curses.h>

/* Cells [first, end) of a row that lead to one place. */
struct link_run {
	uint32_t link;
	int row, first, end;
};

/* Looks are worked out once per style: a role with a set of modifiers. */
enum { MODIFIERS = 128, MODIFIER_SHIFT = 8, LOOKS = ROLE_COUNT_OF * MODIFIERS };

enum { DIRECT_COLOURS = 1 << 24, RED_SHIFT = 16 };

struct ready_look {
	bool made;
	attr_t attributes;
	int pair;
	int ground; /* number of the background; -1: the terminal's own */
};

/* Foreground and background as ncurses numbers; a pair is as old as its index. */
struct pair {
	int foreground, background;
};

struct paint {
	const struct theme *theme;
	int colours;
	bool has_steps; /* every foreground is known and can be changed by a little */
	enum encode_mode mode;
	const enum encode_mode *row_modes; /* of the first rows, or NULL; borrowed */
	int row_mode_count;
	int rows, columns;
	struct canvas_cell *sent; /* what the terminal shows */
	struct canvas_cell *next; /* what it is to show: all rows in the order they are sent */
	cchar_t *cells;           /* scratch: the same for ncurses */
	bool no_joiners;          /* ZWJ is not sent */
	bool cursor;              /* it is shown */
	bool known;               /* `sent` is what the terminal shows */
	struct ready_look looks[LOOKS];
	struct pair *pairs; /* pairs[i] is ncurses' pair i + 1 */
	size_t pair_count, pair_cap;
	size_t own_pairs; /* 1 more than were there before a picture's; 0: there is no picture */
	int links_fd; /* links are told to the terminal there; -1: they are not */
	bool linked;  /* the terminal shows some */
	bool *fresh;  /* of the rows: their links are still to be told */
	bool *stale;  /* scratch: of the columns, ncurses must not count on them */
	struct link_run *runs; /* scratch of paint_tell_links(): as many as there are cells */
	uint64_t *hashes; /* scratch: of the rows sent, then of the next ones */
};

static inline struct canvas_cell *paint_row_of(
	const struct paint *paint, struct canvas_cell *cells, int row)
{
	return cells + (size_t)row * (size_t)paint->columns;
}

/* One glyph for ncurses; returns how many cells for it that makes, 1 or 2. */
int paint_cell(struct paint *paint, const struct canvas_cell *cell, cchar_t *out);

/* They look alike and lead to the same place. */
bool paint_same_cell(const struct canvas_cell *a, const struct canvas_cell *b);

/* One column that differs from what the cell shows and looks as harmless as can be. */
cchar_t paint_placeholder(struct paint *paint, const struct canvas_cell *cell);

/* Before the rows; careful: there are links on the screen, or there will be. */
void paint_prepare_links(struct paint *paint, bool careful);

/* A changed row: ncurses' idea of it; [*first, *end) grows over all its links, old and new. */
void paint_hold_links(struct paint *paint, int row, int *first, int *end);

/* After all the rest: sends the cells of the links of the fresh rows. */
void paint_tell_links(struct paint *paint, const struct canvas *canvas);

#endif
