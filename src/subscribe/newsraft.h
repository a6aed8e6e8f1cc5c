/* newsraft's `feeds`: a feed a line, in sections; newsraft(1), "FEEDS FILE". */
#ifndef KHABAR_SUBSCRIBE_NEWSRAFT_H
#define KHABAR_SUBSCRIBE_NEWSRAFT_H

#include "subscribe/list.h"

/*
 * Appends the feeds of the text (UTF-8): `@ SECTION` begins a folder ("Global" none), then
 * URL "NAME"; settings behind "<" are left out, "$(COMMAND)" is refused.  -1 when out of memory.
 */
int newsraft_feeds(struct str text, struct subscription_list *list, struct error *error);

#endif
