/*
 * The store: feeds, articles, their state, in one SQLite file.
 *
 * WAL, synchronous=NORMAL, foreign keys on, one connection per struct store;
 * several processes may use one file at the same time.  Text is UTF-8 in logical
 * order; times are Unix seconds, UTC.  Functions return 0 or a pointer, and -1 or
 * NULL with *error filled (may be NULL) when they fail: full or read-only disk,
 * locked or damaged database, no memory.  A failed call changes nothing.
 */
#ifndef KHABAR_STORE_STORE_H
#define KHABAR_STORE_STORE_H

#include "base/error.h"
#include "base/str.h"
#include "locale/collation.h"
#include "text/sketch.h"

#include <stdbool.h>
#include <stdint.h>

struct store;
struct query; /* query/query.h */

enum store_access {
	STORE_CREATE, /* makes file (0600) and folders (0700) when missing, migrates old ones */
	STORE_WRITE,  /* the file must exist; migrates old ones */
	STORE_READ,   /* changes nothing; an old file that wants migration is refused */
};

/* EX_NOINPUT, EX_CANTCREAT, EX_NOPERM, EX_DATAERR (no database, corrupt, newer), EX_IOERR. */
struct store *store_open(const char *path, enum store_access access, struct error *error);
void store_close(struct store *store);
/* The file, as it was named; good as long as the store is open. */
const char *store_path(const struct store *store);

/* As given to store_open. */
const char *store_path(const struct store *store);

/*
 * How long a call waits for another process that is writing, in milliseconds; 5,000
 * after store_open.  Returns what it was.
 */
int store_set_patience(struct store *store, int milliseconds);

/* How much of the file may be kept in memory, in KiB; 16,384 after store_open. */
enum { STORE_READER_CACHE = 8192 }; /* for each of the two connections of a reader */
void store_set_cache(struct store *store, int kibibytes);

/* Several changes as one: all of them or none.  Calls may not nest. */
int store_begin(struct store *store, struct error *error);
int store_commit(struct store *store, struct error *error);
void store_rollback(struct store *store);

/*
 * Between changes that need not be one: when they have held the lock for long (15 ms), keeps what
 * was done so far as store_commit() does, lets others write, and begins anew.  -1: nothing is begun.
 */
int store_give_way(struct store *store, struct error *error);

#define STORE_NO_DATE INT64_MIN

/* As in text/paragraph.h: 0 auto, 1 left to right, 2 right to left. */
enum store_direction { STORE_AUTO, STORE_LTR, STORE_RTL };

/* ---- feeds ------------------------------------------------------------ */

/*
 * A feed is known by its key: the URL it is fetched from ("http://...", "https://...",
 * "command:NAME"), or a name for what is never fetched ("local:...", "site:...", "khabar:...").
 *
 * A folder is a path of names parted by "/", "" for none: "News/Arab".  A "/" within a
 * name is stored as U+2215; blank parts and blanks around parts are left out.
 */

/*
 * The feed with this key, made with this title when there is none; one that is there
 * stays as it is.  Its id goes to *id.
 */
int store_feed_ensure(
	struct store *store, struct str key, struct str title, int64_t *id, struct error *error);

/* What a reader subscribes to.  All strings borrowed, {0} where unknown. */
struct store_new_feed {
	struct str url;
	struct str title; /* the reader's own; empty: what the feed says, its URL until then */
	struct str folder, site_url;
	const struct str *tags; /* a comma parts two; blank and doubled ones are left out */
	size_t tag_count;
	bool hidden;
};

/*
 * Subscribes; *added (may be NULL) tells whether it is new.  A feed that is there keeps
 * its title and folder and gets the tags it lacks; where it had no title of the reader's
 * own, or no folder, it gets these too.
 */
int store_subscribe(struct store *store, const struct store_new_feed *feed, int64_t *id,
	bool *added, struct error *error);

