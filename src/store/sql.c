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

#define IN_FEED "feed_id = ?4 AND "
#define IN_STORY "story_id = ?4 AND "
#define UNREAD "read_at IS NULL AND shadowed = 0 AND "
#define EVERY "shadowed = 0 AND "
#define STARRED "starred = 1 AND "
#define UNFINISHED "unfinished = 1 AND "
#define UNREAD_LEFT "read_at = ?4 AND shadowed = 0 AND "
#define STARRED_LEFT "unstarred_at = ?4 AND "
#define UNFINISHED_LEFT "closed_at = ?4 AND "

/* A date once known stays when the article comes again without one. */
#define DATE "coalesce(?7, published)"

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
				" visit.failures, visit.stopped"
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
		"SELECT feed_id FROM visit JOIN feed ON feed.id = feed_id"
		" WHERE failures > 0 AND stopped = 0 ORDER BY title COLLATE NOCASE, feed_id",
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
		"UPDATE body SET author = ?2, url = ?3, summary = ?4, html = ?5, comments_url = ?6"
		" WHERE article_id = ?1 AND"
		" (author, url, summary, html, comments_url) IS NOT (?2, ?3, ?4, ?5, ?6)",
	[STATEMENT_ATTACHMENTS] = "SELECT url, type, title, size, duration FROM attachment"
				  " WHERE article_id = ?1 ORDER BY n",
	[STATEMENT_ATTACHMENT_ADD] =
		"INSERT INTO attachment (article_id, n, url, type, title, size, duration)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	[STATEMENT_ATTACHMENTS_DELETE] = "DELETE FROM attachment WHERE article_id = ?1",
	[STATEMENT_ARTICLE_EXISTS] = "SELECT 1 FROM article WHERE id = ?1",
	[STATEMENT_ARTICLE] =
		"SELECT article.feed_id, article.direction, article.override,"
		" article.published, article.added, article.read_at, article.starred,"
		" article.progress, article.guid, article.title, article.section,"
		" article.language, feed.title, body.author, body.url, body.summary,"
		" body.html, body.comments_url FROM article JOIN feed ON feed.id = article.feed_id"
		" JOIN body ON body.article_id = article.id WHERE article.id = ?1",

	[STATEMENT_HEADLINE] = "SELECT article.direction, article.override, article.published,"
			       " article.sort, article.read_at, article.starred, article.progress,"
			       " article.title, article.section, article.language, feed.title,"
			       " article.position, article.story_id,"
			       " iif(article.story_id IS NULL, 1, (SELECT count(*) FROM (SELECT 1"
			       "  FROM article AS told INDEXED BY article_story"
			       "  WHERE told.story_id = article.story_id LIMIT 1000)))"
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

	[STATEMENT_SET_READ] = "UPDATE article SET read_at = ?2 WHERE id = ?1 AND read_at IS NULL",
	[STATEMENT_SET_UNREAD] =
		"UPDATE article SET read_at = NULL WHERE id = ?1 AND read_at IS NOT NULL",
	[STATEMENT_SET_STARRED] = "UPDATE article SET starred = 1, unstarred_at = NULL"
				  " WHERE id = ?1 AND starred = 0",
	[STATEMENT_SET_UNSTARRED] = "UPDATE article SET starred = 0, unstarred_at = ?2"
				    " WHERE id = ?1 AND starred = 1",
	[STATEMENT_SET_OVERRIDE] =
		"UPDATE article SET override = ?2 WHERE id = ?1 AND override <> ?2",
	/* Stopping times are made to differ, so that "latest first" has no ties. */
	[STATEMENT_SET_POSITION] =
		"UPDATE article SET position = ?2, position_hash = ?3, progress = ?4,"
		" unfinished = ?5,"
		" stopped_at = max(?6, 1 + coalesce((SELECT latest.stopped_at"
		"  FROM article AS latest INDEXED BY article_stopped"
		"  WHERE latest.stopped_at IS NOT NULL"
		"  ORDER BY latest.stopped_at DESC LIMIT 1), 0)),"
		" closed_at = CASE WHEN ?5 THEN NULL WHEN unfinished THEN ?6"
		"  ELSE closed_at END"
		" WHERE id = ?1 AND (stopped_at IS NOT NULL OR ?2 <> 0 OR ?4 <> 0)",
	[STATEMENT_GET_POSITION] =
		"SELECT position, position_hash, progress FROM article WHERE id = ?1",

	[STATEMENT_READ_ALL] = "UPDATE article INDEXED BY article_unread SET read_at = ?1"
			       " WHERE read_at IS NULL",
	[STATEMENT_READ_FEED] = "UPDATE article INDEXED BY article_feed SET read_at = ?1"
				" WHERE feed_id = ?2 AND read_at IS NULL",
	[STATEMENT_READ_STARRED] = "UPDATE article INDEXED BY article_starred SET read_at = ?1"
				   " WHERE starred = 1 AND read_at IS NULL",
	[STATEMENT_READ_UNFINISHED] =
		"UPDATE article INDEXED BY article_unfinished SET read_at = ?1"
		" WHERE unfinished = 1 AND read_at IS NULL",
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
		"  WHERE one.id = ?1 ORDER BY other.shadowed LIMIT 1) AS told"
		" WHERE article.id = ?2",
	[STATEMENT_STORY_ANY] =
		"SELECT 1 FROM article INDEXED BY article_all WHERE shadowed = 1 LIMIT 1",
	[STATEMENT_STORY_DISSOLVE] = "UPDATE article INDEXED BY article_all SET shadowed = 0"
				     " WHERE shadowed = 1",
	[STATEMENT_STORY_SHADOWS] =
		"SELECT other.id FROM article AS one JOIN article AS other INDEXED BY article_story"
		" ON other.story_id = one.story_id"
		" WHERE one.id = ?1 AND one.shadowed = 0 AND other.id <> ?1"
		" AND other.shadowed = 1 LIMIT ?2",
	[STATEMENT_READ_STORY] = "UPDATE article INDEXED BY article_story SET read_at = ?1"
				 " WHERE story_id = ?2 AND read_at IS NULL",
	[STATEMENT_SET_GUID] = "UPDATE article SET guid = ?2 WHERE id = ?1",
};

const char *statement_sql(enum statement_id id)
{
	return sql[id];
}
