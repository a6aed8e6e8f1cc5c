/*
 * search FOLDER [ARTICLES [WORDS]]
 *
 * What search costs: filling a store with made-up articles (newspaper.h) of about so many words
 * and indexing them, beside the floor in the same run, which is bare SQLite with the same rows
 * and an FTS5 table (unicode61, without content) of the same text; the size of both; and how
 * long the first page of searches of several kinds takes, as the reader asks for it (60 rows,
 * their snippets with it): the middle one and the worst of 20.  FOLDER gets two databases; one
 * that is there is searched, not filled.
 */
#include "store/search.h"
#include "bench/newspaper.h"
#include "store/schema.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

enum { BATCH = 1000, TRIES = 20, ROWS = 60, PATIENCE_MS = 34, GOAL_MS = 50 };
enum { CACHE_KIB = 32768 }; /* of the store as of the floor, while they are filled */

struct bench {
	struct store *store;
	sqlite3 *db;
	struct error error;
	struct newspaper paper;
	int64_t feeds[NEWSPAPER_FEEDS];
	int64_t articles;
	int words;
};

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double cpu(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- filling -------------------------------------------------------------- */

static int make_feeds(struct bench *b)
{
	for (int i = 0; i < NEWSPAPER_FEEDS; i++) {
		char key[64];
		snprintf(key, sizeof key, "https://news%d.example/feed.xml", i);
		if (store_feed_ensure(b->store, str_of(key), str_of(key), &b->feeds[i], &b->error))
			return -1;
	}
	return 0;
}

static int fill_store(struct bench *b)
{
	store_set_cache(b->store, CACHE_KIB);
	if (make_feeds(b))
		return -1;
	for (int64_t i = 0; i < b->articles;) {
		if (store_begin(b->store, &b->error))
			return -1;
		for (int64_t end = i + BATCH; i < end && i < b->articles; i++) {
			struct store_new_article article;
			if (!newspaper_article(&b->paper, i, b->words, &article))
				return error_no_memory(&b->error);
			if (store_add(b->store, b->feeds[i % NEWSPAPER_FEEDS], &article, NULL, NULL,
				    &b->error))
				return -1;
		}
		if (store_commit(b->store, &b->error))
			return -1;
	}
	int done;
	while ((done = store_index(b->store, 1024, &b->error)) > 0)
		;
	return done;
}

static int exec(struct bench *b, const char *sql)
{
	return sqlite3_exec(b->db, sql, NULL, NULL, NULL) == SQLITE_OK
		       ? 0
		       : error_set(&b->error, EX_IOERR, "%s", sqlite3_errmsg(b->db));
}

static void text(sqlite3_stmt *s, int at, struct str value)
{
	sqlite3_bind_text64(s, at, value.ptr, value.len, SQLITE_STATIC, SQLITE_UTF8);
}

static int step(struct bench *b, sqlite3_stmt *s)
{
	int code = sqlite3_step(s);
	sqlite3_reset(s);
	return code == SQLITE_DONE ? 0
				   : error_set(&b->error, EX_IOERR, "%s", sqlite3_errmsg(b->db));
}

static int bare_article(struct bench *b, sqlite3_stmt *const s[3], int64_t number)
{
	struct store_new_article a;
	if (!newspaper_article(&b->paper, number, b->words, &a))
		return error_no_memory(&b->error);
	sqlite3_bind_int64(s[0], 1, number % NEWSPAPER_FEEDS + 1);
	text(s[0], 2, a.guid);
	text(s[0], 3, a.title);
	sqlite3_bind_int64(s[0], 4, a.published);
	if (step(b, s[0]))
		return -1;
	int64_t id = sqlite3_last_insert_rowid(b->db);
	sqlite3_bind_int64(s[1], 1, id);
	text(s[1], 2, a.url);
	text(s[1], 3, a.html);
	if (step(b, s[1]))
		return -1;
	sqlite3_bind_int64(s[2], 1, id);
	text(s[2], 2, a.title);
	text(s[2], 3, buffer_view(&b->paper.text));
	return step(b, s[2]);
}

static int fill_bare(struct bench *b)
{
	static const char *const sql[] = {
		"INSERT INTO article (feed_id, guid, title, section, language, direction,"
		" published, added, sort) VALUES (?1, ?2, ?3, '', 'ar', 2, ?4, 1, ?4)",
		"INSERT INTO body (article_id, author, url, summary, html)"
		" VALUES (?1, '', ?2, '', ?3)",
		"INSERT INTO bare (rowid, title, body) VALUES (?1, ?2, ?3)"};
	sqlite3_stmt *s[3] = {NULL, NULL, NULL};
	int result = exec(b, "DROP TRIGGER article_insert;"
			     "CREATE VIRTUAL TABLE bare USING fts5 (title, body, content = '')");
	for (int i = 0; i < 3 && !result; i++) {
		if (sqlite3_prepare_v2(b->db, sql[i], -1, &s[i], NULL) != SQLITE_OK)
			result = error_set(&b->error, EX_IOERR, "%s", sqlite3_errmsg(b->db));
	}
	for (int64_t i = 0; i < b->articles && !result; i++) {
		if (i % BATCH == 0)
			result = exec(b, i > 0 ? "COMMIT; BEGIN" : "BEGIN");
		if (!result)
			result = bare_article(b, s, i);
	}
	for (int i = 0; i < 3; i++)
		sqlite3_finalize(s[i]);
	return result ? result : exec(b, "COMMIT");
}

static int open_bare(struct bench *b, const char *path)
{
	if (sqlite3_open(path, &b->db) != SQLITE_OK)
		return error_set(&b->error, EX_IOERR, "%s", sqlite3_errmsg(b->db));
	int result = exec(b, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
			     "PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4000");
	for (int i = 0; i < schema_step_count && !result; i++)
		result = exec(b, schema_steps[i]);
	return result;
}

static int texts_only(struct bench *b)
{
	struct store_new_article article;
	for (int64_t i = 0; i < b->articles; i++) {
		if (!newspaper_article(&b->paper, i, b->words, &article))
			return error_no_memory(&b->error);
	}
	return 0;
}

static int measure(struct bench *b, const char *what, int (*run)(struct bench *), double *seconds)
{
	double start = now(), used = cpu();
	if (run(b))
		return -1;
	used = cpu() - used;
	*seconds = used;
	printf("%-40s %8.2f s CPU %8.2f s wall %8.0f articles/s\n", what, used, now() - start,
		(double)b->articles / used);
	return 0;
}

static double megabytes(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 ? (double)status.st_size / 1e6 : 0;
}

/* What the tables of an index take. */
static int print_size(struct bench *b, const char *path, const char *name)
{
	sqlite3 *db;
	sqlite3_stmt *s = NULL;
	char sql[256];
	double bytes = 0;
	snprintf(sql, sizeof sql, "SELECT sum(length(block)) FROM %s_data", name);
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
		sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK &&
		sqlite3_step(s) == SQLITE_ROW)
		bytes = sqlite3_column_double(s, 0);
	sqlite3_finalize(s);
	sqlite3_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
	sqlite3_close(db);
	printf("%-40s %8.1f MB of which search %8.1f MB\n", path, megabytes(path), bytes / 1e6);
	return bytes > 0 ? 0 : error_set(&b->error, EX_IOERR, "%s: no index %s", path, name);
}

