/*
 * The connection behind struct store, and its prepared statements.  All SQL that
 * reads or writes articles stands in one table, with values only ever bound.
 */
#ifndef KHABAR_STORE_STATEMENT_H
#define KHABAR_STORE_STATEMENT_H

#include "store/store.h"

#include <sqlite3.h>

/* The streams of a list come in pairs: rows after a cursor, rows before it. */
enum statement_id {
	STATEMENT_BEGIN_READ,
	STATEMENT_BEGIN,
	STATEMENT_COMMIT,
	STATEMENT_ROLLBACK,
	STATEMENT_SAVEPOINT,
	STATEMENT_RELEASE,
	STATEMENT_ROLLBACK_TO,
	STATEMENT_FEED_FIND,
	STATEMENT_FEED_ADD,
	STATEMENT_FEED_LIST,
	STATEMENT_FEED_COUNT,
	STATEMENT_FEED_UNTITLED,
	STATEMENT_FEED_UNFILED,
	STATEMENT_FEED_RENAME,
	STATEMENT_FEED_UNNAME,
	STATEMENT_FEED_FOLDER,
	STATEMENT_FEED_HIDE,
	STATEMENT_FEED_OWN_TITLE,
	STATEMENT_FEED_ABOUT,
	STATEMENT_FEED_MOVE,
	STATEMENT_FEED_REMOVE,
	STATEMENT_FEED_TAGS,
	STATEMENT_FEED_TAG,
	STATEMENT_FEED_UNTAG,
	STATEMENT_SUBSCRIPTION,
	STATEMENT_SUBSCRIPTIONS,
	STATEMENT_SUBSCRIPTIONS_DUE,
	STATEMENT_SUBSCRIPTIONS_FAILING,
	STATEMENT_SUBSCRIPTION_IDS,
	STATEMENT_SUBSCRIPTION_IDS_DUE,
	STATEMENT_SUBSCRIPTION_IDS_FAILING,
	STATEMENT_VISIT_SET,
	STATEMENT_VISIT_RESUME,
	STATEMENT_VISIT_STOP,
	STATEMENT_DATA_VERSION,
	STATEMENT_TALLY,
	STATEMENT_ARTICLE_FIND,
	STATEMENT_ARTICLE_ADD,
	STATEMENT_ARTICLE_UPDATE,
	STATEMENT_ARTICLE_REMOVE,
	STATEMENT_ARTICLE_CONTENT,
	STATEMENT_BODY_ADD,
	STATEMENT_BODY_UPDATE,
	STATEMENT_FULL,
	STATEMENT_FULL_OWN,
	STATEMENT_FULL_KEEP,
	STATEMENT_FULL_TEXT,
	STATEMENT_FULL_SHOW,
	STATEMENT_FULL_BODY,
	STATEMENT_FULL_SWAP,
	STATEMENT_FULL_OTHER,
	STATEMENT_FULL_FAILED,
	STATEMENT_FULL_WANTED,
	STATEMENT_ATTACHMENTS,
	STATEMENT_ATTACHMENT_ADD,
	STATEMENT_ATTACHMENTS_DELETE,
	STATEMENT_ARTICLE_EXISTS,
	STATEMENT_ARTICLE,
	STATEMENT_HEADLINE,
	STATEMENT_STOPPED_AT,
	STATEMENT_ALL_RANK,
	STATEMENT_FEED_RANK,
	STATEMENT_UNREAD_RANK,
	STATEMENT_STARRED_RANK,
	STATEMENT_UNFINISHED_RANK,
	STATEMENT_UNREAD_LEFT_RANK,
	STATEMENT_STARRED_LEFT_RANK,
	STATEMENT_UNFINISHED_LEFT_RANK,
	STATEMENT_ALL_AFTER,
	STATEMENT_ALL_BEFORE,
	STATEMENT_FEED_AFTER,
	STATEMENT_FEED_BEFORE,
	STATEMENT_UNREAD_AFTER,
	STATEMENT_UNREAD_BEFORE,
	STATEMENT_STARRED_AFTER,
	STATEMENT_STARRED_BEFORE,
	STATEMENT_UNFINISHED_AFTER,
	STATEMENT_UNFINISHED_BEFORE,
	STATEMENT_UNREAD_LEFT_AFTER,
	STATEMENT_UNREAD_LEFT_BEFORE,
	STATEMENT_STARRED_LEFT_AFTER,
	STATEMENT_STARRED_LEFT_BEFORE,
	STATEMENT_UNFINISHED_LEFT_AFTER,
	STATEMENT_UNFINISHED_LEFT_BEFORE,
	STATEMENT_UNREAD_LEFT_AT,
	STATEMENT_STARRED_LEFT_AT,
	STATEMENT_UNFINISHED_LEFT_AT,
	STATEMENT_LATELY_AFTER,
	STATEMENT_LATELY_BEFORE,
	STATEMENT_LATELY_RANK,
	STATEMENT_LATELY_COUNT,
	STATEMENT_SEEN_AT,
	STATEMENT_SET_SEEN,
	STATEMENT_SET_READ,
	STATEMENT_SET_UNREAD,
	STATEMENT_SET_STARRED,
	STATEMENT_SET_UNSTARRED,
	STATEMENT_SET_IMPORTED,
	STATEMENT_SET_OVERRIDE,
	STATEMENT_SET_POSITION,
	STATEMENT_GET_POSITION,
	STATEMENT_READ_ALL,
	STATEMENT_READ_FEED,
	STATEMENT_READ_STARRED,
	STATEMENT_READ_UNFINISHED,
	STATEMENT_READ_LATELY,
	STATEMENT_READ_OLDER,
	STATEMENT_READ_FEED_OLDER,
	STATEMENT_READ_STARRED_OLDER,
	STATEMENT_FEED_STARRED,
	STATEMENT_STORY_AFTER,
	STATEMENT_STORY_BEFORE,
	STATEMENT_STORY_RANK,
	STATEMENT_STORY_COUNT,
	STATEMENT_STORY_LINKED,
	STATEMENT_STORY_LINKED_IN_FEED,
	STATEMENT_STORY_CANDIDATES,
	STATEMENT_STORY_SKETCH,
	STATEMENT_STORY_SKETCH_ADD,
	STATEMENT_STORY_KEY_ADD,
	STATEMENT_STORY_SWEEP_KEYS,
	STATEMENT_STORY_SWEEP_SKETCHES,
	STATEMENT_STORY_BEGIN,
	STATEMENT_STORY_JOIN,
	STATEMENT_STORY_ANY,
	STATEMENT_STORY_DISSOLVE,
	STATEMENT_STORY_SHADOWS,
	STATEMENT_READ_STORY,
	STATEMENT_SET_GUID,
	STATEMENT_SMART_LISTS,
	STATEMENT_SMART_FIND,
	STATEMENT_SMART_ADD,
	STATEMENT_SMART_EDIT,
	STATEMENT_SMART_REMOVE,
	STATEMENT_SMART_PLACE,
	STATEMENT_SEARCH,
	STATEMENT_SEARCH_RANKED,
	STATEMENT_SEARCH_NEWEST,
	STATEMENT_SEARCH_STAMP,
	STATEMENT_SEARCH_TAKEN,
	STATEMENT_SEARCH_ADD,
	STATEMENT_SEARCH_REMOVE,
	STATEMENT_SEARCH_STALE,
	STATEMENT_UNINDEXED,
	STATEMENT_UNINDEXED_ANY,
	STATEMENT_UNINDEXED_COUNT,
	STATEMENT_ARTICLE_TEXT,
	STATEMENT_ARTICLE_INDEXED,
	STATEMENT_TEXTS,
	STATEMENT_ARTICLE_TITLE,
	STATEMENT_TAGS,
	STATEMENT_TAG_NEXT,
	STATEMENT_TAG,
	STATEMENT_UNTAG,
	STATEMENT_MOMENT_TAKEN,
	STATEMENT_MOMENT_LAST,
	STATEMENT_JOURNAL_ADD,
	STATEMENT_JOURNAL_COUNT,
	STATEMENT_JOURNAL_CHANGE,
	STATEMENT_REMEMBER_READ,
	STATEMENT_REMEMBER_UNREAD,
	STATEMENT_REMEMBER_STAR,
	STATEMENT_REMEMBER_UNSTAR,
	STATEMENT_REMEMBER_TAG,
	STATEMENT_REMEMBER_LIST,
	STATEMENT_REMEMBER_ONLY,
	STATEMENT_JOURNAL_FORGET,
	STATEMENT_JOURNAL_LAST,
	STATEMENT_JOURNAL_NEXT,
	STATEMENT_JOURNAL_UNDONE,
	STATEMENT_JOURNAL_REDONE,
	STATEMENT_JOURNAL_RENEW,
	STATEMENT_JOURNAL_PRUNE,
	STATEMENT_UNDO_READ,
	STATEMENT_UNDO_UNREAD,
	STATEMENT_UNDO_STAR,
	STATEMENT_UNDO_UNSTAR,
	STATEMENT_REDO_READ,
	STATEMENT_REDO_UNREAD,
	STATEMENT_REDO_STAR,
	STATEMENT_REDO_UNSTAR,
	STATEMENT_BACK_READ,
	STATEMENT_BACK_UNREAD,
	STATEMENT_BACK_UNSEEN,
	STATEMENT_BACK_STARRED,
	STATEMENT_BACK_UNSTARRED,
	STATEMENT_BACK_TAGGED,
	STATEMENT_BACK_UNTAGGED,
	STATEMENT_CHANGED_ARTICLES,
	STATEMENT_TRASH_PUT,
	STATEMENT_TRASH_FIND,
	STATEMENT_TRASH_SEEN,
	STATEMENT_TRASH_DROP,
	STATEMENT_TRASH_BACK,
	STATEMENT_TRASH_BACK_BODY,
	STATEMENT_TRASH_BACK_FULL,
	STATEMENT_TRASH_BACK_ATTACHMENTS,
	STATEMENT_TRASH_BACK_TAGS,
	STATEMENT_TRASH_BACK_END,
	STATEMENT_TRASH_LET_GO,
	STATEMENT_TRASH_PURGE,
	STATEMENT_TRASH_SWEEP,
	STATEMENT_KEEP_FEED,
	STATEMENT_KEEP_BORDER,
	STATEMENT_KEEP_OLD,
	STATEMENT_SPACE,
	STATEMENT_GIVE_BACK,
	STATEMENT_FEED_SETTING,
	STATEMENT_FEED_SETTINGS,
	STATEMENT_FEED_SETTING_SET,
	STATEMENT_FEED_SETTING_DROP,
	STATEMENT_DOWNLOAD_ADD,
	STATEMENT_DOWNLOADS,
	STATEMENT_DOWNLOAD,
	STATEMENT_DOWNLOAD_WANT,
	STATEMENT_DOWNLOAD_PLAYED,
	STATEMENT_DOWNLOAD_REMOVE,
	STATEMENT_DOWNLOAD_PLACE,
	STATEMENT_DOWNLOAD_START,
	STATEMENT_DOWNLOAD_IDENTIFY,
	STATEMENT_DOWNLOAD_NOTE,
	STATEMENT_DOWNLOAD_END,
	STATEMENT_COUNT,
};

