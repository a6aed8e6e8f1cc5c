/*
 * Keys of a line of text (ui/edit.h): arrows, and those of Emacs and readline.  What is cut is
 * kept, the latest EDIT_KILLS, for this line and those that are edited after it.
 */
#ifndef KHABAR_UI_EDIT_KEYS_H
#define KHABAR_UI_EDIT_KEYS_H

#include "ui/edit.h"

enum { EDIT_KILLS = 8 };

/* What was cut, the latest first; starts as {0}. */
struct edit_kills {
	char *items[EDIT_KILLS]; /* owned */
	size_t count;
	bool cutting; /* the key before cut: the next cut is joined to it */
	bool pasted;  /* the key before put items[turn] back */
	size_t turn;
};
void edit_kills_free(struct edit_kills *kills); /* leaves {0} */

enum edit_result {
	EDIT_UNKNOWN, /* the key means nothing in a line of text */
	EDIT_MOVED,   /* the text is as it was */
	EDIT_CHANGED,
};

/*
 * What there is for a help: the text of a row, marked for gettext, and its keys, a 0 behind the
 * last one.  NULL behind the last row.
 */
const char *edit_keys_row(size_t index, const uint32_t **keys);

/* Takes a key (screen/screen.h). */
enum edit_result edit_key(struct edit *edit, struct edit_kills *kills, uint32_t key);

#endif
