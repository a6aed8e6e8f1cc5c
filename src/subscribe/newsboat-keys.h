/* Keys and macros of newsboat's `config` as bindings of khabar.conf: config/bindings.h. */
#ifndef KHABAR_SUBSCRIBE_NEWSBOAT_KEYS_H
#define KHABAR_SUBSCRIBE_NEWSBOAT_KEYS_H

#include "base/buffer.h"

enum { NEWSBOAT_KEYS_MOST = 400 }; /* bindings of a file */

struct newsboat_keys; /* as they hold at the end: a later line goes before an earlier one */

struct newsboat_keys *newsboat_keys_new(void); /* NULL: out of memory */
void newsboat_keys_free(struct newsboat_keys *keys);

/*
 * Takes a line of the file: the arguments of `bind-key`, `unbind-key`, `bind` or `macro`, as they
 * stand behind the command.  NULL, or a static text: why it has no counterpart.  What would start
 * a program or change a setting never becomes a binding.
 */
const char *newsboat_keys_take(struct newsboat_keys *keys, struct str command, struct str rest);

/* Appends the sections [keys ...].  Sets out->failed when out of memory. */
void newsboat_keys_write(const struct newsboat_keys *keys, struct buffer *out);

#endif
