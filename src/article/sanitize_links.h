/*
 * Links within an article: which ids they lead to, and, once the article is written, that
 * each has one element to lead to.
 */
#ifndef KHABAR_ARTICLE_SANITIZE_LINKS_H
#define KHABAR_ARTICLE_SANITIZE_LINKS_H

#include "article/html.h"
#include "base/buffer.h"

struct link_targets {
	struct buffer bytes;
	struct str *ids; /* sorted, each once */
	size_t count;
};

/*
 * The ids that links below `root` name and elements there have; nodes marked in `gone` are
 * left out.  `page` is the address of the page, whose fragments are meant by it too.  False:
 * out of memory.
 */
bool link_targets_find(const struct html_tree *tree, size_t root, const unsigned char *gone,
		struct str page, struct link_targets *targets);
void link_targets_free(struct link_targets *targets);

/* The id, one of the targets, that an address in this page leads to; empty: to none. */
struct str link_target_of(const struct link_targets *targets, struct str page, struct str href);
bool link_targets_has(const struct link_targets *targets, struct str id);

/*
 * Mends what was written to *out from byte `start` on, where an id may be a list of names:
 * one is left, which all links to any of them lead to; links to what was not written and ids
 * that nothing leads to are taken out.  False: out of memory.
 */
bool link_targets_mend(struct buffer *out, size_t start);

#endif
