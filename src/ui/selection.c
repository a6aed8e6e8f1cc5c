#include "ui/selection.h"

#include "text/sentence.h"

struct unit {
	size_t from, to;
};

/* Of the block that holds the byte, or the last one that starts before it. */
static size_t block_at(const struct document *document, size_t offset)
{
	size_t low = 0, high = document->block_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (document->blocks[middle].start <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static bool has_text(const struct block *block)
{
	return block->end > block->start;
}

/* The first block with text from `index` on (or back); false when there is none. */
static bool find_text(const struct document *document, size_t *index, bool back)
{
	size_t i = *index;
	while (i < document->block_count && !has_text(&document->blocks[i]))
		i = back ? i - 1 : i + 1; /* over the start it wraps, and is not less either */
	if (i >= document->block_count)
		return false;
	*index = i;
	return true;
}

static struct unit unit_at(const struct document *document, size_t offset, bool sentences)
{
	const struct block *block = &document->blocks[block_at(document, offset)];
	struct unit unit = {block->start, block->end};
	if (!sentences)
		return unit;
	struct str text = {document->text + block->start, block->end - block->start};
	text_sentence(text, offset - block->start, &unit.from, &unit.to);
	return (struct unit){block->start + unit.from, block->start + unit.to};
}

static void update(struct selection *s, const struct document *document)
{
	bool forward = s->anchor <= s->head;
	struct unit first = unit_at(document, forward ? s->anchor : s->head, s->sentences);
	struct unit last = unit_at(document, forward ? s->head : s->anchor, s->sentences);
	s->from = first.from;
	s->to = last.to;
}

struct selection selection_at(const struct document *document, size_t offset)
{
	struct selection s = {0};
	size_t index = document->block_count > 0 ? block_at(document, offset) : 0;
	if (!find_text(document, &index, false))
		return s;
	const struct block *block = &document->blocks[index];
	s.on = true;
	s.anchor = s.head = offset >= block->start && offset < block->end ? offset : block->start;
	update(&s, document);
	return s;
}

void selection_move(struct selection *s, const struct document *document, bool back)
{
	size_t index = block_at(document, s->head);
	const struct block *block = &document->blocks[index];
	struct unit unit = unit_at(document, s->head, s->sentences);
	if (back && unit.from > block->start) {
		s->head = unit_at(document, unit.from - 1, true).from;
	} else if (!back && unit.to < block->end) {
		s->head = unit.to;
	} else {
		index = back ? index - 1 : index + 1;
		if (!find_text(document, &index, back))
			return;
		block = &document->blocks[index];
		s->head = back && s->sentences ? unit_at(document, block->end - 1, true).from
					       : block->start;
	}
	update(s, document);
}

void selection_reach(struct selection *s, const struct document *document, size_t offset)
{
	size_t index = block_at(document, offset);
	if (!find_text(document, &index, false))
		return;
	const struct block *block = &document->blocks[index];
	s->head = offset >= block->start && offset < block->end ? offset : block->start;
	update(s, document);
}

void selection_turn(struct selection *s, const struct document *document)
{
	s->sentences = !s->sentences;
	update(s, document);
}

void selection_text(const struct selection *s, const struct document *document, struct buffer *out)
{
	bool item = false;
	for (size_t i = block_at(document, s->from); i < document->block_count; i++) {
		const struct block *block = &document->blocks[i];
		size_t from = block->start > s->from ? block->start : s->from;
		size_t to = block->end < s->to ? block->end : s->to;
		if (block->start >= s->to)
			break;
		if (from >= to)
			continue;
		bool close = item && block->kind == BLOCK_ITEM;
		if (out->len > 0)
			buffer_str(out, close ? STR("\n") : STR("\n\n"));
		buffer_str(out, str_trim((struct str){document->text + from, to - from}));
		item = block->kind == BLOCK_ITEM;
	}
}
