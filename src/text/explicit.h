/*
 * UAX #9 (rules X1 to I2) for paragraphs that hold explicit formatting characters or
 * uncommonly many brackets: what FriBidi cannot be trusted with, see text/bidi.c.
 */
#ifndef KHABAR_TEXT_EXPLICIT_H
#define KHABAR_TEXT_EXPLICIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As bidi_levels() of text/bidi.h, for any paragraph; time and memory grow with count. */
bool explicit_levels(const uint32_t *codes, size_t count, uint8_t base, uint8_t *levels);

#endif
