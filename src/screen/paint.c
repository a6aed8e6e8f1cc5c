#include "screen/paint-private.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* Steps of colours (STYLE_STEP) need foregrounds that are sent as they are and are not the
 * terminal's. */
static bool can_step(const struct theme *theme, int colours)
{
	for (int role = 0; colours >= DIRECT_COLOURS && role < ROLE_COUNT_OF; role++) {
		struct colour own = theme_look(theme, (style_t)role).foreground;
		struct colour selected =
			theme_look(theme, (style_t)(role | STYLE_SELECTED)).foreground;
		if (own.kind < COLOUR_INDEX || selected.kind < COLOUR_INDEX)
			return false;
	}
	return colours >= DIRECT_COLOURS;
}

enum encode_mode paint_sends(const struct theme *theme, int colours, enum encode_mode mode)
{
	bool blank = mode == ENCODE_WORDS_COLOUR && !can_step(theme, colours);
	return blank ? ENCODE_WORDS_BLANK : mode;
}

struct paint *paint_new(const struct theme *theme, int colours, enum encode_mode mode)
{
	struct paint *paint = calloc(1, sizeof *paint);
	if (!paint)
		return NULL;
	paint->theme = theme;
	paint->colours = colours;
	paint->has_steps = can_step(theme, colours);
	paint->mode = mode;
	paint->links_fd = -1;
	return paint;
}

void paint_set_theme(struct paint *paint, const struct theme *theme)
{
	paint->theme = theme;
	paint->has_steps = can_step(theme, paint->colours);
	for (int i = 0; i < LOOKS; i++)
		paint->looks[i].made = false;
	paint->known = false;
}

static void free_cells(struct paint *paint)
{
	free(paint->sent);
	free(paint->next);
	free(paint->cells);
	free(paint->fresh);
	free(paint->stale);
	free(paint->hashes);
	free(paint->runs);
}

void paint_free(struct paint *paint)
{
	if (!paint)
		return;
	free_cells(paint);
	free(paint->pairs);
	free(paint);
}

int paint_resize(struct paint *paint, int rows, int columns)
{
	size_t height = (size_t)rows, width = (size_t)columns;
	struct paint made = {
		.sent = calloc(height * width, sizeof *made.sent),
		.next = calloc(height * width, sizeof *made.next),
		.cells = calloc(width + 1, sizeof *made.cells),
		.fresh = calloc(height, sizeof *made.fresh),
		.stale = calloc(width, sizeof *made.stale),
		.hashes = calloc(height * 2, sizeof *made.hashes),
		.runs = calloc(height * width, sizeof *made.runs),
	};
	if (!made.sent || !made.next || !made.cells || !made.fresh || !made.stale ||
		!made.hashes || !made.runs || resize_term(rows, columns) != OK) {
		free_cells(&made);
		return -1;
	}
	free_cells(paint);
	paint->sent = made.sent;
	paint->next = made.next;
	paint->cells = made.cells;
	paint->fresh = made.fresh;
	paint->stale = made.stale;
	paint->hashes = made.hashes;
	paint->runs = made.runs;
	paint->rows = rows;
	paint->columns = columns;
	paint->known = false;
	return 0;
}

void paint_send_links(struct paint *paint, int fd)
{
	paint->known &= (fd >= 0) == (paint->links_fd >= 0);
	paint->links_fd = fd;
}

void paint_set_mode(struct paint *paint, enum encode_mode mode)
{
	paint->mode = mode;
	paint->known = false;
}

void paint_set_row_modes(struct paint *paint, const enum encode_mode *modes, int count)
{
	paint->row_modes = modes;
	paint->row_mode_count = count;
	paint->known = false;
}

void paint_leave_joiners_out(struct paint *paint, bool out)
{
	paint->known &= out == paint->no_joiners;
	paint->no_joiners = out;
}

void paint_forget(struct paint *paint)
{
	paint->known = false;
}

/* ---- looks ---- */

/* Of a picture's pairs no more are kept than are found quickly. */
enum { PICTURE_PAIRS = 8192 };

/* The number of the pair; 0, the terminal's own colours, when there are no more. */
static int pair_of(struct paint *paint, int foreground, int background)
{
	if (foreground < 0 && background < 0)
		return 0;
	for (size_t i = 0; i < paint->pair_count; i++) {
		if (paint->pairs[i].foreground == foreground &&
			paint->pairs[i].background == background)
			return (int)i + 1;
	}
	if (paint->pair_count + 1 >= (size_t)COLOR_PAIRS ||
		!array_reserve(&paint->pairs, &paint->pair_cap, paint->pair_count + 1,
			sizeof *paint->pairs))
		return 0;
	if (init_extended_pair((int)paint->pair_count + 1, foreground, background) != OK)
		return 0;
	paint->pairs[paint->pair_count++] = (struct pair){foreground, background};
	return (int)paint->pair_count;
}

