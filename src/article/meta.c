#include "article/meta.h"

#include "article/dateline.h"
#include "article/url.h"
#include "base/buffer.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* ---- text ---- */

static void add_collapsed(struct buffer *out, struct str text, size_t start)
{
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		bool blank = cp <= 0x20 || cp == 0xA0 || cp == 0x2028 || cp == 0x2029;
		bool dropped = (cp >= 0x7F && cp < 0xA0) || cp == 0xFEFF ||
			(cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
		if (blank && out->len > start && out->data[out->len - 1] != ' ')
			buffer_byte(out, ' ');
		else if (!blank && !dropped)
			buffer_utf8(out, cp);
	}
}

char *meta_text_below(const struct html_tree *tree, size_t node)
{
	struct buffer text = {0};
	for (size_t i = node + 1; i < tree->nodes[node].end; i++) {
		if (html_is_text(&tree->nodes[i]))
			add_collapsed(&text, html_text(&tree->nodes[i]), 0);
		else if (html_is_block(tree->nodes[i].tag))
			add_collapsed(&text, STR(" "), 0);
	}
	while (text.len > 0 && text.data[text.len - 1] == ' ')
		text.data[--text.len] = '\0';
	return buffer_take(&text);
}

/* Text that may hold markup or references, as JSON-LD often does. */
static char *text_of_html(struct str html)
{
	struct html_tree tree;
	if (html_parse(html, &tree, NULL) < 0)
		return NULL;
	char *text = meta_text_below(&tree, 0);
	html_free(&tree);
	return text;
}

bool meta_set(char **field, struct str html)
{
	html = str_trim(html);
	if (*field || html.len == 0)
		return true;
	bool markup = memchr(html.ptr, '&', html.len) || memchr(html.ptr, '<', html.len);
	if (markup) {
		*field = text_of_html(html);
	} else {
		struct buffer text = {0};
		add_collapsed(&text, html, 0);
		*field = buffer_take(&text);
	}
	if (*field && **field == '\0') {
		free(*field);
		*field = NULL;
		return true;
	}
	return *field != NULL;
}

/* Lines of plain text, each collapsed, empty ones left out. */
static void add_lines(struct buffer *out, struct str text)
{
	struct str line;
	while (str_split(&text, '\n', &line)) {
		if (out->len > 0 && out->data[out->len - 1] != '\n')
			buffer_byte(out, '\n');
		size_t start = out->len;
		add_collapsed(out, line, start);
	}
}

bool meta_set_lines(char **field, struct str html)
{
	struct html_tree tree;
	struct buffer source = {0}, text = {0};
	if (*field || str_trim(html).len == 0)
		return true;
	/* As the tree has it, where line ends in the source are none, and blocks are. */
	bool markup = str_find(html, STR("<")) >= 0;
	if (!markup && str_find(html, STR("&")) < 0) {
		add_lines(&text, html);
	} else if (html_parse(html, &tree, NULL) == 0) {
		for (size_t i = 1; i < tree.count; i++) {
			if (html_is_text(&tree.nodes[i]))
				buffer_str(&source, html_text(&tree.nodes[i]));
			else if (html_is_block(tree.nodes[i].tag))
				buffer_byte(&source, '\n');
		}
		add_lines(&text, buffer_view(&source));
		html_free(&tree);
	}
	text.failed |= source.failed;
	buffer_free(&source);
	bool good = !text.failed;
	if (text.len > 0)
		*field = buffer_take(&text);
	buffer_free(&text);
	return good;
}

/* ---- what the page says ---- */

enum field {
	HEADLINE,
	SECTION,
	AUTHOR,
	SITE,
	DESCRIPTION,
	LANGUAGE,
	DATE,
};

