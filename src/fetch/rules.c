#include "fetch/rules.h"

#include "base/buffer.h"
#include "store/search.h"

#include <stdlib.h>

struct rule {
	struct query *query;
	enum rules_verdict verdict;
};

struct rules {
	struct rule *items;
	size_t count;
};

static int add(struct rules *rules, const char *name, const char *text, enum rules_verdict verdict,
	int64_t now, struct error *error)
{
	const struct query_context context = {.now = now};
	struct query_error reason;
	struct query *query = query_parse(str_of(text), &context, &reason);
	if (!query) {
		query_error_set(error, name, &reason);
		error->status = EX_CONFIG;
		return -1;
	}
	rules->items[rules->count++] = (struct rule){query, verdict};
	return 0;
}

static int add_all(struct rules *rules, const struct config_lists *lists,
	const struct store_smart_lists *own, int64_t now, struct error *error)
{
	for (size_t i = 0; i < lists->count; i++) {
		const struct config_list *list = &lists->items[i];
		bool rule = list->kind == CONFIG_DROP || list->kind == CONFIG_READ;
		if (rule && add(rules, list->name, list->query,
				    list->kind == CONFIG_DROP ? RULES_DROP : RULES_READ, now,
				    error) < 0)
			return -1;
	}
	for (size_t i = 0; i < own->count; i++) {
		const struct store_smart_list *list = &own->items[i];
		bool rule = list->kind == STORE_SMART_DROP || list->kind == STORE_SMART_READ;
		if (rule && add(rules, list->name, list->query,
				    list->kind == STORE_SMART_DROP ? RULES_DROP : RULES_READ, now,
				    error) < 0)
			return -1;
	}
	return 0;
}

struct rules *rules_new(
	struct store *store, const struct config_lists *lists, int64_t now, struct error *error)
{
	struct store_smart_lists own;
	if (store_smart_lists(store, &own, error) < 0)
		return NULL;
	struct rules *rules = calloc(1, sizeof *rules);
	if (rules)
		rules->items = calloc(lists->count + own.count + 1, sizeof *rules->items);
	int result = rules && rules->items ? add_all(rules, lists, &own, now, error)
					   : error_no_memory(error);
	store_smart_lists_free(&own);
	if (result == 0)
		return rules;
	rules_free(rules);
	return NULL;
}

void rules_free(struct rules *rules)
{
	if (!rules)
		return;
	for (size_t i = 0; i < rules->count; i++)
		query_free(rules->items[i].query);
	free(rules->items);
	free(rules);
}

static bool has_picture(const struct store_new_article *article)
{
	for (size_t i = 0; i < article->attachment_count; i++) {
		if (str_starts(article->attachments[i].type, STR("image/")))
			return true;
	}
	return false;
}

int rules_judge(struct rules *rules, const struct store_subscription *feed,
	const struct store_new_article *article, int64_t now, enum rules_verdict *verdict,
	struct error *error)
{
	*verdict = RULES_KEEP;
	if (!rules || rules->count == 0)
		return 0;
	struct buffer text = {0};
	search_text(article->html, &text);
	struct str *tags = calloc(feed->tag_count + 1, sizeof *tags);
	for (size_t i = 0; tags && i < feed->tag_count; i++)
		tags[i] = str_of(feed->tags[i]);
	bool dated = article->published != STORE_NO_DATE && article->published < now;
	const struct query_article known = {.sort = dated ? article->published : now,
		.added = now,
		.title = article->title,
		.author = article->author,
		.summary = article->summary,
		.url = article->url,
		.language = article->language,
		.html = article->html,
		.text = buffer_view(&text),
		.feed_title = str_of(feed->title),
		.feed_key = str_of(feed->url),
		.folder = str_of(feed->folder),
		.tags = tags,
		.tag_count = feed->tag_count,
		.direction = feed->settings.direction != STORE_AUTO ? feed->settings.direction
								  : (int)article->direction,
		.attachment_count = article->attachment_count,
		.picture = has_picture(article)};
	bool good = tags && !text.failed;
	for (size_t i = 0; good && i < rules->count && *verdict != RULES_DROP; i++) {
		const struct rule *rule = &rules->items[i];
		if (rule->verdict > *verdict && query_matches(rule->query, &known))
			*verdict = rule->verdict;
	}
	free(tags);
	buffer_free(&text);
	return good ? 0 : error_no_memory(error);
}
