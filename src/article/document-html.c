/* HTML to a document: what each element means for a reader. */
#include "article/address.h"
#include "article/language.h"
#include "article/marker.h"
#include "article/walk.h"
#include "article/words.h"
#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static const struct element elements[GUMBO_TAG_LAST + 1] = {
	[GUMBO_TAG_HTML] = {BLOCK, 0},
	[GUMBO_TAG_BODY] = {BLOCK, 0},
	[GUMBO_TAG_P] = {BLOCK, 0},
	[GUMBO_TAG_DIV] = {BLOCK, 0},
	[GUMBO_TAG_SECTION] = {BLOCK, 0},
	[GUMBO_TAG_ARTICLE] = {BLOCK, 0},
	[GUMBO_TAG_MAIN] = {BLOCK, 0},
	[GUMBO_TAG_HEADER] = {BLOCK, 0},
	[GUMBO_TAG_FOOTER] = {SOURCE, 0},
	[GUMBO_TAG_ASIDE] = {BLOCK, 0},
	[GUMBO_TAG_NAV] = {BLOCK, 0},
	[GUMBO_TAG_ADDRESS] = {BLOCK, 0},
	[GUMBO_TAG_HGROUP] = {BLOCK, 0},
	[GUMBO_TAG_DL] = {BLOCK, 0},
	[GUMBO_TAG_FIGURE] = {BLOCK, 0},
	[GUMBO_TAG_FIGCAPTION] = {CAPTION, 0},
	[GUMBO_TAG_FORM] = {BLOCK, 0},
	[GUMBO_TAG_FIELDSET] = {BLOCK, 0},
	[GUMBO_TAG_LEGEND] = {BLOCK, 0},
	[GUMBO_TAG_DETAILS] = {BLOCK, 0},
	[GUMBO_TAG_SUMMARY] = {DETAILS, 0},
	[GUMBO_TAG_CENTER] = {BLOCK, 0},
	[GUMBO_TAG_TABLE] = {TABLE, 0},
	[GUMBO_TAG_CAPTION] = {CAPTION, 0},
	[GUMBO_TAG_TR] = {ROW, 0},
	[GUMBO_TAG_THEAD] = {GROUP, 0},
	[GUMBO_TAG_TBODY] = {GROUP, 0},
	[GUMBO_TAG_TFOOT] = {GROUP, 0},
	[GUMBO_TAG_TD] = {CELL, 0},
	[GUMBO_TAG_TH] = {CELL, SPAN_STRONG | SPAN_HEADER},
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
	[GUMBO_TAG_DT] = {TERM, 0},
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
	[GUMBO_TAG_MARK] = {INLINE, SPAN_MARK},
	[GUMBO_TAG_BDI] = {INLINE, SPAN_ISOLATE},
	[GUMBO_TAG_SUP] = {RAISED, 0},
	[GUMBO_TAG_SUB] = {RAISED, 0},
	[GUMBO_TAG_RT] = {RUBY, 0},
	[GUMBO_TAG_RP] = {GONE, 0},
	[GUMBO_TAG_ABBR] = {ABBREVIATION, 0},
	[GUMBO_TAG_Q] = {QUOTED, 0},
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

/* ---- attributes ---- */

bool walk_direction(const struct html_node *node, enum text_direction *direction)
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

/* ---- elements ---- */

static void open_inline(struct walk *w, struct open_element *e)
{
	const struct html_node *node = &w->tree.nodes[e->node];
	unsigned flags = elements[node->tag].flags;
	bool starts_block = e->meaning > GONE && e->meaning < RAISED;
	enum text_direction direction = flags & SPAN_CODE ? TEXT_LTR : TEXT_AUTO;
	struct build_target target = {.href = {"", 0}};
	if (w->builder.state.kind == BLOCK_PRE && flags & SPAN_CODE)
		flags &= ~(unsigned)SPAN_ISOLATE;
	if (!starts_block && e->meaning != BLOCK && walk_direction(node, &direction))
		flags |= SPAN_ISOLATE;
	if (flags & SPAN_LINK && !walk_target(w, node, &target))
		flags &= ~(unsigned)SPAN_LINK;
	if (!(flags & SPAN_ISOLATE))
		direction = TEXT_AUTO;
	e->has_inline = flags != 0;
	if (e->has_inline)
		build_inline_open(&w->builder, flags, direction, &target);
	if (flags & SPAN_LINK)
		e->said = walk_medium(w, e->node, &target);
}

static void open_cell(struct walk *w, const struct html_node *node)
{
	long columns = 1, rows = 1;
	walk_number(node, "colspan", &columns);
	walk_number(node, "rowspan", &rows);
	build_cell_start(&w->builder, columns, rows, node->tag == GUMBO_TAG_TH);
}

