#include "feed/builder.h"

#include "article/url.h"
#include "base/utf8.h"

#include <string.h>

void builder_free(struct builder *b)
{
	buffer_free(&b->scratch);
	buffer_free(&b->more);
	buffer_free(&b->content.raw);
	buffer_free(&b->content.base);
	buffer_free(&b->summary.raw);
	buffer_free(&b->summary.base);
	buffer_free(&b->description.raw);
	buffer_free(&b->description.base);
}

void builder_warn(struct builder *b, const char *what)
{
	struct feed *feed = b->feed;
	for (size_t i = 0; i < feed->warning_count; i++) {
		if (feed->warnings[i] == what || strcmp(feed->warnings[i], what) == 0)
			return;
	}
	if (feed->warning_count < FEED_WARNINGS_MAX)
		feed->warnings[feed->warning_count++] = what;
}

/* A copy of what is in *text; NULL when that is nothing. */
static const char *keep(struct builder *b, struct buffer *text)
{
	b->no_memory |= text->failed;
	if (text->failed || text->len == 0)
		return NULL;
	return feed_memory_copy(b->feed->memory, buffer_view(text));
}

const char *builder_line(struct builder *b, struct str text)
{
	buffer_clear(&b->scratch);
	feed_text_line(text, FEED_LINE_MAX, &b->scratch);
	return keep(b, &b->scratch);
}

const char *builder_title(struct builder *b, struct str text, enum feed_text_type type)
{
	text = feed_text_unwrap(text, type);
	bool html = type == FEED_TEXT_HTML || type == FEED_TEXT_XHTML ||
		    (type == FEED_TEXT_GUESS && feed_text_is_html(text));
	struct error error;
	if (!html)
		return builder_line(b, text);
	buffer_clear(&b->scratch);
	if (feed_text_from_html(text, &b->scratch, &error) < 0)
		return builder_line(b, text);
	return keep(b, &b->scratch);
}

/*
 * "http://host" stays without the "/" that url_resolve() gives it: so do RFC 3986, and those who
 * compare addresses.
 */
static void drop_slash(struct buffer *url, struct str reference)
{
	ptrdiff_t at = str_find(reference, STR("://"));
	size_t end = at < 0 ? reference.len : (size_t)at + 3;
	while (end < reference.len && !strchr("/?#", reference.ptr[end]))
		end++;
	bool bare = at > 0 && (end == reference.len || reference.ptr[end] != '/');
	if (!bare || end >= url->len || url->data[end] != '/')
		return;
	memmove(url->data + end, url->data + end + 1, url->len - end);
	url->len--;
}

/* "&amp;" in an address was escaped once too often, or many times. */
static struct str without_amp(struct str reference, struct buffer *copy)
{
	if (str_find(reference, STR("&amp;")) < 0 || reference.len > FEED_LINE_MAX)
		return reference;
	for (size_t i = 0; i < reference.len; i++) {
		char c = reference.ptr[i];
		buffer_byte(copy, c);
		while (c == '&' && str_starts(str_slice(reference, i + 1, i + 5), STR("amp;")))
			i += 4;
	}
	return buffer_view(copy);
}

struct str builder_base(const struct builder *b, struct str base)
{
	const char *home = b->feed->home_page_url;
	return base.len > 0 ? base : str_of(home ? home : b->feed->feed_url);
}

const char *builder_url(struct builder *b, struct str base, struct str reference)
{
	struct buffer unescaped = {0};
	reference = without_amp(str_trim(reference), &unescaped);
	base = builder_base(b, base);
	buffer_clear(&b->scratch);
	bool good = reference.len > 0 && reference.len <= FEED_LINE_MAX &&
		    url_resolve(base, reference, &b->scratch);
	if (good)
		drop_slash(&b->scratch, reference);
	buffer_free(&unescaped);
	return good ? keep(b, &b->scratch) : NULL;
}

