#include "screen/encode-cells.h"

#include <string.h>
#include <unicode/uchar.h>

static enum cell_kind kind_of_class(UCharDirection class)
{
	static const enum cell_kind kinds[] = {
		[U_LEFT_TO_RIGHT] = CELL_LEFT,
		[U_RIGHT_TO_LEFT] = CELL_RIGHT,
		[U_EUROPEAN_NUMBER] = CELL_DIGIT,
		[U_EUROPEAN_NUMBER_SEPARATOR] = CELL_PLUS,
		[U_EUROPEAN_NUMBER_TERMINATOR] = CELL_PERCENT,
		[U_ARABIC_NUMBER] = CELL_INDIC,
		[U_COMMON_NUMBER_SEPARATOR] = CELL_COMMA,
		[U_BLOCK_SEPARATOR] = CELL_NEUTRAL,
		[U_SEGMENT_SEPARATOR] = CELL_NEUTRAL,
		[U_WHITE_SPACE_NEUTRAL] = CELL_NEUTRAL,
		[U_OTHER_NEUTRAL] = CELL_NEUTRAL,
		[U_RIGHT_TO_LEFT_ARABIC] = CELL_ARABIC,
	};
	bool known = (size_t) class < sizeof kinds / sizeof *kinds &&
		     (kinds[class] != CELL_LEFT || class == U_LEFT_TO_RIGHT);
	return known ? kinds[class] : CELL_NEUTRAL;
}

enum cell_kind cell_kind(const struct canvas_cell *cell)
{
	if (cell->width == 0 || cell->glyph_count == 0)
		return CELL_COVERED;
	uint32_t base = cell->glyphs[0];
	if (base == ' ')
		return CELL_BLANK;
	if ((base | 0x20) >= 'a' && (base | 0x20) <= 'z')
		return CELL_LEFT;
	return kind_of_class(u_charDirection((UChar32)base));
}

bool cell_is_bare_blank(const struct canvas_cell *cell)
{
	return cell->glyph_count == 1 && cell->glyphs[0] == ' ';
}

bool cell_is_rider(uint32_t code_point)
{
	return code_point == LRM || code_point == ZWNJ || code_point == ZWJ;
}

/* Makes room behind the glyphs by letting the last mark go. */
static void drop_mark(struct canvas_cell *cell)
{
	int at = cell->glyph_count - 1;
	while (at > 0 && cell_is_rider(cell->glyphs[at]))
		at--;
	if (at == 0)
		return;
	size_t behind = (size_t)(cell->glyph_count - at - 1);
	memmove(&cell->glyphs[at], &cell->glyphs[at + 1], behind * sizeof *cell->glyphs);
	cell->glyph_count--;
}

void cell_ride(struct canvas_cell *cells, int columns, int at, uint32_t code_point)
{
	while (at > 0 && cells[at].width == 0)
		at--;
	struct canvas_cell *cell = &cells[at];
	if (at + cell->width >= columns)
		return;
	if (cell->glyph_count == CANVAS_GLYPHS)
		drop_mark(cell);
	if (cell->glyph_count < CANVAS_GLYPHS)
		cell->glyphs[cell->glyph_count++] = code_point;
}

int cell_put(struct canvas_cell *sent, int at, const struct canvas_cell *row, int from)
{
	sent[at] = row[from];
	if (row[from].width < 2)
		return at + 1;
	sent[at + 1] = row[from + 1];
	return at + 2;
}

void cells_reverse(struct canvas_cell *sent, const struct canvas_cell *row, int first, int end)
{
	int at = first;
	for (int from = end - 1; from >= first; from--) {
		if (row[from].width > 0)
			at = cell_put(sent, at, row, from);
	}
}
