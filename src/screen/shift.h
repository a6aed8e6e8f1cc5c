/* Rows of a screen that have moved: what one scroll of the terminal would save.  Pure. */
#ifndef KHABAR_SCREEN_SHIFT_H
#define KHABAR_SCREEN_SHIFT_H

#include <stdbool.h>
#include <stdint.h>

/* Rows top to bottom (excluded) move by `lines`: up where it is above 0, else down. */
struct shift {
	int top, bottom, lines;
};

/*
 * From the hashes of the rows as they are and as they are to be (0: a blank row).  False when no
 * shift saves SHIFT_LEAST rows.  O(rows squared).
 */
enum { SHIFT_LEAST = 3 };
bool shift_find(const uint64_t *was, const uint64_t *now, int rows, struct shift *shift);

#endif
