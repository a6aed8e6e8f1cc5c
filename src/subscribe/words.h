/*
 * Words of a line, with quotes: what newsboat, newsraft and the shell have in common.
 * Nothing is expanded.
 */
#ifndef KHABAR_SUBSCRIBE_WORDS_H
#define KHABAR_SUBSCRIBE_WORDS_H

#include "base/buffer.h"

struct words_style {
	bool single_quotes; /* '...' quotes, everything in it plain */
	bool escapes;       /* a backslash takes the next character as it is, also outside quotes */
	bool substitutions; /* $, ` and other words of the shell are noticed */
};

struct word {
	bool live;           /* holds what a shell would replace (only with `substitutions`) */
	bool ends_statement; /* a separator of the shell stands behind it */
};

/*
 * The next word of *rest into *out (cleared before); *rest moves behind it.  False at the end
 * of the line, or at a "#" that starts a comment.  In "..." a backslash takes the quotation
 * mark and itself; an unclosed quotation ends with the text.
 */
bool words_next(
	struct str *rest, const struct words_style *style, struct buffer *out, struct word *word);

#endif
