#include "feed/date.h"
#include "feed/reader_table.h"

#include <stdlib.h>
#include <string.h>

/* The field of the feed or item that an element of the table is for. */
#define FIELD(type, r, f) (*(type *)((char *)reader_target(r, f) + (f)->element->offset))

static bool taken(struct reader *r, struct frame *f)
{
	return reader_take(r, f, f->element->offset, f->element->rank);
}

/* Sets a text field when there is a value and none of a higher rank. */
static void set(struct reader *r, struct frame *f, const char *value)
{
	if (value && taken(r, f))
		FIELD(const char *, r, f) = value;
}

/* ---- feed and item ---- */

void reader_start_channel(struct reader *r, struct frame *f, const struct xml_tag *tag)
{
	struct feed *feed = r->feed;
	if (feed->format == FEED_RSS_10 && str_find_nocase(tag->uri, STR("simple/0.9")) >= 0)
		feed->format = FEED_RSS_090;
	const char *url = builder_url(&r->builder, f->base, xml_attribute(tag, "href"));
	if (url && feed->format == FEED_CDF)
		feed->home_page_url = url;
	const char *language = builder_language(&r->builder, f->language);
	if (language && !feed->language) {
		feed->language = language;
		(void)reader_take(r, f, offsetof(struct feed, language), 1);
	}
}

void reader_start_item(struct reader *r, struct frame *f, const struct xml_tag *tag)
{
	struct builder *b = &r->builder;
	if (r->feed->format == FEED_RSS_10 && str_find_nocase(tag->uri, STR("simple/0.9")) >= 0)
		r->feed->format = FEED_RSS_090;
	struct feed_item *item = builder_item(b);
	if (!item) {
		f->mode = SKIP;
		return;
	}
	r->item = item;
	r->attachment = NULL;
	r->item_duration = -1;
	r->source_author = (struct feed_author){NULL, NULL, NULL};
	memset(r->item_ranks, 0, sizeof r->item_ranks);
	const char *language = builder_language(b, f->language);
	if (language && (!r->feed->language || strcmp(language, r->feed->language) != 0)) {
		item->language = language;
		r->item_ranks[offsetof(struct feed_item, language) / 8] = 1;
	}
	struct str about = xml_attribute_in(tag, XML_RDF, "about");
	if (about.len > 0 && reader_take(r, f, offsetof(struct feed_item, id), 2))
		item->id = builder_line(b, about);
	const char *url = builder_url(b, f->base, about.len ? about : xml_attribute(tag, "href"));
	if (url && reader_take(r, f, offsetof(struct feed_item, url), 1))
		item->url = url;
	int64_t when;
	if (feed_date_parse(xml_attribute(tag, "lastmod"), &when)) /* CDF */
		item->modified = when;
}

void reader_end_item(struct reader *r, struct frame *f, struct str text)
{
	struct feed_item *item = r->item;
	(void)f;
	(void)text;
	/* What the cut left must be known by what it has, or it would come a second time. */
	bool known = item->id || item->url;
	bool told = item->title && (r->builder.content.rank || r->builder.summary.rank ||
					   r->builder.description.rank);
	if (r->cut && !known && (r->half || !told)) {
		builder_drop_item(&r->builder);
		r->item = NULL;
		return;
	}
	if (item->id_is_permalink && !item->url)
		item->url = builder_url(&r->builder, f->base, str_of(item->id));
	if (item->authors.count == 0)
		builder_author(&r->builder, &item->authors, &r->source_author);
	for (size_t i = 0; i < item->attachments.count && r->item_duration >= 0; i++) {
		if (item->attachments.items[i].duration < 0 && i == 0)
			item->attachments.items[i].duration = r->item_duration;
	}
	builder_finish_item(&r->builder);
	r->item = NULL;
}

/* ---- texts ---- */

static bool is(struct str s, const char *word)
{
	return str_equal_nocase(s, str_of(word));
}

