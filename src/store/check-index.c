/* Looking through the search index: the words themselves, and which articles they are of. */
#include "store/failure.h"
#include "store/search-index.h"
#include "store/search.h"

/* The first column of the first row; the code of what went wrong, or SQLITE_OK. */
static int number(struct store *store, const char *sql, int64_t *value)
{
	sqlite3_stmt *s;
	int code = sqlite3_prepare_v2(store->db, sql, -1, &s, NULL);
	if (code != SQLITE_OK)
		return code;
	*value = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
	return sqlite3_finalize(s);
}

/* What is said of damaged bytes, in the file or in the index that is made of its rows. */
static bool is_damage(int code)
{
	return (code & 0xff) == SQLITE_CORRUPT;
}

/*
 * Reads all words that stand in the index; where it may be written, SQLite also compares their
 * checksums (FTS5, 'integrity-check').
 */
static int check_words(struct store *store, bool *damaged, struct error *error)
{
	bool write = sqlite3_db_readonly(store->db, "main") == 0;
	int64_t words, texts = 0;
	int code = number(store, "SELECT sum(cnt) FROM temp.search_words", &words);
	if (code == SQLITE_OK && words == 0)
		code = number(store,
			"SELECT count(*) FROM search_docsize WHERE sz <> zeroblob(length(sz))", &texts);
	if (code == SQLITE_OK && write)
		code = sqlite3_exec(store->db,
			"INSERT INTO search (search) VALUES ('integrity-check')", NULL, NULL, NULL);
	*damaged = is_damage(code) || texts > 0; /* articles with words, and no words */
	return code == SQLITE_OK || *damaged
		       ? 0
		       : failure_set(error, store->path, store->db, code);
}

static int examine(
	struct store *store, struct search_index_health *health, struct error *error)
{
	int code = sqlite3_exec(store->db,
		"CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words USING"
		" fts5vocab (main, search, row)",
		NULL, NULL, NULL);
	if (code == SQLITE_OK && check_words(store, &health->damaged, error) < 0)
		return -1;
	sqlite3_exec(store->db, "DROP TABLE IF EXISTS temp.search_words", NULL, NULL, NULL);
	if (is_damage(code))
		health->damaged = true;
	code = number(store,
		"SELECT count(*) FROM article WHERE text_id IS NOT NULL AND text_id NOT IN"
		" (SELECT id FROM search_docsize)",
		&health->missing);
	if (code != SQLITE_OK)
		return failure_set(error, store->path, store->db, code);
	return store_index_state(store, &health->pending, &health->articles, error) < 0
		       ? -1
		       : store_index_stale(store, &health->stale, error);
}

/* Indexes all that is pending. */
static int fill(struct store *store, struct error *error)
{
	int done;
	do
		done = store_index(store, SEARCH_STEP, error);
	while (done > 0);
	return done;
}

int search_index_check(
	struct store *store, bool repair, struct search_index_health *health, struct error *error)
{
	enum { STALE_SHARE = 4 /* a quarter of what is indexed */ };
	int64_t tables = 0;
	*health = (struct search_index_health){0};
	int code = number(store,
		"SELECT count(*) FROM sqlite_schema WHERE name IN ('search', 'search_docsize',"
		" 'article_unindexed')",
		&tables);
	if (code != SQLITE_OK)
		return failure_set(error, store->path, store->db, code);
	if (tables < 3) /* nothing was ever indexed */
		return 0;
	if (examine(store, health, error) < 0)
		return -1;
	bool many = health->stale > 0 && health->stale >= health->articles / STALE_SHARE;
	bool anew = health->damaged || health->missing > 0 || many;
	if (!repair)
		return 0;
	if (anew && store_index_clear(store, error) < 0)
		return -1;
	health->emptied = anew;
	return fill(store, error);
}
