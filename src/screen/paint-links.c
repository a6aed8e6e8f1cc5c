#include "screen/paint-private.h"

#include "screen/hyperlink.h"
#include "screen/shift.h"
#include "screen/tty.h"

#include <stdlib.h>
#include <string.h>

enum { NEVER = 0xFF }; /* width of no cell: differs from all */

cchar_t paint_placeholder(struct paint *paint, const struct canvas_cell *cell)
{
	struct canvas_cell other = {
		.glyphs = {cell->glyph_count > 0 && cell->glyphs[0] == ' ' ? '.' : ' '},
		.glyph_count = 1,
		.width = 1,
		.style = cell->style,
	};
	cchar_t made[2];
	paint_cell(paint, &other, made);
	return made[0];
}

/* ---- rows that move ---- */

static uint64_t hash_row(const struct canvas_cell *cells, int columns)
{
	uint64_t hash = 0;
	bool blank = true;
	for (int i = 0; i < columns; i++) {
		const struct canvas_cell *c = &cells[i];
		blank &= c->glyph_count == 1 && c->glyphs[0] == ' ' && c->style == 0;
		hash = (hash ^ c->width ^ (uint64_t)c->style << 8 ^ (uint64_t)c->link << 32) *
		       0x9E3779B97F4A7C15;
		for (int k = 0; k < c->glyph_count; k++)
			hash = (hash ^ hash >> 29 ^ c->glyphs[k]) * 0x9E3779B97F4A7C15;
	}
	return blank ? 0 : hash | 1;
}

/* ncurses scrolls a window of its own as the terminal was scrolled. */
static void scroll_window(WINDOW *window, const struct shift *shift)
{
	scrollok(window, TRUE);
	wsetscrreg(window, shift->top, shift->bottom - 1);
	wscrl(window, shift->lines);
	wsetscrreg(window, 0, getmaxy(window) - 1);
	scrollok(window, FALSE);
	untouchwin(window);
}

/* The cursor comes back to where ncurses left it (DECSC, DECRC); attributes are off. */
static void scroll_terminal(const struct paint *paint, const struct shift *shift)
{
	struct buffer bytes = {0};
	buffer_printf(&bytes, "\0337\033[%d;%dr", shift->top + 1, shift->bottom);
	if (shift->lines > 0) {
		buffer_printf(&bytes, "\033[%dS", shift->lines); /* SU */
	} else {
		buffer_printf(&bytes, "\033[%d;1H", shift->top + 1);
		for (int i = shift->lines; i < 0; i++)
			buffer_str(&bytes, STR("\033M")); /* RI: screens lack SD */
	}
	buffer_str(&bytes, STR("\033[r\0338"));
	tty_write(paint->links_fd, buffer_view(&bytes));
	buffer_free(&bytes);
}

static void scroll_sent(struct paint *paint, const struct shift *shift)
{
	int moved = shift->bottom - shift->top - abs(shift->lines);
	bool up = shift->lines > 0;
	int to = up ? shift->top : shift->bottom - moved;
	int from = up ? shift->bottom - moved : shift->top;
	memmove(paint_row_of(paint, paint->sent, to), paint_row_of(paint, paint->sent, from),
		(size_t)moved * (size_t)paint->columns * sizeof *paint->sent);
	int bare = up ? shift->bottom - shift->lines : shift->top;
	struct canvas_cell *cells = paint_row_of(paint, paint->sent, bare);
	for (int i = 0; i < abs(shift->lines) * paint->columns; i++)
		cells[i] = (struct canvas_cell){.width = NEVER};
}

static void follow_shift(struct paint *paint)
{
	uint64_t *was = paint->hashes, *now = was + paint->rows;
	struct shift shift;
	for (int row = 0; row < paint->rows; row++) {
		was[row] = hash_row(paint_row_of(paint, paint->sent, row), paint->columns);
		now[row] = hash_row(paint_row_of(paint, paint->next, row), paint->columns);
	}
	if (paint->links_fd < 0 || !shift_find(was, now, paint->rows, &shift))
		return;
	scroll_terminal(paint, &shift);
	/* All three, and nothing is pending: else ncurses would scroll once more. */
	scroll_window(curscr, &shift);
	scroll_window(newscr, &shift);
	scroll_window(stdscr, &shift);
	scroll_sent(paint, &shift);
}