static bool has_slash(struct str s)
{
	return s.len > 0 && memchr(s.ptr, '/', s.len);
}

void reader_set_type(struct reader *r, struct frame *f, const struct xml_tag *tag)
{
	struct str type = str_trim(xml_attribute(tag, "type"));
	struct str mode = str_trim(xml_attribute(tag, "mode"));
	bool atom = f->space == XML_ATOM || (r->is_atom && f->space == XML_NONE);
	bool xml = type.len > 4 && (str_find_nocase(type, STR("+xml")) >= 0 ||
					   str_find_nocase(type, STR("/xml")) >= 0);
	f->base64 = is(mode, "base64");
	f->type = FEED_TEXT_GUESS;
	if (type.len == 0)
		f->type = atom && !is(mode, "escaped") && !f->base64 ? FEED_TEXT_PLAIN
								     : FEED_TEXT_GUESS;
	else if (is(type, "html") || str_find_nocase(type, STR("text/html")) == 0)
		f->type = FEED_TEXT_HTML;
	else if (is(type, "xhtml") || xml)
		f->type = f->base64 || is(mode, "escaped") ? FEED_TEXT_HTML : FEED_TEXT_XHTML;
	else if (is(type, "text") || is(type, "plain") || str_find_nocase(type, STR("text/")) == 0)
		f->type = atom || f->space == XML_MEDIA ? FEED_TEXT_PLAIN : FEED_TEXT_GUESS;
	else if (atom && has_slash(type) && mode.len == 0)
		f->base64 = r->feed->format != FEED_ATOM_03;
}

void reader_start_text(struct reader *r, struct frame *f, const struct xml_tag *tag)
{
	reader_set_type(r, f, tag);
}

void reader_start_body(struct reader *r, struct frame *f, const struct xml_tag *tag)
{
	struct builder *b = &r->builder;
	struct str source = xml_attribute(tag, "src"), type = xml_attribute(tag, "type");
	if (f->space == XML_XHTML) {
		f->type = FEED_TEXT_XHTML;
		return;
	}
	reader_set_type(r, f, tag);
	if (str_find_nocase(type, STR("multipart/")) == 0)
		f->mode = HOLD; /* of Atom 0.3: contents in a content */
	const char *url = source.len > 0 ? builder_url(b, f->base, source) : NULL;
	if (!url)
		return;
	const char *mime = builder_mime_type(b, type);
	bool page = !mime || strcmp(mime, "text/html") == 0 || strstr(mime, "xml");
	if (page && reader_take(r, f, offsetof(struct feed_item, url), 3))
		r->item->url = url;
	struct feed_attachment *a = page ? NULL : builder_attachment(b, &r->item->attachments, url);
	if (a)
		a->mime_type = mime;
}

/* An item whose text is in another language than the feed is in that language. */
static void tell_language(struct reader *r, const struct frame *f)
{
	struct feed_item *item = r->item;
	if (f->context != IN_ITEM || f->language.len == 0 || item->language ||
		str_equal_nocase(f->language, str_of(r->feed->language)))
		return;
	item->language = builder_language(&r->builder, f->language);
}

void reader_end_description(struct reader *r, struct frame *f, struct str text)
{
	tell_language(r, f);
	builder_body(&r->builder, &r->builder.description, f->element->rank, text, f->type, f->base,
		f->language);
}

void reader_end_content(struct reader *r, struct frame *f, struct str text)
{
	tell_language(r, f);
	builder_body(&r->builder, &r->builder.content, f->element->rank, text, f->type, f->base,
		f->language);
}

void reader_end_summary(struct reader *r, struct frame *f, struct str text)
{
	tell_language(r, f);
	builder_body(&r->builder, &r->builder.summary, f->element->rank, text, f->type, f->base,
		f->language);
}

void reader_end_line(struct reader *r, struct frame *f, struct str text)
{
	set(r, f, builder_line(&r->builder, text));
}

void reader_end_title(struct reader *r, struct frame *f, struct str text)
{
	set(r, f, builder_title(&r->builder, text, f->type));
}

