/* What the parts of `khabar import` share: one file for each kind of source. */
#ifndef KHABAR_COMMAND_IMPORT_H
#define KHABAR_COMMAND_IMPORT_H

#include "command/command.h"
#include "command/item.h"
#include "store/foreign.h"
#include "subscribe/list.h"

struct import {
	const struct command_call *call;
	struct store *store; /* NULL: a dry run, which only tells */
	bool json;
	bool told;        /* something stands in the JSON array */
	const char *file; /* being imported */
	const char *label; /* as messages name it, in the language of the interface */
};

/* The next element of the JSON array; takes `item` over. */
int import_tell(struct import *import, json_t *item, struct error *error);

/*
 * The functions below return -1 with *error only when going on makes no sense: the store
 * or standard output fails.  What is wrong with the file goes to *wrong.
 */

/* Subscribes to what the list does not refuse, and tells each on standard output. */
int import_subscriptions(
	struct import *import, const struct subscription_list *list, struct error *error);

/* Makes a smart list of what has a query, unless it is there, and tells it. */
int import_query(struct import *import, const struct subscription *subscription,
	struct error *wrong, struct error *error);

/* OPML, in its own file: read by khabar-fetch, locked up.  0, or -1 with *error. */
int import_read_opml(const char *path, struct subscription_list *list, struct error *error);

/*
 * Subscribes to the feeds to begin with, of the languages that the operands name, or all.
 * -1 with *error: EX_USAGE (no such language), and as import_read_opml() and the functions below.
 */
int import_starter(struct import *import, struct error *error);

/* The feeds and articles of another reader's database. */
int import_database(
	struct import *import, const char *path, struct error *wrong, struct error *error);

/*
 * newsboat's `config` becomes khabar.conf, where there is none yet, and themes/newsboat.theme;
 * nothing in them starts a program (subscribe/newsboat-config.h).
 */
int import_config(
	struct import *import, struct str text, struct error *wrong, struct error *error);

/* The items of a file of sfeed's, whose name is the feed's. */
int import_tsv(struct import *import, struct str text, struct str name, struct error *error);

/*
 * One article of another reader, cleaned, into the feed with this id.  One that is there
 * keeps its text; it becomes read and starred where the other was.
 */
int import_article_of(struct store *store, int64_t feed, const struct foreign_article *article,
	enum store_outcome *outcome, struct error *error);

#endif
