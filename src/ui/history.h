/*
 * What was typed at prompts, by kind of prompt, kept across runs: a text file of one line each,
 * "KIND TEXT", the oldest first.  Bounded, no text of a kind twice.  Readers that run at once
 * share it: what is added goes to the file as it is then.
 */
#ifndef KHABAR_UI_HISTORY_H
#define KHABAR_UI_HISTORY_H

#include "base/str.h"

enum {
	HISTORY_MOST = 100,    /* of a kind */
	HISTORY_LONGEST = 512, /* bytes; longer ones are not kept */
};

struct history;

/* Of this file (copied; NULL: none, kept in memory alone).  NULL when out of memory. */
struct history *history_new(const char *path);
void history_free(struct history *history); /* NULL is fine */

/*
 * Keeps a text, one line, for a kind (one word).  What is blank or begins with a blank is not
 * kept, nor is an address with a password in it.  A file that cannot be written is left alone.
 */
void history_add(struct history *history, const char *kind, struct str text);

/*
 * The text number `nth` of a kind, from the latest (1) back, of those that begin with `start`
 * and are longer.  NULL when there are not so many; else good until the next call.
 */
const char *history_find(struct history *history, const char *kind, struct str start, size_t nth);

#endif
