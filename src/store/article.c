#include "store/failure.h"
#include "store/statement.h"

#include <stdlib.h>
#include <time.h>

/* ---- adding ----------------------------------------------------------- */

int store_find(
	struct store *store, int64_t feed_id, struct str guid, int64_t *id, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_ARTICLE_FIND);
	statement_int(&s, 1, feed_id);
	statement_text(&s, 2, guid);
	*id = statement_row(&s) ? statement_column(&s, 0) : 0;
	return statement_end(&s, error);
}

/* ?3 to ?7, the same in STATEMENT_ARTICLE_ADD and STATEMENT_ARTICLE_UPDATE. */
static void bind_text(struct statement *s, const struct store_new_article *article)
{
	statement_text(s, 3, article->title);
	statement_text(s, 4, article->section);
	statement_text(s, 5, article->language);
	statement_int(s, 6, article->direction);
	if (article->published == STORE_NO_DATE)
		statement_null(s, 7);
	else
		statement_int(s, 7, article->published);
}

static int write_body(struct store *store, enum statement_id statement, int64_t id,
	const struct store_new_article *article, struct error *error)
{
	struct statement s = statement_start(store, statement);
	statement_int(&s, 1, id);
	statement_text(&s, 2, article->author);
	statement_text(&s, 3, article->url);
	statement_text(&s, 4, article->summary);
	statement_text(&s, 5, article->html);
	return statement_run(&s, NULL, error);
}

static int insert(struct store *store, int64_t feed_id, const struct store_new_article *article,
	int64_t *id, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_ARTICLE_ADD);
	statement_int(&s, 1, feed_id);
	statement_text(&s, 2, article->guid);
	bind_text(&s, article);
	statement_int(&s, 8, (int64_t)time(NULL));
	if (statement_run(&s, NULL, error) < 0)
		return -1;
	*id = sqlite3_last_insert_rowid(store->db);
	return write_body(store, STATEMENT_BODY_ADD, *id, article, error);
}

static int update(struct store *store, int64_t id, const struct store_new_article *article,
	struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_ARTICLE_UPDATE);
	statement_int(&s, 1, id);
	bind_text(&s, article);
	if (statement_run(&s, NULL, error) < 0)
		return -1;
	return write_body(store, STATEMENT_BODY_UPDATE, id, article, error);
}

static int add(struct store *store, int64_t feed_id, const struct store_new_article *article,
	int64_t *id, bool *added, struct error *error)
{
	if (store_find(store, feed_id, article->guid, id, error) < 0)
		return -1;
	*added = *id == 0; /* ids start at 1 */
	return *added ? insert(store, feed_id, article, id, error)
		      : update(store, *id, article, error);
}

int store_add(struct store *store, int64_t feed_id, const struct store_new_article *article,
	int64_t *id, bool *added, struct error *error)
{
	int64_t the_id = 0;
	bool is_new = false;
	if (article->guid.len == 0)
		return error_set(error, EX_DATAERR,
			"an article has no identity: give it a guid, or its address");
	if (statement_atomic_begin(store, error) < 0)
		return -1;
	int result = add(store, feed_id, article, &the_id, &is_new, error);
	if (statement_atomic_end(store, result, error) < 0)
		return -1;
	if (id)
		*id = the_id;
	if (added)
		*added = is_new;
	return 0;
}

/* ---- reading ---------------------------------------------------------- */

static void fill(struct statement *s, struct store_article *article)
{
	char **const texts[] = {&article->guid, &article->title, &article->section,
		&article->language, &article->feed_title, &article->author, &article->url,
		&article->summary, &article->html};
	article->feed_id = statement_column(s, 0);
	article->direction = (enum store_direction)statement_column(s, 1);
	article->override = (enum store_direction)statement_column(s, 2);
	article->published = statement_column_null(s, 3) ? STORE_NO_DATE : statement_column(s, 3);
	article->added = statement_column(s, 4);
	article->read = !statement_column_null(s, 5);
	article->starred = statement_column(s, 6) != 0;
	article->progress = (int)statement_column(s, 7);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i] = statement_column_text(s, 8 + (int)i);
}

struct store_article *store_article(struct store *store, int64_t id, struct error *error)
{
	bool found = false;
	struct store_article *article = calloc(1, sizeof *article);
	if (!article) {
		error_no_memory(error);
		return NULL;
	}
	article->id = id;
	struct statement s = statement_start(store, STATEMENT_ARTICLE);
	statement_int(&s, 1, id);
	if (statement_row(&s)) {
		found = true;
		fill(&s, article);
	}
	if (statement_end(&s, error) == 0 && found)
		return article;
	if (!found && s.code == SQLITE_OK)
		error_set(error, EX_NOINPUT, "%s: there is no article %lld: see \"khabar list\"",
			failure_path(store->path), (long long)id);
	store_article_free(article);
	return NULL;
}

void store_article_free(struct store_article *article)
{
	if (!article)
		return;
	free(article->guid);
	free(article->title);
	free(article->section);
	free(article->author);
	free(article->url);
	free(article->summary);
	free(article->feed_title);
	free(article->language);
	free(article->html);
	free(article);
}
