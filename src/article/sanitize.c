#include "article/sanitize.h"

#include "article/url.h"
#include "base/array.h"

#include <stdlib.h>
#include <string.h>

#define CELL_TEXT_MAX 400 /* bytes; a cell with more is layout, not data */

enum role {
	TRANSPARENT, /* its content stays */
	GONE,        /* goes with its content */
	DIVISION,    /* starts and ends a block, has no element of its own */
	BLOCK,       /* p, headings, pre */
	WRAPPER,     /* holds blocks */
	BARE,        /* holds blocks; a first text needs no <p> */
	INLINE,
	BREAK,
	RULE,
	IMAGE,
	QUOTATION,
};

struct rule {
	GumboTag tag;
	enum role role;
	const char *element; /* written for it */
};

/* What is not here is TRANSPARENT. */
static const struct rule rules[] = {
	{GUMBO_TAG_SCRIPT, GONE, NULL}, {GUMBO_TAG_STYLE, GONE, NULL},
	{GUMBO_TAG_NOSCRIPT, GONE, NULL}, {GUMBO_TAG_TEMPLATE, GONE, NULL},
	{GUMBO_TAG_IFRAME, GONE, NULL}, {GUMBO_TAG_OBJECT, GONE, NULL},
	{GUMBO_TAG_EMBED, GONE, NULL}, {GUMBO_TAG_APPLET, GONE, NULL},
	{GUMBO_TAG_SVG, GONE, NULL}, {GUMBO_TAG_MATH, GONE, NULL}, {GUMBO_TAG_CANVAS, GONE, NULL},
	{GUMBO_TAG_AUDIO, GONE, NULL}, {GUMBO_TAG_VIDEO, GONE, NULL}, {GUMBO_TAG_MAP, GONE, NULL},
	{GUMBO_TAG_BUTTON, GONE, NULL}, {GUMBO_TAG_INPUT, GONE, NULL},
	{GUMBO_TAG_SELECT, GONE, NULL}, {GUMBO_TAG_TEXTAREA, GONE, NULL},
	{GUMBO_TAG_DATALIST, GONE, NULL}, {GUMBO_TAG_LABEL, GONE, NULL},
	{GUMBO_TAG_LEGEND, GONE, NULL}, {GUMBO_TAG_METER, GONE, NULL},
	{GUMBO_TAG_PROGRESS, GONE, NULL}, {GUMBO_TAG_HEAD, GONE, NULL},
	{GUMBO_TAG_TITLE, GONE, NULL}, {GUMBO_TAG_LINK, GONE, NULL}, {GUMBO_TAG_META, GONE, NULL},
	{GUMBO_TAG_RP, GONE, NULL}, {GUMBO_TAG_RT, GONE, NULL},
	{GUMBO_TAG_DIV, DIVISION, NULL}, {GUMBO_TAG_SECTION, DIVISION, NULL},
	{GUMBO_TAG_ARTICLE, DIVISION, NULL}, {GUMBO_TAG_MAIN, DIVISION, NULL},
	{GUMBO_TAG_HEADER, DIVISION, NULL}, {GUMBO_TAG_FOOTER, DIVISION, NULL},
	{GUMBO_TAG_ASIDE, DIVISION, NULL}, {GUMBO_TAG_NAV, DIVISION, NULL},
	{GUMBO_TAG_ADDRESS, DIVISION, NULL}, {GUMBO_TAG_DETAILS, DIVISION, NULL},
	{GUMBO_TAG_SUMMARY, DIVISION, NULL}, {GUMBO_TAG_CENTER, DIVISION, NULL},
	{GUMBO_TAG_HGROUP, DIVISION, NULL}, {GUMBO_TAG_FORM, DIVISION, NULL},
	{GUMBO_TAG_FIELDSET, DIVISION, NULL}, {GUMBO_TAG_BODY, DIVISION, NULL},
	{GUMBO_TAG_HTML, DIVISION, NULL},
	{GUMBO_TAG_P, BLOCK, "p"}, {GUMBO_TAG_H1, BLOCK, "h1"}, {GUMBO_TAG_H2, BLOCK, "h2"},
	{GUMBO_TAG_H3, BLOCK, "h3"}, {GUMBO_TAG_H4, BLOCK, "h4"}, {GUMBO_TAG_H5, BLOCK, "h5"},
	{GUMBO_TAG_H6, BLOCK, "h6"}, {GUMBO_TAG_PRE, BLOCK, "pre"},
	{GUMBO_TAG_UL, WRAPPER, "ul"}, {GUMBO_TAG_MENU, WRAPPER, "ul"},
	{GUMBO_TAG_DIR, WRAPPER, "ul"}, {GUMBO_TAG_OL, WRAPPER, "ol"},
	{GUMBO_TAG_DL, WRAPPER, "dl"}, {GUMBO_TAG_BLOCKQUOTE, WRAPPER, "blockquote"},
	{GUMBO_TAG_FIGURE, WRAPPER, "figure"}, {GUMBO_TAG_TABLE, WRAPPER, "table"},
	{GUMBO_TAG_TR, WRAPPER, "tr"}, {GUMBO_TAG_LI, BARE, "li"}, {GUMBO_TAG_DT, BARE, "dt"},
	{GUMBO_TAG_DD, BARE, "dd"}, {GUMBO_TAG_FIGCAPTION, BARE, "figcaption"},
	{GUMBO_TAG_CAPTION, BARE, "caption"}, {GUMBO_TAG_TD, BARE, "td"},
	{GUMBO_TAG_TH, BARE, "th"},
	{GUMBO_TAG_EM, INLINE, "em"}, {GUMBO_TAG_STRONG, INLINE, "strong"},
	{GUMBO_TAG_I, INLINE, "i"}, {GUMBO_TAG_B, INLINE, "b"}, {GUMBO_TAG_U, INLINE, "u"},
	{GUMBO_TAG_S, INLINE, "s"}, {GUMBO_TAG_STRIKE, INLINE, "s"},
	{GUMBO_TAG_DEL, INLINE, "del"}, {GUMBO_TAG_INS, INLINE, "ins"},
	{GUMBO_TAG_MARK, INLINE, "mark"}, {GUMBO_TAG_SUB, INLINE, "sub"},
	{GUMBO_TAG_SUP, INLINE, "sup"}, {GUMBO_TAG_CODE, INLINE, "code"},
	{GUMBO_TAG_KBD, INLINE, "code"}, {GUMBO_TAG_SAMP, INLINE, "code"},
	{GUMBO_TAG_VAR, INLINE, "i"}, {GUMBO_TAG_CITE, INLINE, "i"}, {GUMBO_TAG_DFN, INLINE, "i"},
	{GUMBO_TAG_A, INLINE, "a"}, {GUMBO_TAG_BDI, INLINE, "bdi"}, {GUMBO_TAG_BDO, INLINE, "bdo"},
	{GUMBO_TAG_BR, BREAK, NULL}, {GUMBO_TAG_HR, RULE, NULL}, {GUMBO_TAG_IMG, IMAGE, NULL},
	{GUMBO_TAG_Q, QUOTATION, NULL},
};

