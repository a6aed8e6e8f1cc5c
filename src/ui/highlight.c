#include "ui/highlight.h"

#include "base/buffer.h"
#include "query/query.h"
#include "store/search.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REMEMBERED = 1024 /* articles; more than a screen has rows */ };

struct highlight {
	struct store *store; /* borrowed */
	struct query **rules;
	size_t count;
	struct {
		int64_t id; /* 0: nobody */
		bool lit;
	} known[REMEMBERED]; /* each id in the place it hashes to */
};

static void add(struct highlight *h, const char *name, const char *text, struct error *error)
{
	const struct query_context context = {.now = (int64_t)time(NULL)};
	struct query_error reason;
	struct query *query = query_parse(str_of(text), &context, &reason);
	if (query)
		h->rules[h->count++] = query;
	else if (error->status == 0)
		query_error_set(error, name, &reason);
}

struct highlight *highlight_new(
	struct store *store, const struct config_lists *lists, struct error *error)
{
	struct store_smart_lists own;
	size_t count = lists ? lists->count : 0;
	error->status = 0;
	if (store_smart_lists(store, &own, error) < 0)
		return NULL;
	struct highlight *h = calloc(1, sizeof *h);
	if (h)
		h->rules = calloc(count + own.count + 1, sizeof(struct query *));
	if (!h || !h->rules) {
		highlight_free(h);
		store_smart_lists_free(&own);
		error_no_memory(error);
		return NULL;
	}
	h->store = store;
	for (size_t i = 0; i < count; i++) {
		if (lists->items[i].kind == CONFIG_HIGHLIGHT)
			add(h, lists->items[i].name, lists->items[i].query, error);
	}
	for (size_t i = 0; i < own.count; i++) {
		if (own.items[i].kind == STORE_SMART_HIGHLIGHT)
			add(h, own.items[i].name, own.items[i].query, error);
	}
	store_smart_lists_free(&own);
	return h;
}

void highlight_free(struct highlight *h)
{
	if (!h)
		return;
	for (size_t i = 0; i < h->count; i++)
		query_free(h->rules[i]);
	free(h->rules);
	free(h);
}

void highlight_forget(struct highlight *h)
{
	memset(h->known, 0, sizeof h->known);
}

/* All that an article is asked for. */
struct known {
	struct store_article *article;
	struct store_subscription feed;
	struct store_tags own;
	struct buffer text;
	struct str *tags;
	size_t tag_count;
};

static bool read_all(struct known *known, struct store *store, int64_t id)
{
	known->article = store_article(store, id, NULL);
	if (!known->article || store_tags(store, id, &known->own, NULL) < 0 ||
		store_subscription(store, known->article->feed_id, &known->feed, NULL) < 0)
		return false;
	search_text(str_of(known->article->html), &known->text);
	known->tags = calloc(known->own.count + known->feed.tag_count + 1, sizeof *known->tags);
	for (size_t i = 0; known->tags && i < known->own.count; i++)
		known->tags[known->tag_count++] = str_of(known->own.items[i]);
	for (size_t i = 0; known->tags && i < known->feed.tag_count; i++)
		known->tags[known->tag_count++] = str_of(known->feed.tags[i]);
	return known->tags && !known->text.failed;
}

static void free_all(struct known *known)
{
	store_article_free(known->article);
	store_subscription_free(&known->feed);
	store_tags_free(&known->own);
	buffer_free(&known->text);
	free(known->tags);
}

static bool has_picture(const struct store_article *article)
{
	for (size_t i = 0; i < article->attachment_count; i++) {
		if (str_starts(str_of(article->attachments[i].type), STR("image/")))
			return true;
	}
	return false;
}

static bool matches_any(const struct highlight *h, const struct known *known)
{
	const struct store_article *a = known->article;
	bool dated = a->published != STORE_NO_DATE && a->published < a->added;
	const struct query_article article = {.id = a->id,
		.sort = dated ? a->published : a->added,
		.added = a->added,
		.title = str_of(a->title),
		.author = str_of(a->author),
		.summary = str_of(a->summary),
		.url = str_of(a->url),
		.language = str_of(a->language),
		.html = str_of(a->html),
		.text = buffer_view(&known->text),
		.feed_title = str_of(a->feed_title),
		.feed_key = str_of(known->feed.url),
		.folder = str_of(known->feed.folder),
		.tags = known->tags,
		.tag_count = known->tag_count,
		.direction = (int)(a->override != STORE_AUTO ? a->override : a->direction),
		.attachment_count = a->attachment_count,
		.picture = has_picture(a),
		.read = a->read,
		.starred = a->starred,
		.unfinished = a->progress > 0 && a->progress < 100};
	for (size_t i = 0; i < h->count; i++) {
		if (query_matches(h->rules[i], &article))
			return true;
	}
	return false;
}

bool highlight_is_lit(struct highlight *h, int64_t id)
{
	struct known known = {0};
	size_t place = (size_t)((uint64_t)id % REMEMBERED);
	if (!h || h->count == 0)
		return false;
	if (h->known[place].id == id)
		return h->known[place].lit;
	h->known[place].id = id;
	h->known[place].lit = read_all(&known, h->store, id) && matches_any(h, &known);
	free_all(&known);
	return h->known[place].lit;
}
