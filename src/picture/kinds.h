/* The decoders by kind, for picture/decode.c; as picture_decode(). */
#ifndef KHABAR_PICTURE_KINDS_H
#define KHABAR_PICTURE_KINDS_H

#include "picture/decode.h"

int picture_png(struct str bytes, struct sample *sample, struct error *error);
int picture_jpeg(struct str bytes, struct sample *sample, struct error *error);

/* -1 with *error where a picture of these sides (pixels) is empty or too big. */
int picture_check(size_t width, size_t height, struct error *error);

#endif
