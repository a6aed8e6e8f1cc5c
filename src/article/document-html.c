/* HTML to a document: what each element means for a reader. */
#include "article/build.h"
#include "article/html.h"
#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define NUMBER_MAX 999999999L

enum meaning {
	INLINE, /* also what is not in the table */
	BLOCK,
	GONE, /* with all that is in it */
	LINE,
	WORD_BREAK,
	RULE,
	IMAGE,
	HEADING, /* h1 to h6, in the order of their tags */
	PRE,
	QUOTE,
	LIST,
	ITEM,
	TERM,
	DESCRIPTION,
	CELL,
};

struct element {
	enum meaning meaning;
	unsigned flags; /* of its span; 0: none */
};

static const struct element elements[GUMBO_TAG_LAST + 1] = {
	[GUMBO_TAG_HTML] = {BLOCK, 0},
	[GUMBO_TAG_BODY] = {BLOCK, 0},
	[GUMBO_TAG_P] = {BLOCK, 0},
	[GUMBO_TAG_DIV] = {BLOCK, 0},
	[GUMBO_TAG_SECTION] = {BLOCK, 0},
	[GUMBO_TAG_ARTICLE] = {BLOCK, 0},
	[GUMBO_TAG_MAIN] = {BLOCK, 0},
	[GUMBO_TAG_HEADER] = {BLOCK, 0},
	[GUMBO_TAG_FOOTER] = {BLOCK, 0},
	[GUMBO_TAG_ASIDE] = {BLOCK, 0},
	[GUMBO_TAG_NAV] = {BLOCK, 0},
	[GUMBO_TAG_ADDRESS] = {BLOCK, 0},
	[GUMBO_TAG_HGROUP] = {BLOCK, 0},
	[GUMBO_TAG_DL] = {BLOCK, 0},
	[GUMBO_TAG_FIGURE] = {BLOCK, 0},
	[GUMBO_TAG_FIGCAPTION] = {BLOCK, 0},
	[GUMBO_TAG_FORM] = {BLOCK, 0},
	[GUMBO_TAG_FIELDSET] = {BLOCK, 0},
	[GUMBO_TAG_LEGEND] = {BLOCK, 0},
	[GUMBO_TAG_DETAILS] = {BLOCK, 0},
	[GUMBO_TAG_SUMMARY] = {BLOCK, SPAN_STRONG},
	[GUMBO_TAG_CENTER] = {BLOCK, 0},
	[GUMBO_TAG_TABLE] = {BLOCK, 0},
	[GUMBO_TAG_CAPTION] = {BLOCK, 0},
	[GUMBO_TAG_TR] = {BLOCK, 0},
	[GUMBO_TAG_TD] = {CELL, 0},
	[GUMBO_TAG_TH] = {CELL, SPAN_STRONG},
	[GUMBO_TAG_H1] = {HEADING, 0},
	[GUMBO_TAG_H2] = {HEADING, 0},
	[GUMBO_TAG_H3] = {HEADING, 0},
	[GUMBO_TAG_H4] = {HEADING, 0},
	[GUMBO_TAG_H5] = {HEADING, 0},
	[GUMBO_TAG_H6] = {HEADING, 0},
	[GUMBO_TAG_PRE] = {PRE, 0},
	[GUMBO_TAG_BLOCKQUOTE] = {QUOTE, 0},
	[GUMBO_TAG_UL] = {LIST, 0},
	[GUMBO_TAG_OL] = {LIST, 0},
	[GUMBO_TAG_MENU] = {LIST, 0},
	[GUMBO_TAG_DIR] = {LIST, 0},
	[GUMBO_TAG_LI] = {ITEM, 0},
	[GUMBO_TAG_DT] = {TERM, SPAN_STRONG},
	[GUMBO_TAG_DD] = {DESCRIPTION, 0},
	[GUMBO_TAG_BR] = {LINE, 0},
	[GUMBO_TAG_WBR] = {WORD_BREAK, 0},
	[GUMBO_TAG_HR] = {RULE, 0},
	[GUMBO_TAG_IMG] = {IMAGE, 0},
	[GUMBO_TAG_A] = {INLINE, SPAN_LINK},
	[GUMBO_TAG_EM] = {INLINE, SPAN_EMPHASIS},
	[GUMBO_TAG_I] = {INLINE, SPAN_EMPHASIS},
	[GUMBO_TAG_CITE] = {INLINE, SPAN_EMPHASIS},
	[GUMBO_TAG_DFN] = {INLINE, SPAN_EMPHASIS},
	[GUMBO_TAG_VAR] = {INLINE, SPAN_EMPHASIS},
	[GUMBO_TAG_STRONG] = {INLINE, SPAN_STRONG},
	[GUMBO_TAG_B] = {INLINE, SPAN_STRONG},
	[GUMBO_TAG_CODE] = {INLINE, SPAN_CODE | SPAN_ISOLATE},
	[GUMBO_TAG_KBD] = {INLINE, SPAN_CODE | SPAN_ISOLATE},
	[GUMBO_TAG_SAMP] = {INLINE, SPAN_CODE | SPAN_ISOLATE},
	[GUMBO_TAG_TT] = {INLINE, SPAN_CODE | SPAN_ISOLATE},
	[GUMBO_TAG_S] = {INLINE, SPAN_STRIKE},
	[GUMBO_TAG_STRIKE] = {INLINE, SPAN_STRIKE},
	[GUMBO_TAG_DEL] = {INLINE, SPAN_STRIKE},
	[GUMBO_TAG_U] = {INLINE, SPAN_UNDERLINE},
	[GUMBO_TAG_INS] = {INLINE, SPAN_UNDERLINE},
	[GUMBO_TAG_BDI] = {INLINE, SPAN_ISOLATE},
	[GUMBO_TAG_HEAD] = {GONE, 0},
	[GUMBO_TAG_TITLE] = {GONE, 0},
	[GUMBO_TAG_SCRIPT] = {GONE, 0},
	[GUMBO_TAG_STYLE] = {GONE, 0},
	[GUMBO_TAG_TEMPLATE] = {GONE, 0},
	[GUMBO_TAG_IFRAME] = {GONE, 0},
	[GUMBO_TAG_OBJECT] = {GONE, 0},
	[GUMBO_TAG_CANVAS] = {GONE, 0},
	[GUMBO_TAG_AUDIO] = {GONE, 0},
	[GUMBO_TAG_VIDEO] = {GONE, 0},
	[GUMBO_TAG_SELECT] = {GONE, 0},
	[GUMBO_TAG_DATALIST] = {GONE, 0},
	[GUMBO_TAG_TEXTAREA] = {GONE, 0},
	[GUMBO_TAG_SVG] = {GONE, 0},
	[GUMBO_TAG_MATH] = {GONE, 0},
};

