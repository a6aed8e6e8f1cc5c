#include "article/html.h"

#include "article/tame.h"
#include "base/array.h"
#include "base/buffer.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK ((size_t)256 << 10)      /* bytes the parser's memory grows by, at least */
#define MEMORY_MAX ((size_t)768 << 20) /* bytes a page's tree may take */

/*
 * The parser takes memory from here and gives none back before the end: its own
 * way to free a tree is recursive, and it does not look whether it got memory.
 */
struct chunk {
	struct chunk *before;
	size_t used, size;
	_Alignas(16) char data[];
};

struct memory {
	struct chunk *last;
	size_t total;
	bool exhausted; /* over MEMORY_MAX, not just short of memory */
	jmp_buf escape;
};

static void *memory_take(void *user, size_t size)
{
	struct memory *m = user;
	size = (size + 15) & ~(size_t)15;
	if (!m->last || m->last->size - m->last->used < size) {
		size_t room = size > CHUNK ? size : CHUNK;
		m->exhausted = m->total + room > MEMORY_MAX;
		struct chunk *chunk = m->exhausted ? NULL : malloc(sizeof *chunk + room);
		if (!chunk)
			longjmp(m->escape, 1);
		*chunk = (struct chunk){.before = m->last, .size = room};
		m->last = chunk;
		m->total += room;
	}
	void *taken = m->last->data + m->last->used;
	m->last->used += size;
	return taken;
}

static void memory_give_back(void *user, void *block)
{
	(void)user;
	(void)block;
}

static void memory_free(struct memory *m)
{
	struct chunk *chunk = m ? m->last : NULL;
	while (chunk) {
		struct chunk *before = chunk->before;
		free(chunk);
		chunk = before;
	}
	free(m);
}

static GumboOutput *parse(struct memory *m, struct str source)
{
	if (setjmp(m->escape))
		return NULL;
	GumboOptions options = kGumboDefaultOptions;
	options.allocator = memory_take;
	options.deallocator = memory_give_back;
	options.userdata = m;
	options.max_errors = 0;
	return gumbo_parse_with_options(&options, source.ptr, source.len);
}

/* ---- the array ---- */

static const GumboVector *children_of(const GumboNode *node)
{
	return node->type == GUMBO_NODE_ELEMENT ? &node->v.element.children : NULL;
}

static bool wanted(const GumboNode *node)
{
	return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEXT ||
		node->type == GUMBO_NODE_WHITESPACE;
}

static bool append(struct html_tree *tree, const GumboNode *gumbo, uint32_t parent)
{
	if (tree->count >= UINT32_MAX ||
			!array_reserve(&tree->nodes, &tree->cap, tree->count + 1, sizeof *tree->nodes))
		return false;
	bool element = gumbo->type == GUMBO_NODE_ELEMENT;
	tree->nodes[tree->count] = (struct html_node){
		.gumbo = gumbo,
		.tag = element ? gumbo->v.element.tag : GUMBO_TAG_LAST,
		.parent = parent,
		.len = element ? 0 : (uint32_t)strlen(gumbo->v.text.text),
		.end = (uint32_t)tree->count + 1,
	};
	tree->count++;
	return true;
}

/* An element whose children are being visited. */
struct step {
	const GumboVector *children;
	unsigned next;
	uint32_t at; /* its place in the array */
};

static bool flatten(struct html_tree *tree, const GumboNode *root)
{
	struct step *steps = NULL;
	size_t depth = 0, cap = 0;
	const GumboNode *node = root;
	bool ok = true;
	for (;;) {
		uint32_t parent = depth ? steps[depth - 1].at : 0;
		ok = append(tree, node, parent) &&
			array_reserve(&steps, &cap, depth + 1, sizeof *steps);
		if (!ok)
			break;
		const GumboVector *children = children_of(node);
		if (children)
			steps[depth++] = (struct step){children, 0, (uint32_t)tree->count - 1};
		node = NULL;
		while (depth > 0 && !node) {
			struct step *top = &steps[depth - 1];
			if (top->next == top->children->length) {
				tree->nodes[top->at].end = (uint32_t)tree->count;
				depth--;
				continue;
			}
			const GumboNode *child = top->children->data[top->next++];
			node = wanted(child) ? child : NULL;
		}
		if (!node)
			break;
	}
	free(steps);
	return ok;
}

