/*
 * The main article of a page, found by structure: where prose is dense and links
 * are few, and by what elements, roles, microdata, class and id say in general.
 * No site is known by name, no language is needed.
 */
#ifndef KHABAR_ARTICLE_EXTRACT_H
#define KHABAR_ARTICLE_EXTRACT_H

#include "article/facts.h"
#include "article/html.h"

struct extraction {
	size_t root;         /* the article is below this node ... */
	unsigned char *skip; /* ... but for the nodes marked here; owned, a byte a node */
	size_t text;         /* its length: code points without blanks */
};

/*
 * `title` is what the page calls itself (may be empty): of several articles on it, the one with
 * that headline is meant.  text is 0 where the page holds no article.  -1: out of memory.
 */
int extract_article(const struct html_tree *tree, struct str title,
		struct extraction *extraction);
void extract_free(struct extraction *extraction);

/* Steps of it, for extract.c alone. */
enum {
	EXTRACT_STRIP = 1,  /* drop what class, id and role call unlikely */
	EXTRACT_WEIGH = 2,  /* let class and id weigh */
	EXTRACT_CLEAN = 4,  /* drop lists and boxes inside that do not read like prose */
};

/*
 * Marks what is never part of an article, and with EXTRACT_STRIP what seldom is; `all` are the
 * facts of the whole page.
 */
void extract_strip(const struct html_tree *tree, const struct facts *all, unsigned char *skip,
		unsigned flags);
/*
 * Of an article below *root, looks at what is around: takes in a standfirst above it and leaves
 * out the articles that follow.  `stripped`: what extract_strip() marked.
 */
void extract_refine(const struct html_tree *tree, const struct facts *facts,
		const unsigned char *stripped, struct str title, unsigned char *skip, size_t *root);
/* Marks boxes of links, sharing, forms and such below `root`.  -1: out of memory. */
int extract_clean(const struct html_tree *tree, size_t root, unsigned char *skip, unsigned flags);

#endif
