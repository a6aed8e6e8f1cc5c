#include "article/identity.h"

#include "article/title.h"
#include "base/array.h"
#include "base/buffer.h"
#include "text/fold.h"

#include <sha2.h>
#include <stdlib.h>

#define LINE_MIN 24 /* folded bytes of a paragraph that says something */
#define SHARE 3     /* one in so many paragraphs is common to two states of an article */

/* Hashes of the paragraphs of a text, sorted. */
struct paragraphs {
	uint64_t *hashes;
	size_t count, cap;
};

/* FNV-1a. */
static uint64_t hash(struct str s)
{
	uint64_t h = 0xCBF29CE484222325u;
	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) * 0x100000001B3u;
	return h;
}

static void add_without_tags(struct buffer *out, struct str html)
{
	bool tag = false;
	for (size_t i = 0; i < html.len; i++) {
		tag |= html.ptr[i] == '<';
		if (!tag)
			buffer_byte(out, html.ptr[i]);
		tag &= html.ptr[i] != '>';
	}
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

/* Sanitised HTML has a block on each line. */
static bool read_paragraphs(struct paragraphs *p, struct str html)
{
	struct buffer text = {0}, folded = {0};
	struct str line;
	bool good = true;
	while (good && str_split(&html, '\n', &line)) {
		buffer_clear(&text);
		buffer_clear(&folded);
		add_without_tags(&text, line);
		fold_words(buffer_view(&text), &folded);
		good = !text.failed && !folded.failed &&
			array_reserve(&p->hashes, &p->cap, p->count + 1, sizeof *p->hashes);
		if (good && folded.len >= LINE_MIN)
			p->hashes[p->count++] = hash(buffer_view(&folded));
	}
	buffer_free(&text);
	buffer_free(&folded);
	if (good && p->count > 0)
		qsort(p->hashes, p->count, sizeof *p->hashes, compare);
	return good;
}

static size_t count_common(const struct paragraphs *a, const struct paragraphs *b)
{
	size_t common = 0;
	for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
		common += a->hashes[i] == b->hashes[k];
		bool first = a->hashes[i] <= b->hashes[k];
		k += a->hashes[i] >= b->hashes[k];
		i += first;
	}
	return common;
}

int identity_same(struct str title, struct str html, struct str other_title, struct str other_html)
{
	if (title_same(title, other_title) || str_equal(html, other_html))
		return 1;
	struct paragraphs a = {0}, b = {0};
	bool good = read_paragraphs(&a, html) && read_paragraphs(&b, other_html);
	size_t least = a.count < b.count ? a.count : b.count;
	bool same = good && least > 0 && count_common(&a, &b) * SHARE >= least;
	free(a.hashes);
	free(b.hashes);
	return good ? same : -1;
}

int identity_set_apart(struct import_article *article)
{
	struct buffer guid = {0}, title = {0};
	uint8_t digest[SHA256_DIGEST_LENGTH];
	SHA2_CTX context;
	fold_words(str_of(article->title), &title);
	SHA256Init(&context);
	SHA256Update(&context, (const uint8_t *)buffer_view(&title).ptr, title.len);
	SHA256Final(digest, &context);
	buffer_str(&guid, str_of(article->guid));
	buffer_str(&guid, STR("#sha256:"));
	for (size_t i = 0; i < sizeof digest; i++)
		buffer_printf(&guid, "%02x", digest[i]);
	char *made = title.failed ? NULL : buffer_take(&guid);
	buffer_free(&guid);
	buffer_free(&title);
	if (!made)
		return -1;
	free(article->guid);
	article->guid = made;
	return 0;
}
