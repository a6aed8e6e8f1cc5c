#include "article/html_simple.h"

#include "article/tame.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 60     /* elements inside each other */
#define TAGS_MAX 100000  /* fewer than what taming lets through */
#define NAME_MAX 10      /* bytes of the longest name below */
#define DIGITS_MAX 7     /* of a numeric reference */
#define VALUES_MAX 16    /* attributes of an element */
#define BODY 2           /* its node: <html> and <head> come before */

enum kind {
	PLAIN,     /* an element like any other */
	FORMAT,    /* the tree builder opens it again after misnesting */
	LINK,      /* the same, and ends another that is open */
	BLOCK,     /* ends a paragraph */
	LIST,      /* the same */
	HEADING,   /* the same, and ends another heading */
	PARAGRAPH, /* the same, and may go without an end tag */
	ITEM,      /* may go without an end tag, too */
	PRE,       /* a block that drops a line end at its start */
	LONE,      /* has no content */
	RULE,      /* the same, and ends a paragraph */
};

struct element {
	const char *name;
	GumboTag tag;
	enum kind kind;
};

/* By name. */
static const struct element elements[] = {
	{"a", GUMBO_TAG_A, LINK}, {"abbr", GUMBO_TAG_ABBR, PLAIN},
	{"article", GUMBO_TAG_ARTICLE, BLOCK}, {"aside", GUMBO_TAG_ASIDE, BLOCK},
	{"b", GUMBO_TAG_B, FORMAT}, {"bdi", GUMBO_TAG_BDI, PLAIN}, {"bdo", GUMBO_TAG_BDO, PLAIN},
	{"blockquote", GUMBO_TAG_BLOCKQUOTE, BLOCK}, {"br", GUMBO_TAG_BR, LONE},
	{"cite", GUMBO_TAG_CITE, PLAIN}, {"code", GUMBO_TAG_CODE, FORMAT},
	{"del", GUMBO_TAG_DEL, PLAIN}, {"dfn", GUMBO_TAG_DFN, PLAIN},
	{"div", GUMBO_TAG_DIV, BLOCK}, {"em", GUMBO_TAG_EM, FORMAT},
	{"figcaption", GUMBO_TAG_FIGCAPTION, BLOCK}, {"figure", GUMBO_TAG_FIGURE, BLOCK},
	{"footer", GUMBO_TAG_FOOTER, BLOCK}, {"h1", GUMBO_TAG_H1, HEADING},
	{"h2", GUMBO_TAG_H2, HEADING}, {"h3", GUMBO_TAG_H3, HEADING},
	{"h4", GUMBO_TAG_H4, HEADING}, {"h5", GUMBO_TAG_H5, HEADING},
	{"h6", GUMBO_TAG_H6, HEADING}, {"header", GUMBO_TAG_HEADER, BLOCK},
	{"hr", GUMBO_TAG_HR, RULE}, {"i", GUMBO_TAG_I, FORMAT}, {"img", GUMBO_TAG_IMG, LONE},
	{"ins", GUMBO_TAG_INS, PLAIN}, {"kbd", GUMBO_TAG_KBD, PLAIN},
	{"li", GUMBO_TAG_LI, ITEM}, {"main", GUMBO_TAG_MAIN, BLOCK},
	{"mark", GUMBO_TAG_MARK, PLAIN}, {"ol", GUMBO_TAG_OL, LIST},
	{"p", GUMBO_TAG_P, PARAGRAPH}, {"pre", GUMBO_TAG_PRE, PRE}, {"q", GUMBO_TAG_Q, PLAIN},
	{"s", GUMBO_TAG_S, FORMAT}, {"samp", GUMBO_TAG_SAMP, PLAIN},
	{"section", GUMBO_TAG_SECTION, BLOCK}, {"small", GUMBO_TAG_SMALL, FORMAT},
	{"span", GUMBO_TAG_SPAN, PLAIN}, {"strike", GUMBO_TAG_STRIKE, FORMAT},
	{"strong", GUMBO_TAG_STRONG, FORMAT}, {"sub", GUMBO_TAG_SUB, PLAIN},
	{"sup", GUMBO_TAG_SUP, PLAIN}, {"time", GUMBO_TAG_TIME, PLAIN},
	{"u", GUMBO_TAG_U, FORMAT}, {"ul", GUMBO_TAG_UL, LIST}, {"var", GUMBO_TAG_VAR, PLAIN},
};

