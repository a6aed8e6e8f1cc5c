/*
 * What the header fields of an answer say of the next visit: RFC 9111 (freshness),
 * RFC 9110 (validators, Retry-After).  Pure: bytes in, numbers out.
 */
#ifndef KHABAR_NET_CACHING_H
#define KHABAR_NET_CACHING_H

#include "base/str.h"

#include <stdint.h>

enum { CACHING_TEXT = 512 /* bytes; a validator that is longer is not remembered */ };

#define CACHING_UNKNOWN INT64_MIN

struct caching {
	char etag[CACHING_TEXT];          /* with its quotes, "" when there is none */
	char last_modified[CACHING_TEXT]; /* as it came */
	bool no_cache;                    /* no-cache or no-store: no freshness is promised */
	int64_t max_age;                  /* seconds, or CACHING_UNKNOWN */
	int64_t age;                      /* seconds, 0 when not told */
	int64_t date, expires;            /* Unix seconds; an invalid Expires is the past (0) */
	int64_t retry_after;              /* seconds to wait, when told so */
	int64_t retry_at;                 /* Unix seconds, when told so */
};

void caching_init(struct caching *caching);

/* Takes one header field; fields that say nothing of caching are ignored. */
void caching_take(struct caching *caching, struct str name, struct str value);

/*
 * How much longer the answer is fresh, in seconds from `now`: max-age less Age, else Expires
 * less Date; CACHING_UNKNOWN when nothing is said, 0 when it is stale or must be asked for again.
 */
int64_t caching_fresh(const struct caching *caching, int64_t now);

/* Unix seconds before which nobody is to come again (Retry-After); 0 when not told. */
int64_t caching_retry(const struct caching *caching, int64_t now);

#endif
