/*
 * store-time FOLDER [FEEDS [ARTICLES]]
 *
 * How long the store takes for a first fetch (FEEDS feeds of ARTICLES articles each, a
 * transaction for as many feeds as the fetch engine has) and for a second one that brings the same,
 * beside the floor: the same rows put into the same tables by bare SQLite, without the checks, the
 * counts and the look-ups, in one transaction.  FOLDER gets two new databases.
 */
#include "base/buffer.h"
#include "fetch/engine.h"
#include "store/schema.h"
#include "store/store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { BODY = 1500 /* bytes, about */ };

struct bench {
	struct store *store;
	sqlite3 *db;
	struct error error;
	int feeds, articles;
	struct buffer guid, title, html;
};

static double cpu_seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double wall_seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int make(struct bench *b, int feed, int number)
{
	buffer_clear(&b->guid);
	buffer_clear(&b->title);
	buffer_clear(&b->html);
	buffer_printf(&b->guid, "https://news%d.example/2026/%d", feed, number);
	buffer_printf(&b->title, "خبر رقم %d من المصدر %d عن سوق الكتب القديمة", number, feed);
	while (b->html.len < BODY)
		buffer_printf(&b->html, "<p>فقرة من الخبر %d، فيها كلام كثير عن السوق وأهله.</p>",
			number);
	return b->guid.failed || b->title.failed || b->html.failed ? error_no_memory(&b->error) : 0;
}

static int fetch_feed(struct bench *b, int feed)
{
	char url[64];
	int64_t id;
	const struct store_visit visit = {.next_at = 1, .tried_at = 1, .succeeded_at = 1};
	snprintf(url, sizeof url, "https://news%d.example/feed", feed);
	if (store_feed_ensure(b->store, str_of(url), STR("مصدر"), &id, &b->error))
		return -1;
	for (int i = 0; i < b->articles; i++) {
		if (make(b, feed, i))
			return -1;
		const struct store_new_article article = {
			.guid = buffer_view(&b->guid),
			.url = buffer_view(&b->guid),
			.title = buffer_view(&b->title),
			.html = buffer_view(&b->html),
			.language = STR("ar"),
			.direction = STORE_RTL,
			.published = 1700000000 + (int64_t)i * 60 + feed,
		};
		if (store_add(b->store, id, &article, NULL, NULL, &b->error))
			return -1;
	}
	return store_visit_set(b->store, id, &visit, &b->error);
}

static int fetch(struct bench *b)
{
	for (int i = 0; i < b->feeds;) {
		if (store_begin(b->store, &b->error))
			return -1;
		for (int end = i + ENGINE_BATCH; i < end && i < b->feeds; i++) {
			if (fetch_feed(b, i))
				return -1;
		}
		if (store_commit(b->store, &b->error))
			return -1;
	}
	return 0;
}

static int text(sqlite3_stmt *s, int at, struct str value)
{
	return sqlite3_bind_text64(s, at, value.ptr, value.len, SQLITE_STATIC, SQLITE_UTF8);
}

static int bare_article(struct bench *b, sqlite3_stmt *article, sqlite3_stmt *body, int feed, int i)
{
	if (make(b, feed, i))
		return SQLITE_NOMEM;
	sqlite3_bind_int(article, 1, feed + 1);
	text(article, 2, buffer_view(&b->guid));
	text(article, 3, buffer_view(&b->title));
	sqlite3_bind_int64(article, 4, 1700000000 + (int64_t)i * 60 + feed);
	int code = sqlite3_step(article);
	sqlite3_reset(article);
	if (code != SQLITE_DONE)
		return code;
	sqlite3_bind_int64(body, 1, sqlite3_last_insert_rowid(b->db));
	text(body, 2, buffer_view(&b->guid));
	text(body, 3, buffer_view(&b->html));
	code = sqlite3_step(body);
	sqlite3_reset(body);
	return code;
}