/* What is known of fetching a feed.  Times are Unix seconds, STORE_NO_DATE: never. */
struct store_visit {
	char *etag, *last_modified; /* as the server sent them, "" none */
	char *error;        /* why the last visit failed, in plain words, or with no failures
			     * why it was put off; "" neither */
	char *moved_to;     /* where it redirects to for good, "" nowhere */
	uint64_t body_hash; /* of the bytes last parsed, 0 none */
	int64_t tried_at, succeeded_at;
	int64_t next_at; /* not before; STORE_NO_DATE: at once */
	int failures;    /* in a row */
	int http_status; /* of the last answer, 0 none */
	int moved_times; /* how often in a row it redirected to moved_to */
	int64_t asked;   /* seconds between visits that the feed itself asks for, 0 none */
	uint32_t skip;   /* hours and days to leave out, as it says: fetch/schedule.h */
	bool stopped;    /* never to be fetched again by itself: gone, or by the reader's wish */
};

/* What is not set is as for all feeds. */
enum {
	STORE_UNSET = -1,
	STORE_INTERVAL_MOST = 10080,
	STORE_KEEP_DAYS_MOST = 99999,
	STORE_KEEP_COUNT_MOST = 999999,
};

/*
 * What the reader sets for one feed; store/setting.h has it by name.  Sections [feed URL] of
 * khabar.conf go before it: what they say is put here (fetch/wishes.h).
 */
struct store_settings {
	int direction; /* enum store_direction of its articles, unless they have one of their own
			* from the reader */
	int interval;  /* minutes between visits; 0: what server and feed ask */
	int keep_days, keep_count; /* instead of those of struct store_keep; 0: no limit */
	int full_text; /* 1: the pages of its articles are fetched, too */
	int notify;    /* 1: new articles are announced; 0: they are not */
};

struct store_subscription {
	int64_t id;
	char *url;       /* the key */
	char *title;     /* what is shown */
	char *own_title; /* what the feed says, "" not known */
	char *folder, *site_url, *description, *language;
	bool renamed; /* title is the reader's own */
	bool hidden;  /* left out of the list of feeds */
	char **tags;  /* sorted by code point */
	size_t tag_count;
	int64_t total, unread; /* articles */
	int64_t newest;        /* sort time of its newest article, STORE_NO_DATE none */
	struct store_visit visit;
	struct store_settings settings;
};

struct store_subscriptions {
	struct store_subscription *items;
	size_t count;
};

enum store_which {
	STORE_EVERY,   /* sorted by id, the order of subscribing */
	STORE_DUE,     /* not stopped and next_at <= now; the longest due first */
	STORE_FAILING, /* failures > 0 or stopped; sorted by title */
};

/* EX_NOINPUT: there is no feed with this id.  To be freed with store_subscription_free(). */
int store_subscription(struct store *store, int64_t id, struct store_subscription *subscription,
	struct error *error);
void store_subscription_free(struct store_subscription *subscription); /* leaves {0} */

/* Of the feeds that are fetched.  `now` is used by STORE_DUE only. */
int store_subscriptions(struct store *store, enum store_which which, int64_t now,
	struct store_subscriptions *subscriptions, struct error *error);
void store_subscriptions_free(struct store_subscriptions *subscriptions); /* leaves {0} */

/*
 * Only their ids, in the same order, however many there are; without those that stopped.
 * To be freed.
 */
int store_subscription_ids(struct store *store, enum store_which which, int64_t now, int64_t **ids,
	size_t *count, struct error *error);

/* The id of the feed with this key; 0 when there is none. */
int store_feed_find(struct store *store, struct str url, int64_t *id, struct error *error);

/* What the reader changes; what is NULL stays. */
struct store_feed_edit {
	const struct str *title; /* empty: what the feed says itself, from now on */
	const struct str *folder;
	const struct str *tags; /* all of them; not NULL and tag_count 0: none */
	size_t tag_count;
	const bool *hidden;
	const bool *stopped; /* false: to be fetched again, at once */
};

int store_feed_edit(
	struct store *store, int64_t id, const struct store_feed_edit *edit, struct error *error);

/* All unset for a feed that is not there. */
int store_settings(
	struct store *store, int64_t feed, struct store_settings *settings, struct error *error);
/* All of them.  EX_NOINPUT, EX_USAGE: a number is too large. */
int store_settings_set(struct store *store, int64_t feed, const struct store_settings *settings,
	struct error *error);

