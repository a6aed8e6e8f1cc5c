#include "text/traits.h"

#include "text/analysis.h"
#include "text/clean.h"

#include <stdlib.h>
#include <unicode/uchar.h>

void traits_free(struct traits *traits)
{
	for (size_t i = 0; i < TRAIT_PAGES; i++)
		free(traits->pages[i]);
}

/*
 * Where rules of newer Unicode versions cannot reach: LB28a and GB9c know Brahmic scripts,
 * which are left to ICU.
 */
static bool is_of_simple_script(uint32_t code)
{
	return code < 0x0900 || (code >= 0x1E00 && code < 0x2028) ||
	       (code >= 0x3000 && code < 0xD7B0) || (code >= 0xFB00 && code < 0xFEFF);
}

static uint16_t cluster_bits(uint32_t code)
{
	switch (u_getIntPropertyValue((UChar32)code, UCHAR_GRAPHEME_CLUSTER_BREAK)) {
	case U_GCB_OTHER:
		return is_of_simple_script(code) && !u_hasBinaryProperty((UChar32)code,
							    UCHAR_EXTENDED_PICTOGRAPHIC)
			       ? TRAIT_ALONE
			       : 0;
	case U_GCB_EXTEND:
		return TRAIT_EXTENDS;
	default:
		return 0;
	}
}

static uint16_t line_bits(uint32_t code)
{
	if (!is_of_simple_script(code))
		return 0;
	switch (u_getIntPropertyValue((UChar32)code, UCHAR_LINE_BREAK)) {
	case U_LB_ALPHABETIC:
	case U_LB_HEBREW_LETTER:
	case U_LB_NUMERIC:
		return TRAIT_LETTER;
	case U_LB_COMBINING_MARK:
		return TRAIT_MARK;
	case U_LB_SPACE:
		return TRAIT_BLANK;
	case U_LB_INFIX_NUMERIC:
	case U_LB_EXCLAMATION:
		return TRAIT_STOP;
	default:
		return 0;
	}
}

static bool parts(uint32_t code)
{
	int8_t category = u_charType((UChar32)code);
	bool plain = code < 0x0870 || (code >= 0x2000 && code < 0x2060);
	return plain && category != U_NON_SPACING_MARK && category != U_FORMAT_CHAR &&
	       u_getIntPropertyValue((UChar32)code, UCHAR_JOINING_TYPE) == U_JT_NON_JOINING;
}

static uint8_t space_of(uint32_t code)
{
	if (code == 0x2028)
		return CLUSTER_SPACE | CLUSTER_NEWLINE;
	if (code == '\t')
		return CLUSTER_SPACE | CLUSTER_SEPARATOR;
	if (code > 0x20 && code < 0x2000)
		return code == 0x1680 || code == 0x061C ? CLUSTER_SPACE : 0;
	bool space = u_charDirection((UChar32)code) == U_WHITE_SPACE_NEUTRAL;
	return space || text_is_invisible(code) ? CLUSTER_SPACE : 0;
}

static struct trait work_out(uint32_t code)
{
	struct trait trait = {
		.bits = (uint16_t)(cluster_bits(code) | line_bits(code)),
		.direction = (uint8_t)u_charDirection((UChar32)code),
		.width = (uint8_t)text_width(code) & 3,
		.script = (uint8_t)shape_script(code) & 3,
		.space = space_of(code) & 7,
	};
	bool kept = text_clean(code) == code;
	if (kept)
		trait.bits |= TRAIT_KEPT;
	if (kept && trait.width > 0 && text_drawn(code) == code && !text_spelled(code))
		trait.bits |= TRAIT_PLAIN;
	if (u_charMirror((UChar32)code) != (UChar32)code)
		trait.bits |= TRAIT_MIRRORED;
	if (parts(code))
		trait.bits |= TRAIT_PARTS;
	return trait;
}

struct trait traits_find(struct traits *traits, uint32_t code)
{
	if (code >= 0x110000)
		return work_out(0xFFFD);
	uint32_t first = code - code % TRAIT_PAGE;
	struct trait *page = malloc(TRAIT_PAGE * sizeof *page);
	if (!page)
		return work_out(code);
	for (uint32_t i = 0; i < TRAIT_PAGE; i++)
		page[i] = work_out(first + i);
	traits->pages[first / TRAIT_PAGE] = page;
	return page[code - first];
}