static void open_rows(struct walk *w, struct open_element *e)
{
	const struct open_element *table = walk_innermost(w, TABLE);
	struct build_state *state = &w->builder.state;
	if (e->meaning == TABLE) {
		e->in_data = walk_is_data(&w->tree, e->node);
		build_break(&w->builder);
		if (!e->in_data)
			return;
		state->kind = BLOCK_PARAGRAPH;
		state->level = 0;
		build_table_start(&w->builder, state->direction);
	} else if (!table || !table->in_data) {
		build_break(&w->builder);
	} else if (e->meaning == GROUP) {
		build_table_group(&w->builder);
	} else if (e->meaning == ROW) {
		build_row_start(&w->builder);
	} else {
		open_cell(w, &w->tree.nodes[e->node]);
	}
}

/* Elements that do no more than set the kind of the blocks in them. */
static bool set_kind(struct build_state *state, const struct html_node *node, enum meaning meaning)
{
	static const struct {
		enum meaning meaning;
		enum block_kind kind;
	} kinds[] = {{HEADING, BLOCK_HEADING}, {PRE, BLOCK_PRE}, {TERM, BLOCK_TERM},
		{CAPTION, BLOCK_CAPTION}, {DETAILS, BLOCK_DETAILS}, {SOURCE, BLOCK_SOURCE}};
	if (meaning == SOURCE && state->quote_depth == 0)
		return true;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (kinds[i].meaning != meaning)
			continue;
		state->kind = kinds[i].kind;
		state->level = meaning == HEADING ? (uint8_t)(node->tag - GUMBO_TAG_H1 + 1) : 0;
		return true;
	}
	return false;
}

static void open_block(struct walk *w, struct open_element *e)
{
	const struct html_node *node = &w->tree.nodes[e->node];
	struct build_state *state = &w->builder.state;
	bool in_rows = e->meaning >= TABLE && e->meaning <= CELL;
	if (!in_rows)
		build_break(&w->builder);
	walk_direction(node, &state->direction);
	if (in_rows)
		open_rows(w, e);
	else if (e->meaning == LIST)
		walk_open_list(w, e);
	else if (e->meaning == ITEM)
		walk_open_item(w, node);
	else if (e->meaning == QUOTE)
		state->quote_depth = walk_deeper(state->quote_depth);
	else if (e->meaning == DESCRIPTION)
		state->list_depth = walk_deeper(state->list_depth);
	else
		set_kind(state, node, e->meaning);
}

/* Where a quotation is from: "- host", a link. */
static void write_source(struct walk *w, const struct open_element *e)
{
	struct builder *b = &w->builder;
	const struct document *d = b->document;
	struct build_target target = {
		.href = html_attribute(&w->tree.nodes[e->node], "cite"), .type = STR("")};
	if (!target.href.ptr || !build_is_link(target.href) || b->table.in_row)
		return;
	target.kind = build_link_kind(target.href, target.type);
	if (d->link_count > 0 &&
		str_equal(str_of(d->links[d->link_count - 1].url), str_trim(target.href)))
		return;
	struct buffer host = {0};
	address_host(target.href, &host);
	b->state.kind = BLOCK_SOURCE;
	if (host.len > 0) {
		build_text(b, STR("\u2014 "));
		build_inline_open(b, SPAN_LINK | SPAN_ISOLATE, TEXT_LTR, &target);
		build_text(b, buffer_view(&host));
		build_inline_close(b);
	}
	build_break(b);
	buffer_free(&host);
}

/* An element without content; true when it was one. */
static bool empty_element(struct walk *w, const struct html_node *node)
{
	switch (elements[node->tag].meaning) {
	case LINE:
		build_line(&w->builder);
		return true;
	case WORD_BREAK:
		build_text(&w->builder, STR("\u200B"));
		return true;
	case RULE:
		build_rule(&w->builder);
		return true;
	case IMAGE:
		walk_image(w, node);
		return true;
	default:
		return false;
	}
}

static bool is_inline(enum meaning meaning)
{
	return meaning == INLINE || meaning >= RAISED;
}

static void set_language(struct walk *w, const struct html_node *node)
{
	struct str language = html_attribute(node, "lang");
	if (language.ptr && language.len > 0)
		w->builder.state.script = (uint8_t)marker_script_of(str_trim(language));
}

static bool open_element(struct walk *w, size_t index)
{
	const struct html_node *node = &w->tree.nodes[index];
	if (!array_reserve(&w->open, &w->cap, w->depth + 1, sizeof *w->open))
		return false;
	struct open_element e = {
		.node = index,
		.end = node->end,
		.meaning = elements[node->tag].meaning,
		.outer = w->builder.state,
		.after = {"", 0},
	};
	set_language(w, node);
	if (!is_inline(e.meaning))
		open_block(w, &e);
	walk_pass_place(w, index);
	if (is_inline(e.meaning) || elements[node->tag].flags)
		open_inline(w, &e);
	if (is_inline(e.meaning))
		walk_open_text(w, &e);
	w->open[w->depth++] = e;
	return true;
}

