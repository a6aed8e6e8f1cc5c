#include "article/sanitize.h"

#include "article/facts.h"
#include "article/sanitize_media.h"
#include "article/sanitize_walk.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define PLACEHOLDER_MAX 300 /* bytes of an image in the page that only holds a place */
#define DECORATION_MAX 200 /* code points that aria-hidden may hide from the eye too */

/* What is not here is TRANSPARENT. */
static const struct rule rules[GUMBO_TAG_LAST + 1] = {
	[GUMBO_TAG_SCRIPT] = {GONE, NULL}, [GUMBO_TAG_STYLE] = {GONE, NULL},
	[GUMBO_TAG_APPLET] = {GONE, NULL}, [GUMBO_TAG_SVG] = {GONE, NULL},
	[GUMBO_TAG_MATH] = {GONE, NULL}, [GUMBO_TAG_CANVAS] = {GONE, NULL},
	[GUMBO_TAG_MAP] = {GONE, NULL}, [GUMBO_TAG_BUTTON] = {GONE, NULL},
	[GUMBO_TAG_INPUT] = {GONE, NULL}, [GUMBO_TAG_SELECT] = {GONE, NULL},
	[GUMBO_TAG_TEXTAREA] = {GONE, NULL}, [GUMBO_TAG_DATALIST] = {GONE, NULL},
	[GUMBO_TAG_LABEL] = {GONE, NULL}, [GUMBO_TAG_LEGEND] = {GONE, NULL},
	[GUMBO_TAG_METER] = {GONE, NULL}, [GUMBO_TAG_PROGRESS] = {GONE, NULL},
	[GUMBO_TAG_HEAD] = {GONE, NULL}, [GUMBO_TAG_TITLE] = {GONE, NULL},
	[GUMBO_TAG_LINK] = {GONE, NULL}, [GUMBO_TAG_META] = {GONE, NULL},
	[GUMBO_TAG_DIV] = {DIVISION, NULL}, [GUMBO_TAG_SECTION] = {DIVISION, NULL},
	[GUMBO_TAG_ARTICLE] = {DIVISION, NULL}, [GUMBO_TAG_MAIN] = {DIVISION, NULL},
	[GUMBO_TAG_HEADER] = {DIVISION, NULL}, [GUMBO_TAG_FOOTER] = {DIVISION, NULL},
	[GUMBO_TAG_ASIDE] = {DIVISION, NULL}, [GUMBO_TAG_NAV] = {DIVISION, NULL},
	[GUMBO_TAG_ADDRESS] = {DIVISION, NULL}, [GUMBO_TAG_CENTER] = {DIVISION, NULL},
	[GUMBO_TAG_HGROUP] = {DIVISION, NULL}, [GUMBO_TAG_FORM] = {DIVISION, NULL},
	[GUMBO_TAG_FIELDSET] = {DIVISION, NULL}, [GUMBO_TAG_BODY] = {DIVISION, NULL},
	[GUMBO_TAG_HTML] = {DIVISION, NULL}, [GUMBO_TAG_P] = {BLOCK, "p"},
	[GUMBO_TAG_H1] = {BLOCK, "h1"}, [GUMBO_TAG_H2] = {BLOCK, "h2"},
	[GUMBO_TAG_H3] = {BLOCK, "h3"}, [GUMBO_TAG_H4] = {BLOCK, "h4"},
	[GUMBO_TAG_H5] = {BLOCK, "h5"}, [GUMBO_TAG_H6] = {BLOCK, "h6"},
	[GUMBO_TAG_PRE] = {BLOCK, "pre"}, [GUMBO_TAG_UL] = {WRAPPER, "ul"},
	[GUMBO_TAG_OL] = {WRAPPER, "ol"}, [GUMBO_TAG_DL] = {WRAPPER, "dl"},
	[GUMBO_TAG_BLOCKQUOTE] = {WRAPPER, "blockquote"},
	[GUMBO_TAG_TABLE] = {WRAPPER, "table"}, [GUMBO_TAG_TR] = {WRAPPER, "tr"},
	[GUMBO_TAG_DETAILS] = {WRAPPER, "details"}, [GUMBO_TAG_MENU] = {WRAPPER, "ul"},
	[GUMBO_TAG_DIR] = {WRAPPER, "ul"}, [GUMBO_TAG_LI] = {BARE, "li"},
	[GUMBO_TAG_DT] = {BARE, "dt"}, [GUMBO_TAG_DD] = {BARE, "dd"},
	[GUMBO_TAG_FIGURE] = {BARE, "figure"}, [GUMBO_TAG_FIGCAPTION] = {BARE, "figcaption"},
	[GUMBO_TAG_CAPTION] = {BARE, "caption"}, [GUMBO_TAG_TD] = {BARE, "td"},
	[GUMBO_TAG_TH] = {BARE, "th"}, [GUMBO_TAG_SUMMARY] = {BARE, "summary"},
	[GUMBO_TAG_EM] = {INLINE, "em"}, [GUMBO_TAG_STRONG] = {INLINE, "strong"},
	[GUMBO_TAG_I] = {INLINE, "i"}, [GUMBO_TAG_B] = {INLINE, "b"},
	[GUMBO_TAG_U] = {INLINE, "u"}, [GUMBO_TAG_S] = {INLINE, "s"},
	[GUMBO_TAG_STRIKE] = {INLINE, "s"}, [GUMBO_TAG_DEL] = {INLINE, "del"},
	[GUMBO_TAG_INS] = {INLINE, "ins"}, [GUMBO_TAG_MARK] = {INLINE, "mark"},
	[GUMBO_TAG_SUB] = {INLINE, "sub"}, [GUMBO_TAG_SUP] = {INLINE, "sup"},
	[GUMBO_TAG_SMALL] = {INLINE, "small"}, [GUMBO_TAG_CODE] = {INLINE, "code"},
	[GUMBO_TAG_KBD] = {INLINE, "code"}, [GUMBO_TAG_SAMP] = {INLINE, "code"},
	[GUMBO_TAG_VAR] = {INLINE, "i"}, [GUMBO_TAG_CITE] = {INLINE, "i"},
	[GUMBO_TAG_DFN] = {INLINE, "i"}, [GUMBO_TAG_ABBR] = {INLINE, "abbr"},
	[GUMBO_TAG_ACRONYM] = {INLINE, "abbr"}, [GUMBO_TAG_RUBY] = {INLINE, "ruby"},
	[GUMBO_TAG_RB] = {INLINE, "rb"}, [GUMBO_TAG_RT] = {INLINE, "rt"},
	[GUMBO_TAG_RP] = {INLINE, "rp"}, [GUMBO_TAG_A] = {INLINE, "a"},
	[GUMBO_TAG_BDI] = {INLINE, "bdi"}, [GUMBO_TAG_BDO] = {INLINE, "bdo"},
	[GUMBO_TAG_SPAN] = {INLINE, "span"}, [GUMBO_TAG_BR] = {BREAK, NULL},
	[GUMBO_TAG_HR] = {RULE, NULL}, [GUMBO_TAG_IMG] = {IMAGE, NULL},
	[GUMBO_TAG_SOURCE] = {SOURCE, NULL}, [GUMBO_TAG_Q] = {QUOTATION, NULL},
	[GUMBO_TAG_AUDIO] = {EMBED, NULL}, [GUMBO_TAG_VIDEO] = {EMBED, NULL},
	[GUMBO_TAG_IFRAME] = {EMBED, NULL}, [GUMBO_TAG_EMBED] = {EMBED, NULL},
	[GUMBO_TAG_OBJECT] = {EMBED, NULL},
};

