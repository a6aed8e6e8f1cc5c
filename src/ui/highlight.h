/*
 * Highlight rules: saved queries whose articles are lit in lists.  An article is looked at when
 * its row is first drawn, and remembered.
 */
#ifndef KHABAR_UI_HIGHLIGHT_H
#define KHABAR_UI_HIGHLIGHT_H

#include "config/lists.h"
#include "store/store.h"

struct highlight;

/*
 * The rules of khabar.conf and of the store.  One that cannot be understood is left out, and
 * *error tells why of the first (its status is 0 else).  NULL: the store or memory failed.
 */
struct highlight *highlight_new(
	struct store *store, const struct config_lists *lists, struct error *error);
void highlight_free(struct highlight *highlight);

/* Whether a rule lights the article; false when it cannot be read. */
bool highlight_is_lit(struct highlight *highlight, int64_t id);

/* Articles may have changed: what is remembered goes. */
void highlight_forget(struct highlight *highlight);

#endif
