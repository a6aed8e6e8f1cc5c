/*
 * News-like text for measuring, the same on every machine.
 *
 * Words with their punctuation, digits among them, come from the samples of one language, but
 * for those in the script of another (the mixed text has them); a vocabulary of
 * 20,000 is made of them, the frequent first, and of coined ones (a sample word with
 * some letters taken from another).  Paragraphs of 20 to 120 words are drawn from it
 * by Zipf's law, as news repeats its words: the n-th word comes up 1/n as often as the
 * first, and 7 in 100 words are among the rarer 10,000.
 */
#ifndef KHABAR_BENCH_CORPUS_H
#define KHABAR_BENCH_CORPUS_H

#include "base/buffer.h"

struct vocabulary {
	struct str *words;
	double *weights; /* sums of 1/n */
	size_t count;
	struct buffer text; /* what the words point to */
};

/* Reads the samples whose names hold "-LANGUAGE-" in a folder.  False on failure. */
bool vocabulary_read(struct vocabulary *vocabulary, const char *folder, const char *language);
void vocabulary_free(struct vocabulary *vocabulary);

/*
 * Appends paragraphs, each ended by "\n", until `text` holds `bytes`.  Of several
 * vocabularies the first gives the language of a paragraph, in turn, and every eighth word
 * is from the next one.
 */
bool corpus_make(struct buffer *text, const struct vocabulary *const *vocabularies, size_t count,
		size_t bytes);

#endif
