/* The file of the store: making, opening, refusing it; bad files, old and new ones. */
#include "fixture.h"

#include "store/schema.h"
#include "store/statement.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int mode_of(const char *folder, const char *name)
{
	char path[512];
	struct stat status;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return stat(path, &status) < 0 ? -1 : (int)(status.st_mode & 07777);
}

static void write_file(const char *path, const void *bytes, size_t len)
{
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

/* Overwrites bytes of a file in place. */
static void damage(const char *path, long offset, size_t len)
{
	char junk[4096];
	assert_true(len <= sizeof junk);
	memset(junk, 0xA5, sizeof junk);
	int fd = open(path, O_WRONLY);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, junk, len, offset), len);
	close(fd);
}

/* Refused, and not one byte of the file is different afterwards. */
static void refused_untouched(
	struct fixture *f, enum store_access access, int status, const char *words)
{
	size_t before_len, after_len;
	char *before = fixture_read_file(f->path, &before_len);
	fixture_refused(f, f->path, access, status, words);
	char *after = fixture_read_file(f->path, &after_len);
	assert_int_equal(before_len, after_len);
	assert_memory_equal(before, after, before_len);
	free(before);
	free(after);
}

static void test_creates_private_files(void **state)
{
	struct fixture *f = *state;
	mode_t old = umask(0022);
	chmod(f->folder, 0755);
	snprintf(f->path, sizeof f->path, "%s/share//khabar/news/khabar.db", f->folder);
	fixture_open(f);
	fixture_add(f, "1", "خبر", STORE_NO_DATE);
	umask(old);
	assert_int_equal(mode_of(f->folder, "."), 0755); /* not ours to change */
	assert_int_equal(mode_of(f->folder, "share"), 0700);
	assert_int_equal(mode_of(f->folder, "share/khabar/news"), 0700);
	assert_int_equal(mode_of(f->folder, "share/khabar/news/khabar.db"), 0600);
	assert_int_equal(mode_of(f->folder, "share/khabar/news/khabar.db-wal"), 0600);
	assert_int_equal(mode_of(f->folder, "share/khabar/news/khabar.db-shm"), 0600);
	fixture_close(f);
	assert_int_equal(mode_of(f->folder, "share/khabar/news/khabar.db-wal"), -1);
	/* A mode the reader chose stays. */
	assert_int_equal(chmod(f->path, 0640), 0);
	fixture_open(f);
	assert_int_equal(mode_of(f->folder, "share/khabar/news/khabar.db"), 0640);
}

static void test_settings(void **state)
{
	struct fixture *f = *state;
	fixture_open(f);
	assert_int_equal(fixture_sql(f->path, "PRAGMA application_id"), SCHEMA_APPLICATION_ID);
	assert_int_equal(fixture_sql(f->path, "PRAGMA user_version"), schema_step_count);
	assert_int_equal(
		fixture_sql(f->path, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
	sqlite3_stmt *s;
	static const struct {
		const char *sql;
		int value;
	} settings[] = {{"PRAGMA synchronous", 1}, {"PRAGMA foreign_keys", 1},
		{"PRAGMA trusted_schema", 0}};
	assert_int_equal(f->store->patience, 5000);
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
		assert_int_equal(
			sqlite3_prepare_v2(f->store->db, settings[i].sql, -1, &s, NULL), 0);
		assert_int_equal(sqlite3_step(s), SQLITE_ROW);
		assert_int_equal(sqlite3_column_int(s, 0), settings[i].value);
		sqlite3_finalize(s);
	}
}

/* No name has a meaning but that of a file. */
static void test_names(void **state)
{
	struct fixture *f = *state;
	static const char *const names[] = {":memory:", "file:x?mode=memory", "100%25 #1?.db",
		"أخبار الصباح.db", "-", "a'b\"c;d", "\n\x1b[1m\xff", "~"};
	char *old = getcwd(NULL, 0);
	assert_non_null(old);
	assert_int_equal(chdir(f->folder), 0);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(f->path, sizeof f->path, "%s", names[i]);
		fixture_open(f);
		assert_int_equal(mode_of(f->folder, names[i]), 0600);
		snprintf(f->path, sizeof f->path, "/%s/%s", f->folder, names[i]);
		fixture_open(f);
		fixture_close(f);
	}
	assert_int_equal(chdir(old), 0);
	free(old);
}