static attr_t attributes_of(unsigned looks)
{
	static const struct {
		unsigned look;
		attr_t attribute;
	} table[] = {
		{LOOK_BOLD, WA_BOLD}, {LOOK_UNDERLINE, WA_UNDERLINE}, {LOOK_ITALIC, WA_ITALIC},
		{LOOK_REVERSE, WA_REVERSE}, {LOOK_DIM, WA_DIM},
		{LOOK_STRIKE, WA_DIM}, /* ncurses knows no struck out text */
	};
	attr_t attributes = WA_NORMAL;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		attributes |= looks & table[i].look ? table[i].attribute : 0;
	return attributes;
}

static struct ready_look make_look(struct paint *paint, style_t style)
{
	struct look look = theme_look(paint->theme, (style_t)(style & ~STYLE_STEP));
	struct ready_look ready = {.made = true, .attributes = attributes_of(look.attributes),
		.ground = -1};
	if (paint->colours == 0)
		return ready;
	int foreground = theme_nearest(look.foreground, paint->colours);
	int background = theme_nearest(look.background, paint->colours);
	if (paint->has_steps)
		foreground ^= (style & STYLE_STEP) >> STYLE_STEP_SHIFT << RED_SHIFT;
	ready.ground = background;
	ready.pair = pair_of(paint, foreground, background);
	if (ready.pair == 0 && background >= 0)
		ready.attributes |= WA_REVERSE; /* no pair left: a ground of its own still shows */
	if (ready.pair == 0 && background >= 0 && foreground >= 0)
		ready.pair = pair_of(paint, background, -1);
	return ready;
}

static struct ready_look look_of(struct paint *paint, style_t style)
{
	size_t role = STYLE_ROLE(style) < ROLE_COUNT_OF ? STYLE_ROLE(style) : ROLE_NORMAL;
	size_t modifiers = (size_t)(style >> MODIFIER_SHIFT) % MODIFIERS;
	struct ready_look *look = &paint->looks[role * MODIFIERS + modifiers];
	if (!look->made)
		*look = make_look(paint, (style_t)(role | modifiers << MODIFIER_SHIFT));
	return *look;
}

/* ---- cells ---- */

/*
 * The characters of a cell as ncurses and the terminal agree on them: where its
 * idea of a width is not ours, the replacement character stands instead.
 */
static void characters_of(const struct canvas_cell *cell, wchar_t *text)
{
	size_t count = 0;
	wchar_t base = cell->glyph_count ? (wchar_t)cell->glyphs[0] : L' ';
	if (wcwidth(base) != cell->width)
		base = cell->width == 1 && wcwidth((wchar_t)UTF8_REPLACEMENT) == 1
			       ? (wchar_t)UTF8_REPLACEMENT
			       : L'?';
	text[count++] = base;
	for (size_t i = 1; i < cell->glyph_count && i < CANVAS_GLYPHS; i++) {
		if (count < CCHARW_MAX && wcwidth((wchar_t)cell->glyphs[i]) == 0)
			text[count++] = (wchar_t)cell->glyphs[i];
	}
	text[count] = L'\0';
}

/* A cell of a picture: two colours, or without colours a shade. */
static int paint_pixels(struct paint *paint, const struct canvas_cell *cell, cchar_t *out)
{
	static const wchar_t *const shades[] = {L" ", L"\u2591", L"\u2592", L"\u2593", L"\u2588"};
	enum { SHADES = sizeof shades / sizeof *shades, LOWER_HALF_BLOCK = 0x2584 };
	uint32_t upper = cell->pixels[0] & 0xFFFFFF, lower = cell->pixels[1] & 0xFFFFFF;
	wchar_t text[2] = {(wchar_t)cell->glyphs[0], L'\0'};
	int pair = 0;
	if (paint->colours == 0) {
		const struct canvas_cell blank = {.glyphs = {' '}, .glyph_count = 1, .width = 1};
		unsigned light = 0; /* ITU-R BT.601, of both halves, 0 to 510,000 */
		for (int i = 0; i < 2; i++) {
			uint32_t c = cell->pixels[i];
			light += (c >> 16 & 0xFF) * 299 + (c >> 8 & 0xFF) * 587 + (c & 0xFF) * 114;
		}
		paint_cell(paint, &blank, out);
		return setcchar(out, shades[light * SHADES / 510001], WA_NORMAL, 0, NULL) == OK;
	}
	int above = theme_nearest((struct colour){COLOUR_RGB, upper}, paint->colours);
	int below = theme_nearest((struct colour){COLOUR_RGB, lower}, paint->colours);
	if (above == below) {
		text[0] = L' ';
		above = -1;
	} else if (above < below) {
		/* One pair for a cell and its mirror image: 8 and 16 colours have few. */
		int lesser = above;
		above = below;
		below = lesser;
		text[0] = LOWER_HALF_BLOCK;
	}
	pair = pair_of(paint, above, below);
	setcchar(out, text, WA_NORMAL, (short)pair, &pair);
	return 1;
}

