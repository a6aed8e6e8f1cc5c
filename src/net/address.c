#include "net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

enum { ADDRESS_TEXT = INET6_ADDRSTRLEN + 1 };

struct block {
	uint8_t bytes[16];
	int bits;
};

/* clang-format off */
static const struct block near_v4[] = {
	{{0}, 8},                /* this network */
	{{10}, 8},               /* private */
	{{100, 64}, 10},         /* shared by a provider's customers */
	{{127}, 8},              /* this machine */
	{{169, 254}, 16},        /* link-local */
	{{172, 16}, 12},         /* private */
	{{192, 0, 0}, 24},       /* protocols */
	{{192, 0, 2}, 24},       /* documentation */
	{{192, 168}, 16},        /* private */
	{{198, 18}, 15},         /* benchmarks */
	{{198, 51, 100}, 24},    /* documentation */
	{{203, 0, 113}, 24},     /* documentation */
	{{224}, 4},              /* multicast */
	{{240}, 4},              /* reserved, broadcast */
};

static const struct block near_v6[] = {
	{{0}, 127},                                  /* unspecified, this machine */
	{{0, 0x64, 0xff, 0x9b, 0, 1}, 48},           /* NAT64 of a local network */
	{{1}, 64},                                   /* discard */
	{{0x20, 0x01, 0, 0}, 32},                    /* Teredo */
	{{0x20, 0x01, 0x0d, 0xb8}, 32},              /* documentation */
	{{0x3f, 0xff}, 20},                          /* documentation */
	{{0xfc}, 7},                                 /* unique local */
	{{0xfe, 0x80}, 10},                          /* link-local */
	{{0xfe, 0xc0}, 10},                          /* site-local */
	{{0xff}, 8},                                 /* multicast */
};

/* Where an IPv6 address holds an IPv4 one: at this byte. */
static const struct {
	struct block block;
	int at;
} holders[] = {
	{{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96}, 12}, /* mapped */
	{{{0}, 96}, 12},                                        /* compatible */
	{{{0, 0x64, 0xff, 0x9b}, 96}, 12},                      /* NAT64 */
	{{{0x20, 0x02}, 16}, 2},                                /* 6to4 */
};
/* clang-format on */

static bool starts_alike(const uint8_t *a, const uint8_t *b, int bits)
{
	int whole = bits / 8, rest = bits % 8;
	return memcmp(a, b, (size_t)whole) == 0 &&
	       (rest == 0 || (a[whole] ^ b[whole]) >> (8 - rest) == 0);
}

static bool in_any(const uint8_t *bytes, const struct block *blocks, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (starts_alike(bytes, blocks[i].bytes, blocks[i].bits))
			return true;
	}
	return false;
}

static bool v4_is_near(const uint8_t *bytes)
{
	return in_any(bytes, near_v4, sizeof near_v4 / sizeof *near_v4);
}

static bool v6_is_near(const uint8_t *bytes)
{
	if (in_any(bytes, near_v6, sizeof near_v6 / sizeof *near_v6))
		return true;
	for (size_t i = 0; i < sizeof holders / sizeof *holders; i++) {
		if (starts_alike(bytes, holders[i].block.bytes, holders[i].block.bits))
			return v4_is_near(bytes + holders[i].at);
	}
	return false;
}

bool address_is_near(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET)
		return v4_is_near(
			(const uint8_t *)&((const struct sockaddr_in *)(const void *)address)
				->sin_addr);
	if (address->sa_family == AF_INET6)
		return v6_is_near(
			(const uint8_t *)&((const struct sockaddr_in6 *)(const void *)address)
				->sin6_addr);
	return true;
}

/* The bytes of an address in numbers: 4 or 16 of them; 0 when it is none. */
static int parse(struct str text, uint8_t bytes[16])
{
	char z[ADDRESS_TEXT];
	if (text.len >= 2 && text.ptr[0] == '[' && text.ptr[text.len - 1] == ']')
		text = str_slice(text, 1, text.len - 1);
	const char *zone = text.len ? memchr(text.ptr, '%', text.len) : NULL;
	if (zone)
		text.len = (size_t)(zone - text.ptr);
	if (text.len == 0 || text.len >= sizeof z)
		return 0;
	memcpy(z, text.ptr, text.len);
	z[text.len] = '\0';
	if (inet_pton(AF_INET, z, bytes) == 1)
		return 4;
	return inet_pton(AF_INET6, z, bytes) == 1 ? 16 : 0;
}

bool address_host_is_near(struct str host)
{
	uint8_t bytes[16];
	int length = parse(host, bytes);
	if (length > 0)
		return length == 4 ? v4_is_near(bytes) : v6_is_near(bytes);
	if (str_ends(host, STR(".")))
		host.len--;
	struct str last = STR("localhost");
	struct str end = str_slice(host, host.len > last.len ? host.len - last.len : 0, host.len);
	return str_equal_nocase(end, last) &&
	       (end.len == host.len || host.ptr[host.len - end.len - 1] == '.');
}

bool address_in_block(struct str address, struct str block)
{
	uint8_t a[16], b[16];
	const char *slash = block.len ? memchr(block.ptr, '/', block.len) : NULL;
	size_t head = slash ? (size_t)(slash - block.ptr) : block.len;
	struct str digits = str_slice(block, head + 1, block.len);
	int length = parse(address, a);
	if (length == 0 || parse(str_slice(block, 0, head), b) != length)
		return false;
	int bits = slash ? 0 : length * 8;
	if (slash && (digits.len == 0 || digits.len > 3))
		return false;
	for (size_t i = 0; slash && i < digits.len; i++) {
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
			return false;
		bits = bits * 10 + (digits.ptr[i] - '0');
	}
	return bits <= length * 8 && starts_alike(a, b, bits);
}
