#include "memory.h"

#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>

static bool counting;
static ptrdiff_t now, peak;

bool memory_counted(void)
{
#ifdef __GLIBC__
	return true;
#else
	return false;
#endif
}

void memory_start(void)
{
	now = peak = 0;
	counting = true;
}

void memory_stop(void)
{
	counting = false;
}

size_t memory_now(void)
{
	return now > 0 ? (size_t)now : 0;
}

size_t memory_peak(void)
{
	return (size_t)peak;
}

#ifdef __GLIBC__

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void __libc_free(void *block);

static void *count(void *block)
{
	if (counting && block) {
		now += (ptrdiff_t)malloc_usable_size(block);
		if (now > peak)
			peak = now;
	}
	return block;
}

static void uncount(void *block)
{
	if (counting && block)
		now -= (ptrdiff_t)malloc_usable_size(block);
}

void *malloc(size_t size)
{
	return count(__libc_malloc(size));
}

void *calloc(size_t items, size_t size)
{
	return count(__libc_calloc(items, size));
}

/* Where a block cannot grow in place the old one is there until it is copied. */
void *realloc(void *block, size_t size)
{
	size_t before = counting && block ? malloc_usable_size(block) : 0;
	void *moved = __libc_realloc(block, size);
	if (!moved && size > 0)
		return NULL;
	now -= (ptrdiff_t)before;
	return count(moved);
}

void free(void *block)
{
	uncount(block);
	__libc_free(block);
}

#endif
