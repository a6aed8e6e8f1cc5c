/*
 * store-bench FILE
 *
 * What a reader of the store in FILE waits for, beside the floor in the same run: the bare query
 * that SQLite must run for it.  A line each: name, milliseconds of the store, of the floor (the
 * median of many runs, one for what marks all).  FILE is changed, and changed back.
 */
#include "base/buffer.h"
#include "store/store.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { ROWS = 50, RUNS = 201 };

struct bench {
	struct store *store;
	sqlite3 *db;
	struct error error;
	struct store_cursor middle; /* a row in the middle of the list */
	struct store_list unread, all;
	int64_t marked;
};

static double now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return (left > right) - (left < right);
}

/* The median of `runs` runs in milliseconds; below 0: it failed. */
static double measure(struct bench *b, int (*run)(struct bench *), int runs)
{
	static double times[RUNS];
	for (int i = 0; i < runs; i++) {
		double start = now_ms();
		if (run(b) < 0)
			return -1;
		times[i] = now_ms() - start;
	}
	qsort(times, (size_t)runs, sizeof *times, by_size);
	return times[runs / 2];
}

/* ---- the store ---- */

static int page(struct bench *b, const struct store_list *list, const struct store_cursor *from)
{
	struct store_page rows;
	if (store_headlines(b->store, list, from, false, ROWS, &rows, &b->error) < 0)
		return -1;
	store_page_free(&rows);
	return 0;
}

static int first_page(struct bench *b)
{
	return page(b, &b->all, NULL);
}

static int next_page(struct bench *b)
{
	return page(b, &b->all, &b->middle);
}

static int unread_page(struct bench *b)
{
	return page(b, &b->unread, NULL);
}

static int counts(struct bench *b)
{
	struct store_feeds feeds;
	struct store_counts all;
	if (store_feeds(b->store, &feeds, &b->error) < 0 ||
		store_count(b->store, &b->unread, &all, &b->error) < 0)
		return -1;
	store_feeds_free(&feeds);
	return 0;
}

static int mark_all(struct bench *b)
{
	return store_mark_all_read(b->store, &b->all, &b->marked, &b->error);
}

static int undo(struct bench *b)
{
	struct store_action action;
	if (store_undo(b->store, &action, &b->error) < 0)
		return -1;
	store_action_free(&action);
	return 0;
}

/* ---- the floors ---- */

static int query(struct bench *b, const char *sql, int64_t sort, int64_t id)
{
	sqlite3_stmt *s;
	int64_t sum = 0;
	if (sqlite3_prepare_v2(b->db, sql, -1, &s, NULL) != SQLITE_OK)
		return error_set(&b->error, EX_IOERR, "%s", sqlite3_errmsg(b->db));
	sqlite3_bind_int64(s, 1, sort);
	sqlite3_bind_int64(s, 2, id);
	while (sqlite3_step(s) == SQLITE_ROW)
		sum += sqlite3_column_bytes(s, 1);
	return sqlite3_finalize(s) == SQLITE_OK && sum >= 0 ? 0 : -1;
}

#define HEADLINES                                                                                  \
	"SELECT article.id, article.title, section, article.language, published, sort, read_at,"   \
	" starred, progress, feed.title FROM article JOIN feed ON feed.id = feed_id WHERE "

static int bare_first_page(struct bench *b)
{
	return query(
		b, HEADLINES "shadowed = 0 ORDER BY sort DESC, article.id DESC LIMIT 50", 0, 0);
}

static int bare_next_page(struct bench *b)
{
	return query(b,
		HEADLINES "shadowed = 0 AND (sort, article.id) < (?1, ?2)"
			  " ORDER BY sort DESC, article.id DESC LIMIT 50",
		b->middle.sort, b->middle.id);
}

static int bare_unread_page(struct bench *b)
{
	return query(b,
		HEADLINES "shadowed = 0 AND read_at IS NULL"
			  " ORDER BY sort DESC, article.id DESC LIMIT 50",
		0, 0);
}

