/*
 * What comes out of the sandbox, JSON Feed text, into the store.
 *
 * The worker that wrote it read hostile bytes and may be theirs by now, so nothing is believed:
 * the JSON must parse, types must fit, addresses must be http, https or mailto, control
 * characters go, lengths are cut, dates outside of what calendars use are none.
 */
#ifndef KHABAR_FETCH_DELIVER_H
#define KHABAR_FETCH_DELIVER_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/str.h"
#include "store/store.h"

enum {
	DELIVER_ITEMS = 20000,    /* articles of one feed; the first ones are taken */
	DELIVER_LINE = 16 << 10,  /* bytes of a title, a name, an address */
	DELIVER_TEXT = 64 << 10,  /* bytes of a summary or description */
	DELIVER_HTML = 8 << 20,   /* bytes of an article */
	DELIVER_ATTACHMENTS = 64, /* of one article */
};

/* Appends what may be stored of a text of several lines: no controls, at most so many bytes. */
void deliver_text(struct str text, size_t most, struct buffer *out);
/* Whether a browser or a mail program may be handed this address. */
bool deliver_is_address(struct str url);

/* A feed that was decoded. */
struct delivery;

/* NULL with *error: EX_DATAERR when it is no JSON Feed, EX_OSERR. */
struct delivery *delivery_new(struct str json, struct error *error);
void delivery_free(struct delivery *delivery);

/* What the feed says of itself; "" where unknown.  Valid as long as the delivery. */
struct str delivery_title(const struct delivery *delivery);
/* Seconds between visits that it asks for, 0 none; and hours and days, as in schedule.h. */
int64_t delivery_asked(const struct delivery *delivery);
uint32_t delivery_skip(const struct delivery *delivery);
/* The latest date of its articles, not after `now`; STORE_NO_DATE. */
int64_t delivery_newest(const struct delivery *delivery, int64_t now);

/* What becomes of articles that are new: NULL, all are kept.  Both live as long as the delivery. */
struct rules;
void delivery_set_rules(
	struct delivery *delivery, struct rules *rules, const struct store_subscription *feed);

/* Articles that are added go into it, too; NULL: nowhere.  It lives as long as the delivery. */
struct arrivals;
void delivery_set_arrivals(struct delivery *delivery, struct arrivals *arrivals);

struct delivery_sums {
	int64_t added, updated;
};

/*
 * Describes the feed and adds its articles, the last one first, so that those without a date
 * stand in the feed's order.  Belongs between store_begin() and store_commit().
 */
int delivery_store(struct delivery *delivery, struct store *store, int64_t feed_id,
	struct delivery_sums *sums, struct error *error);

#endif
