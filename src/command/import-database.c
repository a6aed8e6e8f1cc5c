/* khabar import: the databases of other readers, and sfeed's files. */
#include "base/message.h"
#include "command/import.h"
#include "subscribe/sfeed.h"

#include <stdlib.h>

/* An import of articles, feed by feed. */
struct run {
	struct import *import;
	const char *program;
	struct buffer feed_url; /* of the feed whose articles come now */
	bool has_feed;
	int64_t feed;
	int64_t feeds, articles, added, read, starred;
};

/* A feed that is not to be fetched keeps its articles under a name that nobody fetches. */
static int feed_of(struct run *run, struct str url, struct str title, struct str site, int64_t *id,
	struct error *error)
{
	struct store *store = run->import->store;
	struct buffer key = {0};
	if (!subscription_refusal(url)) {
		const struct store_new_feed feed = {.url = url};
		if (store_subscribe(store, &feed, id, NULL, error))
			return -1;
		return store_feed_describe(store, *id, title, site, STR(""), STR(""), error);
	}
	buffer_printf(&key, "local:%s:", run->program);
	buffer_str(&key, url);
	int result = key.failed ? error_no_memory(error)
				: store_feed_ensure(store, buffer_view(&key),
					  title.len > 0 ? title : url, id, error);
	buffer_free(&key);
	return result;
}

static int tell_feed(struct run *run, const struct foreign_feed *feed, struct error *error)
{
	const struct import *import = run->import;
	const char *refused = subscription_refusal(feed->url);
	run->feeds++;
	if (import->store)
		return 0;
	if (!import->json) {
		buffer_str(&import->call->out->pending,
			str_of(refused ? _("would keep") : _("would subscribe")));
		buffer_str(&import->call->out->pending, STR("  "));
		output_field(
			&import->call->out->pending, feed->title.len > 0 ? feed->title : feed->url);
		buffer_byte(&import->call->out->pending, '\n');
		return output_spill(import->call->out, error);
	}
	json_t *item = json_object();
	if (item && item_set(item, "url", item_text(feed->url)) &&
		item_set(item, "title", item_text(feed->title)) &&
		item_set(item, "tags", json_array()) &&
		item_set(item, "site_url", item_text(feed->site_url)) &&
		item_set(item, "fetched", json_boolean(!refused)))
		return import_tell(run->import, item, error);
	json_decref(item);
	return error_no_memory(error);
}

static int take_article(struct run *run, const struct foreign_article *article, struct error *error)
{
	enum store_outcome outcome;
	run->articles++;
	run->read += article->read;
	run->starred += article->starred;
	if (!run->import->store)
		return 0;
	if (!run->has_feed || !str_equal(buffer_view(&run->feed_url), article->feed_url)) {
		buffer_clear(&run->feed_url);
		buffer_str(&run->feed_url, article->feed_url);
		if (run->feed_url.failed)
			return error_no_memory(error);
		run->has_feed = true;
		if (feed_of(run, article->feed_url, article->feed_title, article->site_url,
			    &run->feed, error))
			return -1;
	}
	if (import_article_of(run->import->store, run->feed, article, &outcome, error))
		return -1;
	run->added += outcome == STORE_ADDED;
	return store_give_way(run->import->store, error);
}

static int take_feeds(
	struct run *run, struct foreign *foreign, struct error *wrong, struct error *error)
{
	struct foreign_feed feed;
	int found;
	int64_t id;
	while ((found = foreign_next_feed(foreign, &feed, wrong)) == 1) {
		if (feed.url.len == 0)
			continue;
		if (tell_feed(run, &feed, error))
			return -1;
		/* A feed without articles that is not fetched would be an empty name. */
		if (run->import->store && !subscription_refusal(feed.url) &&
			feed_of(run, feed.url, feed.title, feed.site_url, &id, error))
			return -1;
	}
	return 0;
}

static int take_all(
	struct run *run, struct foreign *foreign, struct error *wrong, struct error *error)
{
	struct foreign_article article;
	if (take_feeds(run, foreign, wrong, error))
		return -1;
	while (wrong->status == EX_OK && foreign_next_article(foreign, &article, wrong) == 1) {
		if (take_article(run, &article, error))
			return -1;
	}
	return 0;
}