void paint_prepare_links(struct paint *paint, bool careful)
{
	idcok(stdscr, !careful);
	if (careful && paint->known)
		follow_shift(paint);
	else if (careful)
		clearok(curscr, TRUE); /* what links it shows is not known: they go with the rest */
}

/* ---- a row that changes ---- */

void paint_hold_links(struct paint *paint, int row, int *first, int *end)
{
	const struct canvas_cell *sent = paint_row_of(paint, paint->sent, row);
	const struct canvas_cell *next = paint_row_of(paint, paint->next, row);
	bool *stale = paint->stale;
	for (int i = 0; i < paint->columns; i++)
		stale[i] = next[i].link != 0 || (paint->known && sent[i].link != 0);
	/* ncurses blanks the other half of a wide one: that is to be sent as well. */
	for (int i = 0; i + 1 < paint->columns; i++) {
		bool wide = sent[i].width == 2 || next[i].width == 2;
		if (paint->known && wide && stale[i] != stale[i + 1])
			stale[i] = stale[i + 1] = true;
	}
	int y = getcury(curscr), x = getcurx(curscr);
	for (int i = 0; i < paint->columns; i++) {
		if (!stale[i])
			continue;
		cchar_t other = paint_placeholder(paint, &next[i]);
		mvwadd_wchnstr(curscr, row, i, &other, 1);
		*first = i < *first ? i : *first;
		*end = i >= *end ? i + 1 : *end;
	}
	wmove(curscr, y, x);
	while (*first > 0 && next[*first].width == 0)
		--*first;
	while (*end < paint->columns && next[*end].width == 0)
		++*end;
}

/* ---- the links ---- */

static void add_runs(struct paint *paint, int row, size_t *count)
{
	const struct canvas_cell *cells = paint_row_of(paint, paint->next, row);
	for (int i = 0, end; i < paint->columns; i = end) {
		for (end = i + 1; end < paint->columns && cells[end].link == cells[i].link;)
			end++;
		if (cells[i].link != 0)
			paint->runs[(*count)++] = (struct link_run){cells[i].link, row, i, end};
	}
}

static void put_run(struct paint *paint, const struct link_run *run)
{
	const struct canvas_cell *cells = paint_row_of(paint, paint->next, run->row);
	int count = 0;
	for (int i = run->first; i < run->end; i++) {
		if (cells[i].width > 0)
			count += paint_cell(paint, &cells[i], paint->cells + count);
	}
	mvwadd_wchnstr(stdscr, run->row, run->first, paint->cells, count);
}

void paint_tell_links(struct paint *paint, const struct canvas *canvas)
{
	struct buffer bytes = {0};
	size_t count = 0;
	for (int row = 0; row < paint->rows; row++) {
		if (paint->fresh[row])
			add_runs(paint, row, &count);
	}
	for (size_t i = 0; i < count; i++) {
		buffer_clear(&bytes);
		hyperlink_open(&bytes, canvas_link_target(canvas, paint->runs[i].link),
			paint->runs[i].link);
		/* ncurses moves its cursor by sending what it passes: not while a link is open. */
		leaveok(stdscr, FALSE);
		wmove(stdscr, paint->runs[i].row, paint->runs[i].first);
		wrefresh(stdscr);
		leaveok(stdscr, TRUE);
		if (!bytes.failed)
			tty_write(paint->links_fd, buffer_view(&bytes));
		put_run(paint, &paint->runs[i]);
		wrefresh(stdscr);
		tty_write(paint->links_fd, STR(HYPERLINK_CLOSE));
	}
	buffer_free(&bytes);
}
