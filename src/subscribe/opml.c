#include "subscribe/opml.h"

#include "base/utf8.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define HIDDEN "khabar/hidden"

/* ---- writing ------------------------------------------------------------ */

/* An attribute of XML 1.0: its special characters and what XML does not allow are replaced. */
static void add_attribute(struct buffer *out, const char *name, struct str value)
{
	buffer_printf(out, " %s=\"", name);
	for (size_t i = 0; i < value.len;) {
		uint32_t cp;
		i += utf8_decode(value.ptr + i, value.len - i, &cp);
		if (cp == '&')
			buffer_str(out, STR("&amp;"));
		else if (cp == '<')
			buffer_str(out, STR("&lt;"));
		else if (cp == '>')
			buffer_str(out, STR("&gt;"));
		else if (cp == '"')
			buffer_str(out, STR("&quot;"));
		else if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0xFFFE || cp == 0xFFFF)
			buffer_byte(out, ' ');
		else
			buffer_utf8(out, cp);
	}
	buffer_byte(out, '"');
}

static void add_feed(struct buffer *out, const struct subscription *s, size_t depth)
{
	struct str title = str_of(s->title[0] ? s->title : s->url);
	struct buffer tags = {0};
	buffer_repeat(out, STR("\t"), depth + 2);
	buffer_str(out, STR("<outline type=\"rss\""));
	add_attribute(out, "text", title);
	if (s->title[0])
		add_attribute(out, "title", title);
	add_attribute(out, "xmlUrl", str_of(s->url));
	if (s->site_url[0])
		add_attribute(out, "htmlUrl", str_of(s->site_url));
	for (size_t i = 0; i < s->tag_count + s->hidden; i++) {
		if (i > 0)
			buffer_byte(&tags, ',');
		buffer_str(&tags, i < s->tag_count ? str_of(s->tags[i]) : STR(HIDDEN));
	}
	if (tags.len > 0)
		add_attribute(out, "category", buffer_view(&tags));
	buffer_str(out, STR("/>\n"));
	out->failed |= tags.failed;
	buffer_free(&tags);
}

/* Parts of a folder, which has no blank ones. */
static size_t depth_of(struct str folder)
{
	size_t depth = folder.len > 0;
	for (size_t i = 0; i < folder.len; i++)
		depth += folder.ptr[i] == '/';
	return depth;
}

/* How many leading parts two folders have in common. */
static size_t shared_depth(struct str a, struct str b)
{
	size_t shared = 0;
	struct str first, second;
	while (a.len > 0 && b.len > 0 && str_split(&a, '/', &first) &&
		str_split(&b, '/', &second)) {
		if (!str_equal(first, second))
			break;
		shared++;
	}
	return shared;
}

static void change_folder(struct buffer *out, struct str from, struct str to)
{
	struct str part;
	size_t shared = shared_depth(from, to), depth = 0;
	for (size_t d = depth_of(from); d > shared; d--) {
		buffer_repeat(out, STR("\t"), d + 1);
		buffer_str(out, STR("</outline>\n"));
	}
	while (to.len > 0 && str_split(&to, '/', &part)) {
		if (depth++ < shared)
			continue;
		buffer_repeat(out, STR("\t"), depth + 1);
		buffer_str(out, STR("<outline"));
		add_attribute(out, "text", part);
		buffer_str(out, STR(">\n"));
	}
}

/* Parts compare, not bytes: what is in "A" stands together with what is in "A/B". */
static int compare_folders(struct str a, struct str b)
{
	size_t i = 0;
	while (i < a.len && i < b.len && a.ptr[i] == b.ptr[i])
		i++;
	int first = i == a.len ? -1 : a.ptr[i] == '/' ? 0 : (unsigned char)a.ptr[i];
	int second = i == b.len ? -1 : b.ptr[i] == '/' ? 0 : (unsigned char)b.ptr[i];
	return first - second;
}

