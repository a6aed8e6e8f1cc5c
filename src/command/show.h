/* Prints an article of the store: `khabar show`, and `khabar` without a terminal. */
#ifndef KHABAR_COMMAND_SHOW_H
#define KHABAR_COMMAND_SHOW_H

#include "command/output.h"
#include "store/store.h"

enum show_format {
	SHOW_TEXT,   /* logical order: title, source and date, a paragraph a line */
	SHOW_VISUAL, /* laid out as in the reader */
	SHOW_JSON,
};

/* `width` in cells, for SHOW_VISUAL. */
int show_article(struct store *store, int64_t id, enum show_format format, int width,
	struct output *out, struct error *error);

/* The article on top of the list of all; EX_NOINPUT when there is none. */
int show_first(struct store *store, int64_t *id, struct error *error);

#endif
