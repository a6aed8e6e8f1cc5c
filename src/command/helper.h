/*
 * The second program, khabar-fetch, which does what the reader links no library for;
 * fetch/client.h says where it is found.
 */
#ifndef KHABAR_COMMAND_HELPER_H
#define KHABAR_COMMAND_HELPER_H

#include "base/error.h"

/*
 * Becomes it.  `arguments` ends with NULL and does not hold the program's name.  Returns only
 * when that fails: -1 with EX_UNAVAILABLE, EX_OSERR.
 */
int helper_exec(const char *const *arguments, struct error *error);

#endif
