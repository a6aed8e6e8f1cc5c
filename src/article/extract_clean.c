#include "article/extract.h"
#include "article/facts.h"

#include <stdlib.h>
#include <string.h>

#define SHARE_TEXT_MAX 500 /* code points of a box of share buttons */
#define COMMAS_OF_PROSE 10

static bool is_one_of(GumboTag tag, const GumboTag *tags, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (tags[i] == tag)
			return true;
	}
	return false;
}

#define ONE_OF(tag, tags) is_one_of(tag, tags, sizeof tags / sizeof *tags)

static const GumboTag never[] = {GUMBO_TAG_HEAD, GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,
	GUMBO_TAG_NOSCRIPT, GUMBO_TAG_SELECT, GUMBO_TAG_BUTTON, GUMBO_TAG_TEXTAREA,
	GUMBO_TAG_LABEL, GUMBO_TAG_NAV, GUMBO_TAG_SVG, GUMBO_TAG_MATH, GUMBO_TAG_OBJECT,
	GUMBO_TAG_EMBED, GUMBO_TAG_IFRAME, GUMBO_TAG_DATALIST, GUMBO_TAG_TITLE, GUMBO_TAG_MAP};

static bool unlikely_role(const struct html_node *node)
{
	static const struct str roles[] = {{"menu", 4}, {"menubar", 7}, {"complementary", 13},
		{"navigation", 10}, {"alert", 5}, {"alertdialog", 11}, {"dialog", 6},
		{"search", 6}, {"banner", 6}, {"contentinfo", 11}};
	struct str role = html_attribute(node, "role");
	for (size_t i = 0; role.ptr && i < sizeof roles / sizeof *roles; i++) {
		if (str_equal_nocase(role, roles[i]))
			return true;
	}
	return false;
}

/* <article>, <main> and the element of the articleBody outrank class names. */
static bool is_home(const struct html_node *node)
{
	static const GumboTag homes[] = {GUMBO_TAG_HTML, GUMBO_TAG_BODY, GUMBO_TAG_ARTICLE,
		GUMBO_TAG_MAIN, GUMBO_TAG_A};
	return ONE_OF(node->tag, homes) || html_has_word(node, "itemprop", STR("articleBody"));
}

void extract_strip(const struct html_tree *tree, unsigned char *skip, unsigned flags)
{
	for (size_t i = 0; i < tree->count;) {
		const struct html_node *node = &tree->nodes[i];
		bool drop = false;
		if (!html_is_text(node)) {
			drop = ONE_OF(node->tag, never) || (node->tag != GUMBO_TAG_HTML &&
					node->tag != GUMBO_TAG_BODY && facts_hidden(node));
			if (!drop && (flags & EXTRACT_STRIP) && !is_home(node)) {
				unsigned hints = facts_hints(node);
				drop = ((hints & HINT_UNLIKELY) && !(hints & HINT_MAYBE)) ||
					unlikely_role(node);
			}
		}
		skip[i] = drop;
		i = drop ? node->end : i + 1;
	}
}

/* ---- boxes inside of an article ---- */

/* Elements that are boxes of something else when they do not read like prose. */
static const GumboTag boxes[] = {GUMBO_TAG_FORM, GUMBO_TAG_FIELDSET, GUMBO_TAG_TABLE,
	GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_DIV, GUMBO_TAG_SECTION, GUMBO_TAG_DL};

static bool in_figure(const struct html_tree *tree, size_t at)
{
	for (int level = 0; level < 4 && at > 0; level++) {
		if (tree->nodes[at].tag == GUMBO_TAG_FIGURE)
			return true;
		at = tree->nodes[at].parent;
	}
	return false;
}

/* Whether a list holds paragraphs of text rather than links. */
static bool is_prose_list(const struct html_node *node, const struct facts *f)
{
	bool list = node->tag == GUMBO_TAG_UL || node->tag == GUMBO_TAG_OL;
	return list && facts_link_density(f) < 0.3f;
}

static bool is_foreign_box(const struct html_tree *tree, size_t at, const struct facts *f,
		unsigned flags)
{
	const struct html_node *node = &tree->nodes[at];
	int weight = flags & EXTRACT_WEIGH ? facts_weight(node) : 0;
	if (weight < 0)
		return true;
	if (f->commas >= COMMAS_OF_PROSE)
		return false;
	bool list = is_prose_list(node, f);
	float links = facts_link_density(f);
	float headings = f->text ? (float)f->headings / (float)f->text : 0;
	long items = (long)f->items - 100;
	bool figure = in_figure(tree, at);
	bool few_words = f->text < 25 && (f->images == 0 || f->images > 2);
	return (f->images > 1 && f->paragraphs * 2 < f->images && !figure) ||
		(!list && items > (long)f->paragraphs) || f->inputs > f->paragraphs / 3 ||
		(!list && headings < 0.9f && few_words && !figure && f->text > 0) ||
		(!list && weight < 25 && links > 0.2f) || (weight >= 25 && links > 0.5f) ||
		(f->embeds > 1) || (f->embeds == 1 && f->text < 75);
}

static bool is_share_box(const struct html_node *node, const struct facts *f)
{
	return f->text < SHARE_TEXT_MAX && (facts_hints(node) & HINT_SHARE);
}

static bool drops(const struct html_tree *tree, size_t at, const struct facts *f, unsigned flags)
{
	static const GumboTag asides[] = {GUMBO_TAG_ASIDE, GUMBO_TAG_FOOTER, GUMBO_TAG_NAV,
		GUMBO_TAG_INPUT};
	const struct html_node *node = &tree->nodes[at];
	if (ONE_OF(node->tag, asides) || is_share_box(node, f))
		return true;
	if (!(flags & EXTRACT_CLEAN) || html_has_word(node, "itemprop", STR("articleBody")))
		return false;
	static const GumboTag headings[] = {GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3};
	if (ONE_OF(node->tag, headings))
		return (flags & EXTRACT_WEIGH) && facts_weight(node) < 0;
	return ONE_OF(node->tag, boxes) && is_foreign_box(tree, at, f, flags);
}

int extract_clean(const struct html_tree *tree, size_t root, unsigned char *skip, unsigned flags)
{
	struct facts *facts = facts_new(tree, skip);
	if (!facts)
		return -1;
	uint32_t whole = facts[root].text;
	for (size_t i = root + 1; i < tree->nodes[root].end;) {
		const struct html_node *node = &tree->nodes[i];
		/* What holds most of the article is not a box in it. */
		bool most = facts[i].text * 2 > whole;
		if (!skip[i] && !html_is_text(node) && !most && drops(tree, i, &facts[i], flags))
			skip[i] = 1;
		i = skip[i] ? node->end : i + 1;
	}
	free(facts);
	return 0;
}