static struct rule rule_of(const struct html_node *node)
{
	return html_is_text(node) ? (struct rule){TRANSPARENT, NULL} : rules[node->tag];
}

/* ---- what is not to be seen ---- */

static uint32_t ink_of(struct str text)
{
	uint32_t ink = 0;
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		ink += writer_is_ink(cp);
	}
	return ink;
}

static void count_ink(struct walk *w, size_t root)
{
	uint32_t sum = 0;
	for (size_t i = root; i < w->tree->nodes[root].end; i++) {
		w->ink[i] = sum;
		if (!w->gone[i])
			sum += ink_of(html_text(&w->tree->nodes[i]));
	}
	w->ink[w->tree->nodes[root].end] = sum;
}

uint32_t sanitize_ink(const struct walk *w, size_t at)
{
	return w->ink[w->tree->nodes[at].end] - w->ink[at];
}

/* Hidden, though not when it is most of the text: then a script would show it, or move a mask. */
static bool is_hidden(const struct walk *w, size_t root, size_t at)
{
	const struct html_node *node = &w->tree->nodes[at];
	if (html_is_text(node))
		return false;
	bool small = sanitize_ink(w, at) * UINT64_C(2) <= sanitize_ink(w, root);
	return (facts_hidden(node) && small) ||
		(facts_aria_hidden(node) && small && sanitize_ink(w, at) <= DECORATION_MAX);
}

