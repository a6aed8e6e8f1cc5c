/*
 * The address of a feed as people type it: without "https://", with a port, with the "feed:"
 * that some sites write.  Pure, linear.
 */
#ifndef KHABAR_SUBSCRIBE_TYPED_H
#define KHABAR_SUBSCRIBE_TYPED_H

#include "base/buffer.h"

/*
 * Appends the URL to *url; blanks around the text do not count.  What has no scheme is taken for
 * a host ("news.example/feed", "localhost:8080"); a scheme is RFC 3986 section 3.1's, with a
 * digit behind its colon only where it is a well-known one ("javascript:1").
 *
 * NULL; else why nothing can be fetched from there, as subscription_refusal() has it: a static
 * text, and *url is as it was.
 */
const char *subscription_typed(struct str typed, struct buffer *url);

#endif
