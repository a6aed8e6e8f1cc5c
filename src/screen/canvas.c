#include "screen/canvas.h"

#include "base/utf8.h"
#include "screen/hyperlink.h"
#include "text/clean.h"

#include <stdlib.h>
#include <string.h>

/* No line of a screen shows more of a text than this; the rest need not be laid out. */
enum { LONGEST_TEXT = 16384 };

struct canvas {
	int rows, columns;
	struct rect part; /* that may be drawn on; within the canvas */
	struct canvas_cell *cells;
	uint32_t fields; /* drawing calls so far; 0 marks cells that belong to none */
	enum text_forms forms;
	enum text_marks marks;
	enum text_numerals numerals;
	bool mirrored; /* the interface is RTL */
	bool plain;
	struct canvas_cursor cursor;
	struct text_engine *engine;
	struct text_line line; /* scratch of canvas_text */
	struct hyperlinks *links;
};

static const struct canvas_cell blank_cell = {
	.glyphs = {' '},
	.glyph_count = 1,
	.width = 1,
};

static struct canvas_cell blank_of(style_t style)
{
	struct canvas_cell cell = blank_cell;
	cell.style = style;
	return cell;
}

static struct canvas_cell *new_cells(int rows, int columns)
{
	if (rows < 1 || columns < 1)
		return NULL;
	size_t count = (size_t)rows * (size_t)columns;
	struct canvas_cell *cells = calloc(count, sizeof *cells);
	for (size_t i = 0; cells && i < count; i++)
		cells[i] = blank_cell;
	return cells;
}

struct canvas *canvas_new(int rows, int columns)
{
	struct canvas *canvas = calloc(1, sizeof *canvas);
	if (!canvas)
		return NULL;
	canvas->cells = new_cells(rows, columns);
	canvas->engine = text_engine_new();
	canvas->links = hyperlinks_new();
	if (!canvas->cells || !canvas->engine || !canvas->links) {
		canvas_free(canvas);
		return NULL;
	}
	canvas->rows = rows;
	canvas->columns = columns;
	canvas_unclip(canvas);
	return canvas;
}

void canvas_free(struct canvas *canvas)
{
	if (!canvas)
		return;
	text_line_free(&canvas->line);
	text_engine_free(canvas->engine);
	hyperlinks_free(canvas->links);
	free(canvas->cells);
	free(canvas);
}

void canvas_set_plain(struct canvas *canvas, bool plain)
{
	canvas->plain = plain;
}

bool canvas_plain(const struct canvas *canvas)
{
	return canvas->plain;
}

void canvas_set_cursor(struct canvas *canvas, int row, int column, bool in_text)
{
	bool shown = row >= 0 && row < canvas->rows && column >= 0 && column < canvas->columns;
	canvas->cursor = (struct canvas_cursor){shown, in_text, row, column};
}

struct canvas_cursor canvas_cursor(const struct canvas *canvas)
{
	return canvas->cursor;
}

struct text_engine *canvas_engine(struct canvas *canvas)
{
	return canvas->engine;
}

int canvas_rows(const struct canvas *canvas)
{
	return canvas->rows;
}

int canvas_columns(const struct canvas *canvas)
{
	return canvas->columns;
}

int canvas_resize(struct canvas *canvas, int rows, int columns)
{
	struct canvas_cell *cells = new_cells(rows, columns);
	if (!cells)
		return -1;
	free(canvas->cells);
	canvas->cells = cells;
	canvas->rows = rows;
	canvas->columns = columns;
	canvas->fields = 0;
	canvas->cursor.shown = false;
	canvas_unclip(canvas);
	return 0;
}

void canvas_set_forms(struct canvas *canvas, enum text_forms forms)
{
	canvas->forms = forms;
}

enum text_forms canvas_forms(const struct canvas *canvas)
{
	return canvas->forms;
}

void canvas_set_marks(struct canvas *canvas, enum text_marks marks)
{
	canvas->marks = marks;
}

enum text_marks canvas_marks(const struct canvas *canvas)
{
	return canvas->marks;
}

void canvas_set_numerals(struct canvas *canvas, enum text_numerals numerals)
{
	canvas->numerals = numerals;
}

enum text_numerals canvas_numerals(const struct canvas *canvas)
{
	return canvas->numerals;
}

void canvas_set_direction(struct canvas *canvas, enum text_direction direction)
{
	canvas->mirrored = direction == TEXT_RTL;
}

