#include "store/keys.h"

#include "base/array.h"

#include <string.h>

/* Whether a comes earlier than b on the way from the start. */
bool keys_nearer(const struct keys *keys, struct store_cursor a, struct store_cursor b)
{
	if (a.sort != b.sort)
		return keys->before ? a.sort < b.sort : a.sort > b.sort;
	return keys->before ? a.id < b.id : a.id > b.id;
}

/* Where a key that is not before `from` belongs; limit when that is beyond the page. */
size_t keys_place(const struct keys *keys, size_t from, struct store_cursor key)
{
	size_t low = from, high = keys->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (keys_nearer(keys, keys->items[middle], key))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool keys_insert(struct keys *keys, size_t at, struct store_cursor key)
{
	if (keys->count == keys->limit)
		keys->count--; /* the farthest has to go */
	if (!array_reserve(&keys->items, &keys->cap, keys->count + 1, sizeof *keys->items))
		return false;
	memmove(keys->items + at + 1, keys->items + at, (keys->count - at) * sizeof *keys->items);
	keys->items[at] = key;
	keys->count++;
	return true;
}
