/*
 * The text of an article as the page states it beside its markup (articleBody of schema.org), as
 * a witness: which blocks it confirms, and how much of it they hold.
 */
#ifndef KHABAR_ARTICLE_WITNESS_H
#define KHABAR_ARTICLE_WITNESS_H

#include "article/blocks.h"

struct witness {
	uint64_t *shingles; /* hashes, sorted; owned */
	size_t count;
	size_t length; /* code points of the text */
};

/* False: out of memory.  Free it all the same. */
bool witness_new(struct str body, struct witness *witness);
void witness_free(struct witness *witness);

/* The share of the text that the blocks hold, 0 to 1.  Negative: out of memory. */
double witness_coverage(const struct witness *witness, const struct blocks *blocks);

/*
 * Where the blocks hold nearly all of the text, and most of what they hold is in it, leaves out
 * those that are not (headings, items of lists and code aside).  False: out of memory.
 */
bool witness_judge(const struct witness *witness, struct blocks *blocks);

#endif
