#include "store/schema.h"

/*
 * Version 4: files that come with articles, to be downloaded.
 *
 * download    url: known by it, so that none is queued twice
 *             article_id: may be gone, or be another one's by now: only to be shown
 *             feed: the address of its feed, which decides whether it may be on this network; ''
 *             title, feed_title: as they were when it was queued
 *             state: 'queued', 'paused', 'downloading', 'done', 'failed'; whether somebody is at
 *             it is told by the lock on its file alone
 *             path: of the file; until it is whole ".part" stands behind it; '' not begun
 *             etag, last_modified: of the bytes that came
 *             size: bytes, 0 unknown; received: of these
 *             seen_at: Unix seconds, when whoever downloads it said so last
 *             played_at: Unix seconds, NULL never
 */
const char schema_version_4[] =
	"CREATE TABLE download ("
	"	id INTEGER PRIMARY KEY AUTOINCREMENT,"
	"	url TEXT NOT NULL UNIQUE,"
	"	article_id INTEGER NOT NULL DEFAULT 0,"
	"	feed TEXT NOT NULL DEFAULT '',"
	"	title TEXT NOT NULL DEFAULT '',"
	"	feed_title TEXT NOT NULL DEFAULT '',"
	"	type TEXT NOT NULL DEFAULT '',"
	"	state TEXT NOT NULL DEFAULT 'queued'"
	"		CHECK (state IN ('queued', 'paused', 'downloading', 'done', 'failed')),"
	"	path TEXT NOT NULL DEFAULT '',"
	"	etag TEXT NOT NULL DEFAULT '',"
	"	last_modified TEXT NOT NULL DEFAULT '',"
	"	size INTEGER NOT NULL DEFAULT 0,"
	"	received INTEGER NOT NULL DEFAULT 0,"
	"	error TEXT NOT NULL DEFAULT '',"
	"	seen_at INTEGER NOT NULL DEFAULT 0,"
	"	played_at INTEGER,"
	"	added_at INTEGER NOT NULL"
	");";