static const struct {
	struct str name; /* with its ";" */
	struct str text;
} references[] = {
	{{"amp;", 4}, {"&", 1}}, {{"lt;", 3}, {"<", 1}}, {{"gt;", 3}, {">", 1}},
	{{"quot;", 5}, {"\"", 1}}, {{"apos;", 5}, {"'", 1}}, {{"nbsp;", 5}, {"\xc2\xa0", 2}},
	{{"ndash;", 6}, {"–", 3}}, {{"mdash;", 6}, {"—", 3}}, {{"hellip;", 7}, {"…", 3}},
	{{"laquo;", 6}, {"«", 2}}, {{"raquo;", 6}, {"»", 2}}, {{"lsquo;", 6}, {"‘", 3}},
	{{"rsquo;", 6}, {"’", 3}}, {{"ldquo;", 6}, {"“", 3}}, {{"rdquo;", 6}, {"”", 3}},
	{{"zwnj;", 5}, {"\xe2\x80\x8c", 3}}, {{"copy;", 5}, {"©", 2}},
};

struct open_element {
	const struct element *element;
	uint32_t node;
};

struct simple {
	struct str in;
	size_t at;
	struct html_tree *tree;
	size_t used; /* bytes of tree->source; never more than have been read */
	struct open_element stack[DEPTH_MAX];
	size_t depth, tags;
	bool open[sizeof elements / sizeof *elements]; /* FORMAT, LINK, PARAGRAPH */
	bool heading, paragraph;
};

/* ---- characters ---- */

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static char peek(const struct simple *s)
{
	return s->at < s->in.len ? s->in.ptr[s->at] : '\0';
}

/* One that neither taming nor the tree builder would change. */
static bool is_usual(uint32_t cp)
{
	bool control = (cp < 0x20 && cp != '\t' && cp != '\n') || (cp >= 0x7F && cp < 0xA0);
	bool none = (cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF) || cp == 0xFEFF ||
		(cp >= 0xD800 && cp <= 0xDFFF) || cp > 0x10FFFF;
	return !control && !none;
}

/* Bytes of the character at i; 0: it is none of these. */
static size_t usual_at(struct str text, size_t i)
{
	unsigned char c = (unsigned char)text.ptr[i];
	uint32_t cp;
	if (c >= ' ' && c < 0x7F)
		return 1;
	if (c >= 0xC3 && c <= 0xDF && i + 1 < text.len &&
			((unsigned char)text.ptr[i + 1] & 0xC0) == 0x80)
		return 2;
	size_t n = utf8_decode(text.ptr + i, text.len - i, &cp);
	bool broken = cp == UTF8_REPLACEMENT && c != 0xEF;
	return broken || (cp == UTF8_REPLACEMENT && n < 3) || !is_usual(cp) ? 0 : n;
}

static void add(struct simple *s, struct str text)
{
	memcpy(s->tree->source + s->used, text.ptr, text.len);
	s->used += text.len;
}

/* s->at is behind "&#". */
static bool numeric_reference(struct simple *s)
{
	bool hex = peek(s) == 'x' || peek(s) == 'X';
	uint32_t value = 0, base = hex ? 16 : 10;
	size_t count = 0;
	for (s->at += hex; count <= DIGITS_MAX; count++, s->at++) {
		char c = peek(s);
		uint32_t digit = c >= '0' && c <= '9' ? (uint32_t)(c - '0')
			: c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
			: c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10 : 16;
		if (digit >= base)
			break;
		value = value * base + digit;
	}
	if (count == 0 || count > DIGITS_MAX || peek(s) != ';' || value <= ' ' || !is_usual(value))
		return false;
	s->at++;
	s->used += utf8_encode(value, s->tree->source + s->used);
	return true;
}

