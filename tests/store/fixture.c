#include "fixture.h"

#include "store/search.h"

#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int fixture_setup_empty(void **state)
{
	const char *top = getenv("TMPDIR");
	struct fixture *f = calloc(1, sizeof *f);
	if (!f)
		return -1;
	snprintf(f->folder, sizeof f->folder, "%s/khabar-store-XXXXXX", top && *top ? top : "/tmp");
	if (!mkdtemp(f->folder)) {
		free(f);
		return -1;
	}
	snprintf(f->path, sizeof f->path, "%s/khabar.db", f->folder);
	*state = f;
	return 0;
}

int fixture_setup(void **state)
{
	if (fixture_setup_empty(state) < 0)
		return -1;
	fixture_open(*state);
	return 0;
}

static int make_removable(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status;
	(void)place;
	return type == FTW_D || type == FTW_DNR ? chmod(path, 0700) : 0;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(path);
}

int fixture_teardown(void **state)
{
	struct fixture *f = *state;
	store_close(f->store);
	nftw(f->folder, make_removable, 16, FTW_PHYS);
	int result = nftw(f->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(f);
	return result;
}

void fixture_open(struct fixture *f)
{
	fixture_close(f);
	f->store = store_open(f->path, STORE_CREATE, &f->error);
	if (!f->store)
		fail_msg("%s", f->error.message);
	MUST(f, store_feed_ensure(
			f->store, STR("local:test"), STR("الاختبار"), &f->feed, &f->error));
}

void fixture_close(struct fixture *f)
{
	store_close(f->store);
	f->store = NULL;
}

void fixture_refused(struct fixture *f, const char *path, enum store_access access, int status,
	const char *words)
{
	memset(&f->error, 0, sizeof f->error);
	struct store *store = store_open(path, access, &f->error);
	if (store) {
		store_close(store);
		fail_msg("%s was opened", path);
	}
	if (f->error.status != status || !strstr(f->error.message, words))
		fail_msg("status %d, \"%s\" instead of %d, \"%s\"", f->error.status,
			f->error.message, status, words);
}

int64_t fixture_add(struct fixture *f, const char *guid, const char *title, int64_t published)
{
	int64_t id = 0;
	struct store_new_article article = {
		.guid = str_of(guid),
		.title = str_of(title),
		.html = STR("<p>نص قصير.</p>"),
		.language = STR("ar"),
		.direction = STORE_RTL,
		.published = published,
	};
	MUST(f, store_add(f->store, f->feed, &article, &id, NULL, &f->error));
	assert_true(id > 0);
	return id;
}

int64_t fixture_index(struct fixture *f)
{
	int64_t all = 0;
	int done;
	while ((done = store_index(f->store, 7, &f->error)) > 0)
		all += done;
	if (done < 0)
		fail_msg("store_index: %s", f->error.message);
	return all;
}

int64_t fixture_sql(const char *path, const char *sql)
{
	sqlite3 *db;
	int64_t value = 0;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_busy_timeout(db, 5000), SQLITE_OK);
	while (*sql) {
		sqlite3_stmt *statement;
		if (sqlite3_prepare_v2(db, sql, -1, &statement, &sql) != SQLITE_OK)
			fail_msg("%s", sqlite3_errmsg(db));
		if (!statement) /* a comment, or the end of the last line */
			continue;
		int code = sqlite3_step(statement);
		if (code == SQLITE_ROW)
			value = sqlite3_column_int64(statement, 0);
		else if (code != SQLITE_DONE)
			fail_msg("%s", sqlite3_errmsg(db));
		sqlite3_finalize(statement);
	}
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	return value;
}

char *fixture_read_file(const char *path, size_t *len)
{
	struct stat status;
	FILE *file = fopen(path, "rb");
	*len = 0;
	if (!file)
		return NULL;
	assert_int_equal(fstat(fileno(file), &status), 0);
	char *bytes = malloc((size_t)status.st_size + 1);
	assert_non_null(bytes);
	*len = fread(bytes, 1, (size_t)status.st_size, file);
	fclose(file);
	return bytes;
}

void fixture_check_integrity(const char *path)
{
	static const char *const truths[] = {
		"SELECT count(*) = 1 AND max(integrity_check) = 'ok'"
		" FROM pragma_integrity_check",
		"SELECT count(*) = 0 FROM pragma_foreign_key_check",
		"SELECT (total, unread, starred, starred_unread, unfinished,"
		" unfinished_unread) = (SELECT total(NOT shadowed),"
		" total(read_at IS NULL AND NOT shadowed),"
		" total(starred), total(starred AND read_at IS NULL), total(unfinished),"
		" total(unfinished AND read_at IS NULL) FROM article) FROM tally",
		"SELECT count(*) = 0 FROM feed WHERE (total, unread) <>"
		" (SELECT count(*), total(read_at IS NULL) FROM article"
		"  WHERE feed_id = feed.id)",
		"SELECT count(*) = 0 FROM article LEFT JOIN body ON article_id = id"
		" WHERE article_id IS NULL",
	};
	for (size_t i = 0; i < sizeof truths / sizeof *truths; i++) {
		if (fixture_sql(path, truths[i]) != 1)
			fail_msg("not true: %s", truths[i]);
	}
}

int64_t fixture_now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
