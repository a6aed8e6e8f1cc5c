/*
 * The test server (tests/net/server/, python3) and questions to it.  It listens on loopback
 * and ends with whoever started it.  What a URL does is told in tests/net/server/answers.py
 * and delivery.py.  A call that fails, fails the test; a test without python3 is skipped.
 */
#ifndef KHABAR_TESTS_NET_SERVER_H
#define KHABAR_TESTS_NET_SERVER_H

#include "base/buffer.h"

#include <jansson.h>
#include <stdbool.h>

struct server;

struct server_options {
	int hosts;           /* addresses from 127.0.0.1 on; 0: 4 */
	const char *address; /* one more, or NULL */
	const char *tls;     /* a folder to make certificates in: FOLDER/ca.pem; NULL: no TLS */
};

struct server *server_start(const struct server_options *options);
void server_free(struct server *server); /* NULL is fine */

int server_port(const struct server *server);

/* Where the certificate is right, and where it is for another name. */
int server_tls_port(const struct server *server);
int server_wrong_port(const struct server *server);

/* "http://127.0.0.HOST:PORT" and what follows; good until 64 further calls. */
const char *server_url(struct server *server, int host, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* A GET without any library; the body is added to *out.  Returns the status. */
int server_get(struct server *server, const char *target, struct buffer *out);

/* A GET of "/_/..." that must succeed. */
void server_tell(struct server *server, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* "/_/log", to be released. */
json_t *server_log(struct server *server);

/* How often this path and query was asked for. */
int server_visits(struct server *server, const char *target);

/*
 * Requests, or connections, at the same time: the most there were since the start or the last
 * "/_/forget", at the address ("127.0.0.1"; "": all of them).
 */
int server_most_requests(struct server *server, const char *address);
int server_most_connections(struct server *server, const char *address);

/*
 * The value of a header (lower case) in the last request for this path and query, to be
 * freed; NULL when it had none.  Fails when there was no such request.
 */
char *server_header(struct server *server, const char *target, const char *name);

#endif
