/* From a sample to half cells: pixels that are as wide as a cell and half as high. */
#ifndef KHABAR_PICTURE_FIT_H
#define KHABAR_PICTURE_FIT_H

#include "picture/sample.h"

/*
 * The largest size within so many cells, at least 1x1, that keeps the picture's shape where a
 * cell is twice as high as it is wide.  A picture is never drawn larger than a pixel a half cell.
 */
void fit_size(const struct sample *sample, int *columns, int *rows);

/*
 * The colour, 0xRRGGBB, of one of `columns` x `half_rows` parts of the picture: the mean of its
 * pixels, the `ground` (0xRRGGBB) behind what is transparent.
 */
uint32_t fit_colour(const struct sample *sample, int column, int half_row, int columns,
	int half_rows, uint32_t ground);

#endif
