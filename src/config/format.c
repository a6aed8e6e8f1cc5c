#include "config/format.h"

#include "base/nearest.h"

enum { MOST_CELLS = 200 };

static const struct {
	const char *name;
	int cells;
	enum format_side side;
} columns_known[] = {
#define X(column, name, cells, side) [column] = {name, cells, side},
	FORMAT_COLUMNS(X)
#undef X
};

static int no_such_column(struct str name, struct error *error)
{
	const char *names[FORMAT_COLUMN_COUNT];
	for (size_t i = 0; i < FORMAT_COLUMN_COUNT; i++)
		names[i] = columns_known[i].name;
	ptrdiff_t near = nearest_name(name, names, FORMAT_COLUMN_COUNT);
	return error_set(error, EX_USAGE,
		"list.format: there is no column %%%.*s: did you mean %%%s?",
		STR_ARG(str_slice(name, 0, 40)), names[near < 0 ? FORMAT_TITLE : near]);
}

/* "20", "*" */
static bool read_cells(struct str text, int *cells)
{
	*cells = 0;
	if (str_equal(text, STR("*")))
		return true;
	for (size_t i = 0; i < text.len && *cells <= MOST_CELLS; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
		*cells = *cells * 10 + (text.ptr[i] - '0');
	}
	return *cells >= 1 && *cells <= MOST_CELLS;
}

/* What stands in braces: "20", "*", "20:end", ":end". */
static bool read_shape(struct str text, struct format_part *part)
{
	ptrdiff_t colon = str_find(text, STR(":"));
	struct str cells = colon < 0 ? text : str_slice(text, 0, (size_t)colon);
	if ((colon != 0 && !read_cells(cells, &part->cells)))
		return false;
	if (colon < 0)
		return true;
	struct str side = str_slice(text, (size_t)colon + 1, text.len);
	part->side = str_equal(side, STR("end")) ? FORMAT_END : FORMAT_START;
	return part->side == FORMAT_END || str_equal(side, STR("start"));
}

static int add(struct format *format, struct str word, struct error *error)
{
	ptrdiff_t brace = str_find(word, STR("{"));
	struct str name = str_slice(word, 1, brace < 0 ? word.len : (size_t)brace);
	size_t column = 0;
	if (!str_starts(word, STR("%")))
		return error_set(error, EX_USAGE,
			"list.format: \"%.*s\" is no column: give names as %%title, with blanks "
			"between them",
			STR_ARG(str_slice(word, 0, 40)));
	while (column < FORMAT_COLUMN_COUNT && !str_equal(name, str_of(columns_known[column].name)))
		column++;
	if (column == FORMAT_COLUMN_COUNT)
		return no_such_column(name, error);
	struct format_part part = {(enum format_column)column, columns_known[column].cells,
		columns_known[column].side};
	struct str shape = str_slice(word, (size_t)brace + 1, word.len - 1);
	if (brace >= 0 && (!str_ends(word, STR("}")) || !read_shape(shape, &part)))
		return error_set(error, EX_USAGE,
			"list.format: %%%.*s: give its width from 1 to %d or *, and :start or :end, "
			"as in {20:end}",
			STR_ARG(name), MOST_CELLS);
	for (size_t i = 0; i < format->count; i++) {
		if (format->parts[i].column == part.column)
			return error_set(error, EX_USAGE,
				"list.format: %%%.*s stands twice: take one out", STR_ARG(name));
		if (format->parts[i].cells == 0 && part.cells == 0)
			return error_set(error, EX_USAGE,
				"list.format: %%%.*s: another column takes what is left: give it a "
				"width",
				STR_ARG(name));
	}
	format->parts[format->count++] = part;
	return 0;
}

int format_parse(struct format *format, struct str text, struct error *error)
{
	struct str word;
	bool titled = false;
	format->count = 0;
	while (str_split(&text, ' ', &word)) {
		if (str_trim(word).len > 0 && add(format, str_trim(word), error))
			return -1;
	}
	for (size_t i = 0; i < format->count; i++)
		titled |= format->parts[i].column == FORMAT_TITLE;
	return titled ? 0
		      : error_set(error, EX_USAGE,
				"list.format: there is no %%title: add it where titles are to be");
}

int format_usual(enum format_column column)
{
	return columns_known[column].cells;
}

void format_fit(const struct format *format, int columns, int cells[FORMAT_COLUMN_COUNT])
{
	int needed = -1;
	for (size_t i = 0; i < format->count; i++) {
		cells[i] = format->parts[i].cells > 0 ? format->parts[i].cells : FORMAT_LEAST;
		needed += cells[i] + 1;
	}
	for (size_t i = format->count; i > 0 && needed > columns; i--) {
		if (format->parts[i - 1].column == FORMAT_TITLE)
			continue;
		needed -= cells[i - 1] + 1;
		cells[i - 1] = 0;
	}
	for (size_t i = 0; i < format->count; i++) {
		bool title = format->parts[i].column == FORMAT_TITLE;
		bool rest = format->parts[i].cells == 0 && cells[i] > 0;
		if (rest || (title && needed > columns))
			cells[i] += columns - needed;
	}
}
