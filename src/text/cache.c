#include "text/cache.h"

#include <stdlib.h>
#include <string.h>

enum { WAYS = 4, SETS = 3120 };

/* The places of the words with like hashes; these are together so that a look reads little. */
struct word_set {
	uint32_t hashes[WAYS];
	struct word words[WAYS];
};

_Static_assert(sizeof(struct word_set) * SETS <= 1 << 20, "the cache is within 1 MiB");

void word_cache_free(struct word_cache *cache)
{
	free(cache->sets);
	cache->sets = NULL;
}

void word_sign(struct word *word)
{
	uint32_t hash = word->script;
	for (size_t i = 0; i < word->code_count; i++)
		hash = (hash ^ word->codes[i]) * 0x9E3779B1u;
	word->hash = hash ^ hash >> 15;
}

static struct word_set *set_of(const struct word_cache *cache, const struct word *word)
{
	return &cache->sets[(uint64_t)word->hash * SETS >> 32];
}

const struct word *word_cache_find(struct word_cache *cache, const struct word *word)
{
	if (!cache->sets)
		return NULL;
	struct word_set *set = set_of(cache, word);
	for (size_t i = 0; i < WAYS; i++) {
		struct word *w = &set->words[i];
		if (set->hashes[i] == word->hash && w->code_count == word->code_count &&
			w->script == word->script &&
			memcmp(w->codes, word->codes, word->code_count * sizeof *w->codes) == 0) {
			w->asked = 1;
			return w;
		}
	}
	return NULL;
}

void word_cache_keep(struct word_cache *cache, const struct word *word)
{
	if (cache->off)
		return;
	if (!cache->sets)
		cache->sets = calloc(SETS, sizeof *cache->sets);
	if (!cache->sets)
		return;
	struct word_set *set = set_of(cache, word);
	size_t way = 0;
	while (way < WAYS - 1 && set->words[way].asked) {
		set->words[way].asked = 0;
		way++;
	}
	set->hashes[way] = word->hash;
	set->words[way] = *word;
}
