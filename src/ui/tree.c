#include "ui/tree.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

/* The feeds in the order of the tree: what qsort_r() is given. */
struct order {
	const struct store_feeds *feeds;
	const struct collation *collation;
};

/* Takes the first part off a path; "" when nothing is left. */
static struct str take_part(struct str *path)
{
	const char *slash = path->len ? memchr(path->ptr, '/', path->len) : NULL;
	size_t len = slash ? (size_t)(slash - path->ptr) : path->len;
	struct str part = str_slice(*path, 0, len);
	*path = str_slice(*path, len + (slash ? 1 : 0), path->len);
	return part;
}

static int compare_folders(const struct collation *collation, struct str a, struct str b)
{
	while (a.len > 0 && b.len > 0) {
		int result = collation_compare(collation, take_part(&a), take_part(&b));
		if (result)
			return result;
	}
	return (a.len == 0) - (b.len == 0); /* folders before feeds */
}

static int compare_feeds(const void *a, const void *b, void *user)
{
	const struct order *order = user;
	size_t i = *(const size_t *)a, k = *(const size_t *)b;
	const struct store_feed *left = &order->feeds->items[i], *right = &order->feeds->items[k];
	int result = compare_folders(
		order->collation, str_of(left->folder), str_of(right->folder));
	/* The store's own order of titles. */
	return result ? result : (i > k) - (i < k);
}

static bool is_closed(const struct tree *tree, struct str path)
{
	for (size_t i = 0; i < tree->closed_count; i++) {
		if (str_equal(path, str_of(tree->closed[i])))
			return true;
	}
	return false;
}

int tree_toggle(struct tree *tree, struct str path)
{
	for (size_t i = 0; i < tree->closed_count; i++) {
		if (str_equal(path, str_of(tree->closed[i]))) {
			free(tree->closed[i]);
			tree->closed[i] = tree->closed[--tree->closed_count];
			return 0;
		}
	}
	char *copy = str_dup(path);
	if (!copy || !array_reserve(&tree->closed, &tree->closed_cap, tree->closed_count + 1,
			     sizeof *tree->closed)) {
		free(copy);
		return -1;
	}
	tree->closed[tree->closed_count++] = copy;
	return 0;
}

bool tree_is_inside(struct str path, struct str folder)
{
	return str_starts(path, folder) &&
	       (path.len == folder.len || folder.len == 0 || path.ptr[folder.len] == '/');
}

static bool add_row(struct tree *tree, const struct tree_row *row)
{
	if (!array_reserve(&tree->rows, &tree->cap, tree->count + 1, sizeof *tree->rows))
		return false;
	tree->rows[tree->count++] = *row;
	return true;
}

/* The folders that are open around the row being added, outermost first. */
enum { DEEPEST = 32 };

struct open_folders {
	size_t rows[DEEPEST]; /* index of their rows */
	int count;
	bool hidden; /* the innermost one, or one around it, is closed */
};

/* Goes from the folders that are open to those of `path`, adding a row for each new one. */
static bool enter(struct tree *tree, struct open_folders *open, struct str path)
{
	while (open->count > 0 &&
		!tree_is_inside(path, tree->rows[open->rows[open->count - 1]].path))
		open->count--;
	open->hidden = false;
	size_t at = 0; /* behind what is open: where the next part starts */
	for (int i = 0; i < open->count; i++) {
		open->hidden |= tree->rows[open->rows[i]].closed;
		at = tree->rows[open->rows[i]].path.len + 1;
	}
	while (at < path.len && !open->hidden && open->count < DEEPEST) {
		struct str rest = str_slice(path, at, path.len);
		struct str name = take_part(&rest);
		at += name.len;
		/* The deepest one stands for all below it. */
		if (open->count == DEEPEST - 1)
			at = path.len;
		struct tree_row row = {.kind = TREE_FOLDER,
			.depth = open->count,
			.name = name,
			.path = str_slice(path, 0, at++)};
		row.closed = is_closed(tree, row.path);
		if (name.len == 0)
			continue; /* "a//b" */
		if (!add_row(tree, &row))
			return false;
		open->rows[open->count++] = tree->count - 1;
		open->hidden = row.closed;
	}
	return true;
}

static bool add_feed(
	struct tree *tree, struct open_folders *open, const struct store_feeds *feeds, size_t at)
{
	const struct store_feed *feed = &feeds->items[at];
	struct tree_row row = {.kind = TREE_FEED,
		.name = str_of(feed->title),
		.feed = at,
		.counts = {feed->total, feed->unread},
		.failing = feed->failures > 0 || feed->stopped,
		.later = feed->later};
	if (!enter(tree, open, str_of(feed->folder)))
		return false;
	for (int i = 0; i < open->count; i++) {
		struct tree_row *folder = &tree->rows[open->rows[i]];
		folder->counts.total += feed->total;
		folder->counts.unread += feed->unread;
		folder->failing |= row.failing;
	}
	row.depth = open->count;
	return open->hidden || add_row(tree, &row);
}

int tree_build(struct tree *tree, const struct store_feeds *feeds,
	const struct collation *collation)
{
	struct order order = {feeds, collation};
	struct open_folders open = {.count = 0};
	size_t *places = calloc(feeds->count + 1, sizeof *places);
	bool good = places != NULL;
	tree->count = 0;
	for (size_t i = 0; good && i < feeds->count; i++)
		places[i] = i;
	if (good)
		qsort_r(places, feeds->count, sizeof *places, compare_feeds, &order);
	for (size_t i = 0; good && i < feeds->count; i++) {
		if (!feeds->items[places[i]].hidden)
			good = add_feed(tree, &open, feeds, places[i]);
	}
	free(places);
	if (!good)
		tree->count = 0;
	return good ? 0 : -1;
}

void tree_free(struct tree *tree)
{
	for (size_t i = 0; i < tree->closed_count; i++)
		free(tree->closed[i]);
	free(tree->closed);
	free(tree->rows);
	*tree = (struct tree){0};
}
