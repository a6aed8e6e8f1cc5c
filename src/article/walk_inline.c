#include "article/walk.h"

#include "article/words.h"
#include "base/utf8.h"

#include <string.h>

/* ---- raised and lowered text ---- */

enum { RAISED_NODES = 32, RAISED_BYTES = 48 };

static const struct {
	uint32_t code, super, sub;
} scripts[] = {
	{'0', 0x2070, 0x2080},
	{'1', 0xB9, 0x2081},
	{'2', 0xB2, 0x2082},
	{'3', 0xB3, 0x2083},
	{'4', 0x2074, 0x2084},
	{'5', 0x2075, 0x2085},
	{'6', 0x2076, 0x2086},
	{'7', 0x2077, 0x2087},
	{'8', 0x2078, 0x2088},
	{'9', 0x2079, 0x2089},
	{'+', 0x207A, 0x208A},
	{'-', 0x207B, 0x208B},
	{0x2212, 0x207B, 0x208B},
	{'=', 0x207C, 0x208C},
	{'(', 0x207D, 0x208D},
	{')', 0x207E, 0x208E},
	{'n', 0x207F, 0},
	{'i', 0x2071, 0},
};

/* 0 when there is none. */
static uint32_t raise_code(uint32_t code, const char *raised)
{
	for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
		if (scripts[i].code == code)
			return raised[2] == 'p' ? scripts[i].super : scripts[i].sub;
	}
	return 0;
}

/* The text of a small element; false when it is not small.  *link: there is one in it. */
static bool small_text(
	const struct html_tree *tree, size_t node, char *out, size_t size, bool *link)
{
	size_t len = 0;
	*link = false;
	if (tree->nodes[node].end - node > RAISED_NODES)
		return false;
	for (size_t i = node + 1; i < tree->nodes[node].end; i++) {
		struct str text = html_text(&tree->nodes[i]);
		*link |= tree->nodes[i].tag == GUMBO_TAG_A;
		if (html_is_block(tree->nodes[i].tag) || len + text.len >= size)
			return false;
		memcpy(out + len, text.ptr, text.len);
		len += text.len;
	}
	out[len] = '\0';
	return true;
}

static bool all_raise(struct str text, const char *raised)
{
	for (size_t i = 0; i < text.len;) {
		uint32_t code;
		i += utf8_decode(text.ptr + i, text.len - i, &code);
		if (!raise_code(code, raised))
			return false;
	}
	return text.len > 0;
}

/* 1st, 2nd: what stands after a number needs no sign. */
static bool is_ordinal(struct str text)
{
	static const char *const endings[] = {"st", "nd", "rd", "th", "er", "re", "e", "o", "a",
		"\u00E8re", "\u00BA", "\u00AA", "TM", "\u2122", "\u00AE"};
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		if (str_equal_nocase(text, str_of(endings[i])))
			return true;
	}
	return false;
}

/* As characters of Unicode where all have one; a note as "[*]"; else as "^(x)", "_(x)". */
static void open_raised(struct walk *w, struct open_element *e)
{
	char small[RAISED_BYTES];
	bool link;
	const char *raised = w->tree.nodes[e->node].tag == GUMBO_TAG_SUP ? "sup" : "sub";
	bool is_small = small_text(&w->tree, e->node, small, sizeof small, &link);
	struct str text = str_trim(str_of(is_small ? small : ""));
	if (w->raised || !is_small || text.len == 0 || is_ordinal(text))
		return;
	if (all_raise(text, raised)) {
		/* A sign would part from its number after Arabic letters (UAX #9, W2 and W4). */
		if (strchr("+-=", text.ptr[0]) || (unsigned char)text.ptr[0] >= 0x80)
			build_text(&w->builder, STR("\u200E"));
		w->raised = raised;
		e->raises = true;
		return;
	}
	bool enclosed = str_starts(text, STR("[")) || str_starts(text, STR("("));
	if (enclosed)
		return;
	if (link) {
		build_text(&w->builder, STR("["));
		e->after = STR("]");
	} else {
		build_text(&w->builder, raised[2] == 'p' ? STR("^(") : STR("_("));
		e->after = STR(")");
	}
}

void walk_text(struct walk *w, struct str text)
{
	if (!w->raised) {
		build_text(&w->builder, text);
		return;
	}
	for (size_t i = 0; i < text.len;) {
		uint32_t code;
		char bytes[4];
		i += utf8_decode(text.ptr + i, text.len - i, &code);
		uint32_t raised = raise_code(code, w->raised);
		size_t len = utf8_encode(raised ? raised : code, bytes);
		build_text(&w->builder, (struct str){bytes, len});
	}
}

/* ---- links, pictures, media ---- */

bool walk_target(const struct walk *w, const struct html_node *node, struct build_target *target)
{
	struct str href = html_attribute(node, "href"), type = html_attribute(node, "type");
	if (!href.ptr)
		return false;
	*target = (struct build_target){.href = href, .type = type.ptr ? type : STR("")};
	if (walk_place_of(w, href, &target->place)) {
		target->kind = LINK_PLACE;
		return true;
	}
	target->kind = build_link_kind(href, target->type);
	return build_is_link(href);
}