static struct rule rule_of(GumboTag tag)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		if (rules[i].tag == tag)
			return rules[i];
	}
	return (struct rule){tag, TRANSPARENT, NULL};
}

/* An element that is open, and what closes it. */
struct level {
	uint32_t end;
	enum role role;
	bool link;    /* links do not nest */
	bool inlined; /* writer_close() when it ends */
	bool pushed;  /* writer_pop() */
	enum text_direction direction;
	bool automatic;
	bool layout;  /* a table that is no data */
	struct str lang;
};

struct walk {
	const struct html_tree *tree;
	const struct sanitize_options *options;
	struct writer *writer;
	struct level *levels;
	size_t count, cap;
	size_t links; /* open */
	bool failed;
};

/* ---- attributes ---- */

static bool plain_token(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '-';
		if (!good)
			return false;
	}
	return s.len > 0 && s.len < 12;
}

static const char *direction_value(const struct html_node *node)
{
	struct str dir = str_trim(html_attribute(node, "dir"));
	static const char *const values[] = {"rtl", "ltr", "auto"};
	for (size_t i = 0; i < 3; i++) {
		if (str_equal_nocase(dir, str_of(values[i])))
			return values[i];
	}
	return NULL;
}

static void list_attributes(const struct html_node *node, struct buffer *out)
{
	struct str start = str_trim(html_attribute(node, "start"));
	struct str type = html_attribute(node, "type");
	if (plain_token(start))
		buffer_printf(out, " start=\"%ld\"", strtol(start.ptr, NULL, 10));
	if (html_attribute(node, "reversed").ptr)
		buffer_str(out, STR(" reversed"));
	if (type.len == 1 && strchr("1aAiI", type.ptr[0]))
		buffer_printf(out, " type=\"%c\"", type.ptr[0]);
}

