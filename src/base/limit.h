/* How much of one source is read into memory: one limit, and one message, for all commands. */
#ifndef KHABAR_BASE_LIMIT_H
#define KHABAR_BASE_LIMIT_H

#include "base/error.h"

#include <stddef.h>

/* Bytes of a file, and of the text in it as UTF-8. */
#define LIMIT_SOURCE ((size_t)64 << 20)

/* -1 with EX_DATAERR, for a source over the limit. */
int limit_exceeded(struct error *error);

#endif
