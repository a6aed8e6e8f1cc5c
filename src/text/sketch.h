/*
 * Sketches of texts: small, of one size, and enough to tell whether two texts are one story told
 * twice (wire copy that was cut, given another headline, another spelling of names) or only look
 * alike (the weather report of the next day).
 *
 * Words are folded (text/fold.h), so that nothing depends on language or spelling.  A sketch has
 *   - the smallest hashes of the text's shingles, SKETCH_WORDS words in a row (a bottom-k
 *     sketch: Broder, "On the resemblance and containment of documents", 1997).  From two of
 *     them follows which share of the shorter text stands in the longer one;
 *   - the smallest hashes of its single words, of its numbers and of the words of its title.
 *     Names and numbers are what differs between two reports written to one pattern, so they
 *     have a say of their own;
 *   - one hash of all shingles, to tell a copy word by word;
 *   - keys: hashes of some minima over all shingles (minhash).  Texts with much in common most
 *     likely share a key, others hardly ever do: an index of keys finds what is worth comparing.
 *
 * Measured on 1,000 pairs in five languages, half of which only look alike (the test of this
 * module makes them): precision 1.000, recall 0.813.  A live blog of which each issue repeats all
 * that was written before is one story to it.
 */
#ifndef KHABAR_TEXT_SKETCH_H
#define KHABAR_TEXT_SKETCH_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	SKETCH_WORDS = 2,    /* of a shingle */
	SKETCH_KEPT = 96,    /* hashes of shingles, and of words */
	SKETCH_NUMBERS = 32, /* hashes of numbers, and of words of the title */
	SKETCH_KEYS = 12,
	SKETCH_LEAST = 12,      /* different words of a text that can be told from others */
	SKETCH_READ = 48 << 10, /* bytes of a text that are looked at */
};

/* Hashes, the smallest of a set, ascending. */
struct sketch_set {
	uint32_t hashes[SKETCH_KEPT];
	uint32_t count; /* of hashes */
	uint32_t total; /* of the whole set */
};

struct sketch {
	struct sketch_set shingles, words;
	struct sketch_set numbers, title; /* SKETCH_NUMBERS at most */
	uint32_t whole;                   /* hash of all shingles; 0: none */
	uint64_t keys[SKETCH_KEYS];
};

enum { SKETCH_PACKED = (2 * SKETCH_KEPT + 2 * SKETCH_NUMBERS + 2 * 4 + 1) * 4 };

/*
 * The sketch of a plain text (any bytes); of the title alone where there is no more text than
 * that.  False, with an empty sketch, when there are too few words or there is no memory.
 */
bool sketch_make(struct sketch *sketch, struct str title, struct str text);

/* How much two texts have in common, in percent of what the shorter has. */
struct sketch_likeness {
	int shingles, words, title;
	int numbers; /* 100 when it has none */
	int length;  /* the shorter, in percent of the longer */
};
struct sketch_likeness sketch_compare(const struct sketch *a, const struct sketch *b);

/* Whether they are one story.  Rather no than wrong: precision before recall. */
bool sketch_same(const struct sketch *a, const struct sketch *b);

/* As bytes for a store, without the keys: how many were written; and back, false when broken. */
size_t sketch_pack(const struct sketch *sketch, unsigned char bytes[SKETCH_PACKED]);
bool sketch_unpack(struct sketch *sketch, struct str bytes);

#endif
