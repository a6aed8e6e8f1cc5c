#include "article/discover.h"

#include "article/declared.h"
#include "article/html.h"
#include "article/meta.h"
#include "article/url.h"
#include "base/array.h"
#include "base/charset.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define URL_MOST 4096   /* bytes */
#define TITLE_MOST 1024 /* bytes */

struct search {
	const struct html_tree *tree;
	struct buffer base; /* what addresses are relative to */
	struct discovery *found;
	bool failed; /* out of memory */
};

/* ---- what kind of feed ---- */

/* MIME types of feeds.  The generic ones say little: other things have them, too. */
static const struct {
	struct str mime;
	const char *type;
	bool generic;
} types[] = {
	{{"application/rss+xml", 19}, "rss", false},
	{{"application/atom+xml", 20}, "atom", false},
	{{"application/feed+json", 21}, "json", false},
	{{"application/rdf+xml", 19}, "rdf", false},
	{{"application/x-rss+xml", 21}, "rss", false},
	{{"application/x.atom+xml", 22}, "atom", false},
	{{"application/rss", 15}, "rss", false},
	{{"application/atom", 16}, "atom", false},
	{{"text/rss+xml", 12}, "rss", false},
	{{"text/atom+xml", 13}, "atom", false},
	{{"text/rss", 8}, "rss", false},
	{{"xml/rdf", 7}, "rdf", false},
	{{"application/json", 16}, "json", true},
	{{"application/xml", 15}, "", true},
	{{"text/xml", 8}, "", true},
};

#define TYPES (sizeof types / sizeof *types)

/* Its place in `types`; TYPES when it is none of them.  Parameters do not count. */
static size_t type_of(struct str mime)
{
	struct str essence;
	if (!str_split(&mime, ';', &essence))
		return TYPES;
	essence = str_trim(essence);
	size_t i = 0;
	while (i < TYPES && !str_equal_nocase(essence, types[i].mime))
		i++;
	return i;
}

/* ---- addresses ---- */

/* The path of an absolute address, without the slash at its end. */
static struct str path_of(struct str url)
{
	ptrdiff_t at = str_find(url, STR("://"));
	struct str rest = str_slice(url, at < 0 ? 0 : (size_t)at + 3, url.len);
	size_t start = 0, end;
	while (start < rest.len && rest.ptr[start] != '/' && rest.ptr[start] != '?')
		start++;
	end = start;
	while (end < rest.len && rest.ptr[end] != '?')
		end++;
	while (end > start && rest.ptr[end - 1] == '/')
		end--;
	return str_slice(rest, start, end);
}

static bool ends_nocase(struct str s, struct str end)
{
	return s.len >= end.len && str_equal_nocase(str_slice(s, s.len - end.len, s.len), end);
}

static bool looks_like_feed(struct str url)
{
	static const struct str ends[] = {{"/feed", 5}, {"/feeds", 6}, {"/rss", 4}, {"/atom", 5},
		{"/rss2", 5}, {".rss", 4}, {".atom", 5}, {".rdf", 4}, {"/rss.xml", 8},
		{"/feed.xml", 9}, {"/atom.xml", 9}, {"/index.xml", 10}, {"/rss.php", 8},
		{"/feed.php", 9}, {"/feed.json", 10}, {"/rss.aspx", 9},
		{"/feeds/posts/default", 20}};
	static const struct str queries[] = {{"feed=rss", 8}, {"feed=atom", 9}, {"format=rss", 10},
		{"format=atom", 11}, {"format=feed", 11}, {"type=rss", 8}, {"alt=rss", 7},
		{"output=rss", 10}};
	struct str path = path_of(url);
	/* An address within the address: a service that wants to subscribe for the reader. */
	size_t scheme = str_starts(url, STR("https")) ? 8 : 7;
	struct str rest = str_slice(url, scheme, url.len);
	if (str_find_nocase(rest, STR("http:")) >= 0 || str_find_nocase(rest, STR("https:")) >= 0 ||
		str_find_nocase(rest, STR("%3a%2f")) >= 0)
		return false;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		if (ends_nocase(path, ends[i]))
			return true;
	}
	ptrdiff_t query = str_find(url, STR("?"));
	for (size_t i = 0; query >= 0 && i < sizeof queries / sizeof *queries; i++) {
		if (str_find_nocase(str_slice(url, (size_t)query, url.len), queries[i]) >= 0)
			return true;
	}
	return false;
}