/* Removes the feed and its articles; *articles (may be NULL) gets how many. */
int store_feed_remove(struct store *store, int64_t id, int64_t *articles, struct error *error);

/* How many of its articles have a star; 0 when there is no such feed. */
int store_feed_starred(struct store *store, int64_t id, int64_t *starred, struct error *error);

/* What the feed says of itself; what is empty stays as it was. */
int store_feed_describe(struct store *store, int64_t id, struct str own_title, struct str site_url,
	struct str description, struct str language, struct error *error);

/* Another URL for the feed.  EX_DATAERR when another feed has it. */
int store_feed_move(struct store *store, int64_t id, struct str url, struct error *error);

/* Strings that are NULL count as "".  EX_NOINPUT for a feed that is not fetched. */
int store_visit_set(
	struct store *store, int64_t id, const struct store_visit *visit, struct error *error);

struct store_feed {
	int64_t id;
	char *key, *title, *folder;
	int64_t total, unread; /* articles */
	int failures;          /* visits that failed in a row */
	bool stopped, hidden;
	bool later; /* its next visit was put off: the host asked for a pause */
};

struct store_feeds {
	struct store_feed *items; /* sorted by title, as store_collation() has it */
	size_t count;
};

/*
 * The order of titles in the language that messages are in, and in the region of the environment;
 * opened when it is first asked for, and the store's.  NULL: ICU has none, or memory is out.
 */
const struct collation *store_collation(struct store *store);

/* All feeds with their counts; to be freed with store_feeds_free(). */
int store_feeds(struct store *store, struct store_feeds *feeds, struct error *error);
void store_feeds_free(struct store_feeds *feeds); /* leaves {0} */

/*
 * A number that differs from the last time when another connection, in this process or
 * another, has changed the store since; changes made through `store` do not count.
 */
int store_data_version(struct store *store, int64_t *version, struct error *error);
/* How many rows were changed through `store` so far. */
int64_t store_changes(const struct store *store);

/* ---- articles --------------------------------------------------------- */

/* A file that comes with an article: a podcast's sound, a picture. */
struct store_attachment {
	char *url, *type, *title; /* type: MIME, "" unknown */
	int64_t size;             /* bytes, 0 unknown */
	int64_t duration;         /* seconds, 0 unknown */
};

struct store_article {
	int64_t id;
	int64_t feed_id;
	char *guid;                             /* identity within the feed */
	char *title;                            /* plain text */
	char *section, *author, *url, *summary; /* "" when there is none */
	char *feed_title;
	char *language;                 /* BCP 47, "" unknown */
	char *html;                     /* sanitised */
	bool full;                      /* html is the full text, from the article's page */
	enum store_direction direction; /* what the article says of itself */
	enum store_direction override;  /* what the reader set; STORE_AUTO: nothing */
	int64_t published;              /* STORE_NO_DATE when unknown */
	int64_t added;
	bool read, starred;
	int progress;       /* share read, 0 to 100 */
	int sources;        /* articles of its story, itself included; told up to 1,000 */
	char *comments_url; /* "" none */
	struct store_attachment *attachments;
	size_t attachment_count;
};

struct store_new_attachment {
	struct str url, type, title;
	int64_t size, duration;
};

/* What an import or a fetch hands in.  All strings borrowed, "" (or {0}) where unknown. */
struct store_new_article {
	struct str guid, title, section, author, url, summary, language, html;
	struct str comments_url;
	enum store_direction direction;
	int64_t published;
	const struct store_new_attachment *attachments;
	size_t attachment_count;
	bool read, starred; /* of one that is new; one that is there keeps its state */
	const struct sketch *sketch; /* of its text, for store_group_stories(); NULL: none */
	bool wanted;        /* the reader asks for it: it is added although it was deleted before */
};

enum store_outcome {
	STORE_SAME,    /* it was there, and as it is now: nothing was written */
	STORE_UPDATED, /* it was there; its text was brought up to date */
	STORE_ADDED,
	STORE_DELETED, /* it was deleted, or let go by the rules for keeping: it stays away */
};

