/*
 * Keys of one's own in khabar.conf:
 *
 *   [keys]            KEYS = ACTIONS      in all views
 *   [keys VIEW]       KEYS = ACTIONS      in one, before those of all
 *
 * What keys, actions and views there are is known to ui/keymap.h.
 */
#ifndef KHABAR_CONFIG_BINDINGS_H
#define KHABAR_CONFIG_BINDINGS_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>

/* view: "" for all.  -1 with *error, to which file and line are added. */
typedef int config_binding_take(
	void *user, struct str view, struct str keys, struct str actions, struct error *error);

/*
 * Hands out the bindings as they stand in the file; a missing file has none.  0, or -1 with
 * *error: those of config_read() and of `take`.
 */
int config_bindings_read(
	const char *path, config_binding_take *take, void *user, struct error *error);

/* Whether a section of the file is one of these, and the view in its name. */
bool config_binding_is_section(const char *section);
struct str config_binding_view(const char *section);

#endif
