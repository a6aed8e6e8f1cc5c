/*
 * A preset of keys with bindings of one's own over it (config/bindings.h): sequences of keys,
 * lists of actions, keys that are to do nothing.
 *
 *   KEYS      one to SEQUENCE_KEYS names, a blank between two: "g g", "Ctrl-X", "PgDn"
 *   ACTIONS   one to SEQUENCE_ACTIONS names, a comma between two; or "none"
 *
 * One for a single view goes before one for all, both before the preset.  A key that begins a
 * sequence has no meaning of its own any more.
 */
#ifndef KHABAR_UI_KEYMAP_H
#define KHABAR_UI_KEYMAP_H

#include "base/error.h"
#include "ui/keys.h"

struct own_keys;

/*
 * Reads them from the file.  NULL with *error, which names file and line: no such key, action or
 * view (with the nearest name), too many, a clash with an earlier one.
 */
struct own_keys *own_keys_read(
	const struct keymap *preset, const char *path, struct error *error);
void own_keys_free(struct own_keys *own); /* NULL is fine */

/* Valid as long as the bindings; those in use are `bindings` and `sequences`. */
const struct keymap *own_keys_map(const struct own_keys *own);

/* Whether one binding by itself is right.  -1 with EX_USAGE. */
int own_keys_check(struct str view, struct str keys, struct str actions, struct error *error);

#endif
