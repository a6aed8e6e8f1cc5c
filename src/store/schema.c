#include "store/schema.h"

#include "store/failure.h"

#include <stdio.h>

/*
 * Version 1.
 *
 * article   narrow: all that a list shows, and the state.  Times that end in _at
 *           are Unix milliseconds, `published`, `added`, `sort` Unix seconds.
 *           read_at       when it was marked read; NULL: unread
 *           unstarred_at  when its star went; NULL: has one, or never had
 *           stopped_at    when reading last stopped; NULL: never begun
 *           closed_at     when it left the unfinished ones; NULL: is one, or never was
 * body      what only an open article needs
 * tally     the counts over all articles; those of a feed stand in `feed`
 *
 * An index over `sort` ends, as every index does, in the rowid, which is `id`:
 * that is the order of the lists.  The *_left indexes find what left a list at or
 * after a time: first the time, then the list's own order.  article_stopped tells the
 * latest stopping time, which each new one must exceed.
 */
static const char version_1[] =
	"CREATE TABLE feed ("
	"	id INTEGER PRIMARY KEY AUTOINCREMENT,"
	"	key TEXT NOT NULL UNIQUE,"
	"	title TEXT NOT NULL,"
	"	total INTEGER NOT NULL DEFAULT 0,"
	"	unread INTEGER NOT NULL DEFAULT 0"
	");"
	"CREATE INDEX feed_title ON feed (title COLLATE NOCASE);"

	"CREATE TABLE article ("
	"	id INTEGER PRIMARY KEY AUTOINCREMENT,"
	"	feed_id INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,"
	"	guid TEXT NOT NULL,"
	"	title TEXT NOT NULL,"
	"	section TEXT NOT NULL,"
	"	language TEXT NOT NULL,"
	"	direction INTEGER NOT NULL DEFAULT 0,"
	"	override INTEGER NOT NULL DEFAULT 0,"
	"	published INTEGER,"
	"	added INTEGER NOT NULL,"
	"	sort INTEGER NOT NULL,"
	"	read_at INTEGER,"
	"	starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1)),"
	"	unstarred_at INTEGER,"
	"	position INTEGER NOT NULL DEFAULT 0,"
	"	position_hash INTEGER NOT NULL DEFAULT 0,"
	"	progress INTEGER NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),"
	"	unfinished INTEGER NOT NULL DEFAULT 0 CHECK (unfinished IN (0, 1)),"
	"	stopped_at INTEGER,"
	"	closed_at INTEGER,"
	"	UNIQUE (feed_id, guid),"
	"	CHECK (starred = 0 OR unstarred_at IS NULL),"
	"	CHECK (unfinished = 0 OR (stopped_at IS NOT NULL AND closed_at IS NULL))"
	");"
	"CREATE INDEX article_all ON article (sort);"
	"CREATE INDEX article_feed ON article (feed_id, sort);"
	"CREATE INDEX article_unread ON article (sort) WHERE read_at IS NULL;"
	"CREATE INDEX article_starred ON article (sort) WHERE starred = 1;"
	"CREATE INDEX article_unfinished ON article (stopped_at) WHERE unfinished = 1;"
	"CREATE INDEX article_stopped ON article (stopped_at) WHERE stopped_at IS NOT NULL;"
	"CREATE INDEX article_unread_left ON article (read_at, sort)"
	"	WHERE read_at IS NOT NULL;"
	"CREATE INDEX article_starred_left ON article (unstarred_at, sort)"
	"	WHERE unstarred_at IS NOT NULL;"
	"CREATE INDEX article_unfinished_left ON article (closed_at, stopped_at)"
	"	WHERE closed_at IS NOT NULL;"

	"CREATE TABLE body ("
	"	article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,"
	"	author TEXT NOT NULL,"
	"	url TEXT NOT NULL,"
	"	summary TEXT NOT NULL,"
	"	html TEXT NOT NULL"
	");"

	"CREATE TABLE tally ("
	"	one INTEGER PRIMARY KEY CHECK (one = 1),"
	"	total INTEGER NOT NULL DEFAULT 0,"
	"	unread INTEGER NOT NULL DEFAULT 0,"
	"	starred INTEGER NOT NULL DEFAULT 0,"
	"	starred_unread INTEGER NOT NULL DEFAULT 0,"
	"	unfinished INTEGER NOT NULL DEFAULT 0,"
	"	unfinished_unread INTEGER NOT NULL DEFAULT 0"
	");"
	"INSERT INTO tally (one) VALUES (1);"

	"CREATE TRIGGER article_insert AFTER INSERT ON article BEGIN"
	"	UPDATE feed SET total = total + 1, unread = unread + (NEW.read_at IS NULL)"
	"		WHERE id = NEW.feed_id;"
	"	UPDATE tally SET total = total + 1,"
	"		unread = unread + (NEW.read_at IS NULL),"
	"		starred = starred + NEW.starred,"
	"		starred_unread = starred_unread"
	"			+ (NEW.starred AND NEW.read_at IS NULL),"
	"		unfinished = unfinished + NEW.unfinished,"
	"		unfinished_unread = unfinished_unread"
	"			+ (NEW.unfinished AND NEW.read_at IS NULL);"
	"END;"
	"CREATE TRIGGER article_delete AFTER DELETE ON article BEGIN"
	"	UPDATE feed SET total = total - 1, unread = unread - (OLD.read_at IS NULL)"
	"		WHERE id = OLD.feed_id;"
	"	UPDATE tally SET total = total - 1,"
	"		unread = unread - (OLD.read_at IS NULL),"
	"		starred = starred - OLD.starred,"
	"		starred_unread = starred_unread"
	"			- (OLD.starred AND OLD.read_at IS NULL),"
	"		unfinished = unfinished - OLD.unfinished,"
	"		unfinished_unread = unfinished_unread"
	"			- (OLD.unfinished AND OLD.read_at IS NULL);"
	"END;"
	"CREATE TRIGGER article_read AFTER UPDATE OF read_at ON article"
	"	WHEN (OLD.read_at IS NULL) <> (NEW.read_at IS NULL) BEGIN"
	"	UPDATE feed SET unread = unread + (NEW.read_at IS NULL) - (OLD.read_at IS NULL)"
	"		WHERE id = OLD.feed_id;"
	"END;"
	"CREATE TRIGGER article_state AFTER UPDATE OF read_at, starred, unfinished ON article"
	"	WHEN (OLD.read_at IS NULL) <> (NEW.read_at IS NULL)"
	"		OR OLD.starred <> NEW.starred OR OLD.unfinished <> NEW.unfinished BEGIN"
	"	UPDATE tally SET"
	"		unread = unread + (NEW.read_at IS NULL) - (OLD.read_at IS NULL),"
	"		starred = starred + NEW.starred - OLD.starred,"
	"		starred_unread = starred_unread"
	"			+ (NEW.starred AND NEW.read_at IS NULL)"
	"			- (OLD.starred AND OLD.read_at IS NULL),"
	"		unfinished = unfinished + NEW.unfinished - OLD.unfinished,"
	"		unfinished_unread = unfinished_unread"
	"			+ (NEW.unfinished AND NEW.read_at IS NULL)"
	"			- (OLD.unfinished AND OLD.read_at IS NULL);"
	"END;"
	"CREATE TRIGGER article_move AFTER UPDATE OF feed_id ON article"
	"	WHEN OLD.feed_id <> NEW.feed_id BEGIN"
	"	UPDATE feed SET total = total - 1, unread = unread - (NEW.read_at IS NULL)"
	"		WHERE id = OLD.feed_id;"
	"	UPDATE feed SET total = total + 1, unread = unread + (NEW.read_at IS NULL)"
	"		WHERE id = NEW.feed_id;"
	"END;";

