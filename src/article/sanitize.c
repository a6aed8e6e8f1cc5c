#include "article/sanitize.h"

#include "article/facts.h"
#include "article/sanitize_links.h"
#include "article/sanitize_media.h"
#include "article/url.h"
#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define CELL_TEXT_MAX 400 /* code points; a cell with more is layout, not data */
#define PLACEHOLDER_MAX 300 /* bytes of an image in the page that only holds a place */
#define SPAN_MAX 1000     /* columns or rows of one cell */
#define DECORATION_MAX 200 /* code points that aria-hidden may hide from the eye too */

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
	EMBED,
	SOURCE,
	QUOTATION,
};

struct rule {
	enum role role;
	const char *element; /* written for it */
};

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

/* An element that is open, and what closes it. */
struct level {
	uint32_t end;
	enum role role;
	bool link;    /* links do not nest */
	bool inlined; /* writer_close() when it ends */
	bool pushed;  /* writer_pop() */
	bool implied; /* and once more: it stood in no list */
	enum text_direction direction;
	bool automatic;
	bool layout;       /* a table that is no data */
	const char *block; /* h1 to h6, pre: what the text in divisions inside of it is in */
	const char *holder; /* the innermost wrapper that is written, or NULL */
	struct str lang;
};

struct walk {
	const struct html_tree *tree;
	const struct sanitize_options *options;
	struct writer *writer;
	struct level *levels;
	size_t count, cap;
	size_t links; /* open */
	unsigned char *gone;   /* for each node: it leaves nothing */
	uint32_t *ink;         /* code points to be seen, of the nodes before each */
	struct link_targets targets;
	size_t source;         /* the last <source> of a <picture>; 0: none */
	size_t image_end;      /* behind the last image that waits for a script; 0: none */
	bool failed;
};

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

static uint32_t ink_below(const struct walk *w, size_t at)
{
	return w->ink[w->tree->nodes[at].end] - w->ink[at];
}

/* Hidden, though not when it is most of the text: then a script would show it, or move a mask. */
static bool is_hidden(const struct walk *w, size_t root, size_t at)
{
	const struct html_node *node = &w->tree->nodes[at];
	if (html_is_text(node))
		return false;
	bool small = ink_below(w, at) * UINT64_C(2) <= ink_below(w, root);
	return (facts_hidden(node) && small) ||
		(facts_aria_hidden(node) && small && ink_below(w, at) <= DECORATION_MAX);
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
	w->ink = calloc(tree->count + 1, sizeof *w->ink);
	if (!w->gone || !w->ink)
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
	for (size_t i = root + 1; i < end;) {
		bool gone = w->gone[i] || is_hidden(w, root, i);
		if (gone)
			mark_gone(w, i);
		i = gone ? tree->nodes[i].end : i + 1;
	}
	count_ink(w, root);
	return true;
}

/* ---- attributes ---- */

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

/* An integer of at most nine digits at the start of a value; false: there is none. */
static bool number_value(const struct html_node *node, const char *name, long *number)
{
	struct str value = str_trim(html_attribute(node, name));
	bool minus = str_starts(value, STR("-"));
	size_t first = minus || str_starts(value, STR("+")), i = first;
	long sum = 0;
	for (; i < value.len && i < first + 9 && value.ptr[i] >= '0' && value.ptr[i] <= '9'; i++)
		sum = sum * 10 + (value.ptr[i] - '0');
	*number = minus ? -sum : sum;
	return i > first && (i == value.len || value.ptr[i] < '0' || value.ptr[i] > '9');
}

static void add_number(const struct html_node *node, const char *name, struct buffer *out)
{
	long number;
	if (number_value(node, name, &number))
		buffer_printf(out, " %s=\"%ld\"", name, number);
}

static void add_span(const struct html_node *node, const char *name, struct buffer *out)
{
	long number;
	if (number_value(node, name, &number) && number > 1)
		buffer_printf(out, " %s=\"%ld\"", name, number < SPAN_MAX ? number : SPAN_MAX);
}

static void add_value(struct buffer *out, const char *name, struct str value)
{
	buffer_printf(out, " %s=\"", name);
	writer_escape_attribute(out, value);
	buffer_byte(out, '"');
}

static void add_words(const struct html_node *node, const char *name, struct buffer *out)
{
	struct str value = html_attribute(node, name);
	if (writer_has_ink(value))
		add_value(out, name, value);
}