/* Names of <meta name=> and property=, best first for each field. */
static const struct {
	struct str name;
	enum field field;
} names[] = {
	{{"og:title", 8}, HEADLINE},
	{{"twitter:title", 13}, HEADLINE},
	{{"dc.title", 8}, HEADLINE},
	{{"article:section", 15}, SECTION},
	{{"section", 7}, SECTION},
	{{"author", 6}, AUTHOR},
	{{"dc.creator", 10}, AUTHOR},
	{{"og:site_name", 12}, SITE},
	{{"application-name", 16}, SITE},
	{{"og:description", 14}, DESCRIPTION},
	{{"description", 11}, DESCRIPTION},
	{{"twitter:description", 19}, DESCRIPTION},
	{{"article:published_time", 22}, DATE},
	{{"og:article:published_time", 25}, DATE},
	{{"datepublished", 13}, DATE},
	{{"pubdate", 7}, DATE},
	{{"publishdate", 11}, DATE},
	{{"publish_date", 12}, DATE},
	{{"publish-date", 12}, DATE},
	{{"parsely-pub-date", 16}, DATE},
	{{"sailthru.date", 13}, DATE},
	{{"dc.date.issued", 14}, DATE},
	{{"dc.date", 7}, DATE},
	{{"date", 4}, DATE},
};

static bool set_field(struct meta *meta, enum field field, struct str value)
{
	int64_t when;
	switch (field) {
	case HEADLINE:
		return meta_set(&meta->headline, value);
	case SECTION:
		return meta_set(&meta->section, value);
	case AUTHOR: /* some give the address of a profile */
		return str_starts(value, STR("http")) || meta_set(&meta->author, value);
	case SITE:
		return meta_set(&meta->site, value);
	case DESCRIPTION:
		return meta_set(&meta->description, value);
	case LANGUAGE:
		return meta_set(&meta->language, value);
	case DATE:
		if (meta->published == INT64_MIN && dateline_parse(value, &when))
			meta->published = when;
	}
	return true;
}

/* Passes over the tags once for each name, so that the best name wins. */
static bool read_names(const struct html_tree *tree, struct meta *meta)
{
	size_t limit = tree->count;
	for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
		size_t last = 0;
		for (size_t i = 0; i < limit; i++) {
			const struct html_node *node = &tree->nodes[i];
			if (node->tag != GUMBO_TAG_META)
				continue;
			last = i;
			struct str name = html_attribute(node, "property");
			if (!name.ptr)
				name = html_attribute(node, "name");
			if (!name.ptr || !str_equal_nocase(name, names[k].name))
				continue;
			if (!set_field(meta, names[k].field, html_attribute(node, "content")))
				return false;
		}
		limit = last + 1;
	}
	return true;
}

static bool read_scripts(const struct html_tree *tree, struct meta *meta)
{
	for (size_t i = 0; i < tree->count; i++) {
		const struct html_node *node = &tree->nodes[i];
		if (node->tag == GUMBO_TAG_SCRIPT && node->end > i + 1 &&
				!meta_read_json(meta, html_text(&tree->nodes[i + 1])))
			return false;
	}
	return true;
}

static bool set_address(char **field, struct str base, struct str reference)
{
	struct buffer url = {0};
	if (*field || reference.len == 0)
		return true;
	bool good = url_resolve(base, reference, &url) && str_starts(buffer_view(&url), STR("http"));
	bool failed = url.failed;
	if (good)
		*field = buffer_take(&url);
	buffer_free(&url);
	return !failed && (!good || *field);
}

/* The address of a site, not of a page in it: it tells no two articles apart. */
static bool is_home_page(struct str url)
{
	static const struct str homes[] = {{"", 0}, {"/", 1}, {"/index.html", 11},
		{"/index.htm", 10}, {"/index.php", 10}, {"/home", 5}, {"/home/", 6}};
	ptrdiff_t host = str_find(url, STR("//"));
	struct str rest = str_slice(url, host < 0 ? 0 : (size_t)host + 2, url.len);
	size_t path = 0, end = 0;
	while (path < rest.len && !strchr("/?#", rest.ptr[path]))
		path++;
	rest = str_slice(rest, path, rest.len);
	while (end < rest.len && rest.ptr[end] != '#')
		end++;
	rest.len = end;
	for (size_t i = 0; i < sizeof homes / sizeof *homes; i++) {
		if (str_equal_nocase(rest, homes[i]))
			return true;
	}
	return false;
}

/* Sets the address of the article, unless it is that of the site. */
static bool set_own_address(struct meta *meta, struct str base, struct str reference)
{
	char *url = NULL;
	if (!set_address(&url, base, reference))
		return false;
	if (url && !meta->url && !is_home_page(str_of(url)))
		meta->url = url;
	else
		free(url);
	return true;
}

