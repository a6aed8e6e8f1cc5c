/*
 * The words of a search: as an expression for FTS5, and to be found in a text, both by the same
 * terms (text/tokens.h).
 */
#ifndef KHABAR_STORE_SEARCH_WORDS_H
#define KHABAR_STORE_SEARCH_WORDS_H

#include "store/search.h"

struct search_words;

/*
 * Reads up to 64 words and "phrases" (any quotes that are used for them); what is no word parts
 * words.  With `typing`, the last word also stands for all that begin with it, if it has two
 * letters, is no phrase and nothing follows.  NULL: out of memory.
 */
struct search_words *search_words_new(struct str text, bool typing);
void search_words_free(struct search_words *words);

/* Whether the text is words and phrases alone, and nothing that the query language (src/query/)
 * reads otherwise. */
bool search_words_only(struct str text);

/* Appends what an article that meets the query is lit by: its words, without those of fields other
 * than title: and what must not be there. */
void search_words_of_query(struct str text, struct buffer *out);

/* How many words and phrases. */
size_t search_words_count(const struct search_words *words);

/* How many of them come before the one that is being typed: all, if none is. */
size_t search_words_whole(const struct search_words *words);

/* The expression for MATCH: all of them.  Good as long as the words; "" when there are none. */
struct str search_words_match(const struct search_words *words);

/* The places of all of them in a text, in order, apart; *kinds (may be NULL) a bit for each of
 * the first 64 that is there.  Stops after `most` places.  -1: out of memory. */
int search_words_find(struct search_words *words, struct str text, size_t most,
	struct search_spans *spans, uint64_t *kinds);

/* Which of them the i-th span of the last search_words_find() was. */
size_t search_words_kind(const struct search_words *words, size_t span);

#endif
