#include "article/facts.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define RUN_MIN 25 /* code points of text that may be prose */

/* ---- words in class and id ---- */

struct hint_word {
	const char *word;
	unsigned hint;
};

/* By their first letter. */
static const struct hint_word hint_words[] = {
	{"-ad-", HINT_UNLIKELY}, {"-bio", HINT_AUTHOR}, {"_bio", HINT_AUTHOR},
	{"about-author", HINT_AUTHOR}, {"about-the-author", HINT_AUTHOR},
	{"abstract", HINT_STANDFIRST}, {"ad-break", HINT_UNLIKELY}, {"adbox", HINT_UNLIKELY},
	{"advert", HINT_UNLIKELY}, {"agegate", HINT_UNLIKELY}, {"and", HINT_MAYBE},
	{"article", HINT_MAYBE | HINT_POSITIVE}, {"article-lead", HINT_STANDFIRST},
	{"article__lead", HINT_STANDFIRST}, {"author", HINT_BYLINE}, {"author-", HINT_AUTHOR},
	{"author_", HINT_AUTHOR}, {"authorbio", HINT_AUTHOR}, {"authorbox", HINT_AUTHOR},
	{"banner", HINT_UNLIKELY | HINT_NEGATIVE}, {"bio-", HINT_AUTHOR},
	{"blog", HINT_POSITIVE}, {"body", HINT_MAYBE | HINT_POSITIVE},
	{"breadcrumb", HINT_UNLIKELY | HINT_NEGATIVE}, {"byline", HINT_BYLINE},
	{"caption", HINT_CAPTION}, {"column", HINT_MAYBE},
	{"combx", HINT_UNLIKELY | HINT_NEGATIVE},
	{"comment", HINT_UNLIKELY | HINT_NEGATIVE | HINT_COMMENT}, {"community", HINT_UNLIKELY},
	{"consent", HINT_UNLIKELY}, {"contact", HINT_NEGATIVE},
	{"content", HINT_MAYBE | HINT_POSITIVE}, {"cookie", HINT_UNLIKELY},
	{"copyright", HINT_CAPTION}, {"cover-wrap", HINT_UNLIKELY}, {"credit", HINT_CAPTION},
	{"dateline", HINT_BYLINE}, {"dek", HINT_STANDFIRST},
	{"disqus", HINT_UNLIKELY | HINT_COMMENT}, {"entry", HINT_POSITIVE},
	{"excerpt", HINT_STANDFIRST}, {"extra", HINT_UNLIKELY},
	{"footer", HINT_UNLIKELY | HINT_NEGATIVE}, {"footnote", HINT_NEGATIVE},
	{"gdpr", HINT_UNLIKELY | HINT_NEGATIVE}, {"header", HINT_UNLIKELY},
	{"hentry", HINT_POSITIVE}, {"hidden", HINT_NEGATIVE | HINT_SOFT},
	{"image-desc", HINT_CAPTION}, {"image-title", HINT_CAPTION}, {"intro", HINT_STANDFIRST},
	{"lead", HINT_STANDFIRST}, {"lede", HINT_STANDFIRST}, {"legends", HINT_UNLIKELY},
	{"main", HINT_MAYBE | HINT_POSITIVE}, {"masthead", HINT_NEGATIVE | HINT_SOFT},
	{"media", HINT_NEGATIVE | HINT_SOFT}, {"menu", HINT_UNLIKELY},
	{"meta", HINT_NEGATIVE | HINT_SOFT}, {"navbar", HINT_UNLIKELY},
	{"navigation", HINT_UNLIKELY}, {"newsletter", HINT_UNLIKELY | HINT_NEGATIVE},
	{"outbrain", HINT_NEGATIVE}, {"page", HINT_POSITIVE}, {"pager", HINT_UNLIKELY},
	{"pagination", HINT_UNLIKELY}, {"paywall", HINT_UNLIKELY | HINT_GATED},
	{"photo-title", HINT_CAPTION}, {"popular", HINT_UNLIKELY}, {"popup", HINT_UNLIKELY},
	{"post", HINT_POSITIVE}, {"promo", HINT_NEGATIVE}, {"recommend", HINT_UNLIKELY},
	{"related", HINT_UNLIKELY | HINT_NEGATIVE}, {"remark", HINT_UNLIKELY},
	{"replies", HINT_UNLIKELY | HINT_COMMENT}, {"respond", HINT_UNLIKELY | HINT_COMMENT},
	{"rss", HINT_UNLIKELY}, {"screen-reader", HINT_UNLIKELY},
	{"scroll", HINT_NEGATIVE | HINT_SOFT}, {"shadow", HINT_MAYBE},
	{"share", HINT_NEGATIVE | HINT_SHARE}, {"sharedaddy", HINT_SHARE},
	{"sharing", HINT_NEGATIVE | HINT_SHARE}, {"shopping", HINT_NEGATIVE},
	{"shoutbox", HINT_UNLIKELY | HINT_NEGATIVE}, {"sidebar", HINT_UNLIKELY | HINT_NEGATIVE},
	{"skip-link", HINT_UNLIKELY}, {"skyscraper", HINT_UNLIKELY | HINT_NEGATIVE},
	{"social", HINT_UNLIKELY}, {"sponsor", HINT_UNLIKELY | HINT_NEGATIVE},
	{"standfirst", HINT_STANDFIRST}, {"story", HINT_POSITIVE}, {"subhead", HINT_STANDFIRST},
	{"subscri", HINT_UNLIKELY | HINT_GATED}, {"subtitle", HINT_STANDFIRST},
	{"summary", HINT_STANDFIRST}, {"supplemental", HINT_UNLIKELY},
	{"taboola", HINT_UNLIKELY | HINT_NEGATIVE}, {"tags", HINT_NEGATIVE},
	{"text", HINT_POSITIVE}, {"toolbar", HINT_UNLIKELY}, {"trending", HINT_UNLIKELY},
	{"widget", HINT_NEGATIVE}, {"writer-", HINT_AUTHOR}, {"yom-remote", HINT_UNLIKELY},
};