/* An element whose end is still to come. */
struct open_element {
	size_t end; /* node behind its last one */
	enum meaning meaning;
	bool has_inline;
	struct build_state outer; /* to be restored */
	bool ordered;             /* of a list */
	long number, step;        /* of its next item */
};

struct walk {
	struct builder builder;
	struct html_tree tree;
	struct open_element *open; /* outer first */
	size_t depth, cap;
};

/* ---- attributes ---- */

static bool direction_of(const struct html_node *node, enum text_direction *direction)
{
	static const struct {
		struct str name;
		enum text_direction direction;
	} names[] = {{{"ltr", 3}, TEXT_LTR}, {{"rtl", 3}, TEXT_RTL}, {{"auto", 4}, TEXT_AUTO}};
	struct str value = html_attribute(node, "dir");
	if (!value.ptr || node->tag == GUMBO_TAG_HTML || node->tag == GUMBO_TAG_BODY)
		return false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (str_equal_nocase(str_trim(value), names[i].name)) {
			*direction = names[i].direction;
			return true;
		}
	}
	return false;
}

/* An integer attribute (HTML Standard, section 2.3.4.1), kept in a sane range. */
static bool number_of(const struct html_node *node, const char *name, long *number)
{
	struct str value = html_attribute(node, name);
	if (!value.ptr)
		return false;
	char *end;
	long parsed = strtol(value.ptr, &end, 10);
	if (end == value.ptr)
		return false;
	*number = parsed > NUMBER_MAX ? NUMBER_MAX : parsed < -NUMBER_MAX ? -NUMBER_MAX : parsed;
	return true;
}

