/*
 * The second program, khabar-fetch, which does what the reader links no library for: found
 * beside this program where it was built, else in libexec; $KHABAR_FETCH names another.
 */
#ifndef KHABAR_COMMAND_HELPER_H
#define KHABAR_COMMAND_HELPER_H

#include "base/error.h"

/* Its path, to be freed.  NULL with EX_UNAVAILABLE when it is nowhere, EX_OSERR. */
char *helper_path(struct error *error);

/*
 * Becomes it.  `arguments` ends with NULL and does not hold the program's name.  Returns only
 * when that fails: -1 as above.
 */
int helper_exec(const char *const *arguments, struct error *error);

#endif
