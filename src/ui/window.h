/*
 * A window on a list of the store: rows by rank, of which only those near the
 * view are in memory.  One million headlines cost as much as a hundred.
 */
#ifndef KHABAR_UI_WINDOW_H
#define KHABAR_UI_WINDOW_H

#include "store/store.h"

struct window {
	struct store *store; /* borrowed */
	struct store_list list;
	struct store_page page; /* ranks base to base + page.count - 1 */
	long base;
	long count; /* rows of the whole list */
	bool fixed; /* the rows are those of `page`, and no list's */
};

/* Loads the start of the list.  0, or -1 with *error filled and nothing to free. */
int window_open(struct window *window, struct store *store, const struct store_list *list,
	struct error *error);
void window_close(struct window *window);
/* Appends rows to a window whose rows are handed to it ({.fixed = true}); leaves {0}.  False when
 * out of memory. */
bool window_add(struct window *window, struct store_page *page);

/*
 * The row of this rank, NULL when there is none (or on an error, *error filled: its
 * status is not 0).  Good until the next call; its flags may be changed to follow
 * what was done in the store.  Cheap for ranks near the last one asked for, and
 * near both ends of the list.
 */
struct store_headline *window_row(struct window *window, long rank, struct error *error);

/*
 * Loads what is around this row of the list, or around the place where it would stand.  Its
 * rank, or -1 with *error filled.
 */
long window_seek(struct window *window, const struct store_cursor *cursor, struct error *error);

/*
 * The store was changed by someone else: counts anew and loads what is around this row (the
 * start when cursor is NULL).  Its rank now, or -1 with *error filled and nothing changed.
 */
long window_refresh(
	struct window *window, const struct store_cursor *cursor, struct error *error);

#endif
