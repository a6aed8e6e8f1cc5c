/*
 * Polite transfers over HTTP (RFC 9110, 9111), many at once, on one thread.
 *
 * Requests wait in a queue of their own until their host has room; each ends with one call
 * of its `done`.  Only http and https are spoken, and file: where a request says so.
 * Redirects are followed hop by hop: no more than NET_HOPS of them, to http and https only,
 * and into loopback, private, link-local and other addresses that are not of the public
 * Internet (net/address.h) only when the first hop was there, too.  What counts is the address
 * that is connected to, so a name that changes its mind (DNS rebinding) is no way around.
 * Behind a proxy the proxy resolves names: only addresses written as numbers and "localhost"
 * are checked then.  Credentials and a feed's own headers go to the origin (scheme, host,
 * port) they were given for, and no further.
 *
 * Memory: bodies under way together take at most NET_BODIES bytes; one that does not fit
 * is dropped and asked for again when it can be alone.
 */
#ifndef KHABAR_NET_NET_H
#define KHABAR_NET_NET_H

#include "base/buffer.h"
#include "base/error.h"
#include "net/caching.h"

#include <poll.h>
#include <stdint.h>

enum {
	NET_HOPS = 10,
	NET_BODIES = 16 << 20, /* bytes */
	NET_WAITING = 256,     /* requests in the queue, those under way not counted */
};

struct net_options {
	int jobs;                           /* transfers at once */
	int per_host;                       /* of those, with one host */
	int connect_seconds, total_seconds; /* of each hop, of all hops */
	int stall_seconds;                  /* without a byte worth speaking of */
	size_t most_bytes;                  /* of a body, as sent and as decompressed */
	const char *too_large;              /* what to do about a larger one; NULL: raise max-size */
	const char *user_agent;             /* NULL: khabar's own */
	const char *proxy;                  /* URL; NULL: as the environment says; "": none */
	const char *ca_file;                /* PEM; NULL: the system's certificates */
};

struct net;

/* The strings of *options must outlive it.  NULL with *error: EX_OSERR, EX_SOFTWARE. */
struct net *net_new(const struct net_options *options, struct error *error);
/* Drops what is under way without a call of `done`. */
void net_free(struct net *net);

enum net_result {
	NET_ANSWERED, /* an answer came: `status` says which */
	NET_FAILED,   /* none came, or one that is not to be used: `error` says why */
	NET_LATER,    /* the host asked for a pause, and was not asked: `until` says how long */
};

/* Valid during the call of `done`; `body` may be moved out of it. */
struct net_reply {
	enum net_result result;
	struct error error; /* EX_UNAVAILABLE, EX_NOHOST, EX_DATAERR, EX_NOPERM, ... */
	bool offline;       /* NET_FAILED before the host was reached */
	int64_t until;      /* NET_LATER: Unix seconds */
	int status;         /* of the last hop: 200, 304, 404, ...; 200 for a file */
	struct caching caching;
	const char *content_type; /* "" when not told */
	const char *url;          /* of the last hop, without credentials */
	/*
	 * Where the permanent redirects (301, 308) lead that stand at the start of the way; ""
	 * when the first one is none, or leads from https to http.
	 */
	const char *moved_to;
	bool insecure;      /* a redirect led from https to http */
	bool near;          /* the first hop's address is not of the public Internet */
	struct buffer body; /* decompressed; {0} unless the status is 2xx */
};

typedef void net_done(void *user, struct net_reply *reply);

/* What is known of a body that comes piece by piece. */
struct net_head {
	int status;     /* 2xx; 0: a file */
	int64_t from;   /* 206: which byte of the whole comes first (RFC 9110 section 14.4); else 0 */
	int64_t length; /* bytes of the whole, -1 unknown */
	const char *etag, *last_modified; /* "" when not told */
};

/* Takes a piece; false: it is not to go on, and the reply is NET_FAILED. */
typedef bool net_take(void *user, const struct net_head *head, struct str bytes);

/* All strings are borrowed until `done`; NULL or "" where there is none. */
struct net_request {
	const char *url;                  /* may have credentials: https://name:word@host/ */
	const char *etag, *last_modified; /* of the answer at hand: ask only for another one */
	const char *user_agent;           /* in place of the options' */
	const char *proxy;                /* the same */
	const char *const *headers;       /* "Name: value" */
	size_t header_count;
	const char *cookies; /* file of cookies, Netscape's format; only read */
	bool netrc;          /* look into ~/.netrc for credentials */
	bool file;           /* file: is allowed */
	/*
	 * Gets the body of a 2xx as it comes and as it is sent, in place of reply->body: no memory
	 * is needed for it.  NULL: the body is gathered.
	 */
	net_take *take;
	int64_t from;         /* with `take`: only what stands from this byte on; 0: all */
	const char *if_range; /* where it is still what this ETag or date says, else all of it */
	bool found;          /* not the user's own address, but one found in a page: see `near` */
	bool near;           /* with `found`: the page was near, so this one may be */
	net_done *done;
	void *user;
};

/* How many more requests the queue takes. */
size_t net_room(const struct net *net);
/* Requests that have not ended. */
size_t net_busy(const struct net *net);

/*
 * Queues a request.  `done` is called by net_step(), never from here.  -1 with *error,
 * without a call: EX_DATAERR when this is no address that may be fetched, EX_OSERR.
 */
int net_start(struct net *net, const struct net_request *request, struct error *error);

/*
 * While on, no request of the queue is started: the caller has enough to do with what came.
 * Those under way go on.
 */
void net_hold(struct net *net, bool on);

/* Asks nothing more of the host of this URL before `until` (Unix seconds). */
void net_pause_host(struct net *net, const char *url, int64_t until);

/*
 * Waits up to timeout_ms for the network or one of the descriptors, whose revents it fills,
 * carries on what can be carried on and calls `done` of what has ended.  -1 with *error
 * only when nothing can go on: out of memory.
 */
int net_step(
	struct net *net, struct pollfd *extra, size_t count, int timeout_ms, struct error *error);

/* Appends the URL without name and password, fit for messages: controls percent-encoded. */
void net_show_url(struct str url, struct buffer *out);

#endif
