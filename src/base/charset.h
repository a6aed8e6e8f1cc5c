/*
 * Bytes of unknown encoding to UTF-8.  In order of trust: a byte order mark, the
 * charset the transport named, one the document names itself, valid UTF-8, the
 * guess of ICU among the encodings of our languages.
 */
#ifndef KHABAR_BASE_CHARSET_H
#define KHABAR_BASE_CHARSET_H

#include "base/buffer.h"
#include "base/error.h"

/*
 * Writes the text to *out as valid UTF-8: without byte order mark, broken
 * sequences as U+FFFD, CR LF and CR as "\n".  `declared` and `in_document` may
 * be empty and are ignored where unknown (or plainly wrong: UTF-16 without NULs).
 * *encoding (may be NULL) gets the name used, a static or ICU-owned string.
 * EX_DATAERR when the bytes are no text (NULs, pictures, archives).
 */
int charset_to_utf8(struct str bytes, struct str declared, struct str in_document,
	struct buffer *out, const char **encoding, struct error *error);

/*
 * Whether charset_to_utf8(), which read a text as `encoding`, took what a label says; UTF-16 and
 * UTF-32 of either byte order are alike.
 */
bool charset_is(struct str label, const char *encoding);

#endif
