/*
 * What the sections [feed URL] of khabar.conf say of name, direction, interval, keeping, full
 * text, hiding and announcing is put into the store, where all programs find it; it goes before
 * what was set there otherwise.  A line that is taken out of the file leaves what it said.
 */
#ifndef KHABAR_FETCH_WISHES_H
#define KHABAR_FETCH_WISHES_H

#include "config/feeds.h"
#include "store/setting.h"

/* Writes only what is not so already.  Feeds that are not there are left out. */
int wishes_apply(struct store *store, const struct config_feeds *feeds, struct error *error);

/* Whether the file decides on it; feed may be NULL: it does not. */
bool wishes_decide(const struct config_feed *feed, enum setting setting);
bool wishes_decide_title(const struct config_feed *feed);
bool wishes_decide_hidden(const struct config_feed *feed);

#endif
