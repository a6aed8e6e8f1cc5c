/*
 * The full text of articles: khabar-fetch brings it beside the reader, one article after
 * another, and the store keeps it.
 */
#ifndef KHABAR_UI_FULLTEXT_H
#define KHABAR_UI_FULLTEXT_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>

struct ui;

enum { FULLTEXT_WAITING = 16 }; /* articles that wait for their turn, at most */

/*
 * The other text of the article: the feed's own, or the full one, which is fetched when it is
 * not there; what is being fetched is stopped.  True when the store has the other text as the
 * article's now, and it is to be read anew.
 */
bool fulltext_turn(struct ui *ui, int64_t article);

/* The descriptor of FETCHING_FULL_WATCH is ready. */
void fulltext_take(struct ui *ui);

void fulltext_stop(struct ui *ui);

/* "full text" while something is under way, else nothing. */
void fulltext_gauge(const struct ui *ui, struct buffer *out);

#endif
