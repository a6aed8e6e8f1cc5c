#include "screen/encode.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	enum text_forms forms;
} modes[] = {
	[ENCODE_VISUAL] = {"visual", TEXT_FORMS_PRESENTATION},
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

void encode_row(
	enum encode_mode mode, const struct canvas_cell *row, int columns, struct canvas_cell *sent)
{
	memcpy(sent, row, (size_t)columns * sizeof *sent);
	if (mode == ENCODE_LOGICAL)
		to_logical(sent, columns);
}
