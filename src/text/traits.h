/*
 * What the layout asks of every code point, worked out from ICU once for each 256 of them
 * and kept in the engine: a page is 1 KiB, a text in one script touches some five.
 */
#ifndef KHABAR_TEXT_TRAITS_H
#define KHABAR_TEXT_TRAITS_H

#include "text/shape.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	/* Whole in itself: kept by text_clean(), drawn as it is, one cluster of one or two cells
	 * unless something that extends it follows. */
	TRAIT_PLAIN = 1,
	TRAIT_MIRRORED = 2, /* has another form at odd levels */
	TRAIT_KEPT = 4,     /* text_clean() gives it back */

	/* UAX #29: of class Other and no pictograph or Indic consonant; of class Extend. */
	TRAIT_ALONE = 8,
	TRAIT_EXTENDS = 16,

	/* UAX #14: AL, HL or NU; CM; SP; IS or EX.  Others need ICU. */
	TRAIT_LETTER = 32,
	TRAIT_MARK = 64,
	TRAIT_BLANK = 128,
	TRAIT_STOP = 256,

	TRAIT_PARTS = 512, /* joins with no letter beside it, and is no mark */
};

struct trait {
	uint16_t bits;
	uint8_t direction;  /* UCharDirection */
	uint8_t width : 2;  /* text_width() */
	uint8_t script : 2; /* shape_script() */
	uint8_t space : 3;  /* CLUSTER_SPACE, _SEPARATOR, _NEWLINE */
};

enum { TRAIT_PAGE = 256, TRAIT_PAGES = 0x110000 / TRAIT_PAGE };

struct traits {
	struct trait *pages[TRAIT_PAGES]; /* made when first needed */
};

void traits_free(struct traits *traits);

/* For code points whose page is not there yet; out of memory makes it slow, not wrong. */
struct trait traits_find(struct traits *traits, uint32_t code_point);

static inline struct trait traits_of(struct traits *traits, uint32_t code_point)
{
	const struct trait *page =
		code_point < 0x110000 ? traits->pages[code_point / TRAIT_PAGE] : NULL;
	return page ? page[code_point % TRAIT_PAGE] : traits_find(traits, code_point);
}

#endif
