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
	"SELECT count(*) FROM article INDEXED BY " index " WHERE " where "(" key ", id) > (?1, ?2)"

#define IN_FEED "feed_id = ?4 AND "
#define UNREAD "read_at IS NULL AND "
#define STARRED "starred = 1 AND "
#define UNFINISHED "unfinished = 1 AND "
#define UNREAD_LEFT "read_at = ?4 AND "
#define STARRED_LEFT "unstarred_at = ?4 AND "
#define UNFINISHED_LEFT "closed_at = ?4 AND "

/* A date once known stays when the article comes again without one. */
#define DATE "coalesce(?7, published)"

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
	[STATEMENT_FEED_LIST] = "SELECT id, key, title, total, unread"
				" FROM feed INDEXED BY feed_title"
				" ORDER BY title COLLATE NOCASE, id",
	[STATEMENT_FEED_COUNT] = "SELECT total, unread FROM feed WHERE id = ?1",
	[STATEMENT_TALLY] = "SELECT total, unread, starred, starred_unread,"
			    " unfinished, unfinished_unread FROM tally WHERE one = 1",

	[STATEMENT_ARTICLE_FIND] = "SELECT id FROM article WHERE feed_id = ?1 AND guid = ?2",
	[STATEMENT_ARTICLE_ADD] =
		"INSERT INTO article (feed_id, guid, title, section, language,"
		" direction, published, added, sort)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, min(coalesce(?7, ?8), ?8))",
	[STATEMENT_ARTICLE_UPDATE] =
		"UPDATE article SET title = ?3, section = ?4, language = ?5,"
		" direction = ?6, published = " DATE ","
		" sort = min(coalesce(" DATE ", added), added) WHERE id = ?1 AND"
		" (title, section, language, direction, published)"
		" IS NOT (?3, ?4, ?5, ?6, " DATE ")",
	[STATEMENT_BODY_ADD] = "INSERT INTO body (article_id, author, url, summary, html)"
			       " VALUES (?1, ?2, ?3, ?4, ?5)",
	[STATEMENT_BODY_UPDATE] = "UPDATE body SET author = ?2, url = ?3, summary = ?4, html = ?5"
				  " WHERE article_id = ?1 AND"
				  " (author, url, summary, html) IS NOT (?2, ?3, ?4, ?5)",
	[STATEMENT_ARTICLE_EXISTS] = "SELECT 1 FROM article WHERE id = ?1",
	[STATEMENT_ARTICLE] = "SELECT article.feed_id, article.direction, article.override,"
			      " article.published, article.added, article.read_at, article.starred,"
			      " article.progress, article.guid, article.title, article.section,"
			      " article.language, feed.title, body.author, body.url, body.summary,"
			      " body.html FROM article JOIN feed ON feed.id = article.feed_id"
			      " JOIN body ON body.article_id = article.id WHERE article.id = ?1",

	[STATEMENT_HEADLINE] = "SELECT article.direction, article.override, article.published,"
			       " article.sort, article.read_at, article.starred, article.progress,"
			       " article.title, article.section, article.language, feed.title,"
			       " article.position"
			       " FROM article JOIN feed ON feed.id = article.feed_id"
			       " WHERE article.id = ?1",
	[STATEMENT_STOPPED_AT] = "SELECT stopped_at FROM article WHERE id = ?1",
	[STATEMENT_ALL_RANK] = RANK("article_all", "", "sort"),
	[STATEMENT_FEED_RANK] = RANK("article_feed", IN_FEED, "sort"),
	[STATEMENT_UNREAD_RANK] = RANK("article_unread", UNREAD, "sort"),
	[STATEMENT_STARRED_RANK] = RANK("article_starred", STARRED, "sort"),
	[STATEMENT_UNFINISHED_RANK] = RANK("article_unfinished", UNFINISHED, "stopped_at"),
	[STATEMENT_UNREAD_LEFT_RANK] =
		RANK("article_unread_left", "read_at >= ?4 AND ", "sort"),
	[STATEMENT_STARRED_LEFT_RANK] =
		RANK("article_starred_left", "unstarred_at >= ?4 AND ", "sort"),
	[STATEMENT_UNFINISHED_LEFT_RANK] =
		RANK("article_unfinished_left", "closed_at >= ?4 AND ", "stopped_at"),
	[STATEMENT_ALL_AFTER] = AFTER("article_all", "", "sort"),
	[STATEMENT_ALL_BEFORE] = BEFORE("article_all", "", "sort"),
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
};

const char *statement_sql(enum statement_id id)
{
	return sql[id];
}
