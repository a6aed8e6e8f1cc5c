/* Which themes there are: files NAME.theme of the reader's own and of those that come with khabar.
 */
#ifndef KHABAR_CONFIG_THEMES_H
#define KHABAR_CONFIG_THEMES_H

#include "base/error.h"

#include <stddef.h>

enum { THEMES_MOST = 256 };

struct theme_names {
	char *items[THEMES_MOST]; /* owned */
	size_t count;
};

/* All names, sorted; "mono" is always among them.  To be freed in any case.  -1 with *error. */
int theme_names_find(struct theme_names *names, struct error *error);
void theme_names_free(struct theme_names *names); /* leaves none */

#endif
