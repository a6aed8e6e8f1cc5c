/*
 * Regular expressions of newsboat's filters, POSIX extended (POSIX.1-2017, XBD 9.4) with what
 * glibc adds to them, as PCRE2 has them, fit to stand between the slashes of a query.
 */
#ifndef KHABAR_SUBSCRIBE_NEWSBOAT_REGEX_H
#define KHABAR_SUBSCRIBE_NEWSBOAT_REGEX_H

#include "base/buffer.h"

/*
 * Appends the expression (UTF-8).  NULL, or a static text: why it cannot be had; then some of
 * it may have been appended.  What is wrong in both languages is left to PCRE2 to tell.
 */
const char *newsboat_regex(struct str expression, struct buffer *out);

/* Appends an expression that is met by this text (UTF-8) as it is. */
void newsboat_regex_literal(struct str text, struct buffer *out);

#endif
