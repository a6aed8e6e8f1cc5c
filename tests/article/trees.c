#include "trees.h"

#include "article/html_simple.h"

static bool has_values_of(const struct html_node *a, const struct html_node *b)
{
	for (uint32_t i = 0; i < a->len; i++) {
		const char *name = a->values[i].name;
		struct str other = html_attribute(b, name);
		if (!other.ptr || !str_equal(html_attribute(a, name), other))
			return false;
	}
	return true;
}

bool trees_same(const struct html_tree *a, const struct html_tree *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		const struct html_node *x = &a->nodes[i], *y = &b->nodes[i];
		if (x->tag != y->tag || x->parent != y->parent || x->end != y->end)
			return false;
		if (html_is_text(x) ? !str_equal(html_text(x), html_text(y))
				    : !has_values_of(x, y) || !has_values_of(y, x))
			return false;
	}
	return true;
}

bool trees_simple_is_right(struct str html, bool *taken)
{
	struct html_tree simple, standard;
	*taken = html_parse_simple(html, &simple);
	if (!*taken)
		return true;
	bool right = html_parse_standard(html, &standard, NULL) == 0 &&
		trees_same(&simple, &standard);
	html_free(&simple);
	html_free(&standard);
	return right;
}
