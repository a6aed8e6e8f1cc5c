#include "article/witness.h"

#include "base/utf8.h"
#include "text/fold.h"

#include <stdlib.h>

#define SHINGLE 20          /* bytes of folded text that are compared together */
#define LENGTH_MIN 250      /* code points of a text that can bear witness */
#define CONFIRMED 0.3       /* of its shingles, that make a block part of the text */
#define COVERAGE_MIN 0.8
#define STRANGE_MAX 0.4     /* of all text, that the witness may not know */

/* Folded, without blanks: quotation marks and white space differ between the two. */
static void add_letters(struct str text, struct buffer *out)
{
	struct buffer words = {0};
	fold_words(text, &words);
	for (size_t i = 0; i < words.len; i++) {
		if (words.data[i] != ' ')
			buffer_byte(out, words.data[i]);
	}
	out->failed |= words.failed;
	buffer_free(&words);
}

/* Hashes of all runs of SHINGLE bytes, as a polynomial that rolls. */
static size_t hash_runs(struct str text, uint64_t *hashes)
{
	const uint64_t base = UINT64_C(0x100000001b3);
	uint64_t hash = 0, power = 1;
	size_t count = 0;
	for (size_t i = 0; i < SHINGLE; i++)
		power *= base;
	for (size_t i = 0; i < text.len; i++) {
		hash = hash * base + (unsigned char)text.ptr[i] + 1;
		if (i >= SHINGLE)
			hash -= power * ((unsigned char)text.ptr[i - SHINGLE] + UINT64_C(1));
		if (i + 1 >= SHINGLE)
			hashes[count++] = hash;
	}
	return count;
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

bool witness_new(struct str body, struct witness *w)
{
	struct buffer letters = {0};
	*w = (struct witness){.length = utf8_length(body)};
	if (w->length < LENGTH_MIN)
		return true;
	add_letters(body, &letters);
	w->shingles = malloc((letters.len + 1) * sizeof *w->shingles);
	bool good = w->shingles && !letters.failed;
	if (good) {
		size_t count = hash_runs(buffer_view(&letters), w->shingles);
		qsort(w->shingles, count, sizeof *w->shingles, by_value);
		for (size_t i = 0; i < count; i++) {
			if (w->count == 0 || w->shingles[w->count - 1] != w->shingles[i])
				w->shingles[w->count++] = w->shingles[i];
		}
	}
	buffer_free(&letters);
	return good;
}

void witness_free(struct witness *w)
{
	free(w->shingles);
	*w = (struct witness){0};
}

/* How many shingles of a block the witness knows, and marks those in `seen` (or NULL). */
static bool ask(const struct witness *w, struct str text, unsigned char *seen, size_t *known,
		size_t *all)
{
	struct buffer letters = {0};
	add_letters(text, &letters);
	uint64_t *hashes = malloc((letters.len + 1) * sizeof *hashes);
	bool good = hashes && !letters.failed;
	*known = 0;
	*all = good ? hash_runs(buffer_view(&letters), hashes) : 0;
	for (size_t i = 0; i < *all; i++) {
		const uint64_t *hit = bsearch(
				&hashes[i], w->shingles, w->count, sizeof *hashes, by_value);
		*known += hit != NULL;
		if (hit && seen)
			seen[hit - w->shingles] = 1;
	}
	free(hashes);
	buffer_free(&letters);
	return good;
}

double witness_coverage(const struct witness *w, const struct blocks *b)
{
	unsigned char *seen = calloc(w->count + 1, 1);
	bool good = seen != NULL;
	size_t known, all, sum = 0;
	for (size_t i = 0; i < b->count && good && w->count > 0; i++)
		good = !b->items[i].keep || ask(w, blocks_text(b, i), seen, &known, &all);
	for (size_t i = 0; i < w->count && good; i++)
		sum += seen[i];
	free(seen);
	if (!good)
		return -1;
	return w->count ? (double)sum / (double)w->count : 0;
}

bool witness_judge(const struct witness *w, struct blocks *b)
{
	double coverage = w->count ? witness_coverage(w, b) : 0;
	if (coverage < COVERAGE_MIN)
		return coverage >= 0;
	bool *strange = calloc(b->count + 1, sizeof *strange), good = strange != NULL;
	size_t unknown = 0, total = 0;
	for (size_t i = 0; i < b->count && good; i++) {
		const struct block_item *item = &b->items[i];
		size_t known, all;
		good = ask(w, blocks_text(b, i), NULL, &known, &all);
		bool judged = item->keep && !item->heading && !item->row && !item->pre && all > 0;
		strange[i] = judged && (double)known < CONFIRMED * (double)all;
		total += item->keep ? item->length : 0;
		unknown += strange[i] ? item->length : 0;
	}
	bool believed = good && (double)unknown <= STRANGE_MAX * (double)total;
	for (size_t i = 0; i < b->count && believed; i++)
		b->items[i].keep &= !strange[i];
	free(strange);
	return good;
}
