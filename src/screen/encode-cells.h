/* What the row encoders share (screen/encode.h), for encode*.c alone. */
#ifndef KHABAR_SCREEN_ENCODE_CELLS_H
#define KHABAR_SCREEN_ENCODE_CELLS_H

#include "screen/canvas.h"

/* What the bidi algorithm (UAX #9, table 4) makes of a cell: the class of its base. */
enum cell_kind {
	CELL_LEFT,    /* L */
	CELL_RIGHT,   /* R */
	CELL_ARABIC,  /* AL */
	CELL_DIGIT,   /* EN */
	CELL_INDIC,   /* AN: Arabic-Indic digits and their separators */
	CELL_PLUS,    /* ES */
	CELL_PERCENT, /* ET */
	CELL_COMMA,   /* CS */
	CELL_BLANK,   /* U+0020, perhaps with marks on it */
	CELL_NEUTRAL, /* ON, wide blanks and what else has no direction */
	CELL_COVERED, /* the right half of a wide one */
};

enum {
	ZWNJ = 0x200C,
	ZWJ = 0x200D,
	LRM = 0x200E,
	STRONG_BLANK = 0x2800, /* BRAILLE PATTERN BLANK: one cell, blank, class L */
};

enum cell_kind cell_kind(const struct canvas_cell *cell);

static inline bool cell_is_letter(enum cell_kind kind)
{
	return kind == CELL_RIGHT || kind == CELL_ARABIC;
}

/* A blank, with nothing on it. */
bool cell_is_bare_blank(const struct canvas_cell *cell);

/* LRM, ZWNJ or ZWJ. */
bool cell_is_rider(uint32_t code_point);

/*
 * Puts a zero-width character behind the others of the cell at `at`, or of the wide one it is the
 * right half of.  Where there is no room a mark goes.  Nothing is put in the row's last
 * column: what is sent there would be behind it.
 */
void cell_ride(struct canvas_cell *cells, int columns, int at, uint32_t code_point);

/* Copies the glyph at row[from] (both halves of a wide one) to sent[at]; the column behind it. */
int cell_put(struct canvas_cell *sent, int at, const struct canvas_cell *row, int from);

/* The columns first to end of the row, last glyph first, as sent[first..end). */
void cells_reverse(struct canvas_cell *sent, const struct canvas_cell *row, int first, int end);

/*
 * Joiners (screen/encode-join.c) for letters sent in logical order as sent[first..end): a
 * terminal that joins letters by itself turns presentation forms back into letters
 * first, so ZWNJ goes where two that would join stand apart, ZWJ where one joins nothing.
 */
void encode_joiners(struct canvas_cell *sent, int columns, int first, int end);

void encode_words(const struct canvas_cell *row, int columns, struct canvas_cell *sent);
void encode_words_colour(const struct canvas_cell *row, int columns, struct canvas_cell *sent);
void encode_words_plain(const struct canvas_cell *row, int columns, struct canvas_cell *sent);
void encode_words_blank(const struct canvas_cell *row, int columns, struct canvas_cell *sent);

#endif
