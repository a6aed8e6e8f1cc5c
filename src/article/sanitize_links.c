#include "article/sanitize_links.h"

#include "article/url.h"
#include "article/writer.h"
#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define ID_MAX 200 /* bytes */

/* ---- sorted lists of names ---- */

static int compare(struct str a, struct str b)
{
	size_t least = a.len < b.len ? a.len : b.len;
	int order = least > 0 ? memcmp(a.ptr, b.ptr, least) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* A name, and what the list tells of it. */
struct name {
	struct str text;
	size_t order; /* in the document, counted from 0 */
	struct str leads_to;
};

struct names {
	struct name *items;
	size_t count, cap;
};

static bool names_add(struct names *names, struct str text)
{
	if (!array_reserve(&names->items, &names->cap, names->count + 1, sizeof *names->items))
		return false;
	names->items[names->count] = (struct name){.text = text, .order = names->count};
	names->count++;
	return true;
}

static int by_text(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	int order = compare(x->text, y->text);
	return order ? order : (x->order > y->order) - (x->order < y->order);
}

/* Sorts; of equal names the first in the document stays. */
static void names_sort(struct names *names)
{
	size_t kept = 0;
	if (names->count > 1)
		qsort(names->items, names->count, sizeof *names->items, by_text);
	for (size_t i = 0; i < names->count; i++) {
		if (kept == 0 || !str_equal(names->items[kept - 1].text, names->items[i].text))
			names->items[kept++] = names->items[i];
	}
	names->count = kept;
}

static struct name *names_find(const struct names *names, struct str text)
{
	size_t low = 0, high = names->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare(names->items[middle].text, text);
		if (order == 0)
			return &names->items[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* ---- ids and fragments ---- */

/* A word of letters, digits and a few signs: nothing that needs escaping, nothing unseen. */
static bool is_id(struct str id)
{
	if (id.len == 0 || id.len > ID_MAX)
		return false;
	for (size_t i = 0; i < id.len;) {
		uint32_t cp;
		i += utf8_decode(id.ptr + i, id.len - i, &cp);
		bool plain = (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') ||
			(cp >= '0' && cp <= '9') || strchr("-_.:,()/+*!~", (int)(cp & 0x7F));
		if (cp < 0x80 ? !plain || cp == 0
			      : !writer_is_ink(cp) || cp == UTF8_REPLACEMENT)
			return false;
	}
	return true;
}

/* Whether an address, which may be relative, is that of the page itself. */
static bool is_page(struct str page, struct str address)
{
	struct buffer one = {0}, other = {0};
	bool same = url_resolve(page, address, &one) && url_resolve(STR(""), page, &other) &&
		!one.failed && !other.failed && str_equal(buffer_view(&one), buffer_view(&other));
	buffer_free(&one);
	buffer_free(&other);
	return same;
}

static struct str without_fragment(struct str address)
{
	const char *sign = address.len > 0 ? memchr(address.ptr, '#', address.len) : NULL;
	return sign ? str_slice(address, 0, (size_t)(sign - address.ptr)) : address;
}

/* What follows "#" in an address in this page; ptr NULL: it is another's. */
static struct str fragment_of(struct str page, struct str href)
{
	href = str_trim(href);
	struct str address = without_fragment(href);
	if (address.len + 1 >= href.len ||
		(address.len > 0 && !is_page(without_fragment(page), address)))
		return (struct str){NULL, 0};
	return str_slice(href, address.len + 1, href.len);
}

static bool find_links(const struct html_tree *tree, size_t root, const unsigned char *gone,
		struct str page, struct buffer *bytes, struct names *links)
{
	size_t *ends = NULL, count = 0, cap = 0, start = 0;
	bool good = true;
	for (size_t i = root + 1; i < tree->nodes[root].end && good; i++) {
		if (tree->nodes[i].tag != GUMBO_TAG_A || gone[i])
			continue;
		struct str fragment = fragment_of(page, html_attribute(&tree->nodes[i], "href"));
		if (!fragment.ptr || fragment.len > 3 * ID_MAX)
			continue;
		url_decode(fragment, bytes);
		good = array_reserve(&ends, &cap, count + 1, sizeof *ends);
		if (good)
			ends[count++] = bytes->len;
	}
	for (size_t i = 0; i < count && good && !bytes->failed; start = ends[i++])
		good = names_add(links, str_slice(buffer_view(bytes), start, ends[i]));
	free(ends);
	names_sort(links);
	return good && !bytes->failed;
}

static bool add_target(struct link_targets *targets, size_t *cap, struct names *links, struct str id)
{
	struct name *link = is_id(id) ? names_find(links, id) : NULL;
	if (!link || link->leads_to.ptr)
		return true;
	link->leads_to = id;
	if (!array_reserve(&targets->ids, cap, targets->count + 1, sizeof *targets->ids))
		return false;
	targets->ids[targets->count++] = link->text;
	return true;
}

static int by_bytes(const void *a, const void *b)
{
	return compare(*(const struct str *)a, *(const struct str *)b);
}

bool link_targets_find(const struct html_tree *tree, size_t root, const unsigned char *gone,
		struct str page, struct link_targets *targets)
{
	struct names links = {0};
	size_t cap = 0;
	*targets = (struct link_targets){0};
	bool good = find_links(tree, root, gone, page, &targets->bytes, &links);
	for (size_t i = root + 1; i < tree->nodes[root].end && good && links.count > 0; i++) {
		const struct html_node *node = &tree->nodes[i];
		if (gone[i] || html_is_text(node))
			continue;
		good = add_target(targets, &cap, &links, html_attribute(node, "id"));
		if (good && node->tag == GUMBO_TAG_A)
			good = add_target(targets, &cap, &links, html_attribute(node, "name"));
	}
	if (targets->count > 1)
		qsort(targets->ids, targets->count, sizeof *targets->ids, by_bytes);
	free(links.items);
	return good;
}

void link_targets_free(struct link_targets *targets)
{
	buffer_free(&targets->bytes);
	free(targets->ids);
	*targets = (struct link_targets){0};
}

bool link_targets_has(const struct link_targets *targets, struct str id)
{
	return id.len > 0 && targets->count > 0 &&
		bsearch(&id, targets->ids, targets->count, sizeof id, by_bytes);
}

struct str link_target_of(const struct link_targets *targets, struct str page, struct str href)
{
	struct str none = {"", 0};
	struct str fragment = targets->count > 0 ? fragment_of(page, href) : none;
	if (fragment.len == 0 || fragment.len > 3 * ID_MAX)
		return none;
	struct buffer decoded = {0};
	url_decode(fragment, &decoded);
	struct str id = buffer_view(&decoded), *found = NULL;
	if (!decoded.failed)
		found = bsearch(&id, targets->ids, targets->count, sizeof id, by_bytes);
	buffer_free(&decoded);
	return found ? *found : none;
}

/* ---- what was written ---- */

/* A start or end tag in clean HTML. */
struct tag {
	struct str name, id, target; /* target: behind "#" in href */
	size_t start, end;           /* bytes of the tag, "<" and ">" included */
	bool closes, bare;           /* bare: nothing but id and such a target is stated */
};

static void read_attribute(struct tag *tag, struct str name, struct str value)
{
	if (str_equal(name, STR("id")))
		tag->id = value;
	else if (str_equal(name, STR("href")) && str_starts(value, STR("#")))
		tag->target = str_slice(value, 1, value.len);
	else
		tag->bare = false;
}

/* The next tag from byte `at` on; false: there is none. */
static bool next_tag(struct str html, size_t at, struct tag *tag)
{
	ptrdiff_t less = str_find(str_slice(html, at, html.len), STR("<"));
	if (less < 0)
		return false;
	*tag = (struct tag){.start = at + (size_t)less, .bare = true};
	size_t i = tag->start + 1;
	tag->closes = i < html.len && html.ptr[i] == '/';
	i += tag->closes;
	size_t from = i;
	while (i < html.len && html.ptr[i] != '>' && html.ptr[i] != ' ')
		i++;
	tag->name = str_slice(html, from, i);
	while (i < html.len && html.ptr[i] != '>') {
		from = ++i;
		while (i < html.len && !strchr("=> ", html.ptr[i]))
			i++;
		struct str name = str_slice(html, from, i), value = {"", 0};
		if (i + 1 < html.len && html.ptr[i] == '=') {
			i += 2;
			from = i;
			while (i < html.len && html.ptr[i] != '"')
				i++;
			value = str_slice(html, from, i);
			i++;
		}
		read_attribute(tag, name, value);
	}
	tag->end = i + 1;
	return true;
}

struct mend {
	struct str html;
	struct names links, ids;
	struct buffer out;
};

static bool collect(struct mend *m)
{
	struct tag tag;
	struct str id;
	bool good = true;
	for (size_t at = 0; good && next_tag(m->html, at, &tag); at = tag.end) {
		if (tag.target.ptr)
			good = names_add(&m->links, tag.target);
		while (good && tag.id.ptr && str_split(&tag.id, ' ', &id))
			good = names_add(&m->ids, id);
	}
	names_sort(&m->links);
	names_sort(&m->ids);
	return good;
}

/* The id an element keeps: its first name that a link leads to; the others lead there too. */
static struct str settle_id(struct mend *m, struct str list)
{
	struct str kept = {"", 0}, id;
	while (list.ptr && str_split(&list, ' ', &id)) {
		struct name *name = names_find(&m->ids, id);
		if (!name || name->leads_to.ptr || !names_find(&m->links, id))
			continue;
		if (kept.len == 0)
			kept = id;
		name->leads_to = kept;
	}
	return kept;
}

static void settle(struct mend *m)
{
	struct tag tag;
	for (size_t at = 0; next_tag(m->html, at, &tag); at = tag.end) {
		if (tag.id.ptr)
			settle_id(m, tag.id);
	}
}

/* The first name of an element that leads to itself. */
static struct str kept_id(const struct mend *m, struct str list)
{
	struct str id;
	while (list.ptr && str_split(&list, ' ', &id)) {
		const struct name *name = names_find(&m->ids, id);
		/* Of two elements with one name the first has it: the views tell which. */
		if (name && name->text.ptr == id.ptr && name->leads_to.ptr == id.ptr)
			return id;
	}
	return (struct str){"", 0};
}

static struct str kept_target(const struct mend *m, struct str target)
{
	const struct name *name = target.ptr ? names_find(&m->ids, target) : NULL;
	return name && name->leads_to.ptr ? name->leads_to : (struct str){"", 0};
}

/* Writes a start tag anew.  False: nothing is left of it, and its end goes too. */
static bool write_tag(struct mend *m, const struct tag *tag)
{
	struct str id = kept_id(m, tag->id), target = kept_target(m, tag->target);
	if (str_equal(tag->name, STR("a")) && tag->bare && id.len == 0 && target.len == 0)
		return false;
	size_t at = tag->start;
	struct str views[2] = {tag->target, tag->id};
	for (int i = 0; i < 2; i++) {
		struct str kept = i == 0 ? target : id;
		if (!views[i].ptr)
			continue;
		size_t start = (size_t)(views[i].ptr - m->html.ptr);
		size_t lead = i == 0 ? 8 : 5; /* ' href="#', ' id="' */
		buffer_str(&m->out, str_slice(m->html, at, kept.len > 0 ? start : start - lead));
		buffer_str(&m->out, kept);
		at = start + views[i].len + (kept.len == 0);
	}
	buffer_str(&m->out, str_slice(m->html, at, tag->end));
	return true;
}

static void rewrite(struct mend *m)
{
	struct tag tag;
	size_t at = 0;
	bool dropped = false; /* the link that is open */
	for (; next_tag(m->html, at, &tag); at = tag.end) {
		buffer_str(&m->out, str_slice(m->html, at, tag.start));
		bool link = str_equal(tag.name, STR("a"));
		if (link && tag.closes && dropped)
			dropped = false;
		else if (tag.id.ptr || tag.target.ptr)
			dropped |= !write_tag(m, &tag);
		else
			buffer_str(&m->out, str_slice(m->html, tag.start, tag.end));
	}
	buffer_str(&m->out, str_slice(m->html, at, m->html.len));
}

bool link_targets_mend(struct buffer *out, size_t start)
{
	struct mend m = {.html = str_slice(buffer_view(out), start, out->len)};
	bool good = collect(&m);
	if (good && m.links.count + m.ids.count > 0) {
		settle(&m);
		rewrite(&m);
		good = !m.out.failed;
		if (good) {
			out->len = start;
			buffer_str(out, buffer_view(&m.out));
		}
	}
	free(m.links.items);
	free(m.ids.items);
	buffer_free(&m.out);
	return good && !out->failed;
}
