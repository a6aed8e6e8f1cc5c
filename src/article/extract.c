#include "article/extract.h"

#include "article/facts.h"

#include <stdlib.h>
#include <string.h>

#define LEVELS 5            /* ancestors that a paragraph speaks for */
#define TOP 5               /* candidates compared */
#define TEXT_WANTED 400     /* code points; with less, try again and drop less */
#define BODY_SHARE 0.4f     /* of the page's best part that a marked articleBody must hold */

struct finder {
	const struct html_tree *tree;
	const struct facts *all; /* of the whole page */
	struct str title;
	unsigned flags;
	unsigned char *skip, *stripped; /* stripped: skip before anything was chosen */
	struct facts *facts;
	float *scores;
	unsigned char *touched; /* has a score */
};

/* ---- scores ---- */

static float first_score(const struct finder *f, size_t at)
{
	static const struct {
		GumboTag tag;
		float score;
	} table[] = {
		{GUMBO_TAG_DIV, 5}, {GUMBO_TAG_ARTICLE, 10}, {GUMBO_TAG_MAIN, 5}, {GUMBO_TAG_SECTION, 3},
		{GUMBO_TAG_PRE, 3}, {GUMBO_TAG_TD, 3}, {GUMBO_TAG_BLOCKQUOTE, 3},
		{GUMBO_TAG_ADDRESS, -3}, {GUMBO_TAG_OL, -3}, {GUMBO_TAG_UL, -3}, {GUMBO_TAG_DL, -3},
		{GUMBO_TAG_DD, -3}, {GUMBO_TAG_DT, -3}, {GUMBO_TAG_LI, -3}, {GUMBO_TAG_FORM, -3},
		{GUMBO_TAG_H1, -5}, {GUMBO_TAG_H2, -5}, {GUMBO_TAG_H3, -5}, {GUMBO_TAG_H4, -5},
		{GUMBO_TAG_H5, -5}, {GUMBO_TAG_H6, -5}, {GUMBO_TAG_TH, -5}, {GUMBO_TAG_ASIDE, -5},
	};
	const struct html_node *node = &f->tree->nodes[at];
	float score = f->flags & EXTRACT_WEIGH ? (float)facts_weight(node) : 0;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		if (table[i].tag == node->tag)
			return score + table[i].score;
	}
	return score;
}

static void add_score(struct finder *f, size_t at, float score)
{
	if (!f->touched[at]) {
		f->touched[at] = 1;
		f->scores[at] = first_score(f, at);
	}
	f->scores[at] += score;
}

/* A block whose text speaks for its ancestors; one with blocks or several runs for itself too. */
static void speak(struct finder *f, size_t at)
{
	static const GumboTag mute[] = {GUMBO_TAG_LI, GUMBO_TAG_H1, GUMBO_TAG_FIGCAPTION,
		GUMBO_TAG_HTML, GUMBO_TAG_TH, GUMBO_TAG_DT, GUMBO_TAG_ADDRESS};
	GumboTag tag = f->tree->nodes[at].tag;
	float own = f->facts[at].own;
	for (size_t i = 0; i < sizeof mute / sizeof *mute; i++) {
		if (mute[i] == tag)
			return;
	}
	bool holder = tag != GUMBO_TAG_P && (f->facts[at].has_block || f->facts[at].runs > 1);
	size_t up = holder ? at : f->tree->nodes[at].parent;
	for (int level = 0; level < LEVELS; level++) {
		float share = level == 0 ? 1 : level == 1 ? 2 : (float)(level * 3);
		add_score(f, up, own / share);
		if (up == 0)
			return;
		up = f->tree->nodes[up].parent;
	}
}

static void score_all(struct finder *f)
{
	for (size_t at = 0; at < f->tree->count;) {
		if (f->skip[at]) {
			at = f->tree->nodes[at].end;
			continue;
		}
		if (f->facts[at].own > 0)
			speak(f, at);
		at++;
	}
	for (size_t at = 0; at < f->tree->count; at++) {
		if (f->touched[at])
			f->scores[at] *= 1 - facts_link_density(&f->facts[at]);
	}
}

/* ---- the candidate ---- */

struct best {
	size_t node[TOP];
	size_t count;
};

