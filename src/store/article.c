#include "base/hash.h"
#include "store/attachment.h"
#include "store/failure.h"
#include "store/story.h"
#include "store/search-index.h"
#include "store/trash.h"

#include <stdlib.h>
#include <time.h>

/* ---- adding ----------------------------------------------------------- */

/* *content: the hash it was stored with, 0 when there is no such article. */
static int find(struct store *store, int64_t feed_id, struct str guid, int64_t *id,
	uint64_t *content, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_ARTICLE_FIND);
	statement_int(&s, 1, feed_id);
	statement_text(&s, 2, guid);
	bool found = statement_row(&s);
	*id = found ? statement_column(&s, 0) : 0; /* ids start at 1 */
	*content = found ? (uint64_t)statement_column(&s, 1) : 0;
	return statement_end(&s, error);
}

int store_find(
	struct store *store, int64_t feed_id, struct str guid, int64_t *id, struct error *error)
{
	uint64_t content;
	return find(store, feed_id, guid, id, &content, error);
}

/* Of all that is stored but the state; never 0. */
static uint64_t hash_of(const struct store_new_article *article)
{
	const struct str texts[] = {article->title, article->section, article->author, article->url,
		article->summary, article->language, article->html, article->comments_url};
	uint64_t hash = HASH_START;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		hash = hash_text(hash, texts[i]);
	hash = hash_number(hash, article->direction);
	hash = hash_number(hash, (uint64_t)article->published);
	for (size_t i = 0; i < article->attachment_count; i++) {
		const struct store_new_attachment *a = &article->attachments[i];
		hash = hash_text(hash_text(hash_text(hash, a->url), a->type), a->title);
		hash = hash_number(hash_number(hash, (uint64_t)a->size), (uint64_t)a->duration);
	}
	return hash ? hash : 1;
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
	const struct store_new_article *article, int64_t *changed, struct error *error)
{
	struct statement s = statement_start(store, statement);
	statement_int(&s, 1, id);
	statement_text(&s, 2, article->author);
	statement_text(&s, 3, article->url);
	statement_text(&s, 4, article->summary);
	statement_text(&s, 5, article->html);
	statement_text(&s, 6, article->comments_url);
	return statement_run(&s, changed, error);
}

static int insert(struct store *store, int64_t feed_id, const struct store_new_article *article,
	uint64_t content, int64_t *id, struct error *error)
{
	if (statement_must_have_feed(store, feed_id, error) < 0)
		return -1;
	int64_t link, now = (int64_t)time(NULL);
	struct statement s = statement_start(store, STATEMENT_ARTICLE_ADD);
	statement_int(&s, 1, feed_id);
	statement_text(&s, 2, article->guid);
	bind_text(&s, article);
	statement_int(&s, 8, now);
	statement_int(&s, 9, (int64_t)content);
	if (article->read)
		statement_int(&s, 10, 0); /* nobody knows when */
	else
		statement_null(&s, 10);
	statement_int(&s, 11, article->starred);
	if (story_link(article->url, &link))
		statement_int(&s, 12, link);
	else
		statement_null(&s, 12);
	if (statement_run(&s, NULL, error) < 0)
		return -1;
	*id = sqlite3_last_insert_rowid(store->db);
	if (write_body(store, STATEMENT_BODY_ADD, *id, article, NULL, error) < 0)
		return -1;
	search_index_note(store);
	if (attachments_add(store, *id, article, error) < 0)
		return -1;
	int64_t known = article->published == STORE_NO_DATE ? now : article->published;
	return story_join(store, feed_id, *id, known < now ? known : now, article, error);
}

/*
 * The same within a transaction, where a savepoint for each article would cost as much as
 * the article: what fails half way is taken out again.
 */
static int insert_among(struct store *store, int64_t feed_id,
	const struct store_new_article *article, uint64_t content, int64_t *id, struct error *error)
{
	if (insert(store, feed_id, article, content, id, error) == 0)
		return 0;
	if (*id == 0 || sqlite3_get_autocommit(store->db))
		return -1;
	struct statement s = statement_start(store, STATEMENT_ARTICLE_REMOVE);
	statement_int(&s, 1, *id);
	if (statement_run(&s, NULL, NULL) < 0 && !sqlite3_get_autocommit(store->db))
		statement_run_id(store, STATEMENT_ROLLBACK, NULL);
	return -1;
}

