/*
 * text/paragraph.h: any bytes are text, and the invariants of that header hold for them.
 * The input: six bytes of options (see arguments_of()), then the ranges that byte four asks
 * for, then the text.
 */
#include "fuzz.h"

#include "base/utf8.h"
#include "text/clean.h"
#include "text/paragraph.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>

enum { RANGES_MAX = 3, LEVEL_MAX = 127, ELLIPSIS = 0x2026 };

struct arguments {
	struct text_source source;
	struct text_options options;
	struct text_run runs[RANGES_MAX];
	struct text_isolate isolates[RANGES_MAX];
	int width;
	bool justify;
	bool fresh; /* compare with an engine that has seen nothing else */
};

/* Of one input: what the checks look at.  The arrays grow and are kept. */
struct checker {
	struct arguments *arguments;
	struct fuzz_codes codes;
	struct text_paragraph *paragraph;
	struct text_line line, other;
	struct fuzz_bag source, drawn;
};

static const enum text_direction DIRECTIONS[] = {TEXT_AUTO, TEXT_LTR, TEXT_RTL, TEXT_AUTO};

static const enum text_marks MARKS[] = {
		TEXT_MARKS_SHOW, TEXT_MARKS_HIDE, TEXT_MARKS_SPARING, TEXT_MARKS_SHOW};
static const enum text_numerals NUMERALS[] = {TEXT_NUMERALS_WRITTEN, TEXT_NUMERALS_LATIN,
		TEXT_NUMERALS_ARABIC_INDIC, TEXT_NUMERALS_PERSIAN};

