#include "article/blocks.h"

#include "article/dateline.h"
#include "article/plain.h"
#include "article/sentence.h"
#include "article/title.h"
#include "base/array.h"
#include "base/utf8.h"
#include "text/fold.h"

#include <stdlib.h>
#include <string.h>

#define PROSE_MIN 60       /* code points of a block that is surely text */
#define DATE_WORDS_MAX 9
#define LATE_HEADING_MAX 80
#define LATE_LABEL_MAX 60

void blocks_free(struct blocks *b)
{
	buffer_free(&b->text);
	free(b->items);
	b->items = NULL;
	b->count = b->cap = 0;
}

static enum boilerplate_place place_of(struct str element)
{
	static const struct str cells[] = {{"li", 2}, {"td", 2}, {"th", 2}, {"dt", 2}, {"dd", 2},
		{"caption", 7}, {"figcaption", 10}};
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		if (str_equal(element, cells[i]))
			return BOILERPLATE_IN_CELL;
	}
	return element.ptr[0] == 'h' ? BOILERPLATE_IN_HEADING : BOILERPLATE_IN_TEXT;
}

bool blocks_note(void *user, struct str text, const char *element)
{
	struct blocks *b = user;
	if (!array_reserve(&b->items, &b->cap, b->count + 1, sizeof *b->items)) {
		b->failed = true;
		return false;
	}
	size_t start = b->text.len, length = utf8_length(text);
	buffer_str(&b->text, text);
	bool pre = str_equal(str_of(element), STR("pre"));
	enum boilerplate_place place = place_of(str_of(element));
	enum boilerplate_kind kind =
		pre ? BOILERPLATE_NONE : boilerplate_of(b->boilerplate, text, place);
	bool heading = place == BOILERPLATE_IN_HEADING;
	b->items[b->count++] = (struct block_item){.start = start, .end = b->text.len,
		.length = length, .kind = kind, .heading = heading, .keep = true,
		.caption = str_equal(str_of(element), STR("figcaption")),
		.row = place == BOILERPLATE_IN_CELL, .pre = pre,
		.prose = kind == BOILERPLATE_NONE && !heading && length >= PROSE_MIN};
	b->failed |= b->text.failed;
	return false;
}

bool blocks_pass(void *user, struct str text, const char *element)
{
	struct blocks *b = user;
	(void)text;
	(void)element;
	return b->next < b->count && b->items[b->next++].keep;
}

struct str blocks_text(const struct blocks *b, size_t item)
{
	return str_slice(buffer_view(&b->text), b->items[item].start, b->items[item].end);
}

/* The first block from which on all is left out; see cut_end() in plain.c. */
static size_t find_end(const struct blocks *b)
{
	size_t total = 0, after = 0, end = b->count;
	bool goes_on = false;
	for (size_t i = 0; i < b->count; i++)
		total += b->items[i].prose ? b->items[i].length : 0;
	for (size_t i = b->count; i > 0; i--) {
		const struct block_item *item = &b->items[i - 1];
		bool late = (total - after) * 2 > total;
		after += item->prose ? item->length : 0;
		goes_on |= item->prose && boilerplate_goes_on(blocks_text(b, i - 1), item->length);
		if (item->kind == BOILERPLATE_END)
			goes_on = false;
		bool ends = item->kind == BOILERPLATE_END || item->kind == BOILERPLATE_MORE;
		if (ends && late && !goes_on)
			end = i - 1;
	}
	return end;
}

/* Most of what is surely text ends as sentences do: then what does not, at the end, is none. */
static bool is_of_sentences(const struct blocks *b)
{
	size_t prose = 0, sentences = 0;
	for (size_t i = 0; i < b->count; i++) {
		prose += b->items[i].keep && b->items[i].prose;
		sentences += b->items[i].keep && b->items[i].prose && sentence_ends(blocks_text(b, i));
	}
	return sentences > 1 && sentences * 4 >= prose * 3;
}

/* A short line that is no sentence: a label, at the edges of a text of sentences. */
static bool is_edge_label(const struct blocks *b, size_t at)
{
	const struct block_item *item = &b->items[at];
	return !item->row && !item->pre && item->length < LATE_LABEL_MAX &&
		!sentence_ends(blocks_text(b, at));
}

/* ---- what is said twice ---- */

struct copy {
	uint64_t hash;
	size_t item;
};

static int by_hash(const void *a, const void *b)
{
	const struct copy *x = a, *y = b;
	int order = (x->hash > y->hash) - (x->hash < y->hash);
	return order ? order : (x->item > y->item) - (x->item < y->item);
}

static uint64_t hash_of(struct str text)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.ptr[i]) * UINT64_C(0x100000001b3);
	return hash;
}

/* Of paragraphs that are the same, as pages have them for screens of other sizes, the first stays. */
static bool drop_copies(struct blocks *b)
{
	struct copy *copies = calloc(b->count + 1, sizeof *copies);
	size_t count = 0;
	if (!copies)
		return false;
	for (size_t i = 0; i < b->count; i++) {
		if (b->items[i].keep && b->items[i].prose && !b->items[i].row)
			copies[count++] = (struct copy){hash_of(blocks_text(b, i)), i};
	}
	if (count > 1)
		qsort(copies, count, sizeof *copies, by_hash);
	for (size_t i = 1; i < count; i++) {
		if (copies[i].hash == copies[i - 1].hash &&
				str_equal(blocks_text(b, copies[i].item), blocks_text(b, copies[i - 1].item)))
			b->items[copies[i].item].keep = false;
	}
	free(copies);
	return true;
}