/* s->at is at "&". */
static bool reference(struct simple *s)
{
	struct str rest = str_slice(s->in, ++s->at, s->in.len);
	if (is_space(peek(s))) {
		add(s, STR("&"));
		return true;
	}
	if (peek(s) == '#') {
		s->at++;
		return numeric_reference(s);
	}
	for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
		if (!str_starts(rest, references[i].name))
			continue;
		s->at += references[i].name.len;
		add(s, references[i].text);
		return true;
	}
	return false;
}

/* Copies up to `end`, which is not part of it, or to the end of the source. */
static bool copy_until(struct simple *s, char end)
{
	size_t start = s->at;
	while (s->at < s->in.len && s->in.ptr[s->at] != end) {
		if (s->in.ptr[s->at] == '&') {
			add(s, str_slice(s->in, start, s->at));
			if (!reference(s))
				return false;
			start = s->at;
			continue;
		}
		size_t n = usual_at(s->in, s->at);
		if (n == 0)
			return false;
		s->at += n;
	}
	add(s, str_slice(s->in, start, s->at));
	return true;
}

/* Ends what began at `start`; its NUL takes the place of the sign that ended it. */
static struct str copied(struct simple *s, size_t start)
{
	struct str text = {s->tree->source + start, s->used - start};
	s->tree->source[s->used++] = '\0';
	return text;
}

/* ---- tags ---- */

