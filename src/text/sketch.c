#include "text/sketch.h"

#include "base/array.h"
#include "base/hash.h"
#include "text/fold.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = 2 /* minima of a key */ };

/* ---- making ------------------------------------------------------------- */

/* All hashes of one kind, before the smallest are chosen. */
struct bag {
	uint32_t *items;
	size_t count, cap;
};

struct maker {
	struct bag shingles, words, numbers, title;
	uint64_t last[SKETCH_WORDS]; /* hashes of the latest words, in a ring */
	size_t seen;                 /* words */
	bool failed;
};

static void bag_add(struct maker *m, struct bag *bag, uint64_t hash)
{
	if (array_reserve(&bag->items, &bag->cap, bag->count + 1, sizeof *bag->items))
		bag->items[bag->count++] = (uint32_t)(hash >> 32 ^ hash);
	else
		m->failed = true;
}

static bool is_number(struct str word)
{
	for (size_t i = 0; i < word.len; i++) {
		if (word.ptr[i] < '0' || word.ptr[i] > '9')
			return false;
	}
	return true;
}

static void add_word(struct maker *m, struct str word)
{
	uint64_t shingle = HASH_START, hash = hash_text(HASH_START, word);
	m->last[m->seen++ % SKETCH_WORDS] = hash;
	bag_add(m, is_number(word) ? &m->numbers : &m->words, hash);
	if (m->seen < SKETCH_WORDS)
		return;
	for (size_t i = 0; i < SKETCH_WORDS; i++)
		shingle = hash_number(shingle, m->last[(m->seen + i) % SKETCH_WORDS]);
	bag_add(m, &m->shingles, shingle);
}

static void add_title_word(struct maker *m, struct str word)
{
	bag_add(m, &m->title, hash_text(HASH_START, word));
}

static void add(struct maker *m, struct str text, void take(struct maker *m, struct str word))
{
	struct fold fold = {0};
	struct fold_hit word;
	size_t at = 0;
	if (fold_text(str_slice(text, 0, SKETCH_READ), &fold) < 0)
		m->failed = true;
	while (fold_next_word(&fold, &at, &word))
		take(m, word.text);
	fold_free(&fold);
}

static int compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

/* Sorts, leaves each hash once, and keeps the smallest. */
static void choose(struct bag *bag, struct sketch_set *set, size_t most)
{
	size_t kept = 0;
	if (bag->count > 0)
		qsort(bag->items, bag->count, sizeof *bag->items, compare);
	for (size_t i = 0; i < bag->count; i++) {
		if (i == 0 || bag->items[i] != bag->items[i - 1])
			bag->items[kept++] = bag->items[i];
	}
	bag->count = kept;
	set->total = (uint32_t)kept;
	set->count = (uint32_t)(kept < most ? kept : most);
	if (kept > 0)
		memcpy(set->hashes, bag->items, set->count * sizeof *set->hashes);
}

/* Of those that choose() has sorted. */
static uint32_t hash_whole(const struct bag *shingles)
{
	uint64_t hash = HASH_START;
	for (size_t i = 0; i < shingles->count; i++)
		hash = hash_number(hash, shingles->items[i]);
	hash ^= hash >> 32;
	return (uint32_t)hash ? (uint32_t)hash : 1;
}

/* Minhash: a key for each ROWS minima, each under an order of its own. */
static void make_keys(const struct bag *shingles, uint64_t keys[SKETCH_KEYS])
{
	uint64_t least[SKETCH_KEYS * ROWS];
	memset(least, 0xff, sizeof least);
	for (size_t i = 0; i < shingles->count; i++) {
		for (size_t k = 0; k < SKETCH_KEYS * ROWS; k++) {
			uint64_t hash = hash_number(HASH_START + k, shingles->items[i]);
			least[k] = hash < least[k] ? hash : least[k];
		}
	}
	for (size_t k = 0; k < SKETCH_KEYS; k++) {
		keys[k] = hash_number(HASH_START, k);
		for (size_t row = 0; row < ROWS; row++)
			keys[k] = hash_number(keys[k], least[k * ROWS + row]);
	}
}

bool sketch_make(struct sketch *sketch, struct str title, struct str text)
{
	struct maker m = {0};
	*sketch = (struct sketch){0};
	add(&m, text, add_word);
	if (m.seen < SKETCH_LEAST)
		add(&m, title, add_word);
	add(&m, title, add_title_word);
	choose(&m.shingles, &sketch->shingles, SKETCH_KEPT);
	choose(&m.words, &sketch->words, SKETCH_KEPT);
	choose(&m.numbers, &sketch->numbers, SKETCH_NUMBERS);
	choose(&m.title, &sketch->title, SKETCH_NUMBERS);
	bool good = !m.failed && sketch->words.total >= SKETCH_LEAST;
	sketch->whole = hash_whole(&m.shingles);
	if (good)
		make_keys(&m.shingles, sketch->keys);
	else
		*sketch = (struct sketch){0};
	free(m.shingles.items);
	free(m.words.items);
	free(m.numbers.items);
	free(m.title.items);
	return good;
}

/* ---- comparing ---------------------------------------------------------- */