static size_t to_border(struct str text, size_t at)
{
	while (at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
		at++;
	return at;
}

static int by_isolate(const void *a, const void *b)
{
	const struct text_isolate *x = a, *y = b;
	return (x->start > y->start) - (x->start < y->start);
}

static void ranges_of(struct fuzz_input *input, struct arguments *a, uint8_t counts)
{
	size_t isolates = counts & 3, runs = counts >> 2 & 3;
	size_t taken = 3 * isolates + 2 * runs;
	size_t length = input->size > taken ? input->size - taken : 0;
	struct str text = {(const char *)input->data + input->size - length, length};
	for (size_t i = 0; i < isolates; i++) {
		size_t start = to_border(text, fuzz_place(input, length));
		size_t end = to_border(text, start + fuzz_place(input, length - start));
		a->isolates[i] = (struct text_isolate){
				start, end, DIRECTIONS[fuzz_byte(input) & 3]};
	}
	qsort(a->isolates, isolates, sizeof *a->isolates, by_isolate);
	size_t at = 0;
	for (size_t i = 0; i < runs; i++) {
		size_t start = at + fuzz_place(input, length - at);
		at = start + fuzz_place(input, length - start);
		a->runs[i] = (struct text_run){start, at, (uint16_t)(i + 1)};
	}
	a->source.text = fuzz_rest(input);
	a->source.isolates = a->isolates;
	a->source.isolate_count = isolates;
	a->source.runs = a->runs;
	a->source.run_count = runs;
}

static void arguments_of(struct fuzz_input *input, struct arguments *a)
{
	uint8_t first = fuzz_byte(input), second = fuzz_byte(input);
	a->options.direction = DIRECTIONS[first & 3];
	a->options.forms = first & 4 ? TEXT_FORMS_BASE : TEXT_FORMS_PRESENTATION;
	a->options.no_islands = first & 8;
	a->options.fallback = DIRECTIONS[second & 3];
	a->fresh = second & 4;
	a->width = 1 + ((fuzz_byte(input) - '0') & 0x7F);
	uint8_t counts = fuzz_byte(input);
	uint8_t typography = fuzz_byte(input), numerals = fuzz_byte(input);
	a->options.marks = MARKS[typography & 3];
	a->justify = typography & 4;
	a->options.plain_breaks = typography & 8;
	a->options.numerals = NUMERALS[numerals & 3];
	ranges_of(input, a, counts);
}

/* What step 1 makes of code point i. */
static uint32_t cleaned(const struct fuzz_codes *codes, size_t i)
{
	if (codes->items[i] != '\r')
		return text_clean(codes->items[i]);
	return i + 1 < codes->count && codes->items[i + 1] == '\n' ? TEXT_DROP : 0x2028;
}

static bool is_white(uint32_t code)
{
	return code == TEXT_DROP || u_isUWhiteSpace((UChar32)code) || text_is_invisible(code);
}

/* Controls of the terminal and of the layout, written out: text/clean.h is under test, too. */
static bool is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C || code == 0x200E ||
	       code == 0x200F || (code >= 0x2028 && code <= 0x202E) ||
	       (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF || code > 0x10FFFF ||
	       (code >= 0xD800 && code < 0xE000) || (code & 0xFFFE) == 0xFFFE;
}

/* Takes out of a bag what the options let the cells draw otherwise. */
static void even_out(const struct text_options *options, struct fuzz_bag *bag)
{
	size_t kept = 0;
	for (size_t i = 0; i < bag->count; i++) {
		uint32_t code = bag->items[i];
		if (options->marks != TEXT_MARKS_SHOW &&
				u_charType((UChar32)code) == U_NON_SPACING_MARK)
			continue;
		int32_t digit = u_charDigitValue((UChar32)code);
		bool drawn_otherwise = options->numerals != TEXT_NUMERALS_WRITTEN && digit >= 0;
		bag->items[kept++] = drawn_otherwise ? '0' + (uint32_t)digit : code;
	}
	bag->count = kept;
}

/* What a code point of the source is to be drawn as, apart from its shape. */
static void add_source(struct checker *c, const struct text_cell *cell, uint32_t code)
{
	bool presentation = c->arguments->options.forms == TEXT_FORMS_PRESENTATION;
	struct str words = str_of(presentation ? text_spelled(code) : NULL);
	for (size_t i = 0; i < words.len;) {
		uint32_t letter;
		i += utf8_decode(words.ptr + i, words.len - i, &letter);
		fuzz_bag_add(&c->source, letter);
	}
	if (cell->level & 1)
		code = (uint32_t)u_charMirror((UChar32)code);
	if (words.len == 0)
		fuzz_bag_add(&c->source, text_drawn(code));
}

/* What the source has where the cell stands; how many code points. */
static size_t collect_source(struct checker *c, const struct text_cell *cell)
{
	size_t first = fuzz_index(&c->codes, cell->start), i = first;
	bool based = false;
	c->source.count = 0;
	for (; c->codes.offsets[i] < cell->end; i++) {
		uint32_t code = cleaned(&c->codes, i);
		if (code == TEXT_DROP || text_is_invisible(code))
			continue;
		if (!based && text_width(code) == 0)
			fuzz_bag_add(&c->source, ' ');
		based = true;
		add_source(c, cell, code);
	}
	return i - first;
}

/* The cell draws what the source has there: no more, no less, nothing else. */
static void check_glyphs(struct checker *c, const struct text_cell *cell)
{
	size_t codes = collect_source(c, cell);
	int width = 0;
	c->drawn.count = 0;
	for (size_t g = 0; g < cell->glyph_count; g++) {
		uint32_t glyph = c->line.glyphs[cell->glyph + g];
		CHECK(!is_control(glyph));
		CHECK(text_clean(glyph) == glyph && text_drawn(glyph) == glyph);
		width += text_width(glyph);
		if (text_is_invisible(glyph))
			CHECK(g > 0 && (glyph == 0x200C || glyph == 0x200D));
		else
			fuzz_bag_add(&c->drawn, glyph);
	}
	if (cell->glyph_count > 0)
		CHECK(text_width(c->line.glyphs[cell->glyph]) > 0);
	/* Of a tower of marks not all are drawn. */
	if (codes >= UINT8_MAX)
		return;
	CHECK(width == cell->width);
	even_out(&c->arguments->options, &c->source);
	even_out(&c->arguments->options, &c->drawn);
	CHECK(fuzz_bag_equal(&c->source, &c->drawn));
}

static uint16_t style_at(const struct text_source *source, size_t at)
{
	for (size_t i = 0; i < source->run_count; i++) {
		if (source->runs[i].start <= at && at < source->runs[i].end)
			return source->runs[i].style;
	}
	return 0;
}

static int by_start(const void *a, const void *b)
{
	const struct text_cell *x = a, *y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->end > y->end) - (x->end < y->end);
}

