/*
 * Searching beside the reader: a thread with a connection of its own, so that a key never waits.
 * A new search ends the last one at once.  While there is nothing to look for it indexes what
 * is pending, in steps that a search ends, too.
 */
#ifndef KHABAR_UI_FINDER_H
#define KHABAR_UI_FINDER_H

#include "store/search.h"

struct finder;

/* Of the store in this file.  NULL with *error. */
struct finder *finder_new(const char *path, struct error *error);
/* Ends what it is at. */
void finder_free(struct finder *finder);

/* Can be read when there is something to take; the finder's. */
int finder_fd(const struct finder *finder);

/* Looks for this text, its last word being typed or not; what was found before is forgotten. */
void finder_look(struct finder *finder, struct str text, bool typing);

/* Looks for further hits of the same text, until there are `want` in all. */
void finder_more(struct finder *finder, size_t want);

/* What was found since the last call. */
struct finder_news {
	bool fresh; /* of a new search, or the same anew: takes the place of the rows before */
	struct search_page page; /* rows that follow those before; the caller's */
	bool complete;           /* there are no more than these */
	bool searching;          /* more may come by itself */
	bool empty;              /* no word to look for */
	bool newest;             /* the newest come first, since there are many */
	char complaint[192];     /* why the text is no query, "" it is one or words alone */
	int indexed;             /* percent of the articles, 100: all */
	struct error error;      /* status 0: none */
};

/* False: nothing is new.  To be called when finder_fd() can be read. */
bool finder_take(struct finder *finder, struct finder_news *news);

#endif
