#include "feed/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK ((size_t)64 << 10)

struct chunk {
	struct chunk *before;
	size_t used, size;
	_Alignas(16) char data[];
};

struct feed_memory {
	struct chunk *last;
	bool failed;
};

struct feed_memory *feed_memory_new(void)
{
	return calloc(1, sizeof(struct feed_memory));
}

void feed_memory_free(struct feed_memory *memory)
{
	struct chunk *chunk = memory ? memory->last : NULL;
	while (chunk) {
		struct chunk *before = chunk->before;
		free(chunk);
		chunk = before;
	}
	free(memory);
}

bool feed_memory_failed(const struct feed_memory *memory)
{
	return memory->failed;
}

/* A chunk with room for `size` bytes at its end. */
static struct chunk *chunk_for(struct feed_memory *memory, size_t size)
{
	struct chunk *last = memory->last;
	if (last && last->size - last->used >= size)
		return last;
	bool alone = size > CHUNK / 4; /* keeps what is left of the last one in use */
	struct chunk *chunk = malloc(sizeof *chunk + (alone ? size : CHUNK));
	if (!chunk)
		return NULL;
	*chunk = (struct chunk){.size = alone ? size : CHUNK};
	if (alone && last) {
		chunk->before = last->before;
		last->before = chunk;
	} else {
		chunk->before = last;
		memory->last = chunk;
	}
	return chunk;
}

void *feed_memory_take(struct feed_memory *memory, size_t size)
{
	struct chunk *chunk = NULL;
	if (size <= SIZE_MAX / 2)
		chunk = chunk_for(memory, (size + 15) & ~(size_t)15);
	if (!chunk) {
		memory->failed = true;
		return NULL;
	}
	void *taken = chunk->data + chunk->used;
	chunk->used += (size + 15) & ~(size_t)15;
	return taken;
}

char *feed_memory_copy(struct feed_memory *memory, struct str s)
{
	char *copy = feed_memory_take(memory, s.len + 1);
	if (!copy)
		return NULL;
	if (s.len > 0)
		memcpy(copy, s.ptr, s.len);
	copy[s.len] = '\0';
	return copy;
}

bool feed_memory_grow(
	struct feed_memory *memory, void *array, size_t *cap, size_t count, size_t size)
{
	void **items = array;
	if (count < *cap)
		return true;
	size_t more = *cap ? *cap * 2 : 4;
	void *grown = more > SIZE_MAX / 2 / size ? NULL : feed_memory_take(memory, more * size);
	if (!grown) {
		memory->failed = true;
		return false;
	}
	if (count > 0)
		memcpy(grown, *items, count * size);
	*items = grown;
	*cap = more;
	return true;
}
