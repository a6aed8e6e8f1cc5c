/* Small files that are written as a whole. */
#ifndef KHABAR_BASE_REPLACE_H
#define KHABAR_BASE_REPLACE_H

#include "base/error.h"
#include "base/str.h"

/*
 * Writes the file, readable by its owner alone, with the folders it needs: beside it first, then
 * in its place, so that there is the old one or the new one at any time.  0, or -1 with *error:
 * EX_CANTCREAT, EX_OSERR.
 */
int replace_file(const char *path, struct str bytes, struct error *error);

#endif
