/*
 * Databases of other news readers, to be imported: newsboat's cache.db and newsraft's.
 *
 * They are only read.  One that its program has locked is read all the same, as the file
 * stands; it may then be a change behind.
 */
#ifndef KHABAR_STORE_FOREIGN_H
#define KHABAR_STORE_FOREIGN_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct foreign;

/* Valid until the next call; empty where unknown.  Text may hold anything. */
struct foreign_feed {
	struct str url, title, site_url;
};

struct foreign_article {
	struct str feed_url, feed_title, site_url; /* as in foreign_feed */
	struct str guid, title, author, url;
	struct str content, content_type; /* HTML, unless the type says "text/plain" */
	struct str base_url;
	struct str enclosure_url, enclosure_type;
	struct str flags;  /* newsboat: letters */
	int64_t published; /* Unix seconds, INT64_MIN unknown */
	bool read, starred;
};

/*
 * EX_DATAERR when it is a database of yet another program; EX_NOINPUT, EX_NOPERM, EX_IOERR
 * as store_open().  The messages name the file.
 */
struct foreign *foreign_open(const char *path, struct error *error);
void foreign_close(struct foreign *foreign);

/* "newsboat", "newsraft" */
const char *foreign_program(const struct foreign *foreign);

/* The next feed, in the order they were added.  1, 0 at the end, -1. */
int foreign_next_feed(struct foreign *foreign, struct foreign_feed *feed, struct error *error);

/*
 * The next article that was not deleted, feed by feed, the oldest first, also of feeds that
 * foreign_next_feed() does not tell.  1, 0 at the end, -1.
 */
int foreign_next_article(
	struct foreign *foreign, struct foreign_article *article, struct error *error);

#endif
