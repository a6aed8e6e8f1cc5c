/*
 * Queries of khabar.conf: smart lists and rules for what a fetch brings.
 *
 *   [list NAME]     query = QUERY     a list among the feeds
 *   [ignore]        drop = QUERY      not stored at all
 *                   read = QUERY      stored as read
 *   [highlight]     query = QUERY     lit in lists
 *
 * Options of [ignore] and [highlight] may be given many times.  What a query says is not looked
 * at here: query/query.h.
 */
#ifndef KHABAR_CONFIG_LISTS_H
#define KHABAR_CONFIG_LISTS_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>

enum config_list_kind { CONFIG_LIST, CONFIG_DROP, CONFIG_READ, CONFIG_HIGHLIGHT };

struct config_list {
	enum config_list_kind kind;
	char *name; /* of a CONFIG_LIST; else what messages call it: "[ignore] drop" */
	char *query;
};

struct config_lists {
	struct config_list *items; /* as they stand in the file */
	size_t count;
};

/*
 * Reads the sections out of the file; a missing file has none.  Errors are those of
 * config_read().  To be freed with config_lists_free() in any case.
 */
int config_lists_read(struct config_lists *lists, const char *path, struct error *error);
void config_lists_free(struct config_lists *lists); /* leaves {0} */

/*
 * Where items[index] stands: -1 always, with *error "path:line: ..." that says to change it there.
 */
int config_lists_refuse(const char *path, size_t index, struct error *error);

/* Whether a section of the file is one of these, and whether an option of it is right. */
bool config_list_is_section(const char *section);
/* The same of an option; those of [list] are, too, but its own: who forgot a name is told. */
bool config_list_is_option(const char *section, const char *name);
int config_list_check(const char *section, const char *name, struct str value, struct error *error);

#endif