static void add_address(const struct walk *w, struct str address, const char *name,
		struct buffer *out)
{
	struct buffer url = {0};
	address = str_trim(address);
	bool web = strcmp(name, "href") != 0;
	if (address.len > 0 && address.ptr[0] != '#' &&
			url_resolve(w->options->base_url, address, &url) &&
			!(web && str_starts(buffer_view(&url), STR("mailto"))))
		add_value(out, name, buffer_view(&url));
	out->failed |= url.failed;
	buffer_free(&url);
}

static void wrapper_attributes(const struct walk *w, const struct html_node *node,
		struct buffer *out)
{
	struct str type = html_attribute(node, "type");
	switch (node->tag) {
	case GUMBO_TAG_OL:
		add_number(node, "start", out);
		if (html_attribute(node, "reversed").ptr)
			buffer_str(out, STR(" reversed"));
		if (type.len == 1 && strchr("1aAiI", type.ptr[0]))
			buffer_printf(out, " type=\"%c\"", type.ptr[0]);
		break;
	case GUMBO_TAG_LI:
		add_number(node, "value", out);
		break;
	case GUMBO_TAG_TD:
	case GUMBO_TAG_TH:
		add_span(node, "colspan", out);
		add_span(node, "rowspan", out);
		break;
	case GUMBO_TAG_BLOCKQUOTE:
		add_address(w, html_attribute(node, "cite"), "cite", out);
		break;
	default:
		break;
	}
}

/* The names of an element that links lead to, for what comes next. */
static void name_next(const struct walk *w, const struct html_node *node)
{
	static const char *const names[] = {"id", "name"};
	for (size_t i = 0; i < (node->tag == GUMBO_TAG_A ? 2 : 1); i++) {
		struct str id = html_attribute(node, names[i]);
		if (link_targets_has(&w->targets, id))
			writer_id(w->writer, id);
	}
}

/* ' id="..."' for an inline element; its own name, or the older one of <a name>. */
static bool add_inline_id(const struct walk *w, const struct html_node *node, struct buffer *out)
{
	struct str id = html_attribute(node, "id");
	if (!link_targets_has(&w->targets, id))
		id = node->tag == GUMBO_TAG_A ? html_attribute(node, "name") : STR("");
	if (!link_targets_has(&w->targets, id))
		return false;
	buffer_printf(out, " id=\"%.*s\"", STR_ARG(id));
	return true;
}

/* ---- elements ---- */

static void apply_context(const struct walk *w)
{
	const struct level *top = &w->levels[w->count - 1];
	struct str lang = top->lang;
	if (str_equal_nocase(lang, w->options->language))
		lang = STR("");
	writer_context(w->writer, top->direction, top->automatic, lang);
	writer_default(w->writer, top->block);
}

