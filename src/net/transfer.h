/*
 * One request on its way, hop by hop: an easy handle of libcurl and what it has brought.
 * Internal to net/.
 */
#ifndef KHABAR_NET_TRANSFER_H
#define KHABAR_NET_TRANSFER_H

#include "net/net.h"

#include <curl/curl.h>

enum {
	TRANSFER_HEADERS = 256 * 1024, /* bytes of header fields in an answer */
	TRANSFER_REFUSE = 64 * 1024,   /* bytes read of a body that nobody wants */
	TRANSFER_TYPE = 256,           /* bytes of a Content-Type */
};

/* Why khabar itself ended a hop. */
enum transfer_stop {
	TRANSFER_RUNS,
	TRANSFER_LARGE,   /* more bytes than allowed */
	TRANSFER_CROWDED, /* no room beside the other bodies */
	TRANSFER_NEAR,    /* an address that a redirect must not lead to */
	TRANSFER_ENOUGH,  /* what came is enough: the status says all */
	TRANSFER_HEADED,  /* header fields without end */
	TRANSFER_MEMORY,
	TRANSFER_LEFT, /* who takes it piece by piece does not go on */
};

struct transfer {
	struct net_request request;
	const struct net_options *options;
	size_t *bodies;             /* memory of all bodies under way, bytes */
	CURL *easy;                 /* while it runs */
	CURLU *url;                 /* of this hop, without credentials */
	char *user, *password;      /* of the request's URL; NULL: none */
	char *origin;               /* "https://host:port" of the request's URL */
	char *host;                 /* of this hop */
	char *moved_to;             /* NULL: nowhere */
	char *last_url;             /* told in the reply; of libcurl */
	struct curl_slist *headers; /* of this hop */
	int hops;                   /* followed so far */
	int64_t deadline;           /* milliseconds of the monotonic clock; 0: not started */
	bool permanent;             /* all redirects so far */
	bool insecure, near, proxied, alone;
	enum transfer_stop stop;
	struct caching caching;
	char content_type[TRANSFER_TYPE];
	int64_t range_from, range_length; /* of Content-Range; -1 unknown */
	struct buffer body;
	size_t counted; /* of *bodies, by this one */
	size_t refused; /* bytes of an unwanted body */
	size_t headed;  /* bytes of header fields */
};

/* NULL with *error; *bodies and the options must outlive it. */
struct transfer *transfer_new(const struct net_request *request, const struct net_options *options,
	size_t *bodies, struct error *error);
void transfer_free(struct transfer *transfer);

/* Makes the easy handle ready for the hop.  -1 when out of memory. */
int transfer_prepare(struct transfer *transfer, CURL *easy);

/* Forgets what a hop has brought, so that it can be made again. */
void transfer_rewind(struct transfer *transfer);

enum transfer_end {
	TRANSFER_ENDED, /* *reply is filled */
	TRANSFER_HOP,   /* the next hop is to be made: a redirect */
	TRANSFER_AGAIN, /* the same hop, alone: there was no room */
};

/* What a hop that ended with this code of libcurl means. */
enum transfer_end transfer_finish(
	struct transfer *transfer, CURLcode code, struct net_reply *reply);

/* Fills *reply from what came, with the result NET_FAILED. */
void transfer_fail(struct transfer *transfer, struct net_reply *reply);

#endif