static void test_refuses_what_is_no_file(void **state)
{
	struct fixture *f = *state;
	char path[512], deep[2048];
	fixture_refused(f, f->path, STORE_READ, EX_NOINPUT, "no such database");
	fixture_refused(f, f->path, STORE_WRITE, EX_NOINPUT, "no such database");
	assert_int_equal(access(f->path, F_OK), -1);
	fixture_refused(f, f->folder, STORE_CREATE, EX_NOINPUT, "folder");
	fixture_refused(f, "", STORE_CREATE, EX_USAGE, "no name");
	snprintf(path, sizeof path, "%s/pipe", f->folder);
	assert_int_equal(mkfifo(path, 0600), 0);
	fixture_refused(f, path, STORE_CREATE, EX_NOINPUT, "not a regular file");
	write_file(f->path, "x", 1);
	snprintf(path, sizeof path, "%s/new/khabar.db", f->path);
	fixture_refused(f, path, STORE_CREATE, EX_CANTCREAT, "Not a directory");
	fixture_refused(f, path, STORE_READ, EX_NOINPUT, "Not a directory");
	/* However long the name, the message still says why. */
	size_t len = (size_t)snprintf(deep, sizeof deep, "%s/", f->folder);
	memset(deep + len, 'x', 1500);
	deep[len + 1500] = '\0';
	fixture_refused(f, deep, STORE_CREATE, EX_CANTCREAT, "name too long");
}

static void test_old_and_empty(void **state)
{
	struct fixture *f = *state;
	write_file(f->path, "", 0);
	fixture_refused(f, f->path, STORE_READ, EX_DATAERR, "nothing in it yet");
	f->store = store_open(f->path, STORE_WRITE, &f->error);
	assert_non_null(f->store);
	fixture_close(f);
	assert_int_equal(fixture_sql(f->path, "PRAGMA user_version"), schema_step_count);
	/* A database at version 0 that holds no table is taken as well. */
	snprintf(f->path, sizeof f->path, "%s/bare.db", f->folder);
	fixture_sql(f->path, "CREATE TABLE t (x); DROP TABLE t;");
	fixture_refused(f, f->path, STORE_READ, EX_DATAERR, "nothing in it yet");
	fixture_open(f);
	fixture_add(f, "1", "خبر", STORE_NO_DATE);
	fixture_close(f);
	fixture_check_integrity(f->path);
}

static void test_newer(void **state)
{
	struct fixture *f = *state;
	fixture_open(f);
	fixture_close(f);
	fixture_sql(f->path, "PRAGMA user_version = 1000");
	for (int access = STORE_CREATE; access <= STORE_READ; access++)
		refused_untouched(f, (enum store_access)access, EX_DATAERR,
			"written by a newer khabar: update khabar");
}

static void test_foreign(void **state)
{
	struct fixture *f = *state;
	fixture_sql(f->path, "CREATE TABLE urls (x); PRAGMA user_version = 1;");
	for (int access = STORE_CREATE; access <= STORE_READ; access++)
		refused_untouched(f, (enum store_access)access, EX_DATAERR, "another program");
	fixture_sql(f->path, "PRAGMA application_id = 1196444487");
	refused_untouched(f, STORE_CREATE, EX_DATAERR, "another program");
	/* In WAL mode, with another program at work in it. */
	sqlite3 *db;
	assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA journal_mode=WAL; INSERT INTO urls VALUES (1)",
				 NULL, NULL, NULL),
		SQLITE_OK);
	refused_untouched(f, STORE_CREATE, EX_DATAERR, "another program");
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	refused_untouched(f, STORE_CREATE, EX_DATAERR, "another program");
	assert_int_equal(mode_of(f->folder, "khabar.db-wal"), -1);
}

