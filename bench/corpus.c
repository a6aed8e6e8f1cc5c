#include "corpus.h"

#include "article/document.h"
#include "base/array.h"
#include "base/utf8.h"

#include <glob.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

enum { WORDS = 20000, SHORTEST = 20, LONGEST = 120, OTHER_LANGUAGE = 8 };

/* A linear congruential generator: the same numbers everywhere. */
static uint32_t next(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33);
}

static bool read_file(const char *path, struct buffer *out)
{
	FILE *file = fopen(path, "r");
	if (!file)
		return false;
	char piece[4096];
	size_t got;
	while ((got = fread(piece, 1, sizeof piece, file)) > 0)
		buffer_add(out, piece, got);
	fclose(file);
	return !out->failed;
}

/* The text of a sample's blocks, as the reader would show it. */
static bool add_sample(const char *path, struct buffer *text)
{
	struct buffer html = {0};
	struct document *document = NULL;
	if (read_file(path, &html))
		document = document_from_html(buffer_view(&html), TEXT_AUTO, NULL);
	if (document)
		buffer_add(text, document->text, document->len);
	document_free(document);
	buffer_free(&html);
	return document && !text->failed;
}

static int compare_words(const void *a, const void *b)
{
	const struct str *x = a, *y = b;
	size_t len = x->len < y->len ? x->len : y->len;
	int order = memcmp(x->ptr, y->ptr, len);
	return order ? order : (x->len > y->len) - (x->len < y->len);
}

struct counted {
	struct str word;
	size_t times;
};

/* Without rank: numbers and brackets are not to come first because their bytes do. */
static uint32_t lot_of(struct str word)
{
	uint32_t lot = 2166136261u;
	for (size_t i = 0; i < word.len; i++)
		lot = (lot ^ (unsigned char)word.ptr[i]) * 16777619u;
	return lot;
}

static int compare_counts(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;
	if (x->times != y->times)
		return x->times > y->times ? -1 : 1;
	uint32_t lot = lot_of(x->word), other = lot_of(y->word);
	return lot == other ? compare_words(&x->word, &y->word) : lot < other ? -1 : 1;
}

/* English has no letters beyond U+052F, the other languages no Latin ones. */
static bool is_of_language(struct str word, bool english)
{
	for (size_t i = 0; i < word.len;) {
		uint32_t letter;
		i += utf8_decode(word.ptr + i, word.len - i, &letter);
		bool latin = (letter | 0x20) >= 'a' && (letter | 0x20) <= 'z';
		bool other = letter >= 0x0530 && letter < 0x2000;
		if (english ? other : latin)
			return false;
	}
	return true;
}

/* Words in brackets are one, so that brackets stay pairs. */
static size_t word_end(struct str text, size_t i)
{
	int open = 0;
	for (; i < text.len && text.ptr[i] != '\n'; i++) {
		char c = text.ptr[i];
		if (c == ' ' && open <= 0)
			break;
		open += c == '(' || c == '[';
		open -= c == ')' || c == ']';
	}
	return i;
}

/* The words of the text, each once, the frequent first. */
static bool rank(struct str text, bool english, struct vocabulary *v)
{
	struct str *all = malloc((text.len + 1) * sizeof *all);
	struct counted *ranked = malloc((text.len + 1) * sizeof *ranked);
	v->words = malloc(WORDS * sizeof *v->words);
	size_t count = 0, kinds = 0;
	bool ok = all && ranked && v->words;
	for (size_t i = 0; ok && i < text.len;) {
		size_t start = i;
		i = word_end(text, i);
		struct str word = {text.ptr + start, i - start};
		if (word.len > 0 && is_of_language(word, english))
			all[count++] = word;
		i += i < text.len;
	}
	if (ok)
		qsort(all, count, sizeof *all, compare_words);
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || compare_words(&all[i], &all[i - 1]) != 0)
			ranked[kinds++] = (struct counted){all[i], 0};
		ranked[kinds - 1].times++;
	}
	if (ok)
		qsort(ranked, kinds, sizeof *ranked, compare_counts);
	for (; v->count < kinds && v->count < WORDS; v->count++)
		v->words[v->count] = ranked[v->count].word;
	free(all);
	free(ranked);
	return ok && kinds > 100;
}

