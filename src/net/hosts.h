/* What is known of the hosts of the requests at hand.  Internal to net/. */
#ifndef KHABAR_NET_HOSTS_H
#define KHABAR_NET_HOSTS_H

#include <stdint.h>

struct host {
	struct host *next;
	int requests; /* that wait or run */
	int running;
	int64_t until; /* paused until then, Unix seconds; 0: not paused */
	char name[];
};

enum { HOSTS_BUCKETS = 1024 };

struct hosts {
	struct host *buckets[HOSTS_BUCKETS];
};

/* The host, made when it is not there; one more request is counted.  NULL: out of memory. */
struct host *hosts_hold(struct hosts *hosts, const char *name);
/* One request less; a host without requests and pause is forgotten. */
void hosts_release(struct hosts *hosts, struct host *host);
void hosts_free(struct hosts *hosts);

#endif
