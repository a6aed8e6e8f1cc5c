#include "article/language.h"
#include "feed/builder.h"

#include <sha2.h>
#include <string.h>

enum { SAMPLE = 4096 }; /* bytes of a text that tell its direction */

void builder_body(struct builder *b, struct body *body, uint8_t rank, struct str text,
	enum feed_text_type type, struct str base, struct str language)
{
	text = feed_text_unwrap(text, type);
	if (str_trim(text).len == 0 || rank <= body->rank)
		return;
	buffer_clear(&body->raw);
	buffer_str(&body->raw, text);
	buffer_clear(&body->base);
	buffer_str(&body->base, base);
	body->type = type;
	size_t len = language.len < sizeof body->language ? language.len : 0;
	if (len > 0)
		memcpy(body->language, language.ptr, len);
	body->language[len] = '\0';
	body->rank = rank;
	b->no_memory |= body->raw.failed || body->base.failed;
}

static void clear_bodies(struct builder *b)
{
	b->content.rank = b->summary.rank = b->description.rank = 0;
	buffer_clear(&b->content.raw);
	buffer_clear(&b->summary.raw);
	buffer_clear(&b->description.raw);
}

struct feed_item *builder_item(struct builder *b)
{
	struct feed *feed = b->feed;
	clear_bodies(b);
	if (feed->count >= FEED_ITEMS_MAX) {
		builder_warn(b, "too many items");
		return NULL;
	}
	if (!feed_memory_grow(
		    feed->memory, &feed->items, &feed->cap, feed->count, sizeof *feed->items))
		return NULL;
	struct feed_item *item = &feed->items[feed->count++];
	*item = (struct feed_item){
		.published = FEED_NO_DATE, .modified = FEED_NO_DATE, .comments_count = -1};
	return item;
}

void builder_drop_item(struct builder *b)
{
	b->feed->count--;
	clear_bodies(b);
}

static const char *keep(struct builder *b, struct buffer *text)
{
	b->no_memory |= text->failed;
	if (text->failed || text->len == 0)
		return NULL;
	return feed_memory_copy(b->feed->memory, buffer_view(text));
}

static enum text_direction direction_of(struct builder *b, const struct feed_item *item)
{
	const struct buffer *raw = b->content.rank ? &b->content.raw : &b->summary.raw;
	enum text_direction direction = TEXT_AUTO;
	if (item->title)
		direction = language_text_direction(str_of(item->title));
	if (direction == TEXT_AUTO)
		direction = language_main_direction(str_slice(buffer_view(raw), 0, SAMPLE));
	return direction != TEXT_AUTO ? direction : language_direction(str_of(item->language));
}

/* One text, sanitised; *line gets it as one line when that is wanted. */
static const char *clean(
	struct builder *b, struct body *body, enum text_direction direction, const char **line)
{
	struct str raw = buffer_view(&body->raw);
	struct error error = {.status = EX_OK};
	bool html = body->type == FEED_TEXT_HTML || body->type == FEED_TEXT_XHTML ||
		    (body->type == FEED_TEXT_GUESS && feed_text_is_html_body(raw));
	int result;
	buffer_clear(&b->scratch);
	buffer_clear(&b->more);
	if (raw.len > FEED_BODY_MAX)
		builder_warn(b, "a text that is too long was cut");
	if (html) {
		result = feed_clean_html(raw, builder_base(b, buffer_view(&body->base)), direction,
			str_of(body->language), &b->scratch, line ? &b->more : NULL, &error);
	} else {
		result = feed_clean_text(raw, direction, &b->scratch, &error);
		if (line)
			feed_text_line(raw, FEED_LINE_MAX, &b->more);
	}
	if (result < 0 && error.status == EX_DATAERR)
		builder_warn(b, "a text that is too complex was left out");
	else
		b->no_memory |= result < 0;
	if (line)
		*line = keep(b, &b->more);
	return result < 0 ? NULL : keep(b, &b->scratch);
}

static void add_hashed(SHA2_CTX *hash, const char *text)
{
	if (text)
		SHA256Update(hash, (const uint8_t *)text, strlen(text));
	SHA256Update(hash, (const uint8_t *)"", 1);
}

/*
 * For items without id and address: a hash of what they say, as the document has it, so that it
 * stays when our sanitiser changes.
 */
static const char *hashed_id(struct builder *b, const struct feed_item *item)
{
	struct str body = buffer_view(b->content.rank ? &b->content.raw : &b->summary.raw);
	SHA2_CTX hash;
	uint8_t digest[SHA256_DIGEST_LENGTH];
	struct buffer id = {0};
	SHA256Init(&hash);
	add_hashed(&hash, item->title);
	SHA256Update(&hash, (const uint8_t *)body.ptr, body.len);
	for (size_t i = 0; i < item->attachments.count; i++)
		add_hashed(&hash, item->attachments.items[i].url);
	SHA256Final(digest, &hash);
	buffer_str(&id, STR("sha256:"));
	for (size_t i = 0; i < 20; i++)
		buffer_printf(&id, "%02x", digest[i]);
	const char *kept = keep(b, &id);
	buffer_free(&id);
	return kept ? kept : "";
}

static void swap(struct body *a, struct body *b)
{
	struct body other = *a;
	*a = *b;
	*b = other;
}

/* Where an item has a description, what it is follows from what else is there. */
static void place_description(struct builder *b)
{
	if (b->description.rank == 0)
		return;
	bool summary = b->summary.rank > 0, content = b->content.rank > 0;
	if (summary && !content)
		swap(&b->description, &b->content);
	else if (b->summary.rank < BODY_RANK_SUMMARY)
		swap(&b->description, &b->summary);
}

void builder_finish_item(struct builder *b)
{
	struct feed_item *item = &b->feed->items[b->feed->count - 1];
	place_description(b);
	bool both = b->content.rank > 0 && b->summary.rank > 0;
	item->direction = direction_of(b, item);
	/* Some programs write one text twice. */
	if (both && str_equal(buffer_view(&b->content.raw), buffer_view(&b->summary.raw)))
		both = false;
	if (b->content.rank > 0)
		item->content_html = clean(b, &b->content, item->direction, NULL);
	if (b->content.rank > 0 && b->content.type == FEED_TEXT_PLAIN) {
		buffer_clear(&b->scratch);
		feed_text_lines(buffer_view(&b->content.raw), FEED_BODY_MAX, &b->scratch);
		item->content_text = keep(b, &b->scratch);
	}
	if (both)
		item->summary_html = clean(b, &b->summary, item->direction, &item->summary);
	else if (b->summary.rank > 0 && b->content.rank == 0)
		item->content_html = clean(b, &b->summary, item->direction,
			b->summary.rank == BODY_RANK_SUMMARY ? &item->summary : NULL);
	if (!item->id)
		item->id = item->url ? item->url : hashed_id(b, item);
	clear_bodies(b);
}