enum text_direction canvas_direction(const struct canvas *canvas)
{
	return canvas->mirrored ? TEXT_RTL : TEXT_LTR;
}

int canvas_mirror(const struct canvas *canvas, struct rect area, int column, int columns)
{
	return canvas->mirrored ? 2 * area.column + area.columns - column - columns : column;
}

static struct canvas_cell *row_cells(const struct canvas *canvas, int row)
{
	return canvas->cells + (size_t)row * (size_t)canvas->columns;
}

const struct canvas_cell *canvas_row(const struct canvas *canvas, int row)
{
	return row_cells(canvas, row);
}

/* The part of start..start + count (excluded) that lies within first..first + most. */
static void cut(int start, int count, int first, int most, int *from, int *to)
{
	long end = (long)start + count, last = (long)first + most;
	*from = start < first ? first : start;
	*to = (int)(end > last ? last : end < first ? first : end);
}

/* The columns from..to (excluded) of `columns` at `column` that may be drawn on. */
static void clip(const struct canvas *canvas, int column, int columns, int *from, int *to)
{
	cut(column, columns, canvas->part.column, canvas->part.columns, from, to);
}

static void clip_rows(const struct canvas *canvas, int row, int rows, int *from, int *to)
{
	cut(row, rows, canvas->part.row, canvas->part.rows, from, to);
}

static bool has_row(const struct canvas *canvas, int row)
{
	int from, to;
	clip_rows(canvas, row, 1, &from, &to);
	return from < to;
}

void canvas_clip(struct canvas *canvas, struct rect part)
{
	int top, bottom, left, right;
	cut(part.row, part.rows, 0, canvas->rows, &top, &bottom);
	cut(part.column, part.columns, 0, canvas->columns, &left, &right);
	canvas->part = (struct rect){top, left, bottom > top ? bottom - top : 0,
		right > left ? right - left : 0};
}

void canvas_unclip(struct canvas *canvas)
{
	canvas->part = (struct rect){0, 0, canvas->rows, canvas->columns};
}

/* Before a cell is overwritten: the other half of a wide one must not stay behind. */
static void part_wide(struct canvas *canvas, struct canvas_cell *cells, int column)
{
	int other = cells[column].width == 2   ? column + 1
		    : cells[column].width == 0 ? column - 1
					       : -1;
	if (other < 0 || other >= canvas->columns)
		return;
	cells[other] = blank_of(cells[other].style);
}

static void put_one(struct canvas *canvas, int row, int column, const struct canvas_cell *cell)
{
	struct canvas_cell *cells = row_cells(canvas, row);
	part_wide(canvas, cells, column);
	cells[column] = *cell;
}

/* Puts a cell of width 1 or 2; what a field or the canvas cuts in half becomes blank. */
static void put(struct canvas *canvas, int row, int column, int from, int to,
	const struct canvas_cell *cell)
{
	if (cell->width == 2 && column >= from && column + 2 <= to) {
		struct canvas_cell right = *cell;
		right.glyph_count = 0;
		right.width = 0;
		put_one(canvas, row, column + 1, &blank_cell);
		put_one(canvas, row, column, cell);
		row_cells(canvas, row)[column + 1] = right;
		return;
	}
	struct canvas_cell blank = blank_of(cell->style);
	for (int i = column; i < column + cell->width; i++) {
		if (i >= from && i < to)
			put_one(canvas, row, i, cell->width == 1 ? cell : &blank);
	}
}

void canvas_fill(struct canvas *canvas, struct rect rect, style_t style)
{
	int from, to, top, bottom;
	clip(canvas, rect.column, rect.columns, &from, &to);
	clip_rows(canvas, rect.row, rect.rows, &top, &bottom);
	struct canvas_cell blank = blank_of(style);
	for (int row = top; row < bottom; row++) {
		for (int column = from; column < to; column++)
			put_one(canvas, row, column, &blank);
	}
}

void canvas_clear(struct canvas *canvas, style_t style)
{
	canvas->fields = 0;
	canvas->cursor.shown = false;
	canvas_unclip(canvas);
	canvas_fill(canvas, (struct rect){0, 0, canvas->rows, canvas->columns}, style);
	hyperlinks_tidy(canvas->links);
}

/* The two halves of a wide cell look alike: the left one decides. */
static void restyle_row(
	struct canvas *canvas, int row, int from, int to, style_t keep, style_t bits)
{
	struct canvas_cell *cells = row_cells(canvas, row);
	for (int column = from; column < to; column++) {
		if (cells[column].width == 0)
			continue;
		cells[column].style = (cells[column].style & keep) | bits;
		if (cells[column].width == 2)
			cells[column + 1].style = cells[column].style;
	}
}

