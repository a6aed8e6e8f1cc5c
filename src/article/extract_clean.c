#include "article/extract.h"
#include "article/facts.h"
#include "article/meta.h"
#include "article/sentence.h"
#include "article/writer.h"

#include <stdlib.h>
#include <string.h>

#define SHARE_TEXT_MAX 500 /* code points of a box of share buttons */
#define CAPTION_MAX 400
#define LINK_LINE_MAX 600
#define SOFT_TEXT_MIN 100 /* code points that are prose whatever their box is called */
#define AUTHOR_TEXT_MAX 1000
#define COMMAS_OF_PROSE 10
#define SENTENCE_BOX_MAX 400 /* code points of a box that may be a sentence */

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

#define GATED_TEXT 300 /* code points that are more than an offer to subscribe */

/* What class names call unlikely though it holds the article, or all of the page. */
static bool is_likely(const struct html_tree *tree, const struct facts *all, size_t at, unsigned hints)
{
	const struct facts *f = &all[at];
	bool prose = f->inputs == 0 && facts_link_density(f) < 0.1f;
	if ((hints & HINT_GATED) && prose && f->text >= GATED_TEXT && f->paragraphs > 1)
		return true;
	/* A name may tell of what is beside: "with-sidebar". */
	bool most = f->prose * 5 > all[0].prose * 4 && f->prose > 0;
	return most && !(hints & HINT_COMMENT) && tree->nodes[at].tag != GUMBO_TAG_FOOTER;
}

/* The sign beside a heading that links to it. */
static bool is_permalink(const struct html_node *node, const struct facts *f)
{
	return node->tag == GUMBO_TAG_A && f->text == 1 &&
		str_starts(html_attribute(node, "href"), STR("#"));
}

