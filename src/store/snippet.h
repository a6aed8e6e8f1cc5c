/* The place of a text that shows why it was found. */
#ifndef KHABAR_STORE_SNIPPET_H
#define KHABAR_STORE_SNIPPET_H

#include "store/search-words.h"

enum { SNIPPET_LETTERS = 160 /* code points, about */ };

/*
 * Appends to *out, on one line and in logical order, the part of the text with the most of the
 * words, its start when it has none; "..." stands where words were left out.  *spans gets their
 * places in what was appended.  Only the first 256 KiB are looked at.  -1: out of memory.
 */
int snippet_make(struct search_words *words, struct str text, struct buffer *out,
	struct search_spans *spans);

#endif