/* What came of it: a line, or an object. */
static int tell_sum(struct run *run, struct error *error)
{
	const struct import *import = run->import;
	if (!import->json) {
		buffer_printf(&import->call->out->pending,
			import->store ? ngettext("imported %lld article of %lld feeds from %s "
						 "(%lld new, %lld read, %lld with a star): ",
						"imported %lld articles of %lld feeds from %s "
						"(%lld new, %lld read, %lld with a star): ",
						(unsigned long)run->articles)
				      : ngettext("would import %lld article of %lld feeds from %s "
						 "(%lld new, %lld read, %lld with a star): ",
						"would import %lld articles of %lld feeds from %s "
						"(%lld new, %lld read, %lld with a star): ",
						(unsigned long)run->articles),
			(long long)run->articles, (long long)run->feeds, run->program,
			(long long)(import->store ? run->added : run->articles),
			(long long)run->read, (long long)run->starred);
		output_field(&import->call->out->pending, str_of(import->label));
		buffer_byte(&import->call->out->pending, '\n');
		return output_flush(import->call->out, error);
	}
	if (!import->store)
		return 0; /* the contract is an array of feeds */
	json_t *item = json_object();
	if (item && item_set(item, "file", item_text(str_of(import->file))) &&
		item_set(item, "program", json_string(run->program)) &&
		item_set(item, "feeds", json_integer(run->feeds)) &&
		item_set(item, "articles", json_integer(run->articles)) &&
		item_set(item, "new", json_integer(run->added)) &&
		item_set(item, "read", json_integer(run->read)) &&
		item_set(item, "starred", json_integer(run->starred)))
		return import_tell(run->import, item, error);
	json_decref(item);
	return error_no_memory(error);
}

/* Begins and ends the transactions around `take`. */
static int end_run(struct run *run, int result, struct error *error)
{
	struct store *store = run->import->store;
	if (store && result)
		store_rollback(store);
	else if (store)
		result = store_commit(store, error);
	buffer_free(&run->feed_url);
	return result ? -1 : tell_sum(run, error);
}

int import_database(
	struct import *import, const char *path, struct error *wrong, struct error *error)
{
	struct foreign *foreign = foreign_open(path, wrong);
	struct run run = {.import = import};
	if (!foreign)
		return 0;
	run.program = foreign_program(foreign);
	int result = import->store ? store_begin(import->store, error) : 0;
	if (result == 0)
		result = end_run(&run, take_all(&run, foreign, wrong, error), error);
	foreign_close(foreign);
	return result;
}

/* ---- sfeed ---------------------------------------------------------------- */

static int take_lines(
	struct run *run, struct str text, struct str feed_url, struct str name, struct error *error)
{
	struct buffer content = {0};
	struct str line;
	int result = 0;
	while (result == 0 && text.len > 0 && str_split(&text, '\n', &line)) {
		struct sfeed_item item;
		if (!sfeed_item(line, &content, &item))
			continue;
		const struct foreign_article article = {.feed_url = feed_url,
			.feed_title = name,
			.guid = item.id,
			.title = item.title,
			.author = item.author,
			.url = item.link,
			.content = item.content,
			.content_type = item.html ? STR("text/html") : STR("text/plain"),
			.enclosure_url = item.enclosure,
			.published = item.published};
		result = content.failed ? error_no_memory(error)
					: take_article(run, &article, error);
	}
	buffer_free(&content);
	return result;
}

int import_tsv(struct import *import, struct str text, struct str name, struct error *error)
{
	struct run run = {.import = import, .program = "sfeed"};
	const struct foreign_feed feed = {.url = name, .title = name};
	int result = import->store ? store_begin(import->store, error) : 0;
	if (result)
		return -1;
	result = tell_feed(&run, &feed, error);
	if (result == 0)
		result = take_lines(&run, text, name, name, error);
	return end_run(&run, result, error);
}
