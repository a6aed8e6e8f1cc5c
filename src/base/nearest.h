/* "Did you mean ...?": the known name that a mistyped one is nearest to. */
#ifndef KHABAR_BASE_NEAREST_H
#define KHABAR_BASE_NEAREST_H

#include "base/str.h"

/* Names of more bytes are never near. */
enum { NEAREST_LONGEST = 63 };

/*
 * Index of the name with the least edit distance (insert, delete, replace, swap
 * of neighbours: 1 each; ASCII case costs nothing) to `wanted`, the first of
 * equals; -1 when none is near: more than a third of the bytes of the longer one
 * would have to change.
 */
ptrdiff_t nearest_name(struct str wanted, const char *const *names, size_t count);

#endif
