/* Scaling down by the mean of a box, row by row as they are decoded. */
#ifndef KHABAR_PICTURE_SHRINK_H
#define KHABAR_PICTURE_SHRINK_H

#include "picture/sample.h"

struct shrink {
	struct sample sample; /* what is made */
	int width, height;    /* of the picture, pixels */
	int row;              /* rows that were given */
	uint64_t *sums;       /* owned: per pixel of a row of the sample: colours times opacity,
				 opacity, and how many pixels */
};

/* 0, or -1 with EX_OSERR; shrink_free() in either case. */
int shrink_start(struct shrink *s, int width, int height, struct error *error);

/* The next row of the picture: width pixels of red, green, blue, opacity. */
void shrink_row(struct shrink *s, const unsigned char *pixel);

void shrink_free(struct shrink *s);

#endif
