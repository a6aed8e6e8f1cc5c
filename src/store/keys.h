/* The keys of the rows of a page, merged from several streams: for src/store/ alone. */
#ifndef KHABAR_STORE_KEYS_H
#define KHABAR_STORE_KEYS_H

#include "store/store.h"

/* The nearest to its start first. */
struct keys {
	struct store_cursor *items; /* owned */
	size_t count, cap, limit;
	struct store_cursor start; /* excluded */
	bool before;               /* the way from the start leads to what is newer */
	bool turned;               /* the page has the nearest last */
};

/* Whether a comes earlier than b on the way from the start. */
bool keys_nearer(const struct keys *keys, struct store_cursor a, struct store_cursor b);

/* Where a key that is not before `from` belongs; limit when that is beyond the page. */
size_t keys_place(const struct keys *keys, size_t from, struct store_cursor key);

/* Makes room by letting the farthest go.  False when out of memory. */
bool keys_insert(struct keys *keys, size_t at, struct store_cursor key);

#endif