/*
 * Adds the article, or finds the one with the same (feed, guid) and brings its
 * text up to date, its state (read, star, position) kept; a date once known stays when
 * the article comes again without one.  *id gets its id (0: STORE_DELETED), *outcome what was done;
 * both may be NULL.  Many are to be added between store_begin() and store_commit().
 */
int store_add(struct store *store, int64_t feed_id, const struct store_new_article *article,
	int64_t *id, enum store_outcome *outcome, struct error *error);

/* The id of the article with this (feed, guid); 0 when there is none. */
int store_find(
	struct store *store, int64_t feed_id, struct str guid, int64_t *id, struct error *error);

/* The whole article.  NULL: EX_NOINPUT when there is none with this id. */
struct store_article *store_article(struct store *store, int64_t id, struct error *error);
void store_article_free(struct store_article *article);

/* ---- full text -------------------------------------------------------- */

/*
 * An article may have two texts: the one its feed brings, and the full one, fetched from its page.
 * One of them is shown: it is what store_article() has as html, and what is searched.  The other
 * is kept.  A fetch of the feed brings its own text up to date, shown or not, never the full one.
 */
struct store_full {
	bool shown; /* html is the full text */
	bool kept;  /* there is another text to be shown */
};

/* All: EX_NOINPUT when there is no such article. */
int store_full(struct store *store, int64_t id, struct store_full *full, struct error *error);

/* Stores the full text (sanitised HTML, not empty) and shows it. */
int store_set_full(struct store *store, int64_t id, struct str html, struct error *error);

/* Shows the full text, or the feed's own.  EX_NOINPUT, too, when no full text was ever stored. */
int store_show_full(struct store *store, int64_t id, bool full, struct error *error);

/* Notes that it could not be fetched at this time (Unix seconds). */
int store_full_failed(struct store *store, int64_t id, int64_t now, struct error *error);

struct store_full_wish {
	int64_t feed_id;
	int newest;     /* looks at this many of the feed's articles */
	int failures;   /* leaves out what failed so often in a row */
	int64_t before; /* and what was tried since */
};

/*
 * Ids of unread articles that never had a full text, newest first, at most `most`; *count gets how
 * many.
 */
int store_full_wanted(struct store *store, const struct store_full_wish *wish, int64_t *ids,
	size_t most, size_t *count, struct error *error);

/* ---- lists ------------------------------------------------------------ */

enum store_list_kind {
	STORE_ALL,
	STORE_UNREAD,
	STORE_STARRED,
	STORE_UNFINISHED, /* begun and not read to the end, latest read first */
	STORE_FEED,
	STORE_STORY, /* all articles of a story, the one that stands for it included */
	STORE_LATELY, /* read one by one, latest first; its unread are not counted */
	STORE_QUERY, /* what meets a query, in its order */
};

struct store_list {
	enum store_list_kind kind;
	int64_t feed_id; /* STORE_FEED */
	/*
	 * Articles that were in the list at this time stay in it although they were
	 * read, unstarred or finished since, so that nothing vanishes under the
	 * reader's hands.  Unix milliseconds, from store_moment(); INT64_MAX: the list as it is
	 * now.
	 */
	int64_t since;
	int64_t story_id; /* STORE_STORY: as in struct store_headline */
	struct query *query; /* STORE_QUERY; borrowed */
};

/*
 * Now, but later than all that was done to articles: each action has a millisecond of its own, so
 * that after many quick ones the last is ahead of the clock.
 */
int64_t store_moment(struct store *store);

/* A row of a list, from the narrow table: no body is read. */
struct store_headline {
	int64_t id;
	char *title, *section, *feed_title, *language;
	enum store_direction direction, override;
	int64_t published; /* STORE_NO_DATE when unknown */
	int64_t sort;      /* the time it is sorted by: published, not after added */
	bool read, starred;
	int progress;     /* 0 to 100 */
	uint64_t offset;  /* where reading stopped: that of struct store_position */
	int64_t story_id; /* 0: it is alone */
	int sources;      /* articles of its story, itself included; told up to 1,000 */
};

/* Where a page starts: behind (or before) this row of the list. */
struct store_cursor {
	int64_t sort, id;
};

