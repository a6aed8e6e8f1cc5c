/* Feeds named on the command line, and their choice by words. */
#ifndef KHABAR_COMMAND_FEED_H
#define KHABAR_COMMAND_FEED_H

#include "store/store.h"

/*
 * The feed meant by a number (its id), a URL, or a title: the whole of it, or a part that only
 * one feed has; letters compare folded (text/fold.h).  -1 with *error: EX_NOINPUT when there
 * is none, EX_USAGE when several are meant.
 */
int feed_named(struct store *store, const char *name, int64_t *id, struct error *error);

/* Whether each word is in the title, address, folder or a tag of the feed; -1: no memory. */
int feed_matches(const struct store_subscription *feed, char *const *words, size_t count,
	struct error *error);

#endif
