/*
 * Live search: a list of headlines that narrows with each key of the prompt below it.  Enter
 * gives it the keys, Esc goes back to where one came from.
 */
#ifndef KHABAR_UI_SEARCH_H
#define KHABAR_UI_SEARCH_H

#include "store/search.h"

struct ui;
struct view;
struct canvas;
struct rect;

/* Asks for words; with the results on top already, for others. */
void searching_open(struct ui *ui);

/* Keeps what is searched for as a list; asks for a query where `view` has no results. */
void searching_keep(struct ui *ui, const struct view *view);

/*
 * Where the words of the search are in a text, when `view` has its results; none otherwise.  -1:
 * out of memory.
 */
int searching_places(
	struct ui *ui, const struct view *view, struct str text, struct search_spans *spans);

/* The descriptor of SEARCHING_WATCH is ready. */
void searching_take(struct ui *ui);

/* Lights the places of a text in the cells that it was just drawn to (row 1 of rect). */
void searching_light(
	struct canvas *canvas, const struct rect *rect, const struct search_spans *spans);

#endif
