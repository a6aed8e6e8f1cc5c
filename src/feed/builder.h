/* What all formats share in making a struct feed: values cleaned, lists without doubles. */
#ifndef KHABAR_FEED_BUILDER_H
#define KHABAR_FEED_BUILDER_H

#include "feed/feed.h"
#include "feed/memory.h"
#include "feed/text.h"

/* Rank of a text that its format calls a summary: it is told as one though it is the only text. */
enum { BODY_RANK_SUMMARY = 9 };

/* A text as the document has it, until the item is whole. */
struct body {
	struct buffer raw, base;
	enum feed_text_type type;
	char language[40];
	uint8_t rank; /* of the element it came from; 0: none came */
};

struct builder {
	struct feed *feed;
	struct buffer scratch, more;  /* for one call */
	struct body content, summary; /* of the item at hand */
	struct body description;      /* of RSS: the summary, or the content beside a summary */
	bool no_memory;
};

void builder_free(struct builder *b);

/* `what` is a static string; each is kept once. */
void builder_warn(struct builder *b, const char *what);

/* A cleaned copy as one line; NULL when nothing is left. */
const char *builder_line(struct builder *b, struct str text);

/* A title or name as plain text, its markup and references resolved as the type wants. */
const char *builder_title(struct builder *b, struct str text, enum feed_text_type type);

/* Where relative addresses start: the base, else the home page of the feed, or its own address. */
struct str builder_base(const struct builder *b, struct str base);

/* The absolute address; NULL when it has none that may be followed. */
const char *builder_url(struct builder *b, struct str base, struct str reference);

/* A language tag; NULL when it is none. */
const char *builder_language(struct builder *b, struct str tag);

/* "type/subtype" in lower case, parameters cut off; NULL when it is none. */
const char *builder_mime_type(struct builder *b, struct str type);

/* A number of up to 18 digits; -1: it is none. */
int64_t builder_number(struct str text);

/* "1:02:03", "62:03", "3723", "3723.5": seconds; -1: it is none. */
int64_t builder_duration(struct str text);

void builder_author(struct builder *b, struct feed_authors *list, const struct feed_author *author);

/* "name", "email (name)", "name <email>", "name (email)", "email". */
struct feed_author builder_person(struct builder *b, struct str text);

/* One tag; builder_tags: several, between commas. */
void builder_tag(struct builder *b, struct feed_tags *list, struct str tag);
void builder_tags(struct builder *b, struct feed_tags *list, struct str tags);

/* Adds it, or finds the one with this address; NULL: no room. */
struct feed_attachment *builder_attachment(
	struct builder *b, struct feed_attachments *list, const char *url);

/* Takes the text when its rank is higher than that of the one before, or it had none. */
void builder_body(struct builder *b, struct body *body, uint8_t rank, struct str text,
	enum feed_text_type type, struct str base, struct str language);

/* A new item; NULL: no room.  The one before must be finished or dropped. */
struct feed_item *builder_item(struct builder *b);
void builder_drop_item(struct builder *b);

/* Sanitises the texts of the newest item and fills what is derived: id, direction ... */
void builder_finish_item(struct builder *b);

#endif
