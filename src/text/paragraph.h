/*
 * One paragraph of text laid out for character cells, right-to-left included.
 *
 * The steps, in order (section numbers are those of UAX #9, #14, #29):
 *   1. decode    UTF-8 to code points; what no terminal may see is dropped
 *                (text/clean.h); "\n" is a line separator, as <br> is in CSS;
 *   2. direction as told, else the first strong character (P2, P3), isolates
 *                skipped, else the fallback;
 *   3. islands   URLs, addresses, hyphenated numbers become left-to-right isolates;
 *   4. levels    UAX #9 (text/bidi.h) over the whole paragraph, before any wrapping;
 *   5. clusters  ICU grapheme clusters; ligatures (lam-alef) join two of them;
 *   6. shaping   HarfBuzz with the cell font (text/shape.h), Arabic and Hebrew
 *                script only, context across run borders;
 *   7. breaking  ICU line breaks less those that typography forbids (text/breaks.h),
 *                greedy filling on the logical text;
 *   8. lines     L1 (trailing white space), L2 (reordering), mirroring; justification
 *                (text/kashida.h) where it is asked for.
 *
 * Marks and numerals (text/drawn.h) change only the glyphs that step 6 made: clusters,
 * levels, widths and breaks are those of the text as it was written.
 *
 * Invariants, each tested:
 *   - every cluster of the text stands in exactly one line, once;
 *   - a line is never wider than asked, but for a single cluster that is;
 *   - offsets are byte offsets into the UTF-8 text as it was given (logical order);
 *   - the result depends on the arguments alone: no globals, no locale, no files.
 *
 * Units: offsets and lengths in bytes, widths in cells.  Out of memory is told
 * by NULL or -1; nothing else fails: any bytes are text.
 */
#ifndef KHABAR_TEXT_PARAGRAPH_H
#define KHABAR_TEXT_PARAGRAPH_H

#include "base/str.h"

#include <stdint.h>
#include <sys/types.h>

enum text_direction {
	TEXT_AUTO, /* by the first strong character */
	TEXT_LTR,
	TEXT_RTL,
};

enum text_forms {
	TEXT_FORMS_PRESENTATION, /* joined letters as presentation forms, lam-alef as one cell */
	TEXT_FORMS_BASE,         /* base letters, for a terminal that joins by itself */
};

/*
 * Arabic harakat (shadda and superscript alef among them) and Koranic signs, Hebrew points
 * and accents.  A hamza or madda that makes a letter is none, nor are the accents of other scripts;
 * a mark that stands in no word is always shown.
 */
enum text_marks {
	TEXT_MARKS_SHOW,
	TEXT_MARKS_HIDE,
	TEXT_MARKS_SPARING, /* only in words with one or two, and a letter that has none */
};

/* "show", "hide", "sparing", by the enum; NULL behind the last. */
extern const char *const text_marks_names[];

/*
 * How digits are drawn; their order is that of the source.  Arabic-Indic and Persian digits
 * are drawn where the last letter before (or else the first of the paragraph) is of Arabic
 * script, or the paragraph runs from right to left and has no letter.  Words with ASCII letters
 * in them, as addresses are, keep what was written.
 */
enum text_numerals {
	TEXT_NUMERALS_WRITTEN,
	TEXT_NUMERALS_LATIN,
	TEXT_NUMERALS_ARABIC_INDIC,
	TEXT_NUMERALS_PERSIAN,
};

/* "written", "latin", "arabic-indic", "persian"; NULL behind the last. */
extern const char *const text_numerals_names[];

/* A stretch that looks alike.  Runs are sorted and do not overlap; gaps have style 0. */
struct text_run {
	size_t start, end; /* bytes */
	uint16_t style;    /* means nothing to the engine, copied to the cells */
};

/* A stretch that is its own bidi world (<bdi>, <code>, a URL).  Sorted by start, may nest. */
struct text_isolate {
	size_t start, end;             /* bytes, at code point borders */
	enum text_direction direction; /* TEXT_AUTO: by its own first strong character (FSI) */
};