struct store {
	sqlite3 *db;
	char *path;          /* owned, for messages */
	int patience;        /* with another process that writes, ms */
	int64_t waits_until; /* while it waits for one: CLOCK_MONOTONIC, ms */
	int64_t turn_ends, next_turn, turn_shared; /* store/turn.h: CLOCK_MONOTONIC, ms */
	int64_t turn_version; /* PRAGMA data_version in the last one, 0: there was none */
	bool stories;        /* articles that are added are grouped */
	bool in_transaction; /* between store_begin and store_commit or store_rollback */
	sqlite3_stmt *statements[STATEMENT_COUNT]; /* prepared on first use */
	struct sorted *sorted; /* rows of the last sorted list (store/sorted.h); NULL: none */
	struct collation *collation; /* store_collation(); NULL: not opened yet, or there is none */
	const char *collation_language; /* message_language() then; static */
	size_t unindexed; /* articles added or changed here that search may not know yet */
};

/* The SQL of a statement; a static string. */
const char *statement_sql(enum statement_id id);

/*
 * A statement being run.  The first failure sticks in `code` and makes all that
 * follows do nothing, so that it is enough to look at what statement_end returns.
 */
struct statement {
	struct store *store;
	sqlite3_stmt *handle; /* owned by the store */
	int code;             /* SQLITE_OK, or what failed */
};

