#include "article/sanitize_media.h"

#include "article/facts.h"
#include "article/url.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define NAME_MAX 120      /* bytes of a title or a file's name */
#define TYPE_MAX 80       /* bytes */
#define SOURCES_MAX 100   /* nodes in a medium that are looked at */
#define CANDIDATES_MAX 50 /* of a srcset */

/* ---- sizes ---- */

/* A length in points at the start of a value; -1: there is none, or in other units. */
static double points(struct str value)
{
	value = str_trim(value);
	size_t n = 0;
	while (n < value.len && ((value.ptr[n] >= '0' && value.ptr[n] <= '9') || value.ptr[n] == '.'))
		n++;
	struct str unit = str_trim(str_slice(value, n, value.len));
	bool zero = true;
	for (size_t i = 0; i < n; i++)
		zero &= value.ptr[i] == '0' || value.ptr[i] == '.';
	if (n == 0 || n > 9)
		return -1;
	if (zero)
		return 0;
	bool plain = unit.len == 0 || str_equal_nocase(str_slice(unit, 0, 2), STR("px"));
	return plain ? strtod(value.ptr, NULL) : -1;
}

static bool is_point(struct str value)
{
	double size = value.ptr ? points(value) : -1;
	return size >= 0 && size <= 1;
}

bool media_is_pixel(const struct html_node *node)
{
	return is_point(html_attribute(node, "width")) || is_point(html_attribute(node, "height")) ||
		is_point(facts_style(node, STR("width"))) ||
		is_point(facts_style(node, STR("height")));
}

/* ---- images ---- */

static bool is_data(struct str address)
{
	return str_equal_nocase(str_slice(address, 0, 5), STR("data:"));
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/*
 * Takes the next candidate of a srcset (HTML Standard, 4.8.4.2.1: an address may hold commas,
 * but not end with one); *size is its width or density.
 */
static bool next_candidate(struct str *rest, struct str *address, double *size)
{
	size_t i = 0;
	while (i < rest->len && (is_blank(rest->ptr[i]) || rest->ptr[i] == ','))
		i++;
	size_t start = i;
	while (i < rest->len && !is_blank(rest->ptr[i]))
		i++;
	size_t end = i;
	while (end > start && rest->ptr[end - 1] == ',')
		end--;
	*address = str_slice(*rest, start, end);
	*size = 1;
	if (end == i) { /* a descriptor may follow */
		while (i < rest->len && is_blank(rest->ptr[i]))
			i++;
		size_t from = i;
		while (i < rest->len && rest->ptr[i] != ',')
			i++;
		struct str text = str_slice(*rest, from, i);
		if (text.len > 0 && text.len < 12)
			*size = strtod(text.ptr, NULL);
	}
	*rest = str_slice(*rest, i, rest->len);
	return address->len > 0;
}

static struct str largest(struct str srcset)
{
	struct str best = {NULL, 0}, address;
	double most = -1, size;
	for (int i = 0; i < CANDIDATES_MAX && next_candidate(&srcset, &address, &size); i++) {
		if (size > most && !is_data(address)) {
			most = size;
			best = address;
		}
	}
	return best;
}

/* An address that reads like one: a script's variable or number does not. */
static bool resolve_waiting(struct str base, struct str address, struct buffer *url)
{
	address = str_trim(address);
	bool likely = address.len > 0 && (memchr(address.ptr, '/', address.len) ||
			memchr(address.ptr, '.', address.len)) && !memchr(address.ptr, '{', address.len);
	return likely && url_resolve(base, address, url);
}

static bool resolve_set(const struct html_node *node, const char *name, struct str base,
		struct buffer *url)
{
	struct str set = html_attribute(node, name);
	return set.ptr && resolve_waiting(base, largest(set), url);
}

enum media_image media_image(const struct html_node *image, const struct html_node *source,
		struct str base, struct buffer *url)
{
	static const char *const sets[] = {"data-srcset", "data-lazy-srcset"};
	static const char *const waiting[] = {"data-src", "data-original", "data-lazy-src"};
	for (size_t i = 0; i < sizeof waiting / sizeof *waiting; i++) {
		struct str address = html_attribute(image, waiting[i]);
		if (address.ptr && !is_data(str_trim(address)) && resolve_waiting(base, address, url))
			return MEDIA_IMAGE;
	}
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		if (resolve_set(image, sets[i], base, url))
			return MEDIA_IMAGE;
	}
	struct str src = str_trim(html_attribute(image, "src"));
	bool data = is_data(src);
	if (src.len > 0 && !data && url_resolve(base, src, url))
		return MEDIA_IMAGE;
	if (resolve_set(image, "srcset", base, url) ||
			(source && (resolve_set(source, "srcset", base, url) ||
					resolve_set(source, "data-srcset", base, url))))
		return MEDIA_IMAGE;
	return data ? MEDIA_INLINE : MEDIA_NO_IMAGE;
}

/* ---- types ---- */

static bool is_token(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || (c && strchr("!#$&-^_.+*", c));
		if (!good)
			return false;
	}
	return s.len > 0;
}

struct str media_type(struct str s)
{
	struct str type = str_trim(s), none = {"", 0};
	for (size_t i = 0; i < type.len; i++) {
		if (type.ptr[i] == ';')
			type = str_trim(str_slice(type, 0, i));
	}
	const char *slash = type.len > 0 ? memchr(type.ptr, '/', type.len) : NULL;
	if (!slash || type.len > TYPE_MAX)
		return none;
	size_t at = (size_t)(slash - type.ptr);
	bool good = is_token(str_slice(type, 0, at)) && is_token(str_slice(type, at + 1, type.len));
	return good ? type : none;
}