static void add_address(const struct walk *w, const struct html_node *node, struct buffer *out)
{
	struct str href = str_trim(html_attribute(node, "href"));
	struct buffer url = {0};
	if (href.len > 0 && href.ptr[0] != '#' && url_resolve(w->options->base_url, href, &url)) {
		buffer_str(out, STR(" href=\""));
		writer_escape(out, buffer_view(&url));
		buffer_byte(out, '"');
	}
	out->failed |= url.failed;
	buffer_free(&url);
}

/* ---- elements ---- */

static void apply_context(const struct walk *w)
{
	const struct level *top = &w->levels[w->count - 1];
	struct str lang = top->lang;
	if (str_equal_nocase(lang, w->options->language))
		lang = STR("");
	writer_context(w->writer, top->direction, top->automatic, lang);
}

/* A table that lays a page out: another table or long text in its cells, or one cell. */
static bool is_layout(const struct html_tree *tree, size_t table)
{
	size_t cells = 0, text = 0; /* cells that hold something */
	for (size_t i = table + 1; i < tree->nodes[table].end; i++) {
		const struct html_node *node = &tree->nodes[i];
		if (node->tag == GUMBO_TAG_TABLE)
			return true;
		if (node->tag == GUMBO_TAG_TD || node->tag == GUMBO_TAG_TH)
			text = 0;
		size_t more = writer_has_ink(html_text(node)) ? html_text(node).len : 0;
		cells += more > 0 && text == 0;
		text += more;
		if (text > CELL_TEXT_MAX)
			return true;
	}
	return cells < 2;
}

static bool in_layout_table(const struct walk *w)
{
	for (size_t i = w->count; i > 0; i--) {
		if (w->levels[i - 1].role == WRAPPER && w->levels[i - 1].pushed)
			return false;
		if (w->levels[i - 1].layout)
			return true;
	}
	return true; /* rows of a table that is not in the part we write */
}

static bool is_table_part(GumboTag tag)
{
	return tag == GUMBO_TAG_TR || tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH ||
		tag == GUMBO_TAG_CAPTION;
}

static void open_inline(struct walk *w, const struct html_node *node, const struct rule *rule,
		struct level *level)
{
	struct buffer attributes = {0};
	const char *dir = direction_value(node), *element = rule->element;
	bool link = node->tag == GUMBO_TAG_A;
	if (link && !w->links)
		add_address(w, node, &attributes);
	if (link && attributes.len == 0)
		element = NULL;
	if (rule->role == TRANSPARENT && dir)
		element = "bdi";
	if (node->tag == GUMBO_TAG_BDO && !dir)
		element = NULL;
	if (element && dir)
		buffer_printf(&attributes, " dir=\"%s\"", dir);
	if (element)
		writer_open(w->writer, element, buffer_view(&attributes));
	level->inlined = element != NULL;
	level->link = link && element;
	w->links += level->link;
	w->failed |= attributes.failed;
	buffer_free(&attributes);
}

static void open_wrapper(struct walk *w, size_t at, const struct rule *rule, struct level *level)
{
	const struct html_node *node = &w->tree->nodes[at];
	struct buffer attributes = {0};
	bool layout = node->tag == GUMBO_TAG_TABLE && is_layout(w->tree, at);
	level->layout = layout;
	if (layout || (is_table_part(node->tag) && in_layout_table(w))) {
		writer_end(w->writer);
		return;
	}
	if (node->tag == GUMBO_TAG_OL)
		list_attributes(node, &attributes);
	writer_push(w->writer, rule->element, buffer_view(&attributes), rule->role == BARE);
	level->pushed = true;
	w->failed |= attributes.failed;
	buffer_free(&attributes);
}