int html_parse(struct str html, struct html_tree *tree, struct error *error)
{
	*tree = (struct html_tree){0};
	struct buffer tamed = {0};
	tame_html(html, &tamed);
	size_t len = tamed.len;
	tree->source = buffer_take(&tamed);
	struct memory *memory = calloc(1, sizeof *memory);
	tree->memory = memory;
	if (!tree->source || !memory) {
		html_free(tree);
		return error_no_memory(error);
	}
	const GumboOutput *output = parse(memory, (struct str){tree->source, len});
	if (!output && memory->exhausted) {
		html_free(tree);
		return error_set(error, EX_DATAERR,
				"the page is too complex: it wants over %zu MB of memory: "
				"save the article alone", MEMORY_MAX >> 20);
	}
	if (!output || !flatten(tree, output->root)) {
		html_free(tree);
		return error_no_memory(error);
	}
	return 0;
}

void html_free(struct html_tree *tree)
{
	memory_free(tree->memory);
	free(tree->source);
	free(tree->nodes);
	*tree = (struct html_tree){0};
}

/* ---- nodes ---- */

bool html_is_text(const struct html_node *node)
{
	return node->tag == GUMBO_TAG_LAST;
}

struct str html_text(const struct html_node *node)
{
	return html_is_text(node) ? (struct str){node->gumbo->v.text.text, node->len}
				  : (struct str){"", 0};
}

struct str html_attribute(const struct html_node *node, const char *name)
{
	if (html_is_text(node))
		return (struct str){NULL, 0};
	const GumboAttribute *attribute =
			gumbo_get_attribute(&node->gumbo->v.element.attributes, name);
	return attribute ? str_of(attribute->value) : (struct str){NULL, 0};
}

bool html_has_word(const struct html_node *node, const char *attribute, struct str word)
{
	struct str rest = html_attribute(node, attribute), piece;
	while (rest.ptr && str_split(&rest, ' ', &piece)) {
		if (str_equal_nocase(str_trim(piece), word))
			return true;
	}
	return false;
}

bool html_is_block(GumboTag tag)
{
	static const GumboTag blocks[] = {GUMBO_TAG_HTML, GUMBO_TAG_BODY, GUMBO_TAG_DIV,
		GUMBO_TAG_P, GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE, GUMBO_TAG_MAIN, GUMBO_TAG_HEADER,
		GUMBO_TAG_FOOTER, GUMBO_TAG_ASIDE, GUMBO_TAG_NAV, GUMBO_TAG_ADDRESS, GUMBO_TAG_UL,
		GUMBO_TAG_OL, GUMBO_TAG_LI, GUMBO_TAG_DL, GUMBO_TAG_DT, GUMBO_TAG_DD, GUMBO_TAG_H1,
		GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6,
		GUMBO_TAG_HGROUP, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_PRE, GUMBO_TAG_TABLE,
		GUMBO_TAG_THEAD, GUMBO_TAG_TBODY, GUMBO_TAG_TFOOT, GUMBO_TAG_TR, GUMBO_TAG_TD,
		GUMBO_TAG_TH, GUMBO_TAG_CAPTION, GUMBO_TAG_FIGURE, GUMBO_TAG_FIGCAPTION,
		GUMBO_TAG_FORM, GUMBO_TAG_FIELDSET, GUMBO_TAG_DETAILS, GUMBO_TAG_SUMMARY,
		GUMBO_TAG_CENTER, GUMBO_TAG_DIR, GUMBO_TAG_MENU, GUMBO_TAG_HR, GUMBO_TAG_BR};
	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
		if (blocks[i] == tag)
			return true;
	}
	return false;
}
