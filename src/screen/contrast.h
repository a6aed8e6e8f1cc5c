/* How well a colour stands out from another one: WCAG 2.2, contrast ratio. */
#ifndef KHABAR_SCREEN_CONTRAST_H
#define KHABAR_SCREEN_CONTRAST_H

#include <stdint.h>

/* 1 (the same) to 21 (black and white) for two colours 0xRRGGBB; 4.5 is legible (level AA). */
double contrast_ratio(uint32_t a, uint32_t b);

#endif
