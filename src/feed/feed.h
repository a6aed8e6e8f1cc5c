/*
 * Bytes of a feed, whatever its format and shape, to one structure and to JSON Feed 1.1.
 *
 * Read are RSS 0.90, 0.91, 0.92, 0.93, 0.94, 1.0 (RDF), 1.1 and 2.0, Atom 0.3 (and the
 * drafts before it) and 1.0 (RFC 4287), JSON Feed 1.0 and 1.1 (jsonfeed.org), with the modules
 * that feeds use: content, Dublin Core, Media RSS, iTunes, slash, wfw, thread (RFC 4685),
 * syndication, xml:base, xml:lang.  OPML is recognised and has a reader of its own (feed/opml.h).
 *
 * Parsing touches no file and no network, keeps no state between calls and is linear in the
 * size of its input in time and memory: it may run in a sandbox, and on several threads.
 */
#ifndef KHABAR_FEED_FEED_H
#define KHABAR_FEED_FEED_H

#include "base/buffer.h"
#include "base/error.h"
#include "text/paragraph.h"

/* What was read beside the bytes; views, all may be empty. */
struct feed_source {
	struct str base_url;     /* where it came from: relative addresses start there */
	struct str content_type; /* as HTTP says it: "application/rss+xml; charset=utf-8" */
};

enum feed_format {
	FEED_UNKNOWN,
	FEED_RSS_090,
	FEED_RSS_091,
	FEED_RSS_092,
	FEED_RSS_093,
	FEED_RSS_094,
	FEED_RSS_10,
	FEED_RSS_11,
	FEED_RSS_20,
	FEED_RSS, /* RSS of no known version */
	FEED_ATOM_03,
	FEED_ATOM_10,
	FEED_CDF, /* Channel Definition Format */
	FEED_JSON_10,
	FEED_JSON_11,
	FEED_OPML,
};

/* "rss-2.0", "atom-1.0", "json-1.1", ...; "" for FEED_UNKNOWN.  Static. */
const char *feed_format_name(enum feed_format format);

/* "Monday" for 0 to "Sunday" for 6.  Static. */
const char *feed_day_name(int day);

/* No date was given, or none that a calendar has. */
#define FEED_NO_DATE INT64_MIN

/*
 * Limits of ours; what is over them is left out, with a warning.  They are far above what real
 * feeds hold.
 */
enum {
	FEED_ITEMS_MAX = 20000,
	FEED_LIST_MAX = 64,       /* authors, tags or attachments of one item */
	FEED_WARNINGS_MAX = 32,   /* different ones */
	FEED_BODY_MAX = 8 << 20,  /* bytes of one text as HTML */
	FEED_LINE_MAX = 16 << 10, /* bytes of a title, a name, an address */
};

/*
 * Strings below are UTF-8, NUL-terminated, owned by the struct feed, and NULL where the
 * document has none.  They hold no C0 but "\n" and "\t", no DEL and no C1.  Addresses are
 * absolute: http, https or mailto.  What is called plain text is one line.
 */
struct feed_author {
	const char *name, *url, *avatar; /* url: "mailto:..." where only that is known */
};

struct feed_authors {
	struct feed_author *items;
	size_t count, cap;
};

struct feed_tags {
	const char **items; /* plain text */
	size_t count, cap;
};

struct feed_attachment {
	const char *url, *mime_type, *title;
	int64_t size;     /* bytes, -1 unknown */
	int64_t duration; /* seconds, -1 unknown */
};

struct feed_attachments {
	struct feed_attachment *items;
	size_t count, cap;
};

struct feed_item {
	const char *id; /* never NULL: what the document gives, else the link, else a hash */
	const char *url, *external_url;
	const char *title;        /* plain text */
	const char *content_html; /* sanitised; the summary where there is no content */
	const char *content_text; /* where the document gives the content as plain text */
	const char *summary;      /* plain text; where there is a content beside it, or by name */
	const char *summary_html; /* sanitised; where there is a content beside it */
	const char *image, *banner_image;
	const char *language;        /* BCP 47 */
	int64_t published, modified; /* Unix seconds or FEED_NO_DATE */
	struct feed_authors authors; /* contributors, where neither item nor feed tell one */
	struct feed_authors contributors;
	struct feed_tags tags;
	struct feed_attachments attachments;
	enum text_direction direction; /* of its text; TEXT_AUTO: no telling */
	const char *comments_url, *comments_feed_url;
	int64_t comments_count;  /* -1 unknown */
	const char *in_reply_to; /* id or address of what it answers */
	const char *rights;
	const char *source_title, *source_url; /* of the feed it was taken from */
	bool id_is_permalink;
};

struct feed {
	enum feed_format format;
	const char *encoding; /* static, or of ICU */
	const char *id, *title, *home_page_url, *feed_url, *next_url, *description, *icon, *favicon;
	const char *language, *rights, *generator, *hub_url;
	const char *new_feed_url; /* where the feed says it has moved to */
	const char *user_comment;
	enum text_direction direction;
	int64_t published, modified;
	struct feed_authors authors;
	struct feed_tags tags;
	int64_t ttl;             /* minutes until the next visit, -1 unknown */
	int64_t update_interval; /* minutes between updates as sy: tells, -1 unknown */
	uint32_t skip_hours;     /* bit n: not at n:00 UTC */
	uint8_t skip_days;       /* bit 0: Monday */
	bool expired;            /* it says that nothing will come any more */
	struct feed_item *items; /* in the order of the document */
	size_t count, cap;
	const char *warnings[FEED_WARNINGS_MAX]; /* what was mended or left out; static strings */
	size_t warning_count;
	struct feed_memory *memory; /* owns the strings */
};

/*
 * Parses a whole document.  0; -1 with EX_DATAERR when it is no feed (OPML is none, and the
 * message names `khabar import`), over LIMIT_SOURCE (base/limit.h), or no text; EX_OSERR
 * when out of memory.  On failure *feed is {0} but for its format, which tells OPML.
 */
int feed_parse(
	struct str bytes, const struct feed_source *source, struct feed *feed, struct error *error);
void feed_free(struct feed *feed); /* leaves {0} */

/*
 * Appends the feed as one JSON Feed 1.1 object and a "\n": what `khabar parse` prints and what
 * crosses the sandbox.  Beside the keys of that format, "_khabar" holds
 * - at the top: format, encoding, warnings; where known id, dir, date_published, date_modified,
 *   ttl and update_interval (minutes), skip_hours (0-23), skip_days (English names), hub_url,
 *   new_feed_url, rights, generator, tags;
 * - per item: id_is_permalink; where known comments_url, summary_html, comments_feed_url,
 *   comments_count, in_reply_to, rights, dir, contributors, source {title, url}.
 */
int feed_write_json(const struct feed *feed, struct buffer *out, struct error *error);

/* Both at once, for a worker: the bytes of a document to what feed_write_json() writes. */
int feed_to_json(struct str bytes, const struct feed_source *source, struct buffer *out,
	struct error *error);

#endif