#define HINT_WORDS (sizeof hint_words / sizeof *hint_words)

/* The first of the words that start with this letter, or one after it. */
static size_t first_word(char letter)
{
	size_t low = 0, high = HINT_WORDS;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (hint_words[middle].word[0] < letter)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static unsigned hints_in(struct str value)
{
	unsigned hints = 0;
	value = str_slice(value, 0, 400);
	for (size_t at = 0; at < value.len; at++) {
		char c = value.ptr[at];
		char letter = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
		for (size_t i = first_word(letter); i < HINT_WORDS; i++) {
			struct str word = str_of(hint_words[i].word);
			if (word.ptr[0] != letter)
				break;
			if (str_equal_nocase(str_slice(value, at, at + word.len), word))
				hints |= hint_words[i].hint;
		}
	}
	return hints;
}

unsigned facts_hints(const struct html_node *node)
{
	return hints_in(html_attribute(node, "class")) | hints_in(html_attribute(node, "id"));
}

static int weight_in(struct str value)
{
	unsigned hints = hints_in(value);
	return (hints & HINT_POSITIVE ? 25 : 0) - (hints & HINT_NEGATIVE ? 25 : 0);
}

int facts_weight(const struct html_node *node)
{
	return weight_in(html_attribute(node, "class")) + weight_in(html_attribute(node, "id"));
}

struct str facts_style(const struct html_node *node, struct str property)
{
	struct str style = html_attribute(node, "style"), declaration;
	while (style.ptr && str_split(&style, ';', &declaration)) {
		declaration = str_trim(declaration);
		if (!str_equal_nocase(str_slice(declaration, 0, property.len), property))
			continue;
		struct str rest = str_trim(str_slice(declaration, property.len, declaration.len));
		if (str_starts(rest, STR(":")))
			return str_trim(str_slice(rest, 1, rest.len));
	}
	return (struct str){NULL, 0};
}

bool facts_hidden(const struct html_node *node)
{
	struct str hidden = html_attribute(node, "hidden");
	if (hidden.ptr && !str_equal_nocase(hidden, STR("until-found")))
		return true;
	if (!html_attribute(node, "style").ptr)
		return false;
	struct str display = facts_style(node, STR("display"));
	struct str visibility = facts_style(node, STR("visibility"));
	return str_equal_nocase(str_slice(display, 0, 4), STR("none")) ||
		str_equal_nocase(str_slice(visibility, 0, 6), STR("hidden"));
}

bool facts_aria_hidden(const struct html_node *node)
{
	return str_equal_nocase(str_trim(html_attribute(node, "aria-hidden")), STR("true"));
}

/* ---- numbers ---- */

struct run {
	uint32_t text, linked, commas;
};

struct measure {
	const struct html_tree *tree;
	const unsigned char *skip;
	struct facts *facts;
	uint32_t *block; /* of each node: the block its text belongs to */
	unsigned char *in_link, *in_heading;
	struct run *runs; /* of each block: the run it is in */
};

static bool is_comma(uint32_t cp)
{
	return cp == ',' || cp == 0x060C || cp == 0x061B || cp == ';' || cp == 0xFF0C ||
		cp == 0x3001 || cp == 0x06D4 || cp == 0x3002 || cp == 0x066B;
}

/* Letters that each say about as much as two of an alphabet: Han, kana, hangul. */
static bool is_dense(uint32_t cp)
{
	return (cp >= 0x3040 && cp <= 0x30FF) || (cp >= 0x3400 && cp <= 0x9FFF) ||
		(cp >= 0xAC00 && cp <= 0xD7A3) || (cp >= 0xF900 && cp <= 0xFAFF) ||
		(cp >= 0x20000 && cp <= 0x3FFFF);
}

static void end_run(struct measure *m, size_t block)
{
	struct run *run = &m->runs[block];
	uint32_t prose = run->text - run->linked;
	if (run->text >= RUN_MIN && prose * 2 >= run->text) {
		float length = (float)run->text / 100;
		m->facts[block].own += 1 + (float)run->commas + (length < 3 ? length : 3);
		if (m->facts[block].runs < UINT16_MAX)
			m->facts[block].runs++;
	}
	*run = (struct run){0};
}

static void measure_text(struct measure *m, size_t at)
{
	struct str text = html_text(&m->tree->nodes[at]);
	struct facts *f = &m->facts[at];
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		f->text += cp > 0x20 && cp != 0xA0 && !(cp >= 0x200B && cp <= 0x200F);
		f->text += is_dense(cp);
		f->commas += is_comma(cp);
	}
	f->linked = m->in_link[at] ? f->text : 0;
	f->headings = m->in_heading[at] ? f->text : 0;
	struct run *run = &m->runs[m->block[at]];
	run->text += f->text;
	run->linked += f->linked;
	run->commas += f->commas;
}