static const char *word_of(enum link_kind kind, const char *language)
{
	static const enum word words[] = {
		[LINK_IMAGE] = WORD_IMAGE,
		[LINK_AUDIO] = WORD_AUDIO,
		[LINK_VIDEO] = WORD_VIDEO,
		[LINK_FILE] = WORD_FILE,
	};
	return words_of(words[kind], language);
}

static bool is_medium(enum link_kind kind)
{
	return kind == LINK_IMAGE || kind == LINK_AUDIO || kind == LINK_VIDEO || kind == LINK_FILE;
}

bool walk_medium(struct walk *w, size_t node, const struct build_target *target)
{
	char small[64];
	bool link;
	if (!is_medium(target->kind))
		return false;
	struct builder *b = &w->builder;
	const char *word = word_of(target->kind, b->document->language);
	bool is_small = small_text(&w->tree, node, small, sizeof small, &link);
	struct str text = str_trim(str_of(is_small ? small : "x"));
	if (str_starts(text, STR("[")))
		text = str_trim(str_slice(text, 1, text.len - str_ends(text, STR("]"))));
	build_text(b, STR("["));
	build_text(b, str_of(word));
	build_text(b, STR("]"));
	if (text.len == 0 || str_equal(text, str_of(word)) ||
		str_equal_nocase(text, str_of(word_of(target->kind, ""))))
		return true;
	build_text(b, STR(" "));
	return false;
}

/* The words for a picture: its text, else the word for picture where it is one to look at. */
static struct str picture_text(const struct walk *w, const struct html_node *node, bool is_link)
{
	struct str alt = html_attribute(node, "alt"), title = html_attribute(node, "title");
	bool decoration = alt.ptr && str_trim(alt).len == 0;
	if (alt.ptr && !decoration)
		return str_trim(alt);
	if (title.ptr && str_trim(title).len > 0)
		return str_trim(title);
	bool in_figure = false;
	for (size_t i = w->depth; i > 0 && !in_figure; i--)
		in_figure = w->tree.nodes[w->open[i - 1].node].tag == GUMBO_TAG_FIGURE;
	return is_link && (!decoration || in_figure)
		       ? str_of(word_of(LINK_IMAGE, w->builder.document->language))
		       : STR("");
}

/* Whether a link that is open leads to this address already. */
static bool is_linked(const struct builder *b, struct str address)
{
	for (size_t i = 0; i < b->inline_count; i++) {
		if (b->inlines[i].flags & SPAN_LINK &&
			str_equal(str_trim(b->inlines[i].target.href), str_trim(address)))
			return true;
	}
	return false;
}

void walk_image(struct walk *w, const struct html_node *node)
{
	struct builder *b = &w->builder;
	struct str src = html_attribute(node, "src");
	bool is_link = src.ptr && build_is_link(src) && build_link_kind(src, STR("")) != LINK_MAIL;
	struct str text = picture_text(w, node, is_link);
	if (text.len == 0)
		return;
	struct build_target target = {
		.href = is_link ? src : STR(""), .type = STR("image/*"), .kind = LINK_IMAGE};
	unsigned flags = SPAN_IMAGE;
	if (is_link && !is_linked(b, src))
		flags |= SPAN_LINK;
	build_inline_open(b, flags, TEXT_AUTO, &target);
	build_text(b, STR("["));
	build_text(b, text);
	build_text(b, STR("]"));
	build_inline_close(b);
}

/* ---- other elements of text ---- */

void walk_open_text(struct walk *w, struct open_element *e)
{
	const struct html_node *node = &w->tree.nodes[e->node];
	enum text_direction direction;
	if (e->meaning == RAISED) {
		open_raised(w, e);
	} else if (e->meaning == RUBY) {
		build_text(&w->builder, STR("("));
		e->after = STR(")");
	} else if (e->meaning == QUOTED) {
		build_text(&w->builder, STR("\u201C"));
		e->after = STR("\u201D");
	} else if (node->tag == GUMBO_TAG_BDO && walk_direction(node, &direction) &&
		   direction != TEXT_AUTO) {
		build_inline_override(&w->builder, direction);
	}
}

static uint64_t hash(struct str text)
{
	uint64_t value = 14695981039346656037u; /* FNV-1a */
	for (size_t i = 0; i < text.len; i++)
		value = (value ^ (unsigned char)text.ptr[i]) * 1099511628211u;
	return value;
}

/* What an abbreviation stands for is told once. */
static void explain(struct walk *w, struct str title)
{
	title = str_trim(title);
	uint64_t value = hash(title);
	for (size_t i = 0; i < w->known_count; i++) {
		if (w->known[i] == value)
			return;
	}
	if (title.len == 0 || w->known_count == sizeof w->known / sizeof *w->known)
		return;
	w->known[w->known_count++] = value;
	build_text(&w->builder, STR(" ("));
	build_text(&w->builder, title);
	build_text(&w->builder, STR(")"));
}

void walk_close_text(struct walk *w, const struct open_element *e)
{
	if (e->after.len > 0)
		build_text(&w->builder, e->after);
	if (e->raises)
		w->raised = NULL;
	if (e->meaning != ABBREVIATION)
		return;
	struct str title = html_attribute(&w->tree.nodes[e->node], "title");
	if (title.ptr)
		explain(w, title);
}