static void close_rows(struct walk *w, const struct open_element *e)
{
	struct builder *b = &w->builder;
	const struct open_element *table = e->meaning == TABLE ? e : walk_innermost(w, TABLE);
	if (!table || !table->in_data)
		build_break(b);
	else if (e->meaning == TABLE)
		build_table_end(b);
	else if (e->meaning == ROW)
		build_row_end(b);
	else if (e->meaning == CELL)
		build_cell_end(b);
}

static void close_element(struct walk *w)
{
	const struct open_element *e = &w->open[--w->depth];
	struct builder *b = &w->builder;
	if (is_inline(e->meaning))
		walk_close_text(w, e);
	else if (e->meaning >= TABLE && e->meaning <= CELL)
		close_rows(w, e);
	else
		build_break(b);
	if (e->has_inline)
		build_inline_close(b);
	if (e->meaning == ITEM)
		b->item = false;
	if (e->meaning == QUOTE)
		write_source(w, e);
	b->state = e->outer;
}

static bool walk_tree(struct walk *w)
{
	for (size_t i = 0; i < w->tree.count && !w->builder.failed;) {
		const struct html_node *node = &w->tree.nodes[i];
		while (w->depth > 0 && w->open[w->depth - 1].end <= i)
			close_element(w);
		if (html_is_text(node)) {
			walk_text(w, html_text(node));
			i++;
		} else if (elements[node->tag].meaning == GONE) {
			i = node->end;
		} else if (empty_element(w, node)) {
			walk_pass_place(w, i++);
		} else if (open_element(w, i)) {
			i = w->open[w->depth - 1].said ? node->end : i + 1;
		} else {
			return false;
		}
	}
	while (w->depth > 0)
		close_element(w);
	return true;
}

/* ---- language ---- */

/* The language that the root says, else that of the first letters. */
static const char *language_of(const struct html_tree *tree, struct str told)
{
	enum { LETTERS_FEW = 20, LETTERS_ENOUGH = 4000 };
	for (size_t i = 0; i < tree->count && i < 8 && told.len == 0; i++) {
		struct str said = html_attribute(&tree->nodes[i], "lang");
		if (said.ptr)
			told = str_trim(said);
	}
	const char *known = words_language(told);
	if (known[0] || told.len > 0)
		return known;
	struct buffer text = {0};
	for (size_t i = 0; i < tree->count && text.len < LETTERS_ENOUGH; i++) {
		if (html_is_text(&tree->nodes[i]))
			buffer_str(&text, str_slice(html_text(&tree->nodes[i]), 0, LETTERS_ENOUGH));
	}
	known = text.len > LETTERS_FEW ? language_guess(buffer_view(&text)) : "";
	buffer_free(&text);
	return known;
}

/* The parser would show control characters as U+FFFD; here they just go. */
static char *clean_source(struct str html)
{
	struct buffer clean = {0};
	buffer_reserve(&clean, html.len);
	for (size_t i = 0; i < html.len;) {
		uint32_t code;
		size_t plain = build_plain(str_slice(html, i, html.len));
		buffer_add(&clean, html.ptr + i, plain);
		i += plain;
		if (i == html.len)
			break;
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

static struct document *make(struct str html, struct str language, enum text_direction fallback,
	bool numbered, struct error *error)
{
	struct walk w = {0};
	if (parse(html, &w.tree, error) < 0)
		return NULL;
	if (build_start(&w.builder, fallback)) {
		const char *known = language_of(&w.tree, language);
		w.builder.document->language = known;
		w.builder.numbered = numbered;
		w.builder.state.script = (uint8_t)marker_script_of(str_of(known));
		w.builder.failed = !walk_find_places(&w) || !walk_tree(&w) || w.builder.failed;
	}
	struct document *document = build_finish(&w.builder, w.offsets, error);
	free(w.open);
	free(w.places);
	free(w.offsets);
	html_free(&w.tree);
	return document;
}

struct document *document_from_html_in(
	struct str html, struct str language, enum text_direction fallback, struct error *error)
{
	return make(html, language, fallback, false, error);
}

struct document *document_from_html_numbered(
	struct str html, struct str language, enum text_direction fallback, struct error *error)
{
	return make(html, language, fallback, true, error);
}

struct document *document_from_html(
	struct str html, enum text_direction fallback, struct error *error)
{
	return document_from_html_in(html, STR(""), fallback, error);
}
