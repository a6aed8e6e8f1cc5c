/* Prints an article of the store: `khabar show`, and `khabar` without a terminal. */
#ifndef KHABAR_COMMAND_SHOW_H
#define KHABAR_COMMAND_SHOW_H

#include "command/output.h"
#include "command/print.h"
#include "command/typography.h"
#include "locale/dates.h"
#include "store/store.h"

struct show_layout {
	int width; /* cells; of PRINT_VISUAL */
	struct typography typography; /* of that, too */
	struct dates *dates; /* of all but JSON; NULL: the date in numbers, Gregorian */
};

/*
 * As text (PRINT_AUTO too): logical order, title, source and date, a paragraph a line.  Visual:
 * laid out as in the reader.  JSON: command/item.h, and the whole text.
 */
int show_article(struct store *store, int64_t id, enum print_format format,
	const struct show_layout *layout, struct output *out, struct error *error);

/* The same of an article that is in no store; takes it over, also when it fails. */
int show_made(struct store_article *article, enum print_format format,
	const struct show_layout *layout, struct output *out, struct error *error);

/* The article on top of the list of all; EX_NOINPUT when there is none. */
int show_first(struct store *store, int64_t *id, struct error *error);

#endif
