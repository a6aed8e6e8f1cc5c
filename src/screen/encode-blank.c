/*
 * Right-to-left words for PuTTY, which runs UAX #9 over a row, guesses its base direction (P2),
 * and knows no zero-width character: what parts words must be seen.  A blank is
 * sent as U+2800, which is blank too but of class L, where one is needed: before the first
 * word, so that the base is left to right, and behind each word.
 *
 * Between two such blanks (or letters of class L) stands a block: from its first right-to-left
 * letter to its last all is sent from right to left, numbers apart.  A number
 * to the right of the last letter would be drawn to its left: then the block goes on up to the
 * next letter.  What has neither blank nor letter to help cannot be sent right:
 * tests/screen/test-encode.c names the cases.
 */
#include "screen/encode-cells.h"

#include <unicode/uchar.h>

static bool is_word(enum cell_kind kind)
{
	return cell_is_letter(kind) || kind == CELL_INDIC;
}

static bool is_digit(enum cell_kind kind)
{
	return kind == CELL_DIGIT || kind == CELL_INDIC;
}

static bool is_parting(enum cell_kind kind)
{
	return kind == CELL_LEFT || kind == CELL_BLANK;
}

/* The glyph to the left of column `at`; -1 when there is none. */
static int before(const struct canvas_cell *row, int at)
{
	at--;
	while (at >= 0 && row[at].width == 0)
		at--;
	return at;
}

/* ---- from right to left ---- */

/* The class of the letter to the right of `at`, before `end`: AL changes numbers (W2). */
static bool is_after_arabic(const struct canvas_cell *row, int at, int end)
{
	for (int i = at + 1; i < end; i++) {
		enum cell_kind kind = cell_kind(&row[i]);
		if (cell_is_letter(kind))
			return kind == CELL_ARABIC;
	}
	return false;
}

/* Whether the separator at `at` is part of the number to its right (W4). */
static bool joins_number(
	const struct canvas_cell *row, int at, int first, enum cell_kind right, bool arabic)
{
	enum cell_kind sign = cell_kind(&row[at]);
	int left_at = before(row, at);
	enum cell_kind left = left_at >= first ? cell_kind(&row[left_at]) : CELL_NEUTRAL;
	if (sign == CELL_COMMA && is_digit(left) && is_digit(right))
		return arabic || left == right;
	return sign == CELL_PLUS && !arabic && left == CELL_DIGIT && right == CELL_DIGIT;
}

/* Where the number that ends at `last` starts; last + 1 when none ends there. */
static int number_start(const struct canvas_cell *row, int first, int last, bool arabic)
{
	int at = last;
	while (at >= first && !arabic && cell_kind(&row[at]) == CELL_PERCENT)
		at = before(row, at);
	enum cell_kind right = at >= first ? cell_kind(&row[at]) : CELL_NEUTRAL;
	if (!is_digit(right) || (at < last && right != CELL_DIGIT))
		return last + 1;
	int start = at;
	while ((at = before(row, at)) >= first) {
		enum cell_kind kind = cell_kind(&row[at]);
		if (kind == CELL_PERCENT && !arabic) {
			/* Percent signs belong to a number on either side. */
			int next = at;
			while (next >= first && cell_kind(&row[next]) == CELL_PERCENT)
				next = before(row, next);
			bool next_digit = next >= first && cell_kind(&row[next]) == CELL_DIGIT;
			if (right != CELL_DIGIT && right != CELL_PERCENT && !next_digit)
				break;
			right = CELL_PERCENT;
		} else if (is_digit(kind)) {
			right = kind;
		} else if (!joins_number(row, at, first, right, arabic)) {
			break;
		}
		start = at;
	}
	return start;
}

/* Sends row[first..end) from right to left at sent[at]: signs mirrored back, numbers as is. */
static int put_rtl(
	struct canvas_cell *sent, int at, const struct canvas_cell *row, int first, int end)
{
	for (int last = before(row, end); last >= first; last = before(row, last)) {
		int start = number_start(row, first, last, is_after_arabic(row, last, end));
		for (int i = start; i <= last; i++) {
			if (row[i].width > 0)
				at = cell_put(sent, at, row, i);
		}
		if (start <= last) {
			last = start;
			continue;
		}
		int put = at;
		at = cell_put(sent, at, row, last);
		sent[put].glyphs[0] = (uint32_t)u_charMirror((UChar32)sent[put].glyphs[0]);
	}
	return at;
}

/* ---- base left to right ---- */

struct block {
	int first, end; /* what is sent from right to left */
	int chunk_end;  /* the next letter of class L or blank, or the row's end */
};

static int chunk_end(const struct canvas_cell *row, int columns, int from)
{
	while (from < columns && !is_parting(cell_kind(&row[from])))
		from++;
	return from;
}

/* A European number that no letter of the block stands right of. */
static bool has_loose_number(const struct canvas_cell *row, const struct block *block)
{
	bool letters = false, loose = false;
	for (int at = block->first; at < block->chunk_end; at++) {
		enum cell_kind kind = cell_kind(&row[at]);
		letters |= cell_is_letter(kind);
		if (cell_is_letter(kind))
			loose = false;
		else if (kind == CELL_DIGIT)
			loose |= letters || at < block->end;
	}
	return loose;
}

/* Up to the last letter of the chunk that ends at block->chunk_end. */
static void close_block(const struct canvas_cell *row, struct block *block)
{
	block->end = block->chunk_end;
	while (!is_word(cell_kind(&row[block->end - 1])))
		block->end--;
}

