/* Growing arrays of any element type. */
#ifndef KHABAR_BASE_ARRAY_H
#define KHABAR_BASE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Makes sure that *array (a malloc'ed block of *cap elements, or NULL and 0) has
 * room for `need` elements of `size` bytes; grows by doubling.  False when out of
 * memory, *array and *cap then being as before.  Call it as
 * array_reserve(&items, &cap, count + 1, sizeof *items).
 */
bool array_reserve(void *array, size_t *cap, size_t need, size_t size);

#endif
