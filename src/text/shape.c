#include "text/shape.h"

#include "base/array.h"
#include "text/clean.h"

#include <hb.h>
#include <stdlib.h>
#include <unicode/uscript.h>

struct shape_font {
	hb_font_t *font;
	hb_buffer_t *buffer;
	hb_language_t language;
	struct shape_glyph *glyphs;
	size_t glyph_cap;
};

/* See shape.h: glyphs that would make HarfBuzz's fallback choose forms no terminal has. */
static bool has_glyph(uint32_t cp)
{
	if (cp == 0 || cp > 0x10FFFF)
		return false;
	if ((cp >= 0xE000 && cp <= 0xF8FF) || cp >= 0xF0000)
		return false;
	return !(cp >= 0xFBEA && cp <= 0xFBFB) && !(cp >= 0xFC00 && cp <= 0xFDFF);
}

static hb_bool_t nominal_glyph(hb_font_t *font, void *font_data, hb_codepoint_t unicode,
	hb_codepoint_t *glyph, void *user_data)
{
	(void)font, (void)font_data, (void)user_data;
	if (!has_glyph(unicode))
		return false;
	*glyph = unicode;
	return true;
}

static hb_position_t advance(
	hb_font_t *font, void *font_data, hb_codepoint_t glyph, void *user_data)
{
	(void)font, (void)font_data, (void)user_data;
	return text_width(glyph);
}

static hb_font_t *make_font(void)
{
	/* A face of its own: the empty singleton shapes nothing. */
	hb_blob_t *blob = hb_blob_create("", 0, HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *face = hb_face_create(blob, 0);
	hb_blob_destroy(blob);
	hb_font_t *font = hb_font_create(face);
	hb_face_destroy(face);
	hb_font_funcs_t *funcs = hb_font_funcs_create();
	hb_font_funcs_set_nominal_glyph_func(funcs, nominal_glyph, NULL, NULL);
	hb_font_funcs_set_glyph_h_advance_func(funcs, advance, NULL, NULL);
	hb_font_funcs_make_immutable(funcs);
	hb_font_set_funcs(font, funcs, NULL, NULL);
	hb_font_funcs_destroy(funcs);
	return font;
}

struct shape_font *shape_font_new(void)
{
	struct shape_font *font = calloc(1, sizeof *font);
	if (!font)
		return NULL;
	font->font = make_font();
	font->buffer = hb_buffer_create();
	font->language = hb_language_from_string("und", -1);
	if (font->font == hb_font_get_empty() || !hb_buffer_allocation_successful(font->buffer)) {
		shape_font_free(font);
		return NULL;
	}
	hb_buffer_set_flags(font->buffer, HB_BUFFER_FLAG_PRESERVE_DEFAULT_IGNORABLES |
						  HB_BUFFER_FLAG_DO_NOT_INSERT_DOTTED_CIRCLE);
	return font;
}

void shape_font_free(struct shape_font *font)
{
	if (!font)
		return;
	hb_buffer_destroy(font->buffer);
	hb_font_destroy(font->font);
	free(font->glyphs);
	free(font);
}

struct hb_font_t *shape_font_harfbuzz(struct shape_font *font)
{
	return font->font;
}

enum shape_script shape_script(uint32_t cp)
{
	if (cp < 0x0590)
		return SHAPE_NONE;
	if (cp < 0x0600)
		return SHAPE_HEBREW;
	/* The blocks that hold Arabic and Hebrew; others are not worth a look. */
	bool maybe = cp < 0x0900 || (cp >= 0xFB1D && cp <= 0xFEFC) || cp >= 0x10E60;
	if (!maybe || !has_glyph(cp) || text_is_invisible(cp))
		return SHAPE_NONE;
	UErrorCode status = U_ZERO_ERROR;
	UScriptCode script = uscript_getScript((UChar32)cp, &status);
	if (script == USCRIPT_ARABIC)
		return SHAPE_ARABIC;
	return script == USCRIPT_HEBREW ? SHAPE_HEBREW : SHAPE_NONE;
}

/*
 * Copies HarfBuzz's visual glyphs into logical order, without those of joiners.  (Were HarfBuzz
 * to remove these, it would give their cluster to the letter behind.)
 */
static long take_glyphs(struct shape_font *font, const uint32_t *text)
{
	unsigned count;
	long taken = 0;
	const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(font->buffer, &count);
	if (!array_reserve(&font->glyphs, &font->glyph_cap, count, sizeof *font->glyphs))
		return -1;
	for (unsigned i = 0; i < count; i++) {
		const hb_glyph_info_t *glyph = &info[count - 1 - i];
		uint32_t cp = glyph->codepoint ? glyph->codepoint : text[glyph->cluster];
		if (!text_is_invisible(cp))
			font->glyphs[taken++] = (struct shape_glyph){cp, glyph->cluster};
	}
	return taken;
}

long shape_run(struct shape_font *font, enum shape_script script, const uint32_t *text,
	size_t length, size_t start, size_t end, const struct shape_glyph **glyphs)
{
	hb_buffer_t *buffer = font->buffer;
	hb_buffer_clear_contents(buffer); /* keeps the flags */
	hb_buffer_add_codepoints(buffer, text, (int)length, (unsigned)start, (int)(end - start));
	hb_buffer_set_direction(buffer, HB_DIRECTION_RTL);
	hb_buffer_set_script(buffer, script == SHAPE_HEBREW ? HB_SCRIPT_HEBREW : HB_SCRIPT_ARABIC);
	hb_buffer_set_language(buffer, font->language);
	hb_shape(font->font, buffer, NULL, 0);
	if (!hb_buffer_allocation_successful(buffer))
		return -1;
	long count = take_glyphs(font, text);
	*glyphs = font->glyphs;
	return count;
}