/* Interfaces for programs that pages announce as alternates, too. */
static bool is_interface(struct str url)
{
	return str_find(url, STR("/wp-json/")) >= 0 || ends_nocase(path_of(url), STR("/wp-json")) ||
	       str_find_nocase(url, STR("oembed")) >= 0 ||
	       ends_nocase(path_of(url), STR("/opensearch.xml")) ||
	       ends_nocase(path_of(url), STR("/xmlrpc.php"));
}

/* "feed:https://host/x" and "feed://host/x" are old ways to say https://host/x. */
static void add_reference(struct buffer *out, struct str href)
{
	href = str_trim(href);
	if (str_equal_nocase(str_slice(href, 0, 7), STR("feed://"))) {
		buffer_str(out, STR("http://"));
		href = str_slice(href, 7, href.len);
	} else if (str_equal_nocase(str_slice(href, 0, 9), STR("feed:http"))) {
		href = str_slice(href, 5, href.len);
	}
	buffer_str(out, href);
}

/* Absolute, without fragment.  False when it is no address of the web. */
static bool absolute(struct search *s, struct str href, struct buffer *url)
{
	struct buffer reference = {0};
	add_reference(&reference, href);
	bool ok = href.len > 0 && href.len <= URL_MOST &&
		  url_resolve(buffer_view(&s->base), buffer_view(&reference), url) &&
		  url->len <= URL_MOST &&
		  str_equal_nocase(str_slice(buffer_view(url), 0, 4), STR("http"));
	s->failed |= reference.failed || url->failed;
	buffer_free(&reference);
	char *fragment = ok ? memchr(url->data, '#', url->len) : NULL;
	if (fragment) {
		*fragment = '\0';
		url->len = (size_t)(fragment - url->data);
	}
	return ok;
}

/* ---- what is found ---- */

/* Words of comments' feeds, in addresses and titles. */
static bool is_of_comments(const struct discovered *item)
{
	static const struct str words[] = {{"comment", 7}, {"تعليقات", 14}, {"دیدگاه", 12},
		{"نظرات", 10}, {"تبصرے", 10}, {"תגובות", 12}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (str_find_nocase(str_of(item->title), words[i]) >= 0)
			return true;
	}
	return str_find_nocase(path_of(str_of(item->url)), STR("/comment")) >= 0;
}

/* Text of an attribute, or below an <a>; one line. */
static char *title_of(const struct search *s, size_t node)
{
	struct str title = html_attribute(&s->tree->nodes[node], "title");
	char *text = NULL;
	if (title.len > 0 && !meta_set(&text, title))
		return NULL;
	if (!text)
		text = meta_text_below(s->tree, node);
	if (text && strlen(text) > TITLE_MOST)
		text[0] = '\0';
	return text;
}

static bool known(const struct discovery *found, struct str url)
{
	for (size_t i = 0; i < found->count; i++) {
		if (str_equal(str_of(found->items[i].url), url))
			return true;
	}
	return false;
}

/* Takes the address. */
static void add(struct search *s, size_t node, struct buffer *url, const char *type)
{
	struct discovery *found = s->found;
	if (found->count >= DISCOVER_MOST || known(found, buffer_view(url)) ||
		is_interface(buffer_view(url))) {
		buffer_free(url);
		return;
	}
	struct discovered item = {buffer_take(url), title_of(s, node), type};
	if (!item.url || !item.title ||
		!array_reserve(&found->items, &found->cap, found->count + 1, sizeof item)) {
		free(item.url);
		free(item.title);
		s->failed = true;
		return;
	}
	found->items[found->count++] = item;
}

static bool is_link(const struct html_node *node)
{
	return node->tag == GUMBO_TAG_LINK || node->tag == GUMBO_TAG_A;
}

/* rel="alternate" with the type of a feed, or rel="feed"; not an alternate style sheet. */
static bool announced(const struct html_node *node, size_t type, bool generic)
{
	if (html_has_word(node, "rel", STR("stylesheet")))
		return false;
	if (type < TYPES)
		return types[type].generic == generic &&
		       (html_has_word(node, "rel", STR("alternate")) ||
			       html_has_word(node, "rel", STR("feed")));
	return !generic && html_has_word(node, "rel", STR("feed"));
}

