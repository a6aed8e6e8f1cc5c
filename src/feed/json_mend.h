/* JSON that is nearly JSON, made to be it, in one pass. */
#ifndef KHABAR_FEED_JSON_MEND_H
#define KHABAR_FEED_JSON_MEND_H

#include "feed/mend.h"

enum { JSON_MEND_DEPTH_MAX = 256 }; /* what is deeper is the end of the document */

/*
 * Appends the text to *out with commas before brackets left out, control characters in strings
 * escaped, escapes that say nothing and lone surrogates as U+FFFD; what follows the first
 * value is left out.  A text that ends too early is cut back to its last whole item (a value in a
 * list right below the top, or right below the top) and closed.
 */
void json_mend(struct str text, mend_warn *warn, void *user, struct buffer *out);

#endif
