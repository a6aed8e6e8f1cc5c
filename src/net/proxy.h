/*
 * Which proxy a host is reached through: the environment, as curl(1) reads it (ENVIRONMENT).
 * khabar chooses for itself, so that it knows whether an address that is connected to is
 * the host's or the proxy's.
 */
#ifndef KHABAR_NET_PROXY_H
#define KHABAR_NET_PROXY_H

#include "base/str.h"

/*
 * The proxy for this scheme ("http", "https") and host, or "" for none.  `given` is used in
 * place of http_proxy, https_proxy and their like unless it is NULL; NO_PROXY holds in any
 * case.  The result is `given` or belongs to the environment.
 */
const char *proxy_for(struct str scheme, struct str host, const char *given);

/*
 * Whether the list of NO_PROXY names the host: parted by commas or blanks, "*" all, a domain
 * (with or without a leading dot) and what is under it, an address or a block of them.
 */
bool proxy_list_has(struct str list, struct str host);

#endif