/*
 * Which share of the smaller set is in the other, in percent.  The smallest hashes of the union
 * of both are a sample of it; what of the sample is in both tells the share in common.
 */
static int share(const struct sketch_set *a, const struct sketch_set *b, size_t most)
{
	size_t sample = 0, common = 0, i = 0, k = 0;
	size_t least = a->total < b->total ? a->total : b->total;
	if (least == 0)
		return 100;
	while (sample < most && (i < a->count || k < b->count)) {
		bool first = k == b->count || (i < a->count && a->hashes[i] <= b->hashes[k]);
		bool second = i == a->count || (k < b->count && b->hashes[k] <= a->hashes[i]);
		common += first && second;
		i += first;
		k += second;
		sample++;
	}
	/* |A and B| = J / (1 + J) * (|A| + |B|), J = common / sample */
	double both = (double)common / (double)(sample + common) * ((double)a->total + b->total);
	double part = 100 * both / (double)least;
	return part > 100 ? 100 : (int)(part + 0.5);
}

struct sketch_likeness sketch_compare(const struct sketch *a, const struct sketch *b)
{
	struct sketch_likeness like;
	uint32_t x = a->shingles.total, y = b->shingles.total;
	like.shingles = share(&a->shingles, &b->shingles, SKETCH_KEPT);
	like.words = share(&a->words, &b->words, SKETCH_KEPT);
	like.numbers = share(&a->numbers, &b->numbers, SKETCH_NUMBERS);
	like.title = share(&a->title, &b->title, SKETCH_NUMBERS);
	like.length = x == 0 || y == 0 ? 0 : (int)(x < y ? 100 * x / y : 100 * y / x);
	return like;
}

/* The smaller number of elements. */
static uint32_t smaller(const struct sketch_set *a, const struct sketch_set *b)
{
	return a->total < b->total ? a->total : b->total;
}

/* What two texts must have in common to be one story, in percent. */
static const struct bounds {
	uint32_t numbers_least; /* how many numbers, and words of a title, the shorter has */
	uint32_t title_least;
	struct sketch_likeness like;
} bounds[] = {
	/* Numbers that agree say much. */
	{.numbers_least = 3, .like = {.numbers = 75, .shingles = 55, .words = 60, .length = 35}},
	/* Without them, reports of one pattern differ in some names alone, which titles tell. */
	{.title_least = 4,
		.like = {.numbers = 75, .shingles = 97, .words = 98, .title = 100, .length = 50}},
};

bool sketch_same(const struct sketch *a, const struct sketch *b)
{
	struct sketch_likeness like = sketch_compare(a, b);
	if (smaller(&a->words, &b->words) < SKETCH_LEAST)
		return false;
	if (a->whole == b->whole)
		return true;
	for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
		const struct sketch_likeness *least = &bounds[i].like;
		if (smaller(&a->numbers, &b->numbers) >= bounds[i].numbers_least &&
			smaller(&a->title, &b->title) >= bounds[i].title_least &&
			like.numbers >= least->numbers && like.shingles >= least->shingles &&
			like.words >= least->words && like.title >= least->title &&
			like.length >= least->length)
			return true;
	}
	return false;
}

/* ---- bytes -------------------------------------------------------------- */

static unsigned char *put(unsigned char *at, uint32_t number)
{
	for (int shift = 0; shift < 32; shift += 8)
		*at++ = (unsigned char)(number >> shift);
	return at;
}

static uint32_t get(const char *at)
{
	uint32_t number = 0;
	for (int i = 3; i >= 0; i--)
		number = number << 8 | (unsigned char)at[i];
	return number;
}

/* Little-endian: count, total, hashes of each set; the whole. */
size_t sketch_pack(const struct sketch *sketch, unsigned char bytes[SKETCH_PACKED])
{
	const struct sketch_set *const sets[] = {
		&sketch->shingles, &sketch->words, &sketch->numbers, &sketch->title};
	unsigned char *at = bytes;
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		at = put(put(at, sets[i]->count), sets[i]->total);
		for (uint32_t k = 0; k < sets[i]->count; k++)
			at = put(at, sets[i]->hashes[k]);
	}
	return (size_t)(put(at, sketch->whole) - bytes);
}

bool sketch_unpack(struct sketch *sketch, struct str bytes)
{
	struct sketch_set *const sets[] = {
		&sketch->shingles, &sketch->words, &sketch->numbers, &sketch->title};
	*sketch = (struct sketch){0};
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		if (bytes.len < 8)
			return false;
		uint32_t count = get(bytes.ptr), total = get(bytes.ptr + 4);
		bytes = str_slice(bytes, 8, bytes.len);
		if (count > SKETCH_KEPT || count > total || bytes.len / 4 < count)
			return false;
		for (uint32_t k = 0; k < count; k++)
			sets[i]->hashes[k] = get(bytes.ptr + 4 * (size_t)k);
		sets[i]->count = count;
		sets[i]->total = total;
		bytes = str_slice(bytes, 4 * (size_t)count, bytes.len);
	}
	sketch->whole = bytes.len == 4 ? get(bytes.ptr) : 0;
	return sketch->whole != 0;
}