static void test_not_a_database(void **state)
{
	struct fixture *f = *state;
	static const char text[] = "خبر عاجل: هذا نص وليس قاعدة بيانات\n";
	char zeros[5000] = {0};
	write_file(f->path, text, sizeof text - 1);
	for (int access = STORE_CREATE; access <= STORE_READ; access++)
		refused_untouched(f, (enum store_access)access, EX_DATAERR, "not a database");
	write_file(f->path, zeros, sizeof zeros);
	refused_untouched(f, STORE_CREATE, EX_DATAERR, "not a database");
	write_file(f->path, "x", 1);
	refused_untouched(f, STORE_CREATE, EX_DATAERR, "not a database");
}

static void fill(struct fixture *f, int count)
{
	char guid[32], body[1000];
	memset(body, 'b', sizeof body);
	fixture_open(f);
	MUST(f, store_begin(f->store, &f->error));
	for (int i = 0; i < count; i++) {
		snprintf(guid, sizeof guid, "urn:%d", i);
		struct store_new_article article = {.guid = str_of(guid),
			.title = STR("عنوان الخبر"),
			.html = {body, sizeof body},
			.published = i};
		MUST(f, store_add(f->store, f->feed, &article, NULL, NULL, &f->error));
	}
	MUST(f, store_commit(f->store, &f->error));
	fixture_close(f);
}

static void test_damaged_header(void **state)
{
	struct fixture *f = *state;
	fill(f, 100);
	damage(f->path, 0, 16);
	refused_untouched(f, STORE_CREATE, EX_DATAERR, "not a database");
}

static void test_truncated(void **state)
{
	struct fixture *f = *state;
	fill(f, 500);
	assert_int_equal(truncate(f->path, 4096L * 20), 0);
	for (int access = STORE_CREATE; access <= STORE_READ; access++)
		refused_untouched(f, (enum store_access)access, EX_DATAERR, "damaged");
}

/* Reads all there is; 0, or the status of the first failure. */
static int read_all(struct fixture *f)
{
	struct store_list list = {.kind = STORE_ALL, .since = INT64_MAX};
	struct store_page page;
	int status = 0;
	f->store = store_open(f->path, STORE_READ, &f->error);
	if (!f->store ||
		store_headlines(f->store, &list, NULL, false, 5000, &page, &f->error) < 0) {
		status = f->error.status;
		fixture_close(f);
		return status;
	}
	for (size_t i = 0; i < page.count && !status; i++) {
		struct store_article *a = store_article(f->store, page.items[i].id, &f->error);
		if (!a)
			status = f->error.status;
		store_article_free(a);
	}
	store_page_free(&page);
	fixture_close(f);
	return status;
}

/* Each page in turn is overwritten: it reads, or says that it is damaged; no more. */
static void test_damaged_pages(void **state)
{
	struct fixture *f = *state;
	size_t len;
	int told = 0;
	fill(f, 300);
	char *whole = fixture_read_file(f->path, &len);
	assert_int_equal(read_all(f), 0);
	for (long page = 1; page < (long)(len / 4096); page++) {
		write_file(f->path, whole, len);
		damage(f->path, page * 4096, page % 2 ? 4096 : 100);
		int status = read_all(f);
		if (status && (status != EX_DATAERR || !strstr(f->error.message, "damaged")))
			fail_msg("page %ld: %d, %s", page, status, f->error.message);
		told += status != 0;
	}
	free(whole);
	assert_true(told > (int)(len / 4096) / 2);
}

static void test_missing_table(void **state)
{
	struct fixture *f = *state;
	fill(f, 3);
	fixture_sql(f->path, "DROP TABLE body");
	fixture_refused(f, f->path, STORE_READ, EX_DATAERR, "damaged");
	fixture_refused(f, f->path, STORE_WRITE, EX_DATAERR, "damaged");
}

