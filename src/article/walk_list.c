/* Lists: their items, and how these are marked. */
#include "article/walk.h"

#include <stdlib.h>

#define NUMBER_MAX 999999999L

/* An integer attribute (HTML Standard, section 2.3.4.1), kept in a sane range. */
bool walk_number(const struct html_node *node, const char *name, long *number)
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

uint8_t walk_deeper(uint8_t depth)
{
	return depth < UINT8_MAX ? (uint8_t)(depth + 1) : depth;
}

/* <ol type>; no type is decimal. */
static enum marker marker_of(const struct html_node *node, enum marker otherwise)
{
	static const struct {
		char letter;
		enum marker marker;
	} types[] = {{'1', MARKER_DECIMAL}, {'a', MARKER_LOWER_ALPHA}, {'A', MARKER_UPPER_ALPHA},
		{'i', MARKER_LOWER_ROMAN}, {'I', MARKER_UPPER_ROMAN}};
	struct str type = html_attribute(node, "type");
	for (size_t i = 0; type.len == 1 && i < sizeof types / sizeof *types; i++) {
		if (types[i].letter == type.ptr[0])
			return types[i].marker;
	}
	return otherwise;
}

void walk_open_list(struct walk *w, struct open_element *e)
{
	const struct html_node *node = &w->tree.nodes[e->node];
	e->marker = node->tag == GUMBO_TAG_OL ? marker_of(node, MARKER_DECIMAL) : MARKER_BULLET;
	e->number = 1;
	e->step = 1;
	if (e->marker != MARKER_BULLET && html_attribute(node, "reversed").ptr) {
		e->step = -1;
		e->number = count_items(&w->tree, e->node);
	}
	walk_number(node, "start", &e->number);
	w->builder.item = false;
	w->builder.state.list_depth = walk_deeper(w->builder.state.list_depth);
}

/* The innermost open element of a kind; NULL when there is none. */
struct open_element *walk_innermost(struct walk *w, enum meaning meaning)
{
	for (size_t i = w->depth; i > 0; i--) {
		if (w->open[i - 1].meaning == meaning)
			return &w->open[i - 1];
	}
	return NULL;
}

void walk_open_item(struct walk *w, const struct html_node *node)
{
	struct open_element *list = walk_innermost(w, LIST);
	struct builder *b = &w->builder;
	if (b->table.in_row) {
		build_text(b, STR("\u2022 "));
		return;
	}
	b->item = true;
	b->number = 0;
	b->marker = MARKER_BULLET;
	if (b->state.list_depth == 0)
		b->state.list_depth = 1;
	if (!list || list->marker == MARKER_BULLET)
		return;
	walk_number(node, "value", &list->number);
	b->number = list->number;
	b->marker = marker_of(node, list->marker);
	list->number += list->step;
}