static bool is_heading(GumboTag tag)
{
	return tag == GUMBO_TAG_H1 || tag == GUMBO_TAG_H2 || tag == GUMBO_TAG_H3 ||
		tag == GUMBO_TAG_H4 || tag == GUMBO_TAG_H5 || tag == GUMBO_TAG_H6;
}

static void measure_element(struct measure *m, size_t at)
{
	GumboTag tag = m->tree->nodes[at].tag;
	struct facts *f = &m->facts[at];
	f->paragraphs = tag == GUMBO_TAG_P;
	f->images = tag == GUMBO_TAG_IMG;
	f->items = tag == GUMBO_TAG_LI;
	f->inputs = tag == GUMBO_TAG_INPUT || tag == GUMBO_TAG_BUTTON || tag == GUMBO_TAG_SELECT;
	f->embeds = tag == GUMBO_TAG_EMBED || tag == GUMBO_TAG_OBJECT || tag == GUMBO_TAG_VIDEO;
}

/* Downwards: what a node is in. */
static void inherit(struct measure *m, size_t at)
{
	const struct html_node *node = &m->tree->nodes[at];
	uint32_t parent = node->parent;
	m->in_link[at] = node->tag == GUMBO_TAG_A || (at > 0 && m->in_link[parent]);
	m->in_heading[at] = is_heading(node->tag) || (at > 0 && m->in_heading[parent]);
	if (at == 0 || (html_is_block(node->tag) && node->tag != GUMBO_TAG_BR)) {
		m->block[at] = (uint32_t)at;
		if (at > 0)
			end_run(m, m->block[parent]);
	} else {
		m->block[at] = m->block[parent];
	}
	if (node->tag == GUMBO_TAG_BR)
		end_run(m, m->block[at]);
}

/* Upwards: sums. */
static void sum(struct measure *m)
{
	for (size_t at = m->tree->count; at-- > 1;) {
		const struct html_node *node = &m->tree->nodes[at];
		const struct facts *f = &m->facts[at];
		struct facts *up = &m->facts[node->parent];
		if (m->skip && m->skip[at])
			continue;
		up->text += f->text;
		up->linked += f->linked;
		up->commas += f->commas;
		up->paragraphs += f->paragraphs;
		up->images += f->images;
		up->items += f->items;
		up->inputs += f->inputs;
		up->embeds += f->embeds;
		up->headings += f->headings;
		up->prose += f->prose;
		up->has_block |= f->has_block || m->block[at] == at;
	}
}

static void measure(struct measure *m)
{
	for (size_t at = 0; at < m->tree->count;) {
		const struct html_node *node = &m->tree->nodes[at];
		if (m->skip && m->skip[at]) {
			for (size_t i = at; i < node->end; i++)
				m->block[i] = 0;
			at = node->end;
			continue;
		}
		inherit(m, at);
		if (html_is_text(node))
			measure_text(m, at);
		else
			measure_element(m, at);
		at++;
	}
	for (size_t at = 0; at < m->tree->count; at++)
		end_run(m, at);
	for (size_t at = 0; at < m->tree->count; at++)
		m->facts[at].prose = m->facts[at].own;
	sum(m);
}

struct facts *facts_new(const struct html_tree *tree, const unsigned char *skip)
{
	size_t n = tree->count;
	struct measure m = {
		.tree = tree,
		.skip = skip,
		.facts = calloc(n, sizeof *m.facts),
		.block = calloc(n, sizeof *m.block),
		.in_link = calloc(n, 1),
		.in_heading = calloc(n, 1),
		.runs = calloc(n, sizeof *m.runs),
	};
	bool good = m.facts && m.block && m.in_link && m.in_heading && m.runs;
	if (good)
		measure(&m);
	free(m.block);
	free(m.in_link);
	free(m.in_heading);
	free(m.runs);
	if (good)
		return m.facts;
	free(m.facts);
	return NULL;
}

float facts_link_density(const struct facts *facts)
{
	return facts->text ? (float)facts->linked / (float)facts->text : 0;
}
