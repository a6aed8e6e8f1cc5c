/* The SQL of the store: one table.  The indexes are named, so that no plan can drift. */
#include "store/statement.h"

#include <stddef.h>

/*
 * Keys (sort time, id) of up to ?3 articles behind (?1, ?2): first those of the
 * same time, then the others.  SQLite merges the two as it reads them, each
 * straight from the index.
 */
#define STREAM(index, where, key, than, order)                                                     \
	"SELECT " key ", id FROM article INDEXED BY " index " WHERE " where key                    \
	" = ?1 AND id " than " ?2 UNION ALL SELECT " key ", id FROM article INDEXED BY " index     \
	" WHERE " where key " " than " ?1 ORDER BY 1 " order ", 2 " order " LIMIT ?3"
#define AFTER(index, where, key) STREAM(index, where, key, "<", "DESC")
#define BEFORE(index, where, key) STREAM(index, where, key, ">", "ASC")

/* The first time not before ?1 at which something left the list. */
#define LEFT_AT(index, left)                                                                       \
	"SELECT " left " FROM article INDEXED BY " index " WHERE " left " >= ?1 ORDER BY 1 LIMIT " \
	"1"

/* How many stand before (?1, ?2), newest first. */
#define RANK(index, where, key)                                                                    \
	"SELECT count(*) FROM article INDEXED BY " index " WHERE " where "(" key ", id) > (?1, "   \
	"?2)"

/*
 * Marks all of an index read, at the moment ?1.  OR FAIL, here and below: SQLite then keeps no copy
 * in memory of all pages that it changes (240 MiB for a million articles), to undo a statement that
 * fails half way; the transaction around it is undone then.
 */
#define READ(index, where)                                                                         \
	"UPDATE OR FAIL article INDEXED BY " index                                                 \
	" SET read_at = ?1, unread_at = NULL WHERE " where "read_at IS NULL"

#define IN_FEED "feed_id = ?4 AND "
#define IN_STORY "story_id = ?4 AND "
#define UNREAD "read_at IS NULL AND shadowed = 0 AND "
#define EVERY "shadowed = 0 AND "
#define STARRED "starred = 1 AND "
#define UNFINISHED "unfinished = 1 AND "
#define LATELY "seen_at IS NOT NULL AND "
#define UNREAD_LEFT "read_at = ?4 AND shadowed = 0 AND "
#define STARRED_LEFT "unstarred_at = ?4 AND "
#define UNFINISHED_LEFT "closed_at = ?4 AND "

/* A date once known stays when the article comes again without one. */
#define DATE "coalesce(?7, published)"

/* The text that the feed brings takes the place of the last one, but never of a full text. */
#define OWN_HTML "iif((SELECT full FROM article WHERE id = ?1), html, ?5)"

/* What the trash keeps of an article as JSON; id, feed_id and guid are columns of their own. */
#define TRASH_ARTICLE(X)                                                                           \
	X(section)                                                                                 \
	X(language)                                                                                \
	X(direction)                                                                               \
	X(override)                                                                                \
	X(published) X(added) X(sort) X(read_at) X(starred) X(unstarred_at) X(position)            \
		X(position_hash) X(progress) X(unfinished) X(stopped_at) X(closed_at) X(content)   \
			X(unread_at) X(starred_at) X(seen_at) X(full) X(story_id) X(link)
#define TRASH_BODY(X) X(url) X(summary) X(html) X(comments_url)
#define TO_JSON(column) ", '" #column "', " #column
#define COLUMN(column) ", " #column
#define FROM_ARTICLE(column) ", article->>'" #column "'"
#define FROM_BODY(column) ", body->>'" #column "'"

/* What left the store by moment ?1 and could come back. */
#define TRASHED " FROM trash INDEXED BY trash_deleted WHERE deleted_at = ?1 AND article IS NOT NULL"
#define IS_BACK " AND EXISTS (SELECT 1 FROM article WHERE article.id = trash.id)"

/* What the rules for keeping never let go. */
#define LOOSE                                                                                      \
	" AND starred = 0 AND unfinished = 0"                                                      \
	" AND NOT EXISTS (SELECT 1 FROM article_tag WHERE article_id = id)"

/* Of the article ?2, the moment that the action ?1 finds, when that is of another action. */
#define REMEMBER(moment, where)                                                                    \
	"INSERT OR IGNORE INTO journal_change (journal_id, article_id, tag, old) SELECT ?1, id,"   \
	" '', " moment " FROM article WHERE id = ?2 AND " where " AND " moment                     \
	" IN (SELECT at FROM journal)"

/*
 * Turned back (done again): what the action ?3 left at the moment ?1 (undoing it left) gets the
 * old moment (the new one, ?2).
 */
#define CHANGES "(SELECT article_id FROM journal_change WHERE journal_id = ?3)"
#define OLD "(SELECT old FROM journal_change WHERE journal_id = ?3 AND article_id = id)"
#define UNDO(flag, moment, other)                                                                  \
	"UPDATE OR FAIL article NOT INDEXED SET " flag moment " = NULL, " other " = " OLD \
	" WHERE id IN " CHANGES " AND " moment " = ?1"
#define REDO(flag, moment, other)                                                                  \
	"UPDATE OR FAIL article NOT INDEXED SET " flag moment " = ?2, " other \
	" = NULL WHERE id IN " CHANGES " AND " other " = " OLD

#define JOURNAL_ROW "SELECT id, at, kind, label, articles, undone FROM journal "

/* What struct store_subscription holds, but the tags. */
#define SUBSCRIPTION                                                                               \
	"SELECT feed.id, key, title, own_title, folder, site_url, description, language, etag,"    \
	" last_modified, error, moved_to, renamed, hidden, total, unread, (SELECT sort"            \
	" FROM article INDEXED BY article_feed WHERE feed_id = feed.id ORDER BY sort DESC LIMIT "  \
	"1), tried_at, succeeded_at, next_at, body_hash, failures, http_status, moved_times,"      \
	" stopped, asked, skip FROM "
#define VISITED(index)                                                                             \
	"visit " index " JOIN feed ON feed.id = visit.feed_id"                                     \
	" JOIN feed_about ON feed_about.feed_id = feed.id"