static void restyle(struct canvas *canvas, struct rect rect, style_t keep, style_t bits)
{
	int from, to, top, bottom;
	clip(canvas, rect.column, rect.columns, &from, &to);
	clip_rows(canvas, rect.row, rect.rows, &top, &bottom);
	for (int row = top; row < bottom; row++)
		restyle_row(canvas, row, from, to, keep, bits);
}

void canvas_overlay(struct canvas *canvas, struct rect rect, style_t overlay)
{
	restyle(canvas, rect, 0xFFFF, overlay & 0xFF00);
}

void canvas_set_role(struct canvas *canvas, struct rect rect, enum role role)
{
	restyle(canvas, rect, 0xFF00, role);
}

/* A role of its own wins over the one that is added; modifiers add up. */
static style_t add_style(style_t own, style_t added)
{
	style_t role = own & 0xFF ? own & 0xFF : added & 0xFF;
	return (style_t)(role | ((own | added) & 0xFF00));
}

/*
 * What may follow a base in its cell: marks, and the joiners a terminal needs that
 * joins letters itself.  Not between wide ones: terminals do not agree how wide
 * the pictures are that emoji make together.
 */
static bool may_follow(uint32_t code_point, int width)
{
	bool joiner = code_point == 0x200C || code_point == 0x200D;
	return joiner ? width == 1 : !text_is_invisible(code_point);
}

/* Glyphs [from, from + count) of a cluster as one cell; marks over what it holds go. */
static struct canvas_cell cell_of(
	const struct text_line *line, const struct text_cell *cluster, size_t from, size_t count)
{
	struct canvas_cell made = blank_of(cluster->style);
	const uint32_t *glyphs = line->glyphs + cluster->glyph + from;
	made.glyphs[0] = glyphs[0];
	made.width = (uint8_t)text_width(glyphs[0]);
	for (size_t i = 1; i < count && made.glyph_count < CANVAS_GLYPHS; i++) {
		if (may_follow(glyphs[i], made.width))
			made.glyphs[made.glyph_count++] = glyphs[i];
	}
	made.level = cluster->level;
	made.offset = cluster->start;
	return made;
}

/* Cells of the line from its start side on that fit into `columns`. */
static int fitting(
	const struct text_line *line, int columns, bool from_right, size_t *first, size_t *last)
{
	int width = 0;
	size_t taken = 0;
	while (taken < line->count) {
		size_t at = from_right ? line->count - 1 - taken : taken;
		if (line->cells[at].width > columns - width)
			break;
		width += line->cells[at].width;
		taken++;
	}
	*first = from_right ? line->count - taken : 0;
	*last = *first + taken;
	return width;
}

/* Where and how a line is being drawn. */
struct strip {
	int row, from, to; /* the columns that may be touched */
	uint32_t field;
	style_t style;
};

/* A cluster takes a cell for each of its spacing characters, mostly one. */
static void put_cluster(struct canvas *canvas, const struct strip *strip, int column,
	const struct text_line *line, const struct text_cell *cluster)
{
	const uint32_t *glyphs = line->glyphs + cluster->glyph;
	for (size_t from = 0; from < cluster->glyph_count;) {
		size_t next = from + 1;
		while (next < cluster->glyph_count && text_width(glyphs[next]) == 0)
			next++;
		struct canvas_cell cell = cell_of(line, cluster, from, next - from);
		cell.style = add_style(cell.style, strip->style);
		cell.field = strip->field;
		put(canvas, strip->row, column, strip->from, strip->to, &cell);
		column += cell.width;
		from = next;
	}
}

static int draw_line(struct canvas *canvas, int row, int column, int columns,
	const struct text_line *line, enum align align, style_t style)
{
	if (columns <= 0)
		return 0;
	bool rtl = line->direction == TEXT_RTL;
	size_t first, last;
	int width = fitting(line, columns, rtl, &first, &last);
	if (!has_row(canvas, row))
		return width;
	int from, to;
	clip(canvas, column, columns, &from, &to);
	canvas_fill(canvas, (struct rect){row, column, 1, columns}, style);
	int room = columns - width;
	if (align == ALIGN_START || align == ALIGN_END)
		align = (align == ALIGN_END) == canvas->mirrored ? ALIGN_LEFT : ALIGN_RIGHT;
	if (canvas->plain)
		align = ALIGN_LEFT;
	int skip = align == ALIGN_CENTRE                                       ? room / 2
		   : align == ALIGN_RIGHT || (align == ALIGN_PARAGRAPH && rtl) ? room
									       : 0;
	int at = column + skip;
	struct strip strip = {row, from, to, ++canvas->fields, style};
	for (size_t i = first; i < last; i++) {
		put_cluster(canvas, &strip, at, line, &line->cells[i]);
		at += line->cells[i].width;
	}
	return width;
}