int paint_cell(struct paint *paint, const struct canvas_cell *cell, cchar_t *out)
{
	if (cell->pixels[0])
		return paint_pixels(paint, cell, out);
	wchar_t text[CCHARW_MAX + 1];
	struct ready_look look = look_of(paint, cell->style);
	characters_of(cell, text);
	if (setcchar(&out[0], text, look.attributes, (short)look.pair, &look.pair) != OK)
		setcchar(&out[0], L"?", look.attributes, (short)look.pair, &look.pair);
	if (cell->width < 2 || wcwidth(text[0]) == 2)
		return 1;
	setcchar(&out[1], L" ", look.attributes, (short)look.pair, &look.pair);
	return 2;
}

bool paint_same_cell(const struct canvas_cell *a, const struct canvas_cell *b)
{
	return a->width == b->width && a->style == b->style && a->link == b->link &&
	       a->pixels[0] == b->pixels[0] && a->pixels[1] == b->pixels[1] &&
	       a->glyph_count == b->glyph_count &&
	       memcmp(a->glyphs, b->glyphs, a->glyph_count * sizeof *a->glyphs) == 0;
}

/* The columns that differ from what was sent, whole glyphs.  False when none does. */
static bool find_change(const struct paint *paint, const struct canvas_cell *row,
	const struct canvas_cell *sent, int *first, int *end)
{
	*first = 0;
	*end = paint->columns;
	if (!paint->known)
		return true;
	while (*first < *end && paint_same_cell(&row[*first], &sent[*first]))
		++*first;
	while (*end > *first && paint_same_cell(&row[*end - 1], &sent[*end - 1]))
		--*end;
	if (*first == *end)
		return false;
	while (*first > 0 && row[*first].width == 0)
		--*first;
	return true;
}

static enum encode_mode mode_of(const struct paint *paint, int row)
{
	enum encode_mode mode = row < paint->row_mode_count ? paint->row_modes[row] : paint->mode;
	return mode == ENCODE_WORDS_COLOUR && !paint->has_steps ? ENCODE_WORDS_BLANK : mode;
}

static bool is_blank(const struct canvas_cell *cell)
{
	return cell->glyph_count == 1 && cell->glyphs[0] == ' ';
}

/*
 * A blank that is not a single one within a link.  It needs no link, and ncurses may erase it, which
 * terminals do with the link that is open or without it.
 */
static bool is_margin(const struct canvas_cell *row, int column, int columns)
{
	const struct canvas_cell *cell = &row[column];
	if (!is_blank(cell))
		return false;
	return column == 0 || column + 1 == columns || is_blank(cell - 1) || is_blank(cell + 1) ||
	       cell[-1].link != cell->link || cell[1].link != cell->link;
}

/* A blank of this look is seen only by its ground. */
static bool is_ground(const struct ready_look *look)
{
	return !(look->attributes & (WA_UNDERLINE | WA_REVERSE));
}

/*
 * Blanks take the style of what stands before them, or, at the start of the row, behind them, where
 * the eye sees no difference: so no attributes and colours are sent for them.
 */
static void blend_blanks(struct paint *paint, struct canvas_cell *row)
{
	int start = 0;
	while (start < paint->columns - 1 && is_blank(&row[start]))
		start++;
	style_t before = row[start].style;
	for (int i = 0; i < paint->columns; i++) {
		if (is_blank(&row[i]) && row[i].style != before) {
			struct ready_look mine = look_of(paint, row[i].style);
			struct ready_look theirs = look_of(paint, before);
			if (mine.ground == theirs.ground && is_ground(&mine) && is_ground(&theirs))
				row[i].style = before;
		}
		before = row[i].style;
	}
}

