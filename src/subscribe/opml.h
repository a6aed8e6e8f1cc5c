/*
 * OPML 2.0 (opml.org/spec2.opml): written here; read by khabar-fetch (feed/opml.h), whose JSON
 * becomes a list here.
 *
 * What is written and read again is the same: folders as nested outlines, tags as
 * `category`, titles, addresses; that a feed is hidden as the category "khabar/hidden".
 */
#ifndef KHABAR_SUBSCRIBE_OPML_H
#define KHABAR_SUBSCRIBE_OPML_H

#include "base/buffer.h"
#include "subscribe/list.h"

/* The whole document, feeds in the order of the list within each folder; none that is refused. */
int opml_write(const struct subscription_list *list, struct buffer *out, struct error *error);

/*
 * Appends the feeds of the array of objects that `khabar-fetch outline` prints.  EX_DATAERR
 * when it is none; EX_OSERR.
 */
int opml_take_outlines(struct str json, struct subscription_list *list, struct error *error);

#endif
