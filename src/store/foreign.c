#include "store/foreign.h"

#include "base/buffer.h"
#include "base/limit.h"
#include "store/failure.h"
#include "store/uri.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* The columns of both queries, in this order. */
enum { FEED_URL, FEED_TITLE, FEED_SITE };
enum {
	ARTICLE_FEED_URL,
	ARTICLE_FEED_TITLE,
	ARTICLE_FEED_SITE,
	ARTICLE_GUID,
	ARTICLE_TITLE,
	ARTICLE_AUTHOR,
	ARTICLE_URL,
	ARTICLE_CONTENT,
	ARTICLE_TYPE,
	ARTICLE_BASE,
	ARTICLE_ENCLOSURE,
	ARTICLE_ENCLOSURE_TYPE,
	ARTICLE_FLAGS,
	ARTICLE_PUBLISHED,
	ARTICLE_READ,
	ARTICLE_STARRED,
};

/*
 * A program's database.  `%s` in `articles` stands for the column of the content's type, which
 * older files do not have.
 */
struct dialect {
	const char *program;
	const char *tables; /* two names, quoted, that tell it */
	const char *feeds, *articles;
	const char *type_table, *type_column; /* the column that may be missing; or NULL */
	bool records;                         /* texts are lists of records, parted by U+001F */
};

static const struct dialect dialects[] = {
	{
		.program = "newsboat",
		.tables = "'rss_feed', 'rss_item'",
		.feeds = "SELECT rssurl, title, url FROM rss_feed ORDER BY rowid",
		.articles = "SELECT i.feedurl, f.title, f.url, i.guid, i.title, i.author, i.url,"
			    " i.content, %s, i.base, i.enclosure_url, i.enclosure_type, i.flags,"
			    " i.pubDate, i.unread = 0, coalesce(i.flags, '') <> ''"
			    " FROM rss_item AS i LEFT JOIN rss_feed AS f ON f.rssurl = i.feedurl"
			    " WHERE i.deleted = 0 ORDER BY i.feedurl, i.pubDate, i.id",
		.type_table = "rss_item",
		.type_column = "content_mime_type",
	},
	{
		.program = "newsraft",
		.tables = "'feeds', 'items'",
		.feeds = "SELECT feed_url, title, link FROM feeds ORDER BY rowid",
		.articles =
			"SELECT i.feed_url, f.title, f.link, i.guid, i.title, i.persons, i.link,"
			" i.content, %s, '', i.attachments, '', '',"
			" CASE WHEN i.publication_date > 0 THEN i.publication_date"
			"  WHEN i.update_date > 0 THEN i.update_date END,"
			" i.unread = 0, i.important"
			" FROM items AS i LEFT JOIN feeds AS f ON f.feed_url = i.feed_url"
			" ORDER BY i.feed_url, i.publication_date, i.rowid",
		.records = true,
	},
};

struct foreign {
	sqlite3 *db;
	char *path;
	const struct dialect *dialect;
	sqlite3_stmt *feeds, *articles;
};

/* ---- opening -------------------------------------------------------------- */

static int count_rows(sqlite3 *db, const char *sql, int64_t *count)
{
	sqlite3_stmt *statement;
	int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
	if (code != SQLITE_OK)
		return code;
	code = sqlite3_step(statement);
	*count = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
	int end = sqlite3_finalize(statement);
	return code == SQLITE_ROW ? end : code;
}

static int has_both(sqlite3 *db, const struct dialect *dialect, bool *has)
{
	struct buffer sql = {0};
	int64_t count = 0;
	buffer_printf(&sql,
		"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN (%s)",
		dialect->tables);
	int code = sql.failed ? SQLITE_NOMEM : count_rows(db, sql.data, &count);
	buffer_free(&sql);
	*has = count == 2;
	return code;
}

