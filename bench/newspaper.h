/*
 * Articles for measuring search: made-up words of Arabic, Persian, Hebrew and Latin letters whose
 * frequencies fall as those of a language do (the word of rank r is met as often as 1/r says), so
 * that there are words in nearly every article and words in a single one.  The same number always
 * gives the same article.
 */
#ifndef KHABAR_BENCH_NEWSPAPER_H
#define KHABAR_BENCH_NEWSPAPER_H

#include "store/store.h"

#include "base/buffer.h"

enum {
	NEWSPAPER_LANGUAGES = 4, /* Arabic, Persian, Hebrew, English */
	NEWSPAPER_WORDS = 60000, /* of each language */
	NEWSPAPER_FEEDS = 50,
};

struct newspaper {
	struct buffer guid, title, text, html; /* of the last article */
	uint64_t seed;
};

/* Appends the word of this rank, from 0, the most frequent one. */
void newspaper_word(struct buffer *out, int language, uint32_t rank);

/*
 * The article of this number, with views into *newspaper that are good until the next one; its
 * feed is `number` % NEWSPAPER_FEEDS, `text` its words without tags.  `words`: about how long.
 * False when out of memory.
 */
bool newspaper_article(
	struct newspaper *newspaper, int64_t number, int words, struct store_new_article *article);
void newspaper_free(struct newspaper *newspaper);

#endif
