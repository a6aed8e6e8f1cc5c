/*
 * What may stand at the cursor of a prompt: the words that go on from what was typed, tried one
 * after another with Tab and shown in a row.
 */
#ifndef KHABAR_UI_COMPLETIONS_H
#define KHABAR_UI_COMPLETIONS_H

#include "base/buffer.h"
#include "screen/canvas.h"

enum { COMPLETIONS_MOST = 200 };

/* Starts as {0}. */
struct completions {
	size_t from; /* offset in the line of the word that is completed, which ends at the cursor
		      */
	struct str typed;  /* that word, borrowed while words are added */
	const char *after; /* what follows a word that is the only one; static, NULL: a blank */
	char **items;      /* owned */
	size_t count, cap;
	long chosen; /* the one that stands in the line, -1: none */
};
void completions_free(struct completions *completions); /* leaves {0} */

/*
 * Adds a word when it goes on from the one typed: as bytes, ASCII case aside, or as the search
 * folds both.  One that is there, and more than COMPLETIONS_MOST, are left out.
 */
void completions_add(struct completions *completions, struct str word);

/* The start that all have, ASCII case as in the first. */
struct str completions_common(const struct completions *completions);

/* The words in one row, the chosen one in view and selected; mirrored as the interface is. */
void completions_draw(
	const struct completions *completions, struct canvas *canvas, struct rect rect);

#endif