struct store_page {
	struct store_headline *items; /* in the list's order: newest first */
	size_t count;
	/*
	 * STORE_QUERY: looking was stopped after much work, before the page was full.  It goes on
	 * from `reached`, which need not be a row of the list, in place of the last row.
	 */
	bool stopped;
	struct store_cursor reached;
};

/*
 * Up to `limit` rows after (or, with `before`, before) *cursor; from the
 * list's start (end) when cursor is NULL.  Rows are always in list order.  The work
 * is proportional to `limit`, not to the list.
 *
 * Of STORE_QUERY some 20,000 articles are looked at, of those that the best index for it has.
 * One that is not sorted by date has up to 10,000 rows, and looks at all articles each time.
 * What stands in the shadow of another article of its story is left out, unless the query
 * names a feed, folder, tag, star or number.
 */
int store_headlines(struct store *store, const struct store_list *list,
	const struct store_cursor *cursor, bool before, size_t limit, struct store_page *page,
	struct error *error);
void store_page_free(struct store_page *page); /* leaves {0} */

/* The rows of these articles, in this order; those that are not there are left out. */
int store_headlines_of(struct store *store, const int64_t *ids, size_t count,
	struct store_page *page, struct error *error);

/*
 * How many rows of the list stand before this one; with cursor NULL, how many rows it has.
 * Counts them in an index: some 10 ms a million; the size costs what store_count() does and
 * the rows that have left since list->since.  Of STORE_QUERY up to 10,000, as store_count().
 */
int store_rank(struct store *store, const struct store_list *list,
	const struct store_cursor *cursor, int64_t *rank, struct error *error);

struct store_counts {
	int64_t total, unread;
	bool more; /* STORE_QUERY: there are at least so many */
};

/*
 * Of a list as it is now, kept by triggers: costs the same for ten and for a million, but for
 * STORE_LATELY, which is counted in an index.
 * STORE_QUERY is counted, up to 10,000 rows or 200,000 articles looked at, the newest.
 */
int store_count(struct store *store, const struct store_list *list, struct store_counts *counts,
	struct error *error);

/* ---- stories ---------------------------------------------------------- */

/*
 * Articles that are added from now on are grouped (store/story.h): one that tells what another
 * one told within the last days stands in its shadow, and is left out of STORE_ALL and
 * STORE_UNREAD, and of their counts.  Off after store_open(); with `group` false, what is in the
 * shadow of others comes out of it, for good.
 */
int store_group_stories(struct store *store, bool group, struct error *error);

/* The articles in the shadow of this one, none when it is in a shadow itself. */
enum { STORE_SHADOWS = 1000 };
int store_story_shadows(struct store *store, int64_t id, int64_t ids[STORE_SHADOWS], size_t *count,
	struct error *error);

/* Articles of the feed with an address that is the same to a reader, newest first. */
enum { STORE_LINKED = 16 };
int store_find_linked(struct store *store, int64_t feed_id, struct str url,
	int64_t ids[STORE_LINKED], size_t *count, struct error *error);

/*
 * The article goes on under another identity, which no other article of its feed may have: its
 * feed has issued it anew.
 */
int store_set_guid(struct store *store, int64_t id, struct str guid, struct error *error);

/*
 * All articles that meet a query now, those in the shadow of another one, too, in the order
 * of STORE_QUERY by date; *ids is to be freed.
 */
int store_query_ids(struct store *store, struct query *query, int64_t **ids, size_t *count,
	struct error *error);

/* ---- smart lists and rules -------------------------------------------- */

/* What a query (query/query.h) that the reader saved is for. */
enum store_smart_kind {
	STORE_SMART_LIST,      /* a list among the feeds */
	STORE_SMART_DROP,      /* what a fetch brings is not stored */
	STORE_SMART_READ,      /* or stored as read */
	STORE_SMART_HIGHLIGHT, /* lit in lists */
};

struct store_smart_list {
	int64_t id;
	char *name, *query;
	enum store_smart_kind kind;
};

struct store_smart_lists {
	struct store_smart_list *items; /* in the reader's order */
	size_t count;
};

