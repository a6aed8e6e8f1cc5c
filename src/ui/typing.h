/*
 * From keys to actions: a count ("5 j"), a key, or a sequence of keys that has begun.  There is
 * no clock in it: a sequence waits for its next key as long as it takes, Esc leaves it.
 */
#ifndef KHABAR_UI_TYPING_H
#define KHABAR_UI_TYPING_H

#include "screen/canvas.h"
#include "ui/keys.h"

enum { TYPING_MOST = 999 }; /* a larger count is this one */

/* Where digits are counts, as [ui] counts says it. */
enum typing_counts {
	TYPING_COUNTS_LISTS, /* where they are not bound */
	TYPING_COUNTS_YES,   /* before what they are bound to */
	TYPING_COUNTS_NO,
};

/* Their names; NULL at the end. */
extern const char *const typing_counts_names[];

/* What has begun; {0}: nothing. */
struct typing {
	uint32_t keys[SEQUENCE_KEYS];
	int count;   /* of keys */
	long number; /* typed before them; 0: none */
};

enum typing_state {
	TYPING_DONE,    /* the actions are there */
	TYPING_WAITS,   /* more is to come */
	TYPING_UNBOUND, /* the keys mean nothing */
	TYPING_LEFT,    /* Esc: what had begun is forgotten */
};

struct typed {
	enum action actions[SEQUENCE_ACTIONS];
	int count;
	long times; /* as counted; 0: no count was given */
};

/* Takes a key in a view; only TYPING_WAITS leaves something in *typing. */
enum typing_state typing_take(struct typing *typing, const struct keymap *keymap, uint32_t key,
	enum key_view views, enum typing_counts counts, struct typed *typed);

bool typing_has_begun(const struct typing *typing);

/* What has been typed: "5 g". */
void typing_write(const struct typing *typing, struct buffer *out);

/* Whether the sequence can go on from what was typed in these views. */
bool typing_leads_to(
	const struct typing *typing, const struct sequence *sequence, enum key_view views);

/* Whether doing it several times is of use: moving on, and what moves on by itself. */
bool typing_repeats(enum action action);

/* What may follow, one in a row, over the last rows of the area. */
void typing_draw(const struct typing *typing, const struct keymap *keymap, enum key_view views,
	struct canvas *canvas, struct rect area);

#endif