/* The file may be hostile: nothing in it is run, and no text is over our limit. */
static int connect_foreign(struct foreign *f, bool immutable)
{
	char *uri = uri_of_file(f->path, immutable ? "immutable=1" : "");
	if (!uri)
		return SQLITE_NOMEM;
	int code = sqlite3_open_v2(uri, &f->db, SQLITE_OPEN_URI | SQLITE_OPEN_READONLY, NULL);
	free(uri);
	if (code == SQLITE_OK)
		code = sqlite3_db_config(f->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_db_config(f->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_exec(f->db, "PRAGMA cell_size_check = 1; PRAGMA query_only = 1",
			NULL, NULL, NULL);
	if (f->db)
		sqlite3_limit(f->db, SQLITE_LIMIT_LENGTH, (int)LIMIT_SOURCE);
	for (size_t i = 0; i < sizeof dialects / sizeof *dialects && code == SQLITE_OK; i++) {
		bool has;
		code = has_both(f->db, &dialects[i], &has);
		if (has && !f->dialect)
			f->dialect = &dialects[i];
	}
	return code;
}

static void disconnect(struct foreign *f)
{
	sqlite3_finalize(f->feeds);
	sqlite3_finalize(f->articles);
	sqlite3_close(f->db);
	f->feeds = f->articles = NULL;
	f->db = NULL;
}

static int prepare_articles(struct foreign *f)
{
	const struct dialect *d = f->dialect;
	struct buffer sql = {0};
	int64_t has_type = 0;
	int code = SQLITE_OK;
	if (d->type_column) {
		buffer_printf(&sql,
			"SELECT count(*) FROM pragma_table_info('%s') WHERE name = '%s'",
			d->type_table, d->type_column);
		code = sql.failed ? SQLITE_NOMEM : count_rows(f->db, sql.data, &has_type);
		buffer_clear(&sql);
	}
	for (const char *at = d->articles; *at; at++) {
		bool type = at[0] == '%' && at[1] == 's';
		if (type)
			buffer_str(&sql, str_of(has_type ? d->type_column : "''"));
		else
			buffer_byte(&sql, *at);
		at += type;
	}
	if (code == SQLITE_OK)
		code = sql.failed ? SQLITE_NOMEM
				  : sqlite3_prepare_v2(f->db, sql.data, -1, &f->articles, NULL);
	buffer_free(&sql);
	return code;
}

static int open_foreign(struct foreign *f, struct error *error)
{
	int code = connect_foreign(f, false);
	int primary = code & 0xff;
	if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED || primary == SQLITE_CANTOPEN ||
		primary == SQLITE_READONLY) {
		disconnect(f);
		code = connect_foreign(f, true);
	}
	if (code != SQLITE_OK)
		return failure_set(error, f->path, f->db, code);
	if (!f->dialect)
		return error_set(error, EX_DATAERR,
			"%s: a database, but neither newsboat's nor newsraft's: a store of khabar "
			"is opened with --db",
			failure_path(f->path));
	code = sqlite3_prepare_v2(f->db, f->dialect->feeds, -1, &f->feeds, NULL);
	if (code == SQLITE_OK)
		code = prepare_articles(f);
	if (code == SQLITE_ERROR)
		return error_set(error, EX_DATAERR,
			"%s: not as %s makes its databases (%s): open it once with a newer %s",
			failure_path(f->path), f->dialect->program, sqlite3_errmsg(f->db),
			f->dialect->program);
	return code == SQLITE_OK ? 0 : failure_set(error, f->path, f->db, code);
}

struct foreign *foreign_open(const char *path, struct error *error)
{
	struct foreign *f = calloc(1, sizeof *f);
	if (f)
		f->path = str_dup(str_of(path));
	if (!f || !f->path) {
		error_no_memory(error);
		foreign_close(f);
		return NULL;
	}
	if (open_foreign(f, error) < 0) {
		foreign_close(f);
		return NULL;
	}
	return f;
}

void foreign_close(struct foreign *f)
{
	if (!f)
		return;
	disconnect(f);
	free(f->path);
	free(f);
}

const char *foreign_program(const struct foreign *f)
{
	return f->dialect->program;
}

/* ---- reading -------------------------------------------------------------- */

static struct str column(sqlite3_stmt *s, int at)
{
	const char *text = (const char *)sqlite3_column_text(s, at);
	return text ? (struct str){text, (size_t)sqlite3_column_bytes(s, at)} : STR("");
}

/*
 * newsraft keeps a list as records, "\x1f^" each, of fields "\x1fname=value".  The value of a
 * field in the first record that has it; the whole text where there are no records.
 */
static struct str record_field(struct str text, struct str name)
{
	struct str field;
	if (!str_starts(text, STR("\x1f")))
		return text;
	while (text.len > 0 && str_split(&text, '\x1f', &field)) {
		if (str_starts(field, name))
			return str_slice(field, name.len, field.len);
	}
	return STR("");
}

static void read_records(struct foreign_article *a)
{
	struct str content = a->content, files = a->enclosure_url;
	a->content = record_field(content, STR("text="));
	a->content_type = record_field(content, STR("type="));
	if (!str_starts(content, STR("\x1f")))
		a->content_type = STR("");
	a->author = record_field(a->author, STR("name="));
	a->enclosure_url = record_field(files, STR("url="));
	a->enclosure_type = record_field(files, STR("type="));
	if (!str_starts(files, STR("\x1f")))
		a->enclosure_url = a->enclosure_type = STR("");
	/* Text that says nothing of its type is plain. */
	if (a->content_type.len == 0)
		a->content_type = STR("text/plain");
}

/* 1 for a row, 0 at the end, -1. */
static int step(struct foreign *f, sqlite3_stmt *s, struct error *error)
{
	int code = sqlite3_step(s);
	if (code == SQLITE_ROW || code == SQLITE_DONE)
		return code == SQLITE_ROW;
	return failure_set(error, f->path, f->db, code);
}

int foreign_next_feed(struct foreign *f, struct foreign_feed *feed, struct error *error)
{
	int result = step(f, f->feeds, error);
	if (result == 1)
		*feed = (struct foreign_feed){.url = column(f->feeds, FEED_URL),
			.title = column(f->feeds, FEED_TITLE),
			.site_url = column(f->feeds, FEED_SITE)};
	return result;
}

int foreign_next_article(struct foreign *f, struct foreign_article *a, struct error *error)
{
	sqlite3_stmt *s = f->articles;
	int result = step(f, s, error);
	if (result != 1)
		return result;
	*a = (struct foreign_article){
		.feed_url = column(s, ARTICLE_FEED_URL),
		.feed_title = column(s, ARTICLE_FEED_TITLE),
		.site_url = column(s, ARTICLE_FEED_SITE),
		.guid = column(s, ARTICLE_GUID),
		.title = column(s, ARTICLE_TITLE),
		.author = column(s, ARTICLE_AUTHOR),
		.url = column(s, ARTICLE_URL),
		.content = column(s, ARTICLE_CONTENT),
		.content_type = column(s, ARTICLE_TYPE),
		.base_url = column(s, ARTICLE_BASE),
		.enclosure_url = column(s, ARTICLE_ENCLOSURE),
		.enclosure_type = column(s, ARTICLE_ENCLOSURE_TYPE),
		.flags = column(s, ARTICLE_FLAGS),
		.published = sqlite3_column_type(s, ARTICLE_PUBLISHED) == SQLITE_NULL
				     ? INT64_MIN
				     : sqlite3_column_int64(s, ARTICLE_PUBLISHED),
		.read = sqlite3_column_int(s, ARTICLE_READ) != 0,
		.starred = sqlite3_column_int(s, ARTICLE_STARRED) != 0,
	};
	if (f->dialect->records)
		read_records(a);
	return 1;
}
