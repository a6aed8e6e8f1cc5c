#include "screen/encode.h"

#include "screen/encode-cells.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

static const struct {
	const char *name;
	enum text_forms forms;
} modes[] = {
	[ENCODE_VISUAL] = {"visual", TEXT_FORMS_PRESENTATION},
	[ENCODE_WORDS] = {"words", TEXT_FORMS_PRESENTATION},
	[ENCODE_WORDS_BLANK] = {"words-blank", TEXT_FORMS_PRESENTATION},
	[ENCODE_WORDS_COLOUR] = {"words-colour", TEXT_FORMS_PRESENTATION},
	[ENCODE_WORDS_PLAIN] = {"words-plain", TEXT_FORMS_PRESENTATION},
	[ENCODE_LOGICAL] = {"logical", TEXT_FORMS_BASE},
};

bool encode_mode_of(struct str name, enum encode_mode *mode)
{
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		if (str_equal(name, str_of(modes[i].name))) {
			*mode = (enum encode_mode)i;
			return true;
		}
	}
	return false;
}

const char *encode_mode_name(enum encode_mode mode)
{
	return modes[mode].name;
}

enum text_forms encode_forms(enum encode_mode mode)
{
	return modes[mode].forms;
}

/* By logical offset; cells of one offset (the halves of a wide one) as they stood. */
static int compare_cells(const void *left, const void *right)
{
	const struct canvas_cell *a = left, *b = right;
	if (a->offset != b->offset)
		return a->offset < b->offset ? -1 : 1;
	return a->field < b->field ? -1 : a->field > b->field;
}

/* The field is the same all over a stretch, so it can hold the place in the meantime. */
static void sort_stretch(struct canvas_cell *cells, int count)
{
	uint32_t field = cells[0].field;
	for (int i = 0; i < count; i++)
		cells[i].field = (uint32_t)i;
	qsort(cells, (size_t)count, sizeof *cells, compare_cells);
	for (int i = 0; i < count; i++)
		cells[i].field = field;
}

static void to_logical(struct canvas_cell *cells, int columns)
{
	int start = 0;
	while (start < columns) {
		int end = start + 1;
		while (end < columns && cells[end].field == cells[start].field)
			end++;
		if (cells[start].field != 0)
			sort_stretch(cells + start, end - start);
		start = end;
	}
}

/* The terminal that reorders turns brackets round itself: it is sent what the source holds. */
static void unmirror(struct canvas_cell *cells, int columns)
{
	for (int i = 0; i < columns; i++) {
		if (cells[i].field != 0 && cells[i].level & 1 && cells[i].glyph_count > 0)
			cells[i].glyphs[0] = (uint32_t)u_charMirror((UChar32)cells[i].glyphs[0]);
	}
}

static void put_logical(const struct canvas_cell *row, int columns, struct canvas_cell *sent)
{
	(void)row;
	unmirror(sent, columns);
	to_logical(sent, columns);
}

/* What has no width would be behind the last column: some terminals wrap before it. */
static void end_without_joiners(struct canvas_cell *sent, int columns)
{
	int last = columns - 1;
	while (last > 0 && sent[last].width == 0)
		last--;
	struct canvas_cell *cell = &sent[last];
	while (cell->glyph_count > 1 && cell_is_rider(cell->glyphs[cell->glyph_count - 1]))
		cell->glyph_count--;
}

void encode_row(
	enum encode_mode mode, const struct canvas_cell *row, int columns, struct canvas_cell *sent)
{
	/* What changes in a row that is sent as a copy of it; NULL: nothing. */
	static void (*const encoders[])(
		const struct canvas_cell *row, int columns, struct canvas_cell *sent) = {
		[ENCODE_VISUAL] = NULL,
		[ENCODE_WORDS] = encode_words,
		[ENCODE_WORDS_BLANK] = encode_words_blank,
		[ENCODE_WORDS_COLOUR] = encode_words_colour,
		[ENCODE_WORDS_PLAIN] = encode_words_plain,
		[ENCODE_LOGICAL] = put_logical,
	};
	memcpy(sent, row, (size_t)columns * sizeof *sent);
	if (encoders[mode])
		encoders[mode](row, columns, sent);
	end_without_joiners(sent, columns);
}
