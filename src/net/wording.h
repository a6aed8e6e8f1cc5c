/* What libcurl's codes and HTTP's status codes mean, in plain words, and what to do. */
#ifndef KHABAR_NET_WORDING_H
#define KHABAR_NET_WORDING_H

#include "net/net.h"

#include <curl/curl.h>

/* Whether the host was never reached: no network, no name, no connection. */
bool wording_is_offline(CURLcode code);

/* "host: why: what to do". */
void wording_of_code(CURLcode code, const char *host, struct error *error);

/* The same for a status that is not 2xx or 304. */
void wording_of_status(int status, struct error *error);

/* For a visit that nobody repeats: takes the promise of a later one from the end of the message. */
void wording_promise_nothing(struct error *error);

#endif