/* What is found below a rowid, the newest first; rows that no article has are left out. */
#define HITS(columns)                                                                              \
	"SELECT search.rowid, article.id" columns " FROM search CROSS JOIN article"                \
	" INDEXED BY article_text ON text_id = search.rowid"                                       \
	" WHERE search MATCH ?1 AND search.rowid < ?2 ORDER BY search.rowid DESC"

/* The direction the reader set: for the article, else for its feed; 0 none. */
#define OWN_DIRECTION                                                                              \
	"iif(article.override <> 0, article.override, ifnull((SELECT iif(value = 'rtl', 2, 1)"     \
	" FROM feed_setting WHERE feed_id = article.feed_id AND name = 'direction'), 0))"

#define DOWNLOAD_ROW                                                                               \
	"SELECT id, article_id, url, feed, title, feed_title, type, state, path, etag,"            \
	" last_modified, error, size, received, seen_at, played_at FROM download"

/* How many articles tell the story of this one, itself included; up to 1,000. */
#define SOURCES                                                                                    \
	" iif(article.story_id IS NULL, 1, (SELECT count(*) FROM (SELECT 1"                        \
	" FROM article AS told INDEXED BY article_story"                                           \
	" WHERE told.story_id = article.story_id LIMIT 1000)))"

static const char *const sql[STATEMENT_COUNT] = {
	[STATEMENT_BEGIN_READ] = "BEGIN",
	[STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
	[STATEMENT_COMMIT] = "COMMIT",
	[STATEMENT_ROLLBACK] = "ROLLBACK",
	[STATEMENT_SAVEPOINT] = "SAVEPOINT change",
	[STATEMENT_RELEASE] = "RELEASE change",
	[STATEMENT_ROLLBACK_TO] = "ROLLBACK TO change",

	[STATEMENT_FEED_FIND] = "SELECT id FROM feed WHERE key = ?1",
	[STATEMENT_FEED_ADD] = "INSERT INTO feed (key, title) VALUES (?1, ?2)"
			       " ON CONFLICT (key) DO NOTHING",
	[STATEMENT_FEED_LIST] = "SELECT id, key, title, total, unread, folder, hidden,"
				" visit.failures, visit.stopped,"
				" visit.failures = 0 AND visit.error <> ''"
				" FROM feed INDEXED BY feed_title LEFT JOIN visit ON feed_id = id"
				" ORDER BY title COLLATE NOCASE, id",
	[STATEMENT_FEED_COUNT] = "SELECT total, unread FROM feed WHERE id = ?1",
	[STATEMENT_FEED_UNTITLED] =
		"UPDATE feed SET title = ?2, renamed = 1 WHERE id = ?1 AND renamed = 0",
	[STATEMENT_FEED_UNFILED] = "UPDATE feed SET folder = ?2 WHERE id = ?1 AND folder = ''",
	[STATEMENT_FEED_RENAME] = "UPDATE feed SET title = ?2, renamed = 1 WHERE id = ?1",
	[STATEMENT_FEED_UNNAME] =
		"UPDATE feed SET renamed = 0, title = (SELECT iif(own_title = '', key, own_title)"
		" FROM feed_about WHERE feed_id = id) WHERE id = ?1",
	[STATEMENT_FEED_FOLDER] = "UPDATE feed SET folder = ?2 WHERE id = ?1",
	[STATEMENT_FEED_HIDE] = "UPDATE feed SET hidden = ?2 WHERE id = ?1",
	[STATEMENT_FEED_OWN_TITLE] =
		"UPDATE feed SET title = ?2 WHERE id = ?1 AND renamed = 0 AND title <> ?2",
	[STATEMENT_FEED_ABOUT] = "UPDATE feed_about SET own_title = iif(?2 = '', own_title, ?2),"
				 " site_url = iif(?3 = '', site_url, ?3),"
				 " description = iif(?4 = '', description, ?4),"
				 " language = iif(?5 = '', language, ?5) WHERE feed_id = ?1 AND"
				 " (?2 NOT IN ('', own_title) OR ?3 NOT IN ('', site_url)"
				 " OR ?4 NOT IN ('', description) OR ?5 NOT IN ('', language))",
	[STATEMENT_FEED_MOVE] = "UPDATE feed SET key = ?2 WHERE id = ?1",
	[STATEMENT_FEED_REMOVE] = "DELETE FROM feed WHERE id = ?1",
	[STATEMENT_FEED_TAGS] = "SELECT tag FROM feed_tag WHERE feed_id = ?1 ORDER BY tag",
	[STATEMENT_FEED_TAG] = "INSERT OR IGNORE INTO feed_tag (feed_id, tag) VALUES (?1, ?2)",
	[STATEMENT_FEED_UNTAG] = "DELETE FROM feed_tag WHERE feed_id = ?1",
	[STATEMENT_SUBSCRIPTION] =
		SUBSCRIPTION "feed LEFT JOIN visit ON visit.feed_id = feed.id"
			     " JOIN feed_about ON feed_about.feed_id = feed.id WHERE feed.id = ?1",
	[STATEMENT_SUBSCRIPTIONS] = SUBSCRIPTION VISITED("") " ORDER BY feed.id",
	[STATEMENT_SUBSCRIPTIONS_DUE] =
		SUBSCRIPTION VISITED("INDEXED BY visit_due") " WHERE stopped = 0 AND next_at <= ?1 "
							     "ORDER BY next_at, visit.feed_id",
	[STATEMENT_SUBSCRIPTIONS_FAILING] = SUBSCRIPTION VISITED(
		"INDEXED BY visit_failing") " WHERE failures > 0 OR stopped = 1 ORDER BY title "
					    "COLLATE NOCASE, feed.id",
	[STATEMENT_SUBSCRIPTION_IDS] =
		"SELECT feed_id FROM visit WHERE stopped = 0 ORDER BY feed_id",
	[STATEMENT_SUBSCRIPTION_IDS_DUE] =
		"SELECT feed_id FROM visit INDEXED BY visit_due WHERE stopped = 0 AND next_at <= ?1"
		" ORDER BY next_at, feed_id",
	[STATEMENT_SUBSCRIPTION_IDS_FAILING] =
		"SELECT feed_id FROM visit INDEXED BY visit_failing JOIN feed ON feed.id = feed_id"
		" WHERE (failures > 0 OR stopped = 1) AND stopped = 0 ORDER BY title "
		"COLLATE NOCASE, feed_id",
	[STATEMENT_VISIT_SET] =
		"UPDATE visit SET etag = ?2, last_modified = ?3, error = ?4, moved_to = ?5,"
		" body_hash = ?6, tried_at = ?7, succeeded_at = ?8, next_at = ?9, failures = ?10,"
		" http_status = ?11, moved_times = ?12, stopped = ?13, asked = ?14, skip = ?15 "
		"WHERE feed_id = ?1",
	[STATEMENT_VISIT_RESUME] = "UPDATE visit SET stopped = 0, failures = 0, next_at = 0,"
				   " error = '' WHERE feed_id = ?1",
	[STATEMENT_VISIT_STOP] = "UPDATE visit SET stopped = 1 WHERE feed_id = ?1",
	[STATEMENT_DATA_VERSION] = "PRAGMA data_version",
	[STATEMENT_TALLY] = "SELECT total, unread, starred, starred_unread,"
			    " unfinished, unfinished_unread FROM tally WHERE one = 1",

	[STATEMENT_ARTICLE_FIND] =
		"SELECT id, content FROM article WHERE feed_id = ?1 AND guid = ?2",
	[STATEMENT_ARTICLE_ADD] =
		"INSERT OR FAIL INTO article (feed_id, guid, title, section, language,"
		" direction, published, added, sort, content, read_at, starred, link)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, min(coalesce(?7, ?8), ?8), ?9, ?10,"
		" ?11, ?12)",
	[STATEMENT_ARTICLE_UPDATE] =
		"UPDATE article SET title = ?3, section = ?4, language = ?5,"
		" direction = ?6, published = " DATE ","
		" sort = min(coalesce(" DATE ", added), added) WHERE id = ?1 AND"
		" (title, section, language, direction, published)"
		" IS NOT (?3, ?4, ?5, ?6, " DATE ")",
	[STATEMENT_ARTICLE_REMOVE] = "DELETE FROM article WHERE id = ?1",
	[STATEMENT_ARTICLE_CONTENT] = "UPDATE article SET content = ?2, link = ?3 WHERE id = ?1",
	[STATEMENT_BODY_ADD] =
		"INSERT INTO body (article_id, author, url, summary, html, comments_url)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[STATEMENT_BODY_UPDATE] =
		"UPDATE body SET author = ?2, url = ?3, summary = ?4, html = " OWN_HTML
		", comments_url = ?6 WHERE article_id = ?1 AND"
		" (author, url, summary, html, comments_url) IS NOT (?2, ?3, ?4, " OWN_HTML ", ?6)",
	[STATEMENT_FULL] =
		"SELECT full, (SELECT html <> '' FROM full_text WHERE article_id = id)"
		" FROM article WHERE id = ?1",
	[STATEMENT_FULL_OWN] =
		"INSERT INTO full_text (article_id, html) SELECT id, ?2 FROM article"
		" WHERE id = ?1 AND full = 1"
		" ON CONFLICT (article_id) DO UPDATE SET html = excluded.html",
	[STATEMENT_FULL_KEEP] =
		"INSERT INTO full_text (article_id, html) SELECT id, html FROM article"
		" JOIN body ON body.article_id = id WHERE id = ?1 AND full = 0"
		" ON CONFLICT (article_id) DO UPDATE SET html = excluded.html, failures = 0",
	[STATEMENT_FULL_TEXT] = "UPDATE body SET html = ?2 WHERE article_id = ?1",
	[STATEMENT_FULL_SHOW] = "UPDATE article SET full = ?2 WHERE id = ?1",
	[STATEMENT_FULL_BODY] = "SELECT html FROM body WHERE article_id = ?1",
	[STATEMENT_FULL_SWAP] =
		"UPDATE body SET html = coalesce((SELECT html FROM full_text"
		" WHERE full_text.article_id = ?1), '') WHERE article_id = ?1",
	[STATEMENT_FULL_OTHER] =
		"INSERT INTO full_text (article_id, html) VALUES (?1, ?2)"
		" ON CONFLICT (article_id) DO UPDATE SET html = excluded.html",
	[STATEMENT_FULL_FAILED] =
		"INSERT INTO full_text (article_id, tried_at, failures) VALUES (?1, ?2, 1)"
		" ON CONFLICT (article_id) DO UPDATE SET tried_at = excluded.tried_at,"
		" failures = failures + 1",
	[STATEMENT_FULL_WANTED] =
		"SELECT id FROM article INDEXED BY article_feed WHERE feed_id = ?1 AND sort >"
		" coalesce((SELECT sort FROM article INDEXED BY article_feed WHERE feed_id = ?1"
		" ORDER BY sort DESC LIMIT 1 OFFSET ?2), -9223372036854775808)"
		" AND full = 0 AND read_at IS NULL AND NOT EXISTS (SELECT 1 FROM full_text"
		" WHERE article_id = id AND (html <> '' OR failures >= ?3 OR tried_at >= ?4))"
		" ORDER BY sort DESC LIMIT ?5",
	[STATEMENT_ATTACHMENTS] = "SELECT url, type, title, size, duration FROM attachment"
				  " WHERE article_id = ?1 ORDER BY n",
	[STATEMENT_ATTACHMENT_ADD] =
		"INSERT INTO attachment (article_id, n, url, type, title, size, duration)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	[STATEMENT_ATTACHMENTS_DELETE] = "DELETE FROM attachment WHERE article_id = ?1",
	[STATEMENT_ARTICLE_EXISTS] = "SELECT 1 FROM article WHERE id = ?1",
	[STATEMENT_ARTICLE] =
		"SELECT article.feed_id, article.direction, " OWN_DIRECTION ","
		" article.published, article.added, article.read_at, article.starred,"
		" article.progress, article.guid, article.title, article.section,"
		" article.language, feed.title, body.author, body.url, body.summary,"
		" body.html, body.comments_url, article.full," SOURCES
		" FROM article JOIN feed ON feed.id = article.feed_id"
		" JOIN body ON body.article_id = article.id WHERE article.id = ?1",

	[STATEMENT_HEADLINE] = "SELECT article.direction, " OWN_DIRECTION ", article.published,"
			       " article.sort, article.read_at, article.starred, article.progress,"
			       " article.title, article.section, article.language, feed.title,"
			       " article.position, article.story_id," SOURCES
			       " FROM article JOIN feed ON feed.id = article.feed_id"
			       " WHERE article.id = ?1",
	[STATEMENT_STOPPED_AT] = "SELECT stopped_at FROM article WHERE id = ?1",
	[STATEMENT_ALL_RANK] = RANK("article_all", EVERY, "sort"),
	[STATEMENT_FEED_RANK] = RANK("article_feed", IN_FEED, "sort"),
	[STATEMENT_UNREAD_RANK] = RANK("article_unread", UNREAD, "sort"),
	[STATEMENT_STARRED_RANK] = RANK("article_starred", STARRED, "sort"),
	[STATEMENT_UNFINISHED_RANK] = RANK("article_unfinished", UNFINISHED, "stopped_at"),
	[STATEMENT_UNREAD_LEFT_RANK] =
		RANK("article_unread_left", "read_at >= ?4 AND shadowed = 0 AND ", "sort"),
	[STATEMENT_STARRED_LEFT_RANK] =
		RANK("article_starred_left", "unstarred_at >= ?4 AND ", "sort"),
	[STATEMENT_UNFINISHED_LEFT_RANK] =
		RANK("article_unfinished_left", "closed_at >= ?4 AND ", "stopped_at"),
	[STATEMENT_ALL_AFTER] = AFTER("article_all", EVERY, "sort"),
	[STATEMENT_ALL_BEFORE] = BEFORE("article_all", EVERY, "sort"),
	[STATEMENT_FEED_AFTER] = AFTER("article_feed", IN_FEED, "sort"),
	[STATEMENT_FEED_BEFORE] = BEFORE("article_feed", IN_FEED, "sort"),
	[STATEMENT_UNREAD_AFTER] = AFTER("article_unread", UNREAD, "sort"),
	[STATEMENT_UNREAD_BEFORE] = BEFORE("article_unread", UNREAD, "sort"),
	[STATEMENT_STARRED_AFTER] = AFTER("article_starred", STARRED, "sort"),
	[STATEMENT_STARRED_BEFORE] = BEFORE("article_starred", STARRED, "sort"),
	[STATEMENT_UNFINISHED_AFTER] = AFTER("article_unfinished", UNFINISHED, "stopped_at"),
	[STATEMENT_UNFINISHED_BEFORE] = BEFORE("article_unfinished", UNFINISHED, "stopped_at"),
	[STATEMENT_UNREAD_LEFT_AFTER] = AFTER("article_unread_left", UNREAD_LEFT, "sort"),
	[STATEMENT_UNREAD_LEFT_BEFORE] = BEFORE("article_unread_left", UNREAD_LEFT, "sort"),
	[STATEMENT_STARRED_LEFT_AFTER] = AFTER("article_starred_left", STARRED_LEFT, "sort"),
	[STATEMENT_STARRED_LEFT_BEFORE] = BEFORE("article_starred_left", STARRED_LEFT, "sort"),
	[STATEMENT_UNFINISHED_LEFT_AFTER] =
		AFTER("article_unfinished_left", UNFINISHED_LEFT, "stopped_at"),
	[STATEMENT_UNFINISHED_LEFT_BEFORE] =
		BEFORE("article_unfinished_left", UNFINISHED_LEFT, "stopped_at"),
	[STATEMENT_UNREAD_LEFT_AT] = LEFT_AT("article_unread_left", "read_at"),
	[STATEMENT_STARRED_LEFT_AT] = LEFT_AT("article_starred_left", "unstarred_at"),
	[STATEMENT_UNFINISHED_LEFT_AT] = LEFT_AT("article_unfinished_left", "closed_at"),
	[STATEMENT_LATELY_AFTER] = AFTER("article_seen", LATELY, "seen_at"),
	[STATEMENT_LATELY_BEFORE] = BEFORE("article_seen", LATELY, "seen_at"),
	[STATEMENT_LATELY_RANK] = RANK("article_seen", LATELY, "seen_at"),
	[STATEMENT_LATELY_COUNT] = "SELECT count(*) FROM article INDEXED BY article_seen"
				   " WHERE seen_at IS NOT NULL",
	[STATEMENT_SEEN_AT] = "SELECT seen_at FROM article WHERE id = ?1",

	[STATEMENT_SET_SEEN] = "UPDATE article SET seen_at = ?2 WHERE id = ?1",
	[STATEMENT_SET_READ] = "UPDATE article SET read_at = ?2, unread_at = NULL"
			       " WHERE id = ?1 AND read_at IS NULL",
	[STATEMENT_SET_UNREAD] = "UPDATE article SET read_at = NULL, unread_at = ?2"
				 " WHERE id = ?1 AND read_at IS NOT NULL",
	[STATEMENT_SET_STARRED] =
		"UPDATE article SET starred = 1, starred_at = ?2, unstarred_at = NULL"
		" WHERE id = ?1 AND starred = 0",
	[STATEMENT_SET_UNSTARRED] =
		"UPDATE article SET starred = 0, starred_at = NULL, unstarred_at = ?2"
		" WHERE id = ?1 AND starred = 1",
	[STATEMENT_SET_OVERRIDE] =
		"UPDATE article SET override = ?2 WHERE id = ?1 AND override <> ?2",
	/* Of an import: nobody knows when. */
	[STATEMENT_SET_IMPORTED] =
		"UPDATE article SET read_at = iif(?2, coalesce(read_at, 0), read_at),"
		" unread_at = iif(?2, NULL, unread_at), starred = max(starred, ?3),"
		" unstarred_at = iif(?3, NULL, unstarred_at) WHERE id = ?1",
	/* Stopping times are made to differ, so that "latest first" has no ties. */
	[STATEMENT_SET_POSITION] =
		"UPDATE article SET position = ?2, position_hash = ?3, progress = ?4,"
		" unfinished = ?5,"
		" stopped_at = max(?6, 1 + coalesce((SELECT latest.stopped_at"
		"  FROM article AS latest INDEXED BY article_stopped"
		"  WHERE latest.stopped_at IS NOT NULL"
		"  ORDER BY latest.stopped_at DESC LIMIT 1), 0)),"
		" closed_at = CASE WHEN ?5 THEN NULL WHEN unfinished THEN ?6"
		"  ELSE closed_at END, seen_at = ?6"
		" WHERE id = ?1 AND (stopped_at IS NOT NULL OR ?2 <> 0 OR ?4 <> 0)",
	[STATEMENT_GET_POSITION] =
		"SELECT position, position_hash, progress FROM article WHERE id = ?1",

	[STATEMENT_READ_ALL] = READ("article_unread", ""),
	[STATEMENT_READ_FEED] = READ("article_feed", "feed_id = ?2 AND "),
	[STATEMENT_READ_STARRED] = READ("article_starred", "starred = 1 AND "),
	[STATEMENT_READ_UNFINISHED] = READ("article_unfinished", "unfinished = 1 AND "),
	[STATEMENT_READ_LATELY] = READ("article_seen", "seen_at IS NOT NULL AND "),
	/* Behind (?3, ?4) in the list. */
	[STATEMENT_READ_OLDER] = READ("article_unread", "(sort, id) < (?3, ?4) AND "),
	[STATEMENT_READ_FEED_OLDER] =
		READ("article_feed", "feed_id = ?2 AND (sort, id) < (?3, ?4) AND "),
	[STATEMENT_READ_STARRED_OLDER] =
		READ("article_starred", "starred = 1 AND (sort, id) < (?3, ?4) AND "),
	[STATEMENT_FEED_STARRED] = "SELECT count(*) FROM article INDEXED BY article_starred"
				   " WHERE starred = 1 AND feed_id = ?1",

	[STATEMENT_STORY_AFTER] = AFTER("article_story", IN_STORY, "sort"),
	[STATEMENT_STORY_BEFORE] = BEFORE("article_story", IN_STORY, "sort"),
	[STATEMENT_STORY_RANK] = RANK("article_story", IN_STORY, "sort"),
	[STATEMENT_STORY_COUNT] = "SELECT count(*), count(*) - count(read_at) FROM article"
				  " INDEXED BY article_story WHERE story_id = ?1",
	[STATEMENT_STORY_LINKED] =
		"SELECT id, feed_id, sort FROM article INDEXED BY article_link"
		" WHERE link = ?1 AND id <> ?2 ORDER BY id DESC LIMIT ?3",
	[STATEMENT_STORY_LINKED_IN_FEED] =
		"SELECT id FROM (SELECT id, feed_id FROM article INDEXED BY article_link"
		" WHERE link = ?1 ORDER BY id DESC LIMIT ?3) WHERE feed_id = ?2",
	[STATEMENT_STORY_CANDIDATES] =
		"SELECT article_id FROM story_key WHERE slot = ?1 AND key = ?2"
		" ORDER BY article_id DESC LIMIT ?3",
	/* Where the article is gone: another one of its story. */
	[STATEMENT_STORY_SKETCH] =
		"SELECT article.id, sketch, story_sketch.sort FROM story_sketch"
		" JOIN article ON article.id = coalesce("
		"  (SELECT id FROM article WHERE id = article_id),"
		"  (SELECT id FROM article INDEXED BY article_story"
		"   WHERE story_id = article_id LIMIT 1))"
		" WHERE slot = ?1 AND article_id = ?2",
	[STATEMENT_STORY_SKETCH_ADD] =
		"INSERT OR IGNORE INTO story_sketch (slot, article_id, sketch, sort)"
		" VALUES (?1, ?2, ?3, ?4)",
	[STATEMENT_STORY_KEY_ADD] = "INSERT OR IGNORE INTO story_key (slot, key, article_id)"
				    " VALUES (?1, ?2, ?3)",
	[STATEMENT_STORY_SWEEP_KEYS] =
		"DELETE FROM story_key WHERE (slot, key, article_id) IN"
		" (SELECT slot, key, article_id FROM story_key WHERE slot < ?1"
		"  ORDER BY slot, key, article_id LIMIT ?2)",
	[STATEMENT_STORY_SWEEP_SKETCHES] =
		"DELETE FROM story_sketch WHERE (slot, article_id) IN"
		" (SELECT slot, article_id FROM story_sketch WHERE slot < ?1"
		"  ORDER BY slot, article_id LIMIT ?2)",
	[STATEMENT_STORY_BEGIN] =
		"UPDATE article SET story_id = id WHERE id = ?1 AND story_id IS NULL",
	/* Nothing new: where what stands for the story was read, or is of the same feed. */
	[STATEMENT_STORY_JOIN] =
		"UPDATE article SET story_id = told.story_id, shadowed = 1,"
		" read_at = coalesce(article.read_at,"
		"  iif(told.read_at IS NOT NULL OR told.feed_id = article.feed_id, 0, NULL))"
		" FROM (SELECT other.story_id, other.read_at, other.feed_id"
		"  FROM article AS one JOIN article AS other INDEXED BY article_story"
		"  ON other.story_id = one.story_id"
		"  WHERE one.id = ?1 AND other.shadowed = 0 LIMIT 1) AS told"
		" WHERE article.id = ?2",
	[STATEMENT_STORY_ANY] =
		"SELECT 1 FROM article INDEXED BY article_all WHERE shadowed = 1 LIMIT 1",
	[STATEMENT_STORY_DISSOLVE] = "UPDATE OR FAIL article INDEXED BY article_all SET shadowed = 0"
				     " WHERE shadowed = 1",
	[STATEMENT_STORY_SHADOWS] =
		"SELECT other.id FROM article AS one JOIN article AS other INDEXED BY article_story"
		" ON other.story_id = one.story_id"
		" WHERE one.id = ?1 AND one.shadowed = 0 AND other.id <> ?1"
		" AND other.shadowed = 1 LIMIT ?2",
	[STATEMENT_READ_STORY] = READ("article_story", "story_id = ?2 AND "),
	[STATEMENT_SET_GUID] = "UPDATE article SET guid = ?2 WHERE id = ?1",

	[STATEMENT_SMART_LISTS] =
		"SELECT id, name, query, kind FROM smart_list ORDER BY position, id",
	[STATEMENT_SMART_FIND] = "SELECT id FROM smart_list WHERE name = ?1",
	[STATEMENT_SMART_ADD] =
		"INSERT INTO smart_list (name, query, kind, position) VALUES (?1, ?2, ?3,"
		" (SELECT coalesce(max(position), 0) + 1 FROM smart_list))",
	[STATEMENT_SMART_EDIT] =
		"UPDATE smart_list SET name = ?2, query = ?3, kind = ?4 WHERE id = ?1",
	[STATEMENT_SMART_REMOVE] = "DELETE FROM smart_list WHERE id = ?1",
	[STATEMENT_SMART_PLACE] = "UPDATE smart_list SET position = ?2 WHERE id = ?1",
	[STATEMENT_SEARCH] = HITS(""),
	[STATEMENT_SEARCH_RANKED] = HITS(", relevance(search, ?3)"),
	[STATEMENT_SEARCH_NEWEST] = "SELECT max(text_id) FROM article INDEXED BY article_text"
				    " WHERE text_id IS NOT NULL",
	[STATEMENT_SEARCH_STAMP] = "INSERT OR REPLACE INTO search_about (one, stamp) VALUES (1, ?1)",
	[STATEMENT_SEARCH_TAKEN] = "SELECT id FROM search_docsize WHERE id >= ?1 ORDER BY id",
	[STATEMENT_SEARCH_ADD] =
		"INSERT INTO search (rowid, title, summary, body) VALUES (?1, ?2, ?3, ?4)",
	/* Of a table without content: the words that are in it have to be told. */
	[STATEMENT_SEARCH_REMOVE] = "INSERT INTO search (search, rowid, title, summary, body)"
				    " VALUES ('delete', ?1, ?2, ?3, ?4)",
	[STATEMENT_SEARCH_STALE] =
		"SELECT (SELECT count(*) FROM search_docsize) - (SELECT count(*) FROM article"
		" INDEXED BY article_text WHERE text_id IS NOT NULL)",
	[STATEMENT_UNINDEXED] =
		"SELECT id, sort, title, summary, html FROM article INDEXED BY article_unindexed"
		" JOIN body ON article_id = id WHERE text_id IS NULL ORDER BY sort DESC LIMIT ?1",
	[STATEMENT_UNINDEXED_ANY] = "SELECT 1 FROM article INDEXED BY article_unindexed"
				    " WHERE text_id IS NULL LIMIT 1",
	[STATEMENT_UNINDEXED_COUNT] =
		"SELECT (SELECT count(*) FROM article INDEXED BY article_unindexed"
		" WHERE text_id IS NULL), (SELECT total FROM tally WHERE one = 1)",
	[STATEMENT_ARTICLE_TEXT] = "UPDATE article SET text_id = ?2 WHERE id = ?1",
	[STATEMENT_ARTICLE_INDEXED] =
		"SELECT text_id, title, summary, html FROM article JOIN body ON article_id = id"
		" WHERE id = ?1 AND text_id IS NOT NULL",
	[STATEMENT_TEXTS] = "SELECT summary, html FROM body WHERE article_id = ?1",
	[STATEMENT_ARTICLE_TITLE] = "SELECT title FROM article WHERE id = ?1",
	[STATEMENT_TAGS] = "SELECT tag FROM article_tag WHERE article_id = ?1 ORDER BY tag",
	/* From one to the next in the indexes, however many articles have it. */
	[STATEMENT_TAG_NEXT] =
		"SELECT min(tag) FROM (SELECT min(tag) AS tag FROM article_tag WHERE tag > ?1"
		" UNION ALL SELECT min(tag) FROM feed_tag WHERE tag > ?1)",
	[STATEMENT_TAG] = "INSERT OR IGNORE INTO article_tag (article_id, tag, at)"
			  " SELECT id, ?3, ?2 FROM article WHERE id = ?1",
	[STATEMENT_UNTAG] = "DELETE FROM article_tag WHERE article_id = ?1 AND tag = ?3",

	[STATEMENT_MOMENT_TAKEN] =
		"SELECT 1 WHERE EXISTS (SELECT 1 FROM journal WHERE at = ?1)"
		" OR EXISTS (SELECT 1 FROM journal WHERE undone = ?1)"
		" OR EXISTS (SELECT 1 FROM article INDEXED BY article_unread_left"
		"  WHERE read_at = ?1)"
		" OR EXISTS (SELECT 1 FROM article INDEXED BY article_unread_again"
		"  WHERE unread_at = ?1)"
		" OR EXISTS (SELECT 1 FROM article INDEXED BY article_starred_since"
		"  WHERE starred_at = ?1)"
		" OR EXISTS (SELECT 1 FROM article INDEXED BY article_starred_left"
		"  WHERE unstarred_at = ?1)"
		" OR EXISTS (SELECT 1 FROM trash INDEXED BY trash_deleted"
		"  WHERE deleted_at = ?1 AND article IS NOT NULL)",
	[STATEMENT_MOMENT_LAST] =
		"SELECT max((SELECT coalesce(max(at), 0) FROM journal),"
		" (SELECT coalesce(max(undone), 0) FROM journal))",
	[STATEMENT_JOURNAL_ADD] = "INSERT INTO journal (at, kind, label, articles)"
				  " VALUES (?1, ?2, ?3, 0)",
	[STATEMENT_JOURNAL_COUNT] = "UPDATE journal SET articles = ?2 WHERE id = ?1",
	[STATEMENT_REMEMBER_READ] = REMEMBER("unread_at", "read_at IS NULL"),
	[STATEMENT_REMEMBER_UNREAD] = REMEMBER("read_at", "1"),
	[STATEMENT_REMEMBER_STAR] = REMEMBER("unstarred_at", "1"),
	[STATEMENT_REMEMBER_UNSTAR] = REMEMBER("starred_at", "1"),
	[STATEMENT_REMEMBER_TAG] =
		"INSERT OR IGNORE INTO journal_change (journal_id, article_id, tag, old)"
		" SELECT ?1, article_id, tag, at FROM article_tag"
		" WHERE article_id = ?2 AND tag = ?3",
	/* Before a list is marked read: more than it may be; then only what was marked. */
	[STATEMENT_REMEMBER_LIST] =
		"INSERT INTO journal_change (journal_id, article_id, tag, old)"
		" SELECT ?1, id, '', unread_at FROM article INDEXED BY article_unread_again"
		" WHERE unread_at IN (SELECT at FROM journal) AND read_at IS NULL",
	[STATEMENT_REMEMBER_ONLY] =
		"DELETE FROM journal_change WHERE journal_id = ?1 AND article_id NOT IN"
		" (SELECT article_id FROM journal_change JOIN article ON id = article_id"
		"  WHERE journal_id = ?1 AND read_at = ?2)",
	[STATEMENT_JOURNAL_CHANGE] = "INSERT INTO journal_change (journal_id, article_id, tag)"
				     " VALUES (?1, ?2, ?3)",
	[STATEMENT_JOURNAL_FORGET] =
		"DELETE FROM journal WHERE id IN (SELECT id FROM journal INDEXED BY journal_undone"
		" WHERE undone IS NOT NULL)",
	[STATEMENT_JOURNAL_LAST] = JOURNAL_ROW "WHERE undone IS NULL ORDER BY id DESC LIMIT 1",
	[STATEMENT_JOURNAL_NEXT] = JOURNAL_ROW
	"INDEXED BY journal_undone WHERE undone IS NOT NULL ORDER BY id LIMIT 1",
	[STATEMENT_JOURNAL_UNDONE] = "UPDATE journal SET undone = ?2 WHERE id = ?1",
	[STATEMENT_JOURNAL_REDONE] = "UPDATE journal SET at = ?2, undone = NULL WHERE id = ?1",
	/* What those that are still undone found is found at the new moment now. */
	[STATEMENT_JOURNAL_RENEW] =
		"UPDATE journal_change SET old = ?2 WHERE journal_id IN (SELECT id FROM journal"
		" INDEXED BY journal_undone WHERE undone IS NOT NULL) AND old = ?1",
	[STATEMENT_JOURNAL_PRUNE] =
		"DELETE FROM journal WHERE id IN ("
		"SELECT * FROM (SELECT id FROM journal WHERE at < ?1 LIMIT ?3) UNION ALL"
		" SELECT * FROM (SELECT id FROM journal"
		"  WHERE id <= (SELECT max(id) FROM journal) - ?2 LIMIT ?3))",

	/* Articles of the action ?3 in which it had found the moment of another. */
	[STATEMENT_UNDO_READ] = UNDO("", "read_at", "unread_at"),
	[STATEMENT_UNDO_UNREAD] = UNDO("", "unread_at", "read_at"),
	[STATEMENT_UNDO_STAR] = UNDO("starred = 0, ", "starred_at", "unstarred_at"),
	[STATEMENT_UNDO_UNSTAR] = UNDO("starred = 1, ", "unstarred_at", "starred_at"),
	[STATEMENT_REDO_READ] = REDO("", "read_at", "unread_at"),
	[STATEMENT_REDO_UNREAD] = REDO("", "unread_at", "read_at"),
	[STATEMENT_REDO_STAR] = REDO("starred = 1, ", "starred_at", "unstarred_at"),
	[STATEMENT_REDO_UNSTAR] = REDO("starred = 0, ", "unstarred_at", "starred_at"),
	/* What the moment ?1 left as it is becomes the contrary, at the moment ?2. */
	[STATEMENT_BACK_UNREAD] = "UPDATE OR FAIL article INDEXED BY article_unread_left"
				  " SET read_at = NULL, unread_at = ?2 WHERE read_at = ?1",
	[STATEMENT_BACK_READ] = "UPDATE OR FAIL article INDEXED BY article_unread_again"
				" SET read_at = ?2, unread_at = NULL WHERE unread_at = ?1",
	[STATEMENT_BACK_UNSEEN] = "UPDATE OR FAIL article INDEXED BY article_seen SET seen_at = NULL"
				  " WHERE seen_at = ?1",
	[STATEMENT_BACK_UNSTARRED] =
		"UPDATE OR FAIL article INDEXED BY article_starred_since"
		" SET starred = 0, starred_at = NULL, unstarred_at = ?2 WHERE starred_at = ?1",
	[STATEMENT_BACK_STARRED] =
		"UPDATE OR FAIL article INDEXED BY article_starred_left"
		" SET starred = 1, starred_at = ?2, unstarred_at = NULL WHERE unstarred_at = ?1",
	/* The same for the articles of the action ?3. */
	[STATEMENT_BACK_TAGGED] = "INSERT OR IGNORE INTO article_tag (article_id, tag, at)"
				  " SELECT article_id, tag, coalesce(old, ?2) FROM journal_change "
				  "JOIN article ON id = article_id"
				  " WHERE journal_id = ?3",
	[STATEMENT_BACK_UNTAGGED] =
		"DELETE FROM article_tag WHERE (article_id, tag, at) IN"
		" (SELECT article_id, tag, coalesce(old, ?1) FROM journal_change"
		"  WHERE journal_id = ?3)",
	[STATEMENT_CHANGED_ARTICLES] =
		"SELECT article_id FROM journal_change WHERE journal_id = ?1 ORDER BY article_id",

	[STATEMENT_TRASH_PUT] =
		"INSERT INTO trash (id, feed_id, guid, deleted_at, seen, article, body,"
		" attachments, tags) SELECT id, feed_id, guid, ?2, ?3,"
		" json_object('title', title" TRASH_ARTICLE(
			TO_JSON) "),"
				 " (SELECT json_object('other', (SELECT html FROM full_text"
				 "  WHERE full_text.article_id = body.article_id),"
				 " 'author', author" TRASH_BODY(
					 TO_JSON) ")"
						  "  FROM body WHERE article_id = id),"
						  " (SELECT json_group_array(json_array(n, url, "
						  "type, title, size, duration))"
						  "  FROM attachment WHERE article_id = id),"
						  " (SELECT json_group_array(json_array(tag, at)) "
						  "FROM article_tag"
						  "  WHERE article_id = id) FROM article WHERE id "
						  "= ?1",
	[STATEMENT_TRASH_FIND] = "SELECT id, seen FROM trash WHERE feed_id = ?1 AND guid = ?2",
	[STATEMENT_TRASH_SEEN] = "UPDATE trash SET seen = ?2 WHERE id = ?1",
	[STATEMENT_TRASH_DROP] = "DELETE FROM trash WHERE id = ?1",
	/* One of a story that another article stands for by now is in its shadow. */
	[STATEMENT_TRASH_BACK] =
		"INSERT OR IGNORE INTO article (id, feed_id, guid, title" TRASH_ARTICLE(
			COLUMN) ", shadowed) SELECT id, feed_id, guid,"
				" article->>'title'" TRASH_ARTICLE(
					FROM_ARTICLE) ","
						      " EXISTS (SELECT 1 FROM article AS other "
						      "WHERE"
						      "  other.story_id = "
						      "trash.article->>'story_id' AND NOT "
						      "other.shadowed)" TRASHED,
	[STATEMENT_TRASH_BACK_BODY] = "INSERT INTO body (article_id, author" TRASH_BODY(
		COLUMN) ")"
			" SELECT id, body->>'author'" TRASH_BODY(FROM_BODY) TRASHED IS_BACK,
	[STATEMENT_TRASH_BACK_FULL] = "INSERT INTO full_text (article_id, html)"
				      " SELECT id, body->>'other'" TRASHED IS_BACK
				      " AND body->>'other' IS NOT NULL",
	[STATEMENT_TRASH_BACK_ATTACHMENTS] =
		"INSERT INTO attachment (article_id, n, url, type, title, size, duration)"
		" SELECT trash.id, value->>0, value->>1, value->>2, value->>3, value->>4,"
		" value->>5 FROM trash INDEXED BY trash_deleted, json_each(attachments)"
		" WHERE deleted_at = ?1 AND article IS NOT NULL" IS_BACK,
	[STATEMENT_TRASH_BACK_TAGS] = "INSERT INTO article_tag (article_id, tag, at)"
				      " SELECT trash.id, value->>0, value->>1"
				      " FROM trash INDEXED BY trash_deleted, json_each(tags)"
				      " WHERE deleted_at = ?1 AND article IS NOT NULL" IS_BACK,
	[STATEMENT_TRASH_BACK_END] = "DELETE FROM trash WHERE id IN (SELECT id" TRASHED IS_BACK ")",
	[STATEMENT_TRASH_LET_GO] =
		"INSERT OR REPLACE INTO trash (id, feed_id, guid, deleted_at, seen)"
		" SELECT id, feed_id, guid, 0, ?2 FROM article WHERE id = ?1",
	/* What can be undone no more. */
	[STATEMENT_TRASH_PURGE] =
		"UPDATE trash SET article = NULL, body = NULL, attachments = NULL, tags = NULL"
		" WHERE id IN (SELECT id FROM trash INDEXED BY trash_deleted WHERE"
		" article IS NOT NULL AND NOT EXISTS"
		" (SELECT 1 FROM journal WHERE at = deleted_at) LIMIT ?1)",
	/* Identities of what its feed has long stopped to bring, while it brought others. */
	[STATEMENT_TRASH_SWEEP] =
		"DELETE FROM trash WHERE id IN (SELECT id FROM trash INDEXED BY trash_purged WHERE"
		" article IS NULL AND seen < ?1 AND seen + ?2 < (SELECT sort FROM article"
		" INDEXED BY article_feed WHERE article.feed_id = trash.feed_id"
		" ORDER BY sort DESC LIMIT 1) LIMIT ?3)",

	[STATEMENT_KEEP_FEED] =
		"SELECT id, total, (SELECT value FROM feed_setting WHERE feed_id = id"
		" AND name = 'keep-days'), (SELECT value FROM feed_setting WHERE feed_id = id"
		" AND name = 'keep-count') FROM feed WHERE id > ?1 ORDER BY id LIMIT 1",
	[STATEMENT_KEEP_BORDER] = "SELECT sort, id FROM article INDEXED BY article_feed"
				  " WHERE feed_id = ?1 ORDER BY sort DESC, id DESC"
				  " LIMIT 1 OFFSET ?2",
	/* Of the feed ?1: what came before ?2, or stands behind (?3, ?4). */
	[STATEMENT_KEEP_OLD] =
		"SELECT id FROM article INDEXED BY article_feed WHERE feed_id = ?1"
		" AND sort <= max(?2, ?3) AND (added < ?2 OR (sort, id) < (?3, ?4))" LOOSE
		" ORDER BY sort, id LIMIT ?5",
	[STATEMENT_SPACE] = "SELECT (SELECT page_count FROM pragma_page_count),"
			    " (SELECT freelist_count FROM pragma_freelist_count)",
	[STATEMENT_GIVE_BACK] = "PRAGMA incremental_vacuum(200)",
	[STATEMENT_FEED_SETTING] =
		"SELECT value FROM feed_setting WHERE feed_id = ?1 AND name = ?2",
	[STATEMENT_FEED_SETTING_SET] =
		"INSERT OR REPLACE INTO feed_setting (feed_id, name, value) VALUES (?1, ?2, ?3)",
	[STATEMENT_FEED_SETTINGS] = "SELECT name, value FROM feed_setting WHERE feed_id = ?1",
	[STATEMENT_FEED_SETTING_DROP] = "DELETE FROM feed_setting WHERE feed_id = ?1 AND name = ?2",

	[STATEMENT_DOWNLOAD_ADD] =
		"INSERT OR IGNORE INTO download"
		" (url, article_id, feed, title, feed_title, type, size, added_at)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[STATEMENT_DOWNLOADS] = DOWNLOAD_ROW " ORDER BY id",
	[STATEMENT_DOWNLOAD] = DOWNLOAD_ROW " WHERE id = ?1",
	/* What is done is done again where that is asked for. */
	[STATEMENT_DOWNLOAD_WANT] =
		"UPDATE download SET error = '', state ="
		" CASE WHEN state = 'downloading' AND ?2 = 'queued' THEN state ELSE ?2 END"
		" WHERE id = ?1",
	[STATEMENT_DOWNLOAD_PLAYED] = "UPDATE download SET played_at = ?2 WHERE id = ?1",
	[STATEMENT_DOWNLOAD_REMOVE] = "DELETE FROM download WHERE id = ?1",
	[STATEMENT_DOWNLOAD_PLACE] =
		"UPDATE download SET path = ?2 WHERE id = ?1 AND NOT EXISTS"
		" (SELECT 1 FROM download AS other WHERE other.path = ?2 AND other.id <> ?1)",
	[STATEMENT_DOWNLOAD_START] =
		"UPDATE download SET state = 'downloading', error = '', seen_at = ?2"
		" WHERE id = ?1 AND state IN ('queued', 'downloading')",
	[STATEMENT_DOWNLOAD_IDENTIFY] =
		"UPDATE download SET etag = ?2, last_modified = ?3, size = ?4 WHERE id = ?1",
	[STATEMENT_DOWNLOAD_NOTE] = "UPDATE download SET received = ?2, seen_at = ?3"
				    " WHERE id = ?1 AND state = 'downloading'",
	[STATEMENT_DOWNLOAD_END] =
		"UPDATE download SET state = ?2, received = ?3, error = ?4, seen_at = 0,"
		" size = CASE WHEN ?2 = 'done' THEN ?3 ELSE size END"
		" WHERE id = ?1 AND state = 'downloading'",
};

const char *statement_sql(enum statement_id id)
{
	return sql[id];
}
