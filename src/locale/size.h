/* Sizes of files for the eye. */
#ifndef KHABAR_LOCALE_SIZE_H
#define KHABAR_LOCALE_SIZE_H

#include "base/buffer.h"

#include <stdint.h>

/* Appends "812 B", "3.4 KiB", "27.1 MiB", "1.2 GiB": powers of 1024, one decimal. */
void size_format(struct buffer *out, int64_t bytes);

/* Of `size` bytes `done` are there: hundredths, from 0 to 100; -1 when the size is unknown. */
int size_share(int64_t done, int64_t size);

#endif