static struct best find_best(const struct finder *f)
{
	struct best best = {.count = 0};
	for (size_t at = 0; at < f->tree->count; at++) {
		if (!f->touched[at])
			continue;
		size_t place = best.count;
		while (place > 0 && f->scores[at] > f->scores[best.node[place - 1]])
			place--;
		if (place == TOP)
			continue;
		if (best.count < TOP)
			best.count++;
		for (size_t i = best.count - 1; i > place; i--)
			best.node[i] = best.node[i - 1];
		best.node[place] = at;
	}
	return best;
}

static bool holds(const struct html_tree *tree, size_t outer, size_t inner)
{
	return inner >= outer && inner < tree->nodes[outer].end;
}

/* Where three of the best have nearly the score of the first, the ancestor they share. */
static size_t shared_ancestor(const struct finder *f, const struct best *best)
{
	const struct html_tree *tree = f->tree;
	size_t top = best->node[0];
	for (size_t up = tree->nodes[top].parent; up > 1; up = tree->nodes[up].parent) {
		int inside = 0;
		if (tree->nodes[up].tag == GUMBO_TAG_BODY)
			break;
		for (size_t i = 1; i < best->count; i++) {
			if (f->scores[best->node[i]] >= f->scores[top] * 0.75f &&
					holds(tree, up, best->node[i]))
				inside++;
		}
		if (inside >= 3)
			return up;
	}
	return top;
}

/* Up, while the parent is nearly as good or there is nothing else in it. */
static size_t climb(const struct finder *f, size_t top)
{
	const struct html_node *nodes = f->tree->nodes;
	float last = f->touched[top] ? f->scores[top] : 0, floor = last / 3;
	for (size_t up = nodes[top].parent; up > 0 && nodes[up].tag != GUMBO_TAG_BODY;
			up = nodes[up].parent) {
		if (!f->touched[up])
			continue;
		if (f->scores[up] < floor)
			break;
		if (f->scores[up] > last) {
			top = up;
			break;
		}
		last = f->scores[up];
	}
	while (top > 0) {
		size_t up = nodes[top].parent;
		if (nodes[up].tag == GUMBO_TAG_BODY || f->facts[up].text != f->facts[top].text)
			break;
		top = up;
	}
	return top;
}

/* The element that the page marks as the body of the article; 0: there is none. */
static size_t marked_body(const struct finder *f, size_t top)
{
	size_t found = 0;
	for (size_t at = 1; at < f->tree->count; at++) {
		const struct html_node *node = &f->tree->nodes[at];
		if (html_is_text(node) || f->facts[at].text <= f->facts[found].text * (found > 0))
			continue;
		if (html_has_word(node, "itemprop", STR("articleBody")) &&
				(float)f->facts[at].text > BODY_SHARE * (float)f->facts[top].text)
			found = at;
	}
	return found;
}

/* ---- its siblings ---- */

static bool is_kin(const struct finder *f, size_t top, size_t at)
{
	const struct html_node *node = &f->tree->nodes[at];
	const struct facts *facts = &f->facts[at];
	float floor = f->scores[top] * 0.2f;
	struct str class = html_attribute(node, "class");
	bool same = class.len > 0 && str_equal(class, html_attribute(&f->tree->nodes[top], "class"));
	if (f->touched[at] && f->scores[at] + (same ? f->scores[top] * 0.2f : 0) >=
			(floor > 10 ? floor : 10))
		return true;
	if (node->tag != GUMBO_TAG_P && !(node->tag == GUMBO_TAG_DIV && !facts->has_block))
		return false;
	float links = facts_link_density(facts);
	return (facts->text > 80 && links < 0.25f) ||
		(facts->text > 0 && facts->text <= 80 && links == 0 && facts->commas > 0 &&
				node->tag == GUMBO_TAG_P);
}

/* What between two parts of an article is one of it, too, unless it is a box of links. */
static bool is_between(const struct finder *f, size_t at)
{
	static const GumboTag parts[] = {GUMBO_TAG_P, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4,
		GUMBO_TAG_H5, GUMBO_TAG_H6, GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_DL, GUMBO_TAG_PRE,
		GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_TABLE, GUMBO_TAG_FIGURE, GUMBO_TAG_HR};
	const struct facts *facts = &f->facts[at];
	bool part = facts->prose > 0;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		part |= parts[i] == f->tree->nodes[at].tag;
	return part && facts->inputs == 0 && facts_link_density(facts) < 0.25f;
}