static int bare_counts(struct bench *b)
{
	return query(b, "SELECT id, title, unread FROM feed", 0, 0);
}

/* The same rows, without counting them, and taken back. */
static int bare_mark_all(struct bench *b)
{
	int code = sqlite3_exec(b->db,
		"BEGIN IMMEDIATE; DROP TRIGGER article_read; DROP TRIGGER article_state;"
		"UPDATE article INDEXED BY article_unread SET read_at = 1 WHERE read_at IS NULL",
		NULL, NULL, NULL);
	sqlite3_exec(b->db, "ROLLBACK", NULL, NULL, NULL);
	return code == SQLITE_OK ? 0 : error_set(&b->error, EX_IOERR, "%s", sqlite3_errmsg(b->db));
}

/* ---- all of it ---- */

static int find_middle(struct bench *b)
{
	sqlite3_stmt *s;
	int code = sqlite3_prepare_v2(b->db,
		"SELECT sort, id FROM article WHERE id ="
		" (SELECT max(id) / 2 FROM article)",
		-1, &s, NULL);
	if (code == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
		b->middle = (struct store_cursor){
			sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1)};
	return sqlite3_finalize(s) == SQLITE_OK ? 0 : -1;
}

static int run(struct bench *b)
{
	static const struct {
		const char *name;
		int (*store)(struct bench *), (*floor)(struct bench *);
		int runs;
	} lines[] = {
		{"first page", first_page, bare_first_page, RUNS},
		{"next page", next_page, bare_next_page, RUNS},
		{"first page of unread", unread_page, bare_unread_page, RUNS},
		{"unread counts", counts, bare_counts, RUNS},
		{"mark all read", mark_all, bare_mark_all, 1},
		{"undo of it", undo, NULL, 1},
	};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		/* The floor first: what the store has marked is no work for it. */
		double floor = lines[i].floor ? measure(b, lines[i].floor, lines[i].runs) : 0;
		double store = measure(b, lines[i].store, lines[i].runs);
		if (store < 0 || floor < 0)
			return -1;
		printf("%s\t%.3f\t%.3f\n", lines[i].name, store, floor);
	}
	printf("articles marked\t%" PRId64 "\t\n", b->marked);
	return 0;
}

/* The most memory this process had, of which the floors take a part. */
static void tell_memory(void)
{
	char line[256];
	FILE *file = fopen("/proc/self/status", "r");
	while (file && fgets(line, sizeof line, file)) {
		long kib;
		if (sscanf(line, "VmHWM: %ld", &kib) == 1)
			printf("memory, MiB\t%.1f\t\n", (double)kib / 1024);
	}
	if (file)
		fclose(file);
}

int main(int argc, char **argv)
{
	struct bench b = {.unread = {.kind = STORE_UNREAD, .since = INT64_MAX},
		.all = {.kind = STORE_ALL, .since = INT64_MAX}};
	struct stat info;
	if (argc != 2) {
		fprintf(stderr, "usage: store-bench FILE\n");
		return EX_USAGE;
	}
	b.store = store_open(argv[1], STORE_WRITE, &b.error);
	int result = b.store ? 0 : -1;
	if (result == 0 && sqlite3_open(argv[1], &b.db) != SQLITE_OK)
		result = error_set(&b.error, EX_IOERR, "%s", sqlite3_errmsg(b.db));
	if (result == 0)
		result = find_middle(&b);
	if (result == 0)
		result = run(&b);
	sqlite3_close(b.db);
	store_close(b.store);
	if (result == 0 && stat(argv[1], &info) == 0)
		printf("size, MiB\t%.1f\t\n", (double)info.st_size / 1048576);
	if (result == 0) {
		tell_memory();
		return EX_OK;
	}
	fprintf(stderr, "store-bench: %s\n", b.error.message);
	return EX_IOERR;
}
