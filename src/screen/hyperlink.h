/*
 * Links that the terminal itself opens, on the user's own machine: OSC 8
 * (https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda).
 *
 * A target is what of a URL may stand in such a sequence: http, https or mailto, all but the
 * printable characters of ASCII that RFC 3986 knows percent-encoded, HYPERLINK_MOST bytes at most.
 */
#ifndef KHABAR_SCREEN_HYPERLINK_H
#define KHABAR_SCREEN_HYPERLINK_H

#include "base/buffer.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* Whether the terminal is told of links, which it is in visual mode alone. */
enum hyperlink_use {
	HYPERLINK_AUTO, /* where it is known to understand */
	HYPERLINK_YES,
	HYPERLINK_NO,
};

/* "auto", "yes", "no"; HYPERLINK_AUTO for all else. */
enum hyperlink_use hyperlink_use_of(struct str name);

enum { HYPERLINK_MOST = 2000 }; /* bytes; VTE takes 2,083 */

/* Appends the target.  False, and nothing is appended: it is none, or too long. */
bool hyperlink_target(struct buffer *out, struct str url);

#define HYPERLINK_CLOSE "\033]8;;\033\\"

/* What is printed from here on belongs to the link; pieces with one number are one link.  Ends
 * with HYPERLINK_CLOSE. */
void hyperlink_open(struct buffer *out, struct str target, uint32_t number);

/*
 * Targets by number.  A number stands for one target for ever; 0 is no link.  Targets of old are
 * forgotten by hyperlinks_tidy() when there are many, and get a new number when they come again.
 */
struct hyperlinks;

struct hyperlinks *hyperlinks_new(void); /* NULL: no memory */
void hyperlinks_free(struct hyperlinks *links);

/* 0 as well when it is no target, -1 when out of memory; else the number in *number. */
int hyperlinks_number(struct hyperlinks *links, struct str url, uint32_t *number);

/* Empty when it has been forgotten; valid until the next call that changes the links. */
struct str hyperlinks_target(const struct hyperlinks *links, uint32_t number);

/* To be called while no number is in use. */
void hyperlinks_tidy(struct hyperlinks *links);

#endif