/*
 * Version 2: feeds that are fetched.
 *
 * feed.folder   "" or names parted by "/"; feed.renamed: the title is the reader's own
 * feed_about    what a feed says of itself, apart from `feed`, whose rows are written
 *               anew with every article
 * visit         one row for each feed that is fetched and for no other: its key tells.
 *               next_at 0: at once
 * attachment    n counts from 0 within an article; size, duration 0: not known
 * article.content  hash of all that was handed in last, so that an article that comes again
 *               unchanged costs one look-up; 0: not known
 */
#define FETCHED(key) key " LIKE 'http://%' OR " key " LIKE 'https://%' OR " key " LIKE 'command:%'"

static const char version_2[] =
	"ALTER TABLE feed ADD COLUMN renamed INTEGER NOT NULL DEFAULT 0 CHECK (renamed IN (0, 1));"
	"ALTER TABLE feed ADD COLUMN folder TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE feed ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1));"
	"ALTER TABLE article ADD COLUMN content INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE body ADD COLUMN comments_url TEXT NOT NULL DEFAULT '';"

	"CREATE TABLE feed_about ("
	"	feed_id INTEGER PRIMARY KEY REFERENCES feed (id) ON DELETE CASCADE,"
	"	own_title TEXT NOT NULL DEFAULT '',"
	"	site_url TEXT NOT NULL DEFAULT '',"
	"	description TEXT NOT NULL DEFAULT '',"
	"	language TEXT NOT NULL DEFAULT ''"
	");"

	"CREATE TABLE feed_tag ("
	"	feed_id INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,"
	"	tag TEXT NOT NULL CHECK (tag <> ''),"
	"	PRIMARY KEY (feed_id, tag)"
	") WITHOUT ROWID;"
	"CREATE INDEX feed_tag_feeds ON feed_tag (tag);"

	"CREATE TABLE visit ("
	"	feed_id INTEGER PRIMARY KEY REFERENCES feed (id) ON DELETE CASCADE,"
	"	next_at INTEGER NOT NULL DEFAULT 0,"
	"	tried_at INTEGER,"
	"	succeeded_at INTEGER,"
	"	failures INTEGER NOT NULL DEFAULT 0,"
	"	stopped INTEGER NOT NULL DEFAULT 0 CHECK (stopped IN (0, 1)),"
	"	http_status INTEGER NOT NULL DEFAULT 0,"
	"	moved_times INTEGER NOT NULL DEFAULT 0,"
	"	body_hash INTEGER NOT NULL DEFAULT 0,"
	"	etag TEXT NOT NULL DEFAULT '',"
	"	last_modified TEXT NOT NULL DEFAULT '',"
	"	error TEXT NOT NULL DEFAULT '',"
	"	moved_to TEXT NOT NULL DEFAULT ''"
	");"
	"CREATE INDEX visit_due ON visit (next_at) WHERE stopped = 0;"
	"CREATE INDEX visit_failing ON visit (feed_id) WHERE failures > 0 OR stopped = 1;"

	"CREATE TABLE attachment ("
	"	article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,"
	"	n INTEGER NOT NULL,"
	"	url TEXT NOT NULL,"
	"	type TEXT NOT NULL,"
	"	title TEXT NOT NULL,"
	"	size INTEGER NOT NULL,"
	"	duration INTEGER NOT NULL,"
	"	PRIMARY KEY (article_id, n)"
	") WITHOUT ROWID;"

	"INSERT INTO feed_about (feed_id) SELECT id FROM feed;"
	"INSERT INTO visit (feed_id) SELECT id FROM feed WHERE " FETCHED(
		"key") ";"

		       "CREATE TRIGGER feed_insert AFTER INSERT ON feed BEGIN"
		       "	INSERT INTO feed_about (feed_id) VALUES (NEW.id);"
		       "END;"
		       "CREATE TRIGGER feed_insert_fetched AFTER INSERT ON feed"
		       "	WHEN " FETCHED(
			       "NEW.key") " BEGIN"
					  "	INSERT INTO visit (feed_id) VALUES (NEW.id);"
					  "END;"
					  "CREATE TRIGGER feed_move AFTER UPDATE OF key ON feed "
					  "WHEN OLD.key <> NEW.key BEGIN"
					  "	DELETE FROM visit WHERE feed_id = NEW.id;"
					  "	INSERT INTO visit (feed_id) SELECT NEW.id "
					  "WHERE " FETCHED("NEW.key") ";"
								      "END;";

