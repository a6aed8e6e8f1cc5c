/* What the sub-commands of khabar-fetch have in common: workers, and settings. */
#ifndef KHABAR_FETCH_SETUP_H
#define KHABAR_FETCH_SETUP_H

#include "config/config.h"
#include "config/feeds.h"
#include "config/lists.h"
#include "fetch/main.h"
#include "net/net.h"

struct setup {
	struct worker_pool *pool;
	struct config config;
	struct config_feeds feeds;
	struct config_lists lists;
};

/* Workers first, then the settings.  -1 with *error, and nothing to be freed. */
int setup_make(struct setup *setup, const struct fetch_options *options, struct error *error);
void setup_free(struct setup *setup);

/* The limits of the settings for a network; strings are those of the setup. */
struct net_options setup_network(const struct config *config);

/* What the settings say for a URL; strings are those of the setup. */
void setup_request(
	const struct config *config, const struct config_feed *own, struct net_request *request);

/* Writes an answer.  -1 with EX_IOERR; its message is empty when nobody reads any more. */
int setup_write(int fd, struct str text, struct error *error);

#endif
