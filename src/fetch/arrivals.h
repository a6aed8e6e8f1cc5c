/* The ids of articles that a fetch has added, in the order they came in. */
#ifndef KHABAR_FETCH_ARRIVALS_H
#define KHABAR_FETCH_ARRIVALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Starts as {0}. */
struct arrivals {
	int64_t *ids; /* owned */
	size_t count, cap;
	bool failed; /* out of memory: some are missing */
};

void arrivals_add(struct arrivals *arrivals, int64_t id);
void arrivals_free(struct arrivals *arrivals); /* leaves {0} */

#endif