struct text_source {
	struct str text; /* UTF-8, borrowed: must outlive the paragraph; up to 4 GiB */
	const struct text_run *runs;
	size_t run_count;
	const struct text_isolate *isolates;
	size_t isolate_count;
};

/*
 * What every paragraph needs and is dear to make: the cell font, the ICU break
 * iterators, scratch memory.  One per thread; outlives its paragraphs.
 */
struct text_engine;

/* NULL when out of memory (or ICU's data is missing). */
struct text_engine *text_engine_new(void);
void text_engine_free(struct text_engine *engine);

struct text_options {
	struct text_engine *engine; /* borrowed; NULL: the paragraph makes one of its own (slow) */
	enum text_direction direction; /* of the paragraph */
	enum text_direction fallback;  /* where TEXT_AUTO finds no strong character; AUTO: LTR */
	enum text_forms forms;
	enum text_marks marks;
	enum text_numerals numerals;
	bool no_islands;   /* leaves out step 3, for pure UAX #9 */
	bool plain_breaks; /* breaks where ICU does, fills lines greedily: pure UAX #14 */
};

/* One visual cell cluster. */
struct text_cell {
	uint32_t start, end; /* bytes of the source it stands for; equal in what was put in:
			      * an ellipsis, a tatweel or blank of justification */
	uint32_t glyph;      /* first code point in the line's `glyphs` */
	uint8_t glyph_count; /* base and marks; 0 for what has no width and no ink */
	uint8_t width;       /* cells; over 2 only where several spacing characters are one
			      * cluster (Indic vowels, emoji sequences) */
	uint8_t level;       /* embedding level */
	uint16_t style;
};

/*
 * A line in visual order: cells[0] is the leftmost.  Starts as {0}; its arrays
 * are owned, used again by the next call and freed by text_line_free().
 */
struct text_line {
	struct text_cell *cells;
	size_t count, cell_cap;
	uint32_t *glyphs; /* code points, mirrored and shaped */
	size_t glyph_count, glyph_cap;
	int width;                     /* cells, trailing white space not counted */
	size_t start, end;             /* bytes of the source, trailing white space included */
	enum text_direction direction; /* of the paragraph: LTR or RTL; the side it starts at */
};

void text_line_free(struct text_line *line);

struct text_paragraph;

/* Steps 1 to 6.  NULL when out of memory. */
struct text_paragraph *text_paragraph_new(
	const struct text_source *source, const struct text_options *options);
void text_paragraph_free(struct text_paragraph *paragraph);

/* Never TEXT_AUTO. */
enum text_direction text_paragraph_direction(const struct text_paragraph *paragraph);

/* Width of the whole text on one line, in cells. */
int text_paragraph_width(const struct text_paragraph *paragraph);

/*
 * Where the line that starts at byte `start` ends when `width` cells (at least 1)
 * are there: the start of the next line, the length of the text after the last.
 * `start` is 0 or what an earlier call returned.  White space at the end of a
 * line hangs over and takes no cells.  A line that would leave one short word for
 * the last gives it company.  -1 when out of memory.
 */
ssize_t text_paragraph_break(struct text_paragraph *paragraph, size_t start, int width);

/*
 * Lays out bytes start to end (both from text_paragraph_break) as one line.
 * White space at its end is left out of the cells.  -1 when out of memory, else 0.
 */
int text_paragraph_line(
	struct text_paragraph *paragraph, size_t start, size_t end, struct text_line *line);

/*
 * As text_paragraph_line(), and fills the line up to `width` cells, exactly, by cells that
 * are put in: a tatweel between letters of Arabic script that join (text/kashida.h says where),
 * then blanks, shared out evenly over the spaces.  A line stays ragged when it is the last of
 * the paragraph or before a "\n", has no such places, or would need more than a third of `width`.
 */
int text_paragraph_justify(struct text_paragraph *paragraph, size_t start, size_t end, int width,
	struct text_line *line);

/*
 * The whole text as one line of at most `width` cells; where it does not fit it
 * is cut on the side where reading ends and an ellipsis is put there.
 * -1 when out of memory, else 0.
 */
int text_paragraph_fit(struct text_paragraph *paragraph, int width, struct text_line *line);

#endif