/* All of them; to be freed with store_smart_lists_free(). */
int store_smart_lists(struct store *store, struct store_smart_lists *lists, struct error *error);
void store_smart_lists_free(struct store_smart_lists *lists); /* leaves {0} */

/*
 * Names are unique and not blank: else EX_USAGE.  A new one is the last; *id may be NULL.
 * EX_NOINPUT: there is none with this id.  The text of a query is kept as it is.
 */
int store_smart_list_add(struct store *store, struct str name, struct str query,
	enum store_smart_kind kind, int64_t *id, struct error *error);
int store_smart_list_edit(struct store *store, int64_t id, struct str name, struct str query,
	enum store_smart_kind kind, struct error *error);
int store_smart_list_remove(struct store *store, int64_t id, struct error *error);
/* One place up or down, a list among the lists, a rule among the rules; at the end it stays. */
int store_smart_list_move(struct store *store, int64_t id, bool down, struct error *error);

/* ---- state ------------------------------------------------------------ */

/*
 * All of these but the direction and the position stand in the journal and can be undone, one
 * call as one action; what is so already stays as it is and is not counted.
 */

/* Of one article.  EX_NOINPUT: there is none with this id. */
int store_set_read(struct store *store, int64_t id, bool read, struct error *error);
int store_set_starred(struct store *store, int64_t id, bool starred, struct error *error);
int store_set_override(
	struct store *store, int64_t id, enum store_direction direction, struct error *error);

/*
 * Marks all of the list (as it is now) read, however many, in one change; *changed (may be NULL)
 * gets how many.  What stands in the shadow of another article of its story is marked too.
 */
int store_mark_all_read(
	struct store *store, const struct store_list *list, int64_t *changed, struct error *error);

/* The same with a name for what is marked, which the journal keeps; what to leave out: {0}. */
struct store_marking {
	struct str label;                 /* "": none */
	const struct store_cursor *older; /* only what is sorted before this time and id, or NULL;
					     not STORE_UNFINISHED, STORE_LATELY: EX_USAGE */
};
int store_mark_list_read(struct store *store, const struct store_list *list,
	const struct store_marking *marking, int64_t *changed, struct error *error);

/* All articles of these feeds, those of a folder say. */
int store_mark_feeds_read(struct store *store, const int64_t *feeds, size_t count, struct str label,
	int64_t *changed, struct error *error);

/*
 * Of many articles, in one change.  Ids that are not there are left out; *changed (may be NULL)
 * gets how many articles are not as they were.  A label of "" becomes the title of the first.
 */
enum store_mark { STORE_MARK_READ, STORE_MARK_UNREAD, STORE_MARK_STAR, STORE_MARK_UNSTAR };
int store_mark(struct store *store, enum store_mark mark, const int64_t *ids, size_t count,
	struct str label, int64_t *changed, struct error *error);
/* EX_USAGE: the tag is blank or holds a comma. */
int store_tag(struct store *store, const int64_t *ids, size_t count, struct str tag, bool on,
	int64_t *changed, struct error *error);
/* Into the trash: fetches do not bring it back, undoing does, with its id and all it had. */
int store_delete(struct store *store, const int64_t *ids, size_t count, struct str label,
	int64_t *changed, struct error *error);

/* Those of one article, sorted by code point; to be freed with store_tags_free(). */
struct store_tags {
	char **items;
	size_t count;
};
int store_tags(struct store *store, int64_t id, struct store_tags *tags, struct error *error);
/* All that any article or feed has, up to `most`. */
int store_tag_names(
	struct store *store, size_t most, struct store_tags *tags, struct error *error);
void store_tags_free(struct store_tags *tags); /* leaves {0} */

/* What an import knows: read or starred from now on; not in the journal. */
int store_set_imported(
	struct store *store, int64_t id, bool read, bool starred, struct error *error);

/* Where reading stopped: article/document.h, struct place_mark. */
struct store_position {
	uint64_t offset, hash;
	int progress; /* share read, 0 to 100; 100: finished */
};

/* Forgets the position when offset and progress are 0. */
int store_set_position(struct store *store, int64_t id, const struct store_position *position,
	struct error *error);
