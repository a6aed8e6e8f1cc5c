/*
 * From the bytes of a picture to its sample.  PNG (ISO/IEC 15948) and JPEG (ITU-T T.81),
 * known by their first bytes and never by what a server says of them.  Runs in a
 * worker (worker/worker.h, task "picture"): the libraries are not trusted with hostile bytes.
 */
#ifndef KHABAR_PICTURE_DECODE_H
#define KHABAR_PICTURE_DECODE_H

#include "picture/sample.h"

enum {
	PICTURE_BYTES = 8 << 20,   /* of a file */
	PICTURE_PIXELS = 24 << 20, /* of a picture, before it is scaled down */
	PICTURE_SCANS = 100,       /* of a progressive JPEG */
};

/*
 * The picture, scaled down to fit SAMPLE_SIDE both ways with its proportions kept, never up.
 * 0 with *sample to be freed, or -1: EX_DATAERR (broken, too big, a kind that is
 * not read), EX_UNAVAILABLE (khabar was built without pictures), EX_OSERR (memory).
 */
int picture_decode(struct str bytes, struct sample *sample, struct error *error);

#endif