/* Makes the parent of `top` the root, all but `top` and its kin skipped. */
static size_t select_kin(struct finder *f, size_t top)
{
	if (top == 0)
		return top;
	const struct html_node *nodes = f->tree->nodes;
	size_t root = nodes[top].parent, first = top, last = top;
	for (size_t at = root + 1; at < nodes[root].end; at = nodes[at].end) {
		bool kin = at == top || (!f->skip[at] && !html_is_text(&nodes[at]) && is_kin(f, top, at));
		first = kin && at < first ? at : first;
		last = kin ? at : last;
	}
	for (size_t at = root + 1; at < nodes[root].end; at = nodes[at].end) {
		bool kin = at == top || (!f->skip[at] && !html_is_text(&nodes[at]) &&
				(is_kin(f, top, at) || (at > first && at < last && is_between(f, at))));
		if (!kin)
			f->skip[at] = 1;
	}
	return root;
}

static uint32_t text_left(const struct html_tree *tree, size_t root, const unsigned char *skip)
{
	uint32_t text = 0;
	struct facts *facts = facts_new(tree, skip);
	if (facts)
		text = facts[root].text;
	free(facts);
	return text;
}

/* ---- one attempt ---- */

static void choose(struct finder *f, size_t *root)
{
	score_all(f);
	struct best best = find_best(f);
	*root = 0;
	if (best.count == 0)
		return;
	size_t top = climb(f, shared_ancestor(f, &best));
	size_t body = marked_body(f, top);
	if (body > 0 && !f->touched[body])
		add_score(f, body, 0);
	*root = body > 0 ? body : select_kin(f, top);
}

/* Fills *extraction; text 0 when nothing is found.  -1: out of memory. */
static int attempt(const struct html_tree *tree, const struct facts *all, struct str title,
		unsigned flags, struct extraction *extraction)
{
	struct finder f = {
		.tree = tree,
		.all = all,
		.title = title,
		.flags = flags,
		.skip = calloc(tree->count, 1),
		.stripped = calloc(tree->count, 1),
		.scores = calloc(tree->count, sizeof *f.scores),
		.touched = calloc(tree->count, 1),
	};
	int result = -1;
	if (f.skip && f.stripped && f.scores && f.touched) {
		extract_strip(tree, all, f.skip, flags);
		f.facts = facts_new(tree, f.skip);
	}
	if (f.facts) {
		memcpy(f.stripped, f.skip, tree->count);
		choose(&f, &extraction->root);
		if (extraction->root > 0)
			extract_refine(tree, f.facts, f.stripped, title, f.skip, &extraction->root);
		result = extract_clean(tree, extraction->root, f.skip, flags);
	}
	extraction->text = result == 0 ? text_left(tree, extraction->root, f.skip) : 0;
	extraction->skip = f.skip;
	free(f.stripped);
	free(f.scores);
	free(f.touched);
	free(f.facts);
	return result;
}

int extract_article(const struct html_tree *tree, struct str title, struct extraction *extraction)
{
	static const unsigned attempts[] = {EXTRACT_STRIP | EXTRACT_WEIGH | EXTRACT_CLEAN,
		EXTRACT_WEIGH | EXTRACT_CLEAN, EXTRACT_CLEAN, 0};
	*extraction = (struct extraction){0};
	struct facts *all = facts_new(tree, NULL);
	if (!all)
		return -1;
	for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
		struct extraction next;
		if (attempt(tree, all, title, attempts[i], &next) < 0) {
			extract_free(&next);
			extract_free(extraction);
			free(all);
			return -1;
		}
		/* Dropping less must find a good deal more to be worth the dirt. */
		bool better = !extraction->skip || next.text > extraction->text * 2;
		if (better) {
			extract_free(extraction);
			*extraction = next;
		} else {
			extract_free(&next);
		}
		if (extraction->text >= TEXT_WANTED)
			break;
	}
	free(all);
	return 0;
}

void extract_free(struct extraction *extraction)
{
	free(extraction->skip);
	*extraction = (struct extraction){0};
}
