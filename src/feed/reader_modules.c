/* Persons, tags, media, intervals: what elements of the table become. */
#include "feed/reader_table.h"

#include <string.h>

static bool is(struct str s, const char *word)
{
	return str_equal_nocase(s, str_of(word));
}

/* ---- persons ---- */

void reader_start_person(struct reader *r, struct frame *f, const struct xml_tag *tag)
{
	(void)f;
	(void)tag;
	r->person = (struct feed_author){NULL, NULL, NULL};
	r->mail = NULL;
}

/* What the element said, by its children or its text. */
static struct feed_author person(struct reader *r, struct str text)
{
	struct feed_author author = r->person;
	if (!author.url)
		author.url = r->mail;
	if (author.name || author.url) {
		if (!author.name)
			author.name = r->mail && author.url == r->mail ? author.url + 7 : NULL;
		return author;
	}
	return builder_person(&r->builder, text);
}

void reader_end_person(struct reader *r, struct frame *f, struct str text)
{
	struct feed_author author = person(r, text);
	(void)f;
	builder_author(&r->builder, r->item ? &r->item->authors : &r->feed->authors, &author);
}

void reader_end_contributor(struct reader *r, struct frame *f, struct str text)
{
	struct feed_author author = person(r, text);
	(void)f;
	builder_author(&r->builder, r->item ? &r->item->contributors : &r->second, &author);
}

void reader_end_second_person(struct reader *r, struct frame *f, struct str text)
{
	struct feed_author author = person(r, text);
	(void)f;
	builder_author(&r->builder, &r->second, &author);
}

void reader_end_source_author(struct reader *r, struct frame *f, struct str text)
{
	(void)f;
	if (!r->source_author.name)
		r->source_author = person(r, text);
}

void reader_end_person_name(struct reader *r, struct frame *f, struct str text)
{
	const char *name = builder_title(&r->builder, text, FEED_TEXT_GUESS);
	(void)f;
	if (!r->person.name)
		r->person.name = name;
}

void reader_end_person_url(struct reader *r, struct frame *f, struct str text)
{
	if (!r->person.url)
		r->person.url = builder_url(&r->builder, f->base, text);
}

void reader_end_person_mail(struct reader *r, struct frame *f, struct str text)
{
	struct feed_author found = builder_person(&r->builder, text);
	(void)f;
	r->mail = found.url;
}

/* ---- tags ---- */

void reader_start_category(struct reader *r, struct frame *f, const struct xml_tag *tag)
{
	/* Atom, iTunes: in attributes; what a person reads before what a program does. */
	static const char *const names[] = {"label", "term", "text"};
	struct feed_tags *tags = f->context == IN_ITEM ? &r->item->tags : &r->feed->tags;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct str value = xml_attribute(tag, names[i]);
		if (str_trim(value).len == 0 || (f->space == XML_MEDIA && i == 0))
			continue;
		builder_tag(&r->builder, tags, value);
		return;
	}
}

void reader_end_category(struct reader *r, struct frame *f, struct str text)
{
	builder_tag(&r->builder, f->context == IN_ITEM ? &r->item->tags : &r->feed->tags, text);
}

void reader_end_tags(struct reader *r, struct frame *f, struct str text)
{
	builder_tags(&r->builder, f->context == IN_ITEM ? &r->item->tags : &r->feed->tags, text);
}

/* ---- files ---- */

void reader_start_enclosure(struct reader *r, struct frame *f, const struct xml_tag *tag)
{
	struct str where = xml_attribute(tag, "url");
	if (where.len == 0)
		where = xml_attribute(tag, "href");
	const char *url = builder_url(&r->builder, f->base, where);
	if (url)
		reader_enclosure(r, url, tag);
}

void reader_start_media(struct reader *r, struct frame *f, const struct xml_tag *tag)
{
	struct builder *b = &r->builder;
	const char *url = builder_url(b, f->base, xml_attribute(tag, "url"));
	r->attachment = NULL;
	if (!url)
		return;
	const char *type = builder_mime_type(b, xml_attribute(tag, "type"));
	bool image = is(xml_attribute(tag, "medium"), "image") ||
		     (type && strncmp(type, "image/", 6) == 0);
	if (image && reader_take(r, f, offsetof(struct feed_item, image), 5))
		r->item->image = url;
	r->attachment = reader_enclosure(r, url, tag);
}

void reader_end_media(struct reader *r, struct frame *f, struct str text)
{
	(void)f;
	(void)text;
	r->attachment = NULL;
}

void reader_end_media_title(struct reader *r, struct frame *f, struct str text)
{
	const char *title = builder_title(&r->builder, text, FEED_TEXT_GUESS);
	if (r->attachment && !r->attachment->title)
		r->attachment->title = title;
	if (title && f->context == IN_ITEM &&
		reader_take(r, f, f->element->offset, f->element->rank))
		r->item->title = title;
}

