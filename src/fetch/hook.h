/*
 * hook.new: a program of the reader's that is given the new articles of a fetch, started once
 * and at its end, when they are stored: whatever it does, no article is lost, and none is given
 * twice.  Words of khabar.conf, never a shell.  Its standard input is a file with one line of
 * JSON for each article, in the order they were stored; its output goes nowhere.
 */
#ifndef KHABAR_FETCH_HOOK_H
#define KHABAR_FETCH_HOOK_H

#include "base/buffer.h"
#include "base/error.h"
#include "config/feeds.h"
#include "fetch/arrivals.h"
#include "store/store.h"

enum { HOOK_SECONDS = 30 /* then it is ended, with all that it started */ };

struct hook {
	struct str command; /* fetch/words.h */
	struct store *store;
	/* Appends one line without "\n".  EX_NOINPUT: the article is gone, and left out. */
	int (*describe)(struct store *store, int64_t id, struct buffer *line, struct error *error);
	int seconds; /* that it has; 0: HOOK_SECONDS */
	int output;  /* descriptor for the event */
	int stop;    /* becomes readable when all is to end; -1: none */
};

/*
 * Whether the new articles of this feed are for the program: what its section of khabar.conf
 * says (own; may be NULL), else whether the desktop is told of them.
 */
bool hook_wants(const struct store_subscription *feed, const struct config_feed *own);

/*
 * Runs it, unless there are no articles, and writes an event that says how it fared: that it
 * failed is no error.  -1 with *error: as engine_run().
 */
int hook_run(const struct hook *hook, const struct arrivals *arrivals, struct error *error);

#endif
