/* Links of a document being written. */
#include "article/build.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>

bool build_is_link(struct str href)
{
	static const struct str schemes[] = {{"http://", 7}, {"https://", 8}, {"mailto:", 7}};
	href = str_trim(href);
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		struct str start = str_slice(href, 0, schemes[i].len);
		if (href.len > schemes[i].len && str_equal_nocase(start, schemes[i]))
			return true;
	}
	return false;
}

enum link_kind build_link_kind(struct str href, struct str type)
{
	static const struct {
		struct str start;
		enum link_kind kind;
	} types[] = {
		{{"image/", 6}, LINK_IMAGE},
		{{"audio/", 6}, LINK_AUDIO},
		{{"video/", 6}, LINK_VIDEO},
		{{"text/html", 9}, LINK_PAGE},
		{{"application/xhtml+xml", 21}, LINK_PAGE},
	};
	href = str_trim(href);
	type = str_trim(type);
	if (str_starts(href, STR("#")))
		return LINK_PLACE;
	if (str_equal_nocase(str_slice(href, 0, 7), STR("mailto:")))
		return LINK_MAIL;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		if (str_equal_nocase(str_slice(type, 0, types[i].start.len), types[i].start))
			return types[i].kind;
	}
	return str_find(type, STR("/")) > 0 ? LINK_FILE : LINK_PAGE;
}

/* As a URL parser does: no control characters, white space escaped. */
static char *clean_url(struct str href)
{
	struct buffer url = {0};
	href = str_trim(href);
	for (size_t i = 0; i < href.len;) {
		uint32_t code;
		size_t plain = build_plain(str_slice(href, i, href.len));
		buffer_add(&url, href.ptr + i, plain);
		i += plain;
		if (i == href.len)
			break;
		i += utf8_decode(href.ptr + i, href.len - i, &code);
		bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
		if (code == ' ')
			buffer_str(&url, STR("%20"));
		else if (!control)
			buffer_utf8(&url, code);
	}
	return buffer_take(&url);
}

/* A MIME type is a few ASCII characters; anything else is none. */
static char *clean_type(struct str type)
{
	enum { LONGEST = 100 };
	type = str_trim(type);
	if (type.len == 0 || type.len > LONGEST)
		return NULL;
	for (size_t i = 0; i < type.len; i++) {
		if (type.ptr[i] <= ' ' || type.ptr[i] > '~')
			return NULL;
	}
	return str_dup(type);
}

size_t build_add_link(struct builder *b, const struct build_target *target)
{
	struct document *d = b->document;
	char *url = array_reserve(&d->links, &d->link_cap, d->link_count + 1, sizeof *d->links)
			    ? clean_url(target->href)
			    : NULL;
	if (!url) {
		b->failed = true;
		return 0;
	}
	d->links[d->link_count] = (struct link){
		.url = url,
		.type = clean_type(target->type),
		.kind = target->kind,
		.start = b->text.len,
		.end = b->text.len,
		.target = target->place,
	};
	return d->link_count++;
}