static const struct element *take_name(struct simple *s)
{
	char name[NAME_MAX + 1];
	size_t len = 0;
	for (; len <= NAME_MAX; len++, s->at++) {
		char c = peek(s);
		bool upper = c >= 'A' && c <= 'Z';
		if (!upper && !(c >= 'a' && c <= 'z') && !(len > 0 && c >= '0' && c <= '9'))
			break;
		if (len < NAME_MAX)
			name[len] = upper ? (char)(c + ('a' - 'A')) : c;
	}
	if (len > NAME_MAX)
		return NULL;
	name[len] = '\0';
	size_t low = 0, high = sizeof elements / sizeof *elements;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(elements[middle].name, name);
		if (order == 0)
			return &elements[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		c == '-' || c == '_' || c == ':';
}

/* name="value".  Those that taming drops are dropped. */
static bool attribute(struct simple *s, enum kind kind)
{
	size_t start = s->at;
	while (is_name_char(peek(s)))
		s->at++;
	struct str name = str_slice(s->in, start, s->at);
	if (name.len == 0 || peek(s) != '=')
		return false;
	s->at++;
	char quote = peek(s);
	if (quote != '"' && quote != '\'')
		return false;
	s->at++;
	size_t from = s->used;
	if (!copy_until(s, quote) || peek(s) != quote)
		return false;
	s->at++;
	const char *kept = tame_attribute(name, kind == FORMAT);
	const struct html_node *node = &s->tree->nodes[s->tree->count - 1];
	if (node->len == VALUES_MAX)
		return false;
	if (!kept) {
		s->used = from;
		return true;
	}
	return html_add_value(s->tree, kept, copied(s, from));
}

/* The rest of a start tag, ">" included. */
static bool attributes(struct simple *s, enum kind kind)
{
	for (;;) {
		size_t before = s->at;
		while (is_space(peek(s)))
			s->at++;
		char c = peek(s);
		if (c == '/') {
			s->at++;
			return (kind == LONE || kind == RULE) && peek(s) == '>' && ++s->at;
		}
		if (c == '>') {
			s->at++;
			return true;
		}
		if (before == s->at || !attribute(s, kind))
			return false;
	}
}

/* ---- the tree ---- */

static const struct element *top(const struct simple *s)
{
	return s->depth > 0 ? s->stack[s->depth - 1].element : NULL;
}

static bool top_is(const struct simple *s, enum kind kind)
{
	return s->depth > 0 && top(s)->kind == kind;
}

static uint32_t parent(const struct simple *s)
{
	return s->depth > 0 ? s->stack[s->depth - 1].node : BODY;
}

static void pop(struct simple *s)
{
	const struct element *e = top(s);
	uint32_t node = s->stack[--s->depth].node;
	s->tree->nodes[node].end = (uint32_t)s->tree->count;
	s->open[e - elements] = false;
	s->heading &= e->kind != HEADING;
	s->paragraph &= e->kind != PARAGRAPH;
}

/* Ends what the start tag of `e` ends.  False: it is not so simple. */
static bool make_way(struct simple *s, const struct element *e)
{
	if (e->kind == FORMAT || e->kind == LINK)
		return !s->open[e - elements];
	if (e->kind == PLAIN || e->kind == LONE)
		return true;
	if (top_is(s, PARAGRAPH))
		pop(s);
	if (e->kind == ITEM && top_is(s, ITEM))
		pop(s);
	return !s->paragraph && !(e->kind == HEADING && s->heading) &&
		(e->kind != ITEM || top_is(s, LIST));
}

static bool start_tag(struct simple *s, const struct element *e)
{
	if (++s->tags > TAGS_MAX || !make_way(s, e))
		return false;
	uint32_t node = (uint32_t)s->tree->count;
	if (!html_add_node(s->tree, e->tag, parent(s), (struct str){NULL, 0}) ||
			!attributes(s, e->kind))
		return false;
	if (e->kind == LONE || e->kind == RULE)
		return true;
	if (s->depth == DEPTH_MAX || (e->kind == PRE && (peek(s) == '\n' || peek(s) == '&')))
		return false;
	s->stack[s->depth++] = (struct open_element){e, node};
	s->open[e - elements] = true;
	s->heading |= e->kind == HEADING;
	s->paragraph |= e->kind == PARAGRAPH;
	return true;
}

static bool end_tag(struct simple *s, const struct element *e)
{
	bool block = e->kind == BLOCK || e->kind == LIST || e->kind == PRE;
	if (++s->tags > TAGS_MAX || peek(s) != '>')
		return false;
	s->at++;
	while ((block && (top_is(s, PARAGRAPH) || top_is(s, ITEM))) ||
			(e->kind == ITEM && top_is(s, PARAGRAPH)))
		pop(s);
	if (top(s) != e)
		return false;
	pop(s);
	return true;
}

static bool tag(struct simple *s)
{
	bool end = ++s->at < s->in.len && peek(s) == '/';
	s->at += end;
	const struct element *e = take_name(s);
	return e && (end ? end_tag(s, e) : start_tag(s, e));
}

static bool text(struct simple *s)
{
	size_t start = s->used;
	if (!copy_until(s, '<'))
		return false;
	if (s->used == start)
		return true;
	return html_add_node(s->tree, GUMBO_TAG_LAST, parent(s), copied(s, start));
}

static bool build(struct simple *s)
{
	static const GumboTag frame[] = {GUMBO_TAG_HTML, GUMBO_TAG_HEAD, GUMBO_TAG_BODY};
	for (size_t i = 0; i < 3; i++) {
		if (!html_add_node(s->tree, frame[i], 0, (struct str){NULL, 0}))
			return false;
	}
	/* Blanks before the body are not of it. */
	if (str_starts(s->in, STR("<body>")))
		s->at = 6;
	else
		while (is_space(peek(s)))
			s->at++;
	while (s->at < s->in.len) {
		if (!(peek(s) == '<' ? tag(s) : text(s)))
			return false;
	}
	while (s->depth > 0)
		pop(s);
	s->tree->nodes[0].end = s->tree->nodes[BODY].end = (uint32_t)s->tree->count;
	html_place_values(s->tree);
	return true;
}

bool html_parse_simple(struct str html, struct html_tree *tree)
{
	struct simple s = {.in = html, .tree = tree};
	*tree = (struct html_tree){0};
	if (html.len >= UINT32_MAX)
		return false;
	/* The NUL of a text at the end is one more. */
	tree->source = malloc(html.len + 1);
	if (tree->source && build(&s))
		return true;
	html_free(tree);
	return false;
}