const char *builder_language(struct builder *b, struct str tag)
{
	char clean[36];
	tag = str_trim(tag);
	if (tag.len < 2 || tag.len >= sizeof clean)
		return NULL;
	for (size_t i = 0; i < tag.len; i++) {
		char c = tag.ptr[i] == '_' ? '-' : tag.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		bool good = letter || (i > 0 && (c == '-' || (c >= '0' && c <= '9')));
		if (!good)
			return NULL;
		clean[i] = c;
	}
	return feed_memory_copy(b->feed->memory, (struct str){clean, tag.len});
}

const char *builder_mime_type(struct builder *b, struct str type)
{
	char clean[100];
	size_t len = 0, slash = 0;
	type = str_trim(type);
	for (; len < type.len && len < sizeof clean && type.ptr[len] != ';'; len++) {
		char c = type.ptr[len];
		c = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
		bool good =
			(c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr("!#$&-^_.+/", c);
		if (!good || c == 0)
			break;
		slash += c == '/';
		clean[len] = c;
	}
	bool whole = slash == 1 && len < sizeof clean && clean[0] != '/' && clean[len - 1] != '/' &&
		     (len == type.len || type.ptr[len] == ';' || type.ptr[len] == ' ');
	return whole ? feed_memory_copy(b->feed->memory, (struct str){clean, len}) : NULL;
}

int64_t builder_number(struct str text)
{
	int64_t value = 0;
	text = str_trim(text);
	if (text.len == 0 || text.len > 18)
		return -1;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return -1;
		value = value * 10 + (text.ptr[i] - '0');
	}
	return value;
}

int64_t builder_duration(struct str text)
{
	int64_t seconds = 0;
	int parts = 0;
	struct str rest = str_trim(text), piece;
	if (rest.len == 0)
		return -1;
	while (str_split(&rest, ':', &piece)) {
		piece = str_trim(piece);
		ptrdiff_t point = str_find(piece, STR("."));
		bool last = !rest.ptr;
		if (point >= 0 && last)
			piece = str_slice(piece, 0, (size_t)point);
		int64_t value = piece.len == 0 && parts > 0 ? 0 : builder_number(piece);
		if (value < 0 || value > 100000000 || ++parts > 3)
			return -1;
		seconds = seconds * 60 + value;
	}
	return seconds;
}

/* ---- lists ---- */

static bool same(const char *a, const char *b)
{
	return str_equal_nocase(str_of(a), str_of(b));
}

void builder_author(struct builder *b, struct feed_authors *list, const struct feed_author *author)
{
	if (!author->name && !author->url)
		return;
	for (size_t i = 0; i < list->count; i++) {
		struct feed_author *other = &list->items[i];
		bool named = author->name && other->name && same(author->name, other->name);
		bool at = author->url && other->url && same(author->url, other->url);
		bool differ = author->name && other->name && !named;
		if (!named && (!at || differ))
			continue;
		other->name = other->name ? other->name : author->name;
		other->url = other->url ? other->url : author->url;
		other->avatar = other->avatar ? other->avatar : author->avatar;
		return;
	}
	if (list->count < FEED_LIST_MAX && feed_memory_grow(b->feed->memory, &list->items,
						   &list->cap, list->count, sizeof *list->items))
		list->items[list->count++] = *author;
}

void builder_tag(struct builder *b, struct feed_tags *list, struct str tag)
{
	if (list->count == FEED_LIST_MAX)
		return;
	const char *clean = builder_title(b, tag, FEED_TEXT_GUESS);
	if (!clean)
		return;
	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->items[i], clean) == 0)
			return;
	}
	if (feed_memory_grow(
		    b->feed->memory, &list->items, &list->cap, list->count, sizeof *list->items))
		list->items[list->count++] = clean;
}

void builder_tags(struct builder *b, struct feed_tags *list, struct str tags)
{
	struct str rest = tags, piece;
	/* An Arabic comma parts as well: both are tried where the text has them. */
	while (list->count < FEED_LIST_MAX && str_split(&rest, ',', &piece)) {
		ptrdiff_t at;
		while ((at = str_find(piece, STR("،"))) >= 0) {
			builder_tag(b, list, str_slice(piece, 0, (size_t)at));
			piece = str_slice(piece, (size_t)at + 2, piece.len);
		}
		builder_tag(b, list, piece);
	}
}

