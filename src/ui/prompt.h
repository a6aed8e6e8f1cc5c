/*
 * A line that the reader types, on the status line.  It is kept in logical order and drawn as the
 * paragraph it is, so that a search in Arabic or an address reads right while it grows.
 *
 * Enter ends it, Esc and Ctrl-C give it up, so does Backspace where there is nothing left.  Ctrl-U
 * and Ctrl-W take away all or a word before the cursor; arrows move it the way they point.
 */
#ifndef KHABAR_UI_PROMPT_H
#define KHABAR_UI_PROMPT_H

#include "base/buffer.h"
#include "screen/canvas.h"

struct ui;
struct view;

struct prompt_kind {
	const char *label;            /* "Find: " */
	bool (*takes)(uint32_t code); /* which characters; NULL: all */
	/* The text has changed; may be NULL. */
	void (*changed)(struct ui *ui, struct view *view, struct str text);
	/* Enter; the prompt is closed already and may be opened anew. */
	void (*done)(struct ui *ui, struct view *view, struct str text);
	/* It was given up; may be NULL. */
	void (*cancelled)(struct ui *ui, struct view *view);
};

/* {0} is a closed one. */
struct prompt {
	const struct prompt_kind *kind; /* NULL: closed */
	struct view *view;              /* that asks, on top of the stack */
	struct buffer text;
	size_t cursor; /* bytes */
};

/* Opens it for the view with a text to begin with; one that was open is given up. */
void prompt_open(struct ui *ui, struct prompt *prompt, struct view *view,
	const struct prompt_kind *kind, struct str initial);
void prompt_close(struct prompt *prompt); /* frees what it holds; nobody is told */
bool prompt_is_open(const struct prompt *prompt);

/* Takes a key; all keys while it is open. */
void prompt_key(struct ui *ui, struct prompt *prompt, uint32_t key);

/* Draws label, text and cursor; the part of a long text that the cursor is in.  -1: no memory. */
int prompt_draw(const struct prompt *prompt, struct canvas *canvas, int row, int column,
	int columns, style_t style);

#endif
