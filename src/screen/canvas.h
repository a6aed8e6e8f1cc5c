/*
 * The canvas: a grid of visual cells, and the only door to the terminal.
 *
 * Views draw text, lines and signs here; the screen (screen/screen.h) sends what
 * changed.  All text that enters is cleaned, is a bidi paragraph of its own and
 * is cut at its field, so nothing a feed says can leave its place, reorder its
 * neighbours or carry an escape sequence out.  Pure: knows no terminal.
 *
 * Rows and columns count from 0, the top left.  Drawing outside of the canvas, or of
 * the part of it that canvas_clip() leaves, is clipped, never an error.  Drawing functions return 0, or -1 when out of memory.
 */
#ifndef KHABAR_SCREEN_CANVAS_H
#define KHABAR_SCREEN_CANVAS_H

#include "base/str.h"
#include "screen/style.h"
#include "text/paragraph.h"

/* As many code points as one cell of ncurses can hold (CCHARW_MAX). */
enum { CANVAS_GLYPHS = 5 };

struct canvas_cell {
	uint32_t glyphs[CANVAS_GLYPHS]; /* base and marks; further marks are not drawn */
	uint8_t glyph_count;            /* at least 1; 0 in the right half of a wide one */
	uint8_t width;                  /* 1 or 2; 0 in the right half of a wide one */
	uint8_t level;                  /* embedding level */
	style_t style;
	uint32_t field;  /* which drawing call it came from: cells of one field are one paragraph */
	uint32_t offset; /* logical offset in the field's text, bytes */
	uint32_t link;   /* where it leads (canvas_link_target()); 0: nowhere */
	uint32_t pixels[2]; /* of a picture: CANVAS_PIXEL | 0xRRGGBB of the upper and lower half */
};

enum { CANVAS_PIXEL = 1 << 24 };

struct rect {
	int row, column, rows, columns;
};

enum align {
	ALIGN_PARAGRAPH, /* at the side where the paragraph starts */
	ALIGN_LEFT,
	ALIGN_RIGHT,
	ALIGN_CENTRE,
	ALIGN_START, /* at the side where the interface starts, canvas_direction() */
	ALIGN_END,
};

struct field {
	enum text_direction direction; /* TEXT_AUTO: first strong character */
	enum text_direction fallback;  /* when there is none */
	enum align align;
	style_t style;
};

struct canvas;

/* NULL when out of memory.  rows and columns at least 1. */
struct canvas *canvas_new(int rows, int columns);
void canvas_free(struct canvas *canvas);

int canvas_rows(const struct canvas *canvas);
int canvas_columns(const struct canvas *canvas);

/* Changes the size; the content becomes blank.  -1 when out of memory: then nothing changed. */
int canvas_resize(struct canvas *canvas, int rows, int columns);

/* How letters are laid out: presentation forms (default) or base letters. */
void canvas_set_forms(struct canvas *canvas, enum text_forms forms);
enum text_forms canvas_forms(const struct canvas *canvas);

/* How the marks and digits of canvas_text() are drawn: shown, as written (default). */
void canvas_set_marks(struct canvas *canvas, enum text_marks marks);
enum text_marks canvas_marks(const struct canvas *canvas);
void canvas_set_numerals(struct canvas *canvas, enum text_numerals numerals);
enum text_numerals canvas_numerals(const struct canvas *canvas);

/* The interface's direction: TEXT_LTR (default), or TEXT_RTL, where all but texts is mirrored. */
void canvas_set_direction(struct canvas *canvas, enum text_direction direction);
enum text_direction canvas_direction(const struct canvas *canvas);

/*
 * For those who hear or feel the screen (--plain): all texts begin at the left side of their
 * fields, where a reading device begins, and signs that only adorn are left out or said in ASCII.
 */
void canvas_set_plain(struct canvas *canvas, bool plain);
bool canvas_plain(const struct canvas *canvas);

/*
 * Where the terminal's cursor stands, to be seen; canvas_clear() takes it away.  `in_text`: on the
 * cell of a text that stands there, wherever it is sent to.
 */
struct canvas_cursor {
	bool shown, in_text;
	int row, column;
};

void canvas_set_cursor(struct canvas *canvas, int row, int column, bool in_text);
struct canvas_cursor canvas_cursor(const struct canvas *canvas);

/*
 * The leftmost column of a field that is `columns` wide and stands at `column` where the
 * interface is LTR: in an RTL one, that of its mirror image within `area`.
 */
int canvas_mirror(const struct canvas *canvas, struct rect area, int column, int columns);

/* The text engine of the canvas, for what is laid out to be drawn on it. */
struct text_engine *canvas_engine(struct canvas *canvas);

/* Nothing is drawn outside of this part any more, as far as the canvas has it. */
void canvas_clip(struct canvas *canvas, struct rect part);
/* Everywhere again; a new size does that, too. */
void canvas_unclip(struct canvas *canvas);

/* Blanks of one style; clearing is for the whole canvas and ends clipping. */
void canvas_clear(struct canvas *canvas, style_t style);
void canvas_fill(struct canvas *canvas, struct rect rect, style_t style);

/* Adds the bits of `overlay` to the style of every cell in rect (a selected row). */
void canvas_overlay(struct canvas *canvas, struct rect rect, style_t overlay);

/* Gives every cell in rect another role; its modifiers stay. */
void canvas_set_role(struct canvas *canvas, struct rect rect, enum role role);

/*
 * One line of text at (row, column), `columns` wide; cut with an ellipsis where
 * reading ends, the rest of the field blank.  Returns the cells used by the
 * text, -1 when out of memory.
 */
int canvas_text(struct canvas *canvas, int row, int column, int columns, struct str text,
	const struct field *field);

/*
 * A line laid out elsewhere, put at its paragraph's start side.  The cells keep
 * their own styles; `style` is added to each.
 */
int canvas_line(struct canvas *canvas, int row, int column, int columns,
	const struct text_line *line, style_t style);

/* One sign of the program's own (rule, mark, gauge), width 1, repeated `count` times. */
void canvas_sign(
	struct canvas *canvas, int row, int column, int count, uint32_t code_point, style_t style);

/*
 * The cells in columns [from, to) of a row that come from bytes [start, end) of their field's
 * text lead to the URL, where that is one for screen/hyperlink.h.
 */
int canvas_link(struct canvas *canvas, int row, int from, int to, uint32_t start, uint32_t end,
	struct str url);

/* As hyperlink_target() made it; valid until the next drawing call. */
struct str canvas_link_target(const struct canvas *canvas, uint32_t link);

/*
 * A cell of a picture: the colours, 0xRRGGBB, of its upper and lower half.  They are sent as the
 * terminal's nearest ones; where it has none, as a shade.
 */
void canvas_pixels(struct canvas *canvas, int row, int column, uint32_t upper, uint32_t lower);

/* The cells of a row, canvas_columns() of them; valid until the next drawing call. */
const struct canvas_cell *canvas_row(const struct canvas *canvas, int row);

#endif