static int update(struct store *store, int64_t id, const struct store_new_article *article,
	uint64_t content, bool *changed, struct error *error)
{
	int64_t headline, body;
	if (search_index_change(store, id, article, error) < 0)
		return -1;
	struct statement s = statement_start(store, STATEMENT_ARTICLE_UPDATE);
	statement_int(&s, 1, id);
	bind_text(&s, article);
	if (statement_run(&s, &headline, error) < 0 ||
		write_body(store, STATEMENT_BODY_UPDATE, id, article, &body, error) < 0)
		return -1;
	s = statement_start(store, STATEMENT_FULL_OWN);
	statement_int(&s, 1, id);
	statement_text(&s, 2, article->html);
	if (statement_run(&s, NULL, error) < 0)
		return -1;
	*changed = headline > 0 || body > 0;
	if (attachments_update(store, id, article, changed, error) < 0)
		return -1;
	s = statement_start(store, STATEMENT_ARTICLE_CONTENT);
	statement_int(&s, 1, id);
	statement_int(&s, 2, (int64_t)content);
	int64_t link;
	if (story_link(article->url, &link))
		statement_int(&s, 3, link);
	else
		statement_null(&s, 3);
	return statement_run(&s, NULL, error);
}

/* Looks again: between the look before and the lock, another process may have added it. */
static int write_alone(struct store *store, int64_t feed_id,
	const struct store_new_article *article, uint64_t content, int64_t *id,
	enum store_outcome *outcome, struct error *error)
{
	uint64_t known;
	bool changed = true;
	if (find(store, feed_id, article->guid, id, &known, error) < 0)
		return -1;
	if (*id == 0) {
		*outcome = STORE_ADDED;
		return insert(store, feed_id, article, content, id, error);
	}
	int result = update(store, *id, article, content, &changed, error);
	*outcome = changed ? STORE_UPDATED : STORE_SAME;
	return result;
}

static int write_article(struct store *store, int64_t feed_id,
	const struct store_new_article *article, uint64_t content, int64_t *id,
	enum store_outcome *outcome, struct error *error)
{
	if (*id == 0) {
		int gone = trash_skips(store, feed_id, article, outcome, error);
		if (gone)
			return gone < 0 ? -1 : 0;
	}
	if (*id == 0 && store->in_transaction) {
		*outcome = STORE_ADDED;
		return insert_among(store, feed_id, article, content, id, error);
	}
	if (statement_atomic_begin(store, error) < 0)
		return -1;
	int result = write_alone(store, feed_id, article, content, id, outcome, error);
	return statement_atomic_end(store, result, error);
}

int store_add(struct store *store, int64_t feed_id, const struct store_new_article *article,
	int64_t *id, enum store_outcome *outcome, struct error *error)
{
	int64_t the_id = 0;
	uint64_t known, content = hash_of(article);
	enum store_outcome the_outcome = STORE_SAME;
	if (article->guid.len == 0)
		return error_set(error, EX_DATAERR,
			"an article has no identity: give it a guid, or its address");
	if (statement_may_write(store, error) < 0 ||
		find(store, feed_id, article->guid, &the_id, &known, error) < 0)
		return -1;
	if (known != content &&
		write_article(store, feed_id, article, content, &the_id, &the_outcome, error) < 0)
		return -1;
	if (id)
		*id = the_id;
	if (outcome)
		*outcome = the_outcome;
	return 0;
}

/* ---- reading ---------------------------------------------------------- */

static void fill(struct statement *s, struct store_article *article)
{
	char **const texts[] = {&article->guid, &article->title, &article->section,
		&article->language, &article->feed_title, &article->author, &article->url,
		&article->summary, &article->html, &article->comments_url};
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
	int next = 8 + (int)(sizeof texts / sizeof *texts);
	article->full = statement_column(s, next) != 0;
	article->sources = (int)statement_column(s, next + 1);
}

static int read_article(struct store *store, struct store_article *article, struct error *error)
{
	bool found = false;
	struct statement s = statement_start(store, STATEMENT_ARTICLE);
	statement_int(&s, 1, article->id);
	if (statement_row(&s)) {
		found = true;
		fill(&s, article);
	}
	if (statement_end(&s, error) < 0)
		return -1;
	if (!found)
		return error_set(error, EX_NOINPUT,
			"%s: there is no article %lld: see \"khabar list\"",
			failure_path(store->path), (long long)article->id);
	return attachments_read(store, article, error);
}

struct store_article *store_article(struct store *store, int64_t id, struct error *error)
{
	bool own;
	struct store_article *article = calloc(1, sizeof *article);
	if (!article) {
		error_no_memory(error);
		return NULL;
	}
	article->id = id;
	int result = statement_read_begin(store, &own, error);
	if (result == 0)
		result = statement_read_end(store, own, read_article(store, article, error), error);
	if (result == 0)
		return article;
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
	free(article->comments_url);
	attachments_free(article);
	free(article);
}
