#include "store/schema.h"

/*
 * Version 3: state that can be undone, tags, trash, smart lists, stories, search.
 *
 * Moments are Unix milliseconds.  Every action of the reader takes one that no other action has
 * (journal.at) and leaves it in all that it changes, however much that is; undoing and redoing
 * take new ones.  What an action changed and nobody changed since is therefore found by its
 * moment, in one index, and one row in `journal` is enough for a million articles.
 *
 * article.read_at     when it was marked read; NULL: unread; 0: read, nobody knows when
 * article.unread_at   when it became unread again; NULL: is read, or was never read
 * article.starred_at  when it got its star; NULL: has none, or nobody knows when
 * article.seen_at     when it was last read as one article (opened, or marked by itself);
 *                     NULL: never
 * article.text_id     its rowid in the search index; NULL: not indexed yet
 * article.full        1: the body is the full text, fetched from the article's page
 * article.story_id    the story it is a report of; NULL: it stands alone
 * article.shadowed    1: another article of its story stands for it.  It is left out of the
 *                     lists All and Unread, and of their counts (tally.total, tally.unread).
 *                     It is in all other lists: its feed's, starred, unfinished, lately read,
 *                     tags, and in the counts of these (feed.total, feed.unread,
 *                     tally.starred, ...).  "Mark all read" marks it too.  Setting the column is
 *                     enough: indexes and a trigger do the rest.
 *
 * article.link        a hash of its address (article/link.h); NULL: none, or added before version 3
 *
 * story_key, story_sketch  of the articles of the last days that others may yet join: by what
 *           they are found, and what tells whether they are one story (text/sketch.h).  slot: a
 *           stretch of time (store/story.c).  article_id may be gone; a story's id is that of
 *           the article it began with
 *
 * article_tag.at      the moment it was tagged; 0: by a rule, or nobody knows
 *
 * trash     what was deleted: the article as it was, so that it can come back with its id.
 *           Its pair of feed and guid also keeps it from coming back with the next fetch.
 *           deleted_at  the moment; 0: let go by the rules for keeping
 *           seen        Unix seconds: when the feed last brought it
 *           article, body, attachments, tags: JSON; NULL: purged, only the pair is left.
 *           In body, "other" is full_text.html
 *
 * full_text what an open article does not show of its two texts
 *           html: the feed's own text where article.full is 1; else the full text, which is
 *           kept for when it is asked for again, '' where there is none yet
 *           tried_at: Unix seconds; failures: in a row, of fetching it
 *
 * journal   kind: 'read', 'unread', 'star', 'unstar', 'tag', 'untag', 'delete'
 *           label: the title of the one article, the name of the list; for tags, the tag
 *           undone: the moment it was undone; NULL: it stands
 * journal_change  what moments cannot tell: which articles a tag was put on or taken from, and
 *           which were deleted (tag: '' but for tags); and the moment that an action found in an
 *           article when that is of another action, which undoing has to bring back (old)
 *
 * smart_list.kind  'list': shown among the feeds; 'drop', 'read', 'highlight': a rule for what
 *           a fetch brings
 */
