/*
 * What the subscription lists of news readers hold, whatever their format: the readers in
 * this folder make such lists from bytes.  They are pure: no files, no network, no shell; and
 * linear in the size of the text.  A list can ask for a feed, never for a command.
 */
#ifndef KHABAR_SUBSCRIBE_LIST_H
#define KHABAR_SUBSCRIBE_LIST_H

#include "base/error.h"
#include "base/str.h"

/* Owned NUL-terminated UTF-8, "" where nothing is said. */
struct subscription {
	char *url;
	char *title;  /* the reader's own */
	char *folder; /* as in store/store.h */
	char *site_url;
	char *language; /* BCP 47, as the list has it */
	char **tags;
	size_t tag_count, tag_cap;
	bool hidden;
	size_t line;         /* of the file, from 1; 0: it has no lines */
	const char *refused; /* why no feed is taken, and what to do; NULL: it is */
	char *reason;        /* where `refused` is this: else NULL, and that is static */
	char *query;         /* a saved search, named `title`, as query/query.h; else NULL */
};

struct subscription_list {
	struct subscription *items; /* in the order of the file, each URL once */
	size_t count, cap;
};

/* Why nothing can be fetched from there, a static text; NULL where it can: http and https. */
const char *subscription_refusal(struct str url);

/*
 * A new one at the end of the list, refused or not as its URL says.  NULL when out of memory.
 * It stays where it is until the next one is added.
 */
struct subscription *subscription_add(struct subscription_list *list, struct str url);

/* False when out of memory.  Text is trimmed; controls in it become blanks. */
bool subscription_set(char **field, struct str text);
/* A comma parts two tags; what is there already, or blank, is left out. */
bool subscription_tag(struct subscription *subscription, struct str tag);
/* One folder further in; a "/" in the name becomes U+2215. */
bool subscription_enter(struct subscription *subscription, struct str name);

/* Those with the same URL become one, at the place of the first, with the tags of all. */
int subscription_list_unite(struct subscription_list *list, struct error *error);

void subscription_clear(struct subscription *subscription);  /* leaves {0} */
void subscription_list_free(struct subscription_list *list); /* leaves {0} */

#endif
