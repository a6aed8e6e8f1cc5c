#include "article/extract.h"
#include "article/meta.h"
#include "article/title.h"
#include "article/writer.h"

#include <stdlib.h>

#define HEADLINE_MAX 500    /* code points */
#define STANDFIRST_MIN 40   /* code points */
#define STANDFIRST_MAX 1200
#define OTHERS_SHARE 0.2f   /* of the prose, that articles beside it must hold to be others */

static bool holds(const struct html_tree *tree, size_t outer, size_t inner)
{
	return inner >= outer && inner < tree->nodes[outer].end;
}

static bool is_heading(GumboTag tag)
{
	return tag == GUMBO_TAG_H1 || tag == GUMBO_TAG_H2 || tag == GUMBO_TAG_H3;
}

/* The first heading that says what the page's title says; 0: none. */
static size_t find_headline(const struct html_tree *tree, const struct facts *facts,
		const unsigned char *skip, struct str title)
{
	size_t first = 0;
	for (size_t i = 1; i < tree->count;) {
		const struct html_node *node = &tree->nodes[i];
		if (skip[i]) {
			i = node->end;
			continue;
		}
		if (is_heading(node->tag) && facts[i].text <= HEADLINE_MAX) {
			char *text = meta_text_below(tree, i);
			bool same = text && title_words(str_of(text)) > 1 &&
				title_within(str_of(text), title);
			free(text);
			if (same)
				return i;
			first = first == 0 && node->tag == GUMBO_TAG_H1 ? i : first;
		}
		i++;
	}
	return first;
}

/* ---- one article of several ---- */

static size_t article_of(const struct html_tree *tree, size_t at)
{
	while (at > 0 && tree->nodes[at].tag != GUMBO_TAG_ARTICLE)
		at = tree->nodes[at].parent;
	return at;
}

/* Where the page goes on with other articles, the one with the page's headline. */
static void leave_others(const struct html_tree *tree, const struct facts *facts, size_t headline,
		size_t *root)
{
	size_t own = article_of(tree, headline);
	if (own == 0 || own == *root || !holds(tree, *root, own))
		return;
	float others = 0, all = facts[*root].prose;
	for (size_t i = *root + 1; i < tree->nodes[*root].end;) {
		bool other = i != own && tree->nodes[i].tag == GUMBO_TAG_ARTICLE && !holds(tree, i, own);
		others += other ? facts[i].prose : 0;
		i = other || i == own ? tree->nodes[i].end : i + 1;
	}
	if (others > OTHERS_SHARE * all && facts[own].prose > OTHERS_SHARE * all)
		*root = own;
}

/* ---- the standfirst ---- */

/* Skips all below `up` but what leads to `a` and `b`, and what is below these. */
static void skip_others(const struct html_tree *tree, unsigned char *skip, size_t up, size_t a,
		size_t b)
{
	for (size_t i = up + 1; i < tree->nodes[up].end;) {
		if (i == a || i == b) {
			i = tree->nodes[i].end;
		} else if (holds(tree, i, a) || holds(tree, i, b)) {
			i++;
		} else {
			skip[i] = 1;
			i = tree->nodes[i].end;
		}
	}
}

/* Takes node `at` in, in whose place nothing is skipped but by what it was skipped with. */
static void adopt(const struct html_tree *tree, unsigned char *skip, size_t *root, size_t at)
{
	size_t up = *root, skipped = 0;
	while (!holds(tree, up, at))
		up = tree->nodes[up].parent;
	if (up != *root)
		skip_others(tree, skip, up, *root, at);
	for (size_t i = at; i != up; i = tree->nodes[i].parent)
		skipped = skip[i] ? i : skipped;
	if (skipped > 0 && skipped != at)
		skip_others(tree, skip, skipped, at, at);
	for (size_t i = at; i != up; i = tree->nodes[i].parent)
		skip[i] = 0;
	*root = up;
}

static bool is_standfirst(const struct html_node *node, const struct facts *f)
{
	unsigned hints = facts_hints(node);
	bool block = node->tag == GUMBO_TAG_P || node->tag == GUMBO_TAG_DIV ||
		node->tag == GUMBO_TAG_H2 || node->tag == GUMBO_TAG_H3 || node->tag == GUMBO_TAG_H4;
	bool said = (hints & HINT_STANDFIRST) && !(hints & (HINT_CAPTION | HINT_AUTHOR | HINT_COMMENT));
	bool prose = (node->tag == GUMBO_TAG_P || node->tag == GUMBO_TAG_DIV) && f->own > 0 &&
		f->commas > 0 && f->text > 2 * STANDFIRST_MIN && !(hints & HINT_CAPTION);
	return block && f->text >= STANDFIRST_MIN && f->text <= STANDFIRST_MAX && f->linked == 0 &&
		f->inputs == 0 && f->images == 0 && (said || prose);
}

/* The first text that is kept. */
static size_t find_start(const struct html_tree *tree, const unsigned char *skip, size_t root)
{
	size_t i = root + 1;
	while (i < tree->nodes[root].end && (skip[i] || !writer_has_ink(html_text(&tree->nodes[i]))))
		i = skip[i] ? tree->nodes[i].end : i + 1;
	return i;
}

/*
 * What stands between the headline and the text, and is said to be, or reads like, its lead.
 * `stripped` marks what the page has skipped from the beginning.
 */
static void take_standfirst(const struct html_tree *tree, const struct facts *facts,
		const unsigned char *stripped, size_t headline, unsigned char *skip, size_t *root)
{
	size_t start = find_start(tree, skip, *root);
	for (size_t i = tree->nodes[headline].end; i < start;) {
		const struct html_node *node = &tree->nodes[i];
		if (stripped[i]) {
			i = node->end;
		} else if (!html_is_text(node) && !holds(tree, i, start) &&
				is_standfirst(node, &facts[i])) {
			adopt(tree, skip, root, i);
			return;
		} else {
			i++;
		}
	}
}

void extract_refine(const struct html_tree *tree, const struct facts *facts,
		const unsigned char *stripped, struct str title, unsigned char *skip, size_t *root)
{
	size_t headline = find_headline(tree, facts, stripped, title);
	if (headline == 0)
		return;
	leave_others(tree, facts, headline, root);
	take_standfirst(tree, facts, stripped, headline, skip, root);
}
