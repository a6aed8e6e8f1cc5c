/*
 * What was said in English, said in the language in use: errors that khabar-fetch tells and that
 * the store keeps (base/message.h).  The text is looked for among the formats of the catalogue:
 * "example.org: 7 redirects: ..." was made of "%s: %d redirects: ...", and is made again of its
 * translation.
 */
#ifndef KHABAR_BASE_RETELL_H
#define KHABAR_BASE_RETELL_H

#include "base/buffer.h"

enum { RETELL_LONGEST = 1024 /* bytes; what is longer stays as it is */ };

/*
 * Appends the text, translated as far as the catalogue has it: whole, as one of its formats, or
 * what follows a ": ".  In English, and where nothing is known, as it is.  Bounded work: each
 * format is compared in time linear in the text.
 */
void retell(struct buffer *out, struct str english);

#endif
