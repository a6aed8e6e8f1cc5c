/*
 * Addresses of articles made alike: what is the same page to a reader becomes the same text.
 *
 * Left out: the scheme, credentials and the port that goes with it, a host's "www", "m",
 * "mobile" or "amp" label, AMP caches and viewers around an address, "amp" as first or last
 * part of the path, the name of an index page, a last "/", the fragment (but for "#!" and
 * "#/", which are paths), parameters that only tell where a reader comes from.  Percent-encoding
 * is undone, parameters are sorted.  The result is a key, no address to open.
 */
#ifndef KHABAR_ARTICLE_LINK_H
#define KHABAR_ARTICLE_LINK_H

#include "base/buffer.h"

/*
 * Appends the key of an http or https address.  False, with nothing written, for other
 * addresses and for those of a site's first page, which say nothing about an article.  Failure
 * of memory shows in out->failed.
 */
bool link_key(struct str url, struct buffer *out);

/* A hash of the key; 0 when there is none. */
uint64_t link_hash(struct str url);

#endif