const char schema_version_3[] =
	"ALTER TABLE article ADD COLUMN unread_at INTEGER;"
	"ALTER TABLE article ADD COLUMN starred_at INTEGER;"
	"ALTER TABLE article ADD COLUMN seen_at INTEGER;"
	"ALTER TABLE article ADD COLUMN text_id INTEGER;"
	"ALTER TABLE article ADD COLUMN full INTEGER NOT NULL DEFAULT 0 CHECK (full IN (0, 1));"
	"ALTER TABLE article ADD COLUMN story_id INTEGER;"
	"ALTER TABLE article ADD COLUMN shadowed INTEGER NOT NULL DEFAULT 0"
	"	CHECK (shadowed IN (0, 1));"
	"UPDATE article SET seen_at = stopped_at WHERE stopped_at IS NOT NULL;"

	"DROP INDEX article_all;"
	"DROP INDEX article_unread;"
	"DROP INDEX article_unread_left;"
	"CREATE INDEX article_all ON article (shadowed, sort);"
	"CREATE INDEX article_unread ON article (shadowed, sort) WHERE read_at IS NULL;"
	"CREATE INDEX article_unread_left ON article (read_at, shadowed, sort)"
	"	WHERE read_at IS NOT NULL;"
	"CREATE INDEX article_unread_again ON article (unread_at) WHERE unread_at IS NOT NULL;"
	"CREATE INDEX article_starred_since ON article (starred_at)"
	"	WHERE starred_at IS NOT NULL;"
	"CREATE INDEX article_seen ON article (seen_at) WHERE seen_at IS NOT NULL;"

	"DROP TRIGGER article_insert;"
	"DROP TRIGGER article_delete;"
	"DROP TRIGGER article_state;"
	"CREATE TRIGGER article_insert AFTER INSERT ON article BEGIN"
	"	UPDATE feed SET total = total + 1, unread = unread + (NEW.read_at IS NULL)"
	"		WHERE id = NEW.feed_id;"
	"	UPDATE tally SET total = total + NOT NEW.shadowed,"
	"		unread = unread + (NEW.read_at IS NULL AND NOT NEW.shadowed),"
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
	"	UPDATE tally SET total = total - NOT OLD.shadowed,"
	"		unread = unread - (OLD.read_at IS NULL AND NOT OLD.shadowed),"
	"		starred = starred - OLD.starred,"
	"		starred_unread = starred_unread"
	"			- (OLD.starred AND OLD.read_at IS NULL),"
	"		unfinished = unfinished - OLD.unfinished,"
	"		unfinished_unread = unfinished_unread"
	"			- (OLD.unfinished AND OLD.read_at IS NULL);"
	"END;"
	"CREATE TRIGGER article_state"
	"	AFTER UPDATE OF read_at, starred, unfinished, shadowed ON article"
	"	WHEN (OLD.read_at IS NULL) <> (NEW.read_at IS NULL)"
	"		OR OLD.starred <> NEW.starred OR OLD.unfinished <> NEW.unfinished"
	"		OR OLD.shadowed <> NEW.shadowed BEGIN"
	"	UPDATE tally SET total = total + OLD.shadowed - NEW.shadowed,"
	"		unread = unread + (NEW.read_at IS NULL AND NOT NEW.shadowed)"
	"			- (OLD.read_at IS NULL AND NOT OLD.shadowed),"
	"		starred = starred + NEW.starred - OLD.starred,"
	"		starred_unread = starred_unread"
	"			+ (NEW.starred AND NEW.read_at IS NULL)"
	"			- (OLD.starred AND OLD.read_at IS NULL),"
	"		unfinished = unfinished + NEW.unfinished - OLD.unfinished,"
	"		unfinished_unread = unfinished_unread"
	"			+ (NEW.unfinished AND NEW.read_at IS NULL)"
	"			- (OLD.unfinished AND OLD.read_at IS NULL);"
	"END;"

	"CREATE TABLE article_tag ("
	"	article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,"
	"	tag TEXT NOT NULL CHECK (tag <> ''),"
	"	at INTEGER NOT NULL DEFAULT 0,"
	"	PRIMARY KEY (article_id, tag)"
	") WITHOUT ROWID;"
	"CREATE INDEX article_tag_articles ON article_tag (tag, article_id);"

	"CREATE TABLE trash ("
	"	id INTEGER PRIMARY KEY," /* that of the article */
	"	feed_id INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,"
	"	guid TEXT NOT NULL,"
	"	deleted_at INTEGER NOT NULL,"
	"	seen INTEGER NOT NULL,"
	"	article TEXT,"
	"	body TEXT,"
	"	attachments TEXT,"
	"	tags TEXT,"
	"	UNIQUE (feed_id, guid)"
	");"
	"CREATE INDEX trash_deleted ON trash (deleted_at) WHERE article IS NOT NULL;"
	"CREATE INDEX trash_purged ON trash (seen) WHERE article IS NULL;"

	"CREATE TABLE journal ("
	"	id INTEGER PRIMARY KEY AUTOINCREMENT,"
	"	at INTEGER NOT NULL UNIQUE,"
	"	kind TEXT NOT NULL,"
	"	label TEXT NOT NULL,"
	"	articles INTEGER NOT NULL,"
	"	undone INTEGER UNIQUE"
	");"
	"CREATE INDEX journal_undone ON journal (id) WHERE undone IS NOT NULL;"
	"CREATE TABLE journal_change ("
	"	journal_id INTEGER NOT NULL REFERENCES journal (id) ON DELETE CASCADE,"
	"	article_id INTEGER NOT NULL,"
	"	tag TEXT NOT NULL,"
	"	old INTEGER,"
	"	PRIMARY KEY (journal_id, article_id, tag)"
	") WITHOUT ROWID;"

	"CREATE TABLE feed_setting ("
	"	feed_id INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,"
	"	name TEXT NOT NULL,"
	"	value TEXT NOT NULL,"
	"	PRIMARY KEY (feed_id, name)"
	") WITHOUT ROWID;"

	"CREATE TABLE smart_list ("
	"	id INTEGER PRIMARY KEY AUTOINCREMENT,"
	"	name TEXT NOT NULL UNIQUE CHECK (name <> ''),"
	"	query TEXT NOT NULL,"
	"	kind TEXT NOT NULL DEFAULT 'list'"
	"		CHECK (kind IN ('list', 'drop', 'read', 'highlight')),"
	"	position INTEGER NOT NULL DEFAULT 0"
	");"

	/*
	 * ---- search ----
	 * The index itself is made where its tokenizer is registered, not here: the steps run on
	 * any connection.
	 */
	"CREATE UNIQUE INDEX article_text ON article (text_id) WHERE text_id IS NOT NULL;"

	/* ---- full text ---- */
	"CREATE TABLE full_text ("
	"	article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,"
	"	html TEXT NOT NULL DEFAULT '',"
	"	tried_at INTEGER NOT NULL DEFAULT 0,"
	"	failures INTEGER NOT NULL DEFAULT 0"
	");"

	/* ---- stories ---- */
	"ALTER TABLE article ADD COLUMN link INTEGER;"
	"CREATE INDEX article_link ON article (link) WHERE link IS NOT NULL;"
	"CREATE INDEX article_story ON article (story_id, sort) WHERE story_id IS NOT NULL;"
	/* When the one that stands for a story goes, the oldest that is left takes its place. */
	"CREATE TRIGGER article_delete_story AFTER DELETE ON article"
	"	WHEN OLD.story_id IS NOT NULL AND NOT OLD.shadowed BEGIN"
	"	UPDATE article SET shadowed = 0 WHERE id = (SELECT id FROM article"
	"		WHERE story_id = OLD.story_id ORDER BY sort, id LIMIT 1);"
	"END;"
	"CREATE TABLE story_key ("
	"	slot INTEGER NOT NULL,"
	"	key INTEGER NOT NULL,"
	"	article_id INTEGER NOT NULL,"
	"	PRIMARY KEY (slot, key, article_id)"
	") WITHOUT ROWID;"
	"CREATE TABLE story_sketch ("
	"	slot INTEGER NOT NULL,"
	"	article_id INTEGER NOT NULL,"
	"	sort INTEGER NOT NULL,"
	"	sketch BLOB NOT NULL,"
	"	PRIMARY KEY (slot, article_id)"
	") WITHOUT ROWID;";