static int fill(struct bench *b, const char *path, const char *bare)
{
	double texts, ours, floor;
	b->store = store_open(path, STORE_CREATE, &b->error);
	if (!b->store || measure(b, "texts only", texts_only, &texts) ||
		measure(b, "store with search", fill_store, &ours))
		return -1;
	store_close(b->store);
	b->store = NULL;
	if (open_bare(b, bare) || measure(b, "bare SQLite with FTS5 unicode61", fill_bare, &floor))
		return -1;
	sqlite3_close(b->db);
	b->db = NULL;
	printf("%-40s %8.2f of the floor\n", "rate", (floor - texts) / (ours - texts));
	return print_size(b, path, "search") || print_size(b, bare, "bare") ? -1 : 0;
}

/* ---- searching ------------------------------------------------------------ */

static const struct kind {
	const char *name;
	bool typing;
	int letters;  /* of the last word, 0: all */
	bool article; /* the Arabic one, before it */
	bool phrase;
	uint32_t ranks[2]; /* of the words: UINT32_MAX: none; the first, one in ten further for each
			      try */
} kinds[] = {
	{"the most common word", false, 0, false, false, {0, UINT32_MAX}},
	{"a common word", false, 0, false, false, {10, UINT32_MAX}},
	{"a word in the middle", false, 0, false, false, {1000, UINT32_MAX}},
	{"a rare word", false, 0, false, false, {50000, UINT32_MAX}},
	{"two common words", false, 0, false, false, {0, 1}},
	{"a common and a rare word", false, 0, false, false, {0, 20000}},
	{"two words in the middle", false, 0, false, false, {300, 500}},
	{"two letters", true, 2, false, false, {3, UINT32_MAX}},
	{"three letters", true, 3, false, false, {300, UINT32_MAX}},
	{"four letters", true, 4, false, false, {5000, UINT32_MAX}},
	{"a common word and two letters", true, 2, false, false, {0, 3}},
	{"al- and one letter", true, 1, true, false, {3, UINT32_MAX}},
	{"al- and two letters", true, 2, true, false, {3, UINT32_MAX}},
	{"a phrase of common words", false, 0, false, true, {1, 0}},
	{"a phrase of rarer words", false, 0, false, true, {30, 80}},
};

