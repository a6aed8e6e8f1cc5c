/*
 * From the events of an XML document to a struct feed.  Internal to feed/: reader.c follows the
 * elements, reader_table.c says which there are, reader_values.c what becomes of their text.
 */
#ifndef KHABAR_FEED_READER_H
#define KHABAR_FEED_READER_H

#include "feed/builder.h"
#include "feed/xml.h"

/* Where an element stands: what its children may be. */
enum context {
	IN_DOCUMENT = 1,
	IN_FEED = 2,
	IN_ITEM = 4,
	IN_PERSON = 8,
	IN_IMAGE = 16,
	IN_SOURCE = 32,
	IN_OWN = IN_FEED | IN_ITEM,
};

enum mode {
	SKIP, /* the element goes with all in it */
	HOLD, /* holds elements that the table knows; its own text is kept, too */
	TEXT, /* holds text; elements in it are markup of that text */
};

struct reader;
struct frame;

struct element {
	unsigned spaces;   /* bits 1 << enum xml_space */
	const char *name;  /* in any case; NULL ends the table */
	unsigned contexts; /* where it is known */
	enum mode mode;
	unsigned context; /* of its children; 0: as its own */
	void (*start)(struct reader *r, struct frame *f, const struct xml_tag *tag); /* or NULL */
	void (*end)(struct reader *r, struct frame *f, struct str text);             /* or NULL */
	size_t offset; /* for `end`: of the field, in what the context tells */
	uint8_t rank;  /* a value of a higher rank takes the place of one of a lower */
	bool partial;  /* kept even where the document is cut off in it */
};

extern const struct element reader_elements[];

struct frame {
	const struct element *element; /* NULL: not known, or markup */
	enum mode mode;
	unsigned context;
	enum xml_space space;
	size_t text; /* start of its text, in reader.text */
	struct str base, language;
	struct buffer base_store; /* used again by the next frame at this depth */
	char language_store[36];
	/* Of a text. */
	enum feed_text_type type;
	bool base64, markup;
	bool opened; /* a markup element whose start tag was written */
	/* Attributes kept for the end. */
	char scheme[64];
	const char *url;
	bool flag;
};

enum { READER_DEPTH = MEND_DEPTH_MAX + 4 };

struct reader {
	struct builder builder;
	struct feed *feed;
	struct frame frames[READER_DEPTH];
	size_t depth;
	size_t owner; /* the frame whose text is being read, when the last one is in mode TEXT */
	struct buffer text;
	struct str base;        /* of the document */
	struct feed_item *item; /* the one being read, or NULL */
	bool cut, half;         /* half: amid a text */
	bool is_atom;
	/* Ranks of what was set, by offset / 8. */
	uint8_t feed_ranks[sizeof(struct feed) / 8 + 1];
	uint8_t item_ranks[sizeof(struct feed_item) / 8 + 1];
	/* The person and image being read; of the source of an item its first author. */
	struct feed_author person;
	const char *mail; /* "mailto:..." of the person */
	struct feed_author source_author;
	const char *image_url;
	struct feed_authors second; /* of the feed, where there are no better */
	int64_t item_duration;
	int64_t period, frequency;          /* sy: */
	struct feed_attachment *attachment; /* of the media:content that is open */
};

/* Whether a value of this rank may be set now; remembers that it was. */
bool reader_take(struct reader *r, const struct frame *f, size_t offset, uint8_t rank);

/* What the context of the frame is about: the item or the feed. */
void *reader_target(struct reader *r, const struct frame *f);

/* The text type that attributes of an element state (Atom). */
void reader_set_type(struct reader *r, struct frame *f, const struct xml_tag *tag);

/* A file that belongs to the item, told by the attributes of an element; NULL: no room. */
struct feed_attachment *reader_enclosure(
	struct reader *r, const char *url, const struct xml_tag *tag);

/* The format that a root element tells. */
enum feed_format reader_format(const struct xml_tag *root);

#endif
