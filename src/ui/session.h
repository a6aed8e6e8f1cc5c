/*
 * Where the reader was left: row of the feeds, list, article, how the panes were.  Kept in the state directory
 * (config/paths.h) for the store it belongs to, when the reader ends, and gone back to at the next
 * start.  The place within an article is the store's.
 */
#ifndef KHABAR_UI_SESSION_H
#define KHABAR_UI_SESSION_H

#include "base/buffer.h"
#include "store/store.h"

struct ui;

struct session {
	struct buffer row;         /* key of the selected row of the feeds */
	bool list, article;        /* was its list open, and the selected article of it */
	int64_t since;             /* of the list: struct store_list */
	struct store_cursor place; /* selected in it; id 0: none */
};

/* Does nothing when the option ui.restore says no. */
void session_save(struct ui *ui);

/*
 * Opens what was open when the feeds view alone is there; what has vanished meanwhile is left
 * out, with all above it, and says nothing.
 */
void session_restore(struct ui *ui);

#endif