static void mark_gone(struct walk *w, size_t at)
{
	memset(w->gone + at, 1, w->tree->nodes[at].end - at);
}

/* Fills gone and ink. */
static bool survey(struct walk *w, size_t root)
{
	const struct html_tree *tree = w->tree;
	size_t end = tree->nodes[root].end;
	w->gone = calloc(tree->count, 1);
	w->blocks = calloc(tree->count, 1);
	w->ink = calloc(tree->count + 1, sizeof *w->ink);
	if (!w->gone || !w->blocks || !w->ink)
		return false;
	for (size_t i = root + 1; i < end;) {
		const struct html_node *node = &tree->nodes[i];
		bool skip = w->options->skip && w->options->skip[i];
		bool gone = skip || rule_of(node).role == GONE;
		if (gone)
			mark_gone(w, i);
		i = gone ? node->end : i + 1;
	}
	count_ink(w, root);
	bool any = false;
	for (size_t i = root + 1; i < end;) {
		bool hidden = !w->gone[i] && is_hidden(w, root, i);
		if (hidden)
			mark_gone(w, i);
		any |= hidden;
		i = w->gone[i] ? tree->nodes[i].end : i + 1;
	}
	if (any)
		count_ink(w, root);
	for (size_t i = end; i-- > root + 1;) {
		bool block = !w->gone[i] && !html_is_text(&tree->nodes[i]) &&
			html_is_block(tree->nodes[i].tag) && tree->nodes[i].tag != GUMBO_TAG_BR;
		w->blocks[tree->nodes[i].parent] |= block || w->blocks[i];
	}
	return true;
}

/* ---- images and other media ---- */

static void image_without_address(struct walk *w, struct str alt, struct str src)
{
	bool words = writer_has_ink(alt);
	if (!words && src.len < PLACEHOLDER_MAX)
		return;
	writer_name(w->writer, STR("["));
	writer_name(w->writer, words ? alt : STR("image"));
	writer_name(w->writer, STR("]"));
}

static bool is_waiting(const struct html_node *node)
{
	struct str src = html_attribute(node, "src");
	return src.len == 0 || html_attribute(node, "data-src").ptr ||
		str_equal_nocase(str_slice(str_trim(src), 0, 5), STR("data:"));
}

static void image(struct walk *w, size_t at)
{
	const struct html_node *node = &w->tree->nodes[at], *source = NULL;
	if (!w->options->images || media_is_pixel(node))
		return;
	if (w->source > 0 && w->tree->nodes[w->source].parent == node->parent)
		source = &w->tree->nodes[w->source];
	struct buffer url = {0}, attributes = {0};
	enum media_image kind = media_image(node, source, w->options->base_url, &url);
	if (kind == MEDIA_IMAGE) {
		sanitize_add_value(&attributes, "src", buffer_view(&url));
		sanitize_add_words(node, "alt", &attributes);
		sanitize_add_words(node, "title", &attributes);
		sanitize_name_next(w, node);
		writer_image(w->writer, buffer_view(&attributes));
		w->image_end = is_waiting(node) ? node->end : 0;
	} else if (kind == MEDIA_INLINE) {
		image_without_address(w, html_attribute(node, "alt"), html_attribute(node, "src"));
	}
	w->failed |= url.failed || attributes.failed;
	buffer_free(&url);
	buffer_free(&attributes);
}

