/*
 * Settings of single feeds: the sections [feed URL] and [feed command:NAME] of khabar.conf.
 * They may hold secrets and are never printed.
 */
#ifndef KHABAR_CONFIG_FEEDS_H
#define KHABAR_CONFIG_FEEDS_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>

struct config_feed {
	char *key;            /* URL, or "command:NAME" */
	char user_agent[256]; /* "": as for all */
	char proxy[256];      /* URL; "none"; "": as for all */
	char cookies[1024];   /* file of cookies, Netscape's format; "": none */
	char command[1024];   /* words of a program and its arguments; "": none */
	char netrc[8];        /* "yes", "no": credentials from ~/.netrc */
	/* What follows goes before what the store says (fetch/wishes.h); ""; -1: nothing. */
	char title[256];           /* its name */
	char direction[8];         /* "auto", "ltr", "rtl" */
	char full_text[8];         /* "yes", "no": the pages of its articles are fetched, too */
	char hidden[8], notify[8]; /* "yes", "no" */
	char hook[8];              /* the same; "": as `notify` */
	int interval;              /* minutes; 0: nothing, too */
	int keep_days, keep_count; /* as [keep] for all; 0: no limit */
	char **headers;       /* "Name: value" */
	size_t header_count;
};

struct config_feeds {
	struct config_feed *items; /* sorted by key */
	size_t count;
};

/*
 * Reads the sections out of the file; a missing file has none.  Errors are those of
 * config_read().  To be freed with config_feeds_free() in any case.
 */
int config_feeds_read(struct config_feeds *feeds, const char *path, struct error *error);
void config_feeds_free(struct config_feeds *feeds); /* leaves {0} */

/* That of the feed with this key; NULL when it has none. */
const struct config_feed *config_feeds_find(const struct config_feeds *feeds, const char *key);

/* Whether a section of the file is one of a feed, and whether an option of it is right. */
bool config_feed_is_section(const char *section);
int config_feed_check(const char *section, const char *name, struct str value, struct error *error);

#endif
