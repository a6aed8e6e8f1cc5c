/*
 * The feeds as a tree of folders, flattened into rows: folders before feeds on each level, both
 * in the order of their names.  Knows no store and no screen.
 */
#ifndef KHABAR_UI_TREE_H
#define KHABAR_UI_TREE_H

#include "base/str.h"
#include "store/store.h"

enum tree_kind {
	TREE_FOLDER,
	TREE_FEED,
};

struct tree_row {
	enum tree_kind kind;
	int depth;       /* folders around it */
	struct str name; /* of the feed, or the last part of the folder's path */
	struct str path; /* of a folder, from the top; points into the feeds */
	size_t feed;     /* of a feed: its index in the feeds */
	struct store_counts counts;
	bool failing; /* the feed, or one below the folder */
	bool later;   /* a feed whose host asked for a pause */
	bool closed;  /* a folder whose feeds are not shown */
};

struct tree {
	struct tree_row *rows;
	size_t count, cap;
	char **closed; /* paths of the folders that the reader has closed; owned */
	size_t closed_count, closed_cap;
};

/*
 * Builds the rows anew from the feeds, which are borrowed for as long as the rows are used; hidden
 * ones are left out.  Folders are in the order of the collation (NULL: collation_compare()), feeds
 * in that of the store.  What is closed stays closed.  0, or -1 when out of memory (no rows then).
 */
int tree_build(struct tree *tree, const struct store_feeds *feeds,
	const struct collation *collation);

/* Closes or opens a folder; build anew then.  0, or -1 when out of memory. */
int tree_toggle(struct tree *tree, struct str path);

/* Whether the folder `path` is `folder` or inside of it. */
bool tree_is_inside(struct str path, struct str folder);

void tree_free(struct tree *tree); /* leaves {0} */

#endif