static void find_announced(struct search *s, bool generic)
{
	for (size_t i = 0; i < s->tree->count && !s->failed; i++) {
		const struct html_node *node = &s->tree->nodes[i];
		if (!is_link(node))
			continue;
		size_t type = type_of(html_attribute(node, "type"));
		struct buffer url = {0};
		if (announced(node, type, generic) &&
			absolute(s, html_attribute(node, "href"), &url))
			add(s, i, &url, type < TYPES ? types[type].type : "");
		buffer_free(&url);
	}
}

static void find_likely(struct search *s)
{
	for (size_t i = 0; i < s->tree->count && !s->failed; i++) {
		const struct html_node *node = &s->tree->nodes[i];
		if (node->tag != GUMBO_TAG_A)
			continue;
		size_t type = type_of(html_attribute(node, "type"));
		bool typed = type < TYPES && !types[type].generic;
		struct buffer url = {0};
		if (absolute(s, html_attribute(node, "href"), &url) &&
			(typed || looks_like_feed(buffer_view(&url))))
			add(s, i, &url, typed ? types[type].type : "");
		buffer_free(&url);
	}
}

/* Comments' feeds go behind the others; the order is kept otherwise. */
static bool rank(struct discovery *found)
{
	struct discovered *sorted = calloc(found->count + 1, sizeof *sorted);
	size_t count = 0;
	if (!sorted)
		return false;
	for (int comments = 0; comments < 2; comments++) {
		for (size_t i = 0; i < found->count; i++) {
			if (is_of_comments(&found->items[i]) == (comments == 1))
				sorted[count++] = found->items[i];
		}
	}
	free(found->items);
	found->items = sorted;
	found->cap = found->count + 1;
	return true;
}

static bool read_head(struct search *s, struct str base_url)
{
	bool based = false;
	for (size_t i = 0; i < s->tree->count; i++) {
		const struct html_node *node = &s->tree->nodes[i];
		if (node->tag == GUMBO_TAG_TITLE && !s->found->title)
			s->found->title = meta_text_below(s->tree, i);
		if (node->tag == GUMBO_TAG_BASE && !based)
			based = url_resolve(base_url, html_attribute(node, "href"), &s->base);
	}
	if (!s->found->title)
		s->found->title = str_dup(STR(""));
	if (!based)
		buffer_str(&s->base, base_url);
	return s->found->title && !s->base.failed;
}

static int search_tree(const struct html_tree *tree, struct str base_url, struct discovery *found,
	struct error *error)
{
	struct search s = {.tree = tree, .found = found};
	s.failed = !read_head(&s, base_url);
	find_announced(&s, false);
	find_announced(&s, true);
	if (found->count == 0)
		find_likely(&s);
	buffer_free(&s.base);
	return s.failed || !rank(found) ? error_no_memory(error) : 0;
}

int discover_feeds(struct str bytes, struct str content_type, struct str base_url,
	struct discovery *discovery, struct error *error)
{
	*discovery = (struct discovery){.count = 0};
	struct buffer text = {0};
	struct html_tree tree = {.count = 0};
	int result = charset_to_utf8(
		bytes, declared_charset(content_type), declared_in_page(bytes), &text, NULL, error);
	if (result == 0)
		result = html_parse(buffer_view(&text), &tree, error);
	buffer_free(&text);
	if (result == 0) {
		result = search_tree(&tree, base_url, discovery, error);
		html_free(&tree);
	}
	if (result < 0)
		discover_free(discovery);
	return result;
}

void discover_free(struct discovery *discovery)
{
	for (size_t i = 0; i < discovery->count; i++) {
		free(discovery->items[i].url);
		free(discovery->items[i].title);
	}
	free(discovery->items);
	free(discovery->title);
	*discovery = (struct discovery){.count = 0};
}

int discover_write(const struct discovery *discovery, struct buffer *out, struct error *error)
{
	json_t *list = json_array();
	bool ok = list != NULL;
	for (size_t i = 0; i < discovery->count && ok; i++) {
		const struct discovered *item = &discovery->items[i];
		json_t *object = json_pack("{s:s, s:s, s:s}", "url", item->url, "title",
			item->title, "type", item->type);
		ok = object && json_array_append_new(list, object) == 0;
	}
	json_t *page =
		ok ? json_pack("{s:s, s:O}", "title", discovery->title, "feeds", list) : NULL;
	char *text = page ? json_dumps(page, JSON_COMPACT) : NULL;
	json_decref(page);
	json_decref(list);
	if (!text)
		return error_no_memory(error);
	buffer_printf(out, "%s\n", text);
	free(text);
	return out->failed ? error_no_memory(error) : 0;
}
