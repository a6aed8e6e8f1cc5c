/* The spans of a block as the text engine wants them: flat runs of style, and isolates. */
#ifndef KHABAR_ARTICLE_RUNS_H
#define KHABAR_ARTICLE_RUNS_H

#include "article/document.h"

/* Offsets are bytes from the start of the block.  Both arrays are owned. */
struct runs {
	struct text_run *runs;
	size_t run_count, run_cap;
	struct text_isolate *isolates;
	size_t isolate_count;
};

/*
 * `spans` are the block's; `style` is that of struct page_options, or NULL.
 * False when out of memory, *runs then holding nothing.
 */
bool runs_make(struct runs *runs, const struct block *block, const struct span *spans,
	uint16_t (*style)(const struct block *block, unsigned span_flags));
void runs_free(struct runs *runs);

#endif
