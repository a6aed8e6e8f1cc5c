/*
 * Subscription lists: OPML 1.0, 1.1 and 2.0 (opml.org), and what programs write for it.
 * The tree of outlines becomes a flat list of feeds, each with the folders it stood in.
 */
#ifndef KHABAR_FEED_OPML_H
#define KHABAR_FEED_OPML_H

#include "base/buffer.h"
#include "base/error.h"

enum {
	OPML_MAX = 50000,    /* outlines with an address; the rest is left out */
	OPML_DEPTH_MAX = 64, /* folders inside each other; deeper ones count as the last */
};

/* Owned by the struct opml: NUL-terminated UTF-8 without control characters, "" where absent. */
struct opml_outline {
	const char *title;   /* title, or text */
	const char *xml_url; /* as written, trimmed: any scheme */
	const char *html_url;
	const char *type; /* "rss", "atom", "link", "include" ... in lower case */
	const char *description;
	const char *language;
	const char **folders; /* outermost first */
	size_t folder_count;
	const char **tags; /* of `category`, without a slash in front */
	size_t tag_count;
};

struct opml {
	const char *title;
	struct opml_outline *items; /* in the order of the document */
	size_t count, cap;
	bool mended; /* the document was broken, or too long */
	struct feed_memory *memory;
};

/*
 * 0; -1 with EX_DATAERR when it is no OPML, EX_OSERR when out of memory; *opml is {0} then.
 */
int opml_parse(struct str bytes, struct opml *opml, struct error *error);
void opml_free(struct opml *opml); /* leaves {0} */

/*
 * Appends [{"url", "title", "tags": folders and categories, "folders", "html_url", "type",
 * "description"}, ...] and "\n"; empty ones but url, title and tags are left out.
 */
int opml_write_json(const struct opml *opml, struct buffer *out, struct error *error);

#endif