static int bare(struct bench *b)
{
	sqlite3_stmt *article = NULL, *body = NULL;
	int code = sqlite3_exec(b->db, "BEGIN", NULL, NULL, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_prepare_v2(b->db,
			"INSERT INTO article (feed_id, guid, title, section, language, direction,"
			" published, added, sort) VALUES (?1, ?2, ?3, '', 'ar', 2, ?4, 1, ?4)",
			-1, &article, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_prepare_v2(b->db,
			"INSERT INTO body (article_id, author, url, summary, html)"
			" VALUES (?1, '', ?2, '', ?3)",
			-1, &body, NULL);
	for (int feed = 0; feed < b->feeds && (code == SQLITE_OK || code == SQLITE_DONE); feed++) {
		for (int i = 0; i < b->articles && (code == SQLITE_OK || code == SQLITE_DONE); i++)
			code = bare_article(b, article, body, feed, i);
	}
	sqlite3_finalize(article);
	sqlite3_finalize(body);
	return code == SQLITE_DONE ? sqlite3_exec(b->db, "COMMIT", NULL, NULL, NULL) : code;
}

/* The tables of the store, without the trigger that counts. */
static int bare_tables(struct bench *b, const char *path)
{
	int code = sqlite3_open(path, &b->db);
	if (code == SQLITE_OK)
		code = sqlite3_exec(b->db,
			"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
			"PRAGMA cache_size = -32768",
			NULL, NULL, NULL);
	for (int i = 0; i < schema_step_count && code == SQLITE_OK; i++)
		code = sqlite3_exec(b->db, schema_steps[i], NULL, NULL, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_exec(b->db, "DROP TRIGGER article_insert", NULL, NULL, NULL);
	return code;
}

static int run_bare(struct bench *b)
{
	int code = bare(b);
	return code == SQLITE_OK ? 0 : error_set(&b->error, EX_IOERR, "%s", sqlite3_errmsg(b->db));
}

static int run_texts(struct bench *b)
{
	for (int feed = 0; feed < b->feeds; feed++) {
		for (int i = 0; i < b->articles; i++) {
			if (make(b, feed, i))
				return -1;
		}
	}
	return 0;
}

static int measure(struct bench *b, const char *what, int (*run)(struct bench *))
{
	double cpu = cpu_seconds(), wall = wall_seconds();
	if (run(b))
		return -1;
	cpu = cpu_seconds() - cpu;
	wall = wall_seconds() - wall;
	printf("%-34s %6.3f s CPU  %6.3f s wall  %7.0f articles/s\n", what, cpu, wall,
		(double)b->feeds * b->articles / cpu);
	return 0;
}

static int measure_all(struct bench *b, const char *folder)
{
	char path[512];
	snprintf(path, sizeof path, "%s/store.db", folder);
	b->store = store_open(path, STORE_CREATE, &b->error);
	snprintf(path, sizeof path, "%s/bare.db", folder);
	if (!b->store || measure(b, "texts only", run_texts) ||
		measure(b, "store, first fetch", fetch) ||
		measure(b, "store, second fetch, all the same", fetch))
		return -1;
	if (bare_tables(b, path) != SQLITE_OK)
		return error_set(&b->error, EX_IOERR, "%s", sqlite3_errmsg(b->db));
	return measure(b, "bare SQLite, one transaction", run_bare);
}

int main(int argc, char **argv)
{
	struct bench b = {.feeds = argc > 2 ? atoi(argv[2]) : 1000,
		.articles = argc > 3 ? atoi(argv[3]) : 30};
	if (argc < 2 || argc > 4 || b.feeds < 1 || b.articles < 1) {
		fprintf(stderr, "usage: store-time FOLDER [FEEDS [ARTICLES]]\n");
		return EX_USAGE;
	}
	int result = measure_all(&b, argv[1]);
	store_close(b.store);
	sqlite3_close(b.db);
	buffer_free(&b.guid);
	buffer_free(&b.title);
	buffer_free(&b.html);
	if (result == 0)
		return EX_OK;
	fprintf(stderr, "store-time: %s\n", b.error.message);
	return b.error.status;
}