int canvas_line(struct canvas *canvas, int row, int column, int columns,
	const struct text_line *line, style_t style)
{
	draw_line(canvas, row, column, columns, line, ALIGN_PARAGRAPH, style);
	return 0;
}

int canvas_link(struct canvas *canvas, int row, int from, int to, uint32_t start, uint32_t end,
	struct str url)
{
	uint32_t number;
	if (!has_row(canvas, row))
		return 0;
	if (hyperlinks_number(canvas->links, url, &number) != 0)
		return -1;
	clip(canvas, from, to - from, &from, &to);
	struct canvas_cell *cells = row_cells(canvas, row);
	for (int i = from; number != 0 && i < to; i++) {
		if (cells[i].field != 0 && cells[i].offset >= start && cells[i].offset < end)
			cells[i].link = number;
	}
	return 0;
}

struct str canvas_link_target(const struct canvas *canvas, uint32_t link)
{
	return hyperlinks_target(canvas->links, link);
}

/* At most LONGEST_TEXT bytes, cut at a code point. */
static struct str start_of(struct str text)
{
	size_t end = text.len;
	if (end > LONGEST_TEXT) {
		end = LONGEST_TEXT;
		while (end > LONGEST_TEXT - 4 && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
			end--;
	}
	return str_slice(text, 0, end);
}

int canvas_text(struct canvas *canvas, int row, int column, int columns, struct str text,
	const struct field *field)
{
	if (columns <= 0)
		return 0;
	struct text_source source = {.text = start_of(text)};
	struct text_options options = {
		.engine = canvas->engine,
		.direction = field->direction,
		.fallback = field->fallback,
		.forms = canvas->forms,
		.marks = canvas->marks,
		.numerals = canvas->numerals,
	};
	struct text_paragraph *paragraph = text_paragraph_new(&source, &options);
	if (!paragraph)
		return -1;
	int result = text_paragraph_fit(paragraph, columns, &canvas->line);
	text_paragraph_free(paragraph);
	if (result != 0)
		return -1;
	return draw_line(canvas, row, column, columns, &canvas->line, field->align, field->style);
}

void canvas_pixels(struct canvas *canvas, int row, int column, uint32_t upper, uint32_t lower)
{
	enum { UPPER_HALF_BLOCK = 0x2580 };
	int from, to;
	clip(canvas, column, 1, &from, &to);
	if (!has_row(canvas, row) || from >= to)
		return;
	struct canvas_cell cell = blank_of(ROLE_NORMAL);
	cell.glyphs[0] = UPPER_HALF_BLOCK;
	cell.pixels[0] = CANVAS_PIXEL | upper;
	cell.pixels[1] = CANVAS_PIXEL | lower;
	put_one(canvas, row, column, &cell);
}

/* What a sign says where nothing is only to be looked at; ' ' where it says nothing. */
static uint32_t plain_sign(uint32_t code_point)
{
	enum { BOXES = 0x2500, BEHIND = 0x2800, STAR = 0x2605, CHECK = 0x2713 };
	static const struct {
		uint32_t sign, plain;
	} signs[] = {{0x2502, '>'}, {STAR, '*'}, {CHECK, 'x'}, {0x203A, '>'}, {0x2039, '<'}};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		if (signs[i].sign == code_point)
			return signs[i].plain;
	}
	return code_point >= BOXES && code_point < BEHIND ? ' ' : code_point;
}

void canvas_sign(
	struct canvas *canvas, int row, int column, int count, uint32_t code_point, style_t style)
{
	if (!has_row(canvas, row))
		return;
	struct canvas_cell cell = blank_of(style);
	if (canvas->plain)
		code_point = plain_sign(code_point);
	if (text_clean(code_point) == code_point && text_width(code_point) == 1)
		cell.glyphs[0] = code_point;
	int from, to;
	clip(canvas, column, count, &from, &to);
	for (int i = from; i < to; i++)
		put_one(canvas, row, i, &cell);
}