/* A table that lays a page out: another table or long text in its cells, or one cell. */
static bool is_layout(const struct walk *w, size_t table)
{
	const struct html_tree *tree = w->tree;
	size_t cells = 0; /* that hold something */
	for (size_t i = table + 1; i < tree->nodes[table].end; i++) {
		const struct html_node *node = &tree->nodes[i];
		if (w->gone[i])
			continue;
		if (node->tag == GUMBO_TAG_TABLE)
			return true;
		if (node->tag != GUMBO_TAG_TD && node->tag != GUMBO_TAG_TH)
			continue;
		uint32_t ink = ink_below(w, i);
		cells += ink > 0;
		if (ink > CELL_TEXT_MAX)
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

/* Of the same language as what is around it: "ar-SA" in "ar". */
static bool is_near(struct str tag, struct str other)
{
	size_t n = 0, m = 0;
	while (n < tag.len && tag.ptr[n] != '-')
		n++;
	while (m < other.len && other.ptr[m] != '-')
		m++;
	return str_equal_nocase(str_slice(tag, 0, n), str_slice(other, 0, m));
}

/* dir and lang of an inline element.  False: it states neither. */
static bool add_inline_context(const struct walk *w, const struct html_node *node,
		const char *element, struct buffer *out)
{
	const char *dir = direction_value(node);
	struct str lang = html_attribute(node, "lang"), around = w->options->language;
	if (w->count > 0 && w->levels[w->count - 1].lang.len > 0)
		around = w->levels[w->count - 1].lang;
	bool plain = strcmp(element, "span") == 0;
	bool foreign = writer_is_language(lang) && !str_equal_nocase(lang, around) &&
		!(plain && is_near(lang, around));
	if (dir)
		buffer_printf(out, " dir=\"%s\"", dir);
	if (foreign)
		buffer_printf(out, " lang=\"%.*s\"", STR_ARG(lang));
	return dir || foreign;
}

/* An <a>: with an address, or a name, or neither.  An address in the page says no more. */
static const char *open_link(struct walk *w, const struct html_node *node, struct buffer *out)
{
	struct str href = html_attribute(node, "href");
	if (w->links > 0) {
		name_next(w, node);
		return NULL;
	}
	struct str target = link_target_of(&w->targets, w->options->base_url, href);
	if (target.len > 0) {
		buffer_printf(out, " href=\"#%.*s\"", STR_ARG(target));
		add_inline_id(w, node, out);
		return "a";
	}
	add_address(w, href, "href", out);
	if (out->len == 0) {
		name_next(w, node);
		return NULL;
	}
	struct str type = media_type(html_attribute(node, "type"));
	if (type.len > 0)
		add_value(out, "type", type);
	add_inline_id(w, node, out);
	add_inline_context(w, node, "a", out);
	return "a";
}

static void open_inline(struct walk *w, const struct html_node *node, const struct rule *rule,
		struct level *level)
{
	struct buffer attributes = {0};
	const char *dir = direction_value(node), *element = rule->element;
	bool link = node->tag == GUMBO_TAG_A;
	if (rule->role == TRANSPARENT)
		element = "span";
	if (link) {
		element = open_link(w, node, &attributes);
	} else if (node->tag == GUMBO_TAG_SUP) {
		add_inline_id(w, node, &attributes);
	} else {
		name_next(w, node);
		if (node->tag == GUMBO_TAG_ABBR || node->tag == GUMBO_TAG_ACRONYM)
			add_words(node, "title", &attributes);
	}
	if (link && !element)
		element = "span"; /* a direction may be all it says */
	if (!link || strcmp(element, "span") == 0) {
		bool says = add_inline_context(w, node, element, &attributes);
		bool plain = strcmp(element, "span") == 0;
		if (plain && dir)
			element = "bdi";
		else if ((plain && !says) || (node->tag == GUMBO_TAG_BDO && !dir))
			element = NULL;
	}
	if (element)
		writer_open(w->writer, element, buffer_view(&attributes));
	level->inlined = element != NULL;
	level->link = link && element && strcmp(element, "a") == 0;
	w->links += level->link;
	w->failed |= attributes.failed;
	buffer_free(&attributes);
}

/* The list that an item without one stands in; NULL: it needs none. */
static const char *implied_list(const struct walk *w, GumboTag tag)
{
	const char *holder = w->count > 0 ? w->levels[w->count - 1].holder : NULL;
	if (tag == GUMBO_TAG_LI)
		return holder && (strcmp(holder, "ul") == 0 || strcmp(holder, "ol") == 0) ? NULL : "ul";
	if (tag == GUMBO_TAG_DT || tag == GUMBO_TAG_DD)
		return holder && strcmp(holder, "dl") == 0 ? NULL : "dl";
	return NULL;
}

static void open_wrapper(struct walk *w, size_t at, const struct rule *rule, struct level *level)
{
	const struct html_node *node = &w->tree->nodes[at];
	struct buffer attributes = {0};
	level->layout = node->tag == GUMBO_TAG_TABLE && is_layout(w, at);
	name_next(w, node);
	if (level->layout || (is_table_part(node->tag) && in_layout_table(w)))
		return;
	const char *list = implied_list(w, node->tag);
	if (list)
		writer_push(w->writer, list, STR(""), false);
	wrapper_attributes(w, node, &attributes);
	writer_push(w->writer, rule->element, buffer_view(&attributes), rule->role == BARE);
	level->pushed = true;
	level->implied = list != NULL;
	level->holder = rule->element;
	level->block = NULL;
	w->failed |= attributes.failed;
	buffer_free(&attributes);
}

static struct level inherited_level(const struct walk *w, const struct html_node *node,
		const struct rule *rule)
{
	struct level level = {.direction = w->options->stated, .lang = {"", 0}};
	const char *dir = direction_value(node);
	struct str lang = html_attribute(node, "lang");
	bool inlined = rule->role == INLINE || rule->role == TRANSPARENT ||
		rule->role == QUOTATION;
	if (w->count > 0) {
		const struct level *top = &w->levels[w->count - 1];
		level.direction = top->direction;
		level.automatic = top->automatic;
		level.lang = top->lang;
		level.block = top->block;
		level.holder = top->holder;
	}
	level.end = node->end;
	level.role = rule->role;
	if (dir && !inlined) {
		level.automatic = dir[0] == 'a';
		level.direction = dir[0] == 'r' ? TEXT_RTL : dir[0] == 'l' ? TEXT_LTR : TEXT_AUTO;
	}
	if (writer_is_language(lang) && !inlined)
		level.lang = lang;
	/* Code and drawings in letters are not turned because the page around them is. */
	if (node->tag == GUMBO_TAG_PRE && !dir) {
		level.direction = TEXT_AUTO;
		level.automatic = false;
	}
	return level;
}

static bool in_pre(const struct walk *w)
{
	const char *block = w->count > 0 ? w->levels[w->count - 1].block : NULL;
	return block && strcmp(block, "pre") == 0;
}

static bool is_heading(const char *element)
{
	return element && element[0] == 'h';
}

/* A division or block starts: a line in <pre>, else a block. */
static void open_block(struct walk *w, const struct html_node *node, const struct rule *rule,
		struct level *level)
{
	if (in_pre(w)) {
		writer_line(w->writer);
		name_next(w, node);
		return;
	}
	name_next(w, node);
	if (is_heading(rule->element) || node->tag == GUMBO_TAG_PRE)
		level->block = rule->element;
}

static void open_element(struct walk *w, size_t at, const struct rule *rule)
{
	const struct html_node *node = &w->tree->nodes[at];
	struct level level = inherited_level(w, node, rule);
	bool block = rule->role == DIVISION || rule->role == BLOCK;
	bool wrapper = rule->role == WRAPPER || rule->role == BARE;
	if (wrapper || (block && !in_pre(w)))
		writer_end(w->writer);
	if (block) {
		open_block(w, node, rule, &level);
	} else if (wrapper) {
		writer_context(w->writer, level.direction, level.automatic, level.lang);
		open_wrapper(w, at, rule, &level);
	} else if (rule->role == QUOTATION) {
		writer_text(w->writer, STR("“"));
	} else {
		open_inline(w, node, rule, &level);
	}
	if (!array_reserve(&w->levels, &w->cap, w->count + 1, sizeof *w->levels)) {
		w->failed = true;
		return;
	}
	w->levels[w->count++] = level;
	apply_context(w);
}

static void close_element(struct walk *w)
{
	struct level level = w->levels[--w->count];
	bool block = level.role == DIVISION || level.role == BLOCK;
	if (level.role == QUOTATION)
		writer_text(w->writer, STR("”"));
	w->links -= level.link;
	if (level.inlined)
		writer_close(w->writer);
	if (level.pushed)
		writer_pop(w->writer);
	if (level.implied)
		writer_pop(w->writer);
	if (block && in_pre(w))
		writer_line(w->writer);
	else if (block || (!level.pushed && (level.role == WRAPPER || level.role == BARE)))
		writer_end(w->writer);
	if (w->count > 0) {
		apply_context(w);
	} else {
		writer_context(w->writer, w->options->stated, false, STR(""));
		writer_default(w->writer, NULL);
	}
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
		add_value(&attributes, "src", buffer_view(&url));
		add_words(node, "alt", &attributes);
		add_words(node, "title", &attributes);
		name_next(w, node);
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
	add_value(&attributes, "href", buffer_view(&link.url));
	add_value(&attributes, "type", buffer_view(&link.type));
	writer_end(w->writer);
	name_next(w, node);
	if (w->links == 0)
		writer_open(w->writer, "a", buffer_view(&attributes));
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
	return !images || ink_below(w, at) > 0 || (before > 0 && before == at);
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
		open_element(w, at, &rule);
	}
	return at + 1;
}

static void write_all(struct walk *w, size_t root)
{
	writer_context(w->writer, w->options->stated, false, STR(""));
	for (size_t at = root + 1; at < w->tree->nodes[root].end && !w->failed;) {
		while (w->count > 0 && w->levels[w->count - 1].end <= at)
			close_element(w);
		at = visit(w, at);
	}
	while (w->count > 0)
		close_element(w);
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