static int compare(const void *a, const void *b)
{
	const struct subscription *const *first = a, *const *second = b;
	int order = compare_folders(str_of((*first)->folder), str_of((*second)->folder));
	return order ? order : (*first > *second) - (*first < *second);
}

int opml_write(const struct subscription_list *list, struct buffer *out, struct error *error)
{
	struct str folder = STR("");
	size_t count = 0;
	const struct subscription **order = malloc((list->count + 1) * sizeof *order);
	if (!order)
		return error_no_memory(error);
	for (size_t i = 0; i < list->count; i++) {
		if (!list->items[i].refused)
			order[count++] = &list->items[i];
	}
	qsort(order, count, sizeof *order, compare);
	buffer_str(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n"
			    "\t<head>\n\t\t<title>khabar</title>\n\t</head>\n\t<body>\n"));
	for (size_t i = 0; i < count; i++) {
		struct str next = str_of(order[i]->folder);
		change_folder(out, folder, next);
		add_feed(out, order[i], depth_of(next));
		folder = next;
	}
	change_folder(out, folder, STR(""));
	buffer_str(out, STR("\t</body>\n</opml>\n"));
	free(order);
	return out->failed ? error_no_memory(error) : 0;
}

/* ---- reading ------------------------------------------------------------ */

static struct str member(const json_t *object, const char *name)
{
	return str_of(json_string_value(json_object_get(object, name)));
}

/* "folder": "A/B", or "folders": ["A", "B"]; how many there are. */
static bool take_folders(struct subscription *s, const json_t *outline, size_t *count)
{
	const json_t *names = json_object_get(outline, "folders");
	struct str path = member(outline, "folder"), part;
	*count = 0;
	for (size_t i = 0; i < json_array_size(names); i++, ++*count) {
		if (!subscription_enter(s, str_of(json_string_value(json_array_get(names, i)))))
			return false;
	}
	while (*count == 0 && path.len > 0 && str_split(&path, '/', &part)) {
		if (!subscription_enter(s, part))
			return false;
	}
	return true;
}

/* Among the tags the folders may come first. */
static bool take_tags(struct subscription *s, const json_t *outline, size_t folders)
{
	const json_t *tags = json_object_get(outline, "tags");
	const json_t *names = json_object_get(outline, "folders");
	size_t from = 0;
	while (from < folders &&
		json_equal(json_array_get(tags, from), json_array_get(names, from)))
		from++;
	for (size_t i = from == folders ? from : 0; i < json_array_size(tags); i++) {
		struct str tag = str_of(json_string_value(json_array_get(tags, i)));
		if (str_equal(tag, STR(HIDDEN)) || str_equal(tag, STR("/" HIDDEN)))
			s->hidden = true;
		else if (!subscription_tag(s, tag))
			return false;
	}
	return true;
}

static bool take_outline(const json_t *outline, struct subscription_list *list)
{
	size_t folders;
	struct str url = member(outline, "url"), title = member(outline, "title");
	struct str site = member(outline, "site_url");
	struct subscription *s = subscription_add(list, url);
	/* A title that is the address says nothing. */
	if (s && !str_equal(title, url) && !subscription_set(&s->title, title))
		return false;
	return s && subscription_set(&s->language, member(outline, "language")) &&
	       subscription_set(&s->site_url, site.len > 0 ? site : member(outline, "html_url")) &&
	       take_folders(s, outline, &folders) && take_tags(s, outline, folders);
}

int opml_take_outlines(struct str json, struct subscription_list *list, struct error *error)
{
	json_t *outlines = json_loadb(json.ptr, json.len, 0, NULL);
	bool good = true;
	if (!json_is_array(outlines)) {
		json_decref(outlines);
		return error_set(error, EX_DATAERR,
			"its outlines cannot be read: is it OPML?  Try khabar parse");
	}
	for (size_t i = 0; good && i < json_array_size(outlines); i++)
		good = take_outline(json_array_get(outlines, i), list);
	json_decref(outlines);
	return good ? subscription_list_unite(list, error) : error_no_memory(error);
}
