#include "article/walk.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	size_t least = x->id.len < y->id.len ? x->id.len : y->id.len;
	int order = memcmp(x->id.ptr, y->id.ptr, least);
	if (order == 0)
		order = (x->id.len > y->id.len) - (x->id.len < y->id.len);
	return order ? order : (x->node > y->node) - (x->node < y->node);
}

/* Its id; an <a> may have a name instead. */
static struct str id_of(const struct html_node *node)
{
	struct str id = html_attribute(node, "id");
	if (!id.ptr && node->tag == GUMBO_TAG_A)
		id = html_attribute(node, "name");
	return id.ptr ? str_trim(id) : (struct str){"", 0};
}

bool walk_find_places(struct walk *w)
{
	for (size_t i = 0; i < w->tree.count; i++) {
		struct str id = id_of(&w->tree.nodes[i]);
		if (id.len == 0)
			continue;
		if (!array_reserve(
			    &w->places, &w->place_cap, w->place_count + 1, sizeof *w->places))
			return false;
		w->places[w->place_count++] = (struct place){id, (uint32_t)i};
	}
	if (w->place_count == 0)
		return true;
	qsort(w->places, w->place_count, sizeof *w->places, compare);
	w->offsets = calloc(w->place_count, sizeof *w->offsets);
	return w->offsets != NULL;
}

/* The first place of this id that is not before it in the order of compare(). */
static size_t lower_bound(const struct walk *w, struct place wanted)
{
	size_t low = 0, high = w->place_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare(&w->places[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void walk_pass_place(struct walk *w, size_t node)
{
	struct place wanted = {id_of(&w->tree.nodes[node]), (uint32_t)node};
	if (w->place_count == 0 || wanted.id.len == 0)
		return;
	size_t at = lower_bound(w, wanted);
	if (at < w->place_count && w->places[at].node == node)
		w->offsets[at] = build_place(&w->builder);
}

static int hex(char c)
{
	const char *digits = "0123456789abcdef";
	const char *found = c ? strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c) : NULL;
	return found ? (int)(found - digits) : -1;
}

/* RFC 3986, section 2.1. */
static void decode(struct str text, struct buffer *out)
{
	for (size_t i = 0; i < text.len; i++) {
		int high = text.ptr[i] == '%' && i + 2 < text.len ? hex(text.ptr[i + 1]) : -1;
		int low = high >= 0 ? hex(text.ptr[i + 2]) : -1;
		if (low < 0) {
			buffer_byte(out, text.ptr[i]);
			continue;
		}
		buffer_byte(out, (char)(high * 16 + low));
		i += 2;
	}
}

static bool find(const struct walk *w, struct str id, size_t *place)
{
	size_t at = lower_bound(w, (struct place){id, 0});
	if (id.len == 0 || at == w->place_count || !str_equal(w->places[at].id, id))
		return false;
	*place = at;
	return true;
}

bool walk_place_of(const struct walk *w, struct str href, size_t *place)
{
	href = str_trim(href);
	if (!str_starts(href, STR("#")))
		return false;
	struct str id = str_slice(href, 1, href.len);
	if (find(w, id, place))
		return true;
	struct buffer decoded = {0};
	decode(id, &decoded);
	bool found = find(w, buffer_view(&decoded), place);
	buffer_free(&decoded);
	return found;
}