static size_t letters_of(struct str word, uint32_t *letters, size_t most)
{
	size_t count = 0;
	for (size_t i = 0; i < word.len && count < most; count++)
		i += utf8_decode(word.ptr + i, word.len - i, &letters[count]);
	return count;
}

/* A word made of two, of which letters take the places of letters; the first and last stay. */
static void coin(struct buffer *out, struct str word, struct str other, uint64_t *seed)
{
	enum { MOST = 32 };
	uint32_t a[MOST], b[MOST];
	size_t count = letters_of(word, a, MOST), others = letters_of(other, b, MOST);
	for (size_t i = 1; i + 1 < count; i++) {
		uint32_t letter = b[next(seed) % others];
		if (next(seed) % 2 == 0 && u_isalpha((UChar32)a[i]) && u_isalpha((UChar32)letter))
			a[i] = letter;
	}
	for (size_t i = 0; i < count; i++)
		buffer_utf8(out, a[i]);
}

bool vocabulary_read(struct vocabulary *v, const char *folder, const char *language)
{
	char pattern[4096];
	glob_t found = {0};
	struct buffer text = {0};
	*v = (struct vocabulary){0};
	snprintf(pattern, sizeof pattern, "%s/*-%s-*.html", folder, language);
	bool ok = glob(pattern, 0, NULL, &found) == 0;
	for (size_t i = 0; ok && i < found.gl_pathc; i++)
		ok = add_sample(found.gl_pathv[i], &text);
	globfree(&found);
	v->text = text;
	size_t own = text.len;
	ok = ok && buffer_reserve(&v->text, WORDS * 128) &&
			rank((struct str){v->text.data, own},
						strcmp(language, "en") == 0, v);
	uint64_t seed = 1;
	for (size_t kinds = v->count; ok && v->count < WORDS;) {
		size_t start = v->text.len;
		coin(&v->text, v->words[next(&seed) % kinds], v->words[next(&seed) % kinds], &seed);
		v->words[v->count++] = (struct str){v->text.data + start, v->text.len - start};
		ok = !v->text.failed;
	}
	v->weights = malloc(WORDS * sizeof *v->weights);
	ok = ok && v->weights;
	for (size_t i = 0; ok && i < v->count; i++)
		v->weights[i] = 1.0 / (double)(i + 1) + (i ? v->weights[i - 1] : 0);
	if (!ok)
		vocabulary_free(v);
	return ok;
}

void vocabulary_free(struct vocabulary *v)
{
	free(v->words);
	free(v->weights);
	buffer_free(&v->text);
	*v = (struct vocabulary){0};
}

static struct str draw(const struct vocabulary *v, uint64_t *seed)
{
	double point = (double)next(seed) / 2147483648.0 * v->weights[v->count - 1];
	size_t low = 0, high = v->count - 1;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (v->weights[middle] < point)
			low = middle + 1;
		else
			high = middle;
	}
	return v->words[low];
}

bool corpus_make(struct buffer *text, const struct vocabulary *const *vocabularies, size_t count,
		size_t bytes)
{
	uint64_t seed = 7;
	for (size_t paragraph = 0; text->len < bytes && !text->failed; paragraph++) {
		const struct vocabulary *own = vocabularies[paragraph % count];
		const struct vocabulary *other = vocabularies[(paragraph + 1) % count];
		size_t words = SHORTEST + next(&seed) % (LONGEST - SHORTEST);
		for (size_t i = 0; i < words; i++) {
			bool foreign = i % OTHER_LANGUAGE == OTHER_LANGUAGE - 1;
			buffer_str(text, draw(foreign ? other : own, &seed));
			buffer_byte(text, i + 1 < words ? ' ' : '\n');
		}
	}
	return !text->failed;
}
