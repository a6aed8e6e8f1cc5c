/* An article as JSON: the fields that `list --json` and `show --format json` share. */
#ifndef KHABAR_COMMAND_ITEM_H
#define KHABAR_COMMAND_ITEM_H

#include "command/output.h"
#include "store/store.h"

#include <jansson.h>

/*
 * The object of a row: id, title, section, feed, language, direction ("auto",
 * "ltr", "rtl": the reader's override, else the article's own), date (RFC 3339
 * or null), read, starred, position {offset, progress}, and in lists sources:
 * how many articles of its story there are.  Owned by the caller; NULL when out of memory.
 */
json_t *item_of_headline(const struct store_headline *headline);
json_t *item_of_article(const struct store_article *article, const struct store_position *position);

/*
 * The object that hook.new gets of a new article: that of a row, and author, url, summary,
 * attachments [{url, type, title, size}].
 */
json_t *item_of_new(const struct store_article *article);

/* A string value; bytes that are no UTF-8 and control characters become U+FFFD. */
json_t *item_text(struct str text);

const char *item_direction(enum store_direction direction);

/* Sets a member, taking over `value`.  False when out of memory (value NULL included). */
bool item_set(json_t *object, const char *name, json_t *value);

/* Writes the value and drops it; NULL is an error of memory. */
int item_write(struct output *out, json_t *value, size_t json_flags, struct error *error);

#endif
