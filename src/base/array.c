#include "base/array.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool array_reserve(void *array, size_t *cap, size_t need, size_t size)
{
	if (need <= *cap)
		return true;
	size_t grown = *cap ? *cap : 8;
	while (grown < need) {
		if (grown > SIZE_MAX / 2)
			return false;
		grown *= 2;
	}
	if (grown > SIZE_MAX / size)
		return false;
	void *block;
	memcpy(&block, array, sizeof block);
	block = realloc(block, grown * size);
	if (!block)
		return false;
	memcpy(array, &block, sizeof block);
	*cap = grown;
	return true;
}
