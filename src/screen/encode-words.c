/*
 * Right-to-left words for terminals that reorder each row by UAX #9 from the left:
 * what stands between words is sent as it is seen, the letters of a word in logical order.
 * The terminal turns the word around, and nothing else, where it can tell words apart:
 *
 *   words         by a LRM behind each word and each run of Arabic-Indic digits
 *                 (Konsole; VTE in tmux and screen);
 *   words-colour  because it reorders runs of one colour (QTerminal);
 *   words-plain   because it reorders nothing but letters (kitty).
 *
 * What a cell shows decides, not its level: a letter in an override is turned around, too,
 * and so is seen where it was.
 */
#include "screen/encode-cells.h"

/* ---- words ---- */

/* Where the run of right-to-left letters, or of Arabic-Indic digits, that starts at `from` ends. */
static int run_end(const struct canvas_cell *row, int columns, int from)
{
	enum cell_kind kind = cell_kind(&row[from]);
	int end = from;
	while (end < columns) {
		enum cell_kind here = cell_kind(&row[end]);
		bool same = cell_is_letter(kind) ? cell_is_letter(here) : here == CELL_INDIC;
		if (!same && here != CELL_COVERED)
			break;
		end++;
	}
	return end;
}

/* Nothing but blanks from here on: they are where they are (UAX #9 L1). */
static bool is_rest_blank(const struct canvas_cell *row, int columns, int from)
{
	while (from < columns && cell_is_bare_blank(&row[from]))
		from++;
	return from == columns;
}

void encode_words(const struct canvas_cell *row, int columns, struct canvas_cell *sent)
{
	bool strong = false; /* a row that starts with L has a left-to-right base (P2) */
	for (int at = 0; at < columns;) {
		enum cell_kind kind = cell_kind(&row[at]);
		if (!cell_is_letter(kind) && kind != CELL_INDIC) {
			strong |= kind == CELL_LEFT;
			at++;
			continue;
		}
		int end = run_end(row, columns, at);
		if (!strong && at > 0)
			cell_ride(sent, columns, at - 1, LRM);
		if (cell_is_letter(kind)) {
			cells_reverse(sent, row, at, end);
			encode_joiners(sent, columns, at, end);
		}
		if (!is_rest_blank(row, columns, end) && cell_kind(&row[end]) != CELL_LEFT)
			cell_ride(sent, columns, end - 1, LRM);
		strong = true;
		at = end;
	}
}

/* ---- words-colour ---- */

static void set_step(struct canvas_cell *cells, int first, int end, unsigned step)
{
	for (int i = first; i < end; i++)
		cells[i].style = (style_t)(cells[i].style | step << STYLE_STEP_SHIFT);
}

/* Letters of several styles: each style is a run of its own, told apart by every second step. */
static void put_coloured(
	struct canvas_cell *sent, const struct canvas_cell *row, int columns, int first, int end)
{
	unsigned step = STYLE_STEP_LETTERS;
	for (int at = first; at < end;) {
		int next = at + 1;
		while (next < end && row[next].style == row[at].style)
			next++;
		cells_reverse(sent, row, at, next);
		set_step(sent, at, next, step);
		encode_joiners(sent, columns, at, next);
		step = step == STYLE_STEP_LETTERS ? STYLE_STEP_MORE_LETTERS : STYLE_STEP_LETTERS;
		at = next;
	}
}

void encode_words_colour(const struct canvas_cell *row, int columns, struct canvas_cell *sent)
{
	for (int at = 0; at < columns;) {
		enum cell_kind kind = cell_kind(&row[at]);
		int end = at + 1;
		if (cell_is_letter(kind)) {
			end = run_end(row, columns, at);
			put_coloured(sent, row, columns, at, end);
		} else if (kind == CELL_INDIC) {
			end = run_end(row, columns, at);
			set_step(sent, at, end, STYLE_STEP_DIGITS);
		}
		at = end;
	}
}

/* ---- words-plain ---- */

/*
 * kitty hands neighbouring cells of one font to HarfBuzz, which draws them from right to left when
 * their script is Arabic or Hebrew.  Punctuation of these blocks and the digits of Persian come
 * from the same font as the letters.  No joiners: kitty gives them a font of their own.
 */
static bool is_drawn_rtl(const struct canvas_cell *cell)
{
	enum cell_kind kind = cell_kind(cell);
	if (cell_is_letter(kind))
		return true;
	uint32_t base = cell->glyph_count ? cell->glyphs[0] : 0;
	bool block = (base >= 0x0590 && base <= 0x08FF) || (base >= 0xFB1D && base <= 0xFDFF);
	return block && kind != CELL_INDIC;
}

void encode_words_plain(const struct canvas_cell *row, int columns, struct canvas_cell *sent)
{
	for (int at = 0; at < columns;) {
		int end = at;
		while (end < columns &&
			(is_drawn_rtl(&row[end]) || (end > at && row[end].width == 0)))
			end++;
		if (end > at)
			cells_reverse(sent, row, at, end);
		at = end > at ? end : at + 1;
	}
}