/* L2 by ICU.  Where isolates were put in, the levels of the cells do not tell all. */
static void check_order(const struct checker *c, const struct text_cell *logical, size_t count)
{
	if (!c->arguments->options.no_islands || c->arguments->source.isolate_count > 0)
		return;
	UBiDiLevel *levels = malloc(count + 1);
	int32_t *order = malloc((count + 1) * sizeof *order);
	CHECK(levels && order);
	for (size_t i = 0; i < count; i++)
		levels[i] = logical[i].level;
	ubidi_reorderVisual(levels, (int32_t)count, order);
	for (size_t i = 0; i < count; i++)
		CHECK(logical[order[i]].start == c->line.cells[i].start);
	free(levels);
	free(order);
}

/* The cells cover the line from `start` without gap; only white space is left out at the end. */
static void check_tiling(struct checker *c, size_t start, size_t end, bool ellipsis)
{
	size_t count = c->line.count, at = start;
	struct text_cell *cells = malloc((count + 1) * sizeof *cells);
	CHECK(cells);
	if (count > 0)
		memcpy(cells, c->line.cells, count * sizeof *cells);
	qsort(cells, count, sizeof *cells, by_start);
	for (size_t i = 0; i < count; i++) {
		bool last = ellipsis && i + 1 == count;
		CHECK(cells[i].start >= at && (cells[i].start == at || last));
		CHECK(last ? cells[i].end == cells[i].start : cells[i].end > cells[i].start);
		at = cells[i].end;
	}
	CHECK(at <= end);
	for (size_t i = fuzz_index(&c->codes, at); c->codes.offsets[i] < end; i++)
		CHECK(is_white(cleaned(&c->codes, i)));
	check_order(c, cells, count);
	free(cells);
}

/* A line of `width` cells over the bytes [start, end). */
static void check_line(struct checker *c, size_t start, size_t end, int width, bool ellipsis)
{
	const struct text_line *line = &c->line;
	int used = 0, seen = 0;
	CHECK(line->direction == text_paragraph_direction(c->paragraph));
	for (size_t i = 0; i < line->count; i++) {
		const struct text_cell *cell = &line->cells[i];
		CHECK(cell->level <= LEVEL_MAX);
		CHECK((size_t)cell->glyph + cell->glyph_count <= line->glyph_count);
		CHECK((cell->width == 0) == (cell->glyph_count == 0));
		used += cell->width;
		seen += cell->width > 0;
		if (cell->end == cell->start)
			continue;
		CHECK(cell->style == style_at(&c->arguments->source, cell->start));
		check_glyphs(c, cell);
	}
	CHECK(used == line->width);
	CHECK(used <= width || seen == 1);
	check_tiling(c, start, end, ellipsis);
}

static size_t break_at(struct checker *c, size_t start, int width)
{
	ssize_t next = text_paragraph_break(c->paragraph, start, width);
	CHECK(next > (ssize_t)start && (size_t)next <= c->arguments->source.text.len);
	return (size_t)next;
}

static bool is_put_in(const struct text_line *line, const struct text_cell *cell)
{
	uint32_t glyph = line->glyphs[cell->glyph];
	return cell->start == cell->end && cell->width == 1 && cell->glyph_count == 1 &&
	       (glyph == ' ' || glyph == 0x0640);
}

static void check_same_cell(const struct text_line *a, const struct text_cell *x,
		const struct text_line *b, const struct text_cell *y)
{
	CHECK(x->start == y->start && x->end == y->end && x->style == y->style);
	CHECK(x->level == y->level && x->width == y->width && x->glyph_count == y->glyph_count);
	for (size_t g = 0; g < x->glyph_count; g++)
		CHECK(a->glyphs[x->glyph + g] == b->glyphs[y->glyph + g]);
}

/* Justified, a line is the ragged one, or that and what fills it up to the width. */
static void check_justified(struct checker *c, size_t start, size_t end, int width)
{
	const struct text_line *ragged = &c->line, *line = &c->other;
	CHECK(text_paragraph_justify(c->paragraph, start, end, width, &c->other) == 0);
	CHECK(line->start == start && line->end == end && line->direction == ragged->direction);
	CHECK(line->width == ragged->width || line->width == width);
	int used = 0;
	size_t at = 0;
	for (size_t i = 0; i < line->count; i++) {
		const struct text_cell *cell = &line->cells[i];
		CHECK((size_t)cell->glyph + cell->glyph_count <= line->glyph_count);
		used += cell->width;
		if (line->width > ragged->width && is_put_in(line, cell))
			continue;
		CHECK(at < ragged->count);
		check_same_cell(line, cell, ragged, &ragged->cells[at++]);
	}
	CHECK(at == ragged->count && used == line->width);
}

