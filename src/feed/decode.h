/* The bytes of a feed as UTF-8 (base/charset.h), by what the feed says of its encoding. */
#ifndef KHABAR_FEED_DECODE_H
#define KHABAR_FEED_DECODE_H

#include "base/buffer.h"
#include "base/error.h"
#include "feed/mend.h"

/*
 * Appends the text to *out: valid UTF-8, no NULs, no byte order mark.  *encoding gets the name of
 * what it was in (static, or of ICU).  -1 with EX_DATAERR when it is no text.
 */
int feed_decode(struct str bytes, struct str content_type, mend_warn *warn, void *user,
	struct buffer *out, const char **encoding, struct error *error);

/* The charset that a Content-Type names; empty when it names none. */
struct str feed_charset_of(struct str content_type);

#endif