void extract_strip(const struct html_tree *tree, const struct facts *all, unsigned char *skip,
		unsigned flags)
{
	for (size_t i = 0; i < tree->count;) {
		const struct html_node *node = &tree->nodes[i];
		bool drop = false;
		if (!html_is_text(node)) {
			drop = ONE_OF(node->tag, never) || (node->tag != GUMBO_TAG_HTML &&
					node->tag != GUMBO_TAG_BODY &&
					(facts_hidden(node) || facts_aria_hidden(node)));
			drop |= is_permalink(node, &all[i]) && tree->nodes[node->parent].tag >= GUMBO_TAG_H1 &&
				tree->nodes[node->parent].tag <= GUMBO_TAG_H6;
			if (!drop && (flags & EXTRACT_STRIP) && !is_home(node)) {
				unsigned hints = facts_hints(node);
				drop = ((hints & HINT_UNLIKELY) && !(hints & HINT_MAYBE) &&
						!is_likely(tree, all, i, hints)) ||
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
	bool list = node->tag == GUMBO_TAG_UL || node->tag == GUMBO_TAG_OL ||
		node->tag == GUMBO_TAG_DL;
	return list && facts_link_density(f) < 0.3f;
}

/* A table of rows with several short cells, and hardly a link: data, however little of it. */
static bool is_data_table(const struct html_tree *tree, size_t at, const struct facts *f)
{
	size_t rows = 0, cells = 0, filled = 0;
	if (tree->nodes[at].tag != GUMBO_TAG_TABLE || facts_link_density(f) > 0.2f || f->inputs > 0)
		return false;
	for (size_t i = at + 1; i < tree->nodes[at].end; i++) {
		const struct html_node *node = &tree->nodes[i];
		if (node->tag == GUMBO_TAG_TABLE)
			return false; /* lays out another */
		bool cell = node->tag == GUMBO_TAG_TD || node->tag == GUMBO_TAG_TH;
		rows += node->tag == GUMBO_TAG_TR;
		cells += cell;
		filled += cell && node->end > i + 1;
	}
	return rows > 0 && cells >= 2 * rows && cells >= 4 && filled * 2 > cells;
}

/* Whether the first and the last text below a node are both outside of links. */
static bool is_framed_by_text(const struct html_tree *tree, size_t at)
{
	bool first = false, last = false, any = false;
	size_t link_end = 0;
	for (size_t i = at + 1; i < tree->nodes[at].end; i++) {
		const struct html_node *node = &tree->nodes[i];
		if (node->tag == GUMBO_TAG_A && node->end > link_end)
			link_end = node->end;
		if (!writer_has_ink(html_text(node)))
			continue;
		last = i >= link_end;
		first |= !any && last;
		any = true;
	}
	return first && last;
}

/*
 * A box that holds a sentence: it neither begins nor ends with a link, as teasers and "read
 * more" do, and it ends as sentences do.  -1: out of memory.
 */
static int is_sentence_box(const struct html_tree *tree, size_t at, const struct facts *f)
{
	GumboTag tag = tree->nodes[at].tag;
	if ((tag != GUMBO_TAG_DIV && tag != GUMBO_TAG_SECTION) || f->inputs > 0 || f->embeds > 0 ||
			f->images > 1 || f->headings > 0 || f->items > 0 ||
			f->text > SENTENCE_BOX_MAX || !is_framed_by_text(tree, at))
		return 0;
	char *text = meta_text_below(tree, at);
	if (!text)
		return -1;
	bool sentence = sentence_ends(str_of(text));
	free(text);
	return sentence;
}

/* Paragraphs in a box whose name says little against them. */
static bool is_soft_prose(const struct html_node *node, const struct facts *f)
{
	unsigned hints = facts_hints(node);
	return (hints & HINT_SOFT) && !(hints & (HINT_UNLIKELY | HINT_SHARE)) && f->prose > 0 &&
		f->linked == 0 && f->inputs == 0 && f->text >= SOFT_TEXT_MIN;
}

static bool is_foreign_box(const struct html_tree *tree, size_t at, const struct facts *f,
		unsigned flags)
{
	const struct html_node *node = &tree->nodes[at];
	int weight = flags & EXTRACT_WEIGH ? facts_weight(node) : 0;
	if (weight < 0)
		return !is_soft_prose(node, f);
	if (f->commas >= COMMAS_OF_PROSE)
		return false;
	bool list = is_prose_list(node, f);
	float links = facts_link_density(f);
	float headings = f->text ? (float)f->headings / (float)f->text : 0;
	long items = (long)f->items - 100;
	bool figure = in_figure(tree, at);
	bool few_words = f->text < 25 && (f->images == 0 || f->images > 2) &&
		!is_data_table(tree, at, f);
	return (f->images > 1 && f->paragraphs * 2 < f->images && !figure) ||
		(!list && items > (long)f->paragraphs) || f->inputs > f->paragraphs / 3 ||
		(!list && headings < 0.9f && few_words && !figure && f->text > 0) ||
		(!list && weight < 25 && links > 0.2f) || (weight >= 25 && links > 0.5f) ||
		(f->embeds > 1) || (f->embeds == 1 && f->text < 75);
}

/* The text below a node ends as a sentence does.  -1: out of memory. */
static int ends_as_sentence(const struct html_tree *tree, size_t at)
{
	char *text = meta_text_below(tree, at);
	if (!text)
		return -1;
	bool ends = sentence_ends(str_of(text)) && !str_ends(str_of(text), STR(":"));
	free(text);
	return ends;
}

/* Whether what stands before the first link below a node ends with a colon. */
static bool is_labelled(const struct html_tree *tree, size_t at)
{
	bool colon = false;
	for (size_t i = at + 1; i < tree->nodes[at].end && tree->nodes[i].tag != GUMBO_TAG_A; i++) {
		struct str text = str_trim(html_text(&tree->nodes[i]));
		if (text.len > 0)
			colon = str_ends(text, STR(":")) || str_ends(text, STR("：")) ||
				str_ends(text, STR("|"));
	}
	return colon;
}

/*
 * A paragraph that is a link to another article: all of it, or what follows a label.  One that
 * ends as a sentence, or shows an address, is of the text.  -1: out of memory.
 */
static int is_link_line(const struct html_tree *tree, size_t at, const struct facts *f)
{
	GumboTag tag = tree->nodes[at].tag;
	bool leaf = !f->has_block && (tag == GUMBO_TAG_P || tag == GUMBO_TAG_DIV);
	bool heading = tag == GUMBO_TAG_H2 || tag == GUMBO_TAG_H3 || tag == GUMBO_TAG_H4;
	if ((!leaf && !heading) || f->text < 8 || f->text > LINK_LINE_MAX || f->linked * UINT64_C(2) < f->text || f->images > 0)
		return 0;
	bool whole = f->linked * UINT64_C(20) >= f->text * UINT64_C(19);
	if (!whole && (heading || !is_labelled(tree, at)))
		return 0;
	for (size_t i = at + 1; i < tree->nodes[at].end; i++) {
		struct str text = html_text(&tree->nodes[i]), href = html_attribute(&tree->nodes[i], "href");
		if (str_find(text, STR("://")) >= 0 || str_starts(str_trim(text), STR("www.")) ||
				str_starts(href, STR("mailto:")) || str_starts(href, STR("#")))
			return 0;
	}
	int ends = ends_as_sentence(tree, at);
	return ends < 0 ? -1 : !ends;
}

/* Words under a picture: by their class, or by standing in its figure. */
static bool is_caption(const struct html_tree *tree, size_t at, const struct facts *f)
{
	const struct html_node *node = &tree->nodes[at];
	if (node->tag == GUMBO_TAG_FIGURE || node->tag == GUMBO_TAG_FIGCAPTION || f->images > 0 ||
			f->text > CAPTION_MAX)
		return false;
	bool box = node->tag == GUMBO_TAG_DIV || node->tag == GUMBO_TAG_P ||
		node->tag == GUMBO_TAG_SPAN || node->tag == GUMBO_TAG_SMALL;
	if (box && (facts_hints(node) & HINT_CAPTION))
		return true;
	return box && tree->nodes[node->parent].tag == GUMBO_TAG_FIGURE && f->embeds == 0;
}

/* A box about who wrote it. */
static bool is_author_box(const struct html_node *node, const struct facts *f)
{
	static const GumboTag tags[] = {GUMBO_TAG_DIV, GUMBO_TAG_SECTION, GUMBO_TAG_P, GUMBO_TAG_UL,
		GUMBO_TAG_SPAN};
	return ONE_OF(node->tag, tags) && f->text < AUTHOR_TEXT_MAX &&
		(facts_hints(node) & (HINT_AUTHOR | HINT_BYLINE));
}

static bool is_share_box(const struct html_node *node, const struct facts *f)
{
	return f->text < SHARE_TEXT_MAX && (facts_hints(node) & HINT_SHARE);
}

/* 1, 0, or -1 when out of memory. */
static int drops(const struct html_tree *tree, size_t at, const struct facts *f, unsigned flags)
{
	static const GumboTag asides[] = {GUMBO_TAG_ASIDE, GUMBO_TAG_FOOTER, GUMBO_TAG_NAV,
		GUMBO_TAG_INPUT};
	const struct html_node *node = &tree->nodes[at];
	if (ONE_OF(node->tag, asides) || is_share_box(node, f) || is_caption(tree, at, f))
		return true;
	if ((flags & EXTRACT_WEIGH) && is_author_box(node, f))
		return true;
	int line = is_link_line(tree, at, f);
	if (line != 0)
		return line;
	if (!(flags & EXTRACT_CLEAN) || html_has_word(node, "itemprop", STR("articleBody")))
		return false;
	static const GumboTag headings[] = {GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3};
	if (ONE_OF(node->tag, headings))
		return (flags & EXTRACT_WEIGH) && facts_weight(node) < 0;
	if (!ONE_OF(node->tag, boxes) || !is_foreign_box(tree, at, f, flags))
		return 0;
	int weight = flags & EXTRACT_WEIGH ? facts_weight(node) : 0;
	int sentence = weight < 0 ? 0 : is_sentence_box(tree, at, f);
	return sentence < 0 ? -1 : !sentence;
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
		bool asked = !skip[i] && !html_is_text(node) && !most;
		int drop = asked ? drops(tree, i, &facts[i], flags) : 0;
		if (drop < 0) {
			free(facts);
			return -1;
		}
		skip[i] |= drop > 0;
		i = skip[i] ? node->end : i + 1;
	}
	free(facts);
	return 0;
}