/* What stands in for a sound, film or frame.  False: its content does. */
static bool embed(struct walk *w, size_t at)
{
	const struct html_node *node = &w->tree->nodes[at];
	struct media_link link;
	if (!w->options->images || media_is_pixel(node))
		return true;
	if (!media_link(w->tree, at, w->options->base_url, &link))
		return false;
	struct buffer attributes = {0};
	sanitize_add_value(&attributes, "href", buffer_view(&link.url));
	sanitize_add_value(&attributes, "type", buffer_view(&link.type));
	writer_end(w->writer);
	sanitize_name_next(w, node);
	if (w->links == 0)
		writer_open(w->writer, "a", buffer_view(&attributes), STR(""));
	writer_name(w->writer, buffer_view(&link.name));
	if (w->links == 0)
		writer_close(w->writer);
	writer_end(w->writer);
	w->failed |= attributes.failed || link.url.failed || link.name.failed || link.type.failed;
	buffer_free(&attributes);
	media_link_free(&link);
	return true;
}

/* What is shown without scripts: only where it holds an image that a script would bring. */
static bool is_needless_noscript(const struct walk *w, size_t at)
{
	const struct html_node *nodes = w->tree->nodes;
	bool images = false;
	for (size_t i = at + 1; i < nodes[at].end; i++)
		images |= nodes[i].tag == GUMBO_TAG_IMG;
	size_t before = w->image_end;
	while (before > 0 && before < at && html_is_text(&nodes[before]) &&
			!writer_has_ink(html_text(&nodes[before])))
		before++;
	return !images || sanitize_ink(w, at) > 0 || (before > 0 && before == at);
}

/* Writes node `at`; returns the node to go on with. */
static size_t visit(struct walk *w, size_t at)
{
	const struct html_node *node = &w->tree->nodes[at];
	if (w->gone[at])
		return node->end;
	if (html_is_text(node)) {
		writer_text(w->writer, html_text(node));
		return at + 1;
	}
	if (node->tag == GUMBO_TAG_NOSCRIPT && is_needless_noscript(w, at))
		return node->end;
	struct rule rule = rule_of(node);
	switch (rule.role) {
	case BREAK:
		writer_break(w->writer);
		break;
	case RULE:
		writer_rule(w->writer);
		break;
	case IMAGE:
		image(w, at);
		break;
	case SOURCE:
		w->source = at;
		break;
	case EMBED:
		return embed(w, at) ? node->end : at + 1;
	default:
		sanitize_open(w, at, &rule);
	}
	return at + 1;
}

static void write_all(struct walk *w, size_t root)
{
	writer_context(w->writer, w->options->stated, false, STR(""));
	for (size_t at = root + 1; at < w->tree->nodes[root].end && !w->failed;) {
		while (w->count > 0 && w->levels[w->count - 1].end <= at)
			sanitize_close(w);
		at = visit(w, at);
	}
	while (w->count > 0)
		sanitize_close(w);
}

int sanitize_tree(const struct html_tree *tree, size_t root,
		const struct sanitize_options *options, struct buffer *out, struct error *error)
{
	struct walk w = {.tree = tree, .options = options};
	size_t start = out->len;
	bool good = survey(&w, root) &&
		link_targets_find(tree, root, w.gone, options->base_url, &w.targets);
	if (good)
		w.writer = writer_new(out, options->direction, options->filter, options->user);
	if (w.writer) {
		write_all(&w, root);
		good = writer_finish(w.writer) && !w.failed &&
			(w.targets.count == 0 || link_targets_mend(out, start));
	}
	good &= w.writer != NULL;
	link_targets_free(&w.targets);
	free(w.gone);
	free(w.blocks);
	free(w.ink);
	free(w.levels);
	return good ? 0 : error_no_memory(error);
}

int sanitize_html(struct str html, const struct sanitize_options *options, struct buffer *out,
		struct error *error)
{
	struct sanitize_options whole = *options;
	struct html_tree tree;
	whole.skip = NULL;
	whole.images = true;
	/* What may stand in a head and in a body is of the body. */
	struct buffer body = {0};
	buffer_str(&body, STR("<body>"));
	buffer_str(&body, html);
	int result = body.failed ? error_no_memory(error)
				 : html_parse(buffer_view(&body), &tree, error);
	buffer_free(&body);
	if (result < 0)
		return -1;
	result = sanitize_tree(&tree, 0, &whole, out, error);
	html_free(&tree);
	return result;
}