static void drop_end(struct blocks *b)
{
	size_t end = find_end(b);
	for (size_t i = 0; i < b->count; i++) {
		struct block_item *item = &b->items[i];
		if (i >= end || item->kind == BOILERPLATE_END || item->kind == BOILERPLATE_MORE ||
				item->kind == BOILERPLATE_LINE)
			item->keep = false;
	}
	bool prose = is_of_sentences(b);
	for (size_t i = b->count; i > 0; i--) {
		struct block_item *item = &b->items[i - 1];
		bool late = (item->heading && item->length < LATE_HEADING_MAX) ||
			(prose && is_edge_label(b, i - 1)) || item->caption;
		if (item->keep && !late)
			break;
		item->keep &= item->caption;
	}
}

static bool take_author(struct import_article *article, struct str line)
{
	struct str author = boilerplate_author(line);
	if (article->author || author.len == 0)
		return true;
	article->author = str_dup(author);
	return article->author != NULL;
}

/* Lines of one block before the text that say what, when and by whom, and nothing else. */
static bool is_head(struct str text, struct str title, int64_t *published)
{
	int64_t found = INT64_MIN;
	struct str line;
	bool any = false;
	if (!memchr(text.ptr, '\n', text.len))
		return false;
	while (str_split(&text, '\n', &line)) {
		int64_t when;
		bool dated = title_words(line) <= DATE_WORDS_MAX && dateline_parse(line, &when);
		if (!dated && !title_same(line, title))
			return false;
		any |= !dated;
		found = dated ? when : found;
	}
	if (any && *published == INT64_MIN)
		*published = found;
	return any;
}

bool blocks_judge(struct blocks *b, struct str title, struct import_article *article)
{
	bool head = true; /* no prose yet */
	if (!drop_copies(b))
		return false;
	drop_end(b);
	bool prose = is_of_sentences(b);
	for (size_t i = 0; i < b->count; i++) {
		struct block_item *item = &b->items[i];
		struct str text = blocks_text(b, i);
		int64_t when;
		if (!item->keep)
			continue;
		bool named = (head || item->heading) && item->length < 300 &&
			(title_same(text, title) || is_head(text, title, &article->published));
		if (named) {
			item->keep = false;
			continue;
		}
		head &= !item->prose;
		bool dated = !item->prose && title_words(text) <= DATE_WORDS_MAX &&
			(head || item->kind == BOILERPLATE_DATELINE) && dateline_parse(text, &when);
		if (dated && article->published == INT64_MIN)
			article->published = when;
		bool byline = item->kind == BOILERPLATE_BYLINE;
		if (byline && !take_author(article, text))
			return false;
		bool label = head && prose && !item->heading && !item->caption && is_edge_label(b, i);
		if (dated || byline || label || (head && item->kind == BOILERPLATE_DATELINE))
			item->keep = false;
	}
	return !b->failed;
}

/* ---- summary ---- */

static size_t next_kept(const struct blocks *b, size_t from)
{
	while (from < b->count && !b->items[from].keep)
		from++;
	return from;
}

/* Whether the description is no more than the beginning of the text, cut or not. */
static bool is_excerpt(const struct blocks *b, struct str description)
{
	struct buffer d = {0}, t = {0};
	fold_words(description, &d);
	for (size_t i = next_kept(b, 0); i < b->count && t.len < d.len + 4000;
			i = next_kept(b, i + 1)) {
		fold_words(blocks_text(b, i), &t);
		buffer_byte(&t, ' ');
	}
	/* The last word may have been cut. */
	struct str said = buffer_view(&d);
	while (said.len > 0 && said.ptr[said.len - 1] != ' ')
		said.len--;
	said = str_trim(said);
	bool excerpt = d.failed || t.failed || said.len == 0 ||
		str_find(buffer_view(&t), said) >= 0;
	buffer_free(&d);
	buffer_free(&t);
	return excerpt;
}

static bool set_summary(struct import_article *article, struct str text)
{
	article->summary = str_dup(text);
	return article->summary != NULL;
}

bool blocks_summary(struct blocks *b, struct str description, bool whole,
		struct import_article *article)
{
	size_t count = 0, first = next_kept(b, 0), second = next_kept(b, first + 1);
	for (size_t i = first; i < b->count; i++)
		count += b->items[i].keep;
	if (first == b->count)
		return true;
	struct str text = blocks_text(b, first);
	bool same = title_same(text, description);
	/* Among paragraphs of markup, many of them short, it takes more to stand out. */
	bool standfirst = description.len == 0 && second < b->count && !b->items[first].heading &&
		b->items[first].length * 3 <= b->items[second].length * 2 &&
		plain_is_standfirst(text, b->items[second].length, count);
	if ((same && count > 1) || standfirst) {
		b->items[first].keep = whole;
		return set_summary(article, text);
	}
	if (description.len == 0 || is_excerpt(b, description))
		return true;
	return set_summary(article, description);
}
