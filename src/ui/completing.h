/* The words that each kind of prompt is completed to: names of feeds, tags, fields of queries, ...
 */
#ifndef KHABAR_UI_COMPLETING_H
#define KHABAR_UI_COMPLETING_H

#include "ui/completions.h"

struct ui;

/* Finds the word before the cursor (a byte of `line`) and adds all that go on from it. */
typedef void completing(struct ui *ui, struct str line, size_t cursor, struct completions *out);

completing completing_query; /* "feed:", "is:unread", the names of feeds behind "feed:" */
completing completing_tags;  /* parted by commas */
completing completing_folder;

/* Of a query that begins at `from`. */
void completing_query_from(
	struct ui *ui, struct str line, size_t from, size_t cursor, struct completions *out);

/* For others: the word from `from` on, and names of one sort. */
void completing_begin(struct completions *out, struct str line, size_t from, size_t cursor);
void completing_add_feeds(struct ui *ui, struct completions *out);

#endif
