/*
 * Which addresses are of the public Internet, and which are near: this machine, its network,
 * and those that are set aside (IANA IPv4 and IPv6 Special-Purpose Address Registries;
 * multicast, RFC 5771 and 4291).  A redirect from outside has no business there.
 */
#ifndef KHABAR_NET_ADDRESS_H
#define KHABAR_NET_ADDRESS_H

#include "base/str.h"

#include <sys/socket.h>

/*
 * IPv4 addresses within IPv6 ones (mapped, compatible, NAT64, 6to4) count as what they are.
 * Any other family is near.
 */
bool address_is_near(const struct sockaddr *address);

/*
 * The same for the host of a URL as text: an address in numbers ("127.0.0.1", "[::1]", "::1"),
 * or "localhost" and what is under it.  False for other names: only a resolver knows.
 */
bool address_host_is_near(struct str host);

/*
 * Whether the address in numbers is in the block: "10.0.0.0/8", "fd00::/8", or without "/" that
 * one address.  False where either is none.
 */
bool address_in_block(struct str address, struct str block);

#endif
