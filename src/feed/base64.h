/* Base64 (RFC 4648, section 4) as mail programs write it. */
#ifndef KHABAR_FEED_BASE64_H
#define KHABAR_FEED_BASE64_H

#include "base/buffer.h"

/* Appends the bytes; what is no letter of the alphabet is passed over, "=" ends the text. */
void base64_decode(struct str text, struct buffer *out);

#endif
