#include "store/snippet.h"

#include "base/array.h"
#include "base/utf8.h"

enum {
	LOOKED_AT = 256 << 10, /* bytes */
	SPANS_MOST = 256,
	LEAD = 40, /* code points before the first word that is shown */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool is_inside(struct str text, size_t at)
{
	return at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80;
}

static size_t ahead(struct str text, size_t at, size_t letters)
{
	while (letters-- > 0 && at < text.len) {
		at++;
		while (is_inside(text, at))
			at++;
	}
	return at;
}

static size_t back(struct str text, size_t at, size_t letters)
{
	while (letters-- > 0 && at > 0) {
		at--;
		while (at > 0 && is_inside(text, at))
			at--;
	}
	return at;
}

/* The span from which on the most of the words are within one snippet. */
static size_t choose(const struct search_words *words, const struct search_spans *spans)
{
	enum { REACH = SNIPPET_LETTERS * 3 / 2 /* bytes, for two and one a letter */ };
	size_t best = 0, best_count = 0;
	for (size_t i = 0; i < spans->count; i++) {
		uint64_t seen = 0;
		size_t count = 0;
		for (size_t j = i; j < spans->count; j++) {
			if (spans->items[j].end - spans->items[i].start > REACH)
				break;
			uint64_t bit = UINT64_C(1) << search_words_kind(words, j);
			count += !(seen & bit);
			seen |= bit;
		}
		if (count > best_count) {
			best = i;
			best_count = count;
		}
	}
	return best;
}

/* Back to the start of a word, if one is near. */
static size_t word_start(struct str text, size_t at, size_t most)
{
	for (size_t to = at; to <= most; to++) {
		if (to == 0 || is_blank(text.ptr[to - 1]))
			return to;
	}
	return at;
}

static size_t word_end(struct str text, size_t at, size_t least)
{
	for (size_t to = at; to > least; to--) {
		if (to == text.len || is_blank(text.ptr[to]))
			return to;
	}
	return at;
}

struct part {
	struct str text;
	size_t start, end;
	const struct search_spans *found; /* in the text */
	size_t next;                      /* of them */
};

static bool mark(struct part *part, size_t at, size_t out_at, struct search_spans *spans)
{
	const struct search_span *span;
	while (part->next < part->found->count && part->found->items[part->next].end <= at) {
		if (spans->count > 0 && spans->items[spans->count - 1].end == SIZE_MAX)
			spans->items[spans->count - 1].end = out_at;
		part->next++;
	}
	if (part->next == part->found->count)
		return true;
	span = &part->found->items[part->next];
	if (at < span->start ||
		(spans->count > 0 && spans->items[spans->count - 1].end == SIZE_MAX))
		return true;
	if (!array_reserve(&spans->items, &spans->cap, spans->count + 1, sizeof *spans->items))
		return false;
	spans->items[spans->count++] = (struct search_span){out_at, SIZE_MAX};
	return true;
}

/* Copies the part, blanks as one, and carries the spans over. */
static int copy(struct part *part, struct buffer *out, size_t base, struct search_spans *spans)
{
	bool blank = false;
	for (size_t at = part->start; at < part->end; at++) {
		char c = part->text.ptr[at];
		if (!is_inside(part->text, at) && !mark(part, at, out->len - base, spans))
			return -1;
		if (is_blank(c)) {
			if (!blank && out->len > base)
				buffer_byte(out, ' ');
			blank = true;
			continue;
		}
		blank = false;
		buffer_byte(out, c);
	}
	if (!mark(part, part->end, out->len - base, spans))
		return -1;
	if (spans->count > 0 && spans->items[spans->count - 1].end == SIZE_MAX)
		spans->items[spans->count - 1].end = out->len - base;
	if (spans->count > 0 &&
		spans->items[spans->count - 1].start >= spans->items[spans->count - 1].end)
		spans->count--;
	return 0;
}

static int make(struct search_words *words, struct str text, const struct search_spans *found,
	struct buffer *out, struct search_spans *spans)
{
	size_t base = out->len;
	size_t first = found->count > 0 ? found->items[choose(words, found)].start : 0;
	struct part part = {.text = text, .found = found};
	part.start = word_start(text, back(text, first, LEAD), first);
	size_t least = found->count > 0 ? first : part.start;
	part.end = word_end(text, ahead(text, part.start, SNIPPET_LETTERS), least);
	while (part.next < found->count && found->items[part.next].end <= part.start)
		part.next++;
	if (part.start > 0)
		buffer_str(out, STR("… "));
	if (copy(&part, out, base, spans) < 0)
		return -1;
	if (part.end < text.len)
		buffer_str(out, STR(" …"));
	return out->failed ? -1 : 0;
}

int snippet_make(
	struct search_words *words, struct str text, struct buffer *out, struct search_spans *spans)
{
	struct search_spans found = {0};
	size_t end = text.len;
	while (end > 0 && is_blank(text.ptr[end - 1]))
		end--;
	if (end > LOOKED_AT) {
		end = LOOKED_AT;
		while (end > 0 && is_inside(text, end))
			end--;
	}
	text = str_slice(text, 0, end);
	spans->count = 0;
	int result = search_words_find(words, text, SPANS_MOST, &found, NULL);
	if (result == 0)
		result = make(words, text, &found, out, spans);
	search_spans_free(&found);
	return result;
}