/* Goes on up to the next letter, over blanks.  False when one of class L comes first, or none. */
static bool extend_block(const struct canvas_cell *row, int columns, struct block *block)
{
	int at = block->chunk_end;
	while (at < columns && !cell_is_letter(cell_kind(&row[at]))) {
		if (cell_kind(&row[at]) == CELL_LEFT)
			return false;
		at++;
	}
	if (at == columns)
		return false;
	block->chunk_end = chunk_end(row, columns, at);
	close_block(row, block);
	return true;
}

static bool is_bracket(const struct canvas_cell *cell, int type)
{
	return cell->width > 0 && u_getIntPropertyValue((UChar32)cell->glyphs[0],
					  UCHAR_BIDI_PAIRED_BRACKET_TYPE) == type;
}

/*
 * The partner of a bracket within the block, when it stands right before it, is taken in: sent
 * outside, the two would be no pair, and the one within could find another one (N0).
 */
static void take_partner(const struct canvas_cell *row, int from, struct block *block)
{
	int open = 0;
	for (int at = block->end - 1; at >= block->first; at--) {
		open += is_bracket(&row[at], U_BPT_CLOSE);
		if (open > 0)
			open -= is_bracket(&row[at], U_BPT_OPEN);
	}
	for (int at = block->first - 1; at >= from && open > 0; at--) {
		if (cell_kind(&row[at]) == CELL_DIGIT)
			return;
		if (is_bracket(&row[at], U_BPT_OPEN)) {
			block->first = at;
			open--;
		}
	}
}

static bool find_block(const struct canvas_cell *row, int columns, int from, struct block *block)
{
	block->chunk_end = chunk_end(row, columns, from);
	block->first = from;
	while (block->first < block->chunk_end && !is_word(cell_kind(&row[block->first])))
		block->first++;
	if (block->first == block->chunk_end)
		return false;
	close_block(row, block);
	while (has_loose_number(row, block) && extend_block(row, columns, block))
		continue;
	take_partner(row, from, block);
	return true;
}

static void from_left(const struct canvas_cell *row, int columns, struct canvas_cell *sent)
{
	bool due = true; /* something of class L: at the start, and behind a block */
	for (int at = 0; at < columns;) {
		enum cell_kind kind = cell_kind(&row[at]);
		struct block block;
		if (is_parting(kind)) {
			if (due && kind == CELL_BLANK)
				sent[at].glyphs[0] = STRONG_BLANK;
			due = false;
			at++;
		} else if (kind != CELL_COVERED && find_block(row, columns, at, &block)) {
			put_rtl(sent, block.first, row, block.first, block.end);
			at = block.end;
			due = true;
		} else {
			at = kind == CELL_COVERED ? at + 1 : chunk_end(row, columns, at);
		}
	}
}

/* ---- base right to left ---- */

/* The row starts with a word: PuTTY takes it for right to left. */
static bool starts_with_letter(const struct canvas_cell *row, int columns)
{
	for (int at = 0; at < columns; at++) {
		enum cell_kind kind = cell_kind(&row[at]);
		if (is_parting(kind) || cell_is_letter(kind))
			return cell_is_letter(kind);
	}
	return false;
}

/* What is sent first then is what stands last: it must not be of class L (P2). */
static bool ends_with_letter(const struct canvas_cell *row, int columns)
{
	for (int at = columns - 1; at >= 0; at--) {
		enum cell_kind kind = cell_kind(&row[at]);
		if (kind == CELL_LEFT || cell_is_letter(kind))
			return cell_is_letter(kind);
	}
	return false;
}

/* Letters of class L in row[first..end): from the first number or letter to the last. */
static bool find_core(const struct canvas_cell *row, int *first, int *end)
{
	bool left = false;
	int from = *end, to = *first;
	for (int at = *first; at < *end; at++) {
		enum cell_kind kind = cell_kind(&row[at]);
		left |= kind == CELL_LEFT;
		if (kind != CELL_LEFT && !is_digit(kind))
			continue;
		from = at < from ? at : from;
		to = at + row[at].width;
	}
	*first = from;
	*end = to;
	return left;
}

static int put_core(
	struct canvas_cell *sent, int at, const struct canvas_cell *row, int first, int end)
{
	bool left = false;
	for (int i = first; i < end; i++) {
		if (row[i].width == 0)
			continue;
		int put = at;
		left |= cell_kind(&row[i]) == CELL_LEFT;
		at = cell_put(sent, at, row, i);
		if (!left && cell_kind(&row[i]) == CELL_BLANK)
			sent[put].glyphs[0] = STRONG_BLANK;
	}
	return at;
}

/* The last core before `end`: between two letters there is at most one. */
static bool find_last_core(const struct canvas_cell *row, int end, int *first, int *core_end)
{
	while (end > 0) {
		int from = end;
		while (from > 0 && !cell_is_letter(cell_kind(&row[from - 1])))
			from--;
		*first = from;
		*core_end = end;
		if (find_core(row, first, core_end))
			return true;
		end = from - 1;
	}
	return false;
}

static void from_right(const struct canvas_cell *row, int columns, struct canvas_cell *sent)
{
	int at = 0, end = columns, first, core_end;
	while (find_last_core(row, end, &first, &core_end)) {
		at = put_rtl(sent, at, row, core_end, end);
		at = put_core(sent, at, row, first, core_end);
		end = first;
	}
	put_rtl(sent, at, row, 0, end);
}

void encode_words_blank(const struct canvas_cell *row, int columns, struct canvas_cell *sent)
{
	bool words = false;
	for (int at = 0; at < columns && !words; at++)
		words = is_word(cell_kind(&row[at]));
	if (!words)
		return;
	if (starts_with_letter(row, columns) && ends_with_letter(row, columns))
		from_right(row, columns, sent);
	else
		from_left(row, columns, sent);
}