const char *const schema_steps[] = {version_1, version_2};
const int schema_step_count = sizeof schema_steps / sizeof *schema_steps;

static int user_version(sqlite3 *db, int *version)
{
	sqlite3_stmt *statement;
	int rc = sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &statement, NULL);
	if (rc != SQLITE_OK)
		return rc;
	rc = sqlite3_step(statement);
	if (rc == SQLITE_ROW)
		*version = sqlite3_column_int(statement, 0);
	int end = sqlite3_finalize(statement);
	return rc == SQLITE_ROW ? end : rc;
}

static int exec(sqlite3 *db, const char *sql)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

/* One step; another process may have done it while this one waited for the lock. */
static int apply(sqlite3 *db, const char *const steps[], int count, int *version)
{
	char stamp[128];
	int rc = user_version(db, version);
	if (rc != SQLITE_OK || *version >= count)
		return rc;
	rc = exec(db, steps[*version]);
	if (rc != SQLITE_OK)
		return rc;
	snprintf(stamp, sizeof stamp, "PRAGMA application_id = %d; PRAGMA user_version = %d",
		SCHEMA_APPLICATION_ID, *version + 1);
	rc = exec(db, stamp);
	if (rc == SQLITE_OK)
		++*version;
	return rc;
}

int schema_migrate(
	sqlite3 *db, const char *path, const char *const steps[], int count, struct error *error)
{
	int version = 0;
	int rc = user_version(db, &version);
	while (rc == SQLITE_OK && version < count) {
		rc = exec(db, "BEGIN IMMEDIATE");
		if (rc != SQLITE_OK)
			break;
		rc = apply(db, steps, count, &version);
		if (rc == SQLITE_OK)
			rc = exec(db, "COMMIT");
		if (rc != SQLITE_OK) {
			failure_set(error, path, db, rc);
			if (!sqlite3_get_autocommit(db))
				exec(db, "ROLLBACK"); /* has nothing to add to the error */
			return -1;
		}
	}
	return rc == SQLITE_OK ? 0 : failure_set(error, path, db, rc);
}
