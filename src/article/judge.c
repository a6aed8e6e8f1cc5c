#include "article/judge.h"

#include "article/language.h"
#include "base/utf8.h"

enum { ENOUGH = 2000 }; /* bytes from which most of a text is told */

struct letters {
	enum text_direction mark;  /* of a mark before the first letter */
	enum text_direction first; /* of the first letter */
	size_t count[3];           /* by direction */
};

static bool is_mark(uint32_t code)
{
	return code == 0x200E || code == 0x200F || code == 0x061C;
}

static void look_at(struct letters *letters, uint32_t code)
{
	enum text_direction direction = language_letter_direction(code);
	if (is_mark(code)) {
		if (letters->first == TEXT_AUTO && letters->mark == TEXT_AUTO)
			letters->mark = code == 0x200E ? TEXT_LTR : TEXT_RTL;
		return;
	}
	if (letters->first == TEXT_AUTO)
		letters->first = direction;
	letters->count[direction]++;
}

static struct letters letters_of(
	const struct document *d, const struct block *block, size_t start, size_t end)
{
	struct letters letters = {TEXT_AUTO, TEXT_AUTO, {0}};
	size_t span = block->span, last = block->span + block->span_count, depth = 0;
	size_t skip = start; /* to the end of an isolate */
	for (size_t i = start; i < end && (i < start + ENOUGH || letters.first == TEXT_AUTO);) {
		uint32_t code;
		for (; span < last && d->spans[span].start <= i; span++) {
			if (d->spans[span].flags & SPAN_ISOLATE && d->spans[span].end > skip)
				skip = d->spans[span].end;
		}
		if (skip > i) {
			i = skip;
			continue;
		}
		i += utf8_decode(d->text + i, end - i, &code);
		if (code >= 0x2066 && code <= 0x2068)
			depth++;
		else if (code == 0x2069)
			depth -= depth > 0;
		else if (depth == 0)
			look_at(&letters, code);
	}
	return letters;
}

enum text_direction judge_direction(const struct document *document, const struct block *block,
	size_t start, size_t end, enum text_direction fallback)
{
	struct letters letters = letters_of(document, block, start, end);
	if (letters.mark != TEXT_AUTO && letters.count[letters.mark] > 0)
		return letters.mark;
	if (fallback != TEXT_AUTO && letters.count[fallback] > letters.count[letters.first])
		return fallback;
	return letters.first;
}
