/*
 * What an address really is: its host as a person should read it, and what about it may
 * deceive.  URL syntax as browsers read it (URL Standard, section 4.4), names as UTS #46,
 * look-alikes as UTS #39.
 */
#ifndef KHABAR_ARTICLE_ADDRESS_H
#define KHABAR_ARTICLE_ADDRESS_H

#include "base/buffer.h"

/* What is odd about an address: bits. */
enum {
	ADDRESS_ENCODED = 1,   /* the name is written in punycode (xn--) or outside of ASCII */
	ADDRESS_MIXED = 2,     /* it mixes scripts, or looks like another */
	ADDRESS_INVALID = 4,   /* no registry would take it */
	ADDRESS_USER = 8,      /* text before "@" that looks like the host and is not */
	ADDRESS_CONTROLS = 16, /* holds characters that cannot be seen, or reorder others */
	ADDRESS_PLAIN = 32,    /* http: anybody on the way can read it */
};

/* The host, "user@host" of mailto; punycode decoded unless that is ADDRESS_INVALID.  Empty: none.
 */
void address_host(struct str url, struct buffer *out);

/* ADDRESS_ bits. */
unsigned address_doubts(struct str url);

/*
 * "host", then what there is to doubt, in English: "xn--80ak6aa92e.com = аррӏе.com: mixes
 * scripts".  For the line that asks before a link is opened.
 */
void address_describe(struct str url, struct buffer *out);

/* The address to be read and copied: what cannot be seen is percent-encoded. */
void address_write(struct str url, struct buffer *out);

#endif
