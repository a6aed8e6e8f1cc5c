/* Feeds to choose from, found by khabar-fetch beside the reader. */
#ifndef KHABAR_UI_SEEKING_H
#define KHABAR_UI_SEEKING_H

#include "base/buffer.h"

struct ui;

/*
 * Looks for feeds at this address; one that is found is added and fetched, of several the
 * reader chooses.  One search at a time: a new one ends the last.
 */
void seeking_page(struct ui *ui, struct str url);

/* Lets the reader choose from the feeds of an OPML file. */
void seeking_outline(struct ui *ui, const char *path);

/* The descriptor of FETCHING_SEEK_WATCH is ready. */
void seeking_take(struct ui *ui);

void seeking_stop(struct ui *ui);

/* "looking for feeds" while a search is under way, else nothing. */
void seeking_gauge(const struct ui *ui, struct buffer *out);

#endif
