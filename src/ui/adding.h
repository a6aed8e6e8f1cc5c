/* Feeds are added: by an address, or chosen from a list. */
#ifndef KHABAR_UI_ADDING_H
#define KHABAR_UI_ADDING_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct ui;

struct candidate {
	char *title, *url; /* owned; an empty url: a heading over those that follow */
	char *folder;      /* where it goes; owned */
	bool chosen;
};

/* Feeds to choose from.  Starts as {0}. */
struct candidates {
	struct candidate *items;
	size_t count, cap;
};

/* False when out of memory; *candidates is then as before. */
bool candidates_add(
	struct candidates *candidates, struct str title, struct str url, struct str folder);
void candidates_free(struct candidates *candidates); /* leaves {0} */

/* Asks for an address. */
void adding_ask(struct ui *ui);

/*
 * The reader chooses; a single one is added without asking, unless it is of those to begin
 * with (`starter`).  Takes them over; leaves {0}.
 */
void adding_offer(struct ui *ui, struct candidates *candidates, bool starter);

/* The list of feeds to start with, by language. */
void adding_starter(struct ui *ui);

/* Subscribes to all that are chosen, and fetches them; says how many are new. */
void adding_subscribe(struct ui *ui, const struct candidates *candidates);

#endif
