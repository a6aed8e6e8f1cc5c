/*
 * Shaped words that came before.  News repeats its words, and shaping is the dearest step of
 * a layout.  Some 12,000 words of up to 14 code points, in less than 1 MiB that is taken when
 * the first is kept.  A word has four places where it may be, so that no choice of words makes
 * a look-up slow; of these, one that was not asked for since the last search gives way.
 */
#ifndef KHABAR_TEXT_CACHE_H
#define KHABAR_TEXT_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORD_MOST = 14 }; /* code points, and glyphs */

/* A word of one script between characters that it joins with none of. */
struct word {
	uint32_t hash;
	uint8_t asked : 1; /* since its place was last wanted for another */
	uint8_t script : 2;
	uint8_t code_count; /* 0: a free place */
	uint8_t glyph_count, cluster_count;
	uint16_t codes[WORD_MOST];
	uint16_t glyphs[WORD_MOST];
	/* Of a cluster its first code point, counted from the word's start, and its glyphs. */
	struct {
		uint8_t code : 4, glyph_count : 4;
	} clusters[WORD_MOST];
};

struct word_set;

struct word_cache {
	struct word_set *sets; /* owned; NULL until the first is kept */
	bool off;
};

void word_cache_free(struct word_cache *cache);

/* Sets word->hash by script and codes. */
void word_sign(struct word *word);

/* The kept word with the codes and script of a signed one, borrowed until the next is kept; or
 * NULL. */
const struct word *word_cache_find(struct word_cache *cache, const struct word *word);

/* Keeps a copy of a signed word, or not, when there is no memory for the cache. */
void word_cache_keep(struct word_cache *cache, const struct word *word);

#endif