static void write_query(const struct kind *kind, int number, struct buffer *out)
{
	int language = kind->article ? 0 : number % NEWSPAPER_LANGUAGES;
	buffer_clear(out);
	if (kind->phrase)
		buffer_byte(out, '"');
	for (int i = 0; i < 2 && kind->ranks[i] != UINT32_MAX; i++) {
		bool last = i == 1 || kind->ranks[1] == UINT32_MAX;
		struct buffer word = {0};
		if (i > 0)
			buffer_byte(out, ' ');
		newspaper_word(&word, language,
			kind->ranks[i] + (uint32_t)(number / NEWSPAPER_LANGUAGES) *
						 (kind->ranks[i] / 10 + 1));
		size_t letter = language == 3 ? 1 : 2, len = word.len;
		if (last && kind->article)
			buffer_str(out, STR("ال"));
		if (last && kind->letters > 0)
			len = (size_t)kind->letters * letter;
		buffer_str(out, str_slice(buffer_view(&word), 0, len));
		buffer_free(&word);
	}
	if (kind->phrase)
		buffer_byte(out, '"');
}

struct outcome {
	double first, all; /* milliseconds */
	size_t hits;
	bool complete, newest;
};

/* As the reader does: what there is after a moment, and the rest of the page. */
static int look(struct bench *b, struct str text, bool typing, struct outcome *outcome)
{
	const struct search_request request = {.text = text, .typing = typing};
	struct search_page page;
	double start = now();
	struct search *search = search_new(b->store, &request, &b->error);
	if (!search || search_run(search, ROWS, PATIENCE_MS, &b->error) ||
		search_hits(search, 0, ROWS, &page, &b->error)) {
		search_free(search);
		return -1;
	}
	search_page_free(&page);
	outcome->first = outcome->all = (now() - start) * 1e3;
	if (search_count(search) < ROWS && !search_is_complete(search)) {
		if (search_run(search, ROWS, 0, &b->error))
			return -1;
		outcome->all = (now() - start) * 1e3;
	}
	outcome->hits = search_count(search);
	outcome->complete = search_is_complete(search);
	outcome->newest = search_ordered(search) == SEARCH_NEWEST;
	search_free(search);
	return 0;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static int search_kind(struct bench *b, const struct kind *kind)
{
	double first[TRIES], all = 0;
	struct outcome outcome = {0};
	struct buffer query = {0};
	int complete = 0, newest = 0;
	for (int i = 0; i < TRIES; i++) {
		write_query(kind, i, &query);
		if (look(b, buffer_view(&query), kind->typing, &outcome))
			return -1;
		first[i] = outcome.first;
		all = outcome.all > all ? outcome.all : all;
		complete += outcome.complete;
		newest += outcome.newest;
	}
	qsort(first, TRIES, sizeof *first, compare);
	printf("%-32s %8.2f %8.2f %8.2f ms  %2d complete, %2d newest first%s\n", kind->name,
		first[TRIES / 2], first[TRIES - 1], all, complete, newest,
		first[TRIES - 1] > GOAL_MS ? "  MISSED" : "");
	buffer_free(&query);
	return 0;
}

static int search_all(struct bench *b, const char *path)
{
	b->store = store_open(path, STORE_WRITE, &b->error);
	if (!b->store)
		return -1;
	store_set_cache(b->store, STORE_READER_CACHE);
	printf("%-32s %8s %8s %8s\n", "first page", "median", "worst", "to end");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (search_kind(b, &kinds[i]))
			return -1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct bench b = {.articles = argc > 2 ? atoll(argv[2]) : 10000,
		.words = argc > 3 ? atoi(argv[3]) : 50};
	char path[512], bare[512];
	struct stat status;
	if (argc < 2 || argc > 4 || b.articles < 1 || b.words < 2) {
		fprintf(stderr, "usage: search FOLDER [ARTICLES [WORDS]]\n");
		return EX_USAGE;
	}
	snprintf(path, sizeof path, "%s/search-%" PRId64 ".db", argv[1], b.articles);
	snprintf(bare, sizeof bare, "%s/bare-%" PRId64 ".db", argv[1], b.articles);
	int result = stat(path, &status) == 0 ? 0 : fill(&b, path, bare);
	if (result == 0)
		result = search_all(&b, path);
	store_close(b.store);
	sqlite3_close(b.db);
	newspaper_free(&b.paper);
	if (result == 0)
		return EX_OK;
	fprintf(stderr, "search: %s\n", b.error.message);
	return b.error.status;
}