/* {0} when there is none. */
int store_get_position(
	struct store *store, int64_t id, struct store_position *position, struct error *error);

/* ---- undoing ---------------------------------------------------------- */

enum store_action_kind {
	STORE_ACTION_NONE,
	STORE_ACTION_READ,
	STORE_ACTION_UNREAD,
	STORE_ACTION_STAR,
	STORE_ACTION_UNSTAR,
	STORE_ACTION_TAG,
	STORE_ACTION_UNTAG,
	STORE_ACTION_DELETE,
};

/* An action of the reader; to be freed with store_action_free(). */
struct store_action {
	enum store_action_kind kind; /* STORE_ACTION_NONE: there was none */
	char *label;                 /* title of the one article, name of the list, tag; "" none */
	int64_t articles;            /* it changed so many */
	int64_t changed;             /* and undoing or redoing it so many */
	int64_t at;                  /* when it was done, Unix milliseconds */
};

/*
 * Undoes the latest action that stands, or does again the one that was undone last; they stay
 * known across restarts and are those of all readers of the store.  Only what is still as the
 * action (the undoing) left it is turned back.  After an action, what was undone before can no
 * more be redone.
 */
int store_undo(struct store *store, struct store_action *action, struct error *error);
int store_redo(struct store *store, struct store_action *action, struct error *error);
void store_action_free(struct store_action *action); /* leaves {0} */

struct buffer;

/* "12 articles marked read (Economy)": what it did, in plain words. */
void store_action_text(const struct store_action *action, struct buffer *out);

/* ---- keeping ---------------------------------------------------------- */

/*
 * What is let go: older than `days` since it came, beyond the newest `count` of its feed; 0:
 * nothing for that reason.  A feed's settings "keep-days" and "keep-count" go before them.
 * Articles with a star, a tag, or begun and not finished are never let go.
 */
struct store_keep {
	int64_t days, count;
};

/*
 * A step of some `milliseconds` of letting go, of forgetting what is too old to be undone, and
 * of giving freed space back to the disk; *place starts at 0 and is for the next step; *removed
 * (may be NULL) gets how many articles went.  1 when there is more to do, 0 at the end.
 * Removed articles can not be undone, and fetches do not bring them back.
 */
int store_keep_step(struct store *store, const struct store_keep *keep, int64_t now,
	int milliseconds, int64_t *place, int64_t *removed, struct error *error);

/* A setting of a feed by its name; *value is to be freed, NULL when it has none. */
int store_feed_setting(
	struct store *store, int64_t feed, struct str name, char **value, struct error *error);
/* A value of NULL takes it away. */
int store_feed_setting_set(struct store *store, int64_t feed, struct str name,
	const struct str *value, struct error *error);

/* ---- checking, copying ------------------------------------------------ */

/* Formats with one %lld, marked with NP_() (base/message.h); or one text without a number, and
 * NULL. */
struct store_count_text {
	const char *one, *many;
};

/* What was found wrong, or may be of interest. */
struct store_finding {
	const char *what; /* static: "integrity", "foreign keys", "counts", ... */
	char *detail;     /* in plain words, in English */
	bool wrong;       /* else it is only told */
	bool mended;
	struct store_count_text text; /* the detail again, said of `count`; {0}: there is none */
	int64_t count;
};

/* The detail in the language of the interface. */
void store_finding_text(const struct store_finding *finding, struct buffer *out);

struct store_report {
	struct store_finding *items;
	size_t count;
	int64_t pages, free_pages, page_size; /* of the file */
};

/*
 * Looks through the whole file; with `repair` mends what can be mended: counts, orphans,
 * indexes, and gives free space back; the index of the search is made anew where it is bad.  To be freed with store_report_free().
 */
int store_check(struct store *store, bool repair, struct store_report *report, struct error *error);
void store_report_free(struct store_report *report); /* leaves {0} */

/*
 * A copy of the store as it is at one moment, while others go on writing.  It is there as a
 * whole, or what was there before stays.  EX_CANTCREAT, EX_IOERR.
 */
int store_backup(struct store *store, const char *path, struct error *error);

#endif
