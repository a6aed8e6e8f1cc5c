/*
 * A quick 64-bit hash, to tell whether texts changed: not against somebody who wants two
 * texts to have the same one.  The same on every machine of one byte order.
 */
#ifndef KHABAR_BASE_HASH_H
#define KHABAR_BASE_HASH_H

#include "base/str.h"

#include <stdint.h>

#define HASH_START UINT64_C(0x9E3779B97F4A7C15)

/*
 * The hash of what `hash` stands for (HASH_START: nothing) and of the text behind it; the
 * border between the two counts.
 */
uint64_t hash_text(uint64_t hash, struct str text);
uint64_t hash_number(uint64_t hash, uint64_t number);

#endif
