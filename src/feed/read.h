/* The readers of the formats, behind feed_parse().  Internal to feed/. */
#ifndef KHABAR_FEED_READ_H
#define KHABAR_FEED_READ_H

#include "feed/feed.h"

/*
 * `text` is valid UTF-8 without NULs; `feed` has its memory.  0, feed->format told even where it
 * is FEED_UNKNOWN or FEED_OPML; 1: no document of that kind; -1 with EX_OSERR.
 */
int feed_read_xml(struct str text, struct str base, struct feed *feed, struct error *error);
int feed_read_json(struct str text, struct str base, struct feed *feed, struct error *error);

#endif