/* By the ending of the file's name. */
static const struct {
	struct str ending;
	const char *type;
} endings[] = {
	{{".mp3", 4}, "audio/mpeg"}, {{".m4a", 4}, "audio/mp4"}, {{".aac", 4}, "audio/aac"},
	{{".oga", 4}, "audio/ogg"}, {{".ogg", 4}, "audio/ogg"}, {{".opus", 5}, "audio/ogg"},
	{{".wav", 4}, "audio/wav"}, {{".flac", 5}, "audio/flac"}, {{".mp4", 4}, "video/mp4"},
	{{".m4v", 4}, "video/mp4"}, {{".webm", 5}, "video/webm"}, {{".ogv", 4}, "video/ogg"},
	{{".mov", 4}, "video/quicktime"}, {{".m3u8", 5}, "application/vnd.apple.mpegurl"},
	{{".pdf", 4}, "application/pdf"}, {{".svg", 4}, "image/svg+xml"},
	{{".swf", 4}, "application/x-shockwave-flash"},
};

/* The path of an absolute address; empty for none. */
static struct str path_of(struct str url)
{
	ptrdiff_t host = str_find(url, STR("//"));
	struct str rest = str_slice(url, host < 0 ? url.len : (size_t)host + 2, url.len);
	size_t path = 0, end;
	while (path < rest.len && !strchr("/?#", rest.ptr[path]))
		path++;
	for (end = path; end < rest.len && rest.ptr[end] != '?' && rest.ptr[end] != '#'; end++)
		;
	return str_slice(rest, path, end);
}

static struct str host_of(struct str url)
{
	ptrdiff_t host = str_find(url, STR("//"));
	struct str rest = str_slice(url, host < 0 ? url.len : (size_t)host + 2, url.len);
	size_t end = 0;
	while (end < rest.len && !strchr("/?#", rest.ptr[end]))
		end++;
	return str_slice(rest, 0, end);
}

static struct str guess_type(GumboTag tag, struct str url)
{
	struct str path = path_of(url);
	for (size_t i = 0; i < sizeof endings / sizeof *endings && tag != GUMBO_TAG_IFRAME; i++) {
		size_t len = endings[i].ending.len;
		if (path.len > len && str_equal_nocase(str_slice(path, path.len - len, path.len),
					endings[i].ending))
			return str_of(endings[i].type);
	}
	return tag == GUMBO_TAG_AUDIO   ? STR("audio/*")
		: tag == GUMBO_TAG_VIDEO ? STR("video/*")
		: tag == GUMBO_TAG_IFRAME ? STR("text/html") : STR("application/octet-stream");
}

/* ---- links ---- */

bool media_is_embed(GumboTag tag)
{
	return tag == GUMBO_TAG_AUDIO || tag == GUMBO_TAG_VIDEO || tag == GUMBO_TAG_IFRAME ||
		tag == GUMBO_TAG_EMBED || tag == GUMBO_TAG_OBJECT;
}

static bool resolve_own(const struct html_node *node, struct str base, struct buffer *url)
{
	static const char *const names[] = {"src", "data-src", "data-lazy-src", "data"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct str address = str_trim(html_attribute(node, names[i]));
		if (address.len > 0 && url_resolve(base, address, url))
			return true;
	}
	return false;
}

/* The last part of the path, percent-encoding undone where that gives text. */
static void add_file_name(struct str url, struct buffer *name)
{
	struct str path = path_of(url), file = path;
	for (size_t i = 0; i + 1 < path.len; i++) {
		if (path.ptr[i] == '/')
			file = str_slice(path, i + 1, path.len);
	}
	if (file.len < 2 || file.len > 3 * NAME_MAX)
		file = host_of(url);
	url_decode(file, name);
	if (!utf8_valid(buffer_view(name)) || name->len > NAME_MAX) {
		buffer_clear(name);
		buffer_str(name, str_slice(file, 0, NAME_MAX));
	}
}

static void add_name(const struct html_node *node, struct media_link *link)
{
	static const char *const names[] = {"title", "aria-label"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct str title = str_trim(html_attribute(node, names[i]));
		if (title.len == 0)
			continue;
		size_t end = title.len < NAME_MAX ? title.len : NAME_MAX;
		while (end < title.len && ((unsigned char)title.ptr[end] & 0xC0) == 0x80)
			end--;
		buffer_str(&link->name, str_slice(title, 0, end));
		return;
	}
	add_file_name(buffer_view(&link->url), &link->name);
}

bool media_link(const struct html_tree *tree, size_t at, struct str base, struct media_link *link)
{
	const struct html_node *node = &tree->nodes[at], *source = node;
	*link = (struct media_link){{0}, {0}, {0}};
	bool found = resolve_own(node, base, &link->url);
	for (size_t i = at + 1; i < node->end && i < at + SOURCES_MAX && !found; i++) {
		source = &tree->nodes[i];
		found = (source->tag == GUMBO_TAG_SOURCE || source->tag == GUMBO_TAG_EMBED) &&
			resolve_own(source, base, &link->url);
	}
	struct str stated = found ? media_type(html_attribute(source, "type")) : STR("");
	bool http = found && str_equal_nocase(str_slice(buffer_view(&link->url), 0, 4), STR("http"));
	if (!http) {
		media_link_free(link);
		return false;
	}
	buffer_str(&link->type, stated.len > 0 && node->tag != GUMBO_TAG_IFRAME
			? stated : guess_type(node->tag, buffer_view(&link->url)));
	add_name(node, link);
	return true;
}

void media_link_free(struct media_link *link)
{
	buffer_free(&link->url);
	buffer_free(&link->name);
	buffer_free(&link->type);
}