struct feed_attachment *builder_attachment(
	struct builder *b, struct feed_attachments *list, const char *url)
{
	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->items[i].url, url) == 0)
			return &list->items[i];
	}
	if (list->count == FEED_LIST_MAX) {
		builder_warn(b, "too many attachments");
		return NULL;
	}
	if (!feed_memory_grow(
		    b->feed->memory, &list->items, &list->cap, list->count, sizeof *list->items))
		return NULL;
	list->items[list->count] = (struct feed_attachment){.url = url, .size = -1, .duration = -1};
	return &list->items[list->count++];
}

/* ---- persons ---- */

static bool is_address_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("!#$%&'*+-/=?^_`{|}~.", c)) || (unsigned char)c >= 0x80;
}

/* The e-mail address in a text; empty when there is none. */
static struct str find_address(struct str text)
{
	for (size_t at = 1; at + 1 < text.len; at++) {
		size_t start = at, end = at + 1;
		if (text.ptr[at] != '@')
			continue;
		while (start > 0 && is_address_char(text.ptr[start - 1]))
			start--;
		while (end < text.len && is_address_char(text.ptr[end]))
			end++;
		while (end > at + 1 && (text.ptr[end - 1] == '.' || text.ptr[end - 1] == ','))
			end--;
		if (start < at && memchr(text.ptr + at, '.', end - at))
			return str_slice(text, start, end);
		at = end - 1;
	}
	return STR("");
}

/* The brackets right around an address. */
static void drop_brackets(struct str *before, struct str *after)
{
	static const char pairs[] = "<>()[]";
	*before = str_trim(*before);
	*after = str_trim(*after);
	for (size_t i = 0; pairs[i]; i += 2) {
		bool open = before->len > 0 && before->ptr[before->len - 1] == pairs[i];
		if (!open)
			continue;
		before->len--;
		if (after->len > 0 && after->ptr[0] == pairs[i + 1])
			*after = str_slice(*after, 1, after->len);
		return;
	}
}

/* Without brackets or quotes that are around all of it, and signs at its ends. */
static struct str bare_name(struct str name)
{
	for (;;) {
		name = str_trim(name);
		if (name.len > 0 && strchr(",;-:", name.ptr[name.len - 1]))
			name.len--;
		else if (name.len > 0 && strchr(",;-:", name.ptr[0]))
			name = str_slice(name, 1, name.len);
		else if (name.len > 1 && strchr("(\"'[", name.ptr[0]) &&
			 strchr(")\"']", name.ptr[name.len - 1]))
			name = str_slice(name, 1, name.len - 1);
		else
			return name;
	}
}

struct feed_author builder_person(struct builder *b, struct str text)
{
	struct feed_author author = {NULL, NULL, NULL};
	text = str_slice(str_trim(text), 0, 2048);
	struct str address = find_address(text);
	if (address.len == 0) {
		author.name = builder_title(b, text, FEED_TEXT_GUESS);
		return author;
	}
	size_t start = (size_t)(address.ptr - text.ptr), end = start + address.len;
	struct str before = str_slice(text, 0, start), after = str_slice(text, end, text.len);
	if (str_ends(before, STR("mailto:")))
		before.len -= 7;
	drop_brackets(&before, &after);
	buffer_clear(&b->more);
	buffer_str(&b->more, before);
	buffer_byte(&b->more, ' ');
	buffer_str(&b->more, after);
	struct str name = bare_name(buffer_view(&b->more));
	author.name = builder_title(b, name, FEED_TEXT_GUESS);
	struct buffer mail = {0};
	buffer_str(&mail, STR("mailto:"));
	buffer_str(&mail, address);
	author.url = builder_url(b, STR(""), buffer_view(&mail));
	b->no_memory |= mail.failed;
	buffer_free(&mail);
	if (!author.name)
		author.name = builder_line(b, address);
	return author;
}