/* All lines at a width; a hash of where they end. */
static uint64_t check_lines(struct checker *c, int width)
{
	uint64_t hash = 0;
	for (size_t at = 0; at < c->arguments->source.text.len;) {
		size_t next = break_at(c, at, width);
		CHECK(text_paragraph_line(c->paragraph, at, next, &c->line) == 0);
		CHECK(c->line.start == at && c->line.end == next);
		check_line(c, at, next, width, false);
		if (c->arguments->justify)
			check_justified(c, at, next, width);
		at = next;
		hash = hash * 1000003 + at;
	}
	return hash;
}

static void check_fit(struct checker *c, int width)
{
	size_t length = c->arguments->source.text.len;
	CHECK(text_paragraph_line(c->paragraph, 0, length, &c->line) == 0);
	check_line(c, 0, length, INT_MAX, false);
	int whole = c->line.width;
	CHECK(whole <= text_paragraph_width(c->paragraph));
	CHECK(text_paragraph_fit(c->paragraph, width, &c->line) == 0);
	CHECK(c->line.start == 0 && c->line.end <= length);
	CHECK(c->line.width <= width);
	bool cut = whole > width;
	CHECK(cut || c->line.width == whole);
	if (cut) {
		size_t place = c->line.direction == TEXT_RTL ? 0 : c->line.count - 1;
		CHECK(c->line.count > 0);
		const struct text_cell *last = &c->line.cells[place];
		CHECK(last->start == last->end && last->start == c->line.end);
		CHECK(c->line.glyphs[last->glyph] == ELLIPSIS);
	}
	check_line(c, 0, c->line.end, width, cut);
}

static void check_same_line(const struct text_line *a, const struct text_line *b)
{
	CHECK(a->count == b->count && a->width == b->width && a->direction == b->direction);
	for (size_t i = 0; i < a->count; i++)
		check_same_cell(a, &a->cells[i], b, &b->cells[i]);
}

/* What the engine remembers of other texts changes nothing. */
static void check_fresh(struct checker *c)
{
	struct text_options options = c->arguments->options;
	options.engine = NULL;
	struct text_paragraph *other = text_paragraph_new(&c->arguments->source, &options);
	CHECK(other);
	for (size_t at = 0; at < c->arguments->source.text.len;) {
		size_t next = break_at(c, at, c->arguments->width);
		CHECK(text_paragraph_break(other, at, c->arguments->width) == (ssize_t)next);
		CHECK(text_paragraph_line(c->paragraph, at, next, &c->line) == 0);
		CHECK(text_paragraph_line(other, at, next, &c->other) == 0);
		check_same_line(&c->line, &c->other);
		at = next;
	}
	text_paragraph_free(other);
}

static void check(struct checker *c)
{
	const struct arguments *a = c->arguments;
	enum text_direction direction = text_paragraph_direction(c->paragraph);
	CHECK(direction == TEXT_LTR || direction == TEXT_RTL);
	CHECK(a->options.direction == TEXT_AUTO || direction == a->options.direction);
	uint64_t lines = check_lines(c, a->width);
	check_lines(c, 1 + a->width / 3);
	CHECK(check_lines(c, a->width) == lines);
	check_fit(c, a->width);
	if (a->fresh)
		check_fresh(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct text_engine *engine;
	if (!engine)
		engine = text_engine_new();
	CHECK(engine);
	struct fuzz_input input = {data, size};
	struct arguments arguments = {.options.engine = engine};
	arguments_of(&input, &arguments);
	struct checker checker = {.arguments = &arguments};
	fuzz_decode(arguments.source.text, &checker.codes);
	checker.paragraph = text_paragraph_new(&arguments.source, &arguments.options);
	CHECK(checker.paragraph);
	check(&checker);
	text_paragraph_free(checker.paragraph);
	text_line_free(&checker.line);
	text_line_free(&checker.other);
	fuzz_codes_free(&checker.codes);
	fuzz_bag_free(&checker.source);
	fuzz_bag_free(&checker.drawn);
	return 0;
}