void reader_start_media_image(struct reader *r, struct frame *f, const struct xml_tag *tag)
{
	const char *url = builder_url(&r->builder, f->base, xml_attribute(tag, "url"));
	if (!url || !reader_take(r, f, f->element->offset, f->element->rank))
		return;
	*(const char **)((char *)reader_target(r, f) + f->element->offset) = url;
}

void reader_end_duration(struct reader *r, struct frame *f, struct str text)
{
	(void)f;
	r->item_duration = builder_duration(text);
}

/* ---- pictures ---- */

void reader_start_image(struct reader *r, struct frame *f, const struct xml_tag *tag)
{
	static const char *const names[] = {"href", "url"};
	r->image_url = NULL;
	for (size_t i = 0; i < sizeof names / sizeof *names && !r->image_url; i++)
		r->image_url = builder_url(&r->builder, f->base, xml_attribute(tag, names[i]));
	if (!r->image_url)
		r->image_url = builder_url(
			&r->builder, f->base, xml_attribute_in(tag, XML_RDF, "resource"));
}

void reader_end_image_url(struct reader *r, struct frame *f, struct str text)
{
	const char *url = builder_url(&r->builder, f->base, text);
	if (url)
		r->image_url = url;
}

void reader_end_image(struct reader *r, struct frame *f, struct str text)
{
	if (!r->image_url)
		r->image_url = builder_url(&r->builder, f->base, text);
	if (!r->image_url)
		return;
	const struct frame outer = {.context = r->item ? IN_ITEM : IN_FEED};
	size_t offset = r->item ? offsetof(struct feed_item, image) : offsetof(struct feed, icon);
	if (!reader_take(r, &outer, offset, f->element->rank))
		return;
	if (r->item)
		r->item->image = r->image_url;
	else
		r->feed->icon = r->image_url;
}

/* ---- where an item was taken from ---- */

void reader_start_source(struct reader *r, struct frame *f, const struct xml_tag *tag)
{
	const char *url = builder_url(&r->builder, f->base, xml_attribute(tag, "url"));
	if (url)
		r->item->source_url = url;
}

void reader_end_source(struct reader *r, struct frame *f, struct str text)
{
	(void)f;
	if (!r->item->source_title)
		r->item->source_title = builder_title(&r->builder, text, FEED_TEXT_GUESS);
}

void reader_end_source_title(struct reader *r, struct frame *f, struct str text)
{
	r->item->source_title = builder_title(&r->builder, text, f->type);
}

void reader_end_source_link(struct reader *r, struct frame *f, struct str text)
{
	if (!f->flag && !r->item->source_url)
		r->item->source_url = builder_url(&r->builder, f->base, text);
}

void reader_end_comments_count(struct reader *r, struct frame *f, struct str text)
{
	int64_t count = builder_number(text);
	if (count >= 0 &&
		reader_take(r, f, offsetof(struct feed_item, comments_count), f->element->rank))
		r->item->comments_count = count;
}

/* ---- when to come again ---- */

void reader_end_ttl(struct reader *r, struct frame *f, struct str text)
{
	int64_t minutes = builder_number(text);
	(void)f;
	if (minutes > 0 && minutes <= 366 * 24 * 60)
		r->feed->ttl = minutes;
}

void reader_end_period(struct reader *r, struct frame *f, struct str text)
{
	static const struct {
		const char *name;
		int64_t minutes;
	} periods[] = {{"hourly", 60}, {"daily", 1440}, {"weekly", 10080}, {"monthly", 43200},
		{"yearly", 525600}};
	(void)f;
	for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
		if (is(str_trim(text), periods[i].name))
			r->period = periods[i].minutes;
	}
}

void reader_end_frequency(struct reader *r, struct frame *f, struct str text)
{
	(void)f;
	r->frequency = builder_number(text);
}

void reader_end_hour(struct reader *r, struct frame *f, struct str text)
{
	int64_t hour = builder_number(text);
	(void)f;
	if (hour >= 0 && hour <= 24)
		r->feed->skip_hours |= 1u << (hour % 24); /* 24 is 0: RSS 0.91 */
}

void reader_end_day(struct reader *r, struct frame *f, struct str text)
{
	(void)f;
	for (int i = 0; i < 7; i++) {
		if (is(str_trim(text), feed_day_name(i)))
			r->feed->skip_days |= (uint8_t)(1u << i);
	}
}

void reader_end_expired(struct reader *r, struct frame *f, struct str text)
{
	(void)f;
	r->feed->expired = is(str_trim(text), "yes") || is(str_trim(text), "true");
}
