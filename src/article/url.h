/* Addresses in pages: RFC 3986, as lenient as the URL Standard where pages are. */
#ifndef KHABAR_ARTICLE_URL_H
#define KHABAR_ARTICLE_URL_H

#include "base/buffer.h"

/*
 * Appends the absolute address of `reference` in a document at `base` (absolute
 * or empty) to *out.  White space, controls, quotation marks and other
 * characters that no address may hold are percent-encoded or, inside, dropped.
 * False, with nothing written, when the result is not http, https or mailto, or when a
 * program that skips controls, white space or percent signs would take it for a script.
 */
bool url_resolve(struct str base, struct str reference, struct buffer *out);

/* Appends with percent-encoding undone; a "%" that starts none stays. */
void url_decode(struct str text, struct buffer *out);

#endif