void reader_end_url(struct reader *r, struct frame *f, struct str text)
{
	if (str_trim(text).len > 0)
		set(r, f, builder_url(&r->builder, f->base, text));
}

void reader_end_language(struct reader *r, struct frame *f, struct str text)
{
	set(r, f, builder_language(&r->builder, text));
}

void reader_end_date(struct reader *r, struct frame *f, struct str text)
{
	int64_t when;
	if (str_trim(text).len == 0)
		return;
	if (!feed_date_parse(text, &when))
		builder_warn(&r->builder, "dates that cannot be understood");
	else if (taken(r, f))
		FIELD(int64_t, r, f) = when;
}

/* ---- links and identity ---- */

enum link_use {
	USE_ALTERNATE,
	USE_ENCLOSURE,
	USE_RELATED,
	USE_REPLIES,
	USE_SELF,
	USE_NEXT,
	USE_HUB,
	USE_ICON,
	USE_NONE,
};

static enum link_use use_of(struct str rel)
{
	static const struct {
		const char *rel;
		enum link_use use;
	} uses[] = {{"alternate", USE_ALTERNATE}, {"enclosure", USE_ENCLOSURE},
		{"related", USE_RELATED}, {"via", USE_NONE}, {"replies", USE_REPLIES},
		{"self", USE_SELF}, {"next", USE_NEXT}, {"hub", USE_HUB}, {"icon", USE_ICON},
		{"shortcut icon", USE_ICON}, {"payment", USE_NONE}};
	static const struct str iana = {"http://www.iana.org/assignments/relation/", 41};
	rel = str_trim(rel);
	if (str_starts(rel, iana))
		rel = str_slice(rel, iana.len, rel.len);
	if (rel.len == 0)
		return USE_ALTERNATE;
	for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
		if (is(rel, uses[i].rel))
			return uses[i].use;
	}
	return USE_NONE;
}

struct feed_attachment *reader_enclosure(
	struct reader *r, const char *url, const struct xml_tag *tag)
{
	struct builder *b = &r->builder;
	struct feed_attachment *a = builder_attachment(b, &r->item->attachments, url);
	if (!a)
		return NULL;
	if (!a->mime_type)
		a->mime_type = builder_mime_type(b, xml_attribute(tag, "type"));
	if (!a->title)
		a->title = builder_line(b, xml_attribute(tag, "title"));
	struct str length = xml_attribute(tag, "length");
	int64_t size = builder_number(length.ptr ? length : xml_attribute(tag, "filesize"));
	if (a->size < 0 && size > 0)
		a->size = size;
	int64_t duration = builder_duration(xml_attribute(tag, "duration"));
	if (a->duration < 0)
		a->duration = duration;
	return a;
}

/* A link of Atom in an item; in RSS its own <link> counts more. */
static void item_link(struct reader *r, struct frame *f, const struct xml_tag *tag,
	enum link_use use, const char *url)
{
	struct feed_item *item = r->item;
	struct str type = xml_attribute(tag, "type");
	bool html = type.len == 0 || str_find_nocase(type, STR("html")) >= 0;
	uint8_t rank = r->is_atom ? 8 : 4;
	switch (use) {
	case USE_ALTERNATE:
		if (reader_take(r, f, offsetof(struct feed_item, url), html ? rank : rank - 2))
			item->url = url;
		break;
	case USE_SELF:
		if (reader_take(r, f, offsetof(struct feed_item, url), 2))
			item->url = url;
		break;
	case USE_ENCLOSURE:
		(void)reader_enclosure(r, url, tag);
		break;
	case USE_RELATED:
		item->external_url = item->external_url ? item->external_url : url;
		break;
	case USE_REPLIES:
		if (html && !item->comments_url)
			item->comments_url = url;
		else if (!html && !item->comments_feed_url)
			item->comments_feed_url = url;
		int64_t count = builder_number(xml_attribute_in(tag, XML_THREAD, "count"));
		item->comments_count = count >= 0 ? count : item->comments_count;
		break;
	default:
		break;
	}
}

