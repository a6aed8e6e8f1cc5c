/* Where the strings and lists of a parsed document live: taken bit by bit, freed at once. */
#ifndef KHABAR_FEED_MEMORY_H
#define KHABAR_FEED_MEMORY_H

#include "base/str.h"

struct feed_memory;

struct feed_memory *feed_memory_new(void); /* NULL: out of memory */
void feed_memory_free(struct feed_memory *memory);

/* `size` bytes, aligned for any type; NULL when out of memory, which memory_failed remembers. */
void *feed_memory_take(struct feed_memory *memory, size_t size);
bool feed_memory_failed(const struct feed_memory *memory);

/* A NUL-terminated copy; NULL when out of memory. */
char *feed_memory_copy(struct feed_memory *memory, struct str s);

/*
 * Makes room for one more of *count elements of `size` bytes in *array; as array_reserve(), by
 * doubling.  False when out of memory.
 */
bool feed_memory_grow(
	struct feed_memory *memory, void *array, size_t *cap, size_t count, size_t size);

#endif