/* The row as it is to be sent; true when there are links in it. */
static bool encode(struct paint *paint, int row, const struct canvas_cell *cells)
{
	struct canvas_cell *next = paint_row_of(paint, paint->next, row);
	enum encode_mode mode = mode_of(paint, row);
	bool linked = false;
	encode_row(mode, cells, paint->columns, next);
	if (paint->no_joiners)
		encode_without_joiners(next, paint->columns);
	for (int i = 0; i < paint->columns; i++) {
		if (mode != ENCODE_VISUAL || paint->links_fd < 0 || is_margin(next, i, paint->columns))
			next[i].link = 0;
		linked |= next[i].link != 0;
	}
	if (mode == ENCODE_VISUAL) /* others tell runs apart by their styles */
		blend_blanks(paint, next);
	return linked;
}

/* True when the cell at the end of the row was sent. */
static bool paint_row(struct paint *paint, int row, bool careful)
{
	struct canvas_cell *sent = paint_row_of(paint, paint->sent, row);
	struct canvas_cell *next = paint_row_of(paint, paint->next, row);
	int first, end, count = 0;
	paint->fresh[row] = find_change(paint, next, sent, &first, &end);
	if (!paint->fresh[row])
		return false;
	if (careful)
		paint_hold_links(paint, row, &first, &end);
	for (int i = first; i < end; i++) {
		if (next[i].link != 0)
			paint->cells[count++] = paint_placeholder(paint, &next[i]);
		else if (next[i].width > 0)
			count += paint_cell(paint, &next[i], paint->cells + count);
	}
	mvwadd_wchnstr(stdscr, row, first, paint->cells, count);
	memcpy(sent, next, (size_t)paint->columns * sizeof *sent);
	return end == paint->columns;
}

static bool has_picture(const struct paint *paint, const struct canvas *canvas)
{
	for (int row = 0; row < paint->rows; row++) {
		const struct canvas_cell *cells = canvas_row(canvas, row);
		for (int i = 0; i < paint->columns; i++) {
			if (cells[i].pixels[0])
				return true;
		}
	}
	return false;
}

/* A picture's pairs go with it, so that they never run out. */
static void tend_pairs(struct paint *paint, const struct canvas *canvas)
{
	bool picture = has_picture(paint, canvas);
	if (paint->own_pairs > 0 && (!picture || paint->pair_count > PICTURE_PAIRS)) {
		paint->pair_count = paint->own_pairs - 1;
		paint->own_pairs = 0;
		for (int i = 0; i < LOOKS; i++)
			paint->looks[i].made = false;
		paint->known = false;
	}
	if (picture && paint->own_pairs == 0)
		paint->own_pairs = paint->pair_count + 1;
}

/* The column that a cell of the canvas is sent to: its text may be in another order. */
static int sent_column(
	const struct paint *paint, const struct canvas *canvas, const struct canvas_cursor *at)
{
	const struct canvas_cell *cell = &canvas_row(canvas, at->row)[at->column];
	const struct canvas_cell *next = paint_row_of(paint, paint->next, at->row);
	for (int i = 0; at->in_text && cell->field != 0 && i < paint->columns; i++) {
		if (next[i].field == cell->field && next[i].offset == cell->offset)
			return i;
	}
	return at->column;
}

/* Last of all: ncurses leaves the cursor anywhere while it is hidden. */
static void place_cursor(struct paint *paint, const struct canvas *canvas)
{
	const struct canvas_cursor cursor = canvas_cursor(canvas);
	bool shown = cursor.shown && cursor.row < paint->rows && cursor.column < paint->columns;
	if (shown) {
		leaveok(stdscr, FALSE);
		wmove(stdscr, cursor.row, sent_column(paint, canvas, &cursor));
		wrefresh(stdscr);
		leaveok(stdscr, TRUE);
	}
	if (shown != paint->cursor)
		curs_set(shown);
	paint->cursor = shown;
}

bool paint_canvas(struct paint *paint, const struct canvas *canvas)
{
	tend_pairs(paint, canvas);
	bool corner = false, linked = false;
	for (int row = 0; row < paint->rows; row++)
		linked |= encode(paint, row, canvas_row(canvas, row));
	bool careful = linked || paint->linked;
	if (paint->links_fd >= 0 || careful)
		paint_prepare_links(paint, careful);
	for (int row = 0; row < paint->rows; row++) {
		corner = paint_row(paint, row, careful);
		/* ncurses scrolls, idlok() or not, where three rows seem to have moved. */
		if (careful && paint->fresh[row])
			wrefresh(stdscr);
	}
	paint->known = true;
	paint->linked = linked;
	wrefresh(stdscr);
	if (linked)
		paint_tell_links(paint, canvas);
	place_cursor(paint, canvas);
	return corner;
}

bool paint_sent_something(const struct paint *paint)
{
	for (int row = 0; row < paint->rows; row++) {
		if (paint->fresh[row])
			return true;
	}
	return false;
}
