#include "store/attachment.h"

#include "base/array.h"

#include <stdlib.h>

int attachments_add(struct store *store, int64_t article_id,
	const struct store_new_article *article, struct error *error)
{
	for (size_t i = 0; i < article->attachment_count; i++) {
		const struct store_new_attachment *a = &article->attachments[i];
		struct statement s = statement_start(store, STATEMENT_ATTACHMENT_ADD);
		statement_int(&s, 1, article_id);
		statement_int(&s, 2, (int64_t)i);
		statement_text(&s, 3, a->url);
		statement_text(&s, 4, a->type);
		statement_text(&s, 5, a->title);
		statement_int(&s, 6, a->size > 0 ? a->size : 0);
		statement_int(&s, 7, a->duration > 0 ? a->duration : 0);
		if (statement_run(&s, NULL, error) < 0)
			return -1;
	}
	return 0;
}

static bool is_same(const struct store_article *old, const struct store_new_article *article)
{
	if (old->attachment_count != article->attachment_count)
		return false;
	for (size_t i = 0; i < article->attachment_count; i++) {
		const struct store_attachment *a = &old->attachments[i];
		const struct store_new_attachment *b = &article->attachments[i];
		if (!str_equal(str_of(a->url), b->url) || !str_equal(str_of(a->type), b->type) ||
			!str_equal(str_of(a->title), b->title) ||
			a->size != (b->size > 0 ? b->size : 0) ||
			a->duration != (b->duration > 0 ? b->duration : 0))
			return false;
	}
	return true;
}

int attachments_update(struct store *store, int64_t article_id,
	const struct store_new_article *article, bool *changed, struct error *error)
{
	struct store_article old = {.id = article_id};
	if (attachments_read(store, &old, error) < 0)
		return -1;
	bool same = is_same(&old, article);
	attachments_free(&old);
	if (same)
		return 0;
	*changed = true;
	struct statement s = statement_start(store, STATEMENT_ATTACHMENTS_DELETE);
	statement_int(&s, 1, article_id);
	if (statement_run(&s, NULL, error) < 0)
		return -1;
	return attachments_add(store, article_id, article, error);
}

int attachments_read(struct store *store, struct store_article *article, struct error *error)
{
	size_t cap = 0;
	struct statement s = statement_start(store, STATEMENT_ATTACHMENTS);
	statement_int(&s, 1, article->id);
	while (statement_row(&s)) {
		if (!array_reserve(&article->attachments, &cap, article->attachment_count + 1,
			    sizeof *article->attachments)) {
			s.code = SQLITE_NOMEM;
			break;
		}
		article->attachments[article->attachment_count++] = (struct store_attachment){
			.url = statement_column_text(&s, 0),
			.type = statement_column_text(&s, 1),
			.title = statement_column_text(&s, 2),
			.size = statement_column(&s, 3),
			.duration = statement_column(&s, 4),
		};
	}
	if (statement_end(&s, error) == 0)
		return 0;
	attachments_free(article);
	return -1;
}

void attachments_free(struct store_article *article)
{
	for (size_t i = 0; i < article->attachment_count; i++) {
		free(article->attachments[i].url);
		free(article->attachments[i].type);
		free(article->attachments[i].title);
	}
	free(article->attachments);
	article->attachments = NULL;
	article->attachment_count = 0;
}
