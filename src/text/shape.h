/*
 * The cell font: HarfBuzz made to shape for character cells.
 *
 * The font is made up: glyph id = code point, advance = cells, and the glyph of
 * a character exists when a terminal can show it.  Without OpenType tables
 * HarfBuzz falls back to the Unicode presentation forms: joining, lam-alef,
 * ZWJ/ZWNJ, Hebrew letter + point.  U+0000, the private use area, U+FBEA-FBFB
 * and U+FC00-FDFB must not exist in it, or HarfBuzz makes ligatures that no
 * terminal font has.
 */
#ifndef KHABAR_TEXT_SHAPE_H
#define KHABAR_TEXT_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct shape_font; /* holds scratch memory: one per thread */

/* NULL when out of memory. */
struct shape_font *shape_font_new(void);
void shape_font_free(struct shape_font *font);

/* The font itself, borrowed: to measure HarfBuzz with it. */
struct hb_font_t;
struct hb_font_t *shape_font_harfbuzz(struct shape_font *font);

/* One glyph of the result, in logical order. */
struct shape_glyph {
	uint32_t code_point;
	uint32_t cluster; /* index of the first code point it stands for */
};

enum shape_script {
	SHAPE_NONE, /* goes out as it is */
	SHAPE_ARABIC,
	SHAPE_HEBREW,
};

/* The script a code point is shaped as; marks and joiners of all scripts: SHAPE_NONE. */
enum shape_script shape_script(uint32_t code_point);

/*
 * Shapes text[start..end), letters of one script with marks, joiners and blanks
 * among them, seeing what stands around it in text[0..length).  The glyphs go to *glyphs (borrowed:
 * good until the next call).  Returns how many, or -1 when out of memory.
 */
long shape_run(struct shape_font *font, enum shape_script script, const uint32_t *text,
	size_t length, size_t start, size_t end, const struct shape_glyph **glyphs);

#endif
