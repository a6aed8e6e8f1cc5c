/* The spans of a block as the text engine wants them: flat runs of style, and isolates. */
#ifndef KHABAR_ARTICLE_RUNS_H
#define KHABAR_ARTICLE_RUNS_H

#include "article/document.h"

/* Offsets are bytes of the text that is laid out.  Starts as {0}; both arrays are owned. */
struct runs {
	struct text_run *runs;
	size_t run_count, run_cap;
	struct text_isolate *isolates;
	size_t isolate_count, isolate_cap;
};

/* A piece of a block, and where it stands in the text that is laid out. */
struct runs_piece {
	size_t start, end; /* bytes of the document, in the block */
	size_t at;         /* byte of the text that `start` is laid out at */
};

/*
 * `spans` are the block's, cut at the borders of the piece; `style` is that of struct
 * page_options, or NULL.  What is made is appended.  False when out of memory; runs_free() is
 * to be called in any case.
 */
bool runs_add(struct runs *runs, const struct block *block, const struct span *spans,
	const struct runs_piece *piece,
	uint16_t (*style)(const struct block *block, unsigned span_flags));
void runs_free(struct runs *runs);

#endif
