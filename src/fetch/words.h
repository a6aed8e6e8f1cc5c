/* The words of a command in khabar.conf. */
#ifndef KHABAR_FETCH_WORDS_H
#define KHABAR_FETCH_WORDS_H

#include "base/error.h"
#include "base/str.h"

/*
 * Splits words at blanks; "..." and '...' keep blanks, nothing else is special.  The array
 * ends with NULL and is one block, to be freed as a whole.  NULL with EX_CONFIG, EX_OSERR.
 */
char **program_words(struct str command, struct error *error);

#endif
