/*
 * A picture's small sample: what leaves the sandbox of a picture, and all that is
 * needed to show it in cells.  Plain pixels, checked strictly by who receives them.
 */
#ifndef KHABAR_PICTURE_SAMPLE_H
#define KHABAR_PICTURE_SAMPLE_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/str.h"

#include <stdint.h>

/* Pixels a side: more than two a column of a wide terminal. */
enum { SAMPLE_SIDE = 320 };

struct sample {
	int width, height;    /* pixels, 1 to SAMPLE_SIDE */
	unsigned char *pixel; /* owned: red, green, blue, opacity; row by row from the top left */
};

void sample_free(struct sample *sample); /* leaves {0} */

/* Appends "WIDTH HEIGHT\n", and the pixels in lower-case hexadecimal, 8 digits each. */
void sample_write(const struct sample *sample, struct buffer *out);

/* Reads exactly what sample_write() writes; 0, or -1 with EX_DATAERR or EX_OSERR. */
int sample_read(struct str text, struct sample *sample, struct error *error);

#endif
