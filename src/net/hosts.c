#include "net/hosts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static struct host **bucket_of(struct hosts *hosts, const char *name)
{
	uint32_t hash = 2166136261u; /* FNV-1a */
	for (; *name; name++) {
		unsigned char c = (unsigned char)*name;
		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		hash = (hash ^ c) * 16777619u;
	}
	return &hosts->buckets[hash % HOSTS_BUCKETS];
}

struct host *hosts_hold(struct hosts *hosts, const char *name)
{
	struct host **bucket = bucket_of(hosts, name);
	for (struct host *h = *bucket; h; h = h->next) {
		if (strcasecmp(h->name, name) == 0) {
			h->requests++;
			return h;
		}
	}
	size_t length = strlen(name) + 1;
	struct host *made = calloc(1, sizeof *made + length);
	if (!made)
		return NULL;
	memcpy(made->name, name, length);
	made->requests = 1;
	made->next = *bucket;
	*bucket = made;
	return made;
}

void hosts_release(struct hosts *hosts, struct host *host)
{
	host->requests--;
	if (host->requests > 0 || host->until != 0)
		return;
	struct host **at = bucket_of(hosts, host->name);
	while (*at != host)
		at = &(*at)->next;
	*at = host->next;
	free(host);
}

void hosts_free(struct hosts *hosts)
{
	for (size_t i = 0; i < HOSTS_BUCKETS; i++) {
		while (hosts->buckets[i]) {
			struct host *next = hosts->buckets[i]->next;
			free(hosts->buckets[i]);
			hosts->buckets[i] = next;
		}
	}
}
