#include "base/hash.h"

#include <string.h>

/* Multiplying by an odd number and folding the upper half down lose nothing. */
uint64_t hash_number(uint64_t hash, uint64_t number)
{
	hash = (hash ^ number) * UINT64_C(0xFF51AFD7ED558CCD);
	return hash ^ hash >> 32;
}

uint64_t hash_text(uint64_t hash, struct str text)
{
	uint64_t word;
	size_t i = 0;
	hash = hash_number(hash, text.len);
	for (; text.len - i >= sizeof word; i += sizeof word) {
		memcpy(&word, text.ptr + i, sizeof word);
		hash = hash_number(hash, word);
	}
	if (i == text.len)
		return hash;
	word = 0;
	memcpy(&word, text.ptr + i, text.len - i);
	return hash_number(hash, word);
}