static void test_migration_steps(void **state)
{
	struct fixture *f = *state;
	static const char *const steps[] = {
		"CREATE TABLE a (x); INSERT INTO a VALUES (1)",
		"ALTER TABLE a ADD COLUMN y; UPDATE a SET y = 2",
		"INSERT INTO a VALUES (3, 4); CREATE TABLE b (x); INSERT INTO nowhere VALUES (1)",
	};
	sqlite3 *db;
	assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
	MUST(f, schema_migrate(db, f->path, steps, 1, &f->error));
	assert_int_equal(fixture_sql(f->path, "PRAGMA user_version"), 1);
	MUST(f, schema_migrate(db, f->path, steps, 2, &f->error));
	MUST(f, schema_migrate(db, f->path, steps, 2, &f->error)); /* nothing to do */
	assert_int_equal(fixture_sql(f->path, "SELECT sum(x + y) FROM a"), 3);
	assert_int_equal(fixture_sql(f->path, "PRAGMA user_version"), 2);
	/* The third fails half way: all of it is undone, the version stays. */
	assert_int_equal(schema_migrate(db, f->path, steps, 3, &f->error), -1);
	assert_non_null(strstr(f->error.message, "nowhere"));
	assert_int_equal(sqlite3_get_autocommit(db), 1);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	assert_int_equal(fixture_sql(f->path, "PRAGMA user_version"), 2);
	assert_int_equal(fixture_sql(f->path, "PRAGMA application_id"), SCHEMA_APPLICATION_ID);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM a"), 1);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM sqlite_master"), 1);
}

/* f->path becomes a store as khabar wrote it when `version` was the newest. */
static void make_old(struct fixture *f, int version)
{
	char path[512];
	size_t len;
	snprintf(path, sizeof path, "%s/tests/store/version-%d.sql", getenv("KHABAR_SOURCE"),
		version);
	char *script = fixture_read_file(path, &len);
	assert_non_null(script);
	script[len] = '\0';
	fixture_sql(f->path, script);
	free(script);
}

/* A store of version 1 as khabar wrote it then: all is there, in its place, and goes on. */
static void test_version_1(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *sql;
		int64_t value;
	} facts[] = {
		{"SELECT count(*) FROM article", 12},
		{"SELECT total(read_at IS NOT NULL) FROM article", 6},
		{"SELECT group_concat(id) = '51,1,13' FROM (SELECT feed.id FROM feed"
		 " WHERE id IN (51, 13, 1) ORDER BY title COLLATE NOCASE)",
			1},
		{"SELECT position = 17 AND position_hash = -5 AND progress = 40 AND unfinished"
		 " AND stopped_at = 1700000000123 FROM article WHERE id = 13",
			1},
		{"SELECT override = 1 AND unstarred_at = 1700000000999 AND NOT starred"
		 " FROM article WHERE id = 3",
			1},
		{"SELECT starred FROM article WHERE id = 1", 1},
		{"SELECT count(*) FROM feed", 19},
		{"SELECT count(*) FROM feed_about", 19},
		{"SELECT count(*) FROM visit WHERE next_at = 0", 18}, /* all but local:import */
		{"SELECT seq FROM sqlite_sequence WHERE name = 'article'", 14},
		{"SELECT count(*) FROM sqlite_sequence", 2},
		{"SELECT count(*) FROM sqlite_master WHERE name LIKE '%article_2%'"
		 " OR sql LIKE '%article_2%'",
			0},
	};
	make_old(f, 1);
	refused_untouched(f, STORE_READ, EX_DATAERR, "written by an older khabar");
	fixture_open(f);
	struct store_article *a = store_article(f->store, 13, &f->error);
	assert_non_null(a);
	assert_string_equal(a->title, "بستان قديم يفتح أبوابه");
	assert_string_equal(a->feed_title, "Imported");
	assert_string_equal(a->comments_url, "");
	assert_int_equal(a->attachment_count, 0);
	store_article_free(a);
	fixture_close(f);
	fixture_sql(f->path,
		"PRAGMA foreign_keys = ON; DELETE FROM feed WHERE key = 'local:test'"); /* of the
											   fixture
											 */
	fixture_check_integrity(f->path);
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		if (fixture_sql(f->path, facts[i].sql) != facts[i].value)
			fail_msg("not %lld: %s", (long long)facts[i].value, facts[i].sql);
	}
	fixture_open(f);
	assert_int_equal(fixture_add(f, "next", "خبر", STORE_NO_DATE), 15); /* 14 is gone */
}

