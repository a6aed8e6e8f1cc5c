/* Which way a block of text runs. */
#ifndef KHABAR_ARTICLE_JUDGE_H
#define KHABAR_ARTICLE_JUDGE_H

#include "article/document.h"

/*
 * The direction of bytes start to end of a document, which lie in `block`, by their letters
 * (UAX #9, P2), with two exceptions that writers count on.  A mark (LRM, RLM, ALM) before the first
 * letter decides only where there are letters that run its way: a stray one does not flip
 * a paragraph.  Where a text starts with a word of the other direction but most of it runs as the
 * `fallback` does, that wins.  What stands in isolates is not looked at.  TEXT_AUTO: no letters.
 */
enum text_direction judge_direction(const struct document *document, const struct block *block,
	size_t start, size_t end, enum text_direction fallback);

#endif
