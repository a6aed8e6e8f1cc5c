/*
 * A line of text being edited: a logical buffer, a cursor, a selection, what was cut, what can
 * be undone.  Pure: knows no terminal and no view.
 *
 * The cursor stands on a cell (text/places.h): what is typed goes before the character there, in
 * reading order.  Left and Right go to the neighbour on the screen, so in right-to-left text Left
 * goes forward; Home and End go to where reading begins and ends; by words the way is that of the
 * paragraph.  A selection is logical, from the place where it began up to the cursor: where
 * directions meet, that may be several stretches of cells.
 *
 * The text is one line of UTF-8: line ends and tabs that come in become blanks, what no terminal
 * may see (text/clean.h) is left out, broken bytes become U+FFFD.  Offsets are bytes.
 */
#ifndef KHABAR_UI_EDIT_H
#define KHABAR_UI_EDIT_H

#include "base/buffer.h"
#include "text/places.h"

struct edit;

enum {
	EDIT_LONGEST = 2048, /* bytes; what comes beyond is left out */
	EDIT_UNDONE = 32,    /* states that can be gone back to */
};

/*
 * An empty line.  The engine (borrowed) lays it out; NULL: one of its own.  `takes` says which
 * characters are let in; NULL: all.  NULL when out of memory.
 */
struct edit *edit_new(struct text_engine *engine, bool (*takes)(uint32_t code_point));
void edit_free(struct edit *edit); /* NULL is fine */

/* How letters are drawn, and the direction of a text without strong characters. */
void edit_use(struct edit *edit, enum text_forms forms, enum text_direction fallback);

/* Good until the text changes. */
struct str edit_text(const struct edit *edit);
size_t edit_cursor(const struct edit *edit);

/* Whether anything is selected; then it is [*from, *to). */
bool edit_selection(const struct edit *edit, size_t *from, size_t *to);
void edit_select_nothing(struct edit *edit);

/* To another place; with `select` what lies between is selected, or no more. */
void edit_move(struct edit *edit, size_t to, bool select);
/* The selection begins here, and each move extends it. */
void edit_mark(struct edit *edit);

/* Another text, the cursor behind it. */
void edit_set(struct edit *edit, struct str text);
/* In place of the bytes [from, to), which are whole characters; the cursor goes behind it. */
void edit_replace(struct edit *edit, size_t from, size_t to, struct str text);
/* In place of what is selected, else at the cursor. */
void edit_insert(struct edit *edit, struct str text);
/* A character that is typed: those of one word are undone at once.  False: it is not let in. */
bool edit_type(struct edit *edit, uint32_t code_point);
/* Takes the last change back.  False when there is none. */
bool edit_undo(struct edit *edit);

/* The cells of the text as it is now; NULL when out of memory.  Good until the next change. */
const struct text_places *edit_places(struct edit *edit);

#endif