static long count_items(const struct html_tree *tree, size_t list)
{
	long count = 0;
	for (size_t i = list + 1; i < tree->nodes[list].end; i = tree->nodes[i].end)
		count += tree->nodes[i].tag == GUMBO_TAG_LI;
	return count;
}

/* ---- elements ---- */

static uint8_t deeper(uint8_t depth)
{
	return depth < UINT8_MAX ? (uint8_t)(depth + 1) : depth;
}

static void open_list(struct walk *w, size_t index, struct open_element *e)
{
	const struct html_node *node = &w->tree.nodes[index];
	e->ordered = node->tag == GUMBO_TAG_OL;
	e->number = 1;
	e->step = 1;
	if (e->ordered && html_attribute(node, "reversed").ptr) {
		e->step = -1;
		e->number = count_items(&w->tree, index);
	}
	number_of(node, "start", &e->number);
	w->builder.item = false;
	w->builder.state.list_depth = deeper(w->builder.state.list_depth);
}

/* The innermost list that is open; NULL for an item that stands in none. */
static struct open_element *list_of(struct walk *w)
{
	for (size_t i = w->depth; i > 0; i--) {
		if (w->open[i - 1].meaning == LIST)
			return &w->open[i - 1];
	}
	return NULL;
}

static void open_item(struct walk *w, const struct html_node *node)
{
	struct open_element *list = list_of(w);
	w->builder.item = true;
	w->builder.number = 0;
	if (w->builder.state.list_depth == 0)
		w->builder.state.list_depth = 1;
	if (!list || !list->ordered)
		return;
	number_of(node, "value", &list->number);
	w->builder.number = list->number;
	list->number += list->step;
}

static void open_inline(struct walk *w, const struct html_node *node, struct open_element *e)
{
	unsigned flags = elements[node->tag].flags;
	enum text_direction direction = flags & SPAN_CODE ? TEXT_LTR : TEXT_AUTO;
	struct str href = html_attribute(node, "href");
	if (w->builder.state.kind == BLOCK_PRE && flags & SPAN_CODE)
		flags &= ~(unsigned)SPAN_ISOLATE;
	if (e->meaning == INLINE && direction_of(node, &direction))
		flags |= SPAN_ISOLATE;
	if (flags & SPAN_LINK && (!href.ptr || !build_is_link(href)))
		flags &= ~(unsigned)SPAN_LINK;
	if (!(flags & SPAN_ISOLATE))
		direction = TEXT_AUTO;
	e->has_inline = flags != 0;
	if (e->has_inline)
		build_inline_open(&w->builder, flags, direction, href);
}

static void open_block(struct walk *w, size_t index, struct open_element *e)
{
	const struct html_node *node = &w->tree.nodes[index];
	struct build_state *state = &w->builder.state;
	if (e->meaning == CELL)
		build_cell(&w->builder);
	else
		build_break(&w->builder);
	direction_of(node, &state->direction);
	switch (e->meaning) {
	case HEADING:
		state->kind = BLOCK_HEADING;
		state->level = (uint8_t)(node->tag - GUMBO_TAG_H1 + 1);
		break;
	case PRE:
		state->kind = BLOCK_PRE;
		break;
	case QUOTE:
		state->quote_depth = deeper(state->quote_depth);
		break;
	case DESCRIPTION:
		state->list_depth = deeper(state->list_depth);
		break;
	case LIST:
		open_list(w, index, e);
		break;
	case ITEM:
		open_item(w, node);
		break;
	default:
		break;
	}
}

