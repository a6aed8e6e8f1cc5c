/* sfeed's files: `sfeedrc` (sfeedrc(5)), read without a shell, and its TSV (sfeed(5)). */
#ifndef KHABAR_SUBSCRIBE_SFEED_H
#define KHABAR_SUBSCRIBE_SFEED_H

#include "subscribe/list.h"

#include <stdint.h>

/*
 * Appends the feeds that are named by `feed NAME URL [SITE [ENCODING]]` with plain words; one
 * that holds a variable or a command is refused.  All other lines of the script are left
 * out.  -1 when out of memory.
 */
int sfeed_rc(struct str text, struct subscription_list *list, struct error *error);

/* A line of TSV: views into the line or into `memory`. */
struct sfeed_item {
	int64_t published; /* Unix seconds; INT64_MIN unknown */
	struct str title, link, content, id, author, enclosure, category;
	bool html; /* content */
};

/* Whether the line is one of sfeed's. */
bool sfeed_is_item(struct str line);

/*
 * Takes a line apart; *content (cleared before) holds its content, unescaped.  False when it
 * is no line of sfeed's.
 */
struct buffer;
bool sfeed_item(struct str line, struct buffer *content, struct sfeed_item *item);

#endif
