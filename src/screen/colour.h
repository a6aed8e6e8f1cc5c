/* Colours: names in theme files, the palettes of terminals (theme_nearest is here too). */
#ifndef KHABAR_SCREEN_COLOUR_H
#define KHABAR_SCREEN_COLOUR_H

#include "screen/theme.h"

/*
 * "#rgb", "#rrggbb", "0" to "255", "default", or one of the sixteen names ("red",
 * "bright-red").  False, *colour untouched, for anything else.
 */
bool colour_parse(struct str text, struct colour *colour);

/* 0xRRGGBB of a colour of the usual palette of 256 (xterm's). */
uint32_t colour_of_index(uint32_t index);

#endif