static void image(struct builder *b, const struct html_node *node)
{
	struct str alt = html_attribute(node, "alt");
	if (!alt.ptr || str_trim(alt).len == 0)
		return;
	build_text(b, STR("["));
	build_text(b, str_trim(alt));
	build_text(b, STR("]"));
}

/* An element without content; true when it was one. */
static bool empty_element(struct builder *b, const struct html_node *node)
{
	switch (elements[node->tag].meaning) {
	case LINE:
		build_line(b);
		return true;
	case WORD_BREAK:
		build_text(b, STR("\u200B"));
		return true;
	case RULE:
		build_rule(b);
		return true;
	case IMAGE:
		image(b, node);
		return true;
	default:
		return false;
	}
}

static bool open_element(struct walk *w, size_t index)
{
	const struct html_node *node = &w->tree.nodes[index];
	if (!array_reserve(&w->open, &w->cap, w->depth + 1, sizeof *w->open))
		return false;
	struct open_element e = {
		.end = node->end,
		.meaning = elements[node->tag].meaning,
		.outer = w->builder.state,
	};
	if (e.meaning != INLINE)
		open_block(w, index, &e);
	if (e.meaning == INLINE || elements[node->tag].flags)
		open_inline(w, node, &e);
	w->open[w->depth++] = e;
	return true;
}

static void close_element(struct walk *w)
{
	const struct open_element *e = &w->open[--w->depth];
	if (e->meaning != INLINE && e->meaning != CELL)
		build_break(&w->builder);
	if (e->has_inline)
		build_inline_close(&w->builder);
	if (e->meaning == ITEM)
		w->builder.item = false;
	w->builder.state = e->outer;
}

static bool walk_tree(struct walk *w)
{
	for (size_t i = 0; i < w->tree.count && !w->builder.failed;) {
		const struct html_node *node = &w->tree.nodes[i];
		while (w->depth > 0 && w->open[w->depth - 1].end <= i)
			close_element(w);
		if (html_is_text(node)) {
			build_text(&w->builder, html_text(node));
			i++;
		} else if (elements[node->tag].meaning == GONE) {
			i = node->end;
		} else if (empty_element(&w->builder, node)) {
			i++;
		} else if (open_element(w, i)) {
			i++;
		} else {
			return false;
		}
	}
	while (w->depth > 0)
		close_element(w);
	return true;
}

/* The parser would show control characters as U+FFFD; here they just go. */
static char *clean_source(struct str html)
{
	struct buffer clean = {0};
	buffer_reserve(&clean, html.len);
	for (size_t i = 0; i < html.len;) {
		uint32_t code;
		i += utf8_decode(html.ptr + i, html.len - i, &code);
		bool white = code >= '\t' && code <= '\r';
		bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
		if (white || !control)
			buffer_utf8(&clean, code == '\v' ? ' ' : code);
	}
	return buffer_take(&clean);
}

static int parse(struct str html, struct html_tree *tree, struct error *error)
{
	char *clean = clean_source(html);
	if (!clean)
		return error_no_memory(error);
	int result = html_parse(str_of(clean), tree, error);
	free(clean);
	return result;
}

struct document *document_from_html(
	struct str html, enum text_direction fallback, struct error *error)
{
	struct walk w = {0};
	if (parse(html, &w.tree, error) < 0)
		return NULL;
	if (build_start(&w.builder, fallback) && !walk_tree(&w))
		w.builder.failed = true;
	struct document *document = build_finish(&w.builder, error);
	free(w.open);
	html_free(&w.tree);
	return document;
}
