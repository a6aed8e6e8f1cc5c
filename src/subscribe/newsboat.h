/* newsboat's `urls`: a feed a line, with tags; newsboat's manual, "The urls file". */
#ifndef KHABAR_SUBSCRIBE_NEWSBOAT_H
#define KHABAR_SUBSCRIBE_NEWSBOAT_H

#include "subscribe/list.h"

/*
 * Appends the feeds of the text (UTF-8): URL, then tags; "~title" names it, "!" hides it.
 * "query:", "exec:" and "filter:" are listed as refused; the first ones have a query where the
 * filter could be translated (newsboat-filter.h).  -1 when out of memory.
 */
int newsboat_urls(struct str text, struct subscription_list *list, struct error *error);

#endif
