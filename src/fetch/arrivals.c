#include "fetch/arrivals.h"

#include "base/array.h"

#include <stdlib.h>

void arrivals_add(struct arrivals *a, int64_t id)
{
	if (array_reserve(&a->ids, &a->cap, a->count + 1, sizeof *a->ids))
		a->ids[a->count++] = id;
	else
		a->failed = true;
}

void arrivals_free(struct arrivals *a)
{
	free(a->ids);
	*a = (struct arrivals){0};
}
