/* Marks of places in a document (article/document.h): hashes of eight words. */
#include "article/document.h"

#include "base/utf8.h"
#include "text/fold.h"

#define WORDS 8

/* FNV-1a, 64 bits, of whole numbers in place of bytes. */
#define HASH_START 0xcbf29ce484222325u
#define HASH_PRIME 0x100000001b3u

static uint64_t hash_add(uint64_t hash, uint64_t value)
{
	return (hash ^ value) * HASH_PRIME;
}

struct word {
	size_t start; /* byte of its first letter */
	uint64_t hash;
};

struct reader {
	const struct document *document;
	size_t at; /* byte */
};

/* The next code point, folded: 0 for what may stand in a word without being part of it. */
static size_t decode(const struct reader *r, uint32_t *code)
{
	size_t n = utf8_decode(r->document->text + r->at, r->document->len - r->at, code);
	*code = fold_code_point(*code);
	return n;
}

static bool next_word(struct reader *r, struct word *word)
{
	uint32_t code = 0;
	size_t n;
	while ((n = decode(r, &code)) > 0 && !fold_is_word(code, false))
		r->at += n;
	if (n == 0)
		return false;
	*word = (struct word){r->at, HASH_START};
	while ((n = decode(r, &code)) > 0) {
		if (fold_is_word(code, true))
			word->hash = hash_add(word->hash, code);
		else if (code != 0)
			break;
		r->at += n;
	}
	return true;
}

/* Moves a place inside a word to the word's end. */
static void leave_word(struct reader *r)
{
	const char *text = r->document->text;
	size_t before = r->at;
	uint32_t code = 0;
	do {
		if (before == 0)
			return;
		do
			before--;
		while (before > 0 && ((unsigned char)text[before] & 0xC0) == 0x80);
		utf8_decode(text + before, r->at - before, &code);
		code = fold_code_point(code);
	} while (code == 0);
	if (!fold_is_word(code, true))
		return;
	for (size_t n; (n = decode(r, &code)) > 0 && (fold_is_word(code, true) || code == 0);)
		r->at += n;
}

/* Of the words in ring[from] ... ring[from + count - 1], round the ring; never 0. */
static uint64_t hash_words(const struct word ring[WORDS], size_t from, size_t count)
{
	uint64_t hash = HASH_START;
	for (size_t i = 0; i < count; i++)
		hash = hash_add(hash, ring[(from + i) % WORDS].hash);
	return hash ? hash : 1;
}

struct place_mark document_mark(const struct document *document, size_t offset)
{
	struct reader r = {document, offset < document->len ? offset : document->len};
	struct word words[WORDS];
	size_t count = 0;
	leave_word(&r);
	while (count < WORDS && next_word(&r, &words[count]))
		count++;
	return (struct place_mark){offset, count ? hash_words(words, 0, count) : 0};
}

static size_t clamp(const struct document *document, uint64_t offset)
{
	size_t at = offset < document->len ? (size_t)offset : document->len;
	while (at > 0 && at < document->len && ((unsigned char)document->text[at] & 0xC0) == 0x80)
		at--;
	return at;
}

size_t document_find_mark(const struct document *document, struct place_mark mark)
{
	size_t here = clamp(document, mark.offset);
	if (mark.hash == 0 || document_mark(document, here).hash == mark.hash)
		return here;
	struct reader r = {document, 0};
	struct word ring[WORDS];
	size_t read = 0, done = 0; /* words read; of these, looked at as the first of eight */
	bool found = false, more = true;
	size_t best = here, distance = 0;
	while (more || done < read) {
		more = more && next_word(&r, &ring[read % WORDS]);
		read += more;
		if (more && read - done < WORDS)
			continue;
		if (done == read)
			break;
		size_t start = ring[done % WORDS].start;
		size_t away = start > here ? start - here : here - start;
		if (found && start > here && away >= distance)
			break;
		if ((!found || away < distance) &&
			hash_words(ring, done % WORDS, read - done) == mark.hash) {
			found = true;
			best = start;
			distance = away;
		}
		done++;
	}
	return best;
}
