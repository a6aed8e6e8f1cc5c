/*
 * A line of text asked for on the status line (ui/edit.h): drawn as one bidi paragraph, with a
 * cursor that Left and Right move as the eye expects.  Letters of any keyboard layout are text
 * here and never keys.  In an RTL interface the question stands at the right and the text to the
 * left of it.
 *
 * Up and Down go through what was answered before to the same kind of question, of that what
 * begins as the text does (ui/history.h); Tab completes it (ui/completions.h), the words that go
 * on from it stand in the row above.  What was cut in one prompt can be put back in another.
 */
#ifndef KHABAR_UI_PROMPT_H
#define KHABAR_UI_PROMPT_H

#include "screen/canvas.h"
#include "ui/edit.h"

#include <stdint.h>

struct ui;
struct prompt;
struct prompts;

enum { PROMPT_LONGEST = EDIT_LONGEST /* bytes */ };

/* What is asked for: it has a history of its own, and words that it may be completed to. */
enum prompt_kind {
	PROMPT_OTHER, /* neither */
	PROMPT_SEARCH,
	PROMPT_FIND,
	PROMPT_QUERY,
	PROMPT_ADDRESS,
	PROMPT_TAGS,
	PROMPT_FOLDER,
	PROMPT_PROGRAM,
	PROMPT_COMMAND,
};

struct prompt_options {
	enum prompt_kind kind;
	struct str question;                /* drawn before the text; static */
	struct str initial;                 /* copied */
	bool (*takes)(uint32_t code_point); /* which characters; NULL: all */
	bool (*done)(struct ui *ui, void *user, struct str text); /* Enter; false: go on asking */
	void (*changed)(struct ui *ui, void *user, struct str text); /* after each edit; or NULL */
	void (*left)(struct ui *ui, void *user);                     /* Esc; or NULL */
	void *user;
};

/* Asks; a prompt that is open already is left.  Out of memory is said. */
void prompt_open(struct ui *ui, const struct prompt_options *options);
/* Leaves the one that is open, if any, as Esc does. */
void prompt_leave(struct ui *ui);

/* The prompt that is open is answered with this text, as if it had been typed. */
void prompt_answer(struct ui *ui, struct str text);

/* For the reader's loop: while a prompt is open, all keys are its own, and what is pasted. */
void prompt_key(struct ui *ui, uint32_t key);
void prompt_paste(struct ui *ui, struct str text);
/* A cell of its row, as it was drawn last, was clicked on: the cursor goes there. */
void prompt_point(struct ui *ui, int row, int column);
/* The keys of prompts, as edit_keys_row() has those of lines (ui/edit_keys.h), with them. */
const char *prompt_keys_row(size_t index, const uint32_t **keys);
/* In one row, the status line; the row above it may be drawn over. */
void prompt_draw(struct ui *ui, struct canvas *canvas, struct rect rect);

/* Lets go what prompts keep for each other; the history is in its file. */
void prompts_free(struct prompts *prompts);

#endif
