/* newsboat's `config` file (its manual, "Configuration commands") as settings of khabar. */
#ifndef KHABAR_SUBSCRIBE_NEWSBOAT_CONFIG_H
#define KHABAR_SUBSCRIBE_NEWSBOAT_CONFIG_H

#include "base/buffer.h"
#include "base/error.h"

/*
 * Appends a khabar.conf that says what the file (UTF-8) says: keys in the manner of newsboat, own
 * bindings and macros of actions, numbers of fetching and keeping, ignored and highlighted
 * articles.  Each line that has no counterpart is listed at the end, as a comment, with its number
 * and why.  No program of the file becomes a setting: `browser` and `player` are comments to be
 * uncommented by hand, and a macro that sets or starts something is left out.  Linear in the
 * text, times the bindings.  -1 with EX_DATAERR when it is no UTF-8; EX_OSERR.
 */
int newsboat_config(struct str text, struct buffer *out, struct error *error);

/* Appends a theme of its colours, in the same way; what is left out is told by newsboat_config().
 */
int newsboat_theme(struct str text, struct buffer *out, struct error *error);

#endif