/* Version 2: feeds that were fetched, a folder, tags, attachments; what version 3 adds is empty. */
static void test_version_2(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *sql;
		int64_t value;
	} facts[] = {
		{"SELECT count(*) FROM article", 14},
		{"SELECT group_concat(id) = '13,7' FROM (SELECT id FROM article"
		 " WHERE seen_at = stopped_at ORDER BY seen_at)",
			1},
		{"SELECT count(*) FROM article WHERE seen_at IS NOT NULL", 2},
		{"SELECT count(*) FROM article WHERE shadowed OR full OR story_id OR text_id"
		 " OR unread_at OR starred_at",
			0},
		{"SELECT tag = 'اقتصاد' FROM feed_tag WHERE feed_id = 1", 1},
		{"SELECT folder = 'News/Arab' FROM feed WHERE id = 1", 1},
		{"SELECT count(*) FROM attachment WHERE url LIKE '%.mp3' AND size = 1000", 1},
		{"SELECT http_status FROM visit WHERE tried_at IS NOT NULL", 200},
		{"SELECT closed_at = 1700000000555 AND progress = 100 FROM article WHERE id = 7",
			1},
		{"SELECT (SELECT count(*) FROM journal) + (SELECT count(*) FROM trash)"
		 " + (SELECT count(*) FROM article_tag) + (SELECT count(*) FROM smart_list)"
		 " + (SELECT count(*) FROM feed_setting)",
			0},
	};
	make_old(f, 2);
	refused_untouched(f, STORE_READ, EX_DATAERR, "written by an older khabar");
	f->store = store_open(f->path, STORE_WRITE, &f->error);
	assert_non_null(f->store);
	fixture_close(f);
	fixture_check_integrity(f->path);
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		if (fixture_sql(f->path, facts[i].sql) != facts[i].value)
			fail_msg("not %lld: %s", (long long)facts[i].value, facts[i].sql);
	}
}

/* Version 3: all is as it was, and there is a queue, which is empty. */
static void test_version_3(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *sql;
		int64_t value;
	} facts[] = {
		{"SELECT count(*) FROM article", 2},
		{"SELECT title = 'الحلقة الأولى: البحر' AND read_at IS NULL FROM article"
		 " WHERE starred",
			1},
		{"SELECT read_at IS NOT NULL FROM article WHERE title = 'قسمت دوم'", 1},
		{"SELECT count(*) FROM journal", 2},
		{"SELECT count(*) FROM attachment WHERE url LIKE '%.mp3' AND size = 1000", 1},
		{"SELECT count(*) FROM download", 0},
	};
	make_old(f, 3);
	refused_untouched(f, STORE_READ, EX_DATAERR, "written by an older khabar");
	f->store = store_open(f->path, STORE_WRITE, &f->error);
	assert_non_null(f->store);
	fixture_close(f);
	fixture_check_integrity(f->path);
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		if (fixture_sql(f->path, facts[i].sql) != facts[i].value)
			fail_msg("not %lld: %s", (long long)facts[i].value, facts[i].sql);
	}
}

/* What an old store becomes has the same tables as a new one. */
static void test_old_schemas(void **state)
{
	struct fixture *f = *state;
	char query[1024], new_path[256];
	snprintf(new_path, sizeof new_path, "%s", f->path);
	fixture_open(f);
	fixture_close(f);
	for (int version = 1; version < schema_step_count; version++) {
		snprintf(f->path, sizeof f->path, "%s/%d.db", f->folder, version);
		make_old(f, version);
		fixture_open(f);
		fixture_close(f);
		snprintf(query, sizeof query,
			"ATTACH '%s' AS new;"
			"SELECT count(*) FROM (SELECT type, name, tbl_name, sql FROM"
			" new.sqlite_master EXCEPT SELECT type, name, tbl_name, sql FROM"
			" main.sqlite_master);",
			new_path);
		assert_int_equal(fixture_sql(f->path, query), 0);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup_empty, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_creates_private_files),
		TEST(test_settings),
		TEST(test_names),
		TEST(test_refuses_what_is_no_file),
		TEST(test_old_and_empty),
		TEST(test_newer),
		TEST(test_foreign),
		TEST(test_not_a_database),
		TEST(test_damaged_header),
		TEST(test_truncated),
		TEST(test_damaged_pages),
		TEST(test_missing_table),
		TEST(test_migration_steps),
		TEST(test_version_1),
		TEST(test_version_2),
		TEST(test_version_3),
		TEST(test_old_schemas),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