struct statement statement_start(struct store *store, enum statement_id id);
void statement_int(struct statement *s, int at, int64_t value); /* at: ?1 is 1 */
void statement_null(struct statement *s, int at);
/*
 * The text must live until statement_end.  NUL bytes and broken UTF-8 are bound as
 * U+FFFD: what the store hands out is always valid and ends at its NUL.
 */
void statement_text(struct statement *s, int at, struct str text);
/* The same of text that came out of the store, and so is bound as it is. */
void statement_stored_text(struct statement *s, int at, struct str text);
/* As a BLOB; must live until statement_end. */
void statement_bytes(struct statement *s, int at, struct str bytes);

/* The next row: false at the end and on failure. */
bool statement_row(struct statement *s);
int64_t statement_column(struct statement *s, int column); /* from 0 */
struct str statement_column_bytes(struct statement *s, int column); /* until the next row */
bool statement_column_null(struct statement *s, int column);
/* A copy for the caller to free; "" for NULL.  NULL when out of memory, which sticks. */
char *statement_column_text(struct statement *s, int column);

/* Makes the statement ready for its next use.  0, or -1 with *error from its failure. */
int statement_end(struct statement *s, struct error *error);

/* Runs to the end and ends it; *changed (may be NULL) gets the rows it changed. */
int statement_run(struct statement *s, int64_t *changed, struct error *error);

/* As statement_run, of a statement without values. */
int statement_run_id(struct store *store, enum statement_id id, struct error *error);

/*
 * All statements until statement_atomic_end as one change, whether the caller has
 * begun a transaction or not.  With result -1 they are undone and *error is left
 * alone.  Returns result, or -1 when it could not be kept.
 */
int statement_atomic_begin(struct store *store, struct error *error);
int statement_atomic_end(struct store *store, int result, struct error *error);

/*
 * All reading until statement_read_end from one state of the store, whether the caller
 * has begun a transaction or not.  *own is for statement_read_end, which returns result, or
 * -1 when that failed.
 */
int statement_read_begin(struct store *store, bool *own, struct error *error);
int statement_read_end(struct store *store, bool own, int result, struct error *error);

/*
 * Fills the headline of headline->id; *found false when there is no such article.  To be freed
 * with statement_headline_free(), in any case.
 */
int statement_headline(struct store *store, struct store_headline *headline, bool *found,
	struct error *error);
void statement_headline_free(struct store_headline *headline);

/* EX_NOINPUT when there is no feed with this id. */
int statement_must_have_feed(struct store *store, int64_t feed_id, struct error *error);

/* 0 when a change may be made; -1 when the transaction it belongs to broke before. */
int statement_may_write(struct store *store, struct error *error);

#endif