static void open_element(struct walk *w, size_t at, const struct rule *rule)
{
	const struct html_node *node = &w->tree->nodes[at];
	struct level level = {.end = node->end, .role = rule->role,
		.direction = w->options->stated, .lang = {"", 0}};
	const char *dir = direction_value(node);
	struct str lang = html_attribute(node, "lang");
	bool inlined = rule->role == INLINE || rule->role == TRANSPARENT ||
		rule->role == QUOTATION;
	if (w->count > 0) {
		const struct level *top = &w->levels[w->count - 1];
		level.direction = top->direction;
		level.automatic = top->automatic;
		level.lang = top->lang;
	}
	if (dir && !inlined) {
		level.automatic = dir[0] == 'a';
		level.direction = dir[0] == 'r' ? TEXT_RTL : dir[0] == 'l' ? TEXT_LTR : TEXT_AUTO;
	}
	if (lang.len > 0 && !inlined)
		level.lang = lang;
	/* Code and drawings in letters are not turned because the page around them is. */
	if (node->tag == GUMBO_TAG_PRE && !dir)
		level.direction = TEXT_AUTO;
	if (rule->role == DIVISION || rule->role == BLOCK)
		writer_end(w->writer);
	else if (rule->role == WRAPPER || rule->role == BARE)
		open_wrapper(w, at, rule, &level);
	else if (rule->role == QUOTATION)
		writer_text(w->writer, STR("“"));
	else if (inlined)
		open_inline(w, node, rule, &level);
	if (!array_reserve(&w->levels, &w->cap, w->count + 1, sizeof *w->levels)) {
		w->failed = true;
		return;
	}
	w->levels[w->count++] = level;
	apply_context(w);
	if (rule->role == BLOCK)
		writer_begin(w->writer, rule->element);
}

static void close_element(struct walk *w)
{
	struct level level = w->levels[--w->count];
	if (level.role == QUOTATION)
		writer_text(w->writer, STR("”"));
	w->links -= level.link;
	if (level.inlined)
		writer_close(w->writer);
	if (level.pushed)
		writer_pop(w->writer);
	else if (level.role != INLINE && level.role != TRANSPARENT && level.role != QUOTATION)
		writer_end(w->writer);
	if (w->count > 0)
		apply_context(w);
	else
		writer_context(w->writer, w->options->stated, false, STR(""));
}

static void image(struct walk *w, const struct html_node *node)
{
	struct str alt = str_trim(html_attribute(node, "alt"));
	if (!w->options->images || alt.len == 0)
		return;
	writer_text(w->writer, STR("["));
	writer_text(w->writer, alt);
	writer_text(w->writer, STR("]"));
}

/* Writes node `at`; returns the node to go on with. */
static size_t visit(struct walk *w, size_t at)
{
	const struct html_node *node = &w->tree->nodes[at];
	if (w->options->skip && w->options->skip[at])
		return node->end;
	if (html_is_text(node)) {
		writer_text(w->writer, html_text(node));
		return at + 1;
	}
	struct rule rule = rule_of(node->tag);
	switch (rule.role) {
	case GONE:
		return node->end;
	case BREAK:
		writer_break(w->writer);
		break;
	case RULE:
		writer_rule(w->writer);
		break;
	case IMAGE:
		image(w, node);
		break;
	default:
		open_element(w, at, &rule);
	}
	return at + 1;
}

int sanitize_tree(const struct html_tree *tree, size_t root,
		const struct sanitize_options *options, struct buffer *out, struct error *error)
{
	struct walk w = {.tree = tree, .options = options};
	w.writer = writer_new(out, options->direction, options->filter, options->user);
	if (!w.writer)
		return error_no_memory(error);
	writer_context(w.writer, options->stated, false, STR(""));
	for (size_t at = root + 1; at < tree->nodes[root].end && !w.failed;) {
		while (w.count > 0 && w.levels[w.count - 1].end <= at)
			close_element(&w);
		at = visit(&w, at);
	}
	while (w.count > 0)
		close_element(&w);
	free(w.levels);
	bool good = writer_finish(w.writer);
	return good && !w.failed ? 0 : error_no_memory(error);
}

int sanitize_html(struct str html, const struct sanitize_options *options, struct buffer *out,
		struct error *error)
{
	struct sanitize_options whole = *options;
	struct html_tree tree;
	whole.skip = NULL;
	whole.images = true;
	if (html_parse(html, &tree, error) < 0)
		return -1;
	int result = sanitize_tree(&tree, 0, &whole, out, error);
	html_free(&tree);
	return result;
}
