#include "base/nearest.h"

#include <stdint.h>

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool same(char a, char b)
{
	return str_equal_nocase((struct str){&a, 1}, (struct str){&b, 1});
}

/* Optimal string alignment distance; cost[i][j] is that of the first i and j bytes. */
static size_t distance(struct str a, struct str b)
{
	size_t cost[NEAREST_LONGEST + 1][NEAREST_LONGEST + 1];
	for (size_t i = 0; i <= a.len; i++)
		cost[i][0] = i;
	for (size_t j = 0; j <= b.len; j++)
		cost[0][j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		for (size_t j = 1; j <= b.len; j++) {
			size_t change = least(cost[i - 1][j], cost[i][j - 1]) + 1;
			size_t replace = cost[i - 1][j - 1] + !same(a.ptr[i - 1], b.ptr[j - 1]);
			cost[i][j] = least(change, replace);
			bool swapped = i > 1 && j > 1 && same(a.ptr[i - 1], b.ptr[j - 2]) &&
				       same(a.ptr[i - 2], b.ptr[j - 1]);
			if (swapped)
				cost[i][j] = least(cost[i][j], cost[i - 2][j - 2] + 1);
		}
	}
	return cost[a.len][b.len];
}

ptrdiff_t nearest_name(struct str wanted, const char *const *names, size_t count)
{
	ptrdiff_t nearest = -1;
	size_t best = SIZE_MAX;
	if (wanted.len > NEAREST_LONGEST)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct str name = str_of(names[i]);
		if (name.len > NEAREST_LONGEST)
			continue;
		size_t changes = distance(wanted, name);
		size_t longer = wanted.len > name.len ? wanted.len : name.len;
		if (changes * 3 <= longer && changes < best) {
			best = changes;
			nearest = (ptrdiff_t)i;
		}
	}
	return nearest;
}
