/*
 * A line of text asked for on the status line: a logical buffer, drawn as one bidi
 * paragraph, with a cursor that Left and Right move as the eye expects.  Letters of any
 * keyboard layout are text here and never keys.
 */
#ifndef KHABAR_UI_PROMPT_H
#define KHABAR_UI_PROMPT_H

#include "screen/canvas.h"

#include <stdint.h>

struct ui;
struct prompt;

enum { PROMPT_LONGEST = 2048 /* bytes */ };

struct prompt_options {
	struct str question;  /* drawn before the text; static */
	struct str initial;   /* copied */
	bool (*takes)(uint32_t code_point); /* which characters; NULL: all */
	bool (*done)(struct ui *ui, void *user, struct str text); /* Enter; false: go on asking */
	void (*changed)(struct ui *ui, void *user, struct str text); /* after each edit; or NULL */
	void (*left)(struct ui *ui, void *user); /* Esc; or NULL */
	void *user;
};

/* Asks; a prompt that is open already is left.  Out of memory is said. */
void prompt_open(struct ui *ui, const struct prompt_options *options);
/* Without a call of `left`. */
void prompt_close(struct ui *ui);

/* For the reader's loop: while a prompt is open, all keys are its own. */
void prompt_key(struct ui *ui, uint32_t key);
void prompt_draw(struct ui *ui, struct canvas *canvas, struct rect rect);

#endif
