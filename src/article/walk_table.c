#include "article/walk.h"

enum { CELL_LONGEST = 2000 }; /* bytes of text: more is an article that a table arranges */

static bool is_for_pages(GumboTag tag)
{
	static const GumboTag tags[] = {GUMBO_TAG_TABLE, GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3,
		GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_PRE,
		GUMBO_TAG_HR, GUMBO_TAG_FIGURE, GUMBO_TAG_DL, GUMBO_TAG_DETAILS};
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
		if (tags[i] == tag)
			return true;
	}
	return false;
}

/*
 * Ends at the first table inside, so that tables in tables are looked at once each.  One
 * column is no table, unless it has a heading.
 */
bool walk_is_data(const struct html_tree *tree, size_t table)
{
	size_t cells = 0, most = 0, bytes = 0, cell_end = 0;
	for (size_t i = table + 1; i < tree->nodes[table].end; i++) {
		const struct html_node *node = &tree->nodes[i];
		if (html_is_text(node)) {
			bytes += i < cell_end ? html_text(node).len : 0;
			if (bytes > CELL_LONGEST)
				return false;
			continue;
		}
		if (is_for_pages(node->tag))
			return false;
		if (node->tag == GUMBO_TAG_TR)
			cells = 0;
		if (node->tag != GUMBO_TAG_TD && node->tag != GUMBO_TAG_TH)
			continue;
		cells += node->tag == GUMBO_TAG_TH ? 2 : 1;
		most = cells > most ? cells : most;
		cell_end = node->end;
		bytes = 0;
	}
	return most > 1;
}
