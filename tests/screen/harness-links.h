/*
 * Hyperlinks (OSC 8) for a libvterm that knows none: a filter before it makes fonts of them (SGR
 * 11 to 19), which it keeps for each cell, moves and erases as a terminal does its links.
 */
#ifndef KHABAR_TESTS_SCREEN_HARNESS_LINKS_H
#define KHABAR_TESTS_SCREEN_HARNESS_LINKS_H

#include "base/buffer.h"

enum { LINKS_MOST = 9 }; /* at a time; more are counted in `lost` */

struct links {
	char targets[LINKS_MOST][2100];
	char ids[LINKS_MOST][64];
	int count, font; /* font: of the link that is open, 0 none */
	size_t lost, opened;
	struct buffer sequence; /* begun, not yet ended */
};

/* Appends what libvterm is to get for the bytes. */
void links_filter(struct links *links, const char *bytes, size_t len, struct buffer *out);
void links_free(struct links *links);

#endif