static bool read_addresses(const struct html_tree *tree, struct meta *meta)
{
	struct str canonical = {"", 0}, og = {"", 0}, base = {"", 0};
	for (size_t i = 0; i < tree->count; i++) {
		const struct html_node *node = &tree->nodes[i];
		struct str property = {NULL, 0};
		if (node->tag == GUMBO_TAG_LINK && !canonical.len &&
				html_has_word(node, "rel", STR("canonical")))
			canonical = str_trim(html_attribute(node, "href"));
		else if (node->tag == GUMBO_TAG_BASE && !base.len)
			base = str_trim(html_attribute(node, "href"));
		else if (node->tag == GUMBO_TAG_META)
			property = html_attribute(node, "property");
		if (property.ptr && !og.len && str_equal_nocase(property, STR("og:url")))
			og = str_trim(html_attribute(node, "content"));
	}
	if (!set_own_address(meta, base, canonical) || !set_own_address(meta, base, og))
		return false;
	/* A home page names no article, but what is relative in the page is relative to it. */
	return set_address(&meta->base, str_of(meta->url), base) &&
		set_address(&meta->base, STR(""), str_of(meta->url)) &&
		set_address(&meta->base, base, canonical) && set_address(&meta->base, base, og);
}

static enum text_direction direction_of(const struct html_node *node)
{
	struct str dir = str_trim(html_attribute(node, "dir"));
	if (str_equal_nocase(dir, STR("rtl")))
		return TEXT_RTL;
	return str_equal_nocase(dir, STR("ltr")) ? TEXT_LTR : TEXT_AUTO;
}

static bool set_text_below(char **field, const struct html_tree *tree, size_t node)
{
	if (*field)
		return true;
	*field = meta_text_below(tree, node);
	if (*field && !**field) {
		free(*field);
		*field = NULL;
		return true;
	}
	return *field != NULL;
}

/* Elements that tell something by themselves. */
static bool read_element(const struct html_tree *tree, size_t i, struct meta *meta)
{
	const struct html_node *node = &tree->nodes[i];
	int64_t when;
	if (node->tag == GUMBO_TAG_TITLE)
		return set_text_below(&meta->title, tree, i);
	if (node->tag == GUMBO_TAG_H1)
		return set_text_below(&meta->heading, tree, i);
	if (node->tag == GUMBO_TAG_HTML || node->tag == GUMBO_TAG_BODY) {
		if (meta->direction == TEXT_AUTO)
			meta->direction = direction_of(node);
		return meta_set(&meta->language, html_attribute(node, "lang")) &&
			meta_set(&meta->language, html_attribute(node, "xml:lang"));
	}
	struct str value = html_attribute(node, "datetime");
	if (!value.ptr)
		value = html_attribute(node, "content");
	bool dated = html_has_word(node, "itemprop", STR("datePublished")) ||
		(node->tag == GUMBO_TAG_TIME && value.ptr);
	if (dated && meta->published == INT64_MIN && value.ptr && dateline_parse(value, &when))
		meta->published = when;
	if (html_has_word(node, "itemprop", STR("articleSection")))
		return value.ptr ? meta_set(&meta->section, value)
				 : set_text_below(&meta->section, tree, i);
	return true;
}

int meta_read(const struct html_tree *tree, struct meta *meta)
{
	*meta = (struct meta){.published = INT64_MIN};
	bool good = read_scripts(tree, meta) && read_names(tree, meta) && read_addresses(tree, meta);
	for (size_t i = 0; i < tree->count && good; i++) {
		if (!html_is_text(&tree->nodes[i]))
			good = read_element(tree, i, meta);
	}
	if (good)
		return 0;
	meta_free(meta);
	return -1;
}

void meta_free(struct meta *meta)
{
	char *strings[] = {meta->headline, meta->heading, meta->title, meta->section, meta->author,
		meta->site, meta->description, meta->language, meta->url, meta->base, meta->body};
	for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
		free(strings[i]);
	*meta = (struct meta){.published = INT64_MIN};
}
