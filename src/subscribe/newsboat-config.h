/* newsboat's `config` file (its manual, "Configuration commands") as settings of khabar. */
#ifndef KHABAR_SUBSCRIBE_NEWSBOAT_CONFIG_H
#define KHABAR_SUBSCRIBE_NEWSBOAT_CONFIG_H

#include "base/buffer.h"
#include "base/error.h"

/*
 * Appends a khabar.conf that says what the file (UTF-8) says: keys in the manner of newsboat,
 * numbers of fetching and keeping, ignored and highlighted articles.  Each line that has no
 * counterpart is listed at the end, as a comment, with its number and why.  No program of the file
 * becomes a setting: `browser` is a comment to be uncommented by hand.  Linear in the text.  -1
 * with EX_DATAERR when it is no UTF-8; EX_OSERR.
 */
int newsboat_config(struct str text, struct buffer *out, struct error *error);

#endif