static void feed_link(struct reader *r, struct frame *f, const struct xml_tag *tag,
	enum link_use use, const char *url)
{
	struct feed *feed = r->feed;
	struct str type = xml_attribute(tag, "type");
	bool html = type.len == 0 || str_find_nocase(type, STR("html")) >= 0;
	static const size_t fields[] = {[USE_ALTERNATE] = offsetof(struct feed, home_page_url),
		[USE_SELF] = offsetof(struct feed, feed_url),
		[USE_NEXT] = offsetof(struct feed, next_url),
		[USE_HUB] = offsetof(struct feed, hub_url),
		[USE_ICON] = offsetof(struct feed, favicon),
		[USE_NONE] = 0};
	uint8_t rank = use != USE_ALTERNATE ? 1 : r->is_atom ? 8 : 4;
	if (use == USE_NONE || fields[use] == 0)
		return;
	rank = html || use != USE_ALTERNATE ? rank : rank - 2;
	if (reader_take(r, f, fields[use], rank))
		*(const char **)((char *)feed + fields[use]) = url;
}

void reader_start_link(struct reader *r, struct frame *f, const struct xml_tag *tag)
{
	struct str href = xml_attribute(tag, "href");
	if (!href.ptr)
		href = xml_attribute_in(tag, XML_RDF, "resource");
	f->flag = href.ptr != NULL;
	if (!href.ptr)
		return;
	enum link_use use = use_of(xml_attribute(tag, "rel"));
	const char *url = builder_url(&r->builder, f->base, href);
	if (!url)
		return;
	if (f->context == IN_SOURCE) {
		if (use == USE_ALTERNATE || (use == USE_SELF && !r->item->source_url))
			r->item->source_url = url;
	} else if (f->context == IN_ITEM) {
		item_link(r, f, tag, use, url);
	} else {
		feed_link(r, f, tag, use, url);
	}
}

void reader_end_link(struct reader *r, struct frame *f, struct str text)
{
	if (f->flag || str_trim(text).len == 0)
		return;
	const char *url = builder_url(&r->builder, f->base, text);
	size_t offset = f->context == IN_ITEM ? offsetof(struct feed_item, url)
					      : offsetof(struct feed, home_page_url);
	if (url && reader_take(r, f, offset, 9))
		*(const char **)((char *)reader_target(r, f) + offset) = url;
}

void reader_start_guid(struct reader *r, struct frame *f, const struct xml_tag *tag)
{
	struct str said = str_trim(xml_attribute(tag, "ispermalink"));
	(void)r;
	f->flag = !is(said, "false");
	f->scheme[0] = said.ptr ? 's' : '\0'; /* it is said */
}

static bool is_web_address(struct str s)
{
	return str_find_nocase(str_slice(s, 0, 8), STR("http://")) == 0 ||
	       str_find_nocase(str_slice(s, 0, 8), STR("https://")) == 0;
}

void reader_end_guid(struct reader *r, struct frame *f, struct str text)
{
	const char *id = builder_line(&r->builder, text);
	if (!id || !reader_take(r, f, offsetof(struct feed_item, id), 9))
		return;
	r->item->id = id;
	/* True unless it says otherwise, but for what can be no address. */
	r->item->id_is_permalink = f->flag && (f->scheme[0] || is_web_address(str_of(id)));
}

void reader_end_id(struct reader *r, struct frame *f, struct str text)
{
	set(r, f, builder_line(&r->builder, text));
}

void reader_start_reply(struct reader *r, struct frame *f, const struct xml_tag *tag)
{
	struct str ref = xml_attribute(tag, "ref");
	set(r, f, builder_line(&r->builder, ref.len ? ref : xml_attribute(tag, "href")));
}

void reader_end_reply(struct reader *r, struct frame *f, struct str text)
{
	set(r, f, builder_line(&r->builder, text));
}
