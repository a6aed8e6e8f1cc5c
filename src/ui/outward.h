/* What leads out of the reader: bookmarks, notifications, a whole list in the browser. */
#ifndef KHABAR_UI_OUTWARD_H
#define KHABAR_UI_OUTWARD_H

#include "store/store.h"

struct ui;
struct fetch_event;

/* Gives the article's link, title and feed to bookmark.command. */
void outward_bookmark(struct ui *ui, int64_t id);

/*
 * Opens the unread articles of the list in the browser, newest first, and marks them read; asks
 * where they are more than OUTWARD_UNASKED, and opens at most OUTWARD_MOST.
 */
enum { OUTWARD_UNASKED = 10, OUTWARD_MOST = 100 };
void outward_open_all(struct ui *ui, const struct store_list *list);

/* Whether the desktop is to be told of new articles of the feed with this key. */
bool outward_is_told(const struct ui *ui, const char *key);

/* What the program of hook.new said, or why it failed, becomes a message. */
void outward_hooked(struct ui *ui, const struct fetch_event *event);

/* Tells the desktop of new articles, as the settings want it. */
void outward_notify(struct ui *ui, int64_t articles);

#endif
